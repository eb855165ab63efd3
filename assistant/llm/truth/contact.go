package truth

import (
	"regexp"
	"strings"
)

// The shapes of addresses. Links need no scheme: a name before a known ending will do.
var (
	linkShape = regexp.MustCompile(`(?i)\b(?:[a-z][a-z0-9+.-]*://[^\s<>"'“”，。）)]+|www\.[^\s<>"'“”，。）)]+|` +
		`(?:[a-z0-9-]+\.)+(?:com|cn|net|org|shop|store|io|co|in|me|ly|app|link|top|xyz|vip|info|biz|uk|de|fr|eu|us|jp|hk|tw|sg|online|site|club|live|cc|tv|ai|dev|gg|to|example|test)\b(?:/[^\s<>"'“”，。）)]*)?)`)
	mailShape  = regexp.MustCompile(`(?i)[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}`)
	phoneShape = regexp.MustCompile(`\+?\(?\d[\d\s().-]{5,17}\d`)
)

// contacts claims links, mail addresses and telephone numbers, and marks their
// tokens as read.
func (t *text) contacts() {
	if strings.IndexByte(t.raw, '@') >= 0 {
		t.claimShape(mailShape, 0)
	}
	if strings.Contains(t.raw, "://") || dotted(t.raw) {
		t.claimShape(linkShape, 0)
	}
	if digitsIn(t.raw) >= 7 {
		t.claimShape(phoneShape, 7)
	}
}

// claimShape claims every match that has at least so many digits.
func (t *text) claimShape(shape *regexp.Regexp, least int) {
	for _, at := range shape.FindAllStringIndex(t.raw, -1) {
		found := strings.TrimRight(t.raw[at[0]:at[1]], ".,;:!?")
		if least > 0 && !isPhone(found, least) {
			continue
		}
		first, last := -1, 0
		for i := range t.all {
			if t.all[i].from >= at[0] && t.all[i].to <= at[0]+len(found) && !t.all[i].used {
				if first < 0 {
					first = i
				}
				t.all[i].used, last = true, i+1
			}
		}
		if first >= 0 {
			t.add(claim{kind: contact, text: contactText(found)}, first, last)
		}
	}
}

// contactText is what addresses are compared by: telephone numbers by their digits,
// links without scheme and a slash at the end.
func contactText(s string) string {
	if isPhone(s, 7) {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, s)
	}
	s = strings.ToLower(s)
	for _, scheme := range []string{"https://", "http://", "mailto:", "www."} {
		s = strings.TrimPrefix(s, scheme)
	}
	return strings.TrimRight(s, "/")
}

// isPhone tells telephone numbers from dates, amounts and plain numbers: they have
// a plus, or groups with hyphens or spaces of which none is a year at the front.
func isPhone(s string, least int) bool {
	if digitsIn(s) < least || strings.Trim(s, "+0123456789 ().-") != "" {
		return false
	}
	if s[0] == '+' || s[0] == '(' {
		return true
	}
	plain := strings.Trim(s, "0123456789") == ""
	if plain {
		return len(s) == 11 && s[0] == '1' || s[0] == '0' // as mobiles in China; others may be order numbers
	}
	return !isoDate(s) && strings.ContainsAny(s, "- ") && strings.Count(s, ".") < 2 && digitsIn(s) <= 15
}

func isoDate(s string) bool {
	return len(s) >= 8 && (s[4] == '-' || s[4] == '.') && (s[:2] == "19" || s[:2] == "20")
}

func digitsIn(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// dotted tells whether a point stands between letters.
func dotted(s string) bool {
	letter := func(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
	for i := 1; i+1 < len(s); i++ {
		if s[i] == '.' && letter(s[i+1]) && (letter(s[i-1]) || s[i-1] >= '0' && s[i-1] <= '9') {
			return true
		}
	}
	return false
}
