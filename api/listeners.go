package api

import "sync"

// Bounds of open event streams, by what they are counted of.
const (
	perConversation = 8   // a buyer's tabs
	perAddress      = 100 // with a publishable key; many buyers share a carrier's address
	perStore        = 200 // agents
)

// listeners counts open event streams, so that nobody holds too many.
type listeners struct {
	mu sync.Mutex
	by map[string]int
}

func newListeners() *listeners { return &listeners{by: map[string]int{}} }

// admit counts a stream under each of some names, unless as many as the bound of
// one of them are open. done ends it.
func (l *listeners) admit(bounds map[string]int) (done func(), ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, most := range bounds {
		if l.by[name] >= most {
			return nil, false
		}
	}
	for name := range bounds {
		l.by[name]++
	}
	return func() { l.leave(bounds) }, true
}

func (l *listeners) leave(bounds map[string]int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name := range bounds {
		if l.by[name]--; l.by[name] == 0 {
			delete(l.by, name)
		}
	}
}
