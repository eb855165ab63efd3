// Package demo is a small shop of the project's own: products with texts in
// English and Chinese, and pictures that it draws itself. Write makes the feed
// that a merchant would upload.
package demo

import (
	"fmt"
	"strings"
)

// The shop.
const (
	// Name is what the shop is called, NameZH the same in Chinese.
	Name   = "Acacia Lane"
	NameZH = "合欢里"
	// Currency is of all prices, as in ISO 4217.
	Currency = "USD"
)

// Packs returns the keys of the trades that the shop is of.
func Packs() []string {
	return []string{"bags", "cameras-audio", "childrens-clothing", "clothing", "decoration", "eyewear-accessories", "flowers-gifts", "home-textiles",
		"kitchenware", "phones", "shoes", "watches"}
}

// Product is one row of the feed, in the words of the feed.
type Product struct {
	ID                       string
	Title, Description       string // English
	TitleZH, DescriptionZH   string // Simplified Chinese
	Link, ImageLink          string // ImageLink is a path within the feed's zip
	Brand                    string
	Price, SalePrice         string // such as "49.00 USD"; SalePrice is empty without a sale
	Availability             string // in_stock or out_of_stock
	ProductType              string // a path such as "Apparel > Tops > T-Shirts"
	Color, Pattern, Material string
	Gender, AgeGroup         string
	Size                     string // sizes separated by "|"; empty for what has none
	Season, Occasion         string
	ItemGroupID              string // shared by the colours of one model
}

// Products returns all rows of the feed, in its order.
func Products() []Product {
	items := stock()
	rows := make([]Product, len(items))
	for i, it := range items {
		rows[i] = it.product()
	}
	return rows
}

// id is the model's with its colour, and its pattern where it has one.
func (it item) id() string {
	parts := []string{it.model.id, it.color}
	if it.pattern != solid {
		word, _ := it.pattern.words()
		parts = append(parts, it.second.en, strings.ToLower(word))
	}
	return strings.ReplaceAll(strings.Join(parts, "-"), " ", "-")
}

// label names the colour as a title ends.
func (it item) label() (en, zh string) {
	if it.pattern == solid {
		return it.base.title(), it.base.zh
	}
	word, wordZH := it.pattern.words()
	return fmt.Sprintf("%s with %s %s", it.base.title(), it.second.title(), word),
		it.base.stem() + "底" + it.second.stem() + wordZH
}

func (it item) product() Product {
	en, zh := it.label()
	gender, age := it.who.feed()
	p := Product{
		ID:            it.id(),
		Title:         it.en.name + ", " + en,
		Description:   it.en.story,
		TitleZH:       it.zh.name + " " + zh,
		DescriptionZH: it.zh.story,
		Link:          "https://acacia-lane.example/products/" + it.id(),
		ImageLink:     "images/" + it.id() + ".jpg",
		Brand:         it.brand,
		Price:         money(it.price),
		Availability:  "in_stock",
		ProductType:   it.kind,
		Color:         it.color,
		Pattern:       it.pattern.feed(),
		Material:      it.material,
		Gender:        gender,
		AgeGroup:      age,
		Size:          it.sizes,
		Season:        it.season,
		Occasion:      it.occasion,
		ItemGroupID:   it.model.id,
	}
	if it.sale > 0 {
		p.SalePrice = money(it.sale)
	}
	if it.soldOut {
		p.Availability = "out_of_stock"
	}
	return p
}

func money(cents int) string { return fmt.Sprintf("%d.%02d %s", cents/100, cents%100, Currency) }

// picture draws the item.
func (it item) picture(c *canvas) {
	c.reset()
	base, second := it.base.rgba, it.second.rgba
	it.draw.draw(c, look{base: base, with: second, surface: it.pattern.paint(base, second)})
}
