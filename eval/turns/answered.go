package turns

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"honeyguide/assistant"
	"honeyguide/catalog"
	"honeyguide/packs"
)

// answered is a reply with all that it can be compared with.
type answered struct {
	turn     *Turn
	lang     string
	reply    *assistant.Reply
	fields   any                // the reply's JSON
	before   []*assistant.Reply // to the turns before, oldest first
	said     []string           // the buyer's words so far
	records  string             // JSON of the records that the reply names, and of the store
	tickets  []string           // kinds of the tickets that the reply names
	packs    *packs.Packs
	minorPer float64 // minor units in one of the currency
}

// check compares a reply with a wanted value, and returns what came instead.
type check func(a *answered, w want) (got string, ok bool)

// shown are the products of the last reply that had some.
type shown []catalog.Found

func (a *answered) shown() shown {
	for _, r := range slices.Backward(a.before) {
		if len(r.Products) > 0 {
			return r.Products
		}
	}
	return nil
}

// at returns the product at a place, 1 or max or min by price, or nil.
func (s shown) at(place string) *catalog.Product {
	if len(s) == 0 {
		return nil
	}
	byPrice := func(a, b catalog.Found) int { return int(a.Product.Cost().Amount - b.Product.Cost().Amount) }
	switch place {
	case "max":
		most := slices.MaxFunc(s, byPrice)
		return &most.Product
	case "min":
		least := slices.MinFunc(s, byPrice)
		return &least.Product
	}
	if n, err := strconv.Atoi(place); err == nil && n >= 1 && n <= len(s) {
		return &s[n-1].Product
	}
	return nil
}

func (s shown) id(place string) string {
	if p := s.at(place); p != nil {
		return p.ID
	}
	return ""
}

// number is the value of a bound; not ok where it is the price of what was not shown.
func (s shown) number(b bound) (float64, bool) {
	if b.shown == "" {
		return b.value, true
	}
	p := s.at(b.shown)
	if p == nil {
		return 0, false
	}
	return float64(p.Cost().Amount), true
}

// tree is a value as its JSON reads.
func tree(v any) (any, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var t any
	return t, json.Unmarshal(data, &t)
}

// walk returns the value at a path; a path through a list gathers what its parts have.
func walk(v any, path []string) any {
	if len(path) == 0 {
		return v
	}
	switch v := v.(type) {
	case map[string]any:
		return walk(v[path[0]], path[1:])
	case []any:
		gathered := []any{}
		for _, one := range v {
			if got := walk(one, path); !empty(got) {
				gathered = append(gathered, got)
			}
		}
		return gathered
	}
	return nil
}

// show writes a value for a reader.
func show(v any) string {
	if empty(v) {
		return "nothing"
	}
	if s, ok := v.(string); ok {
		return s
	}
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return shorten(string(data), 200)
}

func shorten(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// ids writes which products are shown.
func ids(found []catalog.Found) string {
	if len(found) == 0 {
		return "no products"
	}
	names := make([]string, len(found))
	for i := range found {
		names[i] = found[i].Product.ID
	}
	return strings.Join(names, ", ")
}
