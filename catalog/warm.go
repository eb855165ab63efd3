package catalog

import (
	"context"
	"errors"

	"honeyguide/catalog/index"
)

// Warm makes now what the first buyers would wait for: what each store's buyers can name,
// and the packs' answers.
func (c *Catalog) Warm(ctx context.Context) error {
	stores, err := c.Stores(ctx)
	if err != nil {
		return err
	}
	for i := range stores {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.facets.vocabulary(&stores[i])
	}
	if err := c.warmLevels(ctx, stores); err != nil {
		return err
	}
	_, err = c.golden.known()
	return err
}

// warmLevels finds out what resembles what, as far as the index can be asked.
func (c *Catalog) warmLevels(ctx context.Context, stores []Store) error {
	for i := range stores {
		if _, err := c.levelIn(ctx, c.sight(), stores[i].ID); err != nil && !errors.Is(err, index.ErrUnavailable) {
			return err
		}
	}
	return nil
}
