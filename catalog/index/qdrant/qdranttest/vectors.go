package qdranttest

import (
	"maps"

	"github.com/qdrant/go-client/qdrant"
)

// removeVectors returns the operation that takes the named vectors of points away.
func (c *collection) removeVectors(points *qdrant.PointsSelector, names []string, selector *qdrant.ShardKeySelector) (func() error, error) {
	ids, err := parseIDs(points.GetPoints().GetIds())
	switch {
	case err != nil:
		return nil, err
	case points.GetPoints() == nil:
		return nil, unimplemented("removal of vectors but by ids")
	case len(names) == 0:
		return nil, invalid("vectors", "must specify vector names to delete")
	}
	return func() error {
		rings, err := c.writable(selector)
		if err != nil {
			return err
		}
		for _, name := range names {
			_, dense := c.dense[name]
			if _, sparse := c.sparse[name]; !dense && !sparse {
				return badInput("Not existing vector name error: %s", name)
			}
		}
		for _, ring := range rings {
			for _, s := range ring {
				for _, id := range ids {
					s.removeVectors(id, names)
				}
			}
		}
		return nil
	}, nil
}

func (s *shard) removeVectors(id pointID, names []string) {
	slot, ok := s.slots[id]
	if !ok {
		return
	}
	p := *s.rows[slot]
	p.dense, p.sparse = maps.Clone(p.dense), maps.Clone(p.sparse)
	for _, name := range names {
		delete(p.dense, name)
		delete(p.sparse, name)
	}
	s.put(&p)
}
