package demo

// jacket is outerwear; its cut decides the rest.
type jacket struct {
	cut cut
	fit fit
}

// cut names a kind of outerwear.
type cut int

const (
	bomber cut = iota
	trucker
	puffer
	trench
	blazer
	anorak
)

func (d jacket) draw(c *canvas, l look) {
	t := d.fit.torso()
	t.sleeve, t.puff, t.chest, t.waist, t.hem = long, 12, t.chest+6, t.waist+8, t.hem+4
	switch d.cut {
	case bomber:
		d.drawBomber(c, l, t)
	case trucker:
		d.drawTrucker(c, l, t)
	case puffer:
		d.drawPuffer(c, l, t)
	case trench:
		d.drawTrench(c, l, t)
	case blazer:
		d.drawBlazer(c, l, t)
	case anorak:
		d.drawAnorak(c, l, t)
	}
}

// shell draws what all jackets share: shadow, lining, arms and body.
func (t torso) shell(c *canvas, l look, grain *texture, lamp func(*light)) *path {
	body := t.outline()
	t.shade(c, body)
	t.drawBack(c, l)
	t.drawArms(c, l, grain)
	light := t.draped(c, body).with(grain)
	if lamp != nil {
		lamp(light)
	}
	c.lit(l.surface, light, body)
	t.armSeam(c, l)
	return body
}

func (d jacket) drawBomber(c *canvas, l look, t torso) {
	t.hemline -= 24
	t.puff = 20
	body := t.shell(c, l, c.tex.jersey, func(p *light) {
		p.pair(-0.07, 10, middle+40, t.tip+20, middle+70, t.pit, middle+60, t.waistline)
	})
	ink := l.base.darker(0.12)
	t.ribHem(c, ink, body, 36)
	t.ribCuffs(c, ink)
	c.trim(ink, 24, c.tex.rib, t.neckWhole().moved(0, -2))
	zipper(c, middle, t.top+42, t.hemline+t.bend-2, hex(0xc9ccd2))
	t.weltPockets(c, l, t.waistline+20)
}

// weltPockets draws slanted pockets with a zip edge.
func (t torso) weltPockets(c *canvas, l look, y float32) {
	slit := from(middle+t.chest*0.42, y+46).line(middle+t.chest*0.62, y)
	for _, p := range both(slit) {
		c.line(flat(hex(0).fading(0.18)), 14, p.moved(0, 1))
		c.line(flat(l.base.lighter(0.05)), 11, p)
		c.line(flat(hex(0).fading(0.45)), 1.8, p)
	}
}

func (d jacket) drawTrucker(c *canvas, l look, t torso) {
	l = l.washed()
	t.hemline -= 34
	t.shell(c, l, c.tex.denim, nil)
	gold := flat(hex(0xd09a52))
	dark := flat(hex(0).fading(0.25))
	yoke := from(middle, t.pit-16).line(middle+t.chest-12, t.pit-20)
	seams := []*path{yoke, from(middle+t.chest*0.36, t.pit+34).line(middle+t.chest*0.26, t.hemline-26),
		from(middle+t.chest*0.74, t.pit+34).line(middle+t.chest*0.54, t.hemline-26)}
	for _, p := range seams {
		c.line(dark, 1.6, p, p.flipped())
		c.stitch(gold, p.moved(0, 3), p.flipped().moved(0, 3), p.moved(2, 6), p.flipped().moved(-2, 6))
	}
	band := box(middle-t.hem+1, t.hemline-24, 2*t.hem-2, 28, 3)
	c.lit(l.surface, daylight().with(c.tex.denim).rounded(c, 8, 0.2, band), band)
	c.stitch(gold, from(middle-t.hem+6, t.hemline-20).line(middle+t.hem-6, t.hemline-20), from(middle-t.hem+6, t.hemline).line(middle+t.hem-6, t.hemline))
	t.drawCuffs(c, l, 26, c.tex.denim)
	strip := box(middle-14, t.top+34, 28, t.hemline-t.top-30, 2)
	c.lit(l.surface, daylight().with(c.tex.denim).rounded(c, 6, 0.16, strip), strip)
	c.stitch(gold, from(middle-10, t.top+36).line(middle-10, t.hemline-2), from(middle+10, t.top+36).line(middle+10, t.hemline-2))
	for k := range 6 {
		button(c, middle, t.top+62+float32(k)*(t.hemline-t.top-78)/5, 5.4, hex(0xb98d5a))
	}
	t.flapPockets(c, l, gold)
	drawCollar(c, l.base.lighter(0.03), t, 46, 22, c.tex.denim)
}

