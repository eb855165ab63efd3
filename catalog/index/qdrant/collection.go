package qdrant

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	qdrant "github.com/qdrant/go-client/qdrant"

	"honeyguide/catalog/index"
)

// fullScanKB is the size of a store's vectors, in KiB, below which Qdrant
// compares them all rather than walk a graph. It is Qdrant's own default.
const fullScanKB = 10_000

// defaultM is how many links a point has in its store's graph. It is Qdrant's
// default for a graph over all.
const defaultM = 16

// create makes a collection, with the indexes of its payload before anything
// lies in it. It is found under its own name only.
func (x *Index) create(ctx context.Context, name string, n needs) (*layout, error) {
	n = n.with(x.options.Spaces, x.options.Numbers)
	l := &layout{name: name, model: x.options.Model, dims: n.dims, numbers: map[string]bool{}}
	request := x.collection(name, n)
	if len(x.options.BigStores) > 0 {
		l.big = map[string]bool{}
		request.ShardingMethod = qdrant.ShardingMethod_Custom.Enum()
		for _, store := range x.options.BigStores {
			l.big[store] = true
		}
	}
	err := x.call(ctx, writeTimeout, func(ctx context.Context, c *qdrant.Client) error {
		return existing(ctx, c, name, c.CreateCollection(ctx, request))
	})
	if err == nil && l.big != nil {
		err = x.createShards(ctx, name)
	}
	if err == nil {
		err = x.createIndexes(ctx, name)
	}
	for path := range n.numbers {
		if err == nil {
			err = x.indexNumber(ctx, name, path)
		}
		l.numbers[path] = true
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make collection %s: %w", name, err), x.remove(ctx, name))
	}
	return l, nil
}

// existing forgives that a collection is there already: an earlier attempt made it.
func existing(ctx context.Context, c *qdrant.Client, name string, failed error) error {
	if failed == nil {
		return nil
	}
	if there, err := c.CollectionExists(ctx, name); err == nil && there {
		return nil
	}
	return failed
}

// collection describes one. The graph over all stores is left out (m 0), since
// every search is of one store; each store gets its own (payload_m).
func (x *Index) collection(name string, n needs) *qdrant.CreateCollection {
	o := &x.options
	vectors := map[string]*qdrant.VectorParams{}
	for space, dim := range n.dims {
		vectors[space] = &qdrant.VectorParams{Size: uint64(dim), Distance: qdrant.Distance_Dot, OnDisk: qdrant.PtrOf(o.OnDisk)}
	}
	metadata := map[string]*qdrant.Value{metaModel: qdrant.NewValueString(o.Model)}
	if len(o.BigStores) > 0 {
		metadata[metaBig] = texts(o.BigStores)
	}
	return &qdrant.CreateCollection{
		CollectionName: name,
		VectorsConfig:  qdrant.NewVectorsConfigMap(vectors),
		SparseVectorsConfig: qdrant.NewSparseVectorsConfig(map[string]*qdrant.SparseVectorParams{index.Words: {
			Modifier: qdrant.Modifier_Idf.Enum(), Index: &qdrant.SparseIndexConfig{OnDisk: qdrant.PtrOf(o.OnDisk)},
		}}),
		HnswConfig: &qdrant.HnswConfigDiff{
			M: qdrant.PtrOf(uint64(0)), PayloadM: qdrant.PtrOf(uint64(cmp.Or(o.HNSW.M, defaultM))), EfConstruct: positive(o.HNSW.EfConstruct),
			FullScanThreshold: qdrant.PtrOf(uint64(fullScanKB)), OnDisk: qdrant.PtrOf(o.OnDisk),
		},
		QuantizationConfig: quantization(o.Quantization),
		OnDiskPayload:      qdrant.PtrOf(true),
		ShardNumber:        positive32(o.Shards),
		ReplicationFactor:  positive32(o.Replicas),
		Metadata:           metadata,
	}
}

// createShards makes the shard keys of the big stores and of the rest.
func (x *Index) createShards(ctx context.Context, name string) error {
	keys := []string{sharedKey}
	for _, store := range x.options.BigStores {
		keys = append(keys, shardKey(store))
	}
	for _, key := range keys {
		err := x.call(ctx, writeTimeout, func(ctx context.Context, c *qdrant.Client) error {
			return existingKey(ctx, c, name, key, c.CreateShardKey(ctx, name, &qdrant.CreateShardKey{
				ShardKey: qdrant.NewShardKey(key), ShardsNumber: positive32(x.options.Shards), ReplicationFactor: positive32(x.options.Replicas),
			}))
		})
		if err != nil {
			return fmt.Errorf("shard key %s (big stores need Qdrant's cluster mode): %w", key, err)
		}
	}
	return nil
}

// existingKey forgives that a shard key is there already: an earlier attempt made it.
func existingKey(ctx context.Context, c *qdrant.Client, name, key string, failed error) error {
	if failed == nil {
		return nil
	}
	keys, err := c.ListShardKeys(ctx, name)
	for _, k := range keys {
		if err == nil && k.GetKey().GetKeyword() == key {
			return nil
		}
	}
	return failed
}

