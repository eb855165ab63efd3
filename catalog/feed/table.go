package feed

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
)

// table is a delimited text with a header.
type table struct {
	rows   csvReader
	header []string
	short  bool // some row had fewer cells than the header
}

// openTable reads the header. A first line such as "sep=;", which Excel writes,
// is passed over.
func openTable(r reading, comma byte) (*table, error) {
	t := &table{rows: csvReader{w: newWindow(r.text), comma: comma, maxRow: r.maxRow}}
	if t.rows.w.has(4) && bytes.EqualFold(t.rows.w.bytes()[:4], []byte("sep=")) {
		t.rows.w.passUntil("\n")
	}
	for {
		first, ok, err := t.rows.next(nil)
		if broken, row := err.(*RowError); row {
			return nil, fmt.Errorf("%w: the header: %s", ErrFormat, broken.Message)
		}
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("%w: a table without a header", ErrFormat)
		}
		if !first.blank() {
			t.header = first.cells
			return t, nil
		}
	}
}

// all streams the rows that hold something, each with as many cells as the
// header. Cells that are missing at the end of a row are empty.
func (t *table) all() iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		cells := make([]string, 0, len(t.header))
		for {
			r, ok, err := t.rows.next(cells)
			if err != nil {
				if _, broken := err.(*RowError); !yield(row{}, err) || !broken {
					return
				}
				continue
			}
			if !ok {
				return
			}
			if r.blank() {
				continue
			}
			fit, err := t.fit(r)
			if _, broken := err.(*RowError); !yield(fit, err) || err != nil && !broken {
				return
			}
			cells = fit.cells
		}
	}
}

// fit brings a row to the header's length. A short row at the very end, without a
// line end, in a table of otherwise full rows is where the table was cut off.
func (t *table) fit(r row) (row, error) {
	for len(r.cells) > len(t.header) && strings.TrimSpace(r.cells[len(r.cells)-1]) == "" {
		r.cells = r.cells[:len(r.cells)-1]
	}
	if len(r.cells) > len(t.header) {
		return r, &RowError{Line: r.line, Code: CodeMalformed,
			Message: fmt.Sprintf("%d values in %d columns", len(r.cells), len(t.header))}
	}
	for i, cell := range r.cells {
		if len(cell) > maxField {
			return r, &RowError{Line: r.line, Field: tidy(t.header[i]), Code: CodeTooLong,
				Message: fmt.Sprintf("%d bytes, at most %d", len(cell), maxField)}
		}
	}
	if len(r.cells) < len(t.header) {
		if t.rows.unended && !t.short {
			return r, fmt.Errorf("%w: it ends inside line %d", ErrTruncated, r.line)
		}
		t.short = true
	}
	for len(r.cells) < len(t.header) {
		r.cells = append(r.cells, "")
	}
	return r, nil
}

// csvFormat reads tables with one row a product or variant.
func csvFormat(name string, comma byte) format {
	return format{name: name, items: func(r reading) iter.Seq2[Item, error] {
		return merged(tableItems(r, comma))
	}}
}

func tableItems(r reading, comma byte) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		t, err := openTable(r, comma)
		if err != nil {
			yield(Item{}, err)
			return
		}
		meanings := make([]meaning, len(t.header))
		for i, name := range t.header {
			meanings[i] = meaningOf(name)
		}
		var rec record
		for row, err := range t.all() {
			item := Item{}
			if err == nil {
				rec.reset(row.line)
				for i, cell := range row.cells {
					rec.set(meanings[i], t.header[i], cell)
				}
				item, err = r.parser.item(&rec)
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

// columns finds the cells of a row by compact column name, for the formats that
// give names another meaning.
type columns map[string]int

func columnsOf(header []string) columns {
	c := columns{}
	for i, name := range header {
		if _, again := c[compact(name)]; !again {
			c[compact(name)] = i
		}
	}
	return c
}

// of is the first value of a row under one of the compact names that is not empty.
func (c columns) of(r row, names ...string) string {
	for _, name := range names {
		if i, known := c[name]; known && r.cells[i] != "" {
			return r.cells[i]
		}
	}
	return ""
}

// has reports whether all the compact names are columns.
func (c columns) has(names ...string) bool {
	for _, name := range names {
		if _, known := c[name]; !known {
			return false
		}
	}
	return true
}
