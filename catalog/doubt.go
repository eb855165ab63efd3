package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"honeyguide/catalog/index"
	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
)

// doubtBelow is how well the best product within an understood category must
// match the words, relative to the best of all, for the category to be believed.
// docs/benchmarks.md has the measurement it was chosen by.
const doubtBelow = 0.8

// doubt gives up a category that was read from the words when products outside
// it match those words much better: "toy trucks" are no trunks, and a "mac book
// cover" is no book. The words beside the category's name must say so too: that
// dresses are described as going with boots is no reason to show dresses to who
// asks for boots.
func (c *Catalog) doubt(ctx context.Context, p *probe, r *Result) error {
	at := slices.IndexFunc(p.limits, func(l constraint) bool { return l.field == tagCategory && l.importance > 0 && !l.not })
	if at < 0 || len(p.words.Terms) == 0 || p.view != nil {
		return nil
	}
	name, beside := aboutKind(&r.Understood)
	if beside == "" && len(r.Understood.Misspelt) == 0 || strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return nil // a Chinese name is found in one piece, so it is no part of another by chance
	}
	for _, about := range []string{name + " " + beside, beside} {
		if about == "" {
			continue
		}
		if better, err := c.betterOutside(ctx, p, at, wordsOf(about)); err != nil || !better {
			return err
		}
	}
	p.limits, r.Understood.Filters.Category = p.lacking(at).limits, ""
	return nil
}

// betterOutside tells whether products match some words much better without the
// constraint at a place than with it.
func (c *Catalog) betterOutside(ctx context.Context, p *probe, at int, about index.Sparse) (bool, error) {
	ask := func(limits []constraint) index.Query {
		q := index.Query{Store: p.store.ID, Kind: index.Products, Space: index.Words, Words: about, Limit: 1}
		for _, l := range limits {
			if l.importance == 0 || l.field == tagCategory { // what else is asked for says nothing of the kind
				q.Filter = append(q.Filter, l.conditions...)
			}
		}
		return q
	}
	best, err := p.index.Search(ctx, []index.Query{ask(p.limits), ask(p.lacking(at).limits)})
	if err != nil {
		return false, fmt.Errorf("search: %w", err)
	}
	return len(best[1]) > 0 && (len(best[0]) == 0 || best[0][0].Score < doubtBelow*best[1][0].Score), nil
}

// aboutKind is what a request says of the kind of product: its name, and what is
// said beside it; not its colour, nor its brand or price.
func aboutKind(q *query.Query) (name, beside string) {
	var parts []string
	beside = words.Fold(q.Rest)
	for _, m := range q.Mentions {
		if m.Field == query.Category && !m.Negated {
			parts = append(parts, m.Text)
			beside = strings.ReplaceAll(beside, words.Fold(m.Text), " ")
		}
	}
	return words.Fold(strings.Join(parts, " ")), strings.Join(strings.Fields(beside), " ")
}
