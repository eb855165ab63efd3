package demo

import "math"

// watch is a wristwatch.
type watch struct {
	steel   bool // a link bracelet in place of a leather strap
	digital bool
	square  bool
}

func (d watch) draw(c *canvas, l look) {
	c.shadow(8, 12, 10, 0.2, box(246, 30, 108, 540, 20), oval(middle, middle, 118, 118))
	if d.steel {
		drawBracelet(c, l)
	} else {
		d.drawStrap(c, l)
	}
	steel := hex(0xd2d5da)
	if l.with.r > l.with.b+50 {
		steel = l.with
	}
	if d.digital {
		drawDigital(c, l)
		return
	}
	crown := box(412, 288, 22, 24, 4)
	c.fill(linear(0, 288, 0, 312, steel.lighter(0.5), steel.darker(0.3), steel), crown)
	ring, face, inner := oval(middle, middle, 120, 120), oval(middle, middle, 106, 106), oval(middle, middle, 98, 98)
	if d.square {
		ring, face, inner = box(192, 180, 216, 240, 40), box(206, 194, 188, 212, 30), box(214, 202, 172, 196, 24)
	}
	c.shadow(2, 5, 5, 0.35, ring)
	c.fill(linear(200, 190, 400, 410, steel.lighter(0.8), steel.darker(0.12), steel.lighter(0.4), steel.darker(0.32)), ring)
	c.fill(linear(210, 200, 390, 400, steel.darker(0.35), steel.lighter(0.5)), face)
	dial := hex(0xf8f6f0)
	if d.steel {
		dial = l.with
	}
	c.lit(flat(dial), daylight().rounded(c, 14, 0.16, inner), inner)
	d.drawDial(c, seamOn(dial))
	c.fill(linear(230, 210, 360, 380, hex(0xffffff).fading(0.3), hex(0xffffff).fading(0)), from(222, 340).cube(190, 250, 260, 196, 330, 206).cube(280, 230, 240, 280, 222, 340))
}

// seamOn is a dark or pale ink that reads on the colour.
func seamOn(c rgba) rgba {
	if c.luma() > 0.5 {
		return hex(0x2a2d33)
	}
	return hex(0xf4f2ec)
}

func (d watch) drawDial(c *canvas, ink rgba) {
	var marks, ticks []*path
	for k := range 60 {
		sin, cos := math.Sincos(float64(k) * math.Pi / 30)
		s, co := float32(sin), float32(-cos)
		r := float32(90)
		if k%5 == 0 {
			marks = append(marks, from(middle+s*r, middle+co*r).line(middle+s*(r-16), middle+co*(r-16)).ribbon(5))
		} else {
			ticks = append(ticks, from(middle+s*r, middle+co*r).line(middle+s*(r-5), middle+co*(r-5)).ribbon(1.6))
		}
	}
	c.fill(flat(ink), marks...)
	c.fill(flat(ink.fading(0.6)), ticks...)
	hour := from(middle+8, middle+7).line(middle-48, middle-36)
	minute := from(middle-8, middle+9).line(middle+50, middle-62)
	second := from(middle-4, middle-24).line(middle+10, middle+76)
	c.shadow(2, 3, 2, 0.25, hour.ribbon(7), minute.ribbon(5))
	c.line(flat(ink), 7, hour)
	c.line(flat(ink), 5, minute)
	c.line(flat(hex(0xc8402f)), 2, second)
	c.fill(flat(ink), oval(middle, middle, 7, 7))
	c.fill(flat(hex(0xc8402f)), oval(middle, middle, 3, 3))
}

