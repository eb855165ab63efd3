package indextest

import (
	"math"
	"slices"
	"testing"

	"honeyguide/catalog/index"
)

// goods are what the filters are tested on, each nearer to (1, 0) than the next.
func goods() []index.Entry {
	good := func(id string, angle, price float64, tags map[string][]string) index.Entry {
		e := entry(id, float32(math.Cos(angle)), float32(math.Sin(angle)))
		e.Tags, e.Words = tags, sparse(5, 1, ownTerm(id), 1)
		if price >= 0 {
			e.Numbers = map[string]float64{"price": price, "weight": price / 10}
		}
		return e
	}
	return []index.Entry{
		good("dress", 0.1, 30, map[string][]string{"color": {"red", "white"}, "size": {"S", "M"}, "brand": {"北极"}}),
		good("shirt", 0.2, 20, map[string][]string{"color": {"white"}, "size": {"M"}}),
		good("cap", 0.3, 0, map[string][]string{"color": {"black", "red", "red"}, "empty": {}, "blank": {""}}),
		good("bag", 0.4, 59.99, map[string][]string{"brand": {"北极", "Nike"}, "color": {}}),
		good("gift", 0.5, -1, nil),
	}
}

// ownTerm is a term of its own for each of the goods.
func ownTerm(id string) float32 { return float32(1000 + int(id[0])*10 + len(id)) }

var filterCases = []struct {
	name   string
	filter index.Filter
	want   []string // in the order of goods
}{
	{"none", index.Filter{}, []string{"dress", "shirt", "cap", "bag", "gift"}},
	{"any of one", index.Filter{anyOf("color", "red")}, []string{"dress", "cap"}},
	{"any of several", index.Filter{anyOf("color", "black", "white")}, []string{"dress", "shirt", "cap"}},
	{"any of, repeated", index.Filter{anyOf("color", "red", "red")}, []string{"dress", "cap"}},
	{"any of unknown value", index.Filter{anyOf("color", "green")}, nil},
	{"any of known and unknown", index.Filter{anyOf("brand", "Puma", "Nike")}, []string{"bag"}},
	{"any of unknown field", index.Filter{anyOf("colour", "red")}, nil},
	{"any of nothing", index.Filter{anyOf("color")}, nil},
	{"any of is not any prefix", index.Filter{anyOf("color", "re")}, nil},
	{"any of knows case", index.Filter{anyOf("color", "Red")}, nil},
	{"any of an empty value", index.Filter{anyOf("blank", "")}, []string{"cap"}},
	{"any of an empty value of another field", index.Filter{anyOf("empty", "")}, nil},
	{"any of a number's field", index.Filter{anyOf("price", "30")}, nil},
	{"chinese", index.Filter{anyOf("brand", "北极")}, []string{"dress", "bag"}},
	{"none of one", index.Filter{noneOf("color", "red")}, []string{"shirt", "bag", "gift"}},
	{"none of several", index.Filter{noneOf("color", "black", "white")}, []string{"bag", "gift"}},
	{"none of nothing", index.Filter{noneOf("color")}, []string{"dress", "shirt", "cap", "bag", "gift"}},
	{"none of unknown", index.Filter{noneOf("colour", "red")}, []string{"dress", "shirt", "cap", "bag", "gift"}},
	{"both", index.Filter{anyOf("color", "white", "red"), anyOf("size", "M")}, []string{"dress", "shirt"}},
	{"any and none of one field", index.Filter{anyOf("color", "red"), noneOf("color", "black")}, []string{"dress"}},
	{"all of one field", index.Filter{anyOf("color", "red"), anyOf("color", "white")}, []string{"dress"}},
	{"contradiction", index.Filter{anyOf("color", "red"), noneOf("color", "red")}, nil},
	{"order does not matter", index.Filter{noneOf("color", "black"), between("price", 0, 40), anyOf("color", "red")}, []string{"dress"}},
	{"at least", index.Filter{atLeast("price", 30)}, []string{"dress", "bag"}},
	{"at most", index.Filter{atMost("price", 20)}, []string{"shirt", "cap"}},
	{"between, inclusive", index.Filter{between("price", 20, 30)}, []string{"dress", "shirt"}},
	{"exactly", index.Filter{between("price", 59.99, 59.99)}, []string{"bag"}},
	{"zero", index.Filter{between("price", 0, 0)}, []string{"cap"}},
	{"empty range", index.Filter{between("price", 30, 20)}, nil},
	{"below all", index.Filter{atMost("price", -1)}, nil},
	{"range of unknown field", index.Filter{atLeast("cost", -1e300)}, nil},
	{"range of a tag's field", index.Filter{atLeast("color", -1e300)}, nil},
	{"everything with the number", index.Filter{atLeast("price", -1e300)}, []string{"dress", "shirt", "cap", "bag"}},
	{"two ranges", index.Filter{atLeast("price", 20), atMost("weight", 3)}, []string{"dress", "shirt"}},
	{"tags and range", index.Filter{anyOf("color", "red"), atMost("price", 29.99)}, []string{"cap"}},
}

func anyOf(field string, values ...string) index.Condition {
	return index.Condition{Field: field, AnyOf: append([]string{}, values...)}
}

func noneOf(field string, values ...string) index.Condition {
	return index.Condition{Field: field, NoneOf: append([]string{}, values...)}
}

func atLeast(field string, low float64) index.Condition {
	return index.Condition{Field: field, Min: &low}
}

func atMost(field string, high float64) index.Condition {
	return index.Condition{Field: field, Max: &high}
}

func between(field string, low, high float64) index.Condition {
	return index.Condition{Field: field, Min: &low, Max: &high}
}

func testFilters(s *shop) {
	s.put(goods()...)
	for _, c := range filterCases {
		s.Run(c.name, func(t *testing.T) {
			s := &shop{t, s.Index}
			q := with(near(1, 0), c.filter...)
			s.finds(q, c.want...)
			q.Limit = 1 // a filter comes before the limit
			s.finds(q, c.want[:min(1, len(c.want))]...)
		})
	}
}

func testWordFilters(s *shop) {
	s.put(goods()...)
	for _, c := range filterCases {
		s.Run(c.name, func(t *testing.T) {
			s := &shop{t, s.Index}
			if got := s.search(with(asking(5, 1), c.filter...)); len(got) != len(c.want) {
				s.Errorf("found %q, want the entries %q", ids(got), c.want)
			}
			for _, e := range goods() {
				var want []string
				if slices.Contains(c.want, e.ID) {
					want = []string{e.ID}
				}
				s.finds(with(asking(ownTerm(e.ID), 1), c.filter...), want...)
			}
		})
	}
}
