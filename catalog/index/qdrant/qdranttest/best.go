package qdranttest

import "slices"

// best keeps the first k of what it is offered, in the order of compare.
type best[T any] struct {
	k       int
	compare func(a, b T) int
	items   []T
	full    bool // items[:k] are sorted and hold the first k so far
}

func (b *best[T]) offer(item T) {
	if b.full && b.compare(item, b.items[b.k-1]) >= 0 {
		return
	}
	b.items = append(b.items, item)
	if len(b.items) >= 2*b.k+64 {
		b.cut()
	}
}

func (b *best[T]) cut() {
	slices.SortFunc(b.items, b.compare)
	if len(b.items) >= b.k {
		b.items, b.full = b.items[:b.k], b.k > 0
	}
}

// sorted returns the first k in order.
func (b *best[T]) sorted() []T {
	b.cut()
	return b.items
}
