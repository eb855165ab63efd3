package demo

// graphic is a print on the chest.
type graphic int

const (
	plain graphic = iota
	sunset
	peaks
	bird
	rocket
	whale
)

// draw prints the graphic in the second colour and tones of it, about 100 units wide.
func (g graphic) draw(c *canvas, l look, t torso) {
	const scale = 1.25
	x, y := float32(middle), t.pit+44
	ink := l.with
	c.placed(scale, x*(1-scale), y*(1-scale), func() { g.print(c, x, y, ink) })
}

func (g graphic) print(c *canvas, x, y float32, ink rgba) {
	switch g {
	case sunset:
		drawSunset(c, x, y, ink)
	case peaks:
		drawPeaks(c, x, y, ink)
	case bird:
		drawBird(c, x, y, ink)
	case rocket:
		drawRocket(c, x, y, ink)
	case whale:
		drawWhale(c, x, y, ink)
	}
}

func drawSunset(c *canvas, x, y float32, ink rgba) {
	c.within(oval(x, y, 58, 58), func() {
		c.fill(linear(0, y-58, 0, y+58, hex(0xf6c667), ink), box(x-60, y-60, 120, 78, 0))
		for k := range 4 {
			ky := y + 22 + float32(k)*10
			c.fill(flat(ink.darker(0.12*float32(k))), box(x-60, ky, 120, 6-float32(k), 0))
		}
	})
}

func drawPeaks(c *canvas, x, y float32, ink rgba) {
	c.fill(flat(ink.to(hex(0xf2b35e), 0.6)), oval(x+22, y-30, 17, 17))
	c.fill(flat(ink.lighter(0.25)), from(x-70, y+44).line(x-24, y-32).line(x+22, y+44))
	c.fill(flat(ink), from(x-26, y+44).line(x+26, y-14).line(x+74, y+44))
	c.fill(flat(hex(0xfafaf6)), from(x-24, y-32).line(x-37, y-10).line(x-29, y-14).line(x-22, y-6).line(x-16, y-14).line(x-10, y-9))
	c.fill(flat(ink.darker(0.25)), box(x-70, y+50, 144, 4, 2))
}

func drawBird(c *canvas, x, y float32, ink rgba) {
	body := from(x-62, y+22).cube(x-36, y+10, x-30, y-28, x+4, y-36).cube(x+26, y-42, x+40, y-34, x+44, y-24).
		line(x+66, y-18).line(x+44, y-10).cube(x+40, y+24, x+2, y+40, x-30, y+26)
	c.fill(flat(ink), body)
	c.fill(flat(ink.darker(0.22)), from(x+18, y-8).cube(x-4, y-18, x-34, y-4, x-56, y+34).cube(x-20, y+30, x+10, y+24, x+18, y-8))
	c.fill(flat(hex(0xf2b840)), from(x+44, y-25).line(x+68, y-18).line(x+44, y-12))
	c.fill(flat(hex(0xffffff)), oval(x+30, y-25, 4.2, 4.2))
	c.fill(flat(hex(0x20242c)), oval(x+31, y-25, 2.2, 2.2))
	c.line(flat(ink.darker(0.3)), 3, from(x-70, y+46).quad(x, y+34, x+70, y+48), from(x, y+30).line(x-3, y+40), from(x+10, y+26).line(x+9, y+39))
	c.fill(flat(hex(0x7fa867)), oval(x+46, y+36, 9, 4.5), oval(x-46, y+52, 9, 4.5))
}

func drawRocket(c *canvas, x, y float32, ink rgba) {
	hull := from(x, y-58).cube(x+30, y-30, x+28, y+14, x+18, y+34).line(x-18, y+34).cube(x-28, y+14, x-30, y-30, x, y-58)
	fin := from(x+20, y+4).quad(x+42, y+16, x+38, y+46).quad(x+28, y+34, x+16, y+34)
	c.fill(linear(0, y+34, 0, y+66, hex(0xf8d34c), hex(0xf08a2c)), from(x-11, y+36).quad(x, y+84, x+11, y+36))
	c.fill(flat(ink.darker(0.18)), fin, fin.mapped(func(p point) point { return point{2*x - p.x, p.y} }))
	c.fill(linear(x-26, 0, x+26, 0, hex(0xffffff), hex(0xd9dde6)), hull)
	c.within(hull, func() { c.fill(flat(ink), box(x-40, y-60, 80, 28, 0)) })
	c.fill(flat(ink.darker(0.2)), oval(x, y-8, 12, 12))
	c.fill(flat(hex(0xbfe3f2)), oval(x, y-8, 8.5, 8.5))
	for _, s := range [][2]float32{{-50, -30}, {52, -36}, {-44, 34}, {56, 10}, {-60, 4}} {
		c.fill(flat(hex(0xf5d25a)), star(x+s[0], y+s[1], 7))
	}
}

func drawWhale(c *canvas, x, y float32, ink rgba) {
	body := from(x-62, y+4).cube(x-60, y-40, x+4, y-44, x+30, y-12).quad(x+46, y+4, x+52, y-22).
		quad(x+44, y-40, x+34, y-42).quad(x+54, y-46, x+58, y-32).quad(x+64, y-46, x+80, y-40).
		quad(x+68, y-34, x+66, y-18).cube(x+66, y+34, x-50, y+54, x-62, y+4)
	c.fill(flat(ink), body)
	c.within(body, func() { c.fill(flat(ink.lighter(0.62)), oval(x-22, y+42, 56, 26)) })
	c.fill(flat(hex(0x20242c)), oval(x-38, y+2, 3.4, 3.4))
	c.line(flat(ink.lighter(0.3)), 3.4, from(x-20, y-36).quad(x-22, y-54, x-34, y-54), from(x-20, y-36).quad(x-18, y-54, x-6, y-54))
}

func star(x, y, r float32) *path {
	up := from(x, y-r)
	for _, k := range [][2]float32{{0.22, -0.3}, {0.95, -0.3}, {0.36, 0.12}, {0.58, 0.8}, {0, 0.4}, {-0.58, 0.8}, {-0.36, 0.12}, {-0.95, -0.3}, {-0.22, -0.3}} {
		up.line(x+k[0]*r, y+k[1]*r)
	}
	return up
}
