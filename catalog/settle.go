package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"honeyguide/catalog/feed"
)

// known is what the store holds of a row's product.
type known struct {
	hash          string
	version       int64
	said, deleted int64   // Unix milliseconds; deleted is 0 while it lives
	line          int     // where this job met it already, or 0
	outcome       outcome // of that meeting
}

// compare decides the outcome of a feed's rows from what the store holds. Rows
// that this job saved before a crash are counted and passed over.
func (c *Catalog) compare(ctx context.Context, jobID string, f *feed.Feed, b *batch) error {
	held, err := c.lookup(ctx, c.db, b.store, jobID, b.rows)
	if err != nil {
		return err
	}
	for _, r := range b.rows {
		k, ok := held[r.item.ID]
		switch met := ok && k.line > 0 && k.outcome != refused; {
		case r.outcome == refused:
		case met && k.line == r.item.Line:
			r.outcome = seen
			if k.outcome == stale {
				b.failed++ // as it was counted before the crash; the error is kept
			}
		case met:
			b.reject(r, seen, duplicate(r.item.ID, r.item.Line, k.line))
		default:
			r.hash = c.fingerprint(&r.item, f.PictureStamp)
			b.settle(r, k, ok)
		}
	}
	return nil
}

const codeDuplicate = "duplicate"

func duplicate(id string, line, first int) *feed.RowError {
	return &feed.RowError{Line: line, ID: id, Field: "id", Code: codeDuplicate, Message: fmt.Sprintf("%q stood in line %d already; the first one counts", id, first)}
}

// settle decides one row's outcome. A row of the feed that is older than the
// store's state is an error; a removal of what the feed lacks is no row.
func (b *batch) settle(r *row, k known, exists bool) {
	r.outcome, r.newer = decide(r, b.at, k, exists), false
	switch {
	case r.outcome == unchanged:
		r.newer = r.item.SourceVersion > k.version
	case r.outcome == stale && r.item.Line > 0:
		b.reject(r, stale, &feed.RowError{Line: r.item.Line, ID: r.item.ID, Field: "id", Code: "stale",
			Message: fmt.Sprintf("the store holds a newer state of %q; this row was passed over", r.item.ID)})
	}
}

// decide compares a row with what the store holds. A product kept without the
// picture it should have has an empty hash, so it is never unchanged.
func decide(r *row, at time.Time, k known, exists bool) outcome {
	live, late := exists && k.deleted == 0, exists && isLate(&r.item, at, k)
	switch {
	case live && !r.item.Deleted && r.hash == k.hash && r.hash != "":
		return unchanged
	case late && !live && r.item.Deleted:
		return unchanged
	case late:
		return stale
	case live && r.item.Deleted:
		return removed
	case r.item.Deleted:
		return buried
	case live:
		return updated
	}
	return added
}

// isLate reports whether a row is older than the store's state: by version
// where both have one, by when the merchant said so otherwise. A deletion wins
// over a row of the same version.
func isLate(it *feed.Item, at time.Time, k known) bool {
	if it.SourceVersion == 0 || k.version == 0 {
		return at.UnixMilli() < k.said
	}
	return it.SourceVersion < k.version || it.SourceVersion == k.version && k.deleted > 0 && !it.Deleted
}

// querier is the database beside the writer, or a write transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// lookup returns what the store holds of the rows' products, by id. Without a
// job, jobID is empty.
func (c *Catalog) lookup(ctx context.Context, q querier, storeID, jobID string, rows []*row) (map[string]known, error) {
	held := make(map[string]known, len(rows))
	if len(rows) == 0 {
		return held, nil
	}
	args := make([]any, 0, len(rows)+2)
	args = append(args, jobID, storeID)
	for _, r := range rows {
		args = append(args, r.item.ID)
	}
	found, err := q.QueryContext(ctx, `SELECT p.id, p.hash, p.version, p.said_at, p.deleted_at, COALESCE(r.line, 0), COALESCE(r.outcome, '')
		FROM products p LEFT JOIN job_rows r ON r.job_id = $1 AND r.product_id = p.id
		WHERE p.store_id = $2 AND p.id IN (`+numbered(3, len(rows))+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("look up products: %w", err)
	}
	defer found.Close()
	for found.Next() {
		var id string
		var k known
		if err := found.Scan(&id, &k.hash, &k.version, &k.said, &k.deleted, &k.line, &k.outcome); err != nil {
			return nil, fmt.Errorf("look up products: %w", err)
		}
		held[id] = k
	}
	return held, found.Err()
}

// numbered writes n parameters from the given one on: $3, $4, …
func numbered(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}
