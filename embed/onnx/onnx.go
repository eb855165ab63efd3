// Package onnx runs any CLIP or SigLIP model that was exported to ONNX in the
// layout of Hugging Face, as an encoder of texts and pictures, by ONNX Runtime.
//
// A model is a folder with config.json, preprocessor_config.json,
// tokenizer.json, tokenizer_config.json and, there or in the folder onnx,
// vision_model.onnx and text_model.onnx or a variant of both
// (vision_model_fp16.onnx …). «honeyguide model pull» fetches some.
//
// ONNX Runtime is a shared library, loaded when the first model is opened. The
// program must be built with cgo. A process has one ONNX Runtime, which stays
// loaded until it ends.
//
// The tests hold this package to small models with random weights: token ids
// and vectors to those that train/export.py computed, resizing to Pillow's.
package onnx

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"honeyguide/embed"
)

// Errors of this package. Wrapped with what was wrong and what helps.
var (
	// ErrNoCgo marks a program that was built without cgo.
	ErrNoCgo = errors.New("this program was built without cgo, which ONNX models need: build it with CGO_ENABLED=1 and a C compiler")
	// ErrLibrary marks ONNX Runtime's library: not found, not one, too old, or
	// another than the one that this process has loaded.
	ErrLibrary = errors.New("cannot load ONNX Runtime")
	// ErrFolder marks a folder that is no model, or a file of it that cannot be read.
	ErrFolder = errors.New("not a model's folder")
	// ErrModel marks a model that is neither a CLIP nor a SigLIP, or is broken.
	ErrModel = errors.New("not a CLIP or SigLIP model that is read")
	// ErrPicture marks a picture that is nil or has no pixels.
	ErrPicture = errors.New("empty picture")
	// ErrClosed marks work after Close.
	ErrClosed = errors.New("the encoder is closed")
)

// Options says what Open opens.
type Options struct {
	Folder string // of the model
	// Variant is the ending of the networks' names: fp16 for
	// vision_model_fp16.onnx. Empty: the plain ones, or the first that is there
	// of fp16, quantized, int8, uint8, q4, q4f16 and bnb4.
	Variant string
	// Library is ONNX Runtime's shared library, version 1.24 or newer, or the
	// folder that holds it. Empty: what the system finds.
	Library string
	Threads int // that one call computes with; 0: as GOMAXPROCS
}

// How many pictures or texts go through a network together. More makes it no
// faster on a CPU, and takes more memory.
const (
	pictureBatch = 8
	textBatch    = 32
)

// Encoder is a joint encoder. It never changes once opened and is safe for
// concurrent use.
type Encoder struct {
	model        string
	dim          int
	vision, text *tower
	files        *folder

	mu     sync.RWMutex // held for reading while networks run
	closed bool
}

var _ embed.Joint = (*Encoder)(nil)

// Open loads a model. Both networks run once, to see that they work and agree:
// it takes seconds, and memory of about twice the files while it lasts.
func Open(ctx context.Context, o Options) (*Encoder, error) {
	files, err := openFolder(o.Folder, o.Variant)
	if err != nil {
		return nil, err
	}
	if err := startRuntime(o.Library); err != nil {
		return nil, err
	}
	e := &Encoder{files: files}
	if err := e.open(ctx, max(o.Threads, 0)); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

func (e *Encoder) open(ctx context.Context, threads int) (err error) {
	if threads == 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	if e.vision, err = openVision(e.files, threads); err != nil {
		return err
	}
	if e.text, err = openText(e.files, threads); err != nil {
		return err
	}
	if err := e.probe(ctx); err != nil {
		return err
	}
	e.model, err = e.files.modelName()
	return err
}

// Model names the space: the model's own name and a hash of its networks,
// whole, its tokenizer and its treatment of pictures.
func (e *Encoder) Model() string { return e.model }

// Dim is the length of every vector.
func (e *Encoder) Dim() int { return e.dim }

// Close frees the model. It waits for calls that are under way; later ones fail
// with ErrClosed. ONNX Runtime itself stays loaded.
func (e *Encoder) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil
	}
	e.closed = true
	return errors.Join(e.vision.close(), e.text.close())
}

