package api

import (
	"context"
	"time"

	"honeyguide/catalog"
	"honeyguide/outfit"
)

type giftsIn struct {
	Body struct {
		Text      string   `json:"text,omitempty" maxLength:"2000" doc:"In the buyer's own words; the fields below outweigh them"`
		Recipient string   `json:"recipient,omitempty" maxLength:"100" example:"mother"`
		Occasion  string   `json:"occasion,omitempty" maxLength:"100" example:"birthday"`
		Age       *int     `json:"age,omitempty" minimum:"0" maximum:"120"`
		Gender    string   `json:"gender,omitempty" enum:",male,female"`
		Interests []string `json:"interests,omitempty" maxItems:"20" example:"fishing"`
		BudgetMin *int64   `json:"budget_min,omitempty" minimum:"0" doc:"Minor units of the store's currency"`
		BudgetMax *int64   `json:"budget_max,omitempty" minimum:"0" doc:"No gift is dearer; 0: no limit"`
		NeedBy    string   `json:"need_by,omitempty" format:"date" doc:"The day on which it must be there"`
		Limit     int      `json:"limit,omitempty" default:"5" minimum:"1" maximum:"20"`
		Language  string   `json:"language,omitempty" enum:"en,zh" doc:"Of the reasons; else the text's own"`
	}
}

// wished is a wish as it was understood.
type wished struct {
	Recipient string   `json:"recipient,omitempty"`
	Occasion  string   `json:"occasion,omitempty"`
	Age       *int     `json:"age,omitempty"`
	Gender    string   `json:"gender,omitempty"`
	Interests []string `json:"interests,omitempty"`
	BudgetMin *int64   `json:"budget_min,omitempty"`
	BudgetMax *int64   `json:"budget_max,omitempty"`
	NeedBy    string   `json:"need_by,omitempty" format:"date"`
	Category  string   `json:"category,omitempty"`
	Language  string   `json:"language"`
}

type giftsOut struct {
	Understood wished           `json:"understood"`
	Gifts      []catalog.Found  `json:"gifts" nullable:"false"`
	Notes      []catalog.Reason `json:"notes" nullable:"false" doc:"What is true of the whole answer"`
}

func (s *Server) createGifts(ctx context.Context, in *giftsIn) (*answerOf[giftsOut], error) {
	b := &in.Body
	given := outfit.GiftWish{Recipient: b.Recipient, Occasion: b.Occasion, Age: b.Age, Gender: b.Gender, Interests: b.Interests,
		BudgetMin: b.BudgetMin, BudgetMax: b.BudgetMax, Language: b.Language}
	if b.BudgetMax != nil && *b.BudgetMax == 0 {
		given.BudgetMax = nil
	}
	if b.NeedBy != "" {
		var err error
		if given.NeedBy, err = time.Parse(time.DateOnly, b.NeedBy); err != nil {
			return nil, wrong("need_by", "must be a day such as 2006-12-24")
		}
	}
	advice, err := s.giver.Gifts(ctx, s.catalog, storeOf(ctx), outfit.GiftRequest{Text: b.Text, Given: given, Limit: b.Limit, Now: time.Now()})
	if err != nil {
		return nil, err
	}
	return body(giftsOut{Understood: wishedOf(&advice.Wish), Gifts: advice.Gifts, Notes: advice.Notes}), nil
}

func wishedOf(w *outfit.GiftWish) wished {
	out := wished{Recipient: w.Recipient, Occasion: w.Occasion, Age: w.Age, Gender: w.Gender, Interests: w.Interests,
		BudgetMin: w.BudgetMin, BudgetMax: w.BudgetMax, Category: w.Category, Language: w.Language}
	if !w.NeedBy.IsZero() {
		out.NeedBy = w.NeedBy.Format(time.DateOnly)
	}
	return out
}
