package assistant

import (
	"context"
	"image"
	"slices"
	"strings"

	"honeyguide/assistant/intent"
	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// similar finds what is like the photo, or like the product that is meant.
func (t *turn) similar(ctx context.Context, p plan) error {
	w := &wish{Asked: t.asked, Intent: intent.Similar}
	switch {
	case t.picture != nil:
		t.memory.leave()
		t.memory.newTopic(intent.Similar)
		w.Photo = t.memory.Photo
		return t.likePhoto(ctx, w)
	case p.follows && t.memory.Search != nil:
		*w = *t.memory.Search
		w.Asked = refine(w.Asked, t.asked)
		t.edit(w)
		return t.find(ctx, w, p)
	case t.subject() != "" || t.slots.This && len(t.memory.Shown) > 0:
		like, err := t.product(ctx, t.subject())
		if err != nil {
			return err
		}
		if like != nil {
			return t.likeProduct(ctx, w, like)
		}
	case t.memory.Photo != "":
		w.Photo = t.memory.Photo
		t.memory.newTopic(intent.Similar)
		return t.likePhoto(ctx, w)
	}
	t.askWhich("product", "which-like")
	return nil
}

// likeProduct finds what is like a product.
func (t *turn) likeProduct(ctx context.Context, w *wish, like *catalog.Product) error {
	t.status("searching")
	w.ProductID = like.ID
	w.Asked.Rest = "" // «something like that» ranks nothing
	if above := t.catalog.Packs().Ancestry(like.Category); w.Asked.Filters.Category == "" && len(above) > 0 {
		w.Asked.Filters.Category = above[len(above)-1]
	}
	if cost := like.Cost().Amount; t.slots.Edit.Price < 0 {
		most := cost - 1
		w.Asked.Filters.PriceMax = &most
	} else if t.slots.Edit.Price > 0 {
		least := cost + 1
		w.Asked.Filters.PriceMin = &least
	}
	r, err := t.catalog.Find(ctx, t.store.ID, catalog.Search{Asked: &w.Asked, ProductID: like.ID, Limit: shownAtOnce, Language: t.language})
	if err != nil {
		return err
	}
	t.memory.leave()
	t.memory.newTopic(intent.Similar)
	t.memory.Search = w
	t.reply.Understood.wished(&w.Asked)
	t.say("like-this", "title", titleIn(like, t.language))
	t.fill(r)
	t.nextAfterFinding(r, w)
	return nil
}

// likePhoto finds what is like a photo and says what it shows.
func (t *turn) likePhoto(ctx context.Context, w *wish) error {
	t.status("looking")
	picture, err := t.loadPicture(ctx, w.Photo)
	if err != nil {
		return err
	}
	if picture == nil {
		t.say("photo-gone")
		return nil
	}
	if likeness.MatchString(words.Fold(t.sent.Text)) || !namesSomething(&w.Asked) {
		w.Asked.Rest = "" // «something like this» says nothing of the thing
	}
	s := catalog.Search{Asked: &w.Asked, Picture: picture, PhotoID: w.Photo, Region: t.sent.Region, Limit: shownAtOnce, Language: t.language}
	r, err := t.catalog.Find(ctx, t.store.ID, s)
	if err != nil {
		return err
	}
	if r, err = t.ofItsKind(ctx, s, r); err != nil {
		return err
	}
	t.memory.Search = w
	t.reply.Regions, t.reply.Palette = r.Regions, r.Palette
	t.reply.Understood.wished(&w.Asked)
	if len(r.Notices) > 0 { // it was found by words: nothing was seen
		t.introduce(w, r, "")
		t.fill(r)
		t.nextAfterFinding(r, w)
		return nil
	}
	if r.Matched == catalog.MatchNone || len(r.Products) == 0 {
		t.reply.Confidence = min(t.reply.Confidence, .5)
		t.say("photo-none")
		return nil
	}
	t.say(map[catalog.Match]string{catalog.MatchYes: "photo-saw", catalog.MatchNear: "photo-near"}[r.Matched], t.seen(r)...)
	if key := propertyIn(t.sent.Text); key != "" { // «how much is this one?»
		t.tellOf(&r.Products[0].Product, key)
	}
	t.fill(r)
	t.chip("photo-chip-outfit")
	t.chip("chip-cheaper")
	t.chip("chip-more")
	return nil
}

// surely is how likely a photo's kind has to be right for others to be left out.
const surely = .5

// ofItsKind searches again within the kind of thing that a photo seems to show, where words
// or a price beside it led to other things too, or, if it is not sure of the kind, to other things only.
// Where that finds nothing, what was found stays.
func (t *turn) ofItsKind(ctx context.Context, s catalog.Search, r *catalog.Result) (*catalog.Result, error) {
	f := &s.Asked.Filters
	limited := len(s.Asked.Mentions) > 0 || f.PriceMin != nil || f.PriceMax != nil
	if !limited || f.Category != "" || len(r.Regions) == 0 || r.Regions[0].Category == "" {
		return r, nil
	}
	above := t.catalog.Packs().Ancestry(r.Regions[0].Category)
	if len(above) == 0 {
		return r, nil
	}
	of := func(f catalog.Found) bool { return packs.IsA(f.Product.Category, above[len(above)-1]) }
	other := func(f catalog.Found) bool { return !of(f) }
	if !slices.ContainsFunc(r.Products, other) || r.Regions[0].Score < surely && slices.ContainsFunc(r.Products, of) {
		return r, nil
	}
	s.Filters.Category = above[len(above)-1]
	again, err := t.catalog.Find(ctx, t.store.ID, s)
	if err != nil || len(again.Products) == 0 {
		return r, err
	}
	return again, nil
}

// seen names what a photo shows: the kind of thing and its color.
func (t *turn) seen(r *catalog.Result) []string {
	category := r.Products[0].Product.Category
	if len(r.Regions) > 0 && r.Regions[0].Category != "" {
		category = r.Regions[0].Category
	}
	if t.reply.Understood.Category == "" {
		t.reply.Understood.Category = category
	}
	color := ""
	if len(r.Palette) > 0 {
		label := t.catalog.Labels(t.language)[query.Color+":"+r.Palette[0].Name]
		if color = strings.ToLower(label); color != "" {
			color = t.either(" in "+color, color+"的")
		}
	}
	return []string{"thing", t.name(category), "color", color}
}

// loadPicture returns a kept photo, or nil when its time is over.
func (t *turn) loadPicture(ctx context.Context, id string) (*image.NRGBA, error) {
	if t.picture != nil && id == t.memory.Photo {
		return t.picture, nil
	}
	picture, err := t.catalog.LoadPhoto(ctx, t.store.ID, id)
	if isNotFound(err) {
		return nil, nil
	}
	return picture, err
}
