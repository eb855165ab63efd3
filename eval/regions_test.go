package eval

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honeyguide/embed/photo"
)

// ids returns the first n ids of a part, of four digits.
func ids(part photoPart, n int) []string {
	var out []string
	for i := 0; len(out) < n; i++ {
		if id := fmt.Sprintf("%04d", i); partOf(id) == part && !samePhoto[id] {
			out = append(out, id)
		}
	}
	return out
}

// photosZip writes photos whose only colour is their place in ids, and annotations.
func photosZip(t *testing.T, annotations string, ids ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, data []byte) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("annotations.json", []byte(annotations))
	for i, id := range ids {
		picture := image.NewGray(image.Rect(0, 0, 40, 60))
		for k := range picture.Pix {
			picture.Pix[k] = uint8(20 * i)
		}
		var out bytes.Buffer
		if err := jpeg.Encode(&out, picture, nil); err != nil {
			t.Fatal(err)
		}
		add("images/"+id+".jpg", out.Bytes())
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "photos.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// byShade answers for the photo that was written in this place.
func byShade(answers ...[]Seen) Detector {
	return func(_ context.Context, p image.Image) ([]Seen, error) {
		return answers[(int(color.GrayModel.Convert(p.At(5, 5)).(color.Gray).Y)+10)/20], nil
	}
}

func TestRegions(t *testing.T) {
	test, train := ids(testPart, 2), ids(trainPart, 1)[0]
	annotations := fmt.Sprintf(`{
		%q: {"tags": ["shirt"], "boxes": {"shirt": [0.2, 0.2, 0.4, 0.4], "shoes": [0.2, 0.9, 0.2, 0.1], "skin": [0, 0, 1, 1], "sunglasses": [0.3, 0.1, 0.1, 0.05]}},
		%q: {"tags": [], "boxes": {"purse": [0.7, 0.5, 0.2, 0.2], "bag": [0.1, 0.5, 0.2, 0.2]}},
		%q: {"tags": [], "boxes": {"t-shirt": [0.2, 0.2, 0.4, 0.4]}},
		"9999": {"tags": ["hat"]}}`, test[0], test[1], train)
	path := photosZip(t, annotations, test...)
	detect := byShade([]Seen{
		{photo.Region{.2, .2, .4, .36}, "upper", .9},  // right
		{photo.Region{.2, .22, .4, .36}, "upper", .8}, // the same again: wrong
		{photo.Region{.2, .9, .2, .1}, "bag", .7},     // the place of the shoes, another label
		{photo.Region{.3, .1, .1, .05}, "eyewear", .6},
	}, []Seen{
		{photo.Region{.7, .5, .2, .2}, "bag", .5},
		{photo.Region{.7, .8, .2, .2}, "shoes", .2},
	})
	report := filepath.Join(t.TempDir(), "regions.html")
	done := 0
	r, err := Regions(t.Context(), detect, RegionOptions{Zip: path, Report: report, Progress: func(n, total int) { done += total - n }})
	if err != nil {
		t.Fatal(err)
	}
	if r.Photos != 2 || r.Garments != 4 || done != 1 {
		t.Errorf("%d photos, %d garments, progress %d", r.Photos, r.Garments, done)
	}
	for name, c := range map[string][2]float64{
		"recall": {r.Recall, 2. / 4}, "recall any": {r.RecallAny, 3. / 4}, "precision": {r.Precision, 3. / 6}, "boxes": {r.Boxes, 3},
		"calibration": {r.Error, (.1 + .8 + .7 + .4 + .5 + .2) / 6},
		"bag recall":  {r.ByLabel["bag"].Recall, 1. / 2}, "bag precision": {r.ByLabel["bag"].Precision, 1. / 2},
		"eyewear": {r.ByLabel["eyewear"].Recall, 1}, "shoes": {r.ByLabel["shoes"].Recall, 0},
		"mean boxes": {r.Controls["mean boxes"].Recall, 1. / 4}, "mean precision": {r.Controls["mean boxes"].Precision, 1. / 2},
		"whole": {r.Controls["whole picture"].RecallAny, 0}, "whole boxes": {r.Controls["whole picture"].Boxes, 1},
	} {
		if math.Abs(c[0]-c[1]) > 1e-9 {
			t.Errorf("%s is %g, want %g", name, c[0], c[1])
		}
	}
	page, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Regions of 2 photos", "upper 0.90", `class="right"`, `class="wrong"`, `class="drawn missed"`, "control: mean boxes", "data:image/jpeg;base64,", "1 missed, 2 wrong"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if worst := strings.Index(string(page), "photo "+test[0]); worst < 0 || worst > strings.Index(string(page), "photo "+test[1]) {
		t.Error("the report's worst photo is not first")
	}
}

