package demo

// hat is headwear.
type hat struct{ cut hatCut }

type hatCut int

const (
	baseball hatCut = iota
	beanie
	bucketHat
	sunHat
)

func (d hat) draw(c *canvas, l look) {
	switch d.cut {
	case baseball:
		drawCap(c, l)
	case beanie:
		drawBeanie(c, l)
	case bucketHat:
		drawBucketHat(c, l)
	case sunHat:
		drawSunHat(c, l)
	}
}

func drawCap(c *canvas, l look) {
	c.ground(70, 500, 420)
	crown := from(176, 392).cube(166, 250, 240, 168, 340, 166).cube(450, 168, 508, 260, 506, 396).quad(340, 420, 176, 392)
	c.lit(l.surface, daylight().with(c.tex.weave).rounded(c, 26, 0.3, crown).
		crease(-0.1, 22, 230, 330, 250, 230, 320, 190), crown)
	c.within(crown, func() {
		for _, p := range []*path{from(340, 166).cube(270, 220, 262, 320, 276, 420), from(342, 166).cube(430, 220, 440, 320, 428, 420)} {
			c.line(flat(hex(0).fading(0.2)), 1.8, p)
			c.stitch(flat(l.thread()), p.moved(-5, 0), p.moved(5, 0))
		}
		for _, x := range []float32{232, 356, 466} {
			c.fill(flat(l.base.darker(0.3)), oval(x, 262, 6, 6))
			c.fill(flat(l.base.darker(0.6)), oval(x, 262, 3, 3))
		}
	})
	c.lit(flat(l.base), daylight().rounded(c, 4, 0.3, oval(341, 166, 15, 8)), oval(341, 166, 15, 8))
	brim := from(180, 380).cube(250, 396, 320, 404, 392, 406).cube(340, 440, 220, 452, 120, 436).cube(84, 430, 62, 420, 66, 410).cube(90, 392, 140, 380, 180, 380)
	c.shadow(0, 6, 6, 0.25, brim)
	c.lit(l.surface, daylight().with(c.tex.weave).rounded(c, 12, 0.28, brim).crease(-0.1, 14, 100, 410, 200, 404, 320, 418), brim)
	for k := range 4 {
		d := float32(k) * 8
		c.stitch(flat(l.thread()), from(84+d, 412-d*0.3).cube(110+d, 430-d*0.6, 230, 442-d, 350-d*0.4, 420-d*0.5))
	}
}

func drawBeanie(c *canvas, l look) {
	c.shadow(4, 9, 9, 0.2, oval(middle, 330, 150, 150))
	crown := from(middle, 160).cube(400, 158, 456, 250, 452, 400).line(middle, 410).whole()
	lamp := daylight().with(c.tex.knit).rounded(c, 28, 0.32, crown)
	for k := float32(-3); k <= 3; k++ {
		lamp.crease(0.09, 7, middle+k*44, 410, middle+k*40, 250, middle+k*8, 150)
	}
	c.lit(l.surface, lamp, crown)
	cuff := from(middle, 366).line(444, 356).quad(466, 360, 464, 384).line(462, 436).quad(460, 452, 440, 454).line(middle, 460).whole()
	c.shadow(0, -3, 5, 0.25, cuff)
	c.lit(flat(l.base), daylight().with(c.tex.rib).rounded(c, 16, 0.26, cuff), cuff)
	label := box(276, 394, 48, 32, 3)
	c.lit(flat(hex(0xb88a56)), daylight().with(c.tex.leather).rounded(c, 6, 0.2, label), label)
	c.stitchInside(flat(hex(0xf0e0c2)), -3.5, label)
	c.shadow(0, 5, 6, 0.25, oval(middle, 130, 52, 50))
	for k := range 90 {
		a, r := 6.28*hash(k, 1), 50*hash(k, 2)
		x, y := middle+r*wave(a, 6.28), 130+r*wave(a+1.57, 6.28)
		tone := l.with.under(1.12 - 0.3*(y-80)/100 + 0.1*hash(k, 3))
		c.fill(flat(tone), from(x, y).line(x+(x-middle)*0.35-5, y+(y-130)*0.35-3).line(x+(x-middle)*0.35+5, y+(y-130)*0.35+3).ribbon(11))
	}
}

