package qdrant_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	client "github.com/qdrant/go-client/qdrant"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
	"honeyguide/catalog/index/qdrant"
	"honeyguide/catalog/index/qdrant/qdranttest"
)

// The figures of docs/benchmarks.md come from
//
//	go test -run '^$' -bench . -cpu 1 ./catalog/index/qdrant
//
// with QDRANT_TEST_ADDR naming a Qdrant. Without, the server is the tests' own,
// which is no Qdrant: only the ratio of the adapter to the raw client tells
// something then.

const (
	benchRows = 100_000
	benchDim  = 256
)

// benchServer is the server's address, and its kind for the benchmark's name.
func benchServer(b *testing.B) (kind, addr string) {
	if addr := os.Getenv("QDRANT_TEST_ADDR"); addr != "" {
		return "qdrant", addr
	}
	return "testserver", qdranttest.Start(b).Addr()
}

// unit returns a random direction near a center.
func unit(r *rand.Rand, center []float32, spread float64) []float32 {
	v := make([]float32, benchDim)
	var square float64
	for i := range v {
		v[i] = float32(r.NormFloat64() * spread / math.Sqrt(benchDim))
		if center != nil {
			v[i] += center[i]
		}
		square += float64(v[i]) * float64(v[i])
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(square))
	}
	return v
}

// goods makes products as a catalogue has them: vectors in clusters of very
// different sizes, words as frequent as words are (Zipf), and fields.
type goods struct {
	*rand.Rand
	centers [][]float32
	words   *rand.Zipf
}

func newGoods() *goods {
	r := rand.New(rand.NewPCG(3, 4))
	g := &goods{Rand: r, words: rand.NewZipf(r, 1.1, 8, 60_000)}
	common := unit(r, nil, 1)
	for range 300 {
		g.centers = append(g.centers, unit(r, common, 2))
	}
	return g
}

func (g *goods) vector() []float32 {
	kind := int(float64(len(g.centers)) * math.Pow(g.Float64(), 2))
	return unit(g.Rand, g.centers[kind], 0.7)
}

func (g *goods) sparse(n int) (s index.Sparse) {
	seen := map[uint32]bool{}
	for len(seen) < n {
		if term := uint32(g.words.Uint64()) * 0x9e3779b1; !seen[term] {
			seen[term] = true
			s.Terms, s.Weights = append(s.Terms, term), append(s.Weights, 0.5+g.Float32())
		}
	}
	return s
}

// entries of which all have one tag, a tenth and a hundredth another.
func (g *goods) entries(n int) []index.Entry {
	entries := make([]index.Entry, n)
	for i := range entries {
		entries[i] = index.Entry{
			Store: "s", Kind: index.Products, ID: fmt.Sprintf("p%06d", i),
			Vectors: map[string][]float32{"image": g.vector(), "text": g.vector()}, Words: g.sparse(30),
			Tags:    map[string][]string{"all": {"yes"}, "color": {fmt.Sprint(g.IntN(12))}, "brand": {fmt.Sprint(g.IntN(500))}},
			Numbers: map[string]float64{"price": float64(g.IntN(100_000))},
		}
		if i%10 == 3 {
			entries[i].Tags["tenth"] = []string{"yes"}
		}
		if i%100 == 7 {
			entries[i].Tags["hundredth"] = []string{"yes"}
		}
	}
	return entries
}

// asked are searches as the catalogue makes them: two dense spaces and words.
func (g *goods) asked(n int, tag string) [][]index.Query {
	all := make([][]index.Query, n)
	for i := range all {
		q := index.Query{Store: "s", Kind: index.Products, Filter: index.Filter{{Field: tag, AnyOf: []string{"yes"}}}, Limit: 10}
		image, text, words := q, q, q
		image.Space, image.Vector = "image", g.vector()
		text.Space, text.Vector = "text", g.vector()
		words.Space, words.Words = index.Words, g.sparse(4)
		all[i] = []index.Query{image, text, words}
	}
	return all
}

// search is one engine's; it returns how many hits it found.
type search func([]index.Query) int

func searching(b *testing.B, x index.Index) search {
	return func(queries []index.Query) (n int) {
		hits, err := x.Search(context.Background(), queries)
		if err != nil {
			b.Fatal(err)
		}
		for _, h := range hits {
			n += len(h)
		}
		return n
	}
}

// rawSearching asks the same with no more than Qdrant's client.
func rawSearching(b *testing.B, c *client.Client, collection string) search {
	return func(queries []index.Query) (n int) {
		requests := make([]*client.QueryPoints, len(queries))
		for i, q := range queries {
			requests[i] = &client.QueryPoints{
				CollectionName: collection, Using: &q.Space, Limit: client.PtrOf(uint64(q.Limit)), WithPayload: client.NewWithPayloadInclude("id"),
				Filter: &client.Filter{Must: []*client.Condition{
					client.NewMatchKeyword("store", q.Store), client.NewMatchKeywords("tags", q.Filter[0].Field+"="+q.Filter[0].AnyOf[0]),
				}},
			}
			if q.Space == index.Words {
				requests[i].Query = client.NewQuerySparse(q.Words.Terms, q.Words.Weights)
			} else {
				requests[i].Query = client.NewQueryDense(q.Vector)
			}
		}
		results, err := c.QueryBatch(context.Background(), &client.QueryBatchPoints{CollectionName: collection, QueryPoints: requests})
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range results {
			hits := make([]index.Hit, len(r.GetResult()))
			for i, p := range r.GetResult() {
				hits[i] = index.Hit{ID: p.GetPayload()["id"].GetStringValue(), Score: p.GetScore()}
			}
			n += len(hits)
		}
		return n
	}
}

