package encoders

import (
	"context"
	"errors"
	"time"

	"honeyguide/embed"
)

// Patience is how long work waits between attempts to reach an encoder: First at
// first, then twice as long each time, up to Longest.
type Patience struct{ First, Longest time.Duration }

// Try calls f until it gives something else than an embed.ErrUnavailable, and
// returns that. Before each wait it tells why; when ctx ends, or told is not to go
// on, it returns what f gave last or ctx's error.
func (p Patience) Try(ctx context.Context, f func() error, told func(why error) (goOn bool)) error {
	for wait := p.First; ; wait = min(2*wait, p.Longest) {
		err := f()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !errors.Is(err, embed.ErrUnavailable) || !told(err) {
			return err
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}
