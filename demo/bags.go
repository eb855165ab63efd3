package demo

// bag is a bag carried by hand or over the shoulder.
type bag struct {
	cut bagCut
}

type bagCut int

const (
	tote bagCut = iota
	crossbody
	satchel
	bucketBag
	beltBag
)

func (d bag) draw(c *canvas, l look) {
	switch d.cut {
	case tote:
		drawTote(c, l)
	case crossbody:
		drawCrossbody(c, l)
	case satchel:
		drawSatchel(c, l)
	case bucketBag:
		drawBucketBag(c, l)
	case beltBag:
		drawBeltBag(c, l)
	}
}

// strap draws a strip with rolled edges along a path.
func (c *canvas) strap(ink rgba, width float32, p *path) {
	band := p.ribbon(width)
	c.shadow(2, 4, 4, 0.22, band)
	c.lit(flat(ink), daylight().with(c.tex.leather).rounded(c, max(width*0.5, 4), 0.3, band), band)
}

// gold is the colour of fittings.
func gold() rgba { return hex(0xd3ae5e) }

// ring draws a metal ring.
func (c *canvas) ring(x, y, r, width float32, metal rgba) {
	c.shadow(1, 2, 2, 0.3, oval(x, y, r, r).ribbon(width))
	c.line(linear(x-r, y-r, x+r, y+r, metal.lighter(0.5), metal, metal.darker(0.35)), width, oval(x, y, r, r))
}

// stitchInside sews a seam a little inside a closed outline.
func (c *canvas) stitchInside(ink paint, d float32, p *path) { c.stitch(ink, p.offset(d)) }

func drawTote(c *canvas, l look) {
	body := from(middle, 252).line(452, 250).cube(446, 330, 436, 430, 430, 494).quad(428, 510, 408, 512).line(middle, 513).whole()
	c.ground(176, 424, 512)
	back := from(222, 262).cube(222, 60, 378, 60, 378, 262)
	c.strap(l.base.darker(0.28), 13, back.moved(8, -10))
	c.fill(flat(l.base.darker(0.5)), oval(middle, 252, 151, 8))
	c.lit(l.surface, daylight().with(c.tex.leather).rounded(c, 24, 0.28, body).
		crease(0.07, 16, 230, 300, 260, 400, 220, 490).crease(-0.06, 18, 340, 290, 320, 400, 350, 480).
		crease(0.07, 12, 160, 300, 300, 330, 440, 300), body)
	c.line(flat(l.base.darker(0.25)), 3, from(149, 252).line(451, 252))
	c.stitch(flat(l.thread()), from(154, 264).line(447, 264), from(176, 496).line(424, 496))
	c.strap(l.base.darker(0.1), 14, back.moved(0, 18))
	for _, x := range []float32{222, 378} {
		tab := box(x-14, 268, 28, 62, 5)
		c.lit(flat(l.base.darker(0.1)), daylight().with(c.tex.leather).rounded(c, 7, 0.22, tab), tab)
		c.stitchInside(flat(l.thread()), -3, tab)
		c.fill(linear(x-4, 0, x+4, 0, gold().lighter(0.4), gold().darker(0.3)), oval(x, 316, 4, 4))
	}
	label := box(272, 350, 56, 24, 3)
	c.line(flat(gold().fading(0.85)), 1.4, label)
	c.fill(flat(gold().fading(0.85)), box(283, 360, 34, 3, 1))
}

