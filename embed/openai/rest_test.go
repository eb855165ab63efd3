package openai

import (
	"net/http"
	"sync"
	"testing"
	"time"
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func TestRest(t *testing.T) {
	tests := []struct {
		name  string
		fails int
		after time.Duration
		want  time.Duration
	}{
		{"nothing happened", 0, 0, 0},
		{"a few failures", failsBeforeRest - 1, time.Hour, 0},
		{"enough", failsBeforeRest, 0, firstRest},
		{"one more", failsBeforeRest + 1, 0, 2 * firstRest},
		{"many", failsBeforeRest + 40, 0, longestRest},
		{"asked for", failsBeforeRest, 5 * time.Minute, 5 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r rest
			now := newClock().now()
			for range tt.fails {
				now = now.Add(time.Hour)
				if _, ok := r.enter(now); !ok {
					t.Fatal("not let in after the rest")
				}
				r.fail(now, tt.after)
			}
			if got := max(0, r.until.Sub(now)); got != tt.want {
				t.Errorf("rests %v, want %v", got, tt.want)
			}
			r.succeed()
			for range 2 {
				if _, ok := r.enter(now); !ok {
					t.Error("after a success everybody may")
				}
			}
		})
	}
}

func TestRestTriesOnce(t *testing.T) {
	var r rest
	now := newClock().now()
	for range failsBeforeRest {
		r.fail(now, 0)
	}
	if until, ok := r.enter(now.Add(firstRest - 1)); ok || until != now.Add(firstRest) {
		t.Errorf("before its time: %v, %v", until, ok)
	}
	later := now.Add(firstRest)
	enter := func() bool { _, ok := r.enter(later); return ok }
	if !enter() || enter() {
		t.Error("one, and only one, may try")
	}
	r.abandon()
	if !enter() {
		t.Error("after one that gave up another may try")
	}
}

func TestRetryAfter(t *testing.T) {
	now := newClock().now()
	for value, want := range map[string]time.Duration{
		"": 0, "20": 20 * time.Second, "0.5": 500 * time.Millisecond, "-5": 0, "soon": 0, "NaN": 0, "99999999999": longestAsked, "1e400": 0,
		now.Add(time.Minute).Format(http.TimeFormat): time.Minute, now.Add(-time.Minute).Format(http.TimeFormat): 0,
		now.Add(48 * time.Hour).Format(http.TimeFormat): longestAsked,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

func TestPause(t *testing.T) {
	c := newClient(Options{URL: "http://host/v1", Model: "m"}.withDefaults())
	asked := &refusal{status: http.StatusTooManyRequests, after: 20 * time.Second}
	for _, tt := range []struct {
		attempt   int
		err       error
		low, high time.Duration
	}{
		{1, nil, 125 * time.Millisecond, 375 * time.Millisecond},
		{2, nil, 250 * time.Millisecond, 750 * time.Millisecond},
		{3, nil, 500 * time.Millisecond, 1500 * time.Millisecond},
		{9, nil, longestGap / 2, 3 * longestGap / 2},
		{1, asked, asked.after, asked.after},
	} {
		seen := map[time.Duration]bool{}
		for range 50 {
			got := c.pause(tt.attempt, tt.err)
			if seen[got] = true; got < tt.low || got > tt.high {
				t.Errorf("after attempt %d: %v, want %v to %v", tt.attempt, got, tt.low, tt.high)
			}
		}
		if tt.err == nil && len(seen) < 10 {
			t.Errorf("after attempt %d: no chance in it", tt.attempt)
		}
	}
}
