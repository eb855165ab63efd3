package demo

// tee is a T-shirt or tank top of jersey.
type tee struct {
	neck    neckline
	sleeve  sleeve
	fit     fit
	pocket  bool
	graphic graphic
}

// fit is how much room a garment leaves.
type fit int

const (
	regular fit = iota
	slim
	boxy
	kids
)

// torso returns the body for a fit.
func (f fit) torso() torso {
	t := adult()
	switch f {
	case slim:
		t.shoulder, t.chest, t.waist, t.hem = 108, 98, 86, 96
	case boxy:
		t.shoulder, t.chest, t.waist, t.hem, t.hemline, t.pit = 142, 132, 130, 130, 486, 234
	case kids:
		t.neck, t.shoulder, t.chest, t.waist, t.hem = 50, 106, 102, 104, 110
		t.top, t.tip, t.pit, t.waistline, t.hemline = 130, 156, 234, 330, 454
	}
	return t
}

func (d tee) draw(c *canvas, l look) {
	c.zoomed(1.1, func() { d.sew(c, l) })
}

func (d tee) sew(c *canvas, l look) {
	t := d.fit.torso()
	t.neckline, t.sleeve = d.neck, d.sleeve
	if d.sleeve == sleeveless {
		t.shoulder, t.neck = t.neck+34, t.neck+4
		t.tip = t.top + 8
	}
	body := t.outline()
	t.shade(c, body)
	t.drawBack(c, l)
	c.trim(l.base.darker(0.2), 9, c.tex.jersey, t.backEdge().moved(0, 3))
	t.drawArms(c, l, c.tex.jersey)
	c.lit(l.surface, t.draped(c, body).with(c.tex.jersey), body)
	if d.sleeve != sleeveless {
		t.armSeam(c, l)
	}
	collar := l.base
	c.trim(collar.darker(0.03), 12, c.tex.jersey, t.neckWhole())
	if d.sleeve == sleeveless {
		edge := from(middle+t.shoulder, t.tip).cube(middle+t.shoulder-9, t.tip+(t.pit-t.tip)*0.42, middle+t.chest-10, t.pit-26, middle+t.chest, t.pit)
		for _, e := range both(edge) {
			c.line(flat(l.base.darker(0.07)), 8, e)
		}
	}
	t.hemStitch(c, l)
	if d.pocket {
		patchPocket(c, l, t, l.surface)
	}
	d.graphic.draw(c, l, t)
}

// patchPocket sews a pocket on the wearer's left breast.
func patchPocket(c *canvas, l look, t torso, ink paint) {
	x, y := middle+t.chest*0.2, t.pit-12
	w, h := t.chest*0.5, t.chest*0.56
	shape := from(x, y).line(x+w, y).line(x+w, y+h*0.82).line(x+w/2, y+h).line(x, y+h*0.82)
	c.shadow(1, 2, 3, 0.16, shape)
	c.lit(ink, daylight().with(c.tex.jersey).rounded(c, 5, 0.12, shape), shape)
	c.stitch(flat(l.thread()), from(x+3, y+8).line(x+w-3, y+8),
		from(x+2.5, y+2).line(x+2.5, y+h*0.8).line(x+w/2, y+h-3).line(x+w-2.5, y+h*0.8).line(x+w-2.5, y+2))
}

// polo is a knitted shirt with a collar and two or three buttons.
type polo struct {
	sleeve sleeve
	fit    fit
}

func (d polo) draw(c *canvas, l look) {
	c.zoomed(1.1, func() { d.sew(c, l) })
}

func (d polo) sew(c *canvas, l look) {
	t := d.fit.torso()
	t.sleeve = d.sleeve
	body := t.outline()
	t.shade(c, body)
	t.drawBack(c, l)
	t.drawArms(c, l, c.tex.weave)
	c.lit(l.surface, t.draped(c, body).with(c.tex.weave), body)
	t.armSeam(c, l)
	o, i := t.cuff()
	cuff := from(o.x-3, o.y-6).quad((o.x+i.x)/2, (o.y+i.y)/2-2, i.x-2, i.y-6)
	c.trim(l.base.darker(0.05), 12, c.tex.rib, cuff)
	c.trim(l.base.darker(0.05), 12, c.tex.rib, cuff.flipped())
	t.hemStitch(c, l)

	strip := box(middle-13, t.top+26, 26, 104, 2)
	c.lit(flat(l.base), daylight().rounded(c, 5, 0.16, strip), strip)
	c.stitch(flat(l.thread()), from(middle-10, t.top+30).line(middle-10, t.top+127).line(middle+10, t.top+127).line(middle+10, t.top+30))
	for k := range 3 {
		button(c, middle, t.top+62+float32(k)*26, 4.6, hex(0xefece4))
	}
	drawCollar(c, l.base.darker(0.02), t, 52, 20, c.tex.rib)
}

// button is a small sewn disc with four holes.
func button(c *canvas, x, y, r float32, ink rgba) {
	c.shadow(0.5, 1.5, 2, 0.3, oval(x, y, r, r))
	c.fill(linear(x-r, y-r, x+r, y+r, ink.lighter(0.3), ink.darker(0.18)), oval(x, y, r, r))
	c.fill(flat(ink.darker(0.1)), oval(x, y, r*0.66, r*0.66))
	h := ink.darker(0.55)
	c.fill(flat(h), oval(x-r*0.25, y-r*0.25, r*0.14, r*0.14), oval(x+r*0.25, y-r*0.25, r*0.14, r*0.14),
		oval(x-r*0.25, y+r*0.25, r*0.14, r*0.14), oval(x+r*0.25, y+r*0.25, r*0.14, r*0.14))
}

// drawCollar draws the two leaves of a turned-down collar: reach is how far its
// points come down, spread how far apart they stand.
func drawCollar(c *canvas, ink rgba, t torso, reach, spread float32, grain *texture) {
	back := from(middle-t.neck-3, t.top+6).cube(middle-t.neck*0.7, t.top-20, middle+t.neck*0.7, t.top-20, middle+t.neck+3, t.top+6).
		cube(middle+t.neck*0.5, t.top+22, middle-t.neck*0.5, t.top+22, middle-t.neck-3, t.top+6)
	c.lit(flat(ink.darker(0.16)), daylight().with(grain), back)
	leaf := from(middle+3, t.top+34).
		cube(middle+t.neck*0.5, t.top+28, middle+t.neck*0.9, t.top+12, middle+t.neck*0.86, t.top-8).
		quad(middle+t.neck+8, t.top-4, middle+t.neck+10, t.top+8).
		quad(middle+t.neck*0.8, t.top+reach*0.75, middle+spread+t.neck*0.35, t.top+34+reach).
		quad(middle+t.neck*0.4, t.top+38+reach*0.3, middle+3, t.top+34)
	for _, p := range both(leaf) {
		c.shadow(1, 4, 5, 0.26, p)
		c.lit(flat(ink), daylight().with(grain).rounded(c, 6, 0.16, p), p)
	}
	edge := from(middle+t.neck+5, t.top+9).
		quad(middle+t.neck*0.8-4, t.top+reach*0.75-2, middle+spread+t.neck*0.35-2, t.top+28+reach).
		quad(middle+t.neck*0.4, t.top+33+reach*0.3, middle+8, t.top+32)
	c.stitch(flat(seam(ink)), edge, edge.flipped())
}
