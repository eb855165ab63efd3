package qdranttest

import "github.com/qdrant/go-client/qdrant"

// upsert returns the operation that puts points, one after another up to the
// first that is refused. Ids and the shapes of vectors are checked at once.
func (c *collection) upsert(given []*qdrant.PointStruct, selector *qdrant.ShardKeySelector, optimized bool) (func() error, error) {
	if len(given) == 0 {
		return nil, badRequest("Empty update request")
	}
	for _, p := range given {
		if err := checkPoint(p); err != nil {
			return nil, err
		}
	}
	return func() error {
		rings, err := c.writable(selector)
		if err != nil {
			return err
		}
		for _, one := range given {
			p, err := c.newPoint(one)
			if err != nil {
				return err
			}
			for _, ring := range rings {
				s := ring[p.hash%uint64(len(ring))]
				if optimized {
					s.keep(p)
				}
				s.put(p)
			}
		}
		return nil
	}, nil
}

// checkPoint refuses what no collection takes.
func checkPoint(p *qdrant.PointStruct) error {
	vectors := p.GetVectors().GetVectors().GetVectors()
	for _, v := range vectors {
		if _, _, err := readVector(v); err != nil {
			return err
		}
	}
	if p.GetVectors().GetVectorsOptions() == nil {
		return malformed("Expected some vectors")
	}
	_, err := parseID(p.GetId())
	return err
}

// remove returns the operation that removes the selected points; those that are
// absent are not an error.
func (c *collection) remove(points *qdrant.PointsSelector, selector *qdrant.ShardKeySelector, strict bool) (func() error, error) {
	var choose func(*shard) []pointID
	switch chosen := points.GetPointsSelectorOneOf().(type) {
	case *qdrant.PointsSelector_Points:
		ids, err := parseIDs(chosen.Points.GetIds())
		if err != nil {
			return nil, err
		}
		choose = func(*shard) []pointID { return ids }
	case *qdrant.PointsSelector_Filter:
		passes, err := c.writeFilter(chosen.Filter, strict)
		if err != nil {
			return nil, err
		}
		choose = func(s *shard) []pointID { return s.matching(passes) }
	default:
		return nil, malformed("Missing PointsSelector")
	}
	return func() error {
		rings, err := c.writable(selector)
		if err != nil {
			return err
		}
		for _, ring := range rings {
			for _, s := range ring {
				for _, id := range choose(s) {
					s.remove(id)
				}
			}
		}
		return nil
	}, nil
}

func (c *collection) writeFilter(f *qdrant.Filter, strict bool) (predicate, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	config := c.config.GetStrictModeConfig()
	strict = strict || config.GetEnabled() && config.UnindexedFilteringUpdate != nil && !config.GetUnindexedFilteringUpdate()
	return compiler{strict, c.indexes}.filter(f)
}

// compiler is that for reading. The caller holds the lock.
func (c *collection) compiler(strict bool) compiler {
	config := c.config.GetStrictModeConfig()
	strict = strict || config.GetEnabled() && config.UnindexedFilteringRetrieve != nil && !config.GetUnindexedFilteringRetrieve()
	return compiler{strict, c.indexes}
}

// createIndex returns the operation that gives a field an index, or another one.
func (c *collection) createIndex(request *qdrant.CreateFieldIndexCollection) (func() error, error) {
	if request.GetFieldName() == "" {
		return nil, invalid("field_name", "value \"\" invalid, must be at least 1 character")
	}
	at, err := parsePath(request.GetFieldName())
	if err != nil {
		return nil, err
	}
	if request.FieldType == nil {
		return nil, unimplemented("indexes without a field type")
	}
	index := &qdrant.PayloadSchemaInfo{
		DataType: qdrant.PayloadSchemaType(request.GetFieldType() + 1), // the same types in the same order, but from 1
		Params:   request.GetFieldIndexParams(),
	}
	return func() error {
		c.indexes[at.String()] = index
		return nil
	}, nil
}
