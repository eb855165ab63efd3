package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
	"honeyguide/demo"
	"honeyguide/eval/turns"
)

type evalTurnsCmd struct {
	Files []string `arg:"" optional:"" help:"Files of cases, or folders of them; without any the project's own, about the demo store." type:"path"`
	Store string   `help:"Play on this store of a data folder, of which a copy is made; without it on the demo store." placeholder:"ID"`
	Data  string   `help:"The data folder of --store." default:"./data" env:"HONEYGUIDE_DATA" type:"path"`
	Min   float64  `help:"The share of cases that must pass, 0 to 1." default:"1"`
}

// Validate says what cannot be meant.
func (c *evalTurnsCmd) Validate() error {
	if !(c.Min >= 0 && c.Min <= 1) { // also when it is no number
		return errors.New("--min: must be 0 to 1")
	}
	return nil
}

// Run plays the cases and prints the figures as one JSON object, and what failed to
// standard error.
func (c *evalTurnsCmd) Run(ctx context.Context, to streams) (err error) {
	files, pictures, err := c.cases()
	if err != nil {
		return usageError{err}
	}
	folder, err := os.MkdirTemp("", "honeyguide-eval-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if c.Store != "" {
		if err := copyData(folder, c.Data); err != nil {
			return err
		}
	}
	storage := Storage{Data: folder}
	a, err := storage.open(ctx, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	shop, err := c.shop(ctx, a)
	if err != nil {
		return err
	}
	shop.Folder = pictures
	if err := a.catalog.Warm(ctx); err != nil {
		return err
	}
	progress := stageBar(to)
	result, err := turns.Run(ctx, *shop, files, func(done, total int) { progress("cases", done, total) })
	if errors.Is(err, turns.ErrCases) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	return c.tell(to, result)
}

// cases reads the files, or the project's own.
func (c *evalTurnsCmd) cases() (files []*turns.File, folder string, err error) {
	if len(c.Files) == 0 {
		files, err = turns.Own()
		return files, "", err
	}
	return turns.Load(c.Files)
}

// shop is the assistant without a language model over the store that is played on.
func (c *evalTurnsCmd) shop(ctx context.Context, a *app) (*turns.Shop, error) {
	s := &turns.Shop{Catalog: a.catalog, StoreID: c.Store, Clock: &turns.Clock{}, Promotions: promotions.Open(a.db, a.catalog.Packs())}
	s.Orders = orders.Open(orders.Options{DB: a.db, Store: a.catalog.Store, Now: s.Clock.Now})
	var err error
	s.Assistant, err = assistant.New(assistant.Options{Catalog: a.catalog, Records: conversation.Open(a.db), Orders: s.Orders,
		Promotions: s.Promotions, Now: s.Clock.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	if c.Store != "" {
		_, err := a.catalog.Store(ctx, c.Store)
		return s, err
	}
	s.StoreID, err = a.syncDemo(ctx)
	return s, err
}

// syncDemo makes the demo store, without its orders and offers: cases bring their own.
func (a *app) syncDemo(ctx context.Context) (storeID string, err error) {
	store, err := a.catalog.NewStore(ctx, demoSettings(demo.Name, demo.Currency))
	if err != nil {
		return "", err
	}
	path := filepath.Join(a.folder, "demo.zip")
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	if err := errors.Join(demo.Write(ctx, f), f.Close()); err != nil {
		return "", err
	}
	job, err := a.catalog.Sync(ctx, store.ID, path, catalog.Full, true, func(catalog.Job) {})
	if err == nil && job.State != catalog.Done {
		err = jobError(&job)
	}
	return store.ID, err
}

// copyData copies a data folder that no other process has open.
func copyData(to, from string) error {
	lock := flock.New(filepath.Join(from, "lock"))
	switch free, err := lock.TryLock(); {
	case err != nil:
		return fmt.Errorf("data folder: %w", err)
	case !free:
		return fmt.Errorf("data folder %s is in use by another honeyguide; stop it first", from)
	}
	return errors.Join(os.CopyFS(to, os.DirFS(from)), lock.Unlock())
}

// tell prints the figures and the failures; too many of them are an error.
func (c *evalTurnsCmd) tell(to streams, r *turns.Result) error {
	for i := range r.Failures {
		fmt.Fprintln(to.err, &r.Failures[i])
	}
	if err := json.NewEncoder(to.out).Encode(r); err != nil {
		return err
	}
	if failed := r.Cases - r.Passed; float64(r.Passed) < c.Min*float64(r.Cases) {
		return fmt.Errorf("%d of %d cases failed", failed, r.Cases)
	}
	return nil
}
