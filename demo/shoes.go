package demo

// twice draws a pair of shoes seen from the side: the far one behind, then the near one.
func (c *canvas) twice(draw func()) {
	c.placed(0.88, 92, -2, draw)
	c.placed(0.88, -2, 66, draw)
}

// ground drops the shadow of something that stands from x0 to x1 at height y.
func (c *canvas) ground(x0, x1, y float32) {
	w := (x1 - x0) / 2
	c.shadow(0, 3, 12, 0.24, oval(x0+w+6, y+2, w*1.03, 11))
	c.shadow(0, 0, 4, 0.34, oval(x0+w, y, w*0.96, 5))
}

// sneaker is a sports or casual shoe with a rubber sole.
type sneaker struct {
	high   bool
	runner bool // a foam sole and a knitted upper
	velcro bool // straps in place of laces
}

func (d sneaker) draw(c *canvas, l look) {
	c.twice(func() {
		c.ground(80, 530, 438)
		d.drawUpper(c, l)
		d.drawSole(c, l)
	})
}

// upper is the side view above the sole, toe to the left.
func (d sneaker) upper() *path {
	p := from(82, 408).cube(74, 366, 108, 344, 160, 336)
	if d.high {
		return p.cube(222, 326, 268, 280, 306, 214).cube(318, 186, 330, 156, 340, 128).
			quad(400, 146, 462, 118).cube(482, 112, 496, 116, 500, 124).
			cube(492, 220, 500, 280, 518, 330).quad(526, 370, 524, 408)
	}
	return p.cube(222, 326, 262, 288, 312, 232).line(336, 216).
		cube(360, 256, 420, 280, 470, 250).quad(498, 228, 514, 236).
		cube(506, 290, 528, 340, 524, 408)
}

func (d sneaker) drawUpper(c *canvas, l look) {
	tongue := from(296, 250).line(318, 196).quad(344, 184, 362, 212).line(366, 262)
	if d.high {
		tongue = from(304, 212).line(322, 104).quad(352, 90, 372, 112).line(374, 160)
	}
	c.lit(flat(l.base.darker(0.12)), daylight().with(c.tex.jersey).rounded(c, 8, 0.26, tongue), tongue)
	upper := d.upper()
	grain := c.tex.weave
	if d.runner {
		grain = c.tex.knit
	}
	c.lit(l.surface, daylight().with(grain).rounded(c, 18, 0.3, upper).
		crease(-0.12, 26, 110, 380, 190, 350, 300, 330).
		crease(0.14, 5, 208, 352, 232, 352, 246, 322).
		crease(0.10, 5, 226, 362, 252, 358, 262, 330), upper)
	lining := from(340, 220).cube(362, 254, 420, 276, 468, 250).quad(496, 230, 512, 238).cube(490, 250, 440, 300, 390, 284).quad(352, 268, 340, 220)
	if d.high {
		lining = from(342, 132).quad(402, 148, 462, 122).quad(486, 116, 498, 126).quad(440, 172, 396, 164).quad(360, 158, 342, 132)
	}
	c.fill(flat(l.base.darker(0.3)), lining)
	c.within(upper, func() { d.drawPanels(c, l, grain) })
	if d.velcro {
		drawStraps(c, l)
		return
	}
	d.drawLaces(c, l)
}

// drawPanels sews toe cap, heel counter and side panel over the upper.
func (d sneaker) drawPanels(c *canvas, l look, grain *texture) {
	accent := l.with
	toe := from(60, 420).line(60, 330).line(150, 330).quad(176, 366, 168, 420)
	heel := from(540, 420).line(540, 260).line(486, 290).quad(452, 340, 456, 420)
	ink := l.base.darker(0.08)
	if d.runner {
		ink = accent
		c.fill(flat(accent.fading(0.9)), from(214, 420).cube(290, 400, 380, 350, 430, 280).line(456, 276).cube(420, 360, 350, 410, 290, 420))
		c.fill(flat(accent.to(hex(0xffffff), 0.4)), from(186, 420).cube(270, 396, 350, 350, 404, 284).line(414, 280).cube(366, 352, 280, 400, 206, 420))
	} else {
		side := from(230, 420).cube(260, 372, 330, 320, 360, 300).line(420, 296).cube(390, 330, 330, 380, 320, 420)
		c.lit(flat(accent), daylight().rounded(c, 7, 0.15, side), side)
		c.stitch(flat(seam(accent)), from(238, 416).cube(266, 374, 330, 326, 362, 305))
	}
	for _, p := range []*path{toe, heel} {
		c.lit(flat(ink), daylight().with(c.tex.leather).rounded(c, 8, 0.16, p), p)
	}
	c.stitch(flat(seam(ink)), from(144, 332).quad(169, 366, 161, 414), from(482, 296).quad(460, 342, 463, 414))
	if d.high {
		c.fill(flat(accent), oval(434, 206, 25, 25))
		c.fill(flat(hex(0xffffff).fading(0.9)), star(434, 207, 15))
	}
}

