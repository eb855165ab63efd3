package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
)

// scene is a picture with edges, slopes and fine pattern.
func scene(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			c := color.NRGBA{uint8(255 * u), uint8(255 * v), uint8(127 + 100*math.Sin(40*u*v)), 255}
			if math.Hypot(u-.5, v-.4) < .25 {
				c = color.NRGBA{220, 20, uint8(200 * v), 255}
			}
			if int(20*u)%7 == 3 {
				c.G = 255 - c.G
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// lanczos is the definition: both axes at once, in floats, weights stretched when
// scaling down, and cut at the picture's edge.
func lanczos(img *image.NRGBA, w, h int) *image.NRGBA {
	kernel := func(x float64) float64 {
		if x == 0 {
			return 1
		}
		if math.Abs(x) >= 3 {
			return 0
		}
		p := math.Pi * x
		return 3 * math.Sin(p) * math.Sin(p/3) / (p * p)
	}
	weights := func(at, from, to int) []float64 {
		scale := float64(from) / float64(to)
		center, stretch := (float64(at)+.5)*scale-.5, max(scale, 1)
		all, sum := make([]float64, from), 0.0
		for i := range all {
			all[i] = kernel((float64(i) - center) / stretch)
			sum += all[i]
		}
		for i := range all {
			all[i] /= sum
		}
		return all
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		horizontal := weights(x, img.Rect.Dx(), w)
		for y := range h {
			var sum [3]float64
			for sy, wy := range weights(y, img.Rect.Dy(), h) {
				for sx, wx := range horizontal {
					if wx*wy == 0 {
						continue
					}
					for c := range sum {
						sum[c] += wx * wy * float64(img.Pix[sy*img.Stride+4*sx+c])
					}
				}
			}
			at := out.Pix[y*out.Stride+4*x:]
			for c, v := range sum {
				at[c] = uint8(min(max(math.Round(v), 0), 255))
			}
			at[3] = 255
		}
	}
	return out
}

// differ is the mean and the largest difference of two pictures, in levels.
func differ(a, b *image.NRGBA) (mean float64, most int) {
	for i := range a.Pix {
		d := int(a.Pix[i]) - int(b.Pix[i])
		d = max(d, -d)
		mean += float64(d)
		most = max(most, d)
	}
	return mean / float64(len(a.Pix)), most
}

func TestResizeIsLanczos(t *testing.T) {
	for _, tc := range []struct {
		from, to image.Point
		mean     float64
		most     int
	}{
		{image.Pt(20, 30), image.Pt(33, 50), 0.5, 10}, // up
		{image.Pt(100, 75), image.Pt(40, 30), 0.5, 4}, // down by Lanczos alone
		{image.Pt(200, 267), image.Pt(30, 40), 1, 14}, // areas first, at a broken factor
		{image.Pt(320, 240), image.Pt(24, 18), 1, 14},
		{image.Pt(300, 2), image.Pt(20, 1), 1, 14}, // areas first on one axis only
	} {
		img := scene(tc.from.X, tc.from.Y)
		got := resize(img, tc.to.X, tc.to.Y)
		mean, most := differ(got, lanczos(img, tc.to.X, tc.to.Y))
		if got.Rect.Max != tc.to || mean > tc.mean || most > tc.most {
			t.Errorf("%v to %v: got %v, off by %.2f in the mean and %d at most", tc.from, tc.to, got.Rect.Max, mean, most)
		}
	}
}

func TestShrinkAveragesAreas(t *testing.T) {
	img := scene(31, 23)
	got := shrink(img, 7, 23)
	for x := range 7 {
		from, to := float64(x)*31/7, float64(x+1)*31/7
		for c := range 3 {
			var sum float64
			for sx := range 31 {
				cover := min(float64(sx+1), to) - max(float64(sx), from)
				sum += max(0, cover) * float64(img.Pix[5*img.Stride+4*sx+c])
			}
			if want := sum * 7 / 31; math.Abs(float64(got.Pix[5*got.Stride+4*x+c])-want) > 0.5001 {
				t.Errorf("column %d, channel %d: got %d, want %.2f", x, c, got.Pix[5*got.Stride+4*x+c], want)
			}
		}
	}
}

func TestSpansCoverEverythingOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		from := 1 + random.IntN(300)
		to := 1 + random.IntN(from)
		given := make([]uint64, from)
		for _, s := range spans(from, to) {
			var sum uint64
			for i := s.first; i <= s.last; i++ {
				given[i] += s.share(i)
				sum += s.share(i)
			}
			if sum != uint64(from) {
				t.Fatalf("%d to %d: span %+v has %d shares", from, to, s, sum)
			}
		}
		for i, n := range given {
			if n != uint64(to) {
				t.Fatalf("%d to %d: pixel %d gave %d shares", from, to, i, n)
			}
		}
	}
}

func TestSquareEqualsTraining(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 13, 9))
	for y := range 9 {
		for x := range 13 {
			img.Set(x, y, color.NRGBA{uint8(x*19 + y*7), uint8(x * y * 5), uint8(255 - x*11 - y*3), 255})
		}
	}
	want := unhex(trainingSquare)
	got := Square(img, 6)
	for i := range 36 {
		for c := range 3 {
			if d := int(got.Pix[4*i+c]) - int(want[3*i+c]); d > 1 || d < -1 {
				t.Errorf("pixel %d, channel %d: got %d, want %d", i, c, got.Pix[4*i+c], want[3*i+c])
			}
		}
	}
}

