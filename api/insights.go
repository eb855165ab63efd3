package api

import (
	"cmp"
	"context"
	"unicode/utf8"

	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
)

// gapList is what buyers asked and nobody could answer.
type gapList struct {
	Gaps       []conversation.Gap `json:"gaps" nullable:"false"`
	NextCursor string             `json:"next_cursor"`
}

func (s *Server) listGaps(ctx context.Context, in *page) (*answerOf[gapList], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	limit := min(in.Limit, mostRead)
	list, err := s.records.Gaps(ctx, storeOf(ctx), after, limit+1)
	if err != nil {
		return nil, err
	}
	out := gapList{Gaps: list}
	if len(list) > limit {
		out.Gaps = list[:limit]
		out.NextCursor = encodeCursor("a", out.Gaps[limit-1].ID)
	}
	return body(out), nil
}

const maxPhrasing = 500 // characters of a question

// answerGap makes a gap's question one that the store answers, and takes it off the list.
func (s *Server) answerGap(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		Question string `json:"question,omitempty" maxLength:"500" doc:"In better words than the buyer's, which become another way to ask it"`
		Answer   string `json:"answer" minLength:"1" maxLength:"10000"`
	}
}) (*answerOf[catalog.FAQ], error) {
	storeID := storeOf(ctx)
	g, err := s.records.Gap(ctx, storeID, in.ID)
	if err != nil {
		return nil, err
	}
	f := catalog.FAQ{Question: cmp.Or(in.Body.Question, g.Question), Answer: in.Body.Answer, Language: g.Language, Enabled: true,
		Source: catalog.FromMerchant, State: catalog.FAQLive}
	if f.Question != g.Question && utf8.RuneCountInString(g.Question) <= maxPhrasing {
		f.Phrasings = []string{g.Question}
	}
	if f, err = s.catalog.AddFAQ(ctx, storeID, f); err != nil {
		return nil, err
	}
	return body(f), s.records.CloseGap(ctx, storeID, g.ID)
}
