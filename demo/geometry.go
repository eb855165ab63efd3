package demo

import "math"

// side is the width and height of every picture in pixels. Drawings use the
// same units: (0,0) is the top left, (300,300) the middle.
const (
	side   = 600
	middle = side / 2
)

// point is a place in a drawing.
type point struct{ x, y float32 }

// to returns the point a part t of the way from p to q.
func (p point) to(q point, t float32) point {
	return point{p.x + (q.x-p.x)*t, p.y + (q.y-p.y)*t}
}

// step is a cubic curve of a path by its two handles and its end.
type step struct{ a, b, end point }

// path is an outline of curves. It is closed when filled.
type path struct {
	start point
	steps []step
}

// from starts a path.
func from(x, y float32) *path { return &path{start: point{x, y}} }

func (p *path) last() point {
	if n := len(p.steps); n > 0 {
		return p.steps[n-1].end
	}
	return p.start
}

// line adds a straight edge.
func (p *path) line(x, y float32) *path {
	a, b := p.last(), point{x, y}
	p.steps = append(p.steps, step{a.to(b, 1./3), a.to(b, 2./3), b})
	return p
}

// quad adds a curve with one handle.
func (p *path) quad(hx, hy, x, y float32) *path {
	a, h, b := p.last(), point{hx, hy}, point{x, y}
	p.steps = append(p.steps, step{a.to(h, 2./3), b.to(h, 2./3), b})
	return p
}

// cube adds a curve with two handles.
func (p *path) cube(ax, ay, bx, by, x, y float32) *path {
	p.steps = append(p.steps, step{point{ax, ay}, point{bx, by}, point{x, y}})
	return p
}

// mapped returns the path with every point sent through f.
func (p *path) mapped(f func(point) point) *path {
	q := &path{start: f(p.start), steps: make([]step, len(p.steps))}
	for i, s := range p.steps {
		q.steps[i] = step{f(s.a), f(s.b), f(s.end)}
	}
	return q
}

// moved returns the path shifted by dx and dy.
func (p *path) moved(dx, dy float32) *path {
	return p.mapped(func(q point) point { return point{q.x + dx, q.y + dy} })
}

// flipped returns the mirror image about the vertical through the middle.
func (p *path) flipped() *path {
	return p.mapped(func(q point) point { return point{side - q.x, q.y} })
}

// turned returns the path rotated by degrees, clockwise, about (x, y).
func (p *path) turned(degrees, x, y float32) *path {
	sin, cos := math.Sincos(float64(degrees) * math.Pi / 180)
	s, c := float32(sin), float32(cos)
	return p.mapped(func(q point) point {
		dx, dy := q.x-x, q.y-y
		return point{x + dx*c - dy*s, y + dx*s + dy*c}
	})
}

// reversed returns the path walked from its end to its start.
func (p *path) reversed() *path {
	q := &path{start: p.last()}
	for i := len(p.steps) - 1; i >= 0; i-- {
		end := p.start
		if i > 0 {
			end = p.steps[i-1].end
		}
		q.steps = append(q.steps, step{p.steps[i].b, p.steps[i].a, end})
	}
	return q
}

// whole completes the right half of a symmetric outline with its mirror image.
func (p *path) whole() *path {
	return p.join(p.flipped().reversed())
}

// join appends q, bridged by a line where it does not begin at p's end.
func (p *path) join(q *path) *path {
	r := &path{start: p.start, steps: append([]step(nil), p.steps...)}
	if r.last() != q.start {
		r.line(q.start.x, q.start.y)
	}
	r.steps = append(r.steps, q.steps...)
	return r
}

// smooth returns a closed outline that runs softly through all points, given as x, y, x, y …
func smooth(xy ...float32) *path {
	n := len(xy) / 2
	at := func(i int) point { i = (i + n) % n; return point{xy[2*i], xy[2*i+1]} }
	p := from(at(0).x, at(0).y)
	for i := range n {
		p0, p1, p2, p3 := at(i-1), at(i), at(i+1), at(i+2)
		p.cube(p1.x+(p2.x-p0.x)/6, p1.y+(p2.y-p0.y)/6, p2.x-(p3.x-p1.x)/6, p2.y-(p3.y-p1.y)/6, p2.x, p2.y)
	}
	return p
}

