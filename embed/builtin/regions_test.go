package builtin

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"math"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"

	"honeyguide/embed/photo"
)

// regionReference is what train/regions.py wrote next to the head.
type regionReference struct {
	Tower    string
	Drawings []struct {
		Width, Height, K int
		Logits           []float64 // of each label, at every 7th cell
		Found            []struct {
			Label int
			Box   [4]float64 // corner and size, pixels of the canvas
			Logit float64
		}
	}
}

func readRegionReference(t *testing.T) *regionReference {
	t.Helper()
	f, err := os.Open("testdata/regions.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var r regionReference
	if err := json.NewDecoder(z).Decode(&r); err != nil {
		t.Fatal(err)
	}
	return &r
}

// figure draws what drawing in train/regions.py draws.
func figure(width, height, k int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	h := height * 8 / 10
	mid, top := width*(2+k%3)/6+10, height/12
	parts := []struct{ left, up, wide, high, red, green, blue int }{
		{-10, 0, 20, 12, 60, 40, 30}, {-8, 8, 16, 16, 220, 180, 160}, {-24, 26, 48, 34, 40 + 50*k, 60, 160 - 30*k},
		{-16, 58, 32, 32, 30, 30 + 40*k, 60}, {-15, 90, 12, 6, 90, 30, 20}, {3, 90, 12, 6, 90, 30, 20}, {24, 50, 14, 16, 160, 90 - 20*k, 40},
	}
	for y := range height {
		for x := range width {
			c := color.NRGBA{uint8((x+y*k)%90 + 120), uint8((y*2+40*k)%80 + 130), uint8((x*3)%60 + 140), 255}
			for _, p := range parts {
				x0, y0 := mid+int(math.Floor(float64(p.left*h)/200)), top+p.up*h/100
				if x >= x0 && x < x0+p.wide*h/200 && y >= y0 && y < y0+p.high*h/100 {
					c = color.NRGBA{uint8(p.red), uint8(p.green), uint8(p.blue), 255}
				}
			}
			out.SetNRGBA(x, y, c)
		}
	}
	return out
}

// see runs the detector up to its candidates.
func (e *Encoder) see(picture image.Image) (*canvas, []float32, []found) {
	s := e.regions.scratch.Get().(*regionScratch)
	c := e.regions.canvasOf(picture.Bounds())
	c.place(s, picture, &e.pictures)
	x := c.run(s)
	return c, x, candidates(x, c.fine)
}

func TestRegionsEqualTraining(t *testing.T) {
	r, e := readRegionReference(t), newEncoder(t)
	if r.Tower != e.Model() {
		t.Fatalf("the regions were trained on %s, the weights are of %s: run train/regions.py again", r.Tower, e.Model())
	}
	candidates := 0
	for _, d := range r.Drawings {
		c, x, all := e.see(figure(d.Width, d.Height, d.K))
		n, row := 0, len(x)/c.fine.pixels()
		for label := range Labels() {
			for at := 0; at < c.fine.pixels(); at, n = at+7, n+1 {
				if got := float64(x[at*row+label]); math.Abs(got-d.Logits[n]) > 1e-3 {
					t.Fatalf("%d×%d: label %d at cell %d is %g, training has %g", d.Width, d.Height, label, at, got, d.Logits[n])
				}
			}
		}
		if n != len(d.Logits) || len(all) < len(d.Found) {
			t.Fatalf("%d×%d: %d numbers and %d candidates, training has %d and %d", d.Width, d.Height, n, len(all), len(d.Logits), len(d.Found))
		}
		for i, want := range d.Found {
			got := all[i]
			if got.label != want.Label || math.Abs(got.score-want.Logit) > 1e-3 {
				t.Errorf("%d×%d: candidate %d is %v, training has %v", d.Width, d.Height, i, got, want)
			}
			for k := range got.box { // of some 200 pixels
				if math.Abs(got.box[k]-want.Box[k]) > .1 {
					t.Errorf("%d×%d: candidate %d is %v, training has %v", d.Width, d.Height, i, got, want)
				}
			}
		}
		candidates += len(d.Found)
	}
	if candidates < 10 {
		t.Errorf("only %d candidates in the reference", candidates)
	}
}

func BenchmarkRegions(b *testing.B) {
	e := newEncoder(b)
	picture := figure(400, 533, 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Regions(b.Context(), picture); err != nil {
			b.Fatal(err)
		}
	}
}

func regionsOf(t *testing.T, e *Encoder, picture image.Image) []Region {
	t.Helper()
	r, err := e.Regions(t.Context(), picture)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lenient is an encoder that shows whatever it has a notion of.
func lenient(t *testing.T) *Encoder {
	e := newEncoder(t)
	e.regions.confidence.least = 0
	return e
}

func TestRegionsLieInThePicture(t *testing.T) {
	e := lenient(t)
	seen := 0
	for _, size := range [][2]int{{1, 1}, {1, 900}, {900, 1}, {30, 40}, {176, 240}, {240, 176}, {400, 533}, {533, 400}, {500, 500}, {40, 3000}} {
		found := regionsOf(t, e, figure(size[0], size[1], 1))
		seen += len(found)
		if len(found) > maxRegions {
			t.Errorf("%v: %d regions", size, len(found))
		}
		for i, r := range found {
			if !slices.Contains(Labels(), r.Label) || !(r.Score >= 0 && r.Score <= 1) || i > 0 && r.Score > found[i-1].Score {
				t.Errorf("%v: region %d is %+v", size, i, r)
			}
			if !(r.Box[0] >= 0 && r.Box[1] >= 0 && r.Box[2] > 0 && r.Box[3] > 0 && r.Box[0]+r.Box[2] <= 1+1e-9 && r.Box[1]+r.Box[3] <= 1+1e-9) {
				t.Errorf("%v: box %v", size, r.Box)
			}
		}
	}
	if seen == 0 {
		t.Error("nothing was seen in any picture")
	}
}

// A picture's bounds need not begin at zero, and its kind does not matter.
func TestRegionsOfAnyKindOfPicture(t *testing.T) {
	e, whole := lenient(t), figure(300, 420, 2)
	part := whole.SubImage(image.Rect(40, 20, 260, 400))
	moved := image.NewRGBA(image.Rect(0, 0, 220, 380))
	for y := range 380 {
		for x := range 220 {
			moved.Set(x, y, whole.At(x+40, y+20))
		}
	}
	a, b := regionsOf(t, e, part), regionsOf(t, e, moved)
	if len(a) == 0 || !slices.Equal(a, b) {
		t.Errorf("%v\n%v", a, b)
	}
}

func TestRegionsErrors(t *testing.T) {
	e := newEncoder(t)
	for name, p := range map[string]image.Image{"nil": nil, "empty": image.NewNRGBA(image.Rectangle{}), "flat": image.NewGray(image.Rect(0, 0, 10, 0))} {
		if r, err := e.Regions(t.Context(), p); !errors.Is(err, ErrPicture) || r != nil {
			t.Errorf("%s: %v, error %v", name, r, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r, err := e.Regions(ctx, figure(60, 80, 0)); !errors.Is(err, context.Canceled) || r != nil {
		t.Errorf("canceled: %v, error %v", r, err)
	}
}

func TestManyCallersSeeTheSameRegions(t *testing.T) {
	e := lenient(t)
	pictures := []image.Image{figure(176, 240, 0), figure(533, 400, 1), figure(90, 300, 2)}
	var want [][]Region
	for _, p := range pictures {
		want = append(want, regionsOf(t, e, p))
	}
	var all sync.WaitGroup
	for i := range 2 * max(3, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			k := i % len(pictures)
			if got, err := e.Regions(t.Context(), pictures[k]); err != nil || !slices.Equal(got, want[k]) {
				t.Errorf("picture %d: %v, error %v", k, got, err)
			}
		})
	}
	all.Wait()
}

func TestHeadOfAnotherNetwork(t *testing.T) {
	e := newEncoder(t)
	if _, err := newDetector(shippedRegions[:len(shippedRegions)/2], &e.pictures); !errors.Is(err, ErrWeights) {
		t.Errorf("half a file: %v", err)
	}
	if _, err := newDetector(shipped, &e.pictures); !errors.Is(err, ErrWeights) {
		t.Errorf("a file of other weights: %v", err)
	}
	small, err := load(tiny().file(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newDetector(shippedRegions, &small.pictures); !errors.Is(err, ErrWeights) {
		t.Errorf("another tower: %v", err)
	}
	if r, err := small.Regions(t.Context(), figure(60, 80, 0)); r != nil || err != nil {
		t.Errorf("weights without a detector: %v, error %v", r, err)
	}
}

func TestMerge(t *testing.T) {
	near := []found{
		{0, [4]float64{10, 10, 20, 40}, 2}, {0, [4]float64{12, 10, 20, 40}, 2}, // nearly the same: their mean
		{0, [4]float64{14, 14, 24, 44}, -2}, // overlaps: gone
		{0, [4]float64{80, 10, 20, 40}, -3}, // another one
	}
	got := merge(near)
	if len(got) != 2 || math.Abs(got[0].box[0]-11) > .15 || got[0].score != 2 || got[1].box != near[3].box {
		t.Errorf("%v", got)
	}
}

func TestPick(t *testing.T) {
	c := confidence{slope: 1, offset: make([]float32, len(Labels())), least: .3}
	c.offset[6] = -2
	box := func(x float64) [4]float64 { return [4]float64{x, 0, 10, 10} }
	got := c.pick([]found{{0, box(0), 0}, {3, box(.5), 2}, {5, box(0), 1}, {6, box(40), 1}, {2, box(60), -1}, {1, box(80), -.5}})
	var labels []int
	for _, f := range got {
		labels = append(labels, f.label)
	}
	if !slices.Equal(labels, []int{3, 5, 1}) { // the upper is the outerwear, the hat and the dress are unlikely
		t.Errorf("%v", got)
	}
	many := make([]found, 30)
	for i := range many {
		many[i] = found{5, box(float64(20 * i)), 3}
	}
	if got := c.pick(many); len(got) != maxRegions {
		t.Errorf("%d regions", len(got))
	}
}

func TestIoU(t *testing.T) {
	for _, c := range []struct {
		a, b [4]float64
		want float64
	}{
		{[4]float64{0, 0, 2, 2}, [4]float64{0, 0, 2, 2}, 1},
		{[4]float64{0, 0, 2, 2}, [4]float64{1, 0, 2, 2}, 1. / 3},
		{[4]float64{0, 0, 2, 2}, [4]float64{2, 0, 2, 2}, 0},
		{[4]float64{0, 0, 4, 4}, [4]float64{1, 1, 2, 2}, .25},
	} {
		if got := iou(c.a, c.b); math.Abs(got-c.want) > 1e-12 || got != iou(c.b, c.a) {
			t.Errorf("iou(%v, %v) = %g, want %g", c.a, c.b, got, c.want)
		}
	}
}

func TestFractionsAreCut(t *testing.T) {
	p := placed{left: 10, top: 20, width: 100, height: 200}
	if got := p.fractions([4]float64{0, 120, 60, 200}); got != (photo.Region{0, .5, .5, .5}) {
		t.Errorf("%v", got)
	}
}
