package feed

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	"honeyguide/catalog/money"
)

// shopifyRows reads Shopify's product CSV: adjacent rows with one handle are one
// product, the first with its texts, each with a variant, a picture, or both. The
// handle is the product's id. Products that are drafts, archived or unpublished
// are Deleted.
func shopifyRows(r reading, comma byte) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		t, err := openTable(r, comma)
		if err != nil {
			yield(Item{}, err)
			return
		}
		product := shopifyGroup{parser: r.parser, columns: columnsOf(t.header)}
		for row, err := range t.all() {
			if err != nil {
				if !yield(Item{}, err) {
					return
				}
				continue
			}
			handle := tidy(product.columns.of(row, "handle", "urlhandle"))
			if handle != product.handle && !product.flush(yield) {
				return
			}
			if err := product.add(handle, row); err != nil && !yield(Item{}, err) {
				return
			}
		}
		product.flush(yield)
	}
}

// shopifyGroup is the product whose rows are being read.
type shopifyGroup struct {
	parser  parser
	columns columns
	handle  string
	base    record    // what all its variants share
	options [3]string // names
	family  family
	images  []string // of rows before the first good variant
}

// flush gives the product that is complete.
func (g *shopifyGroup) flush(yield func(Item, error) bool) bool {
	done := g.family
	g.family, g.handle, g.images = family{}, "", nil
	return done.variants == 0 || yield(done.done(), nil)
}

// add reads one more row of the product.
func (g *shopifyGroup) add(handle string, r row) error {
	c := g.columns
	if g.handle == "" || g.base.line == 0 || handle != g.handle {
		g.start(handle, r)
	}
	image := c.of(r, "imagesrc", "productimageurl")
	price := c.of(r, "variantprice", "price")
	if price == "" && r.line != g.base.line {
		g.image(image)
		return nil
	}
	if g.family.variants >= maxVariants {
		return &RowError{Line: r.line, ID: handle, Field: "id", Code: CodeTooLong, Message: fmt.Sprintf("more than %d variants", maxVariants)}
	}
	rec := g.base
	rec.line, rec.extra = r.line, append([]pair(nil), g.base.extra...)
	for i, name := range g.options {
		option := "option" + strconv.Itoa(i+1) + "value"
		rec.option(name, c.of(r, option))
	}
	g.parser.shopPrice(&rec, price, c.of(r, "variantcompareatprice", "compareatprice"))
	rec.values[fieldAvailability] = shopifyStock(c.of(r, "variantinventorytracker", "inventorytracker"),
		c.of(r, "variantinventoryqty", "inventoryquantity"), c.of(r, "variantinventorypolicy", "continuesellingwhenoutofstock"))
	item, err := g.parser.item(&rec)
	if err != nil {
		return err
	}
	g.family.add(item)
	for _, link := range append(g.images, image, c.of(r, "variantimage", "variantimageurl")) {
		g.image(link)
	}
	g.images = nil
	return nil
}

// image files a picture of the product.
func (g *shopifyGroup) image(link string) {
	link = tidy(link)
	if link == "" || !webOrLocal(link) || len(link) > maxURL {
		return
	}
	if g.family.variants > 0 {
		g.family.image(link)
	} else if len(g.images) < maxList {
		g.images = append(g.images, link)
	}
}

// start begins a product with its first row.
func (g *shopifyGroup) start(handle string, r row) {
	c := g.columns
	g.handle, g.base = handle, record{line: r.line}
	for i := range g.options {
		g.options[i] = c.of(r, "option"+strconv.Itoa(i+1)+"name")
	}
	for _, from := range []struct{ to, value string }{
		{"id", handle},
		{"title", c.of(r, "title")},
		{"description", c.of(r, "bodyhtml", "description")},
		{"brand", c.of(r, "vendor")},
		{"product_type", c.of(r, "type", "productcategory")},
		{"google_product_category", c.of(r, "productcategory", "googleshoppinggoogleproductcategory")},
		{"gender", c.of(r, "googleshoppinggender")},
		{"age_group", c.of(r, "googleshoppingagegroup")},
		{"tags", c.of(r, "tags")},
	} {
		g.base.put(from.to, from.value)
	}
	status, published := c.of(r, "status"), c.of(r, "published", "publishedononlinestore")
	if status != "" && !strings.EqualFold(status, "active") || strings.EqualFold(published, "false") {
		g.base.values[fieldDeleted] = "true"
	}
}

