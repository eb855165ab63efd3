package eval

import (
	"math"
	"testing"
)

func TestMatched(t *testing.T) {
	m := matched([]float64{.5, .7, .9, .95}, []float64{.2, .6})
	if want := 7.0 / 8; math.Abs(m.AUC-want) > 1e-9 { // only .5 < .6 of eight pairs
		t.Errorf("AUC %v, want %v", m.AUC, want)
	}
	for _, l := range m.Levels {
		if math.Abs(l.Cosine-.6) < 1e-9 && (l.Missed != .25 || l.Passed > .5) {
			t.Errorf("at 0.6: %+v, want a quarter missed and at most half passed", l)
		}
		if l.Cosine > .62 && l.Cosine < .68 && (l.Missed != .25 || l.Passed != 0) {
			t.Errorf("at %v: %+v, want a quarter missed and none passed", l.Cosine, l)
		}
	}
}
