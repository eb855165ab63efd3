package local

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"honeyguide/catalog/index"
)

func TestSlotSet(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for _, step := range []int{1, 2, 31, 33, 200} {
		var s slotSet
		var want []uint32
		slot := uint32(r.IntN(300))
		for range 2000 {
			s.add(slot)
			s.add(slot)
			want = append(want, slot)
			slot += 1 + uint32(r.IntN(2*step-1))
		}
		moves := make([]uint32, slot)
		for i := range moves {
			moves[i] = uint32(i / 2) // two slots move to one place
			if i%5 == 0 {
				moves[i] = gone
			}
		}
		if got := listed(&s, slot); !slices.Equal(got, want) {
			t.Errorf("step %d: %d slots, want %d", step, len(got), len(want))
		}
		var moved []uint32
		for _, slot := range want {
			if slot%5 != 0 {
				moved = append(moved, slot/2)
			}
		}
		if got := listed(s.moved(moves), slot); !slices.Equal(got, slices.Compact(moved)) {
			t.Errorf("step %d: wrong after moving", step)
		}
		if dense := s.bits != nil; dense != (step < 32) {
			t.Errorf("step %d: dense is %t", step, dense)
		}
	}
}

// listed returns the slots of a set below n, ascending.
func listed(s *slotSet, n uint32) (slots []uint32) {
	b := make(bitset, n/64+1)
	s.addTo(b)
	for slot := range n {
		if b.has(slot) {
			slots = append(slots, slot)
		}
	}
	return slots
}

func TestBest(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 200 {
		b := best{limit: 1 + r.IntN(40)}
		var want []index.Hit
		for slot := range r.IntN(200) {
			b.ids = append(b.ids, fmt.Sprint(r.IntN(1e6)))
			h := index.Hit{ID: b.ids[slot], Score: float32(r.IntN(10))}
			want = append(want, h)
			b.offer(h.Score, uint32(slot))
		}
		slices.SortFunc(want, func(x, y index.Hit) int {
			return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.ID, y.ID))
		})
		if got := b.hits(); !slices.Equal(got, want[:min(len(want), b.limit)]) {
			t.Fatalf("limit %d: kept %v of %v", b.limit, got, want)
		}
	}
}

// TestWordScores holds scores against the formula, written out over a map, while
// entries are replaced and removed.
func TestWordScores(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	x, docs := New(), map[string]map[uint32]float32{}
	for round := range 600 {
		id := fmt.Sprint(r.IntN(150))
		if round%5 == 4 {
			delete(docs, id)
			if err := x.Delete(context.Background(), "s", "k", []string{id}); err != nil {
				t.Fatal(err)
			}
			continue
		}
		words := map[uint32]float32{}
		for range r.IntN(12) {
			words[uint32(r.IntN(30)*r.IntN(30))] = float32(1+r.IntN(6)) / 2
		}
		docs[id] = words
		put(t, x, index.Entry{Store: "s", Kind: "k", ID: id, Words: sparseOf(words)})
		if round%20 == 0 {
			query := map[uint32]float32{uint32(r.IntN(30)): 1, uint32(30 + r.IntN(30)): 0.5, 0: 2}
			checkWords(t, x, docs, query)
		}
	}
}

func sparseOf(words map[uint32]float32) (s index.Sparse) {
	for term, weight := range words {
		s.Terms, s.Weights = append(s.Terms, term), append(s.Weights, weight)
	}
	return s
}

func checkWords(t *testing.T, x *Index, docs map[string]map[uint32]float32, query map[uint32]float32) {
	t.Helper()
	want := wordScores(docs, query)
	got := find(t, x, index.Query{Store: "s", Kind: "k", Space: index.Words, Words: sparseOf(query), Limit: 1000})
	if len(got) != len(want) {
		t.Fatalf("found %d entries, want %d", len(got), len(want))
	}
	for _, h := range got {
		if math.Abs(float64(h.Score)-want[h.ID]) > 1e-5*(1+want[h.ID]) {
			t.Fatalf("score of %s is %v, want %v", h.ID, h.Score, want[h.ID])
		}
	}
}

// wordScores scores the documents that have a word of the query.
func wordScores(docs map[string]map[uint32]float32, query map[uint32]float32) map[string]float64 {
	count, frequency := 0.0, map[uint32]float64{}
	for _, words := range docs {
		for term := range words {
			frequency[term]++
		}
		if len(words) > 0 {
			count++
		}
	}
	scores := map[string]float64{}
	for id, words := range docs {
		for term, q := range query {
			if w := float64(words[term]); w > 0 {
				scores[id] += float64(q) * w * math.Log(1+(count-frequency[term]+0.5)/(frequency[term]+0.5))
			}
		}
	}
	return scores
}

