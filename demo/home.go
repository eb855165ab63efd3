package demo

// barrel adds the light on an upright cylinder from x0 to x1: a window's gleam
// on the left, shade on the right.
func (l *light) barrel(x0, x1, gloss float32) *light {
	return l.shaped(func(x, _ float32) float32 {
		u := (x - x0) / (x1 - x0)
		edge := abs(2*u - 1)
		return gloss*gauss((u-0.26)/0.09) + 0.35*gloss*gauss((u-0.9)/0.05) -
			0.3*edge*edge*edge - 0.16*smoothstep(0.45, 1, u)
	})
}

// ball adds the light on a sphere.
func (l *light) ball(cx, cy, r, gloss float32) *light {
	return l.shaped(func(x, y float32) float32 {
		dx, dy := (x-cx)/r, (y-cy)/r
		d2 := dx*dx + dy*dy
		return gloss*gauss2(dx+0.36, dy+0.42, 0.22) - 0.2*d2*d2 - 0.12*(dx+dy)
	})
}

func gauss2(dx, dy, r float32) float32 { return gauss(dx/r) * gauss(dy/r) }

// mug is a cup with a handle.
type mug struct {
	enamel bool // thin steel with a coloured rim
	wide   bool // a low, round bowl
}

func (d mug) draw(c *canvas, l look) {
	top, end, w := float32(170), float32(470), float32(124)
	body := from(middle, top).line(middle+w, top).line(middle+w, end-40).quad(middle+w, end, middle+w-42, end+4).quad(middle+40, end+10, middle, end+10).whole()
	if d.wide {
		top, end, w = 214, 456, 146
		body = from(middle, top).line(middle+w, top).cube(middle+w+8, top+120, middle+w-10, end-10, middle+60, end).line(middle+56, end+10).line(middle, end+14).whole()
	}
	if d.enamel {
		body = from(middle, top).line(middle+w, top).line(middle+w-4, end-6).quad(middle+w-6, end+6, middle+w-22, end+7).line(middle, end+14).whole()
	}
	body, hold := body.moved(-34, 0), from(middle+w-42, top+54).cube(middle+w+70, top+24, middle+w+92, end-90, middle+w-50, end-74)
	c.ground(middle-34-w, middle+w-34, end+8)
	c.shadow(4, 6, 6, 0.16, hold.ribbon(24))
	band := hold.ribbon(26)
	c.lit(flat(l.base), daylight().with(c.tex.clay).rounded(c, 9, 0.3, band).crease(-0.3, 5, middle+w-20, top+44, middle+w+60, top+50, middle+w+44, end-120), band)
	x0, x1 := middle-34-w, middle-34+w
	c.lit(l.surface, daylight().with(c.tex.clay).barrel(x0, x1, 0.3).rounded(c, 12, 0.12, body), body)
	if !d.enamel && !d.wide {
		foot := from(x0+30, end-2).quad(middle-34, end+16, x1-30, end-2)
		c.line(flat(hex(0xc9a27a)), 7, foot.moved(0, 3))
	}
	rim, hole := oval(middle-34, top, w, 24), oval(middle-34, top+1, w-8, 18)
	edge := l.base.lighter(0.2)
	if d.enamel {
		edge = l.with
	}
	c.lit(flat(edge), daylight().barrel(x0, x1, 0.4), rim)
	c.fill(linear(x0, 0, x1, 0, l.base.darker(0.42), l.base.darker(0.16)), hole)
	c.within(hole, func() {
		c.fill(linear(x0, 0, x1, 0, hex(0x3b2417), hex(0x6b442b)), oval(middle-34, top+16, w-18, 15))
	})
}

// cushion is a throw pillow.
type cushion struct {
	fringe bool
	long   bool
	disc   bool // round, with a button
}

func (d cushion) draw(c *canvas, l look) {
	w, h := float32(206), float32(200)
	if d.long {
		w, h = 244, 142
	}
	body := from(middle+w, middle-h).cube(middle+w-14, middle-h*0.4, middle+w-14, middle+h*0.4, middle+w, middle+h).
		cube(middle+w*0.4, middle+h-14, middle-w*0.4, middle+h-14, middle-w, middle+h).
		cube(middle-w+14, middle+h*0.4, middle-w+14, middle-h*0.4, middle-w, middle-h).
		cube(middle-w*0.4, middle-h+14, middle+w*0.4, middle-h+14, middle+w, middle-h)
	if d.disc {
		body = oval(middle, middle, 206, 204)
	}
	c.shadow(5, 14, 13, 0.24, body)
	if d.fringe {
		drawTassels(c, l, w, h)
	}
	lamp := daylight().with(c.tex.weave).rounded(c, 40, 0.3, body)
	if d.disc {
		for k := range 16 {
			s, co := wave(float32(k), 16), wave(float32(k)+4, 16)
			lamp.crease(0.13, 8, middle+22*co, middle+22*s, middle+100*co, middle+100*s, middle+210*co, middle+210*s)
		}
	} else {
		for _, s := range [][2]float32{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}} {
			lamp.crease(0.11, 12, middle+s[0]*w, middle+s[1]*h, middle+s[0]*w*0.7, middle+s[1]*h*0.72, middle+s[0]*w*0.4, middle+s[1]*h*0.52)
			lamp.crease(0.06, 9, middle+s[0]*w*0.9, middle+s[1]*h*0.6, middle+s[0]*w*0.7, middle+s[1]*h*0.5, middle+s[0]*w*0.46, middle+s[1]*h*0.26)
		}
		lamp.shaped(func(x, y float32) float32 { return 0.07 * gauss2((x-middle+50)/w, (y-middle+50)/h, 0.5) })
	}
	c.lit(l.surface, lamp, body)
	c.lit(flat(l.base.darker(0.14)), daylight(), body.ribbon(5))
	if d.disc {
		button(c, middle, middle, 15, l.base.darker(0.08))
	}
}

