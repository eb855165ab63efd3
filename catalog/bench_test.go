package catalog

import (
	"archive/zip"
	"context"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"honeyguide/embed/photo"
)

var (
	benchKinds  = []string{"Shirt", "Dress", "Running Shoes", "Handbag", "Jacket", "Jeans", "Watch", "Mug"}
	benchColors = []string{"red", "blue", "black", "white", "green", "navy blue"}
)

// benchFeed writes n products, each with its own small picture, or none with
// any, and returns the feed's path. Prices go up by dearer dollars.
func benchFeed(b *testing.B, n int, pictures bool, dearer int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "feed.zip")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	z := zip.NewWriter(f)
	entry := func(name string) *zipWriter {
		w, err := z.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		return &zipWriter{b, w}
	}
	t := entry("products.csv")
	t.printf("id,title,description,brand,price,availability,product_type,color,size,gender,image_link\n")
	for i := range n {
		kind, hue := benchKinds[i%len(benchKinds)], benchColors[i%len(benchColors)]
		picture := ""
		if pictures {
			picture = fmt.Sprintf("%d.jpg", i)
		}
		t.printf("%d,%s %s number %d,\"A %s that goes with everything, made to last for years.\",Brand %d,%d.99,in_stock,Apparel > %s,%s,\"S, M, L\",female,%s\n",
			i, hue, kind, i, kind, i%200, 5+i%300+dearer, kind, hue, picture)
	}
	for i := 0; pictures && i < n; i++ {
		img, _, err := photo.Decode(drawing(color.NRGBA{uint8(i), uint8(i / 7), uint8(i / 49), 255}, 80))
		if err != nil {
			b.Fatal(err)
		}
		data, err := photo.JPEG(img, 80)
		if err != nil {
			b.Fatal(err)
		}
		entry(fmt.Sprintf("images/%d.jpg", i)).write(data)
	}
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

type zipWriter struct {
	b *testing.B
	w interface{ Write([]byte) (int, error) }
}

func (z *zipWriter) write(data []byte) {
	if _, err := z.w.Write(data); err != nil {
		z.b.Fatal(err)
	}
}

func (z *zipWriter) printf(format string, args ...any) { z.write(fmt.Appendf(nil, format, args...)) }

// benchShop is a shop that syncs by as many rows as a real one.
func benchShop(b *testing.B) *shop {
	s := newShop(b)
	s.batch = batchRows
	return s
}

func perSecond(b *testing.B, n int) {
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "products/s")
}

// BenchmarkFirstSync reads a zip with a small picture for each product into an empty store.
func BenchmarkFirstSync(b *testing.B) {
	const n = 1000
	path := benchFeed(b, n, true, 0)
	for b.Loop() {
		b.StopTimer()
		s := benchShop(b)
		b.StartTimer()
		s.syncFile(path, Full)
	}
	perSecond(b, n)
}

// BenchmarkResync reads a feed again in which nothing has changed.
func BenchmarkResync(b *testing.B) {
	const n = 10_000
	path, s := benchFeed(b, n, false, 0), benchShop(b)
	s.syncFile(path, Full)
	for b.Loop() {
		if j := s.syncFile(path, Full); j.Unchanged != n {
			b.Fatal(tally(j))
		}
	}
	perSecond(b, n)
}

// BenchmarkNewPrices reads a feed again in which every price is another, but no
// text and no picture.
func BenchmarkNewPrices(b *testing.B) {
	const n = 1000
	s := benchShop(b)
	s.syncFile(benchFeed(b, n, true, 0), Full)
	paths := [2]string{benchFeed(b, n, true, 1), benchFeed(b, n, true, 0)}
	for i := 0; b.Loop(); i++ {
		if j := s.syncFile(paths[i%2], Full); j.Updated != n {
			b.Fatal(tally(j))
		}
	}
	perSecond(b, n)
}

// BenchmarkLoad opens a Catalog over stored products.
func BenchmarkLoad(b *testing.B) {
	const n = 10_000
	s := benchShop(b)
	s.syncFile(benchFeed(b, n, false, 0), Full)
	for b.Loop() {
		s.restart()
	}
	perSecond(b, n)
}

func benchFind(b *testing.B, q Search) {
	s := benchShop(b)
	s.syncFile(benchFeed(b, 2000, true, 0), Full)
	q.Limit = 12
	for b.Loop() {
		r, err := s.Find(context.Background(), s.store, q)
		if err != nil || len(r.Products) == 0 {
			b.Fatal(r, err)
		}
	}
}

// BenchmarkFindText answers words, with a filter and a price.
func BenchmarkFindText(b *testing.B) { benchFind(b, Search{Text: "red dress under 200"}) }

// BenchmarkFindPhoto answers a photo that is decoded already.
func BenchmarkFindPhoto(b *testing.B) {
	img, _, err := photo.Decode(drawing(red, 533))
	if err == nil {
		img, err = photo.Crop(img, photo.Region{0, 0, 0.75, 1})
	}
	if err != nil {
		b.Fatal(err)
	}
	benchFind(b, Search{Picture: img})
}

// BenchmarkSyncMemory reports the highest heap of a sync, which does not grow
// with the feed but for the index itself: compare the two.
func BenchmarkSyncMemory(b *testing.B) {
	for _, n := range []int{3000, 30_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			path := benchFeed(b, n, false, 0)
			for b.Loop() {
				b.StopTimer()
				s := benchShop(b)
				b.StartTimer()
				peak := watchHeap(b, func() { s.syncFile(path, Full) })
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(peak)/(1<<20), "MB-peak")
				b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MB-kept")
				runtime.KeepAlive(s)
			}
		})
	}
}

// watchHeap returns the largest heap seen while f runs.
func watchHeap(b *testing.B, f func()) uint64 {
	var peak atomic.Uint64
	done, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		var m runtime.MemStats
		for tick := time.NewTicker(10 * time.Millisecond); ; {
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapAlloc))
			select {
			case <-tick.C:
			case <-done:
				tick.Stop()
				return
			}
		}
	}()
	f()
	close(done)
	<-gone
	return peak.Load()
}
