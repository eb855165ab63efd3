package catalog

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// faqRow is a row of an import: the cells that it has, by field.
type faqRow struct {
	line  int
	cells map[string]string
	fault error // why it can not be read
}

// readFAQs reads rows of either format, told apart by the first character.
func readFAQs(data []byte, ignored *[]string) ([]faqRow, error) {
	text, err := plainText(data)
	if err != nil {
		return nil, err
	}
	switch start := bytes.TrimSpace(text); {
	case len(start) == 0:
		return nil, invalid("file", "is empty")
	case start[0] == '[' || start[0] == '{':
		return readFAQList(start, ignored)
	}
	return readFAQTable(text, ignored)
}

// plainText decodes what spreadsheets write: UTF-8, UTF-16 with its mark, GB18030.
func plainText(data []byte) ([]byte, error) {
	marked := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
	if utf8.Valid(data) || marked {
		text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), data)
		return text, err
	}
	text, _, err := transform.Bytes(simplifiedchinese.GB18030.NewDecoder(), data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, invalid("file", "is neither UTF-8, UTF-16 nor GB18030")
	}
	return text, nil
}

// readFAQList reads a JSON list, or one under «faqs» or «questions».
func readFAQList(data []byte, ignored *[]string) ([]faqRow, error) {
	var list []json.RawMessage
	if data[0] == '{' {
		var within struct{ FAQs, Questions []json.RawMessage }
		if err := json.Unmarshal(data, &within); err != nil {
			return nil, invalid("file", "is no JSON list: %v", err)
		}
		list = append(within.FAQs, within.Questions...)
	} else if err := json.Unmarshal(data, &list); err != nil {
		return nil, invalid("file", "is no JSON list: %v", err)
	}
	rows := make([]faqRow, len(list))
	for i, raw := range list {
		r := faqRow{line: i + 1, cells: map[string]string{}}
		var object map[string]json.RawMessage
		if err := json.Unmarshal(raw, &object); err != nil {
			r.fault = invalid("", "is no JSON object")
		}
		for name, value := range object {
			field, known := faqField(name)
			if !known {
				ignore(ignored, name)
				continue
			}
			cell, err := cellOf(field, value)
			r.cells[field], r.fault = cell, errors.Join(r.fault, err)
		}
		rows[i] = r
	}
	return rows, nil
}

func ignore(ignored *[]string, name string) {
	if name = tidyLine(name); name != "" && !slices.Contains(*ignored, name) && len(*ignored) < maxExamples {
		*ignored = append(*ignored, name)
	}
}

// readFAQTable reads CSV with a header; semicolons and tabs part cells as well.
func readFAQTable(text []byte, ignored *[]string) ([]faqRow, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.Comma = -1, true, delimiter(text)
	header, err := r.Read()
	if err != nil {
		return nil, invalid("file", "has no header: %v", err)
	}
	fields := make([]string, len(header))
	for i, name := range header {
		field, known := faqField(name)
		if !known {
			ignore(ignored, name)
			continue
		}
		if slices.Contains(fields, field) {
			return nil, invalid("file", "two columns mean %s", field)
		}
		fields[i] = field
	}
	if !slices.Contains(fields, "question") && !slices.Contains(fields, "id") {
		return nil, invalid("file", "the header names no column «question» (问题)")
	}
	var rows []faqRow
	for {
		record, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		line, _ := r.FieldPos(0)
		row := faqRow{line: line, cells: map[string]string{}}
		if err != nil {
			row.fault = invalid("", "%v", err)
		}
		for i, cell := range record {
			if i < len(fields) && fields[i] != "" {
				row.cells[fields[i]] = cell
			}
		}
		if row.fault != nil || strings.TrimSpace(strings.Join(record, "")) != "" {
			rows = append(rows, row)
		}
	}
}

// delimiter is what parts the cells of a header.
func delimiter(text []byte) rune {
	header, _, _ := bytes.Cut(text, []byte("\n"))
	best := ','
	for _, d := range ";\t" {
		if bytes.Count(header, []byte(string(d))) > bytes.Count(header, []byte(string(best))) {
			best = d
		}
	}
	return best
}
