package indextest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"honeyguide/catalog/index"
)

func testEmpty(s *shop) {
	s.finds(near(1, 0))
	s.finds(asking(1, 1))
	s.put()
	s.delete("a", "b")
	if hits, err := s.Search(s.Context(), nil); err != nil || len(hits) != 0 {
		s.Errorf("no queries gave %v, %v", hits, err)
	}
	s.put(entry("no points"))
	s.finds(near(1, 0))
	s.finds(asking(1, 1))
}

func testOrder(s *shop) {
	s.put(entry("far", -1, 0), entry("near", 0.8, 0.6), entry("middle", 0, 1), entry("same", 1, 0))
	s.finds(near(1, 0), "same", "near", "middle", "far")
	s.finds(near(-1, 0), "far", "middle", "near", "same")
	for i, want := range []float64{1, 0.8, 0, -1} {
		if got := s.search(near(1, 0))[i].Score; math.Abs(float64(got)-want) > 1e-5 {
			s.Errorf("score of hit %d is %v, want %v", i, got, want)
		}
	}
	q := near(1, 0)
	q.Limit = 2
	s.finds(q, "same", "near")
}

func testTies(s *shop) {
	want := []string{"A", "Z", "a", "a1", "a10", "a9", "b", "é", "丙"}
	for _, id := range []string{"b", "丙", "a9", "A", "é", "a10", "a", "Z", "a1"} {
		e := entry(id, 0.6, 0.8)
		e.Words = sparse(7, 1)
		s.put(e)
	}
	s.put(entry("better", 1, 0))
	s.finds(near(0.6, 0.8), append(slices.Clone(want), "better")...)
	s.finds(asking(7, 1), want...)
	for limit := 1; limit < len(want); limit++ {
		for _, q := range []index.Query{near(0.6, 0.8), asking(7, 1)} {
			q.Limit = limit
			s.finds(q, want[:limit]...)
		}
	}
}

// testNames uses stores, ids, fields and values of any UTF-8. Ids that only
// look the same stay apart.
func testNames(s *shop) {
	names := []string{
		"产品-1", "p 1", "P 1", "../a?b=c&d#e", "'; --", "👗", "e\u0301", "\u00e9", "\u202eabc", "a\nb", "0", strings.Repeat("长", 100),
	}
	for _, name := range names {
		e := entry(name, 1, 0)
		e.Store = name
		e.Tags = map[string][]string{name: {name}}
		s.put(e)
	}
	for _, name := range names {
		q := with(near(1, 0), index.Condition{Field: name, AnyOf: []string{name}})
		q.Store = name
		s.finds(q, name)
	}
	for _, name := range names {
		s.put(entry(name, 1, 0))
	}
	q := near(1, 0)
	q.Limit = 100
	slices.Sort(names)
	s.finds(q, names...)
}

// full is an entry that everything of testReplace finds.
func full(id string) index.Entry {
	return index.Entry{
		Store: store, Kind: index.Products, ID: id,
		Vectors: map[string][]float32{space: {1, 0}, "text": {0, 1, 0}},
		Words:   sparse(1, 2, 2, 1),
		Tags:    map[string][]string{"color": {"red", "blue"}, "brand": {"北极"}},
		Numbers: map[string]float64{"price": 50},
	}
}

func testReplace(s *shop) {
	text := index.Query{Store: store, Kind: index.Products, Space: "text", Vector: []float32{0, 1, 0}, Limit: 10}
	low := 40.0
	s.put(full("a"), full("b"))
	s.put(index.Entry{
		Store: store, Kind: index.Products, ID: "a",
		Vectors: map[string][]float32{space: {0, 1}}, Words: sparse(3, 1),
		Tags: map[string][]string{"color": {"green"}}, Numbers: map[string]float64{"price": 10},
	})
	s.finds(near(1, 0), "b", "a")
	s.finds(near(0, 1), "a", "b")
	s.finds(text, "b")
	s.finds(asking(1, 1, 2, 1), "b")
	s.finds(asking(3, 1), "a")
	s.finds(with(near(1, 0), index.Condition{Field: "color", AnyOf: []string{"red", "blue"}}), "b")
	s.finds(with(near(1, 0), index.Condition{Field: "color", AnyOf: []string{"green"}}), "a")
	s.finds(with(near(1, 0), index.Condition{Field: "brand", NoneOf: []string{"北极"}}), "a")
	s.finds(with(near(1, 0), index.Condition{Field: "price", Min: &low}), "b")

	s.put(entry("b")) // nothing is left of it but its id
	s.finds(near(1, 0), "a")
	s.finds(text)
	s.finds(asking(1, 1, 2, 1))
}

func testDuplicates(s *shop) {
	s.put(full("a"), entry("b", 0, 1), entry("a", -1, 0), full("b"), entry("a", 0.6, 0.8))
	s.finds(near(1, 0), "b", "a")
	s.finds(asking(1, 1), "b")
	if got := s.search(near(0.6, 0.8)); len(got) != 2 || got[0].ID != "a" || math.Abs(float64(got[0].Score)-1) > 1e-5 {
		s.Errorf("found %v, want a with score 1 first", got)
	}
}

func testDelete(s *shop) {
	s.put(full("a"), full("b"), full("c"))
	s.delete("b", "absent", "b")
	s.finds(near(1, 0), "a", "c")
	s.finds(asking(1, 1), "a", "c")
	if err := s.Delete(s.Context(), "no such store", index.Products, []string{"a"}); err != nil {
		s.Errorf("Delete in an unknown store: %v", err)
	}
	if err := s.Delete(s.Context(), store, index.FAQs, []string{"a"}); err != nil {
		s.Errorf("Delete in an empty kind: %v", err)
	}
	s.finds(near(1, 0), "a", "c")

	s.put(entry("b", 0, 1)) // what it had before does not come back
	s.finds(near(1, 0), "a", "c", "b")
	s.finds(asking(1, 1), "a", "c")
	s.finds(with(near(1, 0), index.Condition{Field: "color", AnyOf: []string{"red"}}), "a", "c")
	s.delete("a", "b", "c")
	s.finds(near(1, 0))
	s.put(full("a"))
	s.finds(near(1, 0), "a")
}

