package assistant

import (
	"slices"
	"strings"

	"honeyguide/catalog/query"
	"honeyguide/packs"
)

// tags are the fields of filters that hold names, with where they stand.
func tags(f *query.Filters) map[string]*[]string {
	return map[string]*[]string{query.Brand: &f.Brands, query.Color: &f.Colors, query.Size: &f.Sizes, query.Season: &f.Seasons,
		query.Occasion: &f.Occasions, query.Pattern: &f.Patterns, query.Material: &f.Materials}
}

// bars are the fields of exclusions, with where they stand.
func bars(e *query.Exclusions) map[string]*[]string {
	return map[string]*[]string{query.Category: &e.Categories, query.Brand: &e.Brands, query.Color: &e.Colors, query.Size: &e.Sizes,
		query.Gender: &e.Genders, query.AgeGroup: &e.AgeGroups, query.Season: &e.Seasons, query.Occasion: &e.Occasions,
		query.Pattern: &e.Patterns, query.Material: &e.Materials}
}

// isOther tells whether a request is for another kind of thing than the one before.
func isOther(before, now *query.Query) bool {
	a, b := before.Filters.Category, now.Filters.Category
	return b != "" && a != "" && !packs.IsA(a, b) && !packs.IsA(b, a)
}

// namesSomething tells whether a request names anything that the store can have.
func namesSomething(q *query.Query) bool {
	return slices.ContainsFunc(q.Mentions, func(m query.Mention) bool { return m.Field != query.Stock && m.Note != query.Absent })
}

// refine adds a request to the one before: what it names takes the place of what was
// said of the same field, the rest stays.
func refine(before, now query.Query) query.Query {
	out := before
	out.Text, out.Language, out.Misspelt = firstRunes(now.Text, maxText), now.Language, now.Misspelt
	replaced := map[string]bool{}
	mine, theirs := tags(&out.Filters), tags(&now.Filters)
	for field, values := range theirs {
		if len(*values) > 0 {
			*mine[field], replaced[field] = *values, true
		}
	}
	for field, value := range map[string][2]*string{query.Category: {&out.Filters.Category, &now.Filters.Category},
		query.Gender: {&out.Filters.Gender, &now.Filters.Gender}, query.AgeGroup: {&out.Filters.AgeGroup, &now.Filters.AgeGroup}} {
		if *value[1] != "" {
			*value[0], replaced[field] = *value[1], true
		}
	}
	for _, m := range now.Mentions { // too few products say it to filter by, yet what was said before no longer holds
		if m.Field == query.Gender && m.Note == query.Soft && !m.Negated && m.Value != out.Filters.Gender {
			out.Filters.Gender, replaced[query.Gender] = "", true
		}
	}
	if now.Filters.PriceMin != nil || now.Filters.PriceMax != nil {
		out.Filters.PriceMin, out.Filters.PriceMax = now.Filters.PriceMin, now.Filters.PriceMax
	}
	if now.Filters.InStock != nil {
		out.Filters.InStock = now.Filters.InStock
	}
	out.Mentions = slices.DeleteFunc(slices.Clone(before.Mentions), func(m query.Mention) bool { return !m.Negated && replaced[m.Field] })
	for _, m := range now.Mentions {
		if !slices.Contains(out.Mentions, m) {
			out.Mentions = append(out.Mentions, m)
		}
	}
	allow(&out, &now.Filters)
	for field, values := range bars(&now.Not) {
		bar(&out, field, *values...)
	}
	out.Rest = firstRunes(strings.TrimSpace(now.Rest+" "+before.Rest), maxRest) // the newest words first: they outlast the oldest
	return out
}

// allow takes back the exclusion of what is asked for now.
func allow(q *query.Query, asked *query.Filters) {
	barred := bars(&q.Not)
	for field, values := range tags(asked) {
		*barred[field] = slices.DeleteFunc(slices.Clone(*barred[field]), func(v string) bool { return slices.Contains(*values, v) })
	}
}

// bar rules values of a field out and takes them from the filter.
func bar(q *query.Query, field string, values ...string) {
	barred := bars(&q.Not)[field]
	*barred = append(slices.Clone(*barred), values...)
	slices.Sort(*barred)
	*barred = slices.Compact(*barred)
	if wanted, ok := tags(&q.Filters)[field]; ok {
		*wanted = slices.DeleteFunc(slices.Clone(*wanted), func(v string) bool { return slices.Contains(values, v) })
	}
	q.Mentions = slices.DeleteFunc(slices.Clone(q.Mentions), func(m query.Mention) bool {
		return m.Field == field && !m.Negated && slices.Contains(values, m.Value)
	})
}

// person is what stays of a request when another kind of thing is asked for: who it is for.
func person(q query.Query) query.Query {
	kept := query.Query{Language: q.Language, Filters: query.Filters{Gender: q.Filters.Gender, AgeGroup: q.Filters.AgeGroup}}
	for _, m := range q.Mentions {
		if (m.Field == query.Gender || m.Field == query.AgeGroup) && !m.Negated {
			kept.Mentions = append(kept.Mentions, m)
		}
	}
	return kept
}
