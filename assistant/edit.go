package assistant

import (
	"context"
	"slices"
	"strings"

	"honeyguide/assistant/slot"
	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
)

// edit changes a search as the message says: cheaper, another color, more casual.
func (t *turn) edit(w *wish) {
	e := t.slots.Edit
	q := &w.Asked
	for _, word := range directions(&e, t.language) {
		if q.Rest != "" {
			q.Rest += " "
		}
		q.Rest += word
	}
	switch {
	case e.Formality < 0:
		q.Filters.Occasions = []string{"casual"}
	case e.Formality > 0:
		q.Filters.Occasions = []string{"formal"}
	}
	for field, open := range openFields {
		if open.MatchString(words.Fold(t.sent.Text)) {
			clearField(q, field)
		}
	}
	if size := t.sizeSaid(); size != "" && len(t.asked.Filters.Sizes) == 0 {
		q.Filters.Sizes = []string{size}
	}
}

// clearField takes back what was asked of a field.
func clearField(q *query.Query, field string) {
	switch field {
	case query.Price:
		q.Filters.PriceMin, q.Filters.PriceMax = nil, nil
	case query.Category:
		q.Filters.Category = ""
	default:
		*tags(&q.Filters)[field], *bars(&q.Not)[field] = nil, nil
	}
	q.Mentions = slices.DeleteFunc(slices.Clone(q.Mentions), func(m query.Mention) bool { return m.Field == field })
}

// sizeSaid is the size that the message names where it names nothing else, or asks for.
func (t *turn) sizeSaid() string {
	switch {
	case len(t.slots.Asked) > 0:
		return t.slots.Asked[0].Label
	case t.slots.Answer.Size.Label != "":
		return t.slots.Answer.Size.Label
	}
	if found := inSize.FindStringSubmatch(t.sent.Text); found != nil {
		return strings.ToUpper(found[1] + found[2])
	}
	return ""
}

// directions are the words that stand for changes which no field holds; they rank.
func directions(e *slot.Edit, language string) []string {
	pairs := []struct {
		way            int
		more, less     string
		moreZH, lessZH string
	}{
		{e.Formality, "formal elegant", "casual", "正式 优雅", "休闲"}, {e.Warmth, "warm thick", "light thin", "保暖 加厚", "轻薄"},
		{e.Length, "long", "short", "长款", "短款"}, {e.Sleeves, "long sleeves", "short sleeves", "长袖", "短袖"},
		{e.Fit, "loose oversized", "slim fitted", "宽松", "修身"}, {e.Shade, "light bright", "dark", "浅色", "深色"},
		{e.Pattern, "patterned print colorful", "plain solid", "印花 图案", "纯色"}, {e.Maturity, "classic", "young trendy", "成熟", "年轻"},
		{e.Size, "large big", "small mini", "大号", "小号"},
	}
	var words []string
	for _, p := range pairs {
		more, less := p.more, p.less
		if language == "zh" {
			more, less = p.moreZH, p.lessZH
		}
		switch {
		case p.way > 0:
			words = append(words, more)
		case p.way < 0:
			words = append(words, less)
		}
	}
	return words
}

// wantsOthers tells whether what was shown already is not wanted again.
func (t *turn) wantsOthers() bool {
	e := t.slots.Edit
	return e.More || e.Reject || e.NotStyle || e.Formality != 0 || e.Maturity != 0
}

// shownBefore loads what the last answer showed, or the one product that is meant.
func (t *turn) shownBefore(ctx context.Context) ([]catalog.Product, error) {
	e := t.slots.Edit
	if e.Price == 0 && !e.NotBrand && !e.NotColor {
		return nil, nil
	}
	ids, _ := t.meant()
	if len(ids) == 0 && t.slots.This && t.memory.Focus != "" {
		ids = []string{t.memory.Focus}
	}
	if len(ids) == 0 {
		ids = t.memory.Shown
	}
	var all []catalog.Product
	for _, id := range ids {
		p, err := t.product(ctx, id)
		if err != nil {
			return nil, err
		}
		if p != nil {
			all = append(all, *p)
		}
	}
	return all, nil
}

// bound turns «cheaper», «not that brand», «another color» into limits, measured by what
// was shown. It names the price limit that it sets, or nothing.
func (t *turn) bound(w *wish, shown []catalog.Product) (limit string) {
	if len(shown) == 0 {
		return ""
	}
	e, q := t.slots.Edit, &w.Asked
	if brand := commonest(shown); e.NotBrand && brand != "" {
		bar(q, query.Brand, brand)
	}
	if e.NotColor && len(t.asked.Filters.Colors) == 0 {
		bar(q, query.Color, shown[0].Colors...)
	}
	if t.asked.Filters.PriceMax != nil || t.asked.Filters.PriceMin != nil {
		return ""
	}
	if w.Price == nil && e.Price != 0 {
		w.Price = &priceRange{q.Filters.PriceMin, q.Filters.PriceMax}
	}
	middle := middlePrice(shown, t.store.Currency)
	switch {
	case e.Price < 0:
		most := middle - 1
		q.Filters.PriceMax = &most
		if low := q.Filters.PriceMin; low != nil && *low > most {
			q.Filters.PriceMin = nil
		}
		return "price_max"
	case e.Price > 0:
		least := middle + 1
		q.Filters.PriceMin = &least
		if high := q.Filters.PriceMax; high != nil && *high < least {
			q.Filters.PriceMax = nil
		}
		return "price_min"
	}
	return ""
}

// commonest is the brand of most of some products, the first of equals.
func commonest(products []catalog.Product) (brand string) {
	count := map[string]int{}
	for i := range products {
		count[products[i].Brand]++
	}
	for i := range products {
		if count[products[i].Brand] > count[brand] && products[i].Brand != "" {
			brand = products[i].Brand
		}
	}
	return brand
}

// middlePrice is the price in the middle of some products, in minor units of a currency.
func middlePrice(products []catalog.Product, currency string) int64 {
	var prices []int64
	for i := range products {
		if cost := products[i].Cost(); cost.Currency == currency {
			prices = append(prices, cost.Amount)
		}
	}
	if len(prices) == 0 {
		return 0
	}
	slices.Sort(prices)
	return prices[len(prices)/2]
}
