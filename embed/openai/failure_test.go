package openai

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"honeyguide/breaker"
	"honeyguide/embed"
	"honeyguide/embed/openai/openaitest"
)

type script = openaitest.Script

// edit makes a script of a change to the vectors.
func edit(change func(data []openaitest.Embedding) []openaitest.Embedding) script {
	return script{Edit: change}
}

// TestPassingFailures: what passes is asked again, and the vectors are right.
func TestPassingFailures(t *testing.T) {
	t.Parallel()
	tests := map[string][]script{
		"500s, then fine":          {{Status: 500}, {Status: 502}, {Status: 503}},
		"429 with seconds":         {{Status: 429, RetryAfter: "0.01"}},
		"429 with a date":          {{Status: 429, RetryAfter: time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)}},
		"429 with nonsense":        {{Status: 429, RetryAfter: "soon"}},
		"request timeout":          {{Status: 408}},
		"cut in the middle":        {{Cut: true}, {Cut: true}},
		"hanging once":             {{Hang: true}},
		"in another order":         {edit(reversed)},
		"one of everything":        {{Status: 504}, {Cut: true}, {Hang: true}},
		"HTML from a broken proxy": {{Status: 502, Message: "<html>Bad Gateway</html>"}},
	}
	for name, scripts := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, openaitest.Options{})
			o := at(s, Text)
			o.Timeout = time.Second
			e := openTexts(t, o)
			want, err := e.EncodeTexts(t.Context(), names(5))
			if err != nil {
				t.Fatal(err)
			}
			s.Forget()
			s.Play(scripts...)
			got, err := e.EncodeTexts(t.Context(), names(5))
			if err != nil || !same(got, want) {
				t.Errorf("got %d vectors, %v", len(got), err)
			}
			repeats := len(scripts)
			if scripts[0].Edit != nil {
				repeats = 0
			}
			if n := len(s.Requests()); n != 1+repeats {
				t.Errorf("%d requests", n)
			}
		})
	}
}

func reversed(data []openaitest.Embedding) []openaitest.Embedding {
	slices.Reverse(data)
	return data
}

// TestLastingOutage: after its attempts a call gives up with ErrUnavailable.
func TestLastingOutage(t *testing.T) {
	t.Parallel()
	tests := map[string]script{
		"status 503": {Status: 503, Message: "overloaded {key}"}, "status 429": {Status: 429}, "status 500": {Status: 500},
		"unexpected EOF": {Cut: true}, "deadline exceeded": {Hang: true},
	}
	for want, down := range tests {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			s := start(t, openaitest.Options{})
			o := at(s, Text)
			o.Timeout = 100 * time.Millisecond
			e := openTexts(t, o)
			s.Forget()
			s.PlayAlways(down)
			v, err := e.EncodeTexts(t.Context(), names(2))
			if v != nil || !errors.Is(err, embed.ErrUnavailable) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "at attempt 4 after ") {
				t.Errorf("got %v", err)
			}
			if strings.Contains(fmt.Sprint(err), testKey) {
				t.Errorf("the error shows the key: %v", err)
			}
			if n := len(s.Requests()); n != attempts {
				t.Errorf("%d requests", n)
			}
		})
	}
	t.Run("nobody listens", func(t *testing.T) {
		o := Options{URL: "http://127.0.0.1:1/v1", Model: "m", Dim: 8, Backoff: time.Millisecond, Log: slog.New(slog.DiscardHandler)}
		if _, err := openTexts(t, o).EncodeTexts(t.Context(), names(1)); !errors.Is(err, embed.ErrUnavailable) {
			t.Errorf("got %v", err)
		}
	})
}

