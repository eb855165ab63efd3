package demo

// skirt is a skirt; its cut decides the shape.
type skirt struct {
	cut skirtCut
}

type skirtCut int

const (
	aline skirtCut = iota
	pleated
	pencil
	tiered
	jean
)

func (d skirt) draw(c *canvas, l look) {
	f := flare{waist: 78, hip: 122, hem: 158, top: 132, end: 452, waves: 4}
	grain := c.tex.weave
	switch d.cut {
	case pleated:
		f = flare{waist: 72, hip: 100, hem: 150, top: 84, end: 530, waves: 9}
	case pencil:
		f = flare{waist: 84, hip: 122, hem: 96, top: 112, end: 482}
	case tiered:
		f = flare{waist: 70, hip: 118, hem: 178, top: 66, end: 546, waves: 8}
	case jean:
		f = flare{waist: 92, hip: 126, hem: 142, top: 152, end: 428}
		grain, l = c.tex.denim, l.washed()
	}
	body := f.outline()
	c.shadow(5, 10, 9, 0.17, body)
	c.fill(flat(l.base.darker(0.4)), oval(middle, f.top+1, f.waist-1, 9))
	lamp := daylight().with(grain).rounded(c, 24, 0.28, body)
	switch d.cut {
	case pleated:
		f.folded(lamp, 0.3)
	case pencil, jean:
		lamp.crease(0.09, 9, middle-f.hip, f.top+96, middle-30, f.top+116, middle+30, f.top+100).
			fold(0.06, 18, middle+30, f.top+60, middle+40, f.top+180, middle+28, f.end).
			pair(-0.06, 20, middle+52, f.top+60, middle+60, f.top+160, middle+52, f.end-60)
	default:
		f.folded(lamp, 0.18)
	}
	c.lit(l.surface, lamp, body)
	d.drawDetails(c, l, f, body)
}

func (d skirt) drawDetails(c *canvas, l look, f flare, body *path) {
	band := from(middle, f.top+5).quad(middle+f.waist*0.6, f.top+4, middle+f.waist, f.top-2).line(middle+f.waist+4, f.top+22).
		quad(middle+f.waist*0.6, f.top+29, middle, f.top+30).whole()
	c.lit(l.surface.darker(0.03), daylight().rounded(c, 8, 0.16, band), band)
	c.line(flat(hex(0).fading(0.2)), 1.5, from(middle-f.waist-4, f.top+22).quad(middle, f.top+37, middle+f.waist+4, f.top+22))
	switch d.cut {
	case tiered:
		for _, u := range []float32{0.34, 0.66} {
			dress{}.drawTier(c, f, body, f.top+(f.end-f.top)*u)
		}
	case pencil:
		c.line(flat(hex(0).fading(0.3)), 2, from(middle+46, f.end-88).line(middle+48, f.end+3))
	case jean:
		d.drawJean(c, l, f)
	}
}

// drawJean sews fly, pockets and hems in gold thread.
func (d skirt) drawJean(c *canvas, l look, f flare) {
	gold := flat(hex(0xd09a52))
	c.stitch(gold, from(middle-f.hem+4, f.end-14).quad(middle, f.end-4, middle+f.hem-4, f.end-14),
		from(middle, f.top+32).line(middle, f.end), from(middle+4, f.top+32).line(middle+4, f.end))
	pocket := from(middle+f.waist-34, f.top+28).quad(middle+f.waist-22, f.top+64, middle+f.waist+16, f.top+66)
	for _, p := range both(pocket) {
		c.line(flat(hex(0).fading(0.25)), 1.6, p)
		c.stitch(gold, p.moved(0, 4))
	}
	for k := range 5 {
		button(c, middle, f.top+17+float32(k)*54, 6, hex(0xb98d5a))
	}
}

// trousers are jeans, chinos, joggers, shorts: legs seen from the front.
type trousers struct {
	leg   leg
	denim bool
	cord  bool // an elastic waist with a drawstring
	crisp bool // pressed front creases and pleats
	cargo bool
	short bool
	small bool // a child's
}

