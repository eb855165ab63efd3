package intent

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"honeyguide/catalog/words"
)

// maxBytes of a text are read, half from its start and half from its end: what is
// wanted stands first or last.
const maxBytes = 3000

// Masks stand for what has too many forms to learn.
const (
	maskNumber  = "<number>"
	maskLong    = "<long>" // five digits and more, as orders and phones have them
	maskPrice   = "<price>"
	maskMeasure = "<measure>" // a length or a weight
	maskSize    = "<size>"    // a size in letters
)

// reader splits one folded text into tokens: words, single Chinese characters, masks.
type reader struct {
	text   string
	at     int
	tokens []string
	asks   bool // a question mark
	shouts bool // two exclamation marks and more
}

// read returns the reader of a text that has read it all.
func read(text string) *reader {
	if len(text) > maxBytes {
		text = strings.ToValidUTF8(text[:maxBytes/2]+" "+text[len(text)-maxBytes/2:], "")
	}
	r := &reader{text: words.Fold(text)}
	bangs := 0
	for r.at < len(r.text) {
		c, n := utf8.DecodeRuneInString(r.text[r.at:])
		switch {
		case isDigit(c):
			r.number(false)
		case strings.ContainsRune("$€£¥", c):
			r.at += n
			if r.skipSpace(); r.at < len(r.text) && isDigit(rune(r.text[r.at])) {
				r.number(true)
			}
		case unicode.Is(unicode.Han, c):
			r.tokens = append(r.tokens, r.text[r.at:r.at+n])
			r.at += n
		case unicode.IsLetter(c):
			r.word()
		default:
			r.asks = r.asks || c == '?'
			if c == '!' {
				bangs++
			}
			r.at += n
		}
	}
	r.shouts = bangs > 1
	return r
}

// word reads a word without its apostrophes.
func (r *reader) word() {
	word := r.letters()
	if isSize(word) {
		word = maskSize
	}
	r.tokens = append(r.tokens, word)
}

// letters reads letters, and digits among them, without apostrophes.
func (r *reader) letters() string {
	begin := r.at
	for r.at < len(r.text) {
		c, n := utf8.DecodeRuneInString(r.text[r.at:])
		if unicode.Is(unicode.Han, c) || !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) && c != '\'' {
			break
		}
		r.at += n
	}
	return strings.ReplaceAll(r.text[begin:r.at], "'", "")
}

// number reads a number with the unit after it, as a mask.
func (r *reader) number(isPrice bool) {
	begin, digits := r.at, 0
	for r.at < len(r.text) {
		c := rune(r.text[r.at])
		if !isDigit(c) && !(strings.ContainsRune(".,", c) && r.at+1 < len(r.text) && isDigit(rune(r.text[r.at+1]))) {
			break
		}
		if isDigit(c) {
			digits++
		}
		r.at++
	}
	mask, end := r.unit()
	switch {
	case sales[r.text[begin:r.at]]:
		mask, end = r.text[begin:r.at], r.at
	case isPrice:
		mask, end = maskPrice, r.at
	case mask != "":
	case digits >= 5:
		mask, end = maskLong, r.at
	default:
		mask, end = maskNumber, r.at
	}
	r.at = end
	r.tokens = append(r.tokens, mask)
}

// unit tells what the unit after a number makes of it, and where the unit ends. The
// mask is empty if there is none.
func (r *reader) unit() (mask string, end int) {
	from := r.at
	defer func() { r.at = from }()
	for _, u := range hanUnits {
		if strings.HasPrefix(r.text[r.at:], u.unit) {
			return u.mask, r.at + len(u.unit)
		}
	}
	r.skipSpace()
	switch word := r.letters(); {
	case prices[word]:
		return maskPrice, r.at
	case measures[word]:
		return maskMeasure, r.at
	case r.at-from == len(word) && (isSize("2"+word) || isSize(word)):
		return maskSize, r.at
	}
	return "", from
}

func (r *reader) skipSpace() {
	for r.at < len(r.text) && r.text[r.at] == ' ' {
		r.at++
	}
}

func isDigit(c rune) bool { return c >= '0' && c <= '9' }

// isSize tells the sizes of clothes in letters.
func isSize(word string) bool {
	switch word {
	case "xs", "s", "m", "l", "xl", "xxl", "xxxl", "xxs", "2xl", "3xl", "4xl", "5xl":
		return true
	}
	return false
}

// hanUnits, longer ones first.
var hanUnits = []struct{ unit, mask string }{
	{"厘米", maskMeasure}, {"公分", maskMeasure}, {"公斤", maskMeasure}, {"千克", maskMeasure}, {"毫米", maskMeasure}, {"英寸", maskMeasure},
	{"斤", maskMeasure}, {"米", maskMeasure}, {"寸", maskMeasure}, {"块钱", maskPrice}, {"块", maskPrice}, {"元", maskPrice}, {"人民币", maskPrice},
}

// sales are numbers that are names: shopping festivals, and the consumers' hotline.
var sales = setOf("618 1111 11.11 12.12 12315")

var (
	prices   = setOf("dollars dollar bucks euros euro eur usd rmb yuan pounds quid rs inr rupees rupee gbp cny hkd twd kuai")
	measures = setOf("cm mm kg kgs kilo kilos lb lbs ft feet foot inch inches in stone jin centimeters centimetres metres meters m g oz")
)

func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}
