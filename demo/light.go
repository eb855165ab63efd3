package demo

import (
	"image"
	"math"
)

// cell is the width of one value of a grid in units: light changes slowly, so
// a coarse grid read smoothly is as good as a fine one and sixteen times cheaper.
const (
	cell  = 4
	cells = side / cell
)

// grid holds a soft field over a drawing.
type grid struct {
	v     []float32
	cover []uint8
	part  image.Rectangle // the cells that are not zero
}

func newGrid() *grid { return &grid{v: make([]float32, cells*cells)} }

func (g *grid) mask() *image.Alpha {
	g.cover = make([]uint8, cells*cells)
	return &image.Alpha{Pix: g.cover, Stride: cells, Rect: image.Rect(0, 0, cells, cells)}
}

// load takes the coverage in r, 0 to 1.
func (g *grid) load(r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			g.v[y*cells+x] = float32(g.cover[y*cells+x]) / 255
		}
	}
	g.part = r
}

// blur softens by two box filters of the radius in cells, each way.
func (g *grid) blur(radius int) {
	if radius < 1 || g.part.Empty() {
		return
	}
	g.part = g.part.Inset(-2 * radius).Intersect(image.Rect(0, 0, cells, cells))
	p := g.part
	line := make([]float32, cells)
	for range 2 {
		for y := p.Min.Y; y < p.Max.Y; y++ {
			blurLine(g.v[y*cells+p.Min.X:], 1, radius, line[:p.Dx()])
		}
		for x := p.Min.X; x < p.Max.X; x++ {
			blurLine(g.v[p.Min.Y*cells+x:], cells, radius, line[:p.Dy()])
		}
	}
}

// blurLine averages each value with radius neighbours on both sides; what lies outside is zero.
func blurLine(v []float32, stride, radius int, line []float32) {
	var sum float32
	radius = min(radius, len(line))
	for i := range line {
		line[i] = v[i*stride]
	}
	for i := 0; i < radius; i++ {
		sum += line[i]
	}
	scale := 1 / float32(2*radius+1)
	for i := range line {
		if i+radius < len(line) {
			sum += line[i+radius]
		}
		if i-radius-1 >= 0 {
			sum -= line[i-radius-1]
		}
		v[i*stride] = sum * scale
	}
}

// at reads the field between its cells.
func (g *grid) at(x, y float32) float32 {
	fx := min(max(x/cell-0.5, 0), cells-1.001)
	fy := min(max(y/cell-0.5, 0), cells-1.001)
	ix, iy := int(fx), int(fy)
	tx, ty := fx-float32(ix), fy-float32(iy)
	row := g.v[iy*cells+ix:]
	top := row[0] + (row[1]-row[0])*tx
	low := row[cells] + (row[cells+1]-row[cells])*tx
	return top + (low-top)*ty
}

// light says how bright each place of a drawing is: 1 is its own colour, less is
// shade, more is sheen. Its methods add to it and return it.
type light struct {
	grid
	texture *texture
}

// daylight is the studio's lamp: a little brighter from the top left.
func daylight() *light {
	l := &light{grid: *newGrid()}
	for i := range l.v {
		x, y := float32(i%cells)/cells, float32(i/cells)/cells
		l.v[i] = 1.05 - 0.06*x - 0.08*y
	}
	return l
}

// shaped adds the field f, from which 1 is neutral when it is the first.
func (l *light) shaped(f func(x, y float32) float32) *light {
	for y := range cells {
		for x := range cells {
			l.v[y*cells+x] += f((float32(x)+0.5)*cell, (float32(y)+0.5)*cell)
		}
	}
	return l
}

// with adds a surface's texture.
func (l *light) with(t *texture) *light {
	l.texture = t
	return l
}

func (l *light) at(x, y float32) float32 {
	v := l.grid.at(x, y)
	if l.texture != nil {
		v += l.texture.at(x, y)
	}
	return v
}

