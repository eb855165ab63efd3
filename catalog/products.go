package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// Product returns a living product of a store, or ErrNotFound.
func (c *Catalog) Product(ctx context.Context, storeID, id string) (Product, error) {
	found, err := c.products(ctx, storeID, []string{id})
	if err != nil {
		return Product{}, err
	}
	p, ok := found[id]
	if !ok {
		return Product{}, fmt.Errorf("product %q: %w", id, ErrNotFound)
	}
	return p, nil
}

// productColumns begins every reading of living products.
const productColumns = `SELECT id, data, indexed_at FROM products WHERE store_id = $1 AND deleted_at = 0`

// products returns those of the ids that live, by id.
func (c *Catalog) products(ctx context.Context, storeID string, ids []string) (map[string]Product, error) {
	found := make(map[string]Product, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	args := []any{storeID}
	for _, id := range ids {
		args = append(args, id)
	}
	rows, err := c.db.QueryContext(ctx, productColumns+` AND id IN (`+numbered(2, len(ids))+`)`, args...)
	list, err := scanProducts(rows, err)
	for _, p := range list {
		found[p.ID] = p
	}
	return found, err
}

// Products lists a store's products in id order, after the given id.
func (c *Catalog) Products(ctx context.Context, storeID, after string, limit int) ([]Product, error) {
	rows, err := c.db.QueryContext(ctx, productColumns+` AND id > $2 ORDER BY id LIMIT $3`, storeID, after, limit)
	return scanProducts(rows, err)
}

func scanProducts(rows *sql.Rows, err error) ([]Product, error) {
	if err != nil {
		return nil, fmt.Errorf("products: %w", err)
	}
	defer rows.Close()
	list := []Product{}
	for rows.Next() {
		var p Product
		var id string
		var data []byte
		var indexed int64
		if err := rows.Scan(&id, &data, &indexed); err != nil {
			return nil, fmt.Errorf("products: %w", err)
		}
		if err := json.Unmarshal(data, &p); err != nil {
			return nil, fmt.Errorf("product %q: %w", id, err)
		}
		if indexed > 0 {
			t := time.UnixMilli(indexed).UTC()
			p.IndexedAt = &t
		}
		list = append(list, p)
	}
	return list, rows.Err()
}
