package catalog

import (
	"math"
	"slices"

	"honeyguide/catalog/index"
	"honeyguide/catalog/words"
)

// The fields of answers that filters see.
const (
	tagLanguage = "language"
	tagState    = "state"   // live, pending, or off for what is disabled
	tagProduct  = "product" // the products it is about, or allProducts
	numberFrom  = "from"    // validity in Unix milliseconds, both ends inclusive
	numberUntil = "until"

	allProducts = "*"
	stateOff    = "off"
)

// newFAQEntry is what the index holds of an answer: the words of all ways to ask
// it and of what it says. Which way to ask is nearest is for rerank to tell.
func newFAQEntry(storeID string, f *FAQ) index.Entry {
	return index.Entry{Store: storeID, Kind: index.FAQs, ID: f.ID, Words: f.words(), Tags: f.tags(), Numbers: f.validity()}
}

func (f *FAQ) tags() map[string][]string {
	state, products := string(f.State), f.ProductIDs
	if !f.Enabled {
		state = stateOff
	}
	if len(products) == 0 {
		products = []string{allProducts}
	}
	return map[string][]string{tagLanguage: {f.Language}, tagState: {state}, tagProduct: products}
}

func (f *FAQ) validity() map[string]float64 {
	v := map[string]float64{numberFrom: 0, numberUntil: math.MaxInt32 * 1e6} // the year 70,000
	if f.ValidFrom != nil {
		v[numberFrom] = float64(f.ValidFrom.UnixMilli())
	}
	if f.ValidTo != nil {
		v[numberUntil] = float64(f.ValidTo.UnixMilli())
	}
	return v
}

// words are what the index finds an answer by: the words and shapes of its
// questions, and the words of what it says.
func (f *FAQ) words() index.Sparse {
	fields := make([]words.Field, 0, 2+len(f.Phrasings))
	for _, text := range f.asks() {
		fields = append(fields, words.Field{Text: text, Weight: askWeight, Pairs: true})
	}
	terms, weights := words.Document(append(fields, words.Field{Text: f.Answer, Weight: 1})...)
	return withShapes(index.Sparse{Terms: terms, Weights: weights}, shapesOf(f.asks()...))
}

// The weights by which candidates are found: words of questions against those of
// answers, and shapes against words.
const (
	askWeight   = 3
	shapeWeight = 0.5
)

// lookUp is what a question is looked up by.
func lookUp(text string, w wording) index.Sparse {
	terms, weights := words.Sparse(words.Field{Text: text, Weight: 1, Pairs: true})
	return withShapes(index.Sparse{Terms: terms, Weights: weights}, w.shapes)
}

// withShapes adds shapes to words.
func withShapes(s index.Sparse, shapes []uint32) index.Sparse {
	known := slices.Clone(s.Terms)
	slices.Sort(known)
	for _, shape := range shapes {
		if _, taken := slices.BinarySearch(known, shape); !taken { // a collision of hashes
			s.Terms, s.Weights = append(s.Terms, shape), append(s.Weights, shapeWeight)
		}
	}
	return s
}
