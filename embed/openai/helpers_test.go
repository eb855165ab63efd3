package openai

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"testing"
	"time"

	"honeyguide/embed"
	"honeyguide/embed/openai/openaitest"
)

const testKey = "sk-secret-0123456789"

// start starts a server that wants the test's key.
func start(t testing.TB, o openaitest.Options) *openaitest.Server {
	t.Helper()
	o.Key = testKey
	s := openaitest.New(o)
	t.Cleanup(s.Close)
	return s
}

// at are options for a server, with short pauses.
func at(s *openaitest.Server, f Form) Options {
	return Options{URL: s.URL(), Key: testKey, Model: openaitest.Model, Form: f, Backoff: time.Millisecond}
}

func openTexts(t testing.TB, o Options) *Texts {
	t.Helper()
	e, err := OpenTexts(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func openJoint(t testing.TB, o Options) *Joint {
	t.Helper()
	e, err := OpenJoint(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// painted is a picture of one colour.
func painted(width, height int, c color.Color) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

// shots are pictures that all differ.
func shots(n int) []image.Image {
	out := make([]image.Image, n)
	for i := range out {
		out[i] = painted(60+i%7, 80, color.NRGBA{uint8(40 * i), uint8(255 - 17*i), uint8(90 + 23*i), 255})
	}
	return out
}

// same tells whether two lists of vectors are the same but for rounding.
func same(a, b []embed.Vector) bool {
	return slices.EqualFunc(a, b, func(v, w embed.Vector) bool {
		return slices.EqualFunc(v, w, func(x, y float32) bool { return math.Abs(float64(x-y)) < 1e-5 })
	})
}

func length(v embed.Vector) float64 {
	square := 0.
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	return math.Sqrt(square)
}
