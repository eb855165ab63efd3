package llm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"honeyguide/assistant/llm/truth"
	"honeyguide/breaker"
)

// Bounds of an answer.
const (
	maxContent   = 16 << 10 // bytes
	maxSentences = 24
)

// countWithin is how long counting a call may take after it.
const countWithin = 5 * time.Second

// phrasing is a call under way.
type phrasing struct {
	r     Request
	gate  *truth.Gate
	emit  func(string)
	first func() // called before the first words

	asked     bool // the endpoint was
	answered  bool // it took the question
	out       strings.Builder
	dropped   []Drop
	sentences int
	content   int   // bytes
	in, made  int64 // tokens as the endpoint counts them, or 0
	estimate  int64 // of the tokens that came
}

// Phrase says a draft better. emit, which may be nil, gets the text as it passes
// the gate, sentence by sentence, never to be taken back; Phrased.Text is all of it
// together. On an error nothing was emitted, and the draft is the answer: it is
// ErrSilent, ErrCapped, ErrUnavailable, ErrGated or the context's. Once something
// was emitted there is no error: what the draft says beyond it completes the text.
func (m *Model) Phrase(ctx context.Context, r Request, emit func(string)) (Phrased, error) {
	now := m.o.Now()
	if r.Now.IsZero() {
		r.Now = now
	}
	p, err := promptOf(r)
	if err != nil {
		return Phrased{}, err
	}
	release, err := m.reserve(ctx, r.StoreID, now, p.tokens()+maxAnswer)
	if err != nil {
		return Phrased{}, err
	}
	defer release()
	if _, ok := m.rest.Enter(now); !ok {
		return Phrased{}, fmt.Errorf("%w: it failed a moment ago", ErrUnavailable)
	}
	ph := &phrasing{r: r, emit: emit}
	if ph.emit == nil {
		ph.emit = func(string) {}
	}
	ph.gate = truth.New(turnOf(r, p))
	err = m.judge(ctx, ph, m.call(ctx, ph, p))
	spoken := Phrased{Text: ph.out.String(), Dropped: ph.dropped, Cut: err != nil && ph.out.Len() > 0}
	if ph.asked {
		spoken.Usage = m.usageOf(ph, p, err != nil && ph.out.Len() == 0)
		m.settle(ctx, r.StoreID, now, spoken.Usage)
	}
	if ph.out.Len() == 0 {
		return spoken, err
	}
	for _, s := range ph.gate.Missing() {
		ph.add(s, ph.separator(s))
	}
	spoken.Text = ph.out.String()
	return spoken, nil
}

// turnOf gives the gate what an answer may be made of.
func turnOf(r Request, p prompt) truth.Turn {
	t := truth.Turn{
		Draft: r.Draft, Asked: r.Question, Names: []string{r.StoreName}, Instructions: p.system,
		Language: r.Language, MayAsk: r.MayAsk, Now: r.Now,
	}
	for _, f := range r.Facts {
		t.Records = append(t.Records, truth.Record(f))
	}
	for _, l := range r.History {
		if l.Role == "buyer" {
			t.Asked += "\n" + l.Text
		}
	}
	return t
}

// call asks the model and says what passes the gate until it has come to its end,
// or to one of the bounds.
func (m *Model) call(ctx context.Context, ph *phrasing, p prompt) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	first := time.AfterFunc(m.o.FirstWords, func() { cancel(ErrSilent) })
	defer first.Stop()
	whole := time.AfterFunc(m.o.Whole, func() { cancel(errWhole) })
	defer whole.Stop()
	ph.first = func() { first.Stop() }
	select {
	case m.places <- struct{}{}:
		defer func() { <-m.places }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	ph.asked = true
	stream, err := m.open(ctx, p)
	if err != nil {
		return causeOr(ctx, err)
	}
	ph.answered = true
	defer stream.Close()
	var l listener
	for {
		part, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			ph.hear(l.end())
			return nil
		}
		if err != nil {
			return causeOr(ctx, err)
		}
		if part.Usage != nil {
			ph.in, ph.made = int64(part.Usage.PromptTokens), int64(part.Usage.CompletionTokens)
		}
		for _, choice := range part.Choices {
			ph.content += len(choice.Delta.Content)
			ph.estimate += tokensOf(choice.Delta.Content + choice.Delta.ReasoningContent)
			ph.hear(l.hear(choice.Delta.Content))
		}
		if ph.content > maxContent || ph.sentences > maxSentences {
			return errEndless
		}
	}
}

