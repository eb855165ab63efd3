package outfit

import (
	"slices"
	"strings"
	"testing"

	"honeyguide/catalog"
	"honeyguide/packs"
)

// TestSizesOfKinds advises the sizes of kinds of things, which no product stands for, by
// every table of the packs, for a body in the middle of each of its rows: the size that
// is advised is of that body, in both languages.
func TestSizesOfKinds(t *testing.T) {
	all := loaded(t)
	s := NewSizer(all)
	for _, pack := range all.All() {
		for i := range pack.Sizes {
			system := &pack.Sizes[i]
			t.Run(system.Key, func(t *testing.T) {
				used := false
				for _, category := range system.Take {
					for row := range system.Rows {
						used = checkKind(t, s, system, category, row) || used
					}
				}
				if !used && system.Key != "kids-letters" { // taken only for things that are labelled so
					t.Error("is used for nothing")
				}
			})
		}
	}
}

// checkKind advises a body of a row, and tells whether by this table.
func checkKind(t *testing.T, s *Sizer, system *packs.SizeSystem, category string, row int) (used bool) {
	b, locale := middleOf(system, row), "en"
	if err := b.Check(); err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(system.Key, "-cn") {
		locale = "zh-CN"
	}
	for _, language := range []string{"en", "zh"} {
		p := &catalog.Product{Title: s.packs.CategoryName(category, language), Category: category, Gender: system.Gender, Availability: catalog.InStock}
		if system.AgeGroup == "kids" {
			p.AgeGroup = "kids"
		}
		a := s.Advise(p, nil, b, locale, language)
		if a.Size == "" || a.Row == nil || !a.InStock || a.Confidence < .3 || slices.Contains(a.Missing, "gender") {
			t.Errorf("%s: %v is %+v\n%s", category, b.Measures, a, reasons(a))
			continue
		}
		used = a.Chart == system.Names.In(language)
		first := system.By[0]
		if span, ok := a.Row.Measures[first]; ok && used && (b.Measures[first] < span[0] || b.Measures[first] > span[1]) {
			t.Errorf("%s: %v is %s, of %v", category, b.Measures, a.Size, span)
		}
	}
	return used
}

// middleOf is a body in the middle of a table's row.
func middleOf(s *packs.SizeSystem, row int) Body {
	b := Body{Measures: map[string]float64{}, Gender: s.Gender}
	for m, span := range s.Rows[row].Measures {
		b.Measures[m] = (span[0] + span[1]) / 2
	}
	if d, ok := b.Measures["bust_difference"]; ok {
		delete(b.Measures, "bust_difference")
		b.Measures["chest"] = b.Measures["underbust"] + d
	}
	return b
}
