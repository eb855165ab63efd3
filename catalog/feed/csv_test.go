package feed_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"honeyguide/catalog/feed"
	"honeyguide/catalog/money"
)

func price(amount int64, currency string) *money.Money {
	return &money.Money{Amount: amount, Currency: currency}
}

// one reads a feed that holds exactly one item.
func one(t *testing.T, content string, options feed.Options) feed.Item {
	t.Helper()
	items, rows, err := read(t, open(t, []byte(content), options))
	if len(items) != 1 || len(rows) != 0 || err != nil {
		t.Fatalf("%d items, row errors %v, error %v; want one item", len(items), rows, err)
	}
	return items[0]
}

func TestTables(t *testing.T) {
	want := feed.Item{
		Line: 2, ID: "A1", Title: "Red Shirt", Description: "Soft & light.\nWash cold.",
		Link: "https://shop.example/a1", ImageLink: "images/a1.jpg", AdditionalImageLinks: []string{"images/a2.jpg"},
		Brand: "Acme", Price: price(129900, "EUR"), SalePrice: price(99900, "EUR"), Availability: "in_stock",
		ProductType: "Apparel > Shirts", Colors: []string{"Red", "White"}, Sizes: []string{"S", "M"},
		Gender: "male", AgeGroup: "adult", Season: "Summer", Occasion: "Casual", Pattern: "Solid", Material: "Cotton",
		GroupID: "G1", Attributes: map[string]string{"Warranty": "2 years"}, SourceVersion: 7,
	}
	header := []string{"ID", "Title", "g:description", "Link", "Image Link", "additional_image_link", "brand", "PRICE", "sale-price",
		"availability", "product type", "colour", "sizes", "gender", "Age Group", "season", "usage", "pattern", "fabric", "item_group_id", "Warranty", "source_version"}
	cells := []string{"A1", "  Red \u00a0Shirt ", "<p>Soft &amp; light.</p><p>Wash   cold.<script>x</script></p>", "https://shop.example/a1",
		"images/a1.jpg", "images/a2.jpg", "Acme", "1.299,00 €", "999", "In Stock", "Apparel > Shirts", "Red/White", "S/M/L", "Men", "Adult",
		"Summer", "Casual", "Solid", "Cotton", "G1", "2 years", "7"}
	cells[12] = `S, M`
	for name, comma := range map[string]string{"csv": ",", "tsv": "\t", "csv ": ";", "csv  ": "|"} {
		var b strings.Builder
		for _, row := range [][]string{header, cells} {
			for i, cell := range row {
				if i > 0 {
					b.WriteString(comma)
				}
				b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
			}
			b.WriteString("\r\n")
		}
		f := open(t, []byte(b.String()), feed.Options{Currency: "EUR"})
		items, rows, err := read(t, f)
		if len(items) != 1 || len(rows)+f.Total() != 1 || err != nil {
			t.Fatalf("%q: %d items, rows %v, total %d, %v", comma, len(items), rows, f.Total(), err)
		}
		if f.Format() != strings.TrimSpace(name) || !reflect.DeepEqual(items[0], want) {
			t.Errorf("%s:\n got %+v\nwant %+v", f.Format(), items[0], want)
		}
	}
}

