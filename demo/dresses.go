package demo

// flare is a skirt part seen from the front: half widths at the waist and hem,
// heights, and how many waves the hem falls in.
type flare struct {
	waist, hip, hem float32
	top, end        float32
	waves           int
}

// outline is the skirt's shape; the hem swings with its waves.
func (f flare) outline() *path {
	p := from(middle, f.top).line(middle+f.waist, f.top)
	return f.down(p).whole()
}

// down continues a right half from the waist to the middle of the hem.
func (f flare) down(p *path) *path {
	height := f.end - f.top
	p.cube(middle+f.hip, f.top+height*0.2, middle+f.hip+(f.hem-f.hip)*0.5, f.top+height*0.6, middle+f.hem, f.end-8)
	n := f.waves
	if n == 0 {
		return p.quad(middle+f.hem*0.5, f.end+3, middle, f.end+3)
	}
	step := f.hem / float32(n)
	for k := n - 1; k >= 0; k-- {
		x := middle + float32(k)*step
		sag := 2 + 9*(1-float32(k)/float32(n))
		p.cube(x+step*0.7, f.end+sag+5, x+step*0.35, f.end+sag+5, x, f.end+sag-1)
	}
	return p
}

// folded adds the folds that run from the waist to the waves of the hem.
func (f flare) folded(l *light, depth float32) *light {
	n := max(f.waves, 2)
	for k := -n; k <= n; k++ {
		u := float32(k) / float32(n)
		x0, x1 := middle+u*f.waist*0.9, middle+u*f.hem*0.97
		width := 6 + f.hem/float32(n)*0.16
		l.along(width, x0, f.top-10, middle+u*f.hip*0.95, f.top+(f.end-f.top)*0.4, x1, f.end+30, func(d, t float32) float32 {
			return -depth * (0.35 + 0.65*t) * (gauss(d) - 0.55*gauss(d-1.6)) * smoothstep(0, 0.2, t)
		})
	}
	return l
}

// dress is a dress; its cut decides the shape.
type dress struct {
	cut    dressCut
	neck   neckline
	sleeve sleeve
	length float32 // where the hem ends; 420 is mini, 500 midi, 570 maxi
	belt   bool
}

type dressCut int

const (
	swing  dressCut = iota // fitted above, flared below
	slip                   // thin straps, close and straight
	tiers                  // gathered in three tiers
	sheath                 // narrow to the knee
	buttoned
)

func (d dress) draw(c *canvas, l look) {
	c.zoomed(min(1.15, 520/(d.length-40)), func() {
		c.placed(1, 0, middle-(d.length+46)/2, func() { d.sew(c, l) })
	})
}

func (d dress) sew(c *canvas, l look) {
	t := torso{neck: 44, shoulder: 92, chest: 82, waist: 66, hem: 66, top: 46, tip: 70, pit: 152,
		waistline: 236, hemline: 238, neckline: d.neck, sleeve: d.sleeve, puff: -14}
	if d.sleeve == long {
		t.puff = -6
	}
	if d.sleeve == sleeveless {
		t.shoulder, t.tip = t.neck+26, t.top+8
	}
	if d.length < 400 { // a child's
		t.waist, t.waistline = 74, 214
	}
	f := d.skirt(t)
	if d.cut == slip {
		d.drawSlip(c, l, t, f)
		return
	}
	body := d.outline(t, f)
	t.shade(c, body)
	t.drawBack(c, l)
	t.drawArms(c, l, c.tex.jersey)
	c.lit(l.surface, d.lamp(c, t, f, body), body)
	if d.sleeve != sleeveless {
		t.armSeam(c, l)
	}
	c.trim(l.base.darker(0.04), 5, nil, t.neckWhole())
	d.drawDetails(c, l, t, f, body)
}

// skirt gives the lower part for the cut.
func (d dress) skirt(t torso) flare {
	f := flare{waist: t.waist, hip: t.waist + 34, hem: 150, top: t.waistline, end: d.length, waves: 5}
	switch d.cut {
	case tiers:
		f.hip, f.hem, f.waves = t.waist+44, 168, 8
	case sheath:
		f.hip, f.hem, f.waves = t.waist+26, 74, 0
	case slip:
		f.hip, f.hem, f.waves = t.waist+22, 98, 3
	case buttoned:
		f.hip, f.hem, f.waves = t.waist+26, 122, 3
	}
	return f
}

// outline joins the bodice and the skirt.
func (d dress) outline(t torso, f flare) *path {
	p := t.neckEdge().
		quad(middle+(t.neck+t.shoulder)*0.52, t.top+(t.tip-t.top)*0.36, middle+t.shoulder, t.tip).
		cube(middle+t.shoulder-9, t.tip+(t.pit-t.tip)*0.42, middle+t.chest-10, t.pit-22, middle+t.chest, t.pit).
		cube(middle+t.chest-3, t.pit+34, middle+t.waist, t.waistline-26, middle+t.waist, t.waistline)
	return f.down(p).whole()
}

