package feed_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"honeyguide/catalog/feed"
)

// ours is a product as the HTTP contract shows it.
const ours = `{"id":"1163","title":"蓝色 Jersey","description":"<p>Blue</p>","link":"https://shop.example/1","image_link":"images/1.jpg","additional_image_links":["a.jpg","b.jpg"],
 "brand":"Nike","price":{"amount":89500,"currency":"INR"},"sale_price":null,"availability":"in_stock","product_type":"Apparel > Tops","category":"tops",
 "colors":["blue","white"],"sizes":["S/M","L"],"gender":"male","age_group":"adult","season":"summer","occasion":"sports","pattern":"solid","material":"cotton",
 "item_group_id":"g","attributes":{"warranty":"2 years","washable":true},"updated_at":"2025-01-01","indexed_at":"2025-01-01"}`

func TestProductJSON(t *testing.T) {
	want := feed.Item{ID: "1163", Title: "蓝色 Jersey", Description: "Blue", Link: "https://shop.example/1", ImageLink: "images/1.jpg",
		AdditionalImageLinks: []string{"a.jpg", "b.jpg"}, Brand: "Nike", Price: price(89500, "INR"), Availability: "in_stock",
		ProductType: "Apparel > Tops", Colors: []string{"blue", "white"}, Sizes: []string{"S/M", "L"}, Gender: "male", AgeGroup: "adult",
		Season: "summer", Occasion: "sports", Pattern: "solid", Material: "cotton", GroupID: "g",
		Attributes: map[string]string{"warranty": "2 years", "washable": "true", "category": "tops"}}
	line := strings.ReplaceAll(ours, "\n", "")
	for name, content := range map[string]string{
		"json":   "[" + ours + "]",
		"json ":  `{"total": 1, "products": [` + ours + `], "next_cursor": ""}`,
		"json  ": `{"data": {"page": 1, "items": [` + ours + `]}}`,
		"json1":  ours,
		"jsonl":  line + "\n{\"id\":\"2\",\"deleted\":true}\n",
	} {
		f := open(t, []byte(content), feed.Options{})
		items, rows, err := read(t, f)
		if len(items) == 0 || len(rows) > 0 || err != nil {
			t.Errorf("%s: %d items, %v, %v", name, len(items), rows, err)
			continue
		}
		if want.Line = items[0].Line; want.Line != 1 || !reflect.DeepEqual(items[0], want) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, items[0], want)
		}
		if !strings.HasPrefix(name, f.Format()) {
			t.Errorf("%s: Format() = %s", name, f.Format())
		}
	}
}

func TestJSONPrices(t *testing.T) {
	for text, want := range map[string]int64{
		`49.99`: 4999, `50`: 5000, `"$49.99"`: 4999, `{"amount":4999,"currency":"USD"}`: 4999,
		`{"value":"49.99","currency":"usd"}`: 4999, `{"amount":"49.9","currencyCode":"USD"}`: 4990, `1.50`: 150,
	} {
		got := one(t, `[{"id":1,"title":"T","price":`+text+`}]`, feed.Options{Currency: "USD"})
		if *got.Price != *price(want, "USD") {
			t.Errorf("%s: %+v", text, got.Price)
		}
	}
	for _, text := range []string{`1.299`, `1e3`, `-5`, `{"amount":-5,"currency":"USD"}`, `true`, `{"amount":99}`, `[1,2]`, `{}`, `null`} {
		_, rows, err := read(t, open(t, []byte(`[{"id":1,"title":"T","price":`+text+`}]`), feed.Options{Currency: "USD"}))
		if text == `{"amount":99}` {
			continue // decimal, in the feed's currency
		}
		if len(rows) != 1 || rows[0].Field != "price" || err != nil {
			t.Errorf("%s: %v, %v", text, rows, err)
		}
	}
}