func (d watch) drawStrap(c *canvas, l look) {
	upper := from(middle, 34).line(336, 34).quad(346, 36, 346, 48).line(358, 206).line(middle, 206).whole()
	lower := from(middle, 394).line(358, 394).line(344, 540).quad(340, 574, middle, 576).whole()
	lamp := daylight().with(c.tex.leather).rounded(c, 16, 0.34, upper, lower)
	if d.digital {
		lamp.texture = nil
	}
	c.lit(flat(l.base), lamp, upper, lower)
	if !d.digital {
		thread := flat(l.thread().to(hex(0xf0e2c8), 0.4))
		c.stitch(thread, from(262, 46).line(251, 200), from(338, 46).line(349, 200), from(251, 400).line(264, 540), from(349, 400).line(336, 540))
	}
	for k := range 4 {
		c.fill(flat(l.base.darker(0.55)), oval(middle, 468+float32(k)*24, 4.5, 4))
	}
	c.line(linear(250, 30, 350, 60, hex(0xf0f1f3), hex(0x9c9fa6)), 6, box(250, 28, 100, 32, 6))
	c.line(flat(hex(0xd5d7db)), 4, from(middle, 30).line(middle, 60))
}

func drawBracelet(c *canvas, l look) {
	metal := l.base
	for k := range 13 {
		y := 34 + float32(k)*41
		if y > 190 && y < 380 {
			continue
		}
		grow := 1 - 0.13*abs(y+20-middle)/middle
		w := 62 * grow
		outer := box(middle-w, y, 2*w, 38, 6)
		c.fill(linear(middle-w, 0, middle+w, 0, metal.darker(0.3), metal.lighter(0.5), metal, metal.lighter(0.3), metal.darker(0.35)), outer)
		mid := box(middle-w*0.4, y-8, 0.8*w, 38, 6)
		c.fill(linear(0, y-8, 0, y+30, metal.lighter(0.65), metal, metal.darker(0.2)), mid)
		c.line(flat(hex(0).fading(0.25)), 1, mid, outer)
	}
}

// drawDigital draws a sports watch with a seven-segment display.
func drawDigital(c *canvas, l look) {
	ring := from(middle, 178).line(384, 178).quad(412, 184, 418, 220).line(418, 380).quad(412, 416, 384, 422).line(middle, 422).whole()
	c.shadow(2, 5, 5, 0.35, ring)
	c.lit(flat(l.base.lighter(0.04)), daylight().rounded(c, 14, 0.36, ring), ring)
	face := box(210, 206, 180, 188, 22)
	c.fill(flat(hex(0x17191d)), face)
	c.line(flat(l.with), 3, box(214, 210, 172, 180, 19))
	screen := box(226, 246, 148, 92, 8)
	c.fill(linear(0, 246, 0, 338, hex(0xc9d4c2), hex(0xaebba6)), screen)
	ink := hex(0x20261f)
	for k, digit := range []int{1, 0, 4, 2} {
		x := 238 + float32(k)*31
		if k > 1 {
			x += 12
		}
		drawDigit(c, x, 262, digit, ink)
	}
	c.fill(flat(ink), oval(middle, 282, 3, 3), oval(middle, 304, 3, 3))
	c.fill(flat(l.with), box(240, 352, 56, 7, 3), box(306, 352, 24, 7, 3))
	c.fill(flat(hex(0xffffff).fading(0.6)), box(246, 224, 108, 4, 2))
	for _, p := range []*path{box(410, 226, 16, 36, 5), box(410, 338, 16, 36, 5), box(174, 226, 16, 36, 5), box(174, 338, 16, 36, 5)} {
		c.lit(flat(l.with), daylight().rounded(c, 5, 0.3, p), p)
	}
}

// drawDigit draws one seven-segment digit, 22 wide and 60 high.
func drawDigit(c *canvas, x, y float32, digit int, ink rgba) {
	segments := [7]*path{
		box(x+3, y, 16, 5, 1), box(x+18, y+3, 5, 25, 1), box(x+18, y+32, 5, 25, 1), box(x+3, y+55, 16, 5, 1),
		box(x, y+32, 5, 25, 1), box(x, y+3, 5, 25, 1), box(x+3, y+27, 16, 5, 1),
	}
	lit := map[int]string{0: "012345", 1: "12", 2: "01346", 4: "1256"}[digit]
	for _, s := range lit {
		c.fill(flat(ink), segments[s-'0'])
	}
}
