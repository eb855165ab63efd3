package words

import (
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// dataFile opens a file of the shared data sets or skips the test.
func dataFile(t *testing.T, name string) *os.File {
	t.Helper()
	folders := []string{os.Getenv("HONEYGUIDE_DATA_SETS")}
	for up := ".."; len(up) < 20; up = filepath.Join(up, "..") {
		folders = append(folders, filepath.Join(up, "shared", "data"))
	}
	for _, folder := range folders {
		if f, err := os.Open(filepath.Join(folder, name)); err == nil {
			t.Cleanup(func() { f.Close() })
			return f
		}
	}
	t.Skipf("%s is absent: set HONEYGUIDE_DATA_SETS to the folder of the data sets", name)
	return nil
}

type judged struct {
	docs   []sparse
	grades map[string]map[int]float64 // by query, then document
}

type sparse struct {
	terms   []uint32
	weights []float32
}

func readJudged(t *testing.T) judged {
	t.Helper()
	z, err := gzip.NewReader(dataFile(t, "search_relevance.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	j, seen := judged{grades: map[string]map[int]float64{}}, map[[2]string]int{}
	for _, row := range rows[1:] {
		query, key := row[1], [2]string{row[2], row[3]}
		doc, ok := seen[key]
		if !ok {
			doc = len(j.docs)
			seen[key] = doc
			terms, weights := Document(Field{Text: row[2], Weight: 2, Pairs: true}, Field{Text: row[3], Weight: 1})
			j.docs = append(j.docs, sparse{terms, weights})
		}
		grade, err := strconv.ParseFloat(row[4], 64)
		if err != nil {
			t.Fatal(err)
		}
		if j.grades[query] == nil {
			j.grades[query] = map[int]float64{}
		}
		j.grades[query][doc] = max(grade, j.grades[query][doc])
	}
	return j
}

// bm25 scores documents by their inverted lists.
type bm25 struct {
	lists map[uint32][]posting
	docs  int
}

type posting struct {
	doc    int
	weight float64
}

func newBM25(docs []sparse) bm25 {
	m := bm25{map[uint32][]posting{}, len(docs)}
	for i, d := range docs {
		for k, term := range d.terms {
			m.lists[term] = append(m.lists[term], posting{i, float64(d.weights[k])})
		}
	}
	return m
}

func (m bm25) best(query string, k int) []int {
	scores := map[int]float64{}
	terms, _ := Sparse(Field{Text: query, Weight: 1, Pairs: true})
	for _, term := range terms {
		df, n := float64(len(m.lists[term])), float64(m.docs)
		idf := math.Log(1 + (n-df+.5)/(df+.5))
		for _, p := range m.lists[term] {
			scores[p.doc] += idf * p.weight
		}
	}
	docs := make([]int, 0, len(scores))
	for doc := range scores {
		docs = append(docs, doc)
	}
	slices.SortFunc(docs, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b))
	})
	return docs[:min(k, len(docs))]
}

// ndcg is DCG over the ideal DCG, with the gain 2^grade-1 and unjudged 0.
func ndcg(ranked []int, grades map[int]float64, gain func(float64) float64) float64 {
	dcg, ideal := 0.0, 0.0
	for i, doc := range ranked {
		if g, ok := grades[doc]; ok {
			dcg += gain(g) / math.Log2(float64(i+2))
		}
	}
	best := make([]float64, 0, len(grades))
	for _, g := range grades {
		best = append(best, -gain(g))
	}
	slices.Sort(best)
	for i, g := range best[:min(10, len(best))] {
		ideal -= g / math.Log2(float64(i+2))
	}
	return dcg / ideal
}

// TestShopQueries measures plain BM25 on judged shop queries: the whole pool is
// ranked and what nobody judged counts as 0. Choices were made on the even
// queries; the odd ones check them.
func TestShopQueries(t *testing.T) {
	j := readJudged(t)
	m := newBM25(j.docs)
	queries := make([]string, 0, len(j.grades))
	for q := range j.grades {
		queries = append(queries, q)
	}
	slices.Sort(queries)
	gains := map[string]func(float64) float64{
		"2^grade-1": func(g float64) float64 { return math.Exp2(g) - 1 },
		"grade":     func(g float64) float64 { return g },
	}
	atLeast := map[string]float64{"2^grade-1": .775, "grade": .845}
	for name, gain := range gains {
		var sum [2]float64
		for i, q := range queries {
			sum[i%2] += ndcg(m.best(q, 10), j.grades[q], gain) * 2 / float64(len(queries))
		}
		all := (sum[0] + sum[1]) / 2
		t.Logf("nDCG@10 with gain %s: %.4f (even queries %.4f, odd %.4f)", name, all, sum[0], sum[1])
		if all < atLeast[name] {
			t.Errorf("nDCG@10 with gain %s fell to %.4f, want at least %.3f", name, all, atLeast[name])
		}
	}
}
