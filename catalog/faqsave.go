package catalog

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"honeyguide/catalog/index"
)

// AddFAQ adds an answer under an id of its own and returns it as it is kept. It
// is found when AddFAQ returns.
func (c *Catalog) AddFAQ(ctx context.Context, storeID string, f FAQ) (FAQ, error) {
	f.ID = newFAQID()
	return c.PutFAQ(ctx, storeID, f)
}

func newFAQID() string { return "faq_" + strings.ToLower(rand.Text()[:16]) }

// PutFAQ adds or replaces an answer by its id. One of the packs becomes the
// store's own.
func (c *Catalog) PutFAQ(ctx context.Context, storeID string, f FAQ) (FAQ, error) {
	if err := firstError(f.Validate, func() error { return c.checkFAQID(f.ID) }); err != nil {
		return FAQ{}, err
	}
	return f, c.putFAQs(ctx, storeID, []FAQ{f})
}

// checkFAQID refuses ids that no answer can have.
func (c *Catalog) checkFAQID(id string) error {
	if err := checkText("id", id, 1, maxFAQID); err != nil {
		return err
	}
	if _, known := c.golden.at[id]; strings.HasPrefix(id, packPrefix) && !known {
		return invalid("id", "%q is no answer of the packs; only those begin with %s", id, packPrefix)
	}
	return nil
}

// DeleteFAQ deletes an answer; one of the packs, changed or not, is hidden from
// then on. ErrNotFound where the store has none of that id.
func (c *Catalog) DeleteFAQ(ctx context.Context, storeID, id string) error {
	if _, err := c.FAQ(ctx, storeID, id); err != nil {
		return err
	}
	hide := 0
	if _, theirs := c.golden.at[id]; theirs {
		hide = 1
	}
	return c.removeFAQ(ctx, storeID, id, hide)
}

// faqsTogether are saved together.
const faqsTogether = 64

// putFAQs saves valid answers; they are found when it returns.
func (c *Catalog) putFAQs(ctx context.Context, storeID string, list []FAQ) error {
	for some := range slices.Chunk(list, faqsTogether) {
		if err := c.saveFAQs(ctx, storeID, some); err != nil {
			return fmt.Errorf("save faqs: %w", err)
		}
	}
	return nil
}

const (
	putFAQ = `INSERT INTO faqs (store_id, id, hidden, deleted_at, updated_at, indexed_at, data) VALUES ($1, $2, 0, 0, $3, 0, $4)
		ON CONFLICT (store_id, id) DO UPDATE SET hidden = 0, deleted_at = 0, updated_at = excluded.updated_at, indexed_at = 0, data = excluded.data`
	dropFAQ = `INSERT INTO faqs (store_id, id, hidden, deleted_at, updated_at, indexed_at, data) VALUES ($1, $2, $3, $4, $5, 0, '{}')
		ON CONFLICT (store_id, id) DO UPDATE SET hidden = excluded.hidden, deleted_at = excluded.deleted_at, updated_at = excluded.updated_at,
		indexed_at = 0, data = '{}'`
)

func (c *Catalog) saveFAQs(ctx context.Context, storeID string, list []FAQ) error {
	entries := make([]index.Entry, len(list))
	for i := range list {
		entries[i] = newFAQEntry(storeID, &list[i])
	}
	c.projection.saving.Lock()
	defer c.projection.saving.Unlock()
	err := c.db.Tx(ctx, func(tx *sql.Tx) error {
		for i := range list {
			data, err := json.Marshal(&list[i])
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, putFAQ, storeID, list[i].ID, now().UnixMilli(), data); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, putEntry, storeID, index.FAQs, list[i].ID, c.projection.making(index.FAQs), encodeEntry(&entries[i])); err != nil {
				return err
			}
		}
		var n int
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM faqs WHERE store_id = $1 AND deleted_at = 0`, storeID).Scan(&n)
		if err == nil && n > MaxFAQs {
			err = invalid("faqs", "a store has at most %d answers of its own", MaxFAQs)
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.projection.follow(ctx, storeID, index.FAQs, entries, nil)
}

// removeFAQ deletes a store's own answer, and with hide the packs' of the same id.
func (c *Catalog) removeFAQ(ctx context.Context, storeID, id string, hide int) error {
	c.projection.saving.Lock()
	defer c.projection.saving.Unlock()
	err := c.db.Tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM faqs WHERE store_id = $1 AND deleted_at > 0 AND indexed_at > 0 AND hidden = 0`, storeID); err != nil {
			return err
		}
		at := now().UnixMilli()
		if _, err := tx.ExecContext(ctx, dropFAQ, storeID, id, hide, at, at); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM entries WHERE store_id = $1 AND kind = $2 AND id = $3`, storeID, index.FAQs, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("delete faq %q: %w", id, err)
	}
	return c.projection.follow(ctx, storeID, index.FAQs, nil, []string{id})
}
