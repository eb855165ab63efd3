package index

import (
	"slices"
	"testing"
)

func TestSum(t *testing.T) {
	entry := func(change func(*Entry)) uint64 {
		e := Entry{
			Store: "s", Kind: Products, ID: "a",
			Vectors: map[string][]float32{"image": {1, 0}, "text": {0, 1}},
			Words:   Sparse{Terms: []uint32{7, 3}, Weights: []float32{1, 2}},
			Tags:    map[string][]string{"color": {"red", "蓝"}, "size": {"M"}},
			Numbers: map[string]float64{"price": 5, "stars": 4},
		}
		change(&e)
		return e.Sum()
	}
	const pinned = 0xea83513517f865f2 // what an index holds must be comparable after an upgrade
	plain := entry(func(*Entry) {})
	if plain != pinned {
		t.Errorf("the sum is %#x, was %#x", plain, uint64(pinned))
	}
	same := entry(func(e *Entry) {
		slices.Reverse(e.Words.Terms)
		slices.Reverse(e.Words.Weights)
		e.ID, e.Store, e.Kind = "b", "t", FAQs // keys are compared by themselves
	})
	if same != plain {
		t.Error("the order of words changes the sum")
	}
	sums := map[uint64]string{plain: "plain"}
	for name, change := range map[string]func(*Entry){
		"vector":       func(e *Entry) { e.Vectors["image"][0] = 0.99 },
		"longer":       func(e *Entry) { e.Vectors["image"] = append(e.Vectors["image"], 0) },
		"space":        func(e *Entry) { e.Vectors["photo"] = e.Vectors["image"]; delete(e.Vectors, "image") },
		"no vectors":   func(e *Entry) { e.Vectors = nil },
		"term":         func(e *Entry) { e.Words.Terms[0] = 8 },
		"weight":       func(e *Entry) { e.Words.Weights[0] = 1.5 },
		"swapped":      func(e *Entry) { slices.Reverse(e.Words.Weights) },
		"no words":     func(e *Entry) { e.Words = Sparse{} },
		"value":        func(e *Entry) { e.Tags["color"][0] = "rot" },
		"fewer values": func(e *Entry) { e.Tags["color"] = e.Tags["color"][:1] },
		"joined":       func(e *Entry) { e.Tags["color"] = []string{"red蓝"} },
		"field":        func(e *Entry) { e.Tags["colour"] = e.Tags["color"]; delete(e.Tags, "color") },
		"number":       func(e *Entry) { e.Numbers["price"] = 6 },
		"no numbers":   func(e *Entry) { e.Numbers = nil },
	} {
		sum := entry(change)
		if other, taken := sums[sum]; taken {
			t.Errorf("%s and %s have one sum", name, other)
		}
		sums[sum] = name
	}
}
