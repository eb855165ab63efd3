package photo

import (
	"encoding/json"
	"image"
	"image/color"
	"math"
	"reflect"
	"testing"
)

var basic = []Named{
	{"black", 17, 17, 17}, {"white", 255, 255, 255}, {"grey", 128, 128, 128}, {"red", 200, 32, 44}, {"red", 110, 20, 35},
	{"green", 46, 139, 69}, {"blue", 42, 95, 184}, {"yellow", 245, 211, 39}, {"brown", 122, 74, 42},
}

// on puts rectangles of colours on a ground.
func on(ground color.NRGBA, things ...rectangle) *image.NRGBA {
	img := halves(120, 160, ground, ground)
	for _, r := range things {
		for y := r.y; y < r.y+r.h; y++ {
			for x := r.x; x < r.x+r.w; x++ {
				img.SetNRGBA(x, y, r.color)
			}
		}
	}
	return img
}

type rectangle struct {
	x, y, w, h int
	color      color.NRGBA
}

func TestPaletteNamesTheThing(t *testing.T) {
	pale := color.NRGBA{235, 235, 232, 255}
	for _, tc := range []struct {
		name string
		img  *image.NRGBA
		want []string
	}{
		{"red on white", on(white, rectangle{40, 50, 40, 60, red}), []string{"red"}},
		{"a small thing in a corner", on(white, rectangle{5, 5, 30, 30, blue}), []string{"blue"}},
		{"on a grey wall", on(color.NRGBA{150, 150, 150, 255}, rectangle{30, 30, 60, 100, blue}), []string{"blue"}},
		{"cut by the picture's edge", on(white, rectangle{30, 60, 60, 100, red}), []string{"red"}},
		{"white within, closed in", on(white, rectangle{20, 20, 80, 120, blue}, rectangle{30, 60, 60, 40, white}), []string{"white", "blue"}},
		{"two colours, the middle first", on(white, rectangle{30, 20, 60, 80, red}, rectangle{30, 100, 60, 40, blue}), []string{"red", "blue"}},
		{"nothing but white", on(white), []string{"white"}},
		{"nothing but red", on(red), []string{"red"}},
		{"no ground", on(red, rectangle{40, 0, 40, 160, blue}, rectangle{80, 0, 40, 160, color.NRGBA{46, 139, 69, 255}}), []string{"blue", "green", "red"}},
		{"a pale shirt on white", on(white, rectangle{30, 30, 60, 100, pale}), []string{"white"}},
		{"two reds make one", on(white, rectangle{30, 30, 60, 50, red}, rectangle{30, 80, 60, 50, color.NRGBA{120, 30, 45, 255}}), []string{"red"}},
		{"one pixel", halves(1, 1, red, red), []string{"red"}},
		{"one row", halves(50, 1, red, red), []string{"red"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := Palette(tc.img, basic, 5)
			var names []string
			var sum float64
			for _, s := range got {
				names = append(names, s.Name)
				sum += s.Share
			}
			if !reflect.DeepEqual(names, tc.want) || math.Abs(sum-1) > 0.05 {
				t.Errorf("got %+v, want %v", got, tc.want)
			}
			if again := Palette(tc.img, basic, 5); !reflect.DeepEqual(got, again) {
				t.Errorf("got %+v, then %+v", got, again)
			}
		})
	}
}

func TestPaletteGivesWhatIsAsked(t *testing.T) {
	img := on(white, rectangle{30, 20, 60, 80, red}, rectangle{30, 100, 60, 40, blue})
	if got := Palette(img, basic, 1); len(got) != 1 || got[0].Name != "red" || got[0].Share < 0.6 || got[0].Share > 0.95 {
		t.Errorf("one of two: %+v", got)
	}
	if got := Palette(img, nil, 3); got != nil {
		t.Errorf("no names: %+v", got)
	}
	for _, n := range []int{0, -1} {
		if got := Palette(img, basic, n); got != nil {
			t.Errorf("%d colours: %+v", n, got)
		}
	}
	got := Palette(on(white, rectangle{40, 50, 40, 60, red}), []Named{{"红色", 200, 32, 44}, {"蓝色", 42, 95, 184}}, 3)
	data, err := json.Marshal(got)
	if want := `[{"name":"红色","hex":"#c81e28","share":1}]`; err != nil || string(data) != want {
		t.Errorf("got %s, %v, want %s", data, err, want)
	}
}

func TestBackground(t *testing.T) {
	const w, h = 8, 6
	grey := lab{80, 0, 0}
	fill := func(c lab, at ...int) []lab {
		labs := make([]lab, w*h)
		for i := range labs {
			labs[i] = grey
		}
		for _, i := range at {
			labs[i] = c
		}
		return labs
	}
	ring := []int{10, 11, 12, 18, 20, 26, 27, 28} // around pixel 19
	for _, tc := range []struct {
		name string
		labs []lab
		want int // pixels of the background
	}{
		{"a ring keeps its hole", fill(lab{30, 40, 0}, ring...), w*h - 9},
		{"noise within reach", fill(lab{82, 1, 1}, 0, 3, 9), 0}, // all is background, so nothing is
		{"a shadow beyond reach", fill(lab{70, 0, 0}, ring...), w*h - 9},
		{"one speck is no thing", fill(lab{30, 40, 0}, 19), 0},
	} {
		marked, count := background(tc.labs, w), 0
		for _, m := range marked {
			if m {
				count++
			}
		}
		if count != tc.want {
			t.Errorf("%s: %d pixels are background, want %d", tc.name, count, tc.want)
		}
	}
	if box := bounds(background(fill(lab{30, 40, 0}, ring...), w), w); box != image.Rect(2, 1, 5, 4) {
		t.Errorf("the ring's box is %v", box)
	}
}
