package intent

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

var (
	//go:embed data/concepts.txt
	conceptsText string
	//go:embed data/goods.txt
	goodsText string
)

// lexicon knows which words mean nearly the same, in both languages.
type lexicon struct {
	names    []string
	concepts map[string][]uint16 // by the stems of a word or of several
	longest  int                 // in tokens
}

// newLexicon reads lines of "name = word, several words, …".
func newLexicon(texts ...string) (*lexicon, error) {
	l := &lexicon{concepts: map[string][]uint16{}}
	for _, text := range texts {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			name, words, ok := strings.Cut(line, " = ")
			if !ok {
				return nil, fmt.Errorf("intent concepts: %.40q has no \" = \"", line)
			}
			l.add(name, strings.Split(words, ", "))
		}
	}
	return l, nil
}

func (l *lexicon) add(name string, words []string) {
	at := slices.Index(l.names, name)
	if at < 0 {
		at, l.names = len(l.names), append(l.names, name)
	}
	for _, word := range words {
		var key []byte
		tokens := read(word).tokens
		for _, token := range tokens {
			key = appendKey(key, token)
		}
		l.longest = max(l.longest, len(tokens))
		if had := l.concepts[string(key)]; !slices.Contains(had, uint16(at)) {
			l.concepts[string(key)] = append(had, uint16(at))
		}
	}
}

// appendKey appends a token to the key of those before it.
func appendKey(key []byte, token string) []byte {
	if isHan(token) {
		return append(key, token...)
	}
	return append(append(key, ' '), stem(token)...)
}

// mention is a concept that tokens from one to before another stand for.
type mention struct {
	concept  uint16
	from, to int
}

// find returns the concepts of tokens in order: the longest at each place, and none
// that lies within another.
func (l *lexicon) find(tokens []string) []mention {
	var all []mention
	end := 0
	var buffer [64]byte
	for i := range tokens {
		key, to, best := buffer[:0], 0, []uint16(nil)
		for j := i; j < len(tokens) && j < i+l.longest; j++ {
			key = appendKey(key, tokens[j])
			if found, ok := l.concepts[string(key)]; ok {
				to, best = j+1, found
			}
		}
		if to <= end {
			continue
		}
		end = to
		for _, concept := range best {
			all = append(all, mention{concept, i, to})
		}
	}
	return all
}

// distinct returns the concepts mentioned, ascending.
func distinct(mentions []mention) []uint16 {
	var all []uint16
	for _, m := range mentions {
		all = append(all, m.concept)
	}
	slices.SortFunc(all, cmp.Compare)
	return slices.Compact(all)
}

// stem cuts an English word's inflection, roughly, so that "arrives", "arrived" and
// "arriving" are one.
func stem(word string) string {
	for _, ending := range []string{"ing", "ies", "ied", "ed", "es", "s", "e", "y"} {
		if rest, ok := strings.CutSuffix(word, ending); ok && len(rest) >= 3 {
			n := len(rest)
			if (ending == "ing" || ending == "ed") && rest[n-1] == rest[n-2] && !strings.ContainsRune("ls", rune(rest[n-1])) {
				rest = rest[:n-1]
			}
			return rest
		}
	}
	return word
}
