package orders

import (
	"sync"
	"time"
)

const (
	breakAfter = 5 // failures in a row
	breakFor   = 30 * time.Second
)

// breakers keep endpoints from being asked while they fail, each store's by
// itself. After breakAfter failures in a row nobody asks for breakFor; then one
// call may try, and its success lets all others through again.
type breakers struct {
	mu sync.Mutex
	by map[string]*breaker // store id
}

type breaker struct {
	url      string // another endpoint begins anew
	failures int    // in a row
	until    time.Time
}

func newBreakers() breakers { return breakers{by: map[string]*breaker{}} }

// admit reports whether an endpoint may be asked now, and if not, when.
func (b *breakers) admit(storeID, url string, now time.Time) (until time.Time, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.by[storeID]
	if c == nil || c.url != url {
		c = &breaker{url: url}
		b.by[storeID] = c
	}
	if c.failures < breakAfter {
		return time.Time{}, true
	}
	if now.Before(c.until) {
		return c.until, false
	}
	c.until = now.Add(breakFor) // while one tries, the others wait
	return time.Time{}, true
}

// report tells how an admitted call ended.
func (b *breakers) report(storeID, url string, now time.Time, failed bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.by[storeID]
	switch {
	case c.url != url: // it was replaced meanwhile
	case failed:
		c.failures++
		c.until = now.Add(breakFor)
	default:
		c.failures = 0
	}
}
