package conversation

import (
	"context"
	"fmt"
	"slices"
)

// Move is a change of state.
type Move struct {
	From    []State  // where it must be; empty: wherever
	To      State    // Human, Bot or Closed
	Agent   string   // who takes it, of To Human
	Holder  string   // who must hold it; empty: whoever
	Version int64    // of the conversation as it was seen; 0: any
	Message *Message // of the system, that tells the buyer; nil: none
}

// leads reports whether a conversation may be moved from one state to another.
// There is also the handover (Say), and the closed one that is written into (Hear).
func leads(from, to State) bool {
	switch from {
	case Bot:
		return to == Human || to == Closed
	case Waiting:
		return to == Human || to == Bot || to == Closed
	case Human:
		return to == Bot || to == Closed
	}
	return false
}

// Move changes the state at once for everybody: of two who claim a conversation
// one wins. ErrMoved when it is not in From, not held by Holder, another version,
// or when no way leads from its state to To.
func (r *Records) Move(ctx context.Context, storeID, id string, m Move) (Conversation, error) {
	if err := m.validate(); err != nil {
		return Conversation{}, err
	}
	c, err := r.change(ctx, storeID, id, func(d *draft) error {
		switch {
		case len(m.From) > 0 && !slices.Contains(m.From, d.State), !leads(d.State, m.To),
			m.Holder != "" && m.Holder != d.Agent, m.Version != 0 && m.Version != d.Version:
			return fmt.Errorf("conversation %q is %s: %w", id, d.State, ErrMoved)
		case m.To == Human:
			d.enter(Human, m.Agent, d.Handover)
		default:
			d.enter(m.To, "", nil)
		}
		if m.Message != nil {
			said := *m.Message
			d.say(&said)
		}
		return nil
	})
	if err != nil {
		return Conversation{}, fmt.Errorf("move: %w", err)
	}
	return c, nil
}

// Change is the data of an event of kind state.
type Change struct {
	State    State    `json:"state"`
	Agent    string   `json:"agent"`
	Handover *Request `json:"handover"`
}

// enter puts the draft into a state. The log does not repeat the summary: it is
// for agents, and buyers read the log.
func (d *draft) enter(s State, agent string, asked *Request) {
	d.State, d.Agent, d.Handover = s, agent, asked
	e := Change{State: s, Agent: agent}
	if asked != nil {
		e.Handover = &Request{Reason: asked.Reason, At: asked.At}
	}
	d.log = append(d.log, entry{kind: KindState, data: e})
}
