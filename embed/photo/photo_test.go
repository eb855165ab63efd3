package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"
)

var (
	red   = color.NRGBA{200, 30, 40, 255}
	blue  = color.NRGBA{20, 60, 180, 255}
	white = color.NRGBA{255, 255, 255, 255}
	none  = color.NRGBA{}
)

// halves is a picture with a left and a right colour.
func halves(w, h int, left, right color.Color) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := left
			if x >= w/2 {
				c = right
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func encodePNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodeJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodeGIF(t testing.TB, g *gif.GIF) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func paletted(r image.Rectangle, c color.Color) *image.Paletted {
	return image.NewPaletted(r, color.Palette{c})
}

// convert copies a picture into another kind.
func convert[T interface {
	image.Image
	Set(x, y int, c color.Color)
}](src image.Image, dst T) T {
	for y := range src.Bounds().Dy() {
		for x := range src.Bounds().Dx() {
			dst.Set(x, y, src.At(x, y))
		}
	}
	return dst
}

func near(a, b color.NRGBA, tolerance int) bool {
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B), int(a.A) - int(b.A)} {
		if d > tolerance || -d > tolerance {
			return false
		}
	}
	return true
}

func TestDecodeReadsEachFormat(t *testing.T) {
	pair := halves(32, 16, red, blue)
	grey := func(c color.Color) color.NRGBA {
		return color.NRGBAModel.Convert(color.GrayModel.Convert(c)).(color.NRGBA)
	}
	bounds := pair.Bounds()
	animated := &gif.GIF{Image: []*image.Paletted{paletted(image.Rect(0, 0, 16, 16), red), paletted(image.Rect(0, 0, 32, 16), blue)},
		Delay: []int{1, 1}, Config: image.Config{Width: 32, Height: 16}}
	for _, tc := range []struct {
		name        string
		data        []byte
		format      Format
		w, h        int
		left, right color.NRGBA
		tolerance   int
	}{
		{"JPEG", encodeJPEG(t, pair), FormatJPEG, 32, 16, red, blue, 6},
		{"grey JPEG", encodeJPEG(t, convert(pair, image.NewGray(bounds))), FormatJPEG, 32, 16, grey(red), grey(blue), 2},
		{"CMYK JPEG", unhex(cmykJPEG), FormatJPEG, 8, 8, color.NRGBA{235, 51, 51, 255}, color.NRGBA{235, 51, 51, 255}, 4},
		{"PNG", encodePNG(t, pair), FormatPNG, 32, 16, red, blue, 0},
		{"16-bit PNG", encodePNG(t, convert(pair, image.NewNRGBA64(bounds))), FormatPNG, 32, 16, red, blue, 0},
		{"16-bit grey PNG", encodePNG(t, convert(pair, image.NewGray16(bounds))), FormatPNG, 32, 16, grey(red), grey(blue), 1},
		{"paletted PNG", encodePNG(t, convert(pair, image.NewPaletted(bounds, color.Palette{red, blue}))), FormatPNG, 32, 16, red, blue, 0},
		{"transparent PNG", encodePNG(t, halves(32, 16, red, none)), FormatPNG, 32, 16, red, white, 0},
		{"half transparent PNG", encodePNG(t, halves(32, 16, red, color.NRGBA{0, 0, 0, 128})), FormatPNG, 32, 16, red, color.NRGBA{127, 127, 127, 255}, 1},
		{"GIF", encodeGIF(t, &gif.GIF{Image: []*image.Paletted{convert(pair, image.NewPaletted(bounds, color.Palette{red, blue}))}, Delay: []int{0}}), FormatGIF, 32, 16, red, blue, 0},
		{"animated GIF, small first frame", encodeGIF(t, animated), FormatGIF, 32, 16, red, white, 0},
		{"lossless WebP", unhex(losslessWebP), FormatWebP, 4, 3, red, blue, 0},
		{"transparent lossless WebP", unhex(transparentLosslessWebP), FormatWebP, 4, 3, red, white, 0},
		{"lossy WebP", unhex(lossyWebP), FormatWebP, 16, 16, red, red, 3},
		{"lossy WebP from white to black", unhex(blackWebP), FormatWebP, 32, 16, white, color.NRGBA{0, 0, 0, 255}, 0},
		{"transparent lossy WebP", unhex(transparentLossyWebP), FormatWebP, 16, 16, red, white, 3},
		{"one pixel", encodePNG(t, halves(1, 1, red, red)), FormatPNG, 1, 1, red, red, 0},
		{"one pixel JPEG", encodeJPEG(t, halves(1, 1, red, red)), FormatJPEG, 1, 1, red, red, 6},
	} {
		t.Run(tc.name, func(t *testing.T) {
			img, info, err := Decode(tc.data)
			if err != nil {
				t.Fatal(err)
			}
			if info.Format != tc.format || info.Width != tc.w || info.Height != tc.h || img.Rect != image.Rect(0, 0, tc.w, tc.h) {
				t.Errorf("got %+v with bounds %v, want %s of %d×%d", info, img.Rect, tc.format, tc.w, tc.h)
			}
			if !img.Opaque() {
				t.Error("not opaque")
			}
			if got := img.NRGBAAt(0, tc.h/2); !near(got, tc.left, tc.tolerance) {
				t.Errorf("left is %v, want %v", got, tc.left)
			}
			if got := img.NRGBAAt(tc.w-1, tc.h/2); !near(got, tc.right, tc.tolerance) {
				t.Errorf("right is %v, want %v", got, tc.right)
			}
		})
	}
}

