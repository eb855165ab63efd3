package catalog

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"

	"honeyguide/catalog/feed"
	"honeyguide/embed/photo"
)

const (
	// shrinkTo is the longest side, in pixels, that is kept of a picture until it
	// is encoded: well above what any encoder here looks at.
	shrinkTo = 336
	// decodePixels bounds the pixels that are decoded at once for products.
	decodePixels = 2 * photo.MaxPixels
)

// takePictures copies a product's pictures here and returns the main one,
// shrunk, or nil without one. Further pictures at addresses stay where they are.
// Of those that cannot be had, addresses are kept and names in the feed, which
// lead nowhere outside it, dropped; the first fault is the error.
func (c *Catalog) takePictures(ctx context.Context, f *feed.Feed, p *Product) (*image.NRGBA, error) {
	var main *image.NRGBA
	var fault error
	take := func(ref string) (*image.NRGBA, string) {
		img, name, err := c.takePicture(ctx, f, ref)
		if err == nil {
			return img, MediaPath + name
		}
		if fault == nil {
			fault = fmt.Errorf("picture %q: %w", ref, err)
		}
		if isURL(ref) {
			return nil, ref
		}
		return nil, ""
	}
	if p.ImageLink != "" {
		main, p.ImageLink = take(p.ImageLink)
	}
	kept := []string{}
	for _, ref := range p.AdditionalImageLinks {
		if !isURL(ref) {
			_, ref = take(ref)
		}
		if ref != "" {
			kept = append(kept, ref)
		}
	}
	p.AdditionalImageLinks = kept
	if len(p.Colors) == 0 && main != nil {
		p.Colors = c.colorsSeen(main)
	}
	return main, fault
}

// takePicture keeps a picture and returns it, shrunk, with its name.
func (c *Catalog) takePicture(ctx context.Context, f *feed.Feed, ref string) (*image.NRGBA, string, error) {
	data, err := c.pictureBytes(ctx, f, ref)
	if err != nil {
		return nil, "", err
	}
	info, err := photo.Inspect(data)
	if err != nil {
		return nil, "", err
	}
	pixels := int64(info.Width) * int64(info.Height)
	if err := c.decoding.Acquire(ctx, pixels); err != nil {
		return nil, "", err
	}
	defer c.decoding.Release(pixels)
	img, info, err := photo.Decode(data)
	if err != nil {
		return nil, "", err
	}
	name, err := c.media.put(data, extension(info.Format))
	if err != nil {
		return nil, "", err
	}
	if max(info.Width, info.Height) > shrinkTo {
		img = photo.Thumbnail(img, shrinkTo)
	}
	return img, name, nil
}

var errNoAddress = errors.New("no address: it must start with https:// or http://")

func (c *Catalog) pictureBytes(ctx context.Context, f *feed.Feed, ref string) ([]byte, error) {
	switch {
	case strings.HasPrefix(ref, MediaPath): // a product as the API shows it, sent back
		return c.media.read(strings.TrimPrefix(ref, MediaPath))
	case isURL(ref):
		return c.fetch.Get(ctx, ref, photo.MaxBytes)
	case f == nil:
		return nil, errNoAddress
	}
	return f.Picture(ref)
}

// colorsSeen names the main colour of a picture, where the merchant named none.
func (c *Catalog) colorsSeen(img image.Image) []string {
	for _, s := range photo.Palette(img, c.swatches, 1) {
		return []string{s.Name}
	}
	return []string{}
}
