package indextest

import (
	"context"
	"errors"
	"math"
	"testing"

	"honeyguide/catalog/index"
)

func testInvalidEntries(s *shop) {
	s.put(full("old"))
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for name, spoil := range map[string]func(e *index.Entry){
		"no store":               func(e *index.Entry) { e.Store = "" },
		"no kind":                func(e *index.Entry) { e.Kind = "" },
		"no id":                  func(e *index.Entry) { e.ID = "" },
		"id not UTF-8":           func(e *index.Entry) { e.ID = "a\xff" },
		"store not UTF-8":        func(e *index.Entry) { e.Store = "\xc3" },
		"value not UTF-8":        func(e *index.Entry) { e.Tags["color"] = []string{"\xe4\xb8"} },
		"no field of tags":       func(e *index.Entry) { e.Tags[""] = []string{"x"} },
		"no field of numbers":    func(e *index.Entry) { e.Numbers[""] = 1 },
		"vector of words":        func(e *index.Entry) { e.Vectors[index.Words] = []float32{1} },
		"vector without space":   func(e *index.Entry) { e.Vectors[""] = []float32{1} },
		"vector too short":       func(e *index.Entry) { e.Vectors[space] = []float32{1} },
		"vector too long":        func(e *index.Entry) { e.Vectors[space] = []float32{1, 0, 0} },
		"vector empty":           func(e *index.Entry) { e.Vectors[space] = []float32{} },
		"vector beyond MaxDim":   func(e *index.Entry) { e.Vectors["big"] = make([]float32, index.MaxDim+1) },
		"vector NaN":             func(e *index.Entry) { e.Vectors[space] = []float32{nan, 0} },
		"vector infinite":        func(e *index.Entry) { e.Vectors["new"] = []float32{0, -inf} },
		"vector overflows":       func(e *index.Entry) { e.Vectors[space] = []float32{math.MaxFloat32, math.MaxFloat32} },
		"number NaN":             func(e *index.Entry) { e.Numbers["price"] = math.NaN() },
		"number infinite":        func(e *index.Entry) { e.Numbers["price"] = math.Inf(-1) },
		"terms without weights":  func(e *index.Entry) { e.Words.Weights = nil },
		"weights without terms":  func(e *index.Entry) { e.Words.Terms = e.Words.Terms[:1] },
		"repeated term":          func(e *index.Entry) { e.Words = sparse(3, 1, 1, 1, 3, 1) },
		"repeated term in order": func(e *index.Entry) { e.Words = sparse(1, 1, 3, 1, 3, 1) },
		"weight negative":        func(e *index.Entry) { e.Words = sparse(1, -1) },
		"weight NaN":             func(e *index.Entry) { e.Words = sparse(1, nan) },
		"weight infinite":        func(e *index.Entry) { e.Words = sparse(1, inf) },
	} {
		s.Run(name, func(t *testing.T) {
			bad := full("bad")
			spoil(&bad)
			for _, entries := range [][]index.Entry{{bad}, {full("good"), bad}, {bad, full("good")}} {
				if err := s.Put(t.Context(), entries); !errors.Is(err, index.ErrInvalid) {
					t.Errorf("Put gave %v, want ErrInvalid", err)
				}
			}
		})
	}
	two := []index.Entry{entry("x"), entry("y")}
	two[0].Vectors = map[string][]float32{"new": {1, 0}}
	two[1].Vectors = map[string][]float32{"new": {1, 0, 0}}
	if err := s.Put(s.Context(), two); !errors.Is(err, index.ErrInvalid) {
		s.Errorf("Put of two lengths gave %v, want ErrInvalid", err)
	}
	s.finds(near(1, 0), "old")
	s.finds(asking(1, 1), "old")
	s.put(full("good"))
	s.finds(near(1, 0), "good", "old")
}

