package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"honeyguide/catalog/index"
	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
	"honeyguide/embed"
	"honeyguide/embed/photo"
)

// probe is a search on its way: what is asked of which space.
type probe struct {
	store    Store
	view     *view        // of the picture
	like     *index.Entry // the product to resemble
	text     string       // what ranks, folded
	misspelt []string     // words that were replaced in it
	vector   embed.Vector // of text
	words    index.Sparse // of text
	limits   []constraint // what must hold
	except   []string     // ids not to show
	kinds    []kind       // what the picture or the product to resemble is; none where a category is asked for
	dim      int          // of the encoder
}

// prepare understands the words and encodes what is to be compared.
func (c *Catalog) prepare(ctx context.Context, store Store, s *Search, r *Result) (*probe, error) {
	if s.Asked != nil {
		r.Understood = *s.Asked
	} else {
		r.Understood = c.facets.vocabulary(&store).Understand(s.Text)
	}
	p := &probe{store: store, text: ranking(&r.Understood), misspelt: r.Understood.Misspelt, except: s.Except, dim: c.encoder.Dim()}
	if s.Language == "" {
		s.Language = answerIn(&store, &r.Understood)
	}
	p.limits = append(constraints(&s.Filters, &r.Understood.Filters, &r.Understood.Not, store.Currency), barred(&s.Not)...)
	if s.Picture != nil {
		img := s.Picture
		if s.Region != nil {
			var err error
			if img, err = photo.Crop(img, *s.Region); err != nil {
				return nil, err
			}
		}
		seen, err := c.look(ctx, img)
		if err != nil {
			return nil, err
		}
		p.view, r.Regions, r.Palette = &seen, seen.Regions, seen.Palette
	}
	if s.ProductID != "" {
		var err error
		if p.like, err = c.entry(ctx, store.ID, s.ProductID); err != nil {
			return nil, err
		}
	}
	c.prepareKinds(p)
	return p, c.prepareText(ctx, p)
}

// prepareKinds finds out which of the store's categories are shown, unless the
// buyer named one.
func (c *Catalog) prepareKinds(p *probe) {
	named := slices.ContainsFunc(p.limits, func(l constraint) bool { return l.field == tagCategory && !l.not })
	switch {
	case named:
	case p.view != nil:
		p.kinds = c.names.kinds(p.view.Vector, func(key string) bool { return c.facets.has(p.store.ID, tagCategory, key) })
	case p.like != nil && len(p.like.Tags[tagCategory]) > 0:
		finest := slices.MaxFunc(p.like.Tags[tagCategory], func(a, b string) int { return len(a) - len(b) })
		p.kinds = []kind{{key: finest, share: 1}}
	}
}

// answerIn is the language of an answer that none was asked for.
func answerIn(store *Store, q *query.Query) string {
	if strings.TrimSpace(q.Text) == "" && strings.HasPrefix(strings.ToLower(store.Locale), "zh") {
		return "zh"
	}
	return q.Language
}

// ranking is the part of a request that ranks: what named a filter too, since
// among red things some are redder, but no prices and nothing unwanted.
func ranking(q *query.Query) string {
	var parts []string
	for _, m := range q.Mentions {
		if !m.Negated && m.Field != query.Price && m.Field != query.Stock {
			parts = append(parts, m.Text)
		}
	}
	return strings.Join(append(parts, q.Rest), " ")
}

// prepareText encodes the words that rank. For filters alone, without words or
// a picture, the filters' own names rank.
func (c *Catalog) prepareText(ctx context.Context, p *probe) error {
	if p.text == "" && p.view == nil && p.like == nil {
		for _, l := range p.limits {
			if !l.not && len(l.values) > 0 {
				p.text += l.show(c.labels, "en") + " "
			}
		}
	}
	p.text = words.Fold(strings.TrimSpace(p.text))
	if p.text == "" {
		return nil
	}
	p.words = wordsOf(strings.Join(append([]string{p.text}, p.misspelt...), "\n"))
	vectors, err := c.encoder.EncodeTexts(ctx, []string{p.text})
	if err != nil {
		return fmt.Errorf("encode words: %w", err)
	}
	p.vector = vectors[0]
	return nil
}

// wordsOf are the terms of what a buyer says.
func wordsOf(text string) index.Sparse {
	terms, weights := words.Sparse(words.Field{Text: text, Weight: 1, Pairs: true})
	return index.Sparse{Terms: terms, Weights: weights}
}

// entry loads a living product's entry. One that lives not, or is still to be
// encoded for this encoder, is ErrNotFound.
func (c *Catalog) entry(ctx context.Context, storeID, id string) (*index.Entry, error) {
	var making string
	var data []byte
	err := c.db.QueryRowContext(ctx, `SELECT model, data FROM entries WHERE store_id = $1 AND kind = $2 AND id = $3`,
		storeID, index.Products, id).Scan(&making, &data)
	if err == nil && encoderOf(making) != c.encoder.Model() {
		err = sql.ErrNoRows
	}
	if err != nil {
		return nil, fmt.Errorf("product %q: %w", id, notFound(err))
	}
	e := &index.Entry{Store: storeID, Kind: index.Products, ID: id}
	return e, decodeEntry(data, e, map[string]string{})
}
