package query

import (
	"slices"
	"strings"

	"honeyguide/packs"
)

// shortestTypo is the length from which a word may be a misspelling: shorter
// ones have too many neighbours.
const shortestTypo = 5

// shortestSwap is the length from which a word may be one with two neighbouring
// letters swapped ("mne"): that is rarely another word by chance.
const shortestSwap = 3

// learnSpelling collects the words that may be meant by a misspelling, those of
// the names of categories, colours and people, under each spelling that lacks one
// letter, or of a short word, has two letters swapped.
func (n *Names) learnSpelling() {
	n.near, n.spellable = map[string][]string{}, map[string][]string{}
	learn := func(category string, names []string) {
		for _, name := range names {
			for _, t := range packs.Split(name) {
				if isWord(t.Text) && len(t.Text) >= shortestSwap && !isStop(t.Text) {
					n.learnWord(t.Text, category)
				}
			}
		}
	}
	for _, c := range n.packs.Categories() {
		learn(c.Key, c.Names.En)
	}
	for _, c := range n.packs.Colors() {
		learn("", c.Names.En)
	}
	for _, attribute := range []string{Gender, AgeGroup} {
		for _, value := range n.packs.Values(attribute) {
			learn("", value.Names.En)
		}
	}
}

// learnWord notes that a word may be meant where the store has a category;
// anywhere, if that is empty.
func (n *Names) learnWord(word, category string) {
	categories, learned := n.spellable[word]
	switch {
	case category == "":
		n.spellable[word] = nil
	case !learned || categories != nil && categories[len(categories)-1] != category:
		n.spellable[word] = append(categories, category)
	}
	if learned {
		return
	}
	add := func(spelling string) {
		if !slices.Contains(n.near[spelling], word) {
			n.near[spelling] = append(n.near[spelling], word)
		}
	}
	if len(word) < shortestTypo {
		for i := 1; i+1 < len(word); i++ {
			add(word[:i] + word[i+1:i+2] + word[i:i+1] + word[i+2:])
		}
		return
	}
	add(word)
	for i := range len(word) {
		add(word[:i] + word[i+1:])
	}
}

// correctTypos puts the meant word in place of an unknown one that is one
// letter away from it: left out, added, changed or swapped with its neighbour; in
// short words, swapped. The first letter is taken to be right. It returns what it
// replaced.
func (s *sentence) correctTypos() (replaced []string) {
	for i := range s.tokens {
		t := &s.tokens[i]
		if len(t.Text) >= shortestSwap && isWord(t.Text) && !s.v.knows(t.Text) {
			if meant := s.v.meant(t.Text); meant != "" {
				replaced = append(replaced, t.Text)
				t.Text = meant
			}
		}
	}
	return replaced
}

func (v *Vocabulary) knows(word string) bool {
	if v.isKnown(word) || v.ordinary[word] || isStop(word) {
		return true
	}
	for _, ending := range []string{"s", "d", "ed", "r", "er", "y", "ly"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && (v.isKnown(stem) || v.ordinary[stem]) {
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
			if candidate[0] == word[0] && oneAway(candidate, word) && (best == "" || candidate < best) && v.sells(candidate) &&
				(len(word) >= shortestTypo || len(candidate) < shortestTypo) {
				best = candidate
			}
		}
	}
	consider(word)
	if len(word) >= shortestTypo {
		for i := range len(word) {
			consider(word[:i] + word[i+1:])
		}
	}
	return best
}

// sells tells whether a word may name something that the store has.
func (v *Vocabulary) sells(word string) bool {
	categories := v.spellable[word]
	return categories == nil || slices.ContainsFunc(categories, func(key string) bool { _, ok := v.present(key); return ok })
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
