package openai

import (
	"fmt"
	"image"
	"testing"

	"honeyguide/embed/openai/openaitest"
)

// What our side costs beside an endpoint that answers at once; the server's own work
// is part of it.
func BenchmarkTexts(b *testing.B) {
	s := start(b, openaitest.Options{Dim: 1024})
	for _, parallel := range []int{1, 2} {
		o := at(s, Text)
		o.Parallel = parallel
		e := openTexts(b, o)
		texts := names(1024)
		b.Run(fmt.Sprintf("side by side=%d", parallel), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.EncodeTexts(b.Context(), texts); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*len(texts))/b.Elapsed().Seconds(), "texts/s")
		})
	}
}

func BenchmarkPictures(b *testing.B) {
	pictures := make([]image.Image, 32)
	for i := range pictures {
		pictures[i] = noisy(360, 480)
	}
	for _, m := range multimodal {
		s := start(b, openaitest.Options{Shape: m.shape, Dim: 1024, Blind: true})
		for _, parallel := range []int{1, 2} {
			o := at(s, m.form)
			o.Parallel, o.Pictures = parallel, 8
			e := openJoint(b, o)
			b.Run(fmt.Sprintf("%s/side by side=%d", m.name, parallel), func(b *testing.B) {
				for b.Loop() {
					if _, err := e.EncodeImages(b.Context(), pictures); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N*len(pictures))/b.Elapsed().Seconds(), "pictures/s")
			})
		}
	}
}

// BenchmarkPictureOf is what of that is JPEG, and scaling where a picture is large.
func BenchmarkPictureOf(b *testing.B) {
	for _, size := range []image.Point{{360, 480}, {600, 800}} {
		img := noisy(size.X, size.Y)
		b.Run(fmt.Sprint(size.X, "x", size.Y), func(b *testing.B) {
			for b.Loop() {
				if _, err := pictureOf(img, 512); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pictures/s")
		})
	}
}

// noisy is a picture that JPEG has work with.
func noisy(width, height int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = uint8(i*i>>9 + i/97)
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	return img
}
