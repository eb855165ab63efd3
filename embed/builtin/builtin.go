// Package builtin is the encoder that Honeyguide trains and ships: text and
// pictures to unit vectors of one space, on the CPU, with nothing to download.
//
// The picture tower is a small convolutional network over an 80×80 square; the
// word tower averages hashed words, word parts and Chinese characters. Both are
// trained by train/train.py; train/export.py folds and rounds a checkpoint into
// encoder.safetensors, which the binary embeds, and into testdata/reference.json.gz,
// with which the tests hold this package to the training framework's vectors.
//
// To train and ship new weights (Debian's python3-torch, python3-numpy,
// python3-pil and python3-yaml), from this folder:
//
//	python3 train/train.py DATA_DIR --out train/encoder.pt
//	python3 train/export.py train/encoder.pt .
//	python3 train/regions.py DATA_DIR .
//	python3 train/calibrate.py DATA_DIR .
//
// The last two fit the parts of photos, and how sure the encoder is, to the new
// weights; confidence.json names the weights that it is of. `--from
// encoder.safetensors` lets train.py go on from the weights that ship.
package builtin

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"runtime"
	"sync"
	"sync/atomic"

	"honeyguide/embed"
	"honeyguide/embed/photo"
)

// Errors of this package. Wrapped with what was wrong.
var (
	// ErrWeights marks weights that are cut short, damaged or of another network.
	ErrWeights = errors.New("broken encoder weights")
	// ErrPicture marks a picture that is nil or has no pixels.
	ErrPicture = errors.New("empty picture")
)

// side is the width and height, in pixels, at which the picture tower looks.
const side = 80

//go:embed encoder.safetensors
var shipped string

// Encoder is the joint encoder. It never changes once loaded and is safe for
// concurrent use; one is enough for a program.
type Encoder struct {
	model    string
	file     string // its weights
	pictures pictureTower
	words    wordTower
	regions  detector
	naming   naming
}

var _ embed.Joint = (*Encoder)(nil)

// New loads the weights that the binary carries. It takes some 20 ms and 10 MB.
func New() (*Encoder, error) {
	e, err := load(shipped)
	if err != nil {
		return nil, err
	}
	if e.regions, err = newDetector(shippedRegions, &e.pictures); err != nil {
		return nil, fmt.Errorf("regions: %w", err)
	}
	if e.naming, err = newNaming(fittedConfidence); err != nil {
		return nil, err
	}
	return e, nil
}

// load builds an encoder from a file in the safetensors layout.
func load(file string) (*Encoder, error) {
	w, err := parse(file)
	if err != nil {
		return nil, err
	}
	e := &Encoder{model: w.model, file: file, pictures: newPictureTower(w), words: newWordTower(w)}
	if w.err != nil {
		return nil, w.err
	}
	return e, nil
}

// Model names the space: the family and a hash of the weights.
func (e *Encoder) Model() string { return e.model }

// Dim is the length of every vector.
func (e *Encoder) Dim() int { return e.words.dim }

// EncodeTexts returns one vector a text, in order. English and Chinese are
// understood; case, accents, full-width forms and punctuation make no
// difference. Only the first 64 tokens count. A text with no Latin letter,
// digit or Chinese character gets the zero vector.
func (e *Encoder) EncodeTexts(ctx context.Context, texts []string) ([]embed.Vector, error) {
	out := make([]embed.Vector, len(texts))
	s := e.words.scratch.Get().(*wordScratch)
	defer e.words.scratch.Put(s)
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[i] = e.words.encode(text, s)
	}
	return out, nil
}

// EncodeImages returns one vector a picture, in order, on as many cores as
// GOMAXPROCS allows. Each picture is fitted into a square whose margins repeat
// its edges. A picture that is nil or has no pixels fails the call with ErrPicture.
func (e *Encoder) EncodeImages(ctx context.Context, pictures []image.Image) ([]embed.Vector, error) {
	for i, p := range pictures {
		if p == nil || p.Bounds().Empty() {
			return nil, fmt.Errorf("picture %d: %w", i, ErrPicture)
		}
	}
	out := make([]embed.Vector, len(pictures))
	var next atomic.Int64
	work := func() {
		s := e.pictures.scratch.Get().(*pictureScratch)
		defer e.pictures.scratch.Put(s)
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= len(pictures) {
				return
			}
			out[i] = e.pictures.encode(photo.Square(pictures[i], side), s)
		}
	}
	var running sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(pictures)) - 1 {
		running.Go(work)
	}
	work()
	running.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}
