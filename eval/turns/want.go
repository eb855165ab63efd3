package turns

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"honeyguide/catalog/words"
)

// want is a value that a property must have.
type want struct {
	absent, present, not bool
	alternatives         []condition
}

// condition is one alternative of a want.
type condition struct {
	text   string   // equal to it
	list   []string // equal to all of them
	part   string   // has it
	number *span
	shown  string // the product shown there: 2, max or min
}

// span is a range of numbers. A bound may be the price of a product that was shown.
type span struct {
	low, high   bound
	open        bool // without its ends
	lowest, top bool // has no low, no high
}

type bound struct {
	value float64
	shown string
}

// flags are properties that are only ever expected to hold.
var flags = []string{"new products only", "same products", "outfits differ"}

// texts are properties whose value is words, in which no comma or sign means anything.
var texts = []string{"text has", "text has not", "source", "no source"}

func parseWant(property, value string) (want, error) {
	if slices.Contains(flags, property) {
		if value != "yes" {
			return want{}, fmt.Errorf("%s: the only value is yes, not %q", property, value)
		}
		return want{present: true}, nil
	}
	if slices.Contains(texts, property) {
		return parseTexts(property, value)
	}
	switch value {
	case "":
		return want{absent: true}, nil
	case "any":
		return want{present: true}, nil
	}
	rest, not := strings.CutPrefix(value, "not ")
	w := want{not: not}
	for one := range strings.SplitSeq(rest, "|") {
		c, err := parseCondition(strings.TrimSpace(one))
		if err != nil {
			return w, fmt.Errorf("%s: %w", property, err)
		}
		w.alternatives = append(w.alternatives, c)
	}
	return w, nil
}

func parseTexts(property, value string) (want, error) {
	var w want
	for one := range strings.SplitSeq(value, "|") {
		one = strings.TrimSpace(one)
		if one == "" {
			return w, fmt.Errorf("%s: needs words, and words between each |", property)
		}
		w.alternatives = append(w.alternatives, condition{part: one})
	}
	return w, nil
}

func parseCondition(text string) (condition, error) {
	if text == "" {
		return condition{}, fmt.Errorf("an alternative is empty; a | stands between two values")
	}
	if part, ok := strings.CutPrefix(text, "has "); ok {
		return condition{part: strings.TrimSpace(part)}, nil
	}
	if at, ok := strings.CutPrefix(text, "shown "); ok {
		return condition{shown: at}, checkShown(at)
	}
	for _, sign := range []string{"<=", ">=", "<", ">"} {
		if rest, ok := strings.CutPrefix(text, sign); ok {
			b, err := parseBound(strings.TrimSpace(rest))
			s := &span{open: len(sign) == 1, low: b, high: b, lowest: sign[0] == '<', top: sign[0] == '>'}
			return condition{number: s}, err
		}
	}
	if from, to, ok := strings.Cut(text, ".."); ok {
		low, err := parseBound(strings.TrimSpace(from))
		if err != nil {
			return condition{}, err
		}
		high, err := parseBound(strings.TrimSpace(to))
		return condition{number: &span{low: low, high: high}}, err
	}
	if all := list(text); len(all) > 1 {
		return condition{list: all}, nil
	}
	return condition{text: text}, nil
}

func parseBound(text string) (bound, error) {
	if at, ok := strings.CutPrefix(text, "shown "); ok {
		return bound{shown: at}, checkShown(at)
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) {
		return bound{}, fmt.Errorf("%q is no number and not shown 1, shown max or shown min", text)
	}
	return bound{value: n}, nil
}

func checkShown(at string) error {
	if at == "max" || at == "min" {
		return nil
	}
	if n, err := strconv.Atoi(at); err != nil || n < 1 {
		return fmt.Errorf("shown %s: say shown 1 for the first product, shown max or shown min", at)
	}
	return nil
}

// list cuts a text at its commas.
func list(text string) []string {
	var all []string
	for one := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == '，' || r == '、' }) {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// holds reports whether a value of a reply's JSON is the wanted one.
func (w want) holds(v any, s shown) bool {
	switch {
	case w.absent:
		return empty(v)
	case w.present:
		return !empty(v)
	}
	return w.not != slices.ContainsFunc(w.alternatives, func(c condition) bool { return c.holds(v, s) })
}

// among reports whether one of a thing's values is the wanted one; of a list all of
// which are wanted, each is among them.
func (w want) among(values []any, s shown) bool {
	switch {
	case w.absent, w.present:
		return w.holds(values, s)
	}
	return w.not != slices.ContainsFunc(w.alternatives, func(c condition) bool {
		for _, text := range c.list {
			if !slices.ContainsFunc(values, func(v any) bool { return same(v, text) }) {
				return false
			}
		}
		return c.list != nil || slices.ContainsFunc(values, func(v any) bool { return c.holds(v, s) })
	})
}

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

func (c condition) holds(v any, s shown) bool {
	switch {
	case c.number != nil:
		n, ok := number(v)
		return ok && c.number.holds(n, s)
	case c.shown != "":
		id := s.id(c.shown)
		return id != "" && same(v, id)
	case c.part != "":
		return contains(v, c.part)
	case c.list != nil:
		return sameList(v, c.list)
	}
	if all, ok := v.([]any); ok {
		return len(all) == 1 && same(all[0], c.text) || same(float64(len(all)), c.text)
	}
	return same(v, c.text)
}

// number is a value as a number: how many, where it is a list.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case []any:
		return float64(len(v)), true
	case string:
		n, err := strconv.ParseFloat(v, 64)
		return n, err == nil
	}
	return 0, false
}

func (s *span) holds(n float64, shown shown) bool {
	low, okLow := shown.number(s.low)
	high, okHigh := shown.number(s.high)
	if !okLow || !okHigh {
		return false
	}
	if s.open {
		return (s.lowest || n > low) && (s.top || n < high)
	}
	return (s.lowest || n >= low) && (s.top || n <= high)
}

func same(v any, text string) bool {
	switch v := v.(type) {
	case string:
		return words.Fold(v) == words.Fold(text)
	case float64:
		n, err := strconv.ParseFloat(text, 64)
		return err == nil && math.Abs(n-v) < 1e-6
	case bool:
		return text == map[bool]string{true: "yes", false: "no"}[v]
	}
	return false
}

func contains(v any, part string) bool {
	switch v := v.(type) {
	case string:
		return strings.Contains(words.Fold(v), words.Fold(part))
	case []any:
		return slices.ContainsFunc(v, func(one any) bool { return contains(one, part) })
	}
	return false
}

// sameList reports whether a list holds these texts, in any order.
func sameList(v any, texts []string) bool {
	all, ok := v.([]any)
	if !ok || len(all) != len(texts) {
		return false
	}
	for _, text := range texts {
		if !slices.ContainsFunc(all, func(one any) bool { return same(one, text) }) {
			return false
		}
	}
	return true
}
