package outfit

import (
	"cmp"
	"math"
	"slices"

	"honeyguide/catalog"
	"honeyguide/packs"
)

// option is a product that may fill a slot.
type option struct {
	thing
	bond    bond
	value   float64 // 0 to 1: how well it goes with the anchor
	accord  accord  // of its colour and the anchor's
	slot    *slot
	number  int // among all options of a search
	nearest float64
}

// What makes a piece good beside the anchor, in shares of 1. Looks weigh little:
// a picture of another kind of thing is near mostly by its colour, which is
// judged already.
const (
	weightColor    = 0.40
	weightManners  = 0.34
	weightSeason   = 0.10
	weightPattern  = 0.10
	weightNearness = 0.06

	// unbound is the value of a piece whose category nothing joins to the anchor's,
	// in shares of one that everybody would take.
	unbound = 0.35

	// unisexShare is what a thing for everybody is worth beside one for the buyer's gender.
	unisexShare = 0.75

	// ill is how badly a piece may agree in occasion and formality.
	ill = 0.2
)

// rate says how well an option goes with the anchor, and false where its manners
// forbid it: no trainers with a dinner jacket, however well their colours agree.
func (o *option) rate(r *request) bool {
	color, kind := r.thing.palette.harmony(o.palette)
	o.accord = kind
	pattern := 1.0
	if o.loud && r.thing.loud {
		pattern = 0.2
	}
	agree := manners(&r.thing, &o.thing)
	ok := agree >= ill
	if r.mood.occasion != r.thing.occasion { // what is asked for counts more than what is had
		asked := occasionAccord(r.mood.occasion, o.occasion)
		if level, known := dressed(o.category, o.occasion); known && r.mood.occasion == "formal" {
			asked *= min(1, 0.4+level)
		}
		agree, ok = (agree+2*asked)/3, asked >= ill
	}
	if o.gender == "unisex" && r.mood.gender != "" {
		agree *= unisexShare
	}
	near := max(0, min(1, o.nearest))
	quality := weightColor*color + weightManners*agree + weightSeason*seasonAccord(cmp.Or(r.mood.season, r.thing.season), o.season) +
		weightPattern*pattern + weightNearness*near
	o.value = (unbound + (1-unbound)*o.bond.strength) * quality
	return ok
}

// What two pieces lose beside each other at most, each for its own fault.
const (
	lossColor   = 0.12
	lossManners = 0.14
	lossPattern = 0.12
	lossOdds    = 0.06
)

// loss is what two pieces of one outfit take from its value: 0 where nothing
// speaks against them. Two of one thing are impossible: infinite.
func (a *Advisor) loss(x, y *option) float64 {
	if x.group == y.group || x.product.ID == y.product.ID {
		return math.Inf(1)
	}
	color, _ := x.palette.harmony(y.palette)
	loss := lossColor*max(0, 0.9-color) + lossManners*max(0, 0.95-manners(&x.thing, &y.thing))
	if x.loud && y.loud {
		loss += lossPattern
	}
	if odds := a.learned.odds(x.category, y.category); odds < 0 {
		loss += lossOdds * min(1, -odds/2)
	}
	if genders := x.gender + y.gender; genders == "malefemale" || genders == "femalemale" {
		return math.Inf(1)
	}
	return loss
}

// How many candidates are asked of a slot's categories, the best bound first.
var depths = []int{10, 5, 4}

// neutrals are colours that go with anything, asked for beside what lies nearest:
// else all candidates would have the anchor's own colour.
var neutrals = []string{"black", "white", "navy blue", "grey", "beige", "brown", "tan", "silver", "gold"}

const (
	neutralDepth = 6
	restDepth    = 5
)

// asks are the questions that fill a slot's options. cheap bounds a second
// helping for tight budgets, 0: none.
func (s *slot) asks(r *request, cheap int64) []catalog.Ask {
	var asks []catalog.Ask
	add := func(category string, limit int, most int64) *catalog.Ask {
		ask := catalog.Ask{Vector: r.thing.vector, Limit: limit}
		ask.Filters.Category = category
		if most > 0 {
			ask.Filters.PriceMax = &most
		}
		ask.Not.Genders, ask.Not.AgeGroups = r.mood.others()
		ask.Not.Categories = beside(category)
		asks = append(asks, ask)
		return &asks[len(asks)-1]
	}
	for i, b := range s.bonds[:min(len(depths), len(s.bonds))] {
		own := add(b.category, depths[i], r.budget)
		own.Not.Categories = append(own.Not.Categories, s.finer(b.category)...)
		if len(own.Not.Genders) > 0 { // first what is made for the buyer, not for everybody
			own.Not.Genders = append(own.Not.Genders, "unisex")
		}
		if i == 0 {
			add(b.category, neutralDepth, r.budget).Filters.Colors = neutrals
		}
		if cheap > 0 && i < 2 {
			add(b.category, neutralDepth, cheap)
		}
	}
	for _, take := range s.takes { // whatever else the store has for this place
		add(take, restDepth, r.budget)
	}
	return asks
}

// finer are a slot's categories below one: each is asked for by itself.
func (s *slot) finer(category string) []string {
	var keys []string
	for _, b := range s.bonds {
		if b.category != category && packs.IsA(b.category, category) {
			keys = append(keys, b.category)
		}
	}
	return keys
}

// beside are the categories that stand aside of a kind and are not asked for with it.
func beside(category string) []string {
	return slices.DeleteFunc(slices.Clone(aside), func(key string) bool { return key == category || !packs.IsA(key, category) })
}

// others are the genders and age groups that do not belong to a mood. Where
// nobody said that it is for a child, it is for an adult.
func (m mood) others() (genders, ages []string) {
	switch m.gender {
	case "male":
		genders = []string{"female"}
	case "female":
		genders = []string{"male"}
	}
	for _, child := range children {
		if m.ageGroup == child {
			return genders, []string{"adult"}
		}
	}
	return genders, children
}

// take makes candidates the slot's options, each product once, without the
// anchor and its shades.
func (a *Advisor) take(s *slot, r *request, found [][]catalog.Candidate, barred map[string]bool) {
	seen, bonds := map[string]bool{}, map[string]bond{}
	for _, b := range s.bonds {
		bonds[b.category] = b
	}
	for _, candidates := range found {
		for n := range candidates {
			p := &candidates[n].Product
			if seen[p.ID] || barred[p.ID] {
				continue
			}
			seen[p.ID] = true
			b, ok := bonds[p.Category]
			if !ok {
				continue
			}
			o := option{thing: a.thingOf(p), bond: b, nearest: candidates[n].Nearness, slot: s}
			if o.group == r.thing.group {
				continue
			}
			if o.rate(r) {
				s.options = append(s.options, o)
			}
		}
	}
}
