// Package photo reads buyers' and merchants' pictures safely and looks at them
// simply: upright pixels, crops, thumbnails, the encoder's square, and colours.
//
// Pictures come from strangers. Their format is told by content, never by name;
// their size is read from the header before anything is decoded; their metadata
// is left behind. What leaves this package is always an opaque *image.NRGBA
// whose bounds start at (0, 0).
package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
)

// Limits of what Decode takes.
const (
	MaxBytes  = 10 << 20   // bytes of one file
	MaxPixels = 40_000_000 // pixels of one picture, as its header announces them
)

// Errors of Inspect, Decode and Crop, wrapped with what was wrong.
var (
	// ErrUnsupported marks data that is not a JPEG, PNG, WebP or GIF. The
	// message names what it is, where that is known, and the way out.
	ErrUnsupported = errors.New("picture format not supported")
	// ErrTooLarge marks more than MaxBytes or MaxPixels.
	ErrTooLarge = errors.New("picture too large")
	// ErrBroken marks data that begins like a picture but cannot be decoded.
	ErrBroken = errors.New("picture is broken")
	// ErrRegion marks a region that is not a usable part of its picture.
	ErrRegion = errors.New("invalid region")
)

// Format is one of the picture formats that are read.
type Format string

// The formats that are read.
const (
	FormatJPEG Format = "jpeg"
	FormatPNG  Format = "png"
	FormatWebP Format = "webp"
	FormatGIF  Format = "gif"
)

// MediaType is the format's Content-Type.
func (f Format) MediaType() string { return "image/" + string(f) }

// Info is what a picture's header says. Width and Height are pixels of the
// upright picture.
type Info struct {
	Format        Format
	Width, Height int

	turn orientation
}

// Inspect reads the header of a picture and checks it against the limits,
// without decoding the pixels: what passes may still turn out ErrBroken.
func Inspect(data []byte) (Info, error) {
	if len(data) > MaxBytes {
		return Info{}, fmt.Errorf("%w: %.1f MB, at most %d MB are read", ErrTooLarge, float64(len(data))/(1<<20), MaxBytes>>20)
	}
	format, err := sniff(data)
	if err != nil {
		return Info{}, err
	}
	config, err := decodeConfig(format, data)
	if err != nil {
		return Info{}, broken(format, err)
	}
	if err := checkSize(config.Width, config.Height); err != nil {
		return Info{}, err
	}
	info := Info{Format: format, Width: config.Width, Height: config.Height, turn: readOrientation(format, data)}
	if info.turn.swapsSides() {
		info.Width, info.Height = info.Height, info.Width
	}
	return info, nil
}

// Decode returns a picture upright, as its EXIF orientation asks, with what was
// transparent laid on white, as shops show it. All metadata is dropped. Of an
// animated GIF it returns the first frame on its whole canvas; animated WebP is
// ErrUnsupported.
//
// The pixels are copied into an NRGBA before any transform sees them: code that
// works on other kinds of pictures has panicked on crafted ones (CVE-2023-36308).
func Decode(data []byte) (*image.NRGBA, Info, error) {
	info, err := Inspect(data)
	if err != nil {
		return nil, Info{}, err
	}
	if info.Format == FormatJPEG && countScans(data) > maxScans {
		return nil, Info{}, fmt.Errorf("%w: a JPEG of more than %d scans", ErrBroken, maxScans)
	}
	img, err := decode(info.Format, data)
	if err != nil {
		return nil, Info{}, broken(info.Format, err)
	}
	canvas := image.Rect(0, 0, info.Width, info.Height)
	if info.turn.swapsSides() {
		canvas = image.Rect(0, 0, info.Height, info.Width)
	}
	return info.turn.apply(flatten(smoothChroma(img), canvas)), info, nil
}

func decodeConfig(format Format, data []byte) (image.Config, error) {
	r := bytes.NewReader(data)
	switch format {
	case FormatJPEG:
		return jpeg.DecodeConfig(r)
	case FormatPNG:
		return png.DecodeConfig(r)
	case FormatWebP:
		return webp.DecodeConfig(r)
	default:
		return gif.DecodeConfig(r)
	}
}

// decode names its decoders instead of asking image.Decode, which tries every
// decoder that any package of the program has registered.
func decode(format Format, data []byte) (image.Image, error) {
	r := bytes.NewReader(data)
	switch format {
	case FormatJPEG:
		return jpeg.Decode(r)
	case FormatPNG:
		return png.Decode(r)
	case FormatWebP:
		return decodeWebP(r)
	default:
		return gif.Decode(r)
	}
}

func checkSize(width, height int) error {
	if width <= 0 || height <= 0 {
		return fmt.Errorf("%w: it announces %d×%d pixels", ErrBroken, width, height)
	}
	if int64(width)*int64(height) > MaxPixels {
		return fmt.Errorf("%w: %d×%d pixels, at most %d million are read", ErrTooLarge, width, height, MaxPixels/1_000_000)
	}
	return nil
}

// broken says why a decoder gave up: a valid file of a rare kind is ErrUnsupported.
func broken(format Format, err error) error {
	if rare := jpeg.UnsupportedError(""); errors.As(err, &rare) {
		return fmt.Errorf("%w: a rare kind of JPEG (%s); save it as an ordinary JPEG", ErrUnsupported, string(rare))
	}
	if rare := png.UnsupportedError(""); errors.As(err, &rare) {
		return fmt.Errorf("%w: a rare kind of PNG (%s); save it as JPEG", ErrUnsupported, string(rare))
	}
	return fmt.Errorf("%w: %s: %v", ErrBroken, format, err)
}

// flatten lays a picture on a white canvas. The result is opaque, and for opaque
// pixels RGBA and NRGBA are the same bytes: so draw's fast paths, which exist for
// RGBA only, may write them.
func flatten(img image.Image, canvas image.Rectangle) *image.NRGBA {
	out := image.NewRGBA(canvas)
	op := draw.Src
	if o, ok := img.(interface{ Opaque() bool }); !ok || !o.Opaque() || !canvas.In(img.Bounds()) {
		draw.Draw(out, canvas, image.White, image.Point{}, draw.Src)
		op = draw.Over
	}
	draw.Draw(out, canvas, img, image.Point{}, op)
	return &image.NRGBA{Pix: out.Pix, Stride: out.Stride, Rect: out.Rect}
}
