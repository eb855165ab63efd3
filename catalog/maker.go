package catalog

import (
	"context"
	"errors"
	"fmt"
	"image"

	"honeyguide/catalog/encoders"
	"honeyguide/embed"
)

// errEncoder marks what an encoder made of products failed with.
var errEncoder = errors.New("encode")

// maker makes the vectors of products' texts and pictures, in order.
type maker func(ctx context.Context, texts []string, pictures []image.Image) (fromTexts, fromPictures []embed.Vector, err error)

// makerOf returns the maker that asks the encoders once.
func makerOf(p encoders.Pair) maker {
	return func(ctx context.Context, texts []string, pictures []image.Image) (fromTexts, fromPictures []embed.Vector, err error) {
		if len(texts) > 0 {
			if fromTexts, err = p.Texts.EncodeTexts(ctx, texts); err != nil {
				return nil, nil, fmt.Errorf("%w texts: %w", errEncoder, err)
			}
		}
		if len(pictures) > 0 {
			if fromPictures, err = p.Joint.EncodeImages(ctx, pictures); err != nil {
				return nil, nil, fmt.Errorf("%w pictures: %w", errEncoder, err)
			}
		}
		return fromTexts, fromPictures, nil
	}
}

// patiently asks a sight's encoders through once until they can be reached, as
// long as that sight answers; then it is errMoved. Each new reason to wait is
// told, and an empty one at the end.
func (c *Catalog) patiently(s *sight, once maker, tell func(why string)) maker {
	return func(ctx context.Context, texts []string, pictures []image.Image) (fromTexts, fromPictures []embed.Vector, err error) {
		told := ""
		err = c.patience.Try(ctx, func() (err error) {
			fromTexts, fromPictures, err = once(ctx, texts, pictures)
			return err
		}, func(why error) bool {
			if why := why.Error(); why != told {
				told = why
				tell(why)
			}
			return c.sight() == s
		})
		if told != "" {
			tell("")
		}
		if errors.Is(err, embed.ErrUnavailable) {
			err = errMoved
		}
		return fromTexts, fromPictures, err
	}
}
