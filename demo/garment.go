package demo

// look is what colours a drawing: the main colour, a second one, and the
// surface that shows the pattern in both.
type look struct {
	base, with rgba
	surface    paint
}

// drawing is a product's silhouette with its details.
type drawing interface {
	draw(c *canvas, l look)
}

// thread is the colour of seams that can be seen on the main colour.
func (l look) thread() rgba { return seam(l.base) }

func seam(c rgba) rgba {
	if c.luma() > 0.3 {
		return c.darker(0.24)
	}
	return c.lighter(0.2)
}

// washed is the look in denim: bright blues fade towards indigo.
func (l look) washed() look {
	if c := l.base; c.b > c.r+100 {
		l.base = c.to(hex(0x4d617f), 0.42)
	}
	l.surface = flat(l.base)
	return l
}

// neckline is the front edge of a top.
type neckline int

const (
	crew neckline = iota
	vneck
	scoop
	boat
	turtle
	square
)

// sleeve is how far the arms are covered.
type sleeve int

const (
	short sleeve = iota
	sleeveless
	long
)

// torso measures the upper part of a garment seen from the front: half widths
// from the middle, and heights.
type torso struct {
	neck, shoulder, chest, waist, hem float32
	top, tip, pit, waistline, hemline float32
	neckline                          neckline
	sleeve                            sleeve
	puff, bend                        float32 // how far sleeves widen, how far the hem bows
}

// adult is the common shape; others vary it.
func adult() torso {
	return torso{neck: 52, shoulder: 122, chest: 112, waist: 108, hem: 112,
		top: 96, tip: 126, pit: 222, waistline: 350, hemline: 500, bend: 7}
}

// depth is how far the front neckline lies below the neck points.
func (t torso) depth() float32 {
	switch t.neckline {
	case vneck:
		return 104
	case scoop:
		return 76
	case boat:
		return 20
	case square:
		return 74
	}
	return 40
}

// neckEdge is the front neckline from the middle to the right neck point.
func (t torso) neckEdge() *path {
	d := t.depth()
	p := from(middle, t.top+d)
	switch t.neckline {
	case vneck:
		return p.quad(middle+t.neck*0.62, t.top+d*0.42, middle+t.neck, t.top)
	case square:
		return p.line(middle+t.neck*0.9, t.top+d).quad(middle+t.neck*0.98, t.top+d*0.5, middle+t.neck, t.top)
	}
	return p.cube(middle+t.neck*0.55, t.top+d, middle+t.neck*0.92, t.top+d*0.55, middle+t.neck, t.top)
}

// neckWhole is the front neckline from the right neck point to the left one.
func (t torso) neckWhole() *path {
	half := t.neckEdge()
	return half.reversed().join(half.flipped())
}

// backEdge is the back neckline from the right neck point to the left one.
func (t torso) backEdge() *path {
	return from(middle+t.neck, t.top).cube(middle+t.neck*0.6, t.top+15, middle-t.neck*0.6, t.top+15, middle-t.neck, t.top)
}

// outline is the body without sleeves.
func (t torso) outline() *path {
	p := t.neckEdge().
		quad(middle+(t.neck+t.shoulder)*0.52, t.top+(t.tip-t.top)*0.36, middle+t.shoulder, t.tip).
		cube(middle+t.shoulder-9, t.tip+(t.pit-t.tip)*0.42, middle+t.chest-10, t.pit-26, middle+t.chest, t.pit).
		cube(middle+t.chest-2, t.pit+(t.waistline-t.pit)*0.5, middle+t.waist, t.waistline-30, middle+t.waist, t.waistline).
		cube(middle+t.waist, t.waistline+40, middle+t.hem, t.hemline-60, middle+t.hem, t.hemline).
		cube(middle+t.hem*0.7, t.hemline+t.bend*0.8, middle+t.hem*0.3, t.hemline+t.bend, middle, t.hemline+t.bend)
	return p.whole()
}

