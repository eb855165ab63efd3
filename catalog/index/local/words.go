package local

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"

	"honeyguide/catalog/index"
)

// The parameters of BM25: how soon a repeated term stops counting, and how much
// long entries are held back. These are the usual values; Robertson and
// Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009),
// section 3.5, find 1.2 < k1 < 2 and 0.5 < b < 0.8 good in most cases.
const (
	saturation = 1.2  // k1
	lengthNorm = 0.75 // b
)

// lexicon holds the words of a table's entries by term.
type lexicon struct {
	terms   map[uint32]*[]posting
	lengths []float32    // by slot: the sum of its weights, 0 without words or when dead
	total   float64      // of lengths
	entries int          // with words
	dead    int          // slots whose postings remain
	lists   []*[]posting // the writer's
}

// posting says that a slot has a term.
type posting struct {
	slot   uint32
	weight float32
}

// put writes the words of a slot above all former ones.
func (l *lexicon) put(slot uint32, words index.Sparse) {
	// All lists are looked up before any is written to, so that the processor
	// need not wait for the memory of one before it asks for the next.
	lists := sized(&l.lists, len(words.Terms))
	for i, term := range words.Terms {
		lists[i] = l.terms[term]
		if lists[i] == nil {
			list := make([]posting, 0, 4)
			lists[i] = &list
			l.terms[term] = &list
		}
	}
	var length float64
	for i, weight := range words.Weights {
		if weight > 0 {
			*lists[i] = append(*lists[i], posting{slot, weight})
			length += float64(weight)
		}
	}
	l.measure(slot, float32(length))
}

// measure notes the length of the next slot.
func (l *lexicon) measure(slot uint32, length float32) {
	for int(slot) >= len(l.lengths) {
		l.lengths = append(l.lengths, 0)
	}
	if length > 0 {
		l.lengths[slot] = length
		l.total += float64(length)
		l.entries++
	}
}

// remove takes a slot out of the statistics. Its postings stay.
func (l *lexicon) remove(slot uint32) {
	if l.lengths[slot] > 0 {
		l.total -= float64(l.lengths[slot])
		l.lengths[slot] = 0
		l.entries--
		l.dead++
	}
}

// moved returns the lexicon with each slot replaced by where it moves.
func (l *lexicon) moved(moves []uint32) *lexicon {
	m := &lexicon{terms: make(map[uint32]*[]posting, len(l.terms))}
	for slot, length := range l.lengths {
		if moves[slot] != gone {
			m.measure(moves[slot], length)
		}
	}
	for term, postings := range l.terms {
		moved := make([]posting, 0, l.frequency(*postings))
		for _, p := range *postings {
			if moves[p.slot] != gone {
				moved = append(moved, posting{moves[p.slot], p.weight})
			}
		}
		if len(moved) > 0 {
			m.terms[term] = &moved
		}
	}
	return m
}

// frequency counts the live entries among postings.
func (l *lexicon) frequency(postings []posting) int {
	if l.dead == 0 {
		return len(postings)
	}
	n := 0
	for _, p := range postings {
		if l.lengths[p.slot] > 0 {
			n++
		}
	}
	return n
}

// search offers the selected entries that have a term of the query.
func (l *lexicon) search(ctx context.Context, query index.Sparse, selected bitset, s *scratch) error {
	scores := zeroed(&s.scores, len(l.lengths))
	for _, term := range s.inOrder(query) {
		if err := ctx.Err(); err != nil {
			return err
		}
		l.score(scores, term)
	}
	for w, word := range selected {
		for ; word != 0; word &= word - 1 {
			slot := w*64 + bits.TrailingZeros64(word)
			if score := scores[slot]; score > 0 && score >= s.best.floor() {
				s.best.offer(score, uint32(slot))
			}
		}
	}
	return nil
}

// term is a term of a query with its weight.
type term struct {
	id     uint32
	weight float32
}

// inOrder returns the query's terms by rising id: sums of float32 depend on
// their order, scores must not.
func (s *scratch) inOrder(query index.Sparse) []term {
	s.terms = s.terms[:0]
	for i, id := range query.Terms {
		s.terms = append(s.terms, term{id, query.Weights[i]})
	}
	slices.SortFunc(s.terms, func(x, y term) int { return cmp.Compare(x.id, y.id) })
	return s.terms
}

// score adds a term's part of BM25 to the scores by slot. Dead slots get a
// score too; they are never selected.
func (l *lexicon) score(scores []float32, t term) {
	list := l.terms[t.id]
	if list == nil || t.weight == 0 {
		return
	}
	postings := *list
	n, all := float64(l.frequency(postings)), float64(l.entries)
	// The 1 keeps the weight of a term that most entries have above zero.
	idf := math.Log(1 + (all-n+0.5)/(n+0.5))
	factor := float32(float64(t.weight) * idf * (saturation + 1))
	short := float32(saturation * (1 - lengthNorm))
	perLength := float32(saturation * lengthNorm * all / l.total)
	for _, p := range postings {
		scores[p.slot] += factor * (p.weight / (p.weight + short + perLength*l.lengths[p.slot]))
	}
}