func TestDecodeRefusesByName(t *testing.T) {
	box := func(brands string) string { return "\x00\x00\x00\x20ftyp" + brands + strings.Repeat("\x00", 20) }
	for _, tc := range []struct{ name, data, want string }{
		{"HEIC", box("heic\x00\x00\x00\x00mif1heic"), "HEIC"},
		{"HEIC by its second brand", box("mif1\x00\x00\x00\x00mif1heic"), "HEIC"},
		{"HEIF", box("mif1\x00\x00\x00\x00miaf"), "HEIF"},
		{"AVIF", box("avif\x00\x00\x00\x00mif1"), "AVIF"},
		{"AVIF by its second brand", box("mif1\x00\x00\x00\x00avif"), "AVIF"},
		{"MP4", box("isom\x00\x00\x02\x00iso2"), "video"},
		{"cut after ftyp", "\x00\x00\x00\x20ftyp", "video"},
		{"TIFF, little end first", "II*\x00\x08\x00\x00\x00", "TIFF"},
		{"TIFF, big end first", "MM\x00*\x00\x00\x00\x08", "TIFF"},
		{"BMP", "BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00", "BMP"},
		{"PDF", "%PDF-1.7\n", "PDF"},
		{"SVG", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "SVG"},
		{"SVG with a head", "\ufeff<?xml version=\"1.0\"?>\n<!-- 图 -->\n<svg/>", "SVG"},
		{"JPEG XL", "\xff\x0a\xfa\x3f", "JPEG XL"},
		{"JPEG 2000", "\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000"},
		{"Photoshop", "8BPS\x00\x01", "Photoshop"},
		{"icon", "\x00\x00\x01\x00\x01\x00", "ICO"},
		{"web page", "\n<!DOCTYPE html><title>404</title>", "web page"},
		{"animated WebP", string(unhex(animatedWebPFile)), "animated WebP"},
		{"words", "这不是图片", "no picture"},
		{"words that begin like BMP", "BMW i3 in blue", "no picture"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := Decode([]byte(tc.data))
			if !errors.Is(err, ErrUnsupported) || !strings.Contains(err.Error(), tc.want) {
				t.Fatalf("got %v, want %q", err, tc.want)
			}
			if !strings.Contains(err.Error(), "send") {
				t.Errorf("%v names no way out", err)
			}
		})
	}
}

func TestDecodeNamesRareKinds(t *testing.T) {
	lossless := encodeJPEG(t, halves(16, 16, red, blue))
	lossless[bytes.Index(lossless, []byte{0xff, 0xc0})+1] = 0xc3
	if _, _, err := Decode(lossless); !errors.Is(err, ErrUnsupported) || !strings.Contains(err.Error(), "JPEG") {
		t.Errorf("lossless JPEG: %v", err)
	}
	filtered := pngHeader(16, 16)
	filtered[8+8+11] = 1 // a filter method that does not exist
	fixChecksum(filtered)
	if _, _, err := Decode(filtered); !errors.Is(err, ErrUnsupported) || !strings.Contains(err.Error(), "PNG") {
		t.Errorf("unknown filter: %v", err)
	}
}

