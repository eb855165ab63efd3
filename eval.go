package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/schollz/progressbar/v3"

	"honeyguide/catalog"
	"honeyguide/catalog/index"
	"honeyguide/embed/builtin"
	"honeyguide/embed/openai"
	"honeyguide/eval"
	"honeyguide/eval/sets"
	"honeyguide/packs"
)

type evalRetrievalCmd struct {
	Dir    string `arg:"" help:"Folder with corpus.jsonl, queries.jsonl, qrels.tsv and the pictures."`
	Report string `help:"Write a page of the worst and some other queries with their hits as pictures." placeholder:"FILE"`
	Corpus string `help:"What is searched: pictures, texts, both, or a store that holds them, with all its search does." enum:"image,text,both,store" default:"both"`
	K      []int  `help:"Cut-offs of recall and precision." default:"1,10"`

	Encoder Encoder `embed:"" prefix:"encoder-" group:"Another encoder than the built-in one:"`
}

// Validate names every setting that cannot be used.
func (c *evalRetrievalCmd) Validate() error {
	if c.Encoder.URL != "" && c.Encoder.Form == string(openai.Text) && c.Corpus != string(eval.Store) {
		return errors.New("--encoder-form: text has no pictures to measure; with --corpus store it is measured as part of the search")
	}
	return c.Encoder.Validate()
}

// Run measures one set and prints the figures as one JSON object.
func (c *evalRetrievalCmd) Run(ctx context.Context, to streams) error {
	log := slog.New(slog.NewTextHandler(to.err, nil))
	encoder, _, done, err := c.Encoder.open(ctx, log)
	if err != nil {
		return err
	}
	defer done()
	opts := eval.Options{Dir: c.Dir, Corpus: eval.Corpus(c.Corpus), K: c.K, Report: c.Report}
	opts.Progress = stageBar(to)
	var find eval.Finder
	if opts.Corpus == eval.Store {
		a, finder, err := evalStore(ctx, c.Dir, c.Encoder)
		if err != nil {
			return err
		}
		defer os.RemoveAll(a.folder)
		defer a.Close()
		find = finder
	}
	result, err := eval.Retrieval(ctx, encoder, opts, find)
	if errors.Is(err, eval.ErrOptions) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(to.out).Encode(result)
}

// stageBar shows the progress of one stage after the other.
func stageBar(to streams) func(stage string, done, total int) {
	bar, stage := (*progressbar.ProgressBar)(nil), ""
	return func(name string, done, total int) {
		if name != stage {
			bar, stage = newBar(to.err, name), name
			bar.ChangeMax(max(total, 1))
		}
		_ = bar.Set(done) // a terminal that went away is no reason to stop
	}
}

// evalStore syncs a set's corpus into a store of its own, which lives as long as the measuring.
func evalStore(ctx context.Context, dir string, e Encoder) (*app, eval.Finder, error) {
	folder, err := os.MkdirTemp("", "honeyguide-eval-")
	if err != nil {
		return nil, nil, err
	}
	storage := Storage{Data: folder, Encoder: e}
	a, err := storage.open(ctx, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(folder))
	}
	store, err := a.catalog.NewStore(ctx, catalog.Settings{Name: "eval", Currency: "USD", Locale: "en"})
	if err == nil {
		err = a.syncSet(ctx, store.ID, dir)
	}
	if err != nil {
		return nil, nil, errors.Join(err, a.Close(), os.RemoveAll(folder))
	}
	return a, func(ctx context.Context, text string, picture image.Image, limit int) ([]index.Hit, error) {
		s := catalog.Search{Text: text, Limit: min(limit, catalog.MaxPage)}
		if picture != nil {
			s.Picture = upright(picture)
		}
		r, err := a.catalog.Find(ctx, store.ID, s)
		if err != nil {
			return nil, err
		}
		hits := make([]index.Hit, len(r.Products))
		for i, f := range r.Products {
			hits[i] = index.Hit{ID: f.Product.ID, Score: float32(f.Score)}
		}
		return hits, nil
	}, nil
}

func (a *app) syncSet(ctx context.Context, storeID, dir string) error {
	path := filepath.Join(a.folder, "set.zip")
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = eval.WriteFeed(ctx, dir, f)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	job, err := a.catalog.Sync(ctx, storeID, path, catalog.Full, true, func(catalog.Job) {})
	if err == nil && job.State != catalog.Done {
		err = fmt.Errorf("the set could not be synced: %s, %v", job.State, job.Errors)
	}
	return err
}

// upright is any decoded picture in the form that searches take.
func upright(img image.Image) *image.NRGBA {
	if n, ok := img.(*image.NRGBA); ok {
		return n
	}
	n := image.NewNRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(n, n.Bounds(), img, img.Bounds().Min, draw.Src)
	return n
}

type evalMatchedCmd struct {
	Corpus string `arg:"" help:"Set whose corpus is the store's pictures."`
	Yes    string `arg:"" help:"Set whose queries are photos of what the store sells."`
	No     string `arg:"" help:"Set whose queries are photos of other things."`
}

// Run prints the error rates of each threshold as one JSON object.
func (c *evalMatchedCmd) Run(ctx context.Context, to streams) error {
	encoder, err := builtin.New()
	if err != nil {
		return err
	}
	m, err := eval.MeasureMatched(ctx, encoder, c.Corpus, c.Yes, c.No, stageBar(to))
	if err != nil {
		return err
	}
	return json.NewEncoder(to.out).Encode(m)
}

type evalSetsCmd struct {
	Data string `arg:"" help:"Folder of the data sets; docs/benchmarks.md says which."`
	Out  string `arg:"" help:"Folder for the evaluation sets."`
}

// Run builds the evaluation sets.
func (c *evalSetsCmd) Run(ctx context.Context, to streams) error {
	known, err := packs.Load()
	if err != nil {
		return err
	}
	chinese := func(english string) string {
		if color, ok := known.Color(strings.ToLower(english)); ok {
			return color.Names.Show("zh")
		}
		if key, _ := known.CategoryOf(english, ""); key != "" {
			return known.CategoryName(key, "zh")
		}
		return ""
	}
	return sets.Build(ctx, sets.Options{Data: c.Data, Out: c.Out, Chinese: chinese, Progress: func(name string) { fmt.Fprintln(to.err, name) }})
}
