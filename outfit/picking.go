package outfit

import (
	"cmp"
	"math"
	"slices"

	"honeyguide/packs"
)

const (
	// What makes the second outfit another one: a piece shown before counts less,
	// and so do its category and its colour in the same place.
	shownLoss    = 0.75
	againOver    = 0.15 // what a needed piece that is shown again, there being no other, counts above none
	sameKindLoss = 0.06
	sameToneLoss = 0.04
)

// picking picks outfits one after the other, each unlike those before.
type picking struct {
	a      *Advisor
	r      *request
	frame  *frame
	losses *losses
	groups map[string]bool // shown already
	kinds  map[string]bool // slot and category
	tones  map[string]bool // slot and colour
}

// next returns the best outfit that is new, and its plan; none when there is no further one.
func (p *picking) next() ([]*option, packs.Plan) {
	var best []*option
	var of packs.Plan
	most := math.Inf(-1)
	for _, plan := range p.frame.plans {
		if p.lacks(plan) {
			continue
		}
		search := problem{budget: p.r.budget, extras: maxExtras, losses: p.losses, floor: most}
		for _, key := range plan.Need {
			search.places = append(search.places, p.place(key, true))
		}
		for _, key := range plan.May {
			if s := p.frame.slots[key]; s != nil {
				if s.wanted || p.must(key) {
					search.extras++
				}
				search.places = append(search.places, p.place(key, false))
			}
		}
		if found, score := search.solve(); found != nil {
			best, of, most = found, plan, score
		}
	}
	best = slices.DeleteFunc(best, func(o *option) bool { return o == nil })
	if !p.isNew(best) {
		return nil, of
	}
	p.remember(best)
	return best, of
}

// lacks tells whether a plan has no place for a piece that stays or is to be another.
func (p *picking) lacks(plan packs.Plan) bool {
	has := func(key string) bool { return slices.Contains(plan.Need, key) || slices.Contains(plan.May, key) }
	for key := range p.r.Keep {
		if !has(key) {
			return true
		}
	}
	return slices.ContainsFunc(p.r.Swap, func(key string) bool { return !has(key) })
}

// must tells whether a slot has a piece in every outfit.
func (p *picking) must(key string) bool {
	_, kept := p.r.Keep[key]
	return kept || slices.Contains(p.r.Swap, key)
}

// place makes a slot a place of the search: its best options, and within a
// budget the cheapest too.
func (p *picking) place(key string, needed bool) place {
	s, at := p.frame.slots[key], place{needed: needed, worth: worthIt}
	if needed {
		at.worth, at.empty = worthNeed, -emptyLoss
	}
	if s == nil {
		return at
	}
	if p.must(key) {
		at.empty = math.Inf(-1)
	} else if s.wanted {
		at.gain = wantGain
	}
	value := make([]float64, len(s.options))
	order := make([]int, len(s.options))
	for i := range s.options {
		order[i], value[i] = i, p.fresh(&s.options[i])
	}
	slices.SortFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(value[y], value[x]), cmp.Compare(s.options[x].product.ID, s.options[y].product.ID))
	})
	take := order[:min(breadth, len(order))]
	if p.r.budget > 0 {
		cheap := slices.Clone(order[len(take):])
		slices.SortStableFunc(cheap, func(x, y int) int { return cmp.Compare(s.options[x].cost, s.options[y].cost) })
		take = append(slices.Clone(take), cheap[:min(3, len(cheap))]...)
	}
	for _, i := range take {
		o := s.options[i]
		o.rated, o.value = o.value, value[i]
		at.options = append(at.options, &o)
	}
	return at
}

// fresh is an option's value less what was shown before.
func (p *picking) fresh(o *option) float64 {
	value := o.value
	if _, kept := p.r.Keep[o.slot.key]; kept {
		return value
	}
	if p.groups[o.group] || p.r.shown[o.group] {
		if o.slot.needed {
			return worthNeed - emptyLoss + againOver + 0.05*value
		}
		value -= shownLoss
	}
	if p.kinds[o.slot.key+o.category] {
		value -= sameKindLoss
	}
	if len(o.colors) > 0 && p.tones[o.slot.key+o.colors[0]] {
		value -= sameToneLoss
	}
	return value
}

// isNew tells whether most of an outfit's pieces were not shown before. Pieces
// that stay do not count.
func (p *picking) isNew(pieces []*option) bool {
	shown, counted := 0, 0
	for _, o := range pieces {
		if _, kept := p.r.Keep[o.slot.key]; !kept {
			counted++
			if p.groups[o.group] {
				shown++
			}
		}
	}
	return len(pieces) > 0 && (2*shown < counted || p.groups == nil)
}

func (p *picking) remember(pieces []*option) {
	if p.groups == nil {
		p.groups, p.kinds, p.tones = map[string]bool{}, map[string]bool{}, map[string]bool{}
	}
	for _, o := range pieces {
		p.groups[o.group], p.kinds[o.slot.key+o.category] = true, true
		if len(o.colors) > 0 {
			p.tones[o.slot.key+o.colors[0]] = true
		}
	}
}
