package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"honeyguide/catalog/index"
	"honeyguide/db"
)

// Projection keeps an index in step with the entries that the database holds. What
// has an entry is marked from the commit that changes it until the index holds
// that state, so whatever the index misses, because of a crash or because it
// cannot be reached, is known and sent later.
type Projection struct {
	db     *db.DB
	onto   atomic.Pointer[target]
	facets *facets // follow the index; nil where nobody searches
	batch  int     // entries that are sent together
	log    *slog.Logger

	settling sync.Mutex         // held while the index is made sure of, and while another takes its place
	saving   sync.Mutex         // held from a commit until the index follows
	touched  map[index.Key]bool // products changed since somebody began to ask; nil where nobody does. Guarded by saving
	behind   atomic.Bool        // changes stay marked for catchUp, so that each is sent in its last state
	fell     chan struct{}
}

// target is an index and the model of the vectors that it is searched by.
type target struct {
	index index.Index
	model string
}

// newProjection returns the projection of a database's entries onto an index,
// of vectors by the named encoder.
func newProjection(d *db.DB, x index.Index, model string, log *slog.Logger) *Projection {
	p := &Projection{db: d, batch: batchRows, log: log, fell: make(chan struct{}, 1)}
	p.onto.Store(&target{x, model})
	_, lasting := x.(index.Lasting)
	p.behind.Store(lasting) // until it is known what it holds
	return p
}

// kinds are what the index holds.
func kinds() []index.Kind { return []index.Kind{index.Products, index.FAQs} }

// marksOf names the table of what has entries of a kind: by store_id and id, with
// deleted_at, and indexed_at, which is 0 for what is marked.
func marksOf(kind index.Kind) string {
	if kind == index.FAQs {
		return "faqs"
	}
	return "products"
}

// entryFormat is raised when entries are made differently from the same product.
const entryFormat = "2"

// making names how entries of a kind are made now: their form, and of products
// the model of their vectors.
func (p *Projection) making(kind index.Kind) string {
	if kind == index.Products {
		return makingBy(p.onto.Load().model)
	}
	return entryFormat
}

func makingBy(model string) string { return entryFormat + " " + model }

// encoderOf returns the encoder that made an entry.
func encoderOf(making string) string {
	if _, encoder, ok := strings.Cut(making, " "); ok {
		return encoder
	}
	return making // the first form had no number
}

// decode reads an entry that was made so. Vectors by another encoder are left
// out: by its words and fields the product is found at once, by its picture when
// Reencode has come to it.
func (p *Projection) decode(making string, data []byte, e *index.Entry, intern map[string]string) error {
	if err := decodeEntry(data, e, intern); err != nil {
		return fmt.Errorf("%s %s: %w", e.Store, e.ID, err)
	}
	if encoderOf(making) != p.onto.Load().model {
		e.Vectors = nil
	}
	return nil
}

// sendWithin bounds how long the index may take over a batch.
const sendWithin = time.Minute

// follow brings the index up to what was just saved, unless it is behind. It
// goes on when ctx is canceled, since what was saved must be found. The caller
// holds saving.
func (p *Projection) follow(ctx context.Context, storeID string, kind index.Kind, put []index.Entry, gone []string) error {
	p.touch(storeID, kind, put, gone)
	if p.behind.Load() {
		return nil
	}
	err := p.send(context.WithoutCancel(ctx), storeID, kind, put, gone)
	if errors.Is(err, index.ErrUnavailable) {
		p.log.Warn("the index cannot be reached; what it misses is sent later", "error", err)
		p.behind.Store(true)
		select {
		case p.fell <- struct{}{}:
		default:
		}
		return nil
	}
	return err
}

// send puts and deletes entries of a kind and takes the marks away. The caller
// holds saving.
func (p *Projection) send(ctx context.Context, storeID string, kind index.Kind, put []index.Entry, gone []string) error {
	if len(put)+len(gone) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	if err := p.onto.Load().index.Put(ctx, put); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if err := p.onto.Load().index.Delete(ctx, storeID, kind, gone); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if p.facets != nil && kind == index.Products {
		p.facets.put(put)
		p.facets.remove(storeID, gone)
	}
	ids := slices.Clone(gone)
	for i := range put {
		ids = append(ids, put[i].ID)
	}
	if err := p.setMarks(ctx, storeID, kind, ids, now().UnixMilli()); err != nil {
		return fmt.Errorf("unmark: %w", err)
	}
	return nil
}

