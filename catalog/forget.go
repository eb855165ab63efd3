package catalog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// ForgetPhoto removes a photo of a store before its time is over, and its file
// unless another upload shows the same. It returns ErrNotFound where there is none.
func (c *Catalog) ForgetPhoto(ctx context.Context, storeID, id string) error {
	c.keeping.Lock()
	defer c.keeping.Unlock()
	var name string
	var others int
	err := c.db.QueryRowContext(ctx, `SELECT media, (SELECT COUNT(*) FROM uploads o WHERE o.media = u.media) - 1
		FROM uploads u WHERE store_id = $1 AND id = $2`, storeID, id).Scan(&name, &others)
	if err != nil {
		return fmt.Errorf("image %q: %w", id, notFound(err))
	}
	if others == 0 { // before the row, so that a crash leaves no file behind
		if err := os.Remove(c.photos.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("forget image %q: %w", id, err)
		}
	}
	if _, err := c.db.ExecContext(ctx, `DELETE FROM uploads WHERE store_id = $1 AND id = $2`, storeID, id); err != nil {
		return fmt.Errorf("forget image %q: %w", id, err)
	}
	return nil
}