// TestUnusableAnswers: what an endpoint answers wrongly is no vector, is not asked
// for again, and does not pass.
func TestUnusableAnswers(t *testing.T) {
	t.Parallel()
	change := func(f func(e *openaitest.Embedding)) script {
		return edit(func(data []openaitest.Embedding) []openaitest.Embedding { f(&data[1]); return data })
	}
	tests := []struct {
		name   string
		script script
		want   string
	}{
		{"one missing", edit(func(d []openaitest.Embedding) []openaitest.Embedding { return d[1:] }), "2 for 3 inputs"},
		{"one too many", edit(func(d []openaitest.Embedding) []openaitest.Embedding { return append(d, d[0]) }), "4 for 3 inputs"},
		{"none", script{Body: `{"object":"list","data":[]}`}, "0 for 3 inputs"},
		{"index doubled", change(func(e *openaitest.Embedding) { e.Index = 2 }), "index 2 comes twice"},
		{"index too high", change(func(e *openaitest.Embedding) { e.Index = 3 }), "index 3 of 3"},
		{"index negative", change(func(e *openaitest.Embedding) { e.Index = -1 }), "index -1"},
		{"short", change(func(e *openaitest.Embedding) { e.Embedding = e.Embedding[1:] }), "63 numbers came, 64 are wanted; set HONEYGUIDE_ENCODER_DIM"},
		{"empty", change(func(e *openaitest.Embedding) { e.Embedding = nil }), "one of 0 numbers"},
		{"enormous", change(func(e *openaitest.Embedding) { e.Embedding = make([]float32, MaxDim+1) }), "from 1 to 16384"},
		{"not a number", change(func(e *openaitest.Embedding) { e.Embedding[5] = float32(math.NaN()) }), "not finite"},
		{"infinite", change(func(e *openaitest.Embedding) { e.Embedding[5] = float32(math.Inf(-1)) }), "not finite"},
		{"all zeros", change(func(e *openaitest.Embedding) { clear(e.Embedding) }), "all zeros"},
		{"HTML", script{Body: "<!doctype html><title>Welcome</title>"}, "HONEYGUIDE_ENCODER_URL"},
		{"half of JSON", script{Body: `{"object":"list","data":[`}, "HONEYGUIDE_ENCODER_URL"},
		{"an error with 200", script{Body: `{"error":{"message":"sorry"}}`}, "0 for 3 inputs"},
		{"NaN by name", script{Body: `{"data":[{"index":0,"embedding":[NaN]}]}`}, "'N'"},
		{"without end", script{Long: true}, "32 MiB"},
		{"wrong key", script{Status: 401, Message: "Incorrect API key provided: {key}"}, "provided: [key]"},
		{"forbidden", script{Status: 403}, "HONEYGUIDE_ENCODER_KEY"},
		{"unpaid", script{Status: 402}, "paid"},
		{"no such model", script{Status: 404}, "HONEYGUIDE_ENCODER to a model"},
		{"not implemented", script{Status: 501}, "HONEYGUIDE_ENCODER_URL"},
	}
	s := start(t, openaitest.Options{})
	e := openTexts(t, at(s, Text))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s.Forget()
			s.Play(tt.script)
			v, err := e.EncodeTexts(t.Context(), names(3))
			if v != nil || err == nil || errors.Is(err, embed.ErrUnavailable) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %d vectors, %v, want %q", len(v), err, tt.want)
			}
			if strings.Contains(fmt.Sprint(err), testKey) {
				t.Errorf("the error shows the key: %v", err)
			}
			if n := len(s.Requests()); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// TestKeyAtTheEdge: no part of a key is shown where a message is cut.
func TestKeyAtTheEdge(t *testing.T) {
	t.Parallel()
	for _, before := range []int{shownRefusal - 10, maxRefusal - len(`{"error":{"message":"`) - 10} {
		s := start(t, openaitest.Options{})
		s.PlayAlways(script{Status: 401, Message: strings.Repeat("x", before) + "{key}"})
		if _, err := OpenTexts(t.Context(), at(s, Text)); err == nil || strings.Contains(err.Error(), testKey[:6]) {
			t.Errorf("after %d characters: %v", before, err)
		}
	}
}

// TestDeadlineIsKept: a search that has little time is told soon, by an error that
// says both what happened.
func TestDeadlineIsKept(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		script script
		within time.Duration
	}{
		"hanging":                        {script{Hang: true}, 5 * time.Second},
		"asked to wait beyond it":        {script{Status: 429, RetryAfter: "30"}, time.Second},
		"asked to wait for half an hour": {script{Status: 503, RetryAfter: "1800"}, time.Second},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, openaitest.Options{})
			e := openTexts(t, at(s, Text))
			s.Forget()
			s.PlayAlways(tt.script)
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			began := time.Now()
			_, err := e.EncodeTexts(ctx, names(1))
			if took := time.Since(began); !errors.Is(err, embed.ErrUnavailable) || took >= tt.within {
				t.Errorf("after %v: %v", took, err)
			}
			if tt.script.Hang != errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
			if n := len(s.Requests()); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// TestLongPausesAreNotWaited: a call without a deadline does not wait for ever.
