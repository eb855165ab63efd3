package outfit

import (
	"slices"
	"strings"
	"unicode/utf8"

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

// The words behind which buyers say what somebody likes.
var liking = []string{"loves", "love", "likes", "like", "into", "enjoys", "fan of", "喜欢", "喜爱", "热爱", "爱好", "迷上"}

// liked are the words behind "loves" or 喜欢 up to the next mark or known word,
// four words or eight characters at most.
func liked(text string, tokens []packs.Token, all []mention) []string {
	for _, cue := range liking {
		at := strings.Index(text, cue)
		if at < 0 {
			continue
		}
		end, from := at+len(cue), -1
		stop := end
		for i, t := range tokens {
			if t.Start < end {
				continue
			}
			if from < 0 {
				from = i
			}
			known := slices.ContainsFunc(all, func(m mention) bool { return m.from == i })
			if known || i > from && strings.ContainsAny(t.Gap, ",.;!?，。；！？") || stop-end > 32 || endsLiking(t.Text) {
				break
			}
			stop = t.End
		}
		if phrase := strings.TrimSpace(text[end:stop]); phrase != "" && (end == len(text) || text[end] == ' ' || text[end] >= utf8.RuneSelf) {
			return []string{phrase}
		}
	}
	return nil
}

func endsLiking(word string) bool {
	switch word {
	case "and", "under", "below", "for", "by", "with", "who", "but", "的", "送", "买", "what", "my", "a", "an", "the", "to":
		return true
	}
	return false
}