// createIndexes makes the indexes that every collection has. Only the tenant's
// gets graphs: one for each value of each tag would cost memory and help little,
// since a search walks its store's graph and passes over what the filter excludes.
func (x *Index) createIndexes(ctx context.Context, name string) error {
	tenant := &qdrant.KeywordIndexParams{IsTenant: qdrant.PtrOf(true), OnDisk: qdrant.PtrOf(x.options.OnDisk)}
	tags := &qdrant.KeywordIndexParams{EnableHnsw: qdrant.PtrOf(false), OnDisk: qdrant.PtrOf(x.options.OnDisk)}
	return errors.Join(
		x.indexField(ctx, name, fieldStore, qdrant.FieldType_FieldTypeKeyword, qdrant.NewPayloadIndexParamsKeyword(tenant)),
		x.indexField(ctx, name, fieldTags, qdrant.FieldType_FieldTypeKeyword, qdrant.NewPayloadIndexParamsKeyword(tags)),
	)
}

func (x *Index) indexNumber(ctx context.Context, name, path string) error {
	params := &qdrant.FloatIndexParams{EnableHnsw: qdrant.PtrOf(false), OnDisk: qdrant.PtrOf(x.options.OnDisk)}
	return x.indexField(ctx, name, path, qdrant.FieldType_FieldTypeFloat, qdrant.NewPayloadIndexParamsFloat(params))
}

func (x *Index) indexField(ctx context.Context, name, field string, of qdrant.FieldType, params *qdrant.PayloadIndexParams) error {
	return x.call(ctx, writeTimeout, func(ctx context.Context, c *qdrant.Client) error {
		r, err := c.CreateFieldIndex(ctx, &qdrant.CreateFieldIndexCollection{
			CollectionName: name, FieldName: field, FieldType: of.Enum(), FieldIndexParams: params, Wait: qdrant.PtrOf(true),
		})
		return completed(r, err)
	})
}

// abandoned is the age at which a collection that is not shown is taken for one
// whose maker was killed. A rebuild must take less.
const abandoned = 24 * time.Hour

// show makes a collection the one that a kind is searched in, at once, and
// removes the one before. If that fails it removes the collection.
func (x *Index) show(ctx context.Context, kind index.Kind, l *layout) error {
	old, err := x.shown(ctx, kind)
	if err == nil {
		err = x.call(ctx, writeTimeout, func(ctx context.Context, c *qdrant.Client) error {
			return c.CreateAlias(ctx, x.alias(kind), l.name) // in place of what it meant before
		})
	}
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		err = fmt.Errorf("alias %s: %w", x.alias(kind), err)
		switch now, unknown := x.shown(ctx, kind); {
		case unknown != nil: // better one too many than none
			return errors.Join(err, unknown)
		case now != l.name:
			return errors.Join(err, x.remove(ctx, l.name))
		}
	}
	x.layouts.set(kind, l)
	x.tidy(ctx, kind, l.name, old)
	return nil
}

// tidy removes a kind's collection of before, and abandoned ones.
func (x *Index) tidy(ctx context.Context, kind index.Kind, shown, old string) {
	var all []string
	err := x.call(ctx, x.options.Timeout, func(ctx context.Context, c *qdrant.Client) (err error) {
		all, err = c.ListCollections(ctx)
		return err
	})
	for _, name := range all {
		if name != shown && isOf(name, x.alias(kind)) && (name == old || age(name) > abandoned) {
			err = errors.Join(err, x.remove(ctx, name))
		}
	}
	if err != nil {
		x.log.Warn("an old collection stays for a day", "kind", kind, "error", err)
	}
}

// remove drops a collection, if it is there; also when ctx has ended.
func (x *Index) remove(ctx context.Context, name string) error {
	return x.call(context.WithoutCancel(ctx), writeTimeout, func(ctx context.Context, c *qdrant.Client) error {
		failed := c.DeleteCollection(ctx, name)
		if failed == nil {
			return nil
		}
		if there, err := c.CollectionExists(ctx, name); err == nil && !there {
			return nil
		}
		return failed
	})
}

func quantization(q Quantization) *qdrant.QuantizationConfig {
	switch q {
	case Scalar:
		return qdrant.NewQuantizationScalar(&qdrant.ScalarQuantization{
			Type: qdrant.QuantizationType_Int8, Quantile: qdrant.PtrOf(float32(0.99)), AlwaysRam: qdrant.PtrOf(true),
		})
	case Binary:
		return qdrant.NewQuantizationBinary(&qdrant.BinaryQuantization{AlwaysRam: qdrant.PtrOf(true)})
	}
	return nil
}

// positive is n, or nothing where it is 0.
func positive(n int) *uint64 {
	if n <= 0 {
		return nil
	}
	return qdrant.PtrOf(uint64(n))
}

func positive32(n int) *uint32 {
	if n <= 0 {
		return nil
	}
	return qdrant.PtrOf(uint32(n))
}
