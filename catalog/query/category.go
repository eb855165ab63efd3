package query

import "unicode/utf8"

// chooseCategory keeps the one category that the request is about and frees the
// others to rank. In English the last of neighbouring names is the thing, the
// ones before it describe it ("shirt dress"); the first such group counts. In
// Chinese the longest name counts. "or" and "and" ask for the category above both.
func (s *sentence) chooseCategory() {
	best := -1
	for i := range s.spans {
		sp := &s.spans[i]
		if sp.field != Category || sp.negated {
			continue
		}
		if best < 0 {
			best = i
			continue
		}
		switch s.between(s.spans[best].to, sp.from) {
		case beside:
			best = s.headOf(best, i)
		case orelse:
			if common := s.v.packs.CommonAncestor(s.spans[best].value, sp.value); common != "" {
				s.spans[best].value, s.spans[best].exact, sp.value, sp.exact = common, common == s.spans[best].value && s.spans[best].exact, common, false
			} else {
				s.spans[best].context, sp.context = true, true
			}
		default:
			if isHan(s.word(sp.from)) && isHan(s.word(s.spans[best].from)) && s.length(i) > s.length(best) {
				best = i
			}
		}
	}
	for i := range s.spans {
		if sp := &s.spans[i]; sp.field == Category && !sp.negated && i != best && (best < 0 || sp.value != s.spans[best].value || sp.exact) {
			sp.context = true
		}
	}
}

// headOf returns which of two neighbouring names is the thing itself.
func (s *sentence) headOf(a, b int) int {
	if isHan(s.word(s.spans[b].from)) && s.length(b) < s.length(a) {
		return a
	}
	return b
}

func (s *sentence) length(k int) int {
	return utf8.RuneCountInString(s.said(s.spans[k].from, s.spans[k].to))
}

// relation is how two names of categories stand to each other.
type relation byte

const (
	apart relation = iota
	beside
	orelse
)

func (s *sentence) between(end, start int) relation {
	switch {
	case start == end && joinsWord(s.gap(start)):
		return beside
	case start == end+1 && (s.word(end) == "or" || s.word(end) == "and" || s.word(end) == "或" || s.word(end) == "和") || start == end && (s.gap(start) == "/" || s.gap(start) == "、"):
		return orelse
	case start == end+2 && s.said(end, start) == "或者" || s.said(end, start) == "还是":
		return orelse
	}
	return apart
}

// leaveContext marks what describes another product than the one asked for:
// what stands between "with", "for", "to match" and a second category.
func (s *sentence) leaveContext() {
	main := -1
	for i, sp := range s.spans {
		switch {
		case sp.field != Category || sp.negated:
		case !sp.context && main < 0:
			main = i
		case sp.context && main >= 0 && sp.from >= s.spans[main].to:
			s.contextBetween(s.spans[main].to, sp.from)
		}
	}
}

func (s *sentence) contextBetween(from, to int) {
	for i := from; i < to; i++ {
		switch s.word(i) {
		case "with", "for", "match", "matching", "配", "搭":
			for k := range s.spans {
				if sp := &s.spans[k]; sp.from > i && sp.to <= to && sp.field != Price {
					sp.context = true
				}
			}
			return
		}
	}
}