func TestRegionsErrors(t *testing.T) {
	id := ids(testPart, 1)[0]
	none := func(context.Context, image.Image) ([]Seen, error) { return nil, nil }
	failing := errors.New("no eyes")
	box := fmt.Sprintf(`{%q: {"boxes": {"hat": [0, 0, 0.5, 0.5]}}}`, id)
	cases := map[string]struct {
		opts   RegionOptions
		detect Detector
		is     error
		says   string
	}{
		"no zip":         {RegionOptions{Zip: "none.zip"}, none, ErrSet, "none.zip"},
		"no annotations": {RegionOptions{Zip: photosZip(t, "", id)}, none, ErrSet, "annotations.json"},
		"flat box":       {RegionOptions{Zip: photosZip(t, strings.Replace(box, "0.5]", "0]", 1), id)}, none, ErrSet, "no size"},
		"no test photos": {RegionOptions{Zip: photosZip(t, "{}")}, none, ErrSet, "test part"},
		"missing photo":  {RegionOptions{Zip: photosZip(t, box)}, none, ErrSet, id},
		"no folder":      {RegionOptions{Zip: photosZip(t, box, id), Report: filepath.Join(t.TempDir(), "a", "b.html")}, none, ErrOptions, "folder"},
		"detector":       {RegionOptions{Zip: photosZip(t, box, id)}, func(context.Context, image.Image) ([]Seen, error) { return nil, failing }, failing, id},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if r, err := Regions(t.Context(), c.detect, c.opts); !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) || r != nil {
				t.Errorf("%v, error %v", r, err)
			}
		})
	}
}

// The boxes of no photo that training saw are in the test part.
func TestPhotosAreSplitByTheirIDs(t *testing.T) {
	for id, want := range map[string]photoPart{"0025": trainPart, "0692": trainPart, "0594": validationPart, "0907": testPart} {
		if got := partOf(id); got != want {
			t.Errorf("%s is in part %d, want %d", id, got, want)
		}
	}
	var count [3]int
	for i := range 2000 {
		count[partOf(fmt.Sprintf("%04d", i))]++
	}
	if count[trainPart] < 1300 || count[validationPart] < 150 || count[testPart] < 350 {
		t.Errorf("parts of %v photos", count)
	}
}

func TestRealAnnotations(t *testing.T) {
	path := filepath.Join(cmp.Or(os.Getenv("HONEYGUIDE_DATA_SETS"), "../../shared/data"), "street_photos.zip")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no street_photos.zip: put the real data at ../shared/data or set HONEYGUIDE_DATA_SETS")
	}
	set, err := openRegions(path)
	if err != nil {
		t.Fatal(err)
	}
	defer set.file.Close()
	test := set.part(testPart)
	if len(set.photos) < 500 || len(test) < 90 {
		t.Errorf("%d photos, %d of them for tests", len(set.photos), len(test))
	}
	mean := meanBoxes(set.part(trainPart))
	if len(mean) != len(mainLabels) {
		t.Fatalf("mean boxes %v", mean)
	}
	if shoes, hat := mean[4].Box, mean[6].Box; shoes[1] < .7 || hat[1] > .2 {
		t.Errorf("shoes at %v, a hat at %v", shoes, hat)
	}
}
