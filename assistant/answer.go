package assistant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/embed/photo"
	"honeyguide/outfit"
)

// Answer takes a buyer's message in and replies. tell, which may be nil, learns of the
// reply's parts while it is made. The same ClientID again gets the same reply, whose
// text and products are told at once. While a person holds the conversation the reply
// has no text: the message waits for them.
func (a *Assistant) Answer(ctx context.Context, storeID, conversationID string, m Message, tell func(Event)) (*Reply, error) {
	unlock, err := a.records.Lock(ctx, conversationID)
	if err != nil {
		return nil, err
	}
	defer unlock()
	t := &turn{Assistant: a, sent: m, now: a.now(), tell: tell, begun: time.Now()}
	if t.store, err = a.catalog.Store(ctx, storeID); err != nil {
		return nil, err
	}
	if err := t.receive(ctx); err != nil {
		return nil, err
	}
	talk, heard, err := a.records.Hear(ctx, storeID, conversationID, conversation.Message{Role: conversation.Buyer, Text: t.sent.Text,
		ImageIDs: t.sent.ImageIDs, ClientID: t.sent.ClientID, At: t.now})
	if err != nil {
		return nil, err
	}
	t.talk = talk
	if earlier, ok, err := a.records.ReplyTo(ctx, storeID, conversationID, heard.ID); err != nil {
		return nil, err
	} else if ok {
		return t.again(&earlier)
	}
	if t.memory, err = recall(&talk); err != nil {
		return nil, fmt.Errorf("memory of %s: %w", conversationID, err)
	}
	t.begin()
	if talk.State == conversation.Human {
		t.reply.ID = heard.ID // nothing is said, so there is nothing else to name; the same again is the same
		return t.reply, nil
	}
	if err := t.answer(ctx); err != nil {
		return nil, err
	}
	return t.reply, t.keep(ctx, heard.ID)
}

// receive checks a message and loads its photo and its transcript, before anything is kept of it.
func (t *turn) receive(ctx context.Context) error {
	m := &t.sent
	if m.AudioID != "" && strings.TrimSpace(m.Text) == "" {
		text, _, err := t.records.Transcript(ctx, t.store.ID, m.AudioID)
		if isNotFound(err) {
			return &catalog.FieldError{Field: "audio_id", Message: "there is no such recording; upload it to /v1/audio again"}
		}
		if err != nil {
			return err
		}
		m.Text = text
	}
	if strings.TrimSpace(m.Text) == "" && len(m.ImageIDs) == 0 {
		return &catalog.FieldError{Field: "text", Message: "say something, or send image_ids or an audio_id"}
	}
	if m.ProductID != "" {
		if _, err := t.catalog.Product(ctx, t.store.ID, m.ProductID); isNotFound(err) {
			return &catalog.FieldError{Field: "product_id", Message: "this store has no product " + m.ProductID}
		} else if err != nil {
			return err
		}
	}
	for i, id := range m.ImageIDs {
		picture, err := t.catalog.LoadPhoto(ctx, t.store.ID, id)
		if isNotFound(err) {
			return &catalog.FieldError{Field: fmt.Sprintf("image_ids[%d]", i), Message: "there is no such photo, or its time is over; upload it to /v1/images again"}
		}
		if err != nil {
			return err
		}
		t.picture = picture // the last one is what the message is about
	}
	return nil
}

// again returns the reply that was given to the same message before.
func (t *turn) again(m *conversation.Message) (*Reply, error) {
	var r Reply
	if err := json.Unmarshal(m.Reply, &r); err != nil {
		return nil, fmt.Errorf("reply %s: %w", m.ID, err)
	}
	if len(r.Products) > 0 {
		t.emit("products", map[string]any{"products": r.Products})
	}
	t.emit("text", map[string]string{"delta": r.Text})
	return &r, nil
}

// begin makes the reply, empty.
func (t *turn) begin() {
	t.reply = &Reply{ID: conversation.NewMessageID(), ConversationID: t.talk.ID, State: t.talk.State, Intent: "unknown",
		Language: t.memory.Language, Products: []catalog.Found{}, Outfits: []outfit.Outfit{}, Sources: []Source{}, Chips: []string{},
		Relaxed: []catalog.Reason{}, Regions: []catalog.Region{}, Palette: []photo.Swatch{}, CreatedAt: t.now}
	if t.reply.Language == "" {
		t.reply.Language = localeLanguage(t.talk.Locale)
	}
}

