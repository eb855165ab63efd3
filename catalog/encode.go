package catalog

import (
	"context"
	"errors"
	"image"
	"slices"

	"golang.org/x/sync/errgroup"

	"honeyguide/catalog/feed"
	"honeyguide/embed"
)

const (
	// encodeRows go through the encoder together: enough to fill the cores, few
	// enough that their pictures take little room.
	encodeRows = 64
	// picturesAtOnce bounds how many pictures are fetched together.
	picturesAtOnce = 8
)

// portion is some rows of a batch with their pictures; nil where there is none.
type portion struct {
	rows     []*row
	pictures []*image.NRGBA
	faults   []error // of taking the pictures
}

// errMoved marks rows that were encoded for what no longer answers.
var errMoved = errors.New("another encoder answers now")

// encode makes the products and entries of a batch's added and updated rows for
// the encoders that answer. With wait it waits while they cannot be reached, and
// tells why; empty when it goes on. f is nil for rows that come without a feed.
func (c *Catalog) encode(ctx context.Context, f *feed.Feed, b *batch, wait func(why string)) error {
	for {
		b.by = c.sight()
		by := makerOf(b.by.Pair)
		if wait != nil {
			by = c.patiently(b.by, by, wait)
		}
		if err := c.encodeBy(ctx, by, f, b); !errors.Is(err, errMoved) {
			return err
		}
	}
}

// encodeBy makes the products and entries of a batch's added and updated rows: the
// pictures of one portion are taken while another is encoded. A picture that
// cannot be had is an error of its row, but the product is kept.
func (c *Catalog) encodeBy(ctx context.Context, by maker, f *feed.Feed, b *batch) error {
	var rows []*row
	for _, r := range b.rows {
		if r.outcome == added || r.outcome == updated {
			rows = append(rows, r)
		}
	}
	taken := make(chan *portion)
	g, inside := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(taken)
		for some := range slices.Chunk(rows, encodeRows) {
			p, err := c.take(inside, f, some)
			if err = errors.Join(err, send(inside, taken, p)); err != nil {
				return err
			}
		}
		return nil
	})
	g.Go(func() error {
		for p := range taken {
			if err := c.encodePortion(inside, by, b, p); err != nil {
				return err
			}
		}
		return nil
	})
	return g.Wait()
}

// take makes the rows' products, with their pictures.
func (c *Catalog) take(ctx context.Context, f *feed.Feed, rows []*row) (*portion, error) {
	p := &portion{rows, make([]*image.NRGBA, len(rows)), make([]error, len(rows))}
	g, inside := errgroup.WithContext(ctx)
	g.SetLimit(picturesAtOnce)
	for i, r := range rows {
		if r.product == nil {
			r.product = c.product(&r.item)
		}
		g.Go(func() error {
			p.pictures[i], p.faults[i] = c.takePictures(inside, f, r.product)
			return inside.Err()
		})
	}
	return p, g.Wait()
}

func (c *Catalog) encodePortion(ctx context.Context, by maker, b *batch, p *portion) error {
	vectors, err := c.vectors(ctx, by, b, p)
	if err != nil {
		return err
	}
	for i, r := range p.rows {
		r.entry = c.newEntry(b.store, b.currency, r.product, vectors[i])
		if fault := p.faults[i]; fault != nil && !r.faulty {
			r.hash, r.faulty = "", true // so that the next sync tries again
			b.errors = append(b.errors, JobError{Line: r.item.Line, ID: r.item.ID, Field: "image_link", Code: "picture", Message: fault.Error()})
		}
	}
	return nil
}

// vectors encodes what the rows' products do not have already: their texts, and
// the pictures that are there.
func (c *Catalog) vectors(ctx context.Context, by maker, b *batch, p *portion) ([]map[string]embed.Vector, error) {
	has, err := c.heldFrom(ctx, b.by, b.store, p.rows)
	if err != nil {
		return nil, err
	}
	out := make([]map[string]embed.Vector, len(p.rows))
	var texts []string
	var pictures []image.Image
	var textAt, pictureAt []int
	for i, r := range p.rows {
		out[i] = map[string]embed.Vector{}
		was, text := has[r.item.ID], c.describe(r.product)
		if v, ok := was.textOf(text); ok {
			out[i][TextSpace] = v
		} else {
			texts, textAt = append(texts, text), append(textAt, i)
		}
		switch v, ok := was.pictureOf(r.product.ImageLink); {
		case p.pictures[i] == nil:
		case ok:
			out[i][ImageSpace] = v
		default:
			pictures, pictureAt = append(pictures, p.pictures[i]), append(pictureAt, i)
		}
	}
	fromText, fromPicture, err := by(ctx, texts, pictures)
	if err != nil {
		return nil, err
	}
	for k, i := range textAt {
		out[i][TextSpace] = fromText[k]
	}
	for k, i := range pictureAt {
		out[i][ImageSpace] = fromPicture[k]
	}
	return out, nil
}
