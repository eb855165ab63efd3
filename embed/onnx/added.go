package onnx

import (
	"regexp"
	"strings"
	"unicode"
)

// addedToken is a text that is one token wherever it stands.
type addedToken struct {
	id          int64
	text        string
	left, right bool // takes the blanks on that side
}

// added finds tokens in a text.
type added struct {
	any    *regexp.Regexp // nil: there are none
	tokens map[string]addedToken
}

// segment is a token, or text between tokens.
type segment struct {
	token bool
	id    int64
	text  string
}

func newAdded(tokens []addedToken) *added {
	a := &added{tokens: map[string]addedToken{}}
	var words []string
	for _, t := range tokens {
		if t.text != "" {
			a.tokens[t.text] = t
			words = append(words, regexp.QuoteMeta(t.text))
		}
	}
	if words != nil {
		a.any = regexp.MustCompile(strings.Join(words, "|"))
		a.any.Longest()
	}
	return a
}

// split cuts a text at its tokens: of two that overlap, the one that begins
// first, of two that begin together, the longer.
func (a *added) split(text string) []segment {
	if a.any == nil {
		return []segment{{text: text}}
	}
	var out []segment
	at := 0
	for _, m := range a.any.FindAllStringIndex(text, -1) {
		t := a.tokens[text[m[0]:m[1]]]
		before := text[at:max(at, m[0])]
		if t.left {
			before = strings.TrimRightFunc(before, unicode.IsSpace)
		}
		if before != "" {
			out = append(out, segment{text: before})
		}
		out = append(out, segment{token: true, id: t.id})
		at = m[1]
		if t.right {
			at = len(text) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
		}
	}
	if at < len(text) {
		out = append(out, segment{text: text[at:]})
	}
	return out
}
