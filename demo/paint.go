package demo

import "math"

// rgba is a colour: red, green and blue from 0 to 255, not premultiplied, and opacity from 0 to 1.
type rgba struct{ r, g, b, a float32 }

func hex(v uint32) rgba {
	return rgba{float32(v >> 16 & 255), float32(v >> 8 & 255), float32(v & 255), 1}
}

// to mixes t of d into c.
func (c rgba) to(d rgba, t float32) rgba {
	return rgba{c.r + (d.r-c.r)*t, c.g + (d.g-c.g)*t, c.b + (d.b-c.b)*t, c.a + (d.a-c.a)*t}
}

// under is the colour under a light: darker below 1, towards white above.
func (c rgba) under(light float32) rgba {
	if light <= 1 {
		light = max(light, 0)
		return rgba{c.r * light, c.g * light, c.b * light, c.a}
	}
	t := min(light-1, 1)
	return rgba{c.r + (255-c.r)*t, c.g + (255-c.g)*t, c.b + (255-c.b)*t, c.a}
}

// darker takes a part t of the light away; lighter adds it.
func (c rgba) darker(t float32) rgba  { return c.under(1 - t) }
func (c rgba) lighter(t float32) rgba { return c.under(1 + t) }

// fading is the colour with opacity a.
func (c rgba) fading(a float32) rgba { c.a = a; return c }

// luma is the brightness as the eye weighs it, from 0 to 1.
func (c rgba) luma() float32 { return (0.299*c.r + 0.587*c.g + 0.114*c.b) / 255 }

// paint gives the colour of every place of a drawing.
type paint func(x, y float32) rgba

// flat is one colour everywhere.
func flat(c rgba) paint { return func(_, _ float32) rgba { return c } }

// linear runs evenly through the colours from (x0, y0) to (x1, y1).
func linear(x0, y0, x1, y1 float32, colors ...rgba) paint {
	dx, dy := x1-x0, y1-y0
	scale := 1 / (dx*dx + dy*dy)
	return func(x, y float32) rgba { return ramp(colors, ((x-x0)*dx+(y-y0)*dy)*scale) }
}

// radial runs evenly through the colours from (x, y) out to an ellipse of radii rx and ry.
func radial(cx, cy, rx, ry float32, colors ...rgba) paint {
	return func(x, y float32) rgba {
		dx, dy := (x-cx)/rx, (y-cy)/ry
		return ramp(colors, float32(math.Sqrt(float64(dx*dx+dy*dy))))
	}
}

func ramp(colors []rgba, t float32) rgba {
	t = min(max(t, 0), 1) * float32(len(colors)-1)
	i := min(int(t), len(colors)-2)
	return colors[i].to(colors[i+1], t-float32(i))
}

// turned rotates what the paint shows by degrees, clockwise, about (cx, cy).
func (p paint) turned(degrees, cx, cy float32) paint {
	sin, cos := math.Sincos(float64(degrees) * math.Pi / 180)
	s, c := float32(sin), float32(cos)
	return func(x, y float32) rgba {
		dx, dy := x-cx, y-cy
		return p(cx+dx*c+dy*s, cy-dx*s+dy*c)
	}
}

// darker shades the whole paint.
func (p paint) darker(t float32) paint {
	return func(x, y float32) rgba { return p(x, y).darker(t) }
}