// drawTassels hangs a tassel at every corner.
func drawTassels(c *canvas, l look, w, h float32) {
	for _, s := range [][2]float32{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}} {
		x, y := middle+s[0]*w, middle+s[1]*h
		for k := float32(-4); k <= 4; k++ {
			c.line(flat(l.with.darker(0.04*abs(k))), 3.4, from(x, y).quad(x+s[0]*14, y+s[1]*14, x+s[0]*(30-k*2.4), y+s[1]*(30+k*2.4)))
		}
		c.fill(flat(l.with.darker(0.15)), oval(x+s[0]*7, y+s[1]*7, 8, 8))
	}
}

// lamp is a table lamp.
type lamp struct{ cut lampCut }

type lampCut int

const (
	shaded   lampCut = iota // a round ceramic foot under a linen shade
	mushroom                // a glowing glass cap on a stem
	task                    // a jointed desk lamp
)

func (d lamp) draw(c *canvas, l look) {
	switch d.cut {
	case shaded:
		drawShaded(c, l)
	case mushroom:
		drawMushroom(c, l)
	case task:
		drawTask(c, l)
	}
}

func drawShaded(c *canvas, l look) {
	c.ground(214, 386, 540)
	foot := oval(middle, 430, 92, 98)
	c.fill(linear(286, 0, 314, 0, gold().lighter(0.4), gold().darker(0.3)), box(290, 270, 20, 70, 2))
	c.lit(flat(l.base), daylight().with(c.tex.clay).ball(middle, 430, 96, 0.5), foot)
	c.lit(flat(gold()), daylight().barrel(248, 352, 0.5), box(250, 520, 100, 18, 5))
	shade := from(middle, 70).line(388, 72).line(448, 306).quad(390, 322, middle, 324).whole()
	c.shadow(0, 16, 14, 0.12, shade)
	linen := hex(0xf6ead2)
	c.lit(flat(linen), daylight().with(c.tex.weave).barrel(140, 460, 0.06).shaped(func(x, y float32) float32 {
		return 0.25*gauss2((x-middle)/160, (y-230)/150, 0.7) - 0.04
	}), shade)
	c.line(flat(linen.darker(0.16)), 5, from(153, 305).quad(300, 338, 447, 305), from(213, 73).quad(300, 66, 387, 73))
}

func drawMushroom(c *canvas, l look) {
	c.ground(200, 400, 528)
	stem := from(middle, 290).line(336, 290).cube(340, 400, 360, 460, 404, 506).quad(408, 526, 390, 528).line(middle, 532).whole()
	c.lit(flat(l.base), daylight().barrel(196, 404, 0.3).rounded(c, 12, 0.2, stem), stem)
	glow := from(middle, 100).cube(420, 100, 492, 190, 496, 296).quad(496, 316, 470, 318).line(middle, 324).whole()
	c.lit(flat(l.base.lighter(0.12)), daylight().ball(middle, 250, 190, 0.42).shaped(func(x, y float32) float32 {
		return 0.32 * gauss2((x-middle)/190, (y-320)/100, 0.9)
	}), glow)
	under := oval(middle, 312, 176, 14)
	c.fill(radial(middle, 312, 176, 14, hex(0xfff6df), hex(0xffe3ad), l.base), under)
	c.line(flat(hex(0x8a8a8e)), 3, from(396, 520).cube(450, 530, 480, 540, 560, 536))
}

