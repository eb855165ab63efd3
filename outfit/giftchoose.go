package outfit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// What remains of a gift's score beside one already chosen.
const (
	ofOneKind   = .1  // of the same category
	ofOneFamily = .85 // of the same top category
	perhapsLate = .8
)

// choose takes the best gifts one by one; those of a kind that is there already
// count less, and shades of one product are one.
func (s *giftSearch) choose() []catalog.Found {
	chosen := []catalog.Found{}
	var kinds []string
	seen := map[string]bool{}
	for len(chosen) < s.limit {
		var best *gift
		most := 0.0
		for i := range s.found {
			g := &s.found[i]
			if score := s.beside(g, kinds); score > most && !seen[g.product.ItemGroupID] && !seen[titleOf(&g.product)] && !seen["id "+g.product.ID] {
				best, most = g, score
			}
		}
		if best == nil {
			break
		}
		for _, key := range []string{best.product.ItemGroupID, titleOf(&best.product), "id " + best.product.ID} {
			seen[key] = key != ""
		}
		kinds = append(kinds, best.product.Category)
		chosen = append(chosen, catalog.Found{Product: best.product, Score: math.Round(best.score*1e4) / 1e4, Why: s.why(best)})
	}
	slices.SortStableFunc(chosen, func(a, b catalog.Found) int { return cmp.Compare(b.Score, a.Score) })
	return chosen
}

// titleOf tells shades apart from products where the feed has no groups.
func titleOf(p *catalog.Product) string { return "title " + words.Fold(p.Title) }

// beside is a gift's score beside the kinds already chosen. The kind that the
// buyer asked for may come again.
func (s *giftSearch) beside(g *gift, kinds []string) float64 {
	score := g.score
	if g.isLate {
		score *= perhapsLate
	}
	if g.source == byWish {
		return score
	}
	for _, kind := range kinds {
		switch {
		case kind == g.product.Category:
			return score * ofOneKind
		case root(kind) == root(g.product.Category):
			score *= ofOneFamily
		}
	}
	return score
}

func root(category string) string {
	first, _, _ := strings.Cut(category, ".")
	return first
}

// why says what speaks for a gift, and what the buyer should mind.
func (s *giftSearch) why(g *gift) []catalog.Reason {
	language := s.wish.Language
	why := []catalog.Reason{{Field: "gift", Text: s.because(g)}}
	if g.idea.field != "" {
		why[0].Field = g.idea.field
	}
	for _, a := range s.avoided {
		if packs.IsA(g.product.Category, a.category) { // it is here because it was asked for
			why = append(why, catalog.Reason{Field: "caution", Text: a.why.In(language)})
		}
	}
	cost := g.product.Cost()
	if high := s.wish.BudgetMax; high != nil {
		limit := money.Money{Amount: *high, Currency: s.store.Currency}
		why = append(why, catalog.Reason{Field: "budget_max", Text: fmt.Sprintf(pick(language, "%s, within your %s", "%s，在%s的预算内"), money.Format(cost, language), money.Format(limit, language))})
	}
	if r, ok := s.arrival(g); ok {
		why = append(why, r)
	}
	return why
}

// because is the rule's reason, or the row's.
func (s *giftSearch) because(g *gift) string {
	language := s.wish.Language
	kind := s.packs.CategoryName(g.product.Category, language)
	switch g.source {
	case byWish:
		return fmt.Sprintf(pick(language, "%s, as you asked", "%s，您要找的就是这类"), capital(kind))
	case byInterest:
		return fmt.Sprintf(pick(language, "Goes with what they like: %s", "和TA的爱好有关：%s"), s.showInterests())
	case byCustom:
		return fmt.Sprintf(pick(language, "%s: something that is often given", "%s，常被选作礼物"), capital(kind))
	}
	if s.speaksOf(&g.idea, g.product.Category) {
		return g.idea.why.In(language)
	}
	if day, ok := s.giving.Occasions[s.wish.Occasion]; ok {
		return fmt.Sprintf(pick(language, "%s: often given for this occasion (%s)", "%s，%s常送的一类"), capital(kind), day.Show(language))
	}
	return fmt.Sprintf(pick(language, "%s: something that is often given", "%s，常被选作礼物"), capital(kind))
}

// speaksOf tells whether a rule's reason suits a category: of several things to
// give it may speak of others only.
func (s *giftSearch) speaksOf(i *idea, category string) bool {
	about := func(named []string, things ...string) bool {
		return slices.ContainsFunc(named, func(key string) bool {
			return slices.ContainsFunc(things, func(thing string) bool { return packs.IsA(key, thing) || packs.IsA(thing, key) })
		})
	}
	for _, said := range []string{i.why.En, i.why.Zh} {
		if named := s.packs.Named(said); about(named, i.give...) && !about(named, category) {
			return false
		}
	}
	return true
}

func (s *giftSearch) showInterests() string {
	var all []string
	for _, key := range s.wish.Interests {
		if names, ok := s.giving.Interests[key]; ok {
			key = names.Show(s.wish.Language)
		}
		all = append(all, key)
	}
	return strings.Join(all, pick(s.wish.Language, ", ", "、"))
}

// arrives tells whether a product surely arrives by the day it is needed, and
// whether it may. Where the store says nothing of delivery, it may.
func (s *giftSearch) arrives(p *catalog.Product) (inTime, maybe bool) {
	if s.wish.NeedBy.IsZero() {
		return true, true
	}
	first, last, ok := s.days(p)
	if !ok {
		return false, p.Availability == catalog.InStock
	}
	return !last.After(s.wish.NeedBy), !first.After(s.wish.NeedBy)
}

// days are the first and last day on which a product may arrive, after the
// store's delivery and the row's own handling time and first day of sale.
func (s *giftSearch) days(p *catalog.Product) (first, last time.Time, ok bool) {
	if s.store.Delivery == nil {
		return first, last, false
	}
	from := s.now
	if p.Availability != catalog.InStock {
		date := p.Attributes["availability_date"]
		available, err := time.Parse(time.DateOnly, date[:min(len(time.DateOnly), len(date))])
		if err != nil {
			return first, last, false
		}
		if available.After(from) {
			from = available
		}
	}
	first, last = s.store.Delivery.Arrival(from)
	return first.AddDate(0, 0, daysOf(p, "min_handling_time")), last.AddDate(0, 0, daysOf(p, "max_handling_time")), true
}

func daysOf(p *catalog.Product, attribute string) int {
	n, err := strconv.Atoi(strings.TrimSpace(p.Attributes[attribute]))
	if err != nil || n < 0 || n > 365 {
		return 0
	}
	return n
}

// arrival says when a gift comes, where a day was named and the store tells.
func (s *giftSearch) arrival(g *gift) (catalog.Reason, bool) {
	first, last, ok := s.days(&g.product)
	if s.wish.NeedBy.IsZero() || !ok {
		return catalog.Reason{}, false
	}
	format := pick(s.wish.Language, "Arrives between %s and %s, in time", "预计%s到%s送达，来得及")
	if g.isLate {
		format = pick(s.wish.Language, "Arrives between %s and %s: it may come too late", "预计%s到%s送达，有可能赶不上")
	}
	return catalog.Reason{Field: "need_by", Text: fmt.Sprintf(format, showDay(first, s.wish.Language), showDay(last, s.wish.Language))}, true
}

func showDay(t time.Time, language string) string {
	if language == "zh" {
		return t.Format("1月2日")
	}
	return t.Format("2 January")
}
