package outfit

import (
	"math"
	"testing"
)

func TestHexTone(t *testing.T) {
	for _, c := range []struct {
		hex     string
		l, c, h float64
	}{ // CIELCh of sRGB's corners under D65
		{"#ffffff", 100, 0, 0}, {"#000000", 0, 0, 0}, {"#ff0000", 53.24, 104.55, 40.0}, {"#0000ff", 32.30, 133.81, 306.29}, {"#00ff00", 87.73, 119.78, 136.02},
	} {
		got, ok := hexTone(c.hex)
		if !ok || math.Abs(got.l-c.l) > 0.05 || math.Abs(got.c-c.c) > 0.1 || c.c > 1 && math.Abs(got.h-c.h) > 0.1 {
			t.Errorf("%s is %+v, want %v %v %v", c.hex, got, c.l, c.c, c.h)
		}
	}
	for _, bad := range []string{"", "#fff", "ffffff1", "#gggggg", "#+12345"} {
		if got, ok := hexTone(bad); ok {
			t.Errorf("%q is %+v", bad, got)
		}
	}
}

func TestHarmony(t *testing.T) {
	all := tones(loaded(t))
	for _, c := range []struct {
		a, b string
		want accord
	}{
		{"black", "red", neutral}, {"white", "green", neutral}, {"navy blue", "orange", neutral}, {"grey", "white", neutral}, {"beige", "purple", neutral},
		{"navy blue", "white", neutral}, {"brown", "blue", neutral}, {"red", "red", same}, {"blue", "light blue", tonal}, {"multi", "black", neutral}, {"multi", "multi", clash},
		{"multi", "red", clash}, {"red", "orange", analogous}, {"yellow", "purple", complementary}, {"pink", "green", complementary}, {"red", "blue", clash},
	} {
		score, kind := all[c.a].harmony(all[c.b])
		back, _ := all[c.b].harmony(all[c.a])
		if kind != c.want || score != back {
			t.Errorf("%s and %s: %s %.2f, back %.2f; want %s (%+v, %+v)", c.a, c.b, kind, score, back, c.want, all[c.a], all[c.b])
		}
	}
	order := [][2]string{{"black", "red"}, {"blue", "light blue"}, {"red", "red"}, {"red", "blue"}, {"multi", "multi"}}
	for i := range order[1:] {
		better, _ := all[order[i][0]].harmony(all[order[i][1]])
		worse, _ := all[order[i+1][0]].harmony(all[order[i+1][1]])
		if better <= worse {
			t.Errorf("%v %.2f is no better than %v %.2f", order[i], better, order[i+1], worse)
		}
	}
}

func TestPalette(t *testing.T) {
	a := New(loaded(t))
	for _, colors := range [][]string{{"red"}, {"red", "white"}, {"red", "white", "black", "no colour"}} {
		sum := 0.0
		p := a.paletteOf(colors)
		for _, s := range p {
			sum += s.share
		}
		if math.Abs(sum-1) > 1e-9 || p[0].name != "red" {
			t.Errorf("%v: %+v", colors, p)
		}
	}
	plain, loud := a.paletteOf([]string{"black"}), a.paletteOf([]string{"red", "green"})
	if calm, _ := plain.harmony(loud); calm < 0.85 {
		t.Errorf("black beside red and green: %.2f", calm)
	}
	if score, kind := a.paletteOf(nil).harmony(plain); score != 0.8 || kind != "" {
		t.Errorf("no colours: %.2f %s", score, kind)
	}
}
