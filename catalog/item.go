package catalog

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"

	"honeyguide/catalog/feed"
	"honeyguide/catalog/money"
)

// pipeline is part of every fingerprint. Raise it when products are made
// differently, so that the next sync makes them anew. Entries have entryFormat.
const pipeline = "2"

// fingerprint is the hash of all that a product and its entry are made from.
// stamp identifies a picture without reading it.
func (c *Catalog) fingerprint(it *feed.Item, stamp func(ref string) string) string {
	b := make([]byte, 0, 2048)
	add := func(parts ...string) { // each led by its length, and lists by their number: no two items look alike
		b = binary.AppendUvarint(b, uint64(len(parts)))
		for _, s := range parts {
			b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
		}
	}
	price := func(m *money.Money) {
		if m == nil {
			add()
			return
		}
		add(strconv.FormatInt(m.Amount, 10), m.Currency)
	}
	add(pipeline, it.Title, it.Description, it.Link, it.Brand, it.Availability, it.ProductType, it.GoogleCategory,
		it.Gender, it.AgeGroup, it.Season, it.Occasion, it.Pattern, it.Material, it.GroupID, it.ImageLink, stamp(it.ImageLink))
	price(it.Price)
	price(it.SalePrice)
	add(it.AdditionalImageLinks...)
	for _, ref := range it.AdditionalImageLinks {
		add(stamp(ref))
	}
	add(it.Colors...)
	add(it.Sizes...)
	for _, k := range slices.Sorted(maps.Keys(it.Attributes)) {
		add(k, it.Attributes[k])
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// product is what an item becomes before its pictures are read: the packs'
// names for what the merchant called it.
func (c *Catalog) product(it *feed.Item) *Product {
	p := &Product{
		ID: it.ID, Title: it.Title, Description: it.Description, Link: it.Link, ImageLink: it.ImageLink,
		AdditionalImageLinks: nonNil(slices.Clone(it.AdditionalImageLinks)), Brand: it.Brand, SalePrice: it.SalePrice,
		Availability: it.Availability, ProductType: it.ProductType, Sizes: nonNil(it.Sizes),
		Gender: c.packs.Value("gender", it.Gender), AgeGroup: c.packs.Value("age_group", it.AgeGroup),
		Season: c.packs.Value("season", it.Season), Occasion: c.packs.Value("occasion", it.Occasion),
		Pattern: c.packs.Value("pattern", it.Pattern), Material: c.packs.Value("material", it.Material),
		ItemGroupID: it.GroupID, Attributes: maps.Clone(it.Attributes), UpdatedAt: now(),
	}
	if it.Price != nil {
		p.Price = *it.Price
	}
	if p.Attributes == nil {
		p.Attributes = map[string]string{}
	}
	if p.Availability == "" {
		p.Availability = InStock
	}
	p.Category, _ = c.packs.CategoryOf(strings.TrimSpace(it.ProductType+" > "+it.GoogleCategory), it.Title)
	p.Colors = []string{}
	for _, raw := range it.Colors {
		for _, name := range c.packs.ColorsOf(raw) {
			if !slices.Contains(p.Colors, name) {
				p.Colors = append(p.Colors, name)
			}
		}
	}
	return p
}
