package onnx

import (
	"encoding/base64"
	"image"
	"os"
	"slices"
	"testing"

	"honeyguide/embed/embedtest"
)

// readTokenizer reads a tokenizer of testdata as openFolder would.
func readTokenizer(t testing.TB, kind string, prepare func(string) string) *tokenizer {
	t.Helper()
	tok, err := newTokenizer(testdata(t, kind+"/tokenizer.json"))
	if err != nil {
		t.Fatal(err)
	}
	tok.prepare = prepare
	return tok
}

func same(s string) string { return s }

func TestTokensEqualReference(t *testing.T) {
	for kind, c := range map[string]struct {
		prepare func(string) string
		limit   int
	}{"clip": {same, 77}, "siglip": {canonical, 64}, "gemma": {lowerWords, 64}} {
		r := readReference(t, kind)
		tok := readTokenizer(t, kind, c.prepare)
		for _, text := range r.Texts {
			if got := tok.encode(text.Text, c.limit); !slices.Equal(got, text.IDs) {
				t.Errorf("%s: %.60q: tokens\n%v, reference\n%v", kind, text.Text, got, text.IDs)
			}
		}
		if kind != "siglip" {
			continue
		}
		tok.prepare = same
		for i, text := range r.Texts {
			if got := tok.encode(text.Text, c.limit); !slices.Equal(got, r.Raw[i]) {
				t.Errorf("%s raw: %.60q: tokens\n%v, reference\n%v", kind, text.Text, got, r.Raw[i])
			}
		}
	}
}

// Vectors are those of the framework that made the weights.
func TestVectorsEqualFramework(t *testing.T) {
	for _, kind := range []string{"clip", "siglip"} {
		t.Run(kind, func(t *testing.T) {
			e, r := open(t, Options{Folder: kind}), readReference(t, kind)
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
				if worst = max(worst, d); d > tolerance {
					t.Errorf("%.40q: a component is off by %.2g", c.Text, d)
				}
			}
			var pictures []image.Image
			for _, c := range r.Pictures {
				pictures = append(pictures, drawing(c.Kind, c.K, c.Width, c.Height))
			}
			if got, err = e.EncodeImages(t.Context(), pictures); err != nil {
				t.Fatal(err)
			}
			for i, c := range r.Pictures {
				d := distance(got[i], c.Vector)
				if worst = max(worst, d); d > tolerance {
					t.Errorf("%s %d %d×%d: a component is off by %.2g", c.Kind, c.K, c.Width, c.Height, d)
				}
			}
			t.Logf("%d texts, %d pictures, largest difference of a component: %.2g", len(texts), len(pictures), worst)
		})
	}
}

// The contract, over the small models and over a real one where it is named.
// Small models have random weights: their texts and pictures share a space, but
// no meaning, so both halves are checked by themselves.
func TestContract(t *testing.T) {
	for _, o := range []Options{{Folder: "clip"}, {Folder: "clip", Variant: "quantized"}, {Folder: "siglip", Threads: 1}} {
		t.Run(o.Folder+o.Variant, func(t *testing.T) {
			e := open(t, o)
			embedtest.Texts(t, e)
			embedtest.Images(t, e)
		})
	}
	if folder := os.Getenv("HONEYGUIDE_TEST_ONNX"); folder != "" {
		t.Run("real", func(t *testing.T) { embedtest.Joint(t, open(t, Options{Folder: folder})) })
	}
}

// Pillow's pictures, byte for byte but for rounding.
func TestResizeEqualsPillow(t *testing.T) {
	var cases []struct {
		Kind             string
		K, Width, Height int
		Filter           filter
		To               [2]int
		Name, Pixels     string
	}
	readGzip(t, "resized.json.gz", &cases)
	if len(cases) < 30 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		want, err := base64.StdEncoding.DecodeString(c.Pixels)
		if err != nil {
			t.Fatal(err)
		}
		w, h := c.To[0], c.To[1]
		src := drawing(c.Kind, c.K, c.Width, c.Height)
		got := resize(src, w, h, c.Filter, image.Rect(0, 0, w, h))
		if len(got.rgb) != len(want) {
			t.Fatalf("%s: %d bytes, want %d", c.Name, len(got.rgb), len(want))
		}
		off, worst := 0, 0
		for i, v := range got.rgb {
			if d := int(v) - int(want[i]); d != 0 {
				off, worst = off+1, max(worst, d, -d)
			}
		}
		if worst > 1 {
			t.Errorf("%s %d×%d to %d×%d: %d of %d bytes differ, by %d at most", c.Name, c.Width, c.Height, w, h, off, len(want), worst)
		} else if off > 0 {
			t.Logf("%s %d×%d to %d×%d: %d of %d bytes differ by 1", c.Name, c.Width, c.Height, w, h, off, len(want))
		}
		part := image.Rect(w/4, h/3, w-1, max(h-2, h/3+1))
		cut := resize(src, w, h, c.Filter, part)
		for y := range part.Dy() {
			if !slices.Equal(cut.rgb[3*part.Dx()*y:][:3*part.Dx()], got.rgb[3*(w*(part.Min.Y+y)+part.Min.X):][:3*part.Dx()]) {
				t.Errorf("%s: row %d of a part differs from the whole's", c.Name, y)
			}
		}
	}
}
