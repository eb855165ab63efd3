package qdrant_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
	"honeyguide/catalog/index/qdrant/qdranttest"
)

// TestAgreement: the first ten are those of the local index. Words are asked for
// in a single store only, since Qdrant counts how rare they are over all.
func TestAgreement(t *testing.T) {
	t.Parallel()
	agree(t, qdranttest.Start(t).Addr())
}

// TestRealAgreement is the same over a real server.
func TestRealAgreement(t *testing.T) { agree(t, realAddr(t)) }

func agree(t *testing.T, addr string) {
	for name, c := range map[string]struct{ stores, spaces []string }{
		"many stores": {[]string{"one", "two", "三"}, []string{"image", "text"}},
		"one store":   {[]string{"one"}, []string{"image", "text", index.Words}},
	} {
		t.Run(name, func(t *testing.T) {
			r := random{rand.New(rand.NewPCG(1, uint64(len(c.stores)))), c.stores, c.spaces}
			there, here := open(t, addr, newPrefix(t, addr)), local.New()
			defer there.Close()
			for range 3 {
				entries := make([]index.Entry, 1000)
				for i := range entries {
					entries[i] = r.entry(i)
				}
				put(t, there, entries...)
				put(t, here, entries...)
			}
			found := 0
			for range 150 {
				queries := []index.Query{r.query(), r.query()}
				got, err := there.Search(context.Background(), queries)
				if err != nil {
					t.Fatal(err)
				}
				want, err := here.Search(context.Background(), queries)
				if err != nil {
					t.Fatal(err)
				}
				for i := range queries {
					found += len(want[i])
					sameHits(t, queries[i], got[i], want[i])
				}
			}
			if found < 1500 {
				t.Errorf("only %d hits were compared", found)
			}
		})
	}
}

func sameHits(t *testing.T, q index.Query, got, want []index.Hit) {
	t.Helper()
	same := len(got) == len(want)
	for i := 0; same && i < len(want); i++ {
		same = got[i].ID == want[i].ID && math.Abs(float64(got[i].Score-want[i].Score)) < 1e-4
	}
	if !same {
		t.Errorf("%s in %s under %+v: found %v, want %v", q.Space, q.Store, q.Filter, got, want)
	}
}

// random makes entries and queries.
type random struct {
	*rand.Rand
	stores, spaces []string
}

func (r *random) vector(dim int) []float32 {
	v := make([]float32, dim)
	var square float64
	for i := range v {
		v[i] = float32(r.NormFloat64())
		square += float64(v[i]) * float64(v[i])
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(square))
	}
	return v
}

func (r *random) sparse(n int) (s index.Sparse) {
	for _, term := range r.Perm(400)[:n] {
		s.Terms, s.Weights = append(s.Terms, uint32(term*term)), append(s.Weights, r.Float32())
	}
	return s
}

// entry has an id that was used before now and then.
func (r *random) entry(i int) index.Entry {
	e := index.Entry{
		Store: r.stores[r.IntN(len(r.stores))], Kind: index.Products, ID: fmt.Sprintf("品%d", i+r.IntN(3000)),
		Vectors: map[string][]float32{"image": r.vector(24)}, Words: r.sparse(r.IntN(30)),
		Tags:    map[string][]string{"color": {fmt.Sprint(r.IntN(6)), fmt.Sprint(r.IntN(6))}},
		Numbers: map[string]float64{"price": float64(r.IntN(100))},
	}
	if r.IntN(4) > 0 {
		e.Vectors["text"] = r.vector(16)
		e.Tags["brand name"] = []string{fmt.Sprint(r.IntN(30))}
		e.Numbers["stars"] = r.Float64() * 5
	}
	return e
}

func (r *random) query() index.Query {
	q := index.Query{
		Store: r.stores[r.IntN(len(r.stores))], Kind: index.Products,
		Space: r.spaces[r.IntN(len(r.spaces))], Words: r.sparse(1 + r.IntN(5)), Limit: 10,
	}
	q.Vector = r.vector(map[string]int{"image": 24, "text": 16, index.Words: 1}[q.Space])
	low, high := float64(r.IntN(90)), 1+r.Float64()*4
	for _, c := range []index.Condition{
		{Field: "color", AnyOf: []string{fmt.Sprint(r.IntN(6)), fmt.Sprint(r.IntN(6))}},
		{Field: "color", NoneOf: []string{fmt.Sprint(r.IntN(6))}},
		{Field: "brand name", NoneOf: []string{fmt.Sprint(r.IntN(30))}},
		{Field: "price", Min: &low},
		{Field: "stars", Max: &high},
	} {
		if r.IntN(3) == 0 {
			q.Filter = append(q.Filter, c)
		}
	}
	return q
}
