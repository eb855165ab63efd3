// Package embedtest is the contract of encoders as a test suite. Every encoder
// passes Texts, Images, or, if it is both, Joint.
package embedtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"honeyguide/embed"
)

// Tolerances of the suite: engines that run elsewhere may round differently
// from call to call, by far less than a meaning.
const (
	sameComponent = 1e-3 // how far a component may move between calls
	sameLength    = 1e-3 // how far a unit vector's length may lie from one
)

// Texts checks that an encoder of words keeps the contract of embed.Texts.
func Texts(t *testing.T, enc embed.Texts) {
	t.Helper()
	s := suite[string]{model: enc.Model, dim: enc.Dim, encode: enc.EncodeTexts, blank: blanks, samples: texts}
	s.run(t)
}

// texts are meant to differ in meaning, language and form; each one has words.
var texts = []string{
	"red dress", "running shoes for men under 50", "blue denim jacket", "a", "42", "T-SHIRT!",
	"连衣裙", "适合送给女朋友的生日礼物", "Nike 跑鞋 42码", "café crème", "ｆｕｌｌ ｗｉｄｔｈ", "👗 green skirt 👗",
	"tabs\tand\nlines", "broken \xff\xfe bytes", "<b>markup</b> & \"quotes\"", long("wool socks ", 200), long("羊毛袜子", 100),
}

// blanks are texts that may get the zero vector.
var blanks = []string{"", " ", "\n\t", "?!", "👗"}

func long(words string, times int) string {
	return string(slices.Repeat([]byte(words), times))
}

// Joint checks both halves of an encoder that has one space for words and
// pictures, and that pictures lie nearer to their words than to others.
func Joint(t *testing.T, enc embed.Joint) {
	t.Helper()
	t.Run("texts", func(t *testing.T) { Texts(t, enc) })
	t.Run("images", func(t *testing.T) { Images(t, enc) })
	t.Run("one space", func(t *testing.T) { oneSpace(t, enc) })
}

// suite is what holds of both kinds of input.
type suite[T any] struct {
	model   func() string
	dim     func() int
	encode  func(context.Context, []T) ([]embed.Vector, error)
	samples []T
	blank   []T
}

func (s suite[T]) run(t *testing.T) {
	t.Run("model and dim", s.named)
	t.Run("unit vectors in order", s.ordered)
	t.Run("blank input", s.blanks)
	t.Run("batches do not matter", s.batches)
	t.Run("results are the caller's", s.owned)
	t.Run("canceled", s.canceled)
	t.Run("concurrent", s.concurrent)
}

func (s suite[T]) named(t *testing.T) {
	model, dim := s.model(), s.dim()
	if again := s.model(); model == "" || again != model {
		t.Errorf("Model() = %q, then %q, want one name", model, again)
	}
	if again := s.dim(); dim < 1 || again != dim {
		t.Errorf("Dim() = %d, then %d, want one size", dim, again)
	}
}

func (s suite[T]) ordered(t *testing.T) {
	vectors := s.must(t, s.samples...)
	for i, v := range vectors {
		if err := unit(v); err != nil {
			t.Errorf("input %d: %v", i, err)
		}
		for j := range i {
			if distance(v, vectors[j]) == 0 {
				t.Errorf("inputs %d and %d have one vector", j, i)
			}
		}
	}
	for _, none := range [][]T{nil, {}} {
		if v, err := s.encode(t.Context(), none); len(v) != 0 || err != nil {
			t.Errorf("no input: %v, %v", v, err)
		}
	}
}

// blanks: what says nothing is either a unit vector or all zeros, and spoils no neighbour.
func (s suite[T]) blanks(t *testing.T) {
	want := s.must(t, s.samples[0])[0]
	for i, b := range s.blank {
		got := s.must(t, b, s.samples[0])
		if err := unit(got[0]); err != nil && !zero(got[0]) {
			t.Errorf("blank %d: %v", i, err)
		}
		if d := distance(got[1], want); d > sameComponent {
			t.Errorf("beside blank %d a vector moves by %g", i, d)
		}
	}
}

func (s suite[T]) batches(t *testing.T) {
	whole := s.must(t, s.samples...)
	turned := slices.Clone(s.samples)
	slices.Reverse(turned)
	backwards := s.must(t, append(turned, turned...)...)
	for i, sample := range s.samples {
		alone := s.must(t, sample)[0]
		for name, v := range map[string]embed.Vector{
			"in a batch": whole[i], "backwards": backwards[len(whole)-1-i], "as a duplicate": backwards[2*len(whole)-1-i],
		} {
			if d := distance(alone, v); d > sameComponent {
				t.Errorf("input %d %s moves by %g", i, name, d)
			}
		}
	}
}

func (s suite[T]) owned(t *testing.T) {
	first := s.must(t, s.samples[:2]...)
	kept := slices.Clone(first[1])
	clear(first[0])
	second := s.must(t, s.samples[0])[0]
	if !slices.Equal(first[1], kept) || zero(second) {
		t.Error("vectors share memory")
	}
	clear(second)
	if !slices.Equal(first[1], kept) {
		t.Error("a later call changes an earlier result")
	}
}

func (s suite[T]) canceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	v, err := s.encode(ctx, s.samples)
	if !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("after cancel: %d vectors, error %v, want none and context.Canceled", len(v), err)
	}
}

func (s suite[T]) concurrent(t *testing.T) {
	want := s.must(t, s.samples...)
	var all sync.WaitGroup
	for g := range 4 {
		all.Go(func() {
			got, err := s.encode(t.Context(), s.samples[g:])
			if err != nil {
				t.Errorf("goroutine %d: %v", g, err)
				return
			}
			for i, v := range got {
				if d := distance(v, want[g+i]); d > sameComponent {
					t.Errorf("goroutine %d: input %d moves by %g", g, g+i, d)
				}
			}
		})
	}
	all.Wait()
}

// must encodes and checks the count.
func (s suite[T]) must(t *testing.T, input ...T) []embed.Vector {
	t.Helper()
	v, err := s.encode(t.Context(), input)
	if err != nil {
		t.Fatal(err)
	}
	if len(v) != len(input) {
		t.Fatalf("%d vectors for %d inputs", len(v), len(input))
	}
	for i := range v {
		if len(v[i]) != s.dim() {
			t.Fatalf("input %d: %d components, Dim() = %d", i, len(v[i]), s.dim())
		}
	}
	return v
}

// unit tells why v is not a unit vector.
func unit(v embed.Vector) error {
	length := math.Sqrt(dot(v, v))
	if !(math.Abs(length-1) <= sameLength) { // also when it is not a number
		return fmt.Errorf("length %g, want 1", length)
	}
	return nil
}

func zero(v embed.Vector) bool {
	return !slices.ContainsFunc(v, func(x float32) bool { return x != 0 })
}

func dot(a, b embed.Vector) float64 {
	sum := 0.
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// distance is the largest difference between components.
func distance(a, b embed.Vector) float64 {
	d := 0.
	for i := range a {
		d = max(d, math.Abs(float64(a[i])-float64(b[i])))
	}
	return d
}