func drawBucketHat(c *canvas, l look) {
	c.ground(110, 490, 430)
	crown := from(middle, 176).cube(380, 174, 414, 186, 420, 200).line(446, 340).line(middle, 350).whole()
	c.lit(l.surface, daylight().with(c.tex.weave).rounded(c, 22, 0.28, crown).crease(-0.07, 16, 210, 320, 216, 260, 240, 200), crown)
	c.line(flat(hex(0).fading(0.16)), 2, from(182, 200).quad(300, 222, 418, 200))
	c.stitch(flat(l.thread()), from(181, 206).quad(300, 228, 419, 206))
	brim := from(middle, 338).cube(370, 338, 430, 328, 444, 322).cube(470, 350, 500, 392, 508, 412).cube(440, 440, 370, 446, middle, 446).whole()
	c.shadow(0, -2, 6, 0.2, brim)
	c.lit(l.surface, daylight().with(c.tex.weave).rounded(c, 14, 0.28, brim).pair(0.07, 12, 400, 340, 430, 390, 440, 440), brim)
	for k := range 5 {
		y := float32(k) * 19
		c.stitch(flat(l.thread().fading(0.8)), from(158-y*0.62, 336+y*0.86).cube(220, 352+y*1.06, 380, 352+y*1.06, 442+y*0.62, 336+y*0.86))
	}
	for _, x := range []float32{206, 226} {
		c.fill(flat(l.base.darker(0.5)), oval(x, 290, 4, 4))
	}
}

func drawSunHat(c *canvas, l look) {
	c.ground(70, 530, 424)
	brim := oval(middle, 380, 250, 56)
	straw := daylight().with(c.tex.weave).rounded(c, 16, 0.24, brim)
	for k := range 6 {
		r := 1 - float32(k)*0.13
		straw.crease(0.08, 3, middle-250*r, 380, middle, 380+112*r, middle+250*r, 380)
	}
	c.lit(l.surface, straw, brim)
	crown := from(middle, 190).cube(380, 186, 412, 230, 424, 372).cube(380, 402, 340, 404, middle, 404).whole()
	c.shadow(4, 8, 8, 0.3, crown)
	lamp := daylight().with(c.tex.weave).rounded(c, 22, 0.3, crown)
	for y := float32(216); y < 400; y += 15 {
		lamp.crease(0.08, 3, 120, y, middle, y+18, 480, y)
	}
	c.lit(l.surface, lamp, crown)
	band := from(180, 322).quad(300, 350, 420, 322).line(425, 366).quad(300, 398, 176, 366)
	c.lit(flat(l.with), daylight().rounded(c, 10, 0.24, band), band)
	tail := from(398, 344).quad(440, 372, 452, 420).line(470, 402).quad(450, 362, 410, 340)
	c.lit(flat(l.with), daylight().rounded(c, 6, 0.24, tail), tail)
	c.placed(0.36, 276, 226, func() { drawKnot(c, look{base: l.with, surface: flat(l.with)}, 344, 340) })
}

// scarf is worn around the neck: long with a fringe, or a silk square.
type scarf struct{ silk bool }

func (d scarf) draw(c *canvas, l look) {
	if d.silk {
		drawSquare(c, l)
		return
	}
	left := from(196, 200).cube(170, 300, 196, 400, 178, 500).line(290, 506).cube(300, 400, 290, 300, 316, 220)
	right := from(290, 210).cube(330, 300, 300, 380, 318, 440).line(428, 424).cube(414, 340, 430, 280, 402, 190)
	loop := from(middle, 92).cube(390, 88, 442, 128, 436, 176).cube(430, 240, 360, 268, middle, 270).cube(240, 268, 170, 240, 164, 176).cube(158, 128, 210, 88, middle, 92)
	hole := from(middle, 124).cube(352, 122, 384, 140, 378, 158).cube(370, 178, 330, 184, middle, 184).cube(270, 184, 230, 178, 222, 158).cube(216, 140, 248, 122, middle, 124)
	c.shadow(5, 9, 9, 0.18, left, right, loop)
	d.drawEnd(c, l, right, 318, 440, 428, 424, 6)
	d.drawEnd(c, l, left, 178, 500, 290, 506, -4)
	c.shadow(0, 8, 7, 0.3, loop)
	c.lit(l.surface.turned(24, 300, 200), daylight().with(c.tex.weave).rounded(c, 22, 0.3, loop).
		crease(0.16, 8, 190, 150, 200, 236, 330, 244).crease(0.14, 7, 250, 262, 380, 262, 420, 170).
		crease(-0.1, 10, 180, 190, 230, 262, 340, 262).crease(0.14, 7, 200, 120, 300, 96, 400, 120), loop)
	c.fill(linear(0, 120, 0, 190, l.base.darker(0.55), l.base.darker(0.35)), hole)
}

