package api

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
)

// mostRead is the longest page of a log: one more entry, which is read at once,
// tells whether there are more.
const mostRead = conversation.MaxPage - 1

// history is what a buyer sees of a conversation: never notes or summaries.
type history struct {
	Messages   []conversation.Message `json:"messages" nullable:"false"`
	NextCursor string                 `json:"next_cursor"`
	State      conversation.State     `json:"state" enum:"bot,waiting,human,closed"`
	Agent      string                 `json:"agent,omitempty" doc:"Who holds it"`
}

func (s *Server) listMessages(ctx context.Context, in *struct {
	Own
	After  string `query:"after" doc:"The seq or the id of a message: those behind it"`
	Cursor string `query:"cursor" doc:"next_cursor of the page before"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}) (*answerOf[history], error) {
	c, err := s.admit(ctx, &in.Own)
	if err != nil {
		return nil, err
	}
	field, place := "after", in.After
	if in.Cursor != "" {
		field, place = "cursor", in.Cursor
	}
	after, err := s.seq(ctx, &c, field, place)
	if err != nil {
		return nil, err
	}
	limit := min(in.Limit, mostRead)
	list, err := s.records.Messages(ctx, c.StoreID, c.ID, after, limit+1)
	if err != nil {
		return nil, err
	}
	out := history{Messages: list, State: c.State, Agent: c.Agent}
	if len(list) > limit {
		out.Messages = list[:limit]
		out.NextCursor = strconv.FormatInt(out.Messages[limit-1].Seq, 10)
	}
	return body(out), nil
}

// seq is a place in a conversation's log, which a number or a message's id names.
func (s *Server) seq(ctx context.Context, c *conversation.Conversation, field, place string) (int64, error) {
	if place == "" {
		return 0, nil
	}
	if n, err := strconv.ParseInt(place, 10, 64); err == nil && n >= 0 {
		return n, nil
	}
	m, err := s.records.Message(ctx, c.StoreID, c.ID, place)
	if errors.Is(err, catalog.ErrNotFound) {
		return 0, wrong(field, "must be the seq or the id of a message of this conversation")
	}
	return m.Seq, err
}

// buyerEvents says what listenBuyer tells.
const buyerEvents = "message: something said, as in the list of messages; state: {state, agent} when it changes; feedback and rating: the buyer's own. Each event's id is a place to resume after"

func (s *Server) listenBuyer(ctx context.Context, in *struct {
	Own
	Resume
}) (*huma.StreamResponse, error) {
	c, err := s.admit(ctx, &in.Own)
	if err != nil {
		return nil, err
	}
	after, err := in.place()
	if err != nil {
		return nil, err
	}
	return s.listen(following{storeID: c.StoreID, id: c.ID, kind: "buyer", after: after, show: buyerEvent},
		map[string]int{"conversation " + c.ID: perConversation}), nil
}

// buyerEvent is an event as a buyer may see it.
func buyerEvent(e conversation.Event) (data any, ok bool) {
	if e.Kind != conversation.KindState {
		return e.Data, e.ForBuyer()
	}
	var c struct {
		State conversation.State `json:"state"`
		Agent string             `json:"agent"`
	}
	if json.Unmarshal(e.Data, &c) != nil {
		return nil, false
	}
	return c, true
}
