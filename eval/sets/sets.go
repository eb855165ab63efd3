// Package sets turns the project's measuring data into evaluation folders that
// package eval reads. The folders are for measuring: they hold other people's
// pictures and belong outside the repository.
//
// The data folder holds catalog.zip (products.csv and images/),
// phone_photos_validation.zip (class/….jpg) and grocery.zip (classes.csv,
// val.txt, iconic/, val/). A product is held out when the CRC-32 (IEEE) of its
// item_group_id is divisible by 20; training uses the same rule, so what is
// measured here was never trained on.
package sets

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"honeyguide/eval"
)

// ErrData marks a data folder that lacks a file or holds another format.
var ErrData = errors.New("measuring data cannot be read")

// Options say what to build.
type Options struct {
	Data string // folder of the measuring data
	Out  string // folder for the sets, made if absent; files of the same names are replaced

	// Chinese, if not nil, names a product type or colour in Chinese, or returns
	// "" where it cannot. It adds the sets "type-words-zh" and "color-words-zh".
	Chinese func(english string) string
	// Progress, if not nil, hears of each set that is finished.
	Progress func(name string)
}

// Build writes these sets, each a folder of Out:
//
//   - names: titles of held-out products; pictures of all products. One is
//     relevant: the product's own. "names R@1, R@10, MRR" of the model card.
//   - type-words, color-words (and -zh): names of the types and colours that at
//     least 10 held-out products have; pictures of the held-out products. Read p@10.
//   - pictures: pictures of held-out products; pictures of training products.
//     Those of the same type are relevant. Read p@10.
//   - color-pictures: the same, relevant by colour.
//   - phone-words: phone photos of clothes; the names of their ten classes.
//     p@1 is the accuracy of choosing a class by its name.
//   - phone-pictures: the same photos; pictures of all products, relevant where
//     their type belongs to the photo's class. Read p@10.
//   - grocery: phone photos of groceries; one clean picture of each of 81 kinds.
//     p@1 is the accuracy.
//
// All but names are judged by labels. It returns ErrData, errors of writing, and
// ctx's error between sets.
func Build(ctx context.Context, opts Options) error {
	rows, err := readCatalog(filepath.Join(opts.Data, catalogZip))
	if err != nil {
		return err
	}
	photos, err := readPhonePhotos(filepath.Join(opts.Data, phoneZip))
	if err != nil {
		return err
	}
	groceries, err := readGroceries(filepath.Join(opts.Data, groceryZip))
	if err != nil {
		return err
	}
	b := &builder{data: opts.Data, out: opts.Out, zips: map[string]string{}}
	for _, s := range append(catalogSets(rows, opts.Chinese), phoneWords(photos), phonePictures(photos, rows), groceries) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := b.write(s); err != nil {
			return fmt.Errorf("building set %s: %w", s.name, err)
		}
		if opts.Progress != nil {
			opts.Progress(s.name)
		}
	}
	return nil
}

const (
	maxNames  = 2000 // queries of the set names
	minOfWord = 10   // held-out products that make a word a query
)

// catalogSets are the sets of catalogue pictures only.
func catalogSets(rows []row, chinese func(string) string) []set {
	var held, trained []row
	for _, r := range rows {
		if r.heldOut() {
			held = append(held, r)
		} else {
			trained = append(trained, r)
		}
	}
	sets := []set{
		names(held, rows),
		words("type-words", held, row.typeName, strings.ToLower),
		words("color-words", held, row.colorName, strings.ToLower),
		pictures("pictures", held, trained, row.typeName),
		pictures("color-pictures", held, trained, row.colorName),
	}
	if chinese != nil {
		sets = append(sets, words("type-words-zh", held, row.typeName, chinese), words("color-words-zh", held, row.colorName, chinese))
	}
	return sets
}

func names(held, all []row) set {
	s := set{name: "names", zip: catalogZip}
	for _, r := range all {
		s.corpus = append(s.corpus, eval.Item{ID: r.id, Image: r.image, Category: r.kind})
	}
	for _, r := range held[:min(maxNames, len(held))] {
		s.queries = append(s.queries, eval.Item{ID: "name-" + r.id, Text: r.title, Category: r.kind})
		s.relevant = append(s.relevant, [2]string{"name-" + r.id, r.id})
	}
	return s
}

// words asks for each frequent value of a label by the word that say gives it.
func words(name string, held []row, label func(row) string, say func(string) string) set {
	s := set{name: name, zip: catalogZip}
	count := map[string]int{}
	for _, r := range held {
		value := label(r)
		s.corpus = append(s.corpus, eval.Item{ID: r.id, Image: r.image, Label: value})
		count[value]++
		if count[value] != minOfWord || value == "" {
			continue
		}
		if word := say(value); word != "" {
			s.queries = append(s.queries, eval.Item{ID: value, Text: word, Label: value})
		}
	}
	return s
}

func pictures(name string, held, trained []row, label func(row) string) set {
	s := set{name: name, zip: catalogZip}
	for _, r := range trained {
		s.corpus = append(s.corpus, eval.Item{ID: r.id, Image: r.image, Label: label(r)})
	}
	for _, r := range held {
		if label(r) != "" {
			s.queries = append(s.queries, eval.Item{ID: r.id, Image: r.image, Label: label(r)})
		}
	}
	return s
}
