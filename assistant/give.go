package assistant

import (
	"context"
	"slices"
	"time"

	"honeyguide/assistant/intent"
	"honeyguide/catalog/money"
	"honeyguide/outfit"
)

// give advises presents, or others than were advised.
func (t *turn) give(ctx context.Context, p plan) error {
	w, text := t.giftWanted(p)
	if w.Recipient == "" && w.Occasion == "" && w.Age == nil && w.Gender == "" && len(w.Interests) == 0 && w.Category == "" {
		t.memory.Topic, t.memory.Gift = intent.Gift, &w
		if t.ask("recipient", "ask-recipient") {
			t.chip("chip-mother")
			t.chip("chip-partner")
			t.chip("chip-friend")
			return nil
		}
	}
	if t.memory.Topic != intent.Gift {
		t.memory.newTopic(intent.Gift)
	}
	t.status("choosing")
	r := outfit.GiftRequest{Text: text, Given: w, Now: t.now}
	if e := t.slots.Edit; p.follows && (t.wantsOthers() || e.NotColor || e.NotBrand || e.Price != 0) {
		r.Except = t.memory.Seen
	}
	if err := t.cheaperGifts(ctx, &r.Given); err != nil {
		return err
	}
	advice, err := t.giver.Gifts(ctx, t.catalog, t.store.ID, r)
	if err == nil && len(advice.Gifts) == 0 && len(r.Except) > 0 { // nothing new: rather what was shown
		r.Except = nil
		advice, err = t.giver.Gifts(ctx, t.catalog, t.store.ID, r)
	}
	if err != nil {
		return err
	}
	t.memory.Gift = &advice.Wish
	t.presented(&advice.Wish)
	t.showGifts(advice)
	return nil
}

// giftWanted is the wish that the message goes on with, or begins, and the words that
// say what kind of thing it is to be.
func (t *turn) giftWanted(p plan) (w outfit.GiftWish, text string) {
	now := t.giving
	if t.memory.Gift == nil || !p.follows && now.Recipient != "" && now.Recipient != t.memory.Gift.Recipient && !t.slots.Edit.Instead {
		now.Language = t.language
		return now, t.sent.Text
	}
	w = *t.memory.Gift
	w.Language = t.language
	t.change(&w, &now)
	t.amount(&w)
	if t.slots.Answer.Gender != "" {
		w.Gender = t.slots.Answer.Gender
	}
	if w.Category != "" && w.Category == now.Category {
		text = t.sent.Text
	}
	return w, text
}

// change lets what a message says of a present take the place of what was said before.
// Somebody else has an age, a gender and interests of their own.
func (t *turn) change(w, now *outfit.GiftWish) {
	if now.Recipient != "" && now.Recipient != w.Recipient {
		w.Recipient, w.Age, w.Gender, w.Interests = now.Recipient, nil, "", nil
	}
	if now.Occasion != "" {
		w.Occasion = now.Occasion
	}
	if now.Age != nil {
		w.Age = now.Age
	}
	if now.Gender != "" {
		w.Gender = now.Gender
	}
	if len(now.Interests) > 0 {
		w.Interests = now.Interests
	}
	if now.BudgetMin != nil || now.BudgetMax != nil {
		w.BudgetMin, w.BudgetMax = now.BudgetMin, now.BudgetMax
	}
	if !now.NeedBy.IsZero() {
		w.NeedBy = now.NeedBy
	} else if !t.slots.Date.IsZero() && !t.slots.Date.Before(t.now.UTC().Truncate(24*time.Hour)) {
		w.NeedBy = t.slots.Date
	}
	if now.Category != "" {
		w.Category = now.Category
	}
	w.Not = w.Not.With(now.Not)
}

// amount takes a bare sum as the budget, where one was asked for, and «cheaper» as below
// the middle of what was shown.
func (t *turn) amount(w *outfit.GiftWish) {
	a := t.slots.Answer
	if t.giving.BudgetMax == nil && t.giving.BudgetMin == nil {
		switch {
		case a.Amount.Around > 0 || a.Amount.Max > 0:
			w.BudgetMax = t.minor(max(a.Amount.Around, a.Amount.Max))
			w.BudgetMin = nil
			if a.Amount.Min > 0 {
				w.BudgetMin = t.minor(a.Amount.Min)
			}
		case a.Amount.Min > 0:
			w.BudgetMin, w.BudgetMax = t.minor(a.Amount.Min), nil
		case a.Number != nil:
			w.BudgetMax, w.BudgetMin = t.minor(*a.Number), nil
		}
	}
}

