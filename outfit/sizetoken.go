package outfit

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind is what a word does where people tell measures; see data/body.txt.
type kind int

const (
	otherToken  kind = iota // a thing
	countToken              // something that is counted and no measure: 元, years
	numberToken             // bare, or a quantity once its unit was read
	nameToken               // of a measure
	unitToken
	personToken
	linkToken  // may stand between a name and its number
	aboutToken // may stand between a number and its unit
	moreToken  // and
	knownToken
	commaToken // the end of a clause
	slashToken // / and -
	timesToken // 180 x 200: no body
)

// token is a word, number or sign of a text.
type token struct {
	kind   kind
	is     string  // the measure, the unit, small or adult, asks or label
	x      float64 // of a number
	digits int     // of a number written by digits only: 1米65 is not 1米6
	glued  bool    // nothing stands between it and the token before
	text   string
}

//go:embed data/body.txt
var bodyWords string

// vocabulary has the meanings of a word: that of a unit counts behind a number.
type vocabulary struct {
	words   map[string]token
	units   map[string]string
	longest int // of the Chinese words, in bytes
}

var measureWords = readMeasureWords(bodyWords)

// readMeasureWords panics where the program was built with a file that is none.
func readMeasureWords(text string) *vocabulary {
	v := &vocabulary{map[string]token{}, map[string]string{}, 0}
	kinds := map[string]kind{"name": nameToken, "person": personToken, "link": linkToken, "about": aboutToken, "more": moreToken, "known": knownToken, "count": countToken,
		"other": otherToken, "comma": commaToken, "slash": slashToken, "times": timesToken}
	for line := range strings.Lines(text) {
		head, words, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(head, "#") {
			continue
		}
		what, is, _ := strings.Cut(head, " ")
		k, ok := kinds[what]
		if !ok && what != "unit" {
			panic(fmt.Sprintf("outfit: data/body.txt: %q", line))
		}
		for word := range strings.FieldsSeq(words) {
			if what == "unit" {
				v.units[word] = is
			} else if _, twice := v.words[word]; !twice {
				v.words[word] = token{kind: k, is: is, text: word}
			}
			if word[0] < 'a' || word[0] > 'z' {
				v.longest = max(v.longest, len(word))
			}
		}
	}
	return v
}

// split splits a folded text into tokens.
func (v *vocabulary) split(text string) []token {
	tokens := make([]token, 0, len(text)/3+4)
	glued := false
	for i := 0; i < len(text); {
		t, n := v.next(text[i:], tokens)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(text[i:])
			glued = false
		} else {
			t.glued, glued = glued, true
			tokens = append(tokens, t)
		}
		i += n
	}
	return tokens
}

// next is the token that a text begins with and its length; 0 for white space.
func (v *vocabulary) next(text string, before []token) (t token, n int) {
	counted := len(before) > 0 && (before[len(before)-1].kind == numberToken || before[len(before)-1].kind == aboutToken)
	switch c := text[0]; {
	case c == '\n':
		return token{kind: commaToken}, 1
	case c <= ' ':
		return token{}, 0
	case c >= '0' && c <= '9':
		return digits(text)
	case c >= 'a' && c <= 'z':
		for n = 1; n < len(text) && text[n] >= 'a' && text[n] <= 'z'; n++ {
		}
		if t, ok := v.meaning(text[:n], counted); ok {
			return t, n
		}
		x, ok := numberWords[text[:n]]
		if ok {
			return token{kind: numberToken, is: "word", x: x}, n
		}
		return token{text: text[:n]}, n
	}
	return v.longestOf(text, counted)
}

// meaning is what a word means; behind a number it may be a unit.
func (v *vocabulary) meaning(word string, counted bool) (token, bool) {
	if u, ok := v.units[word]; ok && counted {
		return token{kind: unitToken, is: u}, true
	}
	t, ok := v.words[word]
	return t, ok
}

// longestOf is the longest word or number that a text of Chinese characters or
// signs begins with, else a character.
func (v *vocabulary) longestOf(text string, counted bool) (t token, n int) {
	for n = min(v.longest, len(text)); n > 0; n-- {
		if n == len(text) || utf8.RuneStart(text[n]) {
			if t, ok := v.meaning(text[:n], counted); ok {
				return t, n
			}
		}
	}
	if t, n := hanDigitsIn(text); n > 0 {
		return t, n
	}
	_, n = utf8.DecodeRuneInString(text)
	return token{text: text[:n]}, n
}

// digits reads a number of digits, perhaps with a decimal point.
func digits(text string) (t token, n int) {
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	whole := n
	if n+1 < len(text) && text[n] == '.' && text[n+1] >= '0' && text[n+1] <= '9' {
		for n++; n < len(text) && text[n] >= '0' && text[n] <= '9'; n++ {
		}
	}
	t = token{kind: numberToken}
	if n == whole {
		t.digits = n
	}
	if x, err := strconv.ParseFloat(text[:n], 64); err == nil {
		t.x = x
	}
	return t, n
}

// numberWords are the English numbers; hundred multiplies what stands before it.
var numberWords = func() map[string]float64 {
	all := map[string]float64{"hundred": 100}
	for x, word := range smallWords {
		all[word] = float64(x)
	}
	for x, word := range tensWords[2:] {
		all[word] = float64(10 * (x + 2))
	}
	return all
}()

// hanDigitsIn reads a Chinese number below a thousand, as it is spoken: 一百一十,
// 一百一 (110), 一百零五, 六十五, and figure by figure, 一七八.
func hanDigitsIn(text string) (t token, n int) {
	sum, last, figures, tens := 0.0, -1.0, 0, 1.0
	zero, placed := false, false
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		switch d := hanDigits[string(r)]; {
		case d > 0:
			if last >= 0 && !placed {
				d += 10 * int(last)
			}
			last, figures = float64(d), figures+1
		case r == '零' || r == '〇':
			if last >= 0 && !placed {
				last *= 10
			}
			zero, figures = true, figures+1
		case r == '百' && last > 0, r == '十':
			tens = 10
			if r == '百' {
				tens = 100
			}
			sum, last, placed, zero = sum+max(last, 1)*tens, -1, true, false
		default:
			return hanValue(sum, last, tens, placed, zero, figures, n)
		}
		n += size
	}
	return hanValue(sum, last, tens, placed, zero, figures, n)
}

// hanValue is the number whose last figure stands behind tens.
func hanValue(sum, last, tens float64, placed, zero bool, figures, n int) (token, int) {
	if last < 0 && !placed {
		return token{}, 0
	}
	if last > 0 && placed && tens == 100 && !zero {
		last *= 10 // 一百一 is 110
	}
	t := token{kind: numberToken, x: sum + max(last, 0)}
	if !placed {
		t.digits = figures
	}
	return t, n
}
