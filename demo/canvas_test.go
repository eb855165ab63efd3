package demo

import (
	"image/color"
	"math"
	"testing"
)

// painted counts the pixels that differ from the empty studio.
func painted(c *canvas) (n int) {
	for i := 0; i < len(c.img.Pix); i += 4 {
		if [4]byte(c.img.Pix[i:]) != [4]byte(c.studio.Pix[i:]) {
			n++
		}
	}
	return n
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s is %.2f, want %.2f", what, got, want)
	}
}

func TestFillCoversTheShapesArea(t *testing.T) {
	for _, tc := range []struct {
		name  string
		shape *path
		area  float64
	}{
		{"box", box(100, 100, 200, 50, 0), 200 * 50},
		{"round box", box(100, 100, 200, 100, 20), 200*100 - (4-math.Pi)*400},
		{"oval", oval(300, 300, 120, 80), math.Pi * 120 * 80},
		{"triangle", from(100, 100).line(300, 100).line(100, 300), 200 * 200 / 2},
		{"ribbon", from(100, 300).line(500, 300).ribbon(10), 400 * 10},
		{"half and its mirror", from(middle, 100).line(400, 100).line(400, 200).line(middle, 200).whole(), 200 * 100},
		{"turned box", box(200, 250, 200, 100, 0).turned(30, 300, 300), 200 * 100},
		{"partly outside", box(-100, 500, 200, 200, 0), 100 * 100},
		{"wholly outside", box(700, 700, 50, 50, 0), 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newCanvas()
			c.fill(flat(hex(0x000000)), tc.shape)
			var covered float64
			for i := 0; i < len(c.img.Pix); i += 4 {
				covered += 1 - float64(c.img.Pix[i])/float64(c.studio.Pix[i])
			}
			near(t, "area", covered, tc.area, 2+tc.area*0.012)
		})
	}
}

func TestResetLeavesAnEmptyStudio(t *testing.T) {
	c := newCanvas()
	c.fill(flat(hex(0xff0000)), box(0, 0, 600, 600, 0))
	c.reset()
	if n := painted(c); n != 0 {
		t.Errorf("%d pixels are left over", n)
	}
	if v := c.img.RGBAAt(middle, middle); v.R < 235 || v.A != 255 {
		t.Errorf("the studio is %v, want nearly white and opaque", v)
	}
}

func TestWithinKeepsTheOutside(t *testing.T) {
	c := newCanvas()
	c.within(box(100, 100, 100, 100, 0), func() { c.fill(flat(hex(0x102030)), box(0, 0, 600, 600, 0)) })
	if n := painted(c); n != 100*100 {
		t.Errorf("%d pixels changed, want 10000", n)
	}
	if got := c.img.RGBAAt(150, 150); got != (color.RGBA{0x10, 0x20, 0x30, 255}) {
		t.Errorf("inside is %v", got)
	}
	c.fill(flat(hex(0x102030)), box(300, 300, 10, 10, 0))
	if n := painted(c); n != 100*100+100 {
		t.Errorf("the clip outlives its shape: %d pixels", n)
	}
}

func TestPlacedScalesShapesAndPaints(t *testing.T) {
	c := newCanvas()
	c.placed(0.5, 200, 100, func() {
		c.fill(linear(0, 0, 200, 0, hex(0x000000), hex(0xff0000)), box(0, 0, 200, 200, 0))
	})
	if n := painted(c); n != 100*100 {
		t.Errorf("%d pixels changed, want 10000", n)
	}
	near(t, "red in the middle", float64(c.img.RGBAAt(250, 150).R), 128, 3)
	c.fill(flat(hex(0x000000)), box(0, 500, 10, 10, 0))
	if got := c.img.RGBAAt(5, 505).R; got != 0 {
		t.Error("the placement outlives its drawing")
	}
}

func TestOpacityBlends(t *testing.T) {
	c := newCanvas()
	c.fill(flat(hex(0x000000)), box(0, 0, 100, 100, 0))
	c.fill(flat(hex(0xffffff).fading(0.5)), box(0, 0, 100, 100, 0))
	near(t, "grey", float64(c.img.RGBAAt(50, 50).G), 128, 1)
}

func TestShadowOnlyDarkens(t *testing.T) {
	c := newCanvas()
	c.shadow(0, 20, 10, 0.3, box(200, 200, 200, 100, 0))
	for i := range c.img.Pix {
		if c.img.Pix[i] > c.studio.Pix[i] {
			t.Fatalf("byte %d grew from %d to %d", i, c.studio.Pix[i], c.img.Pix[i])
		}
	}
	under, beside := c.img.RGBAAt(300, 270).R, c.img.RGBAAt(300, 200).R
	if under >= beside {
		t.Errorf("under the shape %d, above it %d: the shadow did not fall down", under, beside)
	}
	near(t, "depth", float64(under)/float64(c.studio.RGBAAt(300, 270).R), 0.7, 0.02)
	if got, want := c.img.RGBAAt(300, 450), c.studio.RGBAAt(300, 450); got != want {
		t.Errorf("far away it is %v, want %v", got, want)
	}
}

func TestStitchSewsDashes(t *testing.T) {
	parts := from(100, 100).line(200, 100).dashes(4, 6, 1)
	if len(parts) != 10 {
		t.Errorf("%d dashes on 100 units with a period of 10, want 10", len(parts))
	}
	if got := from(0, 0).line(3, 0).dashes(4, 6, 1); len(got) != 0 {
		t.Errorf("%d dashes on a path shorter than one", len(got))
	}
}

func TestPathsKeepTheirGeometry(t *testing.T) {
	p := from(300, 100).cube(350, 100, 400, 150, 400, 200).line(300, 250)
	t.Run("flipped twice is the same", func(t *testing.T) {
		q := p.flipped().flipped()
		for i, s := range q.steps {
			if s != p.steps[i] {
				t.Errorf("step %d is %v, want %v", i, s, p.steps[i])
			}
		}
	})
	t.Run("reversed ends where it began", func(t *testing.T) {
		q := p.reversed()
		if q.start != p.last() || q.last() != p.start {
			t.Errorf("reversed runs from %v to %v", q.start, q.last())
		}
		near(t, "length", float64(length(q.points())), float64(length(p.points())), 0.5)
	})
	t.Run("whole is closed and symmetric", func(t *testing.T) {
		q := p.whole()
		if q.last() != q.start {
			t.Errorf("ends at %v, began at %v", q.last(), q.start)
		}
	})
	t.Run("offset lies to the right", func(t *testing.T) {
		q := from(0, 100).line(100, 100).offset(10)
		near(t, "y", float64(q.start.y), 110, 0.01)
	})
	t.Run("along", func(t *testing.T) {
		at, dir := along([]point{{0, 0}, {0, 0}, {10, 0}, {10, 10}}, 15)
		if at != (point{10, 5}) || dir != (point{0, 1}) {
			t.Errorf("at %v towards %v, want 10,5 towards 0,1", at, dir)
		}
	})
	t.Run("smooth passes through its points", func(t *testing.T) {
		q := smooth(0, 0, 100, 0, 100, 100, 0, 100)
		if q.steps[1].end != (point{100, 100}) || q.last() != q.start {
			t.Errorf("runs through %v to %v", q.steps[1].end, q.last())
		}
	})
}
