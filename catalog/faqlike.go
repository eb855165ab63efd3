package catalog

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// worded is an answer as questions are compared with it.
type worded struct {
	faq  FAQ
	pack string    // that it is of, or was before the store changed it
	asks []wording // each way to ask, the question first
	any  wording   // all ways to ask
	all  wording   // with the answer
}

// worded reads an answer.
func (c *concepts) worded(f FAQ) worded {
	w := worded{faq: f}
	if strings.HasPrefix(f.ID, packPrefix) {
		w.pack = packOf(f.ID)
	}
	for _, text := range f.asks() {
		w.asks = append(w.asks, c.wording(text))
	}
	w.any = joined(w.asks...)
	w.all = joined(w.any, c.wording(f.Answer))
	return w
}

// likeness compares a question with an answer in several ways.
type likeness [likenesses]float64

// The parts of a likeness. All weigh by rarity, and are 0 to 1 where nothing else
// is said; near is Dice's coefficient.
const (
	nearShapes  = iota // the shapes of the nearest way to ask
	usualShapes        // the mean of the three nearest
	nearSenses         // likewise what the words stand for
	usualSenses
	toldStems  // the question's stems that occur anywhere in the answer
	toldShapes // likewise its shapes
	toldSenses
	askedFor    // what the answer's question stands for that this one holds
	otherThings // the things that are sold which the question names and the answer does not
	otherAspect // what else it speaks of, neither a thing nor a kind of answer, and the ways to ask do not
	sameTrade   // 1 where the question names a thing of the pack's trade, -1 where it names others only
	ownAnswer   // 1 for a store's own
	otherAsked  // 1 where the question asks what the store does, and a pack's does not
	likenesses
)

// order ranks answers to one question. Its weights, and those of certainty, were
// fitted by TestFitFAQ to rank the right one first.
func (l *likeness) order() float64 { return l.weigh(&orderBy) }

var orderBy = likeness{nearShapes: 0.26, usualShapes: 4.92, nearSenses: 0.81, usualSenses: 3.10, toldStems: 1.53, toldShapes: 4.12,
	toldSenses: 2.12, askedFor: 2.94, otherThings: -1.58, otherAspect: -0.88, sameTrade: 1.67, ownAnswer: 2.20, otherAsked: -0.10}

func (l *likeness) weigh(by *likeness) (s float64) {
	for i, x := range l {
		s += by[i] * x
	}
	return s
}

// standing is how the first in order stands among the candidates.
type standing struct {
	lead  float64 // before the second, by order
	share float64 // of the softmax over all orders
}

// fullLead leaves no doubt.
const fullLead = 4

// certainty is the chance that the first in order is right: a logistic regression.
// What few words ask for is less certain.
func (l *likeness) certainty(q *wording, at standing) float64 {
	z := l.weigh(&certainBy) + certainLead*min(at.lead, fullLead)/fullLead + certainShare*at.share + certainShort*shortness(q) + certainAlways
	return 1 / (1 + math.Exp(-z))
}

var certainBy = likeness{nearShapes: 0.00, usualShapes: 0.53, nearSenses: 0.02, usualSenses: -0.05, toldStems: 1.72, toldShapes: 1.05,
	toldSenses: -0.13, askedFor: 1.37, otherThings: -1.70, otherAspect: -1.12, sameTrade: 0.70, ownAnswer: -0.76, otherAsked: -0.73}

const (
	certainLead   = 0.61
	certainShare  = 2.78
	certainShort  = -1.14
	certainAlways = -3.63
)

// shortness is 1 for a question that speaks of nothing, and falls with every sense.
func shortness(q *wording) float64 { return 1 / float64(1+len(q.senses)) }

// liken compares a question with an answer.
func (k *knownFAQs) liken(q *wording, w *worded) (l likeness) {
	shapes, senses := k.shapes.sum(q.shapes), k.senses.sum(q.senses)
	if shapes == 0 {
		return l
	}
	l[nearShapes], l[usualShapes] = k.shapes.near(q.shapes, shapes, w.asks, func(ask *wording) []uint32 { return ask.shapes })
	l[toldShapes] = k.shapes.common(q.shapes, w.all.shapes) / shapes
	if stems := k.stems.sum(q.stems); stems > 0 {
		l[toldStems] = k.stems.common(q.stems, w.all.stems) / stems
	}
	if w.faq.Source != FromPack {
		l[ownAnswer] = 1
	}
	if senses == 0 {
		return l
	}
	l[nearSenses], l[usualSenses] = k.senses.near(q.senses, senses, w.asks, func(ask *wording) []uint32 { return ask.senses })
	l[toldSenses] = k.senses.common(q.senses, w.all.senses) / senses
	if all := k.senses.sum(w.asks[0].senses); all > 0 {
		l[askedFor] = k.senses.common(q.senses, w.asks[0].senses) / all
	}
	k.compareThings(q, w, &l)
	l[otherThings] /= senses
	return l
}

// near compares a question's terms, of which all is the sum, with those of each way
// to ask, and returns Dice's coefficient of the nearest and the mean of the three
// nearest.
func (r *rarity) near(q []uint32, all float64, asks []wording, terms func(*wording) []uint32) (best, usual float64) {
	near := make([]float64, len(asks))
	for i := range asks {
		ask := terms(&asks[i])
		near[i] = 2 * r.common(q, ask) / (all + r.sum(ask))
	}
	slices.SortFunc(near, func(a, b float64) int { return cmp.Compare(b, a) })
	near = near[:min(len(near), 3)]
	for _, n := range near {
		usual += n / float64(len(near))
	}
	return near[0], usual
}

// compareThings tells whether both speak of the same things and of the same of them.
func (k *knownFAQs) compareThings(q *wording, w *worded, l *likeness) {
	aspects, unmet := 0., 0.
	for _, s := range q.senses {
		trades, thing := k.concepts.trades[s]
		switch {
		case thing:
			if l[sameTrade] != 1 && w.pack != "" {
				l[sameTrade] = -1
			}
			if slices.Contains(trades, w.pack) {
				l[sameTrade] = 1
			}
			if !hasTerm(w.all.senses, s) {
				l[otherThings] += k.senses.weight(s)
			}
		case s == ofShop:
			if w.pack != "" && !hasTerm(w.any.senses, s) {
				l[otherAsked] = 1
			}
		case !k.concepts.kinds[s]:
			aspects += k.senses.weight(s)
			if !hasTerm(w.any.senses, s) {
				unmet += k.senses.weight(s)
			}
		}
	}
	if aspects > 0 {
		l[otherAspect] = unmet / aspects
	}
}

func hasTerm(ascending []uint32, term uint32) bool {
	_, found := slices.BinarySearch(ascending, term)
	return found
}
