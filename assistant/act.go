package assistant

import (
	"context"
	"slices"
	"strings"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/intent"
	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/catalog/query"
)

// act does what the plan says and drafts the answer.
func (t *turn) act(ctx context.Context, p plan) error {
	if _, beyond := t.meant(); beyond && slices.Contains(pointing, p.intent) {
		t.askWhich("product", "no-such-place")
		return nil
	}
	switch p.intent {
	case intent.Search:
		return t.search(ctx, p)
	case intent.Similar:
		return t.similar(ctx, p)
	case intent.Outfit:
		return t.dress(ctx, p)
	case intent.Gift:
		return t.give(ctx, p)
	case intent.Size:
		return t.fit(ctx, p)
	case intent.FAQ:
		return t.inform(ctx, p)
	case intent.Order:
		return t.serve(ctx, p)
	case intent.Promotion:
		return t.promote(ctx)
	case intent.Compare:
		return t.compare(ctx)
	case intent.Handover:
		return t.callPerson(ctx, p.act)
	case intent.Smalltalk:
		t.chat(p.act)
		return nil
	}
	return t.wonder(ctx)
}

// pointing are the intents that may be about products by their places in the list.
var pointing = []intent.Intent{intent.Search, intent.Similar, intent.Outfit, intent.Size, intent.FAQ, intent.Compare}

// wonder is the answer to what was not understood: a question the shop may know, else
// something to find, else the plain word that it was not.
func (t *turn) wonder(ctx context.Context) error {
	if found, err := t.answers(ctx); err != nil {
		return err
	} else if found.Result == catalog.FAQAnswered && found.FAQs[0].Score >= surePolicy { // it did not sound like a question
		_, err := t.fromFAQ(ctx, false)
		return err
	}
	if namesSomething(&t.asked) && (t.asked.Filters.Category != "" || t.best().P < surelyUnknown) {
		t.reply.Intent = intent.Search
		return t.search(ctx, plan{intent: intent.Search, p: .5})
	}
	if t.slots.This && t.memory.Focus != "" {
		t.reply.Intent = intent.FAQ
		return t.inform(ctx, plan{intent: intent.FAQ, p: .5})
	}
	t.failed()
	if t.best().P >= surelyUnknown {
		t.say("off-topic")
	} else {
		t.say("unknown")
	}
	t.chip("chip-gift")
	t.chip("chip-order")
	t.chip("chip-person")
	return nil
}

// surelyUnknown is the chance from which on a message is of other things than shops,
// rather than one that was not understood.
const surelyUnknown = .8

// chat answers small talk, and keeps to the topic.
func (t *turn) chat(act string) {
	switch act {
	case "language":
		t.say("other-language")
	case "restart":
		t.memory.leave()
		t.memory.forget()
		t.say("restarted")
	case "hello":
		if t.memory.Turns > 0 {
			t.say("hello-again")
		} else {
			t.say("hello")
		}
	case "insult":
		t.say("insult")
		t.chip("chip-person")
	case "who":
		t.say("who", "store", t.store.Name)
		t.source("store", t.store.ID, t.store.Name)
	case "able":
		t.say("able")
	case "thanks", "bye", "praise", "how", "joke", "sorry", "yes", "no":
		t.say(act)
	default:
		t.say("hello")
	}
	switch act {
	case "hello", "who", "able", "restart":
		for _, key := range firstChips(false) {
			t.chip(key)
		}
	default:
		if what := t.topic(); what != "" && (act == "joke" || act == "how") {
			t.say("ok-go-on", "topic", what)
		}
	}
}

// topic says what was searched for last, or nothing.
func (t *turn) topic() string {
	if t.memory.Search == nil {
		return ""
	}
	return t.describe(&t.memory.Search.Asked)
}