// leg is the width of trouser legs.
type leg int

const (
	straight leg = iota
	skinny
	wide
	tapered
)

// legs measures trousers: half widths and heights.
type legs struct {
	waist, hip, outer, inner float32
	top, crotch, end         float32
}

func (d trousers) legs() legs {
	g := legs{waist: 76, hip: 100, outer: 106, inner: 36, top: 52, crotch: 214, end: 556}
	switch d.leg {
	case skinny:
		g.hip, g.outer, g.inner = 94, 84, 36
	case wide:
		g.hip, g.outer, g.inner = 106, 148, 26
	case tapered:
		g.hip, g.outer, g.inner = 106, 86, 30
	}
	if d.short {
		g = legs{waist: 96, hip: 126, outer: 138, inner: 16, top: 132, crotch: 306, end: 430}
	}
	if d.small {
		g.top, g.crotch, g.end = g.top+56, g.crotch+52, g.end-48
	}
	return g
}

func (g legs) outline() *path {
	knee := g.crotch + (g.end-g.crotch)*0.45
	return from(middle, g.top+6).quad(middle+g.waist*0.6, g.top+5, middle+g.waist, g.top).
		cube(middle+g.waist+10, g.top+40, middle+g.hip, g.top+84, middle+g.hip+1, g.crotch-18).
		cube(middle+g.hip+2, g.crotch+60, middle+(g.hip+g.outer)/2, knee, middle+g.outer, g.end).
		quad(middle+(g.outer+g.inner)/2, g.end+8, middle+g.inner, g.end).
		cube(middle+g.inner-4, knee+30, middle+12, g.crotch+60, middle, g.crotch).whole()
}

func (d trousers) draw(c *canvas, l look) {
	if d.denim {
		l = l.washed()
	}
	g := d.legs()
	body := g.outline()
	c.shadow(5, 9, 8, 0.18, body)
	c.fill(flat(l.base.darker(0.42)), oval(middle, g.top+2, g.waist-1, 9))
	grain := c.tex.weave
	if d.denim {
		grain = c.tex.denim
	} else if d.cord {
		grain = c.tex.jersey
	}
	c.lit(l.surface, d.lamp(c, g, body).with(grain), body)
	c.line(flat(hex(0).fading(0.22)), 1.6, from(middle, g.top+30).line(middle, g.crotch))
	d.drawWaist(c, l, g, grain)
	d.drawPockets(c, l, g)
	d.drawHems(c, l, g)
}

// lamp lights the legs: folds at the crotch, the knees and above the hem.
func (d trousers) lamp(c *canvas, g legs, body *path) *light {
	x := float32(middle)
	legX := (g.outer + g.inner) / 2
	knee := g.crotch + (g.end-g.crotch)*0.45
	lamp := daylight().rounded(c, 20, 0.3, body).
		pair(0.16, 8, x+2, g.crotch-6, x+26, g.crotch-22, x+62, g.crotch-44).
		pair(0.12, 8, x+4, g.crotch+8, x+32, g.crotch+2, x+72, g.crotch-10).
		crease(0.14, 10, x, g.crotch-30, x, g.crotch+10, x, g.crotch+70)
	if !d.short && d.leg != wide {
		lamp.pair(0.09, 8, x+g.inner-2, knee, x+legX, knee+14, x+g.outer, knee-6).
			pair(0.07, 7, x+g.inner, knee+30, x+legX*0.9, knee+36, x+legX*1.2, knee+24).
			pair(0.09, 6, x+g.inner, g.end-34, x+legX, g.end-22, x+g.outer, g.end-36)
	}
	if d.denim {
		lamp.pair(-0.16, 26, x+legX*0.84, g.crotch-50, x+legX*0.9, g.crotch+60, x+legX, knee+40)
	}
	if d.crisp {
		lamp.pair(-0.16, 3.5, x+legX*0.78, g.top+60, x+legX*0.9, g.crotch+40, x+legX, g.end+90).
			pair(0.12, 5, x+legX*0.78+7, g.top+60, x+legX*0.9+7, g.crotch+40, x+legX+7, g.end+90)
	}
	if d.leg == wide {
		lamp.pair(0.1, 12, x+legX*0.5, g.crotch+40, x+legX*0.6, knee, x+legX*0.66, g.end+40).
			pair(0.1, 13, x+legX*1.2, g.crotch, x+legX*1.3, knee, x+legX*1.44, g.end+40)
	}
	return lamp
}

