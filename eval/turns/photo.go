package turns

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"honeyguide/catalog"
)

// Photo is the picture of a turn: one of a product, changed as a phone would, or a file.
type Photo struct {
	Product string
	Changes []string
	File    string // beside the cases
}

// changes are what may happen to the picture of a product.
func changes() map[string]func(*image.NRGBA) *image.NRGBA {
	return map[string]func(*image.NRGBA) *image.NRGBA{
		"cropped":  cropped,
		"mirrored": mirrored,
		"darker":   func(m *image.NRGBA) *image.NRGBA { return scaled(m, 0.75) },
		"brighter": func(m *image.NRGBA) *image.NRGBA { return scaled(m, 1.2) },
	}
}

func parsePhoto(value string) (*Photo, error) {
	product, ok := strings.CutPrefix(value+" ", "of ")
	if !ok {
		if value == "" || !filepath.IsLocal(value) {
			return nil, fmt.Errorf("photo: %q is neither of and a product's id nor a file beside the cases", value)
		}
		return &Photo{File: value}, nil
	}
	parts := list(product)
	if len(parts) == 0 {
		return nil, fmt.Errorf("photo: of needs a product's id")
	}
	for _, change := range parts[1:] {
		if changes()[change] == nil {
			return nil, fmt.Errorf("photo: %q is none of cropped, darker, brighter, mirrored", change)
		}
	}
	return &Photo{Product: parts[0], Changes: parts[1:]}, nil
}

// data returns the photo as the buyer's phone sends it.
func (p *Photo) data(ctx context.Context, c *catalog.Catalog, storeID, folder string) ([]byte, error) {
	if p.File != "" {
		return os.ReadFile(filepath.Join(folder, p.File))
	}
	product, err := c.Product(ctx, storeID, p.Product)
	if err != nil {
		return nil, fmt.Errorf("photo of %s: %w", p.Product, err)
	}
	f, _, err := c.Media(path.Base(product.ImageLink))
	if err != nil {
		return nil, fmt.Errorf("photo of %s: %w", p.Product, err)
	}
	defer f.Close()
	if len(p.Changes) == 0 {
		return io.ReadAll(f)
	}
	img, err := jpeg.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("photo of %s: %w", p.Product, err)
	}
	m := image.NewNRGBA(img.Bounds())
	draw.Draw(m, m.Bounds(), img, img.Bounds().Min, draw.Src)
	for _, change := range p.Changes {
		m = changes()[change](m)
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, m, &jpeg.Options{Quality: 85})
	return out.Bytes(), err
}

// cropped cuts a twelfth off each side.
func cropped(m *image.NRGBA) *image.NRGBA {
	b := m.Bounds()
	return m.SubImage(image.Rect(b.Min.X+b.Dx()/12, b.Min.Y+b.Dy()/12, b.Max.X-b.Dx()/12, b.Max.Y-b.Dy()/12)).(*image.NRGBA)
}

func mirrored(m *image.NRGBA) *image.NRGBA {
	b := m.Bounds()
	turned := image.NewNRGBA(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			turned.SetNRGBA(b.Max.X-1-(x-b.Min.X), y, m.NRGBAAt(x, y))
		}
	}
	return turned
}

// scaled makes a picture's light stronger or weaker.
func scaled(m *image.NRGBA, by float64) *image.NRGBA {
	lit := &image.NRGBA{Pix: slices.Clone(m.Pix), Stride: m.Stride, Rect: m.Rect}
	for i := range lit.Pix {
		if i%4 != 3 {
			lit.Pix[i] = uint8(min(255, float64(lit.Pix[i])*by))
		}
	}
	return lit
}
