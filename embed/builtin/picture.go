package builtin

import (
	"fmt"
	"image"
	"sync"

	"github.com/viterin/vek/vek32"

	"honeyguide/embed"
)

// pictureTower is the convolutional network Picture in train/model.py, its
// batch norms folded away.
type pictureTower struct {
	input           grid // with the stem's padding
	border          int  // the stem's padding, pixels on each side
	layers          []layer
	stages          []stage // that are pooled, the first to be reached first
	hidden, project dense
	level           [256]float32 // of each byte, as the network takes it
	scratch         *sync.Pool   // of *pictureScratch
}

// stage is where the picture tower is looked at on its way: after a layer, on a
// grid, into a place of the hidden layer's input.
type stage struct {
	layer int
	grid  grid
	at    int
}

// pictureScratch is what encoding one picture needs. The layers pass the
// activation on in x.
type pictureScratch struct {
	x, y           []float32
	wide           []float32 // gathered windows, or a block's widened activation
	line           []float32
	pooled, hidden []float32
}

func newPictureTower(w *weights) pictureTower {
	t := pictureTower{hidden: newDense(w, "picture.hidden"), project: newDense(w, "picture.project")}
	t.border = max(0, w.shape("picture.0.weight", 4)[0]-stemStride) / 2
	t.input = grid{side + 2*t.border, side + 2*t.border, 3}
	for i := range t.level {
		t.level[i] = (float32(i)/255 - .5) / .25
	}
	largest, wide := t.readLayers(w)
	if w.err == nil && (t.project.in != t.hidden.out || t.project.out != w.dim) {
		w.fail("the picture tower's last layers do not fit each other")
	}
	pooled, hidden := t.hidden.in, t.hidden.out
	t.scratch = &sync.Pool{New: func() any {
		return &pictureScratch{
			x: make([]float32, largest), y: make([]float32, largest), line: make([]float32, largest),
			wide: make([]float32, wide), pooled: make([]float32, pooled), hidden: make([]float32, hidden),
		}
	}}
	return t
}

// readLayers reads picture.0, picture.1 … until there are no more, and returns
// the lengths of the largest activation and of the largest wide one.
func (t *pictureTower) readLayers(w *weights) (largest, wide int) {
	now := t.input
	var ends []stage
	largest = now.len()
	for w.err == nil {
		var l layer
		name := fmt.Sprintf("picture.%d", len(t.layers))
		switch {
		case w.has(name + ".weight"):
			if len(t.layers) > 0 {
				ends = append(ends, stage{layer: len(t.layers) - 1, grid: now})
			}
			s := newStep(w, name, now, len(t.layers) == 0)
			l, now = s, s.to
		case w.has(name + ".depthwise"):
			l = newBlock(w, name, now)
		default:
			t.look(w, append(ends, stage{layer: len(t.layers) - 1, grid: now}))
			return largest, wide
		}
		t.layers = append(t.layers, l)
		largest, wide = max(largest, now.len()), max(wide, l.wide())
	}
	return largest, wide
}

// look settles which stages the hidden layer sees: the last one first, then as
// many of those before it as its input has room for.
func (t *pictureTower) look(w *weights, ends []stage) {
	at := 0
	for i := len(ends) - 1; i >= 0 && at < t.hidden.in; i-- {
		ends[i].at, at = at, at+2*ends[i].grid.channels
		t.stages = ends[i:]
	}
	if at != t.hidden.in {
		w.fail("the picture tower's last layers do not fit each other")
	}
}

// encode returns the unit vector of a picture of side×side opaque pixels.
func (t *pictureTower) encode(picture *image.NRGBA, s *pictureScratch) embed.Vector {
	t.normalise(s.x[:t.input.len()], picture)
	next := t.stages
	for i, l := range t.layers {
		l.forward(s)
		if len(next) > 0 && next[0].layer == i {
			pool(s.pooled[next[0].at:], s.x, next[0].grid)
			next = next[1:]
		}
	}
	t.hidden.apply(s.hidden, s.pooled)
	vek32.MaximumNumber_Inplace(s.hidden, 0)
	out := make(embed.Vector, t.project.out)
	t.project.apply(out, s.hidden)
	unit(out)
	return out
}

// normalise writes the picture's colours about zero, inside the stem's border of zeros.
func (t *pictureTower) normalise(dst []float32, picture *image.NRGBA) {
	clear(dst)
	for y := range side {
		line := picture.Pix[y*picture.Stride:][:4*side]
		out := dst[((y+t.border)*t.input.width+t.border)*3:][:3*side]
		for x := range side {
			pixel, to := line[4*x:4*x+3], out[3*x:3*x+3]
			to[0], to[1], to[2] = t.level[pixel[0]], t.level[pixel[1]], t.level[pixel[2]]
		}
	}
}

// pool writes each channel's mean over a grid, then each channel's maximum.
func pool(dst, x []float32, g grid) {
	c := g.channels
	mean, highest := dst[:c], dst[c:2*c]
	copy(mean, x[:c])
	copy(highest, x[:c])
	for at := c; at < g.len(); at += c {
		vek32.Add_Inplace(mean, x[at:at+c])
		vek32.Maximum_Inplace(highest, x[at:at+c])
	}
	vek32.DivNumber_Inplace(mean, float32(g.pixels()))
}
