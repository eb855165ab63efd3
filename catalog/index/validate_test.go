package index

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// What is refused is tested on every engine by indextest; here, that the error
// says what was wrong.
func TestValidateNamesWhatIsWrong(t *testing.T) {
	high := math.Inf(1)
	for _, c := range []struct {
		entry Entry
		want  string
	}{
		{Entry{Kind: Products, ID: "a"}, "empty store"},
		{Entry{Store: "s", Kind: "\xff", ID: "a"}, "kind"},
		{Entry{Store: "s", Kind: FAQs}, "empty id"},
		{Entry{Store: "s", Kind: FAQs, ID: "a", Vectors: map[string][]float32{"image": {}}}, `"image"`},
		{Entry{Store: "s", Kind: FAQs, ID: "a", Vectors: map[string][]float32{"文字": {float32(high)}}}, `"文字"`},
		{Entry{Store: "s", Kind: FAQs, ID: "a", Words: Sparse{Terms: []uint32{9, 3, 9}, Weights: []float32{1, 1, 1}}}, "term 9"},
		{Entry{Store: "s", Kind: FAQs, ID: "a", Words: Sparse{Terms: []uint32{9}}}, "1 terms with 0 weights"},
		{Entry{Store: "s", Kind: FAQs, ID: "a", Tags: map[string][]string{"color": {"\xff"}}}, "color"},
		{Entry{Store: "s", Kind: FAQs, ID: "a", Numbers: map[string]float64{"price": high}}, "price"},
	} {
		check(t, c.entry.Validate(), c.want)
	}
	valid := Query{Store: "s", Kind: FAQs, Space: "image", Vector: []float32{1}, Limit: 1}
	for _, c := range []struct {
		spoil func(q *Query)
		want  string
	}{
		{func(q *Query) { q.Limit = 1001 }, "limit 1001"},
		{func(q *Query) { q.Space = "" }, "empty space"},
		{func(q *Query) { q.Filter = Filter{{Field: "color"}} }, `"color" uses 0`},
		{func(q *Query) { q.Filter = Filter{{Field: "price", AnyOf: []string{}, Max: &high}} }, `"price" uses 2`},
		{func(q *Query) { q.Filter = Filter{{Field: "price", Max: &high}} }, "price"},
		{func(q *Query) { q.Space, q.Words = Words, Sparse{[]uint32{1}, []float32{-2}} }, "-2"},
	} {
		q := valid
		c.spoil(&q)
		check(t, q.Validate(), c.want)
	}
	if err := valid.Validate(); err != nil {
		t.Errorf("a valid query gave %v", err)
	}
}

func check(t *testing.T, err error, want string) {
	t.Helper()
	if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want ErrInvalid with %q", err, want)
	}
}

// TestRepeatedTerm leaves its argument as it was, sorted or not, long or short.
func TestRepeatedTerm(t *testing.T) {
	for n := range 300 {
		terms := make([]uint32, n)
		for i := range terms {
			terms[i] = uint32(i*7919) % 10007
		}
		if term, repeated := repeatedTerm(terms); repeated {
			t.Fatalf("%d terms: %d is not repeated", n, term)
		}
		for i := range terms {
			if terms[i] != uint32(i*7919)%10007 {
				t.Fatalf("%d terms: changed", n)
			}
		}
		if n < 2 {
			continue
		}
		terms[n-1] = terms[n/2-1]
		if term, repeated := repeatedTerm(terms); !repeated || term != terms[n-1] {
			t.Fatalf("%d terms: got %d, %t; want %d", n, term, repeated, terms[n-1])
		}
	}
}
