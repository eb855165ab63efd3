package qdrant

import (
	"context"
	"errors"
	"maps"
	"sync"

	qdrant "github.com/qdrant/go-client/qdrant"

	"honeyguide/catalog/index"
)

// layout is how a collection is made: what a Put must fit, and where a store's
// points go.
type layout struct {
	name    string          // of the collection; empty: there is none yet
	model   string          // whose vectors it holds
	dims    map[string]int  // lengths of vectors by space
	numbers map[string]bool // paths of numbers that have an index
	big     map[string]bool // stores with a shard key of their own; nil without custom shards
}

// layouts are the layouts known here, by kind. Other programs may make
// collections anew, so what contradicts a layout drops it.
type layouts struct {
	mu    sync.Mutex
	kinds map[index.Kind]*layout
}

func (l *layouts) init() { l.kinds = map[index.Kind]*layout{} }

func (l *layouts) get(kind index.Kind) *layout {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.kinds[kind]
}

func (l *layouts) set(kind index.Kind, known *layout) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kinds[kind] = known
}

func (l *layouts) drop(kind index.Kind) { l.set(kind, nil) }

// layout returns a kind's layout, read where it is not known. It must not be changed.
func (x *Index) layout(ctx context.Context, kind index.Kind) (*layout, error) {
	if known := x.layouts.get(kind); known != nil {
		return known, nil
	}
	known, err := x.readLayout(ctx, kind)
	if err == nil && known.name != "" {
		x.layouts.set(kind, known)
	}
	return known, err
}

// current returns a kind's layout as layout does, but of the collection that the
// alias means now: another program may have moved it.
func (x *Index) current(ctx context.Context, kind index.Kind) (*layout, error) {
	known := x.layouts.get(kind)
	if known == nil {
		return x.layout(ctx, kind)
	}
	name, err := x.shown(ctx, kind)
	if err != nil || name == known.name {
		return known, err
	}
	x.layouts.drop(kind)
	return x.layout(ctx, kind)
}

// maxMoves is how often a request is repeated because its collection has gone.
const maxMoves = 3

// settled calls f with the layout of a kind, as read. It does so again if the
// collection has gone meanwhile, since another one may have taken its place. f
// is not called where there is none.
func (x *Index) settled(ctx context.Context, kind index.Kind, read func(context.Context, index.Kind) (*layout, error), f func(*layout) error) error {
	for moves := 0; ; moves++ {
		l, err := read(ctx, kind)
		if err == nil && l.name != "" {
			err = f(l)
		}
		if !errors.Is(err, errNotFound) || moves == maxMoves {
			return err
		}
		x.layouts.drop(kind)
	}
}

// shown returns the collection that a kind's alias means; empty: there is none.
func (x *Index) shown(ctx context.Context, kind index.Kind) (name string, err error) {
	err = x.call(ctx, x.options.Timeout, func(ctx context.Context, c *qdrant.Client) error {
		aliases, err := c.ListAliases(ctx)
		for _, a := range aliases {
			if a.GetAliasName() == x.alias(kind) {
				name = a.GetCollectionName()
			}
		}
		return err
	})
	return name, err
}

// readLayout asks Qdrant for the layout of a kind.
func (x *Index) readLayout(ctx context.Context, kind index.Kind) (*layout, error) {
	for gone := ""; ; {
		name, err := x.shown(ctx, kind)
		if err != nil || name == "" || name == gone {
			return &layout{}, err
		}
		var info *qdrant.CollectionInfo
		err = x.call(ctx, x.options.Timeout, func(ctx context.Context, c *qdrant.Client) (err error) {
			info, err = c.GetCollectionInfo(ctx, name)
			return err
		})
		if err == nil {
			return layoutOf(name, info), nil
		}
		if !errors.Is(err, errNotFound) {
			return nil, err
		}
		gone = name // the alias may mean another one by now
	}
}

// The metadata of a collection.
const (
	metaModel = "model"
	metaBig   = "big_stores" // list; absent without custom shards
)

func layoutOf(name string, info *qdrant.CollectionInfo) *layout {
	config := info.GetConfig()
	l := &layout{name: name, model: config.GetMetadata()[metaModel].GetStringValue(), dims: map[string]int{}, numbers: map[string]bool{}}
	for space, params := range config.GetParams().GetVectorsConfig().GetParamsMap().GetMap() {
		l.dims[space] = int(params.GetSize())
	}
	for path := range info.GetPayloadSchema() {
		l.numbers[path] = true
	}
	if big, custom := config.GetMetadata()[metaBig]; custom {
		l.big = map[string]bool{}
		for _, store := range big.GetListValue().GetValues() {
			l.big[store.GetStringValue()] = true
		}
	}
	return l
}

// sharedKey is the shard key of all stores that have none of their own.
const sharedKey = "shared"

// shardKey of a big store; no store's key is sharedKey.
func shardKey(store string) string { return "store:" + store }

// key is that of the shards that hold a store's points; empty without custom ones.
func (l *layout) key(store string) string {
	switch {
	case l.big == nil:
		return ""
	case l.big[store]:
		return shardKey(store)
	}
	return sharedKey
}

// shards selects those that hold a store's points; nil without custom ones.
func (l *layout) shards(store string) *qdrant.ShardKeySelector {
	key := l.key(store)
	if key == "" {
		return nil
	}
	return &qdrant.ShardKeySelector{ShardKeys: []*qdrant.ShardKey{qdrant.NewShardKey(key)}}
}

// needs is what entries ask of a layout.
type needs struct {
	dims    map[string]int // by plain name of the space
	numbers map[string]bool
}

// needsOf collects what entries need. Two lengths in one space are an error.
func needsOf(entries []*index.Entry) (needs, error) {
	n := needs{dims: map[string]int{}, numbers: map[string]bool{}}
	for _, e := range entries {
		for space, v := range e.Vectors {
			if err := n.fit(space, len(v)); err != nil {
				return n, wrap(e, err)
			}
			n.dims[plain(space)] = len(v)
		}
		for field := range e.Numbers {
			n.numbers[numberPath(field)] = true
		}
	}
	return n, nil
}

func (n needs) fit(space string, got int) error {
	if want, known := n.dims[plain(space)]; known && want != got {
		return wrongLength(space, got, want)
	}
	return nil
}

// keptBy returns what is needed of a layout: no spaces where it holds the vectors
// of another model than the entries'.
func (n needs) keptBy(l *layout, model string) needs {
	if l.name != "" && l.model != model {
		n.dims = nil
	}
	return n
}

// metBy reports whether a layout has all that is needed.
func (n needs) metBy(l *layout) bool {
	for space := range n.dims {
		if l.dims[space] == 0 {
			return false
		}
	}
	for path := range n.numbers {
		if !l.numbers[path] {
			return false
		}
	}
	return l.name != ""
}

// and returns what is needed beside a layout.
func (n needs) and(l *layout) needs {
	both := needs{dims: maps.Clone(n.dims), numbers: maps.Clone(n.numbers)}
	maps.Copy(both.dims, l.dims)
	maps.Copy(both.numbers, l.numbers)
	delete(both.numbers, fieldStore)
	delete(both.numbers, fieldTags)
	return both
}

// with returns the needs with what collections have from the start.
func (n needs) with(spaces map[string]int, numbers []string) needs {
	both := needs{dims: map[string]int{}, numbers: map[string]bool{}}
	for space, dim := range spaces {
		both.dims[plain(space)] = dim
	}
	maps.Copy(both.dims, n.dims)
	for _, field := range numbers {
		both.numbers[numberPath(field)] = true
	}
	maps.Copy(both.numbers, n.numbers)
	return both
}