// TestOrderOfTerms asks for the same words in other orders: scores are equal to the bit.
func TestOrderOfTerms(t *testing.T) {
	x, r := New(), rand.New(rand.NewPCG(8, 8))
	for i := range 50 {
		words := map[uint32]float32{}
		for range 30 {
			words[uint32(r.IntN(40))] = r.Float32() + 0.1
		}
		put(t, x, index.Entry{Store: "s", Kind: "k", ID: fmt.Sprint(i), Words: sparseOf(words)})
	}
	q := index.Query{Store: "s", Kind: "k", Space: index.Words, Limit: 50}
	for term := range uint32(40) {
		q.Words.Terms, q.Words.Weights = append(q.Words.Terms, term), append(q.Words.Weights, 1+float32(term)/7)
	}
	want := find(t, x, q)
	for range 10 {
		r.Shuffle(40, func(i, j int) {
			q.Words.Terms[i], q.Words.Terms[j] = q.Words.Terms[j], q.Words.Terms[i]
			q.Words.Weights[i], q.Words.Weights[j] = q.Words.Weights[j], q.Words.Weights[i]
		})
		if got := find(t, x, q); !slices.Equal(got, want) {
			t.Fatalf("found %v, want %v", got, want)
		}
	}
}

// TestReclaim replaces and deletes much more than it keeps: a table holds at
// most half as many dead slots as live ones, beyond one chunk, and nothing of
// what is gone.
func TestReclaim(t *testing.T) {
	const n = 2000
	x, k := New(), key{"s", "k"}
	for round := range 5 {
		for i := range n {
			put(t, x, index.Entry{
				Store: "s", Kind: "k", ID: fmt.Sprint(i),
				Vectors: map[string][]float32{fmt.Sprint("space", round): {1, float32(i)}},
				Words:   index.Sparse{Terms: []uint32{uint32(round)}, Weights: []float32{1}},
				Tags:    map[string][]string{"round": {fmt.Sprint(round)}},
				Numbers: map[string]float64{fmt.Sprint("number", round): 1},
			})
			if table := x.table(k); len(table.ids) > len(table.slots)*3/2+chunkSize+1 {
				t.Fatalf("%d slots for %d entries", len(table.ids), len(table.slots))
			}
		}
	}
	var gone []string
	for i := range n - 10 {
		gone = append(gone, fmt.Sprint(i))
	}
	if err := x.Delete(context.Background(), "s", "k", gone); err != nil {
		t.Fatal(err)
	}
	table := x.table(k)
	if len(table.ids) != 10 || len(table.spaces) != 1 || len(table.words.terms) != 1 || len(table.tags) != 1 || len(table.numbers) != 1 {
		t.Errorf("kept %d slots, %d spaces, %d terms, %d tags, %d number fields; want 10 and one each",
			len(table.ids), len(table.spaces), len(table.words.terms), len(table.tags), len(table.numbers))
	}
	if err := x.Delete(context.Background(), "s", "k", []string{"1990", "1991", "1992", "1993", "1994", "1995", "1996", "1997", "1998", "1999"}); err != nil {
		t.Fatal(err)
	}
	if len(x.tables) != 0 {
		t.Error("an empty table is kept")
	}
	put(t, x, index.Entry{Store: "s", Kind: "k", ID: "new", Vectors: map[string][]float32{"space4": {1, 2, 3}}})
}

// TestAlike checks which queries share one evaluation of their filter.
func TestAlike(t *testing.T) {
	one, uno, two := 1.0, 1.0, 2.0
	with := func(f ...index.Condition) index.Query { return index.Query{Store: "s", Kind: "k", Filter: f} }
	for _, c := range []struct {
		name string
		a, b index.Query
		want bool
	}{
		{"no filter", with(), index.Query{Store: "s", Kind: "k"}, true},
		{"other store", with(), index.Query{Store: "t", Kind: "k"}, false},
		{"other kind", with(), index.Query{Store: "s", Kind: "l"}, false},
		{"same numbers", with(index.Condition{Field: "f", Min: &one}), with(index.Condition{Field: "f", Min: &uno}), true},
		{"other numbers", with(index.Condition{Field: "f", Min: &one}), with(index.Condition{Field: "f", Min: &two}), false},
		{"other end", with(index.Condition{Field: "f", Min: &one}), with(index.Condition{Field: "f", Max: &one}), false},
		{"same values", with(index.Condition{Field: "f", AnyOf: []string{"x"}}), with(index.Condition{Field: "f", AnyOf: []string{"x"}}), true},
		{"other values", with(index.Condition{Field: "f", AnyOf: []string{"x"}}), with(index.Condition{Field: "f", AnyOf: []string{"y"}}), false},
		{"other field", with(index.Condition{Field: "f", AnyOf: []string{}}), with(index.Condition{Field: "g", AnyOf: []string{}}), false},
		{"any or none", with(index.Condition{Field: "f", AnyOf: []string{}}), with(index.Condition{Field: "f", NoneOf: []string{}}), false},
		{"longer", with(index.Condition{Field: "f", AnyOf: []string{}}), with(), false},
	} {
		if got := len(alike([]index.Query{c.a, c.b})) == 2; got != c.want {
			t.Errorf("%s: alike is %t", c.name, got)
		}
	}
	if got := len(alike(make([]index.Query, 20))); got != maxRun {
		t.Errorf("a run of %d, want %d", got, maxRun)
	}
}
