package promotions

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/db"
	"honeyguide/packs"
)

const (
	mine   = "st_mine"
	theirs = "st_theirs"
)

// The packs never change: all tests share them.
var trade = sync.OnceValues(packs.Load)

func open(t testing.TB) *Promotions {
	t.Helper()
	d, err := db.Open(context.Background(), filepath.Join(t.TempDir(), "shop.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	for _, id := range []string{mine, theirs} {
		if _, err := d.ExecContext(context.Background(), `INSERT INTO stores (id, data, created_at) VALUES ($1, '{}', 0)`, id); err != nil {
			t.Fatal(err)
		}
	}
	known, err := trade()
	if err != nil {
		t.Fatal(err)
	}
	return Open(d, known)
}

func day(n int) *time.Time {
	t := time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC)
	return &t
}

func put(t testing.TB, ps *Promotions, all ...Promotion) {
	t.Helper()
	for _, p := range all {
		if p.Title == "" {
			p.Title = "Sale " + p.ID
		}
		if _, err := ps.Put(context.Background(), mine, p); err != nil {
			t.Fatal(err)
		}
	}
}

func ids(all []Promotion) string {
	var out []string
	for _, p := range all {
		out = append(out, p.ID)
	}
	return strings.Join(out, " ")
}

func TestPromotions(t *testing.T) {
	ps, ctx := open(t), context.Background()
	full := Promotion{ID: "双十一/1", Title: " 双十一  大促 ", Description: "满300减40\n不与其他优惠同享", Category: "tops", Percent: 20, Code: "D11",
		Minimum: &money.Money{Amount: 30000, Currency: "CNY"}, ValidFrom: day(1), ValidTo: day(11), ProductIDs: []string{"7", " 7", "", "9"},
		Translations: map[string]Words{"en-US": {Title: "Double 11", Description: "40 off 300"}, "fr": {Title: "Soldes"}}}
	kept, err := ps.Put(ctx, mine, full)
	if err != nil {
		t.Fatal(err)
	}
	if kept.Title != "双十一 大促" || !reflect.DeepEqual(kept.ProductIDs, []string{"7", "9"}) || kept.UpdatedAt.IsZero() {
		t.Errorf("kept %+v", kept)
	}
	got, err := ps.Get(ctx, mine, "双十一/1")
	if err != nil || !reflect.DeepEqual(got, kept) {
		t.Errorf("got %+v, %v", got, err)
	}
	for tag, want := range map[string]Words{"en": {"Double 11", "40 off 300"}, "en-GB": {"Double 11", "40 off 300"}, "zh-CN": {"双十一 大促", kept.Description}, "fr": {"Soldes", kept.Description}, "": {"双十一 大促", kept.Description}} {
		if title, description := got.In(tag); title != want.Title || description != want.Description {
			t.Errorf("in %q: %s, %s", tag, title, description)
		}
	}
	put(t, ps, Promotion{ID: "a"}, Promotion{ID: "b"}, Promotion{ID: "a", Percent: 5})
	if all, err := ps.List(ctx, mine, "a", 10); err != nil || ids(all) != "b 双十一/1" {
		t.Errorf("after a: %s, %v", ids(all), err)
	}
	if all, err := ps.List(ctx, mine, "", 1); err != nil || ids(all) != "a" || all[0].Percent != 5 || all[0].ProductIDs == nil || all[0].Translations == nil {
		t.Errorf("the first: %+v, %v", all, err)
	}
	if err := ps.Delete(ctx, mine, "a"); err != nil {
		t.Fatal(err)
	}
	if err := ps.Delete(ctx, mine, "a"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("delete twice: %v", err)
	}
}

