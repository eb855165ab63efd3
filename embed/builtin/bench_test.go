package builtin

import (
	"fmt"
	"image"
	"testing"
)

func BenchmarkImage(b *testing.B) {
	e := newEncoder(b)
	for _, n := range []int{1, 16, 256} {
		pictures := make([]image.Image, n)
		for i := range pictures {
			pictures[i] = drawing("noise", i%4)
		}
		b.Run(fmt.Sprintf("batch=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.EncodeImages(b.Context(), pictures); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/picture")
		})
	}
}

func BenchmarkText(b *testing.B) {
	e := newEncoder(b)
	for _, text := range []string{"dress", "red cotton dress for women under 2000", "红色纯棉连衣裙"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.EncodeTexts(b.Context(), []string{text}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newEncoder(b)
	}
}
