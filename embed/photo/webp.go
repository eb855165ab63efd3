package photo

import (
	"image"
	"io"
	"math"

	"golang.org/x/image/webp"
)

// animatedWebP reads the animation flag of the extended header (RFC 9649, 2.7).
func animatedWebP(data []byte) bool {
	const animation = 1 << 1
	return at(data, 12, "VP8X") && len(data) > 20 && data[20]&animation != 0
}

// decodeWebP gives lossy pictures their contrast back: VP8 keeps luma in 16 to 235
// and chroma in 16 to 240 (RFC 6386, 9.2; ITU-R BT.601), while Go's YCbCr, which
// x/image decodes to, means 0 to 255. Black would be 16 and white 235
// (golang.org/issue/40173).
func decodeWebP(r io.Reader) (image.Image, error) {
	img, err := webp.Decode(r)
	switch m := img.(type) {
	case *image.YCbCr:
		widen(m)
	case *image.NYCbCrA:
		widen(&m.YCbCr)
	}
	return img, err
}

// widen stretches the samples in place to the full range.
func widen(m *image.YCbCr) {
	var luma, chroma [256]uint8
	for i := range luma {
		luma[i] = level(float64(i-16) * 255 / 219)
		chroma[i] = level(float64(i-128)*255/224 + 128)
	}
	for i, v := range m.Y {
		m.Y[i] = luma[v]
	}
	for i, v := range m.Cb {
		m.Cb[i] = chroma[v]
	}
	for i, v := range m.Cr {
		m.Cr[i] = chroma[v]
	}
}

// level rounds to a sample from 0 to 255.
func level(v float64) uint8 { return uint8(min(max(math.Round(v), 0), 255)) }
