package indextest

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"honeyguide/catalog/index"
)

// model is the index as one would write it without caring for speed.
type model map[key]index.Entry

type key struct {
	store string
	kind  index.Kind
	id    string
}

func (m model) put(entries []index.Entry) {
	for _, e := range entries {
		m[key{e.Store, e.Kind, e.ID}] = e
	}
}

// passing returns the hits of all entries that the query's filter lets through,
// best first. Those of words all score 1.
func (m model) passing(q index.Query) []index.Hit {
	var hits []index.Hit
	for k, e := range m {
		if k.store != q.Store || k.kind != q.Kind || !passes(e, q.Filter) {
			continue
		}
		if score, found := modelScore(e, q); found {
			hits = append(hits, index.Hit{ID: k.id, Score: score})
		}
	}
	slices.SortFunc(hits, compare)
	return hits
}

func compare(a, b index.Hit) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
}

func modelScore(e index.Entry, q index.Query) (score float32, found bool) {
	if q.Space == index.Words {
		for i, term := range e.Words.Terms {
			at := slices.Index(q.Words.Terms, term)
			found = found || at >= 0 && q.Words.Weights[at] > 0 && e.Words.Weights[i] > 0
		}
		return 1, found
	}
	var dot float64
	for i, x := range e.Vectors[q.Space] {
		dot += float64(x) * float64(q.Vector[i])
	}
	return float32(dot), e.Vectors[q.Space] != nil
}

func passes(e index.Entry, filter index.Filter) bool {
	for _, c := range filter {
		shared := slices.ContainsFunc(e.Tags[c.Field], func(v string) bool {
			return slices.Contains(c.AnyOf, v) || slices.Contains(c.NoneOf, v)
		})
		number, has := e.Numbers[c.Field]
		ok := true
		switch {
		case c.AnyOf != nil:
			ok = shared
		case c.NoneOf != nil:
			ok = !shared
		default:
			ok = has && (c.Min == nil || number >= *c.Min) && (c.Max == nil || number <= *c.Max)
		}
		if !ok {
			return false
		}
	}
	return true
}

// testRandom compares an engine with the model through random changes.
func testRandom(s *shop) {
	for seed := range uint64(8) {
		r := generator{rand.New(rand.NewPCG(seed, 7)), 1 + int(seed)*7, fmt.Sprintf("%d-", seed)}
		m := model{}
		for range 12 {
			entries := r.entries(1 + r.IntN(120))
			s.put(entries...)
			m.put(entries)
			for range r.IntN(3) {
				gone := r.key()
				delete(m, gone)
				if err := s.Delete(s.Context(), gone.store, gone.kind, []string{gone.id}); err != nil {
					s.Fatalf("Delete: %v", err)
				}
			}
			for range 12 {
				s.compare(m, r.query())
			}
			if s.Failed() {
				s.Fatalf("seed %d", seed)
			}
		}
	}
}

// compare fails unless the engine answers like the model, but for rounding: of
// two entries with nearly one score either may come first.
func (s *shop) compare(m model, q index.Query) {
	s.Helper()
	want, got := m.passing(q), s.search(q)
	if len(got) != min(q.Limit, len(want)) {
		s.Errorf("query %+v: %d hits, want %d of %d", q, len(got), q.Limit, len(want))
		return
	}
	if !slices.IsSortedFunc(got, compare) {
		s.Errorf("query %+v: hits out of order: %v", q, got)
	}
	seen := map[string]bool{}
	for i, h := range got {
		at := slices.IndexFunc(want, func(w index.Hit) bool { return w.ID == h.ID })
		if at < 0 || seen[h.ID] {
			s.Errorf("query %+v: hit %v does not pass, or twice", q, h)
			continue
		}
		seen[h.ID] = true
		if q.Space == index.Words {
			continue
		}
		if !nearly(h.Score, want[at].Score) || !nearly(h.Score, want[i].Score) {
			s.Errorf("query %+v: hit %d is %v, want %v and its score %v", q, i, h, want[i], want[at].Score)
		}
	}
}

func nearly(a, b float32) bool { return math.Abs(float64(a-b)) < 1e-5 }

// generator makes random entries and queries in few stores with few ids, so
// that they meet.
type generator struct {
	*rand.Rand
	dim    int
	prefix string // of stores and spaces
}

func (r *generator) pick(of ...string) string { return of[r.IntN(len(of))] }

func (r *generator) key() key {
	kind := index.Products
	if r.IntN(4) == 0 {
		kind = index.FAQs
	}
	return key{r.prefix + r.pick("one", "two"), kind, r.pick("a", "b", "丙") + fmt.Sprint(r.IntN(100))}
}

func (r *generator) entries(n int) []index.Entry {
	entries := make([]index.Entry, n)
	for i := range entries {
		k := r.key()
		e := index.Entry{
			Store: k.store, Kind: k.kind, ID: k.id,
			Vectors: map[string][]float32{}, Words: r.words(10),
			Tags: map[string][]string{}, Numbers: map[string]float64{},
		}
		for _, space := range []string{"image", "text"} {
			if r.IntN(4) > 0 {
				e.Vectors[r.prefix+space] = r.vector()
			}
		}
		for _, field := range []string{"color", "size", "品牌"} {
			for range r.IntN(3) {
				e.Tags[field] = append(e.Tags[field], r.value())
			}
		}
		for _, field := range []string{"price", "weight"} {
			if r.IntN(3) > 0 {
				e.Numbers[field] = float64(r.IntN(10))
			}
		}
		entries[i] = e
	}
	return entries
}

func (r *generator) value() string { return r.pick("red", "blue", "绿", "S", "M") }

// vector returns a unit vector, often one of very few, so that ties occur.
func (r *generator) vector() []float32 {
	v := make([]float32, r.dim)
	if r.IntN(3) == 0 {
		v[r.IntN(len(v))] = 1
		return v
	}
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

func (r *generator) words(most int) (words index.Sparse) {
	for _, term := range r.Perm(20)[:r.IntN(most)] {
		words.Terms = append(words.Terms, uint32(term)*0x9e3779b1)
		words.Weights = append(words.Weights, float32(r.IntN(5))/2)
	}
	return words
}

func (r *generator) query() index.Query {
	k := r.key()
	q := index.Query{
		Store: k.store, Kind: k.kind, Space: r.pick(r.prefix+"image", r.prefix+"text", index.Words, "unknown"),
		Vector: r.vector(), Words: r.words(5), Limit: 1 + r.IntN(40),
	}
	if r.IntN(5) == 0 {
		q.Limit = index.MaxLimit
	}
	for range r.IntN(4) {
		q.Filter = append(q.Filter, r.condition())
	}
	return q
}

func (r *generator) condition() index.Condition {
	values := []string{}
	for range r.IntN(4) {
		values = append(values, r.value())
	}
	tag, number := r.pick("color", "size", "品牌", "none"), r.pick("price", "weight", "none")
	low, high := float64(r.IntN(10)), float64(r.IntN(12))
	switch r.IntN(5) {
	case 0:
		return index.Condition{Field: tag, AnyOf: values}
	case 1:
		return index.Condition{Field: tag, NoneOf: values}
	case 2:
		return index.Condition{Field: number, Min: &low}
	case 3:
		return index.Condition{Field: number, Max: &high}
	default:
		return index.Condition{Field: number, Min: &low, Max: &high}
	}
}