// flapPockets sews two breast pockets with pointed, buttoned flaps.
func (t torso) flapPockets(c *canvas, l look, thread paint) {
	x, y, w := middle+t.chest*0.27, t.pit-12, t.chest*0.54
	flap := from(x, y).line(x+w, y).line(x+w, y+20).line(x+w/2, y+32).line(x, y+20)
	for _, p := range both(flap) {
		c.shadow(0, 3, 4, 0.3, p)
		c.lit(l.surface, daylight().with(c.tex.denim).rounded(c, 6, 0.14, p), p)
		c.stitch(thread, from(x+3, y+18).line(x+w/2, y+28).line(x+w-3, y+18))
	}
	c.stitch(thread, from(side-x-3, y+18).line(side-x-w/2, y+28).line(side-x-w+3, y+18))
	button(c, x+w/2, y+20, 4.2, hex(0xb98d5a))
	button(c, side-x-w/2, y+20, 4.2, hex(0xb98d5a))
}

func (d jacket) drawPuffer(c *canvas, l look, t torso) {
	t.chest, t.waist, t.hem, t.shoulder, t.puff = t.chest+8, t.waist+14, t.hem+8, t.shoulder+4, 26
	rows := []float32{}
	for y := t.tip + 36; y < t.hemline-20; y += 46 {
		rows = append(rows, y)
	}
	quilt := func(p *light) {
		for _, y := range rows {
			p.crease(0.26, 6, middle-260, y, middle, y+6, middle+260, y)
			p.crease(-0.16, 11, middle-260, y+16, middle, y+22, middle+260, y+16)
			p.crease(0.08, 12, middle-260, y+36, middle, y+42, middle+260, y+36)
		}
	}
	body := t.outline()
	t.shade(c, body)
	arm := both(t.arm())
	lamp := daylight().rounded(c, 16, 0.32, arm[:]...)
	quilt(lamp)
	c.lit(l.surface, lamp, arm[:]...)
	light := daylight().rounded(c, 24, 0.32, body).pair(0.16, 10, middle+t.chest, t.pit, middle+t.chest*0.8, t.pit+30, middle+t.chest*0.6, t.pit+40)
	quilt(light)
	c.lit(l.surface, light, body)
	t.armSeam(c, l)
	stand := from(middle, t.top+48).quad(middle+50, t.top+34, middle+58, t.top-4).quad(middle+58, t.top-30, middle+50, t.top-38).quad(middle+20, t.top-26, middle, t.top-26).whole()
	c.shadow(0, 5, 5, 0.25, stand)
	c.lit(l.surface, daylight().rounded(c, 12, 0.32, stand).
		crease(0.2, 5, middle-56, t.top, middle, t.top+16, middle+56, t.top).
		crease(-0.12, 8, middle-56, t.top+12, middle, t.top+28, middle+56, t.top+12), stand)
	t.drawCuffs(c, l, 20, c.tex.jersey)
	zipper(c, middle, t.top-22, t.hemline+t.bend-2, hex(0xb4b8c0))
	t.weltPockets(c, l, t.waistline+26)
}

func (d jacket) drawTrench(c *canvas, l look, t torso) {
	t.waist, t.hem, t.waistline, t.hemline = t.chest-14, t.chest+26, 320, 566
	t.neckline = vneck
	t.shell(c, l, c.tex.weave, func(p *light) {
		p.pair(0.1, 12, middle+60, t.waistline+20, middle+70, 430, middle+90, t.hemline)
		p.pair(0.08, 10, middle+20, t.waistline+20, middle+30, 430, middle+40, t.hemline)
	})
	t.drawCuffs(c, l, 30, c.tex.weave)
	t.lapels(c, l, t.waistline-40, 60, c.tex.weave)
	c.line(flat(hex(0).fading(0.3)), 1.6, from(middle-26, t.waistline-44).line(middle-34, t.hemline+4))
	for k := range 2 {
		y := t.waistline - 34 + float32(k)*92
		button(c, middle-14, y, 7, hex(0x5d4330))
		button(c, middle+44, y, 7, hex(0x5d4330))
	}
	t.weltPockets(c, l, t.waistline+52)
	t.belt(c, l)
}

// belt ties a cloth belt with a buckle around the waist.
func (t torso) belt(c *canvas, l look) {
	y := t.waistline + 2
	strap := from(middle-t.waist-1, y-13).quad(middle, y-5, middle+t.waist+1, y-13).line(middle+t.waist+1, y+13).quad(middle, y+21, middle-t.waist-1, y+13)
	c.shadow(0, 4, 4, 0.28, strap)
	c.lit(l.surface.darker(0.04), daylight().with(c.tex.weave).rounded(c, 8, 0.2, strap), strap)
	end := from(middle+22, y+6).line(middle+46, y+2).quad(middle+54, y+50, middle+50, y+104).line(middle+26, y+108).quad(middle+32, y+50, middle+22, y+6)
	c.shadow(2, 3, 4, 0.28, end)
	c.lit(l.surface, daylight().with(c.tex.weave).rounded(c, 8, 0.22, end), end)
	c.line(flat(hex(0x4a3628)), 5, box(middle-6, y-14, 40, 36, 6))
	c.line(flat(hex(0x8a6a4c)), 1.2, box(middle-6, y-15, 40, 36, 6))
}