// answer reads the message, acts and phrases.
func (t *turn) answer(ctx context.Context) error {
	started := time.Now()
	t.status("reading")
	if err := t.read(ctx); err != nil {
		return err
	}
	plan := t.decide()
	t.reply.Intent, t.reply.Language, t.reply.Confidence = plan.intent, t.language, plan.p
	t.reply.Timings.Understand = since(started)
	started = time.Now()
	switch err := t.act(ctx, plan); {
	case errors.Is(err, catalog.ErrUnread):
		t.draft = nil
		t.say("photo-unread")
		t.chip("chip-person")
	case err != nil:
		return err
	}
	if err := t.mindFailures(ctx, plan); err != nil {
		return err
	}
	t.reply.Timings.Search = since(started)
	started = time.Now()
	t.deliver(ctx)
	t.reply.Timings.Phrase, t.reply.Timings.Total = since(started), since(t.begun)
	return nil
}

// keep saves the reply and what is remembered. A person who took over in the meantime
// speaks instead: the reply is dropped.
func (t *turn) keep(ctx context.Context, heard string) error {
	m := t.memory
	m.Turns++
	m.Language = t.language
	m.posed(t.reply.Asked)
	t.understood()
	memory, err := json.Marshal(m)
	if err != nil {
		return err
	}
	s := conversation.Saying{If: t.talk.State, Memory: memory, Handover: t.handoverRequest()}
	if s.Handover != nil {
		t.reply.State = conversation.Waiting
	}
	data, err := json.Marshal(t.reply)
	if err != nil {
		return err
	}
	s.Message = conversation.Message{ID: t.reply.ID, Role: conversation.Assistant, Text: t.reply.Text, InReply: heard, Reply: data, At: t.now}
	_, err = t.records.Say(ctx, t.store.ID, t.talk.ID, s)
	if errors.Is(err, conversation.ErrMoved) {
		talk, err := t.records.Get(ctx, t.store.ID, t.talk.ID)
		if err != nil {
			return err
		}
		t.talk = talk
		t.begin()
		return nil
	}
	return err
}

// understood writes what is known by now into the reply.
func (t *turn) understood() {
	u := &t.reply.Understood
	u.Language, u.ProductID = t.language, t.memory.Focus
	u.Measurements, u.UsualSize, u.UsualBrand = measurements(t.memory.Body.Measures), t.memory.Body.UsualSize, t.memory.Body.UsualBrand
	u.OrderNumber = t.memory.Order.Number
}

// wished writes a search's request into the reply.
func (u *Understood) wished(q *query.Query) {
	f := &q.Filters
	u.Category, u.Brands, u.Colors, u.Sizes, u.Gender, u.AgeGroup = f.Category, f.Brands, f.Colors, f.Sizes, f.Gender, f.AgeGroup
	u.PriceMin, u.PriceMax = f.PriceMin, f.PriceMax
	for _, one := range []struct {
		to     *string
		values []string
	}{{&u.Season, f.Seasons}, {&u.Pattern, f.Patterns}, {&u.Material, f.Materials}, {&u.Occasion, f.Occasions}} {
		if len(one.values) > 0 {
			*one.to = one.values[0]
		}
	}
	not := q.Not
	for field, values := range bars(&not) {
		if len(*values) > 0 {
			if u.Excluded == nil {
				u.Excluded = map[string][]string{}
			}
			u.Excluded[field] = slices.Clone(*values)
		}
	}
}

// measurements are a body's measures by their names in the contract.
func measurements(measures map[string]float64) map[string]float64 {
	out := map[string]float64{}
	for measure, value := range measures {
		switch measure {
		case "age", "people":
			out[measure] = value
		case "weight":
			out["weight_kg"] = value
		default:
			out[measure+"_cm"] = value
		}
	}
	return out
}

func isNotFound(err error) bool { return errors.Is(err, catalog.ErrNotFound) }

func since(t time.Time) float64 { return float64(time.Since(t).Microseconds()) / 1000 }
