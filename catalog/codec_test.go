package catalog

import (
	"bytes"
	"reflect"
	"testing"

	"honeyguide/catalog/index"
)

func someEntry() index.Entry {
	return index.Entry{
		Vectors: map[string][]float32{ImageSpace: {.6, -.8}, TextSpace: {1, 0, 0}},
		Words:   index.Sparse{Terms: []uint32{7, 1 << 31}, Weights: []float32{1, 2.5}},
		Tags:    map[string][]string{tagColor: {"navy blue", "blue"}, tagBrand: {"山水"}, tagSize: {}},
		Numbers: map[string]float64{numberPrice: 1999},
	}
}

func TestEntriesComeBackAsTheyWere(t *testing.T) {
	for name, e := range map[string]index.Entry{
		"full": someEntry(),
		"empty": {Vectors: map[string][]float32{}, Words: index.Sparse{Terms: []uint32{}, Weights: []float32{}},
			Tags: map[string][]string{}, Numbers: map[string]float64{}},
	} {
		b := encodeEntry(&e)
		if !bytes.Equal(b, encodeEntry(&e)) {
			t.Errorf("%s: equal entries have other bytes", name)
		}
		var got index.Entry
		if err := decodeEntry(b, &got, map[string]string{}); err != nil || !reflect.DeepEqual(got, e) {
			t.Errorf("%s: got %+v, %v; want %+v", name, got, err, e)
		}
		for n := range b {
			if decodeEntry(b[:n], &got, map[string]string{}) == nil {
				t.Errorf("%s: cut to %d of %d bytes it is still good", name, n, len(b))
			}
		}
		if decodeEntry(append(b, 0), &got, map[string]string{}) == nil {
			t.Errorf("%s: with a byte too many it is still good", name)
		}
	}
}

func FuzzDecodeEntry(f *testing.F) {
	e := someEntry()
	f.Add(encodeEntry(&e))
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{0xff}, 40))
	f.Fuzz(func(t *testing.T, b []byte) {
		var e index.Entry
		if decodeEntry(b, &e, map[string]string{}) != nil {
			return
		}
		var again index.Entry
		if err := decodeEntry(encodeEntry(&e), &again, map[string]string{}); err != nil {
			t.Errorf("what was read is not written readably: %v", err)
		}
	})
}
