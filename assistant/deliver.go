package assistant

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/llm"
	"honeyguide/assistant/slot"
)

// historyLines is how much of what was said before a language model reads.
const historyLines = 8

// deliver makes the draft the answer: in the words of the language model where there is
// one and something to phrase, else as it stands. What is said of persons and of requests
// that were taken down is never said in other words.
func (t *turn) deliver(ctx context.Context) {
	draft := t.text()
	if t.model == nil || t.reply.Handover != nil || t.tookRequest() || draft == "" {
		t.tellWhole(draft)
		return
	}
	spoken, err := t.model.Phrase(ctx, t.phraseRequest(ctx, draft), func(delta string) {
		t.emit("text", map[string]string{"delta": delta})
	})
	if err != nil {
		if !errors.Is(err, llm.ErrCapped) && !errors.Is(err, llm.ErrUnavailable) {
			t.log.Info("the language model did not phrase a turn", "store", t.store.ID, "error", err)
		}
		t.tellWhole(draft)
		return
	}
	t.reply.Text = spoken.Text
}

// tookRequest tells whether the answer speaks of a request that was taken down.
func (t *turn) tookRequest() bool {
	return slices.ContainsFunc(t.reply.Sources, func(s Source) bool { return s.Kind == "ticket" })
}

// text joins the draft: sentences of Chinese without a space, lists line by line.
func (t *turn) text() string {
	var b strings.Builder
	for i, s := range t.draft {
		switch {
		case i == 0:
		case s.listed || t.draft[i-1].listed:
			b.WriteByte('\n')
		case t.english():
			b.WriteByte(' ')
		}
		b.WriteString(s.text)
	}
	return b.String()
}

// tellWhole makes a text the answer and tells it sentence by sentence.
func (t *turn) tellWhole(text string) {
	t.reply.Text = text
	if t.tell == nil {
		return
	}
	for len(text) > 0 {
		end := strings.IndexAny(text, "。！？\n.!?")
		if end < 0 {
			end = len(text) - 1
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		t.emit("text", map[string]string{"delta": text[:end+size]})
		text = text[end+size:]
	}
}

// phraseRequest is the turn as a language model gets it: what buyers say without phones,
// emails and numbers of orders.
func (t *turn) phraseRequest(ctx context.Context, draft string) llm.Request {
	r := llm.Request{StoreID: t.store.ID, StoreName: t.store.Name, Persona: t.store.Persona, Language: t.language, Intent: string(t.reply.Intent),
		Question: slot.Redact(t.sent.Text), Draft: draft, Facts: t.facts, Now: t.now.In(t.zone())}
	said, err := t.records.Last(ctx, t.store.ID, t.talk.ID, historyLines)
	if err != nil {
		return r // it phrases without what was said before
	}
	for _, m := range said {
		if m.Role != conversation.System && m.Text != t.sent.Text {
			r.History = append(r.History, llm.Line{Role: string(m.Role), Text: slot.Redact(m.Text)})
		}
	}
	return r
}
