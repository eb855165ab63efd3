package local_test

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/viterin/vek/vek32"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
)

// The figures of docs/benchmarks.md come from
//
//	go test -run '^$' -bench . -cpu 1 ./catalog/index/local

const (
	benchRows = 100_000
	benchDim  = 256
)

// unitVector returns a random direction near center, or any if center is nil.
func unitVector(r *rand.Rand, dim int, center []float32, spread float64) []float32 {
	v := make([]float32, dim)
	for i := range v {
		v[i] = float32(r.NormFloat64() * spread / math.Sqrt(float64(dim)))
		if center != nil {
			v[i] += center[i]
		}
	}
	vek32.DivNumber_Inplace(v, vek32.Norm(v))
	return v
}

// randomVectors are spread evenly, the hard case for a bound: the best scores are low and close.
func randomVectors(r *rand.Rand, n, dim int) [][]float32 {
	out := make([][]float32, n)
	for i := range out {
		out[i] = unitVector(r, dim, nil, 1)
	}
	return out
}

// clusteredVectors resemble what an encoder makes of a catalogue: kinds of
// goods, of very different sizes, that all share a direction.
func clusteredVectors(r *rand.Rand, n, dim int) [][]float32 {
	common := unitVector(r, dim, nil, 1)
	centers := make([][]float32, 300)
	for i := range centers {
		centers[i] = unitVector(r, dim, common, 2)
	}
	out := make([][]float32, n)
	for i := range out {
		kind := int(float64(len(centers)) * math.Pow(r.Float64(), 2))
		out[i] = unitVector(r, dim, centers[kind], 0.7)
	}
	return out
}

