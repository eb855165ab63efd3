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
)

func TestCompose(t *testing.T) {
	s := boutique()
	for _, c := range []struct {
		name, anchor string
		wish         Wish
		slots        string // of the first outfit, some of them
		never        string // a pattern of ids
	}{
		{"a woman's jeans", "w-jeans", Wish{}, "top shoes", "^[mk]-|w-jeans2"},
		{"a man's formal shirt", "m-shirt", Wish{}, "bottom shoes", "^[wk]-|m-tee|runners"},
		{"a child's T-shirt", "k-tee", Wish{}, "bottom shoes", "^[wmu]-"},
		{"a dress for a party", "w-dress", Wish{}, "shoes", "^[mk]-|sneakers|jeans"},
		{"jeans in winter", "w-jeans", Wish{Season: "winter"}, "top shoes outerwear scarf", "^[mk]-"},
		{"a man's jeans for the office", "m-jeans", Wish{Occasion: "office"}, "top shoes", "^[wk]-|m-tee|runners"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.wish.Subject = s.about(t, c.anchor)
			advice := s.compose(t, c.wish)
			if len(advice.Outfits) == 0 {
				t.Fatal(advice.Reason)
			}
			var slots []string
			for _, p := range advice.Outfits[0].Pieces {
				slots = append(slots, p.Slot)
			}
			for slot := range strings.FieldsSeq(c.slots) {
				if !slices.Contains(slots, slot) {
					t.Errorf("%v has no %s", slots, slot)
				}
			}
			for _, o := range advice.Outfits {
				for id := range strings.FieldsSeq(ids(o)) {
					if regexp.MustCompile(c.never).MatchString(id) {
						t.Errorf("%s in %s", id, ids(o))
					}
				}
			}
		})
	}
}

// A thing that anybody wears gets outfits for women and for men, never mixed.
func TestForWhom(t *testing.T) {
	s := boutique()
	genders := map[string]bool{}
	for _, o := range s.compose(t, Wish{Subject: s.about(t, "u-watch"), Limit: 4}).Outfits {
		genders[o.Anchor.Gender] = true
	}
	if !genders["male"] || !genders["female"] {
		t.Errorf("outfits for %v, want both", genders)
	}
	for _, o := range s.compose(t, Wish{Subject: s.about(t, "u-watch"), Gender: "male"}).Outfits {
		if strings.Contains(ids(o), "w-") {
			t.Errorf("%s for a man", ids(o))
		}
	}
}

func TestDifferentOutfits(t *testing.T) {
	s := boutique()
	for _, id := range []string{"m-shirt", "w-jeans", "w-tee", "m-jeans"} {
		outfits := s.compose(t, Wish{Subject: s.about(t, id)}).Outfits
		if len(outfits) < 2 {
			t.Errorf("%s: %d outfits", id, len(outfits))
		}
		for i, o := range outfits {
			for _, before := range outfits[:i] {
				shared := 0
				for piece := range strings.FieldsSeq(ids(o)) {
					if has(before, piece) {
						shared++
					}
				}
				if 2*shared >= len(o.Pieces) {
					t.Errorf("%s: %s is mostly %s", id, ids(o), ids(before))
				}
			}
		}
	}
}

// Shades of one thing are one thing: never the second outfit, nor beside the anchor.
func TestShades(t *testing.T) {
	s := products(`
		tee tops.tshirts white male casual 1000
		tee-red tops.tshirts red male casual 1000
		jeans bottoms.jeans blue male casual 3000
		jeans-black bottoms.jeans black male casual 3000
		shoes shoes.casual white male casual 3000
		shoes-grey shoes.casual grey male casual 3000`)
	for i := range s {
		s[i].ItemGroupID = strings.SplitN(s[i].ID, "-", 2)[0] + "-group"
	}
	if outfits := s.compose(t, Wish{Subject: s.about(t, "tee")}).Outfits; len(outfits) != 1 || strings.Contains(ids(outfits[0]), "tee") {
		t.Errorf("%d outfits, want one without a T-shirt", len(outfits))
	}
}

