package conversation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"honeyguide/catalog"
)

func TestMessagesPage(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c, other := r.begin(), r.begin()
	var want []string
	for i := range 7 {
		want = append(want, r.hear(c.ID, fmt.Sprint("message ", i)).ID)
		r.hear(other.ID, "another conversation")
		if _, err := r.AddNote(ctx, "s", c.ID, "Anna", "between them"); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for after := int64(0); ; {
		some, err := r.Messages(ctx, "s", c.ID, after, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range some {
			got, after = append(got, m.ID), m.Seq
		}
		if len(some) < 3 {
			break
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if last, err := r.Last(ctx, "s", c.ID, 2); err != nil || len(last) != 2 || last[0].ID != want[5] || last[1].ID != want[6] {
		t.Errorf("last %+v, %v", last, err)
	}
	fifth, err := r.Message(ctx, "s", c.ID, want[5])
	if err != nil {
		t.Fatal(err)
	}
	if back, err := r.Before(ctx, "s", c.ID, fifth.Seq, 2); err != nil || len(back) != 2 || back[0].ID != want[3] || back[1].ID != want[4] {
		t.Errorf("before the fifth %+v, %v", back, err)
	}
	if none, err := r.Messages(ctx, "s", r.begin().ID, 0, 3); err != nil || none == nil || len(none) != 0 {
		t.Errorf("of an empty conversation: %v, %v", none, err)
	}
}

func TestLimitsAreBounded(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c := r.begin()
	for i := range MaxPage + 1 {
		r.hear(c.ID, fmt.Sprint(i))
	}
	for _, limit := range []int{-1, 0, MaxPage + 1, 1 << 40} {
		if all, err := r.Messages(ctx, "s", c.ID, 0, limit); err != nil || len(all) != MaxPage {
			t.Errorf("limit %d: %d messages, %v", limit, len(all), err)
		}
		if all, err := r.Events(ctx, "s", "", 0, limit); err != nil || len(all) != MaxPage {
			t.Errorf("limit %d: %d events, %v", limit, len(all), err)
		}
	}
}

// A reader who goes on after what it read last misses nothing that many write.
func TestEventsAreReadInTheOrderOfCommits(t *testing.T) {
	r := newDesk(t)
	const writers, each = 6, 20
	var all sync.WaitGroup
	for range writers {
		c := r.begin()
		all.Go(func() {
			for range each {
				if _, _, err := r.Hear(t.Context(), "s", c.ID, Message{Text: "x"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wake, stop := r.Watch("s", "")
	defer stop()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	read, after := 0, int64(0)
	for read < writers*each {
		events, err := r.Events(ctx, "s", "", after, 7)
		if err != nil {
			t.Fatalf("%d of %d events: %v", read, writers*each, err)
		}
		for _, e := range events {
			if e.ID <= after {
				t.Fatalf("event %d after %d", e.ID, after)
			}
			after = e.ID
		}
		if read += len(events); len(events) > 0 {
			continue
		}
		select {
		case <-wake:
		case <-ctx.Done():
			t.Fatalf("%d of %d events, and nobody woke", read, writers*each)
		}
	}
	all.Wait()
	if last, err := r.LastEvent(ctx, "s", ""); err != nil || last != after {
		t.Errorf("last event %d, read to %d, %v", last, after, err)
	}
}

// Ids of a deleted conversation are not given again: a stream that resumes behind
// them would miss what came later.
func TestEventIDsAreNeverGivenTwice(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c := r.begin()
	gone := r.hear(c.ID, "x")
	if _, err := r.Delete(ctx, "s", c.ID); err != nil {
		t.Fatal(err)
	}
	r.restart()
	next := r.begin()
	if m := r.hear(next.ID, "y"); m.Seq <= gone.Seq {
		t.Errorf("event %d after %d", m.Seq, gone.Seq)
	}
}

func TestWatch(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c, other := r.begin(), r.begin()
	own, stopOwn := r.Watch("s", c.ID)
	store, stopStore := r.Watch("s", "")
	foreign, stopForeign := r.Watch("other", "")
	for range 3 {
		r.hear(c.ID, "x")
	}
	for name, w := range map[string]struct {
		wake <-chan struct{}
		want int
	}{"own": {own, 1}, "store": {store, 1}, "foreign": {foreign, 0}} {
		if len(w.wake) != w.want {
			t.Errorf("%s: woken %d times, want %d", name, len(w.wake), w.want)
		}
	}
	<-own
	<-store
	r.hear(other.ID, "x")
	if len(own) != 0 || len(store) != 1 {
		t.Errorf("another conversation woke own %d, store %d", len(own), len(store))
	}
	if _, _, err := r.Hear(ctx, "s", c.ID, Message{}); err == nil || len(own) != 0 {
		t.Errorf("what was refused woke %d, %v", len(own), err)
	}
	stopOwn()
	stopOwn()
	stopStore()
	stopForeign()
	r.hear(c.ID, "x")
	if len(own) != 0 || len(r.watchers.of) != 0 {
		t.Errorf("after stop: woken %d, %d still watched", len(own), len(r.watchers.of))
	}
}

func TestLock(t *testing.T) {
	r := newDesk(t)
	var inside, turns int
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			unlock, err := r.Lock(t.Context(), "c_1")
			if err != nil {
				t.Error(err)
				return
			}
			defer unlock()
			if inside++; inside != 1 { // -race sees it too
				t.Error("two turns at once")
			}
			time.Sleep(time.Millisecond)
			inside--
			turns++
		})
	}
	all.Wait()
	if turns != 8 || len(r.turns.held) != 0 {
		t.Errorf("%d turns, %d locks left", turns, len(r.turns.held))
	}
	unlock, err := r.Lock(t.Context(), "c_1")
	if err != nil {
		t.Fatal(err)
	}
	if free, err := r.Lock(t.Context(), "c_2"); err != nil {
		t.Errorf("another conversation: %v", err)
	} else {
		free()
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	if _, err := r.Lock(ctx, "c_1"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a second turn: %v", err)
	}
	unlock()
	unlock()
	if again, err := r.Lock(t.Context(), "c_1"); err != nil {
		t.Error(err)
	} else {
		again()
	}
	if len(r.turns.held) != 0 {
		t.Errorf("%d locks left", len(r.turns.held))
	}
}

func TestOpinions(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c := r.begin()
	heard := r.hear(c.ID, "hello")
	said := r.say(c.ID, Saying{Message: Message{Text: "Hi", InReply: heard.ID, Reply: json.RawMessage(`{"a":1}`)}})
	for _, f := range []Feedback{{"up", ""}, {"up", ""}, {"down", "答非所问"}} {
		if err := r.SetFeedback(ctx, "s", c.ID, said.ID, f); err != nil {
			t.Fatal(err)
		}
	}
	got, err := r.Message(ctx, "s", c.ID, said.ID)
	if err != nil || got.Feedback == nil || got.Feedback.Comment != "答非所问" || string(got.Reply) != `{"a":1}` || got.Seq != said.Seq {
		t.Errorf("message %+v, %v", got, err)
	}
	if m, ok, err := r.ReplyTo(ctx, "s", c.ID, heard.ID); !ok || err != nil || m.Feedback == nil {
		t.Errorf("the reply lost its thumb or its place: %+v, %v", m, err)
	}
	for _, id := range []string{heard.ID, "m_none", ""} {
		if err := r.SetFeedback(ctx, "s", c.ID, id, Feedback{Rating: "up"}); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("a thumb on %q: %v", id, err)
		}
	}
	for _, score := range []int{2, 5} {
		if err := r.Rate(ctx, "s", c.ID, score, "谢谢"); err != nil {
			t.Fatal(err)
		}
	}
	if got := r.get(c.ID); got.Rating != 5 || got.Version != 6 {
		t.Errorf("rated %+v", got)
	}
	for field, err := range map[string]error{
		"score":    r.Rate(ctx, "s", c.ID, 0, ""),
		"score ":   r.Rate(ctx, "s", c.ID, 6, ""),
		"comment":  r.Rate(ctx, "s", c.ID, 3, strings.Repeat("x", maxComment+1)),
		"comment ": r.SetFeedback(ctx, "s", c.ID, said.ID, Feedback{"up", strings.Repeat("x", maxComment+1)}),
		"rating":   r.SetFeedback(ctx, "s", c.ID, said.ID, Feedback{Rating: "meh"}),
	} {
		var wrong *catalog.FieldError
		if !errors.As(err, &wrong) || wrong.Field != strings.TrimSpace(field) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestNotesAreNotForBuyers(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c := r.begin()
	r.hear(c.ID, "hello")
	note, err := r.AddNote(ctx, "s", c.ID, "Anna", "老顾客")
	if err != nil || note.ID == 0 || note.At.IsZero() {
		t.Fatalf("%+v, %v", note, err)
	}
	if _, err := r.Record(ctx, "s", c.ID, KindSuggestion, map[string]string{"action": "accepted"}); err != nil {
		t.Fatal(err)
	}
	events, err := r.Events(ctx, "s", c.ID, 0, 10)
	if err != nil || len(events) != 3 || events[1].ID != note.ID || string(events[1].Data) != `{"agent":"Anna","text":"老顾客"}` {
		t.Fatalf("events %+v, %v", events, err)
	}
	for i, want := range []bool{true, false, false} {
		if events[i].ForBuyer() != want {
			t.Errorf("%s is for buyers: %t", events[i].Kind, !want)
		}
	}
	if notes, err := r.Of(ctx, "s", c.ID, KindNote, 5); err != nil || len(notes) != 1 || notes[0].ID != note.ID {
		t.Errorf("notes %+v, %v", notes, err)
	}
	if said, err := r.Messages(ctx, "s", c.ID, 0, 10); err != nil || len(said) != 1 {
		t.Errorf("messages %+v, %v", said, err)
	}
	var wrong *catalog.FieldError
	if _, err := r.AddNote(ctx, "s", c.ID, "Anna", " "); !errors.As(err, &wrong) || wrong.Field != "text" {
		t.Errorf("an empty note: %v", err)
	}
}
