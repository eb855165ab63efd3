package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"honeyguide/catalog/index"
)

const loadRows = 1000

// load fills the index from the entries that were saved with the products, and
// counts the values that filters know. Entries of another encoder's making are
// made anew afterwards, by Reencode.
func (c *Catalog) load(ctx context.Context) error {
	rows, err := c.db.QueryContext(ctx, `SELECT store_id, kind, id, data FROM entries WHERE model = $1 ORDER BY store_id, kind, id`, c.encoder.Model())
	if err != nil {
		return err
	}
	defer rows.Close()
	intern := map[string]string{}
	some := make([]index.Entry, 0, loadRows)
	flush := func() error {
		if err := c.index.Put(ctx, some); err != nil {
			return err
		}
		c.facets.put(some)
		clear(some)
		some = some[:0]
		return nil
	}
	var data sql.RawBytes
	for rows.Next() {
		var e index.Entry
		if err := rows.Scan(&e.Store, &e.Kind, &e.ID, &data); err != nil {
			return err
		}
		if err := decodeEntry(data, &e, intern); err != nil {
			return fmt.Errorf("%s %s: %w", e.Store, e.ID, err)
		}
		if some = append(some, e); len(some) == loadRows {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(rows.Err(), flush()); err != nil {
		return err
	}
	return c.settleMarks(ctx)
}

// settleMarks takes the marks away of products that load has put into the index,
// and catches up with what is left: products deleted before a crash.
func (c *Catalog) settleMarks(ctx context.Context) error {
	_, err := c.db.ExecContext(ctx, `UPDATE products SET indexed_at = $1 WHERE indexed_at = 0 AND deleted_at = 0 AND EXISTS (
		SELECT 1 FROM entries e WHERE e.store_id = products.store_id AND e.kind = $2 AND e.id = products.id AND e.model = $3)`,
		now().UnixMilli(), index.Products, c.encoder.Model())
	if err != nil {
		return err
	}
	stores, err := c.Stores(ctx)
	for _, s := range stores {
		if err == nil {
			err = c.catchUp(ctx, s.ID)
		}
	}
	return err
}
