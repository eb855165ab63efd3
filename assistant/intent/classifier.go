package intent

import (
	"cmp"
	_ "embed"
	"math"
	"slices"
	"strings"
)

// maxGuesses of a sentence are returned.
const maxGuesses = 5

//go:embed weights.gz
var weightsFile string

// Classifier tells what sentences want. It is safe for concurrent use.
type Classifier struct {
	model   *model
	lexicon *lexicon
	rows    map[uint32]int32 // of the weights, by feature
	intents []Intent         // each once
	parts   []part           // of the labels
}

// part is a label in its parts.
type part struct {
	intent int // among the intents
	act    string
}

// Load makes the classifier of the weights that the program carries. It takes some
// 15 ms and 5 MB.
func Load() (*Classifier, error) {
	m, err := decode(strings.NewReader(weightsFile))
	if err != nil {
		return nil, err
	}
	l, err := newLexicon(conceptsText, goodsText)
	if err != nil {
		return nil, err
	}
	c := &Classifier{model: m, lexicon: l, rows: make(map[uint32]int32, len(m.Hashes))}
	for row, hash := range m.Hashes {
		c.rows[hash] = int32(row)
	}
	for _, label := range m.Labels {
		name, act, _ := strings.Cut(label, "/")
		at := slices.Index(c.intents, Intent(name))
		if at < 0 {
			at, c.intents = len(c.intents), append(c.intents, Intent(name))
		}
		c.parts = append(c.parts, part{at, act})
	}
	return c, nil
}

// Labels are all that is told apart: an intent, or an intent and its act as
// "order/status".
func (c *Classifier) Labels() []string { return slices.Clone(c.model.Labels) }

// Classify tells what a text wants, the likeliest first, at most five guesses of
// different intents with the likeliest act of each. Over all intents P sums to 1. A
// text without a letter or a digit is unknown. Of a text over 3,000 bytes the middle
// is not read.
func (c *Classifier) Classify(text string) []Guess {
	features := c.lexicon.features(text)
	if len(features) == 0 {
		return []Guess{{Intent: Unknown, P: 1}}
	}
	return c.guesses(c.probabilities(features))
}

// hit is a feature that has weights.
type hit struct {
	row   int32
	value float32
}

// hits are those of the features that have weights.
func (c *Classifier) hits(features []feature) []hit {
	found := make([]hit, 0, len(features)+1)
	known, unknown := 0, 0
	for _, f := range features {
		row, ok := c.rows[f.hash]
		switch {
		case ok && f.plain:
			known++
		case f.plain:
			unknown++
		}
		if ok {
			found = append(found, hit{row, f.value})
		}
	}
	s := strange(known, unknown)
	if row, ok := c.rows[s.hash]; ok {
		found = append(found, hit{row, s.value})
	}
	return found
}

// probabilities of the labels.
func (c *Classifier) probabilities(features []feature) []float64 {
	found, square := c.hits(features), float32(0)
	for _, h := range found {
		square += h.value * h.value
	}
	sums, n := slices.Clone(c.model.Bias), int32(len(c.parts))
	norm := c.model.Scale / float32(math.Sqrt(float64(max(square, 1e-6))))
	for _, h := range found {
		by := h.value * norm
		for i, w := range c.model.Weights[h.row*n : (h.row+1)*n] {
			sums[i] += by * float32(w)
		}
	}
	p := make([]float64, n)
	for i, sum := range sums {
		p[i] = float64(sum) / c.model.Temperature
	}
	softmax(p)
	return p
}

// guesses joins the acts of each intent.
func (c *Classifier) guesses(p []float64) []Guess {
	all, best := make([]Guess, len(c.intents)), make([]float64, len(c.intents))
	for i, part := range c.parts {
		g := &all[part.intent]
		g.Intent = c.intents[part.intent]
		g.P += p[i]
		if p[i] > best[part.intent] {
			best[part.intent], g.Act = p[i], part.act
		}
	}
	slices.SortStableFunc(all, func(a, b Guess) int { return cmp.Compare(b.P, a.P) })
	return all[:min(len(all), maxGuesses)]
}

// softmax turns scores into probabilities, in place.
func softmax(scores []float64) {
	top, sum := slices.Max(scores), 0.0
	for i, s := range scores {
		scores[i] = math.Exp(s - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}
