package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// saved is the JSON of a job's row; Job's own JSON leaves out what the API does not show.
type saved struct {
	Job
	Errors    []JobError `json:"errors,omitempty"`  // they have a table of their own
	Waiting   string     `json:"waiting,omitempty"` // it has a column of its own
	Source    source     `json:"source"`
	Confirmed bool       `json:"confirmed"`
}

func (j *Job) marshal() ([]byte, error) {
	return json.Marshal(saved{Job: *j, Source: j.Source, Confirmed: j.Confirmed})
}

const selectJobs = `SELECT store_id, state, waiting, data FROM jobs `

// scanJob reads a row of selectJobs, without the job's errors.
func scanJob(scan func(...any) error) (Job, error) {
	var s saved
	var storeID, waiting string
	var state JobState
	var data []byte
	if err := scan(&storeID, &state, &waiting, &data); err != nil {
		return Job{}, notFound(err)
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return Job{}, err
	}
	j := s.Job
	j.StoreID, j.State, j.Source, j.Confirmed, j.Errors = storeID, state, s.Source, s.Confirmed, []JobError{}
	if state == Running {
		j.Waiting = waiting
	}
	return j, nil
}

// waiting returns what notes why a running job waits, beside its figures: another
// stage than theirs calls it.
func (c *Catalog) waiting(ctx context.Context, j *Job) func(why string) {
	id, storeID := j.ID, j.StoreID
	return func(why string) {
		text := ""
		if why != "" {
			c.log.Warn("the feed waits for the encoder", "store", storeID, "job", id, "error", why)
			text = "the encoder cannot be reached, the feed goes on when it is back: " + why
		}
		if _, err := c.db.ExecContext(ctx, `UPDATE jobs SET waiting = $1 WHERE id = $2`, text, id); err != nil && ctx.Err() == nil {
			c.log.Error("note why the feed waits", "job", id, "error", err)
		}
	}
}

func scanJobs(rows *sql.Rows, err error) ([]Job, error) {
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	defer rows.Close()
	all := []Job{}
	for rows.Next() {
		j, err := scanJob(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("jobs: %w", err)
		}
		all = append(all, j)
	}
	return all, rows.Err()
}

// jobsIn lists the jobs in some states, oldest first: a store's, or all.
func (c *Catalog) jobsIn(ctx context.Context, storeID string, states ...JobState) ([]Job, error) {
	args := []any{storeID}
	for _, s := range states {
		args = append(args, s)
	}
	return scanJobs(c.db.QueryContext(ctx, selectJobs+`WHERE (store_id = $1 OR $1 = '') AND state IN (`+numbered(2, len(states))+`) ORDER BY created_at, id`, args...))
}

// next returns the oldest queued job, or ErrNotFound.
func (c *Catalog) next(ctx context.Context) (Job, error) {
	return scanJob(c.db.QueryRowContext(ctx, selectJobs+`WHERE state = $1 ORDER BY created_at, id LIMIT 1`, Queued).Scan)
}

// saveProgress writes a running job's figures. Its state is for changeJob alone
// to set, so that a batch saved late does not undo a cancellation: errCanceled.
func saveProgress(ctx context.Context, tx *sql.Tx, j *Job) error {
	data, err := j.marshal()
	if err != nil {
		return err
	}
	res, err := tx.ExecContext(ctx, `UPDATE jobs SET data = $1 WHERE id = $2 AND state = $3`, data, j.ID, Running)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return errCanceled
}

// changeJob loads a job, lets f change it, and saves it, all in one transaction.
func (c *Catalog) changeJob(ctx context.Context, storeID, id string, f func(*Job) error) (Job, error) {
	var j Job
	err := c.db.Tx(ctx, func(tx *sql.Tx) (err error) {
		j, err = scanJob(tx.QueryRowContext(ctx, selectJobs+`WHERE id = $1 AND store_id = $2`, id, storeID).Scan)
		if err != nil {
			return err
		}
		if err := f(&j); err != nil {
			return err
		}
		data, err := j.marshal()
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE jobs SET state = $1, data = $2 WHERE id = $3`, j.State, data, id)
		return err
	})
	if err != nil {
		return Job{}, fmt.Errorf("job %q: %w", id, err)
	}
	return j, nil
}
