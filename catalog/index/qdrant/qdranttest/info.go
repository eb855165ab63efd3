package qdranttest

import (
	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/protobuf/proto"
)

// info describes the collection. The caller holds the lock.
func (c *collection) info() *qdrant.CollectionInfo {
	var segments, points, indexed uint64
	for _, ring := range c.rings {
		for _, s := range ring {
			segments++
			points += uint64(len(s.rows))
			for _, p := range s.rows {
				indexed += uint64(len(p.dense) + len(p.sparse))
			}
		}
	}
	schema := make(map[string]*qdrant.PayloadSchemaInfo, len(c.indexes))
	for name, index := range c.indexes {
		at, _ := parsePath(name) // it was written from a path
		with := c.having(at)
		schema[name] = &qdrant.PayloadSchemaInfo{DataType: index.GetDataType(), Params: index.GetParams(), Points: &with}
	}
	return &qdrant.CollectionInfo{
		Status:              qdrant.CollectionStatus_Green,
		OptimizerStatus:     &qdrant.OptimizerStatus{Ok: true},
		SegmentsCount:       segments,
		Config:              proto.CloneOf(c.config),
		PayloadSchema:       schema,
		PointsCount:         &points,
		IndexedVectorsCount: &indexed,
	}
}

// having counts the points with a value at the path.
func (c *collection) having(at path) (n uint64) {
	for _, ring := range c.rings {
		for _, s := range ring {
			for _, p := range s.rows {
				if at.some(p.payload, isFull) {
					n++
				}
			}
		}
	}
	return n
}
