package builtin

import "github.com/viterin/vek/vek32"

// dense is a layer over one vector: x·weight + bias.
type dense struct {
	in, out int
	weight  []float32 // in × out
	bias    []float32
}

func newDense(w *weights, name string) dense {
	shape := w.shape(name+".weight", 2)
	d := dense{in: shape[0], out: shape[1]}
	d.weight = w.matrix(name, d.in, d.out)
	d.bias = w.floats(name+".bias", d.out)
	return d
}

func (d *dense) apply(dst, x []float32) {
	vek32.MatMul_Into(dst, x, d.weight, d.in)
	vek32.Add_Inplace(dst, d.bias)
}

// grid is the size of an activation, which is stored line by line, pixel by
// pixel, channel by channel.
type grid struct{ height, width, channels int }

func (g grid) pixels() int { return g.height * g.width }
func (g grid) len() int    { return g.pixels() * g.channels }

// layer is one part of the picture tower's body.
type layer interface {
	// forward replaces the activation s.x by the layer's result.
	forward(s *pictureScratch)
	// wide is how much of s.wide it needs.
	wide() int
}

// step is a strided convolution: the stem, and the halvings between stages.
// The padding that the stem needs is part of its input.
type step struct {
	from, to       grid
	kernel, stride int
	pointwise      pointwise // kernel·kernel·from.channels × to.channels
}

// stemStride is the stride of the first step. The windows of the others do not overlap.
const stemStride = 4

func newStep(w *weights, name string, from grid, stem bool) *step {
	shape := w.shape(name+".weight", 4) // kernel, kernel, in, out
	l := &step{from: from, kernel: shape[0], stride: shape[0]}
	if stem {
		l.stride = stemStride
	}
	if l.kernel < 1 || l.kernel > from.height || shape[1] != l.kernel || shape[2] != from.channels {
		w.fail("%s: shape %v does not fit a grid of %v", name, shape, from)
		return l
	}
	l.to = grid{(from.height-l.kernel)/l.stride + 1, (from.width-l.kernel)/l.stride + 1, shape[3]}
	l.pointwise = newPointwise(w, name, l.kernel*l.kernel*from.channels, l.to.channels, l.to.pixels())
	return l
}

func (l *step) wide() int { return l.to.pixels() * l.pointwise.in }

// forward gathers each output pixel's window into a row and multiplies the rows.
func (l *step) forward(s *pictureScratch) {
	span, line := l.kernel*l.from.channels, l.from.width*l.from.channels
	rows := s.wide[:l.wide()]
	at := 0
	for y := range l.to.height {
		for x := range l.to.width {
			window := s.x[y*l.stride*line+x*l.stride*l.from.channels:]
			for k := range l.kernel {
				copy(rows[at:at+span], window[k*line:])
				at += span
			}
		}
	}
	l.pointwise.apply(s.y[:l.to.len()], rows, replace)
	s.x, s.y = s.y, s.x
}

// block is x + down(relu(up(depthwise(x)))).
type block struct {
	grid
	depthwise depthwise
	up, down  pointwise
}

func newBlock(w *weights, name string, g grid) *block {
	wide := w.shape(name+".up.weight", 2)[1]
	return &block{
		grid:      g,
		depthwise: newDepthwise(w, name+".depthwise", g),
		up:        newPointwise(w, name+".up", g.channels, wide, g.pixels()),
		down:      newPointwise(w, name+".down", wide, g.channels, g.pixels()),
	}
}

func (l *block) wide() int { return l.pixels() * l.up.out }

func (l *block) forward(s *pictureScratch) {
	x, y, wide := s.x[:l.len()], s.y[:l.len()], s.wide[:l.wide()]
	l.depthwise.apply(y, x, s.line, l.grid)
	l.up.apply(wide, y, rectify)
	l.down.apply(x, wide, add)
}

// depthwise is a 3×3 convolution of each channel by itself, zero outside.
// Each of its nine taps is repeated along a line of the grid, so that it is
// applied to a whole line at once.
type depthwise [9][]float32

func newDepthwise(w *weights, name string, g grid) depthwise {
	var d depthwise
	taps := w.floats(name, len(d)*g.channels)
	if taps == nil {
		return d
	}
	for t := range d {
		for range g.width {
			d[t] = append(d[t], taps[t*g.channels:(t+1)*g.channels]...)
		}
	}
	return d
}

// apply writes the convolution of x to dst. Part is scratch space of one line.
func (d *depthwise) apply(dst, x, part []float32, g grid) {
	const centre = 4
	n := g.width * g.channels
	for y := range g.height {
		out := dst[y*n : (y+1)*n]
		vek32.Mul_Into(out, x[y*n:(y+1)*n], d[centre])
		for tap, weight := range d {
			source, shift := y+tap/3-1, (tap%3-1)*g.channels
			if tap == centre || source < 0 || source >= g.height {
				continue
			}
			from, to := max(0, -shift), n-max(0, shift) // of out; its neighbour lies shift further
			neighbour := x[source*n+from+shift : source*n+to+shift]
			vek32.Add_Inplace(out[from:to], vek32.Mul_Into(part, neighbour, weight[from:to]))
		}
	}
}
