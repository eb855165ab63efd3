package orders

import (
	"sync"
	"time"

	"honeyguide/breaker"
)

// leftAlone is how long an endpoint that fails is, so that buyers do not each wait
// for it.
var leftAlone = breaker.Rules{Failures: 5, First: 30 * time.Second, Longest: 30 * time.Second}

// breakers keep endpoints from being asked while they fail, each store's by itself.
type breakers struct {
	mu sync.Mutex
	by map[string]*endpointBreaker // store id
}

type endpointBreaker struct {
	breaker.Breaker
	url string // another endpoint begins anew
}

func newBreakers() breakers { return breakers{by: map[string]*endpointBreaker{}} }

// of returns the breaker of a store's endpoint.
func (b *breakers) of(storeID, url string) *endpointBreaker {
	b.mu.Lock()
	defer b.mu.Unlock()
	if e := b.by[storeID]; e == nil || e.url != url {
		b.by[storeID] = &endpointBreaker{url: url}
	}
	return b.by[storeID]
}
