package photo

import "math"

// lab is a colour of CIELAB under D65: lightness 0 to 100, and two axes on which
// equal distances look about equally different.
type lab struct{ l, a, b float64 }

// toLab converts sRGB to CIELAB (IEC 61966-2-1 for the transfer function and the
// matrix; CIE 15 for the rest).
type toLab struct{ linear [256]float64 }

func newToLab() *toLab {
	t := &toLab{}
	for i := range t.linear {
		v := float64(i) / 255
		if v <= 0.04045 {
			t.linear[i] = v / 12.92
		} else {
			t.linear[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return t
}

func (t *toLab) convert(r, g, b uint8) lab {
	lr, lg, lb := t.linear[r], t.linear[g], t.linear[b]
	x := labRoot((0.4124564*lr + 0.3575761*lg + 0.1804375*lb) / 0.95047)
	y := labRoot(0.2126729*lr + 0.7151522*lg + 0.0721750*lb)
	z := labRoot((0.0193339*lr + 0.1191920*lg + 0.9503041*lb) / 1.08883)
	return lab{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func labRoot(t float64) float64 {
	const threshold = 216.0 / 24389
	if t > threshold {
		return math.Cbrt(t)
	}
	return (24389.0/27*t + 16) / 116
}

// squared is the square of the plain distance in CIELAB (CIE 1976).
func (p lab) squared(q lab) float64 {
	dl, da, db := p.l-q.l, p.a-q.a, p.b-q.b
	return dl*dl + da*da + db*db
}

// difference is CIEDE2000: how different two colours look, 1 being just visible
// (CIE 142-2001; notation of Sharma, Wu and Dalal, 2005).
func (p lab) difference(q lab) float64 {
	meanC7 := math.Pow((math.Hypot(p.a, p.b)+math.Hypot(q.a, q.b))/2, 7)
	g := 0.5 * (1 - math.Sqrt(meanC7/(meanC7+math.Pow(25, 7))))
	a1, a2 := (1+g)*p.a, (1+g)*q.a
	c1, c2 := math.Hypot(a1, p.b), math.Hypot(a2, q.b)
	h1, h2 := hue(a1, p.b), hue(a2, q.b)

	dh, meanH := h2-h1, (h1+h2)/2
	switch {
	case c1*c2 == 0:
		dh, meanH = 0, h1+h2
	case dh > 180:
		dh, meanH = dh-360, math.Mod(meanH+180, 360)
	case dh < -180:
		dh, meanH = dh+360, math.Mod(meanH+180, 360)
	}
	dL, dC, dH := q.l-p.l, c2-c1, 2*math.Sqrt(c1*c2)*sin(dh/2)

	meanL, meanC := (p.l+q.l)/2, (c1+c2)/2
	t := 1 - 0.17*cos(meanH-30) + 0.24*cos(2*meanH) + 0.32*cos(3*meanH+6) - 0.20*cos(4*meanH-63)
	l50 := (meanL - 50) * (meanL - 50)
	sl := 1 + 0.015*l50/math.Sqrt(20+l50)
	sc, sh := 1+0.045*meanC, 1+0.015*meanC*t
	c7 := math.Pow(meanC, 7)
	turn := 30 * math.Exp(-((meanH-275)/25)*((meanH-275)/25))
	rt := -2 * math.Sqrt(c7/(c7+math.Pow(25, 7))) * sin(2*turn)
	vL, vC, vH := dL/sl, dC/sc, dH/sh
	return math.Sqrt(max(0, vL*vL+vC*vC+vH*vH+rt*vC*vH))
}

// hue is the angle of a colour in degrees from 0 to 360, 0 for greys.
func hue(a, b float64) float64 {
	h := math.Atan2(b, a) * 180 / math.Pi
	if h < 0 {
		h += 360
	}
	return h
}

func sin(degrees float64) float64 { return math.Sin(degrees * math.Pi / 180) }
func cos(degrees float64) float64 { return math.Cos(degrees * math.Pi / 180) }
