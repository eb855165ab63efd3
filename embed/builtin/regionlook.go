package builtin

import (
	"image"
	"math"

	"github.com/viterin/vek/vek32"

	"honeyguide/embed/photo"
)

// placed is where a picture lies on a canvas, in pixels.
type placed struct{ left, top, width, height int }

// ground is the grey around a picture.
const ground = 127

// place fits a picture into the middle of the canvas, as `fit` in
// train/regions_data.py does.
func (c *canvas) place(s *regionScratch, picture image.Image, tower *pictureTower) placed {
	b := picture.Bounds()
	longer := max(b.Dx(), b.Dy())
	side := max(1, min(c.width*longer/b.Dx(), c.height*longer/b.Dy()))
	square := photo.Square(picture, side)
	scale := float64(side) / float64(longer)
	p := placed{width: max(1, int(math.RoundToEven(float64(b.Dx())*scale))), height: max(1, int(math.RoundToEven(float64(b.Dy())*scale)))}
	p.left, p.top = (c.width-p.width)/2, (c.height-p.height)/2
	x := s.x[:c.input.len()]
	clear(x)
	for row := range c.height {
		line := x[((c.border+row)*c.input.width+c.border)*3:][:3*c.width]
		for i := range line {
			line[i] = tower.level[ground]
		}
	}
	for row := range p.height {
		from := square.Pix[((side-p.height)/2+row)*square.Stride+(side-p.width)/2*4:][:4*p.width]
		to := x[((c.border+p.top+row)*c.input.width+c.border+p.left)*3:][:3*p.width]
		for i := range p.width {
			to[3*i], to[3*i+1], to[3*i+2] = tower.level[from[4*i]], tower.level[from[4*i+1]], tower.level[from[4*i+2]]
		}
	}
	return p
}

// fractions turns a box of the canvas into one of the picture, cut to it.
func (p placed) fractions(box [4]float64) photo.Region {
	cut := func(v float64, from, size int) float64 { return min(max((v-float64(from))/float64(size), 0), 1) }
	x, y := cut(box[0], p.left, p.width), cut(box[1], p.top, p.height)
	return photo.Region{x, y, cut(box[0]+box[2], p.left, p.width) - x, cut(box[1]+box[3], p.top, p.height) - y}
}

// run returns the head's outputs for what was placed: a row for each cell of 8
// pixels, valid until the scratch is used again.
func (c *canvas) run(s *regionScratch) []float32 {
	sum := s.sum[:c.near.to.len()]
	for i, l := range c.body {
		l.forward(&s.pictureScratch)
		switch i {
		case c.closeAt:
			kept := s.kept[:c.close.len()]
			copy(kept, s.x)
			c.near.forward(&s.pictureScratch)
			copy(sum, s.x)
			copy(s.x, kept)
		case c.fineAt:
			c.side.apply(sum, s.x[:c.fine.len()], add)
		}
	}
	c.over(s, &c.squeeze, c.coarse.pixels(), rectify)
	for _, l := range c.deep {
		l.forward(&s.pictureScratch)
	}
	c.over(s, &c.down, c.coarse.pixels(), replace)
	c.spread(sum, s.x)
	copy(s.x, sum)
	for _, l := range c.shallow {
		l.forward(&s.pictureScratch)
	}
	c.over(s, &c.out, c.fine.pixels(), replace)
	return s.x[:c.fine.pixels()*c.out.out]
}

// spread adds each cell of 16 pixels to the four that it covers.
func (c *canvas) spread(sum, coarse []float32) {
	n := c.near.to.channels
	for y := range c.fine.height {
		for x := range c.fine.width {
			to, from := (y*c.fine.width+x)*n, (y/2*c.coarse.width+x/2)*n
			vek32.Add_Inplace(sum[to:to+n], coarse[from:from+n])
		}
	}
}

// over applies a layer to each of the activation's pixels.
func (c *canvas) over(s *regionScratch, p *pointwise, pixels int, t then) {
	p.apply(s.y[:pixels*p.out], s.x[:pixels*p.in], t)
	s.x, s.y = s.y, s.x
}
