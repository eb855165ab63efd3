package query

import "honeyguide/packs"

// narrowest is the least difference, in units of the currency, of the two ends of
// a range that nothing but its numbers says to be one of prices: closer ones are
// rather sizes, ages or days.
const narrowest = 10

// lowest is the upper end, in units of the currency, up to which such a range is
// rather one of ages or sizes.
const lowest = 20

// isBareRange tells whether two amounts are a range of prices though neither a
// currency nor a limit says so: "headphones 50 to 100", 送闺蜜的礼物，50到100.
// They are round as prices are, nothing beside them makes them something else,
// and no store's size is called so.
func (s *sentence) isBareRange(a, b amount) bool {
	if s.alone(a.from, b.to) {
		return b.value-a.value >= narrowest
	}
	return a.value >= narrowest && b.value > lowest && b.value-a.value >= narrowest && isRound(a.value) && isRound(b.value) &&
		!(s.v.isSize(s.said(a.from, a.to)) && s.v.isSize(s.said(b.from, b.to))) &&
		s.mayBegin(a.from, b.from > a.to) && s.endsClause(b.to) && !s.hasUnit(b) && !isNumber(s.word(b.to))
}

// isRound tells whether a number is one that prices are set at: 50, 99, 128.
func isRound(value float64) bool {
	n := int(value)
	return float64(n) == value && (n%5 == 0 || n > 80 && (n%10 == 8 || n%10 == 9))
}

func isNumber(word string) bool {
	return word != "" && word[0] >= '0' && word[0] <= '9'
}

// mayBegin tells whether a bare range of prices may begin at a token: not inside
// a number or a code ("WH-100-200"), nor after words that it measures or dates. A
// range in words ("50 to 100") may follow any word, one of figures with a dash
// only what is a name or leads to a price.
func (s *sentence) mayBegin(i int, inWords bool) bool {
	before := s.word(i - 1)
	switch {
	case s.isMeasuring(i):
		return false
	case i == 0 || isHan(before):
		return true
	case isNumber(before) || s.gap(i) == "" || s.gap(i) == "-":
		return false
	case !joinsWord(s.gap(i)):
		return true
	case isStop(before):
		return before == "for" || before == "at" || before == "is"
	case isGift(before):
		return true
	}
	return inWords || s.isChatter(i-1) || s.endsName(i)
}

func isGift(word string) bool {
	return word == "gift" || word == "gifts" || word == "present" || word == "presents"
}

// endsName tells whether one of the packs' names ends before a token.
func (s *sentence) endsName(end int) bool {
	for from := max(0, end-3); from < end; from++ {
		if _, n := s.v.longestName(s.tokens[from:]); n == end-from {
			return true
		}
	}
	return false
}

// isMeasuring tells whether the words before a token say that a number there
// measures, numbers or dates something.
func (s *sentence) isMeasuring(end int) bool {
	for from := max(0, end-4); from < end; from++ {
		for _, l := range []*packs.Lexicon[struct{}]{&s.v.phrases.sizeCues, &s.v.phrases.measuring} {
			if _, n := l.Longest(s.tokens[from:end]); n == end-from {
				return true
			}
		}
	}
	return false
}
