package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"honeyguide/catalog/encoders"
	"honeyguide/catalog/index"
	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
	"honeyguide/embed"
	"honeyguide/embed/photo"
)

// probe is a search on its way: what is asked of which space.
type probe struct {
	*sight
	store    Store
	view     *view        // of the picture
	like     *index.Entry // the product to resemble
	text     string       // what ranks, folded
	misspelt []string     // words that were replaced in it
	picture  embed.Vector // of text, to be near to in ImageSpace; nil where it could not be encoded
	title    embed.Vector // of text, in TextSpace; likewise
	words    index.Sparse // of text
	limits   []constraint // what must hold
	except   []string     // ids not to show
	shown    []kind       // what the picture or the product to resemble is; none where a category is asked for
	unread   bool         // a picture was given, but could not be encoded
	level    level        // from which on pictures resemble each other
}

// prepare understands the words and encodes what is to be compared.
func (c *Catalog) prepare(ctx context.Context, now *sight, store Store, s *Search, r *Result) (*probe, error) {
	if s.Asked != nil {
		r.Understood = *s.Asked
	} else {
		r.Understood = c.facets.vocabulary(&store).Understand(s.Text)
	}
	p := &probe{sight: now, store: store, text: ranking(&r.Understood), misspelt: r.Understood.Misspelt, except: s.Except}
	if s.Language == "" {
		s.Language = answerIn(&store, &r.Understood)
	}
	p.limits = append(constraints(&s.Filters, &r.Understood.Filters, &r.Understood.Not, store.Currency), barred(&s.Not)...)
	if s.Picture != nil {
		if err := c.preparePicture(ctx, p, s, r); err != nil {
			return nil, err
		}
	}
	if s.ProductID != "" {
		var err error
		if p.like, err = c.entry(ctx, now, store.ID, s.ProductID); err != nil {
			return nil, err
		}
	}
	c.prepareKinds(p)
	if err := c.prepareText(ctx, p); err != nil {
		return nil, err
	}
	if p.unread && p.text == "" {
		return nil, errUnread
	}
	r.Notices = p.notices(s.Language)
	return p, nil
}

// ErrUnread marks a photo that cannot be compared with anything just now: the
// encoder cannot be reached. Words can be searched for meanwhile.
var ErrUnread = errors.New("the photo cannot be read just now")

var errUnread = fmt.Errorf("%w: %w", ErrUnread, embed.ErrUnavailable)

func (c *Catalog) preparePicture(ctx context.Context, p *probe, s *Search, r *Result) error {
	img := s.Picture
	if s.Region != nil {
		var err error
		if img, err = photo.Crop(img, *s.Region); err != nil {
			return err
		}
	}
	seen, err := c.look(ctx, p.sight, img)
	if err != nil {
		return err
	}
	r.Regions, r.Palette = seen.Regions, seen.Palette
	if p.unread = seen.Vector == nil; !p.unread {
		p.view = &seen
	}
	return nil
}

// prepareKinds finds out which of the store's categories are shown, unless the
// buyer named one.
func (c *Catalog) prepareKinds(p *probe) {
	named := slices.ContainsFunc(p.limits, func(l constraint) bool { return l.field == tagCategory && !l.not })
	switch {
	case named:
	case p.view != nil:
		p.shown = p.kinds.of(p.view.Vector, func(key string) bool { return c.facets.has(p.store.ID, tagCategory, key) })
	case p.like != nil && len(p.like.Tags[tagCategory]) > 0:
		p.shown = []kind{{key: finest(p.like), share: 1}}
	}
}

// finest is the category of an entry itself, among those above it.
func finest(e *index.Entry) string {
	return slices.MaxFunc(e.Tags[tagCategory], func(a, b string) int { return len(a) - len(b) })
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
// a picture, the filters' own names rank. Without encoders the words themselves do.
func (c *Catalog) prepareText(ctx context.Context, p *probe) error {
	if p.text == "" && p.view == nil && p.like == nil && !p.unread {
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
	if p.Shared() {
		var err error
		p.picture, err = c.vectorOf(ctx, &p.joint, p.Joint, p.text)
		p.title = p.picture
		return err
	}
	g, inside := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		p.picture, err = c.vectorOf(inside, &p.joint, p.Joint, p.text)
		return err
	})
	g.Go(func() (err error) {
		p.title, err = c.vectorOf(inside, &p.texts, p.Texts, p.text)
		return err
	})
	return g.Wait()
}

// wordsWithin is how long an encoder may take over a buyer's words.
const wordsWithin = 1500 * time.Millisecond

// vectorOf encodes a buyer's words; nil where the encoder cannot be asked.
func (c *Catalog) vectorOf(ctx context.Context, r *encoders.Rest, enc embed.Texts, text string) (v embed.Vector, err error) {
	err = r.Ask(ctx, wordsWithin, func(ctx context.Context) error {
		vectors, err := embed.EncodeAsked(ctx, enc, []string{text})
		if err == nil {
			v = vectors[0]
		}
		return err
	})
	if err != nil {
		return nil, c.doWithout(ctx, enc.Model(), err)
	}
	return v, nil
}

// lacks reports whether words were to be compared by an encoder that cannot be asked.
func (p *probe) lacks() bool { return p.text != "" && (p.picture == nil || p.title == nil) }

// notices say what could not be done just now.
func (p *probe) notices(language string) []Reason {
	switch {
	case p.unread:
		return []Reason{{"image", pick(language, "Photos cannot be compared at the moment; this is what your words find.", "目前无法比对照片，以下是按文字找到的结果。")}}
	case p.lacks():
		return []Reason{{"text", pick(language, "Search is limited at the moment; this is what the words themselves find.", "目前搜索功能受限，以下是按字面文字找到的结果。")}}
	}
	return []Reason{}
}

// wordsOf are the terms of what a buyer says.
func wordsOf(text string) index.Sparse {
	terms, weights := words.Sparse(words.Field{Text: text, Weight: 1, Pairs: true})
	return index.Sparse{Terms: terms, Weights: weights}
}

// entry loads a living product's entry. One that lives not, or is still to be
// encoded for this encoder, is ErrNotFound.
func (c *Catalog) entry(ctx context.Context, now *sight, storeID, id string) (*index.Entry, error) {
	var making string
	var data []byte
	err := c.db.QueryRowContext(ctx, `SELECT model, data FROM current_entries WHERE store_id = $1 AND kind = $2 AND id = $3`,
		storeID, index.Products, id).Scan(&making, &data)
	if err == nil && encoderOf(making) != now.Model() {
		err = sql.ErrNoRows
	}
	if err != nil {
		return nil, fmt.Errorf("product %q: %w", id, notFound(err))
	}
	e := &index.Entry{Store: storeID, Kind: index.Products, ID: id}
	return e, decodeEntry(data, e, map[string]string{})
}
