package outfit

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/packs"
)

const (
	defaultOutfits = 3
	maxMay         = 4    // slots beyond those needed that are asked for
	besideBest     = 0.6  // share of the best outfit's score that one for the other gender needs
	ofFirst        = 0.4  // share of the first outfit's score that a further one needs
	mayFrom        = 0.25 // strength of a bond below which a piece that may be added never is
)

// Compose makes outfits around a subject from what the store can deliver now:
// best first, different from each other in most of their slots, each within the
// budget. What cannot be understood in the wish is a *catalog.FieldError; a store
// without anything fitting gives Advice without outfits and a reason.
func (a *Advisor) Compose(ctx context.Context, f Finder, storeID string, w Wish) (*Advice, error) {
	if w.Limit == 0 {
		w.Limit = defaultOutfits
	}
	if w.Limit < 1 || w.Limit > MaxOutfits {
		return nil, &catalog.FieldError{Field: "limit", Message: "must be 1 to 6"}
	}
	if w.BudgetMax < 0 {
		return nil, &catalog.FieldError{Field: "budget_max", Message: "must not be below 0"}
	}
	r, err := a.understand(&w)
	if err != nil {
		return nil, err
	}
	for _, p := range w.Keep {
		if r.spent += p.Cost().Amount; r.budget > 0 && r.spent > r.budget {
			return nil, &catalog.FieldError{Field: "budget_max", Message: "the pieces that stay cost more than that"}
		}
	}
	frames := a.frames(r)
	switch {
	case len(frames) == 0 && w.Set != "":
		return nil, &catalog.FieldError{Field: "set", Message: "«" + w.Set + "» is no set that this belongs to"}
	case len(frames) == 0:
		return a.nothing(r, frames), nil
	}
	if frames, err = keeping(frames, &w); err != nil {
		return nil, err
	}
	for _, frame := range frames {
		outfits, err := a.around(ctx, f, storeID, r, frame)
		if err != nil {
			return nil, err
		}
		if len(outfits) > 0 {
			return &Advice{Outfits: outfits, Anchor: outfits[0].Anchor}, nil
		}
	}
	return a.nothing(r, frames), nil
}

// keeping are the frames that have a place for each piece that stays, and for each
// that is to be another.
func keeping(frames []*frame, w *Wish) ([]*frame, error) {
	wanted := map[string]string{} // slots, and the fields that name them
	for _, key := range w.Swap {
		if _, kept := w.Keep[key]; kept {
			return nil, &catalog.FieldError{Field: "swap", Message: "«" + key + "» is to be kept too"}
		}
		wanted[key] = "swap"
	}
	for key := range w.Keep {
		wanted[key] = "keep." + key
	}
	fitting := slices.DeleteFunc(slices.Clone(frames), func(f *frame) bool { return f.without(wanted) != "" })
	if len(fitting) == 0 {
		return nil, &catalog.FieldError{Field: wanted[frames[0].without(wanted)], Message: "the outfit around this has no such slot"}
	}
	return fitting, nil
}

// without is the first of some slots that a frame lacks, or nothing.
func (f *frame) without(wanted map[string]string) string {
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		if f.slots[key] == nil {
			return key
		}
	}
	return ""
}

// around composes the outfits of one set. Where nobody knows for whom they are,
// they are made for women and for men, never mixed.
func (a *Advisor) around(ctx context.Context, f Finder, storeID string, r *request, frame *frame) ([]Outfit, error) {
	if r.mood.gender != "" && r.mood.gender != "unisex" || !a.learned.worn(r.thing.category) {
		return a.compose(ctx, f, storeID, r, frame)
	}
	var each [2][]Outfit
	shown := map[string]bool{}
	for i, gender := range []string{"female", "male"} {
		one := *r
		one.mood.gender, one.shown = gender, maps.Clone(shown)
		again := a.frame(&one, frame.set, frame.anchor)
		var err error
		if each[i], err = a.compose(ctx, f, storeID, &one, again); err != nil {
			return nil, err
		}
		for j := range each[i] {
			for k := range each[i][j].Pieces {
				p := a.thingOf(&each[i][j].Pieces[k].Product)
				shown[p.group] = true
			}
		}
	}
	if len(each[1]) > 0 && (len(each[0]) == 0 || each[1][0].Score > each[0][0].Score) {
		each[0], each[1] = each[1], each[0]
	}
	var mixed []Outfit
	for i := range max(len(each[0]), len(each[1])) {
		for _, some := range each {
			if i < len(some) && len(mixed) < r.Limit && some[i].Score >= besideBest*each[0][0].Score &&
				!slices.ContainsFunc(mixed, func(o Outfit) bool { return r.alike(&o, &some[i]) }) {
				mixed = append(mixed, some[i])
			}
		}
	}
	return mixed, nil
}

