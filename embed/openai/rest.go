package openai

import (
	"sync"
	"time"
)

// rest leaves an endpoint alone after failures, so that searches do not each wait
// for it while it is down: a circuit breaker. Its zero value lets everything pass.
type rest struct {
	mu     sync.Mutex
	until  time.Time
	fails  int  // in a row
	trying bool // a request has been let through to see whether the endpoint is back
}

// How long an endpoint is left alone.
const (
	failsBeforeRest = 4
	firstRest       = 3 * time.Second // doubled by every further failure
	longestRest     = time.Minute
)

// enter tells whether a request may go ahead, or else until when none will. After a
// rest, one may at first; each that went ahead is followed by succeed, fail or
// abandon.
func (r *rest) enter(now time.Time) (until time.Time, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now.Before(r.until) || r.trying {
		return r.until, false
	}
	r.trying = !r.until.IsZero()
	return time.Time{}, true
}

// succeed tells that the endpoint is there, whatever it said.
func (r *rest) succeed() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.until, r.fails, r.trying = time.Time{}, 0, false
}

// fail tells that it is not, and for how long it asked to be left alone, or 0.
func (r *rest) fail(now time.Time, after time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.trying = false
	r.fails++
	over := r.fails - failsBeforeRest
	if over < 0 {
		return
	}
	pause := max(after, min(firstRest<<min(over, 10), longestRest))
	if until := now.Add(pause); until.After(r.until) {
		r.until = until
	}
}

// abandon is for a request that ended for reasons of the caller's own.
func (r *rest) abandon() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.trying = false
}
