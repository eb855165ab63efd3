package truth

import (
	"strings"
	"time"
)

// text is a text that has been read.
type text struct {
	raw    string
	all    []token
	claims []claim
	asks   bool // it is a question to the reader
}

// read finds the claims of a text. now gives "tomorrow" its date.
func read(raw string, now time.Time) text {
	t := text{raw: raw, all: tokens(raw), asks: isQuestion(raw)}
	t.contacts()
	for i := 0; i < len(t.all); {
		if t.all[i].used {
			i++
			continue
		}
		next := t.numberAt(i, now)
		if next == i {
			next = t.codeAt(i)
		}
		i = max(next, i+1)
	}
	t.notions()
	if denies(t) {
		for i := range t.claims {
			t.claims[i].denied = t.claims[i].kind == size
		}
	}
	return t
}

// numberAt reads what is said with a number, a date, a time or a size at a token,
// and returns the token after it, or i where there is nothing.
func (t *text) numberAt(i int, now time.Time) int {
	if next := t.dateAt(i, now); next > i {
		return next
	}
	if next := t.clockAt(i); next > i {
		return next
	}
	if next := t.sizeAt(i); next > i {
		return next
	}
	if next := t.shareAt(i); next > i {
		return next
	}
	return t.amountAt(i)
}

// add keeps a claim that reaches from one token to the one before next.
func (t *text) add(c claim, from, next int) int {
	c.from, c.to, c.at = t.all[from].from, t.all[next-1].to, from
	t.claims = append(t.claims, c)
	return next
}

// word is the folded text of a token, or nothing outside the text.
func (t *text) word(i int) string {
	if i < 0 || i >= len(t.all) || t.all[i].used {
		return ""
	}
	return t.all[i].text
}

// joined is the text of up to n Chinese characters in a row, or of one other token.
func (t *text) joined(i, n int) string {
	if i < 0 || i >= len(t.all) || t.all[i].sort != han {
		return t.word(i)
	}
	var b strings.Builder
	for j := i; j < i+n; j++ {
		if j >= len(t.all) || t.all[j].sort != han || t.all[j].used {
			return ""
		}
		b.WriteString(t.all[j].text)
	}
	return b.String()
}

// longest looks up the longest phrase of Chinese characters (up to three), or the
// single other token, at a place. n is 0 where there is none.
func longest[V any](t *text, i int, table map[string]V) (v V, n int) {
	if i >= len(t.all) {
		return v, 0
	}
	most := 1
	if t.all[i].sort == han {
		most = 3
	}
	for n = most; n > 0; n-- {
		if s := t.joined(i, n); s != "" {
			if v, ok := table[s]; ok {
				return v, n
			}
		}
	}
	return v, 0
}

// isQuestion tells whether a sentence only asks.
func isQuestion(raw string) bool {
	raw = strings.TrimRight(raw, " \t\n\"”’)）」』~")
	return strings.HasSuffix(raw, "?") || strings.HasSuffix(raw, "？") ||
		strings.HasSuffix(raw, "吗") || strings.HasSuffix(raw, "吗。") || strings.HasSuffix(raw, "呢")
}

// before tells whether one of the words stands among the n tokens before i, in the
// same clause.
func (t *text) before(i, n int, words map[string]bool) bool {
	for j := i - 1; j >= 0 && j >= i-n; j-- {
		if s := t.all[j].text; t.all[j].sort == sign && strings.Contains(",.;:!?，。；：！？、", s) {
			return false
		} else if words[s] || t.all[j].sort == han && words[t.joined(j, 2)] {
			return true
		}
	}
	return false
}
