package qdranttest

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/protobuf/proto"
)

// settleAfter is how long a write that did not ask to wait stays invisible.
const settleAfter = 20 * time.Millisecond

// collection holds the points of one collection.
type collection struct {
	dense  map[string]*qdrant.VectorParams
	sparse map[string]*qdrant.SparseVectorParams

	mu        sync.RWMutex // guards what follows
	config    *qdrant.CollectionConfig
	indexes   map[string]*qdrant.PayloadSchemaInfo // by canonical path
	rings     map[string][]*shard                  // by shard key; "" without custom sharding
	pending   []func() error                       // writes not yet visible
	operation uint64
}

func newCollection(request *qdrant.CreateCollection) (*collection, error) {
	request = proto.CloneOf(request) // which is changed later
	c := &collection{
		dense:   map[string]*qdrant.VectorParams{},
		sparse:  maps.Clone(request.GetSparseVectorsConfig().GetMap()),
		config:  newConfig(request),
		indexes: map[string]*qdrant.PayloadSchemaInfo{},
		rings:   map[string][]*shard{},
	}
	switch vectors := request.GetVectorsConfig().GetConfig().(type) {
	case *qdrant.VectorsConfig_Params:
		c.dense[""] = vectors.Params
	case *qdrant.VectorsConfig_ParamsMap:
		maps.Copy(c.dense, vectors.ParamsMap.GetMap())
	}
	for name, params := range c.dense {
		if size := params.GetSize(); size < 1 || size > 65536 {
			return nil, invalid("vectors_config."+name+".size", "value %d invalid, must be from 1 to 65536", size)
		}
		if d := params.GetDistance(); d != qdrant.Distance_Dot && d != qdrant.Distance_Cosine {
			return nil, unimplemented("distance " + d.String())
		}
	}
	if request.ShardNumber != nil && request.GetShardNumber() == 0 {
		return nil, invalid("shard_number", "value 0 invalid, must be 1 or larger")
	}
	if !c.custom() {
		c.rings[""] = c.newShards(nil, int(c.config.GetParams().GetShardNumber()))
	}
	return c, nil
}

// newConfig is the configuration of a new collection, with Qdrant's defaults.
func newConfig(request *qdrant.CreateCollection) *qdrant.CollectionConfig {
	hnsw := &qdrant.HnswConfigDiff{
		M: proto.Uint64(16), EfConstruct: proto.Uint64(100), FullScanThreshold: proto.Uint64(10000),
		MaxIndexingThreads: proto.Uint64(0), OnDisk: proto.Bool(false),
	}
	proto.Merge(hnsw, orEmpty(request.GetHnswConfig()))
	return &qdrant.CollectionConfig{
		Params: &qdrant.CollectionParams{
			ShardNumber:            orDefault(request.ShardNumber, 1),
			OnDiskPayload:          orDefault(request.OnDiskPayload, true),
			VectorsConfig:          request.GetVectorsConfig(),
			SparseVectorsConfig:    request.GetSparseVectorsConfig(),
			ReplicationFactor:      proto.Uint32(orDefault(request.ReplicationFactor, 1)),
			WriteConsistencyFactor: proto.Uint32(orDefault(request.WriteConsistencyFactor, 1)),
			ShardingMethod:         request.ShardingMethod,
		},
		HnswConfig:         hnsw,
		OptimizerConfig:    orEmpty(request.GetOptimizersConfig()),
		WalConfig:          orEmpty(request.GetWalConfig()),
		QuantizationConfig: request.GetQuantizationConfig(),
		StrictModeConfig:   request.GetStrictModeConfig(),
		Metadata:           maps.Clone(request.GetMetadata()),
	}
}

func orEmpty[T any](p *T) *T {
	if p == nil {
		return new(T)
	}
	return p
}

func orDefault[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}

// custom reports whether points are sharded by keys that writers choose.
func (c *collection) custom() bool {
	return c.config.GetParams().GetShardingMethod() == qdrant.ShardingMethod_Custom
}

func (c *collection) newShards(key *qdrant.ShardKey, n int) []*shard {
	shards := make([]*shard, n)
	for i := range shards {
		shards[i] = &shard{key: key, slots: map[pointID]int{}, terms: map[string]*termStatistics{}}
		for name := range c.sparse {
			shards[i].terms[name] = &termStatistics{having: map[uint32]int{}}
		}
	}
	return shards
}

// write carries out an operation: now if the client waits for it, else later,
// when its error is lost. Operations keep their order.
func (c *collection) write(wait bool, operation func() error) (*qdrant.UpdateResult, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.operation++
	result := &qdrant.UpdateResult{OperationId: proto.Uint64(c.operation), Status: qdrant.UpdateStatus_Acknowledged}
	if !wait {
		c.pending = append(c.pending, operation)
		time.AfterFunc(settleAfter, c.settle)
		return result, nil
	}
	c.settleLocked()
	if err := operation(); err != nil {
		return nil, err
	}
	result.Status = qdrant.UpdateStatus_Completed
	return result, nil
}

// settle makes pending writes visible.
func (c *collection) settle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.settleLocked()
}

func (c *collection) settleLocked() {
	for _, operation := range c.pending {
		_ = operation() // nobody waits for its error
	}
	c.pending = nil
}

// holding is a point in its shard: with shard keys, an id may be in several.
type holding struct {
	*point
	key *qdrant.ShardKey
}

// holdings are all points, sorted by id.
func (c *collection) holdings() []holding {
	var all []holding
	for _, ring := range c.rings {
		for _, s := range ring {
			for _, p := range s.rows {
				all = append(all, holding{p, s.key})
			}
		}
	}
	slices.SortFunc(all, byID)
	return all
}

func byID(a, b holding) int { return a.id.compare(b.id) }
