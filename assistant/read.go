package assistant

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"honeyguide/assistant/intent"
	"honeyguide/assistant/slot"
	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
	"honeyguide/outfit"
)

// read understands what the message says by itself, and the photo that it brings.
func (t *turn) read(ctx context.Context) error {
	text := t.sent.Text
	t.asked = t.catalog.Understand(&t.store, text)
	t.slots = slot.Read(text, t.now)
	t.giving = t.giver.Read(text, &t.asked, t.now)
	t.body = outfit.ReadBody(text)
	t.guesses = t.classifier.Classify(text)
	t.language = t.speaks()
	t.asked.Language = t.language
	if n := len(t.sent.ImageIDs); n > 0 {
		t.memory.Photo = t.sent.ImageIDs[n-1]
	} else if t.sent.Region != nil && t.memory.Photo != "" { // a tap on a part of the photo sent before
		picture, err := t.catalog.LoadPhoto(ctx, t.store.ID, t.memory.Photo)
		if err != nil && !isNotFound(err) {
			return err
		}
		t.picture = picture
	}
	if t.sent.ProductID != "" {
		t.memory.Focus = t.sent.ProductID
	}
	t.remember()
	t.sleeves()
	return t.pointByLook(ctx)
}

// sleeves makes such words a property of what was searched for, not another thing.
func (t *turn) sleeves() {
	topic := t.memory.Topic == intent.Search || t.memory.Topic == intent.Similar
	if !topic || t.memory.Search == nil || t.memory.Search.Asked.Filters.Category == "" || !sleeved.MatchString(words.Fold(t.sent.Text)) {
		return
	}
	found := sleeved.FindString(words.Fold(t.sent.Text))
	if isOther(&t.memory.Search.Asked, &t.asked) && t.isShort() {
		clearField(&t.asked, query.Category)
		t.asked.Rest = found
		t.slots.Edit.Ellipsis = true
	}
}

// pointByLook finds the product among those shown that the message means by its color or its
// price: «the gold one», «金色那款», «the cheapest one».
func (t *turn) pointByLook(ctx context.Context) error {
	colors := t.asked.Filters.Colors
	way := superlative(words.Fold(t.sent.Text))
	if (!t.slots.This || len(colors) == 0) && way == 0 || len(t.slots.Ordinals) > 0 || t.asked.Filters.Category != "" || len(t.memory.Shown) < 2 {
		return nil
	}
	best := int64(0)
	for _, id := range t.memory.Shown {
		p, err := t.product(ctx, id)
		if err != nil {
			return err
		}
		switch {
		case p == nil:
		case way == 0 && slices.ContainsFunc(t.catalog.Packs().WithFamilies(p.Colors), func(c string) bool { return slices.Contains(colors, c) }):
			t.pointed = id
			return nil
		case way != 0 && (t.pointed == "" || int64(way)*p.Cost().Amount > best):
			t.pointed, best = id, int64(way)*p.Cost().Amount
		}
	}
	return nil
}

// speaks is the language to answer in: what was asked for, the message's own, or where it
// has hardly any words the one before.
func (t *turn) speaks() string {
	before := t.memory.Language
	if before == "" {
		before = localeLanguage(t.talk.Locale)
		if t.talk.Locale == "" {
			before = localeLanguage(t.store.Locale)
		}
	}
	if t.slots.Language != "" {
		return t.slots.Language
	}
	letters, han := 0, 0
	for _, r := range t.sent.Text {
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	switch {
	case han == 0 && letters < 4: // «M», «EU 42», «ok»
		return before
	case han > 0 && len(strings.Fields(t.sent.Text)) <= 3: // «Polo衫 XXL»
		return "zh"
	}
	return t.asked.Language
}

// remember keeps what the buyer says of a body for all later sizes.
func (t *turn) remember() {
	b := &t.memory.Body
	if len(t.body) > 0 {
		measures := maps.Clone(b.Measures)
		if measures == nil {
			measures = map[string]float64{}
		}
		maps.Copy(measures, t.body)
		b.Measures = measures
	}
	if t.slots.UsualSize.Label != "" {
		b.UsualSize, b.UsualBrand = label(t.slots.UsualSize), t.slots.UsualBrand
	}
}

// label writes a size as labels do: EU 38, M.
func label(s slot.Size) string {
	switch s.System {
	case "", "letter":
		return s.Label
	}
	return s.System + " " + s.Label
}

// meant are the products that the message points at among those shown last, in order.
// beyond tells that it points at more than were shown.
func (t *turn) meant() (ids []string, beyond bool) {
	shown := t.memory.Shown
	for _, n := range t.slots.Ordinals {
		if n < 0 {
			n += len(shown) + 1
		}
		switch {
		case n >= 1 && n <= len(shown):
			ids = append(ids, shown[n-1])
		case len(shown) > 0:
			beyond = true
		}
	}
	if len(ids) == 0 && t.pointed != "" {
		return []string{t.pointed}, false
	}
	if len(ids) == 0 && t.slots.All {
		n := len(shown)
		if t.slots.Count > 0 {
			n = min(n, t.slots.Count)
		}
		ids = slices.Clone(shown[:n])
	}
	return ids, beyond
}

// subject is the one product that the message is about, or nothing: what it points at,
// what it brings with it, or what was spoken of last.
func (t *turn) subject() string {
	if ids, _ := t.meant(); len(ids) > 0 {
		return ids[0]
	}
	if t.memory.Focus != "" {
		return t.memory.Focus
	}
	if len(t.memory.Shown) > 0 && t.slots.This {
		return t.memory.Shown[0]
	}
	return ""
}

// guess returns the chance of an intent by the classifier, and its likeliest act.
func (t *turn) guess(of intent.Intent) (p float64, act string) {
	best := 0.0
	for _, g := range t.guesses {
		if g.Intent == of {
			p += g.P
			if g.P > best {
				best, act = g.P, g.Act
			}
		}
	}
	return p, act
}

// isWordless tells whether the message has no words of its own.
func (t *turn) isWordless() bool { return strings.TrimSpace(t.sent.Text) == "" }

// factsOf is what of a product may be spoken of.
func factsOf(p *catalog.Product) map[string]any {
	facts := map[string]any{"title": p.Title, "price": p.Cost(), "availability": p.Availability}
	for name, value := range map[string]string{"brand": p.Brand, "material": p.Material, "pattern": p.Pattern, "season": p.Season,
		"occasion": p.Occasion, "gender": p.Gender, "link": p.Link, "description": p.Description} {
		if value != "" {
			facts[name] = value
		}
	}
	if zh := p.Attributes["title_zh"]; zh != "" {
		facts["title_zh"] = zh
	}
	if p.SalePrice != nil {
		facts["before"] = p.Price
	}
	if len(p.Colors) > 0 {
		facts["colors"] = p.Colors
	}
	if len(p.Sizes) > 0 {
		facts["sizes"] = p.Sizes
	}
	return facts
}

// titleIn is a product's title in a language, where the feed has it as title_zh and so on.
func titleIn(p *catalog.Product, language string) string {
	return cmp.Or(p.Attributes["title_"+language], p.Title)
}
