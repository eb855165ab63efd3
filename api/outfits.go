package api

import (
	"context"
	"errors"

	"honeyguide/catalog"
	"honeyguide/embed/photo"
	"honeyguide/outfit"
)

type outfitsIn struct {
	Body struct {
		ProductID string            `json:"product_id,omitempty" doc:"What it should go with: a product of this store,"`
		ImageID   string            `json:"image_id,omitempty" doc:"or an uploaded photo,"`
		Region    *photo.Region     `json:"region,omitempty" doc:"(the part of it that counts)"`
		Text      string            `json:"text,omitempty" maxLength:"2000" doc:"or what the buyer says; beside a product or photo, what is wanted with it"`
		Occasion  string            `json:"occasion,omitempty" maxLength:"100" example:"office"`
		Season    string            `json:"season,omitempty" maxLength:"100" example:"winter"`
		BudgetMax int64             `json:"budget_max,omitempty" minimum:"0" doc:"For all pieces, in minor units of the store's currency; 0: no limit"`
		Gender    string            `json:"gender,omitempty" enum:",male,female,unisex"`
		AgeGroup  string            `json:"age_group,omitempty" enum:",newborn,infant,toddler,kids,adult"`
		Set       string            `json:"set,omitempty" maxLength:"100" example:"outfit" doc:"A set of the packs; empty: the most fitting"`
		Keep      map[string]string `json:"keep,omitempty" doc:"Pieces that stay: product ids by slot"`
		Exclude   []string          `json:"exclude,omitempty" maxItems:"500" doc:"Ids of products not to show"`
		Limit     int               `json:"limit,omitempty" default:"3" minimum:"1" maximum:"6"`
		Language  string            `json:"language,omitempty" enum:"en,zh" doc:"Of the reasons; else the text's own, or the store's"`
	}
}

// outfits answers with outfits around a product, a photo or what words name.
func (s *Server) outfits(ctx context.Context, in *outfitsIn) (*answerOf[outfit.Advice], error) {
	b := &in.Body
	about := catalog.Search{Text: b.Text, ProductID: b.ProductID, Region: b.Region, Language: b.Language}
	switch {
	case b.ProductID == "" && b.ImageID == "" && b.Text == "":
		return nil, wrong("text", "say what it should go with: product_id, image_id or text")
	case b.ProductID != "" && b.ImageID != "":
		return nil, wrong("image_id", "there is a product_id already; send one of them")
	case b.Region != nil && b.ImageID == "":
		return nil, wrong("region", "needs a photo: image_id")
	case b.ImageID != "":
		var err error
		if about.Picture, err = s.catalog.LoadPhoto(ctx, storeOf(ctx), b.ImageID); err != nil {
			return nil, err
		}
	}
	keep, err := s.kept(ctx, b.Keep)
	if err != nil {
		return nil, err
	}
	return s.compose(ctx, about, outfit.Wish{Occasion: b.Occasion, Season: b.Season, BudgetMax: b.BudgetMax, Gender: b.Gender,
		AgeGroup: b.AgeGroup, Set: b.Set, Keep: keep, Exclude: b.Exclude, Limit: b.Limit, Language: b.Language})
}

func (s *Server) productOutfits(ctx context.Context, in *struct {
	ID        string `path:"id"`
	Occasion  string `query:"occasion"`
	Season    string `query:"season"`
	BudgetMax int64  `query:"budget_max" minimum:"0"`
	Limit     int    `query:"limit" default:"3" minimum:"1" maximum:"6"`
	Language  string `query:"language" enum:"en,zh"`
}) (*answerOf[outfit.Advice], error) {
	return s.compose(ctx, catalog.Search{ProductID: in.ID, Language: in.Language},
		outfit.Wish{Occasion: in.Occasion, Season: in.Season, BudgetMax: in.BudgetMax, Limit: in.Limit, Language: in.Language})
}

func (s *Server) compose(ctx context.Context, about catalog.Search, w outfit.Wish) (*answerOf[outfit.Advice], error) {
	subject, err := s.catalog.Subject(ctx, storeOf(ctx), about)
	if err != nil {
		return nil, err
	}
	w.Subject = subject
	advice, err := s.advisor.Compose(ctx, s.catalog, storeOf(ctx), w)
	if err != nil {
		return nil, err
	}
	return body(*advice), nil
}

// kept loads the pieces that stay. They must be in stock, as all pieces are.
func (s *Server) kept(ctx context.Context, ids map[string]string) (map[string]catalog.Product, error) {
	kept := map[string]catalog.Product{}
	for slot, id := range ids {
		p, err := s.catalog.Product(ctx, storeOf(ctx), id)
		switch {
		case errors.Is(err, catalog.ErrNotFound):
			return nil, wrong("keep."+slot, "this store has no product "+id)
		case err != nil:
			return nil, err
		case p.Availability != catalog.InStock:
			return nil, wrong("keep."+slot, "product "+id+" is not in stock")
		}
		kept[slot] = p
	}
	return kept, nil
}
