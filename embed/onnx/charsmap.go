package onnx

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"

	"github.com/rivo/uniseg"
)

// charsmap is SentencePiece's table of characters to replace: a double-array
// trie in the form of the library darts-clone, whose values are offsets of
// replacements that end in a zero byte.
type charsmap struct {
	units        []uint32
	replacements []byte
}

// newCharsmap reads a precompiled_charsmap.
func newCharsmap(data []byte) (*charsmap, error) {
	broken := errors.New("normalizer: precompiled_charsmap is cut short")
	if len(data) < 4 {
		return nil, broken
	}
	size := binary.LittleEndian.Uint32(data)
	if data = data[4:]; size%4 != 0 || size == 0 || uint64(size) > uint64(len(data)) {
		return nil, broken
	}
	m := &charsmap{units: make([]uint32, size/4), replacements: data[size:]}
	for i := range m.units {
		m.units[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	return m, nil
}

// The parts of a unit: the label of the way to it, the distance to its children,
// whether one of them is a value.
func label(unit uint32) uint32  { return unit & (1<<31 | 0xff) }
func offset(unit uint32) uint32 { return unit >> 10 << (unit & (1 << 9) >> 6) }
func leads(unit uint32) bool    { return unit&(1<<8) != 0 }

// find returns the replacement of the shortest key that s begins with.
func (m *charsmap) find(s string) (string, bool) {
	node := offset(m.units[0])
	for i := range len(s) {
		node ^= uint32(s[i])
		if node >= uint32(len(m.units)) || label(m.units[node]) != uint32(s[i]) || s[i] == 0 {
			return "", false
		}
		unit := m.units[node]
		node ^= offset(unit)
		if leads(unit) {
			if node >= uint32(len(m.units)) {
				return "", false
			}
			return m.replacement(m.units[node] &^ (1 << 31))
		}
	}
	return "", false
}

func (m *charsmap) replacement(at uint32) (string, bool) {
	if at >= uint32(len(m.replacements)) {
		return "", false
	}
	text, _, _ := bytes.Cut(m.replacements[at:], []byte{0})
	return string(text), true
}

// shortCluster is below how many bytes a user-perceived character is looked up
// as a whole. It and the shortest key are what Hugging Face's tokenizers do, so
// what vocabularies were made with.
const shortCluster = 6

func (m *charsmap) normalise(s string) string {
	var b strings.Builder
	state := -1
	for s != "" {
		var cluster string
		cluster, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		if len(cluster) < shortCluster {
			if text, ok := m.find(cluster); ok {
				b.WriteString(text)
				continue
			}
		}
		for _, r := range cluster {
			if text, ok := m.find(string(r)); ok {
				b.WriteString(text)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
