package query

import "strings"

// spread is how far "around 50" reaches to both sides.
const spread = .2

// findPrices claims price limits: "under $50", "200元以内", "between 30 and 60".
// A number counts as a price if its currency is said or a limit is, and no
// unit of something else follows.
func (s *sentence) findPrices() {
	for i := 0; i < len(s.tokens); i++ {
		a, ok := s.amountAt(i)
		if !ok {
			continue
		}
		sp, ok := s.rangeFrom(a)
		if !ok {
			sp, ok = s.limitOf(a)
		}
		if !ok {
			i = a.to - 1
			continue
		}
		sp.field, sp.exact = Price, true
		s.take(sp)
		i = sp.to - 1
	}
}

// rangeFrom reads a range that begins with a: "30-60 dollars", "between 30 and
// 60", "100到200元".
func (s *sentence) rangeFrom(a amount) (span, bool) {
	join := a.to
	dash := strings.TrimSpace(strings.Trim(s.gap(join), "$€£¥₹"))
	word := s.word(join)
	switch {
	case dash == "-" || dash == "–" || dash == "—" || dash == "~":
	case word == "to" || word == "and" || word == "到" || word == "至" || word == "和" || word == "或":
		join++
	default:
		return span{}, false
	}
	if join >= len(s.tokens) {
		return span{}, false
	}
	b, ok := s.amountAt(join)
	if !ok || s.hasUnit(b) {
		return span{}, false
	}
	from, opened := s.openingBefore(a.from)
	if s.isMeasuring(from) || s.isMeasuring(a.from) || !a.isMoney() && !b.isMoney() && isYear(a.value) && isYear(b.value) {
		return span{}, false
	}
	listing := word == "and" || word == "和" || word == "或"
	said := a.isMoney() || b.isMoney() || s.isLimit(b.to) || s.isBareRange(a, b)
	if !opened {
		var cue bound
		if from, cue = s.cueBefore(a.from); listing || cue == 0 && !said {
			return span{}, false
		}
	}
	if a.scaled != b.scaled && a.value < b.value/100 {
		a.value *= 1e4 // 1到2万
	}
	sp := span{from: from, to: b.to}
	if after, n := s.v.phrases.after.Longest(s.tokens[b.to:]); n > 0 && after != 0 {
		sp.to += n
	} else if _, n := s.v.phrases.enclosing.Longest(s.tokens[b.to:]); n > 0 {
		sp.to += n
	}
	currency := b.currency
	if currency == "" || currency == anyCurrency {
		currency = a.currency
	}
	s.limit(&sp, currency, min(a.value, b.value), max(a.value, b.value))
	return sp, true
}

// isMoney tells whether the amount itself says that it is a price.
func (a amount) isMoney() bool {
	return a.currency != "" || a.scaled
}

func isYear(value float64) bool {
	return value >= 1900 && value <= 2100 && value == float64(int(value))
}

// limitOf reads the limit that the words around one amount set.
func (s *sentence) limitOf(a amount) (span, bool) {
	from, cue := s.cueBefore(a.from)
	sp := span{from: from, to: a.to}
	named := a.currency != "" || a.scaled && (isHan(s.word(a.to-1)) || s.alone(a.from, a.to))
	if after, n := s.cueAfter(a, named); n >= 0 {
		cue, sp.to = after, a.to+n
	} else if s.hasUnit(a) || cue == around && !named && !s.endsClause(a.to) || s.word(from) == "from" && !named {
		return span{}, false
	}
	switch {
	case cue == atMost:
		s.limit(&sp, a.currency, -1, a.value)
	case cue == atLeast:
		s.limit(&sp, a.currency, a.value, -1)
	case cue == around || named:
		s.limit(&sp, a.currency, a.value*(1-spread), a.value*(1+spread))
	default:
		return span{}, false
	}
	return sp, true
}

// cueAfter returns the limit said just after an amount and how many tokens it
// takes, -1 for none. Words that are also parts of names ("12 Max") count where
// money was named or the clause ends.
func (s *sentence) cueAfter(a amount, named bool) (bound, int) {
	rest := s.tokens[a.to:]
	if cue, n := s.v.phrases.after.Longest(rest); n > 0 && (isHan(s.word(a.to)) || !s.hasUnit(amount{to: a.to + n})) {
		return cue, n
	}
	if cue, n := s.v.phrases.closing.Longest(rest); n > 0 && (named || s.endsClause(a.to+n)) {
		return cue, n
	}
	if strings.HasPrefix(s.gap(a.to), "+") && (named || a.to == len(s.tokens)) {
		return atLeast, 0
	}
	return 0, -1
}

