package onnx

import (
	"compress/gzip"
	"encoding/json"
	"image"
	"image/color"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"honeyguide/embed"
)

// tolerance is how far a component may lie from the training framework's.
const tolerance = 1e-4

// reference is what train/export.py wrote beside a model.
type reference struct {
	Pictures []struct {
		Kind             string
		K, Width, Height int
		Vector           embed.Vector
	}
	Texts []struct {
		Text   string
		IDs    []int64
		Vector embed.Vector
	}
	Raw [][]int64 // of the texts, without what SigLIP does before its tokenizer
}

func readGzip(t testing.TB, name string, to any) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(z).Decode(to); err != nil {
		t.Fatal(err)
	}
}

func readReference(t testing.TB, kind string) *reference {
	t.Helper()
	r := &reference{}
	readGzip(t, kind+"/reference.json.gz", r)
	if len(r.Texts) < 40 {
		t.Fatalf("%s: only %d texts", kind, len(r.Texts))
	}
	return r
}

// library is where ONNX Runtime is, for tests that run it.
func library(t testing.TB) string {
	t.Helper()
	path := os.Getenv("HONEYGUIDE_TEST_ONNXRUNTIME")
	if path == "" {
		const how = "HONEYGUIDE_TEST_ONNXRUNTIME does not name ONNX Runtime's library: " +
			"npm install --ignore-scripts onnxruntime-node@1.24.3 brings it as node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1"
		if os.Getenv("HONEYGUIDE_ONNXRUNTIME_REQUIRED") != "" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// open opens a model of testdata, or of another folder, by the real ONNX Runtime.
func open(t testing.TB, o Options) *Encoder {
	t.Helper()
	o.Library = library(t)
	if o.Folder == "clip" || o.Folder == "siglip" {
		o.Folder = filepath.Join("testdata", o.Folder)
	}
	e, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// copied is a copy of a model of testdata, in which files are changed: nil
// content deletes.
func copied(t *testing.T, kind string, changes map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", kind))); err != nil {
		t.Fatal(err)
	}
	for name, content := range changes {
		var err error
		if name = filepath.Join(dir, name); content == nil {
			err = os.Remove(name)
		} else {
			err = os.WriteFile(name, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
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
func drawing(kind string, k, width, height int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	state := uint32(12345 + k)
	noise := func() int {
		state = state*1664525 + 1013904223
		return int(state >> 24)
	}
	for y := range height {
		for x := range width {
			var red, green, blue int
			switch kind {
			case "gradient":
				red, green, blue = x*(k+2), y*(5-k), (x+y)*(k+1)
			case "checker":
				on := (x/(3*k+2) + y/(2*k+3)) % 2
				red, green, blue = on*(250-30*k), on*40*k+20, (1-on)*200
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
