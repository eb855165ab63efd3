package demo

// pump is a dress shoe for women: with a slim or a block heel, or flat.
type pump struct {
	block bool
	strap bool // around the ankle
	flat  bool
	bow   bool
}

func (d pump) draw(c *canvas, l look) {
	c.twice(func() {
		if d.flat {
			d.drawFlat(c, l)
		} else {
			d.drawHeel(c, l)
		}
	})
}

// shine is the light on smooth leather.
func (c *canvas) shine(shapes ...*path) *light {
	return daylight().with(c.tex.leather).rounded(c, 13, 0.34, shapes...)
}

func (d pump) drawHeel(c *canvas, l look) {
	c.ground(70, 330, 434)
	c.ground(490, 545, 434)
	heel := from(470, 292).cube(504, 316, 512, 360, 513, 434).line(529, 434).cube(532, 380, 544, 320, 530, 262)
	if d.block {
		heel = from(444, 304).cube(474, 330, 478, 380, 476, 434).line(540, 434).cube(538, 380, 546, 320, 530, 262)
	}
	c.lit(flat(l.base.darker(0.1)), c.shine(heel), heel)
	c.fill(flat(hex(0x2c2622)), from(heel.steps[0].end.x, 429).line(heel.steps[1].end.x, 429).line(heel.steps[1].end.x, 434).line(heel.steps[0].end.x, 434))
	sole := from(64, 426).cube(150, 440, 250, 436, 310, 406).cube(390, 360, 450, 306, 526, 294).line(526, 284).cube(440, 292, 380, 344, 300, 396).cube(240, 424, 150, 426, 64, 420)
	c.fill(flat(hex(0x5a4636)), sole)
	inside := from(196, 358).cube(250, 356, 380, 316, 440, 246).cube(466, 212, 488, 194, 512, 188).cube(480, 250, 420, 330, 300, 372).quad(240, 384, 196, 358)
	c.lit(linear(200, 0, 510, 0, hex(0xd9bd97), hex(0xc7a67c)), nil, inside)
	upper := from(62, 424).cube(84, 396, 138, 376, 194, 356).cube(226, 378, 356, 356, 436, 268).cube(460, 226, 482, 200, 514, 186).
		cube(534, 214, 540, 252, 528, 290).cube(450, 298, 384, 352, 302, 402).cube(240, 432, 150, 432, 62, 424)
	c.lit(l.surface, c.shine(upper).
		crease(-0.34, 9, 104, 404, 160, 376, 214, 380).
		crease(-0.2, 10, 440, 300, 486, 256, 516, 216).
		crease(-0.1, 16, 240, 396, 330, 366, 420, 306), upper)
	c.line(flat(l.base.darker(0.3)), 2, from(194, 357).cube(226, 379, 356, 357, 436, 269).cube(460, 227, 482, 201, 514, 187))
	if d.strap {
		strap := from(514, 196).cube(470, 150, 400, 150, 392, 172).cube(390, 190, 440, 206, 506, 206)
		c.line(flat(l.base.darker(0.05)), 9, strap)
		c.line(flat(hex(0xd9b45a)), 3, box(404, 150, 16, 20, 3))
	}
}

func (d pump) drawFlat(c *canvas, l look) {
	c.ground(66, 540, 434)
	c.fill(flat(hex(0x6b513c)), from(62, 424).quad(300, 430, 538, 420).line(538, 434).line(84, 436).quad(64, 434, 62, 424))
	inside := from(188, 350).cube(300, 330, 420, 330, 522, 300).cube(500, 420, 260, 440, 188, 350)
	c.lit(linear(190, 0, 520, 0, hex(0xdcc29d), hex(0xc4a37a)), nil, inside)
	upper := from(60, 426).cube(58, 384, 110, 348, 186, 346).cube(214, 396, 380, 404, 440, 362).cube(470, 340, 490, 306, 524, 298).
		cube(546, 330, 548, 390, 538, 426).quad(300, 434, 60, 426)
	c.lit(l.surface, c.shine(upper).
		crease(-0.26, 10, 90, 396, 130, 366, 200, 370).
		crease(-0.14, 10, 470, 380, 510, 350, 526, 320), upper)
	c.line(flat(l.base.darker(0.25)), 4, from(186, 347).cube(214, 397, 380, 405, 440, 363).cube(470, 341, 490, 307, 524, 299))
	if d.bow {
		c.placed(0.42, 112, 212, func() {
			small := look{base: l.base.darker(0.12), surface: flat(l.base.darker(0.12))}
			drawKnot(c, small, 190, 330)
		})
	}
}

// drawKnot draws a flat little bow.
func drawKnot(c *canvas, l look, x, y float32) {
	wing := from(x, y).cube(x+24, y-44, x+84, y-40, x+86, y).cube(x+84, y+40, x+24, y+44, x, y)
	other := wing.mapped(func(p point) point { return point{2*x - p.x, p.y} })
	knot := box(x-14, y-18, 28, 36, 10)
	for _, p := range []*path{wing, other, knot} {
		c.shadow(1, 4, 4, 0.3, p)
		c.lit(l.surface, daylight().rounded(c, 10, 0.3, p), p)
	}
}

