package conversation

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"honeyguide/catalog"
)

// in brings a new conversation into a state.
func (r *desk) in(s State) Conversation {
	r.t.Helper()
	c := r.begin()
	switch s {
	case Waiting:
		r.wait(c.ID)
	case Human:
		r.wait(c.ID)
		r.move(c.ID, Move{To: Human, Agent: "Anna"})
	case Closed:
		r.move(c.ID, Move{To: Closed})
	}
	return r.get(c.ID)
}

func TestStates(t *testing.T) {
	r := newDesk(t)
	states := []State{Bot, Waiting, Human, Closed}
	may := map[State][]State{Bot: {Human, Closed}, Waiting: {Human, Bot, Closed}, Human: {Bot, Closed}}
	for _, from := range states {
		for _, to := range states {
			c := r.in(from)
			agent := ""
			if to == Human {
				agent = "Ben"
			}
			got, err := r.Move(t.Context(), "s", c.ID, Move{To: to, Agent: agent})
			if want := slices.Contains(may[from], to); want != (err == nil) || !want && !errors.Is(err, ErrMoved) {
				t.Errorf("%s → %s: %v", from, to, err)
			}
			if err != nil {
				if now := r.get(c.ID); now.State != from || now.Version != c.Version {
					t.Errorf("%s → %s was refused and left %+v", from, to, now)
				}
				continue
			}
			if got.State != to || got.Agent != agent || got.Version != c.Version+1 || (got.Handover != nil) != (from == Waiting && to == Human) {
				t.Errorf("%s → %s: %+v", from, to, got)
			}
		}
	}
}

func TestMoveComparesWhatWasSeen(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c := r.in(Waiting)
	for name, m := range map[string]Move{
		"from":    {From: []State{Bot, Human}, To: Human, Agent: "Anna"},
		"version": {To: Human, Agent: "Anna", Version: c.Version - 1},
		"holder":  {To: Closed, Holder: "Anna"},
	} {
		if _, err := r.Move(ctx, "s", c.ID, m); !errors.Is(err, ErrMoved) {
			t.Errorf("%s: %v", name, err)
		}
	}
	taken := r.move(c.ID, Move{From: []State{Bot, Waiting}, To: Human, Agent: "Anna", Version: c.Version, Message: &Message{Role: System, Text: "Anna 已加入"}})
	if taken.Agent != "Anna" || taken.Handover == nil || taken.Handover.Summary != "size of the boots" || taken.Version != c.Version+2 {
		t.Errorf("taken %+v", taken)
	}
	if last, err := r.Last(ctx, "s", c.ID, 1); err != nil || last[0].Role != System || last[0].Text != "Anna 已加入" {
		t.Errorf("told %+v, %v", last, err)
	}
	var wrong *catalog.FieldError
	for _, m := range []Move{{To: Human}, {To: Closed, Agent: "Anna"}} {
		if _, err := r.Move(ctx, "s", c.ID, m); !errors.As(err, &wrong) || wrong.Field != "agent" {
			t.Errorf("%+v: %v", m, err)
		}
	}
	if done := r.move(c.ID, Move{To: Closed, Holder: "Anna"}); done.Agent != "" || done.Handover != nil {
		t.Errorf("closed %+v", done)
	}
}

func TestHandover(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c := r.begin()
	m := r.say(c.ID, Saying{Message: Message{Text: "A person will come."}, If: Bot, Handover: &Request{Reason: "anger", Summary: "private"}})
	got := r.get(c.ID)
	if got.State != Waiting || got.Handover == nil || got.Handover.Reason != "anger" || got.Handover.Summary != "private" || got.Handover.At.IsZero() || got.Version != 2 {
		t.Fatalf("handed over as %+v", got)
	}
	r.say(c.ID, Saying{Message: Message{Text: "Still waiting."}, Handover: &Request{Reason: "asked"}})
	if again := r.get(c.ID); again.Handover.Reason != "anger" || !again.Handover.At.Equal(got.Handover.At) {
		t.Errorf("asked again: %+v", again.Handover)
	}
	events, err := r.Events(ctx, "s", c.ID, m.Seq, 10)
	if err != nil || len(events) != 2 || events[0].Kind != KindState || events[1].Kind != KindMessage {
		t.Fatalf("events %+v, %v", events, err)
	}
	var change Change
	if err := json.Unmarshal(events[0].Data, &change); err != nil || change.State != Waiting || change.Handover.Reason != "anger" || change.Handover.Summary != "" {
		t.Errorf("told %s, %v: the summary is the agents'", events[0].Data, err)
	}
}