func drawCrossbody(c *canvas, l look) {
	c.ground(170, 430, 492)
	loop := from(166, 300).cube(150, 20, 450, 20, 434, 300)
	c.strap(l.base.darker(0.2), 8, loop)
	c.fill(flat(gold()), loop.dashes(7, 5, 4)...)
	body := box(152, 276, 296, 216, 34)
	c.lit(l.surface, c.shine(body), body)
	flap := from(150, 300).quad(150, 268, 184, 266).line(416, 266).quad(450, 268, 450, 300).cube(450, 380, 420, 424, middle, 426).cube(180, 424, 150, 380, 150, 300)
	c.shadow(0, 6, 6, 0.3, flap)
	c.lit(l.surface, c.shine(flap).crease(-0.13, 18, 170, 296, 300, 276, 430, 296).crease(0.06, 20, 200, 390, 300, 420, 400, 390), flap)
	c.stitchInside(flat(l.thread()), 8, flap)
	for _, x := range []float32{166, 434} {
		c.ring(x, 292, 11, 4, gold())
	}
	lock := box(280, 392, 40, 46, 9)
	c.shadow(0, 3, 3, 0.35, lock)
	c.fill(linear(280, 392, 320, 438, gold().lighter(0.55), gold(), gold().darker(0.3)), lock)
	c.fill(linear(294, 400, 306, 430, gold().darker(0.3), gold().lighter(0.3)), box(295, 401, 10, 28, 5))
}

func drawSatchel(c *canvas, l look) {
	c.ground(150, 450, 500)
	c.strap(l.base.darker(0.18), 15, from(228, 262).cube(228, 130, 372, 130, 372, 262))
	body := from(middle, 244).line(418, 244).quad(440, 246, 446, 270).line(464, 470).quad(464, 500, 436, 502).line(middle, 503).whole()
	c.lit(l.surface, c.shine(body), body)
	c.line(flat(hex(0).fading(0.25)), 2, from(142, 440).line(458, 440))
	c.stitch(flat(l.thread()), from(146, 446).line(454, 446))
	flap := from(middle, 236).line(424, 236).quad(446, 240, 446, 262).line(448, 352).quad(446, 376, 420, 376).line(middle, 378).whole()
	c.shadow(0, 6, 6, 0.28, flap)
	c.lit(l.surface, c.shine(flap).crease(-0.12, 16, 170, 264, 300, 254, 430, 264), flap)
	c.stitchInside(flat(l.thread()), 7, flap)
	for _, x := range []float32{214, 386} {
		belt := box(x-14, 268, 28, 160, 6)
		c.shadow(1, 4, 4, 0.3, belt)
		c.lit(flat(l.base.darker(0.14)), c.shine(belt), belt)
		c.line(linear(x-20, 370, x+20, 410, gold().lighter(0.5), gold().darker(0.25)), 5, box(x-19, 378, 38, 30, 5))
		c.line(flat(gold().lighter(0.3)), 3.4, from(x, 380).line(x, 402))
	}
	for _, x := range []float32{228, 372} {
		c.ring(x, 252, 12, 4.5, gold())
	}
}

func drawBucketBag(c *canvas, l look) {
	c.ground(190, 410, 510)
	c.strap(l.base.darker(0.16), 11, from(198, 300).cube(150, 20, 450, 20, 402, 300))
	body := from(middle, 268).cube(360, 262, 420, 258, 424, 268).cube(410, 330, 428, 430, 416, 492).quad(410, 510, 386, 512).line(middle, 513).whole()
	c.fill(flat(l.base.darker(0.5)), oval(middle, 268, 122, 15))
	lamp := c.shine(body)
	for _, x := range []float32{200, 236, 276, 322, 362, 398} {
		lamp.crease(0.16, 7, x, 262, x+(middle-x)*0.1, 310, x, 400).crease(-0.1, 7, x+12, 266, x+12, 310, x+10, 390)
	}
	c.lit(l.surface, lamp, body)
	base := from(middle, 452).line(421, 452).quad(420, 480, 415, 494).quad(410, 510, 386, 512).line(middle, 513).whole()
	c.lit(flat(l.base.darker(0.12)), c.shine(base), base)
	c.stitch(flat(l.thread()), from(181, 458).line(419, 458))
	for k := range 6 {
		c.ring(198+float32(k)*40.8, 306, 5, 3, gold())
	}
	c.line(flat(l.base.darker(0.3)), 5, from(184, 306).quad(300, 314, 416, 306))
	for _, s := range []float32{-1, 1} {
		cord := from(middle, 310).quad(middle+s*30, 340, middle+s*20, 392)
		c.line(flat(l.base.darker(0.3)), 5, cord)
		c.fill(flat(l.base.darker(0.2)), box(middle+s*20-7, 388, 14, 36, 4))
	}
	c.fill(flat(l.base.darker(0.35)), oval(middle, 312, 11, 8))
}

