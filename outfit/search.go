package outfit

import (
	"cmp"
	"math"
	"slices"
)

const (
	breadth   = 12   // options of a slot that are tried
	worthIt   = 0.48 // value from which on a piece that may be added is
	worthNeed = 0.45 // value from which on one that is needed makes up for its place
	emptyLoss = 0.55 // what a needed place loses when it stays empty
	wantGain  = 2.0  // what the words ask for comes first
	maxExtras = 2    // pieces beyond those needed
)

// place is a slot as the search sees it.
type place struct {
	options []*option
	needed  bool
	worth   float64 // a piece's value counts above this
	gain    float64
	empty   float64 // value of leaving it empty
	best    float64 // of any option, or of leaving it empty
}

// problem is one plan to be filled: every place gets one of its options or none,
// so that the sum of values less the pairs' losses is greatest and the cost stays
// within the budget.
type problem struct {
	places []place
	budget int64 // 0: no limit
	extras int
	losses *losses
	floor  float64 // only a filling that scores more is looked for

	rest   []float64 // the most that the places from here on can bring
	chosen []*option
	found  []*option
	score  float64
}

// solve finds the best filling exactly, by branch and bound: pairs only take
// away, so that the places still open bring at most the sum of their best values
// less what those options lose to the pieces already chosen. Of equal fillings
// the first in the order of options counts. nil options are empty places; a place
// whose empty value is -Inf is never empty. Without a filling above the floor it
// returns nil.
func (p *problem) solve() ([]*option, float64) {
	slices.SortStableFunc(p.places, func(x, y place) int { return cmp.Compare(len(x.options), len(y.options)) })
	p.rest = make([]float64, len(p.places)+1)
	for i := len(p.places) - 1; i >= 0; i-- {
		pl := &p.places[i]
		pl.best = pl.empty
		for _, o := range pl.options {
			pl.best = max(pl.best, o.value-pl.worth+pl.gain)
		}
		p.rest[i] = p.rest[i+1] + pl.best
	}
	p.score = p.floor
	p.walk(0, 0, 0, 0)
	return p.found, p.score
}

func (p *problem) walk(at int, score float64, cost int64, extras int) {
	if at == len(p.places) {
		if score > p.score {
			p.score, p.found = score, slices.Clone(p.chosen)
		}
		return
	}
	if score+p.rest[at] <= p.score || score+p.bound(at) <= p.score {
		return
	}
	pl := &p.places[at]
	extra := extras
	if !pl.needed {
		extra++
	}
	for _, o := range pl.options {
		if p.budget > 0 && cost+o.cost > p.budget || extra > p.extras {
			continue
		}
		gain := o.value - pl.worth + pl.gain - p.lossTo(o)
		if score+gain+p.rest[at+1] <= p.score {
			continue
		}
		p.chosen = append(p.chosen, o)
		p.walk(at+1, score+gain, cost+o.cost, extra)
		p.chosen = p.chosen[:len(p.chosen)-1]
	}
	if !math.IsInf(pl.empty, -1) {
		p.chosen = append(p.chosen, nil)
		p.walk(at+1, score+pl.empty, cost, extras)
		p.chosen = p.chosen[:len(p.chosen)-1]
	}
}

// bound is what the places from here on can bring beside the pieces chosen.
func (p *problem) bound(at int) float64 {
	sum := 0.0
	for i := at; i < len(p.places); i++ {
		pl := &p.places[i]
		best := pl.empty
		for _, o := range pl.options {
			if v := o.value - pl.worth + pl.gain; v > best {
				best = max(best, v-p.lossTo(o))
			}
		}
		sum += best
	}
	return sum
}

// lossTo is what an option loses to the pieces chosen.
func (p *problem) lossTo(o *option) float64 {
	sum := 0.0
	for _, c := range p.chosen {
		if c != nil {
			sum += p.losses.of(c, o)
		}
	}
	return sum
}

// losses remembers what pairs of options lose.
type losses struct {
	pair func(x, y *option) float64
	n    int
	seen []float64 // by both options' numbers; NaN where it was not asked yet
}

// newLosses remembers the pairs of n options, which are numbered from 0.
func newLosses(n int, of func(x, y *option) float64) *losses {
	l := &losses{pair: of, n: n, seen: make([]float64, n*n)}
	for i := range l.seen {
		l.seen[i] = math.NaN()
	}
	return l
}

func (l *losses) of(x, y *option) float64 {
	at := min(x.number, y.number)*l.n + max(x.number, y.number)
	if math.IsNaN(l.seen[at]) {
		l.seen[at] = l.pair(x, y)
	}
	return l.seen[at]
}
