package catalog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"honeyguide/catalog/feed"
	"honeyguide/catalog/index/qdrant"
	"honeyguide/catalog/index/qdrant/qdranttest"
	"honeyguide/catalog/money"
	"honeyguide/embed/photo"
)

// TestAFeedThatOutlastsTheChange is encoded for the model that answers when it is
// saved.
func TestAFeedThatOutlastsTheChange(t *testing.T) {
	everywhere(t, func(t *testing.T, over func(*Options)) {
		old, next := newHues("old", 8), newHues("next", 12)
		s := lampShop(t, old, next, over)
		first := true
		old.before(func(ctx context.Context, pictures bool) error {
			if first {
				first = false
				s.reencode(lamps)
			}
			return ctx.Err()
		})
		files := map[string][]byte{"products.csv": []byte("id,title,price,image_link\nx,Lamp,5,x.png\nbad,Lamp,5,none.png\n"), "images/x.png": drawing(red, 40)}
		j := s.syncFile(s.file("more.zip", string(archive(t, files))), Partial)
		wantTally(t, j, "done: 2 rows, 2 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
		if len(j.Errors) != 1 || j.Errors[0].Code != "picture" {
			t.Errorf("the faults are %+v", j.Errors)
		}
		s.changed("next", lamps+2)
		if got := s.pictured(drawing(red, 40)); !slices.Contains(got[:3], "x") {
			t.Errorf("a photo finds %v", got)
		}
	})
}

// TestTheIndexIsAwayAtTheTurn: the former goes on, and the turn comes when the
// index is back.
func TestTheIndexIsAwayAtTheTurn(t *testing.T) {
	old, next, server := newHues("old", 8), newHues("next", 12), qdranttest.Start(t)
	s := lampShop(t, old, next, onQdrant(t, server, nil))
	s.patience.First, s.patience.Longest = 1, 1
	next.before(func(ctx context.Context, pictures bool) error {
		if pictures && next.pictures.Load() == lamps-4 {
			server.Stop()
		}
		return ctx.Err()
	})
	done := make(chan error, 1)
	go func() {
		_, err := s.Reencode(context.Background())
		done <- err
	}()
	eventually(t, func() bool { now, _ := s.Change(); return strings.Contains(now.Fault, "index unavailable") })
	if s.Model() != "old" {
		t.Errorf("%s answers before the index is back", s.Model())
	}
	server.Restart()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	s.seesLamps("when the index is back")
	s.changed("next", lamps)
}

// A projection that is opened beside a change is of the model that answers.
func TestOpenProjection(t *testing.T) {
	old, next, server := newHues("old", 8), newHues("next", 12), qdranttest.Start(t)
	s := lampShop(t, old, next, onQdrant(t, server, nil))
	ctx := context.Background()
	check := func(want string) {
		t.Helper()
		x, err := qdrant.Open(ctx, qdrant.Options{Addr: server.Addr(), Model: "next", Spaces: Spaces(next, nil), Numbers: Numbers, Log: s.log})
		if err != nil {
			t.Fatal(err)
		}
		defer x.Close()
		p, err := OpenProjection(ctx, s.db, x, "next", s.log)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Rebuild(ctx, nil); err != nil {
			t.Fatal(err)
		}
		if d, err := p.Check(ctx); err != nil || !d.InStep() || d.Entries != lamps || d.Model != want {
			t.Errorf("%+v, %v; want %d of %s", d, err, lamps, want)
		}
		s.seesLamps("rebuilt beside")
	}
	check("old")
	s.reencode(lamps)
	check("next")
}

// TestChangeOfABusyShop: savers do not keep the turn from coming, and no search,
// whenever it begins, falls between the models.
func TestChangeOfABusyShop(t *testing.T) {
	everywhere(t, func(t *testing.T, over func(*Options)) {
		s := lampShop(t, newHues("old", 8), newHues("next", 12), over)
		ctx, cancel := context.WithCancel(context.Background())
		photo, _, err := photo.Decode(drawing(between(10, lamps), 40))
		if err != nil {
			t.Fatal(err)
		}
		var busy errgroup.Group
		busy.Go(func() error {
			for i := 0; ctx.Err() == nil; i++ {
				item := feed.Item{ID: "20", Title: fmt.Sprintf("Changing lamp %d", i), Price: &money.Money{Amount: int64(i), Currency: "USD"}}
				if _, err := s.Apply(context.Background(), s.store, []feed.Item{item}, nil, nil); err != nil {
					return err
				}
			}
			return nil
		})
		for _, search := range []Search{{Picture: photo, Limit: 3}, {ProductID: "11", Limit: 3}, {Text: "lamp", Limit: 3}} {
			busy.Go(func() error {
				for ctx.Err() == nil {
					if r, err := s.Find(context.Background(), s.store, search); err != nil || len(r.Products) != 3 {
						return fmt.Errorf("%+v finds %+v, %w", search, r, err)
					}
				}
				return nil
			})
		}
		_, err = s.Reencode(context.Background())
		cancel()
		if err := errors.Join(err, busy.Wait()); err != nil {
			t.Error(err)
		}
		if got := s.pictured(drawing(between(10, lamps), 40)); len(got) == 0 || got[0] != "11" {
			t.Errorf("a photo of lamp 11 finds %v", got)
		}
		s.changed("next", lamps)
		last := s.product("20").Title
		if got := s.found(last); len(got) == 0 || got[0] != "20" {
			t.Errorf("«%s» finds %v", last, got)
		}
	})
}
