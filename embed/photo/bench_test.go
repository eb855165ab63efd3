package photo

import (
	"fmt"
	"testing"
)

// What a buyer's photo and a row of a sync cost.
func BenchmarkDecodeAndSquare(b *testing.B) {
	for _, size := range [][2]int{{60, 80}, {400, 533}, {3000, 4000}} {
		data, err := JPEG(scene(size[0], size[1]), 85)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				img, _, err := Decode(data)
				if err != nil {
					b.Fatal(err)
				}
				Square(img, 80)
			}
		})
	}
}

func BenchmarkInspect(b *testing.B) {
	data := encodeJPEG(b, scene(400, 533))
	for b.Loop() {
		if _, err := Inspect(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSquare(b *testing.B) {
	for _, size := range [][2]int{{60, 80}, {400, 533}, {3000, 4000}} {
		img := scene(size[0], size[1])
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			for b.Loop() {
				Square(img, 80)
			}
		})
	}
}

func BenchmarkPalette(b *testing.B) {
	var names []Named
	for i := range 54 {
		names = append(names, Named{fmt.Sprint(i), uint8(i * 5), uint8(i * 37), uint8(i * 91)})
	}
	for _, size := range [][2]int{{60, 80}, {400, 533}} {
		img := scene(size[0], size[1])
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			for b.Loop() {
				Palette(img, names, 5)
			}
		})
	}
}
