package turns

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"time"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
)

// Clock is the time that cases are played at. Its zero value is the real one.
type Clock struct{ at atomic.Pointer[time.Time] }

// Now is the time of the case that is played, for assistant.Options.
func (c *Clock) Now() time.Time {
	if at := c.at.Load(); at != nil {
		return *at
	}
	return time.Now()
}

func (c *Clock) set(at time.Time) {
	if at.IsZero() {
		c.at.Store(nil)
		return
	}
	c.at.Store(&at)
}

// Shop is an assistant and the store that it is played on.
type Shop struct {
	Assistant  *assistant.Assistant
	Catalog    *catalog.Catalog
	Orders     *orders.Orders
	Promotions *promotions.Promotions
	StoreID    string
	Clock      *Clock // whose Now the assistant has
	Folder     string // of the cases' pictures
}

// photosKept is how long the photos of cases are kept.
const photosKept = time.Hour

// Run plays files one after the other, each case in a conversation of its own. What a
// file gives is there while it is played, in place of what was there before. tell, if
// given, learns how many of how many cases were played. An error is of the records or
// the store; what the assistant does wrong is among the failures.
func Run(ctx context.Context, s Shop, files []*File, tell func(done, total int)) (*Result, error) {
	store, err := s.Catalog.Store(ctx, s.StoreID)
	if err != nil {
		return nil, err
	}
	r := &runner{Shop: s, tally: newTally(), minorPer: minorPer(store.Currency)}
	total, done := 0, 0
	for _, f := range files {
		total += len(f.Cases)
	}
	for _, f := range files {
		err := r.given(ctx, f, func() error {
			for i := range f.Cases {
				if err := r.play(ctx, f, &f.Cases[i]); err != nil {
					return fmt.Errorf("%s:%d: %w", f.Name, f.Cases[i].Line, err)
				}
				if done++; tell != nil {
					tell(done, total)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	s.Clock.set(time.Time{})
	return r.tally.finish(), nil
}

// minorPer is how many minor units a currency's unit has.
func minorPer(currency string) float64 {
	return math.Pow10(money.Exponent(currency))
}

type runner struct {
	Shop
	tally    *tally
	minorPer float64
	store    string // JSON of the store's settings
}

// talk is a case while it is played.
type talk struct {
	file   *File
	c      *Case
	id     string
	before []*assistant.Reply
	said   []string
	passed bool
}

func (r *runner) play(ctx context.Context, f *File, c *Case) error {
	r.Clock.set(c.Now)
	locale := c.Locale
	if locale == "" {
		locale = map[string]string{"zh": "zh-CN", "en": "en"}[c.Lang]
	}
	opening, err := r.Assistant.Begin(ctx, r.StoreID, assistant.Start{Locale: locale, Page: conversation.Page{ProductID: c.Page}})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	t := &talk{file: f, c: c, id: opening.ID, passed: true}
	for i := range c.Turns {
		if err := r.turn(ctx, t, &c.Turns[i]); err != nil {
			return fmt.Errorf("%s:%d: %w", f.Name, c.Turns[i].Line, err)
		}
	}
	r.tally.addCase(f.Name, c.Lang, t.passed)
	return nil
}

// turn says what the buyer says and compares the reply.
func (r *runner) turn(ctx context.Context, t *talk, turn *Turn) error {
	if !turn.Now.IsZero() {
		r.Clock.set(turn.Now)
	}
	m := assistant.Message{Text: turn.Text}
	if turn.Photo != nil {
		data, err := turn.Photo.data(ctx, r.Catalog, r.StoreID, r.Folder)
		if err != nil {
			return err
		}
		photo, err := r.Catalog.SavePhoto(ctx, r.StoreID, data, photosKept)
		if err != nil {
			return err
		}
		m.ImageIDs = []string{photo.ID}
	}
	t.said = append(t.said, turn.Text)
	start := time.Now()
	reply, err := r.Assistant.Answer(ctx, r.StoreID, t.id, m, nil)
	took := time.Since(start)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		r.fail(t, turn, Failure{Line: turn.Line, Property: "answer", Want: "a reply", Got: err.Error()})
		r.tally.addTurn(t.file.Name, t.c.Lang, turn, "", took, []outcome{{property: "answer"}})
		return nil
	}
	outcomes, err := r.compare(ctx, t, turn, reply)
	if err != nil {
		return err
	}
	t.before = append(t.before, reply)
	r.tally.addTurn(t.file.Name, t.c.Lang, turn, reply.Intent, took, outcomes)
	return nil
}

// compare checks everything that is expected of a reply.
func (r *runner) compare(ctx context.Context, t *talk, turn *Turn, reply *assistant.Reply) ([]outcome, error) {
	fields, err := tree(reply)
	if err != nil {
		return nil, err
	}
	a := &answered{turn: turn, lang: t.c.Lang, reply: reply, fields: fields, before: t.before, said: t.said,
		packs: r.Catalog.Packs(), minorPer: r.minorPer}
	if a.records, a.tickets, err = r.records(ctx, reply); err != nil {
		return nil, err
	}
	outcomes, failures := a.compare()
	for _, f := range failures {
		r.fail(t, turn, f)
	}
	return outcomes, nil
}

// compare checks what is expected of a reply, and what always holds.
func (a *answered) compare() (outcomes []outcome, failures []Failure) {
	for i := range a.turn.Expect {
		e := &a.turn.Expect[i]
		got, ok := e.check(a, e.want)
		outcomes = append(outcomes, outcome{property: kindOf(e.Property), ok: ok, slots: slotsOf(e, a, ok)})
		if !ok {
			failures = append(failures, Failure{Line: e.Line, Property: e.Property, Want: e.Value, Got: got})
		}
	}
	for _, rule := range always() {
		if a.excepts(rule.name) {
			continue
		}
		got, ok := rule.keeps(a)
		outcomes = append(outcomes, outcome{property: "always " + rule.name, ok: ok})
		if !ok {
			failures = append(failures, Failure{Line: a.turn.Line, Property: "always " + rule.name, Want: rule.wants, Got: got})
		}
	}
	return outcomes, failures
}

func (a *answered) excepts(rule string) bool {
	for _, name := range a.turn.Except {
		if name == rule {
			return true
		}
	}
	return false
}

// kindOf joins properties that count together.
func kindOf(property string) string {
	if strings.HasPrefix(property, understood+"measurements.") || strings.HasPrefix(property, understood+"excluded.") {
		return property[:strings.LastIndex(property, ".")]
	}
	return property
}

func (r *runner) fail(t *talk, turn *Turn, f Failure) {
	t.passed = false
	f.File, f.Case, f.Text = t.file.Name, t.c.Name, turn.Text
	r.tally.result.Failures = append(r.tally.result.Failures, f)
}

// records returns the JSON of the records that a reply names and that it does not
// carry itself, and the kinds of tickets among them.
func (r *runner) records(ctx context.Context, reply *assistant.Reply) (all string, tickets []string, err error) {
	parts := []string{r.store}
	for _, s := range reply.Sources {
		record, err := r.record(ctx, s)
		if errors.Is(err, catalog.ErrNotFound) {
			continue // the reply names what is not: its numbers have nothing to stand on
		}
		if err != nil {
			return "", nil, err
		}
		data, err := json.Marshal(record)
		if err != nil {
			return "", nil, err
		}
		if ticket, ok := record.(orders.Ticket); ok {
			tickets = append(tickets, string(ticket.Kind))
		}
		parts = append(parts, string(data))
	}
	return strings.Join(parts, "\n"), tickets, nil
}
