package db

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/pressly/goose/v3"
)

func openTest(t *testing.T) *DB {
	t.Helper()
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "a b?c", "shop.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestTxRollsBackOnError(t *testing.T) {
	d, ctx, fail := openTest(t), t.Context(), errors.New("no")
	insert := func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO stores (id, data, created_at) VALUES ($1, $2, $3)`, "s", "{}", 1)
		return err
	}
	err := d.Tx(ctx, func(tx *sql.Tx) error { return errors.Join(insert(tx), fail) })
	if !errors.Is(err, fail) {
		t.Fatalf("got %v, want the function's error", err)
	}
	if n := count(t, d); n != 0 {
		t.Errorf("%d stores after a rollback, want 0", n)
	}
	if err := d.Tx(ctx, insert); err != nil {
		t.Fatal(err)
	}
	if n := count(t, d); n != 1 {
		t.Errorf("%d stores after a commit, want 1", n)
	}
}

func count(t *testing.T, d *DB) (n int) {
	t.Helper()
	if err := d.QueryRowContext(t.Context(), `SELECT count(*) FROM stores`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestReadersDoNotWaitForTheWriter(t *testing.T) {
	d := openTest(t)
	err := d.Tx(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.Exec(`INSERT INTO stores (id, data, created_at) VALUES ('s', '{}', 1)`); err != nil {
			return err
		}
		if n := count(t, d); n != 0 {
			t.Errorf("a reader saw %d uncommitted stores", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpenTwiceKeepsTheData(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	for want := range 2 {
		d, err := Open(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		if n := count(t, d); n != want {
			t.Errorf("open %d: %d stores, want %d", want, n, want)
		}
		if _, err := d.ExecContext(t.Context(), `INSERT INTO stores (id, data, created_at) VALUES ('s', '{}', 1) ON CONFLICT DO NOTHING`); err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWritersTakeTurns(t *testing.T) {
	d := openTest(t)
	var all sync.WaitGroup
	for w := range 8 {
		all.Go(func() {
			for i := range 10 {
				err := d.Tx(t.Context(), func(tx *sql.Tx) error {
					_, err := tx.Exec(`INSERT INTO stores (id, data, created_at) VALUES ($1, '{}', 1)`, fmt.Sprint(w, "-", i))
					return err
				})
				if err != nil {
					t.Error(err)
				}
				count(t, d)
			}
		})
	}
	all.Wait()
	if n := count(t, d); n != 80 {
		t.Errorf("%d rows, want 80", n)
	}
}

func TestTxEndsWithItsContext(t *testing.T) {
	d := openTest(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := d.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO stores (id, data, created_at) VALUES ('s', '{}', 1)`)
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) || count(t, d) != 0 {
		t.Errorf("got %v and %d stores, want nothing written", err, count(t, d))
	}
	if n, err := d.ExecContext(t.Context(), `INSERT INTO stores (id, data, created_at) VALUES ('s', '{}', 1)`); n != 1 || err != nil {
		t.Errorf("afterwards: %d, %v", n, err)
	}
}

func TestRulesOfTheSchemaHold(t *testing.T) {
	d := openTest(t)
	_, err := d.ExecContext(t.Context(), `INSERT INTO jobs (id, store_id, kind, state, data, created_at) VALUES ('j', 'none', 'feed', 'queued', '{}', 1)`)
	if err == nil {
		t.Error("a job of no store is taken: foreign keys are off")
	}
}

func TestOpenRefusesWhatIsNoDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	if err := os.WriteFile(path, bytes.Repeat([]byte("not a database "), 100), 0o600); err != nil {
		t.Fatal(err)
	}
	if d, err := Open(t.Context(), path); err == nil {
		d.Close()
		t.Error("a text file is opened as a database")
	}
	if content, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(content, []byte("not a database")) {
		t.Errorf("the file was changed: %v", err)
	}
	if d, err := Open(t.Context(), filepath.Join(path, "below")); err == nil {
		d.Close()
		t.Error("a file is taken for a folder")
	}
}

func TestMigrationsGoDownAndUp(t *testing.T) {
	d := openTest(t)
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, d.write, files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.DownTo(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	var tables int
	err = d.QueryRowContext(t.Context(), `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%'`).Scan(&tables)
	if err != nil || tables != 0 {
		t.Errorf("%d tables are left, %v", tables, err)
	}
	if err := migrate(t.Context(), d.write); err != nil || count(t, d) != 0 {
		t.Errorf("up again: %v", err)
	}
}
