package photo

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"math"

	"github.com/disintegration/imaging"
)

// Region is a part of an upright picture: x, y, width and height as fractions of
// the picture's width and height, from its top left corner.
type Region [4]float64

const (
	regionSlack = 0.01 // how far a region may stand out of its picture: rounding in browsers
	minRegion   = 8    // pixels of the shorter side of a crop
)

// Crop cuts a region out. A region that stands out by less than a hundredth is
// clamped; one that is not finite, lies outside or is smaller than 8 pixels on a
// side is ErrRegion.
func Crop(img image.Image, r Region) (*image.NRGBA, error) {
	for _, v := range r {
		if math.IsNaN(v) || v < -regionSlack || v > 1+regionSlack {
			return nil, fmt.Errorf("%w: %v: x, y, width and height are fractions from 0 to 1", ErrRegion, r)
		}
	}
	if r[0]+r[2] > 1+regionSlack || r[1]+r[3] > 1+regionSlack {
		return nil, fmt.Errorf("%w: %v reaches out of the picture", ErrRegion, r)
	}
	src := nrgba(img)
	w, h := float64(src.Rect.Dx()), float64(src.Rect.Dy())
	cut := image.Rect(round(r[0]*w), round(r[1]*h), round((r[0]+r[2])*w), round((r[1]+r[3])*h)).Intersect(src.Rect)
	if cut.Dx() < minRegion || cut.Dy() < minRegion {
		return nil, fmt.Errorf("%w: %d×%d pixels, at least %d×%d are needed", ErrRegion, cut.Dx(), cut.Dy(), minRegion, minRegion)
	}
	return imaging.Crop(src, cut), nil
}

// Thumbnail scales a picture down until its longer side is at most side pixels;
// a smaller picture keeps its size. The result shares no pixels with img.
func Thumbnail(img image.Image, side int) *image.NRGBA {
	src := nrgba(img)
	if longer := max(src.Rect.Dx(), src.Rect.Dy()); longer <= side {
		return imaging.Clone(src)
	}
	return fit(src, side)
}

// Square fits a picture into side×side pixels: scaled by Lanczos until its longer
// side is side, centred, and its edge pixels repeated outwards. Encoders are
// trained on what `square` in embed/builtin/train makes, which is the same. img and
// side have at least one pixel.
func Square(img image.Image, side int) *image.NRGBA {
	src := fit(nrgba(img), side)
	w, h := src.Rect.Dx(), src.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, side, side))
	left, top := (side-w)/2, (side-h)/2
	for y := range h {
		row := out.Pix[(top+y)*out.Stride:][:out.Stride]
		from := src.Pix[y*src.Stride:][:4*w]
		copy(row[4*left:], from)
		for x := range left {
			copy(row[4*x:], from[:4])
		}
		for x := left + w; x < side; x++ {
			copy(row[4*x:], from[4*w-4:])
		}
	}
	first, last := out.Pix[top*out.Stride:][:out.Stride], out.Pix[(top+h-1)*out.Stride:][:out.Stride]
	for y := range top {
		copy(out.Pix[y*out.Stride:], first)
	}
	for y := top + h; y < side; y++ {
		copy(out.Pix[y*out.Stride:], last)
	}
	return out
}

// JPEG encodes a picture at a quality from 1 to 100, without metadata.
func JPEG(img image.Image, quality int) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, asRGBA(nrgba(img)), &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("encoding JPEG: %w", err)
	}
	return b.Bytes(), nil
}

// asRGBA sees the pixels of an opaque picture as the kind that image/jpeg encodes
// without going through an interface for each pixel.
func asRGBA(img *image.NRGBA) *image.RGBA {
	return &image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect}
}

// nrgba returns an opaque picture with bounds from (0, 0), converting what
// Decode did not make. The pixels may be shared.
func nrgba(img image.Image) *image.NRGBA {
	if m, ok := img.(*image.NRGBA); ok && m.Rect.Min == (image.Point{}) && m.Opaque() {
		return m
	}
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, img, b.Min, draw.Over)
	return &image.NRGBA{Pix: out.Pix, Stride: out.Stride, Rect: out.Rect}
}

// fit scales to a longer side of side pixels, up or down, no side below one pixel.
func fit(img *image.NRGBA, side int) *image.NRGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	scale := float64(side) / float64(max(w, h))
	return resize(img, max(1, round(float64(w)*scale)), max(1, round(float64(h)*scale)))
}

// round rounds halves to even, as Python does.
func round(v float64) int { return int(math.RoundToEven(v)) }

// resize scales by Lanczos. Where the picture is much too large, averaging areas
// goes before it, which is many times cheaper.
func resize(img *image.NRGBA, w, h int) *image.NRGBA {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	if w == width && h == height {
		return img
	}
	if max(width/w, height/h) > lanczosGap {
		img = shrink(img, min(width, lanczosGap*w), min(height, lanczosGap*h))
	}
	return imaging.Resize(img, w, h, imaging.Lanczos)
}
