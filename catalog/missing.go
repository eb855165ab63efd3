package catalog

import (
	"context"
	"fmt"

	"honeyguide/catalog/feed"
)

// holdAbove is the share of a store that a full feed may remove unasked.
const holdAbove = 0.30

// missing are the products that a full feed lacks. What the merchant changed
// after the feed came is not among them: the later word counts.
const missing = `FROM products p WHERE p.store_id = $1 AND p.deleted_at = 0 AND p.said_at <= $2
	AND NOT EXISTS (SELECT 1 FROM job_rows r WHERE r.job_id = $3 AND r.product_id = p.id)`

// removeMissing ends a full feed: it removes what the feed lacks, or holds the
// job when that is more than holdAbove of what the store held before.
func (c *Catalog) removeMissing(ctx context.Context, j *Job) error {
	if j.Mode != Full {
		return nil
	}
	store, err := c.Store(ctx, j.StoreID)
	if err != nil {
		return err
	}
	var lacking, living int
	if err := c.db.QueryRowContext(ctx, `SELECT count(*) `+missing, j.StoreID, j.CreatedAt.UnixMilli(), j.ID).Scan(&lacking); err != nil {
		return fmt.Errorf("count removals: %w", err)
	}
	if err := c.db.QueryRowContext(ctx, `SELECT count(*) FROM products WHERE store_id = $1 AND deleted_at = 0`, j.StoreID).Scan(&living); err != nil {
		return fmt.Errorf("count products: %w", err)
	}
	before := living - j.Added + j.Removed
	if j.ToRemove = lacking; !j.Confirmed && float64(lacking) > holdAbove*float64(before) {
		j.State = Held
		return nil
	}
	for after := ""; ; {
		b := newBatch(&store, j.CreatedAt)
		if err := c.addMissing(ctx, j, after, b); err != nil {
			return fmt.Errorf("find removals: %w", err)
		}
		if len(b.rows) == 0 {
			j.ToRemove = 0
			return nil
		}
		if err := c.save(ctx, b, j); err != nil {
			return err
		}
		after = b.rows[len(b.rows)-1].item.ID
	}
}

// addMissing adds the next missing products to a batch, as rows that are in no line.
func (c *Catalog) addMissing(ctx context.Context, j *Job, after string, b *batch) error {
	rows, err := c.db.QueryContext(ctx, `SELECT p.id `+missing+` AND p.id > $4 ORDER BY p.id LIMIT $5`,
		j.StoreID, j.CreatedAt.UnixMilli(), j.ID, after, c.batch)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		b.rows = append(b.rows, &row{item: feed.Item{ID: id, Deleted: true}, outcome: removed})
	}
	return rows.Err()
}
