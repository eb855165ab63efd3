package builtin

import "fmt"

// cell is how many pixels of the canvas a cell of the head's grid stands for, on
// each side; one of the coarser stage stands for twice as many.
const cell = 8

// canvas is the tower's body and the regions' head, laid out for one size of picture.
type canvas struct {
	width, height int
	border        int  // the stem's padding, pixels on each side
	input         grid // with the border
	body          []layer

	// The head sums the tower's stages of 4, 8 and 16 pixels a cell on the grid
	// of the second, after some layers over the third.
	close, fine, coarse grid
	closeAt, fineAt     int   // the layers that end the first two
	near                *step // from the first to the second
	side                pointwise
	squeeze, down, out  pointwise
	deep, shallow       []layer // over the third and over the sum
}

// newCanvas lays tower and head out for pictures of width×height pixels.
func newCanvas(w *weights, tower *pictureTower, width, height int) canvas {
	c := canvas{width: width, height: height, border: tower.border}
	c.input = grid{height + 2*c.border, width + 2*c.border, 3}
	if width < 2*cell || height < 2*cell || width%(2*cell) != 0 || height%(2*cell) != 0 {
		w.fail("canvas of %d×%d pixels is not made of cells of %d", width, height, 2*cell)
		return c
	}
	c.layOut(w, tower)
	if w.err != nil {
		return c
	}
	read := func(name string, in int, g grid) pointwise {
		return newPointwise(w, name, in, w.shape(name+".weight", 2)[1], g.pixels())
	}
	c.near = newStep(w, "near", c.close, false)
	c.squeeze = read("squeeze", c.coarse.channels, c.coarse)
	c.deep = readBlocks(w, "deep", grid{c.coarse.height, c.coarse.width, c.squeeze.out})
	c.down = read("down", c.squeeze.out, c.coarse)
	c.side = read("side", c.fine.channels, c.fine)
	c.shallow = readBlocks(w, "shallow", grid{c.fine.height, c.fine.width, c.side.out})
	c.out = read("out", c.side.out, c.fine)
	if w.err == nil && (c.near.to != (grid{c.fine.height, c.fine.width, c.side.out}) || c.down.out != c.side.out || c.out.out < outputs*len(Labels())) {
		w.fail("the regions' layers do not fit each other")
	}
	return c
}

// layOut lays the tower's layers out: those that the head was trained on, at most
// up to the end of the stage of 16 pixels a cell.
func (c *canvas) layOut(w *weights, tower *pictureTower) {
	n := w.floats("layers", 1)
	if w.err != nil || n[0] < 1 || int(n[0]) > len(tower.layers) {
		w.fail("the regions' head is of another tower: it wants %v layers of %d", n, len(tower.layers))
		return
	}
	at := c.input
	for i, l := range tower.layers[:int(n[0])] {
		l = relaid(l, at)
		if s, ok := l.(*step); ok {
			at = s.to
		}
		if at.height < c.height/(2*cell) {
			break
		}
		switch at.height {
		case 2 * c.height / cell:
			c.close, c.closeAt = at, i
		case c.height / cell:
			c.fine, c.fineAt = at, i
		}
		if at.pixels()%tileRows != 0 {
			w.fail("canvas of %d×%d pixels: layer %d has %d, which do not fill tiles of %d", c.width, c.height, i, at.pixels(), tileRows)
		}
		c.body, c.coarse = append(c.body, l), at
	}
	if c.close.channels == 0 || c.fine.channels == 0 || c.coarse.height != c.height/(2*cell) {
		w.fail("the picture tower has no stages of %d, %d and %d pixels a cell", cell/2, cell, 2*cell)
	}
}

// relaid is a layer of the picture tower for a grid of another size. Its weights
// are shared, but for those of a line.
func relaid(l layer, from grid) layer {
	switch l := l.(type) {
	case *step:
		s := *l
		s.from = from
		s.to = grid{(from.height-l.kernel)/l.stride + 1, (from.width-l.kernel)/l.stride + 1, l.to.channels}
		return &s
	case *block:
		b := *l
		b.grid = from
		for tap, line := range l.depthwise {
			one := line[:from.channels]
			b.depthwise[tap] = make([]float32, 0, from.width*from.channels)
			for range from.width {
				b.depthwise[tap] = append(b.depthwise[tap], one...)
			}
		}
		return &b
	}
	panic(fmt.Sprintf("builtin: a layer of type %T cannot be laid out", l))
}

func readBlocks(w *weights, name string, g grid) []layer {
	var blocks []layer
	for w.err == nil {
		next := fmt.Sprintf("%s.%d", name, len(blocks))
		if !w.has(next + ".depthwise") {
			break
		}
		blocks = append(blocks, newBlock(w, next, g))
	}
	return blocks
}

// newRegionScratch makes room for the largest of some canvases.
func newRegionScratch(canvases ...*canvas) *regionScratch {
	var x, wide, line, kept, sum int
	for _, c := range canvases {
		x = max(x, c.input.len(), c.fine.pixels()*c.out.out)
		kept, sum = max(kept, c.close.len()), max(sum, c.near.to.len())
		for _, layers := range [][]layer{c.body, {c.near}, c.deep, c.shallow} {
			for _, l := range layers {
				wide = max(wide, l.wide())
				switch l := l.(type) {
				case *step:
					x = max(x, l.from.len(), l.to.len())
				case *block:
					x, line = max(x, l.len()), max(line, l.width*l.channels)
				}
			}
		}
	}
	s := &regionScratch{kept: make([]float32, kept), sum: make([]float32, sum)}
	s.x, s.y, s.wide, s.line = make([]float32, x), make([]float32, x), make([]float32, wide), make([]float32, line)
	return s
}