// describe says a request in words made of what was understood: «red dresses under $50».
func (t *turn) describe(q *query.Query) string {
	f := &q.Filters
	labels := t.catalog.Labels(t.language)
	name := func(field, value string) string {
		if label, ok := labels[field+":"+value]; ok {
			return label
		}
		return value
	}
	var before []string
	for _, one := range []struct {
		field  string
		values []string
	}{{query.Occasion, f.Occasions}, {query.Color, f.Colors}, {query.Pattern, f.Patterns}, {query.Material, f.Materials}, {query.Brand, f.Brands}} {
		for _, v := range one.values {
			before = append(before, name(one.field, v))
		}
	}
	if f.Gender != "" {
		before = append(before, name(query.Gender, f.Gender))
	}
	if f.Category != "" {
		before = append(before, strings.ToLower(name(query.Category, f.Category)))
	} else if rest := strings.TrimSpace(q.Rest); rest != "" && len([]rune(rest)) <= 40 {
		before = append(before, "“"+rest+"”")
	}
	if len(before) == 0 && f.PriceMax == nil && f.PriceMin == nil && len(f.Sizes) == 0 {
		return ""
	}
	return t.join(before, f)
}

// join puts the parts of a description together, with sizes and prices.
func (t *turn) join(parts []string, f *query.Filters) string {
	space, in := "", "、"
	if t.english() {
		space, in = " ", ", "
	}
	text := strings.Join(parts, space)
	if t.english() && text == "" {
		text = "things"
	}
	if len(f.Sizes) > 0 {
		text += t.either(" in ", "，尺码") + strings.Join(f.Sizes, in)
	}
	switch {
	case f.PriceMin != nil && f.PriceMax != nil:
		text += t.either(" from ", "，") + t.money(*f.PriceMin) + t.either(" to ", "到") + t.money(*f.PriceMax)
	case f.PriceMax != nil:
		text += t.either(" under ", "，") + t.money(*f.PriceMax) + t.either("", "以内")
	case f.PriceMin != nil:
		text += t.either(" from ", "，") + t.money(*f.PriceMin) + t.either("", "以上")
	}
	return strings.Trim(text, " ，")
}

func (t *turn) either(en, zh string) string {
	if t.english() {
		return en
	}
	return zh
}

// money writes an amount of the store's currency.
func (t *turn) money(amount int64) string {
	return t.price(money.Money{Amount: amount, Currency: t.store.Currency})
}

func (t *turn) price(m money.Money) string {
	locale := t.language
	if t.english() && !strings.HasPrefix(strings.ToLower(t.store.Locale), "zh") {
		locale = t.store.Locale
	}
	return money.Format(m, locale)
}

// name is what a category is called, in lower case where letters have case.
func (t *turn) name(category string) string {
	return strings.ToLower(t.catalog.Packs().CategoryName(category, t.language))
}

// failed notes that the buyer got no answer.
func (t *turn) failed() {
	t.memory.NoAnswer++
	t.reply.Confidence = min(t.reply.Confidence, .3)
}

// Limits of turns in a row until a person is called.
const (
	maxFailures = 2
	unsure      = .4 // below, a turn is of low confidence
)

// mindFailures counts answers that failed, and calls a person after the second in a row.
func (t *turn) mindFailures(ctx context.Context, p plan) error {
	m := t.memory
	if t.reply.Confidence >= unsure {
		m.NoAnswer, m.Unsure = 0, 0
		return nil
	}
	m.Unsure++
	if t.reply.Handover != nil || t.talk.State != conversation.Bot || p.intent == intent.Smalltalk {
		return nil
	}
	switch {
	case m.NoAnswer >= maxFailures:
		t.say("handover-lost")
		return t.callPerson(ctx, "no_answer")
	case m.Unsure >= maxFailures:
		t.say("handover-lost")
		return t.callPerson(ctx, "low_confidence")
	}
	return nil
}

// fill puts products that were found beside the reply's, with what was given up for them
// and what could not be done.
func (t *turn) fill(r *catalog.Result) {
	t.reply.Relaxed = append(slices.Clip(r.Notices), r.Relaxed...)
	for _, reason := range t.reply.Relaxed {
		t.put(reason.Text)
	}
	t.show(r.Products)
}
