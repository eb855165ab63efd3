package demo

// flask is a water bottle.
type flask struct {
	loop  bool // a carrying loop on the lid
	straw bool // a child's, with a straw and a picture
	slim  bool
}

func (d flask) draw(c *canvas, l look) {
	w := float32(82)
	if d.slim {
		w = 64
	}
	top := float32(190)
	c.ground(middle-w, middle+w, 556)
	cap := hex(0x2f3136)
	if l.base.luma() < 0.2 {
		cap = hex(0xc4c6ca)
	}
	switch {
	case d.straw:
		c.line(flat(l.with.lighter(0.2)), 15, from(middle+10, 130).cube(middle+14, 60, middle+30, 52, middle+76, 64))
		c.line(flat(hex(0xffffff).fading(0.35)), 4, from(middle+6, 130).cube(middle+10, 62, middle+30, 46, middle+76, 58))
		cap = l.with
	case d.loop:
		ring := from(middle-40, 124).cube(middle-46, 46, middle+46, 46, middle+40, 124)
		c.strap(cap, 17, ring)
	}
	lid := box(middle-52, 104, 104, 70, 12)
	c.lit(flat(cap), daylight().barrel(middle-52, middle+52, 0.3), lid)
	for k := range 11 {
		c.line(flat(hex(0).fading(0.16)), 1.6, from(middle-46+float32(k)*9.2, 112).line(middle-46+float32(k)*9.2, 168))
	}
	c.fill(linear(middle-44, 0, middle+44, 0, hex(0x8f9299), hex(0xf4f5f6), hex(0xb7bac0), hex(0x7d8087)), box(middle-46, 172, 92, 12, 3))
	body := from(middle, top-8).line(middle+44, top-8).cube(middle+w-6, top, middle+w, top+20, middle+w, top+56).line(middle+w, 534).quad(middle+w, 556, middle+w-24, 557).line(middle, 560).whole()
	c.lit(l.surface, daylight().with(c.tex.leather).barrel(middle-w, middle+w, 0.34), body)
	c.line(flat(hex(0).fading(0.18)), 2, from(middle-w, 520).quad(middle, 530, middle+w, 520))
	if d.straw {
		c.placed(0.9, 30, 130, func() { drawRocket(c, middle, 262, l.with) })
	} else {
		c.fill(flat(seamOn(l.base).fading(0.5)), box(middle-3, 330, 6, 74, 3), oval(middle, 316, 7, 7))
	}
}

// plant is a potted plant.
type plant struct{ kind plantKind }

type plantKind int

const (
	monstera plantKind = iota
	snake
	cactus
	trailing
)

func (d plant) draw(c *canvas, l look) {
	if d.kind == trailing {
		c.placed(1, 0, -96, func() {
			cord := from(204, 390).quad(268, 240, 300, 110)
			for _, p := range both(cord) {
				c.strap(hex(0xcdb58c), 5, p)
			}
			c.ring(middle, 106, 11, 4, gold())
			d.drawPot(c, l)
			drawTrailing(c)
		})
		return
	}
	c.ground(206, 396, 552)
	d.drawPot(c, l)
}

// drawPot draws the pot with what grows behind its rim.
func (d plant) drawPot(c *canvas, l look) {
	pot := from(middle, 392).line(404, 392).line(386, 530).quad(382, 552, 360, 553).line(middle, 556).whole()
	soil := oval(middle, 393, 96, 13)
	c.fill(flat(hex(0x3f2e24)), soil)
	green := hex(0x2f7d46)
	switch d.kind {
	case monstera:
		drawMonstera(c, green)
	case snake:
		drawSnakePlant(c)
	case cactus:
		drawCactus(c)
	}
	c.lit(l.surface, daylight().with(c.tex.clay).barrel(196, 404, 0.2).rounded(c, 14, 0.18, pot), pot)
	rim := box(190, 386, 220, 34, 8)
	c.shadow(0, 5, 4, 0.2, rim)
	c.lit(flat(l.base.lighter(0.03)), daylight().with(c.tex.clay).barrel(190, 410, 0.2), rim)
}

// leafAt fills a leaf with a pale vein and its own light.
func leafAt(c *canvas, ink rgba, shape, vein *path) {
	c.shadow(2, 5, 5, 0.16, shape)
	c.lit(flat(ink), daylight().rounded(c, 12, 0.24, shape).with(c.tex.leather), shape)
	c.line(flat(ink.lighter(0.3)), 2.2, vein)
}

