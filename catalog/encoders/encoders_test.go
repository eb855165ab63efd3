package encoders

import (
	"context"
	"errors"
	"fmt"
	"image"
	"testing"
	"testing/synctest"
	"time"

	"honeyguide/embed"
)

// named is an encoder that has a name and nothing else.
type named string

func (n named) Model() string { return string(n) }
func (n named) Dim() int      { return len(n) }
func (n named) EncodeTexts(context.Context, []string) ([]embed.Vector, error) {
	return nil, errors.New("not asked here")
}
func (n named) EncodeImages(context.Context, []image.Image) ([]embed.Vector, error) {
	return nil, errors.New("not asked here")
}

func TestPair(t *testing.T) {
	for _, c := range []struct {
		texts  embed.Texts
		model  string
		shared bool
	}{
		{nil, "clip", true},
		{named("clip"), "clip", true},
		{named("words"), "clip+words", false},
	} {
		p := NewPair(named("clip"), c.texts)
		if p.Model() != c.model || p.Shared() != c.shared || p.Texts == nil {
			t.Errorf("with %v: %s, shared %t", c.texts, p.Model(), p.Shared())
		}
	}
}

var errDown = fmt.Errorf("%w: refused", embed.ErrUnavailable)

func TestRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r Rest
		asked := 0
		ask := func(err error) error {
			return r.Ask(t.Context(), time.Second, func(context.Context) error {
				asked++
				return err
			})
		}
		if err := ask(nil); err != nil || asked != 1 {
			t.Errorf("asked %d times: %v", asked, err)
		}
		other := errors.New("wrong key")
		for _, failure := range []error{errDown, other} {
			asked = 0
			if err := ask(failure); !errors.Is(err, failure) || errors.Is(err, ErrResting) {
				t.Errorf("a failure is %v", err)
			}
			if err := ask(nil); !errors.Is(err, ErrResting) || !errors.Is(err, embed.ErrUnavailable) || asked != 1 {
				t.Errorf("right after a failure: %v, asked %d times", err, asked)
			}
			time.Sleep(pause + time.Millisecond)
			if err := ask(nil); err != nil || asked != 2 {
				t.Errorf("a while after: %v, asked %d times", err, asked)
			}
		}
	})
}

func TestRestLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		wait := func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		}
		var r Rest
		start := time.Now()
		if err := r.Ask(t.Context(), time.Second, wait); !errors.Is(err, embed.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("beyond the limit: %v after %s", err, time.Since(start))
		}
		r = Rest{}
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if err := r.Ask(ctx, time.Second, wait); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, embed.ErrUnavailable) {
			t.Errorf("beyond the caller's time: %v", err)
		}
		if err := r.Ask(t.Context(), time.Second, func(context.Context) error { return nil }); err != nil {
			t.Errorf("who gives up does not make it rest: %v", err)
		}
	})
}

func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := Patience{First: time.Second, Longest: 4 * time.Second}
		var at []time.Duration
		start := time.Now()
		told := 0
		err := p.Try(t.Context(), func() error {
			if at = append(at, time.Since(start)); len(at) < 6 {
				return errDown
			}
			return nil
		}, func(why error) bool {
			told++
			return errors.Is(why, embed.ErrUnavailable)
		})
		if want := "[0s 1s 3s 7s 11s 15s]"; err != nil || fmt.Sprint(at) != want || told != 5 {
			t.Errorf("asked at %v, told %d times, %v; want %s", at, told, err, want)
		}
	})
}

func TestPatienceEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, goOn := Patience{time.Hour, time.Hour}, func(error) bool { return true }
		refused := errors.New("wrong key")
		if err := p.Try(t.Context(), func() error { return refused }, goOn); err != refused {
			t.Errorf("a refusal is %v", err)
		}
		if err := p.Try(t.Context(), func() error { return errDown }, func(error) bool { return false }); err != errDown {
			t.Errorf("told to stop it gives %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := p.Try(ctx, func() error { return errDown }, goOn); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("without time it gives %v", err)
		}
		if err := p.Try(ctx, func() error { return refused }, goOn); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("after its time it gives %v", err)
		}
	})
}
