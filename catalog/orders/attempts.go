package orders

import (
	"errors"
	"fmt"
	"hash/maphash"
	"sync"
	"time"
)

// ErrTooMany is in every TooManyError.
var ErrTooMany = errors.New("too many attempts")

// TooManyError says that no more attempts count for now.
type TooManyError struct {
	Until time.Time // when they do again
}

func (e *TooManyError) Error() string {
	return fmt.Sprintf("%v; try again after %s", ErrTooMany, e.Until.UTC().Format(time.RFC3339))
}

// Unwrap makes a TooManyError an ErrTooMany.
func (e *TooManyError) Unwrap() error { return ErrTooMany }

const (
	maxAttempts   = 5
	attemptWindow = 15 * time.Minute
	attemptCells  = 1 << 14
)

// attempts count what failed. Names fall into a fixed number of cells, by a hash
// that nobody outside can foresee: however many names are tried, the memory
// stays, and nothing is forgotten early. Two names that share a cell share their
// allowance; after 1,000 failures in a window, each by another name, fewer than
// one cell in 10⁸ is full.
type attempts struct {
	seed  maphash.Seed
	mu    sync.Mutex
	cells [attemptCells]struct {
		until time.Time // the end of the window that began with the first failure
		n     int
	}
}

func newAttempts() *attempts { return &attempts{seed: maphash.MakeSeed()} }

func (a *attempts) cell(name string) int {
	return int(maphash.String(a.seed, name) % attemptCells)
}

// begin counts one attempt by all names beforehand, so that many at once gain
// nothing, or none if any name has no attempt left.
func (a *attempts) begin(now time.Time, names []string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, name := range names {
		c := &a.cells[a.cell(name)]
		if !now.Before(c.until) {
			c.until, c.n = now.Add(attemptWindow), 0
		}
		if c.n >= maxAttempts {
			return &TooManyError{Until: c.until}
		}
	}
	for _, name := range names {
		a.cells[a.cell(name)].n++
	}
	return nil
}

// takeBack uncounts an attempt that succeeded.
func (a *attempts) takeBack(names []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, name := range names {
		if c := &a.cells[a.cell(name)]; c.n > 0 {
			c.n--
		}
	}
}
