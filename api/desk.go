package api

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
	"honeyguide/desk"
)

func (s *Server) listDesk(ctx context.Context, in *struct {
	State  string `query:"state" enum:"bot,waiting,human,closed" doc:"waiting: those who wait longest first; else those first in which something happened last"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" doc:"next_cursor of the page before"`
}) (*answerOf[desk.List], error) {
	list, err := s.desk.List(ctx, storeOf(ctx), conversation.State(in.State), in.Cursor, in.Limit)
	return body(list), err
}

// deskView is a conversation as its agent sees it.
type deskView struct {
	conversation.Conversation
	Messages     []conversation.Message `json:"messages" nullable:"false" doc:"The last ones, oldest first"`
	Earlier      int64                  `json:"earlier" doc:"Messages before this seq are read with before; 0 where there are none"`
	Summary      string                 `json:"summary"`
	WaitingSince *time.Time             `json:"waiting_since"`
	Place        int                    `json:"place" doc:"In the queue, from 1; 0 where a person is not waited for"`
	Photos       []string               `json:"photos" nullable:"false" doc:"Ids of what the buyer sent, the latest first; GET /v1/images/{id} shows them"`
	Products     []catalog.Product      `json:"products" nullable:"false" doc:"As they were shown, the latest first"`
	Orders       []assistant.OrderView  `json:"orders" nullable:"false" doc:"That the buyer proved, as they were shown"`
	Tickets      []orders.Ticket        `json:"tickets" nullable:"false" doc:"That are open"`
	Notes        []desk.Noted           `json:"notes" nullable:"false" doc:"For agents only, oldest first"`
}

func (s *Server) viewDesk(ctx context.Context, in *struct {
	ID     string `path:"id"`
	Before int64  `query:"before" minimum:"0" doc:"earlier of the view before: the messages before it"`
	Limit  int    `query:"limit" default:"100" minimum:"1" maximum:"200" doc:"Of the messages"`
}) (*answerOf[deskView], error) {
	v, err := s.desk.View(ctx, storeOf(ctx), in.ID, in.Before, in.Limit)
	if err != nil {
		return nil, err
	}
	return body(deskView{Conversation: v.Conversation, Messages: v.Messages, Earlier: v.Earlier, Summary: v.Summary, WaitingSince: v.WaitingSince,
		Place: v.Place, Photos: v.Photos, Products: v.Products, Orders: v.Orders, Tickets: v.Tickets, Notes: v.Notes}), nil
}

// agent is who acts on a conversation: an agent's key is the whole desk's, so
// agents name themselves. Without a name it is who holds the conversation.
func (s *Server) agent(ctx context.Context, id, name string) (string, error) {
	if name != "" {
		return name, nil
	}
	c, err := s.records.Get(ctx, storeOf(ctx), id)
	return cmp.Or(c.Agent, "agent"), err
}

// holdBody may be left out.
type holdBody struct {
	Agent   string `json:"agent,omitempty" maxLength:"80" doc:"The agent's name, which buyers see; empty: who holds the conversation, else «agent»"`
	Version int64  `json:"version,omitempty" minimum:"0" doc:"Of the conversation as the agent saw it; if it is another by now, nothing is done"`
}

type holdIn struct {
	ID   string `path:"id"`
	Body *holdBody
}

// hold answers with the conversation that an agent takes, gives back or ends.
func (s *Server) hold(act func(ctx context.Context, storeID, id, agent string) (conversation.Conversation, error)) func(context.Context, *holdIn) (*answerOf[conversation.Conversation], error) {
	return func(ctx context.Context, in *holdIn) (*answerOf[conversation.Conversation], error) {
		b := cmp.Or(in.Body, &holdBody{})
		agent, err := s.agent(ctx, in.ID, b.Agent)
		if err != nil {
			return nil, err
		}
		if b.Version != 0 {
			c, err := s.records.Get(ctx, storeOf(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			if c.Version != b.Version {
				return nil, problem(409, fmt.Sprintf("the conversation is at version %d by now and %s; look at it again", c.Version, c.State))
			}
		}
		c, err := act(ctx, storeOf(ctx), in.ID, agent)
		return body(c), err
	}
}

func (s *Server) replyDesk(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		Text         string   `json:"text,omitempty" doc:"Up to 4,000 characters; may be left out where products are shown"`
		ProductIDs   []string `json:"product_ids,omitempty" maxItems:"12" doc:"Products to show"`
		Agent        string   `json:"agent,omitempty" maxLength:"80" doc:"Who holds the conversation; may be left out"`
		ClientID     string   `json:"client_id,omitempty" maxLength:"200" doc:"The desk's own name for the reply: sent again, it is said once"`
		SuggestionID string   `json:"suggestion_id,omitempty" maxLength:"200" doc:"The suggestion that the words were made from"`
	}
}) (*answerOf[conversation.Message], error) {
	b := &in.Body
	agent, err := s.agent(ctx, in.ID, b.Agent)
	if err != nil {
		return nil, err
	}
	m, err := s.desk.Reply(ctx, storeOf(ctx), in.ID,
		desk.Answer{Agent: agent, Text: b.Text, ProductIDs: b.ProductIDs, ClientID: b.ClientID, SuggestionID: b.SuggestionID})
	return body(m), err
}

func (s *Server) noteDesk(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		Text  string `json:"text" doc:"Up to 4,000 characters, for agents only"`
		Agent string `json:"agent,omitempty" maxLength:"80"`
	}
}) (*answerOf[conversation.Event], error) {
	agent, err := s.agent(ctx, in.ID, in.Body.Agent)
	if err != nil {
		return nil, err
	}
	e, err := s.desk.Note(ctx, storeOf(ctx), in.ID, agent, in.Body.Text)
	return body(e), err
}

// deskEvents says what listenDesk tells.
const deskEvents = "message, state, note, feedback, rating and suggestion: {id, conversation_id, kind, data, at} of any conversation of the store. Each event's id is a place to resume after"

func (s *Server) listenDesk(ctx context.Context, in *Resume) (*huma.StreamResponse, error) {
	after, err := in.place()
	if err != nil {
		return nil, err
	}
	storeID := storeOf(ctx)
	all := func(e conversation.Event) (any, bool) { return e, true }
	return s.listen(following{storeID: storeID, kind: "desk", after: after, show: all}, map[string]int{"store " + storeID: perStore}), nil
}
