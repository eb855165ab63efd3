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

// GiftWish is a present that is looked for. Zero fields are not known.
type GiftWish struct {
	Recipient string   // a key of the packs' recipients
	Occasion  string   // a key of the packs' occasions of giving
	Age       *int     // of the recipient, in years
	Gender    string   // of the recipient, male or female: said or given, never guessed
	Interests []string // keys of the packs' interests, or words of the buyer's own
	BudgetMin *int64   // in minor units of the store's currency, inclusive
	BudgetMax *int64
	NeedBy    time.Time // the day on which it must be there, midnight in UTC
	Category  string    // the kind of thing that was asked for, a key of the packs
	// Not is what no present may be, such as clothes; what Category asks for is allowed all the same.
	Not      query.Exclusions
	Language string // to answer in: en or zh
}

// GiftRequest asks for presents. What Given says outweighs what Text says.
type GiftRequest struct {
	Text   string
	Given  GiftWish
	Except []string // ids of products not to show
	Limit  int      // 1 to MaxGifts; 0: DefaultGifts
	Now    time.Time
}

// How many presents are advised.
const (
	DefaultGifts = 5
	MaxGifts     = 20
)

// GiftAdvice is presents, the fittest first: each of another kind as far as the
// store goes, each with its reasons, none dearer than the budget.
type GiftAdvice struct {
	Wish  GiftWish
	Gifts []catalog.Found
	Notes []catalog.Reason // what the buyer should know of the whole answer, by the field that it is about
}

// Giver advises presents by the packs' rules. It does not change and is safe
// for concurrent use.
type Giver struct {
	packs  *packs.Packs
	giving *packs.Giving
	words  packs.Lexicon[said]
	rules  []*packs.Gift // that advise something
	avoids []*packs.Gift // that advise against something
}

// NewGiver makes a Giver of the packs' gift rules and words of giving.
func NewGiver(p *packs.Packs) *Giver {
	g := &Giver{packs: p, giving: p.Giving()}
	g.learn()
	for _, pack := range p.All() {
		for i := range pack.Gifts {
			if rule := &pack.Gifts[i]; len(rule.Avoid) > 0 {
				g.avoids = append(g.avoids, rule)
			} else {
				g.rules = append(g.rules, rule)
			}
		}
	}
	return g
}

// Gifts advises presents out of a store. A field that cannot be is a
// catalog.FieldError; an unknown store is catalog.ErrNotFound.
func (g *Giver) Gifts(ctx context.Context, c *catalog.Catalog, storeID string, r GiftRequest) (*GiftAdvice, error) {
	if r.Limit == 0 {
		r.Limit = DefaultGifts
	}
	if r.Limit < 1 || r.Limit > MaxGifts {
		return nil, &catalog.FieldError{Field: "limit", Message: fmt.Sprintf("must be 1 to %d", MaxGifts)}
	}
	store, err := c.Store(ctx, storeID)
	if err != nil {
		return nil, err
	}
	given, err := g.checked(r.Given, r.Now)
	if err != nil {
		return nil, err
	}
	understood := c.Understand(&store, r.Text)
	s := &giftSearch{Giver: g, catalog: c, store: store, now: r.Now, limit: r.Limit, text: r.Text, except: r.Except, wish: given.over(g.Read(r.Text, &understood, r.Now))}
	if s.wish.BudgetMin == nil && s.wish.BudgetMax == nil {
		s.foreign = foreignIn(&understood)
	}
	s.wish.Gender = cmp.Or(s.wish.Gender, g.giving.Recipients[s.wish.Recipient].Gender)
	s.wish.Language = cmp.Or(given.Language, answerLanguage(r.Text, &understood, store.Locale))
	s.childrens = s.speaksOfChildren(&understood)
	s.avoided = g.avoided(&s.wish, isChinese(s.wish.Language) || isChinese(store.Locale))
	if low, high := s.wish.BudgetMin, s.wish.BudgetMax; low != nil && high != nil && *low > *high {
		return nil, &catalog.FieldError{Field: "budget_min", Message: "must not be above budget_max"}
	}
	if err := s.gather(ctx); err != nil {
		return nil, err
	}
	if len(s.found) == 0 && s.forAdults() && s.age(&s.wish) == nil { // a shop for children, perhaps
		s.childrens = true
		if err := s.gather(ctx); err != nil {
			return nil, err
		}
	}
	return &GiftAdvice{Wish: s.wish, Gifts: s.choose(), Notes: s.notes()}, nil
}

