package outfit

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"honeyguide/catalog"
	"honeyguide/embed/photo"
	"honeyguide/packs"
)

// in marks the seasons of products.
func (s shelf) in(season string, ids ...string) shelf {
	for i := range s {
		if slices.Contains(ids, s[i].ID) {
			s[i].Season = season
		}
	}
	return s
}

// piece is an outfit's piece for a slot, or nil.
func (o *Outfit) piece(slot string) *Piece {
	for i := range o.Pieces {
		if o.Pieces[i].Slot == slot {
			return &o.Pieces[i]
		}
	}
	return nil
}

// never fails for each piece whose id matches.
func never(t *testing.T, advice *Advice, pattern string) {
	t.Helper()
	if len(advice.Outfits) == 0 {
		t.Fatal(advice.Reason)
	}
	for _, o := range advice.Outfits {
		for id := range strings.FieldsSeq(ids(o)) {
			if regexp.MustCompile(pattern).MatchString(id) {
				t.Errorf("%s in %s", id, ids(o))
			}
		}
	}
}

func reason(p *Piece, field string) string {
	for _, r := range p.Why {
		if r.Field == field {
			return r.Text
		}
	}
	return ""
}

// A season that is asked for keeps out the things of the other half of the year.
func TestSeason(t *testing.T) {
	s := boutique().in("summer", "w-tee", "w-tee2", "w-sandals", "m-tee").in("winter", "w-coat", "w-blouse")
	never(t, s.compose(t, Wish{Subject: s.about(t, "w-skirt"), Season: "winter"}), "^w-(tee|tee2|sandals)$")
	never(t, s.compose(t, Wish{Subject: s.about(t, "w-skirt"), Season: "summer"}), "^w-(coat|blouse)$")

	few := products(`
		skirt bottoms.skirts black female casual 3000
		tee tops.tshirts white female casual 1500
		boots shoes.boots black female casual 6000`).in("summer", "tee")
	for language, want := range map[string]string{"en": "For summer: there is nothing for winter here that fits", "zh": "这件是夏季款，店里暂无合适的冬季款"} {
		advice := few.compose(t, Wish{Subject: few.about(t, "skirt"), Season: "winter", Language: language})
		if top := advice.Outfits[0].piece("top"); top == nil || reason(top, "season") != want {
			t.Errorf("%+v, want the T-shirt and %q", advice.Outfits[0].Pieces, want)
		}
		if text := reason(few.compose(t, Wish{Subject: few.about(t, "skirt"), Language: language}).Outfits[0].piece("top"), "season"); text != "" {
			t.Errorf("nobody asked for a season: %q", text)
		}
	}
}

// A child's thing gets no adult's, nor what nobody said an age of.
func TestChild(t *testing.T) {
	s := append(boutique(), product("trousers bottoms.trousers blue male casual 2900"), product("jeans bottoms.jeans blue male casual 1900"))
	s[len(s)-2].AgeGroup, s[len(s)-1].AgeGroup = "", ""
	subject := s.about(t, "k-tee")
	subject.Understood.Text, subject.Language = "下面配什么裤子", "zh"
	advice := s.compose(t, Wish{Subject: subject})
	never(t, advice, "^[^k]")
	for _, o := range advice.Outfits {
		bottom := o.piece("bottom")
		if bottom == nil || reason(bottom, "category") == "" {
			t.Errorf("%s: want trousers of some other kind, and that said", ids(o))
		}
	}
}

// What the words ask for is in every outfit, or said to be missing.
func TestAskedSlot(t *testing.T) {
	s := boutique()
	for _, c := range []struct{ anchor, text, slot, category string }{
		{"m-sneakers", "配什么裤子合适", "bottom", "bottoms.trousers"},
		{"w-dress", "which shoes?", "shoes", "shoes"},
		{"w-jeans", "a bag to go with it", "bag", "bags"},
		{"m-shirt", "I need a belt", "belt", "belts"},
	} {
		subject := s.about(t, c.anchor)
		subject.Understood.Text = c.text
		outfits := s.compose(t, Wish{Subject: subject}).Outfits
		if len(outfits) == 0 {
			t.Errorf("%s: no outfit", c.text)
		}
		for _, o := range outfits {
			if p := o.piece(c.slot); p == nil || !packs.IsA(p.Product.Category, c.category) {
				t.Errorf("%s: %s has no %s", c.text, ids(o), c.category)
			}
		}
	}
	bagless := slices.DeleteFunc(boutique(), func(p catalog.Product) bool { return packs.IsA(p.Category, "bags") })
	subject := bagless.about(t, "w-jeans")
	subject.Understood.Text, subject.Language = "配什么包", "zh"
	o := bagless.compose(t, Wish{Subject: subject}).Outfits[0]
	if !slices.Equal(o.Missing, []string{"bag"}) || !slices.Equal(o.MissingLabels, []string{"包"}) {
		t.Errorf("missing %v, %v", o.Missing, o.MissingLabels)
	}
	if i := slices.IndexFunc(o.Why, func(r catalog.Reason) bool { return r.Field == "missing" && strings.Contains(r.Text, "包") }); i < 0 {
		t.Errorf("%v does not say so", o.Why)
	}
}

