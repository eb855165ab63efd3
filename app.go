package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/assistant/llm"
	"honeyguide/catalog"
	"honeyguide/catalog/index"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
	"honeyguide/db"
	"honeyguide/desk"
	"honeyguide/packs"
)

// app is the parts that every command works with, put together.
type app struct {
	db      *db.DB
	catalog *catalog.Catalog
	index   index.Index
	makers  *makers // of vectors
	lock    *flock.Flock
	folder  string

	// What conversations need, see talk.
	records    *conversation.Records
	orders     *orders.Orders
	promotions *promotions.Promotions
	assistant  *assistant.Assistant
	desk       *desk.Desk
	voice      *llm.Voice // nil: nobody writes down what is said
}

// open takes the data folder for this process alone and opens what is in it, and
// the index.
func (s *Storage) open(ctx context.Context, log *slog.Logger) (a *app, err error) {
	folder := s.Data
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	a = &app{folder: folder, lock: flock.New(filepath.Join(folder, "lock"))}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	switch free, err := a.lock.TryLock(); {
	case err != nil:
		return a, fmt.Errorf("data folder: %w", err)
	case !free:
		return a, fmt.Errorf("data folder %s is in use by another honeyguide; stop it, or use its API", folder)
	}
	if a.db, err = db.Open(ctx, filepath.Join(folder, "honeyguide.db")); err != nil {
		return a, err
	}
	known, err := packs.Load()
	if err != nil {
		return a, err
	}
	if a.makers, err = s.openMakers(ctx, log); err != nil {
		return a, err
	}
	if err := a.makers.remember(); err != nil {
		return a, err
	}
	if a.index, err = s.Qdrant.open(ctx, a.makers, log); err != nil {
		return a, err
	}
	a.catalog, err = catalog.Open(ctx, catalog.Options{
		DB: a.db, Index: a.index, Encoder: a.makers.joint, Texts: a.makers.texts, Former: a.makers.former, Packs: known, Folder: folder, Log: log,
		Regions: a.makers.regions,
	})
	return a, err
}

// Close lets go of everything, in the opposite order.
func (a *app) Close() error {
	var errs []error
	if a.index != nil {
		errs = append(errs, a.index.Close())
	}
	if a.makers != nil {
		errs = append(errs, a.makers.Close())
	}
	if a.db != nil {
		errs = append(errs, a.db.Close())
	}
	return errors.Join(append(errs, a.lock.Unlock())...)
}

// secret returns what the file holds, or makes it of 128 random bits with a
// prefix. Only this user can read it.
func (a *app) secret(name, prefix string) (path, value string, err error) {
	path = filepath.Join(a.folder, name)
	data, err := os.ReadFile(path)
	switch value = strings.TrimSpace(string(data)); {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return path, "", err
	case value != "":
		return path, value, nil
	}
	value = prefix + rand.Text()
	made := path + ".new" // a crash leaves no half of a secret
	return path, value, errors.Join(os.WriteFile(made, []byte(value+"\n"), 0o600), os.Rename(made, path))
}

// operator makes key the operator's: an earlier one is no longer valid.
func (a *app) operator(ctx context.Context, key string) error {
	if _, err := a.db.ExecContext(ctx, `DELETE FROM keys WHERE kind = $1`, catalog.OperatorKey); err != nil {
		return err
	}
	return a.catalog.AddKey(ctx, key, "")
}
