package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/sashabaranov/go-openai"

	"honeyguide/breaker"
	"honeyguide/embed"
)

// client asks one endpoint for vectors.
type client struct {
	o     Options
	model string // of the space
	dim   int    // 0 until the first answer
	api   *openai.Client
	rest  breaker.Breaker

	texts, pictures habits
}

// habits is what has been found out about an endpoint, of words or of pictures.
type habits struct {
	dialect atomic.Pointer[dialect] // that it has understood, or nil
	most    atomic.Int64            // inputs that it takes at once, or 0 while it has taken all
}

// habits are those of inputs, either words or pictures.
func (c *client) habits(inputs []input) *habits {
	if inputs[0].picture != "" {
		return &c.pictures
	}
	return &c.texts
}

const (
	attempts    = 4
	longestGap  = 8 * time.Second        // between attempts, unless the endpoint asks for more
	longestWait = time.Minute            // between attempts, even if it does
	fairWait    = 100 * time.Millisecond // after which an endpoint is to blame for a caller's deadline
)

func newClient(o Options) *client {
	c := &client{o: o, dim: o.Dim}
	h := o.HTTP
	if h == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = 2 * o.Parallel
		h = &http.Client{Transport: t}
	}
	config := openai.DefaultConfig(o.Key)
	config.BaseURL = o.URL
	config.HTTPClient = doer{h, o.Key, o.Now}
	c.api = openai.NewClientWithConfig(config)
	return c
}

// ask returns the vectors of inputs, either words or pictures, by one request, in
// the dialect that the endpoint is known to understand. Before it has understood
// one, all are tried; the error is then that of the first.
func (c *client) ask(ctx context.Context, inputs []input) ([]embed.Vector, error) {
	known := &c.habits(inputs).dialect
	if d := known.Load(); d != nil {
		vectors, err := c.insist(ctx, inputs, *d)
		if !unlike(err) {
			return vectors, err
		}
	}
	var first error
	for _, d := range c.o.Form.dialects() {
		vectors, err := c.insist(ctx, inputs, d)
		if err == nil {
			known.Store(&d)
			return vectors, nil
		}
		if first == nil {
			first = err
		}
		if !unlike(err) && !refused(err) {
			return nil, err
		}
	}
	return nil, first
}

// insist asks again after what may pass, with growing pauses, as long as the
// context's deadline allows it.
func (c *client) insist(ctx context.Context, inputs []input, d dialect) ([]embed.Vector, error) {
	began := c.o.Now()
	for attempt := 1; ; attempt++ {
		vectors, err := c.once(ctx, inputs, d)
		if err == nil {
			return vectors, nil
		}
		again := passing(err) && !errors.Is(err, errResting) && attempt < attempts && c.wait(ctx, attempt, err)
		switch {
		case errors.Is(ctx.Err(), context.Canceled):
			return nil, fmt.Errorf("encode: %w", ctx.Err())
		case again:
			continue
		case !passing(err):
			return nil, c.advise(err)
		}
		if ctx.Err() != nil && !errors.Is(err, ctx.Err()) {
			err = fmt.Errorf("%w: %w", ctx.Err(), err)
		}
		return nil, fmt.Errorf("%w: %s, given up at attempt %d after %v: %w", embed.ErrUnavailable, c.o.URL, attempt, c.o.Now().Sub(began).Round(time.Millisecond), err)
	}
}

// wait waits for the next attempt. It is false, at once, where that would take too
// long, or longer than the context lasts.
func (c *client) wait(ctx context.Context, attempt int, err error) bool {
	pause := c.pause(attempt, err)
	if deadline, ok := ctx.Deadline(); pause > longestWait || ok && time.Until(deadline) <= pause {
		return false
	}
	select {
	case <-time.After(pause):
		return true
	case <-ctx.Done():
		return false
	}
}

// pause is how long to wait after an attempt: about twice as long as after the one
// before, by chance up to half shorter or longer, and at least as long as the
// endpoint asked.
func (c *client) pause(attempt int, err error) time.Duration {
	pause := min(c.o.Backoff<<(attempt-1), longestGap)
	return max(pause/2+rand.N(pause), after(err))
}

// leftAlone is how long an endpoint is after failures, so that searches do not each
// wait for it while it is down.
var leftAlone = breaker.Rules{Failures: 4, First: 3 * time.Second, Longest: time.Minute}

// once sends one request, unless the endpoint is left alone.
func (c *client) once(ctx context.Context, inputs []input, d dialect) ([]embed.Vector, error) {
	began := c.o.Now()
	if until, ok := c.rest.Enter(began); !ok {
		return nil, fmt.Errorf("%w for another %v", errResting, max(0, until.Sub(began)).Round(time.Millisecond))
	}
	inner, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	answer, err := c.api.CreateEmbeddings(inner, c.o.request(inputs, d))
	now := c.o.Now()
	switch {
	case ctx.Err() != nil && now.Sub(began) < fairWait || errors.Is(ctx.Err(), context.Canceled):
		c.rest.Abandon()
	case err != nil && passing(err):
		c.rest.Leave(now, leftAlone, breaker.Outcome{Failed: true, After: after(err)})
	default:
		c.rest.Leave(now, leftAlone, breaker.Outcome{})
	}
	if err != nil {
		return nil, err
	}
	return c.vectors(answer.Data, len(inputs))
}

// after is how long an error asks to wait, or 0.
func after(err error) time.Duration {
	var r *refusal
	if errors.As(err, &r) {
		return r.after
	}
	return 0
}

// unlike tells whether an answer came in another encoding than the one asked for.
func unlike(err error) bool {
	var kind *json.UnmarshalTypeError
	return errors.As(err, &kind) && strings.HasSuffix(kind.Field, "embedding") && (kind.Value == "array" || kind.Value == "string")
}
