package catalog

import (
	"maps"
	"slices"
	"strings"

	"honeyguide/catalog/query"
)

// given checks the filters that a caller sets outright and spells their values
// as the store does; letters' case does not matter. What no product can be, such
// as of a category that is in no pack, is a FieldError; a brand, colour, size or
// the like that no product of this store has finds nothing.
func (c *Catalog) given(store *Store, f *query.Filters) (query.Filters, error) {
	out := *f
	for _, one := range []struct {
		field string
		value *string
	}{{tagCategory, &out.Category}, {tagGender, &out.Gender}, {tagAgeGroup, &out.AgeGroup}} {
		spelled, err := c.oneOf(store.ID, one.field, strings.TrimSpace(*one.value))
		if err != nil {
			return out, err
		}
		*one.value = spelled
	}
	for _, several := range []struct {
		field  string
		values *[]string
	}{
		{tagBrand, &out.Brands}, {tagColor, &out.Colors}, {tagSize, &out.Sizes}, {tagMaterial, &out.Materials},
		{tagPattern, &out.Patterns}, {tagOccasion, &out.Occasions}, {tagSeason, &out.Seasons},
	} {
		*several.values = c.spelled(store.ID, several.field, *several.values)
	}
	return out, checkPrices(f)
}

// oneOf spells a value of a field that has one. Empty stays empty.
func (c *Catalog) oneOf(storeID, field, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	if field != tagCategory { // an age group may be the store's own
		if own := c.spelled(storeID, field, []string{value}); c.facets.has(storeID, field, own[0]) {
			return own[0], nil
		}
	}
	allowed := slices.Sorted(maps.Keys(c.labels[field]))
	for _, a := range allowed {
		if strings.EqualFold(a, value) {
			return a, nil
		}
	}
	if field == tagCategory { // too many to list: the nearest that are
		allowed = c.categoriesNear(strings.ToLower(value))
	}
	return "", invalid("filters."+field, "%q is unknown; use one of %s", value, strings.Join(allowed, ", "))
}

// categoriesNear lists the categories right below the deepest known one that an
// unknown key begins with, or those at the top.
func (c *Catalog) categoriesNear(unknown string) []string {
	var children []string
	for _, above := range append(c.packs.Ancestry(unknown), "") {
		for _, category := range c.packs.Categories() {
			if category.Parent == above {
				children = append(children, category.Key)
			}
		}
		if len(children) > 0 {
			break
		}
	}
	return children
}

// spelled replaces values by the store's own that differ by case only, all of
// them; one that the store lacks stays and finds nothing.
func (c *Catalog) spelled(storeID, field string, values []string) []string {
	var all []string
	for _, value := range values {
		value = strings.TrimSpace(value)
		own := c.facets.find(storeID, field, func(v string) bool { return strings.EqualFold(v, value) })
		if len(own) == 0 {
			own = []string{value}
		}
		all = append(all, own...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// checkPrices refuses limits that no price can keep.
func checkPrices(f *query.Filters) error {
	for _, limit := range []struct {
		field  string
		amount *int64
	}{{"price_min", f.PriceMin}, {"price_max", f.PriceMax}} {
		if limit.amount != nil && *limit.amount < 0 {
			return invalid("filters."+limit.field, "must not be below 0")
		}
	}
	if f.PriceMin != nil && f.PriceMax != nil && *f.PriceMin > *f.PriceMax {
		return invalid("filters.price_min", "must not be above price_max")
	}
	return nil
}
