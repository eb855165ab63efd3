package catalog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"honeyguide/catalog/index"
)

// level are the cosines of a photo and the nearest picture of a store from which
// on the photo resembles it, and from which on it does so a little. They belong to
// an encoder, and are not known of each.
type level struct {
	yes, near float64
	known     bool
}

// measured returns the level of models that were measured with buyers' photos;
// docs/benchmarks.md has the error rates it was chosen by.
func measured(model string) level {
	if model == "honeyguide-1-c1f37a58" {
		return level{.92, .86, true}
	}
	return level{}
}

// samePicture is the cosine from which on a product's picture is all but the photo
// itself: then what kind the photo seems to show no longer matters. Of the built-in
// encoder it was measured, by pictures compressed and scaled anew; for all others it
// is that of an earlier built-in one.
func (s *sight) samePicture() float32 {
	if measured(s.Joint.Model()).known {
		return 0.998
	}
	return 0.993
}

// The level of another model is taken from the store's own pictures: for some of
// its products, how near is the nearest other product of their category? All but
// a few of what the store sells has something as near as that, and so should a
// photo of it: yes is the cosine that usual of them exceed. Near is as far below
// that as the median is above. With an earlier built-in encoder and 31,316 products
// that gave .92 and .86, with 1,000 of them .83 and .70: it follows the store, which
// no fixed level does. docs/benchmarks.md compares the two.
const (
	usual       = 0.98
	levelSample = 400 // products that are looked at
	levelLeast  = 100 // of them with another of their category; below that nothing is known
	levelPeers  = 4   // asked of each, since the nearest may be the same picture
	samePixels  = 0.9999
	levelAsks   = 50 // products asked about at once
	levelGrowth = 1.5
	levelAgain  = time.Minute // until it is tried again, where too little was encoded
)

// levels are what is known of stores, by id.
type levels struct {
	mu     sync.Mutex
	stores map[string]*storeLevel
}

type storeLevel struct {
	mu       sync.Mutex // held while it is found out
	level    level
	products int       // that the store had then; 0: it was not found out yet
	at       time.Time // when that was
}

// stands reports whether what was found out of a store still holds, now that it
// has so many products.
func (l *storeLevel) stands(products int) bool {
	before, n := float64(l.products), float64(products)
	alike := before > 0 && n < levelGrowth*before && n > before/levelGrowth
	return alike && (l.level.known || time.Since(l.at) < levelAgain)
}

func (l *levels) of(storeID string) *storeLevel {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stores == nil {
		l.stores = map[string]*storeLevel{}
	}
	if l.stores[storeID] == nil {
		l.stores[storeID] = &storeLevel{}
	}
	return l.stores[storeID]
}

// levelOf returns the level of a search that compares pictures. It is found out
// once, and again when the store has become much larger or smaller.
func (c *Catalog) levelOf(ctx context.Context, p *probe) (level, error) {
	if p.view == nil && p.like == nil {
		return level{}, nil
	}
	return c.levelIn(ctx, p.sight, p.store.ID)
}

func (c *Catalog) levelIn(ctx context.Context, s *sight, storeID string) (level, error) {
	if l := measured(s.Joint.Model()); l.known {
		return l, nil
	}
	l, n := s.levels.of(storeID), c.facets.size(storeID)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stands(n) {
		return l.level, nil
	}
	found, err := c.findLevel(ctx, s, storeID)
	if err != nil {
		return level{}, fmt.Errorf("what resembles what: %w", err)
	}
	l.level, l.products, l.at = found, n, time.Now()
	return found, nil
}

// findLevel asks how near the nearest are of a sample of a store's products.
func (c *Catalog) findLevel(ctx context.Context, s *sight, storeID string) (level, error) {
	var nearest []float64
	for ids := range slices.Chunk(c.facets.sample(storeID, levelSample), levelAsks) {
		var queries []index.Query
		var asked []string
		for _, id := range ids {
			e, err := c.entry(ctx, s, storeID, id)
			switch {
			case errors.Is(err, ErrNotFound): // it changed meanwhile
			case err != nil:
				return level{}, err
			case len(e.Vectors[ImageSpace]) > 0 && len(e.Tags[tagCategory]) > 0:
				asked = append(asked, id)
				queries = append(queries, index.Query{Store: storeID, Kind: index.Products, Space: ImageSpace, Vector: e.Vectors[ImageSpace],
					Filter: index.Filter{{Field: tagCategory, AnyOf: []string{finest(e)}}}, Limit: levelPeers})
			}
		}
		answers, err := s.index.Search(ctx, queries)
		if err != nil {
			return level{}, err
		}
		for i, hits := range answers {
			if cosine, ok := nearestPeer(asked[i], hits); ok {
				nearest = append(nearest, cosine)
			}
		}
	}
	return levelFrom(nearest), nil
}

// nearestPeer is the best cosine of another product than the one asked about,
// with another picture.
func nearestPeer(id string, hits []index.Hit) (float64, bool) {
	for _, h := range hits {
		if h.ID != id && h.Score < samePixels {
			return float64(h.Score), true
		}
	}
	return 0, false
}

// levelFrom makes a level of cosines of nearest products.
func levelFrom(nearest []float64) level {
	if len(nearest) < levelLeast {
		return level{}
	}
	slices.Sort(nearest)
	yes, median := nearest[int((1-usual)*float64(len(nearest)))], nearest[len(nearest)/2]
	return level{yes: yes, near: 2*yes - median, known: true}
}
