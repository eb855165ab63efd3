package eval

import (
	"context"
	"fmt"
	"hash/fnv"
	"image"
	"math/rand/v2"
	"strings"
	"testing"

	"honeyguide/embed"
)

// scattered is an encoder of 128 dimensions that gives each text a place of its own.
type scattered struct{}

func (scattered) Model() string { return "scattered" }
func (scattered) Dim() int      { return 128 }

func (scattered) EncodeTexts(_ context.Context, texts []string) ([]embed.Vector, error) {
	var vectors []embed.Vector
	for _, text := range texts {
		h := fnv.New64()
		h.Write([]byte(text))
		random := rand.New(rand.NewPCG(h.Sum64(), 0))
		v := make(embed.Vector, 128)
		for d := range v {
			v[d] = float32(random.NormFloat64())
		}
		unit(v)
		vectors = append(vectors, v)
	}
	return vectors, nil
}

func (scattered) EncodeImages(context.Context, []image.Image) ([]embed.Vector, error) {
	return nil, nil
}

// BenchmarkRetrieval is everything but the pictures: 44 k items, 2,000 queries.
func BenchmarkRetrieval(b *testing.B) {
	var corpus, queries strings.Builder
	for i := range 44_000 {
		fmt.Fprintf(&corpus, `{"id":"%d","text":"item %d","label":"%d"}`+"\n", i, i, i%20)
	}
	for i := range 2000 {
		fmt.Fprintf(&queries, `{"id":"q%d","text":"item %d","label":"%d"}`+"\n", i, i, i%20)
	}
	dir := files{"corpus.jsonl": corpus.String(), "queries.jsonl": queries.String()}.folder(b)
	for b.Loop() {
		res, err := Retrieval(b.Context(), scattered{}, Options{Dir: dir}, nil)
		if err != nil || res.Precision[0] != 1 {
			b.Fatalf("%+v, %v", res, err)
		}
		b.ReportMetric(res.SearchP50, "search-ms")
	}
}
