package query

import (
	"maps"
	"slices"
	"strings"

	"honeyguide/catalog/money"
	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// hardShare is the share of products that must carry a field for its values to
// filter. Below it too many products are silent: then the words rank.
const hardShare = .5

// Vocabulary is what the buyers of one store can name: the packs' names and the
// store's own values. It does not change and is safe for concurrent use.
type Vocabulary struct {
	*Names
	phrases  *phrases // those of Names that fit the currency
	currency string
	unit     float64                   // minor units in one of the currency
	counts   map[string]map[string]int // field → value → products
	shares   map[string]float64        // field → share of products that carry it

	own      packs.Lexicon[[]meaning] // names of values that the packs do not know
	brands   packs.Lexicon[*brand]
	sizes    packs.Lexicon[[]string] // names of sizes → the store's values
	bodies   packs.Lexicon[[]string] // sizes that need no cue, such as XL
	large    []string                // the store's sizes from XL up
	ownWords map[string]bool         // words of own and brands
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

// NewVocabulary makes the vocabulary of one store: NewNames and Names.Vocabulary.
func NewVocabulary(p *packs.Packs, currency string, counts map[string]map[string]int) *Vocabulary {
	return NewNames(p).Vocabulary(currency, counts, nil)
}

// Vocabulary makes the vocabulary of a store with this currency (ISO 4217).
// counts tells by field how many products carry each value, as the index's tags
// do: categories with their ancestors, colours with their families, brands and
// sizes as the merchant writes them. It is read, not kept. named are the merchant's own
// words for kinds of things, by category; they outweigh the packs' of the same spelling.
func (n *Names) Vocabulary(currency string, counts map[string]map[string]int, named map[string][]string) *Vocabulary {
	v := &Vocabulary{
		Names: n, phrases: &n.phrases, currency: currency, unit: 1,
		counts: map[string]map[string]int{}, shares: shares(counts), ownWords: map[string]bool{},
	}
	if currency == sterling {
		v.phrases = &n.inSterling
	}
	for range money.Exponent(currency) {
		v.unit *= 10
	}
	for field, values := range counts {
		v.counts[field] = maps.Clone(values)
	}
	for _, category := range slices.Sorted(maps.Keys(named)) {
		for _, name := range named[category] {
			addMeaning(&v.own, name, meaning{field: Category, value: category, exact: true})
		}
	}
	v.nameOwnValues()
	v.nameBrands()
	v.nameSizes()
	for _, words := range []func(func(string)){v.own.Words, v.brands.Words} {
		words(func(word string) { v.ownWords[word] = true })
	}
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

// nameOwnValues names the store's values of attributes, but for those that are
// ordinary words: a store's season "all" is no name.
func (v *Vocabulary) nameOwnValues() {
	for _, attribute := range packs.Attributes() {
		for value := range v.counts[attribute] {
			if m := (meaning{field: attribute, value: value, exact: true}); !v.ordinary[value] && !v.means(value, m) {
				addMeaning(&v.own, value, m)
			}
		}
	}
	v.own.AddVariants()
}

// longestName matches the names of the packs and the store's own values at the
// first token, like packs.Lexicon.
func (v *Vocabulary) longestName(tokens []packs.Token) (meanings []meaning, count int) {
	meanings, count = v.names.Longest(tokens)
	switch own, n := v.own.Longest(tokens); {
	case n > count, n > 0 && n == count && own[0].field == Category: // kinds are named by the merchant alone
		return own, n
	case n > 0 && n == count:
		return slices.Concat(meanings, own), n
	}
	return meanings, count
}

func (v *Vocabulary) isName(name string) bool {
	_, ok := v.names.Get(name)
	_, own := v.own.Get(name)
	return ok || own
}

// isKnown tells whether a word is one of those that names are made of.
func (v *Vocabulary) isKnown(word string) bool {
	return v.known[word] || v.ownWords[word]
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
	case v.isName(name) || all(func(w string) bool { return isWord(w) && v.isName(w) }):
		return &brand{kind: spoken}
	case all(func(w string) bool { return isWord(w) && (v.isName(w) || small(w) || len(w) == 2 || v.ordinary[w]) }):
		return &brand{kind: ordinary}
	}
	return &brand{}
}