// lapels fold the front open down to y; wide is how far they reach sideways.
func (t torso) lapels(c *canvas, l look, y, wide float32, grain *texture) {
	back := from(middle-t.neck-2, t.top+8).cube(middle-t.neck*0.7, t.top-20, middle+t.neck*0.7, t.top-20, middle+t.neck+2, t.top+8).
		quad(middle, t.top+30, middle-t.neck-2, t.top+8)
	c.lit(flat(l.base.darker(0.14)), daylight().with(grain), back)
	lapel := from(middle-4, y).quad(middle+wide*0.85, y-64, middle+wide+26, t.top+74).line(middle+wide-2, t.top+68).
		line(middle+t.neck+6, t.top+40).line(middle+t.neck-8, t.top+4).quad(middle+16, t.top+90, middle-4, y)
	collar := from(middle+t.neck-14, t.top-8).quad(middle+t.neck+4, t.top-2, middle+t.neck+12, t.top+10).line(middle+wide+20, t.top+52).
		line(middle+wide-2, t.top+68).line(middle+t.neck-10, t.top+46).quad(middle+t.neck-6, t.top+16, middle+t.neck-14, t.top-8)
	for _, p := range []*path{lapel.flipped(), lapel, collar.flipped(), collar} {
		c.shadow(1, 4, 5, 0.24, p)
		c.lit(l.surface, daylight().with(grain).rounded(c, 7, 0.15, p), p)
	}
}

func (d jacket) drawBlazer(c *canvas, l look, t torso) {
	t.waist, t.hem, t.waistline, t.hemline, t.bend = t.chest-16, t.chest+6, 336, 516, 10
	t.neckline, t.puff = vneck, 4
	lining := l
	lining.base = l.base.darker(0.1)
	t.shell(c, l, c.tex.weave, func(p *light) {
		p.pair(0.07, 9, middle+t.chest*0.5, t.pit+40, middle+t.chest*0.42, t.waistline, middle+t.chest*0.5, t.hemline-40)
	})
	// the shirtless opening shows the lining
	open := from(middle-t.neck, t.top).quad(middle, t.top+18, middle+t.neck, t.top).quad(middle+30, t.top+120, middle-2, t.waistline-22).quad(middle-30, t.top+120, middle-t.neck, t.top)
	c.lit(linear(0, t.top, 0, t.waistline, lining.base.darker(0.34), lining.base.darker(0.2)), nil, open)
	c.fill(flat(hex(0xf4f2ec)), box(middle-13, t.top+22, 26, 15, 2))
	t.lapels(c, l, t.waistline-20, 50, c.tex.weave)
	c.line(flat(hex(0).fading(0.3)), 1.6, from(middle-3, t.waistline-20).quad(middle-6, t.hemline-60, middle-18, t.hemline+9))
	button(c, middle+6, t.waistline-8, 6, l.base.darker(0.45))
	button(c, middle+5, t.waistline+44, 6, l.base.darker(0.45))
	flap := from(middle+t.waist*0.36, t.waistline+58).line(middle+t.waist*0.9, t.waistline+52).line(middle+t.waist*0.91, t.waistline+74).line(middle+t.waist*0.37, t.waistline+80)
	for _, p := range both(flap) {
		c.shadow(0, 3, 3, 0.24, p)
		c.lit(l.surface, daylight().with(c.tex.weave).rounded(c, 5, 0.14, p), p)
	}
	c.line(l.surface.darker(0.1), 9, from(middle+t.chest*0.34, t.pit+6).line(middle+t.chest*0.7, t.pit-2))
}

func (d jacket) drawAnorak(c *canvas, l look, t torso) {
	t.hemline += 20
	t.top, t.hem = t.top+8, t.hem+6
	body := t.shell(c, l, c.tex.jersey, nil)
	drawHood(c, l, t)
	zipper(c, middle, t.top+44, t.hemline+t.bend-2, l.with)
	c.within(body, func() {
		c.line(flat(hex(0).fading(0.2)), 2, from(middle-160, t.pit+4).line(middle+160, t.pit+4))
	})
	t.drawCuffs(c, l, 18, c.tex.jersey)
	t.weltPockets(c, l, t.waistline+30)
	drawCords(c, l, t)
}
