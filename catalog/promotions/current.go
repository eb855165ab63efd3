package promotions

import (
	"cmp"
	"context"
	"slices"
	"time"

	"honeyguide/packs"
)

// About is what a buyer asks of. Nothing: the store.
type About struct {
	ProductID string
	Category  string // of the product, or of what is talked about
}

// Current lists what holds at a time for what is asked about, the most special
// first: for the product, for its category or one above it, the nearest first,
// for the whole store. Where no product is asked about, what is for a part of the
// category follows those of the category; where nothing is, everything that holds
// is listed, what is for the whole store first. Among equals, the higher percent
// comes first, then the lower id.
func (ps *Promotions) Current(ctx context.Context, storeID string, at time.Time, about About) ([]Promotion, error) {
	all, err := ps.read(ctx, `SELECT data FROM promotions WHERE store_id = $1 AND valid_from <= $2 AND (valid_to = 0 OR valid_to >= $3) ORDER BY id`,
		storeID, at.UnixMilli(), at.UnixMilli())
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(p Promotion) bool { return !p.Holds(at) || about.rank(&p) < 0 })
	slices.SortStableFunc(all, func(a, b Promotion) int {
		return cmp.Or(cmp.Compare(about.rank(&a), about.rank(&b)), cmp.Compare(b.Percent, a.Percent))
	})
	return all, nil
}

// Next returns the promotion that begins soonest after a time, among those that
// Current will list for what is asked about; ok is false where there is none.
func (ps *Promotions) Next(ctx context.Context, storeID string, at time.Time, about About) (p Promotion, ok bool, err error) {
	all, err := ps.read(ctx, `SELECT data FROM promotions WHERE store_id = $1 AND valid_from > $2 ORDER BY valid_from, id`, storeID, at.UnixMilli())
	if err != nil {
		return Promotion{}, false, err
	}
	for _, p := range all {
		if about.rank(&p) >= 0 {
			return p, true, nil
		}
	}
	return Promotion{}, false, nil
}

// Ranks of promotions: for the product, then a category, the nearest first, then
// what lies below the category, then the store.
const (
	forProduct = iota
	forCategory
	belowCategory = 1000
	forStore      = 2000
)

// rank tells how special a promotion is for what is asked about, from 0 on; -1:
// it is for something else.
func (a About) rank(p *Promotion) int {
	switch {
	case a == About{}:
		return a.breadth(p)
	case len(p.ProductIDs) > 0:
		if a.ProductID != "" && slices.Contains(p.ProductIDs, a.ProductID) {
			return forProduct
		}
		if a.ProductID == "" && p.Category != "" && packs.IsA(p.Category, a.Category) {
			return belowCategory
		}
		return -1
	case p.Category == "":
		return forStore
	case packs.IsA(a.Category, p.Category):
		return forCategory + len(a.Category) - len(p.Category)
	case a.ProductID == "" && packs.IsA(p.Category, a.Category):
		return belowCategory
	}
	return -1
}

// breadth ranks for who asks about nothing in particular.
func (a About) breadth(p *Promotion) int {
	switch {
	case len(p.ProductIDs) > 0:
		return forStore
	case p.Category != "":
		return forCategory
	}
	return 0
}
