package builtin

import (
	"compress/gzip"
	"encoding/json"
	"image"
	"image/color"
	"math"
	"os"
	"slices"
	"testing"

	"honeyguide/embed"
)

// tolerance is how far a component may lie from the training framework's.
const tolerance = 1e-4

// reference is what train/export.py wrote next to the weights.
type reference struct {
	Model    string
	Blank    []string // texts without tokens
	Pictures []struct {
		Kind   string
		K      int
		Vector embed.Vector
	}
	Texts []struct {
		Text   string
		Tokens []uint32
		Vector embed.Vector
	}
}

func readReference(t *testing.T) *reference {
	t.Helper()
	f, err := os.Open("testdata/reference.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var r reference
	if err := json.NewDecoder(z).Decode(&r); err != nil {
		t.Fatal(err)
	}
	return &r
}

func newEncoder(t testing.TB) *Encoder {
	t.Helper()
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestReferenceIsOfTheseWeights(t *testing.T) {
	r, e := readReference(t), newEncoder(t)
	if r.Model != e.Model() {
		t.Fatalf("testdata is of %s, the weights are of %s: run train/export.py again", r.Model, e.Model())
	}
	if len(r.Pictures) < 24 || len(r.Texts) < 60 || len(r.Blank) < 5 {
		t.Fatalf("only %d pictures, %d texts, %d blanks", len(r.Pictures), len(r.Texts), len(r.Blank))
	}
}

func TestTokensEqualTraining(t *testing.T) {
	r, e := readReference(t), newEncoder(t)
	var s splitter
	for _, c := range r.Texts {
		got := slices.Clone(s.split(c.Text))
		for i := range got {
			got[i] %= uint32(len(e.words.scale))
		}
		if !slices.Equal(got, c.Tokens) {
			t.Errorf("%.40q: tokens\n%v, training has\n%v", c.Text, got, c.Tokens)
		}
	}
	for _, text := range r.Blank {
		if got := s.split(text); len(got) != 0 {
			t.Errorf("%q: tokens %v, want none", text, got)
		}
	}
}

func TestTextsEqualTraining(t *testing.T) {
	r, e := readReference(t), newEncoder(t)
	var texts []string
	for _, c := range r.Texts {
		texts = append(texts, c.Text)
	}
	got, err := e.EncodeTexts(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	worst := 0.
	for i, c := range r.Texts {
		d := distance(got[i], c.Vector)
		worst = max(worst, d)
		if d > tolerance {
			t.Errorf("%.40q: a component is off by %.2g", c.Text, d)
		}
	}
	t.Logf("largest difference of a component: %.2g", worst)
}

func TestPicturesEqualTraining(t *testing.T) {
	r, e := readReference(t), newEncoder(t)
	var pictures []image.Image
	for _, c := range r.Pictures {
		pictures = append(pictures, drawing(c.Kind, c.K))
	}
	got, err := e.EncodeImages(t.Context(), pictures)
	if err != nil {
		t.Fatal(err)
	}
	worst := 0.
	for i, c := range r.Pictures {
		d := distance(got[i], c.Vector)
		worst = max(worst, d)
		if d > tolerance {
			t.Errorf("%s %d: a component is off by %.2g", c.Kind, c.K, d)
		}
	}
	t.Logf("largest difference of a component: %.2g", worst)
}

// distance is the largest difference between components.
func distance(a, b embed.Vector) float64 {
	if len(a) != len(b) {
		return math.Inf(1)
	}
	d := 0.
	for i := range a {
		d = max(d, math.Abs(float64(a[i])-float64(b[i])))
	}
	return d
}

// drawing draws what drawing in train/export.py draws.
func drawing(kind string, k int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, side, side))
	state := uint32(12345 + k)
	noise := func() int {
		state = state*1664525 + 1013904223
		return int(state>>24) % (256 >> k)
	}
	for y := range side {
		for x := range side {
			red, green, blue := 0, 0, 0
			switch kind {
			case "gradient":
				red, green, blue = x*(k+2), y*(5-k), (x+y)*(k+1)
			case "checker":
				on := (x/(3*k+2) + y/(2*k+3)) % 2
				red, green, blue = on*(250-30*k), on*40*k+20, (1-on)*200
			case "disc":
				inside := 0
				if (x-40)*(x-40)+(y-36-k)*(y-36-k) < (12+5*k)*(12+5*k) {
					inside = 1
				}
				red, green, blue = 245-inside*35*k, 245-inside*(225-40*k), 245-inside*100
			case "stripes":
				on := (x*(k-2) + y*2 + 400) / (k + 3) % 3
				red, green, blue = on*120, on*60+30*k, 255-on*110
			case "noise":
				red, green, blue = noise(), noise(), noise()
			default:
				c := [][3]int{{0, 0, 0}, {255, 255, 255}, {255, 0, 0}, {10, 120, 60}}[k]
				red, green, blue = c[0], c[1], c[2]
			}
			out.SetNRGBA(x, y, color.NRGBA{uint8(red), uint8(green), uint8(blue), 255})
		}
	}
	return out
}
