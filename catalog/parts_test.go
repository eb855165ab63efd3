package catalog

import (
	"context"
	"errors"
	"image"
	"slices"
	"sync/atomic"
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
	var looked atomic.Int64
	s := newShop(t, func(o *Options) {
		o.Regions = func(context.Context, image.Image) ([]Region, error) {
			looked.Add(1)
			return found, fault
		}
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
		photo        string
		region       *photo.Region
		want, looked int
	}{{"", nil, 3, 1}, {p.ID, nil, 3, 0}, {"img_gone", nil, 1, 0}, {p.ID, &found[0].Box, 1, 0}} { // a part has no parts
		looked.Store(0)
		r, err := s.Find(ctx, s.store, Search{Picture: img, PhotoID: c.photo, Region: c.region, Limit: 5})
		if err != nil || len(r.Regions) != c.want || int(looked.Load()) != c.looked {
			t.Errorf("a search by %q, %v: looked %d times, %+v, %v", c.photo, c.region, looked.Load(), r, err)
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
