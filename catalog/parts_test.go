package catalog

import (
	"context"
	"errors"
	"image"
	"slices"
	"testing"
	"time"

	"honeyguide/embed/photo"
)

func TestPartsOfAPhoto(t *testing.T) {
	found, fault := []Region{
		{Box: photo.Region{0, .5, 1, .5}, Label: "lower", Score: .9},
		{Box: photo.Region{0, 0, .95, .95}, Label: "dress", Score: .8}, // all of it is no part
		{Box: photo.Region{.1, 0, .5, .4}, Label: "upper", Score: .7},
	}, error(nil)
	s := newShop(t, func(o *Options) {
		o.Regions = func(context.Context, image.Image) ([]Region, error) { return found, fault }
	})
	ctx := t.Context()
	p, err := s.SavePhoto(ctx, s.store, drawing(red, 60), time.Hour)
	if err != nil || len(p.Regions) != 3 {
		t.Fatalf("%+v, %v", p.Regions, err)
	}
	main := p.Regions[0]
	if main.Box != (photo.Region{0, 0, 1, 1}) || main.Category == "" || main.Score <= 0 || main.Score > 1 || main.Color == "" || main.ColorScore <= 0 || main.ColorScore > 1 {
		t.Errorf("the main thing: %+v", main)
	}
	for i, category := range []string{"bottoms", "tops"} {
		if r := p.Regions[i+1]; r.Category != category || r.Box != found[2*i].Box || r.Label != found[2*i].Label || r.Score != found[2*i].Score || r.Color != "" {
			t.Errorf("part %d: %+v", i, r)
		}
	}
	img, err := s.LoadPhoto(ctx, s.store, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		region *photo.Region
		want   int
	}{{nil, 3}, {&found[0].Box, 1}} { // a part has no parts
		if r, err := s.Find(ctx, s.store, Search{Picture: img, Region: c.region, Limit: 5}); err != nil || len(r.Regions) != c.want {
			t.Errorf("a search by %v: %+v, %v", c.region, r, err)
		}
	}
	found, fault = nil, errors.New("broken")
	if p, err := s.SavePhoto(ctx, s.store, drawing(blue, 60), time.Hour); err != nil || len(p.Regions) != 1 {
		t.Errorf("without its parts: %+v, %v", p.Regions, err)
	}
}

func TestPartCategoriesExist(t *testing.T) {
	s := newShop(t)
	keys := s.packs.CategoryKeys()
	for label, key := range partCategories {
		if !slices.Contains(keys, key) {
			t.Errorf("%s is %q, which no pack knows", label, key)
		}
	}
}
