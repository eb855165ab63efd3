package demo

import "math"

// pattern is what a surface shows: one colour, or a second one upon the first.
type pattern int

const (
	solid pattern = iota
	breton
	broad
	pinstripe
	gingham
	tartan
	dots
	ditsy
	blooms
	leaves
	terrazzo
	waves
)

// feed is the pattern's name in the feed.
func (p pattern) feed() string {
	switch p {
	case breton, broad, pinstripe:
		return "striped"
	case gingham, tartan:
		return "checked"
	case dots:
		return "dotted"
	case ditsy, blooms:
		return "floral"
	case leaves, terrazzo, waves:
		return "printed"
	}
	return "solid"
}

// words names what is seen upon the base colour, in both languages.
func (p pattern) words() (en, zh string) {
	switch p {
	case breton:
		return "Stripes", "细条纹"
	case broad:
		return "Broad Stripes", "宽条纹"
	case pinstripe:
		return "Pinstripes", "竖条纹"
	case gingham:
		return "Gingham Checks", "朝阳格"
	case tartan:
		return "Plaid", "格纹"
	case dots:
		return "Polka Dots", "波点"
	case ditsy:
		return "Ditsy Flowers", "碎花"
	case blooms:
		return "Large Blooms", "大花"
	case leaves:
		return "Leaf Print", "叶纹印花"
	case terrazzo:
		return "Terrazzo Print", "水磨石印花"
	case waves:
		return "Wave Print", "波浪印花"
	}
	return "", ""
}

// paint draws the pattern in two colours.
func (p pattern) paint(base, with rgba) paint {
	switch p {
	case breton:
		return stripes(base, with, 26, 0.36, false)
	case broad:
		return stripes(base, with, 62, 0.5, false)
	case pinstripe:
		return stripes(base, with, 17, 0.16, true)
	case gingham:
		return checks(base, with, 34)
	case tartan:
		return plaid(base, with)
	case dots:
		return dotted(base, with)
	case ditsy:
		return flowers(base, with, 38, 9)
	case blooms:
		return flowers(base, with, 92, 30)
	case leaves:
		return foliage(base, with)
	case terrazzo:
		return chips(base, with)
	case waves:
		return scales(base, with)
	}
	return flat(base)
}

// band is 1 for the given share of every period, with soft edges, else 0.
func band(x, period, share float32) float32 {
	d := abs(mod(x, period) - period/2)
	return 1 - smoothstep(period*share/2-0.6, period*share/2+0.6, d)
}

func stripes(base, with rgba, period, share float32, upright bool) paint {
	return func(x, y float32) rgba {
		if upright {
			y = x
		}
		return base.to(with, band(y, period, share))
	}
}

func checks(base, with rgba, period float32) paint {
	return func(x, y float32) rgba {
		return base.to(with, 0.5*band(x, period, 0.5)+0.5*band(y, period, 0.5))
	}
}

func plaid(base, with rgba) paint {
	line := base.to(hex(0xffffff), 0.75)
	return func(x, y float32) rgba {
		const period = 84
		c := base.to(with, 0.45*band(x, period, 0.46)+0.45*band(y, period, 0.46))
		c = c.to(with.darker(0.3), 0.5*max(band(x+18, period/2, 0.1), band(y+18, period/2, 0.1)))
		return c.to(line, 0.65*max(band(x+period/2, period, 0.035), band(y+period/2, period, 0.035)))
	}
}

func dotted(base, with rgba) paint {
	return func(x, y float32) rgba {
		const period = 34
		row := float32(math.Floor(float64(y / period)))
		dx, dy := mod(x+row*period/2, period)-period/2, mod(y, period)-period/2
		return base.to(with, 1-smoothstep(6.7, 8, float32(math.Hypot(float64(dx), float64(dy)))))
	}
}

// scattered calls f for the places of a jittered grid near (x, y), as offsets
// from the place and two random numbers of it.
func scattered(x, y, period float32, f func(dx, dy, r, s float32)) {
	cx, cy := int(math.Floor(float64(x/period))), int(math.Floor(float64(y/period)))
	for j := cy - 1; j <= cy+1; j++ {
		for i := cx - 1; i <= cx+1; i++ {
			r, s := hash(i+500, j+500), hash(i+900, j+300)
			f(x-(float32(i)+0.25+0.5*r)*period, y-(float32(j)+0.25+0.5*s)*period, r, s)
		}
	}
}

