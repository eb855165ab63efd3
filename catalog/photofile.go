package catalog

import (
	"context"
	"fmt"
)

// PhotoFile returns a kept photo of a store as JPEG, or ErrNotFound when it has expired.
func (c *Catalog) PhotoFile(ctx context.Context, storeID, id string) ([]byte, error) {
	var name string
	err := c.db.QueryRowContext(ctx, `SELECT media FROM uploads WHERE store_id = $1 AND id = $2 AND expires_at > $3`,
		storeID, id, now().UnixMilli()).Scan(&name)
	if err != nil {
		return nil, fmt.Errorf("image %q: %w", id, notFound(err))
	}
	return c.photos.read(name)
}
