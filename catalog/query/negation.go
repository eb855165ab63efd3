package query

// fillers may stand between a negator and what it negates.
func isFiller(word string) bool {
	switch word {
	case "a", "an", "the", "any", "in", "of", "made", "with", "from", "too", "so", "very", "that", "is", "be", "for", "more", "by", "really", "anything", "to", "want",
		"another", "other", "wear", "wears", "wearing",
		"color", "colour", "colors", "colours", "ones", "one", "style", "brand", "like",
		"带", "有", "用", "的", "任", "何", "颜", "色", "是", "那", "种", "太", "要", "这", "做", "材", "质", "品", "牌", "买", "给", "送", "再", "了", "款", "穿", "考", "虑", "选":
		return true
	}
	return false
}

// negate turns the spans after a negator into exclusions: "not black or white",
// "不要黑色和白色", "除了耐克", and those before "除外".
func (s *sentence) negate() {
	for i := 0; i < len(s.tokens); i++ {
		from, to, ok := s.negatorAt(i)
		if !ok {
			continue
		}
		if k := s.nextSpan(to); k >= 0 {
			s.mark(from, to, empty)
			s.negateFrom(k)
		} else if _, n := s.v.phrases.excepting.Longest(s.tokens[i:]); n > 0 {
			s.negateBefore(i, i+n)
		}
		i = to - 1
	}
}

// negatorAt returns the negator at a token.
func (s *sentence) negatorAt(i int) (from, to int, ok bool) {
	if s.claims[i] != free {
		return i, i, false
	}
	_, n := s.v.phrases.negators.Longest(s.tokens[i:])
	if _, hides := s.v.phrases.hiding.Longest(s.tokens[i:]); hides > n {
		return i, i, false
	}
	if _, said := s.v.phrases.chatter.Longest(s.tokens[i:]); said > n { // 有没有
		return i, i, false
	}
	if s.word(i-1) == "有" && s.word(i) == "没" { // 有没有
		return i, i, false
	}
	if s.word(i) == "没" && s.isQuestion() { // 没有黑色吗 asks for black
		return i, i, false
	}
	return i, i + n, n > 0
}

func (s *sentence) isQuestion() bool {
	last := s.word(len(s.tokens) - 1)
	return last == "吗" || last == "么"
}

// nextSpan returns the span that begins at a token or after fillers, -1 if none.
func (s *sentence) nextSpan(i int) int {
	for ; i < len(s.tokens) && joinsWord(s.gap(i)); i++ {
		if k := s.spanAt(i); k >= 0 {
			return k
		}
		if !isFiller(s.word(i)) {
			return -1
		}
	}
	return -1
}

// negateFrom negates a span and those joined to it. "or" joins anything,
// "and" only more of the same field; commas join what "or" or "and" ends.
func (s *sentence) negateFrom(k int) {
	if s.spans[k].field == Price || s.spans[k].field == Stock {
		return
	}
	end := s.negateAlike(k)
	field, open := s.spans[k].field, []int{}
	for {
		link, next := s.linkAfter(end)
		if next < 0 {
			return
		}
		sameField := s.spans[next].field == field
		switch {
		case s.spans[next].field == Price || s.spans[next].field == Stock || link == noLink:
			return
		case link == comma && sameField:
			open = append(open, next)
			end = s.spans[next].to
			continue
		case link == either || link == also && sameField:
			for _, o := range open {
				s.negateAlike(o)
			}
			open = open[:0]
			end = s.negateAlike(next)
			continue
		}
		return
	}
}

// negateAlike negates all spans over the same words and returns where they end.
func (s *sentence) negateAlike(k int) (end int) {
	from := s.spans[k].from
	for i := range s.spans {
		if s.spans[i].from == from {
			s.spans[i].negated = true
			end = max(end, s.spans[i].to)
		}
	}
	return end
}

// link is how two names are joined.
type link byte

const (
	noLink link = iota
	comma
	also
	either
)

// linkAfter returns how the tokens before end are joined to the next span.
func (s *sentence) linkAfter(end int) (link, int) {
	joined := noLink
	for i := end; i < len(s.tokens); i++ {
		switch s.gap(i) {
		case ", ", ",", ",  ":
			joined = max(joined, comma)
		case "、", "/", " / ":
			joined = max(joined, also)
		}
		if k := s.spanAt(i); k >= 0 {
			if joined == noLink && s.gap(i) == "" && isHan(s.word(i)) && s.spans[k].field == s.fieldBefore(end) {
				joined = also // 不要黑色白色
			}
			return joined, k
		}
		switch s.word(i) {
		case "or", "nor", "或", "者":
			joined = either
		case "and", "和", "跟", "与", "及", "以":
			joined = max(joined, also)
		default:
			if !isFiller(s.word(i)) {
				return noLink, -1
			}
		}
	}
	return noLink, -1
}

func (s *sentence) fieldBefore(end int) string {
	for _, sp := range s.spans {
		if sp.to == end {
			return sp.field
		}
	}
	return ""
}

// negateBefore negates the span that ends before "除外" and the like.
func (s *sentence) negateBefore(i, end int) {
	at := i
	for at > 0 && isFiller(s.word(at-1)) && s.claims[at-1] == free {
		at--
	}
	for k := range s.spans {
		if sp := s.spans[k]; sp.to == at && sp.field != Price && sp.field != Category {
			s.spans[k].negated = true
			s.mark(i, end, empty)
		}
	}
}
