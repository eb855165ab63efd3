// Package indextest is the contract of package index as a test. Every engine
// passes it:
//
//	func TestContract(t *testing.T) {
//		indextest.Run(t, func(t *testing.T) index.Index { return local.New() })
//	}
package indextest

import (
	"slices"
	"testing"

	"honeyguide/catalog/index"
)

// Run tests an engine. open returns an empty index, which Run closes; a test
// that open skips is skipped.
func Run(t *testing.T, open func(t *testing.T) index.Index) {
	for _, c := range []struct {
		name string
		test func(*shop)
	}{
		{"empty", testEmpty},
		{"best first", testOrder},
		{"ties", testTies},
		{"ties beyond the limit", testTiesBeyondTheLimit},
		{"names", testNames},
		{"replace", testReplace},
		{"duplicates", testDuplicates},
		{"delete", testDelete},
		{"own copy", testOwnCopy},
		{"isolation", testIsolation},
		{"look-alikes", testLookAlikes},
		{"spaces", testSpaces},
		{"late spaces", testLateSpaces},
		{"lengths", testLengths},
		{"batch", testBatch},
		{"many in one put", testMany},
		{"filters", testFilters},
		{"filters of words", testWordFilters},
		{"words", testWords},
		{"words replaced", testWordsReplaced},
		{"invalid entries", testInvalidEntries},
		{"invalid queries", testInvalidQueries},
		{"limits", testLimits},
		{"cancelled", testCancelled},
		{"closed", testClosed},
		{"visible on return", testVisible},
		{"concurrent", testConcurrent},
		{"random", testRandom},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := open(t)
			t.Cleanup(func() {
				if err := x.Close(); err != nil {
					t.Errorf("Close: %v", err)
				}
			})
			c.test(&shop{T: t, Index: x})
		})
	}
}

// shop is an index under test, with the store, kind and space that most tests use.
type shop struct {
	*testing.T
	index.Index
}

const (
	store = "shop"
	space = "image"
)

// entry is a product with a vector in the usual space, or none.
func entry(id string, vector ...float32) index.Entry {
	e := index.Entry{Store: store, Kind: index.Products, ID: id}
	if len(vector) > 0 {
		e.Vectors = map[string][]float32{space: vector}
	}
	return e
}

// worded is a product with words: term, weight, term, weight.
func worded(id string, words ...float32) index.Entry {
	e := entry(id)
	e.Words = sparse(words...)
	return e
}

func sparse(words ...float32) (s index.Sparse) {
	for i := 0; i < len(words); i += 2 {
		s.Terms = append(s.Terms, uint32(words[i]))
		s.Weights = append(s.Weights, words[i+1])
	}
	return s
}

// near asks for the ten entries nearest to a vector.
func near(vector ...float32) index.Query {
	return index.Query{Store: store, Kind: index.Products, Space: space, Vector: vector, Limit: 10}
}

// asking asks for the ten entries best for words: term, weight, term, weight.
func asking(words ...float32) index.Query {
	return index.Query{Store: store, Kind: index.Products, Space: index.Words, Words: sparse(words...), Limit: 10}
}

// with returns q under a filter.
func with(q index.Query, filter ...index.Condition) index.Query {
	q.Filter = filter
	return q
}

func (s *shop) put(entries ...index.Entry) {
	s.Helper()
	if err := s.Put(s.Context(), entries); err != nil {
		s.Fatalf("Put: %v", err)
	}
}

func (s *shop) delete(ids ...string) {
	s.Helper()
	if err := s.Delete(s.Context(), store, index.Products, ids); err != nil {
		s.Fatalf("Delete: %v", err)
	}
}

// search answers one query.
func (s *shop) search(q index.Query) []index.Hit {
	s.Helper()
	hits, err := s.Search(s.Context(), []index.Query{q})
	if err != nil {
		s.Fatalf("Search: %v", err)
	}
	if len(hits) != 1 {
		s.Fatalf("Search of one query gave %d answers", len(hits))
	}
	return hits[0]
}

// finds fails unless the query's hits are these, in this order.
func (s *shop) finds(q index.Query, want ...string) {
	s.Helper()
	if got := ids(s.search(q)); !slices.Equal(got, want) {
		s.Errorf("found %q, want %q", got, want)
	}
}

func ids(hits []index.Hit) []string {
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	return ids
}
