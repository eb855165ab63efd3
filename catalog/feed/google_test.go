package feed_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"honeyguide/catalog/feed"
)

const rss = `<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel>
<title>A shop</title><link>https://shop.example</link><description>All <item-like> words</item-like></description>
<item>
 <title>Plain title</title>
 <g:title>Red &amp; white 衬衫</g:title>
 <description><![CDATA[<p>Soft </item> cotton</p>]]></description>
 <link>https://shop.example/1</link>
 <!-- <g:id>0</g:id> </item> -->
 <g:id>1</g:id>
 <g:image_link>https://shop.example/1.jpg</g:image_link>
 <g:additional_image_link>https://shop.example/2.jpg</g:additional_image_link>
 <g:additional_image_link>https://shop.example/3.jpg</g:additional_image_link>
 <g:price>12.50 USD</g:price>
 <g:shipping><g:country>US</g:country><g:price>4.00 USD</g:price></g:shipping>
 <g:availability>out of stock</g:availability>
 <g:gtin>0123</g:gtin>
</item>
<item><g:id>2</g:id><title>Bare & ampersand</title><g:price>5 USD</g:price></item>
<item><g:id>3</g:id><title>Custom &bomb; entity</title><g:price>5 USD</g:price></item>
<item><g:id>4</g:id><title>Caf&eacute;</title><g:price>5 USD</g:price></item>
</channel></rss>`

func TestGoogleRSS(t *testing.T) {
	f := open(t, []byte(rss), feed.Options{})
	items, rows, err := read(t, f)
	if err != nil || f.Format() != "google-xml" || len(items) != 2 || len(rows) != 2 {
		t.Fatalf("%s: %+v, %v, %v", f.Format(), items, rows, err)
	}
	want := feed.Item{Line: 4, ID: "1", Title: "Red & white 衬衫", Description: "Soft cotton", Link: "https://shop.example/1",
		ImageLink: "https://shop.example/1.jpg", AdditionalImageLinks: []string{"https://shop.example/2.jpg", "https://shop.example/3.jpg"},
		Price: price(1250, "USD"), Availability: "out_of_stock", Attributes: map[string]string{"gtin": "0123"}}
	if !reflect.DeepEqual(items[0], want) {
		t.Errorf("\n got %+v\nwant %+v", items[0], want)
	}
	if rows[0].Line != 19 || rows[0].ID != "2" || rows[0].Code != feed.CodeMalformed || rows[1].ID != "3" || items[1].Title != "Café" {
		t.Errorf("rows %v, items %+v", rows, items)
	}
}

func TestGoogleAtom(t *testing.T) {
	got := one(t, `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:goods="http://base.google.com/ns/1.0"><title>S</title>
<entry><id>tag:shop.example,1</id><goods:id>A1</goods:id><title>Mug 杯子</title><summary>Blue</summary>
<link rel="self" href="https://shop.example/self"/><link rel="alternate" href="https://shop.example/a1"/>
<goods:price>£5</goods:price></entry></feed>`, feed.Options{})
	if got.ID != "A1" || got.Title != "Mug 杯子" || got.Link != "https://shop.example/a1" || got.Description != "Blue" || *got.Price != *price(500, "GBP") {
		t.Errorf("%+v", got)
	}
}

func TestBadXML(t *testing.T) {
	cut := strings.Index(rss, "<g:availability>")
	bomb := `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><id>1</id><title>&b;</title></item></channel></rss>`
	for name, c := range map[string]struct {
		content string
		want    error
	}{
		"inside an item": {rss[:cut], feed.ErrTruncated},
		"between items":  {strings.Replace(rss, "</channel></rss>", "", 1), feed.ErrTruncated},
		"inside a tag":   {strings.TrimSuffix(rss, "s>"), feed.ErrTruncated},
		"entities":       {bomb, feed.ErrFormat},
	} {
		if _, _, err := read(t, open(t, []byte(c.content), feed.Options{})); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	long := strings.Replace(rss, "Soft ", strings.Repeat("<b>x</b>", 40_000), 1)
	items, rows, err := read(t, open(t, []byte(long), feed.Options{MaxRow: 100_000}))
	if len(items) != 1 || len(rows) != 3 || rows[0].Code != feed.CodeTooLong || rows[0].Line != 4 || err != nil {
		t.Errorf("long item: %d items, %v, %v", len(items), rows, err)
	}
	deep := strings.Replace(rss, "<g:id>1</g:id>", "<g:id>1</g:id>"+strings.Repeat("<a>", 100)+strings.Repeat("</a>", 100), 1)
	if _, rows, err := read(t, open(t, []byte(deep), feed.Options{})); len(rows) != 3 || rows[0].ID != "1" || err != nil {
		t.Errorf("deep item: %v, %v", rows, err)
	}
}

func TestSaleDates(t *testing.T) {
	for _, c := range []struct {
		dates string
		sale  bool
	}{
		{"", true},
		{"2025-01-01T00:00-0800/2025-12-31T23:59-0800", true},
		{"2025-06-01/2025-06-30", true},
		{"2024-01-01T00:00:00Z/2024-02-01T00:00:00Z", false},
		{"2026-01-01/2026-02-01", false},
		{"whenever", true},
	} {
		item, row := values(t, "sale_price\tsale_price_effective_date", "3 USD\t"+c.dates, feed.Options{Now: time.Date(2025, 6, 15, 0, 0, 0, 0, time.UTC)})
		if row != nil || (item.SalePrice != nil) != c.sale {
			t.Errorf("%q: sale %v, %v", c.dates, item.SalePrice, row)
		}
	}
	if item, _ := values(t, "sale_price", "7 USD", feed.Options{}); item.SalePrice != nil {
		t.Errorf("a sale above the price: %v", item.SalePrice)
	}
}
