package conversation

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// draft is a conversation while a transaction changes it, with what it adds to
// the log.
type draft struct {
	Conversation
	tx  *sql.Tx
	log []entry
}

// entry is what is to be added to the log.
type entry struct {
	kind    string
	data    any
	message *Message // of a message, instead of data
	event   *Event   // learns its id and time; nil where nobody asks
}

// mostEntries is how many a change adds at most: a message and a change of state.
const mostEntries = 2

// change runs f on a conversation in a write transaction, saves what f made of it,
// and wakes who watches. Nothing is changed where f adds nothing to the log.
func (r *Records) change(ctx context.Context, storeID, id string, f func(*draft) error) (Conversation, error) {
	var d draft
	err := r.db.Tx(ctx, func(tx *sql.Tx) error {
		d = draft{tx: tx}
		last, err := tick(ctx, tx, mostEntries)
		if err != nil {
			return err
		}
		row := tx.QueryRowContext(ctx, `SELECT `+columns+`, memory FROM conversations WHERE store_id = $1 AND id = $2`, storeID, id)
		if d.Conversation, err = found(row, storeID, id); err != nil {
			return err
		}
		if err := f(&d); err != nil || len(d.log) == 0 {
			return err
		}
		d.UpdatedAt = r.now()
		if err := d.append(ctx, last-mostEntries); err != nil {
			return err
		}
		return d.save(ctx)
	})
	if err != nil {
		return Conversation{}, err
	}
	if len(d.log) > 0 {
		r.watchers.wake(storeID, id)
	}
	return d.Conversation, nil
}

// tick takes the next n ids of events and returns the last of them. Every writer of
// the log begins with it: where the database lets several in they wait for each other
// here, so that ids are committed in their order.
func tick(ctx context.Context, tx *sql.Tx, n int) (last int64, err error) {
	err = tx.QueryRowContext(ctx, `UPDATE conversation_clock SET last = last + $1 RETURNING last`, n).Scan(&last)
	return last, err
}

// append writes the draft's log under the ids that follow after.
func (d *draft) append(ctx context.Context, after int64) error {
	for _, e := range d.log {
		after++
		d.Version++
		var messageID, clientID, replyTo string
		if m := e.message; m != nil {
			m.Seq, m.At, e.data = after, d.UpdatedAt, m
			messageID, clientID, replyTo = m.ID, m.clientKey(), m.replyKey()
		}
		if e.event != nil {
			e.event.ID, e.event.At = after, d.UpdatedAt
		}
		data, err := json.Marshal(e.data)
		if err != nil {
			return fmt.Errorf("%s: %w", e.kind, err)
		}
		_, err = d.tx.ExecContext(ctx, `INSERT INTO conversation_events (id, store_id, conversation_id, kind, message_id, client_id, reply_to, at, data)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, after, d.StoreID, d.ID, e.kind, messageID, clientID, replyTo, d.UpdatedAt.UnixMilli(), string(data))
		if err != nil {
			return fmt.Errorf("%s: %w", e.kind, err)
		}
	}
	return nil
}

// save writes the conversation's row.
func (d *draft) save(ctx context.Context) error {
	data, err := json.Marshal(d.details())
	if err != nil {
		return err
	}
	var asked int64
	if d.Handover != nil {
		asked = d.Handover.At.UnixMilli()
	}
	_, err = d.tx.ExecContext(ctx, `UPDATE conversations SET state = $1, agent = $2, version = $3, asked_at = $4, updated_at = $5, data = $6, memory = $7
		WHERE store_id = $8 AND id = $9`, string(d.State), d.Agent, d.Version, asked, d.UpdatedAt.UnixMilli(), string(data), string(d.Memory), d.StoreID, d.ID)
	return err
}

// say adds a message to the log, under an id of its own.
func (d *draft) say(m *Message) {
	if m.ID == "" {
		m.ID = NewMessageID()
	}
	if m.ImageIDs == nil {
		m.ImageIDs = []string{}
	}
	d.log = append(d.log, entry{kind: KindMessage, message: m})
}

// said returns the message whose column has a value.
func (d *draft) said(ctx context.Context, column, value string) (Message, bool, error) {
	return messageWith(func(query string, args ...any) *sql.Row { return d.tx.QueryRowContext(ctx, query, args...) }, d.StoreID, d.ID, column, value)
}

// clientKey is what a message of a client is known again by.
func (m *Message) clientKey() string {
	if m.ClientID == "" {
		return ""
	}
	return string(m.Role) + ":" + m.ClientID
}

// replyKey is the message that this one of the bot is the reply to.
func (m *Message) replyKey() string {
	if m.Role != Assistant {
		return ""
	}
	return m.InReply
}