// answerLanguage is the text's language, or the store's where there is no text.
func answerLanguage(text string, q *query.Query, locale string) string {
	switch {
	case text != "":
		return q.Language
	case isChinese(locale):
		return "zh"
	}
	return "en"
}

func isChinese(tag string) bool {
	return len(tag) >= 2 && (tag[:2] == "zh" || tag[:2] == "ZH" || tag[:2] == "Zh") && (len(tag) == 2 || tag[2] == '-' || tag[2] == '_')
}

// maxAge bounds the ages of recipients, in years.
const maxAge = 120

// checked spells the given fields as the packs do and refuses what cannot be.
func (g *Giver) checked(w GiftWish, now time.Time) (GiftWish, error) {
	wrong := func(field, format string, args ...any) (GiftWish, error) {
		return w, &catalog.FieldError{Field: field, Message: fmt.Sprintf(format, args...)}
	}
	var ok bool
	if w.Recipient, ok = g.named(recipient, w.Recipient); !ok {
		return wrong("recipient", "%q is nobody we know; use one of %s", w.Recipient, known(g.giving.Recipients))
	}
	if w.Occasion, ok = g.named(occasion, w.Occasion); !ok {
		return wrong("occasion", "%q is no occasion we know; use one of %s", w.Occasion, known(g.giving.Occasions))
	}
	if w.Gender != "" && w.Gender != male && w.Gender != female {
		return wrong("gender", "%q is unknown; use male, female or nothing", w.Gender)
	}
	if w.Age != nil && (*w.Age < 0 || *w.Age > maxAge) {
		return wrong("age", "must be 0 to %d", maxAge)
	}
	for field, amount := range map[string]*int64{"budget_min": w.BudgetMin, "budget_max": w.BudgetMax} {
		if amount != nil && *amount < 0 {
			return wrong(field, "must not be below 0")
		}
	}
	if today := day(now); !w.NeedBy.IsZero() && w.NeedBy.Before(today) {
		return wrong("need_by", "%s is over", w.NeedBy.Format(time.DateOnly))
	}
	interests := slices.Clone(w.Interests)
	for i, name := range interests {
		if key, ok := g.named(interest, name); ok {
			interests[i] = key
		}
	}
	w.Interests = slices.Compact(interests)
	return w, nil
}

// over is w with the fields of other where w says nothing, and without what
// either rules out.
func (w GiftWish) over(other GiftWish) GiftWish {
	if w.Recipient != "" && w.Recipient != other.Recipient { // what the words say is of somebody else
		other.Gender = ""
	}
	w.Recipient, w.Occasion = cmp.Or(w.Recipient, other.Recipient), cmp.Or(w.Occasion, other.Occasion)
	w.Gender, w.Category = cmp.Or(w.Gender, other.Gender), cmp.Or(w.Category, other.Category)
	w.Age = cmp.Or(w.Age, other.Age)
	if w.BudgetMin == nil && w.BudgetMax == nil { // one given limit replaces both said ones
		w.BudgetMin, w.BudgetMax = other.BudgetMin, other.BudgetMax
	}
	if len(w.Interests) == 0 {
		w.Interests = other.Interests
	}
	if w.NeedBy.IsZero() {
		w.NeedBy = other.NeedBy
	}
	w.Not = w.Not.With(other.Not)
	return w
}

// day is the day of a moment, midnight in UTC.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
