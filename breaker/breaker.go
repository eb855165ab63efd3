// Package breaker leaves an endpoint alone after it failed, so that not everybody
// who comes by waits for it while it is down.
package breaker

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Breaker is a circuit breaker. The zero Breaker lets everything pass. It is safe
// for concurrent use.
type Breaker struct {
	mu     sync.Mutex
	until  time.Time
	fails  int  // in a row
	trying bool // a call has been let through to see whether the endpoint is back
}

// Rules say for how long an endpoint is left alone.
type Rules struct {
	Failures int           // in a row, of which the last one opens the breaker
	First    time.Duration // that it stays open then, doubled by every further failure
	Longest  time.Duration // that doubling leads to
}

// Outcome is how a call went, as far as the endpoint is to blame.
type Outcome struct {
	Failed bool
	Sure   bool          // it will fail again: one failure is enough
	After  time.Duration // how long the endpoint itself asked to be left alone, or 0
}

// LongestAsked bounds Outcome.After.
const LongestAsked = 15 * time.Minute

// Enter tells whether a call may go ahead, or else until when none will. After a
// rest one may at first. Each that went ahead is followed by Leave or Abandon.
func (b *Breaker) Enter(now time.Time) (until time.Time, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Before(b.until) || b.trying {
		return b.until, false
	}
	b.trying = !b.until.IsZero()
	return time.Time{}, true
}

// Leave tells how a call went that had entered.
func (b *Breaker) Leave(now time.Time, rules Rules, o Outcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trying = false
	if !o.Failed {
		b.until, b.fails = time.Time{}, 0
		return
	}
	b.fails++
	over := b.fails - rules.Failures
	if over < 0 && !o.Sure {
		return
	}
	pause := max(min(o.After, LongestAsked), min(rules.First<<min(max(over, 0), 10), rules.Longest))
	if until := now.Add(pause); until.After(b.until) {
		b.until = until
	}
}

// Abandon is Leave for a call that ended for reasons of the caller's own.
func (b *Breaker) Abandon() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trying = false
}

// RetryAfter reads the header of this name: seconds or a date, at most
// LongestAsked; 0 where it says nothing.
func RetryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 && !math.IsInf(seconds, 0) {
		return time.Duration(min(seconds, LongestAsked.Seconds()) * float64(time.Second))
	}
	if at, err := http.ParseTime(value); err == nil && at.After(now) {
		return min(at.Sub(now), LongestAsked)
	}
	return 0
}
