package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"honeyguide/catalog/money"
)

// object is one decoded JSON object; numbers are json.Number.
type object = map[string]any

// element is one object of a JSON feed, or what is wrong with it.
type element struct {
	line int
	object
	err error
}

// jsonItems reads JSON: an array of products, an object that holds one (under
// products, items, data, @graph, itemListElement …, also nested), one product, or
// objects one after the other.
func jsonItems(r reading) iter.Seq2[Item, error] {
	return merged(objects(r, func(yield func(element) bool) {
		s := jsonScanner{w: newWindow(r.text), maxRow: r.maxRow, yield: yield}
		if err := s.document(); err != nil && err != errStop {
			yield(element{line: s.w.line, err: err})
		}
	}))
}

// jsonLines reads one object a line, so that a broken line costs one row.
func jsonLines(r reading) iter.Seq2[Item, error] {
	return merged(objects(r, func(yield func(element) bool) {
		lines := lineReader{w: newWindow(r.text), maxRow: r.maxRow}
		for {
			line, text, err := lines.next()
			if err == io.EOF {
				return
			}
			found := element{line: line, err: err}
			if err == nil {
				found.object, found.err = decode(text, line)
			}
			if err == nil && found.err != nil && !bytes.HasSuffix(text, newline) {
				found.err = fmt.Errorf("%w: it ends inside line %d", ErrTruncated, line)
			}
			if _, row := found.err.(*RowError); !yield(found) || found.err != nil && !row {
				return
			}
		}
	}))
}

// objects turns the objects of a JSON feed into items, each by its own shape.
func objects(r reading, elements iter.Seq[element]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for e := range elements {
			if e.err != nil {
				if !yield(Item{}, e.err) {
					return
				}
				continue
			}
			for item, err := range r.parser.object(e) {
				if !yield(item, err) {
					return
				}
			}
		}
	}
}

// object reads one object: a Shopify product, schema.org, or keys like Google's.
func (p parser) object(e element) iter.Seq2[Item, error] {
	switch {
	case isShopify(e.object):
		return p.shopifyProduct(e)
	case isSchema(e.object):
		return p.schemaProducts(e)
	}
	return func(yield func(Item, error) bool) {
		rec := record{line: e.line}
		rec.flat(e.object)
		yield(p.item(&rec))
	}
}

// flat fills a record from an object's keys.
func (r *record) flat(o object) {
	for _, key := range sortedKeys(o) {
		switch nested, isObject := o[key].(object); {
		case isObject && compact(key) == "attributes":
			for _, name := range sortedKeys(nested) {
				if value := textOf(nested[name]); value != "" {
					r.extra = append(r.extra, pair{name, value})
				}
			}
		case compact(key) == "updatedat", compact(key) == "indexedat": // of the record, not the product
		case slices.Contains([]field{fieldPrice, fieldSalePrice}, meaningOf(key).field):
			r.put(key, priceOf(o[key]))
		default:
			r.put(key, textOf(o[key]))
		}
	}
}

func sortedKeys(o object) []string {
	keys := make([]string, 0, len(o))
	for key := range o {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// textOf is a value as text. Arrays keep their values apart; objects are their
// name, value or address, else JSON.
func textOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	case []any:
		var parts []string
		for _, each := range v {
			if text := textOf(each); text != "" {
				parts = append(parts, text)
			}
		}
		if len(parts) == 1 {
			return parts[0]
		}
		return strings.Join(parts, listSeparator)
	case object:
		for _, key := range []string{"name", "value", "@value", "url", "contentUrl", "src", "@id"} {
			if text := textOf(v[key]); text != "" {
				return text
			}
		}
		if len(v) > 0 {
			text, _ := json.Marshal(v) // of what was JSON before
			return string(text)
		}
	}
	return ""
}

// priceOf writes a price for money.Parse: a number or text, {"amount","currency"}
// in minor units as in the HTTP contract, or {"value","currency"} with decimals.
func priceOf(value any) string {
	o, isObject := value.(object)
	if !isObject {
		return decimal(value)
	}
	currency := strings.ToUpper(textOf(first(o, "currency", "currencyCode", "currency_code", "priceCurrency")))
	if n, isNumber := o["amount"].(json.Number); isNumber {
		if amount, err := n.Int64(); err == nil && currency != "" {
			return money.Decimal(money.Money{Amount: amount, Currency: currency}) + " " + currency
		}
	}
	return strings.TrimSpace(decimal(first(o, "value", "amount", "price")) + " " + currency)
}

// decimal writes a number so that its point stays one: JSON's 1.299 is no 1,299.
func decimal(value any) string {
	text := textOf(value)
	if _, isNumber := value.(json.Number); isNumber && strings.Contains(text, ".") && !strings.ContainsAny(text, "eE") {
		return text + "0000"
	}
	return text
}

// first is the value of the first of some keys that an object has.
func first(o object, keys ...string) any {
	for _, key := range keys {
		if value, has := o[key]; has && value != nil {
			return value
		}
	}
	return nil
}

// decode reads one object. Errors are row errors.
func decode(text []byte, line int) (object, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var o object
	if err := decoder.Decode(&o); err != nil || o == nil {
		return nil, &RowError{Line: line, Code: CodeMalformed, Message: "not a JSON object"}
	}
	return o, nil
}
