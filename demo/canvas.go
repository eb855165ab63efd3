package demo

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// canvas is a picture being drawn: anti-aliased shapes over an opaque studio
// background. It is reused for picture after picture, by one goroutine.
type canvas struct {
	img    *image.RGBA
	studio *image.RGBA // the empty background
	raster vector.Rasterizer
	mask   *image.Alpha // coverage of the shape being filled
	clip   *image.Alpha // where drawing is allowed; nil is everywhere
	spare  *image.Alpha
	view   view
	tex    *textures
}

// view places a drawing on the canvas: scaled, then shifted.
type view struct{ scale, dx, dy float32 }

// canvasSize bounds all masks.
var canvasSize = image.Rect(0, 0, side, side)

func newCanvas() *canvas {
	c := &canvas{
		img:    image.NewRGBA(canvasSize),
		studio: image.NewRGBA(canvasSize),
		mask:   image.NewAlpha(canvasSize),
		spare:  image.NewAlpha(canvasSize),
		tex:    newTextures(),
	}
	for y := range side {
		for x := range side {
			fx, fy := float64(x-middle)/middle, float64(y-middle)/middle
			v := uint8(250 - 8*min(1, (fx*fx+fy*fy)/2) - 2*max(0, fy))
			c.studio.SetRGBA(x, y, color.RGBA{v, v, v + 1, 255})
		}
	}
	c.reset()
	return c
}

// reset clears the canvas for the next picture.
func (c *canvas) reset() {
	copy(c.img.Pix, c.studio.Pix)
	c.view, c.clip = view{scale: 1}, nil
}

// placed runs draw with its coordinates scaled by s about the top left, then shifted.
func (c *canvas) placed(s, dx, dy float32, draw func()) {
	old := c.view
	c.view = view{old.scale * s, old.dx + dx*old.scale, old.dy + dy*old.scale}
	draw()
	c.view = old
}

// zoomed runs draw with its coordinates scaled by s about the middle.
func (c *canvas) zoomed(s float32, draw func()) {
	c.placed(s, middle*(1-s), middle*(1-s), draw)
}

// cover rasterises the shapes into dst and returns the part of it that was written.
func (c *canvas) cover(dst *image.Alpha, v view, shapes []*path) image.Rectangle {
	minX, minY := float32(math.Inf(1)), float32(math.Inf(1))
	maxX, maxY := -minX, -minY
	grow := func(p point) {
		minX, maxX = min(minX, p.x), max(maxX, p.x)
		minY, maxY = min(minY, p.y), max(maxY, p.y)
	}
	for _, p := range shapes {
		grow(p.start)
		for _, s := range p.steps {
			grow(s.a)
			grow(s.b)
			grow(s.end)
		}
	}
	if minX > maxX {
		return image.Rectangle{}
	}
	r := image.Rect(
		int(math.Floor(float64(minX*v.scale+v.dx))), int(math.Floor(float64(minY*v.scale+v.dy))),
		int(math.Ceil(float64(maxX*v.scale+v.dx)))+1, int(math.Ceil(float64(maxY*v.scale+v.dy)))+1,
	).Intersect(dst.Rect)
	if r.Empty() {
		return r
	}
	c.raster.Reset(r.Dx(), r.Dy())
	c.raster.DrawOp = draw.Src
	ox, oy := v.dx-float32(r.Min.X), v.dy-float32(r.Min.Y)
	for _, p := range shapes {
		c.raster.MoveTo(p.start.x*v.scale+ox, p.start.y*v.scale+oy)
		for _, s := range p.steps {
			c.raster.CubeTo(s.a.x*v.scale+ox, s.a.y*v.scale+oy, s.b.x*v.scale+ox, s.b.y*v.scale+oy, s.end.x*v.scale+ox, s.end.y*v.scale+oy)
		}
		c.raster.ClosePath()
	}
	c.raster.Draw(dst, r, image.Opaque, image.Point{})
	return r
}

// fill paints shapes flat.
func (c *canvas) fill(ink paint, shapes ...*path) { c.lit(ink, nil, shapes...) }

// lit paints shapes under a light; nil is even light.
func (c *canvas) lit(ink paint, light *light, shapes ...*path) {
	r := c.cover(c.mask, c.view, shapes)
	inverse := 1 / c.view.scale
	for y := r.Min.Y; y < r.Max.Y; y++ {
		cover := c.mask.Pix[y*c.mask.Stride+r.Min.X : y*c.mask.Stride+r.Max.X]
		var clip []uint8
		if c.clip != nil {
			clip = c.clip.Pix[y*c.clip.Stride+r.Min.X:]
		}
		pix := c.img.Pix[y*c.img.Stride+4*r.Min.X:]
		fy := (float32(y) + 0.5 - c.view.dy) * inverse
		for i, a := range cover {
			if a == 0 || clip != nil && clip[i] == 0 {
				continue
			}
			fx := (float32(r.Min.X+i) + 0.5 - c.view.dx) * inverse
			col := ink(fx, fy)
			if light != nil {
				col = col.under(light.at(fx, fy))
			}
			alpha := col.a * float32(a) / 255
			if clip != nil {
				alpha *= float32(clip[i]) / 255
			}
			blend(pix[4*i:4*i+3], col, alpha)
		}
	}
}

func blend(pix []uint8, c rgba, alpha float32) {
	pix[0] = uint8(float32(pix[0])*(1-alpha) + c.r*alpha + 0.5)
	pix[1] = uint8(float32(pix[1])*(1-alpha) + c.g*alpha + 0.5)
	pix[2] = uint8(float32(pix[2])*(1-alpha) + c.b*alpha + 0.5)
}

// within runs draw with everything outside the shape left untouched. It does not nest.
func (c *canvas) within(shape *path, draw func()) {
	clear(c.spare.Pix)
	c.cover(c.spare, c.view, []*path{shape})
	c.clip = c.spare
	draw()
	c.clip = nil
}

// line strokes a path.
func (c *canvas) line(ink paint, width float32, paths ...*path) {
	for _, p := range paths {
		c.fill(ink, p.ribbon(width))
	}
}

// stitch sews dashed threads along paths.
func (c *canvas) stitch(ink paint, paths ...*path) {
	var all []*path
	for _, p := range paths {
		all = append(all, p.dashes(4.5, 2.6, 1.3)...)
	}
	c.fill(ink, all...)
}

// shadow darkens what lies under the shapes, shifted and softened: blur is its
// softness in units, depth its darkness from 0 to 1.
func (c *canvas) shadow(dx, dy, blur, depth float32, shapes ...*path) {
	v := view{c.view.scale / cell, (c.view.dx + dx*c.view.scale) / cell, (c.view.dy + dy*c.view.scale) / cell}
	soft := newGrid()
	r := c.cover(soft.mask(), v, shapes)
	soft.load(r)
	soft.blur(int(blur*c.view.scale/cell + 0.5))
	area := image.Rectangle{soft.part.Min.Mul(cell), soft.part.Max.Mul(cell)}.Inset(-cell).Intersect(canvasSize)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		pix := c.img.Pix[y*c.img.Stride:]
		for x := area.Min.X; x < area.Max.X; x++ {
			dark := soft.at(float32(x)+0.5, float32(y)+0.5)
			if dark == 0 {
				continue
			}
			d := 1 - depth*dark
			for k := 4 * x; k < 4*x+3; k++ {
				pix[k] = uint8(float32(pix[k])*d + 0.5)
			}
		}
	}
}
