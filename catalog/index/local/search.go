package local

import (
	"context"
	"fmt"
	"slices"

	"honeyguide/catalog/index"
)

// maxRun is how many queries are answered under one lock.
const maxRun = 8

// scratch is the memory a search works in, kept between searches.
type scratch struct {
	selected, matched bitset
	scores            []float32 // by slot
	terms             []term
	probe             probe
	best              best
}

// sized returns a slice of n in the memory of s, which may hold anything.
func sized[S ~[]E, E any](s *S, n int) S {
	*s = slices.Grow((*s)[:0], n)[:n]
	return *s
}

// zeroed returns a slice of n zeros in the memory of s.
func zeroed[S ~[]E, E any](s *S, n int) S {
	clear(sized(s, n))
	return *s
}

// Search implements index.Index. Neighbouring queries that differ only in what
// they look for share the evaluation of their filter.
func (x *Index) Search(ctx context.Context, queries []index.Query) ([][]index.Hit, error) {
	for i := range queries {
		if err := queries[i].Validate(); err != nil {
			return nil, fmt.Errorf("query %d: %w", i, err)
		}
	}
	if err := x.ready(ctx); err != nil {
		return nil, err
	}
	for i := range queries {
		q := &queries[i]
		if dim := x.dim(q.Kind, q.Space); dim > 0 && dim != len(q.Vector) {
			return nil, fmt.Errorf("query %d: %w", i, wrongLength(q.Space, len(q.Vector), dim))
		}
	}
	s := x.scratches.Get().(*scratch)
	defer x.scratches.Put(s)
	hits := make([][]index.Hit, 0, len(queries))
	for len(hits) < len(queries) {
		run := alike(queries[len(hits):])
		var err error
		if hits, err = x.searchRun(ctx, hits, run, s); err != nil {
			return nil, err
		}
	}
	return hits, nil
}

// searchRun appends the hits of queries with one store, kind and filter.
func (x *Index) searchRun(ctx context.Context, hits [][]index.Hit, run []index.Query, s *scratch) ([][]index.Hit, error) {
	t := x.table(key{run[0].Store, run[0].Kind})
	if t == nil {
		return append(hits, make([][]index.Hit, len(run))...), nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	selected := t.selected(run[0].Filter, s)
	for i := range run {
		s.best = best{ids: t.ids, limit: run[i].Limit, heap: s.best.heap[:0]}
		if err := t.search(ctx, &run[i], selected, s); err != nil {
			return nil, err
		}
		hits = append(hits, s.best.hits())
	}
	s.best.ids, s.probe.vector = nil, nil // the pool must not keep them
	return hits, nil
}

// search offers to s.best what the query finds among the selected slots.
func (t *table) search(ctx context.Context, q *index.Query, selected bitset, s *scratch) error {
	if q.Space == index.Words {
		return t.words.search(ctx, q.Words, selected, s)
	}
	space := t.spaces[q.Space]
	if space == nil {
		return nil
	}
	s.probe.set(q.Vector)
	return space.search(ctx, &s.probe, selected, &s.best)
}

// alike returns the leading queries, at least one, that share store, kind and filter.
func alike(queries []index.Query) []index.Query {
	first, n := &queries[0], 1
	for n < min(len(queries), maxRun) {
		q := &queries[n]
		if q.Store != first.Store || q.Kind != first.Kind || !slices.EqualFunc(q.Filter, first.Filter, sameCondition) {
			break
		}
		n++
	}
	return queries[:n]
}

func sameCondition(a, b index.Condition) bool {
	return a.Field == b.Field && sameValues(a.AnyOf, b.AnyOf) && sameValues(a.NoneOf, b.NoneOf) &&
		sameNumber(a.Min, b.Min) && sameNumber(a.Max, b.Max)
}

// sameValues tells an empty list from an absent one.
func sameValues(a, b []string) bool { return (a == nil) == (b == nil) && slices.Equal(a, b) }

func sameNumber(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
