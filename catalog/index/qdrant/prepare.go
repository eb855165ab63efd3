package qdrant

import (
	"context"
	"errors"
	"fmt"

	qdrant "github.com/qdrant/go-client/qdrant"

	"honeyguide/catalog/index"
)

// prepare returns a kind's layout once its collection is there and has what
// entries need. A vector of another length than its space's is an ErrInvalid.
func (x *Index) prepare(ctx context.Context, kind index.Kind, entries []*index.Entry) (*layout, error) {
	all, err := needsOf(entries)
	if err != nil {
		return nil, err
	}
	l, err := x.current(ctx, kind)
	if err != nil {
		return nil, err
	}
	if n := all.keptBy(l, x.options.Model); n.metBy(l) && fits(entries, n, l) == nil {
		return l, nil
	}
	if err := x.making.Acquire(ctx, makers); err != nil {
		return nil, err
	}
	defer x.making.Release(makers)
	if l, err = x.readLayout(ctx, kind); err != nil { // somebody else may have made it meanwhile
		return nil, err
	}
	n := all.keptBy(l, x.options.Model)
	if err := fits(entries, n, l); err != nil {
		if held, counted := x.count(ctx, l); counted != nil || held > 0 {
			return nil, errors.Join(err, counted)
		}
		return x.replace(ctx, kind, l, n) // nothing holds the old lengths any more
	}
	return x.extend(ctx, kind, l, n)
}

// fits compares the lengths that entries need with those of a layout.
func fits(entries []*index.Entry, n needs, l *layout) error {
	for _, e := range entries {
		for space := range e.Vectors {
			got, needed := n.dims[plain(space)]
			if want := l.dims[plain(space)]; needed && want > 0 && got != want {
				return wrap(e, wrongLength(space, got, want))
			}
		}
	}
	return nil
}

// extend gives a kind what is needed beyond its layout, which it may change. A
// collection cannot get another vector, so a new space means a new collection,
// into which the points are copied. The caller holds making.
func (x *Index) extend(ctx context.Context, kind index.Kind, l *layout, n needs) (*layout, error) {
	for space := range n.dims {
		if l.dims[space] == 0 {
			return x.replace(ctx, kind, l, n.and(l))
		}
	}
	if l.name == "" {
		return x.replace(ctx, kind, l, n)
	}
	if err := x.indexNumbers(ctx, l, n); err != nil {
		return nil, err
	}
	x.layouts.set(kind, l)
	return l, nil
}

// indexNumbers adds the indexes that a layout lacks.
func (x *Index) indexNumbers(ctx context.Context, l *layout, n needs) error {
	for path := range n.numbers {
		if l.numbers[path] {
			continue
		}
		if err := x.indexNumber(ctx, l.name, path); err != nil {
			return err
		}
		l.numbers[path] = true
	}
	return nil
}

// replace shows a fresh collection that has what is needed and all points of the
// old, unless another program has shown one first. The caller holds making.
func (x *Index) replace(ctx context.Context, kind index.Kind, old *layout, n needs) (*layout, error) {
	l, err := x.create(ctx, x.fresh(kind), n)
	if err != nil {
		return nil, err
	}
	if old.name != "" {
		if err := x.copy(ctx, old, l); err != nil {
			return nil, errors.Join(fmt.Errorf("copy %s to %s: %w", old.name, l.name, err), x.remove(ctx, l.name))
		}
	}
	now, err := x.readLayout(ctx, kind)
	if err == nil && now.name != old.name {
		err = movedAway(kind)
	}
	if err != nil {
		return nil, errors.Join(err, x.remove(ctx, l.name))
	}
	return l, x.show(ctx, kind, l)
}

// count returns how many points a collection holds.
func (x *Index) count(ctx context.Context, l *layout) (n uint64, err error) {
	err = x.call(ctx, x.options.Timeout, func(ctx context.Context, c *qdrant.Client) error {
		n, err = c.Count(ctx, &qdrant.CountPoints{CollectionName: l.name, Exact: qdrant.PtrOf(true)})
		return err
	})
	return n, err
}