// drawLaces runs laces up the eyestay.
func (d sneaker) drawLaces(c *canvas, l look) {
	x0, y0, x1, y1, n := float32(218), float32(322), float32(318), float32(228), 6
	if d.high {
		x1, y1, n = 338, 140, 9
	}
	stay := from(x0-10, y0+4).quad((x0+x1)/2+12, (y0+y1)/2+14, x1+8, y1-4).line(x1+38, y1+18).quad((x0+x1)/2+44, (y0+y1)/2+42, x0+22, y0+28)
	c.lit(flat(l.base.darker(0.1)), daylight().with(c.tex.leather).rounded(c, 6, 0.16, stay), stay)
	lace := hex(0xf7f6f2)
	if l.base.luma() > 0.8 {
		lace = hex(0xe6e4de)
	}
	for k := range n {
		t := (float32(k) + 0.5) / float32(n)
		x, y := x0+(x1-x0)*t+6*wave(t, 2), y0+(y1-y0)*t+7*wave(t, 2)
		c.fill(flat(hex(0x2a2a2e).fading(0.5)), oval(x+24, y+20, 4.5, 4.5))
		cord := from(x-11, y-5).quad(x+10, y-2, x+24, y+18)
		c.shadow(0.5, 2.5, 2, 0.3, cord.ribbon(7))
		c.lit(flat(lace), daylight().rounded(c, 3, 0.2, cord.ribbon(7)), cord.ribbon(7))
	}
}

// drawStraps closes the shoe with two hook-and-loop straps.
func drawStraps(c *canvas, l look) {
	for k := range 2 {
		x, y := 224+float32(k)*52, 316-float32(k)*46
		strap := from(x-12, y-4).quad(x+24, y-12, x+84, y+42).quad(x+86, y+62, x+66, y+64).quad(x+28, y+20, x-22, y+22)
		c.shadow(1, 4, 4, 0.3, strap)
		c.lit(flat(l.with), daylight().with(c.tex.leather).rounded(c, 8, 0.2, strap), strap)
		c.stitch(flat(seam(l.with)), from(x-6, y+2).quad(x+26, y-3, x+76, y+46))
	}
}

func (d sneaker) drawSole(c *canvas, l look) {
	white := hex(0xf6f5f1)
	if d.runner {
		foam := from(66, 402).cube(120, 412, 180, 396, 260, 396).cube(360, 396, 430, 384, 536, 372).
			cube(556, 400, 548, 430, 520, 440).cube(440, 446, 380, 428, 310, 436).cube(230, 446, 130, 452, 96, 438).cube(70, 428, 60, 416, 66, 402)
		c.lit(flat(white), daylight().rounded(c, 12, 0.24, foam), foam)
		c.line(flat(l.with.fading(0.9)), 5, from(90, 416).cube(180, 414, 300, 410, 420, 404).quad(480, 400, 530, 392))
		tread := from(96, 438).cube(130, 452, 230, 446, 310, 436).cube(380, 428, 440, 446, 520, 440).quad(470, 454, 380, 444).quad(310, 444, 230, 454).quad(130, 460, 96, 438)
		c.fill(flat(l.base.darker(0.35)), tread)
		return
	}
	sole := from(72, 400).cube(150, 408, 300, 404, 530, 400).quad(540, 416, 532, 434).quad(526, 440, 512, 440).line(112, 440).cube(80, 440, 62, 422, 72, 400)
	c.lit(flat(white), daylight().rounded(c, 10, 0.24, sole), sole)
	c.line(flat(hex(0xb9b6ae)), 1.4, from(72, 412).cube(150, 418, 300, 414, 535, 411))
	c.line(flat(l.with.fading(0.85)), 3, from(76, 426).cube(150, 428, 300, 428, 534, 426))
	c.fill(flat(hex(0x8d8a83)), from(100, 437).line(520, 437).line(512, 441).line(112, 441))
}
