package assistant

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"honeyguide/assistant/intent"
	"honeyguide/catalog"
	"honeyguide/catalog/words"
	"honeyguide/outfit"
)

// outfitsAtOnce is how many outfits one answer shows.
const outfitsAtOnce = 3

// dress advises what goes with something, or changes what was advised.
func (t *turn) dress(ctx context.Context, p plan) error {
	w, swapped, err := t.outfitWanted(ctx, p)
	if err != nil {
		return err
	}
	if w == nil {
		t.memory.Topic = intent.Outfit
		t.askWhich("anchor", "ask-anchor")
		return nil
	}
	t.status("combining")
	advice, err := t.compose(ctx, w, swapped)
	if err != nil {
		return err
	}
	if t.memory.Topic != intent.Outfit {
		t.memory.newTopic(intent.Outfit)
	}
	t.memory.Outfit = w
	if w.ProductID != "" {
		t.memory.Focus = w.ProductID
	}
	u := &t.reply.Understood
	u.Category, u.Occasion, u.Season, u.Gender = advice.Anchor.Category, w.Occasion, w.Season, w.Gender
	if w.Budget > 0 {
		u.BudgetMax = &w.Budget
	}
	if len(advice.Outfits) == 0 {
		return t.noOutfit(advice, w, swapped)
	}
	t.showOutfits(advice, w, swapped)
	return nil
}

// outfitWanted is the wish that the message goes on with, or begins; nil where nothing
// says what the outfit is made around. swapped are the slots to change.
func (t *turn) outfitWanted(ctx context.Context, p plan) (w *outfitWish, swapped []string, err error) {
	if before := t.memory.Outfit; before != nil && p.follows {
		next := *before
		w = &next
		if swapped, err = t.swapped(ctx, w); err != nil {
			return nil, nil, err
		}
		if t.memory.Asked == "anchor" { // what was missing
			w.Text, w.Photo = firstRunes(t.sent.Text, maxText), t.photoOf()
		}
	} else if w = t.anchor(); w == nil {
		return nil, nil, nil
	}
	f := &t.asked.Filters
	if f.PriceMax != nil {
		w.Budget = *f.PriceMax
	}
	if len(f.Occasions) > 0 {
		w.Occasion = f.Occasions[0]
	}
	if len(f.Seasons) > 0 {
		w.Season = f.Seasons[0]
	}
	if f.Gender != "" {
		w.Gender = f.Gender
	}
	switch e := t.slots.Edit; {
	case e.Formality > 0:
		w.Occasion = "formal"
	case e.Formality < 0:
		w.Occasion = "casual"
	}
	if e := t.slots.Edit; e.Price < 0 && w.Budget == 0 {
		if total, err := t.totalOf(ctx, w); err != nil || total > 1 {
			w.Budget = total - 1
			return w, swapped, err
		}
	}
	return w, swapped, nil
}

// anchor finds what the outfit is made around: the photo sent, the product pointed at,
// the thing named, what was spoken of last.
func (t *turn) anchor() *outfitWish {
	ids, _ := t.meant()
	named := t.advisor.NamesAnchor(t.sent.Text)
	switch {
	case t.picture != nil:
		return &outfitWish{Photo: t.memory.Photo, Text: firstRunes(t.sent.Text, maxText)}
	case len(ids) > 0:
		return &outfitWish{ProductID: ids[0], Text: firstRunes(t.sent.Text, maxText)}
	case t.sent.ProductID != "" || t.memory.Focus != "" && (t.slots.This || !named):
		return &outfitWish{ProductID: t.memory.Focus, Text: firstRunes(t.sent.Text, maxText)}
	case t.memory.Photo != "" && !named && (t.memory.Search != nil && t.memory.Search.Photo != "" || t.memory.Outfit != nil && t.memory.Outfit.Photo != ""):
		return &outfitWish{Photo: t.memory.Photo, Text: firstRunes(t.sent.Text, maxText)}
	case named:
		return &outfitWish{Text: firstRunes(t.sent.Text, maxText)}
	case len(t.memory.Shown) > 0:
		return &outfitWish{ProductID: t.memory.Shown[0], Text: firstRunes(t.sent.Text, maxText)}
	}
	return nil
}

func (t *turn) photoOf() string {
	if t.picture != nil {
		return t.memory.Photo
	}
	return ""
}

// compose makes the outfits of a wish. Pieces stay but those of the swapped slots; where
// others are wanted nothing comes again.
func (t *turn) compose(ctx context.Context, w *outfitWish, swapped []string) (*outfit.Advice, error) {
	about := catalog.Search{Text: w.Text, ProductID: w.ProductID, Language: t.language}
	if w.Photo != "" {
		var err error
		if about.Picture, err = t.loadPicture(ctx, w.Photo); err != nil {
			return nil, err
		}
		if t.sent.Region != nil && about.Picture != nil {
			about.Region = t.sent.Region
		}
	}
	subject, err := t.catalog.Subject(ctx, t.store.ID, about)
	if err != nil {
		return nil, err
	}
	wish := outfit.Wish{Subject: subject, Set: w.Set, Occasion: w.Occasion, Season: w.Season, Gender: w.Gender, BudgetMax: w.Budget,
		Limit: outfitsAtOnce, Language: t.language}
	if len(swapped) > 0 {
		wish.Limit, wish.Set, wish.Swap = 1, w.Set, swapped
		wish.Keep = map[string]catalog.Product{}
		for slot, id := range w.Pieces {
			p, err := t.product(ctx, id)
			if err != nil {
				return nil, err
			}
			if p == nil || slices.Contains(swapped, slot) {
				wish.Exclude = append(wish.Exclude, id)
			} else {
				wish.Keep[slot] = *p
			}
		}
		wish.Exclude = append(wish.Exclude, t.others(wish.Keep)...)
	} else if t.wantsOthers() {
		wish.Exclude = t.memory.Seen
	}
	return t.advisor.Compose(ctx, t.catalog, t.store.ID, wish)
}

