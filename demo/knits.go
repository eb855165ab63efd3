package demo

// sweater is a pullover or cardigan of wool or cotton yarn.
type sweater struct {
	neck     neckline
	fit      fit
	cardigan bool
	cable    bool // braided cables down the front
	yoke     bool // a patterned band around the shoulders in the second colour
}

func (d sweater) draw(c *canvas, l look) {
	c.zoomed(1.1, func() { d.sew(c, l) })
}

func (d sweater) sew(c *canvas, l look) {
	t := d.fit.torso()
	t.neckline, t.sleeve, t.puff = d.neck, long, 8
	t.hemline -= 14
	if d.cardigan {
		t.neckline = vneck
	}
	body := t.outline()
	t.shade(c, body)
	if d.neck != turtle || d.cardigan {
		t.drawBack(c, l)
		c.trim(l.base.darker(0.18), 13, c.tex.rib, t.backEdge().moved(0, 3))
	}
	t.drawArms(c, l, c.tex.knit)
	t.ribCuffs(c, l.base)
	lamp := t.draped(c, body).with(c.tex.knit)
	if d.cable {
		for _, x := range []float32{middle - 46, middle, middle + 46} {
			cableUp(lamp, x, t.top+50, t.hemline)
		}
	}
	c.lit(l.surface, lamp, body)
	if d.yoke {
		drawYoke(c, l, t, body)
	}
	t.armSeam(c, l)
	t.ribHem(c, l.base, body, 30)
	d.drawNeck(c, l, t)
}

// cableUp twists two strands of light around each other.
func cableUp(lamp *light, x, top, end float32) {
	for y := top; y < end; y += 34 {
		lamp.fold(0.13, 6, x-11, y, x-6, y+17, x+11, y+34)
		lamp.fold(0.13, 6, x+11, y+4, x+8, y+14, x+3, y+16)
	}
	lamp.crease(0.13, 5, x-17, top, x-17, end/2, x-17, end).crease(0.13, 5, x+17, top, x+17, end/2, x+17, end)
}

// drawYoke knits rows of small motifs around the shoulders.
func drawYoke(c *canvas, l look, t torso, body *path) {
	pale := l.with.to(hex(0xffffff), 0.35)
	c.within(body, func() {
		for row, y := range []float32{62, 86, 112, 134} {
			for k := float32(-7); k <= 7; k++ {
				x := middle + k*22 + float32(row%2)*11
				cy := t.top + y - abs(x-middle)*0.16
				motif := from(x, cy-9).line(x+8, cy).line(x, cy+9).line(x-8, cy)
				ink := l.with
				if row%2 == 1 {
					motif, ink = from(x, cy-5).line(x+4, cy).line(x, cy+5).line(x-4, cy), pale
				}
				c.lit(flat(ink), t.draped(c, body).with(c.tex.knit), motif)
			}
		}
	})
}

func (d sweater) drawNeck(c *canvas, l look, t torso) {
	switch {
	case d.cardigan:
		drawButtonBand(c, l, t)
	case d.neck == turtle:
		roll := from(middle-t.neck-2, t.top+22).quad(middle-t.neck-8, t.top-26, middle-t.neck+4, t.top-42).
			quad(middle, t.top-34, middle+t.neck-4, t.top-42).quad(middle+t.neck+8, t.top-26, middle+t.neck+2, t.top+22).
			quad(middle, t.top+52, middle-t.neck-2, t.top+22)
		c.shadow(0, 5, 5, 0.22, roll)
		c.lit(flat(l.base), daylight().with(c.tex.rib).rounded(c, 14, 0.3, roll).
			crease(0.12, 8, middle-t.neck, t.top-6, middle, t.top+20, middle+t.neck, t.top-6), roll)
	default:
		c.trim(l.base.darker(0.03), 17, c.tex.rib, t.neckWhole())
	}
}

// drawButtonBand closes a cardigan with a ribbed band and five buttons.
func drawButtonBand(c *canvas, l look, t torso) {
	base := t.top + t.depth()
	end := t.hemline + t.bend
	c.trim(l.base.darker(0.03), 17, c.tex.rib, t.neckWhole())
	band := box(middle-11, base-6, 22, end-base+6, 3)
	c.shadow(-2, 2, 3, 0.2, band)
	c.lit(flat(l.base.darker(0.02)), daylight().with(c.tex.rib.across()).rounded(c, 5, 0.16, band), band)
	for k := range 5 {
		button(c, middle, base+12+float32(k)*(end-base-34)/4, 6.4, hex(0x6b4a33))
	}
}

// across is the texture turned by a quarter.
func (t *texture) across() *texture {
	var out texture
	for y := range grain {
		for x := range grain {
			out[y*grain+x] = t[x*grain+y]
		}
	}
	return &out
}

// ribHem knits a ribbed band at the bottom of the body.
func (t torso) ribHem(c *canvas, ink rgba, body *path, height float32) {
	y := t.hemline - height
	c.within(body, func() {
		band := box(middle-t.hem-20, y, 2*t.hem+40, height+t.bend+4, 0)
		c.lit(flat(ink), daylight().with(c.tex.rib).rounded(c, 18, 0.22, body), band)
		c.line(flat(hex(0).fading(0.22)), 1.6, from(middle-t.hem-20, y).line(middle+t.hem+20, y))
	})
}

// ribCuffs knits ribbed bands at the wrists.
func (t torso) ribCuffs(c *canvas, ink rgba) {
	o, i := t.cuff()
	edge := from(o.x-2, o.y-12).quad((o.x+i.x)/2, (o.y+i.y)/2-8, i.x+1, i.y-14)
	for _, p := range both(edge) {
		c.trim(ink.darker(0.04), 28, c.tex.rib, p)
		c.line(flat(hex(0).fading(0.2)), 1.5, p.offset(14), p.offset(-14))
	}
}

