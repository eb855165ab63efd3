package eval

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
)

// grades are one query's results: what each hit is worth, and what could be had.
type grades struct {
	hits     []float64 // gains in rank order, 0 where not relevant
	ideal    []float64 // gains of the ten best relevant items, highest first
	relevant int       // how many items are relevant, at least 1
}

// found counts the relevant items in the top k.
func (g grades) found(k int) float64 {
	n := 0.0
	for _, gain := range g.hits[:min(k, len(g.hits))] {
		if gain > 0 {
			n++
		}
	}
	return n
}

func (g grades) recall(k int) float64    { return g.found(k) / float64(g.relevant) }
func (g grades) precision(k int) float64 { return g.found(k) / float64(k) }

// rank is the place of the first relevant hit in the top ten, from 1; 0 if there is none.
func (g grades) rank() int {
	for i, gain := range g.hits[:min(depth, len(g.hits))] {
		if gain > 0 {
			return i + 1
		}
	}
	return 0
}

func (g grades) reciprocalRank() float64 {
	if rank := g.rank(); rank > 0 {
		return 1 / float64(rank)
	}
	return 0
}

// ndcg is the discounted cumulative gain over the best possible one (Järvelin and
// Kekäläinen 2002, with the logarithm's base 2 and linear gain), of the top ten.
func (g grades) ndcg() float64 { return dcg(g.hits) / dcg(g.ideal) }

func dcg(gains []float64) float64 {
	sum := 0.0
	for i, gain := range gains[:min(depth, len(gains))] {
		sum += gain / math.Log2(float64(i)+2)
	}
	return sum
}

// Scores are the means of a group of queries.
type Scores struct {
	Queries   int       // queries with at least one relevant item
	K         []int     // the cut-offs of Recall and Precision, rising
	Recall    []float64 // at each of K
	Precision []float64 // at each of K
	MRR       float64   // over the top 10
	NDCG      float64   // of the top 10
}

// score averages; it is all zeros without queries.
func score(ks []int, all []grades) Scores {
	s := Scores{Queries: len(all), K: ks, Recall: make([]float64, len(ks)), Precision: make([]float64, len(ks))}
	if len(all) == 0 {
		return s
	}
	for _, g := range all {
		for i, k := range ks {
			s.Recall[i] += g.recall(k)
			s.Precision[i] += g.precision(k)
		}
		s.MRR += g.reciprocalRank()
		s.NDCG += g.ndcg()
	}
	n := float64(len(all))
	for i := range ks {
		s.Recall[i] /= n
		s.Precision[i] /= n
	}
	s.MRR /= n
	s.NDCG /= n
	return s
}

// Result is what Retrieval measured.
type Result struct {
	Scores
	Unjudged int // queries left out because nothing is relevant to them
	Corpus   int // items searched

	// EncodePerS is texts and pictures a second of the stages that encode, reading
	// and decoding the pictures included. It is 0 with the corpus Store, where
	// the store's sync did that work.
	EncodePerS float64
	// SearchP50 is the median time of one query's search in milliseconds, encoding
	// left out; with the corpus Store, of the store's whole search.
	SearchP50 float64
}

// MarshalJSON writes one flat object in the contract's order, such as
// {"queries":…, "corpus":…, "recall@1":…, "recall@10":…, "mrr":…, …}, to six digits.
// "unjudged" appears only where queries were left out.
func (r Result) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	add := func(name string, value any) error {
		number, err := json.Marshal(value)
		if err == nil {
			fmt.Fprintf(&b, ",%q:%s", name, number)
		}
		return err
	}
	for _, f := range r.figures() {
		if err := add(f.Name, f.Value); err != nil {
			return nil, err
		}
	}
	return []byte("{" + strings.TrimPrefix(b.String(), ",") + "}"), nil
}

// figure is one named number of a result.
type figure struct {
	Name  string
	Value any // int or float64
}

func (r *Result) figures() []figure {
	f := []figure{{"queries", r.Queries}, {"corpus", r.Corpus}}
	if r.Unjudged > 0 {
		f = append(f, figure{"unjudged", r.Unjudged})
	}
	f = append(f, r.Scores.figures()...)
	return append(f, figure{"encode_per_s", round(r.EncodePerS, 1)}, figure{"search_ms_p50", round(r.SearchP50, 3)})
}

func (s *Scores) figures() []figure {
	var f []figure
	add := func(name string, value float64) { f = append(f, figure{name, round(value, 6)}) }
	for i, k := range s.K {
		add(fmt.Sprintf("recall@%d", k), s.Recall[i])
	}
	add("mrr", s.MRR)
	add("ndcg@10", s.NDCG)
	for i, k := range s.K {
		add(fmt.Sprintf("p@%d", k), s.Precision[i])
	}
	return f
}

func round(x float64, digits int) float64 {
	unit := math.Pow10(digits)
	return math.Round(x*unit) / unit
}
