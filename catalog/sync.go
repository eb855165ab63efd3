package catalog

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// retryAfter is how long Run waits when the database fails it.
const retryAfter = 5 * time.Second

// Run works on feed jobs, one at a time and oldest first, until ctx ends. A job
// that is interrupted goes on where it was at the next start.
func (c *Catalog) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		var retry <-chan time.Time
		j, err := c.next(ctx)
		if err == nil {
			err = c.runJob(ctx, &j, func(Job) {})
		}
		switch {
		case err == nil:
			continue
		case !errors.Is(err, ErrNotFound) && ctx.Err() == nil:
			c.log.Error("feed job", "job", j.ID, "error", err)
			retry = time.After(retryAfter)
		}
		select {
		case <-c.jobs.wake:
		case <-retry:
		case <-ctx.Done():
		}
	}
	return nil
}

// Sync runs a feed to its end here and now, telling progress after each batch.
// It is for the command line; the feed at path stays where it is. A Sync of the
// same feed that was interrupted goes on where it was.
// confirmed lets it remove any number of products.
func (c *Catalog) Sync(ctx context.Context, storeID, path string, mode Mode, confirmed bool, progress func(Job)) (Job, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return Job{}, fmt.Errorf("feed: %w", err)
	}
	j, err := c.interrupted(ctx, storeID, path, mode)
	if errors.Is(err, ErrNotFound) {
		j, err = c.newJob(ctx, storeID, mode, source{Path: path}, Running) // so that Run leaves it alone
	}
	if err != nil {
		return j, err
	}
	j.Confirmed = j.Confirmed || confirmed
	if err := c.runJob(ctx, &j, progress); err != nil {
		return j, err
	}
	return c.Job(ctx, storeID, j.ID)
}

// interrupted takes up the job of an earlier Sync that a crash interrupted. When
// its feed has changed since, it is canceled instead, and the answer is ErrNotFound.
func (c *Catalog) interrupted(ctx context.Context, storeID, path string, mode Mode) (Job, error) {
	all, err := c.jobsIn(ctx, storeID, Queued)
	if err != nil {
		return Job{}, err
	}
	for _, j := range all {
		if j.Source.Own || j.Source.Path != path {
			continue
		}
		if stamp, err := stampOf(path); err == nil && stamp == j.Source.Stamp && j.Mode == mode {
			return c.changeJob(ctx, storeID, j.ID, func(j *Job) error {
				j.State = Running
				return nil
			})
		}
		if _, err := c.CancelJob(ctx, storeID, j.ID); err != nil {
			return Job{}, err
		}
	}
	return Job{}, ErrNotFound
}

// runJob takes a job to its end, or to where it is held. When parent ends, the
// job stays running and is taken up at the next start. The error is never the
// feed's own, which is kept with the job.
func (c *Catalog) runJob(parent context.Context, j *Job, tell func(Job)) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	defer c.jobs.track(j.ID, cancel)()
	err := c.begin(ctx, j)
	if err == nil {
		err = c.work(ctx, j, tell)
	}
	switch {
	case parent.Err() != nil:
		return context.Cause(parent)
	case errors.Is(err, errCanceled) || errors.Is(context.Cause(ctx), errCanceled):
		c.discard(j)
		return nil
	case err != nil:
		return fmt.Errorf("job %s: %w", j.ID, err)
	}
	tell(*j)
	return nil
}

// work reads a job's feed and ends the job, unless it was interrupted.
func (c *Catalog) work(ctx context.Context, j *Job, tell func(Job)) error {
	cause := c.readFeed(ctx, j, tell)
	if cause == nil {
		cause = c.removeMissing(ctx, j)
	}
	if ctx.Err() != nil || errors.Is(cause, errCanceled) {
		return errors.Join(cause, ctx.Err())
	}
	return c.finish(ctx, j, cause)
}
