package outfit

import (
	"cmp"
	"hash/fnv"
	"maps"
	"math"
	"slices"
	"strconv"
	"testing"
)

// sizesOf are the sizes that a thing comes in, in steps: those that customers to
// learn from rented at least twice; and the one that they rented most.
func sizesOf(h *history, i int) (sizes []float64, popular float64) {
	counts := map[float64]int{}
	for _, j := range h.all[i].itemSeen {
		counts[h.all[j].step]++
	}
	maps.DeleteFunc(counts, func(_ float64, n int) bool { return n < 2 })
	sizes = slices.Sorted(maps.Keys(counts))
	most := 0
	for _, s := range sizes {
		if counts[s] > most {
			popular, most = s, counts[s]
		}
	}
	return sizes, popular
}

// nearestOf is the size nearest to a place, and from where to where it is.
func nearestOf(sizes []float64, at float64) (size, low, high float64) {
	best := 0
	for i := range sizes {
		if math.Abs(sizes[i]-at) < math.Abs(sizes[best]-at) {
			best = i
		}
	}
	low, high = sizes[best]-.5, sizes[best]+.5
	if best > 0 {
		low = (sizes[best] + sizes[best-1]) / 2
	}
	if best+1 < len(sizes) {
		high = (sizes[best] + sizes[best+1]) / 2
	}
	return sizes[best], low, high
}

// TestSizeOfHeldOutBodies measures how often the size that a customer kept is
// the one advised, for customers that nothing was learned from and among the
// sizes that the thing comes in, beside always the most rented size; and whether
// the confidence says how often.
func TestSizeOfHeldOutBodies(t *testing.T) {
	h := historyOf(rentals(t))
	m := readBodyModel()
	type tally struct{ exact, near, popular, n, sure float64 }
	by := map[string]*tally{}
	var bins [10]tally
	for i := range h.all {
		r := &h.all[i]
		sizes, popular := sizesOf(h, i)
		if !r.heldOut || r.fit != 1 || len(sizes) < 3 {
			continue
		}
		evidences := map[string][]evidence{}
		at, deviation, ok := m.step(r.height, r.weight, r.age, 0)
		body := evidence{at: at, deviation: deviation}
		if ok {
			evidences["height and weight"] = []evidence{body}
		}
		if ok && r.chest > 0 {
			at, deviation, _ := m.step(r.height, r.weight, r.age, r.chest)
			evidences["and chest"] = []evidence{{at: at, deviation: deviation}}
		}
		if u := h.usual(i); u != nil {
			usual := evidence{at: r.step - *u, deviation: m.Usual}
			evidences["usual size"] = []evidence{usual}
			if ok {
				evidences["height, weight and usual size"] = []evidence{body, usual}
			}
		}
		for what, all := range evidences {
			if by[what] == nil {
				by[what] = &tally{}
			}
			at, deviation := together(all)
			size, low, high := nearestOf(sizes, at)
			sure := sureness(low, high, at, deviation)
			bin := &bins[min(9, int(10*sure))]
			for _, c := range []*tally{by[what], bin} {
				c.n, c.sure = c.n+1, c.sure+sure
				if size == r.step {
					c.exact++
				}
				if math.Abs(size-r.step) <= 1 {
					c.near++
				}
				if popular == r.step {
					c.popular++
				}
			}
		}
	}
	for _, what := range slices.Sorted(maps.Keys(by)) {
		c := by[what]
		t.Logf("%-30s exact %.3f, at most one step off %.3f; the most rented size %.3f; confidence %.3f; %d rentals", what, c.exact/c.n, c.near/c.n, c.popular/c.n, c.sure/c.n, int(c.n))
	}
	off, n := 0.0, 0.0
	for i, c := range bins {
		off, n = off+math.Abs(c.sure-c.exact), n+c.n
		if c.n >= 300 {
			t.Logf("confidence %.1f to %.1f: said %.3f, right %.3f of %d", float64(i)/10, float64(i+1)/10, c.sure/c.n, c.exact/c.n, int(c.n))
		}
	}
	if c := by["height and weight"]; c.exact <= 1.5*c.popular {
		t.Errorf("height and weight find the size in %.3f, the most rented size is it in %.3f", c.exact/c.n, c.popular/c.n)
	}
	t.Logf("the confidence is off by %.3f on average", off/n)
	if off/n > .06 {
		t.Error("the confidence does not say how often it is right")
	}
}

// TestLettersOfHeldOutBodies measures the same way of learning on another shop's
// sizes in letters, bodies held out.
func TestLettersOfHeldOutBodies(t *testing.T) {
	letters := []string{"XXS", "S", "M", "L", "XL", "XXL", "XXXL"}
	var rows, tests [][]float64
	var want, truth []float64
	counts := map[float64]int{}
	readTable(t, sizeData(t, "size_by_body.csv.gz"), func(row map[string]string) {
		number := func(name string) float64 { v, _ := strconv.ParseFloat(row[name], 64); return v }
		height, weight, size := number("height"), number("weight"), float64(slices.Index(letters, row["size"]))
		if height == 0 || weight == 0 {
			return
		}
		x := termsOf(height, weight, cmp.Or(number("age"), 33))
		h := fnv.New32a()
		h.Write([]byte(row["height"] + " " + row["weight"] + " " + row["age"]))
		if h.Sum32()%5 == 0 {
			tests, truth = append(tests, x), append(truth, size)
		} else {
			rows, want = append(rows, x), append(want, size)
			counts[size]++
		}
	})
	l := linear{Weights: leastSquares(rows, want)}
	popular := slices.MaxFunc(slices.Collect(maps.Keys(counts)), func(a, b float64) int { return counts[a] - counts[b] })
	exact, control := 0, 0
	for i, x := range tests {
		if math.Round(l.of(x)) == truth[i] {
			exact++
		}
		if truth[i] == popular {
			control++
		}
	}
	t.Logf("exact %.3f, the most frequent letter %.3f, %d held-out bodies", float64(exact)/float64(len(tests)), float64(control)/float64(len(tests)), len(tests))
	if exact <= control {
		t.Error("no better than the most frequent letter")
	}
}
