package onnx

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"testing"
)

// plain has no rescaling, so that numbers are bytes.
const plain = `"do_rescale":false,"do_normalize":false`

func TestProcessorShapes(t *testing.T) {
	for _, c := range []struct {
		config        string
		clip          bool
		width, height int
		scaled, out   image.Point
	}{
		{`{}`, true, 400, 300, image.Pt(298, 224), image.Pt(224, 224)},
		{`{}`, true, 300, 401, image.Pt(224, 299), image.Pt(224, 224)},
		{`{}`, false, 400, 300, image.Pt(224, 224), image.Pt(224, 224)},
		{`{"size":20,"crop_size":10}`, true, 30, 60, image.Pt(20, 40), image.Pt(10, 10)},
		{`{"size":20}`, false, 30, 60, image.Pt(20, 20), image.Pt(20, 20)},
		{`{"size":{"width":20,"height":30}}`, false, 7, 7, image.Pt(20, 30), image.Pt(20, 30)},
		{`{"size":{"shortest_edge":16},"do_center_crop":true,"crop_size":{"height":8,"width":12}}`, false, 64, 32, image.Pt(32, 16), image.Pt(12, 8)},
	} {
		p, err := newProcessor([]byte(c.config), c.clip)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.scaled(image.Pt(c.width, c.height)); got != c.scaled || p.out != c.out {
			t.Errorf("%s: scaled to %v, out %v, want %v and %v", c.config, got, p.out, c.scaled, c.out)
		}
		p.read(make([]float32, p.len()), drawing("noise", 1, c.width, c.height))
	}
}

func TestProcessorErrors(t *testing.T) {
	for config, says := range map[string]string{
		`{"size":{"longest_edge":5}}`:            "longest_edge",
		`{"size":{"shortest_edge":5}}`:           "many sizes",
		`{"do_resize":false}`:                    "many sizes",
		`{"resample":6}`:                         "resample is 6",
		`{"size":-3}`:                            "-3 pixels",
		`{"size":100000}`:                        "100000 pixels",
		`{"image_std":[1,0,1]}`:                  "image_std",
		`{"image_mean":[1]}`:                     "image_mean",
		`{"size":{"width":5,"height":0}}`:        "0 pixels",
		`{"do_center_crop":true,"crop_size":{}}`: "many sizes",
		`{"size":{},"do_center_crop":true}`:      "0 pixels",
		`"`:                                      "JSON",
	} {
		if _, err := newProcessor([]byte(config), false); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want … %s", config, err, says)
		}
	}
}

// A crop of the middle, out of a picture that is larger on one axis and smaller on the other.
func TestProcessorCrop(t *testing.T) {
	p, err := newProcessor([]byte(`{"do_resize":false,"crop_size":10,`+plain+`}`), true)
	if err != nil {
		t.Fatal(err)
	}
	picture := drawing("noise", 2, 15, 7)
	got := make([]float32, p.len())
	fill(got, 300)
	p.read(got, picture)
	for y := range 10 {
		for x := range 10 {
			at := image.Pt(x+2, y-2) // (15-10)/2, and (7-10)/2 rounded down
			var want color.NRGBA
			if at.In(picture.Rect) {
				want = picture.NRGBAAt(at.X, at.Y)
			}
			if have := [3]float32{got[10*y+x], got[100+10*y+x], got[200+10*y+x]}; have != [3]float32{float32(want.R), float32(want.G), float32(want.B)} {
				t.Fatalf("(%d, %d): %v, want %v", x, y, have, want)
			}
		}
	}
}

func TestProcessorNumbers(t *testing.T) {
	p, err := newProcessor([]byte(`{"size":1,"rescale_factor":0.5,"image_mean":[1,2,3],"image_std":[1,2,4]}`), false)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]float32, 3)
	picture := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	picture.SetNRGBA(0, 0, color.NRGBA{100, 50, 20, 255})
	p.read(got, picture)
	if want := [3]float32{49, 11.5, 1.75}; [3]float32(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
	p.read(got, image.NewRGBA(image.Rect(3, 3, 5, 5))) // transparent: white
	if want := float32(255*.5 - 1); got[0] != want {
		t.Errorf("transparent: %v, want %v", got[0], want)
	}
}

// Bytes are Pillow's in kind too: a grey picture stays grey, a plain one plain, in every filter.
func TestFilters(t *testing.T) {
	for f := range filter(6) {
		src := image.NewNRGBA(image.Rect(0, 0, 61, 47))
		draw.Draw(src, src.Rect, image.NewUniform(color.NRGBA{7, 200, 255, 255}), image.Point{}, draw.Src)
		for _, size := range []image.Point{{10, 90}, {61, 47}, {1, 1}, {200, 3}} {
			got := resize(src, size.X, size.Y, f, image.Rectangle{Max: size})
			for i := 0; i < len(got.rgb); i += 3 {
				if [3]uint8(got.rgb[i:i+3]) != [3]uint8{7, 200, 255} {
					t.Fatalf("filter %d, %v: %v", f, size, got.rgb[i:i+3])
				}
			}
		}
	}
}

// The work is bounded by what is seen, not by what a long side would scale to.
func TestExtremePictures(t *testing.T) {
	p, err := newProcessor([]byte(`{}`), true)
	if err != nil {
		t.Fatal(err)
	}
	dst := make([]float32, p.len())
	for _, size := range []image.Point{{1, 30_000}, {30_000, 1}, {1, 1}, {2, 3}} {
		allocated := testing.AllocsPerRun(1, func() { p.read(dst, drawing("plain", 2, size.X, size.Y)) })
		if allocated > 5000 || math.IsNaN(float64(dst[0])) {
			t.Errorf("%v: %v allocations", size, allocated)
		}
		if r, g := dst[0], dst[p.out.X*p.out.Y]; r <= g {
			t.Errorf("%v: a red picture reads %v, %v", size, r, g)
		}
	}
}

func FuzzProcessor(f *testing.F) {
	for _, config := range []string{`{}`, `{"size":20,"crop_size":10,"resample":1}`, string(testdata(f, "clip/preprocessor_config.json")), `{"do_resize":false,"crop_size":{"width":3,"height":9}}`} {
		f.Add([]byte(config), true, uint8(7), uint8(90))
	}
	f.Fuzz(func(t *testing.T, config []byte, clip bool, width, height uint8) {
		p, err := newProcessor(config, clip)
		if err != nil || p.out.X*p.out.Y > 1<<16 || p.size.X > 500 || p.size.Y > 500 {
			return
		}
		dst := make([]float32, p.len())
		p.read(dst, drawing("checker", 1, int(width)+1, int(height)+1))
		if p.out.X < 1 || p.out.Y < 1 {
			t.Error(fmt.Sprint("a picture of ", p.out))
		}
	})
}
