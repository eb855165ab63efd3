package conversation

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"honeyguide/catalog"
)

// Saying is what the bot, the system or an agent says, with what changes by it.
type Saying struct {
	Message Message
	// If is the state in which it is said; empty: any. A bot that was slow does not
	// speak into what a person has taken meanwhile.
	If State
	// Memory replaces what the assistant remembers; nil leaves it.
	Memory json.RawMessage
	// Handover asks for a person. Where one is waited for or there, it changes nothing.
	Handover *Request
}

// Hear keeps a buyer's message and returns it with the conversation as it stands
// then. The same ClientID again returns the message that was kept; whether it was
// answered, ReplyTo tells. A closed conversation is the bot's again. A field that
// cannot be is a catalog.FieldError.
func (r *Records) Hear(ctx context.Context, storeID, id string, m Message) (Conversation, Message, error) {
	m = Message{Role: Buyer, Text: m.Text, ImageIDs: m.ImageIDs, ClientID: m.ClientID}
	if err := m.validate(); err != nil {
		return Conversation{}, Message{}, err
	}
	c, err := r.change(ctx, storeID, id, func(d *draft) error {
		kept, ok, err := d.said(ctx, "client_id", m.clientKey())
		if err != nil || ok {
			m = kept
			return err
		}
		if err := d.room(); err != nil {
			return err
		}
		if d.State == Closed {
			d.enter(Bot, "", nil)
		}
		d.say(&m)
		return nil
	})
	if err != nil {
		return Conversation{}, Message{}, fmt.Errorf("hear: %w", err)
	}
	return c, m, nil
}

// Say keeps what is said, and what changes by it, in one transaction. The bot
// replies to a message once, and a ClientID is taken once: again, what was said is
// returned and nothing changes. ErrMoved when the state is no longer s.If, or when
// an agent speaks who does not hold the conversation.
func (r *Records) Say(ctx context.Context, storeID, id string, s Saying) (Message, error) {
	m := s.Message
	if err := s.validate(); err != nil {
		return Message{}, err
	}
	_, err := r.change(ctx, storeID, id, func(d *draft) error {
		for _, known := range []struct{ column, value string }{{"client_id", m.clientKey()}, {"reply_to", m.replyKey()}} {
			if kept, ok, err := d.said(ctx, known.column, known.value); err != nil || ok {
				m = kept
				return err
			}
		}
		if s.If != "" && d.State != s.If || m.Role == Agent && (d.State != Human || d.Agent != m.Agent) {
			return fmt.Errorf("conversation %q is %s: %w", id, d.State, ErrMoved)
		}
		if s.Memory != nil {
			d.Memory = s.Memory
		}
		d.say(&m)
		if s.Handover != nil && d.State != Waiting && d.State != Human {
			asked := *s.Handover
			asked.At = r.now()
			d.enter(Waiting, "", &asked)
		}
		return nil
	})
	if err != nil {
		return Message{}, fmt.Errorf("say: %w", err)
	}
	return m, nil
}

// ReplyTo returns the bot's reply to a buyer's message, if there is one yet.
func (r *Records) ReplyTo(ctx context.Context, storeID, id, messageID string) (Message, bool, error) {
	m, ok, err := r.one(ctx, storeID, id, "reply_to", messageID)
	if err == nil && !ok {
		err = r.exists(ctx, storeID, id)
	}
	if err != nil {
		return Message{}, false, fmt.Errorf("reply to %q: %w", messageID, err)
	}
	return m, ok, nil
}

// Message returns a message by its id, or catalog.ErrNotFound.
func (r *Records) Message(ctx context.Context, storeID, id, messageID string) (Message, error) {
	m, ok, err := r.one(ctx, storeID, id, "message_id", messageID)
	if err == nil && !ok {
		err = catalog.ErrNotFound
	}
	if err != nil {
		return Message{}, fmt.Errorf("message %q: %w", messageID, err)
	}
	return m, nil
}

func (r *Records) one(ctx context.Context, storeID, id, column, value string) (Message, bool, error) {
	return messageWith(func(query string, args ...any) *sql.Row { return r.db.QueryRowContext(ctx, query, args...) }, storeID, id, column, value)
}

// messageWith returns the message of a conversation whose column has a value, which
// an index finds.
func messageWith(queryRow func(string, ...any) *sql.Row, storeID, id, column, value string) (m Message, ok bool, err error) {
	if value == "" {
		return m, false, nil
	}
	var data []byte
	err = queryRow(`SELECT data FROM conversation_events WHERE store_id = $1 AND conversation_id = $2 AND `+column+` = $3 AND `+column+` <> ''`,
		storeID, id, value).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return m, false, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	return m, err == nil, err
}

// exists says whether there is such a conversation, by catalog.ErrNotFound.
func (r *Records) exists(ctx context.Context, storeID, id string) error {
	var one int
	err := r.db.QueryRowContext(ctx, `SELECT 1 FROM conversations WHERE store_id = $1 AND id = $2`, storeID, id).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return missing(id)
	}
	if err != nil {
		return fmt.Errorf("conversation %q: %w", id, err)
	}
	return nil
}
