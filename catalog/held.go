package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"honeyguide/catalog/index"
	"honeyguide/embed"
)

// heldVectors are vectors that a product has already, and what they were made from.
type heldVectors struct {
	text, picture string
	vectors       map[string]embed.Vector
}

// heldFrom returns what the rows' products have from the encoders of a sight, by id:
// a new price or stock changes neither text nor picture, so nothing has to be
// encoded, which matters where that takes long, costs money or cannot be done now.
func (c *Catalog) heldFrom(ctx context.Context, s *sight, storeID string, rows []*row) (map[string]heldVectors, error) {
	args := []any{storeID, index.Products}
	for _, r := range rows {
		if r.outcome == updated {
			args = append(args, r.item.ID)
		}
	}
	if s == nil || len(args) == 2 {
		return nil, nil
	}
	found, err := c.db.QueryContext(ctx, `SELECT p.id, p.data, e.model, e.data FROM products p
		JOIN current_entries e ON e.store_id = p.store_id AND e.kind = $2 AND e.id = p.id
		WHERE p.store_id = $1 AND p.deleted_at = 0 AND p.id IN (`+numbered(3, len(args)-2)+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("vectors of products: %w", err)
	}
	defer found.Close()
	all := map[string]heldVectors{}
	var id, made string
	var product, entry []byte
	for found.Next() {
		if err := found.Scan(&id, &product, &made, &entry); err != nil {
			return nil, fmt.Errorf("vectors of products: %w", err)
		}
		if made != makingBy(s.Model()) {
			continue
		}
		var p Product
		var e index.Entry
		if err := json.Unmarshal(product, &p); err != nil {
			return nil, fmt.Errorf("product %q: %w", id, err)
		}
		if err := decodeEntry(entry, &e, map[string]string{}); err != nil {
			return nil, fmt.Errorf("product %q: %w", id, err)
		}
		all[id] = heldVectors{c.describe(&p), p.ImageLink, e.Vectors}
	}
	return all, found.Err()
}

// textOf returns the vector of a text, if it is the one that was encoded.
func (h heldVectors) textOf(text string) (embed.Vector, bool) {
	v, ok := h.vectors[TextSpace]
	return v, ok && text == h.text
}

// pictureOf returns the vector of a kept picture, if it is the one that was
// encoded: its name is the hash of its content.
func (h heldVectors) pictureOf(link string) (embed.Vector, bool) {
	v, ok := h.vectors[ImageSpace]
	return v, ok && link == h.picture && strings.HasPrefix(link, MediaPath)
}
