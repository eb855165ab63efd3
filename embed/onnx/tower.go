package onnx

import (
	"context"
	"fmt"
	"image"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"honeyguide/embed"
)

// tower is one of a model's two networks and how it wants its inputs.
type tower struct {
	session *session
	name    string   // of the file, for errors
	inputs  []string // the names that are fed, in order
	batch   int      // how many go together

	// Of a text tower:
	length   int  // tokens of a text, at most
	fills    bool // texts are filled up to length, also alone
	seesPads bool // the mask covers what was filled in too
}

// tensor is a network's input: numbers of one kind, in rows.
type tensor struct {
	shape  []int64
	floats []float32
	ints   []int64
}

// The numbers that networks take and give.
const (
	kindFloat = "float32"
	kindInt   = "int64"
)

// port is an input or output of a network. A size that is free is below 1.
type port struct {
	name, kind string
	shape      []int64
}

func (t *tower) close() error {
	if t == nil {
		return nil
	}
	return t.session.close()
}

// openVision opens the network of pictures.
func openVision(f *folder, threads int) (*tower, error) {
	t, ports, err := openTower(f, f.vision, "image_embeds", threads, "pixel_values")
	if err != nil {
		return nil, err
	}
	t.batch = pictureBatch
	want := []int64{0, 3, int64(f.processor.out.Y), int64(f.processor.out.X)}
	return t.check(ports[0], kindFloat, want)
}

// openText opens the network of texts.
func openText(f *folder, threads int) (*tower, error) {
	t, ports, err := openTower(f, f.text, "text_embeds", threads, "input_ids", "attention_mask")
	if err != nil {
		return nil, err
	}
	t.batch, t.length = textBatch, f.limit
	// SigLIP was trained without a mask, on texts filled up to their limit.
	t.fills, t.seesPads = f.kind == "siglip", f.kind == "siglip"
	for _, p := range ports {
		if len(p.shape) == 2 && p.shape[1] > 0 {
			t.length, t.fills = min(t.length, int(p.shape[1])), true
		}
		if _, err := t.check(p, kindInt, []int64{0, int64(t.length)}); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// openTower opens a network that takes the first of the inputs and may take the
// others, and gives vectors under the output's name, or as pooler_output.
func openTower(f *folder, file, output string, threads int, inputs ...string) (*tower, []port, error) {
	name := filepath.Base(file)
	takes, gives, err := inspect(file)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %s: %w", ErrModel, name, err)
	}
	find := func(ports []port, name string) int {
		return slices.IndexFunc(ports, func(p port) bool { return p.name == name })
	}
	for _, p := range takes {
		if !slices.Contains(inputs, p.name) {
			return nil, nil, fmt.Errorf("%w: %s takes %q, and %s are known", ErrModel, name, p.name, strings.Join(inputs, " and "))
		}
	}
	t, fed := &tower{name: name}, []port(nil)
	for _, in := range inputs {
		if i := find(takes, in); i >= 0 {
			t.inputs, fed = append(t.inputs, in), append(fed, takes[i])
		}
	}
	if len(fed) == 0 || fed[0].name != inputs[0] {
		return nil, nil, fmt.Errorf("%w: %s does not take %s", ErrModel, name, inputs[0])
	}
	if find(gives, output) < 0 && f.kind == "siglip" {
		output = "pooler_output" // SigLIP's towers have no projection beyond
	}
	out := find(gives, output)
	if out < 0 {
		return nil, nil, fmt.Errorf("%w: %s does not give %s: export it with its projection", ErrModel, name, output)
	}
	if gives[out].kind != kindFloat {
		return nil, nil, fmt.Errorf("%w: %s gives %s as %s, and %s is read", ErrModel, name, output, gives[out].kind, kindFloat)
	}
	if t.session, err = openSession(file, t.inputs, output, threads); err != nil {
		return nil, nil, fmt.Errorf("%w: %s: %w", ErrModel, name, err)
	}
	return t, fed, nil
}

// check compares an input with what it will be fed. The first size is the
// batch's. A network that does not fit is closed.
func (t *tower) check(p port, kind string, want []int64) (*tower, error) {
	fits := p.kind == kind && len(p.shape) == len(want)
	for i := 1; fits && i < len(want); i++ {
		fits = p.shape[i] < 1 || p.shape[i] == want[i]
	}
	if fits && p.shape[0] == 1 {
		t.batch = 1
	} else if fits {
		fits = p.shape[0] < 1
	}
	if fits {
		return t, nil
	}
	err := fmt.Errorf("%w: %s takes %s as %s of %v, and the settings make %s of %v, in batches of any size",
		ErrModel, t.name, p.name, p.kind, p.shape, kind, want[1:])
	if closing := t.close(); closing != nil {
		err = fmt.Errorf("%w (%w)", err, closing)
	}
	return nil, err
}

// apart is how far a component may move with the batch before inputs go alone.
const apart = 1e-4

// probe runs both networks once: they must give vectors of one length. Where
// neighbours change each other's vectors, as quantised networks do that scale
// by the range of the whole batch, inputs go through alone from then on.
func (e *Encoder) probe(ctx context.Context) error {
	texts := []row{{0, e.files.tokens.encode("a", e.text.length)}, {1, e.files.tokens.encode("red dress, 红色连衣裙, size 42", e.text.length)}}
	words, err := probe(e.text, texts, func(some []row) ([]embed.Vector, error) { return e.text.texts(ctx, some, e.files.pad) })
	if err != nil {
		return err
	}
	shots, err := probe(e.vision, []image.Image{stripes(110, 120), stripes(0, 255)}, func(some []image.Image) ([]embed.Vector, error) {
		return e.vision.pictures(ctx, some, e.files.processor)
	})
	if err != nil {
		return err
	}
	if e.dim = len(words); len(shots) != e.dim {
		return fmt.Errorf("%w: texts become %d numbers and pictures %d: export both towers with their projections", ErrModel, e.dim, len(shots))
	}
	return nil
}

// probe encodes two inputs alone and together, and returns the first's vector.
func probe[T any](t *tower, inputs []T, encode func([]T) ([]embed.Vector, error)) (embed.Vector, error) {
	var alone []embed.Vector
	for i := range inputs {
		v, err := encode(inputs[i : i+1])
		if err != nil {
			return nil, err
		}
		alone = append(alone, v...)
	}
	if t.batch == 1 {
		return alone[0], nil
	}
	together, err := encode(inputs)
	if err != nil {
		return nil, err
	}
	for i, v := range together {
		for j, x := range v {
			if math.Abs(float64(x-alone[i][j])) > apart {
				t.batch = 1
			}
		}
	}
	return alone[0], nil
}

// stripes is a picture of two greys.
func stripes(dark, bright uint8) image.Image {
	out := image.NewGray(image.Rect(0, 0, 32, 32))
	for i := range out.Pix {
		out.Pix[i] = dark
		if i%32/5%2 == 1 {
			out.Pix[i] = bright
		}
	}
	return out
}
