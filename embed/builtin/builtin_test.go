package builtin

import (
	"context"
	"errors"
	"fmt"
	"image"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"honeyguide/embed"
	"honeyguide/embed/embedtest"
)

func TestContract(t *testing.T) { embedtest.Joint(t, newEncoder(t)) }

// drawings are the pictures of the reference, and their sizes differ.
func drawings() []image.Image {
	var out []image.Image
	for _, kind := range []string{"gradient", "checker", "disc", "stripes", "noise"} {
		for k := range 4 {
			d := drawing(kind, k)
			out = append(out, d.SubImage(image.Rect(2*k, k, side-3*k, side)))
		}
	}
	return out
}

func encodeImages(t *testing.T, e *Encoder, pictures ...image.Image) []embed.Vector {
	t.Helper()
	v, err := e.EncodeImages(t.Context(), pictures)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func equal(a, b []embed.Vector) bool {
	return slices.EqualFunc(a, b, func(a, b embed.Vector) bool { return slices.Equal(a, b) })
}

func TestBatchEqualsSingleToTheBit(t *testing.T) {
	e := newEncoder(t)
	pictures := drawings()
	batch := encodeImages(t, e, pictures...)
	for i, p := range pictures {
		if one := encodeImages(t, e, p); !equal(one, batch[i:i+1]) {
			t.Errorf("picture %d differs by %g", i, distance(one[0], batch[i]))
		}
	}
	texts := []string{"red dress", "", "连衣裙", "a", strings.Repeat("long ", 100)}
	all, err := e.EncodeTexts(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if one, err := e.EncodeTexts(t.Context(), []string{text}); err != nil || !equal(one, all[i:i+1]) {
			t.Errorf("text %q differs, error %v", text, err)
		}
	}
}

func TestCoresDoNotMatter(t *testing.T) {
	e, pictures := newEncoder(t), drawings()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var want []embed.Vector
	for _, cores := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(cores)
		got := encodeImages(t, e, pictures...)
		if want != nil && !equal(got, want) {
			t.Errorf("%d cores give other vectors", cores)
		}
		want = got
	}
}

func TestLoadedTwiceIsTheSame(t *testing.T) {
	a, b := newEncoder(t), newEncoder(t)
	if a.Model() != b.Model() || !equal(encodeImages(t, a, drawings()[:3]...), encodeImages(t, b, drawings()[:3]...)) {
		t.Error("two encoders differ")
	}
}

func TestManyCallersShareOneEncoder(t *testing.T) {
	e, pictures := newEncoder(t), drawings()[:6]
	want := encodeImages(t, e, pictures...)
	words, err := e.EncodeTexts(t.Context(), []string{"red dress"})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got, err := e.EncodeImages(t.Context(), pictures); err != nil || !equal(got, want) {
				t.Errorf("pictures differ, error %v", err)
			}
			if got, err := e.EncodeTexts(t.Context(), []string{"red dress"}); err != nil || !equal(got, words) {
				t.Errorf("texts differ, error %v", err)
			}
		})
	}
	all.Wait()
}

func TestBlankTextsAreZero(t *testing.T) {
	e := newEncoder(t)
	got, err := e.EncodeTexts(t.Context(), readReference(t).Blank)
	if err != nil {
		t.Fatal(err)
	}
	zero := make(embed.Vector, e.Dim())
	for i, v := range got {
		if !slices.Equal(v, zero) {
			t.Errorf("blank %d is not zero", i)
		}
	}
}

func TestPicturesWithoutPixels(t *testing.T) {
	e := newEncoder(t)
	for name, p := range map[string]image.Image{
		"nil": nil, "empty": image.NewNRGBA(image.Rectangle{}), "flat": image.NewGray(image.Rect(0, 0, 10, 0)),
	} {
		v, err := e.EncodeImages(t.Context(), []image.Image{drawing("disc", 1), p})
		if !errors.Is(err, ErrPicture) || !strings.Contains(err.Error(), "picture 1") || v != nil {
			t.Errorf("%s: %d vectors, error %v", name, len(v), err)
		}
	}
}

// countdown is a context that is canceled once it has been asked a number of times.
type countdown struct {
	context.Context
	mu   sync.Mutex
	left int
}

func (c *countdown) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestCancelStopsMidway(t *testing.T) {
	e := newEncoder(t)
	for asked := range 4 {
		t.Run(fmt.Sprint(asked), func(t *testing.T) {
			ctx := &countdown{Context: t.Context(), left: asked}
			if v, err := e.EncodeImages(ctx, drawings()); !errors.Is(err, context.Canceled) || v != nil {
				t.Errorf("pictures: %d vectors, error %v", len(v), err)
			}
			ctx.left = asked
			if v, err := e.EncodeTexts(ctx, []string{"a", "b", "c", "d", "e"}); !errors.Is(err, context.Canceled) || v != nil {
				t.Errorf("texts: %d vectors, error %v", len(v), err)
			}
		})
	}
}