// alike tells whether two outfits share half of the pieces of the smaller one, or more.
// Pieces that stay do not count.
func (r *request) alike(x, y *Outfit) bool {
	shared := 0
	for i := range x.Pieces {
		one := &x.Pieces[i]
		if _, kept := r.Keep[one.Slot]; !kept && slices.ContainsFunc(y.Pieces, func(p Piece) bool { return p.Product.ID == one.Product.ID }) {
			shared++
		}
	}
	return 2*shared >= min(len(x.Pieces), len(y.Pieces))-len(r.Keep)
}

// compose fills a set's slots from the store and picks the best outfits.
func (a *Advisor) compose(ctx context.Context, f Finder, storeID string, r *request, frame *frame) ([]Outfit, error) {
	r.anchor.Slot = frame.anchor
	if err := a.stock(ctx, f, storeID, r, frame); err != nil {
		return nil, err
	}
	n := 0
	for _, s := range frame.slots {
		for i := range s.options {
			s.options[i].number = n
			n++
		}
	}
	pick := &picking{a: a, r: r, frame: frame, losses: newLosses(n, a.loss)}
	var outfits []Outfit
	for len(outfits) < r.Limit {
		pieces, plan := pick.next()
		if len(pieces) == 0 {
			break
		}
		out := a.show(r, frame, plan, pieces)
		if len(outfits) > 0 && (len(out.Missing) > len(outfits[0].Missing) || out.Score < ofFirst*outfits[0].Score) {
			break
		}
		outfits = append(outfits, out)
	}
	return outfits, nil
}

// limit drops the slots that no plan needs and that go least with the anchor; where
// pieces are swapped, all but those that stay.
func (f *frame) limit(r *request) {
	if len(r.Swap) > 0 {
		f.retain(func(key string) bool { _, kept := r.Keep[key]; return kept || slices.Contains(r.Swap, key) })
	}
	for _, plan := range f.plans {
		for _, key := range plan.Need {
			if s := f.slots[key]; s != nil {
				s.needed = true
			}
		}
	}
	var may []string
	for _, key := range f.order {
		s := f.slots[key]
		if _, kept := r.Keep[key]; !kept && !s.needed && !s.wanted && !slices.Contains(r.Swap, key) {
			may = append(may, key)
		}
	}
	slices.SortStableFunc(may, func(x, y string) int {
		return cmp.Compare(f.slots[y].bonds[0].strength, f.slots[x].bonds[0].strength)
	})
	few := may[:min(maxMay, len(may))]
	f.retain(func(key string) bool {
		return !slices.Contains(may, key) || slices.Contains(few, key) && f.slots[key].bonds[0].strength >= mayFrom
	})
}

// show makes an outfit of pieces.
func (a *Advisor) show(r *request, f *frame, plan packs.Plan, pieces []*option) Outfit {
	out := Outfit{Anchor: r.anchor, Set: f.set.Key, Label: f.set.Names.In(r.Language), Missing: []string{}, MissingLabels: []string{}, Total: money.Money{Currency: r.Subject.Currency}}
	out.Anchor.Gender = r.mood.gender
	slices.SortStableFunc(pieces, func(x, y *option) int { return cmp.Compare(y.bond.strength, x.bond.strength) })
	lost, told := 0.0, map[string]bool{}
	for i, o := range pieces {
		for _, other := range pieces[:i] {
			lost += a.loss(o, other)
		}
		out.Score += o.rated / float64(len(pieces))
		out.Total.Amount += o.cost
		out.Pieces = append(out.Pieces, Piece{Slot: o.slot.key, Label: o.slot.names.In(r.Language), Product: *o.product, Score: round(o.rated), Why: untold(a.whyPiece(r, o, pieces), told)})
	}
	out.Score = round(max(0, out.Score-lost/float64(len(pieces))))
	for _, s := range f.set.Slots { // what the words ask for is missed too
		needed := slices.Contains(plan.Need, s.Key) || f.slots[s.Key] != nil && f.slots[s.Key].wanted
		if needed && !slices.ContainsFunc(pieces, func(o *option) bool { return o.slot.key == s.Key }) {
			out.Missing, out.MissingLabels = append(out.Missing, s.Key), append(out.MissingLabels, s.Names.In(r.Language))
		}
	}
	out.Why = a.whyOutfit(r, &out, pieces)
	return out
}

// untold leaves out the reasons that another piece has given already, unless there is no other.
func untold(why []catalog.Reason, told map[string]bool) []catalog.Reason {
	fresh := slices.DeleteFunc(slices.Clone(why), func(r catalog.Reason) bool { return r.Field == "rule" && told[r.Text] })
	for _, r := range why {
		told[r.Text] = true
	}
	if len(fresh) == 0 {
		return why
	}
	return fresh
}

func round(x float64) float64 { return math.Round(max(0, min(1, x))*1e4) / 1e4 }
