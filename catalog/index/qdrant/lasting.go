package qdrant

import (
	"context"
	"errors"
	"fmt"
	"slices"

	qdrant "github.com/qdrant/go-client/qdrant"

	"honeyguide/catalog/index"
)

// Place implements index.Lasting.
func (x *Index) Place(ctx context.Context, kind index.Kind) (index.Place, error) {
	l, err := x.readLayout(ctx, kind)
	if err != nil {
		return index.Place{}, err
	}
	if known := x.layouts.get(kind); known != nil && known.name != l.name {
		x.layouts.drop(kind)
	}
	return index.Place{Name: l.name, Model: l.model}, nil
}

// Held implements index.Lasting.
func (x *Index) Held(ctx context.Context, store string, kind index.Kind, ids []string) (map[string]uint64, error) {
	sums := map[string]uint64{}
	if err := x.ready(ctx); err != nil || len(ids) == 0 {
		return sums, err
	}
	err := x.settled(ctx, kind, x.current, func(l *layout) error {
		clear(sums)
		for some := range slices.Chunk(ids, maxPoints) {
			if err := x.addSums(ctx, l, store, kind, some, sums); err != nil {
				return err
			}
		}
		return nil
	})
	return sums, err
}

func (x *Index) addSums(ctx context.Context, l *layout, store string, kind index.Kind, ids []string, sums map[string]uint64) error {
	request := &qdrant.GetPoints{
		CollectionName: l.name, ShardKeySelector: l.shards(store),
		WithPayload: qdrant.NewWithPayloadInclude(fieldID, fieldSum), WithVectors: qdrant.NewWithVectors(false),
	}
	for _, id := range ids {
		request.Ids = append(request.Ids, pointID(store, kind, id))
	}
	return x.call(ctx, writeTimeout, func(ctx context.Context, c *qdrant.Client) error {
		points, err := c.Get(ctx, request)
		for _, p := range points {
			sums[p.GetPayload()[fieldID].GetStringValue()] = uint64(p.GetPayload()[fieldSum].GetIntegerValue())
		}
		return err
	})
}

// Walk implements index.Lasting.
func (x *Index) Walk(ctx context.Context, kind index.Kind, f func([]index.Key) error) error {
	err := x.scroll(ctx, &qdrant.ScrollPoints{
		CollectionName: x.alias(kind), Limit: qdrant.PtrOf(uint32(maxPoints)),
		WithPayload: qdrant.NewWithPayloadInclude(fieldStore, fieldID), WithVectors: qdrant.NewWithVectors(false),
	}, func(points []*qdrant.RetrievedPoint) error {
		keys := make([]index.Key, len(points))
		for i, p := range points {
			keys[i] = index.Key{Store: p.GetPayload()[fieldStore].GetStringValue(), ID: p.GetPayload()[fieldID].GetStringValue()}
		}
		return f(keys)
	})
	if errors.Is(err, errNotFound) {
		return nil // it holds nothing
	}
	return err
}

// scroll hands all points of a collection to f, by rising UUID.
func (x *Index) scroll(ctx context.Context, request *qdrant.ScrollPoints, f func([]*qdrant.RetrievedPoint) error) error {
	for {
		var points []*qdrant.RetrievedPoint
		var next *qdrant.PointId
		err := x.call(ctx, writeTimeout, func(ctx context.Context, c *qdrant.Client) (err error) {
			points, next, err = c.ScrollAndOffset(ctx, request)
			return err
		})
		if err != nil {
			return err
		}
		if len(points) > 0 {
			if err := f(points); err != nil {
				return err
			}
		}
		if next == nil {
			return nil
		}
		request.Offset = next
	}
}

// copyPoints is how many points, with their vectors, a copy moves at once.
const copyPoints = 128

