package openai

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"honeyguide/embed/openai/openaitest"
)

func names(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("shirt number %d 衬衫", i)
	}
	return out
}

// sizes are how many inputs each request had, sorted.
func sizes(s *openaitest.Server) []int {
	var out []int
	for _, r := range s.Requests() {
		out = append(out, r.Inputs())
	}
	slices.Sort(out)
	return out
}

func TestBatches(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		n      int
		change func(*Options)
		want   []int
	}{
		{"one", 1, func(*Options) {}, []int{1}},
		{"a batch", 64, func(*Options) {}, []int{64}},
		{"and one more", 65, func(*Options) {}, []int{1, 64}},
		{"by count", 10, func(o *Options) { o.Batch = 4 }, []int{2, 4, 4}},
		{"by bytes", 8, func(o *Options) { o.BatchBytes = 60 }, []int{2, 2, 2, 2}},
		{"one is larger than all may be", 2, func(o *Options) { o.BatchBytes = 3 }, []int{1, 1}},
	}
	s := start(t, openaitest.Options{})
	want, err := openTexts(t, at(s, Text)).EncodeTexts(t.Context(), names(65))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := at(s, Text)
			tt.change(&o)
			e := openTexts(t, o)
			s.Forget()
			got, err := e.EncodeTexts(t.Context(), names(tt.n))
			if err != nil || !same(got, want[:tt.n]) {
				t.Errorf("vectors: %v", err)
			}
			if got := sizes(s); !slices.Equal(got, tt.want) {
				t.Errorf("requests of %v, want %v", got, tt.want)
			}
		})
	}
}

func TestPictureBatches(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{Shape: openaitest.Infinity})
	e := openJoint(t, at(s, DataURLs))
	want, err := e.EncodeImages(t.Context(), shots(20))
	if err != nil {
		t.Fatal(err)
	}
	s.Forget()
	o := at(s, DataURLs)
	o.Pictures = 40 // more than Infinity takes
	if e = openJoint(t, o); e.c.o.Pictures != 40 {
		t.Fatal("option lost")
	}
	s.Forget()
	got, err := e.EncodeImages(t.Context(), shots(40))
	if err != nil || !same(got[:20], want) {
		t.Errorf("vectors: %v", err)
	}
	if got := sizes(s); !slices.Equal(got, []int{20, 20, 40}) {
		t.Errorf("requests of %v", got)
	}
}

// TestSideBySide: never more requests than allowed, and no fewer where there is
// enough to do: the first ones are answered when all of them are there.
func TestSideBySide(t *testing.T) {
	t.Parallel()
	for _, parallel := range []int{1, 3} {
		s := start(t, openaitest.Options{Shape: openaitest.VLLM})
		o := at(s, Messages)
		o.Parallel, o.Timeout = parallel, 5*time.Second
		e := openJoint(t, o)
		s.Forget()
		var all sync.WaitGroup
		all.Add(parallel)
		s.Play(slices.Repeat([]script{edit(func(data []openaitest.Embedding) []openaitest.Embedding {
			all.Done()
			all.Wait()
			return data
		})}, parallel)...)
		if _, err := e.EncodeImages(t.Context(), shots(60)); err != nil {
			t.Fatal(err)
		}
		if got := s.Busiest(); got != parallel {
			t.Errorf("%d requests at a time, %d are allowed", got, parallel)
		}
		if got := sizes(s); len(got) != 60 {
			t.Errorf("%d requests for 60 pictures", len(got))
		}
	}
}

// TestSmallerBatches: how many inputs an endpoint takes is found out once.
func TestSmallerBatches(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{MaxInputs: 10})
	e := openTexts(t, at(s, Text))
	s.Forget()
	first, err := e.EncodeTexts(t.Context(), names(64))
	if err != nil {
		t.Fatal(err)
	}
	if got := sizes(s); !slices.Equal(got, []int{8, 8, 8, 8, 8, 8, 8, 8, 16, 32, 64}) {
		t.Errorf("requests of %v", got)
	}
	s.Forget()
	second, err := e.EncodeTexts(t.Context(), names(64))
	if err != nil || !same(first, second) {
		t.Errorf("again: %v", err)
	}
	if got := sizes(s); len(got) != 8 {
		t.Errorf("again, requests of %v", got)
	}
}

// TestLongTexts: a text is cut until the model takes it, whatever is beside it, and
// that says nothing of how many texts it takes.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{MaxText: 100})
	e := openTexts(t, at(s, Text))
	long := strings.Repeat("red 裙子 ", 60)
	texts := append(names(7), long)
	got, err := e.EncodeTexts(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := e.EncodeTexts(t.Context(), []string{long, firstRunes(long, 52)})
	if err != nil || !same(alone[:1], got[7:]) || !same(alone[1:], got[7:]) {
		t.Errorf("the vector is not that of the text's beginning: %v", err)
	}
	s.Forget()
	if _, err := e.EncodeTexts(t.Context(), names(16)); err != nil || len(s.Requests()) != 1 {
		t.Errorf("afterwards %d requests for a batch, %v", len(s.Requests()), err)
	}
}

// TestOneBadInput: the error names it.
func TestOneBadInput(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{MaxText: 20})
	e := openTexts(t, at(s, Text))
	texts := slices.Repeat([]string{"", "short"}, 20)
	texts[33] = "a text that is too long"
	if v, err := e.EncodeTexts(t.Context(), texts); err == nil || v != nil || !strings.Contains(err.Error(), "text 33") || !strings.Contains(err.Error(), "maximum context length") {
		t.Errorf("got %d vectors, %v", len(v), err)
	}
}
