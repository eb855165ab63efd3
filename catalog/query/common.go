package query

import (
	_ "embed"
	"slices"
	"strings"

	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// ordinaryWords are English words that shoppers use for what they mean: such a
// word is a brand only where the sentence says so, and never a misspelling.
//
//go:embed ordinary.txt
var ordinaryWords string

// Names are the names of the packs' things and the fixed expressions, which the
// vocabularies of all stores share. Making them takes tens of milliseconds:
// make them once. They do not change and are safe for concurrent use.
type Names struct {
	packs      *packs.Packs
	names      packs.Lexicon[[]meaning]
	groups     packs.Lexicon[string] // words for several categories → their keys, by line
	phrases    phrases
	inSterling phrases // where pounds are money

	ordinary  map[string]bool
	known     map[string]bool     // words of names: no misspellings
	near      map[string][]string // by spelling, the words that may be meant
	spellable map[string][]string // each of those words: the categories that it names; none: not only categories
}

// meaning is one thing that a name can stand for.
type meaning struct {
	field, value string
	exact        bool // the name says no more than the value
	recipient    bool // the name is a person's
}

// NewNames reads the names of the packs.
func NewNames(p *packs.Packs) *Names {
	n := &Names{packs: p, phrases: newPhrases(p, ""), inSterling: newPhrases(p, sterling), ordinary: map[string]bool{}, known: map[string]bool{}}
	for word := range strings.FieldsSeq(ordinaryWords) {
		n.ordinary[word] = true
	}
	for _, c := range p.Categories() {
		n.addNames(c.Names, Category, c.Key)
	}
	for _, c := range p.Colors() {
		n.addNames(c.Names, Color, c.Name)
	}
	for _, attribute := range packs.Attributes() {
		for _, value := range p.Values(attribute) {
			n.addNames(value.Names, attribute, value.Key)
			addMeaning(&n.names, value.Key, meaning{field: attribute, value: value.Key, exact: true})
		}
	}
	for gender, people := range recipients {
		for name := range strings.SplitSeq(people, ",") {
			addMeaning(&n.names, name, meaning{field: Gender, value: gender, recipient: true})
		}
	}
	n.names.AddVariants()
	n.nameGroups()
	n.names.Words(func(word string) { n.known[word] = true })
	n.learnSpelling()
	return n
}

func (n *Names) addNames(names packs.Names, field, value string) {
	for _, list := range [][]string{names.En, names.Zh} {
		first, itself := bare(list[0]), bare(value)
		for _, name := range list {
			said := bare(name)
			addMeaning(&n.names, name, meaning{field: field, value: value, exact: said == first || said == itself})
		}
	}
}

// addMeaning lets a name stand for something more.
func addMeaning(l *packs.Lexicon[[]meaning], name string, m meaning) {
	meanings, _ := l.Get(name)
	if !slices.ContainsFunc(meanings, m.isOf) {
		l.Add(name, append(slices.Clone(meanings), m))
	}
}

// isOf tells whether two meanings are of the same value.
func (m meaning) isOf(o meaning) bool {
	return m.field == o.field && m.value == o.value
}

// means tells whether a name of the packs has a meaning.
func (n *Names) means(name string, m meaning) bool {
	meanings, _ := n.names.Get(name)
	return slices.ContainsFunc(meanings, m.isOf)
}

// bare is a name folded, without spaces, marks and its plural ending: names that
// agree in it are one name.
func bare(name string) string {
	var b strings.Builder
	for _, t := range packs.Split(words.Fold(name)) {
		b.WriteString(t.Text)
	}
	return strings.TrimSuffix(words.Stem(b.String()), "e")
}
