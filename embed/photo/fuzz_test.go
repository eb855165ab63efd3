package photo

import (
	"encoding/binary"
	"errors"
	"image"
	"image/gif"
	"testing"
)

func FuzzDecode(f *testing.F) {
	pair := halves(32, 16, red, blue)
	f.Add(withEXIF(FormatJPEG, encodeJPEG(f, pair), exifBlock(binary.BigEndian, 6)))
	f.Add(withEXIF(FormatPNG, encodePNG(f, pair), exifBlock(binary.LittleEndian, 5)))
	f.Add(encodeGIF(f, &gif.GIF{Image: []*image.Paletted{paletted(pair.Rect, red)}, Delay: []int{0}}))
	for _, sample := range []string{losslessWebP, transparentLosslessWebP, lossyWebP, transparentLossyWebP, turnedWebP, animatedWebPFile, cmykJPEG} {
		f.Add(unhex(sample))
	}
	f.Add([]byte("\x00\x00\x00\x20ftypheic"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if info, err := Inspect(data); err == nil && info.Width*info.Height > 1<<20 {
			t.Skip("valid, large and slow")
		}
		img, info, err := Decode(data)
		if err != nil {
			if !errors.Is(err, ErrUnsupported) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrBroken) {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		if img.Rect != image.Rect(0, 0, info.Width, info.Height) || !img.Opaque() {
			t.Fatalf("%v for %+v, opaque %t", img.Rect, info, img.Opaque())
		}
		if got := Square(img, 16); got.Rect != image.Rect(0, 0, 16, 16) {
			t.Fatalf("square %v", got.Rect)
		}
		for _, s := range Palette(img, basic, 3) {
			if !(s.Share > 0 && s.Share <= 1.000001) || len(s.Hex) != 7 {
				t.Fatalf("swatch %+v", s)
			}
		}
	})
}