// lamp lights the dress: bust, waist and the skirt's folds.
func (d dress) lamp(c *canvas, t torso, f flare, body *path) *light {
	x := float32(middle)
	lamp := daylight().with(c.tex.jersey).rounded(c, 22, 0.26, body).
		pair(0.1, 9, x+t.chest-4, t.pit+4, x+t.chest*0.7, t.pit+30, x+t.chest*0.45, t.pit+42).
		pair(0.08, 8, x+t.waist, t.waistline-16, x+t.waist*0.7, t.waistline-24, x+t.waist*0.3, t.waistline-16).
		pair(-0.05, 16, x+t.chest*0.5, t.pit-30, x+t.chest*0.56, t.pit+6, x+t.chest*0.5, t.pit+40)
	if d.cut == sheath {
		return lamp.fold(0.06, 14, x-30, f.top+30, x-40, f.top+120, x-26, f.end).
			crease(0.08, 8, x-f.hip, f.top+60, x-30, f.top+76, x+20, f.top+66)
	}
	return f.folded(lamp, 0.17)
}

func (d dress) drawDetails(c *canvas, l look, t torso, f flare, body *path) {
	waist := from(middle-t.waist, t.waistline).quad(middle, t.waistline+9, middle+t.waist, t.waistline)
	switch {
	case d.belt:
		c.trim(l.base.darker(0.12), 16, nil, waist)
		drawBuckleKnot(c, l, middle+10, t.waistline+5)
	case d.cut == tiers:
		for _, u := range []float32{0.36, 0.68} {
			d.drawTier(c, f, body, f.top+(f.end-f.top)*u)
		}
		c.line(flat(hex(0).fading(0.2)), 1.6, waist)
	case d.cut != sheath:
		c.line(flat(hex(0).fading(0.2)), 1.6, waist)
	}
	if d.cut == buttoned {
		c.line(flat(hex(0).fading(0.16)), 1.3, from(middle-10, t.top+t.depth()).line(middle-10, f.end+4), from(middle+10, t.top+t.depth()).line(middle+10, f.end+4))
		for y := t.top + t.depth() + 16; y < f.end-50; y += 36 {
			button(c, middle, y, 4.4, hex(0xf0e9db))
		}
	}
}

// drawTier shades a gathered seam at height y.
func (d dress) drawTier(c *canvas, f flare, body *path, y float32) {
	c.within(body, func() {
		seam := from(middle-f.hem-20, y-10).quad(middle, y+14, middle+f.hem+20, y-10)
		c.line(flat(hex(0).fading(0.22)), 1.8, seam)
		c.line(flat(hex(0).fading(0.07)), 8, seam.moved(0, 5))
		var ticks []*path
		for x := float32(middle) - f.hem; x < middle+f.hem; x += 9 {
			ky := y + 3 - (x-middle)*(x-middle)/9000
			ticks = append(ticks, from(x, ky).line(x+1+4*hash(int(x), int(y)), ky+10+12*hash(int(y), int(x))).ribbon(1.6))
		}
		c.fill(flat(hex(0).fading(0.12)), ticks...)
	})
}

// drawBuckleKnot ties a belt of the same cloth.
func drawBuckleKnot(c *canvas, l look, x, y float32) {
	end := from(x, y).quad(x+16, y+40, x+10, y+92).line(x+28, y+86).quad(x+30, y+40, x+12, y-4)
	other := from(x-2, y).quad(x+30, y+26, x+34, y+66).line(x+50, y+56).quad(x+42, y+18, x+8, y-6)
	for _, p := range []*path{other, end, box(x-9, y-10, 20, 20, 6)} {
		c.shadow(1, 3, 3, 0.28, p)
		c.lit(flat(l.base.darker(0.08)), daylight().rounded(c, 6, 0.24, p), p)
	}
}

// drawSlip draws a strappy dress with a soft V front.
func (d dress) drawSlip(c *canvas, l look, t torso, f flare) {
	p := from(middle, t.pit-22).quad(middle+22, t.pit-36, middle+t.chest*0.62, t.pit-66).
		quad(middle+t.chest*0.72, t.pit-30, middle+t.chest-2, t.pit).
		cube(middle+t.chest-4, t.pit+34, middle+t.waist, t.waistline-26, middle+t.waist, t.waistline)
	body := f.down(p).whole()
	c.shadow(5, 10, 9, 0.17, body)
	strap := from(middle+t.chest*0.62, t.pit-64).quad(middle+t.chest*0.6, t.top+40, middle+t.chest*0.44, t.top+6)
	for _, s := range both(strap) {
		c.line(flat(l.base.darker(0.12)), 4.5, s)
	}
	back := from(middle-t.chest*0.66, t.pit-50).quad(middle, t.pit+20, middle+t.chest*0.66, t.pit-50).quad(middle, t.pit-14, middle-t.chest*0.66, t.pit-50)
	c.fill(flat(l.base.darker(0.3)), back)
	lamp := d.lamp(c, t, f, body).
		fold(0.09, 16, middle-40, t.waistline-30, middle+10, t.waistline+60, middle-30, f.end).
		crease(-0.14, 14, middle+20, t.waistline, middle+46, t.waistline+90, middle+34, f.end-20).
		pair(0.1, 7, middle+8, t.pit-18, middle+22, t.pit+8, middle+54, t.pit+14)
	lamp.texture = nil
	c.lit(l.surface, lamp, body)
	c.line(flat(hex(0).fading(0.14)), 2, from(middle, t.pit-19).quad(middle+22, t.pit-33, middle+t.chest*0.62, t.pit-63),
		from(middle, t.pit-19).quad(middle-22, t.pit-33, middle-t.chest*0.62, t.pit-63))
}
