// Package embed turns text and pictures into vectors.
//
// An encoder is named by its model: vectors of different models must never be
// compared. An encoder that implements both Texts and Images under one Model is
// joint: its texts and pictures live in one space and may be compared.
package embed

import (
	"context"
	"errors"
	"image"
)

// ErrUnavailable marks an encoder that cannot be reached now; trying later may
// help. Wrapped with what was wrong.
var ErrUnavailable = errors.New("encoder unavailable")

// Vector is a unit vector of an encoder's Dim, unless it is all zeros (an empty text).
type Vector = []float32

// Texts encodes words.
type Texts interface {
	// Model names the vector space. Vectors are stored under this name.
	Model() string
	// Dim is the length of every vector.
	Dim() int
	// EncodeTexts returns one vector a text, in order (n×Dim). The result does
	// not depend on what else is in the batch. It stops early with ctx's error.
	EncodeTexts(ctx context.Context, texts []string) ([]Vector, error)
}

// Asked encodes what buyers ask, where a model wants that told apart from what is
// to be found, as those of the E5 and Qwen families do. Its vectors are compared
// with those of EncodeTexts.
type Asked interface {
	EncodeAsked(ctx context.Context, texts []string) ([]Vector, error)
}

// EncodeAsked encodes what buyers ask: as the encoder wants it, or as any text.
func EncodeAsked(ctx context.Context, enc Texts, texts []string) ([]Vector, error) {
	if a, ok := enc.(Asked); ok {
		return a.EncodeAsked(ctx, texts)
	}
	return enc.EncodeTexts(ctx, texts)
}

// Images encodes pictures. Model and Dim are as in Texts.
type Images interface {
	Model() string
	Dim() int
	// EncodeImages returns one vector a picture, in order (n×Dim). Pictures are
	// upright; any size will do. The result does not depend on what else is in
	// the batch. It stops early with ctx's error.
	EncodeImages(ctx context.Context, pictures []image.Image) ([]Vector, error)
}

// Joint encodes both into one space.
type Joint interface {
	Texts
	EncodeImages(ctx context.Context, pictures []image.Image) ([]Vector, error)
}