func drawMonstera(c *canvas, green rgba) {
	for k, leaf := range [][4]float32{{170, 220, -58, 0.95}, {424, 232, 56, 0.9}, {236, 120, -22, 1.05}, {376, 116, 24, 1}, {300, 216, 2, 1.1}} {
		x, y := leaf[0], leaf[1]
		c.line(flat(green.darker(0.3)), 5, from(middle+(x-middle)*0.12, 394).quad(middle+(x-middle)*0.2, 280, x, y+40))
		s := leaf[3]
		shape := from(x, y+62*s)
		for j := range 5 {
			t := float32(j)
			px, py := x+s*(34+34*wave(t+1, 12)), y+s*(56-t*30)
			shape.quad(px+6*s, py+22*s, px, py).line(px-s*22, py+s*3).line(px-s*6, py-s*9)
		}
		shape.quad(x+s*26, y-s*86, x, y-s*100)
		mirror := shape.mapped(func(p point) point { return point{2*x - p.x, p.y} })
		whole := shape.join(mirror.reversed()).turned(leaf[2], x, y+62*s)
		vein := from(x, y+60*s).line(x, y-s*88).turned(leaf[2], x, y+62*s)
		leafAt(c, green.under(0.84+0.1*float32(k)), whole, vein)
	}
}

func drawSnakePlant(c *canvas) {
	for k, b := range [][3]float32{{236, 90, -12}, {364, 110, 12}, {268, 40, -5}, {336, 60, 6}, {300, 130, 1}} {
		x, lean := middle+(b[0]-middle)*0.5, b[2]
		blade := from(x-18, 396).cube(x-32, 280, x-24+lean, b[1]+80, x+lean*3, b[1]).cube(x+30+lean, b[1]+80, x+34, 280, x+18, 396)
		green := hex(0x3c7a4c).under(0.85 + 0.07*float32(k))
		c.shadow(3, 4, 5, 0.18, blade)
		c.lit(flat(hex(0xd8cf7a)), daylight().rounded(c, 6, 0.2, blade), blade)
		inner := blade.mapped(func(p point) point { return point{x + lean + (p.x-x-lean)*0.72, p.y + 8} })
		c.lit(func(_, y float32) rgba {
			return green.to(hex(0xa9c79a), 0.5*smoothstep(0.1, 0.9, wave(y+9*wave(y, 31), 26)))
		}, daylight().rounded(c, 8, 0.24, inner), inner)
	}
}

func drawCactus(c *canvas) {
	green := hex(0x4f8f5b)
	trunk := box(248, 120, 104, 280, 52)
	arms := []*path{
		from(352, 300).cube(400, 306, 418, 280, 416, 236).quad(416, 210, 438, 210).quad(462, 212, 460, 240).cube(462, 320, 420, 352, 352, 346),
		from(248, 270).cube(200, 272, 190, 250, 192, 212).quad(192, 190, 172, 190).quad(150, 192, 150, 218).cube(148, 290, 190, 318, 248, 312),
	}
	for _, p := range arms {
		c.lit(flat(green.darker(0.06)), daylight().rounded(c, 14, 0.3, p), p)
	}
	lamp := daylight().barrel(248, 352, 0.12).rounded(c, 14, 0.2, trunk)
	for k := float32(-2); k <= 2; k++ {
		lamp.crease(0.16, 4, middle+k*20, 90, middle+k*22, 260, middle+k*20, 430)
	}
	c.lit(flat(green), lamp, trunk)
	var spines []*path
	for k := float32(-2); k <= 2; k++ {
		for y := float32(150); y < 390; y += 24 {
			x := middle + k*20 + 10
			spines = append(spines, from(x, y).line(x-5, y-6).ribbon(1.6), from(x, y).line(x+5, y-6).ribbon(1.6), from(x, y).line(x, y-8).ribbon(1.6))
		}
	}
	c.fill(flat(hex(0xf2ecd0)), spines...)
	for k := range 7 {
		s, co := wave(float32(k), 7), wave(float32(k)+1.75, 7)
		c.fill(flat(hex(0xee6f92).darker(0.08*float32(k%2))), oval(middle+18*co, 112+12*s, 15, 10))
	}
	c.fill(flat(hex(0xf8d35a)), oval(middle, 112, 9, 7))
}

func drawTrailing(c *canvas) {
	for k := range 9 {
		s := float32(k-4) / 4
		x := middle + s*92
		end := 470 + 70*hash(k, 4)
		vine := from(middle+s*50, 380).cube(x, 340, middle+s*150, 370, middle+s*140, end)
		c.line(flat(hex(0x4d7a45)), 3, vine)
		pts := vine.points()
		total := length(pts)
		for j := range 8 {
			at, _ := along(pts, total*(0.08+0.92*float32(j)/8))
			turn := 60 * (hash(j, k) - 0.5) * 2
			heart := from(at.x, at.y+24).cube(at.x-26, at.y+4, at.x-18, at.y-20, at.x, at.y-8).cube(at.x+18, at.y-20, at.x+26, at.y+4, at.x, at.y+24).turned(turn, at.x, at.y)
			c.shadow(1, 3, 3, 0.15, heart)
			ink := hex(0x5c9a4e).under(0.82 + 0.4*hash(k, j))
			c.fill(linear(at.x-14, at.y-14, at.x+14, at.y+20, ink.lighter(0.16), ink.darker(0.12)), heart)
			c.line(flat(ink.lighter(0.35)), 1.4, from(at.x, at.y-6).line(at.x, at.y+18).turned(turn, at.x, at.y))
		}
	}
}
