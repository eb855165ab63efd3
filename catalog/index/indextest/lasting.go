package indextest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"honeyguide/catalog/index"
)

// RunLasting tests what index.Lasting adds. open returns an empty index; reopen
// opens the same one again, for entries of the named encoder.
func RunLasting(t *testing.T, open func(t *testing.T) (x index.Lasting, reopen func(model string) index.Lasting)) {
	for _, c := range []struct {
		name string
		test func(*lastingShop)
	}{
		{"lasts", testLasts},
		{"held", testHeld},
		{"walk", testWalk},
		{"clear", testClear},
		{"rebuild", testRebuild},
		{"rebuild fails", testRebuildFails},
		{"rebuild while it is read", testRebuildWhileRead},
		{"another encoder", func(s *lastingShop) { testAnotherEncoder(s, s.again("next")) }},
		{"another encoder beside the first", testBesideTheFirst},
	} {
		t.Run(c.name, func(t *testing.T) {
			x, reopen := open(t)
			c.test(&lastingShop{shop: &shop{T: t, Index: x}, Lasting: x, reopen: reopen})
			if err := x.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
}

type lastingShop struct {
	*shop
	index.Lasting
	reopen func(model string) index.Lasting
}

func (s *lastingShop) place() index.Place {
	s.Helper()
	p, err := s.Place(s.Context(), index.Products)
	if err != nil {
		s.Fatalf("Place: %v", err)
	}
	return p
}

// again goes on with the index opened once more.
func (s *lastingShop) again(model string) *lastingShop {
	x := s.reopen(model)
	s.Cleanup(func() { x.Close() })
	return &lastingShop{shop: &shop{T: s.T, Index: x}, Lasting: x, reopen: s.reopen}
}

func testLasts(s *lastingShop) {
	if p := s.place(); p.Name != "" {
		s.Errorf("a new index has the place %+v", p)
	}
	s.put(full("a"))
	before := s.place()
	after := s.again(before.Model)
	after.finds(near(1, 0), "a")
	if p := after.place(); p != before || p.Name == "" {
		s.Errorf("the place is %+v, was %+v", p, before)
	}
}

func testHeld(s *lastingShop) {
	if held, err := s.Held(s.Context(), store, index.Products, []string{"a"}); err != nil || len(held) != 0 {
		s.Errorf("an empty index holds %v, %v", held, err)
	}
	a, b := full("a"), full("b")
	b.Numbers["price"] = 51
	other := full("a")
	other.Store, other.Words = "another", sparse()
	s.put(a, b, other)
	held, err := s.Held(s.Context(), store, index.Products, []string{"b", "absent", "a"})
	want := map[string]uint64{"a": a.Sum(), "b": b.Sum()}
	if err != nil || !maps.Equal(held, want) {
		s.Errorf("held %v, %v; want %v", held, err, want)
	}
	s.delete("a")
	if held, err = s.Held(s.Context(), store, index.Products, []string{"a"}); err != nil || len(held) != 0 {
		s.Errorf("after a deletion it holds %v, %v", held, err)
	}
}

// keys returns all that the index holds.
func (s *lastingShop) keys() []string {
	s.Helper()
	all := []string{}
	err := s.Walk(s.Context(), index.Products, func(some []index.Key) error {
		for _, k := range some {
			all = append(all, k.Store+"/"+k.ID)
		}
		return nil
	})
	if err != nil {
		s.Fatalf("Walk: %v", err)
	}
	slices.Sort(all)
	return all
}

func testWalk(s *lastingShop) {
	if got := s.keys(); len(got) != 0 {
		s.Errorf("an empty index has %v", got)
	}
	const n = 2500
	want := []string{"another/1"}
	entries := make([]index.Entry, n)
	for i := range entries {
		entries[i] = entry(fmt.Sprintf("商品%d", i), 1, 0)
		want = append(want, store+"/"+entries[i].ID)
	}
	other, faq := full("1"), full("faq")
	other.Store, faq.Kind = "another", index.FAQs
	s.put(append(entries, other, faq)...)
	slices.Sort(want)
	if got := s.keys(); !slices.Equal(got, want) {
		s.Errorf("walked over %d entries, want %d", len(got), len(want))
	}
	stop := errors.New("stop")
	calls := 0
	err := s.Walk(s.Context(), index.Products, func([]index.Key) error { calls++; return stop })
	if !errors.Is(err, stop) || calls != 1 {
		s.Errorf("a failing walk gave %v after %d calls", err, calls)
	}
}

func testClear(s *lastingShop) {
	clear := func(store string) {
		s.Helper()
		if err := s.Clear(s.Context(), store, index.Products); err != nil {
			s.Fatalf("Clear: %v", err)
		}
	}
	clear(store) // nothing is there
	other, faq := full("1"), full("faq")
	other.Store, faq.Kind = "another", index.FAQs
	s.put(full("a"), full("b"), entry("plain"), other, faq)
	clear("no such store")
	clear(store)
	if got, want := s.keys(), []string{"another/1"}; !slices.Equal(got, want) {
		s.Errorf("left are %v, want %v", got, want)
	}
	s.finds(near(1, 0))
	asked := asking(1, 1)
	asked.Kind = index.FAQs
	s.finds(asked, "faq")
	s.put(full("a"))
	s.finds(near(1, 0), "a")
}

func testRebuild(s *lastingShop) {
	s.put(full("old"), full("both"))
	before := s.place()
	changed := entry("both", 0.6, 0.8)
	err := s.Rebuild(s.Context(), index.Products, func(put func(context.Context, []index.Entry) error) error {
		late := entry("new", 0, 1)
		late.Vectors["late"], late.Numbers = []float32{1}, map[string]float64{"stars": 4}
		if err := errors.Join(put(s.Context(), []index.Entry{changed}), put(s.Context(), []index.Entry{late})); err != nil {
			return err
		}
		s.finds(near(1, 0), "both", "old") // nothing has changed so far
		return nil
	})
	if err != nil {
		s.Fatalf("Rebuild: %v", err)
	}
	s.finds(near(0.6, 0.8), "both", "new")
	s.finds(with(near(1, 0), atLeast("stars", 4)), "new")
	s.finds(asking(1, 1))
	if after := s.place(); after.Name == before.Name || after.Name == "" {
		s.Errorf("the place was %+v and is %+v", before, after)
	}
	s.put(full("more"))
	s.delete("new")
	s.finds(near(1, 0), "more", "both")

	nothing := func(func(context.Context, []index.Entry) error) error { return nil }
	if err := s.Rebuild(s.Context(), index.Products, nothing); err != nil {
		s.Fatalf("Rebuild of nothing: %v", err)
	}
	s.finds(near(1, 0))
	if s.place().Name == "" {
		s.Error("an empty place has no name")
	}
	s.put(entry("first", 1, 0, 0)) // a length as good as any
	s.finds(near(1, 0, 0), "first")
}

func testRebuildFails(s *lastingShop) {
	s.put(full("old"))
	before, broken := s.place(), errors.New("broken")
	err := s.Rebuild(s.Context(), index.Products, func(put func(context.Context, []index.Entry) error) error {
		return errors.Join(put(s.Context(), []index.Entry{full("new")}), broken)
	})
	if !errors.Is(err, broken) {
		s.Errorf("Rebuild gave %v", err)
	}
	err = s.Rebuild(s.Context(), index.Products, func(put func(context.Context, []index.Entry) error) error {
		return put(s.Context(), []index.Entry{full("")})
	})
	if !errors.Is(err, index.ErrInvalid) {
		s.Errorf("Rebuild of an invalid entry gave %v", err)
	}
	s.finds(near(1, 0), "old")
	if after := s.place(); after != before {
		s.Errorf("the place was %+v and is %+v", before, after)
	}
}

// testRebuildWhileRead searches all the while; no answer is empty.
func testRebuildWhileRead(s *lastingShop) {
	s.put(full("a"), full("b"))
	done := make(chan error, 1)
	ctx, stop := context.WithCancel(s.Context())
	go func() {
		for ctx.Err() == nil {
			hits, err := s.Search(s.Context(), []index.Query{near(1, 0), asking(1, 1)})
			if err != nil || len(hits[0]) < 2 || len(hits[1]) < 2 {
				done <- fmt.Errorf("found %v, %v", hits, err)
				return
			}
		}
		done <- nil
	}()
	for range 3 {
		err := s.Rebuild(s.Context(), index.Products, func(put func(context.Context, []index.Entry) error) error {
			return put(s.Context(), []index.Entry{full("a"), full("b"), full("c")})
		})
		if err != nil {
			s.Fatalf("Rebuild: %v", err)
		}
	}
	stop()
	if err := <-done; err != nil {
		s.Error(err)
	}
}

// testAnotherEncoder: after the encoder has changed, words are found all the
// while and vectors again once they were made anew.
func testAnotherEncoder(s, next *lastingShop) {
	s.put(full("a"), full("b"))
	s.put(entry("dense", 1, 0))
	if p := next.place(); p.Model == "next" || p.Name == "" {
		s.Errorf("before the rebuild the place is %+v", p)
	}
	next.finds(asking(1, 1), "a", "b")
	next.finds(near(1, 0))
	b := full("b")
	b.Words, b.Vectors = sparse(9, 1), map[string][]float32{space: {1, 0, 0}}
	next.put(b)
	next.finds(asking(9, 1), "b")
	next.finds(asking(1, 1), "a")
	b.Vectors = nil
	if held, err := next.Held(s.Context(), store, index.Products, []string{"b"}); err != nil || held["b"] != b.Sum() {
		s.Errorf("held %v, %v; want the sum without vectors", held, err)
	}
	err := next.Rebuild(s.Context(), index.Products, func(put func(context.Context, []index.Entry) error) error {
		return put(s.Context(), []index.Entry{entry("a", 0, 0, 1)})
	})
	if err != nil {
		s.Fatalf("Rebuild: %v", err)
	}
	next.finds(near(0, 0, 1), "a")
	if p := next.place(); p.Model != "next" {
		s.Errorf("after the rebuild the place is %+v", p)
	}
}

// testBesideTheFirst: both see the one index, each by its own encoder's vectors.
func testBesideTheFirst(s *lastingShop) {
	x := s.For("next", map[string]int{space: 3})
	testAnotherEncoder(s, &lastingShop{shop: &shop{T: s.T, Index: x}, Lasting: x, reopen: s.reopen})
	s.finds(near(1, 0))
	s.put(full("late"))
	s.finds(asking(1, 1), "late")
	first := s.For("model", nil)
	if p, err := first.Place(s.Context(), index.Products); err != nil || p.Model != "next" {
		s.Errorf("to the first encoder the place is %+v, %v", p, err)
	}
	if err := x.Close(); err != nil {
		s.Errorf("Close: %v", err)
	}
	if _, err := s.Search(s.Context(), []index.Query{near(1, 0)}); !errors.Is(err, index.ErrClosed) {
		s.Errorf("after the other was closed a search gave %v", err)
	}
}
