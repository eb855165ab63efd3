package outfit

import (
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
)

var train = flag.Bool("train", false, "learn data/size.json anew from kept and returned sizes")

// rental is a thing that a customer rented: who, what, which size and how it fitted.
type rental struct {
	user, item, kind   string
	fit                int // 0 small, 1 fits, 2 large
	step               float64
	height, weight     float64 // cm, kg; 0 where it is not told
	age, chest         float64
	heldOut            bool
	userSeen, itemSeen []int // the other rentals of the customer, and those of the thing to learn from
}

// sizeData returns the path of a real data set, or skips.
func sizeData(t testing.TB, name string) string {
	t.Helper()
	if !testing.Verbose() {
		t.Skip("measures on real data with -v")
	}
	path := filepath.Join(cmp.Or(os.Getenv("HONEYGUIDE_DATA_SETS"), "../../shared/data"), name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no real data: %v", err)
	}
	return path
}

func readTable(t testing.TB, path string, each func(row map[string]string)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(z)
	head, err := r.Read()
	for err == nil {
		var values []string
		if values, err = r.Read(); err == nil {
			row := map[string]string{}
			for i, name := range head {
				row[name] = values[i]
			}
			each(row)
		}
	}
	if err != io.EOF {
		t.Fatal(err)
	}
}

// cups are the inches that a cup adds to the band.
var cups = map[string]float64{"aa": .5, "a": 1, "b": 2, "c": 3, "d": 4, "d+": 4.5, "dd": 5, "ddd/e": 6, "f": 7, "g": 8, "h": 9, "i": 10, "j": 11}

var readRentals struct {
	sync.Once
	all []rental
}

// rentals are all rentals, read once and not changed.
func rentals(t testing.TB) []rental {
	t.Helper()
	path := sizeData(t, "size_fit_rentals.csv.gz")
	readRentals.Do(func() { readRentals.all = rentalsIn(t, path) })
	return readRentals.all
}

// rentalsIn reads the rentals. A fifth of the customers is held out. What is known
// of a thing comes from customers to learn from only.
func rentalsIn(t testing.TB, path string) []rental {
	number := func(s string) float64 { v, _ := strconv.ParseFloat(s, 64); return v }
	var all []rental
	readTable(t, path, func(row map[string]string) {
		h := fnv.New32a()
		h.Write([]byte(row["user_id"]))
		r := rental{user: row["user_id"], item: row["item_id"], kind: row["category"], fit: slices.Index([]string{"small", "fit", "large"}, row["fit"]),
			step: number(row["size"]) / 4, height: 2.54 * number(row["height_in"]), weight: .45359237 * number(row["weight_lbs"]), age: number(row["age"]), heldOut: h.Sum32()%5 == 0}
		if r.age < 15 || r.age > 90 {
			r.age = 0
		}
		if cup, ok := cups[row["bust_size_letter"]]; ok && row["bust_size_num"] != "" {
			r.chest = 2.54 * (number(row["bust_size_num"]) + cup)
		}
		all = append(all, r)
	})
	users, items := map[string][]int{}, map[string][]int{}
	for i, r := range all {
		users[r.user] = append(users[r.user], i)
		if !r.heldOut {
			items[r.item] = append(items[r.item], i)
		}
	}
	for i := range all {
		all[i].userSeen, all[i].itemSeen = users[all[i].user], items[all[i].item]
	}
	return all
}

// leastSquares solves the normal equations with a little ridge.
func leastSquares(rows [][]float64, want []float64) []float64 {
	n := len(rows[0])
	a := make([][]float64, n)
	for i := range a {
		a[i] = make([]float64, n+1)
		a[i][i] = 1
	}
	for r, row := range rows {
		for i := range n {
			for j := range n {
				a[i][j] += row[i] * row[j]
			}
			a[i][n] += row[i] * want[r]
		}
	}
	for i := range n { // Gauss and Jordan; the matrix is positive definite
		for j := range n {
			if j != i {
				f := a[j][i] / a[i][i]
				for k := i; k <= n; k++ {
					a[j][k] -= f * a[i][k]
				}
			}
		}
	}
	x := make([]float64, n)
	for i := range x {
		x[i] = rounded(a[i][n] / a[i][i])
	}
	return x
}

func rounded(x float64) float64 { return math.Round(x*1e5) / 1e5 }

// deviationOf is the standard deviation of the normal distribution with a mean
// absolute error: a few wild errors, of children's sizes and slips of the pen,
// weigh less in it than in the root of squares.
func deviationOf(mean float64) float64 { return rounded(mean * math.Sqrt(math.Pi/2)) }

