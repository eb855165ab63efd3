package local

import (
	"cmp"
	"math"
	"slices"

	"honeyguide/catalog/index"
)

// best keeps the best hits offered so far: a heap with the worst on top.
type best struct {
	ids   []string // by slot; breaks ties
	limit int
	heap  []scored
}

type scored struct {
	score float32
	slot  uint32
}

// compare orders hits best first: by falling score, then by rising id.
func (b *best) compare(x, y scored) int {
	if x.score != y.score {
		return cmp.Compare(y.score, x.score)
	}
	return cmp.Compare(b.ids[x.slot], b.ids[y.slot])
}

// floor is the score below which an offer is in vain.
func (b *best) floor() float32 {
	if len(b.heap) < b.limit {
		return float32(math.Inf(-1))
	}
	return b.heap[0].score
}

// offer takes a hit in if it is among the best.
func (b *best) offer(score float32, slot uint32) {
	h := scored{score, slot}
	switch {
	case len(b.heap) < b.limit:
		b.heap = append(b.heap, h)
		b.rise(len(b.heap) - 1)
	case b.compare(h, b.heap[0]) < 0:
		b.heap[0] = h
		b.sink()
	}
}

// rise restores the heap after its last hit was added.
func (b *best) rise(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if b.compare(b.heap[i], b.heap[parent]) <= 0 {
			return
		}
		b.heap[i], b.heap[parent] = b.heap[parent], b.heap[i]
		i = parent
	}
}

// sink restores the heap after its top was replaced.
func (b *best) sink() {
	for i := 0; ; {
		worst := 2*i + 1
		if worst >= len(b.heap) {
			return
		}
		if right := worst + 1; right < len(b.heap) && b.compare(b.heap[right], b.heap[worst]) > 0 {
			worst = right
		}
		if b.compare(b.heap[i], b.heap[worst]) >= 0 {
			return
		}
		b.heap[i], b.heap[worst] = b.heap[worst], b.heap[i]
		i = worst
	}
}

// hits returns what was kept, best first.
func (b *best) hits() []index.Hit {
	slices.SortFunc(b.heap, b.compare)
	hits := make([]index.Hit, len(b.heap))
	for i, h := range b.heap {
		hits[i] = index.Hit{ID: b.ids[h.slot], Score: h.score}
	}
	return hits
}
