package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
)

// Claim gives a conversation that waits, or that the bot leads, to an agent, and
// tells the buyer that a person is there. Claiming again what one holds changes
// nothing; what another holds, or what is closed, is a catalog.ErrConflict.
func (d *Desk) Claim(ctx context.Context, storeID, id, agent string) (conversation.Conversation, error) {
	agent, err := agentName(agent)
	if err != nil {
		return conversation.Conversation{}, err
	}
	c, err := d.records.Get(ctx, storeID, id)
	if err != nil {
		return conversation.Conversation{}, err
	}
	if c.State == conversation.Human && c.Agent == agent {
		return c, nil
	}
	c, err = d.move(ctx, &c, conversation.Move{From: []conversation.State{conversation.Bot, conversation.Waiting}, To: conversation.Human, Agent: agent}, joined, agent)
	if !errors.Is(err, conversation.ErrMoved) {
		return c, err
	}
	held, err := d.records.Get(ctx, storeID, id)
	if err == nil && (held.State != conversation.Human || held.Agent != agent) { // else the same agent claimed it twice at once
		err = conflict(&held)
	}
	return held, err
}

// Release gives a conversation that the agent holds back to the bot, and tells the
// buyer so. One that the agent does not hold is a catalog.ErrConflict.
func (d *Desk) Release(ctx context.Context, storeID, id, agent string) (conversation.Conversation, error) {
	return d.end(ctx, storeID, id, agent, conversation.Bot, left)
}

// Close ends a conversation that the agent holds, and tells the buyer so. One that
// the agent does not hold is a catalog.ErrConflict.
func (d *Desk) Close(ctx context.Context, storeID, id, agent string) (conversation.Conversation, error) {
	return d.end(ctx, storeID, id, agent, conversation.Closed, ended)
}

func (d *Desk) end(ctx context.Context, storeID, id, agent string, to conversation.State, telling words) (conversation.Conversation, error) {
	agent, err := agentName(agent)
	if err != nil {
		return conversation.Conversation{}, err
	}
	c, err := d.records.Get(ctx, storeID, id)
	if err != nil {
		return conversation.Conversation{}, err
	}
	moved, err := d.move(ctx, &c, conversation.Move{From: []conversation.State{conversation.Human}, To: to, Holder: agent}, telling, agent)
	if errors.Is(err, conversation.ErrMoved) {
		return conversation.Conversation{}, d.heldBy(ctx, storeID, id)
	}
	return moved, err
}

// move changes the state of a conversation and tells the buyer so.
func (d *Desk) move(ctx context.Context, c *conversation.Conversation, m conversation.Move, telling words, agent string) (conversation.Conversation, error) {
	language, err := d.speaks(ctx, c)
	if err != nil {
		return conversation.Conversation{}, err
	}
	m.Message = &conversation.Message{Role: conversation.System, Text: telling.in(language, agent), Agent: agent}
	return d.records.Move(ctx, c.StoreID, c.ID, m)
}

// heldBy is the catalog.ErrConflict that says how a conversation stands.
func (d *Desk) heldBy(ctx context.Context, storeID, id string) error {
	c, err := d.records.Get(ctx, storeID, id)
	if err != nil {
		return err
	}
	return conflict(&c)
}

func conflict(c *conversation.Conversation) error {
	if c.State == conversation.Human {
		return fmt.Errorf("%s holds conversation %q: %w", c.Agent, c.ID, catalog.ErrConflict)
	}
	return fmt.Errorf("nobody holds conversation %q, it is %s: %w", c.ID, c.State, catalog.ErrConflict)
}

// Answer is what an agent says to a buyer: words, products to show, or both.
type Answer struct {
	Agent      string
	Text       string
	ProductIDs []string // at most 12
	ClientID   string   // the same again is said once
	// SuggestionID is the suggestion that the words were made from, if any.
	SuggestionID string
}

// Reply says something to the buyer of a conversation that the agent holds; else it
// is a catalog.ErrConflict. What answers a buyer's question in the agent's own words
// is proposed as an answer of the store (PendingFAQs).
func (d *Desk) Reply(ctx context.Context, storeID, id string, a Answer) (conversation.Message, error) {
	agent, err := agentName(a.Agent)
	if err != nil {
		return conversation.Message{}, err
	}
	a.Text = strings.TrimSpace(a.Text)
	if err := checkText("text", a.Text, 1-min(1, len(a.ProductIDs))); err != nil {
		return conversation.Message{}, err
	}
	c, err := d.records.Get(ctx, storeID, id)
	if err != nil {
		return conversation.Message{}, err
	}
	m := conversation.Message{Role: conversation.Agent, Agent: agent, Text: a.Text, ClientID: a.ClientID, ID: conversation.NewMessageID()}
	if m.Reply, err = d.showing(ctx, &c, m.ID, &a); err != nil {
		return conversation.Message{}, err
	}
	said, err := d.records.Say(ctx, storeID, id, conversation.Saying{Message: m, If: conversation.Human})
	if errors.Is(err, conversation.ErrMoved) {
		return conversation.Message{}, d.heldBy(ctx, storeID, id)
	}
	if err != nil {
		return conversation.Message{}, err
	}
	if a.SuggestionID == "" {
		if err := d.learn(ctx, &c, &said); err != nil { // the buyer has been answered all the same
			d.log.WarnContext(ctx, "an agent's answer was not proposed", "conversation", id, "error", err)
		}
	}
	return said, nil
}

// showing is a reply that holds the products of an answer, or nothing without any.
func (d *Desk) showing(ctx context.Context, c *conversation.Conversation, messageID string, a *Answer) (json.RawMessage, error) {
	if len(a.ProductIDs) == 0 {
		return nil, nil
	}
	if len(a.ProductIDs) > maxProducts {
		return nil, invalid("product_ids", "at most %d, not %d", maxProducts, len(a.ProductIDs))
	}
	r := assistant.Reply{ID: messageID, ConversationID: c.ID, State: conversation.Human, Language: languageOf(c.Locale), Intent: "unknown", Text: a.Text,
		Sources: []assistant.Source{}, Chips: []string{}, Relaxed: []catalog.Reason{}, Regions: []catalog.Region{}, Confidence: 1, CreatedAt: time.Now().UTC()}
	empty(&r.Outfits)
	empty(&r.Palette)
	for i, id := range a.ProductIDs {
		p, err := d.catalog.Product(ctx, c.StoreID, id)
		if errors.Is(err, catalog.ErrNotFound) {
			return nil, invalid(fmt.Sprintf("product_ids[%d]", i), "there is no product %.60q", id)
		}
		if err != nil {
			return nil, err
		}
		r.Products = append(r.Products, catalog.Found{Product: p, Score: 1, Why: []catalog.Reason{}})
		r.Sources = append(r.Sources, assistant.Source{Kind: "product", ID: p.ID, Title: p.Title})
	}
	return json.Marshal(r)
}

// empty makes a list that is written as [] rather than null.
func empty[T any](list *[]T) { *list = []T{} }

// Note keeps something for agents only. It needs no holding.
func (d *Desk) Note(ctx context.Context, storeID, id, agent, text string) (conversation.Event, error) {
	agent, err := agentName(agent)
	if err != nil {
		return conversation.Event{}, err
	}
	if err := checkText("text", text, 1); err != nil {
		return conversation.Event{}, err
	}
	return d.records.AddNote(ctx, storeID, id, agent, strings.TrimSpace(text))
}