// round is the handle length that makes a cubic curve a quarter circle.
const round = 0.5523

// oval is an ellipse about (x, y).
func oval(x, y, rx, ry float32) *path {
	kx, ky := rx*round, ry*round
	return from(x+rx, y).
		cube(x+rx, y+ky, x+kx, y+ry, x, y+ry).
		cube(x-kx, y+ry, x-rx, y+ky, x-rx, y).
		cube(x-rx, y-ky, x-kx, y-ry, x, y-ry).
		cube(x+kx, y-ry, x+rx, y-ky, x+rx, y)
}

// box is a rectangle with corners rounded by r.
func box(x, y, w, h, r float32) *path {
	r = min(r, w/2, h/2)
	k := r * (1 - round)
	return from(x+r, y).line(x+w-r, y).
		cube(x+w-k, y, x+w, y+k, x+w, y+r).line(x+w, y+h-r).
		cube(x+w, y+h-k, x+w-k, y+h, x+w-r, y+h).line(x+r, y+h).
		cube(x+k, y+h, x, y+h-k, x, y+h-r).line(x, y+r).
		cube(x, y+k, x+k, y, x+r, y)
}

// points flattens the path; curves become lines shorter than about five units.
func (p *path) points() []point {
	pts := []point{p.start}
	a := p.start
	for _, s := range p.steps {
		length := distance(a, s.a) + distance(s.a, s.b) + distance(s.b, s.end)
		n := int(length/5) + 1
		for i := 1; i <= n; i++ {
			t := float32(i) / float32(n)
			u := 1 - t
			b0, b1, b2, b3 := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
			pts = append(pts, point{
				b0*a.x + b1*s.a.x + b2*s.b.x + b3*s.end.x,
				b0*a.y + b1*s.a.y + b2*s.b.y + b3*s.end.y,
			})
		}
		a = s.end
	}
	return pts
}

func distance(a, b point) float32 {
	return float32(math.Hypot(float64(b.x-a.x), float64(b.y-a.y)))
}

// along returns a point of a polyline by its distance from the start, and the direction there.
func along(pts []point, d float32) (at, direction point) {
	for i := 1; i < len(pts); i++ {
		l := distance(pts[i-1], pts[i])
		if l == 0 {
			continue
		}
		if d <= l || i == len(pts)-1 {
			return pts[i-1].to(pts[i], min(d/l, 1)), point{(pts[i].x - pts[i-1].x) / l, (pts[i].y - pts[i-1].y) / l}
		}
		d -= l
	}
	return pts[0], point{1, 0}
}

func length(pts []point) (total float32) {
	for i := 1; i < len(pts); i++ {
		total += distance(pts[i-1], pts[i])
	}
	return total
}

// ribbon is the outline of a stroke of the given width along the path, with flat ends.
func (p *path) ribbon(width float32) *path {
	pts := p.points()
	var left, right []point
	for i, q := range pts {
		a, b := pts[max(i-1, 0)], pts[min(i+1, len(pts)-1)]
		l := distance(a, b)
		if l == 0 {
			continue
		}
		nx, ny := -(b.y-a.y)/l*width/2, (b.x-a.x)/l*width/2
		left = append(left, point{q.x + nx, q.y + ny})
		right = append(right, point{q.x - nx, q.y - ny})
	}
	if len(left) == 0 {
		return p
	}
	out := from(left[0].x, left[0].y)
	for _, q := range left[1:] {
		out.line(q.x, q.y)
	}
	for i := len(right) - 1; i >= 0; i-- {
		out.line(right[i].x, right[i].y)
	}
	return out
}

// dashes are the outlines of a dashed stroke, as one shape of many parts.
func (p *path) dashes(dash, gap, width float32) []*path {
	pts := p.points()
	total := length(pts)
	var parts []*path
	for d := float32(0); d+dash <= total; d += dash + gap {
		a, _ := along(pts, d)
		b, _ := along(pts, d+dash)
		parts = append(parts, from(a.x, a.y).line(b.x, b.y).ribbon(width))
	}
	return parts
}
