package outfit

import (
	"cmp"
	"slices"
	"strings"

	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/packs"
)

// request is a wish as understood: the anchor, and what is asked of the whole.
type request struct {
	*Wish
	anchor Anchor
	thing  thing // of the anchor
	mood   mood
	wanted []string        // categories that the words ask for
	owned  []string        // further things that the words say one has
	budget int64           // 0: no limit
	spent  int64           // on the pieces that stay
	shown  map[string]bool // groups of pieces in outfits for the other gender
	asked  string          // occasion, by the wish or its words
}

// understand settles what the wish is about. What the wish says outright
// outweighs the words, and these the anchor's row.
func (a *Advisor) understand(w *Wish) (*request, error) {
	r := &request{Wish: w, budget: w.BudgetMax}
	if w.Language == "" {
		w.Language = w.Subject.Language
	}
	said := &w.Subject.Understood.Filters
	if r.budget == 0 && said.PriceMax != nil {
		r.budget = *said.PriceMax
	}
	var err error
	if r.mood.occasion, err = a.value(packs.Occasion, w.Occasion, said.Occasions, mentioned(w.Subject, query.Occasion)); err != nil {
		return nil, err
	}
	if r.mood.season, err = a.value(packs.Season, w.Season, said.Seasons, mentioned(w.Subject, query.Season)); err != nil {
		return nil, err
	}
	if r.mood.gender, err = a.value(packs.Gender, w.Gender, list(said.Gender), mentioned(w.Subject, query.Gender)); err != nil {
		return nil, err
	}
	if r.mood.ageGroup, err = a.value(packs.AgeGroup, w.AgeGroup, list(said.AgeGroup), mentioned(w.Subject, query.AgeGroup)); err != nil {
		return nil, err
	}
	r.asked = r.mood.occasion
	a.takeAnchor(r)
	a.takeWho(r)
	return r, nil
}

// value is an attribute's value as asked for outright, or else as the words say.
func (a *Advisor) value(attribute, given string, said ...[]string) (string, error) {
	if given = strings.TrimSpace(given); given != "" {
		if values := a.packs.ValuesOf(attribute, given); len(values) > 0 {
			return values[0], nil
		}
		var known []string
		for _, v := range a.packs.Values(attribute) {
			known = append(known, v.Key)
		}
		if attribute == packs.AgeGroup && slices.Contains(children, given) {
			return given, nil
		}
		return "", &catalog.FieldError{Field: attribute, Message: "«" + given + "» is unknown; use one of " + strings.Join(known, ", ")}
	}
	for _, values := range said {
		if len(values) > 0 {
			return values[0], nil
		}
	}
	return "", nil
}

// mentioned are the values that the words name, also those that no product has.
func mentioned(s *catalog.Subject, field string) []string {
	var values []string
	for _, m := range s.Understood.Mentions {
		if m.Field == field && !m.Negated {
			values = append(values, m.Value)
		}
	}
	return values
}

func list(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// takeAnchor makes the subject the anchor. Words beside a product or photo say
// what is wanted, not what is had.
func (a *Advisor) takeAnchor(r *request) {
	s := r.Subject
	had, wanted := a.roles(s.Understood.Text)
	r.wanted = wanted
	switch {
	case s.Product != nil:
		r.anchor.Kind, r.anchor.Product = "product", s.Product
		r.thing = a.thingOf(s.Product)
		for _, h := range had {
			r.wanted = append(r.wanted, h.category)
		}
	case len(s.Palette) > 0:
		r.anchor.Kind, r.thing.category = "photo", s.Category
		if len(had) > 0 { // who names the thing knows it better
			r.thing.category = had[0].category
		}
		for _, swatch := range s.Palette[:min(3, len(s.Palette))] {
			if t, ok := hexTone(swatch.Hex); ok {
				r.thing.colors = append(r.thing.colors, swatch.Name)
				r.thing.palette = append(r.thing.palette, shade{swatch.Name, t, swatch.Share})
			}
		}
	default:
		r.anchor.Kind = "words"
		if len(had) == 0 {
			break
		}
		r.thing.category, r.thing.colors = had[0].category, a.packs.ColorsOf(had[0].text)
		r.thing.palette = a.paletteOf(r.thing.colors)
		for _, pattern := range a.packs.ValuesOf(packs.Pattern, had[0].text) {
			r.thing.loud = loud(pattern, r.thing.colors)
		}
		for _, h := range had[1:] {
			r.owned = append(r.owned, h.category)
		}
	}
	r.thing.toward = s.Toward
	r.anchor.Category, r.anchor.Colors = r.thing.category, append([]string{}, r.thing.colors...) // a list in JSON also when empty
	r.anchor.Label = a.packs.CategoryName(r.thing.category, r.Language)
}

// takeWho settles for whom, and for what, the outfit is. A woman's thing asks for
// women's; a category that only one gender wears tells it as well.
func (a *Advisor) takeWho(r *request) {
	m, t := &r.mood, &r.thing
	switch {
	case t.gender == "male" || t.gender == "female": // an anchor is never mixed with the other gender's things
		m.gender = t.gender
	case m.gender != "":
	case under(t.category, womens):
		m.gender = "female"
	case under(t.category, mens):
		m.gender = "male"
	}
	if t.ageGroup != "" {
		m.ageGroup = t.ageGroup
	}
	switch {
	case t.occasion != "":
	case m.occasion == "sports" && under(t.category, idle): // whatever is asked, nobody trains in it
		t.occasion = usual(t.category)
	default:
		t.occasion = cmp.Or(m.occasion, usual(t.category))
	}
	if m.occasion == "" {
		m.occasion = t.occasion
	}
	if t.season == "" {
		t.season = m.season
	}
	r.anchor.Gender = m.gender
}
