// Package db opens the database and brings its schema up to date.
//
// The SQL of the whole project keeps to what SQLite and PostgreSQL both run:
// numbered parameters in ascending order, TEXT, BIGINT and BYTEA columns, times
// as Unix milliseconds, INSERT … ON CONFLICT.
package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// DB is a database with one writer and many readers, which is how SQLite in
// WAL mode is quickest and never answers "locked".
type DB struct {
	write *sql.DB
	read  *sql.DB
}

// Open opens the SQLite database file at path, creating it and its folder, and
// applies the migrations that it lacks.
func Open(ctx context.Context, path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	write, err := open(path, 1, "immediate")
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, write); err != nil {
		write.Close()
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	read, err := open(path, max(4, runtime.GOMAXPROCS(0)), "deferred")
	if err != nil {
		write.Close()
		return nil, err
	}
	return &DB{write: write, read: read}, nil
}

func open(path string, conns int, lock string) (*sql.DB, error) {
	q := url.Values{"_txlock": {lock}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(wal)", "synchronous(normal)", "foreign_keys(on)",
		"cache_size(-16000)", "temp_store(memory)",
	}}
	d, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	d.SetMaxOpenConns(conns)
	d.SetMaxIdleConns(conns)
	d.SetConnMaxIdleTime(5 * time.Minute)
	return d, nil
}

func migrate(ctx context.Context, d *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, d, files)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Tx runs f in a write transaction: committed when f returns nil, else rolled back.
// Transactions run one at a time; f must not wait for anything but the database.
func (d *DB) Tx(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() // after a commit this does nothing
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		if ended := ctx.Err(); ended != nil { // then it may have been rolled back already
			err = ended
		}
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// ExecContext runs one writing statement by itself and returns the number of rows it changed.
func (d *DB) ExecContext(ctx context.Context, query string, args ...any) (int64, error) {
	r, err := d.write.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// QueryContext reads rows beside any writer; it sees the last committed state.
func (d *DB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return d.read.QueryContext(ctx, query, args...)
}

// QueryRowContext reads one row as QueryContext does.
func (d *DB) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return d.read.QueryRowContext(ctx, query, args...)
}

// Close waits for running statements and closes the files.
func (d *DB) Close() error {
	rerr := d.read.Close()
	if err := d.write.Close(); err != nil {
		return err
	}
	return rerr
}
