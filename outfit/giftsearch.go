package outfit

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/packs"
)

// giftSearch is advice on its way.
type giftSearch struct {
	*Giver
	catalog *catalog.Catalog
	store   catalog.Store
	now     time.Time
	limit   int
	text    string // as the buyer wrote it
	except  []string
	wish    GiftWish
	avoided []avoidance
	likes   catalog.Direction // what somebody likes, as far as that is known

	found  []gift
	source giftSource // the last that was asked
	late   bool       // something was left out that would come too late
	barred bool       // what was asked for is left out
	// childrens tells that things for children were asked for.
	childrens bool
	// foreign is the currency of a budget that is not the store's, or nothing.
	foreign string
}

// giftSource is what a gift rests on, the surest first.
type giftSource byte

const (
	byWish     giftSource = iota // the kind of thing was asked for
	byRule                       // a rule advises it
	byInterest                   // it matches the interest's own words
	byCustom                     // it is something that is given often
)

// gift is something to give.
type gift struct {
	product catalog.Product
	score   float64
	idea    idea
	source  giftSource
	isLate  bool // the last day it may arrive is too late, the first is not
}

// Bounds of one advice.
const (
	maxIdeas   = 16 // categories looked into at once
	perIdea    = 12 // products looked at in each
	likedScore = .45
	givenScore = .12
)

// gather finds candidates: only of the kind asked for, where there are any; else
// by the rules, by interests, and where that is too little, of the kinds that are
// given most.
func (s *giftSearch) gather(ctx context.Context) error {
	if likes := s.interestWords(); likes != "" {
		var err error
		if s.likes, err = s.catalog.Toward(ctx, likes); err != nil {
			return fmt.Errorf("interests: %w", err)
		}
	}
	if err := s.byWish(ctx); err != nil || len(s.found) > 0 {
		return err
	}
	s.source = byRule
	if err := s.ofIdeas(ctx, s.ideas(&s.wish)); err != nil {
		return err
	}
	if s.kinds() < s.limit && len(s.wish.Interests) > 0 {
		s.source = byInterest
		if err := s.byInterest(ctx); err != nil {
			return err
		}
	}
	if s.kinds() < s.limit {
		s.source = byCustom
		return s.ofIdeas(ctx, s.giftable())
	}
	return nil
}

// byWish looks for the kind of thing that the buyer named, with all that the
// text says of it. What a rule advises against for the recipient's own good is
// left out all the same.
func (s *giftSearch) byWish(ctx context.Context) error {
	if s.wish.Category == "" {
		return nil
	}
	for _, a := range s.avoided {
		if !a.custom && packs.IsA(s.wish.Category, a.category) {
			s.barred = true
			return nil
		}
	}
	s.source = byWish
	return s.find(ctx, idea{category: s.wish.Category, score: 1, field: "category"}, s.text)
}

// ofIdeas looks into categories until there are enough kinds of gifts, all in
// one question to the index.
func (s *giftSearch) ofIdeas(ctx context.Context, ideas []idea) error {
	var asks []catalog.Ask
	var asked []idea
	for _, one := range ideas {
		if len(asks) < maxIdeas && s.catalog.Sells(s.store.ID, one.category) && !s.isAvoided(one.category) && !s.has(one.category) {
			asks = append(asks, catalog.Ask{Toward: s.likes, Filters: s.filters(one.category), Not: s.not(one.category), Limit: perIdea})
			asked = append(asked, one)
		}
	}
	answers, err := s.catalog.Candidates(ctx, s.store.ID, asks)
	if err != nil {
		return err
	}
	for i, candidates := range answers {
		for j := range candidates {
			s.keep(asked[i], &candidates[j].Product, 0)
		}
	}
	return nil
}

// byInterest looks for what the words of interests find in all of the store. A
// product must share a word with them, or be of the kind that they name.
func (s *giftSearch) byInterest(ctx context.Context) error {
	for _, key := range s.wish.Interests {
		if err := s.find(ctx, idea{score: likedScore, field: "interests"}, s.wordsOf(key)); err != nil {
			return err
		}
	}
	return nil
}

// find searches a category, or everything, by words, and keeps what may be given.
func (s *giftSearch) find(ctx context.Context, one idea, text string) error {
	result, err := s.catalog.Find(ctx, s.store.ID, catalog.Search{
		Text: text, Limit: perIdea, Language: s.wish.Language, Not: s.not(one.category), Filters: s.filters(one.category),
	})
	if err != nil || s.source == byInterest && len(result.Relaxed) > 0 {
		return err
	}
	named := result.Understood.Filters.Category
	for _, f := range result.Products {
		if s.source != byInterest || named != "" && packs.IsA(f.Product.Category, named) ||
			slices.ContainsFunc(f.Why, func(r catalog.Reason) bool { return r.Field == "text" }) {
			s.keep(one, &f.Product, f.Score)
		}
	}
	return nil
}

func (s *giftSearch) filters(category string) query.Filters {
	return query.Filters{Category: category, PriceMin: s.wish.BudgetMin, PriceMax: s.wish.BudgetMax}
}

// keep notes a product as a gift, unless it comes too late.
func (s *giftSearch) keep(one idea, p *catalog.Product, nearness float64) {
	inTime, maybe := s.arrives(p)
	switch {
	case slices.Contains(s.except, p.ID):
	case s.source == byWish && !packs.IsA(p.Category, s.wish.Category):
	case !maybe:
		s.late = true
	case s.isInBudget(p):
		score := .7*one.score + .2*s.worth(p) + .1*nearness
		s.found = append(s.found, gift{product: *p, idea: one, source: s.source, score: score, isLate: !inTime})
	}
}

// kinds counts the different categories found.
func (s *giftSearch) kinds() int {
	seen := map[string]bool{}
	for _, g := range s.found {
		seen[cmp.Or(g.product.Category, g.product.ID)] = true
	}
	return len(seen)
}

func (s *giftSearch) has(category string) bool {
	return slices.ContainsFunc(s.found, func(g gift) bool { return g.idea.category == category })
}
