package onnx

import (
	"image"
	"math"
)

// filter is a resampling filter by Pillow's number, as preprocessor_config.json has it.
type filter int

// nearest takes one pixel; the others of filters weigh many.
const nearest filter = 0

// kernel is a resampling filter's shape: its value at a distance, in pixels of
// the coarser grid, and the distance from which on it is zero.
type kernel struct {
	at      func(float64) float64
	support float64
}

// filters are Pillow's, with Pillow's parameters: https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters
var filters = map[filter]kernel{
	1: {lanczos, 3},
	2: {func(x float64) float64 { return max(0, 1-math.Abs(x)) }, 1}, // bilinear
	3: {bicubic, 2},
	4: {box, .5},
	5: {hamming, 1},
}

func lanczos(x float64) float64 {
	if x < -3 || x >= 3 {
		return 0
	}
	return sinc(x) * sinc(x/3)
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(x*math.Pi) / (x * math.Pi)
}

// bicubic is Keys' convolution kernel with a = -1/2.
func bicubic(x float64) float64 {
	const a = -.5
	switch x = math.Abs(x); {
	case x < 1:
		return ((a+2)*x-(a+3))*x*x + 1
	case x < 2:
		return (((x-5)*x+8)*x - 4) * a
	}
	return 0
}

func box(x float64) float64 {
	if x > -.5 && x <= .5 {
		return 1
	}
	return 0
}

func hamming(x float64) float64 {
	if x = math.Abs(x); x >= 1 {
		return 0
	}
	return sinc(x) * (.54 + .46*math.Cos(x*math.Pi))
}

// window says which source pixels make one pixel of the result: from first on,
// each by its weight in units of 1/2^precision. Weights sum to one.
type window struct {
	first   int
	weights []int32
}

// precision is Pillow's for bytes: 32 bits less 8 for the value and 2 for the overshoot.
const precision = 32 - 8 - 2

// windows computes those of the result's pixels [low, high), where size pixels
// become scaled.
func (k kernel) windows(size, scaled, low, high int) []window {
	scale := float64(size) / float64(scaled)
	spread := max(scale, 1)
	all := make([]window, 0, high-low)
	for i := low; i < high; i++ {
		center := (float64(i) + .5) * scale
		first := max(0, int(center-k.support*spread+.5))
		last := min(size, int(center+k.support*spread+.5))
		values, sum := make([]float64, last-first), 0.
		for j := range values {
			values[j] = k.at((float64(j+first) - center + .5) * (1 / spread))
			sum += values[j]
		}
		w := window{first: first, weights: make([]int32, len(values))}
		for j, v := range values {
			if sum != 0 {
				v /= sum
			}
			w.weights[j] = int32(math.Round(v * (1 << precision)))
		}
		all = append(all, w)
	}
	return all
}

// pixels are rows of red, green and blue bytes.
type pixels struct {
	width, height int
	rgb           []uint8
}

// resize scales an opaque picture to width×height and returns the part of the
// result that part names, which lies within it. Only what that part needs is
// computed. The result equals Pillow's.
func resize(src *image.NRGBA, width, height int, f filter, part image.Rectangle) pixels {
	if f == nearest {
		return pick(src, width, height, part)
	}
	k := filters[f]
	rows := k.windows(src.Rect.Dy(), height, part.Min.Y, part.Max.Y)
	top, end := rows[0].first, 0
	for _, r := range rows {
		top, end = min(top, r.first), max(end, r.first+len(r.weights))
	}
	columns := k.windows(src.Rect.Dx(), width, part.Min.X, part.Max.X)
	wide := pixels{part.Dx(), end - top, make([]uint8, 3*part.Dx()*(end-top))}
	for y := range wide.height {
		across(wide.rgb[3*wide.width*y:][:3*wide.width], src.Pix[(top+y)*src.Stride:], columns)
	}
	out := pixels{part.Dx(), part.Dy(), make([]uint8, 3*part.Dx()*part.Dy())}
	sums := make([]int32, 3*out.width)
	for y, r := range rows {
		down(out.rgb[3*out.width*y:][:3*out.width], wide.rgb[3*wide.width*(r.first-top):], r.weights, sums)
	}
	return out
}

// across resamples one row of NRGBA pixels.
func across(dst, row []uint8, columns []window) {
	for x, c := range columns {
		r, g, b := int32(1<<(precision-1)), int32(1<<(precision-1)), int32(1<<(precision-1))
		from := row[4*c.first:][:4*len(c.weights)]
		for i, w := range c.weights {
			p := from[4*i:][:3:3]
			r += int32(p[0]) * w
			g += int32(p[1]) * w
			b += int32(p[2]) * w
		}
		to := dst[3*x:][:3:3]
		to[0], to[1], to[2] = clip(r), clip(g), clip(b)
	}
}

// down weighs rows, of which the first begins where from does. sums is scratch.
func down(dst, from []uint8, weights, sums []int32) {
	for i := range sums {
		sums[i] = 1 << (precision - 1)
	}
	for j, w := range weights {
		row := from[j*len(dst):][:len(dst)]
		for i, v := range row {
			sums[i] += int32(v) * w
		}
	}
	for i, s := range sums {
		dst[i] = clip(s)
	}
}

func clip(sum int32) uint8 { return uint8(min(max(sum>>precision, 0), 255)) }

// pick takes the nearest pixel of the source for each pixel of part.
func pick(src *image.NRGBA, width, height int, part image.Rectangle) pixels {
	out := pixels{part.Dx(), part.Dy(), make([]uint8, 0, 3*part.Dx()*part.Dy())}
	columns := steps(src.Rect.Dx(), width, part.Min.X, part.Max.X)
	for _, y := range steps(src.Rect.Dy(), height, part.Min.Y, part.Max.Y) {
		row := src.Pix[y*src.Stride:]
		for _, x := range columns {
			out.rgb = append(out.rgb, row[4*x:][:3]...)
		}
	}
	return out
}

// steps lists the nearest source pixels of the result's pixels [low, high),
// where size pixels become scaled. Steps add up, and so do their rounding
// errors, as in Pillow.
func steps(size, scaled, low, high int) []int {
	step := float64(size) / float64(scaled)
	at, all := step/2, make([]int, 0, high-low)
	for i := range high {
		if i >= low {
			all = append(all, min(int(at), size-1))
		}
		at += step
	}
	return all
}