func TestPromotionsOfAnotherStore(t *testing.T) {
	ps, ctx := open(t), context.Background()
	put(t, ps, Promotion{ID: "a"}, Promotion{ID: "later", ValidFrom: day(20)})
	if _, err := ps.Get(ctx, theirs, "a"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("get: %v", err)
	}
	if err := ps.Delete(ctx, theirs, "a"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("delete: %v", err)
	}
	if all, err := ps.List(ctx, theirs, "", 10); err != nil || len(all) != 0 {
		t.Errorf("list: %v, %v", all, err)
	}
	if all, err := ps.Current(ctx, theirs, *day(5), About{}); err != nil || len(all) != 0 {
		t.Errorf("current: %v, %v", all, err)
	}
	if _, ok, err := ps.Next(ctx, theirs, *day(5), About{}); err != nil || ok {
		t.Errorf("next: %v, %v", ok, err)
	}
	if _, err := ps.Put(ctx, theirs, Promotion{ID: "a", Title: "Theirs"}); err != nil {
		t.Fatal(err)
	}
	if got, err := ps.Get(ctx, mine, "a"); err != nil || got.Title != "Sale a" {
		t.Errorf("another store's put changed %+v, %v", got, err)
	}
}

func TestRefusals(t *testing.T) {
	ps := open(t)
	for _, c := range []struct {
		field  string
		change func(*Promotion)
	}{
		{"id", func(p *Promotion) { p.ID = "" }},
		{"id", func(p *Promotion) { p.ID = "a\x00" }},
		{"title", func(p *Promotion) { p.Title = "  " }},
		{"title", func(p *Promotion) { p.Title = strings.Repeat("促", maxTitle+1) }},
		{"title", func(p *Promotion) { p.Title = "\xff" }},
		{"description", func(p *Promotion) { p.Description = strings.Repeat("a", maxDescription+1) }},
		{"code", func(p *Promotion) { p.Code = strings.Repeat("a", maxCode+1) }},
		{"category", func(p *Promotion) { p.Category = "tops.spaceships" }},
		{"percent", func(p *Promotion) { p.Percent = -1 }},
		{"percent", func(p *Promotion) { p.Percent = 101 }},
		{"minimum.amount", func(p *Promotion) { p.Minimum = &money.Money{Currency: "USD"} }},
		{"minimum.currency", func(p *Promotion) { p.Minimum = &money.Money{Amount: 1, Currency: "dollars"} }},
		{"valid_to", func(p *Promotion) { p.ValidFrom, p.ValidTo = day(2), day(1) }},
		{"product_ids", func(p *Promotion) {
			for i := range maxProducts + 1 {
				p.ProductIDs = append(p.ProductIDs, fmt.Sprint(i))
			}
		}},
		{"product_ids[1]", func(p *Promotion) { p.ProductIDs = []string{"1", strings.Repeat("a", maxID+1)} }},
		{"translations", func(p *Promotion) { p.Translations = map[string]Words{"no language": {}} }},
		{"translations", func(p *Promotion) {
			p.Translations = map[string]Words{}
			for i := range maxTranslations + 1 {
				p.Translations[fmt.Sprintf("en-%03d", i)] = Words{}
			}
		}},
		{"translations.zh.title", func(p *Promotion) {
			p.Translations = map[string]Words{"zh": {Title: strings.Repeat("a", maxTitle+1)}}
		}},
		{"translations.zh.description", func(p *Promotion) {
			p.Translations = map[string]Words{"zh": {Description: strings.Repeat("a", maxDescription+1)}}
		}},
	} {
		p := Promotion{ID: "a", Title: "Sale"}
		c.change(&p)
		_, err := ps.Put(context.Background(), mine, p)
		var f *catalog.FieldError
		if !errors.As(err, &f) || f.Field != c.field || strings.Contains(f.Message, "%!") {
			t.Errorf("got %v, want a FieldError of %s", err, c.field)
		}
	}
	if all, err := ps.List(context.Background(), mine, "", 10); err != nil || len(all) != 0 {
		t.Errorf("refused promotions are kept: %v, %v", all, err)
	}
}

