package api

import (
	"context"
	"encoding/json"
	"errors"

	"honeyguide/catalog"
	"honeyguide/catalog/feed"
)

func (s *Server) changeProducts(ctx context.Context, in *struct {
	Body struct {
		Products  []json.RawMessage  `json:"products,omitempty" maxItems:"1000" doc:"Products as this API shows them, or with the names of Google's attributes"`
		Deletions []catalog.Deletion `json:"deletions,omitempty" maxItems:"1000"`
	}
}) (*answerOf[catalog.Changes], error) {
	store, err := s.catalog.Store(ctx, storeOf(ctx))
	if err != nil {
		return nil, err
	}
	var items []feed.Item
	var faults []*feed.RowError
	for i, raw := range in.Body.Products {
		it, err := feed.ParseJSON(raw, i+1, store.Currency)
		var row *feed.RowError
		switch {
		case errors.As(err, &row):
			faults = append(faults, row)
		case err != nil:
			return nil, err
		default:
			items = append(items, it)
		}
	}
	changes, err := s.catalog.Apply(ctx, store.ID, items, in.Body.Deletions, faults)
	return body(changes), err
}

type productID struct {
	ID string `path:"id"`
}

func (s *Server) getProduct(ctx context.Context, in *productID) (*answerOf[catalog.Product], error) {
	p, err := s.catalog.Product(ctx, storeOf(ctx), in.ID)
	return body(p), err
}

func (s *Server) deleteProduct(ctx context.Context, in *productID) (*struct{}, error) {
	storeID := storeOf(ctx)
	if _, err := s.catalog.Product(ctx, storeID, in.ID); err != nil {
		return nil, err
	}
	_, err := s.catalog.Apply(ctx, storeID, nil, []catalog.Deletion{{ID: in.ID}}, nil)
	return nil, err
}

type productList struct {
	Products   []catalog.Product `json:"products" nullable:"false"`
	NextCursor string            `json:"next_cursor"`
}

func (s *Server) listProducts(ctx context.Context, in *page) (*answerOf[productList], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.catalog.Products(ctx, storeOf(ctx), after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := productList{Products: list}
	if len(list) > in.Limit {
		out.Products = list[:in.Limit]
		out.NextCursor = encodeCursor("a", out.Products[in.Limit-1].ID)
	}
	return body(out), nil
}
