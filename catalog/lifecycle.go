package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"honeyguide/catalog/feed"
	"honeyguide/catalog/fetch"
	"honeyguide/catalog/index"
)

// errCanceled marks work for a job that is running no more.
var errCanceled = errors.New("canceled")

// requeue takes up the jobs that a crash interrupted.
func (c *Catalog) requeue(ctx context.Context) error {
	_, err := c.db.ExecContext(ctx, `UPDATE jobs SET state = $1, waiting = '' WHERE state = $2`, Queued, Running)
	return err
}

// begin marks a job as running. Figures that reading counts again start at 0.
func (c *Catalog) begin(ctx context.Context, j *Job) error {
	confirmed := j.Confirmed
	again, err := c.changeJob(ctx, j.StoreID, j.ID, func(j *Job) error {
		switch j.State {
		case Queued, Running:
		case Canceled:
			return errCanceled
		default:
			return fmt.Errorf("this job is %s: %w", j.State, ErrConflict)
		}
		if j.StartedAt == nil {
			at := now()
			j.StartedAt = &at
		}
		j.State, j.Done, j.Failed, j.Confirmed = Running, 0, 0, j.Confirmed || confirmed
		return nil
	})
	if err == nil {
		*j = again
	}
	return err
}

// finish ends a job: done, held, or failed with what stopped it.
func (c *Catalog) finish(ctx context.Context, j *Job, cause error) error {
	if cause != nil {
		c.log.Warn("feed failed", "store", j.StoreID, "job", j.ID, "error", cause)
		if err := c.noteFailure(ctx, j, cause); err != nil {
			return err
		}
	}
	ended, err := c.changeJob(ctx, j.StoreID, j.ID, func(saved *Job) error {
		if saved.State != Running {
			return errCanceled
		}
		*saved = *j
		if cause == nil && j.State == Held {
			return nil
		}
		at := now()
		saved.State, saved.FinishedAt = Done, &at
		if cause != nil {
			saved.State = Failed
		}
		return nil
	})
	if err != nil {
		return err
	}
	if *j = ended; j.State.Final() {
		c.discard(j)
	}
	if j.State == Done && j.Mode == Full {
		return c.supersede(ctx, j)
	}
	return nil
}

// supersede cancels the held feeds that came before a full one that is done.
func (c *Catalog) supersede(ctx context.Context, j *Job) error {
	held, err := c.jobsIn(ctx, j.StoreID, Held)
	for _, h := range held {
		if err == nil && h.CreatedAt.Before(j.CreatedAt) {
			_, err = c.CancelJob(ctx, j.StoreID, h.ID)
		}
	}
	return err
}

// ConfirmJob lets a held feed remove what it lacks. ErrConflict when it is not
// held, or a full feed that came later has begun: that one knows better.
func (c *Catalog) ConfirmJob(ctx context.Context, storeID, id string) (Job, error) {
	later, err := c.jobsIn(ctx, storeID, Running, Held)
	if err != nil {
		return Job{}, err
	}
	j, err := c.changeJob(ctx, storeID, id, func(j *Job) error {
		if j.State != Held {
			return fmt.Errorf("only a held job can be confirmed, this one is %s: %w", j.State, ErrConflict)
		}
		for _, l := range later {
			if l.Mode == Full && l.CreatedAt.After(j.CreatedAt) {
				return fmt.Errorf("a full feed came after this one, job %s: %w", l.ID, ErrConflict)
			}
		}
		j.State, j.Confirmed = Queued, true
		return nil
	})
	if err == nil {
		c.jobs.ring()
	}
	return j, err
}

// CancelJob ends a job. What it already did stays; it does nothing more. A job
// that has ended is ErrConflict.
func (c *Catalog) CancelJob(ctx context.Context, storeID, id string) (Job, error) {
	j, err := c.changeJob(ctx, storeID, id, func(j *Job) error {
		if j.State.Final() {
			return fmt.Errorf("this job is already %s: %w", j.State, ErrConflict)
		}
		at := now()
		j.State, j.FinishedAt = Canceled, &at
		return nil
	})
	if err == nil && !c.jobs.stop(id) { // whoever works on it cleans up
		c.discard(&j)
	}
	return j, err
}

// noteFailure keeps what stopped a feed as the error of line 0, in words that
// tell the merchant what is wrong with the feed, and strangers nothing of us.
func (c *Catalog) noteFailure(ctx context.Context, j *Job, cause error) error {
	e := JobError{Field: "file", Code: "internal", Message: "something went wrong here; the server's log says what"}
	if code, ok := feed.Code(cause); ok {
		e.Code, e.Message = code, cause.Error()
	}
	for _, known := range []struct {
		err  error
		code string
	}{
		{fetch.ErrAddress, "address"}, {fetch.ErrTooBig, "too_large"}, {fetch.ErrFailed, "fetch"},
		{errChanged, "changed"}, {index.ErrUnavailable, "unavailable"},
	} {
		if e.Code == "internal" && errors.Is(cause, known.err) {
			e.Code, e.Message = known.code, cause.Error()
		}
	}
	if errors.Is(cause, errEncoder) {
		e.Code, e.Message = "encoder", "the encoder that this server is set up with refuses its products; the operator finds the reason in the server's log"
	}
	if !j.Source.Own && errors.Is(cause, fs.ErrNotExist) {
		e.Code, e.Message = "missing", cause.Error()
	}
	return c.db.Tx(ctx, func(tx *sql.Tx) error { return saveError(ctx, tx, j.ID, e) })
}

// discard drops what only a living job needs.
func (c *Catalog) discard(j *Job) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := c.db.ExecContext(ctx, `DELETE FROM job_rows WHERE job_id = $1`, j.ID); err != nil {
		c.log.Error("discard job rows", "job", j.ID, "error", err)
	}
	if !j.Source.Own {
		return
	}
	if err := os.Remove(j.Source.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.log.Error("discard feed", "job", j.ID, "error", err)
	}
}
