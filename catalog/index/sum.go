package index

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"maps"
	"math"
	"slices"
)

// Sum returns a hash of all that is found of an entry: equal entries have equal
// sums, whatever the order of their words and maps, in every version of the
// program. Two others share one with a chance of 2⁻⁶⁴.
func (e *Entry) Sum() uint64 {
	b := make([]byte, 0, 2048)
	for _, space := range slices.Sorted(maps.Keys(e.Vectors)) {
		b = appendText(append(b, 'v'), space)
		b = appendFloats(b, e.Vectors[space])
	}
	b = append(b, 'w')
	for _, i := range e.Words.order() {
		b = binary.LittleEndian.AppendUint32(b, e.Words.Terms[i])
		b = appendFloats(b, e.Words.Weights[i:i+1])
	}
	for _, field := range slices.Sorted(maps.Keys(e.Tags)) {
		b = appendText(append(b, 't'), field)
		for _, value := range e.Tags[field] {
			b = appendText(b, value)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(e.Numbers)) {
		b = appendText(append(b, 'n'), field)
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Numbers[field]))
	}
	h := fnv.New64a()
	h.Write(b)
	return h.Sum64()
}

// order returns the places of the terms, ascending by term.
func (s Sparse) order() []int {
	order := make([]int, len(s.Terms))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(s.Terms[a], s.Terms[b]) })
	return order
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendFloats(b []byte, v []float32) []byte {
	b = binary.AppendUvarint(b, uint64(len(v)))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}
