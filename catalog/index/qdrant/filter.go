package qdrant

import (
	qdrant "github.com/qdrant/go-client/qdrant"

	"honeyguide/catalog/index"
)

// filterOf writes a filter within a store. possible is false when nothing can pass.
//
// Ranges of numbers that an entry lacks fail in Qdrant too, as do tags that it
// lacks; a NoneOf passes those.
func filterOf(store string, filter index.Filter) (written *qdrant.Filter, possible bool) {
	f := &qdrant.Filter{Must: []*qdrant.Condition{qdrant.NewMatchKeyword(fieldStore, store)}}
	for i := range filter {
		switch c := &filter[i]; {
		case c.AnyOf != nil:
			if len(c.AnyOf) == 0 {
				return nil, false
			}
			f.Must = append(f.Must, qdrant.NewMatchKeywords(fieldTags, tags(c.Field, c.AnyOf)...))
		case c.NoneOf != nil:
			if len(c.NoneOf) > 0 {
				f.MustNot = append(f.MustNot, qdrant.NewMatchKeywords(fieldTags, tags(c.Field, c.NoneOf)...))
			}
		default:
			f.Must = append(f.Must, qdrant.NewRange(numberPath(c.Field), &qdrant.Range{Gte: c.Min, Lte: c.Max}))
		}
	}
	return f, true
}

func tags(field string, values []string) []string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = tag(field, value)
	}
	return all
}