// option files one option of a variant: size, colour, or what else a name means.
// The value is one, whatever it contains.
func (r *record) option(name, value string) {
	if value == "" || strings.EqualFold(value, "Default Title") {
		return
	}
	switch m := meaningOf(name); m.field {
	case fieldSize:
		r.values[fieldSize] = value + listSeparator
	case fieldColor, fieldMaterial, fieldPattern:
		r.values[m.field] = value
	default:
		r.extra = append(r.extra, pair{name, value})
	}
}

// shopPrice files a price and the higher one it is compared at, which is the
// regular price if there is one.
func (p parser) shopPrice(r *record, price, compareAt string) {
	r.values[fieldPrice] = price
	now, err := money.Parse(price, p.currency)
	if err != nil {
		return // a row error when the price is read
	}
	if was, err := money.Parse(compareAt, p.currency); err == nil && was.Amount > now.Amount {
		r.values[fieldPrice], r.values[fieldSalePrice] = compareAt, price
	}
}

// shopifyStock understands a variant's stock: untracked is in stock, and none
// left may still be sold where the shop says so.
func shopifyStock(tracker, quantity, policy string) string {
	switch {
	case tracker == "" || quantity == "" || availabilityOf(tidy(quantity)) == inStock:
		return inStock
	case strings.EqualFold(policy, "continue"), strings.EqualFold(policy, "true"):
		return backorder
	}
	return outOfStock
}

// isShopify reports whether an object is one of products.json.
func isShopify(o object) bool {
	_, variants := o["variants"].([]any)
	return variants && (o["handle"] != nil || o["body_html"] != nil)
}

// shopifyProduct reads one product of products.json, the public one or the API's.
func (p parser) shopifyProduct(e element) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		var base record
		base.shopify(e)
		var folded family
		for _, variant := range each(e.object["variants"])[:min(len(each(e.object["variants"])), maxVariants)] {
			rec := base
			rec.extra = append([]pair(nil), base.extra...)
			for i, option := range options(e.object) {
				rec.option(option, textOf(variant["option"+strconv.Itoa(i+1)]))
			}
			p.shopPrice(&rec, decimal(variant["price"]), decimal(variant["compare_at_price"]))
			rec.values[fieldAvailability] = shopifyState(variant)
			item, err := p.item(&rec)
			if err == nil {
				folded.add(item)
			} else if !yield(Item{}, err) {
				return
			}
		}
		if folded.variants > 0 {
			yield(folded.done(), nil)
		} else if len(each(e.object["variants"])) == 0 {
			yield(p.item(&base))
		}
	}
}

// shopifyState is the availability of a variant in JSON.
func shopifyState(variant object) string {
	if available, known := variant["available"].(bool); known {
		if available {
			return inStock
		}
		return outOfStock
	}
	return shopifyStock(textOf(variant["inventory_management"]), textOf(variant["inventory_quantity"]), textOf(variant["inventory_policy"]))
}

// options are the names of a product's options, in order.
func options(o object) []string {
	var names []string
	list, _ := o["options"].([]any)
	for _, option := range list[:min(len(list), 3)] {
		names = append(names, textOf(option))
	}
	return names
}

// shopify fills a record with what all variants share.
func (r *record) shopify(e element) {
	r.line = e.line
	r.put("id", textOf(first(e.object, "id", "handle")))
	for _, key := range []string{"title", "body_html", "vendor", "product_type", "handle", "tags"} {
		name := key
		if key == "handle" {
			name = "shopify_handle"
		}
		r.put(name, textOf(e.object[key]))
	}
	r.put("image_link", textOf(e.object["image"]))
	r.put("additional_image_links", textOf(e.object["images"]))
	status := textOf(e.object["status"])
	published, known := e.object["published_at"]
	if status != "" && status != "active" || known && published == nil {
		r.values[fieldDeleted] = "true"
	}
}
