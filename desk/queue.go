package desk

import (
	"context"
	"time"

	"honeyguide/assistant/conversation"
)

// List is a page of conversations.
type List struct {
	Conversations []Item `json:"conversations" nullable:"false"`
	Next          string `json:"next_cursor" doc:"Empty at the end"`
}

// Item is a conversation as the queue shows it.
type Item struct {
	conversation.Conversation
	Last         *conversation.Message `json:"last_message" doc:"Without its reply"`
	WaitingSince *time.Time            `json:"waiting_since"`
	Place        int                   `json:"place" doc:"In the queue, from 1; 0 where a person is not waited for"`
	Summary      string                `json:"summary" doc:"Where a person was asked for"`
}

// summarized is how many of the last messages a summary is made from in a list.
const summarized = 12

// List returns a store's conversations in a state, or in every state, after the Next
// of the page before: those that wait in the order of their waiting, others those
// first in which something happened last. A state or cursor that is none is a
// catalog.FieldError.
func (d *Desk) List(ctx context.Context, storeID string, state conversation.State, after string, limit int) (List, error) {
	list := List{Conversations: []Item{}}
	if err := checkState(state); err != nil {
		return list, err
	}
	store, err := d.catalog.Store(ctx, storeID)
	if err != nil {
		return list, err
	}
	limit = min(max(limit, 1), conversation.MaxPage-1)
	found, err := d.records.List(ctx, storeID, conversation.Filter{State: state}, after, limit+1)
	if err != nil {
		return list, err
	}
	if len(found) > limit {
		found = found[:limit]
		list.Next = found[limit-1].Cursor(state)
	}
	brief := d.briefing(&store)
	for _, c := range found {
		item, err := d.item(ctx, c, brief)
		if err != nil {
			return list, err
		}
		list.Conversations = append(list.Conversations, item)
	}
	return list, nil
}

func (d *Desk) item(ctx context.Context, c conversation.Conversation, brief *briefing) (Item, error) {
	i, most := Item{Conversation: c}, 1
	if c.Handover != nil {
		most = summarized
	}
	said, err := d.records.Last(ctx, c.StoreID, c.ID, most)
	if err != nil {
		return i, err
	}
	if len(said) > 0 {
		last := said[len(said)-1]
		last.Reply = nil
		i.Last = &last
	}
	if i.WaitingSince, i.Place, err = d.waiting(ctx, &c); err != nil || c.Handover == nil {
		return i, err
	}
	i.Summary, err = brief.summary(&c, said)
	return i, err
}

// waiting is since when and at which place a conversation waits, if it does.
func (d *Desk) waiting(ctx context.Context, c *conversation.Conversation) (since *time.Time, place int, err error) {
	if c.State != conversation.Waiting || c.Handover == nil {
		return nil, 0, nil
	}
	ahead, err := d.records.Ahead(ctx, c.StoreID, c.ID)
	return &c.Handover.At, ahead + 1, err
}
