package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	"honeyguide/catalog/words"
)

// FAQFilter chooses answers; empty fields choose all.
type FAQFilter struct {
	Language string
	Category string
	State    FAQState
	Text     string // in a question, a phrasing or the answer; case and width do not matter
}

func (f *FAQFilter) passes(q *FAQ) bool {
	if f.Language != "" && f.Language != q.Language || f.Category != "" && f.Category != q.Category || f.State != "" && f.State != q.State {
		return false
	}
	return f.Text == "" || strings.Contains(words.Fold(strings.Join(append(q.asks(), q.Answer), "\n")), words.Fold(f.Text))
}

// FAQ returns an answer of a store, its own or its packs', or ErrNotFound.
func (c *Catalog) FAQ(ctx context.Context, storeID, id string) (FAQ, error) {
	found, err := c.ownFAQs(ctx, storeID, []string{id})
	if err != nil {
		return FAQ{}, err
	}
	own, ok := found[id]
	if ok && !own.hidden {
		return own.FAQ, nil
	}
	store, err := c.Store(ctx, storeID)
	if err != nil {
		return FAQ{}, err
	}
	if f, known := c.golden.of(&store, id); known && !ok {
		return f, nil
	}
	return FAQ{}, fmt.Errorf("faq %q: %w", id, ErrNotFound)
}

// FAQs lists a store's answers, its own and its packs', in id order after the
// given id.
func (c *Catalog) FAQs(ctx context.Context, storeID string, filter FAQFilter, after string, limit int) ([]FAQ, error) {
	if filter.Language != "" {
		base, err := baseLanguage(filter.Language)
		if err != nil {
			return nil, err
		}
		filter.Language = base
	}
	list := []FAQ{}
	for f, err := range c.allFAQs(ctx, storeID, after) {
		if err != nil {
			return nil, err
		}
		if filter.passes(&f) {
			list = append(list, f)
		}
		if len(list) == limit {
			break
		}
	}
	return list, nil
}

// allFAQs yields a store's answers in id order after an id. What is its own takes
// the place of the packs' with the same id; what is hidden is left out.
func (c *Catalog) allFAQs(ctx context.Context, storeID, after string) iter.Seq2[FAQ, error] {
	return func(yield func(FAQ, error) bool) {
		store, err := c.Store(ctx, storeID)
		if err != nil {
			yield(FAQ{}, err)
			return
		}
		theirs := c.golden.after(&store, after)
		for own, err := range c.ownAfter(ctx, storeID, after) {
			if err != nil {
				yield(FAQ{}, err)
				return
			}
			for len(theirs) > 0 && theirs[0].ID < own.ID {
				if !yield(theirs[0], nil) {
					return
				}
				theirs = theirs[1:]
			}
			if len(theirs) > 0 && theirs[0].ID == own.ID {
				theirs = theirs[1:]
			}
			if !own.hidden && !yield(own.FAQ, nil) {
				return
			}
		}
		for _, f := range theirs {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// ownFAQ is an answer as a store keeps it.
type ownFAQ struct {
	FAQ
	hidden bool // the packs' answer of this id is not wanted
}

const faqPage = 500

// faqColumnsOf begins every reading of a store's own answers.
const faqColumnsOf = `SELECT id, hidden, data FROM faqs WHERE store_id = $1 AND (deleted_at = 0 OR hidden = 1)`

// ownAfter yields a store's own answers in id order after an id, page by page.
func (c *Catalog) ownAfter(ctx context.Context, storeID, after string) iter.Seq2[ownFAQ, error] {
	return func(yield func(ownFAQ, error) bool) {
		for more := true; more; {
			rows, err := c.db.QueryContext(ctx, faqColumnsOf+` AND id > $2 ORDER BY id LIMIT $3`, storeID, after, faqPage)
			some, err := scanFAQs(rows, err)
			if err != nil {
				yield(ownFAQ{}, err)
				return
			}
			for _, f := range some {
				after = f.ID
				if !yield(f, nil) {
					return
				}
			}
			more = len(some) == faqPage
		}
	}
}

// ownFAQs returns those of the ids that a store keeps itself, by id.
func (c *Catalog) ownFAQs(ctx context.Context, storeID string, ids []string) (map[string]ownFAQ, error) {
	found := make(map[string]ownFAQ, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	args := []any{storeID}
	for _, id := range ids {
		args = append(args, id)
	}
	rows, err := c.db.QueryContext(ctx, faqColumnsOf+` AND id IN (`+numbered(2, len(ids))+`)`, args...)
	list, err := scanFAQs(rows, err)
	for _, f := range list {
		found[f.ID] = f
	}
	return found, err
}

func scanFAQs(rows *sql.Rows, err error) ([]ownFAQ, error) {
	if err != nil {
		return nil, fmt.Errorf("faqs: %w", err)
	}
	defer rows.Close()
	var list []ownFAQ
	for rows.Next() {
		var f ownFAQ
		var id string
		var data []byte
		if err := rows.Scan(&id, &f.hidden, &data); err != nil {
			return nil, fmt.Errorf("faqs: %w", err)
		}
		if err := json.Unmarshal(data, &f.FAQ); err != nil {
			return nil, fmt.Errorf("faq %q: %w", id, err)
		}
		f.ID = id
		list = append(list, f)
	}
	return list, rows.Err()
}