func TestDecodeBroken(t *testing.T) {
	whole := map[string][]byte{
		"JPEG": encodeJPEG(t, halves(64, 64, red, blue)),
		"PNG":  encodePNG(t, halves(64, 64, red, blue)),
		"GIF":  encodeGIF(t, &gif.GIF{Image: []*image.Paletted{paletted(image.Rect(0, 0, 64, 64), red)}, Delay: []int{0}}),
		"WebP": unhex(lossyWebP),
	}
	for name, data := range whole {
		for _, n := range []int{13, len(data) / 3, len(data) * 2 / 3} {
			if _, _, err := Decode(data[:n]); !errors.Is(err, ErrBroken) {
				t.Errorf("%s cut after %d bytes: got %v", name, n, err)
			}
		}
	}
	flat := append([]byte(nil), whole["GIF"]...)
	binary.LittleEndian.PutUint16(flat[8:], 0)
	for name, data := range map[string][]byte{"empty": nil, "no height": flat} {
		if _, _, err := Decode(data); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// announce returns a file of each format whose header says 10,000×5,000 pixels.
func announce(t *testing.T) map[string][]byte {
	j := encodeJPEG(t, halves(16, 16, red, blue))
	frame := bytes.Index(j, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(j[frame+5:], 5000)
	binary.BigEndian.PutUint16(j[frame+7:], 10000)
	g := encodeGIF(t, &gif.GIF{Image: []*image.Paletted{paletted(image.Rect(0, 0, 8, 8), red)}, Delay: []int{0}})
	binary.LittleEndian.PutUint16(g[6:], 10000)
	binary.LittleEndian.PutUint16(g[8:], 5000)
	w := unhex(losslessWebP)
	binary.LittleEndian.PutUint32(w[21:], 9999|4999<<14)
	return map[string][]byte{"JPEG": j, "PNG": pngHeader(10000, 5000), "GIF": g, "WebP": w}
}

func TestDecodeRefusesHugeBeforeDecoding(t *testing.T) {
	for name, data := range announce(t) {
		t.Run(name, func(t *testing.T) {
			var err error
			if used := allocated(func() { _, _, err = Decode(data) }); used > 1<<20 {
				t.Errorf("used %d bytes", used)
			}
			if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "10000×5000") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestDecodeRefusesManyBytes(t *testing.T) {
	if _, _, err := Decode(make([]byte, MaxBytes+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestPNGBombStaysSmall(t *testing.T) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	for range 8 {
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	bomb := append(pngHeader(16, 16), pngChunk("IDAT", packed.Bytes())...)
	bomb = append(bomb, pngChunk("IEND", nil)...)
	var err error
	if used := allocated(func() { _, _, err = Decode(bomb) }); used > 1<<20 {
		t.Errorf("used %d bytes", used)
	}
	if !errors.Is(err, ErrBroken) {
		t.Errorf("8 MB behind a header of 16×16: got %v", err)
	}
}

func TestDecodeRefusesEndlessScans(t *testing.T) {
	data := encodeJPEG(t, halves(16, 16, red, blue))
	scan := data[bytes.Index(data, []byte{0xff, markerSOS}) : len(data)-2]
	repeat := func(n int) []byte {
		many := bytes.Clone(data[:len(data)-2])
		for range n {
			many = append(many, scan...)
		}
		return append(many, 0xff, markerEOI)
	}
	if _, _, err := Decode(repeat(maxScans - 1)); err != nil {
		t.Errorf("%d scans: %v", maxScans, err)
	}
	if _, _, err := Decode(repeat(maxScans)); !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), "scans") {
		t.Errorf("%d scans: got %v", maxScans+1, err)
	}
}

func TestMediaType(t *testing.T) {
	if got := FormatWebP.MediaType(); got != "image/webp" {
		t.Errorf("got %q", got)
	}
}

// allocated is how many bytes f asks for.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// pngHeader is the beginning of an 8-bit RGB picture.
func pngHeader(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(nil, w)
	head = binary.BigEndian.AppendUint32(head, h)
	head = append(head, 8, 2, 0, 0, 0)
	return append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", head)...)
}

func pngChunk(kind string, body []byte) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, kind...), body...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}

// fixChecksum makes the header chunk of a PNG valid again.
func fixChecksum(data []byte) {
	binary.BigEndian.PutUint32(data[8+8+13:], crc32.ChecksumIEEE(data[8+4:8+8+13]))
}
