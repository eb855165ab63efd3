package turns

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"honeyguide/assistant"
	"honeyguide/catalog"
)

// values returns what a product has in a field: several, where a wider name is true
// of it too.
type values func(a *answered, p *catalog.Product) []any

// productFields are what cases may say of a product.
func productFields() map[string]values {
	one := func(get func(p *catalog.Product) string) values {
		return func(_ *answered, p *catalog.Product) []any {
			if v := get(p); v != "" {
				return []any{v}
			}
			return nil
		}
	}
	return map[string]values{
		"id":        one(func(p *catalog.Product) string { return p.ID }),
		"title":     one(func(p *catalog.Product) string { return p.Title }),
		"brand":     one(func(p *catalog.Product) string { return p.Brand }),
		"gender":    one(func(p *catalog.Product) string { return p.Gender }),
		"age_group": one(func(p *catalog.Product) string { return p.AgeGroup }),
		"stock":     one(func(p *catalog.Product) string { return p.Availability }),
		"material":  one(func(p *catalog.Product) string { return p.Material }),
		"pattern":   one(func(p *catalog.Product) string { return p.Pattern }),
		"season":    one(func(p *catalog.Product) string { return p.Season }),
		"occasion":  one(func(p *catalog.Product) string { return p.Occasion }),
		"category":  func(a *answered, p *catalog.Product) []any { return toAny(a.packs.Ancestry(p.Category)) },
		"color":     func(a *answered, p *catalog.Product) []any { return toAny(a.packs.WithFamilies(p.Colors)) },
		"size":      func(_ *answered, p *catalog.Product) []any { return toAny(p.Sizes) },
		"price":     func(_ *answered, p *catalog.Product) []any { return []any{float64(p.Cost().Amount)} },
	}
}

func valuesOf(field string) (values, error) {
	get, ok := productFields()[field]
	if !ok {
		return nil, fmt.Errorf("%q is no field of a product: %s", field, strings.Join(slices.Sorted(maps.Keys(productFields())), ", "))
	}
	return get, nil
}

// every checks all products that pick returns; none is a failure, unless none are wanted.
func every(field string, pick func(r *assistant.Reply) []*catalog.Product) (check, error) {
	get, err := valuesOf(field)
	return func(a *answered, w want) (string, bool) {
		products := pick(a.reply)
		if len(products) == 0 {
			return "nothing is shown", false
		}
		for _, p := range products {
			if v := get(a, p); !w.among(v, a.shown()) {
				return p.ID + " with " + show(v), false
			}
		}
		return "", true
	}, err
}

// some checks that one of the products that pick returns is as wanted.
func some(field string, pick func(r *assistant.Reply) []*catalog.Product) (check, error) {
	get, err := valuesOf(field)
	return func(a *answered, w want) (string, bool) {
		var got []string
		for _, p := range pick(a.reply) {
			v := get(a, p)
			if w.among(v, a.shown()) {
				return "", true
			}
			got = append(got, p.ID+" with "+show(v))
		}
		return shorten(strings.Join(got, "; "), 400), false
	}, err
}

func eachProduct(field string) (check, error) { return every(field, products) }
func anyProduct(field string) (check, error)  { return some(field, products) }
func eachPiece(field string) (check, error)   { return every(field, pieces) }
func anyPiece(field string) (check, error)    { return some(field, pieces) }

func firstProduct(field string) (check, error) {
	return every(field, func(r *assistant.Reply) []*catalog.Product {
		return products(r)[:min(1, len(r.Products))]
	})
}

func products(r *assistant.Reply) []*catalog.Product {
	all := make([]*catalog.Product, len(r.Products))
	for i := range r.Products {
		all[i] = &r.Products[i].Product
	}
	return all
}

func pieces(r *assistant.Reply) []*catalog.Product {
	var all []*catalog.Product
	for i := range r.Outfits {
		for j := range r.Outfits[i].Pieces {
			all = append(all, &r.Outfits[i].Pieces[j].Product)
		}
	}
	return all
}

// newProducts checks that something is shown, and nothing of it for a second time.
func newProducts(a *answered, _ want) (string, bool) {
	seen := map[string]bool{}
	for _, r := range a.before {
		for _, p := range products(r) {
			seen[p.ID] = true
		}
	}
	var again []string
	for _, p := range products(a.reply) {
		if seen[p.ID] {
			again = append(again, p.ID)
		}
	}
	if len(again) > 0 {
		return "shown before: " + strings.Join(again, ", "), false
	}
	return "no products", len(a.reply.Products) > 0
}

// sameProducts checks that the products are those shown last, in any order.
func sameProducts(a *answered, _ want) (string, bool) {
	key := func(found []catalog.Found) []string {
		var all []string
		for i := range found {
			all = append(all, found[i].Product.ID)
		}
		return slices.Sorted(slices.Values(all))
	}
	last := a.shown()
	return ids(a.reply.Products) + " after " + ids(last), len(last) > 0 && slices.Equal(key(a.reply.Products), key(last))
}
