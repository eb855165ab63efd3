package eval

import (
	"context"
	"fmt"
	"image"
	"slices"
	"time"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
	"honeyguide/embed"
)

// The one space of the measured index, and the store it is filed under.
const (
	space     = "item"
	storeName = "eval"
)

// run is one measurement on its way.
type run struct {
	Options
	set  *set
	enc  embed.Joint
	find Finder

	asked    []int // queries with something relevant, in order
	answers  []answer
	searched int           // items of the corpus
	encoded  int           // texts and pictures
	took     time.Duration // for encoded
}

// answer is what one query found.
type answer struct {
	query int
	hits  []index.Hit // the first of them, for the report
	grades
	took time.Duration
}

// search answers the n-th asked query with its best items, and says how long that took.
type search func(ctx context.Context, n, limit int) ([]index.Hit, time.Duration, error)

func (r *run) measure(ctx context.Context) error {
	for q, js := range r.set.judged {
		if slices.ContainsFunc(js, func(j judgment) bool { return j.score > 0 }) {
			r.asked = append(r.asked, q)
		}
	}
	if len(r.asked) == 0 {
		return fmt.Errorf("%w: no query has a relevant item", ErrSet)
	}
	if r.Corpus == Store {
		r.searched = len(r.set.corpus)
		return r.ask(ctx, r.searchStore)
	}
	idx := local.New()
	defer idx.Close()
	if err := r.fill(ctx, idx); err != nil {
		return err
	}
	var queries []*Item
	for _, q := range r.asked {
		queries = append(queries, &r.set.queries[q])
	}
	vectors, err := r.encode(ctx, "queries", queries, true, true)
	if err != nil {
		return err
	}
	return r.ask(ctx, func(ctx context.Context, n, limit int) ([]index.Hit, time.Duration, error) {
		query := index.Query{Store: storeName, Kind: index.Products, Space: space, Vector: vectors[n], Limit: limit}
		begin := time.Now()
		hits, err := idx.Search(ctx, []index.Query{query})
		if err != nil {
			return nil, 0, err
		}
		return hits[0], time.Since(begin), nil
	})
}

// fill puts the chosen corpus into an index.
func (r *run) fill(ctx context.Context, idx index.Index) error {
	texts, images := r.Corpus != Images, r.Corpus != Texts
	var items []*Item
	for i := range r.set.corpus {
		if item := &r.set.corpus[i]; texts && item.hasText() || images && item.Image != "" {
			items = append(items, item)
		}
	}
	if r.searched = len(items); r.searched == 0 {
		return fmt.Errorf("%w: no item of corpus.jsonl has what --corpus %s searches", ErrSet, r.Corpus)
	}
	vectors, err := r.encode(ctx, "corpus", items, texts, images)
	if err != nil {
		return err
	}
	entries := make([]index.Entry, len(items))
	for i, v := range vectors {
		entries[i] = index.Entry{Store: storeName, Kind: index.Products, ID: items[i].ID, Vectors: map[string][]float32{space: v}}
	}
	return idx.Put(ctx, entries)
}

func (r *run) encode(ctx context.Context, stage string, items []*Item, texts, images bool) ([]embed.Vector, error) {
	e := &encoding{enc: r.enc, pictures: r.set.pictures, file: stage + ".jsonl", asked: stage == "queries", progress: func(done, total int) { r.Progress(stage, done, total) }}
	begin := time.Now()
	vectors, err := e.encode(ctx, items, texts, images)
	r.took += time.Since(begin)
	r.encoded += e.done
	return vectors, err
}

// searchStore asks the store. Decoding the query's picture is not counted.
func (r *run) searchStore(ctx context.Context, n, limit int) ([]index.Hit, time.Duration, error) {
	query := &r.set.queries[r.asked[n]]
	var picture image.Image
	if query.Image != "" {
		var err error
		if picture, err = r.set.pictures.decode(query, "queries.jsonl"); err != nil {
			return nil, 0, err
		}
	}
	begin := time.Now()
	hits, err := r.find(ctx, query.Text, picture, limit)
	return hits, time.Since(begin), err
}

// ask runs all queries, one at a time, and grades what they find.
func (r *run) ask(ctx context.Context, search search) error {
	corpus := places(r.set.corpus)
	limit := max(depth, r.K[len(r.K)-1])
	for n, q := range r.asked {
		hits, took, err := search(ctx, n, limit)
		if err != nil {
			return fmt.Errorf("searching for query %q: %w", r.set.queries[q].ID, err)
		}
		a := answer{query: q, took: took, grades: grade(hits, r.set.judged[q], corpus)}
		a.hits = slices.Clone(hits[:min(depth, len(hits))])
		r.answers = append(r.answers, a)
		r.Progress("search", n+1, len(r.asked))
	}
	return nil
}

// grade looks hits up in the judgments. An item found twice counts once, and one
// that the corpus does not know is not relevant.
func grade(hits []index.Hit, judged []judgment, corpus map[string]int) grades {
	relevant := best(judged)
	g := grades{hits: make([]float64, len(hits)), relevant: len(relevant)}
	seen := make(map[string]bool, len(hits))
	for i, hit := range hits {
		if item, known := corpus[hit.ID]; known && !seen[hit.ID] {
			g.hits[i] = gain(judged, item)
		}
		seen[hit.ID] = true
	}
	for _, j := range relevant[:min(depth, len(relevant))] {
		g.ideal = append(g.ideal, j.score)
	}
	return g
}

// result sums the answers up.
func (r *run) result() *Result {
	var all []grades
	var took []time.Duration
	for i := range r.answers {
		all = append(all, r.answers[i].grades)
		took = append(took, r.answers[i].took)
	}
	slices.Sort(took)
	res := &Result{Scores: score(r.K, all), Corpus: r.searched, Unjudged: len(r.set.queries) - len(r.asked)}
	res.SearchP50 = float64(took[len(took)/2]) / float64(time.Millisecond)
	if r.encoded > 0 {
		res.EncodePerS = float64(r.encoded) / r.took.Seconds()
	}
	return res
}
