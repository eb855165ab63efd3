package catalog

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"

	"honeyguide/catalog/index"
)

// Entries are kept as: spaces, words, tags, numbers, each led by its count;
// strings and lists led by their length; integers as unsigned varints, floats
// as four or eight little-endian bytes. Maps are in key order, so equal entries
// have equal bytes.

var errCorrupt = errors.New("corrupt index entry")

// maxList bounds what a corrupt length can make the decoder allocate.
const maxList = 1 << 20

func encodeEntry(e *index.Entry) []byte {
	b := make([]byte, 0, 2048)
	b = binary.AppendUvarint(b, uint64(len(e.Vectors)))
	for _, space := range slices.Sorted(maps.Keys(e.Vectors)) {
		b = appendFloats(appendString(b, space), e.Vectors[space])
	}
	b = binary.AppendUvarint(b, uint64(len(e.Words.Terms)))
	for _, t := range e.Words.Terms {
		b = binary.LittleEndian.AppendUint32(b, t)
	}
	b = appendFloats(b, e.Words.Weights)
	b = binary.AppendUvarint(b, uint64(len(e.Tags)))
	for _, field := range slices.Sorted(maps.Keys(e.Tags)) {
		b = binary.AppendUvarint(appendString(b, field), uint64(len(e.Tags[field])))
		for _, v := range e.Tags[field] {
			b = appendString(b, v)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(e.Numbers)))
	for _, field := range slices.Sorted(maps.Keys(e.Numbers)) {
		b = binary.LittleEndian.AppendUint64(appendString(b, field), math.Float64bits(e.Numbers[field]))
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendFloats(b []byte, v []float32) []byte {
	b = binary.AppendUvarint(b, uint64(len(v)))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

// decodeEntry fills in what encodeEntry kept. The strings of tags are shared
// through intern, since most values recur in every product.
func decodeEntry(b []byte, e *index.Entry, intern map[string]string) error {
	d := decoder{b: b, intern: intern}
	e.Vectors = make(map[string][]float32, 2)
	for range d.count() {
		space := d.string()
		e.Vectors[space] = d.floats()
	}
	e.Words.Terms = make([]uint32, d.count())
	for i := range e.Words.Terms {
		e.Words.Terms[i] = d.uint32()
	}
	e.Words.Weights = d.floats()
	e.Tags = map[string][]string{}
	for range d.count() {
		field := d.string()
		values := make([]string, d.count())
		for i := range values {
			values[i] = d.string()
		}
		e.Tags[field] = values
	}
	e.Numbers = map[string]float64{}
	for range d.count() {
		field := d.string()
		e.Numbers[field] = math.Float64frombits(d.uint64())
	}
	if d.bad || len(d.b) != 0 || len(e.Words.Terms) != len(e.Words.Weights) {
		return errCorrupt
	}
	return nil
}

// decoder reads from b; after the first fault bad is set and it yields zeros.
type decoder struct {
	b      []byte
	bad    bool
	intern map[string]string
}

func (d *decoder) take(n int) []byte {
	if d.bad || n > len(d.b) {
		d.bad, d.b = true, nil
		return make([]byte, min(n, 8))
	}
	out := d.b[:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) count() int {
	n, size := binary.Uvarint(d.b)
	if size <= 0 || n > maxList || n > uint64(len(d.b)) {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[size:]
	return int(n)
}

func (d *decoder) uint32() uint32 { return binary.LittleEndian.Uint32(d.take(4)) }
func (d *decoder) uint64() uint64 { return binary.LittleEndian.Uint64(d.take(8)) }

func (d *decoder) string() string {
	raw := d.take(d.count())
	if s, ok := d.intern[string(raw)]; ok {
		return s
	}
	s := string(raw)
	d.intern[s] = s
	return s
}

func (d *decoder) floats() []float32 {
	n := d.count()
	raw := d.take(4 * n)
	if d.bad {
		return nil
	}
	v := make([]float32, n)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return v
}
