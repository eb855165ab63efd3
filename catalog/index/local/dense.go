package local

import (
	"context"
	"math"
	"math/bits"

	"github.com/tphakala/simd/i8"
	"github.com/viterin/vek/vek32"
)

// A dense search reads each vector as codes of one byte, a quarter of its
// memory, and rescores only those that could still be among the best. This
// loses nothing. With x = s·c + e, s the scale of x, c its codes and e the
// rest, and q = t·d + f likewise:
//
//	q·x = t·s·(d·c) + f·(s·c) + q·e
//	|q·x - t·s·(d·c)| ≤ |f|·|s·c| + |q|·|e|      (Cauchy–Schwarz)
//
// A vector whose estimate t·s·(d·c) lies below the worst kept score by more
// than that, plus what float32 arithmetic may lose, cannot be kept.

// blockRows is how many slots share a block, and with it one bound: few enough
// to be tight where lengths differ, a multiple of 64.
const blockRows = 1024

// epsilon is twice what rounding to float32 takes off at most.
const epsilon = 0x1p-23

// space holds the vectors of one dense space. Slots without a vector take room
// too if their block has any, so that a slot needs no look-up.
type space struct {
	dim     int
	present bitset
	blocks  []*block // of blockRows slots each, nil if none has a vector
	coder   coder    // the writer's
}

// block holds the vectors of consecutive slots, row by row.
type block struct {
	vectors []float32 // rows×dim
	codes   []int8    // rows×dim
	scales  []float32 // rows; vector ≈ scale × codes
	bound
}

// bound is what holds for every vector of a block.
type bound struct {
	length   float64 // at least |x|
	residual float64 // at least |x - scale × codes|
}

// put writes the vector of a slot.
func (s *space) put(slot uint32, v []float32) {
	row := s.grow(slot)
	b := s.blocks[slot/blockRows]
	copy(b.vectors[row*s.dim:], v)
	scale, bound := s.coder.quantise(b.codes[row*s.dim:][:s.dim], v)
	b.scales[row] = scale
	b.include(bound)
}

// grow makes room for a slot and returns its row within the block.
func (s *space) grow(slot uint32) int {
	for int(slot/blockRows) >= len(s.blocks) {
		s.blocks = append(s.blocks, nil)
	}
	b := s.blocks[slot/blockRows]
	if b == nil {
		b = new(block)
		s.blocks[slot/blockRows] = b
	}
	row := int(slot % blockRows)
	if row >= len(b.scales) {
		rows := blockRows
		if len(s.blocks) == 1 { // a small table stays small
			rows = min(max(2*row, 16), blockRows)
		}
		b.resize(rows, s.dim)
	}
	s.present.add(slot)
	return row
}

// resize gives the block room for rows, more than it has.
func (b *block) resize(rows, dim int) {
	vectors, codes, scales := b.vectors, b.codes, b.scales
	b.vectors = make([]float32, rows*dim)
	b.codes = make([]int8, rows*dim)
	b.scales = make([]float32, rows)
	copy(b.vectors, vectors)
	copy(b.codes, codes)
	copy(b.scales, scales)
}

func (b *bound) include(o bound) {
	b.length = max(b.length, o.length)
	b.residual = max(b.residual, o.residual)
}

// coder quantises vectors. It keeps the memory it works in.
type coder struct {
	ratios, whole []float32
}

// leastPeak is the largest number of a vector below which its codes stay zero,
// so that no scale or its inverse leaves the normal float32 numbers.
const leastPeak = 1e-30

// quantise writes the codes of v, its numbers as multiples of the scale it
// returns, and bounds how long v and what the codes leave out are.
func (c *coder) quantise(codes []int8, v []float32) (scale float32, b bound) {
	peak := max(vek32.Max(v), -vek32.Min(v))
	root := math.Sqrt(float64(len(v)))
	if peak < leastPeak {
		clear(codes)
		return 0, bound{length: root * leastPeak, residual: root * leastPeak}
	}
	scale = peak / math.MaxInt8
	c.ratios = vek32.MulNumber_Into(sized(&c.ratios, len(v)), v, 1/scale)
	c.whole = vek32.Round_Into(sized(&c.whole, len(v)), c.ratios)
	for i, x := range c.whole {
		codes[i] = int8(x)
	}
	// A ratio is off by less than 2⁻¹⁵, since it is at most 127; a sum of d
	// squares by a part of d·2⁻²³ at most.
	wide := float64(scale) * (1 + float64(len(v))*epsilon)
	return scale, bound{
		length:   wide * (float64(vek32.Norm(c.ratios)) + root*0x1p-15),
		residual: wide * (float64(vek32.Distance(c.ratios, c.whole)) + root*0x1p-15),
	}
}

// moved returns the space with each vector under the slot it moves to.
func (s *space) moved(moves []uint32) *space {
	m := &space{dim: s.dim}
	for w, word := range s.present {
		for ; word != 0; word &= word - 1 {
			slot := uint32(w*64 + bits.TrailingZeros64(word))
			if moves[slot] == gone {
				continue
			}
			from, to := int(slot%blockRows)*s.dim, m.grow(moves[slot])
			old, b := s.blocks[slot/blockRows], m.blocks[moves[slot]/blockRows]
			copy(b.vectors[to*s.dim:], old.vectors[from:from+s.dim])
			copy(b.codes[to*s.dim:], old.codes[from:from+s.dim])
			b.scales[to] = old.scales[slot%blockRows]
			b.include(old.bound)
		}
	}
	return m
}

// probe is a query vector made ready.
type probe struct {
	vector []float32
	codes  []int8
	scale  float32
	bound
	coder coder
}

// set makes the probe ready for a query vector, which it keeps.
func (p *probe) set(vector []float32) {
	p.vector = vector
	p.scale, p.bound = p.coder.quantise(sized(&p.codes, len(vector)), vector)
}

// slack is how far a score may lie above its estimate in a block.
func (p *probe) slack(b *block) float32 {
	codesLength := b.length + b.residual
	slack := p.residual*codesLength + p.length*b.residual
	// Each float32 operation of the score, the estimate and the comparison
	// loses at most 2⁻²⁴ of the product of the lengths, or a denormal number.
	const denormal = 1e-30
	rounding := float64(len(p.vector)+16)*epsilon*(p.length+p.residual)*codesLength + denormal
	return float32((slack + rounding) * (1 + epsilon))
}

// search offers the selected vectors that may be among the best.
func (s *space) search(ctx context.Context, p *probe, selected bitset, best *best) error {
	const words = blockRows / 64
	for i, b := range s.blocks {
		if err := ctx.Err(); err != nil {
			return err
		}
		if b == nil {
			continue
		}
		present := s.present[i*words:]
		present = present[:min(words, len(present))]
		b.search(p, uint32(i*blockRows), selected[i*words:], present, best)
	}
	return nil
}

// search offers the rows that are both selected and present. first is the slot of row 0.
func (b *block) search(p *probe, first uint32, selected, present bitset, best *best) {
	dim, slack := len(p.codes), p.slack(b)
	floor := best.floor() - slack
	for w, word := range present {
		for word &= selected[w]; word != 0; word &= word - 1 {
			row := w*64 + bits.TrailingZeros64(word)
			at := row * dim
			if estimate := p.scale * b.scales[row] * float32(i8.DotProduct(b.codes[at:at+dim], p.codes)); estimate < floor {
				continue
			}
			best.offer(vek32.Dot(b.vectors[at:at+dim], p.vector), first+uint32(row))
			floor = best.floor() - slack
		}
	}
}
