// Package encoders asks the encoders of a shop: for somebody who waits, within a
// short time and not again right after it failed, and for work that can wait,
// until they answer.
package encoders

import "honeyguide/embed"

// Pair is what makes products' vectors. Pictures, and the words that are compared
// with pictures, are Joint's; what products say, and the words that are compared
// with that, are Texts'. Use NewPair.
type Pair struct {
	Joint embed.Joint
	Texts embed.Texts
}

// NewPair returns a pair; without texts Joint encodes them too.
func NewPair(joint embed.Joint, texts embed.Texts) Pair {
	if texts == nil {
		texts = joint
	}
	return Pair{joint, texts}
}

// Shared reports whether one model makes all vectors, so that pictures may be
// compared with what products say.
func (p Pair) Shared() bool { return p.Joint.Model() == p.Texts.Model() }

// Model names the vectors of the pair: one model, or both as picture+text.
func (p Pair) Model() string {
	if p.Shared() {
		return p.Joint.Model()
	}
	return p.Joint.Model() + "+" + p.Texts.Model()
}