// endsClause tells whether no word that goes on follows: "around 50 for shoes",
// "50 max please", but "around 50 guests".
func (s *sentence) endsClause(i int) bool {
	return i >= len(s.tokens) || !joinsWord(s.gap(i)) || isStop(s.word(i)) && s.word(i) != "by" || isHan(s.word(i)) || s.isChatter(i)
}

// limit sets a span's limits, -1 for none, or notes that their currency is not
// the store's.
func (s *sentence) limit(sp *span, currency string, low, high float64) {
	if !s.v.takes(currency) {
		sp.note, sp.value = ForeignCurrency, currency
		return
	}
	if low >= 0 {
		sp.low = s.v.minor(low)
	}
	if high >= 0 {
		sp.high = s.v.minor(high)
	}
}

// cueBefore returns the limit said just before a token and where its words
// begin, the token itself if none.
func (s *sentence) cueBefore(i int) (from int, cue bound) {
	gap := strings.TrimSpace(strings.TrimRight(s.gap(i), "$€£¥₹ "))
	switch gap {
	case "<", "<=", "≤":
		return i, atMost
	case ">", ">=", "≥":
		return i, atLeast
	case "~", "≈":
		if !isNumber(s.word(i - 1)) {
			return i, around
		}
	}
	end := i
	for end > 0 && (s.word(end-1) == "a" || s.word(end-1) == "is" || s.word(end-1) == "of" || s.word(end-1) == "the") {
		end--
	}
	for _, end := range []int{i, end} {
		for from := max(0, end-5); from < end; from++ {
			if cue, n := s.v.phrases.before.Longest(s.tokens[from:end]); n == end-from && s.isFree(from, end) {
				return from, cue
			}
		}
	}
	return i, 0
}

// openingBefore tells whether the words just before a token open a range, and
// where they begin.
func (s *sentence) openingBefore(i int) (from int, ok bool) {
	for from := max(0, i-4); from < i; from++ {
		if _, n := s.v.phrases.opening.Longest(s.tokens[from:i]); n == i-from && s.isFree(from, i) {
			return from, true
		}
	}
	return i, false
}

// isLimit tells whether the words after an amount make it a limit.
func (s *sentence) isLimit(i int) bool {
	_, n := s.v.phrases.after.Longest(s.tokens[i:])
	return n > 0
}

// hasUnit tells whether the amount counts or measures something: a unit that is
// not money follows, another measure ("50 by 60"), or an unknown plural
// ("36 appetizers").
func (s *sentence) hasUnit(a amount) bool {
	if a.currency != "" || a.to >= len(s.tokens) {
		return false
	}
	gap, next := s.gap(a.to), s.word(a.to)
	if strings.ContainsAny(gap, "%\"”″'") || gap == "-" && isWord(next) && !isStop(next) {
		return true
	}
	if _, n := s.v.phrases.units.Longest(s.tokens[a.to:]); n > 0 && !(isHan(next) && s.beginsLonger(a.to, n)) {
		mustTouch := isWord(next) && (len(next) == 1 || next == "in")
		return gap == "" || gap == " " && !mustTouch
	}
	if next == "by" || next == "x" {
		return true
	}
	_, named := s.v.longestName(s.tokens[a.to:])
	return named == 0 && gap == " " && isWord(next) && strings.HasSuffix(next, "s") && !s.v.isKnown(next) && !isStop(next) && !s.isChatter(a.to)
}

// beginsLonger tells whether more than n tokens at i are one name or saying: 条 is
// a unit, 条纹 is a pattern, 包邮 is free delivery.
func (s *sentence) beginsLonger(i, n int) bool {
	_, named := s.v.longestName(s.tokens[i:])
	_, hidden := s.v.phrases.hiding.Longest(s.tokens[i:])
	return max(named, hidden) > n
}

// alone tells whether tokens are the whole text.
func (s *sentence) alone(from, to int) bool {
	return from == 0 && to == len(s.tokens)
}
