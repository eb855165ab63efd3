package demo

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"image"
	_ "image/jpeg"
	"io"
	"math"
	"strings"
	"sync"
	"testing"
)

// written is the feed of the sample, made once for all tests.
var written = sync.OnceValues(func() ([]byte, error) {
	var b bytes.Buffer
	err := writeItems(context.Background(), &b, sample())
	return b.Bytes(), err
})

// sample is every item of the shop, or every eighth under the race detector.
func sample() (items []item) {
	for i, it := range stock() {
		if i%every == 0 {
			items = append(items, it)
		}
	}
	return items
}

func openFeed(t *testing.T) *zip.Reader {
	t.Helper()
	b, err := written()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func read(t *testing.T, z *zip.Reader, name string) []byte {
	t.Helper()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTableHoldsEveryProduct(t *testing.T) {
	z := openFeed(t)
	rows, err := csv.NewReader(bytes.NewReader(read(t, z, "products.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, name := range []string{"id", "title", "title_zh", "description_zh", "image_link", "price", "sale_price", "occasion", "item_group_id"} {
		if _, ok := column[name]; !ok {
			t.Errorf("no column %s", name)
		}
	}
	items := sample()
	if len(rows)-1 != len(items) || len(z.File) != 1+len(items) {
		t.Fatalf("%d rows and %d files for %d products", len(rows)-1, len(z.File), len(items))
	}
	for i, it := range items {
		p := it.product()
		row := rows[i+1]
		if row[column["id"]] != p.ID || row[column["title_zh"]] != p.TitleZH || row[column["price"]] != p.Price || row[column["size"]] != p.Size {
			t.Errorf("row %d is %v, want %s", i+1, row, p.ID)
		}
	}
}

func TestPicturesShowTheirProducts(t *testing.T) {
	z := openFeed(t)
	studio := newCanvas().studio
	taken := map[[32]byte]string{}
	for _, it := range sample() {
		b := read(t, z, it.product().ImageLink)
		if other, ok := taken[sha256.Sum256(b)]; ok {
			t.Errorf("%s looks exactly like %s", it.id(), other)
		}
		taken[sha256.Sum256(b)] = it.id()
		img, format, err := image.Decode(bytes.NewReader(b))
		if err != nil || format != "jpeg" || img.Bounds() != image.Rect(0, 0, 600, 600) {
			t.Fatalf("%s: %s %v %v", it.id(), format, img.Bounds(), err)
		}
		thing, own := foreground(img, studio, it.base.rgba)
		if thing < 0.06 || thing > 0.75 {
			t.Errorf("%s covers %.0f %% of its picture", it.id(), 100*thing)
		}
		if want := ownShare(it); own < want {
			t.Errorf("%s: %.0f %% of it is %s, want %.0f %%", it.id(), 100*own, it.color, 100*want)
		}
	}
}

// foreground returns the part of a picture that is not the studio, and the part
// of that which is near a colour, light and shade allowed for.
func foreground(img image.Image, studio *image.RGBA, want rgba) (thing, own float64) {
	var all, hits, total float64
	for y := 1; y < side; y += 3 {
		for x := 1; x < side; x += 3 {
			r, g, b, _ := img.At(x, y).RGBA()
			c := rgba{float32(r >> 8), float32(g >> 8), float32(b >> 8), 1}
			back := studio.RGBAAt(x, y)
			total++
			if distance3(c, rgba{float32(back.R), float32(back.G), float32(back.B), 1}) < 12 {
				continue
			}
			all++
			if distance3(c, want) < 60 {
				hits++
			}
		}
	}
	return all / total, hits / max(all, 1)
}

// ownShare is how much of a product must be in its colour: most of what is all
// of one cloth, less where other parts or a second colour belong to it.
func ownShare(it item) float64 {
	switch {
	case it.kind == "Accessories > Sunglasses":
		return 0.01 // thin frames around tinted lenses
	case it.pattern != solid, strings.HasPrefix(it.kind, "Shoes"), strings.HasPrefix(it.kind, "Accessories"):
		return 0.15
	case strings.HasPrefix(it.kind, "Apparel"), strings.HasPrefix(it.kind, "Bags"):
		return 0.45
	}
	return 0.05
}

func distance3(a, b rgba) float64 {
	dr, dg, db := float64(a.r-b.r), float64(a.g-b.g), float64(a.b-b.b)
	return math.Sqrt(dr*dr + dg*dg + db*db)
}

func TestRenderingIsTheSameEachTime(t *testing.T) {
	z := openFeed(t)
	items := sample()
	var some []item
	for i := len(items) - 1; i >= 0; i -= 9 {
		some = append(some, items[i])
	}
	again, err := render(context.Background(), some)
	if err != nil {
		t.Fatal(err)
	}
	for i, it := range some {
		if !bytes.Equal(again[i], read(t, z, it.product().ImageLink)) {
			t.Errorf("%s came out differently after other pictures", it.id())
		}
	}
}

func TestWriteStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Write(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled, it answers %v", err)
	}
}

// full is a disk without room after some bytes.
type full struct{ room int }

var errFull = errors.New("no room")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestArchiveReportsAFullDisk(t *testing.T) {
	items := stock()[:3]
	pictures, err := render(context.Background(), items)
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range []int{0, 6000, 30000} {
		if err := archive(&full{room}, items, pictures); !errors.Is(err, errFull) {
			t.Errorf("with room for %d bytes it answers %v", room, err)
		}
	}
	if err := archive(&full{1 << 20}, items, pictures); err != nil {
		t.Errorf("with room enough it answers %v", err)
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		if err := Write(context.Background(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