// hoodie is a sweatshirt, with a hood or without.
type hoodie struct {
	fit     fit
	hood    bool
	zip     bool
	graphic graphic
}

func (d hoodie) draw(c *canvas, l look) {
	c.zoomed(1.06, func() { d.sew(c, l) })
}

func (d hoodie) sew(c *canvas, l look) {
	t := d.fit.torso()
	t.sleeve, t.puff = long, 12
	t.hemline -= 10
	if d.hood {
		t.top, t.neck = t.top+8, t.neck+2
	}
	body := t.outline()
	t.shade(c, body)
	t.drawBack(c, l)
	t.drawArms(c, l, c.tex.jersey)
	t.ribCuffs(c, l.base)
	c.lit(l.surface, t.draped(c, body).with(c.tex.jersey), body)
	t.armSeam(c, l)
	t.ribHem(c, l.base, body, 32)
	if d.hood {
		drawHood(c, l, t)
		d.drawPouch(c, l, t)
	} else {
		c.trim(l.base.darker(0.03), 15, c.tex.rib, t.neckWhole())
		c.stitch(flat(l.thread()), from(middle-12, t.top+46).line(middle, t.top+68).line(middle+12, t.top+46))
	}
	if d.zip {
		zipper(c, middle, t.top+38, t.hemline+t.bend, hex(0xc9ccd2))
	} else if d.hood {
		drawCords(c, l, t)
	}
	d.graphic.draw(c, l, t)
}

// drawHood draws a hood that stands open behind the neck and crosses in front.
func drawHood(c *canvas, l look, t torso) {
	x, y := float32(middle), t.top
	outer := from(x, y-66).cube(x+52, y-66, x+82, y-26, x+76, y+14).cube(x+70, y+40, x+30, y+54, x, y+62).whole()
	c.shadow(0, 6, 6, 0.25, outer)
	c.lit(flat(l.base), daylight().with(c.tex.jersey).rounded(c, 16, 0.34, outer).
		pair(0.12, 9, x+70, y-6, x+52, y+28, x+18, y+50).
		pair(-0.06, 8, x+44, y-46, x+66, y-16, x+62, y+12), outer)
	hole := from(x, y-40).cube(x+34, y-40, x+52, y-18, x+46, y+6).cube(x+38, y+26, x+14, y+36, x, y+42).whole()
	c.fill(linear(0, y-44, 0, y+44, l.base.darker(0.52), l.base.darker(0.34)), hole)
	c.line(flat(hex(0).fading(0.14)), 2, hole)
	rim := from(x, y+42).cube(x+14, y+36, x+38, y+26, x+46, y+6).cube(x+52, y-18, x+34, y-40, x, y-40)
	for _, p := range both(rim.offset(-7)) {
		c.stitch(flat(l.thread()), p)
	}
	c.fill(flat(hex(0xf4f2ec)), box(x-13, y-30, 26, 14, 2))
	c.line(flat(hex(0).fading(0.2)), 1.6, from(x, y+42).line(x, y+62))
}

func drawCords(c *canvas, l look, t torso) {
	ink := l.base.to(hex(0xffffff), 0.55)
	if l.base.luma() > 0.6 {
		ink = l.base.darker(0.14)
	}
	for _, s := range []float32{-1, 1} {
		x, y := middle+s*20, t.top+46
		cord := from(x, y).cube(x+s*3, y+26, x-s*2, y+52, x+s*2, y+84)
		c.shadow(2, 2, 2, 0.25, cord.ribbon(4))
		c.line(flat(ink), 4, cord)
		c.fill(flat(hex(0xb9bcc2)), box(x+s*2-3, y+82, 6, 14, 2), oval(x, y, 4, 4))
		c.fill(flat(hex(0x5a5d63)), oval(x, y, 2, 2))
	}
}

// drawPouch sews a kangaroo pocket.
func (d hoodie) drawPouch(c *canvas, l look, t torso) {
	w, top, end := t.chest*0.66, t.hemline-122, t.hemline-32
	pouch := from(middle+w*0.6, top).quad(middle+w*0.72, top+40, middle+w, top+56).line(middle+w, end).line(middle, end).
		whole().join(from(middle-w*0.6, top).line(middle, top))
	c.shadow(0, 3, 4, 0.22, pouch)
	c.lit(l.surface, daylight().with(c.tex.jersey).rounded(c, 9, 0.14, pouch), pouch)
	edge := from(middle+w*0.6-4, top+2).quad(middle+w*0.72-5, top+42, middle+w-1, top+62)
	c.stitch(flat(l.thread()), edge, edge.flipped(), from(middle-w*0.58, top+4).line(middle+w*0.58, top+4))
}

// zipper draws a metal zip from y0 down to y1 with its puller.
func zipper(c *canvas, x, y0, y1 float32, metal rgba) {
	c.fill(flat(hex(0).fading(0.28)), box(x-6, y0, 12, y1-y0, 0))
	c.line(flat(metal), 5, from(x, y0).line(x, y1))
	c.fill(flat(metal.darker(0.45)), from(x, y0).line(x, y1).dashes(2, 2.4, 4)...)
	c.fill(linear(x-5, 0, x+5, 0, metal.lighter(0.4), metal.darker(0.3)), box(x-5, y0+2, 10, 12, 3), box(x-3.4, y0+13, 6.8, 20, 3))
}
