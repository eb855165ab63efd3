package api

import (
	"cmp"
	"context"

	"honeyguide/catalog"
	"honeyguide/desk"
)

func (s *Server) suggest(ctx context.Context, in *struct {
	ID    string `path:"id"`
	Draft string `query:"draft" doc:"What the agent has begun to write, up to 4,000 characters"`
}) (*answerOf[desk.Suggestions], error) {
	out, err := s.desk.Suggest(ctx, storeOf(ctx), in.ID, in.Draft)
	return body(out), err
}

func (s *Server) judge(ctx context.Context, in *struct {
	ID         string `path:"id"`
	Suggestion string `path:"sid"`
	Body       struct {
		Action string `json:"action" enum:"accepted,edited,rejected"`
		Text   string `json:"text,omitempty" doc:"What it became, of edited; up to 4,000 characters"`
		Agent  string `json:"agent,omitempty" maxLength:"80"`
	}
}) (*struct{}, error) {
	agent, err := s.agent(ctx, in.ID, in.Body.Agent)
	if err != nil {
		return nil, err
	}
	return nil, s.desk.Judge(ctx, storeOf(ctx), in.ID, in.Suggestion, desk.Verdict{Agent: agent, Action: in.Body.Action, Text: in.Body.Text})
}

func (s *Server) listPending(ctx context.Context, in *page) (*answerOf[faqList], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	limit := min(in.Limit, mostRead)
	list, err := s.desk.PendingFAQs(ctx, storeOf(ctx), after, limit+1)
	if err != nil {
		return nil, err
	}
	return body(faqPage(list, limit)), nil
}

// correction may be left out.
type correction struct {
	Question *string `json:"question,omitempty" maxLength:"500"`
	Answer   *string `json:"answer,omitempty" maxLength:"10000"`
}

func (s *Server) approve(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body *correction
}) (*answerOf[catalog.FAQ], error) {
	by := cmp.Or(in.Body, &correction{})
	f, err := s.desk.Approve(ctx, storeOf(ctx), in.ID, desk.Correction{Question: by.Question, Answer: by.Answer})
	return body(f), err
}

func (s *Server) reject(ctx context.Context, in *faqID) (*struct{}, error) {
	return nil, s.desk.Reject(ctx, storeOf(ctx), in.ID)
}
