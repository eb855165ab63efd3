package query

import (
	"slices"
	"strings"

	"honeyguide/packs"
)

// shortestTypo is the length from which a word may be a misspelling: shorter
// ones have too many neighbours.
const shortestTypo = 5

// learnSpelling collects the words that may be meant by a misspelling, those of
// the names of what the store has, under each spelling that lacks one letter,
// and the words that are right as they are.
func (v *Vocabulary) learnSpelling() {
	v.near = map[string][]string{}
	v.brands.Words(func(word string) { v.known[word] = true })
	v.names.Words(func(word string) { v.known[word] = true })
	learned := map[string]bool{}
	learn := func(names []string) {
		for _, name := range names {
			for _, t := range packs.Split(name) {
				if isWord(t.Text) && len(t.Text) >= shortestTypo && !learned[t.Text] {
					learned[t.Text] = true
					v.learnWord(t.Text)
				}
			}
		}
	}
	for _, c := range v.packs.Categories() {
		if _, ok := v.present(c.Key); ok {
			learn(c.Names.En)
		}
	}
	for _, c := range v.packs.Colors() {
		learn(c.Names.En)
	}
}

func (v *Vocabulary) learnWord(word string) {
	add := func(spelling string) {
		if !slices.Contains(v.near[spelling], word) {
			v.near[spelling] = append(v.near[spelling], word)
		}
	}
	add(word)
	for i := range len(word) {
		add(word[:i] + word[i+1:])
	}
}

// correctTypos puts the meant word in place of an unknown one that is one
// letter away from it: left out, added, changed or swapped with its neighbour.
// The first letter is taken to be right. It returns what it replaced.
func (s *sentence) correctTypos() (replaced []string) {
	for i := range s.tokens {
		t := &s.tokens[i]
		if len(t.Text) >= shortestTypo && isWord(t.Text) && !s.v.knows(t.Text) {
			if meant := s.v.meant(t.Text); meant != "" {
				replaced = append(replaced, t.Text)
				t.Text = meant
			}
		}
	}
	return replaced
}

func (v *Vocabulary) knows(word string) bool {
	if v.known[word] || v.ordinary[word] || isStop(word) {
		return true
	}
	for _, ending := range []string{"s", "d", "ed", "r", "er", "y", "ly"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && (v.known[stem] || v.ordinary[stem]) {
			return true
		}
	}
	for _, l := range []*packs.Lexicon[struct{}]{&v.phrases.chatter, &v.phrases.units} {
		if _, ok := l.Get(word); ok {
			return true
		}
	}
	return false
}

// meant returns the one word that a misspelling stands for, the alphabetically
// first of several, or nothing.
func (v *Vocabulary) meant(word string) string {
	best := ""
	consider := func(spelling string) {
		for _, candidate := range v.near[spelling] {
			if candidate[0] == word[0] && oneAway(candidate, word) && (best == "" || candidate < best) {
				best = candidate
			}
		}
	}
	consider(word)
	for i := range len(word) {
		consider(word[:i] + word[i+1:])
	}
	return best
}

// oneAway tells whether one edit turns a into b: a letter left out, added,
// changed, or two neighbours swapped.
func oneAway(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