// cuff gives the outer and inner corner of the right sleeve's end.
func (t torso) cuff() (outer, inner point) {
	if t.sleeve == long {
		return point{middle + t.shoulder + 76 + t.puff, t.tip + 340}, point{middle + t.shoulder + 24, t.tip + 348}
	}
	return point{middle + t.shoulder + 68 + t.puff, t.tip + 96}, point{middle + t.chest + 16, t.pit + 38}
}

// arm is the right sleeve, reaching under the body.
func (t torso) arm() *path {
	o, i := t.cuff()
	p := from(middle+t.shoulder-40, t.tip-17).
		cube(middle+t.shoulder+4, t.tip-5, middle+t.shoulder+26+t.puff*0.8, t.tip+32, middle+t.shoulder+38+t.puff, t.tip+58)
	if t.sleeve == long {
		p.cube(o.x-22+t.puff*0.3, t.tip+150, o.x-8, o.y-120, o.x, o.y)
		p.quad((o.x+i.x)/2, (o.y+i.y)/2+4, i.x, i.y)
		p.cube(i.x-4, i.y-110, middle+t.chest+16, t.pit+70, middle+t.chest-2, t.pit+4)
	} else {
		p.line(o.x, o.y).quad((o.x+i.x)/2+3, (o.y+i.y)/2+5, i.x, i.y)
		p.quad(middle+t.chest+5, t.pit+18, middle+t.chest-2, t.pit+4)
	}
	return p.line(middle+t.chest-40, t.pit-20)
}

// both returns a shape and its mirror image.
func both(p *path) [2]*path { return [2]*path{p, p.flipped()} }

// pair adds the same crease left and right.
func (l *light) pair(depth, width float32, x0, y0, hx, hy, x1, y1 float32) *light {
	return l.crease(depth, width, x0, y0, hx, hy, x1, y1).
		crease(depth, width, side-x0, y0, side-hx, hy, side-x1, y1)
}

// draped is the light on a worn torso: rounded sides, folds from the armpits and over the waist.
func (t torso) draped(c *canvas, body *path) *light {
	x, w := float32(middle), t.chest
	return daylight().rounded(c, 26, 0.3, body).
		pair(0.13, 11, x+w-6, t.pit+2, x+w*0.72, t.pit+34, x+w*0.42, t.pit+62).
		pair(0.09, 9, x+w-2, t.pit+14, x+w*0.82, t.pit+60, x+w*0.62, t.pit+112).
		fold(0.055, 14, x-w*0.4, t.waistline-70, x-w*0.5, t.waistline+30, x-w*0.3, t.hemline-6).
		fold(0.05, 13, x+w*0.28, t.waistline-50, x+w*0.42, t.waistline+30, x+w*0.36, t.hemline-4).
		crease(0.07, 10, x-w*0.95, t.waistline-6, x-w*0.5, t.waistline+14, x-w*0.1, t.waistline+2).
		crease(0.06, 9, x+w*0.95, t.waistline+24, x+w*0.6, t.waistline+40, x+w*0.2, t.waistline+34).
		crease(-0.05, 12, x-w*0.7, t.tip+40, x-w*0.2, t.tip+70, x+w*0.3, t.tip+74)
}

// drawArms draws both sleeves with folds at the elbow.
func (t torso) drawArms(c *canvas, l look, grain *texture) {
	if t.sleeve == sleeveless {
		return
	}
	arm := t.arm()
	o, i := t.cuff()
	mid := point{(o.x + i.x) / 2, (o.y + i.y) / 2}
	sx := middle + t.chest
	lamp := daylight().with(grain).rounded(c, 18, 0.26, arm, arm.flipped()).
		pair(0.2, 15, sx-12, t.tip+10, sx+2, t.tip+50, sx-6, t.pit+16).
		pair(0.1, 8, sx+2, t.pit+8, sx+26, t.pit-8, sx+46, t.pit-12)
	if t.sleeve == long {
		ey := t.tip + 170
		lamp.pair(0.14, 8, sx+20, ey+4, sx+44, ey+12, sx+66, ey-2).
			pair(0.1, 7, sx+26, ey+24, sx+46, ey+24, sx+60, ey+12).
			pair(-0.06, 9, sx+40, t.tip+60, sx+60, ey-20, sx+66, ey+90).
			pair(0.08, 8, mid.x+8, o.y-60, mid.x-2, o.y-40, mid.x-10, o.y-36)
	}
	tilt := float32(38)
	if t.sleeve == long {
		tilt = 14
	}
	c.lit(l.surface.turned(-tilt, sx, t.tip), lamp, arm)
	c.lit(l.surface.turned(tilt, side-sx, t.tip), lamp, arm.flipped())
}

