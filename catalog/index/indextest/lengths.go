package indextest

import (
	"errors"
	"testing"

	"honeyguide/catalog/index"
)

// testLengths: the vectors of a space have one length, of whichever store, until
// the kind has no entries any more.
func testLengths(s *shop) {
	longer := entry("longer", 0, 0, 1)
	longer.Store = "another"
	s.put(entry("a", 1, 0))
	if err := s.Put(s.Context(), []index.Entry{longer}); !errors.Is(err, index.ErrInvalid) {
		s.Errorf("another length in another store gave %v, want ErrInvalid", err)
	}
	q := near(0, 0, 1)
	q.Store = "another"
	if _, err := s.Search(s.Context(), []index.Query{q}); !errors.Is(err, index.ErrInvalid) {
		s.Errorf("a query of another length gave %v, want ErrInvalid", err)
	}
	faq := entry("f", 0, 0, 1)
	faq.Kind = index.FAQs
	s.put(faq) // another kind may have another length
	s.finds(near(1, 0), "a")

	s.delete("a")
	s.put(longer)
	s.finds(q, "longer")
	if _, err := s.Search(s.Context(), []index.Query{near(1, 0)}); !errors.Is(err, index.ErrInvalid) {
		s.Errorf("a query of the old length gave %v, want ErrInvalid", err)
	}
}

// testLateSpaces: spaces and numbers may come when there are entries already.
func testLateSpaces(s *shop) {
	low := 5.0
	s.put(entry("old", 1, 0), worded("worded", 3, 1))
	late := entry("late", 0, 1)
	late.Vectors["later"] = []float32{0, 0, 1}
	late.Numbers = map[string]float64{"重量 (kg)": 7, "price": 3}
	s.put(late)
	later := near(0, 0, 1)
	later.Space = "later"
	s.finds(later, "late")
	s.finds(near(1, 0), "old", "late")
	s.finds(asking(3, 1), "worded")
	s.finds(with(near(1, 0), index.Condition{Field: "重量 (kg)", Min: &low}), "late")
	s.put(entry("old", 0.6, 0.8)) // what was there before can still be changed
	s.finds(near(0, 1), "late", "old")
	s.delete("late")
	s.finds(later)
}

// testTiesBeyondTheLimit: of many equal scores those with the first ids are found.
func testTiesBeyondTheLimit(s *shop) {
	const n = 3000
	entries := make([]index.Entry, n)
	for i := range entries {
		entries[i] = entry(tieID((i*7919)%n), 1, 0)
		entries[i].Words = sparse(1, 1)
	}
	s.put(entries...)
	for _, limit := range []int{1, 9, 100, index.MaxLimit} {
		for _, q := range []index.Query{near(1, 0), asking(1, 1)} {
			q.Limit = limit
			got := s.search(q)
			if len(got) != limit || got[limit-1].ID != tieID(limit-1) {
				s.Errorf("limit %d: %d hits, the last %v, want %s", limit, len(got), got[len(got)-1], tieID(limit-1))
			}
		}
	}
}

func tieID(i int) string { return string(rune('a'+i/1000)) + string(rune('一'+i%1000)) }

// testLookAlikes: names and values that run together when joined stay apart.
func testLookAlikes(s *shop) {
	for _, pair := range [][2]string{{"ab", "c"}, {"a", "bc"}} {
		e := entry(pair[1], 1, 0)
		e.Store = pair[0]
		s.put(e)
	}
	for _, pair := range [][2]string{{"ab", "c"}, {"a", "bc"}} {
		q := near(1, 0)
		q.Store = pair[0]
		s.finds(q, pair[1])
	}
	one, two, dotted := entry("one", 1, 0), entry("two", 1, 0), entry("dotted", 1, 0)
	one.Tags = map[string][]string{"a=b": {"c"}}
	two.Tags = map[string][]string{"a": {"b=c"}}
	dotted.Tags, dotted.Numbers = map[string][]string{`a.b[0]"\`: {"~3d", `"`}}, map[string]float64{`a.b[0]"\`: 1, "a": 2}
	s.put(one, two, dotted)
	for _, c := range []struct {
		condition index.Condition
		want      []string
	}{
		{anyOf("a=b", "c"), []string{"one"}},
		{anyOf("a", "b=c"), []string{"two"}},
		{anyOf(`a.b[0]"\`, `"`), []string{"dotted"}},
		{anyOf(`a.b[0]"\`, "=", "~"), nil},
		{between(`a.b[0]"\`, 1, 1), []string{"dotted"}},
		{between("a", 1, 1), nil},
		{noneOf("a", "b=c"), []string{"dotted", "one"}},
	} {
		s.Run(c.condition.Field, func(t *testing.T) {
			s := &shop{t, s.Index}
			s.finds(with(near(1, 0), c.condition), c.want...)
		})
	}
}
