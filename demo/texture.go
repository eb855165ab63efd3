package demo

import "math"

// texture is a small repeating field of brightness: the grain of a surface.
type texture [grain * grain]float32

const grain = 96

func (t *texture) at(x, y float32) float32 {
	return t[(int(y)%grain+grain)%grain*grain+(int(x)%grain+grain)%grain]
}

// textures are the surfaces that drawings choose from.
type textures struct{ jersey, knit, rib, denim, weave, leather, clay, felt *texture }

func newTextures() *textures {
	return &textures{
		jersey: woven(0.022, func(x, y float32) float32 { return 0.010 * wave(x, 2) }),
		knit: woven(0.03, func(x, y float32) float32 {
			u := mod(x, 8) - 4
			return 0.075*wave(y+abs(u)*1.1, 6) - 0.05*gauss(u/1.1) - 0.03*gauss((abs(u)-4)/1)
		}),
		rib:     woven(0.02, func(x, y float32) float32 { return 0.09 * wave(x, 6) }),
		denim:   woven(0.06, func(x, y float32) float32 { return 0.035 * wave(x+y, 4) }),
		weave:   woven(0.03, func(x, y float32) float32 { return 0.035 * wave(x, 4) * wave(y, 4) }),
		leather: woven(0.022, func(x, y float32) float32 { return 0 }),
		clay:    woven(0.03, func(x, y float32) float32 { return 0 }),
		felt:    woven(0.055, func(x, y float32) float32 { return 0 }),
	}
}

// woven fills a texture with a regular part and noise of the given strength.
func woven(noise float32, f func(x, y float32) float32) *texture {
	var t texture
	for y := range grain {
		for x := range grain {
			t[y*grain+x] = f(float32(x), float32(y)) + noise*(hash(x, y)-0.5)
		}
	}
	return &t
}

// hash is a fixed pseudo-random number from 0 to 1 for a place.
func hash(x, y int) float32 {
	h := uint32(x)*0x9E3779B1 ^ uint32(y)*0x85EBCA77
	h ^= h >> 15
	h *= 0x2C1B3C6D
	h ^= h >> 12
	h *= 0x297A2D39
	h ^= h >> 15
	return float32(h>>8) / (1 << 24)
}

// wave swings between -1 and 1 with the given period.
func wave(x, period float32) float32 {
	return float32(math.Sin(2 * math.Pi * float64(x/period)))
}

func mod(x, m float32) float32 {
	return x - m*float32(math.Floor(float64(x/m)))
}

func abs(x float32) float32 { return max(x, -x) }
