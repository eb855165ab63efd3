package query

import (
	_ "embed"
	"maps"
	"slices"
	"strings"

	"honeyguide/catalog/money"
	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// ordinaryWords are English words that shoppers use for what they mean: such a
// word is a brand only where the sentence says so, and never a misspelling.
//
//go:embed ordinary.txt
var ordinaryWords string

// hardShare is the share of products that must carry a field for its values to
// filter. Below it too many products are silent: then the words rank.
const hardShare = .5

// Vocabulary is what the buyers of one store can name: the packs' names and the
// store's own values. It does not change and is safe for concurrent use.
type Vocabulary struct {
	packs    *packs.Packs
	currency string
	unit     float64                   // minor units in one of the currency
	counts   map[string]map[string]int // field → value → products
	shares   map[string]float64        // field → share of products that carry it

	names   packs.Lexicon[[]meaning]
	brands  packs.Lexicon[*brand]
	sizes   packs.Lexicon[[]string] // names of sizes → the store's values
	bodies  packs.Lexicon[[]string] // sizes that need no cue, such as XL
	large   []string                // the store's sizes from XL up
	phrases phrases

	ordinary map[string]bool
	known    map[string]bool // words that are no misspellings
	near     map[string][]string
}

// meaning is one thing that a name can stand for.
type meaning struct {
	field, value string
	exact        bool // the name says no more than the value
	recipient    bool // the name is a person's
}

// brand is a brand of the store.
type brand struct {
	values []string // as products write it
	kind   nameKind
}

// nameKind tells how likely a brand's name means the brand.
type nameKind byte

const (
	unusual  nameKind = iota // it means nothing else
	ordinary                 // an ordinary word: Arrow
	tiny                     // a letter, a number, a word that only joins others: W, AND
	spoken                   // names of colours, categories, materials: Black coffee
)

// NewVocabulary makes the vocabulary of a store with this currency (ISO 4217).
// counts tells by field how many products carry each value, as the index's tags
// do: categories with their ancestors, colours with their families, brands and
// sizes as the merchant writes them. It is read, not kept.
func NewVocabulary(p *packs.Packs, currency string, counts map[string]map[string]int) *Vocabulary {
	v := &Vocabulary{
		packs: p, currency: currency, unit: 1, counts: map[string]map[string]int{}, shares: shares(counts),
		ordinary: map[string]bool{}, known: map[string]bool{}, phrases: newPhrases(p, currency),
	}
	for range money.Exponent(currency) {
		v.unit *= 10
	}
	for field, values := range counts {
		v.counts[field] = maps.Clone(values)
	}
	for word := range strings.FieldsSeq(ordinaryWords) {
		v.ordinary[word] = true
	}
	v.nameCategories()
	v.nameColors()
	for _, attribute := range packs.Attributes() {
		v.nameValues(attribute)
	}
	v.nameRecipients()
	v.names.AddVariants()
	v.nameBrands()
	v.nameSizes()
	v.learnSpelling()
	return v
}

// shares estimates how many products carry each field. The number of products
// is taken from the fields that have one value each.
func shares(counts map[string]map[string]int) map[string]float64 {
	sums, products := map[string]int{}, 0
	for field, values := range counts {
		for _, n := range values {
			sums[field] += n
		}
	}
	for field, n := range sums {
		if field != Category && field != Color && field != Size {
			products = max(products, n)
		}
	}
	shares := map[string]float64{}
	for field, n := range sums {
		shares[field] = min(1, float64(n)/float64(max(1, products)))
	}
	return shares
}

// has tells whether a product of the store carries the value.
func (v *Vocabulary) has(field, value string) bool {
	return v.counts[field][value] > 0
}

func (v *Vocabulary) addName(name string, m meaning) {
	meanings, _ := v.names.Get(name)
	if !slices.ContainsFunc(meanings, func(o meaning) bool { return o.field == m.field && o.value == m.value }) {
		v.names.Add(name, append(slices.Clone(meanings), m))
	}
}

func (v *Vocabulary) addNames(names packs.Names, field, value string) {
	for _, list := range [][]string{names.En, names.Zh} {
		for _, name := range list {
			v.addName(name, meaning{field: field, value: value, exact: sameName(name, list[0]) || sameName(name, value)})
		}
	}
}

// sameName tells whether two names differ by number and spacing only.
func sameName(a, b string) bool {
	return bare(a) == bare(b)
}

// bare is a name folded, without spaces, marks and its plural ending.
func bare(name string) string {
	var b strings.Builder
	for _, t := range packs.Split(words.Fold(name)) {
		b.WriteString(t.Text)
	}
	return strings.TrimSuffix(words.Stem(b.String()), "e")
}

func (v *Vocabulary) nameCategories() {
	for _, c := range v.packs.Categories() {
		v.addNames(c.Names, Category, c.Key)
	}
}

func (v *Vocabulary) nameColors() {
	for _, c := range v.packs.Colors() {
		v.addNames(c.Names, Color, c.Name)
	}
}

// nameValues names the packs' values of an attribute and the store's own, but
// for those that are ordinary words: a store's season "all" is no name.
func (v *Vocabulary) nameValues(attribute string) {
	for _, value := range v.packs.Values(attribute) {
		v.addNames(value.Names, attribute, value.Key)
		v.addName(value.Key, meaning{field: attribute, value: value.Key, exact: true})
	}
	for value := range v.counts[attribute] {
		if !v.ordinary[value] {
			v.addName(value, meaning{field: attribute, value: value, exact: true})
		}
	}
}

func (v *Vocabulary) nameRecipients() {
	for gender, people := range recipients {
		for name := range strings.SplitSeq(people, ",") {
			v.addName(name, meaning{field: Gender, value: gender, recipient: true})
		}
	}
}

// nameBrands names the store's brands as they are written, and as Chinese
// buyers call them. Spellings that differ by case or marks are one brand.
func (v *Vocabulary) nameBrands() {
	for _, value := range slices.Sorted(maps.Keys(v.counts[Brand])) {
		name := words.Fold(value)
		b, ok := v.brands.Get(name)
		if !ok {
			b = v.newBrand(name)
			v.brands.Add(name, b)
		}
		b.values = append(b.values, value)
		for _, called := range append(v.packs.BrandNames(name), initials(name)) {
			if _, taken := v.brands.Get(called); !taken || isHan(called) {
				v.brands.Add(called, b)
			}
		}
	}
	v.brands.AddVariants()
}

// initials returns a name with neighbouring single letters joined: U.S. Polo is
// US Polo too.
func initials(name string) string {
	var b strings.Builder
	tokens := packs.Split(name)
	for i, t := range tokens {
		if i > 0 && !(len(t.Text) == 1 && len(tokens[i-1].Text) == 1) {
			b.WriteByte(' ')
		}
		b.WriteString(t.Text)
	}
	return b.String()
}

func (v *Vocabulary) newBrand(name string) *brand {
	tokens := packs.Split(name)
	all := func(is func(word string) bool) bool {
		return !slices.ContainsFunc(tokens, func(t packs.Token) bool { return !is(t.Text) })
	}
	named := func(word string) bool { _, ok := v.names.Get(word); return ok }
	small := func(word string) bool {
		if isHan(word) {
			return len(tokens) == 1
		}
		_, said := v.phrases.chatter.Get(word)
		return len(word) == 1 || !isWord(word) || isStop(word) || said
	}
	switch {
	case all(small):
		return &brand{kind: tiny}
	case named(name) || all(func(w string) bool { return isWord(w) && named(w) }):
		return &brand{kind: spoken}
	case all(func(w string) bool { return isWord(w) && (named(w) || small(w) || len(w) == 2 || v.ordinary[w]) }):
		return &brand{kind: ordinary}
	}
	return &brand{}
}