// boot covers the ankle.
type boot struct {
	laced  bool
	tall   bool
	heeled bool
}

func (d boot) draw(c *canvas, l look) {
	draw := func() {
		c.ground(78, 516, 456)
		d.drawBoot(c, l)
	}
	if d.tall {
		c.placed(0.9, 104, 30, draw)
		c.placed(0.9, 6, 84, draw)
		return
	}
	c.twice(func() { c.placed(1, 0, -22, draw) })
}

// shaft is the height of the upper edge.
func (d boot) shaft() float32 {
	if d.tall {
		return -10
	}
	return 128
}

func (d boot) drawBoot(c *canvas, l look) {
	top := d.shaft()
	upper := from(82, 424).cube(72, 378, 112, 348, 176, 338).cube(240, 326, 286, 290, 296, 236).
		cube(300, 200, 296, top+60, 288, top+8).quad(380, top+22, 474, top).
		cube(486, top+120, 478, 250, 496, 320).quad(512, 370, 506, 424)
	c.fill(flat(l.base.darker(0.45)), from(289, top+9).quad(380, top-10, 474, top+1).quad(380, top+26, 289, top+9))
	c.lit(l.surface, c.shine(upper).
		crease(-0.2, 16, 104, 398, 150, 362, 240, 350).
		crease(-0.12, 18, 350, top+20, 352, 180, 372, 330).
		crease(0.16, 7, 276, 288, 330, 300, 380, 290).
		crease(0.12, 6, 292, 262, 340, 280, 400, 262).
		crease(0.12, 6, 206, 350, 250, 362, 282, 330).
		crease(-0.14, 7, 280, 300, 330, 312, 390, 300), upper)
	c.within(upper, func() {
		c.line(flat(hex(0).fading(0.2)), 1.8, from(436, 430).quad(404, 350, 420, top+10))
		c.stitch(flat(seam(l.base).fading(0.9)), from(430, 430).quad(398, 350, 414, top+10))
		c.stitch(flat(seam(l.base).fading(0.9)), from(176, 346).quad(226, 380, 222, 430))
	})
	switch {
	case d.laced:
		d.drawLacing(c, l, top)
	case !d.tall:
		drawGore(c, l, top)
	default:
		c.line(flat(hex(0).fading(0.25)), 2, from(288, top+30).quad(380, top+46, 475, top+24))
	}
	d.drawSole(c, l)
}

// drawGore sets the elastic side panel and the pull tab of a chelsea boot.
func drawGore(c *canvas, l look, top float32) {
	gore := from(338, top+16).line(402, top+15).cube(404, 200, 392, 262, 376, 286).cube(350, 262, 338, 200, 338, top+16)
	c.lit(flat(l.base.darker(0.3)), daylight().with(c.tex.rib).rounded(c, 8, 0.2, gore), gore)
	c.stitch(flat(seam(l.base)), from(332, top+18).cube(332, 204, 346, 268, 376, 294).cube(398, 268, 411, 204, 408, top+16))
	tab := from(456, top-26).quad(474, top-34, 478, top-22).line(480, top+44).line(460, top+44)
	c.lit(flat(l.base.darker(0.15)), daylight().with(c.tex.rib).rounded(c, 5, 0.2, tab), tab)
}

// drawLacing laces the front from the instep to the top.
func (d boot) drawLacing(c *canvas, l look, top float32) {
	tongue := from(268, 290).quad(276, 180, 272, top-18).quad(300, top-28, 322, top-6).line(318, 270)
	c.lit(flat(l.base.darker(0.12)), c.shine(tongue), tongue)
	stay := from(238, 330).cube(286, 300, 294, 240, 288, top+12).line(330, top+16).cube(336, 240, 322, 310, 270, 352)
	c.lit(flat(l.base.darker(0.06)), c.shine(stay), stay)
	rope := hex(0x3a2a1e)
	if l.base.luma() < 0.25 {
		rope = hex(0xd8c9a8)
	}
	for k := range 8 {
		t := float32(k) / 7
		y := top + 28 + t*196
		x := float32(296) - 26*smoothstep(0.5, 1, t)*t
		c.fill(linear(0, y-5, 0, y+5, hex(0xe3c07a), hex(0x8a6a34)), oval(x+26, y+6, 5, 5))
		cord := from(x-18, y-2).quad(x+6, y-6, x+26, y+6)
		c.shadow(0, 2, 2, 0.3, cord.ribbon(5))
		c.line(flat(rope), 5, cord)
	}
}

