package qdrant

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	qdrant "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"honeyguide/catalog/index"
)

// The sizes of requests that write.
const (
	maxPoints = 1000
	maxBytes  = 8 << 20 // as estimated by size
)

// Put implements index.Index. Entries for another encoder than the collection's
// keep their words and fields only, until Rebuild.
func (x *Index) Put(ctx context.Context, entries []index.Entry) error {
	for i := range entries {
		if err := entries[i].Validate(); err != nil {
			return wrap(&entries[i], err)
		}
	}
	if err := x.ready(ctx); err != nil {
		return err
	}
	byKind := map[index.Kind][]*index.Entry{}
	for i := range entries {
		byKind[entries[i].Kind] = append(byKind[entries[i].Kind], &entries[i])
	}
	for moves := 0; ; moves++ {
		err := x.putKinds(ctx, byKind)
		if !errors.Is(err, errNotFound) || moves == maxMoves {
			return err
		}
	}
}

// putKinds writes entries by kind. It fails with errNotFound if a collection is
// made anew meanwhile.
func (x *Index) putKinds(ctx context.Context, byKind map[index.Kind][]*index.Entry) error {
	kinds := slices.Sorted(maps.Keys(byKind))
	layouts := make([]*layout, len(kinds))
	for i, kind := range kinds { // all must fit before any is written
		l, err := x.prepare(ctx, kind, byKind[kind])
		if err != nil {
			return err
		}
		layouts[i] = l
	}
	if err := x.making.Acquire(ctx, 1); err != nil {
		return err
	}
	defer x.making.Release(1)
	for i, kind := range kinds {
		l := layouts[i]
		if known := x.layouts.get(kind); known != nil && known.name != l.name {
			return movedAway(kind)
		}
		if err := x.upsert(ctx, l, byKind[kind], l.model == x.options.Model); err != nil {
			if errors.Is(err, errNotFound) {
				x.layouts.drop(kind)
			}
			return err
		}
	}
	return nil
}

// upsert writes entries into a collection, requests within maxPoints and
// maxBytes. Of duplicates only the last is written.
func (x *Index) upsert(ctx context.Context, l *layout, entries []*index.Entry, vectors bool) error {
	last := make(map[index.Key]int, len(entries))
	for i, e := range entries {
		last[index.Key{Store: e.Store, ID: e.ID}] = i
	}
	entries = slices.Clone(entries)
	for i, e := range entries {
		if last[index.Key{Store: e.Store, ID: e.ID}] != i {
			entries[i] = nil
		}
	}
	entries = slices.DeleteFunc(entries, func(e *index.Entry) bool { return e == nil })
	slices.SortStableFunc(entries, func(a, b *index.Entry) int { return cmp.Compare(l.key(a.Store), l.key(b.Store)) })
	for len(entries) > 0 {
		store := entries[0].Store // whose shard key the request is for
		points, bytes := []*qdrant.PointStruct{}, 0
		for len(entries) > 0 && len(points) < maxPoints && bytes < maxBytes && l.key(entries[0].Store) == l.key(store) {
			points, bytes = append(points, point(entries[0], vectors)), bytes+size(entries[0])
			entries = entries[1:]
		}
		if err := x.write(ctx, l.name, points, l.shards(store), lacking(points, l, vectors)); err != nil {
			return err
		}
	}
	return nil
}

// lacking returns the points that lack a dense vector of the collection, by its name.
func lacking(points []*qdrant.PointStruct, l *layout, vectors bool) map[string][]*qdrant.PointId {
	lack := map[string][]*qdrant.PointId{}
	for space := range l.dims {
		for _, p := range points {
			if !vectors || p.GetVectors().GetVectors().GetVectors()[space] == nil {
				lack[space] = append(lack[space], p.GetId())
			}
		}
	}
	return lack
}

// write puts points in place of those with their ids, in one request.
//
// Where a point lies in a segment that Qdrant has optimized already, vectors
// that the new state lacks stay from the old one. They are deleted expressly.
func (x *Index) write(ctx context.Context, collection string, points []*qdrant.PointStruct, shards *qdrant.ShardKeySelector, lack map[string][]*qdrant.PointId) error {
	operations := []*qdrant.PointsUpdateOperation{qdrant.NewPointsUpdateUpsert(&qdrant.PointsUpdateOperation_PointStructList{Points: points, ShardKeySelector: shards})}
	for _, space := range slices.Sorted(maps.Keys(lack)) {
		operations = append(operations, qdrant.NewPointsUpdateDeleteVectors(&qdrant.PointsUpdateOperation_DeleteVectors{
			PointsSelector: qdrant.NewPointsSelectorIDs(lack[space]), Vectors: &qdrant.VectorsSelector{Names: []string{space}}, ShardKeySelector: shards,
		}))
	}
	return x.call(ctx, writeTimeout, func(ctx context.Context, c *qdrant.Client) error {
		results, err := c.UpdateBatch(ctx, &qdrant.UpdateBatchPoints{CollectionName: collection, Operations: operations, Wait: qdrant.PtrOf(true)})
		for _, r := range results {
			err = completed(r, err)
		}
		return err
	})
}

