package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
)

// View is a conversation as its agent sees it.
type View struct {
	conversation.Conversation
	Messages     []conversation.Message `json:"messages" nullable:"false" doc:"The last ones, oldest first"`
	Earlier      int64                  `json:"earlier" doc:"The seq to read earlier messages before; 0 where there are none"`
	Summary      string                 `json:"summary"`
	WaitingSince *time.Time             `json:"waiting_since"`
	Place        int                    `json:"place" doc:"In the queue, from 1; 0 where a person is not waited for"`
	Photos       []string               `json:"photos" nullable:"false" doc:"Ids of what the buyer sent, the latest first"`
	Products     []catalog.Product      `json:"products" nullable:"false" doc:"As they were shown, the latest first"`
	Orders       []assistant.OrderView  `json:"orders" nullable:"false" doc:"That the buyer proved, as they were shown"`
	Tickets      []orders.Ticket        `json:"tickets" nullable:"false" doc:"That are open"`
	Notes        []Noted                `json:"notes" nullable:"false" doc:"For agents only, oldest first"`
}

// Noted is a note of an agent.
type Noted struct {
	conversation.Note
	At time.Time `json:"at"`
}

// How far a view looks back.
const (
	lookedAt   = 60 // messages, for what was shown and the summary
	maxShown   = 24 // products
	maxTickets = 20
	maxNotes   = 100
)

// View returns a conversation with its last messages, at most limit; those before a
// place in its log where before is not 0. What stands beside them is of the whole end
// of the conversation. Another store's conversation is catalog.ErrNotFound.
func (d *Desk) View(ctx context.Context, storeID, id string, before int64, limit int) (*View, error) {
	store, err := d.catalog.Store(ctx, storeID)
	if err != nil {
		return nil, err
	}
	v := &View{Photos: []string{}, Products: []catalog.Product{}, Orders: []assistant.OrderView{}}
	if v.Conversation, err = d.records.Get(ctx, storeID, id); err != nil {
		return nil, err
	}
	said, err := d.records.Last(ctx, storeID, id, lookedAt)
	if err != nil {
		return nil, err
	}
	if err := v.page(ctx, d.records, before, min(max(limit, 1), conversation.MaxPage-1)); err != nil {
		return nil, err
	}
	if v.Summary, err = d.briefing(&store).summary(&v.Conversation, said); err != nil {
		return nil, err
	}
	if v.WaitingSince, v.Place, err = d.waiting(ctx, &v.Conversation); err != nil {
		return nil, err
	}
	if err := v.look(said); err != nil {
		return nil, err
	}
	if v.Notes, err = d.notes(ctx, storeID, id); err != nil {
		return nil, err
	}
	v.Tickets, err = d.orders.Tickets(ctx, storeID, orders.TicketFilter{State: orders.TicketOpen, ConversationID: id}, "", maxTickets)
	return v, err
}

// page reads the messages, and whether there are earlier ones.
func (v *View) page(ctx context.Context, r *conversation.Records, before int64, limit int) (err error) {
	c := &v.Conversation
	if before == 0 {
		v.Messages, err = r.Last(ctx, c.StoreID, c.ID, limit+1)
	} else {
		v.Messages, err = r.Before(ctx, c.StoreID, c.ID, before, limit+1)
	}
	if len(v.Messages) > limit {
		v.Messages = v.Messages[1:]
		v.Earlier = v.Messages[0].Seq
	}
	return err
}

// look gathers what the buyer sent and was shown, the latest first, each once.
func (v *View) look(said []conversation.Message) error {
	for _, m := range slices.Backward(said) {
		for _, id := range m.ImageIDs {
			if !slices.Contains(v.Photos, id) {
				v.Photos = append(v.Photos, id)
			}
		}
		if len(m.Reply) == 0 {
			continue
		}
		var r shown
		if err := json.Unmarshal(m.Reply, &r); err != nil {
			return fmt.Errorf("reply %s: %w", m.ID, err)
		}
		for _, p := range r.all() {
			if len(v.Products) < maxShown && !slices.ContainsFunc(v.Products, func(q catalog.Product) bool { return q.ID == p.ID }) {
				v.Products = append(v.Products, p)
			}
		}
		if o := r.Order; o != nil && !slices.ContainsFunc(v.Orders, func(q assistant.OrderView) bool { return q.ID == o.ID }) {
			v.Orders = append(v.Orders, *o)
		}
	}
	return nil
}

func (d *Desk) notes(ctx context.Context, storeID, id string) ([]Noted, error) {
	events, err := d.records.Of(ctx, storeID, id, conversation.KindNote, maxNotes)
	if err != nil {
		return nil, err
	}
	notes := []Noted{}
	for _, e := range events {
		n := Noted{At: e.At}
		if err := json.Unmarshal(e.Data, &n.Note); err != nil {
			return nil, fmt.Errorf("note %d: %w", e.ID, err)
		}
		notes = append(notes, n)
	}
	return notes, nil
}

// shown is what a reply showed.
type shown struct {
	Intent     string               `json:"intent"`
	Understood assistant.Understood `json:"understood"`
	Products   []struct {
		Product catalog.Product `json:"product"`
	} `json:"products"`
	Outfits []struct {
		Pieces []struct {
			Product catalog.Product `json:"product"`
		} `json:"pieces"`
	} `json:"outfits"`
	Size     json.RawMessage      `json:"size"`
	Sources  []assistant.Source   `json:"sources"`
	Order    *assistant.OrderView `json:"order"`
	Asked    string               `json:"asked"`
	Handover *assistant.Handover  `json:"handover"`
}

// all are the products of a reply, those of its outfits too.
func (r *shown) all() (all []catalog.Product) {
	for _, p := range r.Products {
		all = append(all, p.Product)
	}
	for _, o := range r.Outfits {
		for _, p := range o.Pieces {
			all = append(all, p.Product)
		}
	}
	return all
}
