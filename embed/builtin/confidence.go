package builtin

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

// fittedConfidence is what train/calibrate.py writes: how shares of names become
// probabilities, and the model for which that holds.
//
//go:embed confidence.json
var fittedConfidence []byte

// curve is a logistic curve over the logit of a share: slope and offset.
type curve [2]float64

// naming is how sure the encoder may be of the names it gives a picture.
type naming struct {
	Model    string
	Category curve
	Color    curve
}

// newNaming reads the curves, which must rise.
func newNaming(data []byte) (naming, error) {
	var n naming
	if err := json.Unmarshal(data, &n); err != nil {
		return naming{}, fmt.Errorf("%w: confidence: %w", ErrWeights, err)
	}
	if !(n.Category[0] > 0 && n.Color[0] > 0) {
		return naming{}, fmt.Errorf("%w: confidence: curves %v and %v do not rise", ErrWeights, n.Category, n.Color)
	}
	return n, nil
}

// CategoryConfidence is how likely the category is right that a picture is named
// after, 0 to 1. Share is that category's part of the softmax of 30 × the cosines
// of the picture's vector with the vectors of all categories' English names; the
// category counts as right where it is the thing's own or one above that. Fitted,
// as Platt (1999) does, to catalogue shots and phone photos that training never
// saw. An encoder that Open loaded has no such curve and returns the share.
func (e *Encoder) CategoryConfidence(share float64) float64 { return e.naming.Category.at(share) }

// ColorConfidence is the same for the colour that a picture of one thing is named
// after, of all the colours' English names.
func (e *Encoder) ColorConfidence(share float64) float64 { return e.naming.Color.at(share) }

// at is the probability that belongs to a share. Shares of nearly 0 and 1, of
// which there are too few to know, count as a millionth from them.
func (c curve) at(share float64) float64 {
	if c == (curve{}) {
		return share
	}
	const edge = 1e-6
	p := min(max(share, edge), 1-edge)
	return sigmoid(c[0]*math.Log(p/(1-p)) + c[1])
}
