package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"honeyguide/catalog/index"
)

// projectWithin bounds how long the index may take over a batch.
const projectWithin = time.Minute

// project brings the index up to a saved batch.
func (c *Catalog) project(ctx context.Context, b *batch) error {
	var put []index.Entry
	var gone []string
	for _, r := range b.rows {
		switch r.outcome {
		case added, updated:
			put = append(put, r.entry)
		case removed, buried:
			gone = append(gone, r.item.ID)
		}
	}
	return c.reflect(ctx, b.store, put, gone)
}

// reflect puts and deletes products' entries and takes the products' marks
// away. It goes on when ctx is canceled, since what was saved must be found.
// What the engine fails to take stays marked for catchUp. The caller holds saving.
func (c *Catalog) reflect(ctx context.Context, storeID string, put []index.Entry, gone []string) error {
	if len(put)+len(gone) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), projectWithin)
	defer cancel()
	if err := c.index.Put(ctx, put); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if err := c.index.Delete(ctx, storeID, index.Products, gone); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	c.facets.put(put)
	c.facets.remove(storeID, gone)
	args := []any{now().UnixMilli(), storeID}
	for i := range put {
		args = append(args, put[i].ID)
	}
	for _, id := range gone {
		args = append(args, id)
	}
	_, err := c.db.ExecContext(ctx, `UPDATE products SET indexed_at = $1 WHERE store_id = $2 AND id IN (`+numbered(3, len(args)-2)+`)`, args...)
	if err != nil {
		return fmt.Errorf("unmark: %w", err)
	}
	return nil
}

// catchUp brings the index up to a store's marked products: those that were
// saved, but not taken by the index before a crash or a failure of its engine.
// Entries of another encoder's making stay marked for Reencode.
func (c *Catalog) catchUp(ctx context.Context, storeID string) error {
	c.saving.Lock()
	defer c.saving.Unlock()
	after := ""
	for {
		put, gone, last, err := c.marked(ctx, storeID, after)
		if err != nil {
			return fmt.Errorf("catch up: %w", err)
		}
		if err := c.reflect(ctx, storeID, put, gone); err != nil {
			return fmt.Errorf("catch up: %w", err)
		}
		if last == "" {
			return nil
		}
		after = last
	}
}

// marked returns some of a store's marked products after an id, and the last of
// them; last is empty at the end.
func (c *Catalog) marked(ctx context.Context, storeID, after string) (put []index.Entry, gone []string, last string, err error) {
	rows, err := c.db.QueryContext(ctx, `SELECT p.id, p.deleted_at, e.data FROM products p
		LEFT JOIN entries e ON e.store_id = p.store_id AND e.kind = $1 AND e.id = p.id AND e.model = $2
		WHERE p.store_id = $3 AND p.indexed_at = 0 AND p.id > $4 ORDER BY p.id LIMIT $5`,
		index.Products, c.encoder.Model(), storeID, after, c.batch)
	if err != nil {
		return nil, nil, "", err
	}
	defer rows.Close()
	intern := map[string]string{}
	for rows.Next() {
		var deleted int64
		var data sql.RawBytes
		if err := rows.Scan(&last, &deleted, &data); err != nil {
			return nil, nil, "", err
		}
		switch {
		case deleted > 0:
			gone = append(gone, last)
		case data != nil:
			e := index.Entry{Store: storeID, Kind: index.Products, ID: last}
			if err := decodeEntry(data, &e, intern); err != nil {
				return nil, nil, "", fmt.Errorf("%s: %w", last, err)
			}
			put = append(put, e)
		}
	}
	return put, gone, last, rows.Err()
}
