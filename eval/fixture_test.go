package eval

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honeyguide/embed"
)

// colors is an encoder over three axes, red, green and blue: a picture is its
// colour, and a text the sum of the colours it names in English or Chinese.
type colors struct{ fail error }

func (colors) Model() string { return "colors" }
func (colors) Dim() int      { return 3 }

func (c colors) EncodeTexts(ctx context.Context, texts []string) ([]embed.Vector, error) {
	var vectors []embed.Vector
	for _, text := range texts {
		v := make(embed.Vector, 3)
		for axis, words := range [][]string{{"red", "红"}, {"green", "绿"}, {"blue", "蓝"}} {
			for _, word := range words {
				v[axis] += float32(strings.Count(text, word))
			}
		}
		unit(v)
		vectors = append(vectors, v)
	}
	return vectors, c.err(ctx)
}

func (c colors) EncodeImages(ctx context.Context, pictures []image.Image) ([]embed.Vector, error) {
	var vectors []embed.Vector
	for _, p := range pictures {
		r, g, b, _ := p.At(p.Bounds().Min.X, p.Bounds().Min.Y).RGBA()
		v := embed.Vector{float32(r), float32(g), float32(b)}
		unit(v)
		vectors = append(vectors, v)
	}
	return vectors, c.err(ctx)
}

func (c colors) err(ctx context.Context) error {
	if c.fail != nil {
		return c.fail
	}
	return ctx.Err()
}

// paint is a PNG of one colour.
func paint(r, g, b uint8) string {
	img := image.NewRGBA(image.Rect(0, 0, 12, 16))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = r, g, b, 255
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(err)
	}
	return out.String()
}

var (
	red   = paint(255, 0, 0)
	green = paint(0, 255, 0)
	blue  = paint(0, 0, 255)
)

// files are a set's files by name. One whose name ends in .gz is compressed, and
// one that ends in .zip is a map of members.
type files map[string]any

func (f files) with(name string, content any) files {
	out := files{}
	for k, v := range f {
		out[k] = v
	}
	if out[name] = content; content == nil {
		delete(out, name)
	}
	return out
}

// folder writes files into a new folder.
func (f files) folder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range f {
		var data []byte
		switch content := content.(type) {
		case string:
			data = []byte(content)
			if strings.HasSuffix(name, ".gz") {
				data = zipped(t, content)
			}
		case files:
			data = archive(t, content)
		}
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func zipped(t testing.TB, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func archive(t testing.TB, members files) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range members {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content.(string))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// shop is a set of three coloured items, asked in two languages and by a picture:
//
//	red-words  finds r (relevant), then g and b tied at 0: g has the lower id
//	zh         "绿" finds g, then b and r tied; b is relevant: rank 2
//	photo      a blue picture finds b; r and g are relevant: ranks 2 and 3
var shop = files{
	"corpus.jsonl": `{"id":"r","text":"red shirt","image":"images/r.png","category":"shirts"}
{"id":"g","text":"绿色裙子","image":"images/g.png","category":"skirts"}
{"id":"b","text":"blue hat","image":"images/b.png","category":"hats"}
`,
	"queries.jsonl": `{"id":"red-words","text":"red"}
{"id":"zh","text":"绿"}
{"id":"photo","image":"q/blue.png"}
{"id":"unjudged","text":"blue"}
`,
	"qrels.tsv":    "query-id\tcorpus-id\tscore\nred-words\tr\t1\nzh\tb\t1\nzh\tr\t0\nphoto\tg\t1\nphoto\tr\t3\n",
	"images/r.png": red,
	"images/g.png": green,
	"images/b.png": blue,
	"q/blue.png":   blue,
}
