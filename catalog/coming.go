package catalog

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"honeyguide/catalog/encoders"
	"honeyguide/catalog/feed"
	"honeyguide/catalog/index"
)

// Coming entries are those of the encoders that are to answer. A product has one
// or none: when it changes, its coming entry goes in the same transaction, and it
// is made anew. So one that is there is of the product's last state.

// dropComing removes the coming entries of products that are saved.
func dropComing(ctx context.Context, tx *sql.Tx, storeID string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	args := []any{storeID}
	for _, id := range ids {
		args = append(args, id)
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM coming_entries WHERE store_id = $1 AND id IN (`+numbered(2, len(ids))+`)`, args...)
	return err
}

// stored is a product in the state that the database held.
type stored struct {
	id   string
	data []byte
}

// lackComing returns living products of a store that have no coming entry: the
// first after an id, or those of the given ids.
func (c *Catalog) lackComing(ctx context.Context, storeID, after string, ids []string) ([]stored, error) {
	args := []any{storeID, after}
	of := ``
	if ids != nil {
		of = ` AND p.id IN (` + numbered(3, len(ids)) + `)`
	}
	for _, id := range ids {
		args = append(args, id)
	}
	rows, err := c.db.QueryContext(ctx, `SELECT p.id, p.data FROM products p
		LEFT JOIN coming_entries n ON n.store_id = p.store_id AND n.id = p.id
		WHERE p.store_id = $1 AND p.deleted_at = 0 AND p.id > $2 AND n.id IS NULL`+of+`
		ORDER BY p.id LIMIT `+fmt.Sprintf("$%d", len(args)+1), append(args, c.batch)...)
	if err != nil {
		return nil, err
	}
	return scanAll(rows, func(s *stored) []any { return []any{&s.id, &s.data} })
}

// makeComing makes the coming entries of products, but for those that another
// change overtakes. They lack one each.
func (c *Catalog) makeComing(ctx context.Context, p encoders.Pair, store *Store, products []stored) error {
	b := newBatch(store, now())
	for _, s := range products {
		r := &row{item: feed.Item{ID: s.id}, outcome: updated, product: &Product{}}
		if err := json.Unmarshal(s.data, r.product); err != nil {
			return fmt.Errorf("product %q: %w", s.id, err)
		}
		b.rows = append(b.rows, r)
	}
	if err := c.encodeBy(ctx, makerOf(p), nil, b); err != nil {
		return err
	}
	return c.db.Tx(ctx, func(tx *sql.Tx) error {
		held, err := heldProducts(ctx, tx, store.ID, products)
		for i, r := range b.rows {
			if err == nil && bytes.Equal(held[r.item.ID], products[i].data) {
				_, err = tx.ExecContext(ctx, `INSERT INTO coming_entries (store_id, id, model, data) VALUES ($1, $2, $3, $4)
					ON CONFLICT (store_id, id) DO UPDATE SET model = excluded.model, data = excluded.data`,
					store.ID, r.item.ID, makingBy(p.Model()), encodeEntry(&r.entry))
			}
		}
		return err
	})
}

// heldProducts returns the present state of those of the products that live, by id.
func heldProducts(ctx context.Context, tx *sql.Tx, storeID string, products []stored) (map[string][]byte, error) {
	args := []any{storeID}
	for _, s := range products {
		args = append(args, s.id)
	}
	rows, err := tx.QueryContext(ctx, `SELECT id, data FROM products
		WHERE store_id = $1 AND deleted_at = 0 AND id IN (`+numbered(2, len(products))+`)`, args...)
	if err != nil {
		return nil, err
	}
	list, err := scanAll(rows, func(s *stored) []any { return []any{&s.id, &s.data} })
	held := make(map[string][]byte, len(list))
	for _, s := range list {
		held[s.id] = s.data
	}
	return held, err
}

// comingPage returns coming entries of a store, the first after an id or those of
// the given ids.
func (c *Catalog) comingPage(ctx context.Context, storeID, after string, ids []string, intern map[string]string) ([]index.Entry, error) {
	args := []any{storeID, after}
	of := ``
	if ids != nil {
		of = ` AND id IN (` + numbered(3, len(ids)) + `)`
	}
	for _, id := range ids {
		args = append(args, id)
	}
	rows, err := c.db.QueryContext(ctx, `SELECT id, data FROM coming_entries WHERE store_id = $1 AND id > $2`+of+`
		ORDER BY id LIMIT `+fmt.Sprintf("$%d", len(args)+1), append(args, loadRows)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var some []index.Entry
	var data sql.RawBytes
	for rows.Next() {
		e := index.Entry{Store: storeID, Kind: index.Products}
		if err := rows.Scan(&e.ID, &data); err != nil {
			return nil, err
		}
		if err := decodeEntry(data, &e, intern); err != nil {
			return nil, fmt.Errorf("%s %s: %w", storeID, e.ID, err)
		}
		some = append(some, e)
	}
	return some, rows.Err()
}

// adoptRows are the entries that are moved in one transaction, between which
// others write.
const adoptRows = 256

// adopt moves the coming entries that were made so to their place. What is
// searched does not change by that.
func (c *Catalog) adopt(ctx context.Context, made string) error {
	for {
		var storeID, last string
		err := c.db.QueryRowContext(ctx, `SELECT store_id, max(id) FROM (SELECT store_id, id FROM coming_entries
			WHERE model = $1 AND store_id = (SELECT min(store_id) FROM coming_entries WHERE model = $1) ORDER BY id LIMIT $2) few
			GROUP BY store_id`, made, adoptRows).Scan(&storeID, &last)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			err = c.adoptSome(ctx, made, storeID, last)
		}
		if err != nil {
			return fmt.Errorf("move new entries: %w", err)
		}
	}
}

// adoptSome moves those of a store up to an id.
func (c *Catalog) adoptSome(ctx context.Context, made, storeID, last string) error {
	return c.db.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE entries SET model = c.model, data = c.data FROM coming_entries c
			WHERE c.store_id = $1 AND c.id <= $2 AND c.model = $3
			AND entries.store_id = c.store_id AND entries.kind = $4 AND entries.id = c.id`, storeID, last, made, index.Products)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM coming_entries WHERE store_id = $1 AND id <= $2 AND model = $3`, storeID, last, made)
		return err
	})
}
