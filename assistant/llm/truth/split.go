package truth

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences cuts a text into its sentences, each with its own ending.
func Sentences(text string) []string {
	var all []string
	for text != "" {
		end := SentenceEnd(text, true)
		if s := strings.TrimSpace(text[:end]); s != "" {
			all = append(all, s)
		}
		text = text[end:]
	}
	return all
}

// SentenceEnd returns where the first sentence of a text ends, in bytes. Without
// whole, more of the text may follow: then it is 0 until that is certain.
func SentenceEnd(text string, whole bool) int {
	begun := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		begun = begun || !unicode.IsSpace(r)
		switch {
		case r == '\n' && begun:
			return i
		case strings.ContainsRune("。！？", r):
			if i == len(text) && !whole {
				return 0
			}
			return closing(text, i)
		case strings.ContainsRune(".!?…", r):
			end := closing(text, i)
			if end == len(text) && !whole {
				return 0
			}
			next, _ := utf8.DecodeRuneInString(text[end:])
			if end == len(text) || (unicode.IsSpace(next) || isHan(next)) && (r != '.' || !abbreviated(text[:i], text[end:])) {
				return end
			}
		}
	}
	if whole {
		return len(text)
	}
	return 0
}

// closing skips more signs of an ending and the quotes and brackets that it closes.
func closing(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune(".!?…。！？\"”’』」）)*", r) {
			return i
		}
		i += size
	}
	return i
}

// abbreviated tells whether a point ends a word such as "Rs." or "approx.", a
// single letter or the number of a list's item, and no sentence. before ends with it.
func abbreviated(before, after string) bool {
	before = strings.TrimSuffix(before, ".")
	at := strings.LastIndexFunc(before, unicode.IsSpace) + 1
	last := strings.ToLower(strings.TrimLeft(before[at:], "(\"“"))
	switch last {
	case "rs", "mr", "mrs", "ms", "dr", "st", "vs", "approx", "e.g", "i.e", "inc", "ltd", "co", "max", "min", "jan", "feb", "aug", "sept", "oct", "nov", "dec":
		return true
	case "etc", "no":
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after[:min(len(after), 8)], " \t\n"))
		return !unicode.IsUpper(next)
	case "", "i", "s", "m", "l":
		return last == ""
	}
	if strings.Trim(last, "0123456789") == "" {
		return at == 0 || before[at-1] == '\n' // 1. First
	}
	return len(last) == 1
}
