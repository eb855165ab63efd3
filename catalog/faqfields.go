package catalog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"honeyguide/catalog/words"
)

// phrasingMark parts the phrasings and product ids that stand in one cell of a
// table; lines do so too.
const phrasingMark = "|"

// faqColumns are the fields of an answer in a table, in the order of an export.
var faqColumns = []string{"id", "question", "phrasings", "answer", "language", "enabled", "category", "product_ids", "valid_from", "valid_to", "source", "state"}

// faqHeadings are what merchants call these columns, folded.
var faqHeadings = map[string]string{
	"编号": "id", "序号": "id", "faq id": "id",
	"问题": "question", "标准问题": "question", "标准问": "question", "问": "question", "q": "question",
	"相似问题": "phrasings", "相似问": "phrasings", "相似问法": "phrasings", "其他问法": "phrasings", "similar questions": "phrasings", "also": "phrasings",
	"答案": "answer", "回答": "answer", "回复": "answer", "答": "answer", "a": "answer",
	"语言": "language", "启用": "enabled", "是否启用": "enabled", "分类": "category", "类别": "category",
	"商品编号": "product_ids", "商品id": "product_ids", "商品": "product_ids", "products": "product_ids", "product ids": "product_ids",
	"生效时间": "valid_from", "开始时间": "valid_from", "valid from": "valid_from",
	"失效时间": "valid_to", "结束时间": "valid_to", "valid to": "valid_to", "valid until": "valid_to",
	"来源": "source", "状态": "state",
}

// faqWords are the values that have names, folded.
var faqWords = map[string]string{
	"是": "true", "yes": "true", "y": "true", "1": "true", "启用": "true", "on": "true",
	"否": "false", "no": "false", "n": "false", "0": "false", "停用": "false", "off": "false",
	"商家": "merchant", "客服": "agent", "行业包": "pack",
	"已上线": "live", "上线": "live", "已发布": "live", "待审核": "pending", "待审": "pending",
}

// foldCell folds what names a column or a value.
func foldCell(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(words.Fold(s), "_", " "))
}

// faqField returns the field that a heading means, if any.
func faqField(heading string) (string, bool) {
	h := foldCell(heading)
	if field, ok := faqHeadings[h]; ok {
		return field, true
	}
	h = strings.ReplaceAll(h, " ", "_")
	return h, slices.Contains(faqColumns, h)
}

// set puts a cell's text into a field. An empty one means what a new answer has.
func (f *FAQ) set(field, text string) (err error) {
	text = strings.TrimSpace(text)
	named, ok := faqWords[foldCell(text)]
	if !ok {
		named = foldCell(text)
	}
	switch field {
	case "id":
		f.ID = text
	case "question":
		f.Question = text
	case "phrasings":
		f.Phrasings = splitCell(text)
	case "answer":
		f.Answer = text
	case "language":
		f.Language = text
	case "enabled":
		f.Enabled = named == "true" || named == ""
		return must(f.Enabled || named == "false", field, "must be true or false, not %q", text)
	case "category":
		f.Category = text
	case "product_ids":
		f.ProductIDs = splitCell(text)
	case "valid_from":
		f.ValidFrom, err = parseWhen(field, text, 0)
	case "valid_to":
		f.ValidTo, err = parseWhen(field, text, 24*time.Hour-time.Millisecond)
	case "source":
		f.Source = FAQSource(named)
		return must(named == "" || slices.Contains([]FAQSource{FromMerchant, FromAgent, FromPack}, f.Source), field, "must be merchant, agent or pack, not %q", text)
	case "state":
		f.State = FAQState(named)
	}
	return err
}

func must(ok bool, field, format string, args ...any) error {
	if ok {
		return nil
	}
	return invalid(field, format, args...)
}

// splitCell parts the values of one cell.
func splitCell(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || strings.ContainsRune(phrasingMark, r) })
}

// parseWhen reads a time, or a day in UTC to which rest is added.
func parseWhen(field, text string, rest time.Duration) (*time.Time, error) {
	if text == "" {
		return nil, nil
	}
	for layout, add := range map[string]time.Duration{
		time.RFC3339Nano: 0, time.DateTime: 0, "2006-01-02 15:04": 0, "2006/1/2 15:04": 0,
		"2006-1-2": rest, "2006/1/2": rest, "2006年1月2日": rest,
	} {
		if t, err := time.Parse(layout, text); err == nil {
			t = t.Add(add).UTC().Truncate(time.Millisecond)
			return &t, nil
		}
	}
	return nil, invalid(field, "%q is no time, such as 2026-12-31 or 2026-12-31T18:00:00+08:00", text)
}

// cells returns an answer's fields as they stand in a table.
func (f *FAQ) cells() []string {
	when := func(t *time.Time) string {
		if t == nil {
			return ""
		}
		return t.UTC().Format(time.RFC3339Nano)
	}
	return []string{f.ID, f.Question, strings.Join(f.Phrasings, phrasingMark), f.Answer, f.Language, strconv.FormatBool(f.Enabled), f.Category,
		strings.Join(f.ProductIDs, phrasingMark), when(f.ValidFrom), when(f.ValidTo), string(f.Source), string(f.State)}
}

// cellOf returns a JSON value as it would stand in a table.
func cellOf(field string, raw json.RawMessage) (string, error) {
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		for i, text := range list {
			if list[i] = tidyLine(text); strings.Contains(text, phrasingMark) {
				return "", invalid(fmt.Sprintf("%s[%d]", field, i), "must not contain %s, which parts values in a table", phrasingMark)
			}
		}
		return strings.Join(list, phrasingMark), nil
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return "", invalid(field, "is no JSON: %v", err)
	}
	switch v := v.(type) {
	case string:
		return v, nil
	case bool:
		return strconv.FormatBool(v), nil
	case float64:
		return strings.TrimSpace(string(raw)), nil
	}
	return "", invalid(field, "must be a text or a list of texts")
}
