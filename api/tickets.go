package api

import (
	"context"

	"honeyguide/catalog/orders"
)

type ticketList struct {
	Tickets    []orders.Ticket `json:"tickets" nullable:"false"`
	NextCursor string          `json:"next_cursor"`
}

func (s *Server) listTickets(ctx context.Context, in *struct {
	Limit          int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor         string `query:"cursor" doc:"next_cursor of the page before"`
	State          string `query:"state" enum:"open,done,declined"`
	ConversationID string `query:"conversation_id"`
}) (*answerOf[ticketList], error) {
	after, err := decodeCursor("a", in.Cursor)
	if err != nil {
		return nil, err
	}
	filter := orders.TicketFilter{State: orders.TicketState(in.State), ConversationID: in.ConversationID}
	list, err := s.orders.Tickets(ctx, storeOf(ctx), filter, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := ticketList{Tickets: list}
	if len(list) > in.Limit {
		out.Tickets = list[:in.Limit]
		out.NextCursor = encodeCursor("a", out.Tickets[in.Limit-1].ID)
	}
	return body(out), nil
}

func (s *Server) getTicket(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*answerOf[orders.Ticket], error) {
	t, err := s.orders.Ticket(ctx, storeOf(ctx), in.ID)
	return body(t), err
}

func (s *Server) changeTicket(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		State *orders.TicketState `json:"state,omitempty" enum:"open,done,declined"`
		Note  *string             `json:"note,omitempty" maxLength:"4000"`
	}
}) (*answerOf[orders.Ticket], error) {
	t, err := s.orders.ChangeTicket(ctx, storeOf(ctx), in.ID, orders.TicketChange{State: in.Body.State, Note: in.Body.Note})
	return body(t), err
}
