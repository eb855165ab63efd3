package local

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"

	"honeyguide/catalog/index"
)

// lexicon holds the words of a table's entries by term.
type lexicon struct {
	terms   map[uint32]*[]posting
	worded  bitset       // slots that live and have words
	slots   int          // below which worded and the scores reach
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
	worded := false
	for i, weight := range words.Weights {
		if weight > 0 {
			*lists[i] = append(*lists[i], posting{slot, weight})
			worded = true
		}
	}
	l.count(slot, worded)
}

// count notes the next slot.
func (l *lexicon) count(slot uint32, worded bool) {
	l.slots = int(slot) + 1
	l.worded.add(slot) // makes room, too
	if worded {
		l.entries++
	} else {
		l.worded.remove(slot)
	}
}

// remove takes a slot out of the statistics. Its postings stay.
func (l *lexicon) remove(slot uint32) {
	if l.worded.has(slot) {
		l.worded.remove(slot)
		l.entries--
		l.dead++
	}
}

// moved returns the lexicon with each slot replaced by where it moves.
func (l *lexicon) moved(moves []uint32) *lexicon {
	m := &lexicon{terms: make(map[uint32]*[]posting, len(l.terms))}
	for slot, to := range moves {
		if to != gone {
			m.count(to, l.worded.has(uint32(slot)))
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
		if l.worded.has(p.slot) {
			n++
		}
	}
	return n
}

// search offers the selected entries that have a term of the query.
func (l *lexicon) search(ctx context.Context, query index.Sparse, selected bitset, s *scratch) error {
	scores := zeroed(&s.scores, l.slots)
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

// score adds a term's part to the scores by slot: its weights there and here,
// times its rarity. Dead slots get a score too; they are never selected.
func (l *lexicon) score(scores []float32, t term) {
	list := l.terms[t.id]
	if list == nil || t.weight == 0 {
		return
	}
	n, all := float64(l.frequency(*list)), float64(l.entries)
	// The 1 keeps the weight of a term that most entries have above zero.
	factor := float32(float64(t.weight) * math.Log(1+(all-n+0.5)/(n+0.5)))
	for _, p := range *list {
		scores[p.slot] += factor * p.weight
	}
}
