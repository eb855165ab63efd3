package eval

import (
	"context"
	"fmt"
	"image"
	"math"
	"runtime"

	"golang.org/x/sync/errgroup"

	"honeyguide/embed"
	"honeyguide/embed/photo"
)

// Sizes of encoder batches: enough to fill the cores, little enough to hold.
const (
	textBatch   = 512
	photoBatch  = 64
	batchPixels = 16_000_000 // a batch closes when it holds this many decoded pixels
)

// encoding turns the items of one list into vectors.
type encoding struct {
	enc      embed.Joint
	pictures *pictures
	file     string // the list's name, for errors
	asked    bool   // the items are what is asked, not what is found
	progress func(done, total int)

	done, total int // texts and pictures
}

// encode returns one vector an item, in order: the unit mean of the unit vectors
// of its text and its picture, of which those that are not asked for are left out.
func (e *encoding) encode(ctx context.Context, items []*Item, texts, images bool) ([]embed.Vector, error) {
	var withText, withImage []int
	for i, item := range items {
		if texts && item.hasText() {
			withText = append(withText, i)
		}
		if images && item.Image != "" {
			withImage = append(withImage, i)
		}
	}
	e.done, e.total = 0, len(withText)+len(withImage)
	sums := make([]embed.Vector, len(items))
	if err := e.texts(ctx, items, withText, sums); err != nil {
		return nil, err
	}
	if err := e.images(ctx, items, withImage, sums); err != nil {
		return nil, err
	}
	for _, v := range sums {
		unit(v)
	}
	return sums, nil
}

func (e *encoding) texts(ctx context.Context, items []*Item, which []int, sums []embed.Vector) error {
	for len(which) > 0 {
		batch := which[:min(textBatch, len(which))]
		which = which[len(batch):]
		texts := make([]string, len(batch))
		for k, i := range batch {
			texts[k] = items[i].Text
		}
		vectors, err := e.words(ctx, texts)
		if err != nil {
			return fmt.Errorf("encoding texts of %s: %w", e.file, err)
		}
		e.add(sums, batch, vectors)
	}
	return nil
}

func (e *encoding) words(ctx context.Context, texts []string) ([]embed.Vector, error) {
	if e.asked {
		return embed.EncodeAsked(ctx, e.enc, texts)
	}
	return e.enc.EncodeTexts(ctx, texts)
}

// decoded is a batch of pictures of the items at `at`.
type decoded struct {
	at       []int
	pictures []image.Image
}

// images encodes one batch while the next one is read and decoded.
func (e *encoding) images(ctx context.Context, items []*Item, which []int, sums []embed.Vector) error {
	batches := make(chan decoded)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(batches)
		for len(which) > 0 {
			batch, err := e.decode(ctx, items, which)
			if err != nil {
				return err
			}
			which = which[len(batch.at):]
			select {
			case batches <- batch:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	group.Go(func() error {
		for batch := range batches {
			vectors, err := e.enc.EncodeImages(ctx, batch.pictures)
			if err != nil {
				return fmt.Errorf("encoding pictures of %s: %w", e.file, err)
			}
			e.add(sums, batch.at, vectors)
		}
		return nil
	})
	return group.Wait()
}

// decode reads the first pictures of which, as many as fill a batch, on all cores.
func (e *encoding) decode(ctx context.Context, items []*Item, which []int) (decoded, error) {
	var files [][]byte
	for pixels := 0; len(files) < min(photoBatch, len(which)) && pixels < batchPixels; {
		item := items[which[len(files)]]
		data, err := e.pictures.read(item.Image)
		if err != nil {
			return decoded{}, wrong(e.file, item.line, "image", "%q: %w", item.Image, err)
		}
		if info, err := photo.Inspect(data); err == nil {
			pixels += info.Width * info.Height
		} // decoding says what is wrong
		files = append(files, data)
	}
	batch := decoded{at: which[:len(files)], pictures: make([]image.Image, len(files))}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for k, data := range files {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			img, _, err := photo.Decode(data)
			if item := items[batch.at[k]]; err != nil {
				return wrong(e.file, item.line, "image", "%q: %w", item.Image, err)
			}
			batch.pictures[k] = img
			return nil
		})
	}
	return batch, group.Wait()
}

// add sums vectors up by item and reports progress.
func (e *encoding) add(sums []embed.Vector, at []int, vectors []embed.Vector) {
	for k, i := range at {
		if sums[i] == nil {
			sums[i] = make(embed.Vector, len(vectors[k]))
		}
		for d, x := range vectors[k] {
			sums[i][d] += x
		}
	}
	e.done += len(at)
	e.progress(e.done, e.total)
}

// unit brings a vector to length 1; zeros stay zeros.
func unit(v embed.Vector) {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return
	}
	scale := float32(1 / math.Sqrt(sum))
	for d := range v {
		v[d] *= scale
	}
}
