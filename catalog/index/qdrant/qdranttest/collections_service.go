package qdranttest

import (
	"context"
	"maps"
	"slices"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/protobuf/proto"
)

// healthService is the service Qdrant.
type healthService struct {
	qdrant.UnimplementedQdrantServer
	s *Server
}

// HealthCheck tells the version.
func (h healthService) HealthCheck(context.Context, *qdrant.HealthCheckRequest) (*qdrant.HealthCheckReply, error) {
	return &qdrant.HealthCheckReply{Title: "qdrant - vector search engine", Version: h.s.version}, nil
}

// collectionsService is the service Collections.
type collectionsService struct {
	qdrant.UnimplementedCollectionsServer
	s *Server
}

// Create adds an empty collection.
func (c collectionsService) Create(_ context.Context, r *qdrant.CreateCollection) (*qdrant.CollectionOperationResponse, error) {
	if err := c.s.store.create(r); err != nil {
		return nil, err
	}
	return &qdrant.CollectionOperationResponse{Result: true}, nil
}

// Update changes the parts of a collection's configuration that have no effect
// here, and adds metadata.
func (c collectionsService) Update(_ context.Context, r *qdrant.UpdateCollection) (*qdrant.CollectionOperationResponse, error) {
	if r.GetParams() != nil || r.GetVectorsConfig() != nil || r.GetQuantizationConfig() != nil || r.GetSparseVectorsConfig() != nil {
		return nil, unimplemented("updates of parameters, vectors and quantisation")
	}
	found, err := c.s.store.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	found.mu.Lock()
	defer found.mu.Unlock()
	change := &qdrant.CollectionConfig{
		HnswConfig: r.GetHnswConfig(), OptimizerConfig: r.GetOptimizersConfig(),
		StrictModeConfig: r.GetStrictModeConfig(), Metadata: r.GetMetadata(),
	}
	proto.Merge(found.config, change)
	return &qdrant.CollectionOperationResponse{Result: true}, nil
}

// Delete drops a collection, not an alias; the result is false if there is none.
func (c collectionsService) Delete(_ context.Context, r *qdrant.DeleteCollection) (*qdrant.CollectionOperationResponse, error) {
	if err := checkName(r.GetCollectionName(), "/\x00"); err != nil {
		return nil, err
	}
	return &qdrant.CollectionOperationResponse{Result: c.s.store.drop(r.GetCollectionName())}, nil
}

// Get describes a collection.
func (c collectionsService) Get(_ context.Context, r *qdrant.GetCollectionInfoRequest) (*qdrant.GetCollectionInfoResponse, error) {
	return reading(c.s, r.GetCollectionName(), func(found *collection) (*qdrant.GetCollectionInfoResponse, error) {
		return &qdrant.GetCollectionInfoResponse{Result: found.info()}, nil
	})
}

// CollectionExists reports whether there is a collection or alias of a name.
func (c collectionsService) CollectionExists(_ context.Context, r *qdrant.CollectionExistsRequest) (*qdrant.CollectionExistsResponse, error) {
	if err := checkName(r.GetCollectionName(), "/\x00"); err != nil {
		return nil, err
	}
	_, err := c.s.store.find(r.GetCollectionName())
	return &qdrant.CollectionExistsResponse{Result: &qdrant.CollectionExists{Exists: err == nil}}, nil
}

// List names all collections.
func (c collectionsService) List(context.Context, *qdrant.ListCollectionsRequest) (*qdrant.ListCollectionsResponse, error) {
	answer := &qdrant.ListCollectionsResponse{}
	for _, name := range c.s.Collections() {
		answer.Collections = append(answer.Collections, &qdrant.CollectionDescription{Name: name})
	}
	return answer, nil
}

// UpdateAliases changes aliases in one moment.
func (c collectionsService) UpdateAliases(_ context.Context, r *qdrant.ChangeAliases) (*qdrant.CollectionOperationResponse, error) {
	if err := c.s.store.change(r.GetActions()); err != nil {
		return nil, err
	}
	return &qdrant.CollectionOperationResponse{Result: true}, nil
}

// ListAliases lists all aliases.
func (c collectionsService) ListAliases(context.Context, *qdrant.ListAliasesRequest) (*qdrant.ListAliasesResponse, error) {
	return c.aliases(func(string) bool { return true }), nil
}

// ListCollectionAliases lists the aliases of one collection.
func (c collectionsService) ListCollectionAliases(_ context.Context, r *qdrant.ListCollectionAliasesRequest) (*qdrant.ListAliasesResponse, error) {
	return c.aliases(func(name string) bool { return name == r.GetCollectionName() }), nil
}

func (c collectionsService) aliases(of func(string) bool) *qdrant.ListAliasesResponse {
	answer := &qdrant.ListAliasesResponse{}
	all := c.s.Aliases()
	for _, alias := range slices.Sorted(maps.Keys(all)) {
		if of(all[alias]) {
			answer.Aliases = append(answer.Aliases, &qdrant.AliasDescription{AliasName: alias, CollectionName: all[alias]})
		}
	}
	return answer
}

// CreateShardKey adds the shards of a key.
func (c collectionsService) CreateShardKey(_ context.Context, r *qdrant.CreateShardKeyRequest) (*qdrant.CreateShardKeyResponse, error) {
	err := c.changeShards(r.GetCollectionName(), func(found *collection) error { return found.createShardKey(r.GetRequest()) })
	if err != nil {
		return nil, err
	}
	return &qdrant.CreateShardKeyResponse{Result: true}, nil
}

// DeleteShardKey drops the shards of a key with their points.
func (c collectionsService) DeleteShardKey(_ context.Context, r *qdrant.DeleteShardKeyRequest) (*qdrant.DeleteShardKeyResponse, error) {
	err := c.changeShards(r.GetCollectionName(), func(found *collection) error { return found.deleteShardKey(r.GetRequest().GetShardKey()) })
	if err != nil {
		return nil, err
	}
	return &qdrant.DeleteShardKeyResponse{Result: true}, nil
}

// changeShards needs the distributed mode.
func (c collectionsService) changeShards(name string, change func(*collection) error) error {
	if !c.s.cluster {
		return badRequest("Distributed mode disabled")
	}
	found, err := c.s.store.find(name)
	if err != nil {
		return err
	}
	return change(found)
}

// ListShardKeys lists the shard keys of a collection.
func (c collectionsService) ListShardKeys(_ context.Context, r *qdrant.ListShardKeysRequest) (*qdrant.ListShardKeysResponse, error) {
	found, err := c.s.store.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	return &qdrant.ListShardKeysResponse{ShardKeys: found.shardKeys()}, nil
}
