package catalog

import (
	"slices"
	"testing"

	"honeyguide/catalog/feed"
)

func TestFacetsFollowTheIndex(t *testing.T) {
	s := newShop(t)
	s.sync(table("1,Hat,5,Acme,red,in_stock", "2,Hat,5,ACME,blue,in_stock", "3,Hat,5,Kiln,navy,in_stock"), Full)
	brands := func() []string {
		return slices.Sorted(slices.Values(s.facets.find(s.store, tagBrand, func(string) bool { return true })))
	}
	check := func(when string, want ...string) {
		t.Helper()
		if got := brands(); !slices.Equal(got, want) {
			t.Errorf("%s the brands are %v, want %v", when, got, want)
		}
	}
	check("after a sync", "ACME", "Acme", "Kiln")
	if got := s.facets.of(s.store); got.counts[tagColor]["blue"] != 2 || len(got.products) != 3 {
		t.Errorf("counts %v", got.counts)
		got.mu.Unlock()
	} else {
		got.mu.Unlock()
	}
	s.apply([]Deletion{{ID: "1"}}, `{"id":"3","title":"Hat","price":"5 USD","brand":"Oakham"}`)
	check("after changes", "ACME", "Oakham")
	if v := s.facets.vocabulary(&Store{ID: s.store}); len(v.Understand("a Kiln hat").Filters.Brands) != 0 || len(v.Understand("an Oakham hat").Filters.Brands) != 1 {
		t.Error("buyers can name what is gone, or not what came")
	}
	s.restart()
	check("after a restart", "ACME", "Oakham")
}

func TestFingerprintsTellItemsApart(t *testing.T) {
	s := newShop(t)
	stamp := func(string) string { return "" }
	seen := map[string]int{}
	for i, it := range []feed.Item{
		{Title: "ab"}, {Title: "a", Description: "b"}, {Description: "ab"}, {Sizes: []string{"a", "b"}}, {Attributes: map[string]string{"a": "b"}},
		{Colors: []string{"a", "b"}}, {Colors: []string{"a"}, Sizes: []string{"b"}}, {Colors: []string{"ab"}}, {ImageLink: "a"},
		{AdditionalImageLinks: []string{"a"}}, {GroupID: "ab"},
	} {
		h := s.fingerprint(&it, stamp)
		if j, same := seen[h]; same {
			t.Errorf("items %d and %d look alike", i, j)
		}
		seen[h] = i
	}
	it := feed.Item{Title: "a", ImageLink: "1.jpg"}
	if s.fingerprint(&it, stamp) == s.fingerprint(&it, func(string) string { return "new" }) {
		t.Error("another picture under the same name is not seen")
	}
}
