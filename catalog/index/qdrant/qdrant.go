// Package qdrant is the vector index in a Qdrant server.
//
// Each kind is a collection behind an alias; its name tells the encoder whose
// vectors it holds. A space is a named dense vector, words are a sparse vector
// that Qdrant weighs by rarity (its IDF modifier), and the store is the tenant:
// a payload field that is part of every filter, with graphs of its own. All
// tags of an entry lie in one payload field, as "field=value", under one index,
// so that whatever is filtered by is indexed before anything is written.
//
// Points have UUIDs made from store, kind and id; their payload holds the real
// ones, and a sum by which what is held can be compared with the truth.
package qdrant

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"sync"
	"time"

	qdrant "github.com/qdrant/go-client/qdrant"
	"golang.org/x/sync/semaphore"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"

	"honeyguide/catalog/index"
)

// Options say where Qdrant is and how collections are made. Those about
// collections hold for new ones: an Index.Rebuild brings them to the old.
type Options struct {
	Addr   string // host:port of its gRPC interface; https:// before it asks for TLS
	APIKey string
	TLS    *tls.Config // nil: the system's certificates; only with https://

	Prefix string // of the names of collections; empty: honeyguide
	Model  string // the encoder that entries and queries are of

	// Spaces and Numbers are what every collection has from the start: lengths of
	// vectors by space, and fields. Others may come later; a space then means that
	// the collection is copied.
	Spaces  map[string]int
	Numbers []string

	Exact   bool          // compare every vector, instead of walking the graph
	Timeout time.Duration // of a search; 0: DefaultTimeout

	HNSW         HNSW
	Quantization Quantization
	OnDisk       bool     // vectors are read from disk, not memory
	Shards       int      // per collection, or per shard key; 0: Qdrant's choice
	Replicas     int      // of each shard; 0: Qdrant's choice
	BigStores    []string // that get a shard key of their own; needs Qdrant's cluster mode

	Log *slog.Logger // nil: slog.Default()
}

// DefaultTimeout is how long a search may take.
const DefaultTimeout = 3 * time.Second

// writeTimeout is how long a request that writes may take.
const writeTimeout = 30 * time.Second

// HNSW are the parameters of the graphs; 0 takes Qdrant's default. More of each
// finds more of what is nearest, for memory, for time to build and time to search.
type HNSW struct {
	M           int // links of a point
	EfConstruct int // candidates while building
	Ef          int // candidates of a search
}

// Quantization is how vectors are compressed for the first pass of a search.
type Quantization string

// The kinds of quantization: a quarter and a thirty-second of the size.
const (
	None   Quantization = "none"
	Scalar Quantization = "scalar"
	Binary Quantization = "binary"
)

// Index is an index.Lasting in Qdrant. Use Open.
type Index struct {
	options Options
	*connection
}

// connection is what the indexes of different encoders over one server share.
type connection struct {
	log *slog.Logger

	life   context.Context // ends with Close
	end    context.CancelFunc
	mu     sync.RWMutex // held for reading by each request, for writing by Close
	client *qdrant.Client

	making  *semaphore.Weighted // one of it is held by each Put and Delete, all while a collection is made or shown
	layouts layouts
}

// makers is all of Index.making.
const makers = 1 << 30

var _ index.Lasting = (*Index)(nil)

// Open connects to Qdrant. It fails when there is none, when the key is wrong or
// the version too old; the error says what to do.
func Open(ctx context.Context, o Options) (*Index, error) {
	if o.Prefix == "" {
		o.Prefix = "honeyguide"
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	host, port, secure, err := splitAddr(o.Addr)
	if err != nil {
		return nil, err
	}
	retry := backoff.DefaultConfig
	retry.MaxDelay = 2 * time.Second // else a server that is back is noticed up to two minutes late
	client, err := qdrant.NewClient(&qdrant.Config{
		Host: host, Port: port, APIKey: o.APIKey, UseTLS: secure, TLSConfig: o.TLS,
		SkipCompatibilityCheck: true, // check says more
		GrpcOptions: []grpc.DialOption{
			grpc.WithConnectParams(grpc.ConnectParams{Backoff: retry, MinConnectTimeout: 2 * time.Second}),
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxAnswer)),
		},
	})
	if err != nil {
		return nil, fmt.Errorf("qdrant: %w", err)
	}
	x := &Index{o, &connection{log: o.Log, client: client, making: semaphore.NewWeighted(makers)}}
	x.life, x.end = context.WithCancel(context.Background())
	x.layouts.init()
	if err := x.check(ctx); err != nil {
		x.Close()
		return nil, err
	}
	return x, nil
}

// For implements index.Lasting. The connection is the same.
func (x *Index) For(model string, spaces map[string]int) index.Lasting {
	o := x.options
	o.Model, o.Spaces = model, spaces
	return &Index{o, x.connection}
}

// maxAnswer bounds an answer's bytes; vectors that are copied are the largest.
const maxAnswer = 256 << 20

// Close implements index.Index. Requests under way end.
func (x *Index) Close() error {
	x.end()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.client == nil {
		return nil
	}
	client := x.client
	x.client = nil
	return client.Close()
}
