package catalog

import (
	"context"
	"errors"
	"slices"
	"testing"
)

func TestAnotherEncoderMakesEntriesAnew(t *testing.T) {
	ctx := context.Background()
	model := "first"
	s := newShop(t, func(o *Options) { o.Encoder = renamed{o.Encoder, model} })
	path := s.file("feed.zip", string(archive(t, map[string][]byte{
		"products.csv": pictured("1.png", "2.png", ""), "images/1.png": drawing(red, 40), "images/2.png": drawing(blue, 40)})))
	s.syncFile(path, Full)
	before := s.product("1")

	model = "second"
	s.restart()
	if got := s.found("lamp"); len(got) != 3 {
		t.Errorf("by words it finds %v, want all", got)
	}
	if got := s.pictured(drawing(red, 40)); len(got) != 0 {
		t.Errorf("vectors of another encoder are searched: %v", got)
	}
	if _, err := s.Find(ctx, s.store, Search{ProductID: "1", Limit: 5}); !errors.Is(err, ErrNotFound) {
		t.Errorf("like a product that is still to be encoded: %v", err)
	}
	s.batch = 2
	if n, err := s.Reencode(ctx); n != 3 || err != nil {
		t.Fatalf("made %d, %v; want 3", n, err)
	}
	if got := s.found("lamp"); !slices.Equal(slices.Sorted(slices.Values(got)), []string{"1", "2", "3"}) {
		t.Errorf("found %v, want all", got)
	}
	if e, err := s.entry(ctx, s.sight(), s.store, "1"); err != nil || len(e.Vectors[ImageSpace]) == 0 {
		t.Errorf("the picture was not encoded anew: %v", err)
	}
	if p := s.product("1"); !p.UpdatedAt.Equal(before.UpdatedAt) || p.ImageLink != before.ImageLink {
		t.Errorf("the product itself changed: %+v", p)
	}
	if n, err := s.Reencode(ctx); n != 0 || err != nil {
		t.Errorf("a second time it made %d, %v", n, err)
	}
	if got := s.pictured(drawing(red, 40)); len(got) == 0 || got[0] != "1" {
		t.Errorf("by its picture it finds %v, want 1 first", got)
	}
	wantTally(t, s.syncFile(path, Full), "done: 3 rows, 0 added, 0 updated, 3 unchanged, 0 removed, 0 failed")
}
