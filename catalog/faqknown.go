package catalog

import (
	"context"
	"fmt"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
)

// knownFAQs are the packs' answers ready to be found, and what questions of shops
// say with their words. It does not change.
type knownFAQs struct {
	index    index.Index
	worded   map[string]worded
	concepts *concepts
	stems    rarity
	shapes   rarity
	senses   rarity
}

// The packs' answers are a store of their own, with fields that say which is which.
const (
	goldenStore = "packs"
	tagPack     = "pack"
	tagID       = "id"
)

func (g *golden) load() (*knownFAQs, error) {
	c, err := newConcepts(conceptsText, g.packs)
	if err != nil {
		return nil, err
	}
	k := &knownFAQs{index: local.New(), worded: make(map[string]worded, len(g.faqs)), concepts: c}
	entries := make([]index.Entry, len(g.faqs))
	var stems, shapes, senses [][]uint32
	for i := range g.faqs {
		w := c.worded(g.faqs[i])
		k.worded[g.faqs[i].ID] = w
		for _, ask := range w.asks {
			stems, shapes, senses = append(stems, ask.stems), append(shapes, ask.shapes), append(senses, ask.senses)
		}
		entries[i] = newFAQEntry(goldenStore, &g.faqs[i])
		entries[i].Tags[tagPack], entries[i].Tags[tagID] = []string{g.pack[i]}, []string{g.faqs[i].ID}
	}
	k.stems, k.shapes, k.senses = rarityOf(stems), rarityOf(shapes), rarityOf(senses)
	return k, k.index.Put(context.Background(), entries)
}

// find returns those of the packs that q finds and that p's store has as they are.
func (k *knownFAQs) find(ctx context.Context, p *faqProbe, q index.Query) ([]worded, error) {
	q.Store, q.Limit = goldenStore, packCandidates
	q.Filter = append(q.Filter, index.Condition{Field: tagID, NoneOf: nonNil(p.changed)})
	if len(p.store.Packs) > 0 {
		q.Filter = append(q.Filter, index.Condition{Field: tagPack, AnyOf: p.store.Packs})
	}
	hits, err := k.index.Search(ctx, []index.Query{q})
	if err != nil {
		return nil, fmt.Errorf("search the packs: %w", err)
	}
	found := make([]worded, len(hits[0]))
	for i, h := range hits[0] {
		found[i] = k.worded[h.ID]
	}
	return found, nil
}
