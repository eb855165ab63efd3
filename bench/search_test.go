// Package bench measures the local index beside other ways to search vectors in
// a Go program. It is a module of its own, so that the product depends on none
// of them.
//
//	cd bench && go test -run '^$' -bench . -cpu 1
//
// The figure to compare is min-ms, the quickest call, which other programs on
// the machine disturb least.
package bench

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/philippgille/chromem-go"
	"github.com/viterin/vek/vek32"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
)

const (
	rows    = 100_000
	dim     = 256
	limit   = 10
	queries = 64
)

// selectivities are the shares of entries that a filter lets through. Every
// entry has each of these fields, "yes" for its share.
var selectivities = []struct {
	name  string
	every int
}{{"100%", 1}, {"10%", 10}, {"1%", 100}}

func field(every int) string { return fmt.Sprintf("every%d", every) }

func value(row, every int) string {
	if row%every == 0 {
		return "yes"
	}
	return "no"
}

func id(row int) string { return fmt.Sprintf("p%06d", row) }

// unitVectors are spread evenly, the hard case for any first pass.
func unitVectors(n int) [][]float32 {
	r := rand.New(rand.NewPCG(1, 2))
	vectors := make([][]float32, n)
	for i := range vectors {
		v := make([]float32, dim)
		for j := range v {
			v[j] = float32(r.NormFloat64())
		}
		vek32.DivNumber_Inplace(v, vek32.Norm(v))
		vectors[i] = v
	}
	return vectors
}

// BenchmarkSearch asks each engine for the best ten of 100,000×256.
func BenchmarkSearch(b *testing.B) {
	vectors := unitVectors(rows + queries)
	vectors, asked := vectors[:rows], vectors[rows:]
	truth := make([][]string, len(asked))
	flat := slices.Concat(vectors...)
	for i, q := range asked {
		truth[i] = plainScan(flat, q)
	}
	b.Run("plain-scan", func(b *testing.B) {
		measure(b, asked, truth, func(q []float32) []string { return plainScan(flat, q) })
	})
	b.Run("local", func(b *testing.B) { benchLocal(b, vectors, asked, truth) })
	b.Run("chromem-go", func(b *testing.B) { benchChromem(b, vectors, asked, truth) })
}

// measure calls search and reports its quickest call and, if the truth is
// given, how much of it is found.
func measure(b *testing.B, asked [][]float32, truth [][]string, search func(q []float32) []string) {
	quickest, found := time.Duration(math.MaxInt64), 0
	for i := range truth {
		for _, id := range search(asked[i]) {
			if slices.Contains(truth[i], id) {
				found++
			}
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		search(asked[i%len(asked)])
		quickest = min(quickest, time.Since(start))
	}
	b.ReportMetric(quickest.Seconds()*1000, "min-ms")
	if truth != nil {
		b.ReportMetric(float64(found)/float64(limit*len(truth)), "recall@10")
	}
}

// plainScan computes every float32 dot product.
func plainScan(flat, query []float32) []string {
	type hit struct {
		row   int
		score float32
	}
	top := make([]hit, 0, limit+1)
	for row := 0; row*dim < len(flat); row++ {
		score := vek32.Dot(flat[row*dim:][:dim], query)
		if len(top) == limit && score <= top[limit-1].score {
			continue
		}
		at := 0
		for at < len(top) && top[at].score >= score {
			at++
		}
		top = slices.Insert(top, at, hit{row, score})
		top = top[:min(limit, len(top))]
	}
	ids := make([]string, len(top))
	for i, h := range top {
		ids[i] = id(h.row)
	}
	return ids
}

func benchLocal(b *testing.B, vectors, asked [][]float32, truth [][]string) {
	x := local.New()
	entries := make([]index.Entry, len(vectors))
	for i, v := range vectors {
		entries[i] = index.Entry{
			Store: "s", Kind: index.Products, ID: id(i),
			Vectors: map[string][]float32{"image": v}, Tags: map[string][]string{},
		}
		for _, s := range selectivities {
			entries[i].Tags[field(s.every)] = []string{value(i, s.every)}
		}
	}
	if err := x.Put(context.Background(), entries); err != nil {
		b.Fatal(err)
	}
	search := func(filter index.Filter) func(q []float32) []string {
		return func(q []float32) []string {
			hits, err := x.Search(context.Background(), []index.Query{{
				Store: "s", Kind: index.Products, Space: "image", Vector: q, Filter: filter, Limit: limit,
			}})
			if err != nil {
				b.Fatal(err)
			}
			ids := make([]string, len(hits[0]))
			for i, h := range hits[0] {
				ids[i] = h.ID
			}
			return ids
		}
	}
	b.Run("unfiltered", func(b *testing.B) { measure(b, asked, truth, search(nil)) })
	for _, s := range selectivities {
		filter := index.Filter{{Field: field(s.every), AnyOf: []string{"yes"}}}
		b.Run("filter-"+s.name, func(b *testing.B) { measure(b, asked, nil, search(filter)) })
	}
}

func benchChromem(b *testing.B, vectors, asked [][]float32, truth [][]string) {
	ctx := context.Background()
	collection, err := chromem.NewDB().CreateCollection("s", nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	documents := make([]chromem.Document, len(vectors))
	for i, v := range vectors {
		documents[i] = chromem.Document{ID: id(i), Embedding: v, Metadata: map[string]string{}}
		for _, s := range selectivities {
			documents[i].Metadata[field(s.every)] = value(i, s.every)
		}
	}
	if err := collection.AddDocuments(ctx, documents, 1); err != nil {
		b.Fatal(err)
	}
	search := func(where map[string]string) func(q []float32) []string {
		return func(q []float32) []string {
			hits, err := collection.QueryEmbedding(ctx, q, limit, where, nil)
			if err != nil {
				b.Fatal(err)
			}
			ids := make([]string, len(hits))
			for i, h := range hits {
				ids[i] = h.ID
			}
			return ids
		}
	}
	b.Run("unfiltered", func(b *testing.B) { measure(b, asked, truth, search(nil)) })
	for _, s := range selectivities {
		where := map[string]string{field(s.every): "yes"}
		b.Run("filter-"+s.name, func(b *testing.B) { measure(b, asked, nil, search(where)) })
	}
}
