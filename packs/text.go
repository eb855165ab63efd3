package packs

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Token is a word, a number or one Chinese character of a text.
type Token struct {
	Text       string // apostrophes left out
	Start, End int    // byte offsets
	Gap        string // what stands between the token before and this one
}

// Split cuts folded text into tokens. Letters and digits part: "42码" and "16gb"
// are two tokens each, "1,299.50" is one.
func Split(text string) []Token {
	var tokens []Token
	for at, end := 0, 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		stop := at + n
		switch {
		case isHan(r):
		case unicode.IsDigit(r):
			stop = numberEnd(text, at)
		case isLetter(r):
			stop = wordEnd(text, at)
		default:
			at = stop
			continue
		}
		word := text[at:stop]
		if strings.Contains(word, "'") {
			word = strings.ReplaceAll(word, "'", "")
		}
		tokens = append(tokens, Token{Text: word, Start: at, End: stop, Gap: text[end:at]})
		at, end = stop, stop
	}
	return tokens
}

func wordEnd(text string, at int) int {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		next, _ := utf8.DecodeRuneInString(text[at+n:])
		if !isLetter(r) && !(r == '\'' && isLetter(next)) {
			break
		}
		at += n
	}
	return at
}

func numberEnd(text string, at int) int {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		next, _ := utf8.DecodeRuneInString(text[at+n:])
		if !unicode.IsDigit(r) && !((r == '.' || r == ',') && unicode.IsDigit(next)) {
			break
		}
		at += n
	}
	return at
}

func isHan(r rune) bool {
	return r >= 0x2e80 && unicode.Is(unicode.Han, r)
}

func isLetter(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && !isHan(r)
}

// fold brings names to the spelling they are compared in.
func fold(text string) string {
	text = norm.NFKC.String(strings.ToLower(text))
	return strings.ReplaceAll(text, "’", "'")
}

// key is a name without case, marks and spaces.
func key(name string) string {
	var b strings.Builder
	for _, t := range Split(fold(name)) {
		b.WriteString(t.Text)
	}
	return b.String()
}
