package outfit

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/catalog/query"
	"honeyguide/packs"
)

var trade = sync.OnceValues(packs.Load)

// loaded returns the packs, which all tests share.
func loaded(t testing.TB) *packs.Packs {
	t.Helper()
	p, err := trade()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// shelf is a Finder over a list: first come, first found.
type shelf []catalog.Product

func (s shelf) Candidates(_ context.Context, _ string, asks []catalog.Ask) ([][]catalog.Candidate, error) {
	found := make([][]catalog.Candidate, len(asks))
	for i, ask := range asks {
		f, not := &ask.Filters, &ask.Not
		for _, p := range s {
			if p.Availability == catalog.InStock && packs.IsA(p.Category, f.Category) && len(found[i]) < ask.Limit &&
				(f.PriceMax == nil || p.Cost().Amount <= *f.PriceMax) &&
				(len(f.Colors) == 0 || slices.ContainsFunc(p.Colors, func(c string) bool { return slices.Contains(f.Colors, c) })) &&
				(f.AgeGroup == "" || p.AgeGroup == f.AgeGroup) && !slices.Contains(not.Seasons, p.Season) && !slices.Contains(not.Occasions, p.Occasion) &&
				!slices.Contains(not.Genders, p.Gender) && !slices.Contains(not.AgeGroups, p.AgeGroup) &&
				!slices.ContainsFunc(not.Categories, func(key string) bool { return packs.IsA(p.Category, key) }) {
				found[i] = append(found[i], catalog.Candidate{Product: p, Nearness: 0.5})
			}
		}
	}
	return found, nil
}

// product reads "id category colours gender occasion price", colours joined by +,
// - for nothing.
func product(line string) catalog.Product {
	f := strings.Fields(strings.ReplaceAll(line, " - ", " - "))
	blank := func(s string) string { return strings.ReplaceAll(strings.TrimPrefix(s, "-"), "_", " ") }
	var amount int64
	for _, d := range f[5] {
		amount = amount*10 + int64(d-'0')
	}
	p := catalog.Product{ID: f[0], Title: f[0] + " " + blank(f[1]), Category: f[1], Gender: blank(f[3]), AgeGroup: "adult", Occasion: blank(f[4]),
		Price: money.Money{Amount: amount, Currency: "USD"}, Availability: catalog.InStock, Colors: []string{}}
	if f[2] != "-" {
		p.Colors = strings.Split(blank(f[2]), "+")
	}
	return p
}

func products(lines string) shelf {
	var s shelf
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line != "" {
			s = append(s, product(line))
		}
	}
	return s
}

// boutique sells women's, men's and children's clothes.
func boutique() shelf {
	s := products(`
		w-tee tops.tshirts white female casual 1500
		w-tee2 tops.tshirts red female casual 1600
		w-blouse tops blue female casual 2900
		w-shirt tops.shirts white female formal 3500
		w-jeans bottoms.jeans blue female casual 4900
		w-jeans2 bottoms.jeans black female casual 5200
		w-skirt bottoms.skirts beige female casual 3300
		w-trousers bottoms.trousers grey female formal 4500
		w-sandals shoes.sandals brown female casual 2500
		w-heels shoes.heels black female party 5900
		w-heels2 shoes.heels silver female party 6900
		w-flats shoes.flats beige female casual 2700
		w-sneakers shoes.casual white female casual 3900
		w-bag bags.handbags brown female casual 4100
		w-clutch bags.clutches gold female party 3100
		w-earrings jewellery.earrings gold female party 1900
		w-necklace jewellery.necklaces silver female party 2100
		w-coat outerwear.coats navy_blue female casual 9900
		w-coat2 outerwear.coats grey female casual 11900
		w-scarf scarves grey female casual 1200
		w-dress dresses red female party 7900
		m-tee tops.tshirts white male casual 1400
		m-shirt tops.shirts light_blue male formal 3200
		m-shirt2 tops.shirts white male formal 3100
		m-jeans bottoms.jeans navy_blue male casual 4800
		m-jeans2 bottoms.jeans grey male casual 4700
		m-chinos bottoms.trousers beige male casual 3900
		m-trousers bottoms.trousers black male formal 4400
		m-trousers2 bottoms.trousers grey male formal 4600
		m-shoes shoes.formal black male formal 8900
		m-shoes2 shoes.formal brown male formal 8700
		m-sneakers shoes.casual white male casual 4200
		m-sneakers2 shoes.casual black male casual 4300
		m-runners shoes.sports grey male sports 5200
		m-tie ties red male formal 1900
		m-belt belts brown male formal 2200
		m-blazer outerwear.blazers navy_blue male formal 12900
		u-watch watches silver unisex casual 7900
		u-cap hats black unisex casual 1100
		k-tee tops.tshirts yellow male casual 900
		k-jeans bottoms.jeans blue male casual 1900
		k-shorts bottoms.shorts grey male casual 1500
		k-shoes shoes.casual white unisex casual 2100
		k-shoes2 shoes.sports blue unisex casual 2300`)
	for i := range s {
		if s[i].ID[0] == 'k' {
			s[i].AgeGroup = "kids"
		}
	}
	return s
}