// drawBack draws the inside of the back that shows above the front neckline, with its label.
func (t torso) drawBack(c *canvas, l look) {
	inside := t.backEdge().join(t.neckWhole().reversed())
	c.fill(linear(0, t.top, 0, t.top+t.depth(), l.base.darker(0.34), l.base.darker(0.22)), inside)
	y := t.top + 16
	c.fill(flat(hex(0xf4f2ec)), box(middle-13, y, 26, 15, 2))
	c.fill(flat(hex(0x8a8478)), box(middle-7, y+5, 14, 1.6, 0), box(middle-4.5, y+9, 9, 1.4, 0))
}

// shade drops the garment's shadow on the table it lies on.
func (t torso) shade(c *canvas, body *path) {
	shapes := []*path{body}
	if t.sleeve != sleeveless {
		arms := both(t.arm())
		shapes = append(shapes, arms[:]...)
	}
	c.shadow(5, 10, 9, 0.17, shapes...)
}

// trim draws a band along an edge, lit as a ridge.
func (c *canvas) trim(ink rgba, width float32, grain *texture, edge *path) {
	band := edge.ribbon(width)
	c.lit(flat(ink), daylight().with(grain).rounded(c, 5, 0.22, band), band)
	c.line(flat(hex(0).fading(0.16)), 1.1, edge.offset(width/2))
}

// offset shifts a path to its right by d, keeping its handles' shape.
func (p *path) offset(d float32) *path {
	pts := p.points()
	var out *path
	for i, q := range pts {
		a, b := pts[max(i-1, 0)], pts[min(i+1, len(pts)-1)]
		n := distance(a, b)
		if n == 0 {
			continue
		}
		x, y := q.x-(b.y-a.y)/n*d, q.y+(b.x-a.x)/n*d
		if out == nil {
			out = from(x, y)
		} else {
			out.line(x, y)
		}
	}
	return out
}

// hemStitch sews two rows along the bottom of the body and one across each cuff.
func (t torso) hemStitch(c *canvas, l look) {
	ink := flat(l.thread().fading(0.75))
	y := t.hemline - 12
	row := from(middle+t.hem-1, y).cube(middle+t.hem*0.6, y+t.bend*0.9, middle-t.hem*0.6, y+t.bend*0.9, middle-t.hem+1, y)
	c.stitch(ink, row, row.moved(0, 4))
	if t.sleeve != sleeveless && t.sleeve != long {
		o, i := t.cuff()
		cuff := from(o.x-5, o.y-12).quad((o.x+i.x)/2-2, (o.y+i.y)/2-7, i.x-4, i.y-12)
		c.stitch(ink, cuff, cuff.flipped())
	}
}

// armSeam draws the seam where sleeves join the body.
func (t torso) armSeam(c *canvas, l look) {
	edge := from(middle+t.shoulder, t.tip).cube(middle+t.shoulder-9, t.tip+(t.pit-t.tip)*0.42, middle+t.chest-10, t.pit-26, middle+t.chest, t.pit)
	c.line(flat(hex(0).fading(0.16)), 1.6, edge, edge.flipped())
	c.line(flat(hex(0xffffff).fading(0.10)), 1.4, edge.moved(-2, 0), edge.flipped().moved(2, 0))
}
