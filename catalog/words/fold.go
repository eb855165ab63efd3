package words

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// traditional lists pairs of a Traditional character and its simplified form.
//
//go:embed traditional.txt
var traditional string

const (
	hanFirst = 0x4e00 // the block of CJK Unified Ideographs
	hanLast  = 0x9fff
)

// simplified maps the characters of the block to their simplified forms; zero
// means the character stays.
var simplified = sync.OnceValue(func() *[hanLast - hanFirst + 1]rune {
	var table [hanLast - hanFirst + 1]rune
	for line := range strings.Lines(traditional) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, pair := range strings.Fields(line) {
			from, n := utf8.DecodeRuneInString(pair)
			to, _ := utf8.DecodeRuneInString(pair[n:])
			table[from-hanFirst] = to
		}
	}
	return &table
})

// Fold brings text to the one spelling that words are compared in: Unicode
// NFKC, lower case, accents removed from Latin, Greek and Cyrillic letters,
// curly apostrophes straightened, Traditional Chinese characters simplified,
// invalid UTF-8 replaced. White space and punctuation stay. Folding what is
// folded changes nothing.
func Fold(text string) string {
	if folded, ok := foldSimple(text); ok {
		return folded
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	for range 3 { // a lower-case letter may compose anew; it settles at once in real text
		folded := foldOnce(text)
		if folded == text {
			break
		}
		text = folded
	}
	return text
}

// foldSimple folds text of ASCII, Chinese characters and their punctuation in
// one pass, which is nearly every text; ok is false for any other.
func foldSimple(text string) (folded string, ok bool) {
	if i := strings.IndexFunc(text, func(r rune) bool { return simple(r) != r }); i < 0 {
		return text, true
	}
	b := make([]byte, 0, len(text))
	for _, r := range text {
		if r = simple(r); r < 0 {
			return "", false
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b), true
}

// simple returns what a rune of such text folds to, -1 if it is another kind of rune.
func simple(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == '`' || r == '‘' || r == '’':
		return '\''
	case r < utf8.RuneSelf, r == '、', r == '。', r >= '《' && r <= '】':
		return r
	case r >= hanFirst && r <= hanLast:
		if to := simplified()[r-hanFirst]; to != 0 {
			return to
		}
		return r
	case r >= '！' && r <= '～': // full-width ASCII
		return simple(r - '！' + '!')
	case r == '\u3000':
		return ' '
	}
	return -1
}

func foldOnce(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	base := rune(0)
	table := simplified()
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r) && accented(base):
			continue
		case r >= hanFirst && r <= hanLast:
			if to := table[r-hanFirst]; to != 0 {
				r = to
			}
		case r == '’' || r == '‘' || r == 'ʼ' || r == '`':
			r = '\''
		default:
			r = unicode.ToLower(r)
		}
		base = r
		b.WriteRune(r)
	}
	return norm.NFKC.String(b.String())
}

// accented tells whether marks on base only decorate it, as in é, and do not
// change the letter, as they do in Japanese kana and Indian scripts.
func accented(base rune) bool {
	return unicode.In(base, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}
