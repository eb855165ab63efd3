package photo

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"testing"
)

// exifBlock is a TIFF structure with another entry and the orientation.
func exifBlock(order binary.AppendByteOrder, o uint16) []byte {
	mark := "II"
	if order.String() == "BigEndian" {
		mark = "MM"
	}
	b := order.AppendUint16([]byte(mark), 42)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	for _, entry := range [][2]uint16{{0x0100, 7}, {0x0112, o}} {
		b = order.AppendUint16(b, entry[0])
		b = order.AppendUint16(b, 3)
		b = order.AppendUint32(b, 1)
		b = order.AppendUint16(b, entry[1])
		b = order.AppendUint16(b, 0)
	}
	return order.AppendUint32(b, 0)
}

// withEXIF puts a block where the format keeps it.
func withEXIF(format Format, data, block []byte) []byte {
	if format == FormatPNG {
		const head = 8 + 25
		return bytes.Join([][]byte{data[:head], pngChunk("eXIf", block), data[head:]}, nil)
	}
	body := append([]byte(exifPrefix), block...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, markerAPP1}, uint16(len(body)+2))
	return bytes.Join([][]byte{data[:2], segment, body, data[2:]}, nil)
}

// uprightAt says which stored pixel stands at (x, y) of the upright picture, for a
// stored picture of w×h, straight from the table of the standard.
var uprightAt = map[uint16]func(x, y, w, h int) (int, int){
	1: func(x, y, w, h int) (int, int) { return x, y },
	2: func(x, y, w, h int) (int, int) { return w - 1 - x, y },
	3: func(x, y, w, h int) (int, int) { return w - 1 - x, h - 1 - y },
	4: func(x, y, w, h int) (int, int) { return x, h - 1 - y },
	5: func(x, y, w, h int) (int, int) { return y, x },
	6: func(x, y, w, h int) (int, int) { return y, h - 1 - x },
	7: func(x, y, w, h int) (int, int) { return w - 1 - y, h - 1 - x },
	8: func(x, y, w, h int) (int, int) { return w - 1 - y, x },
}

func TestOrientation(t *testing.T) {
	stored := image.NewNRGBA(image.Rect(0, 0, 24, 16))
	for y := range 16 {
		for x := range 24 {
			stored.Set(x, y, color.NRGBA{uint8(10 * x), uint8(15 * y), 90, 255})
		}
	}
	files := map[Format][]byte{FormatPNG: encodePNG(t, stored), FormatJPEG: encodeJPEG(t, stored)}
	for format, data := range files {
		plain, _, err := Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		for o, from := range uprightAt {
			for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
				t.Run(fmt.Sprint(format, " ", o, " ", order), func(t *testing.T) {
					img, info, err := Decode(withEXIF(format, data, exifBlock(order, o)))
					if err != nil {
						t.Fatal(err)
					}
					want := image.Pt(24, 16)
					if o >= 5 {
						want = image.Pt(16, 24)
					}
					if img.Rect != (image.Rectangle{Max: want}) || info.Width != want.X || info.Height != want.Y {
						t.Fatalf("bounds %v, info %+v, want %v", img.Rect, info, want)
					}
					for y := range want.Y {
						for x := range want.X {
							sx, sy := from(x, y, 24, 16)
							if img.NRGBAAt(x, y) != plain.NRGBAAt(sx, sy) {
								t.Fatalf("(%d, %d) is not stored (%d, %d)", x, y, sx, sy)
							}
						}
					}
				})
			}
		}
	}
}

func TestOrientationOfWebP(t *testing.T) {
	img, info, err := Decode(unhex(turnedWebP))
	if err != nil {
		t.Fatal(err)
	}
	if info.Width != 3 || info.Height != 4 || img.NRGBAAt(1, 0) != red || img.NRGBAAt(1, 3) != blue {
		t.Errorf("%+v, above %v, below %v", info, img.NRGBAAt(1, 0), img.NRGBAAt(1, 3))
	}
}

func TestBrokenEXIFMeansUpright(t *testing.T) {
	good := exifBlock(binary.BigEndian, 6)
	change := func(at int, v byte) []byte {
		b := bytes.Clone(good)
		b[at] = v
		return b
	}
	blocks := map[string][]byte{
		"empty": {}, "no TIFF": []byte("hello, world"), "far directory": change(4, 0xff),
		"directory at the very end": change(7, byte(len(good)-1)), "another type": change(8+2+12+3, 4),
		"unknown value": change(8+2+12+9, 9), "zero": exifBlock(binary.LittleEndian, 0),
	}
	for n := range 8 + 2 + 12 + 12 {
		blocks[fmt.Sprintf("cut after %d bytes", n)] = good[:n]
	}
	data := encodeJPEG(t, halves(24, 16, red, blue))
	for name, block := range blocks {
		if _, info, err := Decode(withEXIF(FormatJPEG, data, block)); err != nil || info.Width != 24 {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
}

func TestJPEGSegments(t *testing.T) {
	coded := "\x12\xff\x00\x34\xff\xd0\x56" // pixels, a stuffed byte, a restart
	for _, tc := range []struct {
		name, data string
		want       []byte
	}{
		{"plain", "\xff\xd8\xff\xe1\x00\x03a\xff\xda\x00\x02" + coded + "\xff\xd9", []byte{0xe1, 0xda}},
		{"fill bytes", "\xff\xd8\xff\xff\xff\xe1\x00\x03a\xff\xd9", []byte{0xe1}},
		{"nothing after the end", "\xff\xd8\xff\xd9\xff\xe1\x00\x03a", nil},
		{"a body that looks like a marker", "\xff\xd8\xff\xe1\x00\x06\xff\xda\x00\x02\xff\xd9", []byte{0xe1}},
		{"a length beyond the end", "\xff\xd8\xff\xe1\x00\x03a\xff\xe2\x10\x00", []byte{0xe1}},
		{"a length below two", "\xff\xd8\xff\xe1\x00\x01\xff\xe2\x00\x02", nil},
		{"cut in a marker", "\xff\xd8\xff", nil},
		{"only a byte", "\xff", nil},
	} {
		var got []byte
		for marker := range jpegSegments([]byte(tc.data)) {
			got = append(got, marker)
		}
		if !bytes.Equal(got, tc.want) {
			t.Errorf("%s: got %x, want %x", tc.name, got, tc.want)
		}
	}
}