func TestChineseTable(t *testing.T) {
	got := one(t, "商品编号,商品名称,价格,图片,库存,品牌,颜色,尺码,类目,性别,年龄段,材质,保修\n１００１,纯棉　衬衫,¥１９９.５０,images/1.jpg,0,优衣,红色、白色,S，M；L,服装>衬衫,男士,成人,棉,一年\n", feed.Options{Currency: "CNY"})
	want := feed.Item{Line: 2, ID: "１００１", Title: "纯棉 衬衫", ImageLink: "images/1.jpg", Brand: "优衣", Price: price(19950, "CNY"),
		Availability: "out_of_stock", ProductType: "服装>衬衫", Colors: []string{"红色", "白色"}, Sizes: []string{"S", "M", "L"},
		Gender: "male", AgeGroup: "adult", Material: "棉", Attributes: map[string]string{"保修": "一年"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

// values reads one row of a few columns.
func values(t *testing.T, columns, cells string, options feed.Options) (feed.Item, *feed.RowError) {
	t.Helper()
	items, rows, err := read(t, open(t, []byte("id\ttitle\tprice\t"+columns+"\n1\tT\t5 USD\t"+cells+"\n"), options))
	if err != nil || len(items)+len(rows) != 1 {
		t.Fatalf("%s: %d items, %v, %v", cells, len(items), rows, err)
	}
	if len(rows) == 1 {
		return feed.Item{}, rows[0]
	}
	return items[0], nil
}

func TestLists(t *testing.T) {
	for _, c := range []struct {
		column, cell string
		want         []string
	}{
		{"size", "S|M|L", []string{"S", "M", "L"}},
		{"size", "S,M, L", []string{"S", "M", "L"}},
		{"size", "S/M/L", []string{"S", "M", "L"}},
		{"size", "S M L", []string{"S", "M", "L"}},
		{"size", "S/M", []string{"S/M"}},
		{"size", "W32/L34", []string{"W32/L34"}},
		{"size", "UK 7|UK 8|UK 7", []string{"UK 7", "UK 8"}},
		{"size", "38,5", []string{"38,5"}},
		{"size", "38,5,39,39,5", []string{"38,5", "39", "39,5"}},
		{"size", "4,5,6", []string{"4", "5", "6"}},
		{"size", "均码", []string{"均码"}},
		{"size", " | ", nil},
		{"color", "Black/White", []string{"Black", "White"}},
		{"color", "navy; off white", []string{"navy", "off white"}},
		{"image", "https://a.example/x,y.jpg,https://a.example/z.jpg", []string{"https://a.example/x,y.jpg", "https://a.example/z.jpg"}},
		{"image", "1.jpg, 2.jpg;3.jpg|2.jpg", []string{"1.jpg", "2.jpg", "3.jpg"}},
		{"image", "//cdn.example/x.jpg", []string{"//cdn.example/x.jpg"}},
	} {
		item, row := values(t, c.column, c.cell, feed.Options{})
		got := map[string][]string{"size": item.Sizes, "color": item.Colors}[c.column]
		if c.column == "image" {
			got = append([]string{item.ImageLink}, item.AdditionalImageLinks...)
		}
		if row != nil || len(got)+len(c.want) > 0 && !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %q: %q, %v, want %q", c.column, c.cell, got, row, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ column, cell, availability, gender, age string }{
		{"availability", "in stock", "in_stock", "", ""},
		{"availability", "https://schema.org/OutOfStock", "out_of_stock", "", ""},
		{"availability", "Pre-Order", "preorder", "", ""},
		{"availability", "on backorder", "backorder", "", ""},
		{"availability", "现货", "in_stock", "", ""},
		{"availability", "预售", "preorder", "", ""},
		{"availability", "售罄", "out_of_stock", "", ""},
		{"qty", "12", "in_stock", "", ""},
		{"qty", "0", "out_of_stock", "", ""},
		{"qty", "-3", "out_of_stock", "", ""},
		{"库存", "1,200", "in_stock", "", ""},
		{"gender", "Women's", "in_stock", "female", ""},
		{"gender", "Boys", "in_stock", "male", "kids"},
		{"gender", "女童", "in_stock", "female", "kids"},
		{"gender", "男女通用", "in_stock", "unisex", ""},
		{"age_group", "Toddler", "in_stock", "", "toddler"},
	} {
		item, row := values(t, c.column, c.cell, feed.Options{})
		if row != nil || item.Availability != c.availability || item.Gender != c.gender || item.AgeGroup != c.age {
			t.Errorf("%s %q: %q %q %q, %v", c.column, c.cell, item.Availability, item.Gender, item.AgeGroup, row)
		}
	}
	if item, _ := values(t, "gender", "for everyone!", feed.Options{}); item.Gender != "" || item.Attributes["gender"] != "for everyone!" {
		t.Errorf("unknown gender: %+v", item)
	}
}

func TestRowErrors(t *testing.T) {
	for _, c := range []struct{ columns, cells, field, code string }{
		{"availability", "maybe", "availability", feed.CodeInvalid},
		{"sale_price", "3 EUR", "sale_price", feed.CodeInvalid},
		{"sale_price", "1 - 3", "sale_price", feed.CodeInvalid},
		{"link", "javascript:alert(1)", "link", feed.CodeInvalid},
		{"link", "http:///x", "link", feed.CodeInvalid},
		{"image", "data:image/png;base64,AAAA", "image_link", feed.CodeInvalid},
		{"brand", "\xff\xfe broken 品牌品牌品牌品牌品牌品牌品牌品牌品牌品牌品牌品牌品牌品牌", "brand", feed.CodeMalformed},
		{"brand", strings.Repeat("b", 2001), "brand", feed.CodeTooLong},
		{"description", strings.Repeat("长", 100_001), "description", feed.CodeTooLong},
		{"warranty", strings.Repeat("w", 1<<20+1), "warranty", feed.CodeTooLong},
		{"deleted", "perhaps", "deleted", feed.CodeInvalid},
		{"source_version", "-1", "source_version", feed.CodeInvalid},
		{"extra", "x\ty", "", feed.CodeMalformed},
		{"size", strings.Repeat("|x", 10_001), "size", feed.CodeTooLong},
	} {
		if _, row := values(t, c.columns, c.cells, feed.Options{}); row == nil || row.Field != c.field || row.Code != c.code || row.Line != 2 {
			t.Errorf("%s %.20q: %v, want %s %s", c.columns, c.cells, row, c.field, c.code)
		}
	}
	_, rows, err := read(t, open(t, []byte("id,title,price\n,T,5\n2,,5\n3,T,\n4,T,5 - 6\n\n , ,\n"), feed.Options{Currency: "USD"}))
	var got []string
	for _, row := range rows {
		got = append(got, row.Field+" "+row.Code)
	}
	if want := []string{"id missing", "title missing", "price missing", "price invalid"}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("row errors %v, %v, want %v", got, err, want)
	}
	if rows[3].Line != 5 || rows[3].ID != "4" || !strings.Contains(rows[3].Error(), "line 5") {
		t.Errorf("row error %+v", rows[3])
	}
}

func TestBrokenBytesInDescription(t *testing.T) {
	item, row := values(t, "description", "宽松版型的纯棉衬衫，夏天穿着也很凉快。\xff好", feed.Options{})
	if row != nil || !strings.HasSuffix(item.Description, "\uFFFD好") {
		t.Errorf("%q, %v", item.Description, row)
	}
}

func TestQuotes(t *testing.T) {
	items, rows, err := read(t, open(t, []byte("sep=,\r\n\r\nid,title,price\r\n"+
		"1,\"Two\nlines, one \"\"title\"\"\",5\r\n"+
		"2,\"forgotten quote,5\r\n"+
		"3,\"5\" screen\",5\r\n"+
		"4,5\" screen,5\r\n"+
		"5, \"spaces\" ,5\r\n"+
		"6,short\r\n"+
		"1.5E+12,Scientific,5,,\r\n"+
		"7,\"never closed,5\r\n"+
		"8,Last,5"), feed.Options{Currency: "USD"}))
	var titles, broken []string
	for _, item := range items {
		titles = append(titles, item.ID+" "+item.Title)
	}
	for _, row := range rows {
		broken = append(broken, row.Code+" "+string(rune('0'+row.Line/10))+string(rune('0'+row.Line%10)))
	}
	wantTitles := []string{`1 Two lines, one "title"`, `4 5" screen`, `5 spaces`, `1.5E+12 Scientific`, `8 Last`}
	wantBroken := []string{"malformed 06", "malformed 07", "missing 10", "malformed 12"}
	if err != nil || !reflect.DeepEqual(titles, wantTitles) || !reflect.DeepEqual(broken, wantBroken) {
		t.Errorf("items %q, rows %q, %v", titles, broken, err)
	}
}

func TestTruncatedTables(t *testing.T) {
	for _, content := range []string{
		"id,title,price\n1,One,5\n2,\"Tw",
		"id,title,price\n1,One,5\n2,Tw",
	} {
		items, _, err := read(t, open(t, []byte(content), feed.Options{Currency: "USD"}))
		if !errors.Is(err, feed.ErrTruncated) || len(items) != 1 {
			t.Errorf("%q: %d items, %v", content, len(items), err)
		}
	}
}

func TestHugeCells(t *testing.T) {
	small := feed.Options{Currency: "USD", MaxRow: 64 << 10}
	long := strings.Repeat("x", 1<<20)
	for name, content := range map[string]string{
		"bare":   "id,title,price\n1,One,5\n2," + long + ",5\n3,Three,5\n",
		"quoted": "id,title,price\n1,One,5\n2,\"" + long + "\",5\n3,Three,5\n",
	} {
		items, rows, err := read(t, open(t, []byte(content), small))
		if len(items) != 2 || len(rows) != 1 || rows[0].Code != feed.CodeTooLong || rows[0].Line != 3 || err != nil {
			t.Errorf("%s: %d items, %v, %v", name, len(items), rows, err)
		}
	}
	lines := strings.Repeat("a line of a quote never closed\n", 10_000)
	_, rows, err := read(t, open(t, []byte("id,title,price\n1,\""+lines), small))
	if len(rows) != 10_000 || rows[0].Line != 2 || err != nil {
		t.Errorf("unclosed quote: %d row errors, %v", len(rows), err)
	}
	wide := "id,title,price\n1,One,5" + strings.Repeat(",", 1000) + "\n2,Two,5\n"
	items, rows, err := read(t, open(t, []byte(wide), small))
	if len(items) != 1 || len(rows) != 1 || rows[0].Code != feed.CodeMalformed || err != nil {
		t.Errorf("wide: %d items, %v, %v", len(items), rows, err)
	}
}

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		content string
		want    error
		says    string
	}{
		{"id,title,color\n1,T,red\n", feed.ErrColumns, "price; the columns are id, title, color"},
		{"商品名称,颜色,尺码\n衬衫,红,M\n", feed.ErrColumns, "id, price"},
		{"foo,bar\n1,2\n", feed.ErrFormat, "foo,bar"},
		{"just some words\nand more\n", feed.ErrFormat, "just some words"},
		{"", feed.ErrFormat, "empty"},
		{"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", feed.ErrFormat, "image/png"},
		{"<opml version=\"2\"/>", feed.ErrFormat, "<opml>"},
		{"{\"error\": 1}", feed.ErrFormat, "title or name"},
		{strings.Repeat("id,", 600) + "title,price\n", feed.ErrFormat, ""},
	} {
		_, err := feed.Open(file(t, []byte(c.content)), feed.Options{})
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%.30q: %v, want %v with %q", c.content, err, c.want, c.says)
		}
	}
	if _, err := feed.Open(file(t, nil)+"-absent", feed.Options{}); err == nil {
		t.Error("an absent file opened")
	}
}

