package conversation

import (
	"context"
	"encoding/json"
	"fmt"

	"honeyguide/catalog"
)

// Note is the data of an event of kind note.
type Note struct {
	Agent string `json:"agent"`
	Text  string `json:"text"`
}

// Opinion is the data of an event of kind feedback.
type Opinion struct {
	MessageID string `json:"message_id"`
	Feedback
}

// Rating is the data of an event of kind rating.
type Rating struct {
	Score   int    `json:"score" minimum:"1" maximum:"5"`
	Comment string `json:"comment,omitempty" maxLength:"2000"`
}

// AddNote keeps what an agent notes down for agents.
func (r *Records) AddNote(ctx context.Context, storeID, id, agent, text string) (Event, error) {
	if err := bounded("text", text, 1, maxText); err != nil {
		return Event{}, err
	}
	return r.Record(ctx, storeID, id, KindNote, Note{agent, text})
}

// Record adds an event that changes nothing, such as a note, to the log.
func (r *Records) Record(ctx context.Context, storeID, id, kind string, data any) (Event, error) {
	written, err := json.Marshal(data)
	if err != nil {
		return Event{}, fmt.Errorf("%s: %w", kind, err)
	}
	e := Event{StoreID: storeID, ConversationID: id, Kind: kind, Data: written}
	_, err = r.change(ctx, storeID, id, func(d *draft) error {
		if err := d.room(); err != nil {
			return err
		}
		d.log = append(d.log, entry{kind: kind, data: e.Data, event: &e})
		return nil
	})
	if err != nil {
		return Event{}, fmt.Errorf("%s: %w", kind, err)
	}
	return e, nil
}

// SetFeedback keeps a buyer's thumb on a message of the bot or an agent; a later
// one takes its place. What is no such message is catalog.ErrNotFound.
func (r *Records) SetFeedback(ctx context.Context, storeID, id, messageID string, f Feedback) error {
	if err := f.validate(); err != nil {
		return err
	}
	_, err := r.change(ctx, storeID, id, func(d *draft) error {
		m, ok, err := d.said(ctx, "message_id", messageID)
		if err != nil {
			return err
		}
		if !ok || m.Role != Assistant && m.Role != Agent {
			return fmt.Errorf("message %q: %w", messageID, catalog.ErrNotFound)
		}
		if m.Feedback != nil && *m.Feedback == f {
			return nil
		}
		if err := d.room(); err != nil {
			return err
		}
		m.Feedback = &f
		data, err := json.Marshal(m)
		if err != nil {
			return err
		}
		d.log = append(d.log, entry{kind: KindFeedback, data: Opinion{messageID, f}})
		_, err = d.tx.ExecContext(ctx, `UPDATE conversation_events SET data = $1 WHERE id = $2 AND store_id = $3`, string(data), m.Seq, storeID)
		return err
	})
	if err != nil {
		return fmt.Errorf("feedback: %w", err)
	}
	return nil
}

// Rate keeps what a buyer thinks of the conversation, 1 to 5; a later score takes
// the earlier one's place.
func (r *Records) Rate(ctx context.Context, storeID, id string, score int, comment string) error {
	if score < 1 || score > 5 {
		return &catalog.FieldError{Field: "score", Message: fmt.Sprintf("must be 1 to 5, not %d", score)}
	}
	if err := bounded("comment", comment, 0, maxComment); err != nil {
		return err
	}
	_, err := r.change(ctx, storeID, id, func(d *draft) error {
		if err := d.room(); err != nil {
			return err
		}
		d.Rating = score
		d.log = append(d.log, entry{kind: KindRating, data: Rating{score, comment}})
		return nil
	})
	if err != nil {
		return fmt.Errorf("rating: %w", err)
	}
	return nil
}
