package outfit

import (
	"cmp"
	"context"
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
	if frames, err = keeping(frames, w.Keep); err != nil {
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

// keeping are the frames that have a place for each piece that stays.
func keeping(frames []*frame, keep map[string]catalog.Product) ([]*frame, error) {
	fitting := slices.DeleteFunc(slices.Clone(frames), func(f *frame) bool {
		for key := range keep {
			if f.slots[key] == nil {
				return true
			}
		}
		return false
	})
	if len(fitting) == 0 {
		for key := range keep {
			if frames[0].slots[key] == nil {
				return nil, &catalog.FieldError{Field: "keep." + key, Message: "the outfit around this has no such slot"}
			}
		}
		return nil, &catalog.FieldError{Field: "keep", Message: "no outfit around this has all of these slots"}
	}
	return fitting, nil
}

// around composes the outfits of one set. Where nobody knows for whom they are,
// they are made for women and for men, never mixed.
func (a *Advisor) around(ctx context.Context, f Finder, storeID string, r *request, frame *frame) ([]Outfit, error) {
	if r.mood.gender != "" && r.mood.gender != "unisex" || !a.learned.worn(r.thing.category) {
		return a.compose(ctx, f, storeID, r, frame)
	}
	var each [2][]Outfit
	for i, gender := range []string{"female", "male"} {
		one := *r
		one.mood.gender = gender
		again := a.frame(&one, frame.set, frame.anchor)
		var err error
		if each[i], err = a.compose(ctx, f, storeID, &one, again); err != nil {
			return nil, err
		}
	}
	if len(each[1]) > 0 && (len(each[0]) == 0 || each[1][0].Score > each[0][0].Score) {
		each[0], each[1] = each[1], each[0]
	}
	var mixed []Outfit
	for i := range max(len(each[0]), len(each[1])) {
		for _, some := range each {
			if i < len(some) && len(mixed) < r.Limit && some[i].Score >= besideBest*each[0][0].Score {
				mixed = append(mixed, some[i])
			}
		}
	}
	return mixed, nil
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
		outfits = append(outfits, a.show(r, frame, plan, pieces))
	}
	return outfits, nil
}

// stock asks the store for the options of all slots at once.
func (a *Advisor) stock(ctx context.Context, f Finder, storeID string, r *request, frame *frame) error {
	fewest := math.MaxInt
	for _, plan := range frame.plans {
		fewest = min(fewest, max(1, len(plan.Need)))
	}
	frame.limit(r.Keep)
	barred := map[string]bool{}
	for _, id := range r.Exclude {
		barred[id] = true
	}
	if r.thing.product != nil {
		barred[r.thing.product.ID] = true
	}
	var asks []catalog.Ask
	starts := []int{0}
	for _, key := range frame.order {
		s := frame.slots[key]
		if p, ok := r.Keep[key]; ok {
			o := option{thing: a.thingOf(&p), bond: a.bondOf(r.thing.category, p.Category, a.learned.advised(r.thing.category, r.mood.gender, r.mood.occasion), r.mood), slot: s}
			o.rate(r)
			s.options = []option{o}
		} else {
			asks = append(asks, s.asks(r, r.budget/int64(fewest))...)
		}
		starts = append(starts, len(asks))
	}
	found, err := f.Candidates(ctx, storeID, asks)
	if err != nil {
		return err
	}
	for i, key := range frame.order {
		if from, to := starts[i], starts[i+1]; to > from {
			a.take(frame.slots[key], r, found[from:to], barred)
		}
	}
	return nil
}

// limit drops the slots that no plan needs and that go least with the anchor.
func (f *frame) limit(keep map[string]catalog.Product) {
	needed := map[string]bool{}
	for _, plan := range f.plans {
		for _, key := range plan.Need {
			needed[key] = true
		}
	}
	var may []string
	for _, key := range f.order {
		if _, kept := keep[key]; kept || needed[key] || f.slots[key].wanted {
			continue
		}
		if f.slots[key].bonds[0].strength < mayFrom {
			delete(f.slots, key)
			continue
		}
		may = append(may, key)
	}
	slices.SortStableFunc(may, func(x, y string) int {
		return cmp.Compare(f.slots[y].bonds[0].strength, f.slots[x].bonds[0].strength)
	})
	for _, key := range may[min(maxMay, len(may)):] {
		delete(f.slots, key)
	}
	f.order = slices.DeleteFunc(f.order, func(key string) bool { return f.slots[key] == nil })
}

// show makes an outfit of pieces.
func (a *Advisor) show(r *request, f *frame, plan packs.Plan, pieces []*option) Outfit {
	out := Outfit{Anchor: r.anchor, Set: f.set.Key, Label: f.set.Names.In(r.Language), Missing: []string{}, Total: money.Money{Currency: r.Subject.Currency}}
	out.Anchor.Gender = r.mood.gender
	slices.SortStableFunc(pieces, func(x, y *option) int { return cmp.Compare(y.bond.strength, x.bond.strength) })
	lost, told := 0.0, map[string]bool{}
	for i, o := range pieces {
		for _, other := range pieces[:i] {
			lost += a.loss(o, other)
		}
		out.Score += o.value / float64(len(pieces))
		out.Total.Amount += o.cost
		out.Pieces = append(out.Pieces, Piece{Slot: o.slot.key, Label: o.slot.names.In(r.Language), Product: *o.product, Score: round(o.value), Why: untold(a.whyPiece(r, o), told)})
	}
	out.Score = round(max(0, out.Score-lost/float64(len(pieces))))
	for _, key := range plan.Need {
		if !slices.ContainsFunc(pieces, func(o *option) bool { return o.slot.key == key }) {
			out.Missing = append(out.Missing, key)
		}
	}
	out.Why = a.whyOutfit(r, f, &out, pieces)
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
