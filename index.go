package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"honeyguide/catalog"
	"honeyguide/catalog/index"
	"honeyguide/db"
)

type indexCheckCmd struct {
	Storage
	Logging
}

type indexRebuildCmd struct {
	Storage
	Logging
}

// beside is the database and the index, opened while a server may be running on
// the same data folder.
type beside struct {
	db         *db.DB
	index      index.Index
	makers     *makers // of vectors
	projection *catalog.Projection
	lock       *flock.Flock // of the data folder
}

func (s *Storage) openBeside(ctx context.Context, log *slog.Logger) (b *beside, err error) {
	b = &beside{lock: flock.New(filepath.Join(s.Data, "lock"))}
	path := filepath.Join(s.Data, "honeyguide.db")
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("there is no shop in this data folder: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.Close())
		}
	}()
	if b.makers, err = s.openMakers(ctx, log); err != nil {
		return b, err
	}
	if b.db, err = db.Open(ctx, path); err != nil {
		return b, err
	}
	if b.index, err = s.Qdrant.open(ctx, b.makers, log); err != nil {
		return b, err
	}
	b.projection, err = catalog.OpenProjection(ctx, b.db, b.index, b.makers.model(), log)
	return b, err
}

// Close lets go of everything.
func (b *beside) Close() error {
	var errs []error
	if b.index != nil {
		errs = append(errs, b.index.Close())
	}
	if b.makers != nil {
		errs = append(errs, b.makers.Close())
	}
	if b.db != nil {
		errs = append(errs, b.db.Close())
	}
	return errors.Join(append(errs, b.lock.Unlock())...)
}

// Run compares the index with the database and prints how far apart they are.
func (c *indexCheckCmd) Run(ctx context.Context, to streams) error {
	b, err := c.openBeside(ctx, c.logger(to.err))
	if err != nil {
		return err
	}
	defer b.Close()
	drift, err := b.projection.Check(ctx)
	if errors.Is(err, catalog.ErrNotLasting) {
		fmt.Fprintf(to.err, "%s; there is nothing to check\n", err)
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.NewEncoder(to.out).Encode(drift); err != nil {
		return err
	}
	for _, example := range drift.Examples {
		fmt.Fprintln(to.err, example)
	}
	if !drift.InStep() {
		return fmt.Errorf("the index is out of step: %d missing, %d stale, %d surplus of %d; «honeyguide index rebuild» makes it anew",
			drift.Missing, drift.Stale, drift.Surplus, drift.Entries)
	}
	return nil
}

// Run makes the index anew beside the one that is searched, then takes its place.
func (c *indexRebuildCmd) Run(ctx context.Context, to streams) error {
	b, err := c.openBeside(ctx, c.logger(to.err))
	if err != nil {
		return err
	}
	defer b.Close()
	bar := newBar(to.err, "rebuilding")
	total := 0
	err = b.projection.Rebuild(ctx, func(done, of int) {
		total = done
		bar.ChangeMax(max(of, 1))
		_ = bar.Set(done) // a terminal that went away is no reason to stop
	})
	_ = bar.Finish()
	if errors.Is(err, catalog.ErrNotLasting) {
		fmt.Fprintf(to.err, "%s; there is nothing to rebuild\n", err)
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(to.err, "rebuilt with %d entries\n", total)
	return b.finish(ctx, to)
}

// settleWithin is how long a running server may take to send what changed meanwhile.
const settleWithin = time.Minute

// finish sends what was saved during a rebuild, or waits until the server that
// runs on the same folder has sent it.
func (b *beside) finish(ctx context.Context, to streams) error {
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		left, err := b.projection.Pending(ctx)
		if err != nil || left == 0 {
			return err
		}
		if free, err := b.lock.TryLock(); err != nil || free {
			return errors.Join(err, b.projection.CatchUp(ctx))
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			fmt.Fprintf(to.err, "the server still has %d changed products to send\n", left)
			return nil
		}
	}
}
