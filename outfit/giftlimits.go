package outfit

import (
	"slices"

	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/packs"
)

// not is what no gift may be: what the wish rules out, for the other gender, for
// another age, or avoided, unless it is what the buyer asked for. Rows that say
// nothing of it stay.
func (s *giftSearch) not(category string) query.Exclusions {
	not := s.wish.Not.With(query.Exclusions{})
	asked := func(key string) bool { return category != "" && packs.IsA(category, key) }
	not.Categories = slices.DeleteFunc(not.Categories, asked)
	switch s.wish.Gender {
	case male:
		not.Genders = append(not.Genders, female)
	case female:
		not.Genders = append(not.Genders, male)
	}
	switch age := s.age(&s.wish); {
	case s.forAdults():
		not.AgeGroups = append(not.AgeGroups, "newborn", "infant", "toddler", "kids")
		not.Categories = append(not.Categories, slices.DeleteFunc(slices.Clone(childrensKinds), asked)...)
	case age == nil:
	case age[1] < 3:
		not.AgeGroups = append(not.AgeGroups, "kids", "adult")
	case age[1] < 13:
		not.AgeGroups = append(not.AgeGroups, "newborn", "infant", "adult")
	}
	for _, a := range s.avoided {
		if !asked(a.category) {
			not.Categories = append(not.Categories, a.category)
		}
	}
	return not
}

// What speaks of children: presents that do, or recipients that may be some, are
// not kept to what is made for adults.
var (
	childrensKinds     = []string{"baby", "babywear", "books.children", "shoes.baby", "toys.baby"}
	childrensPacks     = []string{"childrens-clothing", "mother-baby", "toys-games"}
	childrensDays      = []string{"newborn", "childrens-day", "back-to-school"}
	childrensInterests = []string{"toys", "parenting"}
	perhapsChildren    = []string{"son", "daughter", "student"}
)

// adultFrom is the age, in years, from which nothing made for children is given.
const adultFrom = 15

// forAdults tells whether things made for children are no presents here.
func (s *giftSearch) forAdults() bool {
	w := &s.wish
	age := s.age(w)
	switch {
	case s.childrens || slices.Contains(childrensDays, w.Occasion) || shared(childrensInterests, w.Interests) > 0:
		return false
	case age != nil:
		return age[0] >= adultFrom
	}
	return !slices.Contains(perhapsChildren, w.Recipient)
}

// speaksOfChildren tells whether words, or the kind of thing asked for, are about
// children.
func (s *giftSearch) speaksOfChildren(q *query.Query) bool {
	if c, ok := s.packs.Category(s.wish.Category); ok && slices.Contains(childrensPacks, c.Pack) {
		return true
	}
	return slices.ContainsFunc(q.Mentions, func(m query.Mention) bool {
		return m.Field == query.AgeGroup && m.Value != "adult" && !m.Negated
	})
}

// isAvoided tells whether nothing of a category is given.
func (s *giftSearch) isAvoided(category string) bool {
	return slices.ContainsFunc(s.avoided, func(a avoidance) bool { return packs.IsA(category, a.category) }) ||
		slices.ContainsFunc(s.wish.Not.Categories, func(key string) bool { return packs.IsA(category, key) })
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
