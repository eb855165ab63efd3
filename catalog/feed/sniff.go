package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"strings"
)

// format is a way to read a table's text.
type format struct {
	name  string
	items func(reading) iter.Seq2[Item, error]
}

// sniff finds the format of a text by its beginning. Errors wrap ErrFormat or
// ErrColumns and say what was seen.
func sniff(prefix []byte) (format, error) {
	text := bytes.TrimSpace(prefix)
	switch {
	case len(text) == 0:
		return format{}, fmt.Errorf("%w: it is empty", ErrFormat)
	case text[0] == '<':
		return sniffMarkup(text)
	case text[0] == '{', text[0] == '[':
		if found, err := sniffJSON(text); err == nil || text[0] == '{' {
			return found, err
		}
	}
	return sniffTable(prefix)
}

func sniffMarkup(text []byte) (format, error) {
	lower := bytes.ToLower(text)
	switch root := rootElement(lower); {
	case root == "html", root == "head", root == "script", bytes.HasPrefix(lower, []byte("<!doctype html")):
		return format{"schema.org-html", someOf(htmlItems)}, nil
	case root == "rss", root == "feed", root == "rdf", root == "channel":
		return format{"google-xml", googleItems}, nil
	default:
		return format{}, fmt.Errorf("%w: markup with the root <%s>; want rss, feed or html", ErrFormat, root)
	}
}

// rootElement is the local name of the first element, in a lower-case text.
func rootElement(lower []byte) string {
	for {
		at := bytes.IndexByte(lower, '<')
		if at < 0 || at+1 == len(lower) {
			return ""
		}
		lower = lower[at+1:]
		if lower[0] == '?' || lower[0] == '!' {
			continue
		}
		name := string(lower[:min(len(lower), 64)])
		if end := strings.IndexAny(name, " \t\r\n/>"); end >= 0 {
			name = name[:end]
		}
		return name[strings.LastIndexByte(name, ':')+1:]
	}
}

// sniffJSON tells lines of objects from one value, and looks for what products have.
func sniffJSON(text []byte) (format, error) {
	has := func(keys ...string) bool {
		for _, key := range keys {
			if bytes.Contains(text, []byte(`"`+key+`"`)) {
				return true
			}
		}
		return false
	}
	first, rest, several := bytes.Cut(text, newline)
	switch {
	case has("@context", "@type", "@graph"):
		return format{"schema.org", someOf(jsonItems)}, nil
	case has("body_html") || has("handle") && has("variants"):
		return format{"shopify-json", jsonItems}, nil
	case !has("title", "name", "product_name", "deleted", "标题", "名称", "商品名称") && string(text) != "[]" && !emptyProducts(text):
		return format{}, fmt.Errorf("%w: JSON without a product's title or name", ErrFormat)
	case several && text[0] == '{' && json.Valid(first) && bytes.HasPrefix(bytes.TrimSpace(rest), []byte("{")):
		return format{"jsonl", jsonLines}, nil
	}
	return format{"json", jsonItems}, nil
}

// emptyProducts reports whether a text is an export of no products.
func emptyProducts(text []byte) bool {
	var export struct {
		Products []json.RawMessage `json:"products"`
	}
	return json.Unmarshal(text, &export) == nil && export.Products != nil
}

// sniffTable finds the delimiter that makes the most of the header, and the shop
// system that writes such columns.
func sniffTable(prefix []byte) (format, error) {
	var (
		best  columns
		comma byte
		seen  []string
		score = -1
	)
	for _, candidate := range []byte{',', '\t', ';', '|'} {
		t, err := openTable(reading{text: bytes.NewReader(prefix), maxRow: len(prefix) + 1}, candidate)
		if err != nil {
			continue
		}
		if s := known(t.header)*1000 + len(t.header); s > score {
			best, comma, seen, score = columnsOf(t.header), candidate, t.header, s
		}
	}
	switch {
	case best.has("handle", "variantprice"), best.has("urlhandle", "title", "price"):
		return format{"shopify-csv", func(r reading) iter.Seq2[Item, error] { return shopifyRows(r, comma) }}, nil
	case best.has("type", "name", "regularprice"):
		return format{"woocommerce-csv", func(r reading) iter.Seq2[Item, error] { return wooItems(r, comma) }}, nil
	case score < 1000 || len(seen) < 2:
		return format{}, fmt.Errorf("%w: it begins with %q", ErrFormat, beginning(prefix))
	}
	if missing := missingColumns(seen); len(missing) > 0 {
		return format{}, fmt.Errorf("%w: %s; the columns are %s", ErrColumns, strings.Join(missing, ", "), list(seen))
	}
	return csvFormat(tableName(comma), comma), nil
}

func tableName(comma byte) string {
	if comma == '\t' {
		return "tsv"
	}
	return "csv"
}

// known counts the columns with a meaning.
func known(header []string) int {
	n := 0
	for _, name := range header {
		if meaningOf(name).field != fieldUnknown || strings.HasPrefix(compact(name), "variantprice") {
			n++
		}
	}
	return n
}

// missingColumns lists what every product needs and a header lacks. Where rows
// can be tombstones, the id is enough.
func missingColumns(header []string) []string {
	var has [fields]bool
	for _, name := range header {
		has[meaningOf(name).field] = true
	}
	var missing []string
	for _, f := range []field{fieldID, fieldTitle, fieldPrice} {
		if !has[f] && (f == fieldID || !has[fieldDeleted]) {
			missing = append(missing, f.label())
		}
	}
	return missing
}

// list writes column names for a message.
func list(names []string) string {
	var short []string
	for _, name := range names[:min(len(names), 30)] {
		short = append(short, beginning([]byte(tidy(name))))
	}
	if len(names) > 30 {
		short = append(short, "…")
	}
	return strings.Join(short, ", ")
}

// beginning is the start of a text for a message.
func beginning(text []byte) string {
	runes := []rune(string(text[:min(len(text), 160)]))
	return string(runes[:min(len(runes), 40)])
}

// binaryKind names content that is not text, or returns "".
func binaryKind(content []byte) string {
	if bytes.IndexByte(content, 0) < 0 || detect(content).encoding != nil || bytes.HasPrefix(content, []byte("\xef\xbb\xbf")) {
		return ""
	}
	return "binary data (" + http.DetectContentType(content) + ")"
}
