package demo

// headphones are worn over the ears or in them.
type headphones struct {
	buds bool // two earbuds with a charging case
	kids bool // with cat ears
}

func (d headphones) draw(c *canvas, l look) {
	if d.buds {
		drawBuds(c, l)
		return
	}
	c.ground(140, 460, 540)
	band := from(150, 380).cube(120, 60, 480, 60, 450, 380)
	if d.kids {
		for _, p := range both(from(366, 158).quad(396, 86, 424, 74).quad(440, 120, 436, 216)) {
			c.lit(flat(l.base), daylight().rounded(c, 10, 0.25, p), p)
			c.fill(flat(l.with), p.mapped(func(q point) point {
				cx := float32(408)
				if q.x < middle {
					cx = side - 408
				}
				return point{cx + (q.x-cx)*0.5, 136 + (q.y-136)*0.5}
			}))
		}
	}
	c.shadow(4, 8, 8, 0.18, band.ribbon(28))
	c.lit(flat(l.base), daylight().with(c.tex.leather).rounded(c, 10, 0.32, band.ribbon(30)).crease(-0.3, 7, 170, 200, 300, 60, 430, 200), band.ribbon(30))
	pad := from(196, 206).cube(240, 128, 360, 128, 404, 206)
	c.lit(flat(l.base.darker(0.25)), daylight().with(c.tex.leather).rounded(c, 7, 0.25, pad.ribbon(22)), pad.ribbon(22))
	steel := hex(0xc9ccd2)
	for _, p := range both(from(449, 300).line(449, 400)) {
		c.line(linear(140, 0, 460, 0, steel.darker(0.3), steel.lighter(0.5), steel.darker(0.2)), 13, p)
	}
	for _, s := range []float32{-1, 1} {
		cup := box(middle+s*152-54, 316, 108, 196, 52)
		ear := box(middle+s*100-34, 326, 68, 176, 32)
		c.lit(flat(hex(0x3a3b40)), daylight().with(c.tex.leather).rounded(c, 16, 0.34, ear), ear)
		c.shadow(0, 8, 7, 0.2, cup)
		c.lit(flat(l.base), daylight().rounded(c, 22, 0.36, cup).crease(-0.3, 12, middle+s*152-26, 340, middle+s*152-34, 410, middle+s*152-26, 490), cup)
		c.line(flat(l.with), 3, box(middle+s*152-36, 338, 72, 152, 35))
		c.fill(flat(seamOn(l.base).fading(0.6)), oval(middle+s*152, 414, 7, 7))
	}
}

func drawBuds(c *canvas, l look) {
	c.ground(150, 450, 516)
	lid := from(middle, 250).line(420, 250).quad(440, 252, 440, 284).line(440, 330).line(middle, 330).whole()
	c.lit(flat(l.base.darker(0.12)), daylight().rounded(c, 16, 0.3, lid), lid)
	c.fill(linear(0, 262, 0, 330, l.base.darker(0.5), l.base.darker(0.3)), box(176, 264, 248, 66, 16))
	for _, s := range []float32{-1, 1} {
		x := middle + s*66
		stem := box(x-17, 150, 34, 190, 17)
		head := smooth(x-s*20, 120, x+s*26, 104, x+s*54, 140, x+s*44, 184, x, 192, x-s*30, 166)
		tip := oval(x+s*50, 148, 22, 28).turned(s*24, x+s*50, 148)
		c.lit(flat(hex(0x4a4b50)), daylight().rounded(c, 8, 0.3, tip), tip)
		c.lit(flat(l.base), daylight().rounded(c, 10, 0.3, stem).crease(-0.3, 5, x-8, 200, x-8, 270, x-8, 330), stem)
		c.lit(flat(l.base), daylight().rounded(c, 16, 0.32, head).crease(-0.36, 9, x-14, 132, x+4, 122, x+20, 128), head)
		c.fill(flat(hex(0x2f3034).fading(0.8)), oval(x-s*4, 152, 9, 13))
	}
	body := from(middle, 318).line(440, 318).line(440, 440).cube(440, 500, 400, 518, 350, 518).line(middle, 519).whole()
	c.shadow(0, -4, 5, 0.2, body)
	c.lit(flat(l.base), daylight().rounded(c, 24, 0.34, body).crease(-0.3, 16, 180, 350, 190, 430, 230, 480), body)
	c.line(flat(hex(0).fading(0.15)), 2, from(160, 330).line(440, 330))
	c.fill(flat(hex(0x6fd08a)), oval(middle, 384, 6, 6))
}

// speaker plays sound aloud.
type speaker struct{ cut speakerCut }

type speakerCut int

const (
	can speakerCut = iota
	boxed
	puck
)

func (d speaker) draw(c *canvas, l look) {
	switch d.cut {
	case can:
		drawCan(c, l)
	case boxed:
		drawBoxed(c, l)
	case puck:
		drawPuck(c, l)
	}
}

// mesh is a cloth grille: the colour with fine dark holes.
func mesh(ink rgba) paint {
	hole := ink.darker(0.32)
	return func(x, y float32) rgba {
		row := float32(int(y/7) % 2)
		dx, dy := mod(x+row*3.5, 7)-3.5, mod(y, 7)-3.5
		return hole.to(ink, smoothstep(2, 6, dx*dx+dy*dy))
	}
}

