package local

import "math/bits"

// bitset is a set of slots, one bit each.
type bitset []uint64

func (b *bitset) add(slot uint32) {
	for int(slot/64) >= len(*b) {
		*b = append(*b, 0)
	}
	(*b)[slot/64] |= 1 << (slot % 64)
}

func (b bitset) remove(slot uint32)   { b[slot/64] &^= 1 << (slot % 64) }
func (b bitset) has(slot uint32) bool { return b[slot/64]&(1<<(slot%64)) != 0 }

// slotSet is a set of slots that grows upwards: a list while it is sparse, a
// bitset from then on, whichever is smaller.
type slotSet struct {
	list []uint32
	bits bitset
}

// denseFrom is the least size of a bitset: below, a list is as quick.
const denseFrom = 64

// add puts slot in. It is not below any slot of the set.
func (s *slotSet) add(slot uint32) {
	if s.bits != nil {
		s.bits.add(slot)
		return
	}
	n := len(s.list)
	if n > 0 && s.list[n-1] == slot {
		return
	}
	s.list = append(s.list, slot)
	if n >= denseFrom && n >= int(slot)/32 {
		s.bits = make(bitset, slot/64+1)
		s.addTo(s.bits)
		s.list = nil
	}
}

// addTo puts the slots of s into dst, which is long enough.
func (s *slotSet) addTo(dst bitset) {
	for i, word := range s.bits {
		dst[i] |= word
	}
	for _, slot := range s.list {
		dst[slot/64] |= 1 << (slot % 64)
	}
}

func (s *slotSet) empty() bool { return s.list == nil && s.bits == nil }

// moved returns the set with each slot replaced by where it moves.
func (s *slotSet) moved(moves []uint32) *slotSet {
	m := new(slotSet)
	add := func(slot uint32) {
		if to := moves[slot]; to != gone {
			m.add(to)
		}
	}
	for _, slot := range s.list {
		add(slot)
	}
	for i, word := range s.bits {
		for ; word != 0; word &= word - 1 {
			add(uint32(i*64 + bits.TrailingZeros64(word)))
		}
	}
	return m
}