func TestSquareFitsAndRepeatsEdges(t *testing.T) {
	for _, tc := range []struct{ w, h, side, left, top, right, bottom int }{
		{60, 80, 80, 10, 0, 70, 80}, {80, 60, 80, 0, 10, 80, 70}, {80, 80, 80, 0, 0, 80, 80},
		{60, 77, 80, 9, 0, 71, 80}, {1, 1, 8, 0, 0, 8, 8}, {1000, 1, 8, 0, 3, 8, 4}, {5, 2, 8, 0, 2, 8, 5}, {400, 533, 80, 10, 0, 70, 80},
	} {
		t.Run(fmt.Sprintf("%d×%d to %d", tc.w, tc.h, tc.side), func(t *testing.T) {
			img := scene(tc.w, tc.h)
			got := Square(img, tc.side)
			inner := resize(img, tc.right-tc.left, tc.bottom-tc.top)
			if got.Rect != image.Rect(0, 0, tc.side, tc.side) {
				t.Fatalf("bounds %v", got.Rect)
			}
			for y := range tc.side {
				for x := range tc.side {
					want := inner.NRGBAAt(min(max(x, tc.left), tc.right-1)-tc.left, min(max(y, tc.top), tc.bottom-1)-tc.top)
					if got.NRGBAAt(x, y) != want {
						t.Fatalf("(%d, %d) is %v, want %v", x, y, got.NRGBAAt(x, y), want)
					}
				}
			}
		})
	}
}

func TestTransformsTakeAnyPicture(t *testing.T) {
	part := scene(40, 60).SubImage(image.Rect(10, 20, 30, 50))
	whole := image.NewNRGBA(image.Rect(0, 0, 20, 30))
	for y := range 30 {
		for x := range 20 {
			whole.Set(x, y, part.At(10+x, 20+y))
		}
	}
	if got := Square(part, 16); !bytes.Equal(got.Pix, Square(whole, 16).Pix) {
		t.Error("a part of a picture makes another square than its copy")
	}
	seen := Thumbnail(halves(40, 20, red, none), 10)
	if got := seen.NRGBAAt(9, 2); got != white {
		t.Errorf("transparent became %v, want white", got)
	}
	grey := convert(whole, image.NewGray(whole.Rect))
	if got := Thumbnail(grey, 8); got.Rect != image.Rect(0, 0, 5, 8) || !got.Opaque() {
		t.Errorf("grey became %v", got.Rect)
	}
}

func TestThumbnail(t *testing.T) {
	for _, tc := range []struct{ w, h, side, wantW, wantH int }{
		{400, 533, 200, 150, 200}, {533, 400, 200, 200, 150}, {60, 80, 200, 60, 80}, {3000, 1, 100, 100, 1},
	} {
		if got := Thumbnail(scene(tc.w, tc.h), tc.side).Rect; got != image.Rect(0, 0, tc.wantW, tc.wantH) {
			t.Errorf("%d×%d to %d: got %v", tc.w, tc.h, tc.side, got)
		}
	}
	small := scene(10, 10)
	Thumbnail(small, 20).Pix[0] ^= 0xff
	if !bytes.Equal(small.Pix, scene(10, 10).Pix) {
		t.Error("the thumbnail of a small picture shares its pixels")
	}
}

func TestCrop(t *testing.T) {
	img := scene(100, 200)
	for _, tc := range []struct {
		region Region
		want   image.Rectangle
	}{
		{Region{0, 0, 1, 1}, image.Rect(0, 0, 100, 200)},
		{Region{.1, .2, .5, .6}, image.Rect(10, 40, 60, 160)},
		{Region{-.005, .5, 1.01, .505}, image.Rect(0, 100, 100, 200)},
		{Region{.92, .96, .08, .04}, image.Rect(92, 192, 100, 200)},
	} {
		got, err := Crop(img, tc.region)
		if err != nil {
			t.Errorf("%v: %v", tc.region, err)
			continue
		}
		if got.Rect != image.Rect(0, 0, tc.want.Dx(), tc.want.Dy()) || got.NRGBAAt(0, 0) != img.NRGBAAt(tc.want.Min.X, tc.want.Min.Y) {
			t.Errorf("%v: got %v", tc.region, got.Rect)
		}
	}
	for _, r := range []Region{
		{}, {0, 0, 1, 0}, {.5, .5, .6, .2}, {.5, .5, .2, .6}, {-.1, 0, .5, .5}, {0, 0, 2, 2}, {1, 1, 0, 0}, {0, 0, .07, .5}, {0, 0, .5, .037},
		{math.NaN(), 0, 1, 1}, {0, 0, math.Inf(1), 1}, {0, math.Inf(-1), 1, 1}, {0, 0, -.5, .5},
	} {
		if _, err := Crop(img, r); !errors.Is(err, ErrRegion) {
			t.Errorf("%v: got %v", r, err)
		}
	}
}

func TestJPEGRoundTrip(t *testing.T) {
	img := scene(90, 70)
	data, err := JPEG(img, 95)
	if err != nil {
		t.Fatal(err)
	}
	got, info, err := Decode(data)
	if err != nil || info.Format != FormatJPEG {
		t.Fatal(info, err)
	}
	if mean, _ := differ(got, img); mean > 6 {
		t.Errorf("off by %.1f in the mean", mean)
	}
	if _, err := JPEG(image.NewNRGBA(image.Rect(0, 0, 1<<16, 1)), 90); err == nil {
		t.Error("wider than JPEG can be, and no error")
	}
}
