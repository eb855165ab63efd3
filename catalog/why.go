package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"honeyguide/catalog/money"
	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// maxReasons keeps a card readable.
const maxReasons = 3

// why explains a product from its row: the constraints it meets, most important
// first, and how it resembles a photo.
func (c *Catalog) why(p *probe, product *Product, h hit, language string) []Reason {
	reasons := []Reason{}
	if r, ok := c.resembles(p, product, h, language); ok {
		reasons = append(reasons, r)
	}
	limits := slices.Clone(p.limits)
	slices.SortStableFunc(limits, func(a, b constraint) int { return importanceOf(b.field) - importanceOf(a.field) })
	for _, l := range limits {
		if r, ok := meets(c.packs, c.labels, &l, product, language); ok && len(reasons) < maxReasons {
			reasons = append(reasons, r)
		}
	}
	if len(reasons) < maxReasons && p.text != "" {
		if word := sharedWord(p, product); word != "" {
			reasons = append(reasons, Reason{"text", fmt.Sprintf(pick(language, "Mentions «%s»", "提到“%s”"), word)})
		}
	}
	if cost := product.Cost(); len(reasons) < maxReasons && cost != product.Price {
		reasons = append(reasons, Reason{"sale_price", fmt.Sprintf(pick(language, "On sale: %s instead of %s", "特价%s，原价%s"),
			money.Format(cost, language), money.Format(product.Price, language))})
	}
	if len(reasons) == 0 {
		reasons = append(reasons, c.plainly(product, language))
	}
	return reasons
}

// resembles says what a product shares with the picture it was found by.
func (c *Catalog) resembles(p *probe, product *Product, h hit, language string) (Reason, bool) {
	if !p.level.known || h.image < p.level.near {
		return Reason{}, false
	}
	var shared []string
	if p.view != nil {
		for _, s := range p.view.Palette[:min(2, len(p.view.Palette))] {
			if slices.Contains(c.packs.WithFamilies(product.Colors), s.Name) {
				shared = append(shared, c.labels.show(tagColor, s.Name, language))
			}
		}
	}
	what := pick(language, "your photo", "您的照片")
	if p.view == nil {
		what = pick(language, "the product you chose", "您选的商品")
	}
	text := fmt.Sprintf(pick(language, "Looks like %s", "与%s相似"), what)
	if len(shared) > 0 {
		text += pick(language, ", in ", "，同为") + strings.Join(shared, pick(language, " and ", "、"))
	}
	return Reason{"image", text}, true
}

// meets says how a row meets a constraint, in the row's own values.
func meets(p *packs.Packs, names labels, l *constraint, product *Product, language string) (Reason, bool) {
	cost := product.Cost()
	switch {
	case l.field == "price_max":
		return Reason{l.field, fmt.Sprintf(pick(language, "%s, within your %s", "%s，不超过%s"), money.Format(cost, language), money.Format(*l.limit, language))}, true
	case l.field == "price_min":
		return Reason{l.field, fmt.Sprintf(pick(language, "%s, not below your %s", "%s，不低于%s"), money.Format(cost, language), money.Format(*l.limit, language))}, true
	case l.not && len(valuesOf(product, l.field)) == 0: // a row that says nothing proves nothing
		return Reason{}, false
	case l.not:
		return Reason{l.field, fmt.Sprintf(pick(language, "Not %s, as you asked", "按您的要求，不是%s"), l.show(names, language))}, true
	}
	for _, v := range valuesOf(product, l.field) {
		if slices.Contains(l.values, v) || l.field == tagColor && slices.ContainsFunc(p.WithFamilies([]string{v}), in(l.values)) ||
			l.field == tagCategory && packs.IsA(v, l.values[0]) {
			return Reason{l.field, fmt.Sprintf(pick(language, "%s, as you asked", "%s，符合您的要求"), capital(names.show(l.field, v, language)))}, true
		}
	}
	if l.field == tagGender && product.Gender == "unisex" {
		return Reason{l.field, pick(language, "For everyone", "男女皆宜")}, true
	}
	return Reason{}, false
}

func in(values []string) func(string) bool {
	return func(v string) bool { return slices.Contains(values, v) }
}

// valuesOf are a row's values of a tag field.
func valuesOf(p *Product, field string) []string {
	switch field {
	case tagColor:
		return p.Colors
	case tagSize:
		return p.Sizes
	}
	value := map[string]string{tagCategory: p.Category, tagBrand: p.Brand, tagGender: p.Gender, tagAgeGroup: p.AgeGroup,
		tagSeason: p.Season, tagOccasion: p.Occasion, tagPattern: p.Pattern, tagMaterial: p.Material}[field]
	if value == "" {
		return nil
	}
	return []string{value}
}

// sharedWord is the longest word of the buyer's that stands in the title, from
// four letters or two Chinese characters on.
func sharedWord(p *probe, product *Product) string {
	title := packs.Split(words.Fold(product.Title + "\n" + product.Attributes["title_zh"]))
	longest := ""
	for _, w := range strings.Fields(p.text) {
		if len(w) > max(3, len(longest)) && holds(title, packs.Split(w)) {
			longest = w
		}
	}
	return longest
}

// holds reports whether the words stand in the text, one after the other.
func holds(text, words []packs.Token) bool {
	for i := range len(text) - len(words) + 1 {
		if len(words) > 0 && slices.EqualFunc(text[i:i+len(words)], words, func(a, b packs.Token) bool { return a.Text == b.Text }) {
			return true
		}
	}
	return false
}

// plainly says what a product is, when there is nothing more to say.
func (c *Catalog) plainly(p *Product, language string) Reason {
	var parts []string
	for _, color := range p.Colors[:min(1, len(p.Colors))] {
		parts = append(parts, c.labels.show(tagColor, color, language))
	}
	if p.Category != "" {
		parts = append(parts, c.labels.show(tagCategory, p.Category, language))
	} else {
		parts = append(parts, cmp.Or(p.ProductType, p.Title))
	}
	return Reason{"category", capital(strings.Join(parts, pick(language, " ", "")))}
}

func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}
