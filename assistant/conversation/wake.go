package conversation

import (
	"context"
	"fmt"
	"sync"
)

// turns lets one goroutine at a time work on a conversation. An id is held only
// while somebody works on it or waits for it.
type turns struct {
	sync.Mutex
	held map[string]*turn
}

type turn struct {
	free  chan struct{} // holds a token while nobody works
	users int           // who work or wait
}

// Lock waits until no other turn of the conversation is under way in this process,
// or ctx ends. unlock must be called once; calling it again does nothing.
func (r *Records) Lock(ctx context.Context, id string) (unlock func(), err error) {
	t := r.turns.join(id)
	select {
	case <-t.free:
		return sync.OnceFunc(func() {
			t.free <- struct{}{}
			r.turns.leave(id, t)
		}), nil
	case <-ctx.Done():
		r.turns.leave(id, t)
		return nil, fmt.Errorf("wait for the turn before: %w", context.Cause(ctx))
	}
}

func (all *turns) join(id string) *turn {
	all.Lock()
	defer all.Unlock()
	if all.held == nil {
		all.held = map[string]*turn{}
	}
	t := all.held[id]
	if t == nil {
		t = &turn{free: make(chan struct{}, 1)}
		t.free <- struct{}{}
		all.held[id] = t
	}
	t.users++
	return t
}

func (all *turns) leave(id string, t *turn) {
	all.Lock()
	defer all.Unlock()
	if t.users--; t.users == 0 {
		delete(all.held, id)
	}
}

// watchers are woken by what is added to the log.
type watchers struct {
	sync.Mutex
	of map[watched]map[chan struct{}]bool
}

// watched is a conversation, or all of a store with an empty id.
type watched struct{ store, id string }

// Watch returns a channel that is woken by new events of a conversation, or of the
// whole store where id is empty: once for any number of them, so read Events until
// there are no more. What another process writes wakes nobody here: look every few
// seconds without being woken too. stop ends it; the channel is never closed.
func (r *Records) Watch(storeID, id string) (wake <-chan struct{}, stop func()) {
	w, key, all := make(chan struct{}, 1), watched{storeID, id}, &r.watchers
	all.Lock()
	defer all.Unlock()
	if all.of == nil {
		all.of = map[watched]map[chan struct{}]bool{}
	}
	if all.of[key] == nil {
		all.of[key] = map[chan struct{}]bool{}
	}
	all.of[key][w] = true
	return w, func() {
		all.Lock()
		defer all.Unlock()
		delete(all.of[key], w)
		if len(all.of[key]) == 0 {
			delete(all.of, key)
		}
	}
}

// wake tells who watches a conversation or its store. It never waits.
func (all *watchers) wake(store, id string) {
	all.Lock()
	defer all.Unlock()
	for _, key := range []watched{{store, id}, {store, ""}} {
		for w := range all.of[key] {
			select {
			case w <- struct{}{}:
			default: // already told
			}
		}
	}
}
