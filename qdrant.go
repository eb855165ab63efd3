package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"honeyguide/catalog"
	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
	"honeyguide/catalog/index/qdrant"
)

// Qdrant says where vectors are kept outside of this process. Without an address
// they are in its memory.
type Qdrant struct {
	Addr       string        `help:"host:port of Qdrant's gRPC interface, https:// before it for TLS; empty: the index in memory." env:"HONEYGUIDE_QDRANT_ADDR,QDRANT_ADDR"`
	APIKey     string        `name:"api-key" help:"Qdrant's key." env:"HONEYGUIDE_QDRANT_API_KEY,QDRANT_API_KEY"`
	APIKeyFile string        `name:"api-key-file" help:"File that holds Qdrant's key." env:"HONEYGUIDE_QDRANT_API_KEY_FILE,QDRANT_API_KEY_FILE" type:"path"`
	Prefix     string        `help:"Start of the collections' names; installations that share a Qdrant need different ones." default:"honeyguide" env:"HONEYGUIDE_QDRANT_PREFIX,QDRANT_PREFIX"`
	Exact      bool          `help:"Compare every vector of a store instead of walking a graph." env:"HONEYGUIDE_QDRANT_EXACT,QDRANT_EXACT"`
	Timeout    time.Duration `help:"Time that a search may take." default:"3s" env:"HONEYGUIDE_QDRANT_TIMEOUT,QDRANT_TIMEOUT"`
	HNSWEf     int           `name:"hnsw-ef" help:"Candidates of a search in the graph." default:"128" env:"HONEYGUIDE_QDRANT_HNSW_EF,QDRANT_HNSW_EF"`

	// What follows holds for collections that are made from then on: «honeyguide
	// index rebuild» makes them.
	HNSWM           int      `name:"hnsw-m" help:"Links of a vector in the graph. This and what follows take hold at the next «index rebuild»." default:"16" env:"HONEYGUIDE_QDRANT_HNSW_M,QDRANT_HNSW_M"`
	HNSWEfConstruct int      `name:"hnsw-ef-construct" help:"Candidates while the graph is built." default:"128" env:"HONEYGUIDE_QDRANT_HNSW_EF_CONSTRUCT,QDRANT_HNSW_EF_CONSTRUCT"`
	Quantization    string   `help:"none, scalar (a quarter of the memory) or binary (for 1024 dimensions and more)." enum:"none,scalar,binary" default:"none" env:"HONEYGUIDE_QDRANT_QUANTIZATION,QDRANT_QUANTIZATION"`
	OnDisk          bool     `help:"Keep vectors, graphs and indexes on disk." env:"HONEYGUIDE_QDRANT_ON_DISK,QDRANT_ON_DISK"`
	Shards          int      `help:"Shards of a collection, or of each shard key." default:"1" env:"HONEYGUIDE_QDRANT_SHARDS,QDRANT_SHARDS"`
	Replicas        int      `help:"Copies of each shard, on as many nodes." default:"1" env:"HONEYGUIDE_QDRANT_REPLICAS,QDRANT_REPLICAS"`
	BigStores       []string `help:"Ids of stores with a shard key of their own; needs Qdrant's cluster mode." env:"HONEYGUIDE_QDRANT_BIG_STORES,QDRANT_BIG_STORES"`
}

// Validate names every setting that cannot be used.
func (q *Qdrant) Validate() error {
	var errs []error
	for _, n := range []struct {
		flag             string
		value, low, high int
	}{
		{"hnsw-ef", q.HNSWEf, 1, 10_000}, {"hnsw-m", q.HNSWM, 2, 256}, {"hnsw-ef-construct", q.HNSWEfConstruct, 4, 10_000},
		{"shards", q.Shards, 1, 1000}, {"replicas", q.Replicas, 1, 100},
	} {
		if n.value < n.low || n.value > n.high {
			errs = append(errs, fmt.Errorf("--qdrant-%s: must be %d to %d", n.flag, n.low, n.high))
		}
	}
	if q.Timeout < 10*time.Millisecond || q.Timeout > time.Minute {
		errs = append(errs, errors.New("--qdrant-timeout: must be 10ms to 1m"))
	}
	if q.Prefix == "" || len(q.Prefix) > 50 {
		errs = append(errs, errors.New("--qdrant-prefix: must have 1 to 50 characters"))
	}
	if q.APIKey != "" && q.APIKeyFile != "" {
		errs = append(errs, errors.New("--qdrant-api-key and --qdrant-api-key-file: only one of them"))
	}
	return errors.Join(errs...)
}

// LogValue shows where the index is, without the key.
func (q *Qdrant) LogValue() slog.Value {
	if q.Addr == "" {
		return slog.StringValue("in memory")
	}
	return slog.GroupValue(slog.String("qdrant", q.Addr), slog.Bool("key", q.APIKey != "" || q.APIKeyFile != ""), slog.String("prefix", q.Prefix),
		slog.Bool("exact", q.Exact), slog.Duration("timeout", q.Timeout), slog.String("quantization", q.Quantization), slog.Bool("on_disk", q.OnDisk))
}

// open connects to the index, for vectors of encoders.
func (q *Qdrant) open(ctx context.Context, m *makers, log *slog.Logger) (index.Index, error) {
	if q.Addr == "" {
		return local.New(), nil
	}
	key := q.APIKey
	if q.APIKeyFile != "" {
		data, err := os.ReadFile(q.APIKeyFile)
		if err != nil {
			return nil, fmt.Errorf("qdrant's key: %w", err)
		}
		key = strings.TrimSpace(string(data))
	}
	x, err := qdrant.Open(ctx, qdrant.Options{
		Addr: q.Addr, APIKey: key, Prefix: q.Prefix, Model: m.model(), Spaces: catalog.Spaces(m.joint, m.texts), Numbers: catalog.Numbers, Exact: q.Exact, Timeout: q.Timeout,
		HNSW:         qdrant.HNSW{M: q.HNSWM, EfConstruct: q.HNSWEfConstruct, Ef: q.HNSWEf},
		Quantization: qdrant.Quantization(q.Quantization), OnDisk: q.OnDisk, Shards: q.Shards, Replicas: q.Replicas, BigStores: q.BigStores, Log: log,
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}
