package qdrant_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	client "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/qdrant"
	"honeyguide/catalog/index/qdrant/qdranttest"
)

// TestAliasAnsweredLate: a collection that the alias means is never removed, even
// where the answer that says so was lost.
func TestAliasAnsweredLate(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x := opened(t, server)
	put(t, x, product("old", 1, 0))
	ctx, cancel := context.WithTimeout(context.Background(), quick)
	defer cancel()
	err := x.Rebuild(ctx, index.Products, func(put func(context.Context, []index.Entry) error) error {
		if err := put(ctx, []index.Entry{product("new", 1, 0)}); err != nil {
			return err
		}
		server.Late(1)
		return nil
	})
	if err != nil {
		t.Errorf("Rebuild: %v", err)
	}
	finds(t, x, nearest(1, 0), "new")
	if all := server.Collections(); len(all) != 1 {
		t.Errorf("there are the collections %q", all)
	}
}

func TestRebuildCleansUp(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, c := range []struct {
		name string
		fill func(cancel func(), server *qdranttest.Server, put func(...index.Entry) error) error
		want error
	}{
		{"fails", func(_ func(), _ *qdranttest.Server, put func(...index.Entry) error) error {
			return errors.Join(put(product("new", 1, 0)), broken)
		}, broken},
		{"is cancelled", func(cancel func(), _ *qdranttest.Server, put func(...index.Entry) error) error {
			cancel()
			return put(product("new", 1, 0))
		}, context.Canceled},
		{"is cancelled in the middle", func(cancel func(), _ *qdranttest.Server, put func(...index.Entry) error) error {
			err := put(product("new", 1, 0))
			cancel()
			return errors.Join(err, put(product("newer", 1, 0)))
		}, context.Canceled},
		{"is cancelled at the end", func(cancel func(), _ *qdranttest.Server, put func(...index.Entry) error) error {
			defer cancel()
			return put(product("new", 1, 0))
		}, context.Canceled},
		{"cannot widen", func(_ func(), server *qdranttest.Server, put func(...index.Entry) error) error {
			err := put(product("new", 1, 0))
			wide := product("wide", 1, 0)
			wide.Vectors["late"] = []float32{1}
			server.Refuse(codes.Internal, 1)
			return errors.Join(err, put(wide))
		}, index.ErrUnavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := qdranttest.Start(t)
			x := opened(t, server)
			put(t, x, product("old", 1, 0))
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			err := x.Rebuild(ctx, index.Products, func(put func(context.Context, []index.Entry) error) error {
				return c.fill(cancel, server, func(e ...index.Entry) error { return put(ctx, e) })
			})
			if !errors.Is(err, c.want) {
				t.Errorf("Rebuild gave %v, want %v", err, c.want)
			}
			finds(t, x, nearest(1, 0), "old")
			if all := server.Collections(); len(all) != 1 {
				t.Errorf("there are the collections %q", all)
			}
		})
	}
}

// TestPutDuringRebuild makes the collection anew while another one is filled.
func TestPutDuringRebuild(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x := opened(t, server)
	put(t, x, product("old", 1, 0))
	err := x.Rebuild(context.Background(), index.Products, func(fill func(context.Context, []index.Entry) error) error {
		if err := fill(context.Background(), []index.Entry{product("new", 1, 0)}); err != nil {
			return err
		}
		wide := product("wide", 0, 1)
		wide.Vectors["late"] = []float32{1}
		put(t, x, wide)
		finds(t, x, nearest(1, 0), "old", "wide")
		return fill(context.Background(), []index.Entry{product("newer", 0, 1)})
	})
	if err != nil {
		t.Fatalf("Rebuild: %v", err)
	}
	finds(t, x, nearest(1, 0), "new", "newer")
	if all := server.Collections(); len(all) != 1 {
		t.Errorf("there are the collections %q", all)
	}
}

// TestWipe: the server loses all while it runs.
func TestWipe(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x := opened(t, server)
	put(t, x, product("a", 1, 0))
	place, err := x.Place(context.Background(), index.Products)
	if err != nil {
		t.Fatal(err)
	}
	server.Wipe()
	finds(t, x, nearest(1, 0))
	if held, err := x.Held(context.Background(), "shop", index.Products, []string{"a"}); err != nil || len(held) > 0 {
		t.Errorf("Held gave %v, %v", held, err)
	}
	server.Wipe()
	if err := x.Delete(context.Background(), "shop", index.Products, []string{"a"}); err != nil {
		t.Errorf("Delete: %v", err)
	}
	put(t, x, product("b", 1, 0, 0))
	finds(t, x, nearest(1, 0, 0), "b")
	again, err := x.Place(context.Background(), index.Products)
	if err != nil || again.Name == place.Name || again.Name == "" {
		t.Errorf("the place was %+v and is %+v, %v", place, again, err)
	}
	server.Wipe() // and a put is the first to see it
	put(t, x, product("c", 1, 0))
	finds(t, x, nearest(1, 0), "c")
}

