package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"honeyguide/catalog/index"
)

// save writes a batch and its job's progress in one transaction, then brings the
// index up to it. j is nil for changes that come without a job. A job that is no
// longer running saves nothing: errCanceled; nor do rows that were encoded for what
// answers no more: errMoved.
func (c *Catalog) save(ctx context.Context, b *batch, j *Job) error {
	c.projection.saving.Lock() // commits and index updates in the same order
	defer c.projection.saving.Unlock()
	if b.by != nil && b.by != c.sight() {
		return errMoved
	}
	var next Job
	err := c.db.Tx(ctx, func(tx *sql.Tx) error {
		if err := c.settleAgain(ctx, tx, b); err != nil {
			return err
		}
		if err := c.saveRows(ctx, tx, b); err != nil {
			return err
		}
		if j == nil {
			return nil
		}
		next = *j
		b.count(&next)
		return errors.Join(saveJobRows(ctx, tx, j.ID, b), saveErrors(ctx, tx, j.ID, b.errors), saveProgress(ctx, tx, &next))
	})
	if err != nil {
		return fmt.Errorf("save batch: %w", err)
	}
	if j != nil {
		*j = next
	}
	return c.project(ctx, b)
}

// settleAgain decides once more, now that nobody else writes: another change may
// have come between comparing and saving.
func (c *Catalog) settleAgain(ctx context.Context, tx *sql.Tx, b *batch) error {
	var writes []*row
	for _, r := range b.rows {
		if r.outcome.writes() {
			writes = append(writes, r)
		}
	}
	held, err := c.lookup(ctx, tx, b.store, "", writes)
	if err != nil {
		return err
	}
	for _, r := range writes {
		k, ok := held[r.item.ID]
		b.settle(r, k, ok)
	}
	return nil
}

// putProduct keeps the version where the new state has none, so that versions
// go on where they stood.
const putProduct = `INSERT INTO products (store_id, id, data, hash, version, said_at, deleted_at, updated_at, indexed_at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) ON CONFLICT (store_id, id) DO UPDATE SET data = excluded.data, hash = excluded.hash,
	version = CASE WHEN excluded.version > 0 THEN excluded.version ELSE products.version END,
	said_at = CASE WHEN excluded.said_at > products.said_at THEN excluded.said_at ELSE products.said_at END,
	deleted_at = excluded.deleted_at, updated_at = excluded.updated_at, indexed_at = 0`

const putEntry = `INSERT INTO entries (store_id, kind, id, model, data) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (store_id, kind, id) DO UPDATE SET model = excluded.model, data = excluded.data`

func (c *Catalog) saveRows(ctx context.Context, tx *sql.Tx, b *batch) error {
	put, err := tx.PrepareContext(ctx, putProduct)
	if err != nil {
		return err
	}
	defer put.Close()
	entry, err := tx.PrepareContext(ctx, putEntry)
	if err != nil {
		return err
	}
	defer entry.Close()
	at, said := now().UnixMilli(), b.at.UnixMilli()
	var written []string
	for _, r := range b.rows {
		it := &r.item
		if r.outcome.writes() {
			written = append(written, it.ID)
		}
		switch {
		case r.outcome == added || r.outcome == updated:
			var data []byte
			if data, err = json.Marshal(r.product); err != nil {
				return err
			}
			if _, err = put.ExecContext(ctx, b.store, it.ID, data, r.hash, it.SourceVersion, said, 0, r.product.UpdatedAt.UnixMilli()); err == nil {
				_, err = entry.ExecContext(ctx, b.store, index.Products, it.ID, c.projection.making(index.Products), encodeEntry(&r.entry))
			}
		case r.outcome == removed || r.outcome == buried:
			if _, err = put.ExecContext(ctx, b.store, it.ID, "{}", "", it.SourceVersion, said, at, at); err == nil {
				_, err = tx.ExecContext(ctx, `DELETE FROM entries WHERE store_id = $1 AND kind = $2 AND id = $3`, b.store, index.Products, it.ID)
			}
		case r.newer:
			_, err = tx.ExecContext(ctx, `UPDATE products SET version = $1 WHERE store_id = $2 AND id = $3`, it.SourceVersion, b.store, it.ID)
		}
		if err != nil {
			return err
		}
	}
	return dropComing(ctx, tx, b.store, written)
}

// saveJobRows notes which products the feed holds and where. Of several rows of
// one product the first that was taken counts, else the first.
func saveJobRows(ctx context.Context, tx *sql.Tx, jobID string, b *batch) error {
	rows := make([]*row, 0, len(b.rows))
	at := make(map[string]int, len(b.rows))
	for _, r := range b.rows {
		first, again := at[r.item.ID]
		switch {
		case r.outcome == seen || r.item.Line == 0:
		case !again:
			at[r.item.ID] = len(rows)
			rows = append(rows, r)
		case rows[first].outcome == refused:
			rows[first] = r
		}
	}
	const perStatement = 64
	for len(rows) > 0 {
		n := min(len(rows), perStatement)
		if err := insertJobRows(ctx, tx, jobID, rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func insertJobRows(ctx context.Context, tx *sql.Tx, jobID string, rows []*row) error {
	values := make([]byte, 0, 24*len(rows))
	args := make([]any, 0, 4*len(rows))
	for i, r := range rows {
		if i > 0 {
			values = append(values, ", "...)
		}
		values = fmt.Appendf(values, "(%s)", numbered(4*i+1, 4))
		args = append(args, jobID, r.item.ID, r.item.Line, r.outcome)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO job_rows (job_id, product_id, line, outcome) VALUES `+string(values)+`
		ON CONFLICT (job_id, product_id) DO UPDATE SET line = excluded.line, outcome = excluded.outcome
		WHERE job_rows.outcome = 'failed' AND excluded.outcome <> 'failed'`, args...)
	return err
}

// saveErrors keeps the errors of a job's rows, up to maxJobErrors of them.
func saveErrors(ctx context.Context, tx *sql.Tx, jobID string, errs []JobError) error {
	if len(errs) == 0 {
		return nil
	}
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM job_errors WHERE job_id = $1`, jobID).Scan(&n); err != nil {
		return err
	}
	for _, e := range errs[:min(len(errs), max(0, maxJobErrors-n))] {
		if err := saveError(ctx, tx, jobID, e); err != nil {
			return err
		}
	}
	return nil
}

func saveError(ctx context.Context, tx *sql.Tx, jobID string, e JobError) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO job_errors (job_id, line, field, product_id, code, message)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`, jobID, e.Line, e.Field, e.ID, e.Code, e.Message)
	return err
}