// learnLogits fits the weights of small and large by gradient steps over all
// rows at once (Adam, 400 steps), with a little decay.
func learnLogits(rows [][]float64, want []int) logits {
	n := len(rows[0])
	w, m, v := make([]float64, 2*n), make([]float64, 2*n), make([]float64, 2*n)
	for step := 1; step <= 400; step++ {
		g := make([]float64, 2*n)
		l := logits{w[:n], w[n:]}
		for r, row := range rows {
			small, _, large := l.chances(row)
			ds, dl := small, large
			if want[r] == 0 {
				ds--
			} else if want[r] == 2 {
				dl--
			}
			for i, x := range row {
				g[i] += ds * x
				g[n+i] += dl * x
			}
		}
		for i := range w {
			grad := g[i]/float64(len(rows)) + 1e-5*w[i]
			m[i] = .9*m[i] + .1*grad
			v[i] = .99*v[i] + .01*grad*grad
			w[i] -= .05 * m[i] / (1 - math.Pow(.9, float64(step))) / (math.Sqrt(v[i]/(1-math.Pow(.99, float64(step)))) + 1e-8)
		}
	}
	for i := range w {
		w[i] = rounded(w[i])
	}
	return logits{w[:n], w[n:]}
}

// history is what the terms of a rental are made from.
type history struct {
	all          []rental
	small, large float64 // shares of all
}

// usual is how far a rental's size lies from the mean of those that the customer
// kept otherwise; nil where there is none.
func (h *history) usual(i int) *float64 {
	sum, n := 0.0, 0.0
	for _, j := range h.all[i].userSeen {
		if o := &h.all[j]; j != i && o.fit == 1 {
			sum, n = sum+o.step, n+1
		}
	}
	if n == 0 {
		return nil
	}
	off := h.all[i].step - sum/n
	return &off
}

// found are the shares of small and large of the thing among others' rentals,
// less the average, drawn to 0 where they are few.
func (h *history) found(i int) (small, large float64) {
	const few = 8
	n := 0.0
	for _, j := range h.all[i].itemSeen {
		if o := &h.all[j]; o.user != h.all[i].user {
			n++
			switch o.fit {
			case 0:
				small++
			case 2:
				large++
			}
		}
	}
	return (small+few*h.small)/(n+few) - h.small, (large+few*h.large)/(n+few) - h.large
}

func (h *history) terms(m *bodyModel, i int) []float64 {
	r := &h.all[i]
	small, large := h.found(i)
	off := 0.0
	usual := h.usual(i)
	if expected, _, ok := m.step(r.height, r.weight, r.age, r.chest); ok {
		off = r.step - expected
	} else if usual != nil {
		off = *usual
	}
	return fitTerms(off, usual, small, large)
}

// learnBody learns the model from the customers that are not held out.
func learnBody(t testing.TB, all []rental) *bodyModel {
	m := &bodyModel{}
	ages, n := 0.0, 0.0
	for _, r := range all {
		if r.age > 0 && !r.heldOut {
			ages, n = ages+r.age, n+1
		}
	}
	m.MeanAge = math.Round(ages / n)
	regress := func(terms func(r *rental) []float64, want func(r *rental) float64) linear {
		var rows [][]float64
		var wants []float64
		for i := range all {
			if r := &all[i]; r.fit == 1 && r.height > 0 && r.weight > 0 && !r.heldOut {
				if x := terms(r); x != nil {
					rows, wants = append(rows, x), append(wants, want(r))
				}
			}
		}
		l := linear{Weights: leastSquares(rows, wants)}
		sum := 0.0
		for i, x := range rows {
			sum += math.Abs(l.of(x) - wants[i])
		}
		l.Error = deviationOf(sum / float64(len(rows)))
		return l
	}
	step := func(r *rental) float64 { return r.step }
	m.Step = regress(func(r *rental) []float64 { return termsOf(r.height, r.weight, cmp.Or(r.age, m.MeanAge)) }, step)
	m.StepChest = regress(func(r *rental) []float64 {
		if r.chest == 0 {
			return nil
		}
		return chestTerms(r.height, r.weight, cmp.Or(r.age, m.MeanAge), r.chest)
	}, step)
	m.Chest = regress(func(r *rental) []float64 {
		if r.chest == 0 {
			return nil
		}
		return termsOf(r.height, r.weight, cmp.Or(r.age, m.MeanAge))
	}, func(r *rental) float64 { return r.chest })
	h := historyOf(all)
	sum, n := 0.0, 0.0
	kinds := map[string]int{}
	for i := range all {
		if all[i].heldOut {
			continue
		}
		kinds[all[i].kind]++
		if u := h.usual(i); u != nil && all[i].fit == 1 {
			sum, n = sum+math.Abs(*u), n+1
		}
	}
	m.Usual = deviationOf(sum / n)
	m.Fit, m.Alone = map[string]logits{}, map[string]logits{}
	learn := func(kind string) {
		var rows, alone [][]float64
		var want []int
		for i := range all {
			if r := &all[i]; !r.heldOut && (kind == "" || r.kind == kind) {
				x := h.terms(m, i)
				rows, want = append(rows, x), append(want, r.fit)
				x = slices.Clone(x)
				clear(x[6:])
				alone = append(alone, x)
			}
		}
		m.Fit[kind], m.Alone[kind] = learnLogits(rows, want), learnLogits(alone, want)
	}
	learn("")
	for kind, n := range kinds {
		if n >= 3000 {
			learn(kind)
		}
	}
	return m
}

