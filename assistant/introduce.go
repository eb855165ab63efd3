package assistant

import (
	"slices"

	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/catalog/query"
	"honeyguide/packs"
)

// introduce drafts what is said before products that were found.
func (t *turn) introduce(w *wish, r *catalog.Result, limit string) {
	what := t.describe(&w.Asked)
	switch n := len(r.Products); {
	case n == 0 && t.wantsOthers():
		t.say("no-more", "what", what)
	case n == 0 && what == "":
		t.say("what-to-find")
	case n == 0:
		t.failed()
		t.say("found-none", "what", what)
	case limit == "price_max":
		t.say("found-cheaper", "low", t.price(lowest(r.Products)))
	case limit == "price_min":
		t.say("found-dearer", "low", t.price(lowest(r.Products)))
	case len(r.Relaxed) > 0 || len(t.draft) > 0: // the reasons say it, or it was said that the talk is back
	case (t.slots.Edit.More || t.slots.Edit.Reject) && len(t.memory.Seen) > 0:
		t.say("found-more")
	case n == 1:
		t.say("found-one", "what", what, "title", titleIn(&r.Products[0].Product, t.language), "price", t.price(r.Products[0].Product.Cost()))
	case what == "":
		t.say("found-some")
	case isVague(w, r):
		t.reply.Confidence = min(t.reply.Confidence, unsure)
		t.say("found-vague", "what", what)
	default:
		t.say("found", "what", what)
	}
}

// isVague tells whether nothing but likeness of words speaks for what was found: nothing
// was named that the store has, and no product's text holds a word of the request.
func isVague(w *wish, r *catalog.Result) bool {
	if w.Photo != "" || w.ProductID != "" || slices.ContainsFunc(w.Asked.Mentions, func(m query.Mention) bool { return m.Note == "" }) {
		return false
	}
	return !slices.ContainsFunc(r.Products, func(f catalog.Found) bool {
		return slices.ContainsFunc(f.Why, func(why catalog.Reason) bool { return why.Field == "text" })
	})
}

func lowest(found []catalog.Found) (low money.Money) {
	for i, f := range found {
		if cost := f.Product.Cost(); i == 0 || cost.Amount < low.Amount {
			low = cost
		}
	}
	return low
}

// nextAfterFinding offers what may come next, and asks the one thing that would change
// the result: whether it is for a man or a woman, where the answer is of both.
func (t *turn) nextAfterFinding(r *catalog.Result, w *wish) {
	if len(r.Products) == 0 {
		t.chip("chip-person")
		return
	}
	if t.isMixed(r.Products, w) && t.ask("gender", "ask-gender") {
		t.chip("chip-women")
		t.chip("chip-men")
	}
	if len(r.Products) > 1 {
		t.chip("chip-cheaper")
		t.chip("chip-more")
	}
	if dressed(r.Products[0].Product.Category) {
		t.chip("chip-outfit")
		t.chip("chip-size")
	} else {
		t.chip("chip-similar")
	}
	if len(r.Products) > 1 {
		t.chip("chip-compare")
	}
}

// worn are the parts of the taxonomy that are worn, as far as sizes and outfits go.
var worn = []string{"tops", "bottoms", "dresses", "outerwear", "shoes"}

func dressed(category string) bool {
	return slices.ContainsFunc(worn, func(above string) bool { return packs.IsA(category, above) })
}

// isMixed tells whether things to wear for men and for women stand in one answer, to
// somebody who said neither.
func (t *turn) isMixed(found []catalog.Found, w *wish) bool {
	f := &w.Asked.Filters
	if f.Gender != "" || f.AgeGroup != "" || w.Photo != "" || w.ProductID != "" {
		return false
	}
	men, women := 0, 0
	for _, one := range found {
		if !dressed(one.Product.Category) {
			continue
		}
		switch one.Product.Gender {
		case "male":
			men++
		case "female":
			women++
		}
	}
	return men > 0 && women > 0
}
