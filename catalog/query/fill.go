package query

import (
	"slices"
	"strings"

	"honeyguide/packs"
)

// present returns the nearest category to a key, itself or above, that the
// store has products of.
func (v *Vocabulary) present(key string) (nearest string, ok bool) {
	for _, k := range v.packs.Ancestry(key) {
		if v.has(Category, k) {
			return k, true
		}
	}
	return "", false
}

// headPresent returns the category that the last words of a name stand for, where
// the store has it and it lies below the one given: "boots" of "winter boots" says
// more than shoes do.
func (s *sentence) headPresent(sp *span, above string) (key string, ok bool) {
	for from := sp.from + 1; from < sp.to; from++ {
		meanings, n := s.v.longestName(s.tokens[from:sp.to])
		if n != sp.to-from {
			continue
		}
		for _, m := range meanings {
			if m.field == Category && m.value != above && packs.IsA(m.value, above) && s.v.has(Category, m.value) {
				return m.value, true
			}
		}
	}
	return "", false
}

// settle brings a span to a value that the store has, or notes why not.
func (s *sentence) settle(sp *span) {
	if sp.note != "" || sp.negated {
		return
	}
	v := s.v
	switch sp.field {
	case Category:
		nearest, ok := v.present(sp.value)
		switch head, isHead := s.headPresent(sp, nearest); {
		case !ok:
			sp.note = Absent
		case nearest == sp.value:
		case isHead:
			sp.value, sp.note, sp.exact = head, Widened, false
		default:
			sp.value, sp.note, sp.exact = nearest, Widened, false
		}
	case Color:
		if v.has(Color, sp.value) {
			return
		}
		c, _ := v.packs.Color(sp.value)
		if c.Family != sp.value && v.has(Color, c.Family) {
			sp.value, sp.note, sp.exact = c.Family, Widened, false
		} else {
			sp.note = Absent
		}
	case Gender, AgeGroup:
		if !v.has(sp.field, sp.value) {
			sp.note = Absent
		}
	case Season, Occasion, Pattern, Material:
		if v.shares[sp.field] < hardShare {
			sp.note = Soft
		} else if !v.has(sp.field, sp.value) {
			sp.note = Absent
		}
	}
}

// filters tells whether a span becomes a filter or exclusion.
func (sp *span) filters() bool {
	return !sp.context && sp.note != Absent && sp.note != Soft && sp.note != ForeignCurrency
}

// fill writes the spans into the query.
func (s *sentence) fill(q *Query) {
	categorised := slices.ContainsFunc(s.spans, func(sp span) bool { return sp.field == Category && !sp.negated && !sp.context })
	for i := range s.spans {
		sp := &s.spans[i]
		if sp.context {
			continue
		}
		s.settle(sp)
		if sp.recipient && sp.note == "" && !categorised {
			sp.note = Soft
		}
		q.Mentions = append(q.Mentions, Mention{
			Field: sp.field, Value: strings.ReplaceAll(sp.value, "\n", ", "), Text: s.said(sp.from, sp.to), Negated: sp.negated, Note: sp.note,
		})
		switch {
		case !sp.filters():
		case sp.negated:
			q.Not.add(sp)
		default:
			q.Filters.add(sp)
		}
	}
	q.Filters.unite()
}

func (f *Filters) add(sp *span) {
	switch sp.field {
	case Category:
		f.Category = sp.value
	case Brand:
		addValues(&f.Brands, sp)
	case Color:
		addValues(&f.Colors, sp)
	case Size:
		addValues(&f.Sizes, sp)
	case Season:
		addValues(&f.Seasons, sp)
	case Occasion:
		addValues(&f.Occasions, sp)
	case Pattern:
		addValues(&f.Patterns, sp)
	case Material:
		addValues(&f.Materials, sp)
	case Gender:
		f.Gender = join(f.Gender, sp.value)
	case AgeGroup:
		f.AgeGroup = join(f.AgeGroup, sp.value)
	case Stock:
		in := sp.value == "true"
		f.InStock = &in
	case Price:
		if sp.low != nil {
			f.PriceMin = sp.low
		}
		if sp.high != nil {
			f.PriceMax = sp.high
		}
	}
}

