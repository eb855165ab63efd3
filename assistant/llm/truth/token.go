package truth

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"honeyguide/catalog/words"
)

// sort is what a token is made of.
type sort uint8

const (
	word   sort = iota // letters, perhaps digits after them
	han                // one Chinese character
	digits             // with their separators: 1,299.00
	sign               // one of anything else
)

// token is a piece of a text. Folded, it is compared; its place is in the text as it was.
type token struct {
	sort
	text     string // folded, without the 's of a possessive
	from, to int    // bytes in the text
	spaced   bool   // white space or a hyphen stands before it
	used     bool   // part of a link or an address: not to be read as anything else
}

// tokens cuts a text. White space is dropped, and so are hyphens beside letters:
// "next-day" is "next day".
func tokens(text string) []token {
	all := make([]token, 0, len(text)/4+4)
	spaced := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		end := i + size
		t := token{from: i, spaced: spaced}
		switch {
		case unicode.IsSpace(r):
			spaced, i = true, end
			continue
		case isHan(r):
			t.sort = han
		case unicode.IsLetter(r):
			t.sort, end = word, endOfWord(text, end)
		case unicode.IsDigit(r):
			t.sort, end = digits, endOfDigits(text, end)
		case isHyphen(r) && (besideLetter(text, i, end)):
			spaced, i = true, end
			continue
		default:
			t.sort = sign
		}
		t.to, t.text = end, words.Fold(text[i:end])
		if t.sort == word {
			t.text = strings.TrimSuffix(t.text, "'s")
		}
		all = append(all, t)
		spaced, i = false, end
	}
	return all
}

func isHan(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r == '〇' || r > 0x3000 && unicode.Is(unicode.Han, r)
}

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' }

// endOfWord takes letters, digits after them, and apostrophes between letters.
func endOfWord(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '\'' || r == '’' {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if !unicode.IsLetter(next) || isHan(next) {
				return i
			}
		} else if isHan(r) || !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) {
			return i
		}
		i += size
	}
	return i
}

// endOfDigits takes digits, and separators that digits follow.
func endOfDigits(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if strings.ContainsRune(".,'’，．", r) {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if !unicode.IsDigit(next) {
				return i
			}
		} else if !unicode.IsDigit(r) {
			return i
		}
		i += size
	}
	return i
}

// besideLetter tells whether a hyphen joins a word to something.
func besideLetter(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	joined := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return joined(before) && joined(after) && (unicode.IsLetter(before) || unicode.IsLetter(after))
}

// terms are what names are compared by: words without their plural, digits, and
// pairs of neighbouring Chinese characters.
func terms(all []token, visit func(at int, term string)) {
	for i, t := range all {
		switch t.sort {
		case word:
			visit(i, singular(t.text))
		case digits:
			visit(i, t.text)
		case han:
			if i+1 < len(all) && all[i+1].sort == han {
				visit(i, t.text+all[i+1].text)
			}
		}
	}
}

func singular(w string) string {
	if len(w) > 3 && w[len(w)-1] == 's' && w[len(w)-2] != 's' {
		return w[:len(w)-1]
	}
	return w
}
