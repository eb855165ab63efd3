package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"honeyguide/catalog/feed"
	"honeyguide/catalog/index"
)

// Reencode makes the entries anew that were made in another way, such as before
// an upgrade, batch by batch until ctx ends, and waits while the encoders cannot be
// reached. Where the encoders themselves are others, those of before answer until
// all is done and the new ones take over at once; where those of before are gone,
// words find products all the while, pictures as their entries are done. It
// returns how many entries it made. What was done before it was interrupted is
// not done again.
func (c *Catalog) Reencode(ctx context.Context) (int, error) {
	made := 0
	if c.coming != nil {
		n, err := c.change(ctx)
		if made += n; err != nil {
			return made, err
		}
	}
	s := c.sight()
	if err := c.learnKinds(ctx, s); err != nil {
		return made, err
	}
	products, err := c.reencodeProducts(ctx, s)
	if made += products; err != nil {
		return made, err
	}
	answers, err := c.reencodeFAQs(ctx)
	return made + answers, err
}

// reencodeProducts makes products' outdated entries anew in their place.
func (c *Catalog) reencodeProducts(ctx context.Context, s *sight) (made int, err error) {
	by := c.patiently(s, makerOf(s.Pair), func(why string) {
		if why != "" {
			c.log.Warn("encoding anew waits for the encoder", "error", why)
		}
	})
	for {
		storeID, products, err := c.outdated(ctx)
		if err != nil || len(products) == 0 {
			return made, err
		}
		store, err := c.Store(ctx, storeID)
		if err != nil {
			return made, err
		}
		b := newBatch(&store, now())
		for i := range products {
			b.rows = append(b.rows, &row{item: feed.Item{ID: products[i].ID}, outcome: updated, product: &products[i]})
		}
		if err := c.encodeBy(ctx, by, nil, b); err != nil {
			return made, err
		}
		entries := make([]index.Entry, len(b.rows))
		for i, r := range b.rows {
			entries[i] = r.entry
		}
		if _, err := c.replaceEntries(ctx, storeID, index.Products, entries); err != nil {
			return made, err
		}
		made += len(products)
	}
}

// replaceEntries saves entries made anew, but for those that another change made
// meanwhile, and returns how many it replaced.
func (c *Catalog) replaceEntries(ctx context.Context, storeID string, kind index.Kind, entries []index.Entry) (int, error) {
	c.projection.saving.Lock()
	defer c.projection.saving.Unlock()
	var put []index.Entry
	err := c.db.Tx(ctx, func(tx *sql.Tx) error {
		for i := range entries {
			res, err := tx.ExecContext(ctx, `UPDATE entries SET model = $1, data = $2 WHERE store_id = $3 AND kind = $4 AND id = $5 AND model <> $1`,
				c.projection.making(kind), encodeEntry(&entries[i]), storeID, kind, entries[i].ID)
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil {
				return err
			} else if n > 0 {
				put = append(put, entries[i])
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("replace entries: %w", err)
	}
	return len(put), c.projection.follow(ctx, storeID, kind, put, nil)
}

// reencodeFAQs does for answers what Reencode does for products.
func (c *Catalog) reencodeFAQs(ctx context.Context) (made int, err error) {
	for {
		rows, err := c.db.QueryContext(ctx, `SELECT store_id, id FROM entries WHERE kind = $1 AND model <> $2 ORDER BY store_id, id LIMIT $3`,
			index.FAQs, c.projection.making(index.FAQs), c.batch)
		if err != nil {
			return made, fmt.Errorf("outdated entries: %w", err)
		}
		keys, err := scanAll(rows, func(k *index.Key) []any { return []any{&k.Store, &k.ID} })
		if err != nil || len(keys) == 0 {
			return made, err
		}
		var ids []string
		for _, k := range keys {
			if k.Store == keys[0].Store {
				ids = append(ids, k.ID)
			}
		}
		n, err := c.reencodeSome(ctx, keys[0].Store, ids)
		made += n
		if err != nil || n == 0 { // what changed meanwhile is made anew already
			return made, err
		}
	}
}

func (c *Catalog) reencodeSome(ctx context.Context, storeID string, ids []string) (int, error) {
	own, err := c.ownFAQs(ctx, storeID, ids)
	if err != nil {
		return 0, err
	}
	var entries []index.Entry
	for _, f := range own {
		entries = append(entries, newFAQEntry(storeID, &f.FAQ))
	}
	return c.replaceEntries(ctx, storeID, index.FAQs, entries)
}

// outdated returns some products of one store whose entries were made in another way.
func (c *Catalog) outdated(ctx context.Context) (storeID string, products []Product, err error) {
	rows, err := c.db.QueryContext(ctx, `SELECT p.store_id, p.data FROM products p
		JOIN entries e ON e.store_id = p.store_id AND e.kind = $1 AND e.id = p.id
		WHERE e.model <> $2 AND p.deleted_at = 0 ORDER BY p.store_id, p.id LIMIT $3`, index.Products, c.projection.making(index.Products), c.batch)
	if err != nil {
		return "", nil, fmt.Errorf("outdated entries: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var store string
		var data []byte
		var p Product
		if err := rows.Scan(&store, &data); err != nil {
			return "", nil, fmt.Errorf("outdated entries: %w", err)
		}
		if storeID == "" {
			storeID = store
		}
		if store != storeID {
			break
		}
		if err := json.Unmarshal(data, &p); err != nil {
			return "", nil, fmt.Errorf("outdated entries: %w", err)
		}
		products = append(products, p)
	}
	return storeID, products, rows.Err()
}