func drawBeltBag(c *canvas, l look) {
	c.shadow(4, 9, 9, 0.2, box(120, 230, 360, 150, 60))
	c.strap(hex(0x33343a), 22, from(40, 210).quad(90, 300, 150, 290))
	c.strap(hex(0x33343a), 22, from(560, 210).quad(510, 300, 450, 290))
	body := from(middle, 212).cube(400, 210, 476, 226, 484, 262).cube(490, 330, 450, 396, 390, 400).line(middle, 404).whole()
	c.lit(l.surface, daylight().with(c.tex.weave).rounded(c, 24, 0.3, body).
		crease(0.08, 10, 140, 340, 300, 380, 460, 340).crease(-0.08, 16, 150, 250, 300, 232, 450, 250), body)
	front := from(middle, 290).cube(380, 290, 440, 292, 450, 300).cube(448, 350, 420, 384, 382, 388).line(middle, 391).whole()
	c.line(flat(hex(0).fading(0.2)), 2, front)
	c.stitchInside(flat(l.thread()), -5, front)
	for _, y := range []float32{248, 304} {
		rail := from(150, y+8).quad(300, y-12, 450, y+8)
		c.line(flat(hex(0x2e2f34)), 9, rail)
		c.fill(flat(hex(0x8e9097)), rail.dashes(2, 2, 4)...)
		c.fill(linear(436, y, 452, y+30, hex(0xd5d7dc), hex(0x83868d)), box(438, y+6, 9, 30, 4))
	}
	c.fill(flat(hex(0x26272b)), box(74, 246, 34, 46, 6).turned(-30, 91, 269), box(494, 246, 34, 46, 6).turned(30, 511, 269))
}

// backpack is carried on both shoulders.
type backpack struct {
	roll bool // a rolled top with a buckle
	ears bool // a child's, with a face
}

func (d backpack) draw(c *canvas, l look) {
	c.ground(170, 430, 540)
	strap := from(220, 150).cube(130, 170, 120, 400, 158, 500)
	for _, p := range both(strap) {
		c.strap(l.base.darker(0.3), 28, p)
	}
	side := from(176, 370).cube(146, 380, 146, 520, 180, 524).line(200, 520).line(200, 370)
	for _, p := range both(side) {
		c.lit(flat(l.base.darker(0.18)), daylight().with(c.tex.weave).rounded(c, 10, 0.25, p), p)
	}
	if d.roll {
		d.drawRoll(c, l)
		return
	}
	c.strap(l.base.darker(0.35), 13, from(262, 106).cube(264, 60, 336, 60, 338, 106))
	if d.ears {
		for _, x := range []float32{214, 386} {
			c.lit(flat(l.base), daylight().rounded(c, 12, 0.25, oval(x, 120, 40, 40)), oval(x, 120, 40, 40))
			c.fill(flat(l.with), oval(x, 122, 22, 22))
		}
	}
	body := from(middle, 96).cube(380, 94, 430, 130, 436, 210).line(442, 480).quad(442, 538, 392, 540).line(middle, 541).whole()
	c.lit(l.surface, d.lamp(c, body), body)
	rail := from(174, 330).cube(168, 150, 220, 122, middle, 122).cube(380, 122, 432, 150, 426, 330)
	drawRail(c, l, rail)
	pocket := box(186, 338, 228, 168, 36)
	c.shadow(0, 5, 6, 0.24, pocket)
	c.lit(l.surface, d.lamp(c, pocket), pocket)
	drawRail(c, l, from(196, 384).quad(198, 356, 228, 354).line(372, 354).quad(402, 356, 404, 384))
	c.stitchInside(flat(l.thread()), -5, pocket)
	if d.ears {
		drawFace(c, l)
		return
	}
	patch := box(262, 214, 76, 40, 6)
	c.lit(flat(hex(0xa8723f)), daylight().with(c.tex.leather).rounded(c, 8, 0.2, patch), patch)
	c.stitchInside(flat(hex(0xe3c9a0)), -4, patch)
}

