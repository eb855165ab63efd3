package outfit

import (
	"cmp"
	"hash/fnv"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// countsOf is how often customers to learn from rented the sizes of a thing, in steps.
func countsOf(h *history, i int) map[float64]int {
	counts := map[float64]int{}
	for _, j := range h.all[i].itemSeen {
		counts[h.all[j].step]++
	}
	return counts
}

// sizesOf are the sizes that a thing comes in: those that others than a rental's customer
// rented at least twice, by counts; and the one that they rented most.
func sizesOf(h *history, i int, counts map[float64]int) (sizes []float64, popular float64) {
	r := &h.all[i]
	if !r.heldOut {
		counts = maps.Clone(counts)
		for _, j := range r.userSeen {
			if o := &h.all[j]; o.item == r.item {
				counts[o.step]--
			}
		}
	}
	most := 0
	for _, s := range slices.Sorted(maps.Keys(counts)) {
		if counts[s] > 1 {
			sizes = append(sizes, s)
		}
		if counts[s] > max(most, 1) {
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

// keptSize is a size that was advised to a customer who kept one.
type keptSize struct {
	by                   string // what was known of the customer
	size, popular, truth float64
	sure                 float64 // computed
}

// adviseAll advises the rentals of the customers that are, or are not, held out, by
// each of the things that may be known, among the sizes that the thing comes in.
func adviseAll(h *history, m *bodyModel, heldOut bool) []keptSize {
	counts := map[string]map[float64]int{} // by thing
	var all []keptSize
	for i := range h.all {
		r := &h.all[i]
		if r.heldOut != heldOut || r.fit != 1 {
			continue
		}
		if counts[r.item] == nil {
			counts[r.item] = countsOf(h, i)
		}
		sizes, popular := sizesOf(h, i, counts[r.item])
		if len(sizes) < 3 {
			continue
		}
		for by, evidences := range evidencesOf(h, m, i) {
			at, deviation := together(evidences)
			size, low, high := nearestOf(sizes, at)
			all = append(all, keptSize{by, size, popular, r.step, sureness(low, high, at, deviation)})
		}
	}
	return all
}

// evidencesOf is what may be known of a rental's customer.
func evidencesOf(h *history, m *bodyModel, i int) map[string][]evidence {
	r := &h.all[i]
	all := map[string][]evidence{}
	at, deviation, ok := m.step(r.height, r.weight, r.age, 0)
	body := evidence{at: at, deviation: deviation}
	if ok {
		all["height and weight"] = []evidence{body}
	}
	if ok && r.chest > 0 {
		at, deviation, _ := m.step(r.height, r.weight, r.age, r.chest)
		all["and chest"] = []evidence{{at: at, deviation: deviation}}
	}
	if u := h.usual(i); u != nil {
		usual := evidence{at: r.step - *u, deviation: m.Usual}
		all["usual size"] = []evidence{usual}
		if ok {
			all["height, weight and usual size"] = []evidence{body, usual}
		}
	}
	return all
}

// calibrated is how often sizes were right, by how sure was computed: twentieths of the
// advices, neighbours that do not rise pooled.
func calibrated(all []keptSize) [][2]float64 {
	slices.SortFunc(all, func(a, b keptSize) int {
		return cmp.Or(cmp.Compare(a.sure, b.sure), strings.Compare(a.by, b.by), cmp.Compare(a.truth, b.truth))
	})
	type pool struct{ n, sure, right float64 }
	var pools []pool
	for part := range slices.Chunk(all, len(all)/20+1) {
		var p pool
		for _, a := range part {
			p.n, p.sure = p.n+1, p.sure+a.sure
			if a.size == a.truth {
				p.right++
			}
		}
		for len(pools) > 0 && pools[len(pools)-1].right/pools[len(pools)-1].n >= p.right/p.n {
			last := pools[len(pools)-1]
			p, pools = pool{p.n + last.n, p.sure + last.sure, p.right + last.right}, pools[:len(pools)-1]
		}
		pools = append(pools, p)
	}
	var kept [][2]float64
	for _, p := range pools {
		kept = append(kept, [2]float64{rounded(p.sure / p.n), rounded(p.right / p.n)})
	}
	return kept
}

// TestSizeOfHeldOutBodies measures how often the size that a customer kept is
// the one advised, for customers that nothing was learned from and among the
// sizes that the thing comes in, beside always the most rented size; and whether
// the confidence says how often.
func TestSizeOfHeldOutBodies(t *testing.T) {
	m := readBodyModel()
	type tally struct{ exact, near, popular, n, sure, computed float64 }
	by := map[string]*tally{}
	var bins [10]tally
	for _, a := range adviseAll(historyOf(rentals(t)), m, true) {
		if by[a.by] == nil {
			by[a.by] = &tally{}
		}
		sure := m.kept(a.sure)
		for _, c := range []*tally{by[a.by], &bins[min(9, int(10*a.sure))]} {
			c.n, c.sure, c.computed = c.n+1, c.sure+sure, c.computed+a.sure
			if a.size == a.truth {
				c.exact++
			}
			if math.Abs(a.size-a.truth) <= 1 {
				c.near++
			}
			if a.popular == a.truth {
				c.popular++
			}
		}
	}
	for _, what := range slices.Sorted(maps.Keys(by)) {
		c := by[what]
		t.Logf("%-30s exact %.3f, at most one step off %.3f; the most rented size %.3f; confidence %.3f; %d rentals", what, c.exact/c.n, c.near/c.n, c.popular/c.n, c.sure/c.n, int(c.n))
	}
	off, before, n := 0.0, 0.0, 0.0
	for i, c := range bins {
		off, before, n = off+math.Abs(c.sure-c.exact), before+math.Abs(c.computed-c.exact), n+c.n
		if c.n > 0 {
			t.Logf("computed %.1f to %.1f, mean %.3f: said %.3f, right %.3f of %d", float64(i)/10, float64(i+1)/10, c.computed/c.n, c.sure/c.n, c.exact/c.n, int(c.n))
		}
		if c.n >= 1000 && math.Abs(c.sure-c.exact)/c.n > .06 {
			t.Errorf("of %.0f said to be right with %.3f, %.3f are", c.n, c.sure/c.n, c.exact/c.n)
		}
	}
	if c := by["height and weight"]; c.exact <= 1.5*c.popular {
		t.Errorf("height and weight find the size in %.3f, the most rented size is it in %.3f", c.exact/c.n, c.popular/c.n)
	}
	t.Logf("the confidence is off by %.3f on average, as computed it was by %.3f", off/n, before/n)
	if off/n > .03 {
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
