package feed

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// narrow is a window that starts so small that every row crosses its end.
func narrow(text string, size int) *window {
	return &window{r: iotest.HalfReader(strings.NewReader(text)), buf: make([]byte, size), line: 1}
}

// Wherever the window ends, rows are the same.
func TestWindowsOfAnySize(t *testing.T) {
	for name, scan := range map[string]func(*window) []string{
		"csv":   scanCSV,
		"xml":   scanXML,
		"json":  scanJSON,
		"lines": scanLines,
	} {
		text := map[string]string{
			"csv":   "id,\"ti\"\"tle\"\r\n1,\"a\nb\"  ,c\r\n\r\n2,\"broken\n3,\"\",\"x\"\n4,5\" wide, 中文",
			"xml":   "<?xml version='1.0'?><rss><!-- <item> --><item><a><![CDATA[</item>]]></a></item>\n<item x='1'><!-- </item> --><b/></item><other><item></item></other></channel></rss>\n",
			"json":  "{\"meta\": {\"a\": [1, \"]\"]}, \"products\" : [ {\"id\": \"\\\"1\\\\\"},\n 7 , {\"x\": {\"y\": []}} ], \"end\": null}\n[{}]",
			"lines": "{\"a\":1}\n\n  \n{\"b\":2}\r\nlast",
		}[name]
		want := scan(narrow(text, 4096))
		if len(want) < 3 {
			t.Fatalf("%s: %q", name, want)
		}
		for size := 1; size < 80; size++ {
			if got := scan(narrow(text, size)); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s, window of %d:\n got %q\nwant %q", name, size, got, want)
			}
		}
	}
}

func scanCSV(w *window) []string {
	c := csvReader{w: w, comma: ',', maxRow: 1000}
	var rows []string
	for {
		r, ok, err := c.next(nil)
		if err == nil && !ok {
			return rows
		}
		rows = append(rows, fmt.Sprintf("%d %q %v", r.line, r.cells, err))
		if _, row := err.(*RowError); err != nil && !row {
			return rows
		}
	}
}

func scanXML(w *window) []string {
	c := xmlCutter{w: w, maxRow: 1000}
	var items []string
	for {
		line, fragment, err := c.next()
		if err != nil {
			return append(items, err.Error())
		}
		items = append(items, fmt.Sprintf("%d %s", line, fragment))
	}
}

func scanJSON(w *window) []string {
	var elements []string
	s := jsonScanner{w: w, maxRow: 1000, yield: func(e element) bool {
		elements = append(elements, fmt.Sprintf("%d %v %v", e.line, e.object, e.err))
		return true
	}}
	return append(elements, fmt.Sprint(s.document()))
}

func scanLines(w *window) []string {
	l := lineReader{w: w, maxRow: 1000}
	var lines []string
	for {
		line, text, err := l.next()
		if err != nil {
			return append(lines, err.Error())
		}
		lines = append(lines, fmt.Sprintf("%d %q", line, text))
	}
}