func TestTheBotIsSilentWhereSomebodyElseSpeaks(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c := r.in(Human)
	for name, s := range map[string]Saying{
		"the bot":       {Message: Message{Role: Assistant, Text: "Hi"}, If: Bot},
		"another agent": {Message: Message{Role: Agent, Agent: "Ben", Text: "Hi"}},
	} {
		if _, err := r.Say(ctx, "s", c.ID, s); !errors.Is(err, ErrMoved) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 2 {
		m := r.say(c.ID, Saying{Message: Message{Role: Agent, Agent: "Anna", Text: "Hello", ClientID: "1"}})
		if m.Agent != "Anna" {
			t.Errorf("said %+v", m)
		}
	}
	if got := r.get(c.ID); got.Version != c.Version+1 {
		t.Errorf("the same client id was taken twice: version %d after %d", got.Version, c.Version)
	}
	r.move(c.ID, Move{To: Bot})
	if _, err := r.Say(ctx, "s", c.ID, Saying{Message: Message{Role: Agent, Agent: "Anna", Text: "and"}}); !errors.Is(err, ErrMoved) {
		t.Errorf("an agent who released it speaks: %v", err)
	}
}

func TestWritingIntoAClosedConversationOpensIt(t *testing.T) {
	r := newDesk(t)
	c := r.in(Closed)
	got, m, err := r.Hear(t.Context(), "s", c.ID, Message{Text: "还在吗", ClientID: "x"})
	if err != nil || got.State != Bot || got.Version != c.Version+2 {
		t.Fatalf("heard in %+v, %v", got, err)
	}
	events, err := r.Events(t.Context(), "s", c.ID, m.Seq-2, 10)
	if err != nil || len(events) != 2 || events[0].Kind != KindState || events[1].ID != m.Seq {
		t.Errorf("events %+v, %v", events, err)
	}
	r.move(c.ID, Move{To: Closed})
	if got, _, err := r.Hear(t.Context(), "s", c.ID, Message{Text: "还在吗", ClientID: "x"}); err != nil || got.State != Closed {
		t.Errorf("what was kept before opens it again: %+v, %v", got, err)
	}
}

func TestOneOfManyAgentsWins(t *testing.T) {
	r := newDesk(t)
	for range 5 {
		c := r.in(Waiting)
		var won atomic.Int64
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				_, err := r.Move(t.Context(), "s", c.ID, Move{From: []State{Bot, Waiting}, To: Human, Agent: fmt.Sprint("agent ", i)})
				if err == nil {
					won.Add(1)
				} else if !errors.Is(err, ErrMoved) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if won.Load() != 1 {
			t.Errorf("%d agents hold it", won.Load())
		}
		if got := r.get(c.ID); got.State != Human || got.Version != c.Version+1 {
			t.Errorf("afterwards %+v", got)
		}
	}
}

// A slow bot and an agent who comes meanwhile: either the bot spoke before, or not
// at all.
func TestABotDoesNotSpeakAfterAnAgentCame(t *testing.T) {
	r := newDesk(t)
	for range 20 {
		c := r.begin()
		var all sync.WaitGroup
		all.Go(func() {
			_, err := r.Say(t.Context(), "s", c.ID, Saying{Message: Message{Role: Assistant, Text: "slow"}, If: Bot})
			if err != nil && !errors.Is(err, ErrMoved) {
				t.Error(err)
			}
		})
		all.Go(func() {
			if _, err := r.Move(t.Context(), "s", c.ID, Move{To: Human, Agent: "Anna", Message: &Message{Role: System, Text: "here"}}); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		last, err := r.Last(t.Context(), "s", c.ID, 1)
		if err != nil || last[0].Role != System {
			t.Errorf("last said %+v, %v", last, err)
		}
	}
}
