package catalog

import "context"

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
	_, err = c.golden.known()
	return err
}
