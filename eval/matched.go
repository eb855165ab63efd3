package eval

import (
	"context"
	"fmt"
	"slices"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
	"honeyguide/embed"
)

// Matched is how well the cosine of a photo's nearest picture tells photos of
// what a store sells from photos of anything else.
type Matched struct {
	Yes int `json:"yes"` // photos of what the store sells
	No  int `json:"no"`  // photos of other things
	// AUC is the chance that a photo of the first kind is nearer than one of the second.
	AUC    float64     `json:"auc"`
	Levels []Threshold `json:"thresholds"`
}

// Threshold is a cosine and what it would decide wrongly.
type Threshold struct {
	Cosine float64 `json:"cosine"`
	Missed float64 `json:"missed"` // share of Yes below it
	Passed float64 `json:"passed"` // share of No at or above it
}

// MeasureMatched finds, for the photos that two sets have as queries, the cosine
// of the nearest picture in the corpus of a third. The errors are those of Retrieval.
func MeasureMatched(ctx context.Context, enc embed.Joint, corpus, yes, no string, progress func(string, int, int)) (*Matched, error) {
	idx := local.New()
	defer idx.Close()
	err := withSet(corpus, func(s *set) error {
		r := &run{Options: Options{Corpus: Images, Progress: progress}, set: s, enc: enc}
		return r.fill(ctx, idx)
	})
	if err != nil {
		return nil, err
	}
	near, err := nearest(ctx, enc, idx, yes, progress)
	if err != nil {
		return nil, err
	}
	far, err := nearest(ctx, enc, idx, no, progress)
	if err != nil {
		return nil, err
	}
	return matched(near, far), nil
}

func withSet(dir string, f func(*set) error) error {
	s, err := open(dir)
	if err != nil {
		return err
	}
	defer s.pictures.Close()
	return f(s)
}

// nearest returns the best cosine of each query picture of a set, ascending.
func nearest(ctx context.Context, enc embed.Joint, idx index.Index, dir string, progress func(string, int, int)) ([]float64, error) {
	var best []float64
	err := withSet(dir, func(s *set) error {
		var shown []*Item
		for i := range s.queries {
			if s.queries[i].Image != "" {
				shown = append(shown, &s.queries[i])
			}
		}
		r := &run{Options: Options{Progress: progress}, set: s, enc: enc}
		vectors, err := r.encode(ctx, "queries", shown, false, true)
		if err != nil {
			return err
		}
		for _, v := range vectors {
			hits, err := idx.Search(ctx, []index.Query{{Store: storeName, Kind: index.Products, Space: space, Vector: v, Limit: 1}})
			if err != nil {
				return err
			}
			if len(hits[0]) > 0 {
				best = append(best, float64(hits[0][0].Score))
			}
		}
		return nil
	})
	if err == nil && len(best) == 0 {
		err = fmt.Errorf("%w: %s: no query with a picture", ErrSet, dir)
	}
	slices.Sort(best)
	return best, err
}

// matched compares two ascending lists.
func matched(yes, no []float64) *Matched {
	m := &Matched{Yes: len(yes), No: len(no)}
	for _, n := range no {
		below, _ := slices.BinarySearch(yes, n)
		m.AUC += float64(len(yes)-below) / float64(len(yes)*len(no))
	}
	for t := 0.40; t < 0.985; t += 0.02 {
		missed, _ := slices.BinarySearch(yes, t)
		kept, _ := slices.BinarySearch(no, t)
		m.Levels = append(m.Levels, Threshold{t, float64(missed) / float64(len(yes)), 1 - float64(kept)/float64(len(no))})
	}
	return m
}
