package qdrant

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	qdrant "github.com/qdrant/go-client/qdrant"
	"golang.org/x/sync/errgroup"

	"honeyguide/catalog/index"
)

// Qdrant orders points of one score by chance. So a search asks for spare more
// points than wanted; where the last of these still has the score of the last
// wanted one, it asks again for four times as many, up to maxTied. Beyond that
// chance decides which of the tied are found. Spare points cost every search some
// microseconds each; two are enough for a pair of twins at the end.
const (
	spare   = 2
	maxTied = 10_000
)

// question is a query that Qdrant must be asked.
type question struct {
	at      int // among the queries
	query   *index.Query
	request *qdrant.QueryPoints
}

// Search implements index.Index: one request per kind, and another where scores
// are tied.
func (x *Index) Search(ctx context.Context, queries []index.Query) ([][]index.Hit, error) {
	for i := range queries {
		if err := queries[i].Validate(); err != nil {
			return nil, fmt.Errorf("query %d: %w", i, err)
		}
	}
	if err := x.ready(ctx); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, x.options.Timeout, errSlow)
	defer cancel()
	byKind := make(map[index.Kind][]int, 1)
	for i := range queries {
		byKind[queries[i].Kind] = append(byKind[queries[i].Kind], i)
	}
	hits := make([][]index.Hit, len(queries))
	if len(byKind) == 1 { // as nearly always; it spares a goroutine
		for kind, at := range byKind {
			if err := x.searchKind(ctx, kind, queries, at, hits); err != nil {
				return nil, err
			}
		}
		return hits, nil
	}
	group, ctx := errgroup.WithContext(ctx)
	for kind, at := range byKind {
		group.Go(func() error { return x.searchKind(ctx, kind, queries, at, hits) })
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return hits, nil
}

// searchKind answers those of the queries that are about one kind.
func (x *Index) searchKind(ctx context.Context, kind index.Kind, queries []index.Query, at []int, hits [][]index.Hit) error {
	return x.settled(ctx, kind, x.layout, func(l *layout) error {
		if slices.ContainsFunc(at, func(i int) bool { return x.lacks(l, &queries[i]) }) {
			var err error // another program may have added it, or made the collection anew
			if l, err = x.readLayout(ctx, kind); err != nil || l.name == "" {
				return err
			}
			x.layouts.set(kind, l)
		}
		questions := make([]*question, 0, len(at))
		for _, i := range at {
			hits[i] = nil // of a collection that has gone
			q, err := x.question(l, i, &queries[i])
			if err != nil {
				return fmt.Errorf("query %d: %w", i, err)
			}
			if q != nil {
				questions = append(questions, q)
			}
		}
		return x.ask(ctx, questions, hits)
	})
}

// question writes a query, or returns nil when nothing can be found.
func (x *Index) question(l *layout, at int, q *index.Query) (*question, error) {
	filter, possible := filterOf(q.Store, q.Filter)
	if !possible || !l.knows(q.Filter) {
		return nil, nil
	}
	request := &qdrant.QueryPoints{
		CollectionName: l.name, Filter: filter, Limit: qdrant.PtrOf(uint64(q.Limit + spare)),
		WithPayload: qdrant.NewWithPayloadInclude(fieldID), ShardKeySelector: l.shards(q.Store),
	}
	if q.Space == index.Words {
		words := positiveWeights(q.Words)
		if len(words.Terms) == 0 {
			return nil, nil
		}
		request.Using, request.Query = qdrant.PtrOf(index.Words), qdrant.NewQuerySparse(words.Terms, words.Weights)
		return &question{at, q, request}, nil
	}
	switch dim := l.dims[plain(q.Space)]; {
	case l.model != x.options.Model, dim == 0:
		return nil, nil // nothing comparable is held
	case dim != len(q.Vector):
		return nil, wrongLength(q.Space, len(q.Vector), dim)
	}
	request.Using, request.Query = qdrant.PtrOf(plain(q.Space)), qdrant.NewQueryDense(q.Vector)
	request.Params = &qdrant.SearchParams{Exact: qdrant.PtrOf(x.options.Exact), HnswEf: positive(x.options.HNSW.Ef)}
	return &question{at, q, request}, nil
}

// lacks reports whether a layout is not one that a query could be put to.
func (x *Index) lacks(l *layout, q *index.Query) bool {
	return !l.knows(q.Filter) || q.Space != index.Words && (l.model != x.options.Model || l.dims[plain(q.Space)] != len(q.Vector))
}

// knows reports whether any entry may have the numbers that a filter asks for:
// each has an index before an entry has it.
func (l *layout) knows(filter index.Filter) bool {
	for i := range filter {
		if c := &filter[i]; (c.Min != nil || c.Max != nil) && !l.numbers[numberPath(c.Field)] {
			return false
		}
	}
	return true
}

// ask puts questions about one collection and notes the hits of each.
func (x *Index) ask(ctx context.Context, questions []*question, hits [][]index.Hit) error {
	for len(questions) > 0 {
		requests := make([]*qdrant.QueryPoints, len(questions))
		for i, q := range questions {
			requests[i] = q.request
		}
		var answers []*qdrant.BatchResult
		err := x.call(ctx, x.options.Timeout, func(ctx context.Context, c *qdrant.Client) (err error) {
			answers, err = c.QueryBatch(ctx, &qdrant.QueryBatchPoints{CollectionName: requests[0].GetCollectionName(), QueryPoints: requests})
			return err
		})
		switch {
		case err != nil:
			return err
		case len(answers) != len(questions):
			return fmt.Errorf("%w: qdrant gave %d answers to %d queries", index.ErrUnavailable, len(answers), len(questions))
		}
		var tied []*question
		for i, q := range questions {
			found, complete := q.hits(answers[i].GetResult())
			hits[q.at] = found
			if !complete {
				tied = append(tied, q.wider())
			}
		}
		questions = tied
	}
	return nil
}

// hits puts an answer in order. It is complete when no point that was not
// returned may belong to it.
func (q *question) hits(points []*qdrant.ScoredPoint) (hits []index.Hit, complete bool) {
	hits = make([]index.Hit, len(points))
	for i, p := range points {
		hits[i] = index.Hit{ID: p.GetPayload()[fieldID].GetStringValue(), Score: p.GetScore()}
	}
	slices.SortFunc(hits, func(a, b index.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	asked, wanted := int(q.request.GetLimit()), q.query.Limit
	complete = len(hits) < asked || asked >= maxTied || hits[wanted-1].Score > hits[len(hits)-1].Score
	return hits[:min(len(hits), wanted)], complete
}

// wider asks for more points.
func (q *question) wider() *question {
	q.request.Limit = qdrant.PtrOf(min(4*q.request.GetLimit(), maxTied))
	return q
}
