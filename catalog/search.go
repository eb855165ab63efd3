package catalog

import (
	"context"
	"image"

	"honeyguide/catalog/query"
	"honeyguide/embed/photo"
)

// Search is what a buyer asks: words, a picture, a product to resemble, or any
// of them together. Filters given outright outweigh what the words say.
type Search struct {
	Text      string
	Asked     *query.Query // the words as already understood, such as with what was said before; in place of Text
	Picture   *image.NRGBA // upright
	PhotoID   string       // of a kept photo that Picture is, whose parts are known; empty: they are looked for
	Region    *photo.Region
	ProductID string
	Filters   query.Filters
	Not       query.Exclusions // what no product shown is, in the packs' own names; never given up
	Except    []string         // ids of products not to show, up to MaxExcept
	Skip      int              // hits of earlier pages
	Limit     int              // 1 to MaxPage
	Language  string           // of the reasons: en or zh; empty: the text's own, or the store's without a text
}

// Limits of a search.
const (
	MaxPage = 50
	MaxSkip = 450 // deeper than this nobody looks
	// MaxExcept leaves room below depth for what is shown.
	MaxExcept = 150
	depth     = 200 // hits asked of each space, on every page the same: pages are cut from one ranking
)

// Found is a product that answers a search, and why.
type Found struct {
	Product Product  `json:"product"`
	Score   float64  `json:"score" doc:"0 to 1, comparable within one answer"`
	Why     []Reason `json:"why" nullable:"false"`
}

// Reason is why a product is shown, in words derived from its row.
type Reason struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

// Match says how well an answer fits.
type Match string

// How well an answer fits: None means that nothing in the store resembles the photo.
const (
	MatchYes  Match = "yes"
	MatchNear Match = "near"
	MatchNone Match = "none"
)

// Result answers a Search.
type Result struct {
	Understood query.Query
	Relaxed    []Reason // constraints that were given up, so that anything fits
	Notices    []Reason // what could not be done just now: compare the photo (image), or the words' meaning (text)
	Products   []Found
	Regions    []Region
	Palette    []photo.Swatch
	Matched    Match
	Next       int // Skip of the next page, or 0 at the end
}

// Find answers a search over one store. A filter, page or region that cannot be
// is an ErrInvalid, mostly a FieldError; an unknown ProductID is ErrNotFound.
func (c *Catalog) Find(ctx context.Context, storeID string, s Search) (*Result, error) {
	if s.Limit < 1 || s.Limit > MaxPage {
		return nil, invalid("limit", "must be 1 to %d", MaxPage)
	}
	if s.Skip < 0 || s.Skip > MaxSkip {
		return nil, invalid("cursor", "this search has no more pages; narrow it instead")
	}
	if len(s.Except) > MaxExcept {
		return nil, invalid("except", "%d products at most, not %d", MaxExcept, len(s.Except))
	}
	store, err := c.Store(ctx, storeID)
	if err != nil {
		return nil, err
	}
	if s.Filters, err = c.given(&store, &s.Filters); err != nil {
		return nil, err
	}
	parts := func() []Region { return nil }
	switch {
	case s.Picture == nil || s.Region != nil: // a part has no parts
	case s.PhotoID != "":
		parts = func() []Region { return c.keptParts(ctx, storeID, s.PhotoID) }
	default:
		found := c.partsOf(ctx, s.Picture)
		parts = func() []Region { return <-found }
	}
	r, err := steadily(c, func(now *sight) (*Result, error) { return c.find(ctx, now, store, s) })
	if err == nil {
		r.Regions = append(r.Regions, parts()...)
	}
	return r, err
}

func (c *Catalog) find(ctx context.Context, now *sight, store Store, s Search) (*Result, error) {
	r := &Result{Products: []Found{}, Relaxed: []Reason{}, Regions: []Region{}, Palette: []photo.Swatch{}}
	p, err := c.prepare(ctx, now, store, &s, r)
	if err != nil {
		return nil, err
	}
	if p.level, err = c.levelOf(ctx, p); err != nil {
		return nil, err
	}
	if err := c.doubt(ctx, p, r); err != nil {
		return nil, err
	}
	ranked, err := c.rankRelaxing(ctx, p, &s, r)
	if err != nil {
		return nil, err
	}
	if r.Matched = match(p, ranked, len(r.Relaxed) > 0); r.Matched == MatchNone {
		r.Relaxed = []Reason{} // nothing is shown instead
		return r, nil
	}
	return r, c.fill(ctx, p, &s, ranked, r)
}

// fill loads the page's rows and explains each.
func (c *Catalog) fill(ctx context.Context, p *probe, s *Search, ranked []hit, r *Result) error {
	page := ranked[min(s.Skip, len(ranked)):min(s.Skip+s.Limit, len(ranked))]
	ids := make([]string, len(page))
	for i, h := range page {
		ids[i] = h.id
	}
	rows, err := c.products(ctx, p.store.ID, ids)
	if err != nil {
		return err
	}
	for _, h := range page {
		if product, ok := rows[h.id]; ok { // else it was deleted meanwhile
			r.Products = append(r.Products, Found{Product: product, Score: h.score, Why: c.why(p, &product, h, s.Language)})
		}
	}
	if next := s.Skip + s.Limit; len(ranked) > next && next <= MaxSkip {
		r.Next = next
	}
	return nil
}
