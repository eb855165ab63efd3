package conversation

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"honeyguide/catalog"
)

// Filter chooses conversations; empty fields choose all.
type Filter struct {
	State State
	Agent string // who holds it
}

// List returns conversations without their memory, after the Cursor of one of the
// same list: those that wait in the order of their waiting, all others those first
// in which something happened last. A cursor that is none is a catalog.FieldError.
func (r *Records) List(ctx context.Context, storeID string, f Filter, after string, limit int) ([]Conversation, error) {
	query, args := `SELECT `+columns+` FROM conversations WHERE store_id = $1`, []any{storeID}
	also := func(condition string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(args)), 1)
		}
		query += condition
	}
	column, than, order := "updated_at", "<", " DESC"
	if f.State == Waiting {
		column, than, order = "asked_at", ">", ""
		also(` AND state = 'waiting'`) // written out, which is what its index asks for
	} else if f.State != "" {
		also(` AND state = ?`, string(f.State))
	}
	if f.Agent != "" {
		also(` AND agent = ?`, f.Agent)
	}
	if after != "" {
		at, id, err := readCursor(after)
		if err != nil {
			return nil, err
		}
		also(` AND (`+column+`, id) `+than+` (?, ?)`, at, id)
	}
	also(` ORDER BY `+column+order+`, id`+order+` LIMIT ?`, page(limit))
	rows, err := r.db.QueryContext(ctx, query, args...)
	all, err := scanAll(rows, err, func(scan func(...any) error) (c Conversation, err error) {
		err = c.scan(scan)
		return c, err
	})
	if err != nil {
		return nil, fmt.Errorf("list conversations: %w", err)
	}
	return all, nil
}

// Cursor is the conversation's place in a List of the state.
func (c *Conversation) Cursor(list State) string {
	at := c.UpdatedAt
	if list == Waiting && c.Handover != nil {
		at = c.Handover.At
	}
	return strconv.FormatInt(at.UnixMilli(), 36) + "." + c.ID
}

func readCursor(s string) (at int64, id string, err error) {
	head, id, ok := strings.Cut(s, ".")
	if at, err = strconv.ParseInt(head, 36, 64); err != nil || !ok {
		return 0, "", &catalog.FieldError{Field: "cursor", Message: "is none that a list gave"}
	}
	return at, id, nil
}

// Ahead returns how many have waited longer than a conversation that waits; 0 for
// one that does not.
func (r *Records) Ahead(ctx context.Context, storeID, id string) (n int, err error) {
	c, err := r.Get(ctx, storeID, id)
	if err != nil || c.State != Waiting || c.Handover == nil {
		return 0, err
	}
	err = r.db.QueryRowContext(ctx, `SELECT count(*) FROM conversations WHERE store_id = $1 AND state = 'waiting' AND (asked_at, id) < ($2, $3)`,
		storeID, c.Handover.At.UnixMilli(), id).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("ahead of %q: %w", id, err)
	}
	return n, nil
}

// Waiting returns how many conversations of a store wait for a person.
func (r *Records) Waiting(ctx context.Context, storeID string) (n int, err error) {
	err = r.db.QueryRowContext(ctx, `SELECT count(*) FROM conversations WHERE store_id = $1 AND state = 'waiting'`, storeID).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("waiting: %w", err)
	}
	return n, nil
}
