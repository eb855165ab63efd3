package feed

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"strings"

	"golang.org/x/net/html"
)

// someOf ends a stream that gave nothing with an error: a page or a graph in
// which no product is found is no empty catalogue.
func someOf(items func(reading) iter.Seq2[Item, error]) func(reading) iter.Seq2[Item, error] {
	return func(r reading) iter.Seq2[Item, error] {
		return func(yield func(Item, error) bool) {
			none := true
			for item, err := range items(r) {
				none = false
				if !yield(item, err) {
					return
				}
			}
			if none {
				yield(Item{}, fmt.Errorf("%w: no schema.org product in it", ErrFormat))
			}
		}
	}
}

// htmlItems reads the JSON-LD scripts of a page.
func htmlItems(r reading) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		tokens := html.NewTokenizer(r.text)
		tokens.SetMaxBuf(r.maxRow)
		line, inScript := 1, false
		for {
			kind := tokens.Next()
			if kind == html.ErrorToken {
				if err := pageEnd(tokens.Err(), line); err != nil {
					yield(Item{}, err)
				}
				return
			}
			raw := tokens.Raw()
			if kind == html.TextToken && inScript && !r.script(bytes.Clone(raw), line, yield) {
				return
			}
			line += bytes.Count(raw, newline)
			inScript = kind == html.StartTagToken && opensLinkedData(tokens)
		}
	}
}

// pageEnd is the error at the end of a page, if it is one.
func pageEnd(err error, line int) error {
	switch err {
	case io.EOF:
		return nil
	case html.ErrBufferExceeded:
		return fmt.Errorf("%w: a script or text of the page, line %d", ErrTooLarge, line)
	}
	return err
}

func opensLinkedData(tokens *html.Tokenizer) bool {
	name, more := tokens.TagName()
	if string(name) != "script" {
		return false
	}
	for more {
		var key, value []byte
		key, value, more = tokens.TagAttr()
		if string(key) == "type" && strings.EqualFold(strings.TrimSpace(string(value)), "application/ld+json") {
			return true
		}
	}
	return false
}

// script gives the products of one script; a broken one is a row error.
func (r reading) script(text []byte, line int, yield func(Item, error) bool) bool {
	r.text = bytes.NewReader(text)
	for item, err := range jsonItems(r) {
		item.Line += line - 1
		if broken, row := err.(*RowError); row {
			broken.Line += line - 1
		} else if err != nil {
			err = &RowError{Line: line, Code: CodeMalformed, Message: fmt.Sprintf("a JSON-LD script: %v", err)}
		}
		if !yield(item, err) {
			return false
		}
	}
	return true
}

// isSchema reports whether an object is linked data.
func isSchema(o object) bool {
	return o["@type"] != nil || o["@graph"] != nil || o["@context"] != nil
}

// isProduct reports whether an object's type is Product or one of its kinds.
func isProduct(o object) bool {
	for _, kind := range strings.Split(textOf(o["@type"]), listSeparator) {
		switch kind[strings.LastIndexAny(kind, "/:#")+1:] {
		case "Product", "ProductGroup", "ProductModel", "IndividualProduct", "SomeProducts", "Vehicle", "Book":
			return true
		}
	}
	return false
}

// schemaProducts gives the products in an object, wherever in it they are.
func (p parser) schemaProducts(e element) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		products(e.object, func(o object) bool { return yield(p.schemaProduct(o, e.line)) })
	}
}

// products walks to the products in a value and stops when yield returns false.
func products(value any, yield func(object) bool) bool {
	switch v := value.(type) {
	case []any:
		for _, each := range v {
			if !products(each, yield) {
				return false
			}
		}
	case object:
		if isProduct(v) {
			return yield(v)
		}
		for _, key := range []string{"@graph", "itemListElement", "item", "mainEntity", "mainEntityOfPage", "hasPart", "itemOffered"} {
			if !products(v[key], yield) {
				return false
			}
		}
	}
	return true
}

// schemaProduct folds a product's variants and offers into one item.
func (p parser) schemaProduct(o object, line int) (Item, error) {
	var folded family
	var failed error
	variants := each(o["hasVariant"])
	if len(variants) == 0 {
		variants = []object{o}
	}
	for _, variant := range variants[:min(len(variants), maxVariants)] {
		offers := each(variant["offers"])
		if len(offers) == 0 {
			offers = append(each(o["offers"]), object{})[:1]
		}
		for _, offer := range offers[:min(len(offers), maxVariants)] {
			rec := record{line: line}
			rec.schema(o, variant, offer)
			item, err := p.item(&rec)
			if err != nil {
				failed = err
				continue
			}
			folded.add(item)
		}
	}
	if folded.variants == 0 {
		return Item{}, failed
	}
	return folded.done(), nil
}

// each lists the objects of a value that is one or several.
func each(value any) []object {
	switch v := value.(type) {
	case object:
		return []object{v}
	case []any:
		var all []object
		for _, one := range v {
			if o, is := one.(object); is {
				all = append(all, o)
			}
		}
		return all
	}
	return nil
}

// schema fills a record from a product, one variant of it (or itself) and one
// offer. What the variant lacks is the product's.
func (r *record) schema(o, variant, offer object) {
	r.put("id", textOf(first(o, "productGroupID", "sku", "productID", "gtin13", "gtin", "mpn", "@id", "url")))
	for _, pair := range [][2]string{
		{"title", "name"}, {"description", "description"}, {"link", "url"}, {"image_link", "image"},
		{"brand", "brand"}, {"product_type", "category"}, {"color", "color"}, {"size", "size"},
		{"material", "material"}, {"pattern", "pattern"}, {"item_group_id", "inProductGroupWithID"},
	} {
		from := o
		if o[pair[1]] == nil || pair[0] == "color" || pair[0] == "size" || pair[0] == "image_link" {
			from = variant
		}
		value := first(object{"": from[pair[1]], "group": o[pair[1]]}, "", "group")
		r.put(pair[0], textOf(value))
	}
	for _, audience := range append(each(variant["audience"]), each(o["audience"])...) {
		if r.values[fieldGender] == "" {
			r.put("gender", lastPart(textOf(audience["suggestedGender"])))
		}
	}
	for _, property := range append(each(variant["additionalProperty"]), each(o["additionalProperty"])...) {
		if name := textOf(property["name"]); name != "" {
			r.extra = append(r.extra, pair{name, textOf(property["value"])})
		}
	}
	r.offer(offer)
}

// offer reads price and availability of an Offer or AggregateOffer.
func (r *record) offer(offer object) {
	price := first(offer, "price", "lowPrice")
	currency := textOf(first(offer, "priceCurrency"))
	for _, specification := range each(offer["priceSpecification"]) {
		if price == nil {
			price = first(specification, "price", "minPrice")
		}
		if currency == "" {
			currency = textOf(first(specification, "priceCurrency"))
		}
	}
	r.put("price", decimal(price))
	r.put("currency", currency)
	r.put("availability", textOf(offer["availability"]))
}

// lastPart is the end of an address: "Female" of https://schema.org/Female.
func lastPart(address string) string { return address[strings.LastIndexByte(address, '/')+1:] }