func (d trousers) drawWaist(c *canvas, l look, g legs, grain *texture) {
	band := from(middle, g.top+8).quad(middle+g.waist*0.6, g.top+7, middle+g.waist, g.top-1).line(middle+g.waist+5, g.top+23).
		quad(middle+g.waist*0.6, g.top+31, middle, g.top+32).whole()
	if d.cord {
		grain = c.tex.rib
	}
	c.lit(flat(l.base.darker(0.02)), daylight().with(grain).rounded(c, 8, 0.16, band), band)
	c.line(flat(hex(0).fading(0.22)), 1.5, from(middle-g.waist-5, g.top+23).quad(middle, g.top+39, middle+g.waist+5, g.top+23))
	if d.cord {
		for _, s := range []float32{-1, 1} {
			cord := from(middle+s*10, g.top+20).cube(middle+s*20, g.top+40, middle+s*6, g.top+60, middle+s*14, g.top+88)
			c.shadow(2, 2, 2, 0.25, cord.ribbon(4))
			c.line(flat(l.base.to(hex(0xffffff), 0.6)), 4, cord)
		}
		return
	}
	for _, x := range []float32{0.52, -0.52, 0.93, -0.93} {
		loop := box(middle+x*g.waist-3.5, g.top+1, 7, 29, 1.5)
		c.lit(flat(l.base), daylight().with(grain).rounded(c, 3, 0.3, loop), loop)
	}
	button(c, middle+2, g.top+20, 6, d.metal())
	fly := from(middle+22, g.top+32).cube(middle+22, g.top+80, middle+20, g.top+100, middle, g.top+114)
	c.stitch(d.thread(l), fly, fly.moved(-4, -1))
}

func (d trousers) metal() rgba {
	if d.denim {
		return hex(0xb98d5a)
	}
	return hex(0x5d4a3a)
}

func (d trousers) thread(l look) paint {
	if d.denim && l.base.luma() < 0.75 {
		return flat(hex(0xd09a52))
	}
	return flat(l.thread().fading(0.85))
}

func (d trousers) drawPockets(c *canvas, l look, g legs) {
	pocket := from(middle+g.waist-34, g.top+30).quad(middle+g.waist-24, g.top+62, middle+g.waist+15, g.top+66)
	if !d.denim {
		pocket = from(middle+g.waist-24, g.top+30).line(middle+g.hip-4, g.top+96)
	}
	for _, p := range both(pocket) {
		c.line(flat(hex(0).fading(0.26)), 1.7, p)
		c.stitch(d.thread(l), p.moved(0, 4))
	}
	if !d.cargo {
		return
	}
	knee := g.crotch + (g.end-g.crotch)*0.1
	pouch := box(middle+g.hip-50, knee, 54, 74, 5)
	flap := box(middle+g.hip-53, knee-6, 60, 24, 5)
	for _, p := range []*path{pouch, pouch.flipped(), flap, flap.flipped()} {
		c.shadow(0, 3, 4, 0.28, p)
		c.lit(l.surface, daylight().with(c.tex.weave).rounded(c, 7, 0.18, p), p)
	}
	button(c, middle+g.hip-23, knee+9, 4.5, d.metal())
	button(c, side-middle-g.hip+23, knee+9, 4.5, d.metal())
}

func (d trousers) drawHems(c *canvas, l look, g legs) {
	end := from(middle+g.outer+1, g.end-12).quad(middle+(g.outer+g.inner)/2, g.end-4, middle+g.inner-1, g.end-12)
	for _, p := range both(end) {
		if d.cord && !d.short {
			c.trim(l.base.darker(0.04), 24, c.tex.rib, p)
			continue
		}
		c.stitch(d.thread(l), p)
	}
}
