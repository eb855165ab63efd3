package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// picture is a small JPEG: a coloured shape on white.
func picture(t *testing.T, c color.Color) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 30, 40))
	for y := range 40 {
		for x := range 30 {
			img.Set(x, y, color.White)
			if x > 6 && x < 24 && y > 5 && y < 36 {
				img.Set(x, y, c)
			}
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var palette = []color.NRGBA{{190, 30, 45, 255}, {30, 60, 170, 255}, {30, 130, 60, 255}, {25, 25, 28, 255}, {230, 200, 40, 255}, {120, 60, 140, 255}, {240, 140, 30, 255}}

// table is a feed of n products; every second one has a picture.
func table(n int) string {
	var b strings.Builder
	b.WriteString("id,title,price,availability,link,image_link\n")
	for i := range n {
		link := ""
		if i%2 == 0 {
			link = fmt.Sprintf("images/%d.jpg", i%len(palette))
		}
		fmt.Fprintf(&b, "p%04d,Cotton shirt %d,%d.00 USD,in_stock,https://shop.example/%d,%s\n", i, i, 10+i%90, i, link)
	}
	return b.String()
}

// files are the feed of n products, by name.
func files(t *testing.T, n int) map[string][]byte {
	t.Helper()
	all := map[string][]byte{"products.csv": []byte(table(n))}
	for i, c := range palette {
		all[fmt.Sprintf("images/%d.jpg", i)] = picture(t, c)
	}
	return all
}

// write puts files into a folder.
func write(t *testing.T, folder string, all map[string][]byte) string {
	t.Helper()
	for name, data := range all {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// zipped writes files as a zip and returns its path.
func zipped(t *testing.T, all map[string][]byte) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, data := range all {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(write(t, t.TempDir(), map[string][]byte{"feed.zip": out.Bytes()}), "feed.zip")
}
