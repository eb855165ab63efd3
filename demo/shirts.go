package demo

// shirt is a woven shirt or blouse with a buttoned front.
type shirt struct {
	sleeve sleeve
	fit    fit
	camp   bool // an open camp collar
	pocket bool
	denim  bool // flap pockets and contrast thread
	bow    bool // a tied bow at the neck in place of a collar
}

func (d shirt) draw(c *canvas, l look) {
	c.zoomed(1.1, func() { d.sew(c, l) })
}

func (d shirt) sew(c *canvas, l look) {
	t := d.fit.torso()
	t.sleeve, t.bend, t.hemline = d.sleeve, 24, t.hemline-6
	if d.camp {
		t.bend = 6
	}
	grain := c.tex.weave
	if d.denim {
		grain, l = c.tex.denim, l.washed()
	}
	body := t.outline()
	t.shade(c, body)
	t.drawBack(c, l)
	t.drawArms(c, l, grain)
	if d.sleeve == long {
		t.drawCuffs(c, l, 26, grain)
	}
	c.lit(l.surface, t.draped(c, body).with(grain), body)
	t.armSeam(c, l)
	t.hemStitch(c, l)
	d.drawFront(c, l, t, grain)
	d.drawCollar(c, l, t, grain)
}

// drawFront draws the button band and the pockets.
func (d shirt) drawFront(c *canvas, l look, t torso, grain *texture) {
	top := t.top + 30
	strip := box(middle-12, top, 24, t.hemline+t.bend-top-1, 1)
	c.lit(l.surface, daylight().with(grain).rounded(c, 5, 0.12, strip).
		crease(0.08, 12, middle-40, t.waistline, middle, t.waistline+10, middle+40, t.waistline+4), strip)
	c.line(flat(hex(0).fading(0.13)), 1.2, from(middle-12, top).line(middle-12, t.hemline+t.bend))
	thread := flat(l.thread().fading(0.8))
	if d.denim {
		thread = flat(hex(0xc98a45))
	}
	c.stitch(thread, from(middle-8.5, top).line(middle-8.5, t.hemline+t.bend-3), from(middle+8.5, top).line(middle+8.5, t.hemline+t.bend-3))
	ink := hex(0xf1eee6)
	if l.base.luma() > 0.8 {
		ink = hex(0xd9d2c4)
	}
	for y := top + 42; y < t.hemline-16; y += 52 {
		button(c, middle, y, 4.4, ink)
	}
	if d.pocket || d.denim {
		patchPocket(c, l, t, l.surface)
	}
	if d.denim {
		c.placed(-1, side, 0, func() { patchPocket(c, l, t, l.surface) })
	}
}

func (d shirt) drawCollar(c *canvas, l look, t torso, grain *texture) {
	switch {
	case d.bow:
		drawBow(c, l, middle, t.top+40)
	case d.camp:
		d.drawCamp(c, l, t, grain)
	default:
		drawCollar(c, l.base.darker(0.01), t, 40, 14, grain)
		button(c, middle, t.top+42, 4, hex(0xf1eee6))
	}
}

// drawCamp draws an open collar that lies flat in two notched lapels.
func (d shirt) drawCamp(c *canvas, l look, t torso, grain *texture) {
	inside := from(middle-t.neck, t.top).quad(middle, t.top+16, middle+t.neck, t.top).quad(middle+22, t.top+60, middle, t.top+102).
		quad(middle-22, t.top+60, middle-t.neck, t.top)
	c.fill(linear(0, t.top, 0, t.top+100, l.base.darker(0.38), l.base.darker(0.26)), inside)
	leaf := from(middle, t.top+104).quad(middle+24, t.top+56, middle+t.neck-6, t.top-6).line(middle+t.neck+8, t.top+2).
		line(middle+t.neck+26, t.top+52).line(middle+46, t.top+50).line(middle+52, t.top+72).quad(middle+30, t.top+86, middle, t.top+104)
	for _, p := range both(leaf) {
		c.shadow(0, 3, 4, 0.22, p)
		c.lit(l.surface.turned(20, middle, t.top), daylight().with(grain).rounded(c, 5, 0.14, p), p)
	}
}

// drawBow ties a soft bow with two hanging ends.
func drawBow(c *canvas, l look, x, y float32) {
	band := from(x-48, y-32).quad(x, y+12, x+48, y-32)
	c.line(flat(l.base.darker(0.06)), 15, band)
	tail := from(x+2, y).cube(x+14, y+20, x+8, y+70, x+24, y+118).line(x+50, y+104).cube(x+34, y+70, x+30, y+26, x+8, y-4)
	loop := from(x, y).cube(x+20, y-34, x+66, y-34, x+70, y-8).cube(x+72, y+22, x+26, y+22, x, y+4)
	for _, p := range []*path{tail, tail.flipped(), loop, loop.flipped()} {
		c.shadow(1, 3, 4, 0.24, p)
		c.lit(l.surface, daylight().rounded(c, 9, 0.3, p).crease(0.14, 5, x-60, y-6, x, y, x+60, y-6), p)
	}
	knot := box(x-11, y-13, 22, 25, 8)
	c.shadow(0, 2, 3, 0.25, knot)
	c.lit(l.surface, daylight().rounded(c, 6, 0.25, knot), knot)
}

// drawCuffs draws bands at the end of long sleeves.
func (t torso) drawCuffs(c *canvas, l look, height float32, grain *texture) {
	o, i := t.cuff()
	h := height / 2
	edge := from(o.x+1, o.y-h+2).quad((o.x+i.x)/2, (o.y+i.y)/2-h+6, i.x-2, i.y-h)
	for _, p := range both(edge) {
		band := p.ribbon(height)
		c.lit(l.surface.darker(0.03), daylight().with(grain).rounded(c, 7, 0.24, band), band)
		up := p.offset(h)
		c.line(flat(hex(0).fading(0.2)), 1.3, up, p.offset(-h))
	}
}