func (s shelf) get(t testing.TB, id string) catalog.Product {
	t.Helper()
	for _, p := range s {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("no product %s", id)
	return catalog.Product{}
}

// about is the subject of a product on the shelf.
func (s shelf) about(t testing.TB, id string) *catalog.Subject {
	t.Helper()
	p := s.get(t, id)
	return &catalog.Subject{Product: &p, Category: p.Category, Currency: "USD", Language: "en"}
}

// wordsOf is the subject of words alone.
func wordsOf(text, language string) *catalog.Subject {
	return &catalog.Subject{Currency: "USD", Language: language, Understood: query.Query{Text: text, Language: language}}
}

// compose makes advice and checks what must hold of every outfit.
func (s shelf) compose(t testing.TB, w Wish) *Advice {
	t.Helper()
	advice, err := New(loaded(t)).Compose(context.Background(), s, "s", w)
	if err != nil {
		t.Fatal(err)
	}
	for n, o := range advice.Outfits {
		var total int64
		slots, genders := map[string]bool{}, map[string]bool{}
		for _, p := range o.Pieces {
			total += p.Product.Cost().Amount
			if slots[p.Slot] || p.Slot == o.Anchor.Slot || p.Score <= 0 || p.Score > 1 || len(p.Why) == 0 || p.Label == "" {
				t.Errorf("outfit %d: piece %+v", n, p)
			}
			slots[p.Slot], genders[p.Product.Gender] = true, true
			for _, why := range p.Why {
				if why.Field == "" || why.Text == "" || strings.Contains(why.Text, "%!") {
					t.Errorf("outfit %d: reason %+v", n, why)
				}
			}
			if w.Subject.Product != nil && p.Product.ID == w.Subject.Product.ID {
				t.Errorf("outfit %d sells the anchor again", n)
			}
		}
		if genders["male"] && genders["female"] {
			t.Errorf("outfit %d mixes women's and men's: %s", n, ids(o))
		}
		if total != o.Total.Amount || o.Total.Currency != "USD" || o.Score <= 0 || o.Score > 1 || len(o.Pieces) == 0 {
			t.Errorf("outfit %d: total %v of pieces for %d, score %v", n, o.Total, total, o.Score)
		}
		if w.BudgetMax > 0 && total > w.BudgetMax {
			t.Errorf("outfit %d costs %d of %d", n, total, w.BudgetMax)
		}
	}
	return advice
}

// ids are an outfit's pieces, in their order.
func ids(o Outfit) string {
	var list []string
	for _, p := range o.Pieces {
		list = append(list, p.Product.ID)
	}
	return strings.Join(list, " ")
}

func has(o Outfit, id string) bool { return slices.Contains(strings.Fields(ids(o)), id) }
