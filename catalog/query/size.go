package query

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// sizeNames are the letter sizes from small to large with what people call them.
var sizeNames = []struct {
	size   string
	alone  string // names that need no cue: nothing else is called so
	spoken string // names that are sizes only next to a word like size
}{
	{"xxs", "xxs, xx small, 2xs, xx-small", ""},
	{"xs", "xs, x small, extra small", ""},
	{"s", "", "s, small, 小"},
	{"m", "", "m, medium, 中"},
	{"l", "", "l, large, 大"},
	{"xl", "xl, x large, extra large, 加大号, 加大码", ""},
	{"xxl", "xxl, xx large, 2xl, 2x, 2x large, 特大号, 加加大", ""},
	{"xxxl", "xxxl, xxx large, 3xl, 3x, 3x large", ""},
	{"4xl", "4xl, xxxxl, 4x, 4x large", ""},
	{"5xl", "5xl, xxxxxl, 5x, 5x large", ""},
	{"onesize", "one size, onesize, one size fits all, free size, freesize, 均码, 均一码", "os"},
}

// regions go before the number of a size: UK8.
var regions = []string{"uk", "us", "eu", "eur", "ind", "cm"}

// nameSizes names the store's sizes: by how they are written, by what letter
// sizes are called, and by their bare number (8 for UK8).
func (v *Vocabulary) nameSizes() {
	canonical := canonicalSizes()
	byName := map[string][]string{} // canonical name or folded spelling → values
	for _, value := range slices.Sorted(maps.Keys(v.counts[Size])) {
		name := words.Fold(value)
		if size, ok := canonical.Get(name); ok {
			name = size
		}
		byName[name] = append(byName[name], value)
		if tokens := packs.Split(name); len(tokens) == 2 && slices.Contains(regions, tokens[0].Text) {
			byName[tokens[1].Text] = append(byName[tokens[1].Text], value)
		}
	}
	for name, values := range byName {
		v.sizes.Add(name, values)
	}
	for i, line := range sizeNames {
		values := byName[line.size]
		addList(&v.bodies, values, line.alone)
		addList(&v.sizes, values, line.alone)
		addList(&v.sizes, values, line.spoken)
		if i >= 5 && line.size != "onesize" {
			v.large = append(v.large, values...)
		}
	}
}

func canonicalSizes() *packs.Lexicon[string] {
	var l packs.Lexicon[string]
	for _, line := range sizeNames {
		addList(&l, line.size, line.alone)
		addList(&l, line.size, line.spoken)
	}
	return &l
}

// findSizes claims sizes: "size 42", "42码", "UK 8", "XL", "in a large", "大码".
func (s *sentence) findSizes() {
	for i := 0; i < len(s.tokens); i++ {
		if s.claims[i] != free {
			continue
		}
		if sp, ok := s.sizeAt(i); ok && s.isFree(sp.from, sp.to) {
			s.take(sp)
			i = sp.to - 1
		}
	}
}

// sizeAt reads a size that begins at a token, with its cue.
func (s *sentence) sizeAt(i int) (span, bool) {
	rest := s.tokens[i:]
	if values, n := s.v.bodies.Longest(rest); n > 0 && !(n == 2 && s.word(i+1) == "x") {
		end := i + n
		if w := s.word(end); w == "码" || w == "号" || w == "size" || w == "sized" {
			end++
		}
		return s.sizeSpan(i, end, values), true
	}
	if s.said(i, min(i+2, len(s.tokens))) == "大码" || s.word(i) == "plus" && s.word(i+1) == "size" {
		return s.sizeSpan(i, i+2, s.v.large), true
	}
	if _, n := s.v.phrases.sizeCues.Longest(rest); n > 0 {
		return s.sizeAfterCue(i, i+n)
	}
	return s.sizeBeforeCue(i)
}

// sizeAfterCue reads "size: UK 8", "尺码 42".
func (s *sentence) sizeAfterCue(from, i int) (span, bool) {
	for s.word(i) == "is" || s.word(i) == "of" || s.word(i) == "a" || s.word(i) == "an" || s.word(i) == "是" {
		i++
	}
	values, n := s.knownSize(i)
	if n == 0 {
		return span{}, false
	}
	if w := s.word(i + n); w == "码" || w == "号" {
		n++
	}
	return s.sizeSpan(from, i+n, values), true
}

// sizeBeforeCue reads "42码", "UK 8", "medium size", "in a large" and a lone M.
func (s *sentence) sizeBeforeCue(i int) (span, bool) {
	values, n := s.knownSize(i)
	if n == 0 {
		return span{}, false
	}
	word, after := s.word(i), s.word(i+n)
	isNumber := unicode.IsDigit(rune(word[0]))
	switch {
	case after == "码" || after == "号" && (isNumber || isHan(word) || len(word) == 1):
		return s.sizeSpan(i, i+n+1, values), true
	case (after == "size" || after == "sized") && !isNumber:
		return s.sizeSpan(i, i+n+1, values), true
	case slices.Contains(regions, word) && n > 1:
		return s.sizeSpan(i, i+n, values), true
	case isHan(word) || isNumber:
		return span{}, false
	case len(word) == 1 && s.isCapital(i), s.word(i-1) == "in", s.word(i-1) == "a" && s.word(i-2) == "in":
		if next := s.word(i + n); len(word) == 1 || next == "" || isStop(next) || !joinsWord(s.gap(i+n)) {
			return s.sizeSpan(i, i+n, values), true
		}
	}
	return span{}, false
}

// knownSize reads a size at a token: one of the store's, or any letter size or
// plausible number, whose values are then none.
func (s *sentence) knownSize(i int) (values []string, n int) {
	if i >= len(s.tokens) {
		return nil, 0
	}
	if s.word(i+1) == "x" && s.gap(i+1) == "" { // 20x30
		return nil, 0
	}
	if values, n = s.v.sizes.Longest(s.tokens[i:]); n > 0 {
		return values, n
	}
	if slices.Contains(regions, s.word(i)) && len(digitsOnly(s.word(i+1))) > 0 {
		if values, n := s.v.sizes.Longest(s.tokens[i+1 : i+2]); n > 0 && !strings.HasPrefix(words.Fold(values[0]), "u") {
			return values, n + 1 // EU 42 in a store that writes 42
		}
		return nil, 2
	}
	if number := digitsOnly(s.word(i)); len(number) > 0 && len(number) <= 4 {
		return nil, 1
	}
	return nil, 0
}

func digitsOnly(word string) string {
	if word == "" || strings.Trim(word, "0123456789.") != "" {
		return ""
	}
	return word
}

func (s *sentence) sizeSpan(from, to int, values []string) span {
	sp := span{from: from, to: to, field: Size, value: strings.Join(values, "\n"), exact: true}
	if len(values) == 0 {
		sp.value, sp.note = s.said(from, to), Absent
	}
	return sp
}

// isCapital tells whether a token was written as a capital in a text that is
// not all capitals.
func (s *sentence) isCapital(i int) bool {
	if s.cased == "" || s.cased == strings.ToUpper(s.cased) && len(s.tokens) > 1 && len(s.text) > 6 {
		return false
	}
	return s.cased[s.tokens[i].Start] != s.text[s.tokens[i].Start]
}

// joinsWord tells whether a gap leaves two words side by side.
func joinsWord(gap string) bool {
	return strings.Trim(gap, " -") == ""
}
