package catalog

import (
	"fmt"
	"slices"
	"strings"

	"honeyguide/catalog/index"
	"honeyguide/catalog/money"
	"honeyguide/catalog/query"
)

// constraint is something that must hold of every product shown.
type constraint struct {
	field      string // as in the API's filters
	values     []string
	not        bool
	limit      *money.Money // of price_min and price_max
	conditions index.Filter
	// importance: the least important is given up first when nothing fits; 0 is
	// never given up, such as what the caller asked for outright.
	importance int
}

// importance orders what buyers give up most easily, from least to most.
var importance = []string{tagSeason, tagOccasion, tagPattern, tagMaterial, tagSize, tagAgeGroup, tagColor, tagBrand, tagGender, "price_min", "price_max", "not", tagCategory}

func importanceOf(field string) int { return 1 + slices.Index(importance, field) }

// constraints turns filters into conditions. given are those the caller set
// outright: they are never given up.
func constraints(given, understood *query.Filters, not *query.Exclusions, currency string) []constraint {
	all := []constraint{stock(given, understood)}
	all = append(all, positive(given, currency, false)...)
	all = append(all, positive(without(understood, given), currency, true)...)
	for _, t := range excluded(not) {
		all = append(all, constraint{field: t.field, values: t.values, not: true, importance: importanceOf("not"),
			conditions: index.Filter{{Field: t.field, NoneOf: t.values}}})
	}
	return slices.DeleteFunc(all, func(c constraint) bool { return len(c.conditions) == 0 })
}

// barred are conditions that hold whatever else is given up.
func barred(not *query.Exclusions) []constraint {
	var all []constraint
	for _, t := range excluded(not) {
		all = append(all, constraint{field: t.field, values: t.values, not: true, conditions: index.Filter{{Field: t.field, NoneOf: t.values}}})
	}
	return all
}

// stock leaves out what cannot be ordered, unless the buyer wants to see it.
func stock(given, understood *query.Filters) constraint {
	asked := given.InStock
	if asked == nil {
		asked = understood.InStock
	}
	if asked != nil && !*asked {
		return constraint{}
	}
	return constraint{field: "in_stock", conditions: index.Filter{{Field: tagAvailability, NoneOf: []string{OutOfStock}}}}
}

// tagged is a filter on a tag field.
type tagged struct {
	field  string
	values []string
}

func tagsOf(f *query.Filters) []tagged {
	one := func(v string) []string {
		if v == "" {
			return nil
		}
		return []string{v}
	}
	all := []tagged{
		{tagCategory, one(f.Category)}, {tagBrand, f.Brands}, {tagColor, f.Colors}, {tagSize, f.Sizes}, {tagGender, one(f.Gender)},
		{tagAgeGroup, one(f.AgeGroup)}, {tagMaterial, f.Materials}, {tagPattern, f.Patterns}, {tagOccasion, f.Occasions}, {tagSeason, f.Seasons},
	}
	return slices.DeleteFunc(all, func(t tagged) bool { return len(t.values) == 0 })
}

func excluded(x *query.Exclusions) []tagged {
	all := []tagged{
		{tagCategory, x.Categories}, {tagBrand, x.Brands}, {tagColor, x.Colors}, {tagSize, x.Sizes}, {tagGender, x.Genders},
		{tagAgeGroup, x.AgeGroups}, {tagMaterial, x.Materials}, {tagPattern, x.Patterns}, {tagOccasion, x.Occasions}, {tagSeason, x.Seasons},
	}
	return slices.DeleteFunc(all, func(t tagged) bool { return len(t.values) == 0 })
}

func positive(f *query.Filters, currency string, relaxable bool) []constraint {
	var all []constraint
	for _, t := range tagsOf(f) {
		any := t.values
		if t.field == tagGender && t.values[0] != "unisex" {
			any = append(slices.Clone(any), "unisex")
		}
		all = append(all, constraint{field: t.field, values: t.values, conditions: index.Filter{{Field: t.field, AnyOf: any}}})
	}
	if f.PriceMin != nil {
		low := float64(*f.PriceMin)
		all = append(all, constraint{field: "price_min", limit: &money.Money{Amount: *f.PriceMin, Currency: currency},
			conditions: index.Filter{{Field: numberPrice, Min: &low}}})
	}
	if f.PriceMax != nil {
		high := float64(*f.PriceMax)
		all = append(all, constraint{field: "price_max", limit: &money.Money{Amount: *f.PriceMax, Currency: currency},
			conditions: index.Filter{{Field: numberPrice, Max: &high}}})
	}
	for i := range all {
		if relaxable {
			all[i].importance = importanceOf(all[i].field)
		}
	}
	return all
}

// without is f less the fields that given sets.
func without(f, given *query.Filters) *query.Filters {
	out := *f
	if given.Category != "" {
		out.Category = ""
	}
	if given.Gender != "" {
		out.Gender = ""
	}
	if given.AgeGroup != "" {
		out.AgeGroup = ""
	}
	for _, l := range []struct{ out, given *[]string }{
		{&out.Brands, &given.Brands}, {&out.Colors, &given.Colors}, {&out.Sizes, &given.Sizes}, {&out.Materials, &given.Materials},
		{&out.Patterns, &given.Patterns}, {&out.Occasions, &given.Occasions}, {&out.Seasons, &given.Seasons},
	} {
		if len(*l.given) > 0 {
			*l.out = nil
		}
	}
	if given.PriceMin != nil {
		out.PriceMin = nil
	}
	if given.PriceMax != nil {
		out.PriceMax = nil
	}
	return &out
}

// chooses reports whether a constraint names what is wanted.
func (c constraint) chooses() bool { return !c.not && c.field != "in_stock" }

// show is a constraint's value as a buyer would say it.
func (c *constraint) show(l labels, language string) string {
	if c.limit != nil {
		return money.Format(*c.limit, language)
	}
	names := make([]string, len(c.values))
	for i, v := range c.values {
		names[i] = l.show(c.field, v, language)
	}
	return strings.Join(names, pick(language, ", ", "、"))
}

// relaxed says that a constraint was given up.
func (c *constraint) relaxed(l labels, language string) Reason {
	value := c.show(l, language)
	format := pick(language, "Nothing fits «%s»; showing others.", "没有符合“%s”的商品，为您放宽了这一条件。")
	switch {
	case c.field == "price_max":
		format = pick(language, "Nothing under %s; showing what costs more.", "没有%s以内的商品，为您展示价格更高的。")
	case c.field == "price_min":
		format = pick(language, "Nothing over %s; showing what costs less.", "没有%s以上的商品，为您展示价格更低的。")
	case c.not:
		format = pick(language, "Nothing without «%s»; showing it too.", "没有不含“%s”的商品，也一并展示。")
	}
	return Reason{Field: c.field, Text: fmt.Sprintf(format, value)}
}

func pick(language, en, zh string) string {
	if language == "zh" {
		return zh
	}
	return en
}
