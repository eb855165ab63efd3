package builtin

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestConfidenceIsOfTheseWeights(t *testing.T) {
	if e := newEncoder(t); e.naming.Model != e.Model() {
		t.Errorf("the confidence was fitted to %s, the weights are of %s: run train/calibrate.py again", e.naming.Model, e.Model())
	}
}

func TestConfidenceRisesWithTheShare(t *testing.T) {
	e := newEncoder(t)
	for name, of := range map[string]func(float64) float64{"category": e.CategoryConfidence, "colour": e.ColorConfidence} {
		last := of(0)
		if last > .2 || of(1) < .9 {
			t.Errorf("%s: from %g to %g", name, last, of(1))
		}
		for share := .01; share <= 1; share += .01 {
			p := of(share)
			if p < last || p > 1 {
				t.Fatalf("%s: %g after %g at a share of %g", name, p, last, share)
			}
			last = p
		}
	}
}

func TestCurve(t *testing.T) {
	for _, c := range []struct {
		curve
		share, want float64
	}{
		{curve{1, 0}, .3, .3}, {curve{1, math.Log(3)}, .5, .75}, {curve{2, 0}, .75, .9}, {curve{1, 0}, -1, 1e-6}, {curve{1, 0}, 2, 1 - 1e-6}, {curve{}, .2, .2},
	} {
		if got := c.at(c.share); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v at %g is %g, want %g", c.curve, c.share, got, c.want)
		}
	}
}

func TestBrokenConfidence(t *testing.T) {
	for data, says := range map[string]string{
		"":                               "JSON",
		`{"model":"m","category":[1,0]}`: "do not rise",
		`{"model":"m","category":[-1,0],"color":[1,0]}`:  "do not rise",
		`{"model":"m","category":["1",0],"color":[1,0]}`: "Category",
	} {
		if _, err := newNaming([]byte(data)); !errors.Is(err, ErrWeights) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, want one about %q", data, err, says)
		}
	}
}
