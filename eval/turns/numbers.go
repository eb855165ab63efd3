package turns

import (
	"regexp"
	"strconv"
	"strings"

	"honeyguide/catalog/words"
)

var numeral = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)

// numbers returns the numbers of a text as they compare: without separators, leading
// and trailing zeros.
func numbers(text string) []string {
	var all []string
	for _, n := range numeral.FindAllString(words.Fold(text), -1) {
		all = append(all, plain(n))
	}
	return all
}

func plain(numeral string) string {
	n := strings.ReplaceAll(numeral, ",", "")
	if n = strings.TrimLeft(n, "0"); n == "" || n[0] == '.' {
		n = "0" + n
	}
	if strings.Contains(n, ".") {
		n = strings.TrimRight(strings.TrimRight(n, "0"), ".")
	}
	return n
}

// numbersHold checks that every number of the text stands in the reply's records, is
// an amount there, or was named by the buyer. Counts of what is or was shown, differences of
// prices and how much is off follow from the records.
func numbersHold(a *answered) (string, bool) {
	known := map[string]bool{}
	for _, n := range numbers(a.evidence()) {
		known[n] = true
		if minor, err := strconv.ParseFloat(n, 64); err == nil {
			known[strconv.FormatFloat(minor/a.minorPer, 'f', -1, 64)] = true
		}
	}
	for n := range max(len(a.reply.Products), len(a.reply.Outfits), len(pieces(a.reply)), len(a.shown())) + 1 {
		known[strconv.Itoa(n)] = true
	}
	shown := append(products(a.reply), pieces(a.reply)...)
	for _, p := range shown {
		if full := p.Price.Amount; full > 0 {
			known[strconv.FormatInt((full-p.Cost().Amount)*100/full, 10)] = true
		}
		for _, dearer := range shown {
			known[strconv.FormatFloat(float64(dearer.Cost().Amount-p.Cost().Amount)/a.minorPer, 'f', -1, 64)] = true
		}
	}
	for _, n := range numbers(a.reply.Text) {
		if !known[n] {
			return n + " in: " + shorten(a.reply.Text, 300), false
		}
	}
	return "", true
}

// evidence is all that the reply may quote: its own records, without what it says
// itself, the records that it names, and what the buyer said.
func (a *answered) evidence() string {
	own := *a.reply
	own.Text, own.Chips, own.Confidence = "", nil, 0
	parts := append([]string{a.records}, a.said...)
	if fields, err := tree(own); err == nil {
		if m, ok := fields.(map[string]any); ok {
			for _, made := range []string{"id", "conversation_id", "timings_ms", "created_at"} {
				delete(m, made)
			}
		}
		parts = append(parts, leaves(fields)...)
	}
	return strings.Join(parts, "\n")
}

// leaves lists the texts and numbers of a tree.
func leaves(v any) (all []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case float64:
		return []string{strconv.FormatFloat(v, 'f', -1, 64)}
	case []any:
		for _, one := range v {
			all = append(all, leaves(one)...)
		}
	case map[string]any:
		for key, one := range v {
			all = append(append(all, key), leaves(one)...)
		}
	}
	return all
}
