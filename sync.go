package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"honeyguide/catalog"
)

type syncCmd struct {
	Storage
	Logging
	Store   string `required:"" help:"The store's id, as «honeyguide store list» shows it."`
	Mode    string `help:"full removes what the feed lacks, partial does not." enum:"full,partial" default:"full"`
	Confirm bool   `help:"Let a full feed remove more than 30 % of the store."`
	Feed    string `arg:"" help:"File or folder: zip, CSV, TSV, XML, JSON, JSONL, also gzipped." type:"path"`
}

// Run syncs a feed, with a progress bar on standard error and the job as JSON on standard output.
func (c *syncCmd) Run(ctx context.Context, to streams) error {
	if _, err := os.Stat(c.Feed); errors.Is(err, fs.ErrNotExist) {
		return usageError{fmt.Errorf("feed: there is no %s", c.Feed)}
	}
	a, err := c.open(ctx, c.logger(to.err))
	if err != nil {
		return err
	}
	defer a.Close()
	if _, err := a.catalog.Store(ctx, c.Store); err != nil {
		return fmt.Errorf("%w; «honeyguide store list» shows what there is", err)
	}
	bar := newBar(to.err, "syncing")
	job, err := a.catalog.Sync(ctx, c.Store, c.Feed, catalog.Mode(c.Mode), c.Confirm, func(j catalog.Job) {
		bar.ChangeMax(max(j.Total, j.Done, 1))
		_ = bar.Set(j.Done) // a terminal that went away is no reason to stop
	})
	_ = bar.Finish()
	if err != nil {
		return err
	}
	if err := a.catalog.CatchUp(ctx); err != nil { // the feed itself is saved
		fmt.Fprintf(to.err, "the index is behind; the server sends what it misses: %s\n", oneLine(err))
	}
	if err := summary(to, &job); err != nil {
		return err
	}
	switch job.State {
	case catalog.Done:
		return nil
	case catalog.Held:
		return fmt.Errorf("the feed lacks %d products of the store, more than 30 %%; nothing was removed; with --confirm they are", job.ToRemove)
	}
	return jobError(&job)
}

// newBar shows progress where a person looks on, and nothing elsewhere.
func newBar(w io.Writer, name string) *progressbar.ProgressBar {
	f, ok := w.(*os.File)
	return progressbar.NewOptions(-1, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(name),
		progressbar.OptionSetVisibility(ok && term.IsTerminal(int(f.Fd()))), progressbar.OptionShowCount(), progressbar.OptionShowIts(),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
}

// jobError is why a job did not do its work.
func jobError(j *catalog.Job) error {
	for _, e := range j.Errors {
		if e.Line == 0 { // about the feed as a whole
			return fmt.Errorf("feed: %s", e.Message)
		}
	}
	return fmt.Errorf("the feed ended %s", j.State)
}

// maxShown is how many of a feed's faults the command line shows.
const maxShown = 20

// summary tells a person how a feed went, and a program with the job as JSON.
func summary(to streams, j *catalog.Job) error {
	rows := slices.DeleteFunc(slices.Clone(j.Errors), func(e catalog.JobError) bool { return e.Line == 0 })
	for _, e := range rows[:min(len(rows), maxShown)] {
		fmt.Fprintf(to.err, "line %d: %s %s: %s\n", e.Line, e.ID, e.Field, e.Message)
	}
	if more := j.Failed - maxShown; more > 0 {
		fmt.Fprintf(to.err, "… and %d more\n", more)
	}
	if j.StartedAt != nil && j.FinishedAt != nil {
		took := j.FinishedAt.Sub(*j.StartedAt)
		fmt.Fprintf(to.err, "%d rows in %s, %.0f a second: %d added, %d updated, %d unchanged, %d removed, %d failed\n",
			j.Done, took.Round(time.Millisecond), float64(j.Done)/max(took.Seconds(), .001), j.Added, j.Updated, j.Unchanged, j.Removed, j.Failed)
	}
	return json.NewEncoder(to.out).Encode(j)
}