func historyOf(all []rental) *history {
	h := &history{all: all}
	n := 0.0
	for _, r := range all {
		if !r.heldOut {
			n++
			switch r.fit {
			case 0:
				h.small++
			case 2:
				h.large++
			}
		}
	}
	h.small, h.large = h.small/n, h.large/n
	return h
}

// auc is the probability that one of a class scores higher than another of none.
func auc(scores []float64, is []bool) float64 {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
	ranks, pos := 0.0, 0.0
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && scores[order[j]] == scores[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			if is[k] {
				ranks, pos = ranks+float64(i+j+1)/2, pos+1
			}
		}
		i = j
	}
	neg := float64(len(order)) - pos
	return (ranks - pos*(pos+1)/2) / (pos * neg)
}

// TestTrainSizes learns data/size.json anew, with -train.
func TestTrainSizes(t *testing.T) {
	if !*train {
		t.Skip("learns only with -train")
	}
	m := learnBody(t, rentals(t))
	m.Kept = calibrated(adviseAll(historyOf(rentals(t)), m, false))
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("data/size.json", append(data, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes; %+v", len(data), m)
}

// TestFitOnHeldOutCustomers measures how well small, fits and large are told
// apart for customers that nothing was learned from: the mean of the three areas
// under the curve.
func TestFitOnHeldOutCustomers(t *testing.T) {
	all := rentals(t)
	m := readBodyModel()
	h := historyOf(all)
	var scores [3][]float64
	var is [3][]bool
	for i := range all {
		if r := &all[i]; r.heldOut {
			l, ok := m.Fit[r.kind]
			if !ok {
				l = m.Fit[""]
			}
			small, fits, large := l.chances(h.terms(m, i))
			for k, p := range []float64{small, fits, large} {
				scores[k], is[k] = append(scores[k], p), append(is[k], r.fit == k)
			}
		}
	}
	a, b, c := auc(scores[0], is[0]), auc(scores[1], is[1]), auc(scores[2], is[2])
	t.Logf("AUC small %.4f, fits %.4f, large %.4f, mean %.4f over %d held-out rentals", a, b, c, (a+b+c)/3, len(is[0]))
	var alone [3][]float64
	for i := range all {
		if r := &all[i]; r.heldOut {
			off := 0.0
			if expected, _, ok := m.step(r.height, r.weight, r.age, r.chest); ok {
				off = r.step - expected
			}
			small, fits, large := m.fitChances("dresses", off, nil)
			alone[0], alone[1], alone[2] = append(alone[0], small), append(alone[1], fits), append(alone[2], large)
		}
	}
	t.Logf("by the body and the size alone %.4f; always the same answer .5", (auc(alone[0], is[0])+auc(alone[1], is[1])+auc(alone[2], is[2]))/3)
	if (a+b+c)/3 < .72 {
		t.Error("the mean is below 0.72")
	}
}

// TestSaidFitOnHeldOutCustomers measures whether as many found that a size fits as is
// said of a body and a size alone, with and without the usual size, for customers that
// nothing was learned from.
func TestSaidFitOnHeldOutCustomers(t *testing.T) {
	all := rentals(t)
	m := readBodyModel()
	h := historyOf(all)
	type tally struct{ n, said, fits float64 }
	bins := map[string]*tally{}
	off, n := 0.0, 0.0
	for i := range all {
		r := &all[i]
		expected, _, ok := m.step(r.height, r.weight, r.age, 0)
		if !r.heldOut || !ok {
			continue
		}
		usual, which := h.usual(i), "body and usual size"
		if usual == nil {
			which = "body alone"
		}
		if math.Abs(r.step-expected) > mostOff || usual != nil && math.Abs(*usual) > mostOff {
			continue
		}
		_, fits, _ := m.fitChances(map[string]string{"dress": "dresses", "top": "tops"}[r.kind], r.step-expected, usual)
		key := fmt.Sprintf("%s, said %.1f", which, math.Floor(10*fits)/10)
		if bins[key] == nil {
			bins[key] = &tally{}
		}
		bins[key].n, bins[key].said = bins[key].n+1, bins[key].said+fits
		if r.fit == 1 {
			bins[key].fits++
		}
	}
	for _, key := range slices.Sorted(maps.Keys(bins)) {
		b := bins[key]
		t.Logf("%s: %.3f, found by %.3f of %.0f", key, b.said/b.n, b.fits/b.n, b.n)
		off, n = off+math.Abs(b.said-b.fits), n+b.n
	}
	t.Logf("off by %.3f on average over %.0f held-out rentals", off/n, n)
	if off/n > .03 {
		t.Error("what is said of the fit is not what was found")
	}
}