// Ends of a call that are told apart inside this package.
var (
	errWhole   = errors.New("the language model took too long")
	errEndless = errors.New("the language model did not come to an end")
)

// causeOr is why a context ended, or an error where it did not.
func causeOr(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// judge turns the end of a call into what the caller gets to know, and tells the
// breaker how the endpoint did.
func (m *Model) judge(ctx context.Context, ph *phrasing, err error) error {
	spoke := ph.out.Len() > 0
	switch now := m.o.Now(); {
	case ctx.Err() != nil:
		m.rest.Abandon()
		return fmt.Errorf("language model: %w", ctx.Err())
	case !ph.asked:
		m.rest.Abandon() // too many at once is not the endpoint's doing
		return err
	case err == nil && !spoke:
		m.rest.Leave(now, leftAlone, breaker.Outcome{})
		return ErrGated
	case err == nil || errors.Is(err, errEndless) || spoke && errors.Is(err, errWhole):
		m.rest.Leave(now, leftAlone, breaker.Outcome{})
		if !spoke {
			return fmt.Errorf("%w: %w", ErrGated, err)
		}
		return err
	case errors.Is(err, ErrSilent) || errors.Is(err, errWhole):
		m.rest.Leave(now, leftAlone, breaker.Outcome{Failed: true})
		return ErrSilent
	default:
		m.rest.Leave(now, leftAlone, blame(err))
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
}

// hear judges utterances and says what may be said.
func (ph *phrasing) hear(all []utterance) {
	for _, u := range all {
		for i, s := range truth.Sentences(u.text) {
			ph.sentences++
			text, why := ph.gate.Judge(s, u.about)
			if why != "" {
				ph.dropped = append(ph.dropped, Drop{s, why})
				continue
			}
			if ph.out.Len() == 0 {
				ph.first()
			}
			separator := ph.separator(text)
			if i > 0 && strings.Contains(u.text, "\n"+s) {
				separator = "\n"
			}
			ph.add(text, separator)
		}
	}
}

// add says a sentence.
func (ph *phrasing) add(s, separator string) {
	if ph.out.Len() > 0 {
		s = separator + s
	}
	ph.out.WriteString(s)
	ph.emit(s)
}

// separator is what stands before a sentence: a line break where the draft has one
// before it, else a space in English.
func (ph *phrasing) separator(s string) string {
	switch {
	case strings.Contains(ph.r.Draft, "\n"+s):
		return "\n"
	case ph.r.Language == "zh":
		return ""
	}
	return " "
}

// usageOf counts a call by the endpoint's own count, or by an estimate where it
// sent none, as when its answer was cut.
func (m *Model) usageOf(ph *phrasing, p prompt, failed bool) Usage {
	u := Usage{Calls: 1, TokensIn: ph.in, TokensOut: ph.made}
	if ph.answered && ph.in == 0 && ph.made == 0 {
		u.TokensIn, u.TokensOut = p.tokens(), ph.estimate
	}
	if failed {
		u.Failures = 1
	}
	u.Cost = m.o.Price.cost(u.TokensIn, u.TokensOut)
	return u
}

// settle counts a call also when its turn has ended. A count that fails does not
// fail the answer.
func (m *Model) settle(ctx context.Context, storeID string, day time.Time, u Usage) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), countWithin)
	defer cancel()
	if err := m.count(ctx, storeID, day, u); err != nil {
		m.o.Log.Error("a language model call was not counted", "store", storeID, "tokens", u.Tokens(), "error", err)
	}
}
