package feed_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"honeyguide/catalog/feed"
)

func TestEncodings(t *testing.T) {
	const chinese = "商品编号,商品名称,价格\r\n1,纯棉衬衫 Cotton Shirt,¥199\r\n2,\"繁體字，與𠮷\",88元\r\n"
	const western = "id;title;price\n1;Crème brûlée für Gäste, 5 Stück;1.299,00 €\n2;Café;5 €\n"
	utf16 := func(order unicode.Endianness, bom unicode.BOMPolicy) encoding.Encoding {
		return unicode.UTF16(order, bom)
	}
	for _, c := range []struct {
		name, text string
		encoding   encoding.Encoding
		title      string
	}{
		{"UTF-8", chinese, unicode.UTF8, "纯棉衬衫 Cotton Shirt"},
		{"UTF-8 with BOM", chinese, unicode.UTF8BOM, "纯棉衬衫 Cotton Shirt"},
		{"UTF-16 LE with BOM", chinese, utf16(unicode.LittleEndian, unicode.UseBOM), "纯棉衬衫 Cotton Shirt"},
		{"UTF-16 BE with BOM", chinese, utf16(unicode.BigEndian, unicode.UseBOM), "纯棉衬衫 Cotton Shirt"},
		{"UTF-16 LE", chinese, utf16(unicode.LittleEndian, unicode.IgnoreBOM), "纯棉衬衫 Cotton Shirt"},
		{"UTF-16 BE", chinese, utf16(unicode.BigEndian, unicode.IgnoreBOM), "纯棉衬衫 Cotton Shirt"},
		{"GBK", strings.ReplaceAll(strings.ReplaceAll(chinese, "𠮷", "吉"), "¥", ""), simplifiedchinese.GBK, "纯棉衬衫 Cotton Shirt"},
		{"GB18030", chinese, simplifiedchinese.GB18030, "纯棉衬衫 Cotton Shirt"},
		{"UTF-8 western", western, unicode.UTF8, "Crème brûlée für Gäste, 5 Stück"},
		{"Windows-1252", western, charmap.Windows1252, "Crème brûlée für Gäste, 5 Stück"},
		{"Latin-1", strings.ReplaceAll(western, "€", "EUR"), charmap.ISO8859_1, "Crème brûlée für Gäste, 5 Stück"},
	} {
		encoded, err := c.encoding.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(c.name, err)
		}
		items, rows, err := read(t, open(t, []byte(encoded), feed.Options{Currency: "CNY"}))
		if err != nil || len(items) != 2 || items[0].Title != c.title {
			t.Errorf("%s: %+v, %v, %v", c.name, items, rows, err)
		}
	}
}

func TestPlainText(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{"a  b\u3000c\u200b", "a b c"},
		{"<ul><li>One</li><li>Two &gt; 1</li></ul>", "One\nTwo > 1"},
		{"<style>p{}</style><p>水洗<br/>棉</p>", "水洗\n棉"},
		{"size < 5 & up <3", "size < 5 & up <3"},
		{"<table><tr><td>a</td><td>b</td></tr></table>", "a b"},
		{"x<!-- hidden -->y", "xy"},
		{"<p>unclosed <b>tag", "unclosed tag"},
		{"Tom &amp; Jerry&nbsp;!", "Tom & Jerry !"},
	} {
		if item, row := values(t, "description", c.html, feed.Options{}); row != nil || item.Description != c.want {
			t.Errorf("%q: %q, %v, want %q", c.html, item.Description, row, c.want)
		}
	}
}
