package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
// cover" is no book.
func (c *Catalog) doubt(ctx context.Context, p *probe, r *Result) error {
	at := slices.IndexFunc(p.limits, func(l constraint) bool { return l.field == tagCategory && l.importance > 0 && !l.not })
	if at < 0 || len(p.words.Terms) == 0 || p.view != nil {
		return nil
	}
	about := wordsOf(aboutKind(&r.Understood))
	ask := func(limits []constraint) index.Query {
		q := index.Query{Store: p.store.ID, Kind: index.Products, Space: index.Words, Words: about, Limit: 1}
		for _, l := range limits {
			if l.importance == 0 || l.field == tagCategory { // what else is asked for says nothing of the kind
				q.Filter = append(q.Filter, l.conditions...)
			}
		}
		return q
	}
	best, err := c.index.Search(ctx, []index.Query{ask(p.limits), ask(p.lacking(at).limits)})
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	if len(best[1]) == 0 || len(best[0]) > 0 && best[0][0].Score >= doubtBelow*best[1][0].Score {
		return nil
	}
	p.limits, r.Understood.Filters.Category = p.lacking(at).limits, ""
	return nil
}

// aboutKind is what a request says of the kind of product: not its colour, nor
// its brand or price.
func aboutKind(q *query.Query) string {
	var parts []string
	for _, m := range q.Mentions {
		if m.Field == query.Category && !m.Negated {
			parts = append(parts, m.Text)
		}
	}
	return words.Fold(strings.Join(append(parts, q.Rest), " "))
}
