package onnx

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"testing"
)

// benchmarked runs a benchmark on one and two threads, over the small models and
// over the one in the folder that HONEYGUIDE_BENCH_ONNX names.
func benchmarked(b *testing.B, run func(*testing.B, *Encoder)) {
	folders := map[string]string{"clip": "clip", "siglip": "siglip"}
	if f := os.Getenv("HONEYGUIDE_BENCH_ONNX"); f != "" {
		folders[filepath.Base(f)] = f
	}
	for name, folder := range folders {
		for _, threads := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/threads=%d", name, threads), func(b *testing.B) {
				run(b, open(b, Options{Folder: folder, Threads: threads}))
			})
		}
	}
}

// Pictures of a catalogue's size, a sync's batch.
func BenchmarkEncodeImages(b *testing.B) {
	benchmarked(b, func(b *testing.B, e *Encoder) {
		pictures := make([]image.Image, 16)
		for i := range pictures {
			pictures[i] = drawing("gradient", i%4, 400, 533)
		}
		for b.Loop() {
			if _, err := e.EncodeImages(b.Context(), pictures); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N*len(pictures))/b.Elapsed().Seconds(), "pictures/s")
	})
}

// Names of products.
func BenchmarkEncodeTexts(b *testing.B) {
	benchmarked(b, func(b *testing.B, e *Encoder) {
		texts := make([]string, 32)
		for i := range texts {
			texts[i] = []string{"red cotton dress for women", "running shoes", "blue denim jacket, size 42", "红色连衣裙"}[i%4]
		}
		for b.Loop() {
			if _, err := e.EncodeTexts(b.Context(), texts); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N*len(texts))/b.Elapsed().Seconds(), "texts/s")
	})
}

// One buyer's query.
func BenchmarkEncodeOneText(b *testing.B) {
	benchmarked(b, func(b *testing.B, e *Encoder) {
		for b.Loop() {
			if _, err := e.EncodeTexts(b.Context(), []string{"a red dress for a summer wedding"}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	folder := os.Getenv("HONEYGUIDE_BENCH_ONNX")
	if folder == "" {
		folder = "clip"
	}
	for b.Loop() {
		open(b, Options{Folder: folder})
	}
}

// The part that runs in Go.
func BenchmarkProcess(b *testing.B) {
	p, err := newProcessor([]byte("{}"), true)
	if err != nil {
		b.Fatal(err)
	}
	dst := make([]float32, p.len())
	for _, size := range [][2]int{{60, 80}, {400, 533}, {3000, 4000}} {
		picture := drawing("gradient", 1, size[0], size[1])
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			for b.Loop() {
				p.read(dst, picture)
			}
		})
	}
}

func BenchmarkTokens(b *testing.B) {
	for kind, prepare := range map[string]func(string) string{"clip": same, "siglip": canonical, "gemma": lowerWords} {
		tok := readTokenizer(b, kind, prepare)
		b.Run(kind, func(b *testing.B) {
			for b.Loop() {
				tok.encode("Red cotton dress for women, 红色连衣裙", 64)
			}
		})
	}
}
