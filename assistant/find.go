package assistant

import (
	"context"
	"slices"

	"honeyguide/assistant/intent"
	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// shownAtOnce is how many products one answer shows: what a phone holds without getting lost.
const shownAtOnce = 6

// search finds products by words, with what was said before.
func (t *turn) search(ctx context.Context, p plan) error {
	if p.act == "this" {
		return t.point(ctx)
	}
	if kind := absentKind(&t.asked); kind != "" {
		return t.lack(kind)
	}
	w := t.wanted(p)
	if !namesSomething(&w.Asked) && w.Asked.Rest == "" && w.ProductID == "" && w.Photo == "" {
		if t.ask("category", "what-to-find") {
			return nil
		}
	}
	return t.find(ctx, w, p)
}

// absentKind is the kind of thing that a request names and the store does not sell, or
// nothing.
func absentKind(q *query.Query) string {
	if q.Filters.Category != "" {
		return ""
	}
	for _, m := range q.Mentions {
		if m.Field == query.Category && m.Note == query.Absent && !m.Negated {
			return m.Value
		}
	}
	return ""
}

// lack says that the shop does not sell a kind of thing, and shows nothing else instead.
func (t *turn) lack(kind string) error {
	t.reply.Understood.Category = kind
	t.say("found-none", "what", t.name(kind))
	t.chip("chip-gift")
	t.chip("chip-person")
	return nil
}

// point shows the one product that is meant.
func (t *turn) point(ctx context.Context) error {
	p, err := t.product(ctx, t.subject())
	if err != nil {
		return err
	}
	if p == nil { // it was taken off meanwhile
		t.say("gone")
		return nil
	}
	t.say("this-one", "title", titleIn(p, t.language), "price", t.price(p.Cost()), "stock", t.stock(p))
	shown := t.memory.Shown
	t.show([]catalog.Found{{Product: *p, Score: 1, Why: []catalog.Reason{}}})
	t.memory.Shown = shown // «and the third?» still counts from the list
	if dressed(p.Category) {
		t.chip("photo-chip-outfit")
		t.chip("chip-size")
	}
	t.chip("chip-other-color")
	return nil
}

// stock says whether a product can be had.
func (t *turn) stock(p *catalog.Product) string {
	return t.phrase(map[string]string{catalog.InStock: "in-stock", catalog.OutOfStock: "out-of-stock", catalog.Preorder: "preorder",
		catalog.Backorder: "backorder"}[p.Availability])
}

// wanted is the search that the message goes on with, or begins.
func (t *turn) wanted(p plan) *wish {
	m := t.memory
	switch {
	case p.act == "back":
		if back := m.earlier(t.asked.Filters.Category); back != nil {
			m.leave()
			w := *back
			w.Asked = refine(w.Asked, t.asked)
			m.newTopic(w.Intent)
			t.say("back-to", "what", t.describe(&w.Asked))
			return &w
		}
	case m.Search != nil && (p.follows || t.isRefining()) && !isOther(&m.Search.Asked, &t.asked):
		w := *m.Search
		if w.Price != nil && namesSomething(&t.asked) { // «cheaper» was about what was shown then
			w.Asked.Filters.PriceMin, w.Asked.Filters.PriceMax, w.Price = w.Price.Min, w.Price.Max, nil
		}
		w.Asked = refine(w.Asked, t.asked)
		m.Topic = w.Intent
		t.edit(&w)
		return &w
	}
	w := &wish{Asked: t.asked, Intent: intent.Search}
	if m.Search != nil {
		m.leave()
		if t.asked.Filters.Gender == "" && t.asked.Filters.AgeGroup == "" && m.Topic != intent.Gift {
			w.Asked = refine(person(m.Search.Asked), t.asked)
			w.Asked.Text = t.asked.Text
		}
	}
	m.newTopic(intent.Search)
	t.edit(w)
	return w
}

// isRefining tells whether a search names only properties, or a finer kind of what was
// searched for.
func (t *turn) isRefining() bool {
	before, now := t.memory.Search.Asked.Filters.Category, t.asked.Filters.Category
	topic := t.memory.Topic == intent.Search || t.memory.Topic == intent.Similar
	return topic && (t.edits() || now == "" && namesSomething(&t.asked) || now != "" && now != before && packs.IsA(now, before))
}

// find runs a search and drafts its answer.
func (t *turn) find(ctx context.Context, w *wish, p plan) error {
	t.status("searching")
	before, err := t.shownBefore(ctx)
	if err != nil {
		return err
	}
	limit := t.bound(w, before)
	s := catalog.Search{Asked: &w.Asked, ProductID: w.ProductID, Limit: shownAtOnce, Language: t.language, Region: t.sent.Region}
	if g := w.Asked.Filters.Gender; (g == "male" || g == "female") && w.Asked.Filters.AgeGroup == "" {
		s.Not.AgeGroups = children // who says men's means no child's
	}
	if t.wantsOthers() || limit != "" {
		s.Except = t.memory.Seen
	}
	if w.Photo != "" {
		if s.Picture, err = t.loadPicture(ctx, w.Photo); err != nil {
			return err
		}
	}
	r, err := t.catalog.Find(ctx, t.store.ID, s)
	if err != nil {
		return err
	}
	t.reply.Understood.wished(&w.Asked)
	switch {
	case limit != "" && isBroken(r):
		return t.atTheEnd(ctx, w, limit)
	case (t.slots.Edit.More || t.slots.Edit.Reject) && isBroken(r): // others of that kind there are none
		r.Products, r.Relaxed = []catalog.Found{}, []catalog.Reason{}
	case t.slots.Edit.NotBrand && isBroken(r):
		return t.noOther(w, query.Brand)
	case t.slots.Edit.NotColor && isBroken(r):
		return t.noOther(w, query.Color)
	}
	t.memory.Search = w
	t.introduce(w, r, limit)
	if key := propertyIn(t.sent.Text); key != "" && len(r.Products) > 0 && !p.follows && !t.edits() { // «how much is the black watch?»
		t.tellOf(&r.Products[likestTitle(r.Products, t.sent.Text)].Product, key)
	}
	t.fill(r)
	t.nextAfterFinding(r, w)
	return nil
}

// children are the age groups of who is not grown up.
var children = []string{"newborn", "infant", "toddler", "kids"}

// likestTitle is the place of the product whose title shares most words with a text, the
// first of equals.
func likestTitle(found []catalog.Found, text string) int {
	said := words.Terms(text)
	best, most := 0, -1
	for i := range found {
		shared := 0
		for _, term := range words.Terms(found[i].Product.Title + " " + found[i].Product.Attributes["title_zh"]) {
			if slices.Contains(said, term) {
				shared++
			}
		}
		if shared > most {
			best, most = i, shared
		}
	}
	return best
}

// noOther says that there is no other brand, or color, of what is searched for. What was
// ruled out is allowed again.
func (t *turn) noOther(w *wish, field string) error {
	*bars(&w.Asked.Not)[field] = nil
	t.say("no-other-kind", "field", t.phrase("field-"+field), "what", t.describe(&w.Asked))
	t.chip("chip-more")
	t.chip("chip-person")
	return nil
}

// isBroken tells whether something had to be given up to find anything.
func isBroken(r *catalog.Result) bool { return len(r.Relaxed) > 0 || len(r.Products) == 0 }

// atTheEnd says that nothing is cheaper, or dearer, than what was shown, and shows the
// last of it again. The limit is not kept.
func (t *turn) atTheEnd(ctx context.Context, w *wish, limit string) error {
	shown, err := t.shownBefore(ctx)
	if err != nil {
		return err
	}
	slices.SortStableFunc(shown, func(a, b catalog.Product) int { return int(a.Cost().Amount - b.Cost().Amount) })
	last, key := shown[0], "cheapest-seen"
	if limit == "price_min" {
		last, key = shown[len(shown)-1], "dearest-seen"
		w.Asked.Filters.PriceMin = nil
	} else {
		w.Asked.Filters.PriceMax = nil
	}
	t.memory.Search = w
	t.say(key, "what", t.describe(&w.Asked), "title", titleIn(&last, t.language), "price", t.price(last.Cost()))
	list := t.memory.Shown
	t.show([]catalog.Found{{Product: last, Score: 1, Why: []catalog.Reason{}}})
	t.memory.Shown = list // places still count from it
	t.chip("chip-more")
	return nil
}
