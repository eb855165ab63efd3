package outfit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"honeyguide/catalog/query"
	"honeyguide/packs"
)

// interests are what a text says that somebody likes: the packs' words for it,
// verbs ("she paints"), or else the words behind "loves". What they do not like
// is none, nor what is ruled out as a present.
func (g *Giver) interests(text string, tokens []packs.Token, all []mention, q *query.Query) []string {
	var keys []string
	add := func(key string) {
		if key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, m := range all {
		if m.of == interest && !isDenied(tokens, m.from) && !isRuledOut(q, text[tokens[m.from].Start:tokens[m.to-1].End]) {
			add(m.key)
		}
	}
	for _, key := range g.doings(tokens, all) {
		add(key)
	}
	if len(keys) == 0 {
		return liked(text, tokens, all)
	}
	return keys
}

func isRuledOut(q *query.Query, said string) bool {
	return slices.ContainsFunc(q.Mentions, func(m query.Mention) bool { return m.Negated && m.Text == said })
}

// isDenied tells whether words just before a token say no to it.
func isDenied(tokens []packs.Token, i int) bool {
	for back := 1; back <= 3 && i >= back && !strings.ContainsAny(tokens[i-back+1].Gap, marks); back++ {
		switch tokens[i-back].Text {
		case "not", "no", "dont", "doesnt", "didnt", "never", "hate", "hates", "dislike", "dislikes", "without", "不", "没", "别", "厌":
			return true
		}
	}
	return false
}

// marks part the clauses of a text.
const marks = ",.;!?，。；！？"

// doings are the interests that verbs say: "he cooks", "my dad fishes", "she loves
// to paint and knit". Behind a subject the verb ends in s, behind "to" it does not.
func (g *Giver) doings(tokens []packs.Token, all []mention) []string {
	var keys []string
	subject, to := false, false
	for i, t := range tokens {
		switch t.Text {
		case "he", "she", "who", "that":
			subject, to = true, false
			continue
		case "to":
			to = isOneOf(word(tokens, i-1), "loves", "love", "likes", "like", "enjoys")
			continue
		case "and", "or", "also", "always", "often", "really", "still":
			continue
		}
		key := ""
		switch verb, third := strings.CutSuffix(t.Text, "s"); {
		case subject && third:
			key = g.doing(verb)
		case to:
			key = g.doing(t.Text)
		}
		if key != "" && !isDenied(tokens, i) {
			keys = append(keys, key)
			continue
		}
		to = false
		subject = slices.ContainsFunc(all, func(m mention) bool { return m.of == recipient && m.to == i+1 })
	}
	return keys
}

// doing is the interest that a verb's form in -ing names, or nothing.
func (g *Giver) doing(verb string) string {
	if len(verb) < 3 {
		return ""
	}
	last := verb[len(verb)-1:]
	for _, stem := range []string{verb, strings.TrimSuffix(verb, "e"), verb + last} {
		if s, ok := g.words.Get(stem + "ing"); ok && s.of == interest {
			return s.key
		}
	}
	return ""
}

// The words behind which buyers say what somebody likes.
var liking = []string{"loves", "love", "likes", "like", "into", "enjoys", "fan of", "喜欢", "喜爱", "热爱", "爱好", "迷上",
	"他爱", "她爱", "很爱", "最爱", "特别爱", "痴迷", "沉迷", "热衷"}

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
			if known || i > from && strings.ContainsAny(t.Gap, marks) || stop-end > 32 || endsLiking(t.Text) {
				break
			}
			stop = t.End
		}
		first := tokenAt(tokens, at)
		if isDenied(tokens, first) || slices.ContainsFunc(all, func(m mention) bool { return m.from >= first && m.from < from && m.to >= from }) {
			continue
		}
		if phrase := strings.TrimSpace(text[end:stop]); phrase != "" && (end == len(text) || text[end] == ' ' || text[end] >= utf8.RuneSelf) {
			return []string{phrase}
		}
	}
	return nil
}

// tokenAt is the first token at or behind a place in the text.
func tokenAt(tokens []packs.Token, at int) int {
	if i := slices.IndexFunc(tokens, func(t packs.Token) bool { return t.End > at }); i >= 0 {
		return i
	}
	return len(tokens)
}

func endsLiking(word string) bool {
	switch word {
	case "and", "under", "below", "for", "by", "with", "who", "but", "的", "送", "买", "what", "my", "a", "an", "the", "to":
		return true
	}
	return false
}
