package catalog

import (
	"context"
	"sync"
)

// jobs are the running ones, and how to wake the worker.
type jobs struct {
	wake   chan struct{}
	mu     sync.Mutex
	cancel map[string]context.CancelCauseFunc
}

func (j *jobs) init() {
	j.wake, j.cancel = make(chan struct{}, 1), map[string]context.CancelCauseFunc{}
}

// ring wakes the worker, or keeps it from falling asleep.
func (j *jobs) ring() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// track makes a job cancelable until forget is called.
func (j *jobs) track(id string, cancel context.CancelCauseFunc) (forget func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.cancel[id] = cancel
	return func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		delete(j.cancel, id)
	}
}

// stop cancels a tracked job's work and reports whether it was tracked.
func (j *jobs) stop(id string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	cancel, ok := j.cancel[id]
	if ok {
		cancel(errCanceled)
	}
	return ok
}
