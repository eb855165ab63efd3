package assistant

import (
	"context"
	"time"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/intent"
	"honeyguide/assistant/slot"
)

// CallPerson asks for a person, as the buyer's button does, and returns the one message
// that says what happens next. Asking twice changes nothing.
func (a *Assistant) CallPerson(ctx context.Context, storeID, conversationID string) (*Reply, error) {
	unlock, err := a.records.Lock(ctx, conversationID)
	if err != nil {
		return nil, err
	}
	defer unlock()
	t := &turn{Assistant: a, now: a.now(), begun: time.Now()}
	if t.store, err = a.catalog.Store(ctx, storeID); err != nil {
		return nil, err
	}
	if t.talk, err = a.records.Get(ctx, storeID, conversationID); err != nil {
		return nil, err
	}
	if t.memory, err = recall(&t.talk); err != nil {
		return nil, err
	}
	t.begin()
	t.language = t.reply.Language
	t.reply.Intent, t.reply.Confidence = intent.Handover, 1
	if err := t.callPerson(ctx, "asked"); err != nil {
		return nil, err
	}
	t.deliver(ctx)
	return t.reply, t.keep(ctx, "")
}

// callPerson asks for a person and tells the buyer what happens next: the place in the
// queue, or when somebody is back, or that nobody can come. Nothing else is promised.
func (t *turn) callPerson(ctx context.Context, reason string) error {
	h := &Handover{Reason: reason}
	t.reply.Handover = h
	if reason == "anger" {
		t.say("handover-anger")
	}
	switch {
	case t.talk.State == conversation.Human:
		h.State = "human"
		t.say("with-person")
		return nil
	case !t.store.Handover.Offered():
		h.State = "unavailable"
		t.say("no-person", "contact", t.contact())
		return nil
	}
	ahead, err := t.ahead(ctx)
	if err != nil {
		return err
	}
	h.State, h.Place = "waiting", ahead+1
	if t.store.Hours != nil && !t.store.Hours.Open(t.now) {
		h.State = "closed_hours"
		if opens, ok := t.store.Hours.Opens(t.now); ok {
			h.Opens = opens.Format(time.RFC3339)
			t.say("closed-until", "opens", t.moment(opens))
		} else {
			t.say("closed-now")
		}
		return nil
	}
	if t.talk.State == conversation.Waiting {
		t.say("still-waiting", "place", count(h.Place))
		return nil
	}
	t.say("waiting", "place", count(h.Place))
	return nil
}

// ahead counts those who have waited longer.
func (t *turn) ahead(ctx context.Context) (int, error) {
	if t.talk.State == conversation.Waiting {
		return t.records.Ahead(ctx, t.store.ID, t.talk.ID)
	}
	return t.records.Waiting(ctx, t.store.ID)
}

// contact is how the shop can be reached where no person comes, in its own words.
func (t *turn) contact() string {
	if h := t.store.Handover; h != nil {
		return h.Contact
	}
	return ""
}

// moment writes when somebody is back: the clock today, else the day too.
func (t *turn) moment(at time.Time) string {
	at = at.In(t.zone())
	if today := t.now.In(t.zone()); at.YearDay() == today.YearDay() && at.Year() == today.Year() {
		return t.either("at ", "今天") + at.Format("15:04")
	}
	return t.either("on ", "") + t.day(at) + t.either(" at ", "") + at.Format("15:04")
}

// handoverRequest is the handover that the reply asks for, or nil. Its summary is what the
// buyer said last; the desk makes a fuller one when it is looked at.
func (t *turn) handoverRequest() *conversation.Request {
	h := t.reply.Handover
	if h == nil || h.State != "waiting" && h.State != "closed_hours" || t.talk.State == conversation.Waiting {
		return nil
	}
	return &conversation.Request{Reason: h.Reason, Summary: slot.Redact(t.sent.Text), At: t.now}
}