func TestLongPausesAreNotWaited(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{})
	e := openTexts(t, at(s, Text))
	s.Play(script{Status: 429, RetryAfter: "1800"})
	if _, err := e.EncodeTexts(t.Context(), names(1)); !errors.Is(err, embed.ErrUnavailable) || !strings.Contains(err.Error(), "attempt 1") {
		t.Errorf("got %v", err)
	}
}

func TestCanceledInTheMiddle(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{})
	e := openTexts(t, at(s, Text))
	canceled := func() {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel)
		if _, err := e.EncodeTexts(ctx, names(70)); !errors.Is(err, context.Canceled) || errors.Is(err, embed.ErrUnavailable) {
			t.Errorf("got %v", err)
		}
	}
	s.Play(script{Status: 429, RetryAfter: "20"}, script{Status: 429, RetryAfter: "20"})
	canceled() // while it waits
	e.c.rest = breaker.Breaker{}
	s.PlayAlways(script{Hang: true})
	for range leftAlone.Failures + 1 { // which is not the endpoint's doing
		canceled()
	}
	s.Play()
	if _, err := e.EncodeTexts(t.Context(), names(1)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestEndpointIsLeftAlone: a dead endpoint costs searches nothing after a few.
func TestEndpointIsLeftAlone(t *testing.T) {
	t.Parallel()
	clock := newClock()
	s := start(t, openaitest.Options{})
	o := at(s, Text)
	o.Now = clock.now
	e := openTexts(t, o)
	ask := func() error { _, err := e.EncodeTexts(t.Context(), names(1)); return err }
	s.PlayAlways(script{Status: 503})
	s.Forget()
	for range 3 {
		if err := ask(); !errors.Is(err, embed.ErrUnavailable) {
			t.Fatalf("got %v", err)
		}
	}
	if n := len(s.Requests()); n != leftAlone.Failures {
		t.Errorf("%d requests, want %d", n, leftAlone.Failures)
	}
	if err := ask(); !errors.Is(err, errResting) || !strings.Contains(err.Error(), "3s") {
		t.Errorf("meanwhile: %v", err)
	}
	clock.pass(leftAlone.First)
	s.Forget()
	if err := ask(); !errors.Is(err, embed.ErrUnavailable) || len(s.Requests()) != 1 {
		t.Errorf("one try: %v, %d requests", err, len(s.Requests()))
	}
	clock.pass(2 * leftAlone.First)
	s.Play()
	for range 2 {
		if err := ask(); err != nil {
			t.Errorf("once it is back: %v", err)
		}
	}
}

// TestAnswersThatAreNoFailures: an endpoint that refuses is not left alone.
func TestAnswersThatAreNoFailures(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{})
	e := openTexts(t, at(s, Text))
	s.PlayAlways(script{Status: 401})
	for range 2 * leftAlone.Failures {
		if _, err := e.EncodeTexts(t.Context(), names(1)); errors.Is(err, embed.ErrUnavailable) {
			t.Fatal(err)
		}
	}
	s.Play()
	if _, err := e.EncodeTexts(t.Context(), names(1)); err != nil {
		t.Errorf("with the right key again: %v", err)
	}
}

// TestOneFailureEndsTheCall: batches beside the one that failed do not go on.
func TestOneFailureEndsTheCall(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{})
	o := at(s, Text)
	o.Batch, o.Parallel = 1, 2
	e := openTexts(t, o)
	s.Forget()
	s.Play(script{Status: 401}, script{Hang: true})
	if _, err := e.EncodeTexts(t.Context(), names(200)); err == nil || !strings.Contains(err.Error(), "HONEYGUIDE_ENCODER_KEY") {
		t.Errorf("got %v", err)
	}
	if n := len(s.Requests()); n > 10 {
		t.Errorf("%d requests", n)
	}
}

// TestAnotherAddress: the key does not follow to another host, and a redirect that
// ends nowhere is an error.
func TestAnotherAddress(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{})
	var seen []string
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Get("Authorization"))
		http.Redirect(w, r, strings.Replace(s.URL(), "127.0.0.1", "localhost", 1)+"/embeddings", http.StatusTemporaryRedirect)
	}))
	defer front.Close()
	o := at(s, Text)
	o.URL = front.URL
	if _, err := OpenTexts(t.Context(), o); err == nil || !strings.Contains(err.Error(), "HONEYGUIDE_ENCODER_KEY") {
		t.Errorf("got %v", err)
	}
	if len(seen) == 0 || seen[0] != "Bearer "+testKey {
		t.Errorf("the first address got %q", seen)
	}
}
