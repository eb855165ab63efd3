package api

import (
	"cmp"
	"context"
	"time"

	"honeyguide/catalog/money"
	"honeyguide/catalog/promotions"
)

// promotionBody is a promotion as a merchant writes it.
type promotionBody struct {
	ID           string                    `json:"id,omitempty" doc:"As shown; the path decides"`
	Title        string                    `json:"title"`
	Description  string                    `json:"description,omitempty" doc:"Conditions"`
	Category     string                    `json:"category,omitempty" doc:"A key of the packs' taxonomy; it is for what lies below it too" example:"tops"`
	Percent      int                       `json:"percent,omitempty" doc:"Off the price, 0 to 100"`
	Code         string                    `json:"code,omitempty" doc:"What the buyer enters"`
	Minimum      *minimumBody              `json:"minimum,omitempty" doc:"The least that must be bought for"`
	ValidFrom    string                    `json:"valid_from,omitempty" nullable:"true" doc:"RFC 3339, or YYYY-MM-DD for its beginning in UTC"`
	ValidTo      string                    `json:"valid_to,omitempty" nullable:"true" doc:"RFC 3339, or YYYY-MM-DD for its end in UTC"`
	ProductIDs   []string                  `json:"product_ids,omitempty" doc:"The products it is for; none: the category, or the whole store"`
	Translations map[string]promotionWords `json:"translations,omitempty" doc:"Title and description in other languages, by en, zh and so on"`
	UpdatedAt    string                    `json:"updated_at,omitempty" doc:"As shown; ignored"`
}

type minimumBody struct {
	Amount   int64  `json:"amount" doc:"In minor units"`
	Currency string `json:"currency,omitempty" doc:"Else the store's"`
}

type promotionWords struct {
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
}

func (b *promotionBody) promotion(id string) (promotions.Promotion, error) {
	p := promotions.Promotion{ID: id, Title: b.Title, Description: b.Description, Category: b.Category, Percent: b.Percent, Code: b.Code,
		ProductIDs: b.ProductIDs, Translations: map[string]promotions.Words{}}
	for tag, w := range b.Translations {
		p.Translations[tag] = promotions.Words(w)
	}
	if b.Minimum != nil {
		p.Minimum = &money.Money{Amount: b.Minimum.Amount, Currency: b.Minimum.Currency}
	}
	var err error
	if p.ValidFrom, err = moment("valid_from", b.ValidFrom, 0); err != nil {
		return p, err
	}
	p.ValidTo, err = moment("valid_to", b.ValidTo, 24*time.Hour-time.Second)
	return p, err
}

// moment reads a time, or a day as the moment that stands so long after it begins.
func moment(field, value string, into time.Duration) (*time.Time, error) {
	if value == "" {
		return nil, nil
	}
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, value); err != nil {
			return nil, wrong(field, "is no date, such as 2026-11-11 or 2026-11-11T00:00:00+08:00")
		}
		t = t.Add(into)
	}
	return &t, nil
}

func (s *Server) putPromotion(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body promotionBody
}) (*answerOf[promotions.Promotion], error) {
	p, err := in.Body.promotion(in.ID)
	if err != nil {
		return nil, err
	}
	if p.Minimum != nil {
		store, err := s.catalog.Store(ctx, storeOf(ctx))
		if err != nil {
			return nil, err
		}
		p.Minimum.Currency = cmp.Or(p.Minimum.Currency, store.Currency)
	}
	p, err = s.promotions.Put(ctx, storeOf(ctx), p)
	return body(p), err
}

type promotionID struct {
	ID string `path:"id"`
}

func (s *Server) getPromotion(ctx context.Context, in *promotionID) (*answerOf[promotions.Promotion], error) {
	p, err := s.promotions.Get(ctx, storeOf(ctx), in.ID)
	return body(p), err
}

func (s *Server) deletePromotion(ctx context.Context, in *promotionID) (*struct{}, error) {
	return nil, s.promotions.Delete(ctx, storeOf(ctx), in.ID)
}

type promotionList struct {
	Promotions []promotions.Promotion `json:"promotions" nullable:"false"`
	NextCursor string                 `json:"next_cursor"`
}

func (s *Server) listPromotions(ctx context.Context, in *page) (*answerOf[promotionList], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.promotions.List(ctx, storeOf(ctx), after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := promotionList{Promotions: list}
	if len(list) > in.Limit {
		out.Promotions = list[:in.Limit]
		out.NextCursor = encodeCursor("a", out.Promotions[in.Limit-1].ID)
	}
	return body(out), nil
}