func TestMostPromotions(t *testing.T) {
	ps, ctx := open(t), context.Background()
	put(t, ps, Promotion{ID: "a"})
	// All but the first are one insert, which is quicker.
	_, err := ps.db.ExecContext(ctx, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO promotions (store_id, id, valid_from, valid_to, updated_at, data) SELECT $2, 'n' || i, 0, 0, 0, '{}' FROM n`, MaxPromotions-1, mine)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ps.Put(ctx, mine, Promotion{ID: "one more", Title: "Sale"}); !errors.Is(err, catalog.ErrInvalid) {
		t.Errorf("one more: %v", err)
	}
	put(t, ps, Promotion{ID: "a", Percent: 3})
	if _, err := ps.Put(ctx, theirs, Promotion{ID: "first", Title: "Sale"}); err != nil {
		t.Errorf("another store: %v", err)
	}
}

func TestCurrent(t *testing.T) {
	ps, ctx := open(t), context.Background()
	put(t, ps,
		Promotion{ID: "store", Percent: 5}, Promotion{ID: "store10", Percent: 10}, Promotion{ID: "clothes", Category: "tops"},
		Promotion{ID: "tees", Category: "tops.tshirts"}, Promotion{ID: "shoes", Category: "shoes"},
		Promotion{ID: "p7", ProductIDs: []string{"7", "8"}}, Promotion{ID: "p7tees", ProductIDs: []string{"7"}, Category: "tops.tshirts", Percent: 50},
		Promotion{ID: "over", ValidTo: day(4)}, Promotion{ID: "later", ValidFrom: day(20)}, Promotion{ID: "now", ValidFrom: day(5), ValidTo: day(5), Percent: 1})
	for _, c := range []struct {
		about About
		want  string
	}{
		{About{ProductID: "7", Category: "tops.tshirts"}, "p7tees p7 tees clothes store10 store now"},
		{About{ProductID: "9", Category: "tops.tshirts"}, "tees clothes store10 store now"},
		{About{ProductID: "9", Category: "tops.shirts"}, "clothes store10 store now"},
		{About{ProductID: "8"}, "p7 store10 store now"},
		{About{Category: "tops"}, "clothes p7tees tees store10 store now"},
		{About{Category: "tops.tshirts"}, "tees clothes p7tees store10 store now"},
		{About{Category: "bags"}, "store10 store now"},
		{About{}, "store10 store now clothes shoes tees p7tees p7"},
	} {
		if got, err := ps.Current(ctx, mine, *day(5), c.about); err != nil || ids(got) != c.want {
			t.Errorf("%+v: %s, %v, want %s", c.about, ids(got), err, c.want)
		}
	}
	for at, want := range map[time.Time]bool{day(5).Add(-1): false, *day(5): true, day(5).Add(time.Millisecond): false} {
		all, err := ps.Current(ctx, mine, at, About{Category: "bags"})
		if err != nil || strings.HasSuffix(ids(all), " now") != want {
			t.Errorf("at %v: %s, %v", at, ids(all), err)
		}
	}
}

func TestNext(t *testing.T) {
	ps, ctx := open(t), context.Background()
	put(t, ps, Promotion{ID: "now"}, Promotion{ID: "shoes", Category: "shoes", ValidFrom: day(7)}, Promotion{ID: "all", ValidFrom: day(11)},
		Promotion{ID: "christmas", ValidFrom: day(25)}, Promotion{ID: "p7", ProductIDs: []string{"7"}, ValidFrom: day(9)})
	for _, c := range []struct {
		on    int
		about About
		want  string
	}{
		{5, About{}, "shoes"}, {5, About{Category: "tops"}, "all"}, {5, About{ProductID: "7", Category: "tops"}, "p7"},
		{5, About{Category: "shoes.sneakers"}, "shoes"}, {7, About{Category: "shoes"}, "all"}, {11, About{}, "christmas"}, {25, About{}, ""},
	} {
		got, ok, err := ps.Next(ctx, mine, *day(c.on), c.about)
		if err != nil || ok != (c.want != "") || got.ID != c.want {
			t.Errorf("%+v: %s, %v, %v", c, got.ID, ok, err)
		}
	}
}

func BenchmarkCurrent(b *testing.B) {
	ps := open(b)
	for i := range 50 {
		put(b, ps, Promotion{ID: fmt.Sprint(i), Category: []string{"", "tops", "shoes"}[i%3]})
	}
	for b.Loop() {
		if _, err := ps.Current(context.Background(), mine, *day(5), About{Category: "tops.tshirts"}); err != nil {
			b.Fatal(err)
		}
	}
}
