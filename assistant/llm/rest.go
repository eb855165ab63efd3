package llm

import (
	"sync"
	"time"
)

// rest leaves an endpoint alone after failures, so that turns do not each wait
// for it while it is down: a circuit breaker. Its zero value lets everything pass.
type rest struct {
	mu     sync.Mutex
	until  time.Time
	fails  int  // in a row
	trying bool // a call has been let through to see whether the endpoint is back
}

// How long an endpoint is left alone.
const (
	failsBeforeRest = 2
	firstRest       = 5 * time.Second // doubled by every further failure
	longestRest     = 2 * time.Minute
	longestAsked    = 15 * time.Minute // however long Retry-After asks for
)

// enter tells whether a call may go ahead. After a rest, one may at first; each
// that went ahead is followed by leave.
func (r *rest) enter(now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.until.IsZero() {
		return true
	}
	if now.Before(r.until) || r.trying {
		return false
	}
	r.trying = true
	return true
}

// outcome is how a call went, as far as the endpoint is to blame.
type outcome struct {
	failed bool
	sure   bool          // it will fail again: one failure is enough
	after  time.Duration // what the endpoint itself asked for, or 0
}

// leave tells how a call went that had entered.
func (r *rest) leave(now time.Time, o outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.trying = false
	if !o.failed {
		r.until, r.fails = time.Time{}, 0
		return
	}
	r.fails++
	pause := min(o.after, longestAsked)
	if over := r.fails - failsBeforeRest; over >= 0 || o.sure {
		pause = max(pause, min(firstRest<<min(max(over, 0), 10), longestRest))
	}
	if until := now.Add(pause); pause > 0 && until.After(r.until) {
		r.until = until
	}
}

// abandon is leave for a call that ended for reasons of the caller's own.
func (r *rest) abandon() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.trying = false
}
