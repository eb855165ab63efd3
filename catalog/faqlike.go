package catalog

import (
	"cmp"
	"math"
	"slices"
)

// worded is an answer as questions are compared with it.
type worded struct {
	faq  FAQ
	asks []wording // each way to ask
	all  wording   // with the answer
}

func wordedFAQ(f FAQ) worded {
	w := worded{faq: f, all: wordingOf(f.Answer)}
	for _, text := range f.asks() {
		ask := wordingOf(text)
		w.asks = append(w.asks, ask)
		w.all.stems, w.all.shapes = append(w.all.stems, ask.stems...), append(w.all.shapes, ask.shapes...)
	}
	w.all = wording{unique(w.all.stems), unique(w.all.shapes)}
	return w
}

// likeness compares a question with an answer, each part 0 to 1.
type likeness struct {
	best   float64 // Dice's coefficient of the shapes of the nearest way to ask, by rarity
	usual  float64 // the mean of the three nearest
	stems  float64 // the share of the question's stems that occur anywhere in the answer, by rarity
	shapes float64 // likewise its shapes
}

// order ranks answers to one question. The weights were fitted to rank the right
// one first; see TestFAQMatching.
func (l likeness) order() float64 { return 1.6*l.best + 4.8*l.usual + 3.7*l.stems + 7.0*l.shapes }

// certainty is the chance that the first in order, by lead before the second, is
// right: a logistic regression.
func (l likeness) certainty(lead float64) float64 {
	const full = 4 // a lead that leaves no doubt
	z := 0.43*l.best + 1.01*l.usual + 1.28*l.stems + 3.96*l.shapes + 1.15*min(lead, full)/full - 5.02
	return 1 / (1 + math.Exp(-z))
}

// liken compares a question with an answer.
func (k *knownFAQs) liken(q wording, w *worded) likeness {
	all := k.shapes.sum(q.shapes)
	if all == 0 {
		return likeness{}
	}
	near := make([]float64, len(w.asks))
	for i, ask := range w.asks {
		near[i] = 2 * k.shapes.common(q.shapes, ask.shapes) / (all + k.shapes.sum(ask.shapes))
	}
	slices.SortFunc(near, func(a, b float64) int { return cmp.Compare(b, a) })
	near = near[:min(len(near), 3)]
	l := likeness{best: near[0], shapes: k.shapes.common(q.shapes, w.all.shapes) / all}
	for _, n := range near {
		l.usual += n / float64(len(near))
	}
	if stems := k.stems.sum(q.stems); stems > 0 {
		l.stems = k.stems.common(q.stems, w.all.stems) / stems
	}
	return l
}
