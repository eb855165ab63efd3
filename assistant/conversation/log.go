package conversation

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"
)

// The kinds of events, and what their data is.
const (
	KindMessage    = "message"    // a Message
	KindState      = "state"      // a Change
	KindNote       = "note"       // a Note; not for buyers
	KindFeedback   = "feedback"   // an Opinion
	KindRating     = "rating"     // a Rating
	KindSuggestion = "suggestion" // what an agent made of a suggested reply; not for buyers
)

// ForBuyer reports whether buyers may see the event.
func (e *Event) ForBuyer() bool { return e.Kind != KindNote && e.Kind != KindSuggestion }

// MaxPage is how many entries reading of a log or a list returns at most.
const MaxPage = 200

// page bounds a limit; one that is none is the most.
func page(limit int) int {
	if limit < 1 || limit > MaxPage {
		return MaxPage
	}
	return limit
}

// Messages returns what was said after a place in the log, oldest first. Notes are
// no messages. A conversation that is not there is catalog.ErrNotFound.
func (r *Records) Messages(ctx context.Context, storeID, id string, after int64, limit int) ([]Message, error) {
	return r.messages(ctx, storeID, id, `SELECT data FROM conversation_events
		WHERE store_id = $1 AND conversation_id = $2 AND id > $3 AND kind = 'message' ORDER BY id LIMIT $4`, storeID, id, after, page(limit))
}

// Last returns the last n messages, oldest first. Replies are long: ask for few.
func (r *Records) Last(ctx context.Context, storeID, id string, n int) ([]Message, error) {
	return r.Before(ctx, storeID, id, math.MaxInt64, n)
}

// Before returns the last n messages before a place in the log, oldest first.
func (r *Records) Before(ctx context.Context, storeID, id string, before int64, n int) ([]Message, error) {
	last, err := r.messages(ctx, storeID, id, `SELECT data FROM conversation_events
		WHERE store_id = $1 AND conversation_id = $2 AND id < $3 AND kind = 'message' ORDER BY id DESC LIMIT $4`, storeID, id, before, page(n))
	slices.Reverse(last)
	return last, err
}

func (r *Records) messages(ctx context.Context, storeID, id, query string, args ...any) ([]Message, error) {
	rows, err := r.db.QueryContext(ctx, query, args...)
	all, err := scanAll(rows, err, scanMessage)
	if err == nil && len(all) == 0 {
		err = r.exists(ctx, storeID, id)
	}
	if err != nil {
		return nil, fmt.Errorf("messages: %w", err)
	}
	return all, nil
}

func scanMessage(scan func(...any) error) (m Message, err error) {
	var data []byte
	if err = scan(&data); err == nil {
		err = json.Unmarshal(data, &m)
	}
	return m, err
}

// Of returns the last n events of a kind, oldest first.
func (r *Records) Of(ctx context.Context, storeID, id, kind string, n int) ([]Event, error) {
	rows, err := r.db.QueryContext(ctx, eventsOf+`conversation_id = $2 AND kind = $3 ORDER BY id DESC LIMIT $4`, storeID, id, kind, page(n))
	last, err := scanAll(rows, err, scanEvent)
	if err == nil && len(last) == 0 {
		err = r.exists(ctx, storeID, id)
	}
	if err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	slices.Reverse(last)
	return last, nil
}

// eventsOf begins every reading of events.
const eventsOf = `SELECT id, store_id, conversation_id, kind, at, data FROM conversation_events WHERE store_id = $1 AND `

func scanEvent(scan func(...any) error) (e Event, err error) {
	var at int64
	var data []byte
	err = scan(&e.ID, &e.StoreID, &e.ConversationID, &e.Kind, &at, &data)
	e.At, e.Data = time.UnixMilli(at).UTC(), data
	return e, err
}

// Events returns the log after an event, oldest first; of all the store's
// conversations where id is empty. Ids appear in rising order: what was read once
// is never followed by an event with a lower id.
func (r *Records) Events(ctx context.Context, storeID, id string, after int64, limit int) ([]Event, error) {
	var rows *sql.Rows
	var err error
	if id == "" {
		rows, err = r.db.QueryContext(ctx, eventsOf+`id > $2 ORDER BY id LIMIT $3`, storeID, after, page(limit))
	} else {
		rows, err = r.db.QueryContext(ctx, eventsOf+`id > $2 AND conversation_id = $3 ORDER BY id LIMIT $4`, storeID, after, id, page(limit))
	}
	all, err := scanAll(rows, err, scanEvent)
	if err == nil && len(all) == 0 && id != "" {
		err = r.exists(ctx, storeID, id)
	}
	if err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	return all, nil
}

// LastEvent returns the id of the last event of a conversation, or of all the
// store's where id is empty; 0 where there is none.
func (r *Records) LastEvent(ctx context.Context, storeID, id string) (last int64, err error) {
	const latest = `SELECT coalesce(max(id), 0) FROM conversation_events WHERE store_id = $1`
	if id == "" {
		err = r.db.QueryRowContext(ctx, latest, storeID).Scan(&last)
	} else {
		err = r.db.QueryRowContext(ctx, latest+` AND conversation_id = $2`, storeID, id).Scan(&last)
	}
	if err == nil && last == 0 && id != "" {
		err = r.exists(ctx, storeID, id)
	}
	if err != nil {
		return 0, fmt.Errorf("last event: %w", err)
	}
	return last, nil
}

// scanAll reads rows to their end; the list is never nil.
func scanAll[T any](rows *sql.Rows, err error, read func(scan func(...any) error) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		one, err := read(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
