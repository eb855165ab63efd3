package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// sentence is a text while it is being read.
type sentence struct {
	v      *Vocabulary
	text   string // folded
	cased  string // as it came, where offsets agree with text; else empty
	tokens []packs.Token
	claims []claim // of each token
	spans  []span  // ascending, without overlaps
}

// claim is what a token is to Rest.
type claim byte

const (
	free  claim = iota // not recognised: ranks
	held               // belongs to a span, or to a phrase that hides its words
	empty              // says nothing: is dropped
)

// span is a run of tokens that says something about a field.
type span struct {
	from, to int // tokens
	field    string
	value    string
	exact    bool // says no more than the value
	// recipient is a person's gender: it filters only where a category is asked
	// for, since a gift may be ungendered.
	recipient bool
	negated   bool
	group     bool // names several categories, by line
	context   bool // is about another product: "to wear with blue jeans"
	low       *int64
	high      *int64
	note      Note
}

func newSentence(v *Vocabulary, text string) *sentence {
	s := &sentence{v: v, text: words.Fold(text)}
	if len(text) == len(s.text) {
		s.cased = text
	}
	s.tokens = packs.Split(s.text)
	s.claims = make([]claim, len(s.tokens))
	return s
}

// said returns the folded words of tokens.
func (s *sentence) said(from, to int) string {
	if from >= to {
		return ""
	}
	return s.text[s.tokens[from].Start:s.tokens[to-1].End]
}

// word returns the text of a token, empty outside the sentence.
func (s *sentence) word(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.tokens[i].Text
}

// gap returns what stands before a token; before the end, what follows the last one.
func (s *sentence) gap(i int) string {
	switch {
	case i < len(s.tokens):
		return s.tokens[i].Gap
	case len(s.tokens) == 0:
		return s.text
	}
	return s.text[s.tokens[len(s.tokens)-1].End:]
}

// isFree tells whether no recogniser has claimed any of the tokens.
func (s *sentence) isFree(from, to int) bool {
	for i := from; i < to; i++ {
		if s.claims[i] != free {
			return false
		}
	}
	return true
}

func (s *sentence) mark(from, to int, as claim) {
	for i := from; i < to; i++ {
		s.claims[i] = as
	}
}

// take adds a span in its place and claims its tokens.
func (s *sentence) take(sp span) {
	s.mark(sp.from, sp.to, held)
	at := len(s.spans)
	for at > 0 && s.spans[at-1].from > sp.from {
		at--
	}
	s.spans = append(s.spans, span{})
	copy(s.spans[at+1:], s.spans[at:])
	s.spans[at] = sp
}

// spanAt returns the index of the first span that begins at a token, or -1.
func (s *sentence) spanAt(token int) int {
	for i := range s.spans {
		if s.spans[i].from == token {
			return i
		}
	}
	return -1
}

// isHan tells whether a token is a Chinese character.
func isHan(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return unicode.Is(unicode.Han, r)
}

// isWord tells whether a token is an English word.
func isWord(token string) bool {
	return token != "" && strings.ContainsRune("abcdefghijklmnopqrstuvwxyz", rune(token[0]))
}