// drawEnd draws a hanging end and its fringe between two corners.
func (d scarf) drawEnd(c *canvas, l look, shape *path, x0, y0, x1, y1, tilt float32) {
	var strands []*path
	for k := range 19 {
		t := (float32(k) + 0.5) / 19
		x, y := x0+(x1-x0)*t, y0+(y1-y0)*t
		strands = append(strands, from(x, y-3).quad(x+3*hash(k, 5), y+16, x+tilt*hash(k, 7), y+30+6*hash(k, 9)).ribbon(3))
	}
	c.fill(flat(l.base.darker(0.08)), strands...)
	mid := (x0 + x1) / 2
	c.lit(l.surface.turned(tilt/2, mid, y0), daylight().with(c.tex.weave).rounded(c, 15, 0.28, shape).
		crease(0.13, 8, mid-18, 200, mid-6, 340, mid-22, y0+30).crease(0.11, 7, mid+22, 210, mid+30, 340, mid+20, y0+30).
		crease(-0.08, 9, mid, 200, mid+14, 340, mid, y0+30), shape)
}

// drawSquare draws a silk square, spread out with a border.
func drawSquare(c *canvas, l look) {
	edge := from(300, 62).cube(380, 150, 460, 210, 540, 300).cube(460, 380, 390, 460, 302, 540).cube(220, 470, 140, 390, 60, 302).cube(130, 220, 220, 140, 300, 62)
	inner := edge.mapped(func(p point) point { return point{middle + (p.x-middle)*0.82, middle + (p.y-middle)*0.82} })
	lamp := func() *light {
		return daylight().rounded(c, 14, 0.2, edge).
			fold(0.1, 16, 150, 260, 260, 260, 330, 160).fold(0.1, 18, 210, 430, 320, 360, 470, 330).
			fold(0.08, 14, 270, 480, 380, 420, 420, 380).crease(-0.12, 14, 200, 330, 300, 300, 400, 210)
	}
	c.shadow(4, 9, 8, 0.2, edge)
	c.lit(flat(l.with), lamp(), edge)
	c.lit(l.surface.turned(45, 300, 300), lamp(), inner)
	c.line(flat(l.with.to(hex(0xffffff), 0.6)), 3, inner)
}

// sunglasses differ by the shape of their lenses.
type sunglasses struct{ lens lens }

type lens int

const (
	roundLens lens = iota
	squareLens
	catEye
	aviator
)

// outline is the right lens.
func (k lens) outline() *path {
	switch k {
	case squareLens:
		return smooth(336, 250, 400, 240, 486, 246, 500, 270, 486, 344, 440, 366, 370, 358, 340, 320)
	case catEye:
		return smooth(336, 268, 400, 244, 470, 222, 522, 210, 508, 290, 470, 344, 410, 358, 352, 330)
	case aviator:
		return smooth(338, 246, 420, 238, 490, 250, 506, 290, 478, 366, 420, 392, 366, 360, 342, 300)
	}
	return oval(420, 300, 78, 76)
}

func (d sunglasses) draw(c *canvas, l look) {
	c.ground(90, 510, 404)
	frame := l.base
	thin := d.lens == roundLens || d.lens == aviator
	width := float32(15)
	if thin {
		width = 8
	}
	right := d.lens.outline()
	arm := from(496, 262).quad(516, 232, 470, 196).quad(440, 178, 400, 176)
	for _, p := range both(arm) {
		c.strap(frame.darker(0.3), 8, p)
	}
	tint := l.with
	for _, p := range both(right) {
		c.shadow(3, 12, 8, 0.16, p)
		c.fill(linear(0, 225, 0, 380, tint.darker(0.55).fading(0.97), tint.fading(0.86)), p)
		c.within(p, func() {
			x := p.start.x
			glare := from(x-150, 400).line(x-60, 200).line(x-20, 200).line(x-110, 400)
			if x > middle {
				glare = glare.moved(130, 0)
			}
			c.fill(flat(hex(0xffffff).fading(0.14)), glare, glare.moved(58, 0))
		})
		rim := p.ribbon(width)
		c.lit(flat(frame), daylight().rounded(c, 6, 0.3, rim).crease(-0.2, 8, 120, 236, 300, 226, 480, 236), rim)
	}
	bridge := from(262, 272).quad(300, 244, 338, 272)
	c.lit(flat(frame), daylight().rounded(c, 5, 0.3, bridge.ribbon(width)), bridge.ribbon(width))
	if d.lens == aviator {
		c.line(flat(frame), 6, from(250, 246).quad(300, 236, 350, 246))
	}
	for _, x := range []float32{104, 496} {
		c.fill(flat(frame.lighter(0.3)), oval(x, 262, 4, 4))
	}
}