func TestBudget(t *testing.T) {
	s := boutique()
	free := s.compose(t, Wish{Subject: s.about(t, "m-shirt")}).Outfits[0].Total.Amount
	for _, budget := range []int64{free - 1, 15000, 9000, 8000, 5000, 2500, 900} {
		for _, o := range s.compose(t, Wish{Subject: s.about(t, "m-shirt"), BudgetMax: budget}).Outfits {
			if budget < 8000 && len(o.Missing) == 0 {
				t.Errorf("%s for %d within %d misses nothing", ids(o), o.Total.Amount, budget)
			}
			if i := slices.IndexFunc(o.Why, func(r catalog.Reason) bool { return r.Field == "budget_max" }); i < 0 {
				t.Errorf("no word of the budget in %v", o.Why)
			}
		}
	}
	subject := wordsOf("what goes with black jeans for men", "en")
	most := int64(6000)
	subject.Understood.Filters.PriceMax, subject.Understood.Filters.Gender = &most, "male"
	for _, o := range s.compose(t, Wish{Subject: subject}).Outfits {
		if o.Total.Amount > most {
			t.Errorf("%v, but the words allow 6000", o.Total)
		}
	}
}

func TestKeepAndExclude(t *testing.T) {
	s := boutique()
	first := s.compose(t, Wish{Subject: s.about(t, "m-shirt")}).Outfits[0]
	keep, swapped := map[string]catalog.Product{}, ""
	for _, p := range first.Pieces {
		if p.Slot == "shoes" {
			swapped = p.Product.ID
		} else {
			keep[p.Slot] = p.Product
		}
	}
	advice := s.compose(t, Wish{Subject: s.about(t, "m-shirt"), Keep: keep, Exclude: []string{swapped}})
	if len(advice.Outfits) == 0 {
		t.Fatal(advice.Reason)
	}
	for _, o := range advice.Outfits {
		for slot, p := range keep {
			if !slices.ContainsFunc(o.Pieces, func(piece Piece) bool { return piece.Slot == slot && piece.Product.ID == p.ID }) {
				t.Errorf("%s lost its %s %s", ids(o), slot, p.ID)
			}
		}
		if has(o, swapped) {
			t.Errorf("%s still has %s", ids(o), swapped)
		}
	}
	if !slices.ContainsFunc(advice.Outfits[0].Pieces, func(p Piece) bool { return p.Slot == "shoes" }) {
		t.Errorf("%s has no other shoes", ids(advice.Outfits[0]))
	}
}

func TestWords(t *testing.T) {
	s := boutique()
	for _, c := range []struct{ text, language, anchor, first string }{
		{"what goes with a navy blazer", "en", "outerwear.blazers", ""},
		{"what shoes go with a red dress?", "en", "dresses", "shoes"},
		{"我刚买了一双鞋，该配什么衣服？", "zh", "shoes", ""},
		{"红色连衣裙配什么包", "zh", "dresses", "bag"},
	} {
		advice := s.compose(t, Wish{Subject: wordsOf(c.text, c.language)})
		if advice.Anchor.Category != c.anchor || len(advice.Outfits) == 0 {
			t.Errorf("%s: %+v, %d outfits, %s", c.text, advice.Anchor, len(advice.Outfits), advice.Reason)
			continue
		}
		for _, o := range advice.Outfits {
			if c.first != "" && !slices.ContainsFunc(o.Pieces, func(p Piece) bool { return p.Slot == c.first }) {
				t.Errorf("%s: %s has no %s", c.text, ids(o), c.first)
			}
			if why := o.Pieces[0].Why[0].Text; regexp.MustCompile(`\p{Han}`).MatchString(why) != (c.language == "zh") {
				t.Errorf("%s is answered %q", c.text, why)
			}
		}
	}
}

func TestPhoto(t *testing.T) {
	s := boutique()
	subject := &catalog.Subject{Category: "dresses", Currency: "USD", Language: "en",
		Palette: []photo.Swatch{{Name: "red", Hex: "#c8202c", Share: 0.9}, {Name: "white", Hex: "#ffffff", Share: 0.1}}}
	advice := s.compose(t, Wish{Subject: subject})
	if len(advice.Outfits) == 0 || advice.Anchor.Kind != "photo" || !slices.Equal(advice.Anchor.Colors, []string{"red", "white"}) {
		t.Errorf("%+v: %s", advice.Anchor, advice.Reason)
	}
}

