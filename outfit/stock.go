package outfit

import (
	"context"
	"math"
	"slices"

	"honeyguide/catalog"
	"honeyguide/packs"
)

// How many candidates are asked of a slot's categories, the best bound first; fewer
// of a slot that goes little with the anchor or that no plan needs.
var (
	depths    = []int{10, 5, 4}
	fewDepths = []int{6, 3}
)

// neutrals are colours that go with anything, asked for beside what lies nearest:
// else all candidates would have the anchor's own colour.
var neutrals = []string{"black", "white", "navy blue", "grey", "beige", "brown", "tan", "silver", "gold"}

const (
	neutralDepth = 6
	restDepth    = 8
	enough       = 4 // options of a slot below which the store is asked for whatever else it has for it
)

// stock fills all open slots from the store: from the categories that go best with
// the anchor, and where that brings little, from all that the slot takes. Only a slot
// that stays empty takes what is against a wish.
func (a *Advisor) stock(ctx context.Context, f Finder, storeID string, r *request, frame *frame) error {
	fewest := math.MaxInt
	for _, plan := range frame.plans {
		fewest = min(fewest, max(1, len(plan.Need)))
	}
	frame.limit(r)
	barred := &barring{ids: map[string]bool{}, groups: map[string]bool{}}
	for _, id := range r.Exclude {
		barred.ids[id] = true
	}
	if r.thing.product != nil {
		barred.ids[r.thing.product.ID] = true
	}
	open := make([]*slot, 0, len(frame.order))
	for _, key := range frame.order {
		s := frame.slots[key]
		if p, ok := r.Keep[key]; ok {
			o := option{thing: a.thingOf(&p), bond: a.bondOf(r.thing.category, p.Category, a.learned.advised(r.thing.category, r.mood.gender, r.mood.occasion), r.mood), slot: s, kept: true}
			o.rate(r)
			s.options = []option{o}
			continue
		}
		open = append(open, s)
	}
	cheap := r.budget / int64(fewest)
	if err := a.ask(ctx, f, storeID, r, open, barred, func(s *slot) []catalog.Ask { return s.asks(r, cheap) }); err != nil {
		return err
	}
	few := slices.DeleteFunc(slices.Clone(open), func(s *slot) bool { return len(s.options) >= enough })
	if err := a.ask(ctx, f, storeID, r, few, barred, func(s *slot) []catalog.Ask { return s.rest(r) }); err != nil {
		return err
	}
	for _, s := range open {
		s.settle(barred)
	}
	return nil
}

// barring is what is not to be shown, and its shades, which are shown only where
// there is nothing else.
type barring struct{ ids, groups map[string]bool }

// ask puts the questions of several slots at once.
func (a *Advisor) ask(ctx context.Context, f Finder, storeID string, r *request, slots []*slot, barred *barring, of func(*slot) []catalog.Ask) error {
	var asks []catalog.Ask
	ends := make([]int, len(slots))
	for i, s := range slots {
		asks = append(asks, of(s)...)
		ends[i] = len(asks)
	}
	if len(asks) == 0 {
		return nil
	}
	found, err := f.Candidates(ctx, storeID, asks)
	if err != nil {
		return err
	}
	from := 0
	for i, s := range slots {
		a.take(s, r, found[from:ends[i]], barred)
		from = ends[i]
	}
	return nil
}

// asks are the questions that fill a slot's options. cheap bounds a second
// helping for tight budgets, 0: none.
func (s *slot) asks(r *request, cheap int64) []catalog.Ask {
	var asks []catalog.Ask
	add := func(category string, limit int, most int64) *catalog.Ask {
		asks = append(asks, r.strictly(r.ask(category, limit, most)))
		return &asks[len(asks)-1]
	}
	depths := depths
	if !s.wanted && (!s.needed || s.bonds[0].strength < mayFrom) {
		depths = fewDepths
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
	return asks
}

// rest are the questions for whatever else the store has for a slot; for one that is
// empty, also of the other half of the year, and what is made for sport.
func (s *slot) rest(r *request) []catalog.Ask {
	var asks []catalog.Ask
	for _, take := range s.takes {
		ask := r.ask(take, restDepth, r.budget)
		asks = append(asks, r.strictly(ask))
		if len(s.options) == 0 {
			asks = append(asks, ask)
		}
	}
	return asks
}

// strictly leaves out of a question what only a slot takes that would stay empty: the
// things of another season than the one asked for, and running shoes with what nobody
// runs in.
func (r *request) strictly(ask catalog.Ask) catalog.Ask {
	ask.Not.Seasons = r.mood.against()
	if r.mood.occasion != "sports" && under(ask.Filters.Category, trained) {
		ask.Not.Occasions = []string{"sports"}
	}
	return ask
}

// ask asks for products of a category that may be worn with the anchor, up to a
// price; 0: any.
func (r *request) ask(category string, limit int, most int64) catalog.Ask {
	ask := catalog.Ask{Toward: r.thing.toward, Limit: limit}
	ask.Filters.Category = category
	if most > 0 {
		ask.Filters.PriceMax = &most
	}
	if slices.Contains(children, r.thing.ageGroup) {
		ask.Filters.AgeGroup = r.thing.ageGroup
	}
	ask.Not.Genders, ask.Not.AgeGroups = r.mood.others()
	ask.Not.Categories = beside(category)
	return ask
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
	if slices.Contains(children, m.ageGroup) {
		return genders, []string{"adult"}
	}
	return genders, children
}

// take makes candidates the slot's options, each product once, without the
// anchor and its shades. What is against a wish stands aside, in case there is
// nothing else.
func (a *Advisor) take(s *slot, r *request, found [][]catalog.Candidate, barred *barring) {
	bonds := map[string]bond{}
	for _, b := range s.spare {
		bonds[b.category] = b
	}
	for _, b := range s.bonds {
		bonds[b.category] = b
	}
	seen := map[string]bool{}
	for _, o := range slices.Concat(s.options, s.strained) {
		seen[o.product.ID] = true
	}
	for _, candidates := range found {
		for n := range candidates {
			p := &candidates[n].Product
			b, ok := bonds[p.Category]
			if seen[p.ID] || !ok {
				continue
			}
			seen[p.ID] = true
			o := option{thing: a.thingOf(p), bond: b, nearest: candidates[n].Nearness, slot: s}
			switch {
			case barred.ids[p.ID]:
				barred.groups[o.group] = true
			case o.group == r.thing.group || !o.rate(r):
			default:
				s.add(r, o)
			}
		}
	}
}

// add puts an option to the slot's, or aside where it is against a wish.
func (s *slot) add(r *request, o option) {
	switch {
	case !slices.ContainsFunc(s.bonds, func(b bond) bool { return b.category == o.category }):
		o.strain = otherKind
	case slices.Contains(r.mood.against(), o.season):
		o.strain = otherSeason
	case r.thing.suit() && occasionAccord(r.thing.occasion, o.occasion) < suitAccord:
		o.strain = otherManners
	}
	if o.strain == "" {
		s.options = append(s.options, o)
	} else {
		s.strained = append(s.strained, o)
	}
}

// settle takes what is against a wish where a slot has nothing else, and leaves out
// the shades of what is barred where it has.
func (s *slot) settle(barred *barring) {
	if len(s.options) == 0 {
		s.options = s.strained
	}
	others := slices.DeleteFunc(slices.Clone(s.options), func(o option) bool { return barred.groups[o.group] })
	if len(others) > 0 {
		s.options = others
	}
}
