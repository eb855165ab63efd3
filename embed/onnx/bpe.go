package onnx

import (
	"container/heap"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// bpe is byte-pair encoding: beginning with characters, the pair of the lowest
// rank is joined, again and again.
type bpe struct {
	ids     map[string]int64
	joined  map[[2]int64]join
	suffix  string // of a word's last piece
	bytes   []int64
	unknown int64 // -1: none, what is unknown is left out
	fuse    bool
	whole   bool // a piece of the vocabulary is not cut
}

// join is what a pair becomes; of two pairs the lower rank goes first.
type join struct {
	rank int
	id   int64
}

func newBPE(f *modelFile) (*bpe, error) {
	if f.Prefix != "" {
		return nil, fmt.Errorf("model: continuing_subword_prefix is not read")
	}
	b := &bpe{suffix: f.Suffix, unknown: -1, fuse: f.FuseUnk, whole: f.IgnoreMerges}
	if err := json.Unmarshal(f.Vocab, &b.ids); err != nil || len(b.ids) == 0 {
		return nil, fmt.Errorf("model: vocab is an object of pieces and ids: %v", err)
	}
	if f.ByteFallback {
		b.bytes = bytesOf(b.ids)
	}
	if id, known := b.ids[f.UnkToken]; known {
		b.unknown = id
	}
	pairs, err := merges(f.Merges)
	if err != nil {
		return nil, err
	}
	b.joined = make(map[[2]int64]join, len(pairs))
	for rank, p := range pairs {
		left, known1 := b.ids[p[0]]
		right, known2 := b.ids[p[1]]
		both, known3 := b.ids[p[0]+p[1]]
		if !known1 || !known2 || !known3 {
			return nil, fmt.Errorf("model: the merge of %q and %q has a piece that vocab lacks", p[0], p[1])
		}
		if _, twice := b.joined[[2]int64{left, right}]; !twice {
			b.joined[[2]int64{left, right}] = join{rank, both}
		}
	}
	return b, nil
}

// merges reads the pairs, each a list of two or two words with a blank between.
func merges(data json.RawMessage) ([][2]string, error) {
	var pairs [][2]string
	if json.Unmarshal(data, &pairs) == nil {
		return pairs, nil
	}
	var lines []string
	if err := json.Unmarshal(data, &lines); err != nil {
		return nil, fmt.Errorf("model: merges: %w", err)
	}
	pairs = make([][2]string, len(lines))
	for i, line := range lines {
		n := 0
		for at := range len(line) {
			if line[at] == ' ' {
				pairs[i] = [2]string{line[:at], line[at+1:]}
				n++
			}
		}
		if n != 1 {
			return nil, fmt.Errorf("model: merges: %q is not two pieces", line)
		}
	}
	return pairs, nil
}

// symbol is a piece of a word on the way, in a list of its neighbours.
type symbol struct {
	id         int64
	prev, next int // -1: none
	gone       bool
}

func (b *bpe) encode(ids []int64, piece string) []int64 {
	if id, known := b.ids[piece+b.suffix]; known && b.whole {
		return append(ids, id)
	}
	symbols := b.symbols(piece)
	var open candidates
	try := func(left int) {
		if left < 0 || symbols[left].next < 0 {
			return
		}
		pair := [2]int64{symbols[left].id, symbols[symbols[left].next].id}
		if j, known := b.joined[pair]; known {
			heap.Push(&open, candidate{j, left, pair})
		}
	}
	for i := range symbols {
		try(i)
	}
	for len(open) > 0 {
		c := heap.Pop(&open).(candidate)
		left := &symbols[c.left]
		if left.gone || left.next < 0 || [2]int64{left.id, symbols[left.next].id} != c.pair {
			continue // a neighbour was joined meanwhile
		}
		right := &symbols[left.next]
		left.id, left.next, right.gone = c.id, right.next, true
		if left.next >= 0 {
			symbols[left.next].prev = c.left
		}
		try(left.prev)
		try(c.left)
	}
	for _, s := range symbols {
		if !s.gone {
			ids = append(ids, s.id)
		}
	}
	return ids
}

// symbols spells a word: a character that the vocabulary lacks as its bytes, or
// as the unknown piece, of which neighbours become one if so wished.
func (b *bpe) symbols(word string) []symbol {
	out := make([]symbol, 0, len(word))
	unknownLast := false
	put := func(id int64) {
		out = append(out, symbol{id: id, prev: len(out) - 1, next: len(out) + 1})
	}
	for i, r := range word {
		end := i + utf8.RuneLen(r)
		letter := word[i:end]
		if end == len(word) {
			letter += b.suffix
		}
		id, known := b.ids[letter]
		switch {
		case known:
			put(id)
		case b.bytes != nil:
			for at := range len(letter) {
				put(b.bytes[letter[at]])
			}
		case b.unknown >= 0:
			if !b.fuse || !unknownLast {
				put(b.unknown)
			}
			unknownLast = true
			continue
		}
		unknownLast = false
	}
	if len(out) > 0 {
		out[len(out)-1].next = -1
	}
	return out
}

// candidate is a pair that may be joined, unless a neighbour was joined before.
type candidate struct {
	join
	left int
	pair [2]int64
}

// candidates is a heap: lower ranks first, then what stands further left.
type candidates []candidate

func (c candidates) Len() int { return len(c) }
func (c candidates) Less(i, j int) bool {
	return c[i].rank < c[j].rank || c[i].rank == c[j].rank && c[i].left < c[j].left
}
func (c candidates) Swap(i, j int) { c[i], c[j] = c[j], c[i] }

// Push is for package heap.
func (c *candidates) Push(x any) { *c = append(*c, x.(candidate)) }

// Pop is for package heap.
func (c *candidates) Pop() any {
	last := (*c)[len(*c)-1]
	*c = (*c)[:len(*c)-1]
	return last
}
