// Package outfit advises: what completes an outfit or a set, what makes a
// present, which size fits. Its rules are the packs'; what it learned of clothes
// worn together stands in small tables beside it. Everything it says of a
// product comes from the product's row.
package outfit

import (
	"context"

	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/packs"
)

// Finder finds products that may join an outfit. A *catalog.Catalog is one.
type Finder interface {
	// Candidates answers each ask with products that can be ordered now, nearest first.
	Candidates(ctx context.Context, storeID string, asks []catalog.Ask) ([][]catalog.Candidate, error)
}

// Wish is what an outfit is wanted for. Zero fields leave the choice open.
type Wish struct {
	Subject   *catalog.Subject // what it is made around
	Set       string           // a pack's set, such as outfit or photo-kit
	Occasion  string           // in any words that the packs know
	Season    string
	Gender    string
	AgeGroup  string
	BudgetMax int64                      // for all pieces, in minor units of the store's currency; 0: no limit
	Keep      map[string]catalog.Product // by slot: pieces that stay, even beside what ill becomes them
	Swap      []string                   // slots to be filled anew beside Keep: each outfit has these and no others
	Exclude   []string                   // ids of products not to be shown
	Limit     int                        // 1 to MaxOutfits
	Language  string                     // of the reasons: en or zh; empty: the subject's
}

// MaxOutfits bounds Wish.Limit.
const MaxOutfits = 6

// Advice answers a Wish. Without outfits, Reason says why there are none.
type Advice struct {
	Outfits []Outfit `json:"outfits" nullable:"false"`
	Anchor  Anchor   `json:"anchor"`
	Reason  string   `json:"reason" doc:"Why there are no outfits, or empty"`
}

// Anchor is what an outfit is made around. It is not sold again.
type Anchor struct {
	Kind     string           `json:"kind" enum:"product,photo,words"`
	Category string           `json:"category" doc:"A key of the packs' taxonomy, or empty when it was not understood"`
	Label    string           `json:"label"`
	Colors   []string         `json:"colors" nullable:"false"`
	Gender   string           `json:"gender"`
	Slot     string           `json:"slot" doc:"The place that it takes"`
	Product  *catalog.Product `json:"product" doc:"Where the anchor is a product of this store, else null"`
}

// Outfit is products that go together with the anchor.
type Outfit struct {
	Anchor        Anchor           `json:"anchor"`
	Set           string           `json:"set" doc:"The pack's set that it completes, such as outfit"`
	Label         string           `json:"label"`
	Pieces        []Piece          `json:"pieces" nullable:"false" doc:"What goes best with the anchor first"`
	Total         money.Money      `json:"total" doc:"Of the pieces, without the anchor"`
	Score         float64          `json:"score" doc:"0 to 1"`
	Why           []catalog.Reason `json:"why" nullable:"false"`
	Missing       []string         `json:"missing" nullable:"false" doc:"Slots that the store, or the budget, has nothing for"`
	MissingLabels []string         `json:"missing_labels" nullable:"false" doc:"The names of these slots, in the answer's language"`
}

// Piece is a product in its slot.
type Piece struct {
	Slot    string           `json:"slot"`
	Label   string           `json:"label" doc:"The slot's name"`
	Product catalog.Product  `json:"product"`
	Score   float64          `json:"score" doc:"0 to 1"`
	Why     []catalog.Reason `json:"why" nullable:"false"`
}

// Advisor knows the packs' rules and what was learned. It does not change and is
// safe for concurrent use.
type Advisor struct {
	packs   *packs.Packs
	learned *learned
	tones   map[string]tone
	below   map[string][]string      // by category: it and those under it, ascending
	pairs   map[string][]*packs.Pair // by each category that they begin with
	claims  map[*packs.Pair]claim    // what their reasons speak of
}

// New makes an Advisor. It panics if the tables built into it are broken, which
// its tests exclude.
func New(p *packs.Packs) *Advisor {
	l, err := newLearned(togetherText, adviceText)
	if err != nil {
		panic(err)
	}
	a := &Advisor{packs: p, learned: l, tones: tones(p), below: map[string][]string{}, pairs: map[string][]*packs.Pair{}, claims: map[*packs.Pair]claim{}}
	for _, key := range p.CategoryKeys() {
		for _, over := range p.Ancestry(key) {
			a.below[over] = append(a.below[over], key)
		}
	}
	for _, pack := range p.All() {
		for i := range pack.Pairs {
			pair := &pack.Pairs[i]
			a.claims[pair] = claimOf(p, pair.Why)
			for _, key := range pair.When {
				a.pairs[key] = append(a.pairs[key], pair)
			}
		}
	}
	return a
}

// thing is what is compared: the anchor or a candidate.
type thing struct {
	category, gender, ageGroup, season, occasion string
	colors                                       []string
	palette                                      palette
	loud                                         bool
	group                                        string // shades of one thing share it
	cost                                         int64
	product                                      *catalog.Product
	toward                                       catalog.Direction // of the anchor
}

// thingOf makes a product a thing.
func (a *Advisor) thingOf(p *catalog.Product) thing {
	t := thing{category: p.Category, gender: p.Gender, ageGroup: p.AgeGroup, season: p.Season, occasion: p.Occasion, colors: p.Colors,
		palette: a.paletteOf(p.Colors), loud: loud(p.Pattern, p.Colors), group: p.ItemGroupID, cost: p.Cost().Amount, product: p}
	if t.group == "" || t.group == p.ID {
		t.group = p.Brand + "\n" + a.bare(p.Title)
	}
	return t
}