func drawTask(c *canvas, l look) {
	c.ground(180, 400, 536)
	foot := from(180, 524).cube(190, 492, 390, 492, 400, 524).quad(400, 540, 386, 540).line(194, 540).quad(180, 540, 180, 524)
	steel := hex(0xc7c9ce)
	for _, a := range []*path{from(290, 506).line(190, 330), from(190, 330).line(340, 170)} {
		c.shadow(4, 4, 5, 0.2, a.ribbon(10))
		c.line(flat(steel.darker(0.15)), 13, a)
		c.line(flat(steel.lighter(0.6)), 4, a.moved(-2, -2))
	}
	c.lit(flat(l.base), daylight().barrel(180, 400, 0.25).rounded(c, 12, 0.25, foot), foot)
	for _, p := range []point{{290, 504}, {190, 330}, {340, 170}} {
		c.fill(radial(p.x-4, p.y-4, 18, 18, hex(0xf2f3f5), hex(0x7c7f86)), oval(p.x, p.y, 14, 14))
	}
	glow := from(330, 262).line(500, 200).line(560, 420).quad(420, 470, 280, 440)
	c.fill(linear(420, 220, 440, 440, hex(0xffe9b0).fading(0.42), hex(0xfff3d0).fading(0)), glow)
	c.fill(radial(416, 232, 92, 40, hex(0xffffff), hex(0xffdf94)), oval(414, 230, 88, 26).turned(-20, 414, 230))
	shade := from(322, 262).cube(310, 190, 330, 140, 372, 120).cube(420, 104, 480, 140, 502, 198).cube(440, 200, 380, 222, 322, 262)
	c.shadow(0, 4, 6, 0.2, shade)
	c.lit(flat(l.base), daylight().ball(400, 200, 110, 0.5).rounded(c, 10, 0.2, shade), shade)
}

// vase holds flowers; some are shown with a few stems.
type vase struct{ cut vaseCut }

type vaseCut int

const (
	bottleVase vaseCut = iota
	ribbed
	jug
)

func (d vase) draw(c *canvas, l look) {
	var body *path
	rim := oval(middle, 206, 36, 9)
	switch d.cut {
	case ribbed:
		body = from(middle, 196).line(372, 196).cube(372, 240, 424, 280, 420, 380).cube(418, 470, 396, 520, 380, 534).line(middle, 540).whole()
		rim = oval(middle, 197, 72, 14)
	case jug:
		body = from(middle, 214).line(346, 214).cube(344, 290, 430, 320, 432, 410).cube(432, 490, 390, 536, 360, 540).line(middle, 544).whole()
		rim = oval(middle, 214, 46, 11)
	default:
		body = from(middle, 206).line(336, 206).cube(330, 290, 330, 310, 360, 340).cube(410, 390, 420, 470, 380, 534).line(middle, 540).whole()
	}
	c.ground(216, 390, 540)
	drawStems(c, l, d.cut)
	if d.cut == jug {
		hold := from(342, 250).cube(440, 220, 480, 330, 412, 374)
		c.lit(flat(l.base), daylight().with(c.tex.clay).rounded(c, 8, 0.3, hold.ribbon(20)), hold.ribbon(20))
	}
	light := daylight().with(c.tex.clay).barrel(174, 428, 0.26).rounded(c, 16, 0.22, body)
	if d.cut == ribbed {
		for k := float32(-6); k <= 6; k++ {
			light.crease(0.14, 4, middle+k*11, 170, middle+k*21, 380, middle+k*13, 560)
			light.crease(-0.08, 5, middle+k*11+5, 170, middle+k*21+8, 380, middle+k*13+5, 560)
		}
	}
	c.lit(l.surface, light, body)
	hollow := rim.mapped(func(p point) point { return point{middle + (p.x-middle)*0.86, p.y + 1} })
	c.lit(flat(l.base.lighter(0.12)), daylight(), rim)
	c.fill(flat(l.base.darker(0.45)), hollow)
	drawStemBases(c, rim.start.y)
	c.lit(l.surface, light, from(middle+(rim.start.x-middle), rim.start.y+2).quad(middle, rim.start.y+22, side-rim.start.x, rim.start.y+2).quad(middle, rim.start.y+42, rim.start.x, rim.start.y+2))
}

// drawStems draws dried grasses or eucalyptus behind the rim.
func drawStems(c *canvas, l look, cut vaseCut) {
	stem := hex(0x8a7a55)
	for k, tip := range [][2]float32{{216, 60}, {290, 34}, {372, 56}} {
		x := middle + float32(k-1)*10
		p := from(x, 230).quad(x, 140, tip[0], tip[1])
		c.line(flat(stem), 3.4, p)
		pts := p.points()
		total := length(pts)
		for j := range 9 {
			at, dir := along(pts, total*(0.34+0.66*float32(j)/9))
			for _, s := range []float32{-1, 1} {
				if cut == jug {
					c.fill(flat(hex(0x7d9a84).darker(0.1*hash(j, k))), oval(at.x+s*13*dir.y, at.y-s*13*dir.x, 11, 8).turned(s*30, at.x, at.y))
				} else {
					c.line(flat(hex(0xdcc393).darker(0.2*hash(j, k))), 4, from(at.x, at.y).quad(at.x+s*6, at.y-12, at.x+s*9+dir.x*20, at.y-24))
				}
			}
		}
	}
}

func drawStemBases(c *canvas, y float32) {
	for k := float32(-1); k <= 1; k++ {
		c.line(flat(hex(0x7d6e4c)), 3.4, from(middle+k*10, y+6).line(middle+k*10, y-14))
	}
}