// engines over the same entries.
type engines struct {
	kind         string // of the server
	local        *local.Index
	graph, exact *qdrant.Index
	raw          *client.Client
	place        string
}

func newEngines(b *testing.B, entries []index.Entry) *engines {
	kind, addr := benchServer(b)
	prefix := newPrefix(b, addr)
	space := func(o *qdrant.Options) {
		o.Spaces, o.Numbers = map[string]int{"image": benchDim, "text": benchDim}, []string{"price"}
	}
	e := &engines{
		kind: kind, local: local.New(), exact: open(b, addr, prefix, space),
		graph: open(b, addr, prefix, space, func(o *qdrant.Options) { o.Exact = false }), raw: raw(b, addr),
	}
	b.Cleanup(func() { e.graph.Close(); e.exact.Close() })
	for some := range slices.Chunk(entries, 1000) {
		put(b, e.local, some...)
		put(b, e.graph, some...)
	}
	place, err := e.graph.Place(context.Background(), index.Products)
	if err != nil {
		b.Fatal(err)
	}
	e.place = place.Name
	e.wait(b)
	return e
}

// wait until Qdrant has built what it builds of a collection.
func (e *engines) wait(b *testing.B) {
	for calm := 0; calm < 3; time.Sleep(100 * time.Millisecond) {
		info, err := e.raw.GetCollectionInfo(context.Background(), e.place)
		if err != nil {
			b.Fatal(err)
		}
		if calm++; info.GetStatus() != client.CollectionStatus_Green {
			calm = 0
		}
	}
}

// run measures each engine, and the adapter beside the raw client.
func (e *engines) run(b *testing.B, name string, asked [][]index.Query) {
	adapter, bare := searching(b, e.graph), rawSearching(b, e.raw, e.place)
	for _, engine := range []struct {
		name string
		search
	}{{"local", searching(b, e.local)}, {"adapter", adapter}, {"adapter-exact", searching(b, e.exact)}, {"raw", bare}} {
		b.Run(name+"/"+engine.name, func(b *testing.B) {
			b.ReportAllocs()
			quickest := time.Duration(math.MaxInt64)
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				engine.search(asked[i%len(asked)])
				quickest = min(quickest, time.Since(start))
			}
			b.ReportMetric(quickest.Seconds()*1000, "min-ms")
			if engine.name == "adapter" {
				b.ReportMetric(e.recall(b, asked), "recall@10")
			}
		})
	}
	b.Run(name+"/adapter-to-raw", func(b *testing.B) {
		var ours, theirs []float64
		for i := 0; b.Loop(); i++ {
			queries := asked[i/2%len(asked)]
			first, second := &ours, &theirs
			one, two := adapter, bare
			if i%2 == 1 { // what comes second finds the caches warm
				first, second, one, two = second, first, two, one
			}
			start := time.Now()
			one(queries)
			between := time.Now()
			two(queries)
			*first = append(*first, between.Sub(start).Seconds())
			*second = append(*second, time.Since(between).Seconds())
		}
		slices.Sort(ours)
		slices.Sort(theirs)
		b.ReportMetric(ours[len(ours)/2]/theirs[len(theirs)/2], "ratio-of-medians")
		b.ReportMetric(ours[0]/theirs[0], "ratio-of-minima")
	})
}

// recall is what the graph finds of the ten nearest.
func (e *engines) recall(b *testing.B, asked [][]index.Query) float64 {
	found, wanted := 0, 0
	for _, queries := range asked {
		truth, err := e.local.Search(context.Background(), queries[:2])
		if err != nil {
			b.Fatal(err)
		}
		hits, err := e.graph.Search(context.Background(), queries[:2])
		if err != nil {
			b.Fatal(err)
		}
		for i := range truth {
			wanted += len(truth[i])
			for _, h := range truth[i] {
				if slices.ContainsFunc(hits[i], func(got index.Hit) bool { return got.ID == h.ID }) {
					found++
				}
			}
		}
	}
	return float64(found) / float64(wanted)
}

// BenchmarkSearch asks 100,000 products, of which 1 %, 10 % or all pass.
func BenchmarkSearch(b *testing.B) {
	g := newGoods()
	e := newEngines(b, g.entries(benchRows))
	for _, filter := range []struct{ name, tag string }{{"1%", "hundredth"}, {"10%", "tenth"}, {"100%", "all"}} {
		e.run(b, e.kind+"/"+filter.name, g.asked(64, filter.tag))
	}
}

// BenchmarkFixedCost asks a collection so small that only the way there counts.
func BenchmarkFixedCost(b *testing.B) {
	g := newGoods()
	e := newEngines(b, g.entries(100))
	e.run(b, e.kind, g.asked(64, "all"))
}

// BenchmarkPut writes points a thousand at a time.
func BenchmarkPut(b *testing.B) {
	kind, addr := benchServer(b)
	entries := newGoods().entries(5000)
	b.Run(kind, func(b *testing.B) {
		x := open(b, addr, newPrefix(b, addr))
		defer x.Close()
		b.ReportAllocs()
		for b.Loop() {
			for some := range slices.Chunk(entries, 1000) {
				put(b, x, some...)
			}
		}
		b.ReportMetric(float64(b.N*len(entries))/b.Elapsed().Seconds(), "points/s")
	})
}
