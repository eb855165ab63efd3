package query

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// findNames claims the names of brands, categories, colours and attribute
// values, the longest at each place.
func (s *sentence) findNames() {
	for i := 0; i < len(s.tokens); {
		i += max(1, s.nameAt(i))
	}
}

// nameAt claims the name that begins at a token and returns how many tokens it takes.
func (s *sentence) nameAt(i int) int {
	if s.claims[i] != free {
		return 1
	}
	rest := s.tokens[i:s.freeEnd(i)]
	_, hidden := s.v.phrases.hiding.Longest(rest)
	b, branded := s.v.brands.Longest(rest)
	meanings, named := s.v.longestName(rest)
	_, said := s.v.phrases.chatter.Longest(rest)
	switch {
	case branded > 0 && branded >= max(hidden, named) && s.isBrand(b, i, branded):
		s.take(span{from: i, to: i + branded, field: Brand, value: strings.Join(b.values, "\n"), exact: true})
		return branded
	case hidden > 0 && hidden >= named:
		if _, _, isNegation := s.negatorAt(i); !isNegation {
			s.mark(i, i+hidden, held)
		}
		return hidden
	case named > 0 && named >= said && !s.isNoun(i, named, meanings):
		s.takeNamed(i, i+named, meanings)
		return named
	}
	for k := 1; k < said; k++ { // 给我 is chatter, 我爸 in 给我爸 is somebody
		if _, n := s.v.longestName(rest[k:]); n > said-k {
			return k
		}
	}
	return max(said, 1)
}

// isNoun tells whether the name of a colour stands for the thing that has it:
// "dry skin", "with cream". It is a colour before a category or the word
// colour, after "in", or alone.
func (s *sentence) isNoun(i, n int, meanings []meaning) bool {
	if n > 1 || meanings[0].field != Color {
		return false
	}
	switch s.word(i) {
	case "skin", "cream", "rose", "lime", "coffee", "peach", "mint", "lemon", "wine", "sand", "rust", "ash", "steel", "camel", "coral", "salmon", "aqua":
	default:
		return false
	}
	after := s.word(i + 1)
	isColor := s.word(i-1) == "in" || s.word(i-1) == "color" || s.word(i-1) == "colour" || strings.HasPrefix(after, "color") || strings.HasPrefix(after, "colour")
	return !isColor && !s.alone(i, i+1) && !s.categoryFollows(i+1)
}

func (s *sentence) freeEnd(i int) int {
	for i < len(s.tokens) && s.claims[i] == free {
		i++
	}
	return i
}

// takeNamed takes what a name stands for here. Where it may be a category or an
// attribute, it is the attribute if the category follows ("coffee mug"), and
// what the store has is preferred. One name may say two things: girls are
// female and kids, 女包 is a bag for women.
func (s *sentence) takeNamed(from, to int, meanings []meaning) {
	chosen := s.choose(to, meanings)
	for _, m := range chosen {
		s.take(span{from: from, to: to, field: m.field, value: m.value, exact: m.exact, recipient: m.recipient})
	}
	if r, _ := utf8.DecodeRuneInString(s.word(from)); to-from > 1 && chosen[0].field == Category && (r == '女' || r == '男') {
		gender := "female"
		if r == '男' {
			gender = "male"
		}
		s.take(span{from: from, to: to, field: Gender, value: gender, exact: true})
	}
}

func (s *sentence) choose(to int, meanings []meaning) []meaning {
	category := slices.IndexFunc(meanings, func(m meaning) bool { return m.field == Category })
	if len(meanings) == 1 || category < 0 {
		return s.likeliest(meanings)
	}
	others := slices.DeleteFunc(slices.Clone(meanings), func(m meaning) bool { return m.field == Category })
	known := slices.ContainsFunc(others, func(m meaning) bool { return s.v.has(m.field, m.value) })
	if _, present := s.v.present(meanings[category].value); (!present && known) || s.categoryFollows(to) {
		return s.likeliest(others)
	}
	return meanings[category : category+1]
}

// likeliest keeps one meaning, the first that the store has products of. Gender
// and age do not compete: girls are both.
func (s *sentence) likeliest(meanings []meaning) []meaning {
	if meanings[0].field == Gender || meanings[0].field == AgeGroup {
		return meanings
	}
	for _, m := range meanings {
		if s.v.has(m.field, m.value) {
			return []meaning{m}
		}
	}
	return meanings[:1]
}

// categoryFollows tells whether the next words name a category, perhaps after
// other names.
func (s *sentence) categoryFollows(i int) bool {
	for range 4 {
		if i >= len(s.tokens) || !joinsWord(s.gap(i)) {
			return false
		}
		meanings, n := s.v.longestName(s.tokens[i:])
		if n == 0 {
			return false
		}
		if slices.ContainsFunc(meanings, func(m meaning) bool { return m.field == Category }) {
			return true
		}
		i += n
	}
	return false
}

// isBrand tells whether a brand's name means the brand here. If the name may
// mean something else, it does where it is all that is said, where a cue says
// so, where it is written with a capital inside a sentence, and an ordinary
// word or letter also where a product follows: "arrow shirts".
func (s *sentence) isBrand(b *brand, i, n int) bool {
	end := i + n
	switch {
	case b.kind == unusual, s.alone(i, end):
		return true
	case isStop(s.word(i)) && n == 1 && !s.isCapital(i):
		return false
	case s.word(i-1) == "by" || s.word(i-1) == "brand" || s.word(end) == "brand" || s.word(end) == "牌" || s.said(max(0, i-2), i) == "品牌":
		return true
	case s.isCapital(i) && !s.isTitle() && (i > 0 || s.categoryFollows(end)):
		return true
	case b.kind == spoken || s.word(i-1) == "not" || s.word(i-1) == "no":
		return false
	case b.kind == tiny && (isStop(s.word(i)) || s.isChatter(i) || s.v.isSize(s.word(i))):
		return false
	}
	return s.categoryFollows(end)
}

func (s *sentence) isChatter(i int) bool {
	_, said := s.v.phrases.chatter.Get(s.word(i))
	return said
}

func (v *Vocabulary) isSize(word string) bool {
	_, ok := v.sizes.Get(word)
	return ok
}

// isTitle tells whether every word begins with a capital: then capitals tell nothing.
func (s *sentence) isTitle() bool {
	for i, t := range s.tokens {
		if isWord(t.Text) && !isStop(t.Text) && !s.isCapital(i) {
			return false
		}
	}
	return true
}
