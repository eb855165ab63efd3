package catalog

import (
	"context"

	"honeyguide/catalog/index"
)

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
	return c.projection.follow(ctx, b.store, index.Products, put, gone)
}