// TestAnotherProgram makes a collection anew under one that knows the old.
func TestAnotherProgram(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]struct {
		model  string
		vector []float32
	}{
		"same":         {"model", []float32{1, 0}},
		"other length": {"model", []float32{1, 0, 0}},
		"other model":  {"next", []float32{1, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			server := qdranttest.Start(t)
			x := opened(t, server)
			put(t, x, product("old", 1, 0))
			other := opened(t, server, func(o *qdrant.Options) { o.Model = change.model })
			err := other.Rebuild(context.Background(), index.Products, func(put func(context.Context, []index.Entry) error) error {
				return put(context.Background(), []index.Entry{product("new", change.vector...)})
			})
			if err != nil {
				t.Fatal(err)
			}
			if change.model == "model" {
				finds(t, x, nearest(change.vector...), "new")
			} else {
				finds(t, x, nearest(change.vector...)) // nothing comparable
			}
			put(t, x, product("more", change.vector...))
			words := []index.Query{{Store: "shop", Kind: index.Products, Space: index.Words, Words: index.Sparse{Terms: []uint32{7}, Weights: []float32{1}}, Limit: 9}}
			finds(t, other, words, "more", "new")
			if change.model == "model" {
				finds(t, other, nearest(change.vector...), "more", "new")
			} else {
				finds(t, other, nearest(change.vector...), "new") // the vector of more is another model's
			}
			if err := x.Delete(context.Background(), "shop", index.Products, []string{"new"}); err != nil {
				t.Error(err)
			}
			finds(t, other, words, "more")
		})
	}
}

// TestFirstPutOfManyPrograms leaves one collection.
func TestFirstPutOfManyPrograms(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	const n = 4
	var all sync.WaitGroup
	for i := range n {
		x := opened(t, server)
		all.Go(func() {
			if err := x.Put(context.Background(), []index.Entry{product(fmt.Sprint(i), 1, 0)}); err != nil {
				t.Errorf("Put: %v", err)
			}
		})
	}
	all.Wait()
	// Two may show theirs in one moment. Then the entries of the first are gone,
	// and its place tells so.
	if got := len(server.Collections()); got != 1 {
		t.Errorf("there are %d collections", got)
	}
	if got := len(server.Points("honeyguide.product")); got < 1 {
		t.Errorf("there are %d points", got)
	}
}

// TestAbandoned: what a killed program left goes after a day; what another one
// may be filling stays.
func TestAbandoned(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	c := raw(t, server.Addr())
	young := "honeyguide.product.model." + strconv.FormatInt(time.Now().Add(-time.Hour).UnixNano(), 36)
	for _, name := range []string{
		"honeyguide.product.model.c4fmh3qy9z4u", // of 2022
		young,
		"honeyguide.faq.model.c4fmh3qy9z4u",
		"honeyguide2.product.model.c4fmh3qy9z4u",
	} {
		if err := c.CreateCollection(context.Background(), &client.CreateCollection{CollectionName: name}); err != nil {
			t.Fatal(err)
		}
	}
	x := opened(t, server)
	put(t, x, product("a", 1, 0))
	place, _ := x.Place(context.Background(), index.Products)
	want := []string{"honeyguide.faq.model.c4fmh3qy9z4u", place.Name, young, "honeyguide2.product.model.c4fmh3qy9z4u"}
	slices.Sort(want)
	if got := server.Collections(); !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q", got, want)
	}
}

func TestLongNames(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	long := strings.Repeat("模型/", 200)
	x := opened(t, server, func(o *qdrant.Options) { o.Model = long })
	put(t, x, product("a", 1, 0))
	finds(t, x, nearest(1, 0), "a")
	again := opened(t, server, func(o *qdrant.Options) { o.Model = long })
	finds(t, again, nearest(1, 0), "a")
	other := opened(t, server, func(o *qdrant.Options) { o.Model = long + "2" })
	finds(t, other, nearest(1, 0))
}

// TestMovesUnderWriters: writers and readers notice nothing of collections that
// are made anew, here and by another program.
func TestMovesUnderWriters(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x, other := opened(t, server), opened(t, server)
	put(t, x, product("a", 1, 0))
	ctx, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	for worker, call := range []func(id string) error{
		func(id string) error { return x.Put(context.Background(), []index.Entry{product(id, 0, 1)}) },
		func(id string) error {
			return x.Delete(context.Background(), "shop", index.Products, []string{id})
		},
		func(string) error {
			hits, err := x.Search(context.Background(), nearest(1, 0))
			if err == nil && (len(hits[0]) == 0 || hits[0][0].ID != "a") {
				return fmt.Errorf("found %v", hits[0])
			}
			return err
		},
		func(string) error {
			_, err := x.Held(context.Background(), "shop", index.Products, []string{"a"})
			return err
		},
	} {
		all.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				if err := call(fmt.Sprintf("w%d", i%7)); err != nil {
					t.Errorf("worker %d: %v", worker, err)
					return
				}
			}
		})
	}
	for i := range 10 {
		maker := []*qdrant.Index{x, other}[i%2]
		err := maker.Rebuild(context.Background(), index.Products, func(put func(context.Context, []index.Entry) error) error {
			return put(context.Background(), []index.Entry{product("a", 1, 0)})
		})
		if err != nil {
			t.Fatalf("Rebuild: %v", err)
		}
	}
}