// An occasion that nothing here is made for leaves what comes nearest.
func TestOccasionIsSoft(t *testing.T) {
	s := products(`
		dress dresses black female - 8000
		pumps shoes.heels black female formal 5900
		clutch bags.clutches gold female formal 3100`)
	advice := s.compose(t, Wish{Subject: s.about(t, "dress"), Occasion: "gym"})
	if len(advice.Outfits) == 0 {
		t.Fatal(advice.Reason)
	}
	shoes := advice.Outfits[0].piece("shoes")
	if shoes == nil || reason(shoes, "occasion") != "Not made for this occasion (sports), but the nearest in stock" {
		t.Errorf("%+v", advice.Outfits[0].Pieces)
	}
	for _, o := range boutique().compose(t, Wish{Subject: boutique().about(t, "w-dress"), Occasion: "wedding"}).Outfits {
		for _, p := range o.Pieces {
			if strings.HasPrefix(reason(&p, "occasion"), "Not made") {
				t.Errorf("%s, though there are things for a party", p.Product.ID)
			}
		}
	}
}

// What a photo shows has its place, and what it takes the place of is left out.
func TestPhotoTakesItsPlace(t *testing.T) {
	s := boutique()
	for category, out := range map[string]string{"bottoms.skirts": "bottom dress suit", "dresses": "dress top bottom suit", "tops.shirts": "top dress"} {
		for _, text := range []string{"what goes with it?", "which shoes?", "a bag to go with this"} {
			subject := &catalog.Subject{Category: category, Currency: "USD", Language: "en", Palette: []photo.Swatch{{Name: "red", Hex: "#c8202c", Share: 1}}}
			subject.Understood.Text = text
			advice := s.compose(t, Wish{Subject: subject, Gender: "female"})
			if len(advice.Outfits) == 0 || advice.Anchor.Category != category {
				t.Errorf("%s, %s: %+v", category, text, advice)
			}
			for _, o := range advice.Outfits {
				for slot := range strings.FieldsSeq(out) {
					if p := o.piece(slot); p != nil {
						t.Errorf("%s beside %s", p.Product.ID, category)
					}
				}
			}
		}
	}
}

func TestManners(t *testing.T) {
	s := append(boutique(), products(`
		m-joggers bottoms.track grey male sports 3500
		m-shorts bottoms.shorts black male sports 2500
		m-jersey tops.tshirts blue male sports 2200
		m-suit sets.business navy_blue male formal 39900
		m-white shoes.casual white male smart_casual 6000`)...)
	never(t, s.compose(t, Wish{Subject: s.about(t, "m-runners")}), "jeans|chinos|trousers|shirt|belt|tie")
	never(t, s.compose(t, Wish{Subject: s.about(t, "m-joggers")}), "m-shoes|belt|tie|blazer")
	never(t, s.compose(t, Wish{Subject: s.about(t, "m-suit")}), "sneakers|runners|jersey|m-tee")
	never(t, s.compose(t, Wish{Subject: s.about(t, "m-blazer")}), "sneakers|runners|jersey|m-tee|jeans")
	never(t, s.compose(t, Wish{Subject: s.about(t, "m-jeans")}), "runners|joggers|m-shorts")

	few := products(`
		blazer outerwear.blazers black male formal 9900
		plaid tops.shirts white male casual 1500
		trousers bottoms.trousers black male formal 4900
		brogues shoes.formal black male formal 8900`)
	if top := few.compose(t, Wish{Subject: few.about(t, "blazer")}).Outfits[0].piece("top"); top == nil || reason(top, "formality") == "" {
		t.Errorf("want the everyday shirt, and that said: %+v", top)
	}
}

