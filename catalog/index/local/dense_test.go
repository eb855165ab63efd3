package local

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/tphakala/simd/i8"
	"github.com/viterin/vek/vek32"

	"honeyguide/catalog/index"
)

// shapes are vectors that test a bound: of all sizes, with outliers, nearly
// alike, without a middle.
var shapes = map[string]func(r *rand.Rand, v []float32){
	"even": func(r *rand.Rand, v []float32) { fillWith(v, func(int) float64 { return r.NormFloat64() }) },
	"outlier": func(r *rand.Rand, v []float32) {
		fillWith(v, func(i int) float64 { return math.Exp(4 * r.NormFloat64()) })
	},
	"sparse":   func(r *rand.Rand, v []float32) { fillWith(v, func(i int) float64 { return float64(r.IntN(20) / 19) }) },
	"alike":    func(r *rand.Rand, v []float32) { fillWith(v, func(i int) float64 { return 1 + 1e-5*r.NormFloat64() }) },
	"tiny":     func(r *rand.Rand, v []float32) { fillWith(v, func(int) float64 { return 1e-22 * r.NormFloat64() }) },
	"denormal": func(r *rand.Rand, v []float32) { fillWith(v, func(int) float64 { return 1e-40 * r.NormFloat64() }) },
	"huge":     func(r *rand.Rand, v []float32) { fillWith(v, func(int) float64 { return 1e16 * r.NormFloat64() }) },
	"zero":     func(r *rand.Rand, v []float32) { clear(v) },
	"any length": func(r *rand.Rand, v []float32) {
		s := math.Exp(8 * r.NormFloat64())
		fillWith(v, func(int) float64 { return s * r.NormFloat64() })
	},
}

func fillWith(v []float32, f func(i int) float64) {
	for i := range v {
		v[i] = float32(f(i))
	}
}

// TestSlack holds every estimate against the score it stands for.
func TestSlack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for name, shape := range shapes {
		for _, dim := range []int{1, 2, 7, 64, 255, 256, 1000} {
			t.Run(fmt.Sprintf("%s/%d", name, dim), func(t *testing.T) {
				s := space{dim: dim}
				v, query := make([]float32, dim), make([]float32, dim)
				for slot := range uint32(20) {
					shape(r, v)
					s.put(slot, v)
				}
				for range 20 {
					shape(r, query)
					checkSlack(t, &s, query)
				}
			})
		}
	}
}

func checkSlack(t *testing.T, s *space, query []float32) {
	t.Helper()
	var p probe
	p.set(query)
	b := s.blocks[0]
	slack := float64(p.slack(b))
	for row := range 20 {
		at := row * s.dim
		score := float64(vek32.Dot(b.vectors[at:at+s.dim], query))
		estimate := float64(p.scale * b.scales[row] * float32(i8.DotProduct(b.codes[at:at+s.dim], p.codes)))
		if math.Abs(score-estimate) > slack {
			t.Errorf("row %d: score %g, estimate %g, slack only %g", row, score, estimate, slack)
		}
	}
}

// TestSlackIsTight keeps the bound useful: about two hundredths of a unit
// vector's score, so that few vectors need rescoring.
func TestSlackIsTight(t *testing.T) {
	const dim = 256
	r := rand.New(rand.NewPCG(4, 4))
	s := space{dim: dim}
	v := make([]float32, dim)
	for slot := range uint32(blockRows) {
		shapes["even"](r, v)
		vek32.DivNumber_Inplace(v, vek32.Norm(v))
		s.put(slot, v)
	}
	var p probe
	p.set(v)
	if slack := p.slack(s.blocks[0]); slack > 0.025 {
		t.Errorf("slack is %v, want at most 0.025", slack)
	}
}

// TestCodesDot holds the library's product of codes against the plain sum.
func TestCodesDot(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for n := range 300 {
		a, b := make([]int8, n), make([]int8, n)
		var want int32
		for i := range a {
			a[i], b[i] = int8(r.IntN(256)-128), int8(r.IntN(256)-128)
			want += int32(a[i]) * int32(b[i])
		}
		if got := i8.DotProduct(a, b); got != want {
			t.Fatalf("product of %d codes is %d, want %d", n, got, want)
		}
	}
}

// TestExact compares hits with those of a plain scan, bit by bit, over mixed
// shapes in one table, across blocks, with some entries replaced and removed.
func TestExact(t *testing.T) {
	const dim, n = 48, 3000
	r := rand.New(rand.NewPCG(3, 3))
	names := slices.Sorted(maps.Keys(shapes))
	for _, mix := range [][]string{{"even"}, {"alike"}, {"outlier", "even"}, {"any length"}, names} {
		t.Run(fmt.Sprint(mix), func(t *testing.T) {
			x, vectors := New(), map[string][]float32{}
			for i := range n + n/4 {
				id := fmt.Sprint(i % n)
				v := make([]float32, dim)
				shapes[mix[r.IntN(len(mix))]](r, v)
				vectors[id] = v
				put(t, x, index.Entry{Store: "s", Kind: "k", ID: id, Vectors: map[string][]float32{"v": v}})
			}
			for i := 0; i < n; i += 7 {
				delete(vectors, fmt.Sprint(i))
				if err := x.Delete(context.Background(), "s", "k", []string{fmt.Sprint(i)}); err != nil {
					t.Fatal(err)
				}
			}
			for range 20 {
				query := make([]float32, dim)
				shapes[mix[r.IntN(len(mix))]](r, query)
				limit := 1 + r.IntN(100)
				got := find(t, x, index.Query{Store: "s", Kind: "k", Space: "v", Vector: query, Limit: limit})
				if want := scan(vectors, query, limit); !slices.Equal(got, want) {
					t.Fatalf("found %v, want %v", got, want)
				}
			}
		})
	}
}

func scan(vectors map[string][]float32, query []float32, limit int) []index.Hit {
	var hits []index.Hit
	for id, v := range vectors {
		hits = append(hits, index.Hit{ID: id, Score: vek32.Dot(v, query)})
	}
	slices.SortFunc(hits, func(a, b index.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return hits[:min(limit, len(hits))]
}

func put(t *testing.T, x *Index, entries ...index.Entry) {
	t.Helper()
	if err := x.Put(context.Background(), entries); err != nil {
		t.Fatal(err)
	}
}

func find(t *testing.T, x *Index, q index.Query) []index.Hit {
	t.Helper()
	hits, err := x.Search(context.Background(), []index.Query{q})
	if err != nil {
		t.Fatal(err)
	}
	return hits[0]
}
