package openai

import (
	"errors"
	"fmt"
	"math"

	"github.com/sashabaranov/go-openai"

	"honeyguide/embed"
)

// errVectors marks an answer whose vectors cannot be used.
var errVectors = errors.New("unusable vectors")

// vectors puts an answer's vectors into the order of the n inputs and scales them
// to length one. It is errVectors where one is missing, doubled, of another length
// than the others, not finite, or all zeros.
func (c *client) vectors(data []openai.Embedding, n int) ([]embed.Vector, error) {
	if len(data) != n {
		return nil, fmt.Errorf("%w: %d for %d inputs", errVectors, len(data), n)
	}
	dim := c.dim
	if dim == 0 {
		dim = len(data[0].Embedding)
	}
	out := make([]embed.Vector, n)
	for _, e := range data {
		switch {
		case e.Index < 0 || e.Index >= n:
			return nil, fmt.Errorf("%w: index %d of %d inputs", errVectors, e.Index, n)
		case out[e.Index] != nil:
			return nil, fmt.Errorf("%w: index %d comes twice", errVectors, e.Index)
		case len(e.Embedding) == 0 || len(e.Embedding) > MaxDim:
			return nil, fmt.Errorf("%w: one of %d numbers, from 1 to %d are taken", errVectors, len(e.Embedding), MaxDim)
		case len(e.Embedding) != dim:
			return nil, &wrongDim{got: len(e.Embedding), want: dim}
		}
		if err := normalise(e.Embedding); err != nil {
			return nil, err
		}
		out[e.Index] = e.Embedding
	}
	return out, nil
}

// wrongDim is a vector of another length than the encoder's.
type wrongDim struct{ got, want int }

func (w *wrongDim) Error() string {
	return fmt.Sprintf("vectors of %d numbers came, %d are wanted", w.got, w.want)
}

// normalise scales a vector to length one.
func normalise(v embed.Vector) error {
	square := 0.
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	if square == 0 || math.IsNaN(square) || math.IsInf(square, 0) {
		return fmt.Errorf("%w: one is all zeros or has numbers that are not finite", errVectors)
	}
	scale := 1 / math.Sqrt(square)
	for i := range v {
		v[i] = float32(float64(v[i]) * scale)
	}
	return nil
}
