package feed

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"honeyguide/catalog/money"
)

// maxFamilies bounds the variable products of a WooCommerce feed, because of each
// a summary is held in memory.
const maxFamilies = 200_000

// wooItems reads WooCommerce's product CSV. Variations name their product by
// "id:44" or SKU and may stand anywhere, so the table is read twice: once for the
// variations, of which a summary is kept for each variable product, once for the
// products. A variation without a product in the feed is a row error at the end.
func wooItems(r reading, comma byte) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		families, err := wooFamilies(r, comma)
		if err != nil {
			yield(Item{}, err)
			return
		}
		t, err := openTable(r, comma)
		if err != nil {
			yield(Item{}, err)
			return
		}
		w := woo{parser: r.parser, columns: columnsOf(t.header), attributes: wooAttributes(t.header)}
		for row, err := range t.all() {
			item, skip := Item{}, false
			if err == nil {
				item, skip, err = w.item(row, families)
			}
			if !skip && !yield(item, err) {
				return
			}
		}
		for _, parent := range slices.Sorted(maps.Keys(families)) {
			if f := families[parent]; !f.claimed && !yield(Item{}, &RowError{Line: f.line, ID: f.id, Field: "parent", Code: CodeOrphan,
				Message: fmt.Sprintf("its product %q is not in the feed", parent)}) {
				return
			}
		}
	}
}

// wooFamily is what the variations of one product come to.
type wooFamily struct {
	family
	line    int    // of the first variation
	id      string // of the first variation
	claimed bool
}

// wooFamilies reads the variations of a feed, by parent.
func wooFamilies(r reading, comma byte) (map[string]*wooFamily, error) {
	text, err := r.again()
	if err != nil {
		return nil, err
	}
	defer text.Close()
	r.text = text
	t, err := openTable(r, comma)
	if err != nil {
		return nil, err
	}
	w := woo{parser: r.parser, columns: columnsOf(t.header), attributes: wooAttributes(t.header)}
	families := map[string]*wooFamily{}
	for row, err := range t.all() {
		if _, broken := err.(*RowError); broken || err == nil && !w.isVariation(row) {
			continue
		}
		if err != nil {
			return families, nil // the second pass meets the same error where it belongs
		}
		if err := w.variation(row, families); err != nil {
			return nil, err
		}
	}
	return families, nil
}

// woo reads rows of one table.
type woo struct {
	parser     parser
	columns    columns
	attributes [][2]int // columns of attributes' names and values
}

// wooAttributes finds the columns "Attribute 1 name" and "Attribute 1 value(s)".
func wooAttributes(header []string) [][2]int {
	c := columnsOf(header)
	var pairs [][2]int
	for n := 1; ; n++ {
		name, named := c["attribute"+strconv.Itoa(n)+"name"]
		values, valued := c["attribute"+strconv.Itoa(n)+"values"]
		if !named || !valued {
			return pairs
		}
		pairs = append(pairs, [2]int{name, values})
	}
}

func (w woo) isVariation(r row) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(w.columns.of(r, "type"))), "variation")
}

// variation folds one variation into its family. The error ends the feed.
func (w woo) variation(r row, families map[string]*wooFamily) error {
	parent := strings.Clone(strings.TrimSpace(w.columns.of(r, "parent")))
	f := families[parent]
	if f == nil {
		if len(families) == maxFamilies {
			return fmt.Errorf("%w: more than %d variable products", ErrTooLarge, maxFamilies)
		}
		f = &wooFamily{line: r.line, id: strings.Clone(tidy(w.columns.of(r, "id", "sku")))}
		families[parent] = f
	}
	if f.variants >= maxVariants {
		return nil
	}
	item, err := w.read(r)
	if err == nil && !item.Deleted {
		f.add(compactVariation(item))
	}
	return nil // a broken variation is a row error of the second pass
}

// compactVariation keeps what a family needs, in memory of its own.
func compactVariation(v Item) Item {
	small := Item{Price: v.Price, SalePrice: v.SalePrice, Availability: v.Availability, ImageLink: strings.Clone(v.ImageLink)}
	for _, size := range v.Sizes {
		small.Sizes = append(small.Sizes, strings.Clone(size))
	}
	for _, color := range v.Colors {
		small.Colors = append(small.Colors, strings.Clone(color))
	}
	return small
}

