// Package words normalises, splits and weighs words, English and Chinese, so
// that a product's texts and a buyer's words meet in the same terms.
//
// English words are folded, stripped of apostrophes and plural endings; stop
// words are dropped. Hyphenated words give their parts and their compound
// ("low-top": low, top, lowtop), a single letter only its compound ("t-shirt",
// "t shirt" and "tshirt" are one term), a number with its unit gives both
// ("16 GB" and "16gb": 16, 16gb). Chinese gives the pairs of neighbouring
// characters, or the character where it stands alone.
package words

import (
	"cmp"
	"slices"
)

// Field is a part of a text and how much its words count.
type Field struct {
	Text string
	// Weight is what each occurrence of a word adds. Titles at twice the weight
	// of descriptions measured best.
	Weight float32
	// Pairs adds the compounds of neighbouring words ("hand bag": handbag), so
	// that texts agree that write them apart, together or in the same order. For
	// short texts: titles, brands, and always for queries.
	Pairs bool
}

// Terms returns the terms of text in order, repeated as they occur, without the
// compounds of pairs.
func Terms(text string) []string {
	var terms []string
	walk(text, false, func(first, second string) { terms = append(terms, first+second) })
	return terms
}

// Sparse weighs the terms of fields: every term once, hashed, ascending, with
// the sum of the weights of its occurrences. It fits the words of an
// index.Query; what is to be found takes Document.
func Sparse(fields ...Field) (terms []uint32, weights []float32) {
	type occurrence struct {
		term   uint32
		weight float32
	}
	var found []occurrence
	for _, f := range fields {
		walk(f.Text, f.Pairs, func(first, second string) {
			found = append(found, occurrence{hash(hash(hashBasis, first), second), f.Weight})
		})
	}
	slices.SortFunc(found, func(a, b occurrence) int { return cmp.Compare(a.term, b.term) })
	for _, o := range found {
		if n := len(terms); n > 0 && terms[n-1] == o.term {
			weights[n-1] += o.weight
			continue
		}
		terms, weights = append(terms, o.term), append(weights, o.weight)
	}
	return terms, weights
}

// Hash is the 32-bit FNV-1a hash of a term's UTF-8 bytes. A store of 100,000
// terms expects about one pair of them to collide.
func Hash(term string) uint32 {
	return hash(hashBasis, term)
}

const (
	hashBasis = 2166136261
	hashPrime = 16777619
)

func hash(h uint32, s string) uint32 {
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * hashPrime
	}
	return h
}
