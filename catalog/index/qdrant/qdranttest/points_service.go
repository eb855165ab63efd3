package qdranttest

import (
	"context"

	"github.com/qdrant/go-client/qdrant"
)

// pointsService is the service Points.
type pointsService struct {
	qdrant.UnimplementedPointsServer
	s *Server
}

// update carries out the operation that make returns.
func (s *Server) update(name string, wait bool, operation func(*collection) (func() error, error)) (*qdrant.UpdateResult, error) {
	c, err := s.store.find(name)
	if err != nil {
		return nil, err
	}
	change, err := operation(c)
	if err != nil {
		return nil, err
	}
	return c.write(wait, change)
}

func updated(result *qdrant.UpdateResult, err error) (*qdrant.PointsOperationResponse, error) {
	if err != nil {
		return nil, err
	}
	return &qdrant.PointsOperationResponse{Result: result}, nil
}

// Upsert adds points or replaces them as a whole.
func (p pointsService) Upsert(_ context.Context, r *qdrant.UpsertPoints) (*qdrant.PointsOperationResponse, error) {
	if r.GetUpdateFilter() != nil || r.UpdateMode != nil {
		return nil, unimplemented("conditional updates")
	}
	return updated(p.s.update(r.GetCollectionName(), r.GetWait(), func(c *collection) (func() error, error) {
		return c.upsert(r.GetPoints(), r.GetShardKeySelector(), p.s.optimized)
	}))
}

// Delete removes points by ids or by a filter.
func (p pointsService) Delete(_ context.Context, r *qdrant.DeletePoints) (*qdrant.PointsOperationResponse, error) {
	return updated(p.s.update(r.GetCollectionName(), r.GetWait(), func(c *collection) (func() error, error) {
		return c.remove(r.GetPoints(), r.GetShardKeySelector(), p.s.strict)
	}))
}

// UpdateBatch carries out several updates, in order.
func (p pointsService) UpdateBatch(_ context.Context, r *qdrant.UpdateBatchPoints) (*qdrant.UpdateBatchResponse, error) {
	if len(r.GetOperations()) == 0 {
		return nil, invalid("operations", "must contain at least 1 element")
	}
	var results []*qdrant.UpdateResult
	for _, one := range r.GetOperations() {
		result, err := p.s.update(r.GetCollectionName(), r.GetWait(), func(c *collection) (func() error, error) {
			switch o := one.GetOperation().(type) {
			case *qdrant.PointsUpdateOperation_Upsert:
				return c.upsert(o.Upsert.GetPoints(), o.Upsert.GetShardKeySelector(), p.s.optimized)
			case *qdrant.PointsUpdateOperation_DeletePoints_:
				return c.remove(o.DeletePoints.GetPoints(), o.DeletePoints.GetShardKeySelector(), p.s.strict)
			case *qdrant.PointsUpdateOperation_DeleteVectors_:
				return c.removeVectors(o.DeleteVectors.GetPointsSelector(), o.DeleteVectors.GetVectors().GetNames(), o.DeleteVectors.GetShardKeySelector())
			default:
				return nil, unimplemented("batched updates but upserts and deletes")
			}
		})
		if err != nil {
			return nil, err
		}
		results = append(results, result)
	}
	return &qdrant.UpdateBatchResponse{Result: results}, nil
}

// CreateFieldIndex gives a field of the payload an index.
func (p pointsService) CreateFieldIndex(_ context.Context, r *qdrant.CreateFieldIndexCollection) (*qdrant.PointsOperationResponse, error) {
	return updated(p.s.update(r.GetCollectionName(), r.GetWait(), func(c *collection) (func() error, error) {
		return c.createIndex(r)
	}))
}

// DeleteFieldIndex drops a field's index; one that is not there is not an error.
func (p pointsService) DeleteFieldIndex(_ context.Context, r *qdrant.DeleteFieldIndexCollection) (*qdrant.PointsOperationResponse, error) {
	return updated(p.s.update(r.GetCollectionName(), r.GetWait(), func(c *collection) (func() error, error) {
		at, err := parsePath(r.GetFieldName())
		return func() error {
			delete(c.indexes, at.String())
			return nil
		}, err
	}))
}

// Query answers one query.
func (p pointsService) Query(ctx context.Context, q *qdrant.QueryPoints) (*qdrant.QueryResponse, error) {
	c, err := p.s.store.find(q.GetCollectionName())
	if err != nil {
		return nil, err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	points, err := c.query(ctx, q, p.s.strict)
	if err != nil {
		return nil, err
	}
	return &qdrant.QueryResponse{Result: points}, nil
}

// QueryBatch answers several queries, in order; if one is refused, all are.
func (p pointsService) QueryBatch(ctx context.Context, r *qdrant.QueryBatchPoints) (*qdrant.QueryBatchResponse, error) {
	c, err := p.s.store.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	results := make([]*qdrant.BatchResult, len(r.GetQueryPoints()))
	for i, q := range r.GetQueryPoints() {
		points, err := c.query(ctx, q, p.s.strict)
		if err != nil {
			return nil, err
		}
		results[i] = &qdrant.BatchResult{Result: points}
	}
	return &qdrant.QueryBatchResponse{Result: results}, nil
}
