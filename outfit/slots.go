package outfit

import (
	"cmp"
	"slices"

	"honeyguide/packs"
)

// frame is a set with the anchor in its place: what may be asked for.
type frame struct {
	set    *packs.Set
	anchor string // slot
	plans  []packs.Plan
	slots  map[string]*slot
	order  []string // of the slots, as the pack shows them
}

// slot is a place to be filled.
type slot struct {
	key    string
	names  packs.Text
	bonds  []bond // of its categories, the best first
	takes  []string
	spare  []bond // of categories beside those that the words ask for
	needed bool   // by a plan
	wanted bool   // by the words

	options  []option
	strained []option // against a wish, for where there is nothing else
}

// The sets that are worn from head to foot.
const (
	wornSet  = "outfit"
	childSet = "kids-outfit"
)

// maxFrames is how many sets are tried until one gives an outfit.
const maxFrames = 3

// frames are the sets that have a place for the anchor, the most fitting first.
func (a *Advisor) frames(r *request) []*frame {
	type ranked struct {
		set   *packs.Set
		place string
		rank  int
	}
	category, known := a.packs.Category(r.thing.category)
	if !known {
		return nil
	}
	wear := wornSet
	if slices.Contains(children, r.mood.ageGroup) {
		wear = childSet
	}
	dressing := a.learned.worn(category.Key) && !under(category.Key, aside)
	var all []ranked
	for _, pack := range a.packs.All() {
		for i := range pack.Sets {
			set := &pack.Sets[i]
			place := placeOf(set, category.Key)
			if place == "" || r.Set != "" && r.Set != set.Key {
				continue
			}
			one := ranked{set, place, 4}
			needed := slices.Contains(set.Plans[0].Need, place)
			switch {
			case set.Key == wear && dressing:
				one.rank = 0
			case pack.Key == category.Pack && needed:
				one.rank = 1
			case pack.Key == category.Pack:
				one.rank = 2
			case needed:
				one.rank = 3
			}
			all = append(all, one)
		}
	}
	slices.SortStableFunc(all, func(x, y ranked) int { return cmp.Compare(x.rank, y.rank) })
	var frames []*frame
	for _, one := range all {
		if len(frames) == maxFrames {
			break
		}
		if f := a.frame(r, one.set, one.place); f != nil {
			frames = append(frames, f)
		}
	}
	return frames
}

// placeOf is the slot that a category takes in a set: the one that names it most
// closely, or nothing.
func placeOf(set *packs.Set, category string) string {
	place, named := "", ""
	for _, s := range set.Slots {
		for _, take := range s.Take {
			if packs.IsA(category, take) && len(take) > len(named) {
				place, named = s.Key, take
			}
		}
	}
	return place
}

// frame prepares a set around an anchor, or returns nil where none of its plans has a place for it.
func (a *Advisor) frame(r *request, set *packs.Set, place string) *frame {
	f := &frame{set: set, anchor: place, slots: map[string]*slot{}}
	taken := []string{place}
	for _, category := range r.owned {
		taken = append(taken, placeOf(set, category))
	}
	used := map[string]bool{}
	for _, plan := range set.Plans {
		if place == "" || !slices.Contains(plan.Need, place) && !slices.Contains(plan.May, place) {
			continue
		}
		left := packs.Plan{Need: without(plan.Need, taken), May: without(plan.May, taken)}
		f.plans = append(f.plans, left)
		for _, key := range slices.Concat(left.Need, left.May) {
			used[key] = true
		}
	}
	if len(f.plans) == 0 {
		return nil
	}
	for _, s := range set.Slots {
		if !used[s.Key] {
			continue
		}
		one := &slot{key: s.Key, names: s.Names, takes: s.Take, bonds: a.bondsOf(r.thing.category, s.Take, r.mood)}
		for _, category := range r.wanted {
			one.wanted = one.wanted || slices.ContainsFunc(s.Take, func(take string) bool { return packs.IsA(category, take) || packs.IsA(take, category) })
		}
		if len(one.bonds) > 0 {
			one.narrow(r.wanted)
			one.weather(r.mood.season)
			one.train(r)
			f.slots[s.Key], f.order = one, append(f.order, s.Key)
		}
	}
	f.fit(r)
	return f
}

// hopeless is the strength of a bond below which a piece takes more from an outfit
// than it gives, so that any plan without its slot is better.
const hopeless = 0.1

// fit drops the plans that need what these buyers do not wear, or what nothing joins
// to the anchor, and the slots that only those have, unless no other plan is left.
func (f *frame) fit(r *request) {
	fitting := slices.DeleteFunc(slices.Clone(f.plans), func(plan packs.Plan) bool {
		return slices.ContainsFunc(plan.Need, func(key string) bool {
			s := f.slots[key]
			_, kept := r.Keep[key]
			return s == nil || s.bonds[0].strength < hopeless && !s.wanted && !kept && !slices.Contains(r.Swap, key)
		})
	})
	if len(fitting) == 0 {
		return
	}
	f.plans = fitting
	f.retain(func(key string) bool {
		return slices.ContainsFunc(fitting, func(plan packs.Plan) bool { return slices.Contains(plan.Need, key) || slices.Contains(plan.May, key) })
	})
}

// retain drops all other slots.
func (f *frame) retain(stays func(key string) bool) {
	f.order = slices.DeleteFunc(f.order, func(key string) bool {
		if stays(key) {
			return false
		}
		delete(f.slots, key)
		return true
	})
}

// narrow keeps, of a slot's categories, the ones that the words ask for.
func (s *slot) narrow(wanted []string) {
	asked := slices.DeleteFunc(slices.Clone(s.bonds), func(b bond) bool {
		return !slices.ContainsFunc(wanted, func(key string) bool { return packs.IsA(b.category, key) })
	})
	if len(asked) > 0 && len(asked) < len(s.bonds) {
		s.spare, s.bonds = s.bonds, asked
	}
}

// train lowers what nobody trains in beside what is made for sport.
func (s *slot) train(r *request) {
	if !r.thing.training() {
		return
	}
	for i := range s.bonds {
		if b := &s.bonds[i]; under(b.category, idle) {
			b.strength *= idleShare
		}
	}
	slices.SortStableFunc(s.bonds, func(x, y bond) int { return cmp.Compare(y.strength, x.strength) })
}

// idleShare is what remains of a bond to what nobody trains in.
const idleShare = 0.2

// weather raises what a season calls for and lowers what it has no use for.
func (s *slot) weather(season string) {
	for i := range s.bonds {
		b := &s.bonds[i]
		switch {
		case season == "winter" && slices.Contains(warm, s.key), season == "summer" && slices.Contains(cool, s.key):
			b.strength = 1 - 0.45*(1-b.strength)
		case season == "fall" && s.key == "outerwear":
			b.strength = 1 - 0.7*(1-b.strength)
		case season == "summer" && slices.Contains(warm, s.key), season == "winter" && slices.Contains(cool, s.key):
			b.strength *= 0.2
		}
	}
}

func without(keys, taken []string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return slices.Contains(taken, key) })
}