func drawCan(c *canvas, l look) {
	c.ground(186, 414, 546)
	body := from(middle, 80).line(392, 80).quad(414, 84, 414, 110).line(414, 514).quad(414, 544, 388, 546).line(middle, 550).whole()
	c.lit(mesh(l.base), daylight().barrel(186, 414, 0.2).rounded(c, 12, 0.2, body), body)
	top := from(middle, 72).line(384, 74).quad(414, 80, 414, 112).quad(380, 128, middle, 130).whole()
	c.lit(flat(l.base.darker(0.3)), daylight().barrel(186, 414, 0.3), top)
	c.fill(flat(l.base.darker(0.45)), oval(middle, 94, 92, 17))
	c.line(flat(l.with), 3, oval(middle, 94, 92, 17))
	foot := from(186, 508).quad(middle, 530, 414, 508).line(414, 518).quad(412, 546, 388, 546).quad(middle, 556, 212, 546).quad(188, 546, 186, 518)
	c.lit(flat(l.base.darker(0.4)), daylight().barrel(186, 414, 0.3), foot)
	plate := box(256, 220, 88, 178, 26)
	c.lit(flat(l.base.darker(0.25)), daylight().rounded(c, 8, 0.2, plate), plate)
	ink := flat(hex(0xf2f2ee))
	c.fill(ink, box(286, 256, 28, 5, 2), box(297.5, 244.5, 5, 28, 2), box(286, 356, 28, 5, 2), from(290, 292).line(316, 308).line(290, 324))
	c.strap(hex(0x2f3034), 9, from(406, 180).cube(470, 200, 470, 300, 410, 320))
}

func drawBoxed(c *canvas, l look) {
	c.ground(88, 512, 466)
	c.strap(hex(0x9a6b3f), 16, from(170, 190).cube(200, 110, 400, 110, 430, 190))
	body := box(84, 180, 432, 286, 34)
	c.lit(flat(l.base), daylight().with(c.tex.leather).rounded(c, 20, 0.32, body), body)
	grille := box(104, 234, 392, 212, 22)
	c.lit(mesh(hex(0xd9d1bf)), daylight().rounded(c, 8, 0.26, grille), grille)
	c.line(linear(104, 234, 496, 446, gold().lighter(0.5), gold(), gold().darker(0.3)), 4, grille)
	for k := range 4 {
		x := 168 + float32(k)*36
		c.shadow(1, 3, 3, 0.4, oval(x, 208, 12, 12))
		c.fill(linear(x-12, 196, x+12, 220, gold().lighter(0.6), gold().darker(0.25)), oval(x, 208, 12, 12))
		c.line(flat(hex(0x5b4a2a)), 2.4, from(x, 208).line(x+6, 199))
	}
	c.fill(flat(hex(0xe0553f)), oval(430, 208, 6, 6))
	label := box(250, 410, 100, 16, 3)
	c.fill(flat(gold()), label)
	c.fill(flat(hex(0x5b4a2a)), box(266, 416.5, 68, 3, 1))
}

func drawPuck(c *canvas, l look) {
	c.shadow(6, 16, 14, 0.24, oval(middle, 310, 204, 204))
	c.strap(hex(0x2f3034), 12, from(380, 120).cube(430, 30, 520, 90, 470, 180))
	ring := oval(middle, 310, 204, 204)
	c.lit(flat(l.base.darker(0.2)), daylight().rounded(c, 14, 0.3, ring), ring)
	disc := oval(middle, 306, 188, 188)
	c.lit(mesh(l.base), daylight().ball(middle, 306, 200, 0.16), disc)
	hub := oval(middle, 306, 62, 62)
	c.shadow(0, 4, 5, 0.3, hub)
	c.lit(flat(l.base.darker(0.12)), daylight().ball(middle, 306, 70, 0.3), hub)
	ink := flat(hex(0xf4f3ef))
	c.fill(ink, from(290, 286).line(324, 306).line(290, 326))
	c.fill(ink, box(288, 190, 24, 5, 2), box(297.5, 180.5, 5, 24, 2), box(288, 416, 24, 5, 2))
}

// phoneCase is a back cover.
type phoneCase struct{ ringed bool }

func (d phoneCase) draw(c *canvas, l look) {
	shell := box(176, 54, 248, 496, 46)
	c.shadow(8, 14, 12, 0.26, shell)
	for _, p := range []*path{box(171, 170, 8, 44, 3), box(171, 226, 8, 44, 3), box(421, 190, 8, 66, 3)} {
		c.fill(flat(l.base.darker(0.3)), p)
	}
	c.lit(l.surface, daylight().rounded(c, 14, 0.34, shell).crease(-0.1, 50, 200, 540, 280, 300, 420, 100), shell)
	c.line(flat(l.base.lighter(0.25)), 2, box(180, 58, 240, 488, 42))
	island := box(198, 76, 112, 118, 30)
	c.shadow(0, 3, 4, 0.35, island)
	c.lit(flat(hex(0x2a2b30)), daylight().rounded(c, 8, 0.3, island), island)
	for _, p := range []point{{232, 110}, {232, 160}, {280, 135}} {
		c.fill(flat(hex(0x54565c)), oval(p.x, p.y, 21, 21))
		c.fill(radial(p.x-5, p.y-5, 22, 22, hex(0x4c5d80), hex(0x0c0d11)), oval(p.x, p.y, 17, 17))
		c.fill(flat(hex(0xffffff).fading(0.55)), oval(p.x-6, p.y-6, 3.6, 3.6))
	}
	c.fill(flat(hex(0xf6efd2)), oval(286, 94, 6, 6))
	if d.ringed {
		c.ring(middle, 348, 58, 7, hex(0xd6d8dc))
		c.line(linear(290, 400, 310, 440, hex(0xf0f1f3), hex(0xa3a6ad)), 7, from(middle, 410).line(middle, 446))
	}
}
