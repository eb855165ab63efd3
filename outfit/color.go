package outfit

import (
	"math"
	"strconv"

	"honeyguide/packs"
)

// tone is a colour in CIELCh under D65: lightness 0 to 100, chroma from 0 (grey)
// to about 130, hue in degrees. many marks a colour that is several at once.
type tone struct {
	l, c, h float64
	many    bool
}

// accord is why two colours go together, or that they do not.
type accord string

// The kinds of accord, as reasons name them.
const (
	neutral       accord = "neutral"       // one of them goes with anything
	tonal         accord = "tonal"         // one hue, two lightnesses
	same          accord = "same"          // one colour
	analogous     accord = "analogous"     // neighbours on the colour circle
	complementary accord = "complementary" // opposites on it
	clash         accord = "clash"         // too far apart to be kin, too near to be opposites
)

// Colours of little chroma, and dark ones, go with anything; so do the tans and
// browns of leather and the blue of denim.
const (
	grey      = 14
	darkness  = 26 // of lightness, up to
	darkGrey  = 34 // chroma of a dark colour that still passes for black
	tanFrom   = 40 // hue of leather
	tanTo     = 95
	tanChroma = 34
)

func (t tone) neutral() bool {
	return !t.many && (t.c < grey || t.l < darkness && t.c < darkGrey || t.h >= tanFrom && t.h <= tanTo && t.c < tanChroma)
}

// harmony is how well two colours go together, 0 to 1, and why. The kinds are
// those of Itten's colour circle (Kunst der Farbe, 1961) and of Matsuda's hue
// templates as Cohen-Or et al. use them (Color Harmonization, SIGGRAPH 2006):
// one hue, neighbours, opposites; the angles are of CIELCh instead of the
// painters' circle. That neutrals go with anything is dressmakers' custom. The
// numbers order the kinds; they are chosen, not measured.
func (t tone) harmony(o tone) (float64, accord) {
	turn := math.Abs(t.h - o.h)
	turn = min(turn, 360-turn)
	light, vivid := math.Abs(t.l-o.l), min(t.c, o.c)
	switch {
	case t.many && o.many:
		return 0.2, clash
	case t.many || o.many:
		if t.many && o.neutral() || o.many && t.neutral() {
			return 0.9, neutral
		}
		return 0.5, clash
	case t.neutral() && o.neutral():
		if light < 8 && max(t.c, o.c) >= grey && turn > 30 { // navy beside black-brown
			return 0.75, neutral
		}
		return 0.9, neutral
	case t.neutral() || o.neutral():
		return 0.92, neutral
	case turn <= 28 && light >= 20:
		return 0.85, tonal
	case turn <= 20:
		return 0.68, same
	case turn <= 55:
		return 0.72 - 0.15*vivid/100, analogous
	case turn >= 135:
		return 0.72 - 0.35*max(0, vivid-30)/70, complementary
	}
	return 0.45 - 0.25*vivid/100, clash
}

// tones are colours' CIELCh values by name; of a colour with several shades, the first.
func tones(p *packs.Packs) map[string]tone {
	all := map[string]tone{}
	for _, c := range p.Colors() {
		if len(c.Hex) == 0 {
			all[c.Name] = tone{many: true}
		} else if t, ok := hexTone(c.Hex[0]); ok {
			all[c.Name] = t
		}
	}
	return all
}

// hexTone converts sRGB such as #1f2a4d to CIELCh (IEC 61966-2-1 and CIE 15).
func hexTone(hex string) (tone, bool) {
	if len(hex) != 7 || hex[0] != '#' {
		return tone{}, false
	}
	rgb, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		return tone{}, false
	}
	linear := func(shift uint) float64 {
		v := float64(rgb>>shift&255) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	root := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	r, g, b := linear(16), linear(8), linear(0)
	x := root((0.4124564*r + 0.3575761*g + 0.1804375*b) / 0.95047)
	y := root(0.2126729*r + 0.7151522*g + 0.0721750*b)
	z := root((0.0193339*r + 0.1191920*g + 0.9503041*b) / 1.08883)
	a, bb := 500*(x-y), 200*(y-z)
	h := math.Atan2(bb, a) * 180 / math.Pi
	if h < 0 {
		h += 360
	}
	return tone{l: 116*y - 16, c: math.Hypot(a, bb), h: h}, true
}

// shade is one colour of a thing and its share of it.
type shade struct {
	name  string
	tone  tone
	share float64
}

// palette is the colours of a thing, the main one first. Their shares make 1.
type palette []shade

// harmony of two palettes is the mean over pairs of their colours, weighted by
// shares, and the accord of their main colours. Without colours nothing is known: 0.8.
func (p palette) harmony(o palette) (float64, accord) {
	if len(p) == 0 || len(o) == 0 {
		return 0.8, ""
	}
	sum := 0.0
	for _, a := range p {
		for _, b := range o {
			score, _ := a.tone.harmony(b.tone)
			sum += a.share * b.share * score
		}
	}
	_, kind := p[0].tone.harmony(o[0].tone)
	return sum, kind
}

// paletteOf makes the palette of colours by name: the first has three fifths.
func (a *Advisor) paletteOf(colors []string) palette {
	var p palette
	for _, name := range colors {
		if t, ok := a.tones[name]; ok {
			p = append(p, shade{name, t, 1})
		}
	}
	for i := range p {
		switch {
		case len(p) == 1:
		case i == 0:
			p[i].share = 0.6
		default:
			p[i].share = 0.4 / float64(len(p)-1)
		}
	}
	return p
}