func (d backpack) lamp(c *canvas, body *path) *light {
	return daylight().with(c.tex.weave).rounded(c, 26, 0.3, body).
		crease(0.06, 14, 190, 300, 300, 318, 410, 296).crease(-0.06, 20, 220, 180, 290, 160, 350, 190).
		crease(0.06, 12, 210, 470, 300, 486, 390, 466)
}

// drawRail draws a covered zip with its pull.
func drawRail(c *canvas, l look, rail *path) {
	c.line(flat(l.base.darker(0.4)), 8, rail)
	c.fill(flat(l.base.to(hex(0xffffff), 0.4)), rail.dashes(2, 2.4, 3.4)...)
	end := rail.last()
	c.fill(flat(hex(0xc9ccd2)), box(end.x-4, end.y-4, 8, 14, 3))
	c.strap(hex(0x3a3a3f), 6, from(end.x, end.y+8).line(end.x+3, end.y+38))
}

// drawFace draws a friendly face on a child's backpack.
func drawFace(c *canvas, l look) {
	dark := flat(hex(0x2d2a30))
	c.fill(dark, oval(248, 220, 10, 12), oval(352, 220, 10, 12))
	c.fill(flat(hex(0xffffff)), oval(251, 216, 3.4, 4), oval(355, 216, 3.4, 4))
	c.fill(flat(l.base.to(hex(0xffffff), 0.55)), oval(middle, 262, 50, 36))
	c.fill(dark, oval(middle, 246, 13, 9))
	c.line(dark, 3.4, from(middle, 254).line(middle, 266), from(280, 268).quad(290, 282, middle, 266), from(320, 268).quad(310, 282, middle, 266))
	c.fill(flat(hex(0xf28a8a).fading(0.5)), oval(214, 254, 16, 10), oval(386, 254, 16, 10))
}

func (d backpack) drawRoll(c *canvas, l look) {
	body := from(middle, 150).line(404, 148).cube(420, 200, 432, 300, 438, 480).quad(440, 538, 392, 540).line(middle, 541).whole()
	c.lit(l.surface, d.lamp(c, body), body)
	roll := from(middle, 92).line(392, 90).quad(414, 96, 414, 126).quad(412, 170, 392, 172).line(middle, 174).whole()
	c.shadow(0, 7, 6, 0.3, roll)
	c.lit(l.surface, daylight().with(c.tex.weave).rounded(c, 16, 0.32, roll).crease(0.12, 5, 190, 132, 300, 138, 410, 130), roll)
	front := box(190, 330, 220, 180, 16)
	c.shadow(0, 4, 5, 0.2, front)
	c.lit(l.surface, d.lamp(c, front), front)
	c.stitchInside(flat(l.thread()), -5, front)
	drawRail(c, l, from(200, 352).line(396, 352))
	webbing := hex(0x2f3034)
	c.strap(webbing, 20, from(middle, 92).line(middle, 262))
	buckle := box(282, 232, 36, 54, 7)
	c.shadow(0, 3, 3, 0.3, buckle)
	c.lit(flat(hex(0x3b3c42)), daylight().rounded(c, 8, 0.25, buckle), buckle)
	c.fill(flat(hex(0x202126)), box(290, 244, 20, 8, 3), box(290, 262, 20, 14, 4))
}