// others are the products seen on this topic that do not stay.
func (t *turn) others(keep map[string]catalog.Product) []string {
	return slices.DeleteFunc(slices.Clone(t.memory.Seen), func(id string) bool {
		return slices.ContainsFunc(slices.Collect(maps.Values(keep)), func(p catalog.Product) bool { return p.ID == id })
	})
}

// swapped finds the slots of the outfit shown that the message wants changed: those it
// names, or all but those that it wants kept.
func (t *turn) swapped(ctx context.Context, w *outfitWish) ([]string, error) {
	e := t.slots.Edit
	if len(e.Swap) == 0 && disliking.MatchString(words.Fold(t.sent.Text)) { // «I don't like the trousers»
		for _, key := range t.catalog.Packs().Named(words.Fold(t.sent.Text)) {
			e.Swap = append(e.Swap, t.catalog.Packs().CategoryName(key, "en"))
		}
	}
	if len(e.Swap) == 0 && len(e.Keep) == 0 {
		return nil, nil
	}
	var swap, keep []string
	for slot, id := range w.Pieces {
		p, err := t.product(ctx, id)
		if err != nil {
			return nil, err
		}
		if p == nil || t.names(e.Swap, slot, p) {
			swap = append(swap, slot)
		}
		if p != nil && t.names(e.Keep, slot, p) {
			keep = append(keep, slot)
		}
	}
	if len(swap) == 0 && len(keep) > 0 {
		for slot := range w.Pieces {
			if !slices.Contains(keep, slot) {
				swap = append(swap, slot)
			}
		}
	}
	return swap, nil
}

// names tells whether some words mean the piece in a slot.
func (t *turn) names(said []string, slot string, p *catalog.Product) bool {
	return slices.ContainsFunc(said, func(word string) bool {
		if strings.Contains(word, slot) || strings.Contains(slot, word) {
			return true
		}
		return slices.ContainsFunc(t.catalog.Packs().Named(word), func(key string) bool {
			return t.catalog.Packs().CommonAncestor(key, p.Category) != "" // «trousers» may be jeans
		})
	})
}

// totalOf is what the outfit shown costs.
func (t *turn) totalOf(ctx context.Context, w *outfitWish) (total int64, err error) {
	for _, id := range w.Pieces {
		p, err := t.product(ctx, id)
		if err != nil {
			return 0, err
		}
		if p != nil {
			total += p.Cost().Amount
		}
	}
	return total, nil
}

// showOutfits drafts the answer of outfits that were made.
func (t *turn) showOutfits(a *outfit.Advice, w *outfitWish, swapped []string) {
	t.reply.Outfits = a.Outfits
	first := &a.Outfits[0]
	labels := map[string]string{}
	w.Set, w.Pieces = first.Set, map[string]string{}
	var ids []string
	for _, piece := range first.Pieces {
		w.Pieces[piece.Slot], labels[piece.Slot] = piece.Product.ID, piece.Label
		ids = append(ids, piece.Product.ID)
	}
	switch n := len(a.Outfits); {
	case len(swapped) > 0:
		var names []string
		for _, slot := range swapped {
			names = append(names, strings.ToLower(cmp.Or(labels[slot], slot)))
		}
		t.say("outfit-swapped", "slot", strings.Join(names, t.either(", ", "、")))
	case n == 1:
		t.say("outfit-one", "anchor", t.anchorName(&a.Anchor))
	default:
		t.say("outfits", "n", count(n), "anchor", t.anchorName(&a.Anchor))
	}
	if len(first.MissingLabels) > 0 {
		t.say("outfit-missing", "slots", strings.ToLower(strings.Join(first.MissingLabels, t.either(", ", "、"))))
	}
	for _, one := range a.Outfits {
		for _, piece := range one.Pieces {
			t.source("product", piece.Product.ID, piece.Product.Title)
			t.know("product", piece.Product.ID, factsOf(&piece.Product))
			if !slices.Contains(t.memory.Seen, piece.Product.ID) {
				t.memory.Seen = append(t.memory.Seen, piece.Product.ID)
			}
		}
	}
	if p := a.Anchor.Product; p != nil {
		t.source("product", p.ID, p.Title)
		t.know("product", p.ID, factsOf(p))
	}
	focus := t.memory.Focus
	t.memory.showed(ids)
	t.memory.Focus = focus // the talk stays with the anchor
	for _, piece := range first.Pieces {
		t.chip("chip-swap", "slot", strings.ToLower(piece.Label))
	}
	t.chip("chip-more")
}

// anchorName is what the thing is called that the outfit is made around.
func (t *turn) anchorName(a *outfit.Anchor) string {
	if a.Product != nil {
		return titleIn(a.Product, t.language)
	}
	return t.phrase("its-anchor", "thing", strings.ToLower(a.Label))
}

// noOutfit says that nothing goes together.
func (t *turn) noOutfit(a *outfit.Advice, w *outfitWish, swapped []string) error {
	t.reply.Confidence = min(t.reply.Confidence, .5)
	if len(swapped) > 0 {
		t.say("outfit-no-other", "slot", strings.ToLower(strings.Join(swapped, t.either(", ", "、"))))
		return nil
	}
	if a.Anchor.Category == "" {
		if t.ask("anchor", "ask-anchor") {
			return nil
		}
	}
	if a.Reason != "" {
		t.put(a.Reason)
		return nil
	}
	t.say("outfit-none")
	return nil
}
