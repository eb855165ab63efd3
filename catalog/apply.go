package catalog

import (
	"context"
	"errors"

	"honeyguide/catalog/feed"
)

// MaxChanges bounds the upserts and deletions of one Apply.
const MaxChanges = 1000

// Deletion removes a product. With a SourceVersion it also keeps out rows with
// that version or an older one that arrive later.
type Deletion struct {
	ID            string `json:"id" minLength:"1"`
	SourceVersion int64  `json:"source_version,omitempty" minimum:"0"`
}

// Changes is what Apply did.
type Changes struct {
	Added     int        `json:"added"`
	Updated   int        `json:"updated"`
	Unchanged int        `json:"unchanged"`
	Removed   int        `json:"removed"`
	Failed    int        `json:"failed"`
	Errors    []JobError `json:"errors" nullable:"false"`
}

// Apply changes a store's products at once: found by searches when it returns.
// faults are rows that could not even be read; they are reported with the rest.
// Lines count the items and faults from 1, and the deletions on after them.
func (c *Catalog) Apply(ctx context.Context, storeID string, items []feed.Item, deletions []Deletion, faults []*feed.RowError) (Changes, error) {
	rows := len(items) + len(faults)
	if n := rows + len(deletions); n > MaxChanges {
		return Changes{}, invalid("products", "at most %d changes at once, not %d; send them in parts or as a feed", MaxChanges, n)
	}
	store, err := c.Store(ctx, storeID)
	if err != nil {
		return Changes{}, err
	}
	b := newBatch(&store, now())
	for _, f := range faults {
		b.fail(f)
	}
	recent := newRecent(MaxChanges)
	for i, d := range deletions {
		items = append(items[:len(items):len(items)], feed.Item{Line: rows + i + 1, ID: d.ID, Deleted: true, SourceVersion: d.SourceVersion})
	}
	for _, it := range items {
		switch {
		case it.ID == "":
			b.fail(&feed.RowError{Line: it.Line, Field: "id", Code: feed.CodeMissing, Message: "the change has no id"})
		case recent.add(it.ID, it.Line):
			b.add(it)
		default:
			b.fail(duplicate(it.ID, it.Line, recent.lines[it.ID]))
		}
	}
	return c.applyBatch(ctx, b)
}

func (c *Catalog) applyBatch(ctx context.Context, b *batch) (Changes, error) {
	held, err := c.lookup(ctx, c.db, b.store, "", b.rows)
	if err != nil {
		return Changes{}, err
	}
	for _, r := range b.rows {
		if r.outcome != refused {
			k, ok := held[r.item.ID]
			r.hash = c.fingerprint(&r.item, func(string) string { return "" })
			b.settle(r, k, ok)
		}
	}
	for saved := false; !saved; {
		if err := c.encode(ctx, nil, b, nil); err != nil {
			return Changes{}, err
		}
		err := c.save(ctx, b, nil)
		if err != nil && !errors.Is(err, errMoved) {
			return Changes{}, err
		}
		saved = err == nil
	}
	var j Job
	b.count(&j)
	return Changes{Added: j.Added, Updated: j.Updated, Unchanged: j.Unchanged, Removed: j.Removed, Failed: j.Failed, Errors: nonNil(b.errors)}, nil
}