// rounded shades towards the edges of the shapes, over the width in units.
func (l *light) rounded(c *canvas, width, depth float32, shapes ...*path) *light {
	soft := newGrid()
	r := c.cover(soft.mask(), view{scale: 1. / cell}, shapes)
	soft.load(r)
	soft.blur(int(width/cell + 0.5))
	for y := soft.part.Min.Y; y < soft.part.Max.Y; y++ {
		for i := y*cells + soft.part.Min.X; i < y*cells+soft.part.Max.X; i++ {
			edge := 1 - soft.v[i]
			l.v[i] -= depth * edge * edge * 2
		}
	}
	return l
}

// crease adds a soft dark line (a negative depth is a bright one) along a curve
// given by its ends and handle; it fades towards both ends.
func (l *light) crease(depth, width float32, x0, y0, hx, hy, x1, y1 float32) *light {
	return l.along(width, x0, y0, hx, hy, x1, y1, func(d, t float32) float32 {
		return -depth * gauss(d) * fade(t)
	})
}

// fold adds a soft ridge along a curve: bright on its left as one walks, dark on its right.
func (l *light) fold(depth, width float32, x0, y0, hx, hy, x1, y1 float32) *light {
	return l.along(width, x0, y0, hx, hy, x1, y1, func(d, t float32) float32 {
		return -depth * 2.3 * d * gauss(d) * fade(t)
	})
}

// along adds f(d, t) near a curve, where d is the signed distance in widths and t runs from 0 to 1.
func (l *light) along(width, x0, y0, hx, hy, x1, y1 float32, f func(d, t float32) float32) *light {
	pts := bent(x0, y0, hx, hy, x1, y1)
	reach := 2.2 * width
	lowX, highX := min(x0, hx, x1)-reach, max(x0, hx, x1)+reach
	lowY, highY := min(y0, hy, y1)-reach, max(y0, hy, y1)+reach
	for y := max(0, int(lowY/cell)); y < min(cells, int(highY/cell)+1); y++ {
		for x := max(0, int(lowX/cell)); x < min(cells, int(highX/cell)+1); x++ {
			d, t := nearest(pts, point{(float32(x) + 0.5) * cell, (float32(y) + 0.5) * cell})
			if d > -reach && d < reach {
				l.v[y*cells+x] += f(d/width, t)
			}
		}
	}
	return l
}

// bent is a curve as few straight pieces; a soft line needs no more.
func bent(x0, y0, hx, hy, x1, y1 float32) []point {
	const pieces = 7
	pts := make([]point, pieces+1)
	for i := range pts {
		t := float32(i) / pieces
		u := 1 - t
		pts[i] = point{u*u*x0 + 2*u*t*hx + t*t*x1, u*u*y0 + 2*u*t*hy + t*t*y1}
	}
	return pts
}

// nearest returns how far q lies from a polyline, positive on its right, and where along it.
func nearest(pts []point, q point) (d, t float32) {
	best := float32(math.Inf(1))
	n := float32(len(pts) - 1)
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		ex, ey := b.x-a.x, b.y-a.y
		qx, qy := q.x-a.x, q.y-a.y
		l2 := ex*ex + ey*ey
		if l2 == 0 {
			continue
		}
		s := min(max((qx*ex+qy*ey)/l2, 0), 1)
		rx, ry := qx-s*ex, qy-s*ey
		if r2 := rx*rx + ry*ry; r2 < best {
			best = r2
			d, t = float32(math.Sqrt(float64(r2))), (float32(i-1)+s)/n
			if ex*qy-ey*qx < 0 {
				d = -d
			}
		}
	}
	return d, t
}

func gauss(d float32) float32 { return float32(math.Exp(float64(-d * d))) }

func fade(t float32) float32 {
	return smoothstep(0, 0.25, t) * smoothstep(0, 0.35, 1-t)
}

// smoothstep rises softly from 0 at a to 1 at b.
func smoothstep(a, b, x float32) float32 {
	t := min(max((x-a)/(b-a), 0), 1)
	return t * t * (3 - 2*t)
}
