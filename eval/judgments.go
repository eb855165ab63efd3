package eval

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// judgment is how well an item answers a query: above 0 is relevant.
type judgment struct {
	item  int // in the corpus
	score float64
}

const qrels = "qrels.tsv"

// readJudgments reads qrels.tsv into one list a query, ordered by item.
func readJudgments(r io.Reader, queries, corpus []Item) ([][]judgment, error) {
	q, c := places(queries), places(corpus)
	judged := make([][]judgment, len(queries))
	first := true
	err := eachLine(r, qrels, func(n int, line []byte) error {
		header := first && isHeader(line)
		first = false
		if header {
			return nil
		}
		query, j, err := readJudgment(n, line, q, c)
		if err == nil {
			judged[query] = append(judged[query], j)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, js := range judged {
		slices.SortFunc(js, func(a, b judgment) int { return cmp.Compare(a.item, b.item) })
		for k := 1; k < len(js); k++ {
			if js[k].item == js[k-1].item {
				return nil, fmt.Errorf("%w: %s judges query %q and item %q twice", ErrSet, qrels, queries[i].ID, corpus[js[k].item].ID)
			}
		}
	}
	return judged, nil
}

func places(items []Item) map[string]int {
	at := make(map[string]int, len(items))
	for i := range items {
		at[items[i].ID] = i
	}
	return at
}

// isHeader tells whether a line names its columns ("query-id", "query_id", "qid").
func isHeader(line []byte) bool {
	name, _, _ := strings.Cut(string(line), "\t")
	name = strings.NewReplacer("-", "", "_", "", " ", "", `"`, "").Replace(strings.ToLower(name))
	return name == "queryid" || name == "qid" || name == "query"
}

func readJudgment(n int, line []byte, queries, corpus map[string]int) (query int, j judgment, err error) {
	f := bytes.Split(line, []byte("\t"))
	if len(f) != 3 {
		return 0, j, fmt.Errorf("%w: %s line %d: %d fields, want query-id, corpus-id and score separated by tabs", ErrSet, qrels, n, len(f))
	}
	query, known := queries[string(f[0])]
	if !known {
		return 0, j, wrong(qrels, n, "query-id", "%q is not in queries.jsonl", f[0])
	}
	if j.item, known = corpus[string(f[1])]; !known {
		return 0, j, wrong(qrels, n, "corpus-id", "%q is not in corpus.jsonl", f[1])
	}
	j.score, err = strconv.ParseFloat(string(bytes.TrimSpace(f[2])), 64)
	if err != nil || math.IsNaN(j.score) || math.IsInf(j.score, 0) {
		return 0, j, wrong(qrels, n, "score", "%q is not a number", f[2])
	}
	return query, j, nil
}

// judgeByLabel judges items that carry a query's label as relevant; nil if there
// are none. Queries of one label share one list.
func judgeByLabel(queries, corpus []Item) [][]judgment {
	by := map[string][]judgment{}
	for i := range corpus {
		if label := corpus[i].Label; label != "" {
			by[label] = append(by[label], judgment{item: i, score: 1})
		}
	}
	judged, any := make([][]judgment, len(queries)), false
	for i := range queries {
		judged[i] = by[queries[i].Label]
		any = any || len(judged[i]) > 0
	}
	if !any {
		return nil
	}
	return judged
}

// gain is what finding an item is worth: its score, or 0 where it is not relevant.
func gain(js []judgment, item int) float64 {
	i, found := slices.BinarySearchFunc(js, item, func(j judgment, item int) int { return cmp.Compare(j.item, item) })
	if !found {
		return 0
	}
	return max(0, js[i].score)
}

// best lists the relevant judgments, highest score first, then in corpus order.
func best(js []judgment) []judgment {
	var relevant []judgment
	for _, j := range js {
		if j.score > 0 {
			relevant = append(relevant, j)
		}
	}
	slices.SortStableFunc(relevant, func(a, b judgment) int { return cmp.Compare(b.score, a.score) })
	return relevant
}