// item reads a row of the second pass. Variations, which are part of their
// products, are skipped.
func (w woo) item(r row, families map[string]*wooFamily) (item Item, skip bool, err error) {
	if w.isVariation(r) {
		_, err := w.read(r)
		return Item{}, err == nil, err
	}
	f := families["id:"+strings.TrimSpace(w.columns.of(r, "id"))]
	if sku := strings.TrimSpace(w.columns.of(r, "sku")); f == nil && sku != "" {
		f = families[sku]
	}
	if f == nil {
		item, err = w.read(r)
		return item, false, err
	}
	f.claimed = true
	if f.variants == 0 {
		item, err = w.read(r)
		return item, false, err
	}
	folded := f.done()
	rec := record{line: r.line}
	w.fill(&rec, r)
	rec.values[fieldPrice], rec.values[fieldSalePrice], rec.values[fieldSaleDates] = text(folded.Price), text(folded.SalePrice), ""
	rec.values[fieldAvailability] = folded.Availability
	if item, err = w.parser.item(&rec); err != nil {
		return Item{}, false, err
	}
	if len(folded.Sizes) > 0 {
		item.Sizes = folded.Sizes
	}
	if len(folded.Colors) > 0 {
		item.Colors = folded.Colors
	}
	whole := family{item: item}
	for _, image := range append([]string{folded.ImageLink}, folded.AdditionalImageLinks...) {
		whole.image(image)
	}
	return whole.item, false, nil
}

// text writes a price for money.Parse.
func text(m *money.Money) string {
	if m == nil {
		return ""
	}
	return money.Decimal(*m) + " " + m.Currency
}

// read turns a row into an item of its own.
func (w woo) read(r row) (Item, error) {
	rec := record{line: r.line}
	w.fill(&rec, r)
	if w.isVariation(r) && rec.values[fieldTitle] == "" {
		rec.values[fieldTitle] = "-" // a variation may be named by its product alone
	}
	return w.parser.item(&rec)
}

// fill fills a record from a row. Products that are not published are Deleted.
func (w woo) fill(rec *record, r row) {
	c := w.columns
	category, _, _ := strings.Cut(strings.ReplaceAll(c.of(r, "categories"), `\,`, "，"), ",")
	for _, from := range []struct{ to, value string }{
		{"id", c.of(r, "id", "sku")},
		{"title", c.of(r, "name")},
		{"description", c.of(r, "description", "shortdescription")},
		{"price", c.of(r, "regularprice")},
		{"sale_price", c.of(r, "saleprice")},
		{"sale_price_effective_date", period(c.of(r, "datesalepricestarts"), c.of(r, "datesalepriceends"))},
		{"availability", c.of(r, "instock")},
		{"quantity", c.of(r, "stock")},
		{"product_type", category},
		{"brand", c.of(r, "brands", "brand")},
		{"image_link", c.of(r, "images")},
		{"tags", c.of(r, "tags")},
		{"gtin", c.of(r, "gtinupceanorisbn")},
	} {
		rec.put(from.to, from.value)
	}
	if c.of(r, "id") != "" {
		rec.put("merchant_sku", c.of(r, "sku"))
	}
	for _, a := range w.attributes {
		rec.put(r.cells[a[0]], wooValues(r.cells[a[1]]))
	}
	switch strings.TrimSpace(c.of(r, "published")) {
	case "0", "-1":
		rec.values[fieldDeleted] = "true"
	}
}

// wooValues marks the ends of an attribute's values: ", ", where "\," is a comma.
func wooValues(values string) string {
	if values == "" {
		return ""
	}
	return strings.ReplaceAll(strings.ReplaceAll(values, ", ", listSeparator), `\,`, ",") + listSeparator
}

// period writes two days, either of which may be open, as Google does.
func period(start, end string) string {
	if start == "" && end == "" {
		return ""
	}
	return cmp.Or(start, "0001-01-01") + "/" + cmp.Or(end, "9999-12-31")
}