// completed makes an error of an update that is not visible yet.
func completed(r *qdrant.UpdateResult, err error) error {
	if err == nil && r.GetStatus() != qdrant.UpdateStatus_Completed {
		return status.Errorf(codes.Unavailable, "the update is %s", r.GetStatus())
	}
	return err
}

// size estimates the bytes of an entry in a request.
func size(e *index.Entry) int {
	n := 8 * len(e.Words.Terms)
	for field, values := range e.Tags {
		for _, value := range values {
			n += len(field) + len(value)
		}
	}
	for _, v := range e.Vectors {
		n += 4 * len(v)
	}
	return n
}

// point is how an entry is kept.
func point(e *index.Entry, vectors bool) *qdrant.PointStruct {
	held := *e
	if !vectors {
		held.Vectors = nil
	}
	named := map[string]*qdrant.Vector{}
	for space, v := range held.Vectors {
		named[plain(space)] = qdrant.NewVectorDense(v)
	}
	words := positiveWeights(e.Words)
	named[index.Words] = qdrant.NewVectorSparse(words.Terms, words.Weights) // also without terms: see write
	var tags []string
	for field, values := range e.Tags {
		for _, value := range values {
			tags = append(tags, tag(field, value))
		}
	}
	slices.Sort(tags)
	numbers := map[string]*qdrant.Value{}
	for field, v := range e.Numbers {
		numbers[plain(field)] = qdrant.NewValueDouble(v)
	}
	return &qdrant.PointStruct{
		Id:      pointID(e.Store, e.Kind, e.ID),
		Vectors: qdrant.NewVectorsMap(named),
		Payload: map[string]*qdrant.Value{
			fieldStore: qdrant.NewValueString(e.Store), fieldID: qdrant.NewValueString(e.ID), fieldSum: qdrant.NewValueInt(int64(held.Sum())),
			fieldTags: texts(tags), fieldNumbers: qdrant.NewValueFromFields(numbers),
		},
	}
}

// positiveWeights drops the terms of weight 0, which would be found otherwise.
func positiveWeights(s index.Sparse) index.Sparse {
	if !slices.Contains(s.Weights, 0) {
		return s
	}
	var kept index.Sparse
	for i, w := range s.Weights {
		if w > 0 {
			kept.Terms, kept.Weights = append(kept.Terms, s.Terms[i]), append(kept.Weights, w)
		}
	}
	return kept
}

func texts(list []string) *qdrant.Value {
	values := make([]*qdrant.Value, len(list))
	for i, s := range list {
		values[i] = qdrant.NewValueString(s)
	}
	return qdrant.NewValueFromList(values...)
}

// Delete implements index.Index.
func (x *Index) Delete(ctx context.Context, store string, kind index.Kind, ids []string) error {
	if err := x.ready(ctx); err != nil || len(ids) == 0 {
		return err
	}
	if err := x.making.Acquire(ctx, 1); err != nil {
		return err
	}
	defer x.making.Release(1)
	return x.settled(ctx, kind, x.current, func(l *layout) error {
		for some := range slices.Chunk(ids, maxPoints) {
			points := make([]*qdrant.PointId, len(some))
			for i, id := range some {
				points[i] = pointID(store, kind, id)
			}
			if err := x.delete(ctx, l, store, qdrant.NewPointsSelectorIDs(points)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Clear implements index.Lasting: one request, however many entries there are.
func (x *Index) Clear(ctx context.Context, store string, kind index.Kind) error {
	if err := x.ready(ctx); err != nil {
		return err
	}
	if err := x.making.Acquire(ctx, 1); err != nil {
		return err
	}
	defer x.making.Release(1)
	all, _ := filterOf(store, nil)
	return x.settled(ctx, kind, x.current, func(l *layout) error {
		return x.delete(ctx, l, store, qdrant.NewPointsSelectorFilter(all))
	})
}

func (x *Index) delete(ctx context.Context, l *layout, store string, points *qdrant.PointsSelector) error {
	return x.call(ctx, writeTimeout, func(ctx context.Context, c *qdrant.Client) error {
		r, err := c.Delete(ctx, &qdrant.DeletePoints{
			CollectionName: l.name, Points: points, ShardKeySelector: l.shards(store), Wait: qdrant.PtrOf(true),
		})
		return completed(r, err)
	})
}

// ready reports why a call cannot proceed, if it cannot.
func (x *Index) ready(ctx context.Context) error {
	if x.life.Err() != nil {
		return index.ErrClosed
	}
	return ctx.Err()
}

func wrap(e *index.Entry, err error) error { return fmt.Errorf("entry %q: %w", e.ID, err) }

func wrongLength(space string, got, want int) error {
	return fmt.Errorf("%w: the vector of space %q has %d numbers, want %d", index.ErrInvalid, space, got, want)
}
