package indextest

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"honeyguide/catalog/index"
)

// testVisible writes from several goroutines; each finds its own at once.
func testVisible(s *shop) {
	group, ctx := errgroup.WithContext(s.Context())
	for writer := range 4 {
		group.Go(func() error {
			for i := range 30 {
				id := fmt.Sprintf("%d-%d", writer, i)
				e := worded(id, float32(1000*writer+i), 1)
				if err := s.Put(ctx, []index.Entry{e}); err != nil {
					return err
				}
				if err := s.expect(ctx, asking(float32(1000*writer+i), 1), id); err != nil {
					return err
				}
				if err := s.Delete(ctx, store, index.Products, []string{id}); err != nil {
					return err
				}
				if err := s.expect(ctx, asking(float32(1000*writer+i), 1)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		s.Error(err)
	}
}

// expect is finds for goroutines.
func (s *shop) expect(ctx context.Context, q index.Query, want ...string) error {
	hits, err := s.Search(ctx, []index.Query{q})
	if err != nil {
		return err
	}
	if got := ids(hits[0]); !slices.Equal(got, want) {
		return fmt.Errorf("found %q, want %q", got, want)
	}
	return nil
}

// testConcurrent replaces entries while they are read. Their vector and tag
// change together, so a reader that asks for both finds only whole entries.
// Another store rests meanwhile and always answers the same.
func testConcurrent(s *shop) {
	const n, rounds = 300, 20
	rest := entry("rest", 1, 0)
	rest.Store = "resting"
	s.put(rest)
	written, stop := context.WithCancel(s.Context())
	defer stop()
	group, ctx := errgroup.WithContext(s.Context())
	for reader := range 3 {
		group.Go(func() error {
			for turn := reader; written.Err() == nil; turn++ {
				if err := s.readWhole(ctx, turn%2); err != nil {
					return err
				}
				q := near(1, 0)
				q.Store = "resting"
				if err := s.expect(ctx, q, "rest"); err != nil {
					return err
				}
			}
			return nil
		})
	}
	group.Go(func() error {
		defer stop()
		for round := range rounds {
			if err := s.Put(ctx, parityEntries(n, round%2)); err != nil {
				return err
			}
			if err := s.Delete(ctx, store, index.Products, []string{parityID(round), parityID(round + 50)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		s.Fatal(err)
	}
	q := with(near(parityVector((rounds-1)%2)...), anyOf("parity", fmt.Sprint((rounds-1)%2)))
	q.Limit = index.MaxLimit
	if got := s.search(q); len(got) != n-2 {
		s.Errorf("found %d entries in the end, want %d", len(got), n-2)
	}
}

func parityID(i int) string { return fmt.Sprintf("p%03d", i) }

func parityVector(parity int) []float32 { return []float32{float32(1 - parity), float32(parity)} }

func parityEntries(n, parity int) []index.Entry {
	entries := make([]index.Entry, n)
	for i := range entries {
		e := entry(parityID(i), parityVector(parity)...)
		e.Tags = map[string][]string{"parity": {fmt.Sprint(parity)}}
		e.Words = sparse(float32(parity+1), 1)
		entries[i] = e
	}
	return entries
}

// readWhole fails on a hit whose parts are of different versions, and on one found twice.
func (s *shop) readWhole(ctx context.Context, parity int) error {
	tagged := anyOf("parity", fmt.Sprint(parity))
	dense, words := with(near(parityVector(parity)...), tagged), with(asking(float32(2-parity), 1), tagged)
	dense.Limit = index.MaxLimit
	hits, err := s.Search(ctx, []index.Query{dense, words})
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, h := range hits[0] {
		if h.Score < 0.999 || seen[h.ID] {
			return fmt.Errorf("found %v, which is of two versions or was found before", h)
		}
		seen[h.ID] = true
	}
	if len(hits[1]) > 0 {
		return fmt.Errorf("found %v by words of the other version", hits[1])
	}
	return nil
}