func TestTwoNamesForOneField(t *testing.T) {
	got := one(t, "sku,name,id,price,title,regular_price\nS1,N,1,5,T,6\n", feed.Options{Currency: "USD"})
	if got.ID != "1" || got.Title != "T" || got.Price.Amount != 500 || got.Attributes["sku"] != "S1" || got.Attributes["name"] != "N" {
		t.Errorf("%+v", got)
	}
	got = one(t, "sku,id,title,price\nS1,,T,5\n", feed.Options{Currency: "USD"})
	if got.ID != "S1" {
		t.Errorf("without an id the sku is one: %+v", got)
	}
}

func TestTombstones(t *testing.T) {
	got := one(t, "id,deleted,source_version\n1,yes,9\n", feed.Options{})
	if want := (feed.Item{Line: 2, ID: "1", Deleted: true, SourceVersion: 9}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestRangeAgainAndStop(t *testing.T) {
	f := open(t, table(1000), feed.Options{})
	for range f.Items() {
		break
	}
	for range 2 {
		if items, rows, err := read(t, f); len(items) != 1000 || rows != nil || err != nil {
			t.Errorf("%d items, %v, %v", len(items), rows, err)
		}
	}
}

func TestTotal(t *testing.T) {
	if got := open(t, table(5000), feed.Options{}).Total(); got < 4500 || got > 5500 {
		t.Errorf("Total of 5000 rows = %d", got)
	}
	if got := open(t, bytes.ReplaceAll(table(50), []byte("\n"), []byte("\r")), feed.Options{}).Total(); got != 50 {
		t.Errorf("Total with carriage returns = %d", got)
	}
}
