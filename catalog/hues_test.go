package catalog

import (
	"context"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"honeyguide/embed"
)

// hues is an encoder of colours. Each model has a length and an order of numbers
// of its own, so that vectors of two models have nothing to say to each other.
type hues struct {
	model string
	dim   int

	texts, pictures atomic.Int64 // encoded so far
	mu              sync.Mutex
	ask             func(ctx context.Context, pictures bool) error // before each call; nil: nothing
}

func newHues(model string, dim int) *hues { return &hues{model: model, dim: dim} }

func (h *hues) Model() string { return h.model }
func (h *hues) Dim() int      { return h.dim }

// before sets what is done before each call, outside of all locks.
func (h *hues) before(ask func(ctx context.Context, pictures bool) error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ask = ask
}

func (h *hues) asked(ctx context.Context, pictures bool) error {
	h.mu.Lock()
	ask := h.ask
	h.mu.Unlock()
	if ask == nil {
		return ctx.Err()
	}
	return ask(ctx, pictures)
}

// fails makes every call fail; nil ends that.
func (h *hues) fails(err error) {
	if err == nil {
		h.before(nil)
		return
	}
	h.before(func(context.Context, bool) error { return err })
}

// errDown is of an encoder that cannot be reached.
var errDown = fmt.Errorf("%w: connection refused", embed.ErrUnavailable)

// vector places red, green, blue and how plain it is among the numbers of the model.
func (h *hues) vector(rgb [3]float64) embed.Vector {
	hash := fnv.New32a()
	hash.Write([]byte(h.model))
	first := int(hash.Sum32() % uint32(h.dim))
	v := make(embed.Vector, h.dim)
	length := 0.0
	for i, x := range append(rgb[:], .2) {
		v[(first+i)%h.dim] = float32(x)
		length += x * x
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(length))
	}
	return v
}

var named = map[string][3]float64{"red": {1, 0, 0}, "green": {0, 1, 0}, "blue": {0, 0, 1}}

func (h *hues) EncodeTexts(ctx context.Context, texts []string) ([]embed.Vector, error) {
	if err := h.asked(ctx, false); err != nil {
		return nil, err
	}
	h.texts.Add(int64(len(texts)))
	var all []embed.Vector
	for _, text := range texts {
		var rgb [3]float64
		for name, of := range named {
			if strings.Contains(text, name) {
				for i := range rgb {
					rgb[i] += of[i]
				}
			}
		}
		all = append(all, h.vector(rgb))
	}
	return all, nil
}

func (h *hues) EncodeImages(ctx context.Context, pictures []image.Image) ([]embed.Vector, error) {
	if err := h.asked(ctx, true); err != nil {
		return nil, err
	}
	h.pictures.Add(int64(len(pictures)))
	var all []embed.Vector
	for _, p := range pictures {
		middle := p.Bounds().Min.Add(p.Bounds().Size().Div(2))
		r, g, b, _ := p.At(middle.X, middle.Y).RGBA()
		all = append(all, h.vector([3]float64{float64(r) / 65535, float64(g) / 65535, float64(b) / 65535}))
	}
	return all, nil
}

// seeing makes a shop's encoder h, and opens former ones by their models.
func seeing(h *hues, former ...*hues) func(*Options) {
	return func(o *Options) {
		o.Encoder, o.Texts = h, nil
		o.Former = opening(former...)
	}
}

func opening(former ...*hues) func(context.Context, string) (embed.Joint, embed.Texts, error) {
	return func(_ context.Context, model string) (embed.Joint, embed.Texts, error) {
		for _, f := range former {
			if f.model == model {
				return f, nil, nil
			}
		}
		return nil, nil, fmt.Errorf("no %s here", model)
	}
}

// hung is a feed of n lamps whose pictures have colours from red to blue; their titles name none.
func hung(t *testing.T, s *shop, n int) string {
	t.Helper()
	files, refs := map[string][]byte{}, []string{}
	for i := range n {
		name := fmt.Sprintf("%d.png", i+1)
		files["images/"+name] = drawing(between(i, n), 40)
		refs = append(refs, name)
	}
	files["products.csv"] = pictured(refs...)
	return s.file("lamps.zip", string(archive(t, files)))
}

// between is the ith of n colours from red to blue.
func between(i, n int) color.Color {
	angle := float64(i) / float64(n) * math.Pi / 2
	return color.NRGBA{uint8(250 * math.Cos(angle)), 0, uint8(250 * math.Sin(angle)), 255}
}

func rgb(c [3]uint8) color.Color { return color.NRGBA{c[0], c[1], c[2], 255} }
