package encoders

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"honeyguide/embed"
)

// pause is how long an encoder is left alone after it failed.
const pause = 5 * time.Second

// ErrResting marks an encoder that was not asked, since it failed a moment ago. It
// comes with embed.ErrUnavailable.
var ErrResting = errors.New("it failed a moment ago")

// Rest remembers that an encoder failed, so that not everybody who comes by waits
// for it. The zero Rest has seen no failure. It is safe for concurrent use.
type Rest struct{ until atomic.Int64 } // Unix nanoseconds

// Ask calls f, which asks the encoder, within a limit. What takes longer is an
// embed.ErrUnavailable; when ctx itself ends, the error is ctx's.
func (r *Rest) Ask(ctx context.Context, limit time.Duration, f func(context.Context) error) error {
	if time.Now().UnixNano() < r.until.Load() {
		return fmt.Errorf("%w: %w", embed.ErrUnavailable, ErrResting)
	}
	own, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err := f(own)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	r.until.Store(time.Now().Add(pause).UnixNano())
	if own.Err() != nil {
		return fmt.Errorf("%w: no answer within %s", embed.ErrUnavailable, limit)
	}
	return err
}
