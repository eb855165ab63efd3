package eval

import (
	"encoding/json"
	"math"
	"testing"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-12 }

func TestGrades(t *testing.T) {
	log2 := math.Log2
	for name, c := range map[string]struct {
		grades
		recall2, p2, rr, gained float64
	}{
		"first of one":            {grades{[]float64{1, 0, 0}, []float64{1}, 1}, 1, .5, 1, 1},
		"third of one":            {grades{[]float64{0, 0, 1}, []float64{1}, 1}, 0, 0, 1. / 3, 1 / log2(4)},
		"nothing":                 {grades{[]float64{0, 0, 0}, []float64{1, 1}, 2}, 0, 0, 0, 0},
		"no hits at all":          {grades{nil, []float64{1}, 1}, 0, 0, 0, 0},
		"one hit, cut-off beyond": {grades{[]float64{1}, []float64{1, 1}, 2}, .5, .5, 1, 1 / (1 + 1/log2(3))},
		"both, wrong order": {grades{[]float64{1, 3}, []float64{3, 1}, 2}, 1, 1, 1,
			(1 + 3/log2(3)) / (3 + 1/log2(3))},
		"graded, a gap, one missed": {grades{[]float64{2, 0, 1}, []float64{3, 2, 1}, 3}, 1. / 3, .5, 1,
			(2 + 1/log2(4)) / (3 + 2/log2(3) + 1/log2(4))},
		"rank eleven is too late": {grades{append(make([]float64, 10), 1), []float64{1}, 1}, 0, 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := []float64{c.recall(2), c.precision(2), c.reciprocalRank(), c.ndcg()}
			for i, want := range []float64{c.recall2, c.p2, c.rr, c.gained} {
				if !near(got[i], want) {
					t.Errorf("%s = %v, want %v", []string{"recall@2", "p@2", "reciprocal rank", "nDCG@10"}[i], got[i], want)
				}
			}
		})
	}
}

func TestRecallCountsBeyondTheTopTen(t *testing.T) {
	g := grades{append(make([]float64, 10), 1), []float64{1}, 1}
	if g.recall(10) != 0 || g.recall(11) != 1 || !near(g.precision(11), 1./11) {
		t.Errorf("recall@10 %v, recall@11 %v, p@11 %v", g.recall(10), g.recall(11), g.precision(11))
	}
}

func TestScoreIsTheMean(t *testing.T) {
	perfect := grades{[]float64{1}, []float64{1}, 1}
	missed := grades{[]float64{0}, []float64{1}, 1}
	all := []grades{perfect, missed, perfect, perfect}
	s := score([]int{1, 10}, all)
	if s.Queries != 4 || s.Recall[0] != .75 || s.Precision[0] != .75 || !near(s.Precision[1], .075) || s.MRR != .75 || s.NDCG != .75 {
		t.Errorf("got %+v", s)
	}
	if s = score([]int{1}, nil); s.Queries != 0 || s.Recall[0] != 0 || s.NDCG != 0 {
		t.Errorf("without queries: %+v", s)
	}
}

func TestResultJSON(t *testing.T) {
	r := Result{
		Scores:     Scores{Queries: 2, K: []int{1, 10}, Recall: []float64{.5, 1}, Precision: []float64{.5, .1}, MRR: .75, NDCG: .8},
		Corpus:     44000,
		EncodePerS: 812.345, SearchP50: .51239,
	}
	want := `{"queries":2,"corpus":44000,"recall@1":0.5,"recall@10":1,"mrr":0.75,"ndcg@10":0.8,"p@1":0.5,"p@10":0.1,"encode_per_s":812.3,"search_ms_p50":0.512}`
	for _, v := range []any{r, &r} {
		if got, err := json.Marshal(v); err != nil || string(got) != want {
			t.Errorf("got %s, %v\nwant %s", got, err, want)
		}
	}
	r.Unjudged, r.K = 3, []int{5, 20}
	want = `{"queries":2,"corpus":44000,"unjudged":3,"recall@5":0.5,"recall@20":1,"mrr":0.75,"ndcg@10":0.8,"p@5":0.5,"p@20":0.1,"encode_per_s":812.3,"search_ms_p50":0.512}`
	if got, err := json.Marshal(r); err != nil || string(got) != want {
		t.Errorf("got %s, %v\nwant %s", got, err, want)
	}
	r.MRR = math.NaN()
	if _, err := json.Marshal(r); err == nil {
		t.Error("a figure that is not a number was written")
	}
}
