package packs

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// How sure CategoryOf is, by what it rests on.
const (
	sureOfType  = .95 // a step of the merchant's path is the category's name
	sureOfPart  = .8  // a step holds the name
	sureOfTitle = .6  // only the title tells
)

// CategoryOf maps a merchant's product type, such as "Apparel > Topwear >
// Tshirts" or "女装>连衣裙", and the product's title to a category, and tells
// how sure that is, from 0 to 1. The deepest step of the path that names a
// category decides; the title may make it finer. Without a clue the key is
// empty and the confidence 0.
func (p *Packs) CategoryOf(productType, title string) (key string, confidence float64) {
	fromTitle := p.head(fold(title))
	for _, step := range slices.Backward(steps(productType)) {
		tokens := Split(step)
		found, n := p.categoryNames.Longest(tokens)
		confidence = sureOfType
		if n == 0 || n < len(tokens) {
			found, confidence = p.head(step), sureOfPart
		}
		if found == "" {
			continue
		}
		if fromTitle != "" && (IsA(fromTitle, found) || slices.Contains(p.broad[found], fromTitle)) {
			found = fromTitle
		}
		return found, confidence
	}
	if fromTitle == "" {
		return "", 0
	}
	return fromTitle, sureOfTitle
}

// steps cuts a product type into its folded steps, the widest first. A slash
// parts steps only where nothing clearer does: "Food > Nuts/Seeds" has two.
func steps(productType string) []string {
	folded := fold(productType)
	marks := ">›»|"
	if !strings.ContainsAny(folded, marks) {
		marks = "/\\:"
	}
	return strings.FieldsFunc(folded, func(r rune) bool { return strings.ContainsRune(marks, r) })
}

// found is a category's name in a text.
type found struct {
	key      string
	from, to int // tokens
	chinese  bool
}

// head returns the category that a title or step is about: in English the last
// named before a preposition, as in "denim shirt with belt"; in Chinese the
// longest name. Names joined by "and" give the category above both.
func (p *Packs) head(text string) string {
	tokens := Split(text)
	matches := p.categoriesIn(tokens)
	if len(matches) == 0 {
		return ""
	}
	best := matches[0]
	for _, m := range matches[1:] {
		between := tokens[best.to:m.from]
		switch {
		case best.chinese || m.chinese:
			if m.to-m.from > best.to-best.from {
				best = m
			}
		case isAnd(between, tokens[m.from].Gap):
			if common := p.CommonAncestor(best.key, m.key); common != "" {
				best.key, best.to = common, m.to
			}
		case hasPreposition(between, tokens[m.from].Gap):
			return best.key
		default:
			best = m
		}
	}
	return best.key
}

// categoriesIn returns the categories named in tokens, from left to right.
func (p *Packs) categoriesIn(tokens []Token) []found {
	var matches []found
	for i := 0; i < len(tokens); {
		if _, n := p.phraseNames.Longest(tokens[i:]); n > 0 {
			i += n
			continue
		}
		key, n := p.categoryNames.Longest(tokens[i:])
		if n > 0 {
			r, _ := utf8.DecodeLastRuneInString(tokens[i+n-1].Text)
			matches = append(matches, found{key, i, i + n, isHan(r)})
		}
		i += max(n, 1)
	}
	return matches
}

// Named returns the categories that a text names, from left to right.
func (p *Packs) Named(text string) []string {
	var keys []string
	for _, m := range p.categoriesIn(Split(fold(text))) {
		keys = append(keys, m.key)
	}
	return keys
}

func isAnd(between []Token, gap string) bool {
	return len(between) == 1 && between[0].Text == "and" || len(between) == 0 && strings.TrimSpace(gap) == "&"
}

func hasPreposition(between []Token, gap string) bool {
	for _, t := range between {
		switch t.Text {
		case "with", "for", "by", "in", "from", "featuring", "of":
			return true
		}
		if !joins(t.Gap) {
			return true
		}
	}
	return !joins(gap)
}

// CommonAncestor returns the nearest category that is or lies above both, or nothing.
func (p *Packs) CommonAncestor(a, b string) string {
	for _, key := range p.Ancestry(a) {
		if IsA(b, key) {
			return key
		}
	}
	return ""
}

// ColorsOf returns the colours that a merchant's words name, in order and once
// each: "Navy Blue" is one, "Blue/White" and "藏青配白色" are two. Words that
// name none give none.
func (p *Packs) ColorsOf(raw string) []string {
	var names []string
	eachName(p.colorNames, raw, func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	})
	return names
}

// Value returns the value of an attribute that a merchant's words name, the
// first if several. Words that name none stay, in lower case: a store may have
// values of its own.
func (p *Packs) Value(attribute, raw string) string {
	if values := p.ValuesOf(attribute, raw); len(values) > 0 {
		return values[0]
	}
	return strings.Join(strings.Fields(fold(raw)), " ")
}

// ValuesOf returns the values of an attribute that a merchant's words name, in
// order and once each: the materials of "Pure Cotton, Linen" are cotton and
// linen. Men and women together are unisex. Words that name none give none.
func (p *Packs) ValuesOf(attribute, raw string) []string {
	names := p.valueNames[attribute]
	if names == nil {
		return nil
	}
	var keys []string
	eachName(names, raw, func(values []string) {
		for _, v := range values {
			if !slices.Contains(keys, v) {
				keys = append(keys, v)
			}
		}
	})
	if attribute == Gender && len(keys) > 1 {
		return []string{"unisex"}
	}
	return keys
}

// eachName calls yield with the value of each name in text, longest first,
// without overlaps.
func eachName[V any](names *Lexicon[V], text string, yield func(V)) {
	tokens := Split(fold(text))
	for i := 0; i < len(tokens); {
		value, n := names.Longest(tokens[i:])
		if n > 0 {
			yield(value)
		}
		i += max(n, 1)
	}
}
