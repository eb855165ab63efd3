package catalog

import (
	"context"
	"fmt"

	"honeyguide/catalog/index"
	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
	"honeyguide/embed"
	"honeyguide/embed/photo"
	"honeyguide/packs"
)

// Direction is what products' pictures may be near to: the vector of a picture, or
// of words, with its model. The zero Direction prefers nothing.
type Direction struct {
	model  string // of the joint encoder
	vector embed.Vector
}

// Toward returns the direction of some words, or the zero Direction while they
// cannot be encoded.
func (c *Catalog) Toward(ctx context.Context, text string) (Direction, error) {
	s := c.sight()
	v, err := c.vectorOf(ctx, &s.joint, s.Joint, words.Fold(text))
	return Direction{s.Joint.Model(), v}, err
}

// Ask is a wish for products that can be ordered now, in the store's currency,
// and that a picture or words come near.
type Ask struct {
	Toward  Direction // of another model than the one that answers it prefers nothing
	Filters query.Filters
	Not     query.Exclusions // unlike Filters, these let products pass that say nothing of a field
	Limit   int              // 1 to index.MaxLimit
}

// Candidate is a product that answers an Ask.
type Candidate struct {
	Product  Product
	Nearness float64 // cosine of its picture and Ask.Toward
}

// Candidates answers each ask, in order, nearest first, ties by id; products
// without a picture come last. A category that the store has nothing of costs
// nothing and finds nothing. Filters are taken as given: nothing is relaxed.
func (c *Catalog) Candidates(ctx context.Context, storeID string, asks []Ask) ([][]Candidate, error) {
	store, err := c.Store(ctx, storeID)
	if err != nil {
		return nil, err
	}
	var asked []int // the asks that something may answer
	for i := range asks {
		if key := asks[i].Filters.Category; key == "" || c.facets.has(storeID, tagCategory, key) {
			asked = append(asked, i)
		}
	}
	answers, err := steadily(c, func(s *sight) ([][]index.Hit, error) {
		queries := make([]index.Query, len(asked))
		for n, i := range asked {
			queries[n] = s.buyable(&store, &asks[i])
		}
		return s.nearest(ctx, queries)
	})
	if err != nil {
		return nil, fmt.Errorf("candidates: %w", err)
	}
	var ids []string
	seen := map[string]bool{}
	for _, hits := range answers {
		for _, h := range hits {
			if !seen[h.ID] {
				seen[h.ID] = true
				ids = append(ids, h.ID)
			}
		}
	}
	rows, err := c.products(ctx, storeID, ids)
	if err != nil {
		return nil, err
	}
	found := make([][]Candidate, len(asks))
	for i, hits := range answers {
		for _, h := range hits {
			// the row is the truth: it may have changed since the index saw it
			if p, ok := rows[h.ID]; ok && p.Availability == InStock && p.Cost().Currency == store.Currency {
				found[asked[i]] = append(found[asked[i]], Candidate{p, float64(h.Score)})
			}
		}
	}
	return found, nil
}

// nearest answers queries by pictures, and by words where that leaves room:
// then there are products without a picture.
func (s *sight) nearest(ctx context.Context, queries []index.Query) ([][]index.Hit, error) {
	answers, err := s.index.Search(ctx, queries)
	if err != nil {
		return nil, err
	}
	var again []index.Query
	var short []int
	for i, q := range queries {
		if q.Space = TextSpace; !s.Shared() {
			q.Vector = anyDirection(s.Texts.Dim())
		}
		if len(answers[i]) < q.Limit {
			again, short = append(again, q), append(short, i)
		}
	}
	more, err := s.index.Search(ctx, again)
	if err != nil {
		return nil, err
	}
	for n, i := range short {
		seen := map[string]bool{}
		for _, h := range answers[i] {
			seen[h.ID] = true
		}
		for _, h := range more[n] {
			if !seen[h.ID] && len(answers[i]) < queries[i].Limit {
				answers[i] = append(answers[i], h)
			}
		}
	}
	return answers, nil
}

// buyable is the query of an ask: what can be ordered now at a price to add up.
func (s *sight) buyable(store *Store, a *Ask) index.Query {
	free := 0.0
	filter := index.Filter{{Field: tagAvailability, AnyOf: []string{InStock}}, {Field: numberPrice, Min: &free}}
	for _, l := range positive(&a.Filters, store.Currency, false) {
		filter = append(filter, l.conditions...)
	}
	for _, t := range excluded(&a.Not) {
		filter = append(filter, index.Condition{Field: t.field, NoneOf: t.values})
	}
	v := a.Toward.vector
	if a.Toward.model != s.Joint.Model() || zero(v) {
		v = anyDirection(s.Joint.Dim())
	}
	return index.Query{Store: store.ID, Kind: index.Products, Space: ImageSpace, Vector: v, Filter: filter, Limit: a.Limit}
}

// Subject is what a search is about, before anything is searched.
type Subject struct {
	Product    *Product // the one that was named, or nil
	Toward     Direction
	Category   string         // of the product, or what the photo seems to show; of words see Understood
	Palette    []photo.Swatch // of the photo
	Understood query.Query    // of the words
	Language   string         // to answer in
	Currency   string         // the store's
}

// Subject looks at a search's product, picture or words, without searching. An
// unknown product is ErrNotFound; a picture that cannot be encoded just now is
// ErrUnread, unless the words say what kind of thing it is about.
func (c *Catalog) Subject(ctx context.Context, storeID string, s Search) (*Subject, error) {
	store, err := c.Store(ctx, storeID)
	if err != nil {
		return nil, err
	}
	return steadily(c, func(now *sight) (*Subject, error) { return c.subject(ctx, now, store, s) })
}

func (c *Catalog) subject(ctx context.Context, now *sight, store Store, s Search) (*Subject, error) {
	r := &Result{}
	p, err := c.prepare(ctx, now, store, &s, r)
	if err != nil {
		return nil, err
	}
	if p.unread && r.Understood.Filters.Category == "" {
		return nil, errUnread
	}
	sub := &Subject{Understood: r.Understood, Language: s.Language, Currency: store.Currency, Toward: Direction{now.Joint.Model(), p.picture}}
	switch {
	case p.like != nil:
		product, err := c.Product(ctx, store.ID, s.ProductID)
		if err != nil {
			return nil, err
		}
		sub.Product, sub.Category, sub.Toward.vector = &product, product.Category, p.like.Vectors[ImageSpace]
	case p.view != nil:
		sub.Toward.vector, sub.Palette = p.view.Vector, p.view.Palette
		if len(p.view.Regions) > 0 {
			sub.Category = p.view.Regions[0].Category
		}
	}
	return sub, nil
}

// Packs returns what is known of the trades.
func (c *Catalog) Packs() *packs.Packs { return c.packs }
