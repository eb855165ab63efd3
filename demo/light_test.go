package demo

import "testing"

func TestBlurKeepsTheSum(t *testing.T) {
	g := newGrid()
	mask := g.mask()
	for y := 60; y < 80; y++ {
		for x := 50; x < 90; x++ {
			mask.Pix[y*cells+x] = 255
		}
	}
	g.load(mask.Rect)
	sum := func() (s float64) {
		for _, v := range g.v {
			s += float64(v)
		}
		return s
	}
	before := sum()
	g.blur(4)
	near(t, "sum", sum(), before, before*0.001)
	if edge := g.v[70*cells+50]; edge < 0.4 || edge > 0.6 {
		t.Errorf("the edge is %.2f, want about one half", edge)
	}
}

func TestGridReadsBetweenCells(t *testing.T) {
	g := newGrid()
	for i := range g.v {
		g.v[i] = float32(i % cells)
	}
	near(t, "value", float64(g.at(cell*10, 300)), 9.5, 0.01)
	near(t, "left of the first", float64(g.at(-50, 300)), 0, 0.01)
	near(t, "right of the last", float64(g.at(5000, 300)), cells-1, 0.01)
}

func TestCreaseFoldAndRounding(t *testing.T) {
	base := daylight().at(300, 300)
	for _, tc := range []struct {
		name   string
		light  *light
		x, y   float32
		darker bool
	}{
		{"a crease darkens its line", daylight().crease(0.2, 10, 100, 300, 300, 300, 500, 300), 300, 300, true},
		{"a negative crease brightens", daylight().crease(-0.2, 10, 100, 300, 300, 300, 500, 300), 300, 300, false},
		{"a fold darkens its right", daylight().fold(0.2, 10, 100, 292, 300, 292, 500, 292), 300, 300, true},
		{"a fold brightens its left", daylight().fold(0.2, 10, 100, 308, 300, 308, 500, 308), 300, 300, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := tc.light.at(tc.x, tc.y)
			if got == base || (got < base) != tc.darker {
				t.Errorf("light is %.3f where it was %.3f", got, base)
			}
			if far := tc.light.at(300, 500); far != daylight().at(300, 500) {
				t.Errorf("it reaches far away: %.3f", far)
			}
		})
	}
	c := newCanvas()
	round := daylight().rounded(c, 30, 0.3, box(200, 200, 200, 200, 0))
	if edge, heart := round.at(206, 300), round.at(300, 300); edge >= heart {
		t.Errorf("the edge has light %.3f, the middle %.3f", edge, heart)
	}
}

func TestColoursUnderLight(t *testing.T) {
	c := hex(0x804020)
	for _, tc := range []struct {
		light float32
		want  rgba
	}{
		{1, c},
		{0.5, rgba{64, 32, 16, 1}},
		{-1, rgba{0, 0, 0, 1}},
		{2, rgba{255, 255, 255, 1}},
		{9, rgba{255, 255, 255, 1}},
	} {
		if got := c.under(tc.light); got != tc.want {
			t.Errorf("under %.1f it is %v, want %v", tc.light, got, tc.want)
		}
	}
}

func TestGradients(t *testing.T) {
	red, blue := hex(0xff0000), hex(0x0000ff)
	ramp := linear(0, 0, 100, 0, red, blue)
	for x, want := range map[float32]rgba{-10: red, 0: red, 100: blue, 500: blue, 50: red.to(blue, 0.5)} {
		if got := ramp(x, 7); got != want {
			t.Errorf("at %.0f it is %v, want %v", x, got, want)
		}
	}
	if got := radial(0, 0, 10, 20, red, blue)(0, 20); got != blue {
		t.Errorf("the rim is %v, want blue", got)
	}
	if got := ramp.turned(90, 0, 0)(0, 100); got.b < 254 {
		t.Errorf("turned by a quarter, the end below is %v, want blue", got)
	}
}

func TestTexturesAreEven(t *testing.T) {
	all := newTextures()
	for name, tx := range map[string]*texture{"jersey": all.jersey, "knit": all.knit, "rib": all.rib, "denim": all.denim,
		"weave": all.weave, "leather": all.leather, "clay": all.clay, "felt": all.felt} {
		var sum float64
		for _, v := range tx {
			sum += float64(v)
		}
		near(t, name+" on average", sum/float64(len(tx)), 0, 0.03)
		if tx.at(-1, -1) != tx.at(grain-1, grain-1) {
			t.Errorf("%s does not repeat", name)
		}
	}
	if all.rib.across().at(3, 7) != all.rib.at(7, 3) {
		t.Error("across does not swap the axes")
	}
}

func TestPatternsShowBothColours(t *testing.T) {
	base, with := hex(0x0000ff), hex(0xff0000)
	for p := solid; p <= waves; p++ {
		en, zh := p.words()
		if (p == solid) != (en == "") || (en == "") != (zh == "") {
			t.Errorf("pattern %d is called %q and %q", p, en, zh)
		}
		ink := p.paint(base, with)
		var blue, red int
		for y := range 120 {
			for x := range 120 {
				switch c := ink(float32(x)+200, float32(y)+200); {
				case distance3(c, base) < 40:
					blue++
				case c.r > 100 && c.b < 170:
					red++
				}
			}
		}
		if blue == 0 || (p == solid) != (red == 0) {
			t.Errorf("%s shows the base on %d and the second colour on %d of 14400 places", p.feed(), blue, red)
		}
	}
}