// cheaperGifts makes «cheaper» and «dearer» a budget, measured by the presents that were shown.
func (t *turn) cheaperGifts(ctx context.Context, w *outfit.GiftWish) error {
	way := t.slots.Edit.Price
	if way == 0 || t.giving.BudgetMax != nil || t.giving.BudgetMin != nil {
		return nil
	}
	shown, err := t.shownBefore(ctx)
	if err != nil || len(shown) == 0 {
		return err
	}
	middle := middlePrice(shown, t.store.Currency)
	if way < 0 {
		most := max(0, middle-1)
		w.BudgetMax = &most
		if w.BudgetMin != nil && *w.BudgetMin > most {
			w.BudgetMin = nil
		}
		return nil
	}
	least := middle + 1
	w.BudgetMin = &least
	if w.BudgetMax != nil && *w.BudgetMax < least {
		w.BudgetMax = nil
	}
	return nil
}

// minor is a sum in minor units of the store's currency.
func (t *turn) minor(units float64) *int64 {
	for range money.Exponent(t.store.Currency) {
		units *= 10
	}
	amount := int64(units + .5)
	return &amount
}

// presented writes the wish into the reply.
func (t *turn) presented(w *outfit.GiftWish) {
	u := &t.reply.Understood
	u.Recipient, u.Occasion, u.Interests, u.Age, u.Gender, u.Category = w.Recipient, w.Occasion, w.Interests, w.Age, w.Gender, w.Category
	u.BudgetMin, u.BudgetMax = w.BudgetMin, w.BudgetMax
	if !w.NeedBy.IsZero() {
		u.NeedBy = w.NeedBy.Format(time.DateOnly)
	}
}

// showGifts drafts the answer of presents that were found.
func (t *turn) showGifts(a *outfit.GiftAdvice) {
	if len(a.Gifts) == 0 {
		t.reply.Confidence = min(t.reply.Confidence, .5)
		t.say("gifts-none")
		for _, note := range a.Notes {
			t.put(note.Text)
		}
		return
	}
	whom, budget := "", ""
	if a.Wish.Recipient != "" && a.Wish.Recipient != "self" {
		whom = t.phrase("gift-for", "who", t.catalog.Packs().Giving().Recipients[a.Wish.Recipient].Show(t.language))
	}
	if a.Wish.Occasion != "" {
		whom += t.phrase("gift-occasion", "occasion", t.catalog.Packs().Giving().Occasions[a.Wish.Occasion].Show(t.language))
	}
	if a.Wish.BudgetMax != nil {
		budget = t.phrase("gift-budget", "max", t.money(*a.Wish.BudgetMax))
	}
	t.say("gifts", "n", count(len(a.Gifts)), "for_whom", whom, "budget", budget)
	for _, note := range a.Notes {
		t.put(note.Text)
	}
	t.show(a.Gifts)
	t.nextAfterGifts(a)
}

// wide is the ratio of the dearest to the cheapest from which on a budget would change
// what is advised.
const wide = 3

// nextAfterGifts asks for the budget where prices lie far apart, and offers what may come next.
func (t *turn) nextAfterGifts(a *outfit.GiftAdvice) {
	prices := make([]int64, len(a.Gifts))
	for i, g := range a.Gifts {
		prices[i] = g.Product.Cost().Amount
	}
	slices.Sort(prices)
	if open := a.Wish.BudgetMax == nil && a.Wish.BudgetMin == nil; open && prices[len(prices)-1] > wide*prices[0] && t.ask("budget", "ask-budget") {
		t.chip("chip-under", "max", t.money(rounded(prices[len(prices)/2], t.store.Currency)))
		t.chip("chip-under", "max", t.money(rounded(prices[len(prices)-1], t.store.Currency)))
	}
	t.chip("chip-more")
	t.chip("chip-cheaper")
}

// rounded is an amount rounded up to one figure, for a limit that people would name.
func rounded(amount int64, currency string) int64 {
	step := int64(1)
	for range money.Exponent(currency) {
		step *= 10
	}
	for step*10 <= amount {
		step *= 10
	}
	return (amount + step - 1) / step * step
}
