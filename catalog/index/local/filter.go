package local

import (
	"math"

	"honeyguide/catalog/index"
)

// column holds the values of one number field, by ascending slot.
type column struct {
	slots  []uint32
	values []float64
}

func (c *column) add(slot uint32, v float64) {
	c.slots = append(c.slots, slot)
	c.values = append(c.values, v)
}

func (c *column) moved(moves []uint32) *column {
	m := new(column)
	for i, slot := range c.slots {
		if to := moves[slot]; to != gone {
			m.add(to, c.values[i])
		}
	}
	return m
}

// addTo puts the slots with a value in [low, high] into dst.
func (c *column) addTo(dst bitset, low, high float64) {
	for i, v := range c.values {
		if low <= v && v <= high {
			dst[c.slots[i]/64] |= 1 << (c.slots[i] % 64)
		}
	}
}

// selected returns the live slots that pass the filter. The set lies in s.
func (t *table) selected(f index.Filter, s *scratch) bitset {
	selected := append(s.selected[:0], t.live...)
	s.selected = selected
	for i := range f {
		matched := zeroed(&s.matched, len(selected))
		t.match(matched, &f[i])
		if f[i].NoneOf != nil {
			for w := range selected {
				selected[w] &^= matched[w]
			}
			continue
		}
		for w := range selected {
			selected[w] &= matched[w]
		}
	}
	return selected
}

// match puts into dst the slots that have one of the condition's values, or a
// number in its range. A slot without the field is not among them, so that it
// fails AnyOf and ranges, and passes NoneOf.
func (t *table) match(dst bitset, c *index.Condition) {
	for _, values := range [][]string{c.AnyOf, c.NoneOf} {
		for _, value := range values {
			if s := t.tags[tag{c.Field, value}]; s != nil {
				s.addTo(dst)
			}
		}
	}
	if n := t.numbers[c.Field]; n != nil && (c.Min != nil || c.Max != nil) {
		n.addTo(dst, or(c.Min, math.Inf(-1)), or(c.Max, math.Inf(1)))
	}
}

func or(p *float64, otherwise float64) float64 {
	if p == nil {
		return otherwise
	}
	return *p
}