func TestNothing(t *testing.T) {
	empty := shelf{}
	for name, w := range map[string]Wish{
		"an empty store":      {Subject: boutique().about(t, "w-jeans")},
		"words about nothing": {Subject: wordsOf("hello there", "en")},
		"no set":              {Subject: wordsOf("what goes with a newborn rabbit", "en")},
		"beyond the budget":   {Subject: boutique().about(t, "w-jeans"), BudgetMax: 1},
	} {
		if advice := empty.compose(t, w); len(advice.Outfits) != 0 || advice.Reason == "" {
			t.Errorf("%s: %+v", name, advice)
		}
	}
	sold := boutique()
	for i := range sold {
		sold[i].Availability = catalog.OutOfStock
	}
	if advice := sold.compose(t, Wish{Subject: sold.about(t, "w-jeans")}); len(advice.Outfits) != 0 {
		t.Errorf("%s is sold out", ids(advice.Outfits[0]))
	}
}

func TestMissing(t *testing.T) {
	s := products(`
		tee tops.tshirts white male casual 1000
		jeans bottoms.jeans blue male casual 3000`)
	advice := s.compose(t, Wish{Subject: s.about(t, "tee")})
	if len(advice.Outfits) != 1 || !slices.Equal(advice.Outfits[0].Missing, []string{"shoes"}) {
		t.Errorf("%+v", advice)
	}
}

// Sets that nobody wears are filled by the same rules.
func TestOtherSets(t *testing.T) {
	s := products(`
		camera electronics.cameras black - - 89000
		lens electronics.lenses black - - 39000
		card electronics.memory-cards - - - 2900
		bag electronics.camera-bags grey - - 4900
		tripod electronics.tripods black - - 7900
		sofa furniture.sofas grey - - 99000
		table furniture.coffee-tables brown - - 19900
		rug home.rugs beige - - 14900
		lamp home.floor-lamps black - - 8900`)
	for anchor, want := range map[string]struct{ set, pieces string }{
		"camera": {"photo-kit", "card bag"},
		"sofa":   {"living-room", "table rug"},
	} {
		advice := s.compose(t, Wish{Subject: s.about(t, anchor)})
		if len(advice.Outfits) == 0 || advice.Outfits[0].Set != want.set {
			t.Fatalf("%s: %+v", anchor, advice)
		}
		for id := range strings.FieldsSeq(want.pieces) {
			if !has(advice.Outfits[0], id) {
				t.Errorf("%s: %s lacks %s", anchor, ids(advice.Outfits[0]), id)
			}
		}
	}
}

func TestWrongWishes(t *testing.T) {
	s := boutique()
	a := New(loaded(t))
	for field, w := range map[string]Wish{
		"limit":      {Limit: 7},
		"occasion":   {Occasion: "moonwalk"},
		"season":     {Season: "monsoon"},
		"gender":     {Gender: "robot"},
		"age_group":  {AgeGroup: "elves"},
		"set":        {Set: "spaceship"},
		"keep.wings": {Keep: map[string]catalog.Product{"wings": s[0]}},
		"budget_max": {BudgetMax: -1},
	} {
		w.Subject = s.about(t, "m-shirt")
		var fault *catalog.FieldError
		if _, err := a.Compose(context.Background(), s, "s", w); !errors.As(err, &fault) || fault.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	w := Wish{Subject: s.about(t, "m-shirt"), BudgetMax: 100, Keep: map[string]catalog.Product{"shoes": s.get(t, "m-shoes")}}
	var fault *catalog.FieldError
	if _, err := a.Compose(context.Background(), s, "s", w); !errors.As(err, &fault) || fault.Field != "budget_max" {
		t.Errorf("kept pieces above the budget: %v", err)
	}
}

// broken is a Finder that fails.
type broken struct{ error }

func (b broken) Candidates(context.Context, string, []catalog.Ask) ([][]catalog.Candidate, error) {
	return nil, b.error
}

func TestFinderFails(t *testing.T) {
	down := errors.New("down")
	if _, err := New(loaded(t)).Compose(context.Background(), broken{down}, "s", Wish{Subject: boutique().about(t, "w-jeans")}); !errors.Is(err, down) {
		t.Errorf("%v, want the finder's error", err)
	}
}
