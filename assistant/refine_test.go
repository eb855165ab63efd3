package assistant

import (
	"slices"
	"testing"

	"honeyguide/assistant/intent"
	"honeyguide/catalog/query"
)

func price(n int64) *int64 { return &n }

// asked makes a request that names category and colors.
func asked(category string, colors ...string) query.Query {
	q := query.Query{Filters: query.Filters{Category: category, Colors: colors}}
	if category != "" {
		q.Mentions = append(q.Mentions, query.Mention{Field: query.Category, Value: category, Text: category})
	}
	for _, c := range colors {
		q.Mentions = append(q.Mentions, query.Mention{Field: query.Color, Value: c, Text: c})
	}
	return q
}

func TestRefineReplacesByField(t *testing.T) {
	before := asked("dresses", "red")
	before.Filters.PriceMax = price(5000)
	after := refine(before, asked("", "blue"))
	if got := after.Filters; got.Category != "dresses" || !slices.Equal(got.Colors, []string{"blue"}) || *got.PriceMax != 5000 {
		t.Errorf("%+v", got)
	}
	for _, m := range after.Mentions {
		if m.Value == "red" {
			t.Error("what was replaced still ranks")
		}
	}
	if !slices.Equal(before.Filters.Colors, []string{"red"}) || len(before.Mentions) != 2 {
		t.Error("the request before was changed")
	}
	least := query.Query{Filters: query.Filters{PriceMin: price(6000)}}
	if got := refine(before, least).Filters; got.PriceMax != nil || *got.PriceMin != 6000 {
		t.Error("a new price did not take the place of the one before")
	}
}

func TestRefineExcludes(t *testing.T) {
	not := query.Query{Not: query.Exclusions{Colors: []string{"red"}}}
	after := refine(asked("dresses", "red"), not)
	if len(after.Filters.Colors) != 0 || !slices.Equal(after.Not.Colors, []string{"red"}) {
		t.Errorf("not red: %+v %+v", after.Filters, after.Not)
	}
	again := refine(after, asked("", "red"))
	if len(again.Not.Colors) != 0 || !slices.Equal(again.Filters.Colors, []string{"red"}) {
		t.Errorf("red after all: %+v %+v", again.Filters, again.Not)
	}
	if !slices.Equal(after.Not.Colors, []string{"red"}) {
		t.Error("the request before was changed")
	}
}

func TestIsOther(t *testing.T) {
	for _, c := range []struct {
		before, now string
		other       bool
	}{{"dresses", "shoes", true}, {"shoes", "shoes.heels", false}, {"shoes.heels", "shoes", false}, {"shoes", "", false}, {"", "shoes", false}} {
		before, now := asked(c.before), asked(c.now)
		if got := isOther(&before, &now); got != c.other {
			t.Errorf("%q then %q: %v", c.before, c.now, got)
		}
	}
}

func TestPersonStays(t *testing.T) {
	q := asked("dresses", "red")
	q.Filters.Gender = "female"
	q.Mentions = append(q.Mentions, query.Mention{Field: query.Gender, Value: "female"})
	kept := person(q)
	if kept.Filters.Gender != "female" || kept.Filters.Category != "" || len(kept.Filters.Colors) != 0 || len(kept.Mentions) != 1 {
		t.Errorf("%+v", kept)
	}
}

func TestMemory(t *testing.T) {
	m := &Memory{}
	m.newTopic(intent.Search)
	m.showed([]string{"a", "b"})
	m.showed([]string{"b", "c"})
	if !slices.Equal(m.Seen, []string{"a", "b", "c"}) || m.Focus != "" {
		t.Errorf("seen %v, focus %q", m.Seen, m.Focus)
	}
	if m.showed([]string{"c"}); m.Focus != "c" {
		t.Error("the only product shown is what is talked about")
	}
	for i := range 2 * maxSeen {
		m.showed([]string{string(rune('A' + i))})
	}
	if len(m.Seen) != maxSeen {
		t.Errorf("%d seen", len(m.Seen))
	}
	if !m.may("gender") {
		t.Error("nothing was asked yet")
	}
	if m.posed("gender"); m.may("gender") || !m.may("size") {
		t.Error("a slot is asked for once")
	}
	if m.newTopic(intent.Gift); !m.may("gender") || len(m.Seen) != 0 {
		t.Error("another topic may ask it again")
	}
}

func TestEarlier(t *testing.T) {
	m := &Memory{}
	for _, category := range []string{"dresses", "shoes.heels", "bags"} {
		m.Search = &wish{Asked: asked(category)}
		m.leave()
	}
	for category, want := range map[string]string{"": "bags", "shoes": "shoes.heels", "dresses": "dresses"} {
		if got := m.earlier(category); got == nil || got.Asked.Filters.Category != want {
			t.Errorf("back to %q: %+v", category, got)
		}
	}
	if m.earlier("watches") != nil {
		t.Error("there was no such search")
	}
}
