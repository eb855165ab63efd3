package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"honeyguide/catalog"
	"honeyguide/demo"
)

type demoCmd struct {
	Config `embed:""`
}

// Run serves with the demo store, which the first start makes.
func (c *demoCmd) Run(ctx context.Context, to streams) error {
	return serve(ctx, &c.Config, to, func(ctx context.Context, a *app, address string) error {
		store, err := a.demoStore(ctx)
		if err != nil {
			return fmt.Errorf("demo store: %w", err)
		}
		if err := a.demoRecords(ctx, store.ID, time.Now()); err != nil {
			return fmt.Errorf("demo store: %w", err)
		}
		fmt.Fprintf(to.out, "demo store %s is ready: open %s/?store=%s\n", store.Name, address, store.ID)
		fmt.Fprintf(to.out, "the chat: %s/?store=%s&chat=1 (order A1001 to A1003, phone ending 2468)\n", address, store.ID)
		fmt.Fprintf(to.out, "API: %s/docs  metrics: %s/metrics\n", address, address)
		return nil
	})
}

// demoStore returns the demo store with its products, made where they lack. They
// come the way a merchant's do, as a feed, so that a start that is broken off is
// made good by the next one.
func (a *app) demoStore(ctx context.Context) (catalog.Store, error) {
	store, err := a.findStore(ctx, demo.Name)
	if errors.Is(err, catalog.ErrNotFound) {
		store, err = a.catalog.NewStore(ctx, demoSettings(demo.Name, demo.Currency))
	}
	if err != nil {
		return store, err
	}
	jobs, err := a.catalog.Jobs(ctx, store.ID, 0, 1)
	if err != nil {
		return store, err
	}
	if len(jobs) > 0 { // perhaps of a start that was broken off
		if _, err := a.finished(ctx, store.ID, jobs[0].ID); err != nil {
			return store, err
		}
	}
	switch some, err := a.catalog.Products(ctx, store.ID, "", 1); {
	case err != nil:
		return store, err
	case len(some) > 0:
		return store, nil
	}
	job, err := a.catalog.NewFeed(ctx, store.ID, catalog.Full, func(w io.Writer) error { return demo.Write(ctx, w) })
	if err != nil {
		return store, err
	}
	if job, err = a.finished(ctx, store.ID, job.ID); err == nil && job.State != catalog.Done {
		err = jobError(&job)
	}
	return store, err
}

// finished waits until a job that runs beside needs no more time.
func (a *app) finished(ctx context.Context, storeID, jobID string) (catalog.Job, error) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		job, err := a.catalog.Job(ctx, storeID, jobID)
		if err != nil || job.State.Final() || job.State == catalog.Held {
			return job, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return job, ctx.Err()
		}
	}
}

func (a *app) findStore(ctx context.Context, name string) (catalog.Store, error) {
	all, err := a.catalog.Stores(ctx)
	if err != nil {
		return catalog.Store{}, err
	}
	for _, s := range all {
		if s.Name == name {
			return s, nil
		}
	}
	return catalog.Store{}, catalog.ErrNotFound
}