// testOwnCopy changes all it gave to the index afterwards.
func testOwnCopy(s *shop) {
	e := full("a")
	entries := []index.Entry{e}
	s.put(entries...)
	e.Vectors[space][0], e.Vectors["text"] = -1, nil
	e.Words.Terms[0], e.Words.Weights[0] = 99, 0
	e.Tags["color"][0], e.Numbers["price"] = "gold", 1
	entries[0].ID = "z"
	if got := s.search(near(1, 0)); len(got) != 1 || got[0].ID != "a" || got[0].Score < 0.999 {
		s.Errorf("found %v, want a with score 1", got)
	}
	s.finds(asking(1, 1), "a")
	s.finds(with(near(1, 0), index.Condition{Field: "color", AnyOf: []string{"red"}}), "a")
}

func testIsolation(s *shop) {
	other, faq := full("b"), full("c")
	other.Store, faq.Kind = "another", index.FAQs
	s.put(full("a"), other, faq)
	for _, c := range []struct {
		store string
		kind  index.Kind
		want  []string
	}{
		{store, index.Products, []string{"a"}},
		{"another", index.Products, []string{"b"}},
		{store, index.FAQs, []string{"c"}},
		{"another", index.FAQs, nil},
		{"sho", index.Products, nil},
	} {
		for _, q := range []index.Query{near(1, 0), asking(1, 1)} {
			q.Store, q.Kind = c.store, c.kind
			s.finds(q, c.want...)
			s.finds(with(q, index.Condition{Field: "color", AnyOf: []string{"red"}}), c.want...)
		}
	}
	same := full("a")
	same.Store = "another"
	s.put(same)
	s.delete("a")
	s.finds(near(1, 0))
	q := near(1, 0)
	q.Store = "another"
	s.finds(q, "a", "b")
}

func testSpaces(s *shop) {
	text := index.Query{Store: store, Kind: index.Products, Space: "text", Vector: []float32{0, 0, 1}, Limit: 10}
	onlyText := entry("text only")
	onlyText.Vectors = map[string][]float32{"text": {0, 0, 1}}
	s.put(full("both"), onlyText, entry("image only", 0, 1), worded("words only", 1, 1, 2, 2))
	s.finds(near(1, 0), "both", "image only")
	s.finds(text, "text only", "both")
	s.finds(asking(1, 1), "both", "words only")
	unknown := near(1, 0)
	unknown.Space = "no such space"
	s.finds(unknown)
	s.put(entry("zero", 0, 0)) // an empty text's vector
	s.finds(near(-1, 0), "image only", "zero", "both")
}

func testBatch(s *shop) {
	s.put(full("a"), entry("b", 0.6, 0.8), worded("c", 1, 1))
	faq := near(1, 0)
	faq.Kind = index.FAQs
	red := index.Condition{Field: "color", AnyOf: []string{"red"}}
	noRed := index.Condition{Field: "color", NoneOf: []string{"red"}}
	queries := []index.Query{
		near(1, 0), faq, near(0.6, 0.8), asking(1, 1), with(near(0.6, 0.8), red), with(asking(1, 1), red),
		with(asking(1, 1), noRed), with(near(0.6, 0.8), noRed), asking(99, 1),
	}
	want := [][]string{{"a", "b"}, {}, {"b", "a"}, nil, {"a"}, {"a"}, {"c"}, {"b"}, {}}
	got, err := s.Search(s.Context(), queries)
	if err != nil || len(got) != len(want) {
		s.Fatalf("got %d answers, %v; want %d", len(got), err, len(want))
	}
	for i := range want {
		if want[i] != nil && !slices.Equal(ids(got[i]), want[i]) {
			s.Errorf("query %d found %q, want %q", i, ids(got[i]), want[i])
		}
		if alone := s.search(queries[i]); !slices.Equal(alone, got[i]) && len(alone)+len(got[i]) > 0 {
			s.Errorf("query %d found %v in the batch, %v alone", i, got[i], alone)
		}
	}
}

func testMany(s *shop) {
	const n = 10_000
	entries := make([]index.Entry, n)
	for i := range entries {
		angle := float64(i) / n
		e := entry(fmt.Sprintf("p%05d", i), float32(math.Cos(angle)), float32(math.Sin(angle)))
		e.Tags = map[string][]string{"last digit": {fmt.Sprint(i % 10)}}
		e.Words = sparse(float32(i%100), 1)
		entries[i] = e
	}
	s.put(entries...)
	q := near(1, 0)
	q.Limit = 3
	s.finds(q, "p00000", "p00001", "p00002")
	s.finds(with(q, index.Condition{Field: "last digit", AnyOf: []string{"7"}}), "p00007", "p00017", "p00027")
	q = with(asking(42, 1), index.Condition{Field: "last digit", NoneOf: []string{"3"}})
	q.Limit = index.MaxLimit
	if got := s.search(q); len(got) != n/100 {
		s.Errorf("found %d of a term's entries, want %d", len(got), n/100)
	}
	var odd []string
	for i := 1; i < n; i += 2 {
		odd = append(odd, entries[i].ID)
	}
	s.delete(odd...)
	q = near(1, 0)
	q.Limit = 3
	s.finds(q, "p00000", "p00002", "p00004")
}