func TestBrokenJSON(t *testing.T) {
	options := feed.Options{Currency: "USD", MaxRow: 50_000}
	good := `{"id":"%","title":"T","price":5}`
	long := `{"id":"9","title":"` + strings.Repeat("x", 200_000) + `","price":5}`
	deep := `{"id":"9","title":"T","price":5,"x":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `}`
	array := "[\n" + strings.Join([]string{good, `{"id": oops}`, "7", long, deep, good}, ",\n") + "\n]"
	for name, content := range map[string]string{
		"array": array,
		"lines": strings.Join([]string{good, `{"id": "1"`, "7", long, `{"id":"9"}}`, good}, "\n") + "\n",
	} {
		items, rows, err := read(t, open(t, []byte(content), options))
		var codes []string
		for _, row := range rows {
			codes = append(codes, row.Code)
		}
		if want := []string{"malformed", "malformed", "too_long", "malformed"}; len(items) != 2 || err != nil || name == "array" && !reflect.DeepEqual(codes, want) {
			t.Errorf("%s: %d items, %v, %v", name, len(items), rows, err)
		}
	}
	for name, c := range map[string]struct {
		content string
		want    error
	}{
		"inside an element": {"[" + good + `,{"id":"2","ti`, feed.ErrTruncated},
		"inside the array":  {`{"products":[` + good + `,`, feed.ErrTruncated},
		"inside the object": {`{"products":[` + good + `]`, feed.ErrTruncated},
		"inside a line":     {good + "\n" + good + "\n" + `{"id":"2","ti`, feed.ErrTruncated},
		"no colon":          {`{"title" 5}`, feed.ErrFormat},
		"garbage":           {`[` + good + `] trailing`, feed.ErrFormat},
	} {
		if _, _, err := read(t, open(t, []byte(c.content), options)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for _, empty := range []string{`[]`, `{"products": []}`} {
		if items, rows, err := read(t, open(t, []byte(empty), options)); items != nil || rows != nil || err != nil {
			t.Errorf("%s: %v, %v, %v", empty, items, rows, err)
		}
	}
}

func TestSchema(t *testing.T) {
	shirt := `{"@type":"Product","sku":"S1","name":"Hemd 衬衫","description":"Soft","url":"https://shop.example/s1",
 "image":["https://shop.example/1.jpg",{"@type":"ImageObject","url":"https://shop.example/2.jpg"}],"brand":{"@type":"Brand","name":"Acme"},
 "color":"Red","size":{"@type":"SizeSpecification","name":"M"},"material":"Cotton","category":"Shirts",
 "audience":{"suggestedGender":"https://schema.org/Male"},"additionalProperty":[{"@type":"PropertyValue","name":"Fit","value":"Slim"}],
 "offers":{"@type":"Offer","price":"12.50","priceCurrency":"EUR","availability":"https://schema.org/InStock"}}`
	want := feed.Item{ID: "S1", Title: "Hemd 衬衫", Description: "Soft", Link: "https://shop.example/s1", ImageLink: "https://shop.example/1.jpg",
		AdditionalImageLinks: []string{"https://shop.example/2.jpg"}, Brand: "Acme", Price: price(1250, "EUR"), Availability: "in_stock",
		ProductType: "Shirts", Colors: []string{"Red"}, Sizes: []string{"M"}, Gender: "male", Material: "Cotton", Attributes: map[string]string{"Fit": "Slim"}}
	page := "<!DOCTYPE html>\n<html><head><script>var x = '<p>';</script>\n<script type=\"application/ld+json\">\n" + shirt +
		"</script><script type=\"application/ld+json\">{broken</script></head><body>text</body></html>"
	for name, c := range map[string]struct {
		content string
		line    int
	}{
		"one":      {strings.Replace(shirt, "{", `{"@context":"https://schema.org",`, 1), 1},
		"array":    {"[" + shirt + "]", 1},
		"graph":    {`{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"Shop"},` + shirt + `]}`, 1},
		"list":     {`{"@type":"ItemList","itemListElement":[` + "\n" + `{"@type":"ListItem","position":1,"item":` + shirt + `}]}`, 2},
		"page":     {`{"@type":"WebPage","mainEntity":` + shirt + `}`, 1},
		"html":     {page, 4},
		"variants": {`{"@type":"ProductGroup","productGroupID":"S1",` + strings.Replace(strings.TrimPrefix(shirt, "{"), `"@type":"Product","sku":"S1",`, `"hasVariant":[{"@type":"Product","size":"M"}],`, 1), 1},
	} {
		items, _, err := read(t, open(t, []byte(c.content), feed.Options{}))
		if want.Line = c.line; len(items) != 1 || err != nil || !reflect.DeepEqual(items[0], want) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", name, err, items, want)
		}
	}
	if _, rows, _ := read(t, open(t, []byte(page), feed.Options{})); len(rows) != 1 || rows[0].Code != feed.CodeMalformed {
		t.Errorf("broken script: %v", rows)
	}
	for _, none := range []string{"<html><body>Please log in</body></html>", `{"@context":"https://schema.org","@type":"Organization","name":"Shop"}`} {
		if _, _, err := read(t, open(t, []byte(none), feed.Options{})); !errors.Is(err, feed.ErrFormat) {
			t.Errorf("%q: %v", none, err)
		}
	}
}

func TestSchemaVariantsAndOffers(t *testing.T) {
	got := one(t, `{"@context":"https://schema.org","@type":"ProductGroup","productGroupID":"P","name":"Tee","image":"t.jpg","hasVariant":[
 {"@type":"Product","sku":"P-1","size":"S","color":"Red","image":"r.jpg","offers":{"price":20,"priceCurrency":"USD","availability":"OutOfStock"}},
 {"@type":"Product","sku":"P-2","size":"M","color":"Blue","offers":[{"price":25,"priceCurrency":"USD"},{"price":22.5,"priceCurrency":"USD"}]}]}`, feed.Options{})
	if got.ID != "P" || got.Price.Amount != 2250 || got.Availability != "in_stock" || !reflect.DeepEqual(got.Sizes, []string{"M"}) || !reflect.DeepEqual(got.Colors, []string{"Blue"}) {
		t.Errorf("%+v", got)
	}
	got = one(t, `{"@context":"x","@type":"Product","gtin13":"99","name":"Mug","offers":{"@type":"AggregateOffer","lowPrice":"5","highPrice":"9","priceCurrency":"GBP"}}`, feed.Options{})
	if got.ID != "99" || *got.Price != *price(500, "GBP") {
		t.Errorf("%+v", got)
	}
}
