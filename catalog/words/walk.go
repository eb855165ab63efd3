package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTerm cuts what no reader would call a word, in bytes.
const maxTerm = 64

// walker finds the terms of one folded text from left to right. A term is
// emitted as two halves, so that compounds cost no allocation.
type walker struct {
	text  string
	pairs bool
	emit  func(first, second string)

	before    string // the word before, unstemmed; empty at the start and after Chinese
	beforeEnd int    // where it ended
	dropped   []string
	emitted   bool
}

// walk emits the terms of text. A text of stop words only gives them after all:
// they may be a brand's name.
func walk(text string, pairs bool, emit func(first, second string)) {
	w := walker{text: Fold(text), pairs: pairs, emit: emit}
	for at := 0; at < len(w.text); {
		r, n := utf8.DecodeRuneInString(w.text[at:])
		switch {
		case isHan(r):
			at = w.han(at)
		case isWordRune(r):
			at = w.word(at)
		default:
			at += n
		}
	}
	if !w.emitted {
		for _, word := range w.dropped {
			emit(word, "")
		}
	}
}

// han emits the neighbouring characters of a run that starts at at and returns
// its end. Particles end a run. A single Latin letter beside a character
// belongs to the run: T恤, V领.
func (w *walker) han(at int) int {
	w.before = ""
	begin, count, last := at, 0, at
	for at < len(w.text) {
		r, n := utf8.DecodeRuneInString(w.text[at:])
		if count == 0 && strings.ContainsRune(particles, r) {
			return at + n
		}
		if !(isHan(r) || count == 0) || strings.ContainsRune(particles, r) {
			break
		}
		if count > 0 {
			w.put(w.text[last:at+n], "")
		}
		last, at = at, at+n
		count++
	}
	if count == 1 {
		w.put(w.text[begin:at], "")
	}
	return at
}

// word emits what the word that starts at at gives and returns its end.
func (w *walker) word(at int) int {
	end := wordEnd(w.text, at)
	if isLetter(w.text[at:end]) && startsHan(w.text[end:]) {
		return w.han(at)
	}
	word := plainWord(w.text[at:end])
	if number, unit := cutUnit(word); unit != "" {
		w.put(number, "")
		w.put(word, "")
	} else {
		w.follow(word, at, end)
	}
	w.before, w.beforeEnd = word, end
	return end
}

// follow emits a word and what it forms with the word before it.
func (w *walker) follow(word string, at, end int) {
	stem := Stem(word)
	gap := w.text[w.beforeEnd:at]
	switch {
	case w.before == "" || len(gap) > 1:
	case isNumber(w.before) && isUnit(word), isPrefix(w.before, gap):
		w.put(w.before, stem)
		return
	case gap == "-" || gap == "&", w.pairs && !isStop(w.before) && !isStop(word):
		w.put(w.before, stem)
	}
	switch {
	case isStop(word):
		w.dropped = append(w.dropped, word)
	case end < len(w.text) && isPrefix(word, w.text[end:end+1]) && startsLetter(w.text[end+1:]):
		// The next word brings it as a compound.
	default:
		w.put(stem, "")
	}
}

// isPrefix tells whether word is a single letter that makes one word with what
// follows after gap: any before a hyphen, some before a space (t shirt, v neck).
func isPrefix(word, gap string) bool {
	return isLetter(word) && (gap == "-" || gap == " " && strings.Contains(prefixes, word))
}

func (w *walker) put(first, second string) {
	w.emitted = true
	w.emit(first, second)
}

// wordEnd returns the end of the word that starts at at: letters, digits and
// marks, apostrophes between letters, points and thousands' commas in numbers.
func wordEnd(text string, at int) int {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !isWordRune(r) && !(r == '\'' && startsLetter(text[at+n:])) && !(r < utf8.RuneSelf && inNumber(text, at)) {
			break
		}
		at += n
	}
	return at
}

// inNumber tells whether the mark at at belongs to a number: 2.5 or 1,000.
func inNumber(text string, at int) bool {
	digits := 0
	for rest := text[at+1:]; digits < len(rest) && isDigit(rest[digits]); {
		digits++
	}
	isAfter := at > 0 && isDigit(text[at-1])
	return isAfter && (text[at] == '.' && digits > 0 || text[at] == ',' && digits == 3)
}

// plainWord drops apostrophes and thousands' commas and cuts endless words.
func plainWord(word string) string {
	if strings.ContainsAny(word, "',") {
		word = strings.NewReplacer("'", "", ",", "").Replace(word)
	}
	if len(word) > maxTerm {
		word = strings.ToValidUTF8(word[:maxTerm], "")
	}
	return word
}

func startsLetter(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLetter(r) && !isHan(r)
}

func startsHan(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return isHan(r)
}

// isHan tells a Chinese character. Japanese syllables count too: they are
// written without spaces as well.
func isHan(r rune) bool {
	switch {
	case r < 0x3040:
		return false
	case r <= 0x30ff, r >= 0x3400 && r <= 0x4dbf, r >= 0x4e00 && r <= 0x9fff, r >= 0xf900 && r <= 0xfaff, r >= 0x20000 && r <= 0x3ffff:
		return true
	}
	return false
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return !isHan(r) && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}
