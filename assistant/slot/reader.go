package slot

import (
	"strings"
	"time"
	"unicode"

	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// Read reads what a sentence says. now is when it was said, in the buyer's zone. The
// first call, of any text, makes the lexicon and takes some ten milliseconds more.
func Read(text string, now time.Time) Slots {
	text = shorten(text)
	r := &reader{text: text, folded: words.Fold(text), today: time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)}
	r.tokens = packs.Split(r.folded)
	r.marks = make([]mark, len(r.tokens))
	r.findContacts()
	r.findOrder()
	r.findDate()
	r.findOrdinals()
	r.findPhrases()
	r.findThings()
	r.findSizes()
	r.findPieces()
	r.findEllipsis()
	r.answer()
	r.findTemper()
	return r.Slots
}

// shorten cuts a text after MaxRunes.
func shorten(text string) string {
	n := 0
	for i := range text {
		if n == MaxRunes {
			return text[:i]
		}
		n++
	}
	return text
}

// mark tells what has been made of a token.
type mark byte

const (
	free    mark = iota
	claimed      // it says something
	hidden       // it belongs to an expression or a number that means something else
)

// reader reads one sentence.
type reader struct {
	Slots
	text, folded string
	tokens       []packs.Token
	marks        []mark
	today        time.Time // midnight in UTC
}

// word is the text of a token, or nothing outside the sentence.
func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].Text
}

// gap is what stands before a token; at the end of the sentence, what stands there.
func (r *reader) gap(i int) string {
	switch {
	case i < len(r.tokens):
		return r.tokens[i].Gap
	case len(r.tokens) == 0:
		return r.folded
	}
	return r.folded[r.tokens[len(r.tokens)-1].End:]
}

// said is the folded text of tokens.
func (r *reader) said(from, to int) string {
	if from >= to {
		return ""
	}
	return r.folded[r.tokens[from].Start:r.tokens[to-1].End]
}

func (r *reader) mark(from, to int, m mark) {
	for i := from; i < to; i++ {
		r.marks[i] = max(r.marks[i], m)
	}
}

// markBytes marks the tokens of a part of the folded text.
func (r *reader) markBytes(from, to int, m mark) {
	for i, t := range r.tokens {
		if t.Start < to && t.End > from {
			r.marks[i] = max(r.marks[i], m)
		}
	}
}

// freeEnd is where the free tokens from i on end.
func (r *reader) freeEnd(i int) int {
	for i < len(r.tokens) && r.marks[i] == free {
		i++
	}
	return i
}

// breaks tells whether a clause ends before a token: at punctuation, and at a space
// between Chinese characters.
func (r *reader) breaks(i int) bool {
	if i <= 0 || i >= len(r.tokens) {
		return true
	}
	gap := r.gap(i)
	if gap == " " {
		return isHan(r.word(i)) && isHan(r.word(i-1))
	}
	return strings.Trim(gap, " -'/&·_+#") != "" || strings.HasPrefix(gap, " -")
}

// clauseStart tells whether a clause begins at a token, opening words aside.
func (r *reader) clauseStart(i int) bool {
	for !r.breaks(i) && openings[r.word(i-1)] {
		i--
	}
	return r.breaks(i)
}

// sentenceStart tells whether only opening words stand before a token.
func (r *reader) sentenceStart(i int) bool {
	for i > 0 && openings[r.word(i-1)] {
		i--
	}
	return i == 0
}

// clauseEnd tells whether a clause ends before a token, closing words aside.
func (r *reader) clauseEnd(i int) bool {
	for !r.breaks(i) && closings[r.word(i)] {
		i++
	}
	return r.breaks(i)
}

var (
	openings = set(`oh ok okay hi hello hey well hmm um uh ah so and but then please sorry actually maybe
		那 嗯 啊 哦 噢 呃 额 亲 就 请 唉 哎 我 还 也`)
	closings = set(`please pls thanks thank you thx then now today lol really haha
		吧 呢 啊 呀 哦 的 了 哈 嘛 啦 呗 谢 亲 哟 噢 喔`)
)

func set(list string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(list) {
		all[w] = true
	}
	return all
}

func isHan(word string) bool {
	for _, c := range word {
		return unicode.Is(unicode.Han, c)
	}
	return false
}

func isDigits(word string) bool {
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return false
		}
	}
	return word != ""
}

// has tells whether a word of the set is in the sentence.
func (r *reader) has(words map[string]bool) bool {
	for _, t := range r.tokens {
		if words[t.Text] {
			return true
		}
	}
	return false
}

// contains tells whether one of the texts is part of the folded sentence.
func (r *reader) contains(texts []string) bool {
	for _, t := range texts {
		if strings.Contains(r.folded, t) {
			return true
		}
	}
	return false
}
