package qdranttest

import (
	"cmp"
	"context"
	"slices"

	"github.com/qdrant/go-client/qdrant"
)

// reading calls f with the collection locked for reading.
func reading[T any](s *Server, name string, f func(*collection) (T, error)) (answer T, err error) {
	c, err := s.store.find(name)
	if err != nil {
		return answer, err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return f(c)
}

// Get returns the points of the ids that exist, in the order of the ids.
func (p pointsService) Get(_ context.Context, r *qdrant.GetPoints) (*qdrant.GetResponse, error) {
	ids, err := parseIDs(r.GetIds())
	if err != nil {
		return nil, err
	}
	payload, err := payloadChoice(r.GetWithPayload(), nothing)
	if err != nil {
		return nil, err
	}
	vectors := vectorChoice(r.GetWithVectors())
	return reading(p.s, r.GetCollectionName(), func(c *collection) (*qdrant.GetResponse, error) {
		shards, err := c.readable(r.GetShardKeySelector())
		if err != nil {
			return nil, err
		}
		answer := &qdrant.GetResponse{}
		for _, id := range ids {
			for _, s := range shards {
				if slot, ok := s.slots[id]; ok {
					answer.Result = append(answer.Result, holding{s.rows[slot], s.key}.retrieved(payload, vectors))
					break
				}
			}
		}
		return answer, nil
	})
}

// each visits the points of the selected shards that pass the filter.
func (c *collection) each(f *qdrant.Filter, selector *qdrant.ShardKeySelector, strict bool, visit func(holding)) error {
	passes, err := c.compiler(strict).filter(f)
	if err != nil {
		return err
	}
	shards, err := c.readable(selector)
	if err != nil {
		return err
	}
	for _, s := range shards {
		for _, p := range s.rows {
			if passes(p) {
				visit(holding{p, s.key})
			}
		}
	}
	return nil
}

// Scroll returns points in the order of their ids, from an id on.
func (p pointsService) Scroll(_ context.Context, r *qdrant.ScrollPoints) (*qdrant.ScrollResponse, error) {
	if r.GetOrderBy() != nil {
		return nil, unimplemented("scrolling by a field")
	}
	if r.Limit != nil && r.GetLimit() == 0 {
		return nil, invalid("limit", "value 0 invalid, must be 1 or larger")
	}
	payload, err := payloadChoice(r.GetWithPayload(), everything)
	if err != nil {
		return nil, err
	}
	var from pointID
	if r.GetOffset() != nil {
		if from, err = parseID(r.GetOffset()); err != nil {
			return nil, err
		}
	}
	vectors := vectorChoice(r.GetWithVectors())
	return reading(p.s, r.GetCollectionName(), func(c *collection) (*qdrant.ScrollResponse, error) {
		limit := int(orDefault(r.Limit, defaultLimit))
		page := best[holding]{k: limit + 1, compare: byID}
		err := c.each(r.GetFilter(), r.GetShardKeySelector(), p.s.strict, func(h holding) {
			if h.id.compare(from) >= 0 {
				page.offer(h)
			}
		})
		if err != nil {
			return nil, err
		}
		answer := &qdrant.ScrollResponse{}
		for i, h := range page.sorted() {
			if i == limit {
				answer.NextPageOffset = h.id.proto()
				break
			}
			answer.Result = append(answer.Result, h.retrieved(payload, vectors))
		}
		return answer, nil
	})
}

// Count counts the points that pass a filter, exactly.
func (p pointsService) Count(_ context.Context, r *qdrant.CountPoints) (*qdrant.CountResponse, error) {
	return reading(p.s, r.GetCollectionName(), func(c *collection) (*qdrant.CountResponse, error) {
		n := uint64(0)
		err := c.each(r.GetFilter(), r.GetShardKeySelector(), p.s.strict, func(holding) { n++ })
		if err != nil {
			return nil, err
		}
		return &qdrant.CountResponse{Result: &qdrant.CountResult{Count: n}}, nil
	})
}

// Facet counts the points of each value of a field that has an index of
// keywords, the most frequent first.
func (p pointsService) Facet(_ context.Context, r *qdrant.FacetCounts) (*qdrant.FacetResponse, error) {
	at, err := parsePath(r.GetKey())
	if err != nil {
		return nil, err
	}
	if r.Limit != nil && r.GetLimit() == 0 {
		return nil, malformed("Limit cannot be 0")
	}
	return reading(p.s, r.GetCollectionName(), func(c *collection) (*qdrant.FacetResponse, error) {
		if c.indexes[at.String()].GetDataType() != qdrant.PayloadSchemaType_Keyword {
			return nil, badRequest("No appropriate index for faceting: `%s`. Please create one to facet on this field. Check https://qdrant.tech/documentation/concepts/indexing/#payload-index to see which payload schemas support Match conditions", at)
		}
		counts := map[string]uint64{}
		err := c.each(r.GetFilter(), r.GetShardKeySelector(), p.s.strict, func(h holding) {
			for value := range keywords(at, h.payload) {
				counts[value]++
			}
		})
		if err != nil {
			return nil, err
		}
		return &qdrant.FacetResponse{Hits: mostFrequent(counts, orDefault(r.Limit, defaultLimit))}, nil
	})
}

// keywords is the set of the texts of a field.
func keywords(at path, payload map[string]*qdrant.Value) map[string]bool {
	found := map[string]bool{}
	at.some(payload, func(v *qdrant.Value) bool {
		return anyElement(v, func(v *qdrant.Value) bool {
			if text, ok := keywordOf(v); ok {
				found[text] = true
			}
			return false
		})
	})
	return found
}

func mostFrequent(counts map[string]uint64, limit uint64) []*qdrant.FacetHit {
	hits := make([]*qdrant.FacetHit, 0, len(counts))
	for value, n := range counts {
		hits = append(hits, &qdrant.FacetHit{
			Count: n, Value: &qdrant.FacetValue{Variant: &qdrant.FacetValue_StringValue{StringValue: value}},
		})
	}
	slices.SortFunc(hits, func(a, b *qdrant.FacetHit) int {
		return cmp.Or(cmp.Compare(b.GetCount(), a.GetCount()), cmp.Compare(a.GetValue().GetStringValue(), b.GetValue().GetStringValue()))
	})
	return hits[:min(limit, uint64(len(hits)))]
}