// copy writes all points of a collection into another one with its spaces.
func (x *Index) copy(ctx context.Context, from, to *layout) error {
	return x.scroll(ctx, &qdrant.ScrollPoints{
		CollectionName: from.name, Limit: qdrant.PtrOf(uint32(copyPoints)),
		WithPayload: qdrant.NewWithPayload(true), WithVectors: qdrant.NewWithVectors(true),
	}, func(points []*qdrant.RetrievedPoint) error {
		byKey := map[string][]*qdrant.PointStruct{}
		shards := map[string]*qdrant.ShardKeySelector{}
		for _, p := range points {
			store := p.GetPayload()[fieldStore].GetStringValue()
			key := to.key(store)
			byKey[key] = append(byKey[key], &qdrant.PointStruct{Id: p.GetId(), Payload: p.GetPayload(), Vectors: again(p.GetVectors())})
			shards[key] = to.shards(store)
		}
		for key, points := range byKey {
			err := x.call(ctx, writeTimeout, func(ctx context.Context, c *qdrant.Client) error {
				r, err := c.Upsert(ctx, &qdrant.UpsertPoints{CollectionName: to.name, Points: points, ShardKeySelector: shards[key], Wait: qdrant.PtrOf(true)})
				return completed(r, err)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// again turns vectors that were read into vectors to write. A sparse vector
// without terms cannot be told from a dense one in what Qdrant answers.
func again(read *qdrant.VectorsOutput) *qdrant.Vectors {
	named := map[string]*qdrant.Vector{}
	for name, v := range read.GetVectors().GetVectors() {
		if name == index.Words {
			words := v.GetSparseVector()
			named[name] = qdrant.NewVectorSparse(words.GetIndices(), words.GetValues())
		} else {
			named[name] = qdrant.NewVectorDense(v.GetDenseVector().GetData())
		}
	}
	return qdrant.NewVectorsMap(named)
}

// Rebuild implements index.Lasting: fill puts into a fresh collection, which
// then takes the alias.
func (x *Index) Rebuild(ctx context.Context, kind index.Kind, fill func(put func(context.Context, []index.Entry) error) error) error {
	if err := x.ready(ctx); err != nil {
		return err
	}
	var l *layout
	put := func(ctx context.Context, entries []index.Entry) error {
		some := make([]*index.Entry, len(entries))
		for i := range entries {
			if err := entries[i].Validate(); err != nil {
				return wrap(&entries[i], err)
			}
			some[i] = &entries[i]
		}
		n, err := needsOf(some)
		if err != nil {
			return err
		}
		if l, err = x.grow(ctx, kind, l, n, some); err != nil {
			return err
		}
		return x.upsert(ctx, l, some, true)
	}
	err := fill(put)
	if err == nil && l == nil {
		l, err = x.create(ctx, x.fresh(kind), needs{})
	}
	if err == nil {
		err = x.making.Acquire(ctx, makers)
	}
	if err == nil {
		defer x.making.Release(makers)
		return x.show(ctx, kind, l)
	}
	if l != nil {
		err = errors.Join(err, x.remove(ctx, l.name))
	}
	return err
}

// grow gives a collection that nobody searches yet what is needed; l is nil at first.
func (x *Index) grow(ctx context.Context, kind index.Kind, l *layout, n needs, entries []*index.Entry) (*layout, error) {
	if l == nil {
		return x.create(ctx, x.fresh(kind), n)
	}
	if err := fits(entries, n, l); err != nil || n.metBy(l) {
		return l, err
	}
	if err := x.indexNumbers(ctx, l, n); err != nil || n.metBy(l) {
		return l, err
	}
	wider, err := x.create(ctx, x.fresh(kind), n.and(l))
	if err != nil {
		return l, fmt.Errorf("add a space: %w", err)
	}
	if err := x.copy(ctx, l, wider); err != nil {
		return l, errors.Join(fmt.Errorf("add a space: %w", err), x.remove(ctx, wider.name))
	}
	return wider, x.remove(ctx, l.name)
}