// denseEntries have one vector and, of every 100, tags that 1, 10 and 100 share.
func denseEntries(vectors [][]float32) []index.Entry {
	entries := make([]index.Entry, len(vectors))
	for i, v := range vectors {
		entries[i] = index.Entry{
			Store: "s", Kind: index.Products, ID: fmt.Sprintf("p%06d", i),
			Vectors: map[string][]float32{"image": v},
			Tags:    map[string][]string{"all": {"yes"}},
			Numbers: map[string]float64{"price": float64(i % 1000)},
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

func filled(b *testing.B, entries []index.Entry) *local.Index {
	x := local.New()
	fill(b, x, entries)
	return x
}

func fill(b *testing.B, x *local.Index, entries []index.Entry) {
	for chunk := range slices.Chunk(entries, 1000) {
		if err := x.Put(context.Background(), chunk); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDense(b *testing.B) {
	for _, data := range []struct {
		name string
		make func(*rand.Rand, int, int) [][]float32
	}{{"random", randomVectors}, {"clustered", clusteredVectors}} {
		r := rand.New(rand.NewPCG(1, 2))
		vectors := data.make(r, benchRows+64, benchDim)
		vectors, asked := vectors[:benchRows], vectors[benchRows:]
		x := filled(b, denseEntries(vectors))
		flat := slices.Concat(vectors...)

		b.Run(data.name+"/plain-scan", func(b *testing.B) {
			measure(b, func(i int) { plainScan(flat, asked[i%len(asked)], 10) })
		})
		cheap := 499.0
		for _, filter := range []struct {
			name string
			index.Filter
		}{
			{"unfiltered", nil},
			{"filter-100%", index.Filter{{Field: "all", AnyOf: []string{"yes"}}}},
			{"filter-50%-range", index.Filter{{Field: "price", Max: &cheap}}},
			{"filter-10%", index.Filter{{Field: "tenth", AnyOf: []string{"yes"}}}},
			{"filter-1%", index.Filter{{Field: "hundredth", AnyOf: []string{"yes"}}}},
		} {
			b.Run(data.name+"/"+filter.name, func(b *testing.B) {
				benchSearch(b, x, func(i int) index.Query {
					return index.Query{
						Store: "s", Kind: index.Products, Space: "image",
						Vector: asked[i%len(asked)], Filter: filter.Filter, Limit: 10,
					}
				})
				if filter.Filter == nil {
					b.ReportMetric(recall(b, x, flat, asked), "recall@10")
				}
			})
		}
	}
}

func benchSearch(b *testing.B, x *local.Index, query func(i int) index.Query) {
	b.ReportAllocs()
	queries := make([]index.Query, 1)
	measure(b, func(i int) {
		queries[0] = query(i)
		if _, err := x.Search(context.Background(), queries); err != nil {
			b.Fatal(err)
		}
	})
}

// measure also reports the quickest call, which other programs disturb least.
func measure(b *testing.B, call func(i int)) {
	quickest := time.Duration(math.MaxInt64)
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		call(i)
		quickest = min(quickest, time.Since(start))
	}
	b.ReportMetric(quickest.Seconds()*1000, "min-ms")
}

// plainScan is what the index is measured by: every float32 dot product, the
// rows of the best k, best first.
func plainScan(flat, query []float32, k int) []int {
	type hit struct {
		row   int
		score float32
	}
	top := make([]hit, 0, k+1)
	dim := len(query)
	for row := 0; row*dim < len(flat); row++ {
		score := vek32.Dot(flat[row*dim:][:dim], query)
		if len(top) == k && score <= top[k-1].score {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, score, func(h hit, s float32) int {
			if h.score >= s {
				return -1
			}
			return 1
		})
		top = slices.Insert(top, at, hit{row, score})
		top = top[:min(k, len(top))]
	}
	rows := make([]int, len(top))
	for i, h := range top {
		rows[i] = h.row
	}
	return rows
}

func recall(b *testing.B, x *local.Index, flat []float32, asked [][]float32) float64 {
	found := 0
	for _, q := range asked {
		hits, err := x.Search(context.Background(), []index.Query{{
			Store: "s", Kind: index.Products, Space: "image", Vector: q, Limit: 10,
		}})
		if err != nil {
			b.Fatal(err)
		}
		for _, row := range plainScan(flat, q, 10) {
			if slices.ContainsFunc(hits[0], func(h index.Hit) bool { return h.ID == fmt.Sprintf("p%06d", row) }) {
				found++
			}
		}
	}
	return float64(found) / float64(10*len(asked))
}

// catalogueEntries resemble products: two vectors of 128, 60 terms as frequent
// as words are (Zipf), ten tags, a price.
func catalogueEntries(n int) []index.Entry {
	r := rand.New(rand.NewPCG(3, 4))
	vocabulary := rand.NewZipf(r, 1.1, 8, 60_000)
	vectors := clusteredVectors(r, n, 128)
	entries := make([]index.Entry, n)
	for i := range entries {
		words := map[uint32]float32{}
		for len(words) < 60 {
			words[uint32(vocabulary.Uint64())]++
		}
		e := index.Entry{
			Store: "s", Kind: index.Products, ID: fmt.Sprintf("p%06d", i),
			Vectors: map[string][]float32{"image": vectors[i], "text": vectors[n-1-i]},
			Tags:    map[string][]string{},
			Numbers: map[string]float64{"price": float64(r.IntN(100_000))},
		}
		for _, term := range slices.Sorted(maps.Keys(words)) {
			e.Words.Terms = append(e.Words.Terms, term*0x9e3779b1)
			e.Words.Weights = append(e.Words.Weights, words[term])
		}
		slices.Sort(e.Words.Terms) // which word has which weight does not matter here
		for field, values := range []int{3, 5, 30, 1000, 20, 4, 2, 6, 10, 40} {
			name := fmt.Sprintf("field%d", field)
			e.Tags[name] = []string{fmt.Sprint(r.IntN(values))}
		}
		entries[i] = e
	}
	return entries
}

func BenchmarkWords(b *testing.B) {
	for _, n := range []int{31_000, 100_000} {
		x := filled(b, catalogueEntries(n))
		for name, terms := range map[string][]uint32{
			"common": {0, 1, 2, 3, 4, 5},
			"rare":   {4000, 9000, 20_000, 30_000},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				words := index.Sparse{Weights: slices.Repeat([]float32{1}, len(terms))}
				for _, term := range terms {
					words.Terms = append(words.Terms, term*0x9e3779b1)
				}
				benchSearch(b, x, func(int) index.Query {
					return index.Query{Store: "s", Kind: index.Products, Space: index.Words, Words: words, Limit: 50}
				})
			})
		}
	}
}

func BenchmarkPut(b *testing.B) {
	entries := catalogueEntries(31_000)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var x *local.Index
	measure(b, func(int) { x = filled(b, entries) })
	b.ReportMetric(float64(b.N*len(entries))/b.Elapsed().Seconds(), "entries/s")
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	runtime.KeepAlive(x)
	runtime.KeepAlive(entries)
}

// BenchmarkReplace puts a changed catalogue over itself: every slot dies once.
func BenchmarkReplace(b *testing.B) {
	entries := catalogueEntries(31_000)
	x := filled(b, entries)
	measure(b, func(int) { fill(b, x, entries) })
	b.ReportMetric(float64(b.N*len(entries))/b.Elapsed().Seconds(), "entries/s")
}
