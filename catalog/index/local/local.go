// Package local is the vector index in the memory of this process: exact, with
// filters applied before ranking.
//
// Each store and kind is a table. An entry takes the next slot of its table and
// keeps it; whatever is known of it, vectors, words and fields, lies under that
// slot. Replacing an entry leaves its old slot dead, and when dead slots are a
// third of a table it is rebuilt without them.
//
// Concurrency: readers hold a table's lock for one query or a few alike ones,
// a writer for one chunk of a Put or Delete, about a millisecond. Rebuilding
// reads a table that only writers change and puts a fresh one in its place, so
// it stops no reader. Immutable segments would spare readers even the chunk,
// but every query would then merge several segments, and BM25 would have to
// gather its statistics from all of them.
package local

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"honeyguide/catalog/index"
)

// chunkSize is how many entries a writer changes while readers wait.
const chunkSize = 256

// Index is an index.Index in memory. Use New.
type Index struct {
	writing sync.Mutex // held by the one writer, through its whole call

	mu     sync.RWMutex // guards what follows
	tables map[key]*table
	dims   map[index.Kind]map[string]int // lengths of vectors by space, of kinds that have entries
	closed bool

	scratches sync.Pool
}

// key names a table.
type key struct {
	store string
	kind  index.Kind
}

// New returns an empty index.
func New() *Index {
	return &Index{
		tables:    map[key]*table{},
		dims:      map[index.Kind]map[string]int{},
		scratches: sync.Pool{New: func() any { return new(scratch) }},
	}
}

// Put implements index.Index. A ctx that ends after writing began has no effect.
func (x *Index) Put(ctx context.Context, entries []index.Entry) error {
	for i := range entries {
		if err := entries[i].Validate(); err != nil {
			return fmt.Errorf("entry %q: %w", entries[i].ID, err)
		}
	}
	x.writing.Lock()
	defer x.writing.Unlock()
	if err := x.ready(ctx); err != nil {
		return err
	}
	if err := x.fixLengths(entries); err != nil {
		return err
	}
	for len(entries) > 0 {
		k := keyOf(&entries[0])
		n := 1
		for n < len(entries) && keyOf(&entries[n]) == k {
			n++
		}
		x.put(k, entries[:n])
		entries = entries[n:]
	}
	return nil
}

// Delete implements index.Index.
func (x *Index) Delete(ctx context.Context, store string, kind index.Kind, ids []string) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if err := x.ready(ctx); err != nil {
		return err
	}
	k := key{store, kind}
	t := x.table(k)
	if t == nil {
		return nil
	}
	for chunk := range slices.Chunk(ids, chunkSize) {
		t.mu.Lock()
		for _, id := range chunk {
			t.remove(id)
		}
		t.mu.Unlock()
	}
	x.reclaim(k, t)
	return nil
}

// Close implements index.Index.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.tables, x.closed = nil, true
	return nil
}

func keyOf(e *index.Entry) key { return key{e.Store, e.Kind} }

// ready reports why a call cannot proceed, if it cannot.
func (x *Index) ready(ctx context.Context) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return index.ErrClosed
	}
	return ctx.Err()
}

// table returns the table of k, or nil.
func (x *Index) table(k key) *table {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.tables[k]
}

// fixLengths compares every vector with what its space holds or, in a new space,
// with the first one of the same call. If all fit, new spaces have these lengths.
func (x *Index) fixLengths(entries []index.Entry) error {
	fresh := map[index.Kind]map[string]int{}
	for i := range entries {
		e := &entries[i]
		for name, v := range e.Vectors {
			want := cmp.Or(x.dim(e.Kind, name), fresh[e.Kind][name])
			switch {
			case want == 0 && fresh[e.Kind] == nil:
				fresh[e.Kind] = map[string]int{name: len(v)}
			case want == 0:
				fresh[e.Kind][name] = len(v)
			case want != len(v):
				return fmt.Errorf("entry %q: %w", e.ID, wrongLength(name, len(v), want))
			}
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for kind, spaces := range fresh {
		if x.dims[kind] == nil {
			x.dims[kind] = map[string]int{}
		}
		for name, dim := range spaces {
			x.dims[kind][strings.Clone(name)] = dim
		}
	}
	return nil
}

// dim is the length of the vectors of a kind's space, 0 if there are none.
func (x *Index) dim(kind index.Kind, space string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.dims[kind][space]
}

func wrongLength(space string, got, want int) error {
	return fmt.Errorf("%w: the vector of space %q has %d numbers, want %d", index.ErrInvalid, space, got, want)
}

// put writes entries of one table. Of duplicates the last wins, since each
// replaces the one before.
func (x *Index) put(k key, entries []index.Entry) {
	t := x.table(k)
	if t == nil {
		t = newTable()
		x.replace(k, t)
	}
	for chunk := range slices.Chunk(entries, chunkSize) {
		t.mu.Lock()
		for i := range chunk {
			t.put(&chunk[i])
		}
		t.mu.Unlock()
	}
	x.reclaim(k, t)
}

// reclaim gives the memory of dead slots back once they are a third of the table.
func (x *Index) reclaim(k key, t *table) {
	live := len(t.slots)
	dead := len(t.ids) - live
	switch {
	case live == 0:
		x.replace(k, nil)
	case dead > chunkSize && dead > live/2:
		x.replace(k, t.compacted())
	}
}

// replace makes t the table of k, or removes that if t is nil. Searches under
// way finish on the old one.
func (x *Index) replace(k key, t *table) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if t != nil {
		x.tables[k] = t
		return
	}
	delete(x.tables, k)
	for other := range x.tables {
		if other.kind == k.kind {
			return
		}
	}
	delete(x.dims, k.kind)
}
