package api

import (
	"context"
	"image"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/embed/photo"
)

// filters are what must hold of every product shown; empty ones hold of all.
type filters struct {
	Category  string   `json:"category,omitempty"`
	Brands    []string `json:"brands,omitempty" maxItems:"100"`
	Colors    []string `json:"colors,omitempty" maxItems:"100"`
	Sizes     []string `json:"sizes,omitempty" maxItems:"100"`
	Gender    string   `json:"gender,omitempty" enum:",male,female,unisex"`
	AgeGroup  string   `json:"age_group,omitempty" enum:",newborn,infant,toddler,kids,adult"`
	Seasons   []string `json:"seasons,omitempty" maxItems:"100"`
	Occasions []string `json:"occasions,omitempty" maxItems:"100"`
	Patterns  []string `json:"patterns,omitempty" maxItems:"100"`
	Materials []string `json:"materials,omitempty" maxItems:"100"`
	PriceMin  *int64   `json:"price_min,omitempty" minimum:"0" doc:"Minor units of the store's currency"`
	PriceMax  *int64   `json:"price_max,omitempty" minimum:"0" doc:"0: no limit"`
	InStock   *bool    `json:"in_stock,omitempty" default:"true" doc:"false also shows what is out of stock"`
}

type searchIn struct {
	Body struct {
		Text      string        `json:"text,omitempty" maxLength:"2000"`
		ImageID   string        `json:"image_id,omitempty"`
		ProductID string        `json:"product_id,omitempty"`
		Region    *photo.Region `json:"region,omitempty" doc:"The part of the photo that counts: x, y, width, height as fractions"`
		Filters   filters       `json:"filters,omitempty"`
		Limit     int           `json:"limit,omitempty" default:"12" minimum:"1" maximum:"50"`
		Cursor    string        `json:"cursor,omitempty"`
		Language  string        `json:"language,omitempty" enum:"en,zh" doc:"Of the reasons; else the text's own"`
	}
	picture *image.NRGBA
}

// Resolve takes over a photo that came in the form.
func (in *searchIn) Resolve(ctx huma.Context) []error {
	in.picture, _ = humaecho.Unwrap(ctx).Get(formPicture).(*image.NRGBA)
	return nil
}

type understood struct {
	Category  string      `json:"category,omitempty"`
	Brands    []string    `json:"brands,omitempty"`
	Colors    []string    `json:"colors,omitempty"`
	Sizes     []string    `json:"sizes,omitempty"`
	Gender    string      `json:"gender"`
	AgeGroup  string      `json:"age_group,omitempty"`
	Seasons   []string    `json:"seasons,omitempty"`
	Occasions []string    `json:"occasions,omitempty"`
	Patterns  []string    `json:"patterns,omitempty"`
	Materials []string    `json:"materials,omitempty"`
	PriceMin  *int64      `json:"price_min,omitempty"`
	PriceMax  *int64      `json:"price_max,omitempty"`
	Not       *exclusions `json:"not,omitempty"`
	Language  string      `json:"language"`
}

type exclusions struct {
	Categories []string `json:"categories,omitempty"`
	Brands     []string `json:"brands,omitempty"`
	Colors     []string `json:"colors,omitempty"`
	Patterns   []string `json:"patterns,omitempty"`
	Materials  []string `json:"materials,omitempty"`
}

type searchOut struct {
	Understood understood       `json:"understood"`
	Relaxed    []catalog.Reason `json:"relaxed" nullable:"false" doc:"What was given up: filters so that anything fits, and the photo (image) or the meaning of the words (text) while they cannot be compared"`
	Products   []catalog.Found  `json:"products" nullable:"false"`
	Regions    []catalog.Region `json:"regions" nullable:"false"`
	Palette    []photo.Swatch   `json:"palette" nullable:"false"`
	Matched    catalog.Match    `json:"matched" enum:"yes,near,none"`
	NextCursor string           `json:"next_cursor"`
}

func (s *Server) search(ctx context.Context, in *searchIn) (*answerOf[searchOut], error) {
	b, storeID := &in.Body, storeOf(ctx)
	skip, err := skipOf(b.Cursor)
	if err != nil {
		return nil, err
	}
	q := catalog.Search{Text: b.Text, Picture: in.picture, Region: b.Region, ProductID: b.ProductID, Skip: skip, Limit: b.Limit,
		Language: b.Language, Filters: b.Filters.query()}
	if b.ImageID != "" {
		if q.Picture != nil {
			return nil, wrong("image_id", "the form brings a photo already; send one of them")
		}
		if q.Picture, err = s.catalog.LoadPhoto(ctx, storeID, b.ImageID); err != nil {
			return nil, err
		}
		q.PhotoID = b.ImageID
	}
	if q.Region != nil && q.Picture == nil {
		return nil, wrong("region", "needs a photo: image_id, or an image in the form")
	}
	return s.found(ctx, storeID, q)
}

func (f *filters) query() query.Filters {
	q := query.Filters{
		Category: f.Category, Brands: f.Brands, Colors: f.Colors, Sizes: f.Sizes, Gender: f.Gender, AgeGroup: f.AgeGroup, Seasons: f.Seasons,
		Occasions: f.Occasions, Patterns: f.Patterns, Materials: f.Materials, PriceMin: f.PriceMin, PriceMax: f.PriceMax, InStock: f.InStock,
	}
	if f.PriceMax != nil && *f.PriceMax == 0 {
		q.PriceMax = nil
	}
	return q
}

func (s *Server) found(ctx context.Context, storeID string, q catalog.Search) (*answerOf[searchOut], error) {
	r, err := s.catalog.Find(ctx, storeID, q)
	if err != nil {
		return nil, err
	}
	out := searchOut{Understood: understoodOf(&r.Understood), Relaxed: append(slices.Clip(r.Notices), r.Relaxed...), Products: r.Products, Regions: r.Regions, Palette: r.Palette, Matched: r.Matched}
	if r.Next > 0 {
		out.NextCursor = skipCursor(r.Next)
	}
	return body(out), nil
}

func understoodOf(q *query.Query) understood {
	f, n := &q.Filters, &q.Not
	u := understood{
		Category: f.Category, Brands: f.Brands, Colors: f.Colors, Sizes: f.Sizes, Gender: f.Gender, AgeGroup: f.AgeGroup, Seasons: f.Seasons,
		Occasions: f.Occasions, Patterns: f.Patterns, Materials: f.Materials, PriceMin: f.PriceMin, PriceMax: f.PriceMax, Language: q.Language,
	}
	if len(n.Categories)+len(n.Brands)+len(n.Colors)+len(n.Patterns)+len(n.Materials) > 0 {
		u.Not = &exclusions{Categories: n.Categories, Brands: n.Brands, Colors: n.Colors, Patterns: n.Patterns, Materials: n.Materials}
	}
	return u
}

func (s *Server) similar(ctx context.Context, in *struct {
	ID       string `path:"id"`
	Limit    int    `query:"limit" default:"12" minimum:"1" maximum:"50"`
	Cursor   string `query:"cursor"`
	Language string `query:"language" enum:"en,zh"`
}) (*answerOf[searchOut], error) {
	skip, err := skipOf(in.Cursor)
	if err != nil {
		return nil, err
	}
	return s.found(ctx, storeOf(ctx), catalog.Search{ProductID: in.ID, Skip: skip, Limit: in.Limit, Language: in.Language})
}
