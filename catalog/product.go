package catalog

import (
	"time"

	"honeyguide/catalog/money"
)

// Product is one thing a store sells, as the API shows it. It follows Google's
// product attributes; columns that are not among them stand in Attributes.
type Product struct {
	ID                   string            `json:"id"`
	Title                string            `json:"title"`
	Description          string            `json:"description"`
	Link                 string            `json:"link"`
	ImageLink            string            `json:"image_link" doc:"The picture: this server's own copy when it holds one"`
	AdditionalImageLinks []string          `json:"additional_image_links" nullable:"false"`
	Brand                string            `json:"brand"`
	Price                money.Money       `json:"price"`
	SalePrice            *money.Money      `json:"sale_price"`
	Availability         string            `json:"availability" enum:"in_stock,out_of_stock,preorder,backorder"`
	ProductType          string            `json:"product_type" doc:"The merchant's own category path"`
	Category             string            `json:"category" doc:"A key of the packs' taxonomy, or empty"`
	Colors               []string          `json:"colors" nullable:"false" doc:"Lower-case English names"`
	Sizes                []string          `json:"sizes" nullable:"false"`
	Gender               string            `json:"gender"`
	AgeGroup             string            `json:"age_group"`
	Season               string            `json:"season"`
	Occasion             string            `json:"occasion"`
	Pattern              string            `json:"pattern"`
	Material             string            `json:"material"`
	ItemGroupID          string            `json:"item_group_id"`
	Attributes           map[string]string `json:"attributes" nullable:"false"`
	UpdatedAt            time.Time         `json:"updated_at"`
	IndexedAt            *time.Time        `json:"indexed_at"`
}

// The states of Product.Availability.
const (
	InStock    = "in_stock"
	OutOfStock = "out_of_stock"
	Preorder   = "preorder"
	Backorder  = "backorder"
)

// Cost is what a buyer pays now: the sale price where it is lower.
func (p *Product) Cost() money.Money {
	if p.SalePrice != nil && p.SalePrice.Currency == p.Price.Currency && p.SalePrice.Amount < p.Price.Amount {
		return *p.SalePrice
	}
	return p.Price
}
