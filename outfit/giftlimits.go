package outfit

import (
	"slices"

	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/packs"
)

// not is what no gift may be: for the other gender, for another age, or avoided,
// unless it is what the buyer asked for. Rows that say nothing of it stay.
func (s *giftSearch) not(category string) query.Exclusions {
	var not query.Exclusions
	switch s.wish.Gender {
	case male:
		not.Genders = []string{female}
	case female:
		not.Genders = []string{male}
	}
	switch age := s.age(&s.wish); {
	case age == nil:
	case age[0] >= 15:
		not.AgeGroups = []string{"newborn", "infant", "toddler", "kids"}
	case age[1] < 3:
		not.AgeGroups = []string{"kids", "adult"}
	case age[1] < 13:
		not.AgeGroups = []string{"newborn", "infant", "adult"}
	}
	for _, a := range s.avoided {
		if category == "" || !packs.IsA(category, a.category) {
			not.Categories = append(not.Categories, a.category)
		}
	}
	return not
}

func (s *giftSearch) isAvoided(category string) bool {
	return slices.ContainsFunc(s.avoided, func(a avoidance) bool { return packs.IsA(category, a.category) })
}

// isInBudget guards what the search has filtered: a price in another currency
// is in no budget.
func (s *giftSearch) isInBudget(p *catalog.Product) bool {
	cost, low, high := p.Cost(), s.wish.BudgetMin, s.wish.BudgetMax
	if low == nil && high == nil {
		return true
	}
	return cost.Currency == s.store.Currency && (low == nil || cost.Amount >= *low) && (high == nil || cost.Amount <= *high)
}

// worth is 1 for what costs half the budget or more, and less for what costs
// less; without a budget it says nothing.
func (s *giftSearch) worth(p *catalog.Product) float64 {
	if s.wish.BudgetMax == nil || *s.wish.BudgetMax == 0 {
		return .5
	}
	return min(1, 2*float64(p.Cost().Amount)/float64(*s.wish.BudgetMax))
}