// One piece is another, and the rest is what it was.
func TestSwap(t *testing.T) {
	s := boutique()
	first := s.compose(t, Wish{Subject: s.about(t, "m-shirt")}).Outfits[0]
	for _, gone := range first.Pieces {
		w := Wish{Subject: s.about(t, "m-shirt"), Keep: map[string]catalog.Product{}, Swap: []string{gone.Slot}, Exclude: []string{gone.Product.ID}}
		for _, p := range first.Pieces {
			if p.Slot != gone.Slot {
				w.Keep[p.Slot] = p.Product
			}
		}
		seen := map[string]bool{gone.Product.ID: true}
		for _, o := range s.compose(t, w).Outfits {
			if len(o.Pieces) != len(first.Pieces) {
				t.Errorf("%s: %s after %s", gone.Slot, ids(o), ids(first))
			}
			for slot, p := range w.Keep {
				if piece := o.piece(slot); piece == nil || piece.Product.ID != p.ID {
					t.Errorf("%s: %s lost %s", gone.Slot, ids(o), p.ID)
				}
			}
			if p := o.piece(gone.Slot); p == nil || seen[p.Product.ID] {
				t.Errorf("%s: %s after %s", gone.Slot, ids(o), ids(first))
			} else {
				seen[p.Product.ID] = true
			}
		}
		if gone.Slot == "shoes" && len(seen) < 2 {
			t.Error("no other shoes")
		}
		w.BudgetMax = first.Total.Amount - gone.Product.Cost().Amount + 1
		if outfits := s.compose(t, w).Outfits; len(outfits) > 0 {
			t.Errorf("%s for %v, within %d", ids(outfits[0]), outfits[0].Total, w.BudgetMax)
		}
	}
}

// Pieces stay even where nobody would have put them together; without another one
// there is no outfit.
func TestSwapExactly(t *testing.T) {
	s := boutique()
	w := Wish{Subject: s.about(t, "m-shirt"), Keep: map[string]catalog.Product{"bottom": s.get(t, "k-shorts")}, Swap: []string{"shoes"}}
	for _, o := range s.compose(t, w).Outfits {
		if !has(o, "k-shorts") || len(o.Pieces) != 2 {
			t.Errorf("%s, want the shorts and shoes", ids(o))
		}
	}
	for _, p := range s {
		if packs.IsA(p.Category, "shoes") {
			w.Exclude = append(w.Exclude, p.ID)
		}
	}
	if advice := s.compose(t, w); len(advice.Outfits) != 0 || advice.Reason == "" {
		t.Errorf("%+v, but no shoes are left", advice)
	}
	for _, wrong := range []string{"wings", "bottom"} {
		w.Swap = []string{wrong}
		var fault *catalog.FieldError
		if _, err := New(loaded(t)).Compose(context.Background(), s, "s", w); !errors.As(err, &fault) || fault.Field != "swap" {
			t.Errorf("swap %s: %v", wrong, err)
		}
	}
}

// Shades of what is not wanted come only where there is nothing else.
func TestExcludedShades(t *testing.T) {
	s := products(`
		tee tops.tshirts white male casual 1000
		chinos bottoms.trousers beige male casual 3000
		chinos-red bottoms.trousers burgundy male casual 3000
		cords bottoms.trousers green male casual 3300
		shoes shoes.casual white male casual 3000`)
	for i := range s {
		s[i].ItemGroupID = strings.SplitN(s[i].ID, "-", 2)[0] + "-group"
	}
	never(t, s.compose(t, Wish{Subject: s.about(t, "tee"), Exclude: []string{"chinos"}}), "chinos")
	if o := s.compose(t, Wish{Subject: s.about(t, "tee"), Exclude: []string{"chinos", "cords"}}).Outfits[0]; !has(o, "chinos-red") {
		t.Errorf("%s, want the red ones: there is nothing else", ids(o))
	}
}

// Where the store has other shoes, each outfit has its own; where it has not, none
// pretends that there are none.
func TestKeyPieces(t *testing.T) {
	s := boutique()
	for _, anchor := range []string{"w-jeans", "w-tee", "m-jeans", "u-watch", "u-cap"} {
		seen := map[string]bool{}
		for _, o := range s.compose(t, Wish{Subject: s.about(t, anchor)}).Outfits {
			shoes := o.piece("shoes")
			if shoes == nil || seen[shoes.Product.ID] {
				t.Errorf("%s: %s, after %v", anchor, ids(o), seen)
				continue
			}
			seen[shoes.Product.ID] = true
		}
	}
	one := slices.DeleteFunc(boutique(), func(p catalog.Product) bool {
		return packs.IsA(p.Category, "shoes") && p.AgeGroup == "adult" && p.ID != "m-sneakers"
	})
	for _, o := range one.compose(t, Wish{Subject: one.about(t, "m-tee")}).Outfits {
		if slices.Contains(o.Missing, "shoes") {
			t.Errorf("%s: the sneakers are here", ids(o))
		}
	}
}
