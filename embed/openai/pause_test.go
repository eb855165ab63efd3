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