// setMarks notes when the index came to hold things of a kind; 0 marks them.
func (p *Projection) setMarks(ctx context.Context, storeID string, kind index.Kind, ids []string, at int64) error {
	args := []any{at, storeID}
	for _, id := range ids {
		args = append(args, id)
	}
	_, err := p.db.ExecContext(ctx, `UPDATE `+marksOf(kind)+` SET indexed_at = $1 WHERE store_id = $2 AND id IN (`+numbered(3, len(ids))+`)`, args...)
	return err
}

// catchUp sends all that is marked: what was saved, but not taken by the index
// before a crash or while it could not be reached.
func (p *Projection) catchUp(ctx context.Context) error {
	for _, kind := range kinds() {
		if err := p.catchUpKind(ctx, kind); err != nil {
			return fmt.Errorf("catch up: %w", err)
		}
	}
	p.saving.Lock()
	defer p.saving.Unlock()
	n, err := p.Pending(ctx)
	if err == nil && n == 0 {
		p.behind.Store(false)
	}
	return err
}

func (p *Projection) catchUpKind(ctx context.Context, kind index.Kind) error {
	stores, err := p.markedStores(ctx, kind)
	for _, store := range stores {
		for after := ""; err == nil; {
			if after, err = p.sendMarked(ctx, store, kind, after); after == "" {
				break
			}
		}
	}
	return err
}

// sendMarked sends some of what is marked in a store after an id and returns the
// last of them, or nothing at the end.
func (p *Projection) sendMarked(ctx context.Context, storeID string, kind index.Kind, after string) (last string, err error) {
	p.saving.Lock()
	defer p.saving.Unlock()
	put, gone, last, err := p.marked(ctx, storeID, kind, after)
	if err != nil {
		return "", err
	}
	return last, p.send(ctx, storeID, kind, put, gone)
}

// markedStores returns the stores in which something of a kind is marked.
func (p *Projection) markedStores(ctx context.Context, kind index.Kind) ([]string, error) {
	rows, err := p.db.QueryContext(ctx, `SELECT DISTINCT store_id FROM `+marksOf(kind)+` WHERE indexed_at = 0`)
	if err != nil {
		return nil, err
	}
	return scanAll(rows, func(store *string) []any { return []any{store} })
}

// marked returns some of what is marked in a store after an id, and the last of
// them; last is empty at the end.
func (p *Projection) marked(ctx context.Context, storeID string, kind index.Kind, after string) (put []index.Entry, gone []string, last string, err error) {
	rows, err := p.db.QueryContext(ctx, `SELECT p.id, p.deleted_at, COALESCE(e.model, ''), e.data FROM `+marksOf(kind)+` p
		LEFT JOIN current_entries e ON e.store_id = p.store_id AND e.kind = $1 AND e.id = p.id
		WHERE p.store_id = $2 AND p.indexed_at = 0 AND p.id > $3 ORDER BY p.id LIMIT $4`,
		kind, storeID, after, p.batch)
	if err != nil {
		return nil, nil, "", err
	}
	defer rows.Close()
	intern := map[string]string{}
	for rows.Next() {
		var deleted int64
		var making string
		var data sql.RawBytes
		if err := rows.Scan(&last, &deleted, &making, &data); err != nil {
			return nil, nil, "", err
		}
		switch {
		case deleted > 0:
			gone = append(gone, last)
		case data != nil:
			e := index.Entry{Store: storeID, Kind: kind, ID: last}
			if err := p.decode(making, data, &e, intern); err != nil {
				return nil, nil, "", err
			}
			put = append(put, e)
		}
	}
	return put, gone, last, rows.Err()
}

// scanAll reads all rows, each into the places of one value.
func scanAll[T any](rows *sql.Rows, places func(*T) []any) (all []T, err error) {
	defer rows.Close()
	for rows.Next() {
		var one T
		if err := rows.Scan(places(&one)...); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
