package outfit

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"honeyguide/catalog"
)

// brute tries every filling.
func (p *problem) brute() float64 {
	best := math.Inf(-1)
	var chosen []*option
	var walk func(at int, score float64, cost int64, extras int)
	walk = func(at int, score float64, cost int64, extras int) {
		if p.budget > 0 && cost > p.budget || extras > p.extras {
			return
		}
		if at == len(p.places) {
			best = max(best, score)
			return
		}
		pl := &p.places[at]
		walk(at+1, score+pl.empty, cost, extras)
		for _, o := range pl.options {
			gain := o.value - pl.worth + pl.gain
			for _, c := range chosen {
				gain -= p.losses.of(c, o)
			}
			more := extras
			if !pl.needed {
				more++
			}
			chosen = append(chosen, o)
			walk(at+1, score+gain, cost+o.cost, more)
			chosen = chosen[:len(chosen)-1]
		}
	}
	walk(0, 0, 0, 0)
	return best
}

// random makes a problem of up to five places with up to six options each.
func random(r *rand.Rand) *problem {
	p := &problem{extras: r.IntN(3), floor: math.Inf(-1)}
	if r.IntN(4) > 0 {
		p.budget = int64(1 + r.IntN(300))
	}
	n := 0
	for range 1 + r.IntN(5) {
		pl := place{needed: r.IntN(2) == 0, worth: 0.5 * r.Float64()}
		if pl.needed {
			pl.empty = -0.6 * r.Float64()
		}
		if r.IntN(5) == 0 {
			pl.gain = wantGain
		}
		for range r.IntN(7) {
			id := fmt.Sprint(n)
			pl.options = append(pl.options, &option{number: n, value: r.Float64(), thing: thing{cost: int64(r.IntN(150)), product: &catalog.Product{ID: id}}})
			n++
		}
		p.places = append(p.places, pl)
	}
	table := make([]float64, n*n)
	for i := range table {
		switch r.IntN(10) {
		case 0:
			table[i] = math.Inf(1)
		case 1, 2, 3:
			table[i] = 0.4 * r.Float64()
		}
	}
	p.losses = newLosses(n, func(x, y *option) float64 { return table[min(x.number, y.number)*n+max(x.number, y.number)] })
	return p
}

// TestSolveIsExact proves the search against trying everything.
func TestSolveIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 800 {
		p := random(r)
		want := p.brute()
		found, got := p.solve()
		if math.Abs(got-want) > 1e-9 {
			t.Fatalf("problem %d: %v, want %v", i, got, want)
		}
		var cost int64
		extras, score := 0, 0.0
		for at, o := range found {
			pl := &p.places[at]
			if o == nil {
				score += pl.empty
				continue
			}
			if !slices.Contains(pl.options, o) {
				t.Fatalf("problem %d: an option in another's place", i)
			}
			if !pl.needed {
				extras++
			}
			score += o.value - pl.worth + pl.gain
			cost += o.cost
			for _, other := range found[:at] {
				if other != nil {
					score -= p.losses.of(o, other)
				}
			}
		}
		if p.budget > 0 && cost > p.budget || extras > p.extras || math.Abs(score-got) > 1e-9 {
			t.Fatalf("problem %d: costs %d of %d, %d extras of %d, score %v said %v", i, cost, p.budget, extras, p.extras, score, got)
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	p := &problem{extras: 2, budget: 400, floor: math.Inf(-1)}
	n := 0
	for i := range 7 {
		pl := place{needed: i < 4, worth: 0.45}
		for range breadth {
			pl.options = append(pl.options, &option{number: n, value: 0.4 + 0.4*r.Float64(), thing: thing{cost: int64(r.IntN(150)), product: &catalog.Product{ID: fmt.Sprint(n)}}})
			n++
		}
		p.places = append(p.places, pl)
	}
	table := make([]float64, n*n)
	for i := range table {
		table[i] = 0.15 * r.Float64()
	}
	p.losses = newLosses(n, func(x, y *option) float64 { return table[min(x.number, y.number)*n+max(x.number, y.number)] })
	for b.Loop() {
		p.solve()
	}
}
