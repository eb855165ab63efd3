// Package eval measures how well things are found: it reads a set of queries,
// items and judgments, encodes and searches them, and reports the field's
// figures together with a page of pictures.
//
// # The set
//
// A folder holds corpus.jsonl and queries.jsonl, one [Item] a line, and
// qrels.tsv: query id, item id and score, separated by tabs, usually under a
// header. Each may be gzipped (corpus.jsonl.gz). Pictures lie in the folder or in
// its images.zip, by the path that the line gives. An item is relevant when its
// score is above 0.
//
// Two fields go beyond the contract. "category" groups the report. "label" may
// replace qrels.tsv: where that file is absent, the items that carry a query's
// label are its relevant ones, with score 1.
//
// # The figures
//
// All are means over the queries that have at least one relevant item.
//
//   - recall@k: relevant items in the top k over all relevant items. A relevant
//     item that the chosen corpus leaves out counts as missed.
//   - p@k: relevant items in the top k over k.
//   - mrr: one over the rank of the first relevant item, 0 beyond rank 10.
//   - ndcg@10: the sum of score/log2(rank+1) over the top ten, divided by that
//     sum of the best possible order. The gain is linear, as in trec_eval and BEIR.
//
// Equal search scores are ordered by item id.
package eval

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"

	"honeyguide/catalog/index"
	"honeyguide/embed"
)

// Errors. Wrapped with what was wrong; an error of a set names file, line and field.
var (
	// ErrOptions marks options that cannot be met: wrong use, not a wrong set.
	ErrOptions = errors.New("wrong evaluation options")
	// ErrSet marks a set that does not follow the format.
	ErrSet = errors.New("invalid evaluation set")
)

// Corpus chooses what is searched.
type Corpus string

// The corpora.
const (
	Images Corpus = "image" // items with a picture, by their picture
	Texts  Corpus = "text"  // items with a text, by their text
	Both   Corpus = "both"  // all items, by all they have
	Store  Corpus = "store" // all items, by the whole search of a store that holds them
)

// Options say what to measure. The zero value of each but Dir is its default.
type Options struct {
	Dir    string // the set's folder
	Corpus Corpus // Both by default
	K      []int  // the cut-offs of recall and precision; 1 and 10 by default
	Report string // where to write the page of pictures; nowhere by default

	// Progress, if not nil, hears how much of a stage is done. Stages run one
	// after the other: "corpus", "queries", "search", "report".
	Progress func(stage string, done, total int)
}

// Finder is a store's whole search: the best items for a text, a picture or both
// (an empty text or a nil picture is absent), best first, at most limit.
type Finder func(ctx context.Context, text string, picture image.Image, limit int) ([]index.Hit, error)

// depth is the depth of MRR and nDCG, and the number of hits in the report.
const depth = 10

// Retrieval measures one set. Query and item vectors are the mean of the unit
// vectors of what the query or item has (text, picture), brought back to unit
// length; queries always use all they have. Items are searched exactly, one
// query at a time. With the corpus Store, find answers instead and enc is not
// used; otherwise find may be nil.
//
// The errors are ErrOptions, ErrSet, those of enc and find, and ctx's.
func Retrieval(ctx context.Context, enc embed.Joint, opts Options, find Finder) (*Result, error) {
	opts, err := opts.checked(find)
	if err != nil {
		return nil, err
	}
	set, err := open(opts.Dir)
	if err != nil {
		return nil, err
	}
	defer set.pictures.Close()

	r := &run{Options: opts, set: set, enc: enc, find: find}
	if err := r.measure(ctx); err != nil {
		return nil, err
	}
	res := r.result()
	if opts.Report == "" {
		return res, nil
	}
	return res, r.writeReport(ctx, res)
}

// checked fills in defaults and refuses what cannot be met, before any work is done.
func (o Options) checked(find Finder) (Options, error) {
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	if o.Corpus == "" {
		o.Corpus = Both
	}
	if !slices.Contains([]Corpus{Images, Texts, Both, Store}, o.Corpus) {
		return o, fmt.Errorf("%w: corpus %q is none of image, text, both, store", ErrOptions, o.Corpus)
	}
	if o.Corpus == Store && find == nil {
		return o, fmt.Errorf("%w: corpus store needs a store to search", ErrOptions)
	}
	if len(o.K) == 0 {
		o.K = []int{1, 10}
	}
	for _, k := range o.K {
		if k < 1 || k > index.MaxLimit {
			return o, fmt.Errorf("%w: k = %d is outside 1 to %d", ErrOptions, k, index.MaxLimit)
		}
	}
	o.K = slices.Compact(slices.Sorted(slices.Values(o.K)))
	if o.Report == "" {
		return o, nil
	}
	if folder, err := os.Stat(filepath.Dir(o.Report)); err != nil || !folder.IsDir() {
		return o, fmt.Errorf("%w: the report's folder %s is not there", ErrOptions, filepath.Dir(o.Report))
	}
	return o, nil
}
