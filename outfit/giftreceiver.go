package outfit

import (
	"slices"
	"strings"

	"honeyguide/packs"
)

// receiver is who is given to: the first person behind "for", "to", 送 or 给,
// else the first at all, and of a chain such as "my friend's daughter" the last.
// Oneself is meant only where nobody else is named.
func receiver(text string, tokens []packs.Token, all []mention) string {
	people := slices.DeleteFunc(slices.Clone(all), func(m mention) bool { return m.of != recipient })
	others := slices.DeleteFunc(slices.Clone(people), func(m mention) bool { return m.key == "self" })
	if len(others) == 0 {
		if len(people) == 0 {
			return ""
		}
		return people[0].key
	}
	at := max(0, slices.IndexFunc(others, func(m mention) bool { return isGivenTo(tokens, m.from) }))
	for at+1 < len(others) && owns(text, tokens, others[at], others[at+1]) {
		at++
	}
	return others[at].key
}

// isGivenTo tells whether a word that leads to a recipient stands just before a token.
func isGivenTo(tokens []packs.Token, i int) bool {
	for back := 1; back <= 3 && i >= back; back++ {
		switch tokens[i-back].Text {
		case "for", "to", "送", "给", "為", "为":
			return true
		case "from", "by", "和", "跟":
			return false
		}
	}
	return false
}

// owns tells whether b is said to be a's: "friend's daughter", 同事的孩子.
func owns(text string, tokens []packs.Token, a, b mention) bool {
	last := tokens[a.to-1]
	possessive := strings.HasSuffix(text[last.Start:last.End], "'s") || a.to < len(tokens) && tokens[a.to].Text == "的"
	return b.from == a.to || possessive && b.from-a.to <= 5
}