// EncodeTexts returns one vector a text, in order. What is beyond the tokens that
// the model takes (77 or 64 as a rule) does not count. A text of nothing but
// blanks gets the zero vector.
func (e *Encoder) EncodeTexts(ctx context.Context, texts []string) ([]embed.Vector, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closed {
		return nil, ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([]embed.Vector, len(texts))
	var rows []row
	for i, text := range texts {
		if strings.TrimSpace(text) == "" {
			out[i] = make(embed.Vector, e.dim)
			continue
		}
		rows = append(rows, row{i, e.files.tokens.encode(text, e.text.length)})
	}
	// Rows of about one length together need less filling.
	slices.SortStableFunc(rows, func(a, b row) int { return len(a.ids) - len(b.ids) })
	for some := range slices.Chunk(rows, e.text.batch) {
		vectors, err := e.text.texts(ctx, some, e.files.pad)
		if err != nil {
			return nil, err
		}
		for i, v := range vectors {
			out[some[i].at] = v
		}
	}
	return out, nil
}

// row is one text on its way: its place among the call's texts, and its tokens.
type row struct {
	at  int
	ids []int64
}

// EncodeImages returns one vector a picture, in order. What is transparent is
// laid on white. A picture that is nil or has no pixels fails the call with
// ErrPicture.
func (e *Encoder) EncodeImages(ctx context.Context, pictures []image.Image) ([]embed.Vector, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closed {
		return nil, ErrClosed
	}
	for i, p := range pictures {
		if p == nil || p.Bounds().Empty() {
			return nil, fmt.Errorf("picture %d: %w", i, ErrPicture)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([]embed.Vector, 0, len(pictures))
	for some := range slices.Chunk(pictures, e.vision.batch) {
		vectors, err := e.vision.pictures(ctx, some, e.files.processor)
		if err != nil {
			return nil, err
		}
		out = append(out, vectors...)
	}
	return out, nil
}

// pictures runs the network on some pictures.
func (t *tower) pictures(ctx context.Context, pictures []image.Image, p *processor) ([]embed.Vector, error) {
	data := make([]float32, len(pictures)*p.len())
	var next atomic.Int64
	var running sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(pictures)) {
		running.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(pictures); i = int(next.Add(1)) - 1 {
				p.read(data[i*p.len():][:p.len()], pictures[i])
			}
		})
	}
	running.Wait()
	return t.vectors(ctx, []tensor{{shape: []int64{int64(len(pictures)), 3, int64(p.out.Y), int64(p.out.X)}, floats: data}})
}

// texts runs the network on some texts, filled up to one length.
func (t *tower) texts(ctx context.Context, rows []row, pad int64) ([]embed.Vector, error) {
	length := t.length
	if !t.fills {
		length = 0
		for _, r := range rows {
			length = max(length, len(r.ids))
		}
	}
	shape := []int64{int64(len(rows)), int64(length)}
	ids, mask := make([]int64, 0, len(rows)*length), make([]int64, len(rows)*length)
	for i, r := range rows {
		ids = append(ids, r.ids...)
		for j := range length {
			if j >= len(r.ids) {
				ids = append(ids, pad)
			}
			if j < len(r.ids) || t.seesPads {
				mask[i*length+j] = 1
			}
		}
	}
	in := []tensor{{shape: shape, ints: ids}, {shape: shape, ints: mask}}
	return t.vectors(ctx, in[:len(t.inputs)])
}

// vectors runs the network and scales its rows to unit length.
func (t *tower) vectors(ctx context.Context, in []tensor) ([]embed.Vector, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	data, shape, err := t.session.run(ctx, in)
	if err != nil {
		return nil, err
	}
	n := int(in[0].shape[0])
	if len(shape) != 2 || shape[0] != int64(n) || shape[1] < 1 {
		return nil, fmt.Errorf("%w: %s gives numbers of the shape %v for %d inputs", ErrModel, t.name, shape, n)
	}
	dim := int(shape[1])
	out := make([]embed.Vector, n)
	for i := range out {
		out[i] = slices.Clone(data[i*dim:][:dim])
		if !unit(out[i]) {
			return nil, fmt.Errorf("%w: %s gives a vector without a direction", ErrModel, t.name)
		}
	}
	return out, nil
}

// unit scales v to unit length, and reports whether it has one.
func unit(v embed.Vector) bool {
	square := 0.
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	if !(square > 0) || math.IsInf(square, 0) {
		return false
	}
	for i := range v {
		v[i] = float32(float64(v[i]) / math.Sqrt(square))
	}
	return true
}
