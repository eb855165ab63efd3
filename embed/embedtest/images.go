package embedtest

import (
	"image"
	"image/color"
	"image/draw"
	"slices"
	"testing"

	"honeyguide/embed"
)

// Images checks that an encoder of pictures keeps the contract of embed.Images.
func Images(t *testing.T, enc embed.Images) {
	t.Helper()
	s := suite[image.Image]{
		model: enc.Model, dim: enc.Dim, encode: enc.EncodeImages,
		samples: []image.Image{scene(80, 80, 1), scene(333, 250, 2), scene(250, 333, 3), scene(64, 200, 4), scene(31, 17, 5)},
		blank:   []image.Image{plain(1, 1, color.White), plain(500, 1, color.Black), plain(3, 400, color.White), plain(64, 64, color.Gray{128})},
	}
	s.run(t)
	t.Run("kinds of picture", func(t *testing.T) { kinds(t, s) })
	t.Run("origin", func(t *testing.T) { origin(t, s) })
	t.Run("pictures are left alone", func(t *testing.T) { leftAlone(t, s) })
}

// scene draws a disc and stripes in colours that the seed chooses.
func scene(width, height, seed int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	ground := color.NRGBA{uint8(200 - 30*seed), uint8(90 + 25*seed), uint8(40 * seed), 255}
	disc := color.NRGBA{uint8(40 * seed), uint8(220 - 40*seed), 200, 255}
	for y := range height {
		for x := range width {
			c := ground
			dx, dy := 2*x-width, 2*y-height
			switch {
			case dx*dx+dy*dy < min(width, height)*min(width, height)/2:
				c = disc
			case (x*8/width+seed)%(seed+1) == 0:
				c = color.NRGBA{245, 245, 240, 255}
			}
			out.SetNRGBA(x, y, c)
		}
	}
	return out
}

func plain(width, height int, c color.Color) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(out, out.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return out
}

// kinds: the same opaque pixels are the same picture, in whatever type.
func kinds(t *testing.T, s suite[image.Image]) {
	source := scene(80, 80, 2)
	want := s.must(t, source)[0]
	same := map[string]draw.Image{
		"RGBA": image.NewRGBA(source.Rect), "RGBA64": image.NewRGBA64(source.Rect), "NRGBA64": image.NewNRGBA64(source.Rect),
		"Paletted": image.NewPaletted(source.Rect, palette(source)),
	}
	for name, p := range same {
		draw.Draw(p, p.Bounds(), source, image.Point{}, draw.Src)
		if d := distance(s.must(t, p)[0], want); d > sameComponent {
			t.Errorf("as %s a picture's vector moves by %g", name, d)
		}
	}
	other := []image.Image{image.NewGray(source.Rect), image.NewCMYK(source.Rect), image.NewYCbCr(source.Rect, image.YCbCrSubsampleRatio420), image.NewNRGBA(source.Rect)}
	for i, v := range s.must(t, other...) {
		if err := unit(v); err != nil {
			t.Errorf("%T: %v", other[i], err)
		}
	}
}

// palette lists a picture's colours.
func palette(p *image.NRGBA) color.Palette {
	var out color.Palette
	for y := range p.Rect.Dy() {
		for x := range p.Rect.Dx() {
			if c := p.NRGBAAt(x, y); !slices.Contains(out, color.Color(c)) {
				out = append(out, c)
			}
		}
	}
	return out
}

// origin: a part of a larger picture is the same as a copy of that part.
func origin(t *testing.T, s suite[image.Image]) {
	whole, part := scene(200, 160, 3), image.Rect(40, 30, 140, 110)
	alone := image.NewNRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(alone, alone.Rect, whole, part.Min, draw.Src)
	got := s.must(t, whole.SubImage(part), alone)
	if d := distance(got[0], got[1]); d > sameComponent {
		t.Errorf("a part's vector differs by %g from its copy's", d)
	}
}

func leftAlone(t *testing.T, s suite[image.Image]) {
	p := scene(80, 80, 4)
	kept := slices.Clone(p.Pix)
	s.must(t, p, p)
	if !slices.Equal(p.Pix, kept) {
		t.Error("encoding changes the picture")
	}
}

// oneSpace: pictures of nothing but a colour are nearer to its name than to
// other colours' names, on the whole. Any encoder that has seen pictures with
// their words knows that much.
func oneSpace(t *testing.T, enc embed.Joint) {
	names := []string{"red", "green", "blue", "black", "white", "yellow"}
	colors := []color.Color{
		color.NRGBA{200, 20, 30, 255}, color.NRGBA{20, 130, 50, 255}, color.NRGBA{20, 50, 190, 255},
		color.NRGBA{15, 15, 15, 255}, color.NRGBA{250, 250, 250, 255}, color.NRGBA{250, 220, 40, 255},
	}
	var pictures []image.Image
	for _, c := range colors {
		pictures = append(pictures, plain(80, 80, c))
	}
	words, err := enc.EncodeTexts(t.Context(), names)
	if err != nil {
		t.Fatal(err)
	}
	shots, err := enc.EncodeImages(t.Context(), pictures)
	if err != nil {
		t.Fatal(err)
	}
	own, other := 0., 0.
	for i := range shots {
		for j := range words {
			if i == j {
				own += dot(shots[i], words[j]) / float64(len(names))
			} else {
				other += dot(shots[i], words[j]) / float64(len(names)*(len(names)-1))
			}
		}
	}
	t.Logf("mean similarity of colours to their names %.3f, to others %.3f", own, other)
	if own <= other {
		t.Errorf("colours are %.3f like their names and %.3f like others", own, other)
	}
}