func (d boot) drawSole(c *canvas, l look) {
	ink := hex(0x2c2824)
	if d.laced {
		welt := from(74, 416).quad(300, 428, 512, 416).line(514, 430).quad(300, 440, 72, 430)
		c.fill(flat(hex(0xcaa66a)), welt)
		c.stitch(flat(hex(0x7a5c30)), from(80, 424).quad(300, 434, 508, 424))
		sole := from(70, 428).quad(300, 438, 514, 428).line(516, 456).line(360, 456).line(350, 446).line(286, 446).line(276, 456).line(104, 456).quad(74, 452, 70, 428)
		c.lit(flat(ink), daylight().rounded(c, 8, 0.2, sole), sole)
		return
	}
	sole := from(74, 418).quad(300, 430, 510, 418).line(512, 432).cube(440, 434, 390, 440, 340, 449).quad(300, 456, 240, 456).line(116, 456).quad(74, 450, 74, 418)
	heel := from(404, 430).line(512, 428).line(510, 456).line(410, 456)
	if d.heeled {
		heel = from(420, 430).line(514, 426).quad(520, 444, 508, 456).line(430, 456)
	}
	c.lit(flat(ink.lighter(0.12)), daylight().rounded(c, 6, 0.2, heel), heel)
	c.lit(flat(ink), daylight().rounded(c, 6, 0.2, sole), sole)
	c.line(flat(hex(0x8a6a44)), 2, from(76, 420).quad(300, 432, 510, 420))
}

// loafer is a slip-on shoe with a strap across the instep.
type loafer struct{}

func (d loafer) draw(c *canvas, l look) {
	c.twice(func() {
		c.ground(70, 532, 438)
		sole := from(66, 408).quad(300, 420, 530, 408).line(532, 424).line(528, 438).line(420, 438).line(410, 428).quad(240, 436, 96, 434).quad(68, 428, 66, 408)
		inside := from(232, 300).quad(360, 258, 512, 262).quad(420, 330, 300, 330)
		c.lit(linear(230, 0, 510, 0, hex(0xc29a6a), hex(0x9c764c)), nil, inside)
		upper := from(70, 414).cube(62, 366, 110, 334, 180, 318).quad(216, 308, 238, 294).cube(280, 330, 420, 336, 466, 286).
			quad(490, 258, 520, 260).cube(516, 320, 532, 370, 528, 414).quad(300, 426, 70, 414)
		c.lit(l.surface, c.shine(upper).
			crease(-0.24, 12, 96, 384, 130, 348, 210, 340).
			crease(0.12, 5, 250, 348, 262, 380, 250, 406).
			crease(-0.16, 10, 452, 360, 490, 320, 512, 284), upper)
		apron := from(92, 372).cube(130, 340, 180, 356, 222, 352).quad(246, 340, 254, 318)
		c.line(flat(hex(0).fading(0.28)), 3, apron)
		c.stitch(flat(seam(l.base)), apron.moved(0, 5))
		strap := from(214, 306).quad(262, 316, 304, 330).line(330, 408).quad(284, 414, 240, 410).quad(248, 360, 196, 314)
		c.shadow(0, 3, 4, 0.28, strap)
		c.lit(flat(l.base.lighter(0.06)), c.shine(strap), strap)
		c.line(flat(l.base.darker(0.3)), 1.6, strap.join(from(214, 306)))
		c.fill(flat(l.base.darker(0.5)), box(240, 344, 42, 12, 5).turned(24, 260, 350))
		c.line(flat(l.base.darker(0.25)), 3, from(238, 295).cube(280, 331, 420, 337, 466, 287).quad(490, 259, 520, 261))
		c.lit(flat(hex(0x3a2c22)), daylight().rounded(c, 6, 0.2, sole), sole)
		c.stitch(flat(hex(0x9c8058)), from(74, 416).quad(300, 427, 524, 415))
	})
}

// sandal has two buckled straps over a cork footbed.
type sandal struct{}

func (d sandal) draw(c *canvas, l look) {
	c.twice(func() {
		c.ground(64, 540, 438)
		bed := from(60, 392).cube(140, 388, 200, 404, 280, 396).cube(380, 384, 460, 372, 536, 378).quad(548, 392, 542, 416).quad(300, 430, 70, 424).quad(56, 410, 60, 392)
		for _, x := range []float32{118, 286} {
			strap := from(x+4, 408).cube(x+10, 350, x+34, 306, x+62, 300).cube(x+104, 298, x+140, 336, x+150, 400).quad(x+60, 416, x-14, 408)
			c.shadow(4, 4, 6, 0.2, strap)
			c.lit(flat(l.base.darker(0.38)), daylight().rounded(c, 8, 0.2, strap), strap.moved(-20, 7))
			c.lit(l.surface, c.shine(strap).crease(-0.22, 12, x, 360, x+30, 306, x+80, 300), strap)
			c.stitch(flat(seam(l.base)), from(x+11, 398).cube(x+16, 354, x+38, 312, x+63, 306).cube(x+102, 304, x+134, 338, x+143, 392))
			c.line(flat(hex(0xcaa45a)), 4.5, box(x+84, 318, 34, 30, 4).turned(40, x+100, 332))
			c.line(flat(hex(0xe9cf92)), 3, from(x+100, 320).line(x+106, 346))
		}
		c.lit(flat(hex(0xc39a66)), daylight().with(c.tex.felt).rounded(c, 9, 0.24, bed), bed)
		c.fill(flat(hex(0x3b3029)), from(64, 418).quad(300, 428, 542, 410).quad(546, 430, 530, 438).line(92, 440).quad(68, 436, 64, 418))
	})
}