func TestCSVRows(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"a", []string{`1 ["a"] <nil>`}},
		{"a,", []string{`1 ["a" ""] <nil>`}},
		{",\n", []string{`1 ["" ""] <nil>`}},
		{"\r\n\"\"\r\n", []string{`1 [""] <nil>`, `2 [""] <nil>`}},
		{"\"a\"\r", []string{`1 ["a"] <nil>`}},
		{"\"\"\"\"", []string{`1 ["\""] <nil>`}},
		{"a\rb", []string{`1 ["a\rb"] <nil>`}},
		{"\"a\nb\"\nc", []string{`1 ["a\nb"] <nil>`, `3 ["c"] <nil>`}},
		{"\"a", []string{`0 [] feed is truncated or damaged: it ends inside a quoted cell, line 1`}},
	} {
		if got := scanCSV(narrow(c.text, 8)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// Every row forgets a quote in the way that makes looking ahead the longest.
func TestForgottenQuotesStayCheap(t *testing.T) {
	line := strings.Repeat("x", 2000) + "\"\"\",\"\n"
	text := "\"" + strings.Repeat(line, 2000)
	w := narrow(text, 64<<10)
	c := csvReader{w: w, comma: ',', maxRow: 1 << 20}
	rows := 0
	for {
		_, ok, err := c.next(nil)
		if _, row := err.(*RowError); !ok && !row {
			break
		}
		rows++
	}
	if c.rescans > maxRescans+len(text) || rows == 0 {
		t.Errorf("%d rows, %d bytes read again", rows, c.rescans)
	}
}

// A failing reader ends a scan with its error, never with half a row.
func TestReadErrors(t *testing.T) {
	for name, scan := range map[string]func(*window) []string{"csv": scanCSV, "xml": scanXML, "json": scanJSON, "lines": scanLines} {
		for _, text := range []string{"a,b\nc,d", "<rss><item><a>", "[{\"a\":1},{\"b", "{\"a\":1}\n{\"b"} {
			w := narrow("", 16)
			w.r = io.MultiReader(strings.NewReader(text), iotest.ErrReader(io.ErrClosedPipe))
			got := scan(w)
			if last := got[len(got)-1]; !strings.Contains(last, io.ErrClosedPipe.Error()) && !strings.Contains(last, ErrFormat.Error()) {
				t.Errorf("%s of %q ends with %q", name, text, last)
			}
			if strings.Contains(strings.Join(got, " "), `"d"`) {
				t.Errorf("%s gives half a row: %q", name, got)
			}
		}
	}
}

func TestMeaningOf(t *testing.T) {
	for name, want := range map[string]field{
		"id": fieldID, "g:ID": fieldID, " Product ID ": fieldID, "SKU": fieldID, "商品编号": fieldID,
		"Image-Link": fieldImage, "imageLink": fieldImage, "image url": fieldImage, "图片": fieldImage,
		"Colour": fieldColor, "颜色": fieldColor, "尺码": fieldSize, "ＰＲＩＣＥ": fieldPrice, "价格": fieldPrice,
		"促销价": fieldSalePrice, "库存": fieldStock, "QTY": fieldStock, "类目": fieldProductType, "品牌": fieldBrand,
		"condition": fieldUnknown, "": fieldUnknown, "--": fieldUnknown,
	} {
		if got := meaningOf(name); got.field != want {
			t.Errorf("meaningOf(%q) = %s, want %s", name, got.field.label(), want.label())
		}
	}
	if meaningOf("g:price").rank >= meaningOf("price").rank || meaningOf("title").rank >= meaningOf("name").rank {
		t.Error("Google's names must win")
	}
	owner := map[string]field{}
	for f := fieldID; f < fields; f++ {
		for _, name := range strings.Split(spelled(f), ", ") {
			if other, taken := owner[compact(name)]; taken {
				t.Errorf("%q means both %s and %s", name, other.label(), f.label())
			}
			owner[compact(name)] = f
		}
	}
}

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		text []byte
		want string
	}{
		{[]byte("plain"), "<nil>"},
		{[]byte("caf\xc3\xa9 \xe4\xb8"), "<nil>"}, // cut inside a character
		{[]byte("caf\xe9 cr\xe8me"), "Windows 1252"},
		{[]byte("\xb3\xc4\xd2\xc2,\xbc\xdb\xb8\xf1"), "GB18030"},
		{[]byte("i\x00d\x00,\x00t\x00"), "UTF-16LE (Ignore BOM)"},
		{[]byte("\x00i\x00d\x00,\x00t"), "UTF-16BE (Ignore BOM)"},
		{[]byte("PK\x00\x00a\x00\x00b"), "<nil>"},
	} {
		if got := fmt.Sprint(detect(c.text).encoding); got != c.want {
			t.Errorf("detect(%q) = %s, want %s", c.text, got, c.want)
		}
	}
}

func TestTidy(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a": "a", " a": "a", "a ": "a", "a  b": "a b", "a\tb\r\n": "a b", "\u3000中 文\u00a0": "中 文", "\ufeffx\u200by": "xy", "\x00\x1f": "",
		"a\xffb": "a\uFFFDb",
	} {
		if got := tidy(in); got != want || !isTidy(got) && !strings.Contains(got, "\uFFFD") {
			t.Errorf("tidy(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTitlesOfVariants(t *testing.T) {
	for _, c := range []struct{ a, sizeA, b, sizeB, want string }{
		{"Tee", "S", "Tee", "M", "Tee"},
		{"Tee - S", "S", "Tee - M", "M", "Tee"},
		{"Tee (S)", "S", "Tee (XL)", "XL", "Tee"},
		{"Tee", "S", "Tee, M", "M", "Tee"},
		{"衬衫 大", "大", "衬衫 小", "小", "衬衫"},
		{"Tees", "s", "Teem", "m", ""},
		{"Tee S", "S", "Top M", "M", ""},
	} {
		a, b := Item{Title: c.a, Sizes: []string{c.sizeA}}, Item{Title: c.b, Sizes: []string{c.sizeB}}
		if got := commonTitle(&a, &b); got != c.want {
			t.Errorf("%q and %q: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func TestWindowPassUntil(t *testing.T) {
	w := narrow("one\ntwo-", 2)
	if !w.passUntil("e\nt") || w.line != 2 || !w.has(3) || !bytes.HasPrefix(w.bytes(), []byte("wo-")) {
		t.Errorf("after a mark across reads: line %d, %q", w.line, w.bytes())
	}
	if w.passUntil("--") || len(w.bytes()) != 0 || w.failure() != nil {
		t.Errorf("an absent mark: %q, %v", w.bytes(), w.failure())
	}
}