// flowers strews five-petalled flowers with a leaf each.
func flowers(base, with rgba, period, size float32) paint {
	heart, leaf := hex(0xf2c14e), hex(0x6f9a62).to(base.darker(0.3), 0.25)
	return func(x, y float32) rgba {
		c := base
		scattered(x, y, period, func(dx, dy, r, s float32) {
			d2 := dx*dx + dy*dy
			if d2 > 3.2*size*size {
				return
			}
			d, angle := math.Sqrt(float64(d2)), math.Atan2(float64(dy), float64(dx))
			turn := float64(6.28 * s)
			grown := size * (0.75 + 0.4*r)
			petal := grown * (0.62 + 0.38*abs(float32(math.Cos(2.5*(angle+turn)))))
			if sprig := angle + turn; math.Cos(sprig) > 0.8 {
				tip := grown * 1.55 * float32(math.Pow(math.Cos(sprig), 2))
				c = c.to(leaf, 1-smoothstep(tip-1, tip, float32(d)))
			}
			tint := with.darker(0.28 * (1 - smoothstep(0, grown, float32(d))))
			c = c.to(tint, 1-smoothstep(petal-1, petal+0.4, float32(d)))
			c = c.to(heart, 1-smoothstep(grown*0.2, grown*0.2+1, float32(d)))
		})
		return c
	}
}

// foliage strews pairs of pointed leaves in two tones.
func foliage(base, with rgba) paint {
	const period, long = 78, 34
	second := with.to(base, 0.45)
	return func(x, y float32) rgba {
		c := base
		scattered(x, y, period, func(dx, dy, r, s float32) {
			sin, cos := math.Sincos(float64(6.28 * s))
			for k, tone := range [2]rgba{with, second} {
				u := dx*float32(cos) + dy*float32(sin)
				v := dy*float32(cos) - dx*float32(sin)
				if k == 1 {
					u, v = -u*0.6+v*0.8, u*0.8+v*0.6
				}
				if t := u / (long * (0.8 + 0.5*r)); t > 0 && t < 1 {
					wide := 9 * (1 + r) * wave(t, 2) * (1 - 0.35*t)
					vein := smoothstep(0.4, 1.1, abs(v))
					c = c.to(tone.to(base, 0.55*(1-vein)), 1-smoothstep(wide-0.8, wide+0.4, abs(v)))
				}
			}
		})
		return c
	}
}

// chips strews angular chips in four tones.
func chips(base, with rgba) paint {
	tones := [4]rgba{with, with.to(base, 0.5), with.darker(0.35), hex(0xe2a76f)}
	return func(x, y float32) rgba {
		c := base
		scattered(x, y, 40, func(dx, dy, r, s float32) {
			sin, cos := math.Sincos(float64(6.28 * r))
			u, v := dx*float32(cos)+dy*float32(sin), dy*float32(cos)-dx*float32(sin)
			size := 4 + 8*s
			d := max(abs(u)*(0.8+r), abs(v), 0.7*abs(u+v*(2*s-1)))
			c = c.to(tones[int(r*97)%4], 1-smoothstep(size-0.7, size+0.5, d))
		})
		return c
	}
}

// scales lays arcs like water in old woodcuts.
func scales(base, with rgba) paint {
	const period = 46
	return func(x, y float32) rgba {
		c := base
		row := int(math.Floor(float64(y / (period / 2))))
		for j := row - 1; j <= row+1; j++ {
			shift := float32(j&1) * period / 2
			dx, dy := mod(x+shift, period)-period/2, y-float32(j+1)*period/2
			d := float32(math.Hypot(float64(dx), float64(dy)))
			if dy > 0 || d > period/2 {
				continue
			}
			c = base.to(with, band(d+2, period/6, 0.32)*smoothstep(0, 1, d))
		}
		return c
	}
}