// contradictory stands for a field that was asked for with two values: it asks
// for nothing.
const contradictory = "\x00"

func join(old, value string) string {
	if old == "" || old == value {
		return value
	}
	return contradictory
}

func (f *Filters) unite() {
	for _, field := range []*string{&f.Gender, &f.AgeGroup} {
		if *field == contradictory {
			*field = ""
		}
	}
}

func (e *Exclusions) add(sp *span) {
	switch sp.field {
	case Category:
		addValues(&e.Categories, sp)
	case Brand:
		addValues(&e.Brands, sp)
	case Color:
		addValues(&e.Colors, sp)
	case Size:
		addValues(&e.Sizes, sp)
	case Gender:
		addValues(&e.Genders, sp)
	case AgeGroup:
		addValues(&e.AgeGroups, sp)
	case Season:
		addValues(&e.Seasons, sp)
	case Occasion:
		addValues(&e.Occasions, sp)
	case Pattern:
		addValues(&e.Patterns, sp)
	case Material:
		addValues(&e.Materials, sp)
	}
}

// With returns what e or other excludes, each value once. Neither is changed.
func (e Exclusions) With(other Exclusions) Exclusions {
	for _, lists := range []struct{ all, more *[]string }{
		{&e.Categories, &other.Categories}, {&e.Brands, &other.Brands}, {&e.Colors, &other.Colors}, {&e.Sizes, &other.Sizes}, {&e.Genders, &other.Genders},
		{&e.AgeGroups, &other.AgeGroups}, {&e.Seasons, &other.Seasons}, {&e.Occasions, &other.Occasions}, {&e.Patterns, &other.Patterns}, {&e.Materials, &other.Materials},
	} {
		*lists.all = slices.Clone(*lists.all)
		for _, value := range *lists.more {
			if !slices.Contains(*lists.all, value) {
				*lists.all = append(*lists.all, value)
			}
		}
	}
	return e
}

func addValues(list *[]string, sp *span) {
	for value := range strings.SplitSeq(sp.value, "\n") {
		if !slices.Contains(*list, value) {
			*list = append(*list, value)
		}
	}
}

// rest returns what is left for ranking: free words and those of spans that do
// not filter or say more than their filter, without chatter and stop words.
func (s *sentence) rest() string {
	for i := range s.spans {
		sp := &s.spans[i]
		if sp.negated || sp.filters() && sp.exact || sp.note == ForeignCurrency {
			s.mark(sp.from, sp.to, empty)
		}
	}
	s.dropChatter()
	var b strings.Builder
	for i, t := range s.tokens {
		if s.claims[i] == empty {
			continue
		}
		if b.Len() > 0 && (i > 0 && s.claims[i-1] == empty || t.Gap != "") {
			b.WriteByte(' ')
			if gap := strings.TrimSpace(t.Gap); s.claims[max(0, i-1)] != empty && (gap == "-" || gap == "&") && gap == t.Gap {
				joined := strings.TrimSuffix(b.String(), " ") + gap
				b.Reset()
				b.WriteString(joined)
			}
		}
		b.WriteString(t.Text)
	}
	return b.String()
}

// dropChatter empties free words that say nothing about a product.
func (s *sentence) dropChatter() {
	for i := 0; i < len(s.tokens); {
		n := 1
		if s.claims[i] == free {
			_, said := s.v.phrases.chatter.Longest(s.tokens[i:s.freeEnd(i)])
			if said > 0 || isStop(s.word(i)) {
				n = max(1, said)
				s.mark(i, i+n, empty)
			}
		}
		i += n
	}
}