func testInvalidQueries(s *shop) {
	s.put(full("a"))
	nan, one := math.NaN(), 1.0
	for name, spoil := range map[string]func(q *index.Query){
		"no store":          func(q *index.Query) { q.Store = "" },
		"no kind":           func(q *index.Query) { q.Kind = "" },
		"no space":          func(q *index.Query) { q.Space = "" },
		"limit 0":           func(q *index.Query) { q.Limit = 0 },
		"limit negative":    func(q *index.Query) { q.Limit = -1 },
		"limit too large":   func(q *index.Query) { q.Limit = index.MaxLimit + 1 },
		"vector absent":     func(q *index.Query) { q.Vector = nil },
		"vector too short":  func(q *index.Query) { q.Vector = []float32{1} },
		"vector too long":   func(q *index.Query) { q.Vector = []float32{1, 0, 0} },
		"vector NaN":        func(q *index.Query) { q.Vector = []float32{float32(nan), 0} },
		"vector infinite":   func(q *index.Query) { q.Vector = []float32{float32(math.Inf(1)), 0} },
		"words uneven":      func(q *index.Query) { q.Space, q.Words.Terms = index.Words, []uint32{1} },
		"words repeated":    func(q *index.Query) { q.Space, q.Words = index.Words, sparse(1, 1, 1, 1) },
		"words negative":    func(q *index.Query) { q.Space, q.Words = index.Words, sparse(1, -1) },
		"condition empty":   func(q *index.Query) { q.Filter = index.Filter{{Field: "color"}} },
		"condition nowhere": func(q *index.Query) { q.Filter = index.Filter{anyOf("", "red")} },
		"condition double":  func(q *index.Query) { q.Filter = index.Filter{{Field: "f", AnyOf: []string{}, NoneOf: []string{}}} },
		"condition mixed":   func(q *index.Query) { q.Filter = index.Filter{{Field: "f", AnyOf: []string{"x"}, Min: &one}} },
		"range NaN":         func(q *index.Query) { q.Filter = index.Filter{{Field: "price", Max: &nan}} },
		"value not UTF-8":   func(q *index.Query) { q.Filter = index.Filter{noneOf("color", "\xff")} },
	} {
		s.Run(name, func(t *testing.T) {
			bad := near(1, 0)
			spoil(&bad)
			for _, queries := range [][]index.Query{{bad}, {near(1, 0), bad}} {
				if _, err := s.Search(t.Context(), queries); !errors.Is(err, index.ErrInvalid) {
					t.Errorf("Search gave %v, want ErrInvalid", err)
				}
			}
		})
	}
	s.finds(near(1, 0), "a")
}

func testLimits(s *shop) {
	entries := make([]index.Entry, index.MaxLimit+1)
	for i := range entries {
		entries[i] = entry(string(rune('一'+i)), 1, 0)
		entries[i].Words = sparse(1, 1)
	}
	s.put(entries...)
	for _, limit := range []int{1, 2, index.MaxLimit - 1, index.MaxLimit} {
		for _, q := range []index.Query{near(1, 0), asking(1, 1)} {
			q.Limit = limit
			if got := s.search(q); len(got) != limit {
				s.Errorf("limit %d gave %d hits", limit, len(got))
			}
		}
	}
	long := make([]float32, index.MaxDim)
	long[0] = 1
	e, q := entry("long"), near(long...)
	e.Vectors, q.Space = map[string][]float32{"long": long}, "long"
	s.put(e)
	s.finds(q, "long")
}

func testCancelled(s *shop) {
	s.put(full("a"))
	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	if err := s.Put(ctx, []index.Entry{full("b")}); !errors.Is(err, context.Canceled) {
		s.Errorf("Put gave %v, want context.Canceled", err)
	}
	if err := s.Delete(ctx, store, index.Products, []string{"a"}); !errors.Is(err, context.Canceled) {
		s.Errorf("Delete gave %v, want context.Canceled", err)
	}
	if _, err := s.Search(ctx, []index.Query{near(1, 0)}); !errors.Is(err, context.Canceled) {
		s.Errorf("Search gave %v, want context.Canceled", err)
	}
	s.finds(near(1, 0), "a")
}

func testClosed(s *shop) {
	s.put(full("a"))
	for range 2 {
		if err := s.Close(); err != nil {
			s.Errorf("Close: %v", err)
		}
	}
	if err := s.Put(s.Context(), []index.Entry{full("b")}); !errors.Is(err, index.ErrClosed) {
		s.Errorf("Put gave %v, want ErrClosed", err)
	}
	if err := s.Delete(s.Context(), store, index.Products, []string{"a"}); !errors.Is(err, index.ErrClosed) {
		s.Errorf("Delete gave %v, want ErrClosed", err)
	}
	if hits, err := s.Search(s.Context(), []index.Query{near(1, 0)}); !errors.Is(err, index.ErrClosed) {
		s.Errorf("Search gave %v, %v, want ErrClosed", hits, err)
	}
}
