package catalog

import (
	"context"

	"honeyguide/catalog/encoders"
	"honeyguide/catalog/index"
)

// sight is what pictures and words are compared by at one time: the encoders, the
// index of their vectors, and what is known of their cosines. A change of the
// model puts another in its place, as a whole.
type sight struct {
	encoders.Pair
	index        index.Index
	kinds        kindNames
	joint, texts encoders.Rest // of the two encoders, as buyers ask them
	levels       levels
}

// sight returns the one that answers now.
func (c *Catalog) sight() *sight {
	c.turning.RLock()
	defer c.turning.RUnlock()
	return c.answering
}

// steadily calls f with the sight that answers, and again if another has taken
// its place meanwhile: the vectors that f looked for may have gone with it.
func steadily[T any](c *Catalog, f func(*sight) (T, error)) (T, error) {
	for {
		s := c.sight()
		v, err := f(s)
		if c.sight() == s {
			return v, err
		}
	}
}

// search asks the index by words, which need no encoder.
func (c *Catalog) search(ctx context.Context, queries []index.Query) ([][]index.Hit, error) {
	return steadily(c, func(s *sight) ([][]index.Hit, error) { return s.index.Search(ctx, queries) })
}
