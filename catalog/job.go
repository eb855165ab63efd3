package catalog

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"
)

// JobState is where a job stands.
type JobState string

// The states of a job. Held waits for the merchant's confirmation; the last three are final.
const (
	Queued   JobState = "queued"
	Running  JobState = "running"
	Held     JobState = "held"
	Done     JobState = "done"
	Failed   JobState = "failed"
	Canceled JobState = "canceled"
)

// Final reports whether a job in this state never changes again.
func (s JobState) Final() bool { return s == Done || s == Failed || s == Canceled }

// Mode says what a feed is.
type Mode string

// The modes of a feed.
const (
	Full    Mode = "full"    // the whole store: what it lacks is removed
	Partial Mode = "partial" // changes only
)

// Job is one run of a feed.
type Job struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind"`
	State      JobState   `json:"state"`
	Mode       Mode       `json:"mode"`
	Total      int        `json:"total" doc:"Rows, as far as known; 0 while unknown"`
	Done       int        `json:"done" doc:"Rows read"`
	Added      int        `json:"added"`
	Updated    int        `json:"updated"`
	Unchanged  int        `json:"unchanged"`
	Removed    int        `json:"removed"`
	Failed     int        `json:"failed" doc:"Rows that were not taken"`
	ToRemove   int        `json:"to_remove" doc:"Products that a held feed would remove"`
	Errors     []JobError `json:"errors" nullable:"false" doc:"The first 1,000"`
	CreatedAt  time.Time  `json:"created_at"`
	StartedAt  *time.Time `json:"started_at"`
	FinishedAt *time.Time `json:"finished_at"`
	Waiting    string     `json:"waiting,omitempty" doc:"What a running job waits for, such as an encoder that cannot be reached; it goes on by itself"`

	StoreID   string `json:"-"`
	Source    source `json:"-"`
	Confirmed bool   `json:"-"` // removals were confirmed
}

// JobError is what was wrong with a row; line 0 is the feed as a whole.
type JobError struct {
	Line    int    `json:"line"`
	ID      string `json:"id"`
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// maxJobErrors bounds how many errors of a job are kept.
const maxJobErrors = 1000

// source says where a job's feed is.
type source struct {
	Path  string // a file or folder
	URL   string // fetched to Path first
	Own   bool   // Path is ours to remove in the end
	Stamp string // of a Path that is not ours: what it was when reading began
}

// newJob adds a job of a store, or returns ErrNotFound.
func (c *Catalog) newJob(ctx context.Context, storeID string, mode Mode, src source, state JobState) (Job, error) {
	if mode != Full && mode != Partial {
		return Job{}, invalid("mode", "must be full or partial, not %q", mode)
	}
	if _, err := c.Store(ctx, storeID); err != nil {
		return Job{}, err
	}
	j := Job{ID: "job_" + strings.ToLower(rand.Text()[:16]), Kind: "feed", State: state, Mode: mode, StoreID: storeID, Source: src, CreatedAt: now(), Errors: []JobError{}}
	data, err := j.marshal()
	if err == nil {
		_, err = c.db.ExecContext(ctx, `INSERT INTO jobs (id, store_id, kind, state, data, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			j.ID, storeID, j.Kind, j.State, data, j.CreatedAt.UnixMilli())
	}
	if err != nil {
		return Job{}, fmt.Errorf("new job: %w", err)
	}
	return j, nil
}

// Job returns a job of a store with its first errors, or ErrNotFound.
func (c *Catalog) Job(ctx context.Context, storeID, id string) (Job, error) {
	j, err := scanJob(c.db.QueryRowContext(ctx, selectJobs+`WHERE id = $1 AND store_id = $2`, id, storeID).Scan)
	if err != nil {
		return Job{}, fmt.Errorf("job %q: %w", id, err)
	}
	rows, err := c.db.QueryContext(ctx, `SELECT line, product_id, field, code, message FROM job_errors WHERE job_id = $1 ORDER BY line, field LIMIT $2`, id, maxJobErrors)
	if err != nil {
		return Job{}, fmt.Errorf("job %q: %w", id, err)
	}
	defer rows.Close()
	for rows.Next() {
		var e JobError
		if err := rows.Scan(&e.Line, &e.ID, &e.Field, &e.Code, &e.Message); err != nil {
			return Job{}, fmt.Errorf("job %q: %w", id, err)
		}
		j.Errors = append(j.Errors, e)
	}
	return j, rows.Err()
}

// Jobs lists a store's jobs, newest first, without their errors.
func (c *Catalog) Jobs(ctx context.Context, storeID string, skip, limit int) ([]Job, error) {
	return scanJobs(c.db.QueryContext(ctx, selectJobs+`WHERE store_id = $1 ORDER BY created_at DESC, id LIMIT $2 OFFSET $3`, storeID, limit, skip))
}
