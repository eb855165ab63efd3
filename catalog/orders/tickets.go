package orders

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"honeyguide/catalog"
)

// OpenTicket takes a buyer's request down. Where the same conversation has one
// open already, of that kind about that order, it is returned instead and opened
// is false; it stays as it is. A field that cannot be is a catalog.FieldError.
func (r *Orders) OpenTicket(ctx context.Context, storeID string, t Ticket) (ticket Ticket, opened bool, err error) {
	if err := t.validate(); err != nil {
		return Ticket{}, false, err
	}
	id, err := uuid.NewV7() // rises with time
	if err != nil {
		return Ticket{}, false, fmt.Errorf("open ticket: %w", err)
	}
	t.ID, t.State, t.Note = "tk_"+id.String(), TicketOpen, ""
	t.CreatedAt = r.present()
	t.UpdatedAt = t.CreatedAt
	data, err := json.Marshal(t)
	if err != nil {
		return Ticket{}, false, err
	}
	err = r.db.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO tickets (store_id, id, conversation_id, order_id, kind, state, updated_at, data)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (store_id, conversation_id, order_id, kind) WHERE state = 'open' DO NOTHING`,
			storeID, t.ID, t.ConversationID, t.OrderID, t.Kind, t.State, t.UpdatedAt.UnixMilli(), data)
		if err != nil {
			return err
		}
		ticket, err = openTicket(ctx, tx, storeID, &t)
		return err
	})
	if err != nil {
		return Ticket{}, false, fmt.Errorf("open ticket: %w", err)
	}
	return ticket, ticket.ID == t.ID, nil
}

// openTicket reads the one open ticket of that conversation, order and kind.
func openTicket(ctx context.Context, tx *sql.Tx, storeID string, like *Ticket) (Ticket, error) {
	return one(read[Ticket](ctx, tx, `SELECT data FROM tickets
		WHERE store_id = $1 AND conversation_id = $2 AND order_id = $3 AND kind = $4 AND state = 'open'`, storeID, like.ConversationID, like.OrderID, like.Kind))
}

// Ticket returns a ticket of a store, or catalog.ErrNotFound.
func (r *Orders) Ticket(ctx context.Context, storeID, id string) (Ticket, error) {
	t, err := one(read[Ticket](ctx, r.db, `SELECT data FROM tickets WHERE store_id = $1 AND id = $2`, storeID, id))
	if err != nil {
		return t, fmt.Errorf("ticket %q: %w", id, err)
	}
	return t, nil
}

// TicketFilter chooses tickets; empty fields choose all.
type TicketFilter struct {
	State          TicketState
	ConversationID string
}

// Tickets lists a store's tickets after the given id: open ones from the oldest
// on, which has waited longest, any others from the newest.
func (r *Orders) Tickets(ctx context.Context, storeID string, f TicketFilter, after string, limit int) ([]Ticket, error) {
	where, args := `store_id = $1`, []any{storeID}
	choose := func(condition string, value any) {
		args = append(args, value)
		where += fmt.Sprintf(" AND "+condition+" $%d", len(args))
	}
	beyond, order := "id <", "DESC"
	if f.State == TicketOpen {
		beyond, order = "id >", "ASC"
	}
	if f.State != "" {
		choose("state =", f.State)
	}
	if f.ConversationID != "" {
		choose("conversation_id =", f.ConversationID)
	}
	if after != "" {
		choose(beyond, after)
	}
	args = append(args, limit)
	all, err := read[Ticket](ctx, r.db, fmt.Sprintf(`SELECT data FROM tickets WHERE %s ORDER BY id %s LIMIT $%d`, where, order, len(args)), args...)
	if err != nil {
		return nil, fmt.Errorf("tickets: %w", err)
	}
	return all, nil
}

// TicketChange is what an agent or the merchant changes of a ticket; nil leaves it.
type TicketChange struct {
	State *TicketState
	Note  *string
}

// ChangeTicket changes a ticket. One that is opened again beside another that
// asks for the same is a catalog.ErrConflict.
func (r *Orders) ChangeTicket(ctx context.Context, storeID, id string, c TicketChange) (t Ticket, err error) {
	if c.State != nil {
		if err := c.State.validate(); err != nil {
			return Ticket{}, err
		}
	}
	if c.Note != nil {
		if err := checkText("note", c.Note, 0, maxNote); err != nil {
			return Ticket{}, err
		}
	}
	err = r.db.Tx(ctx, func(tx *sql.Tx) error {
		t, err = one(read[Ticket](ctx, tx, `SELECT data FROM tickets WHERE store_id = $1 AND id = $2`, storeID, id))
		if err == nil && c.State != nil {
			err = setState(ctx, tx, storeID, &t, *c.State)
		}
		if err != nil {
			return err
		}
		if c.Note != nil {
			t.Note = *c.Note
		}
		t.UpdatedAt = r.present()
		return saveTicket(ctx, tx, storeID, &t)
	})
	if err != nil {
		return Ticket{}, fmt.Errorf("ticket %q: %w", id, err)
	}
	return t, nil
}

// setState gives a ticket a state, unless that opens a second one of its kind.
func setState(ctx context.Context, tx *sql.Tx, storeID string, t *Ticket, to TicketState) error {
	if to == TicketOpen && t.State != TicketOpen {
		switch other, err := openTicket(ctx, tx, storeID, t); {
		case err == nil:
			return fmt.Errorf("%s asks for the same: %w", other.ID, catalog.ErrConflict)
		case !errors.Is(err, catalog.ErrNotFound):
			return err
		}
	}
	t.State = to
	return nil
}

func saveTicket(ctx context.Context, tx *sql.Tx, storeID string, t *Ticket) error {
	data, err := json.Marshal(t)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE tickets SET state = $1, updated_at = $2, data = $3 WHERE store_id = $4 AND id = $5`,
		t.State, t.UpdatedAt.UnixMilli(), data, storeID, t.ID)
	return err
}

// Forget drops what a buyer wrote into the tickets of a conversation. The
// requests stay: the shop still has to see to them.
func (r *Orders) Forget(ctx context.Context, storeID, conversationID string) error {
	err := r.db.Tx(ctx, func(tx *sql.Tx) error {
		all, err := read[Ticket](ctx, tx, `SELECT data FROM tickets WHERE store_id = $1 AND conversation_id = $2`, storeID, conversationID)
		if err != nil {
			return err
		}
		for _, t := range all {
			t.Text, t.UpdatedAt = "", r.present()
			if err := saveTicket(ctx, tx, storeID, &t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forget the tickets of a conversation: %w", err)
	}
	return nil
}
