package outfit

import (
	"cmp"
	"context"
	"fmt"

	"honeyguide/catalog"
	"honeyguide/packs"
)

// Body is what a buyer tells of the one who wears a thing. Zero fields are not
// known.
type Body struct {
	Measures   map[string]float64 // by the packs' names (chest, height, foot); cm, weight in kg, age in years
	Gender     string             // male, female or nothing: it chooses the table where the product does not say
	UsualSize  string             // as its label writes it: M, EU 38, W30
	UsualBrand string             // of the usual size; empty: any
}

// SizeAdvice is the size of a product for a body. Without a size it says why not.
type SizeAdvice struct {
	Size       string   // as the product or the chart writes it
	Between    []string // the two sizes that the body lies between, the smaller first; or none
	Confidence float64  // how likely this size is the one that will be kept, 0 to 1
	InStock    bool
	Row        *catalog.SizeRow // of the chart, in cm
	Chart      string           // the chart's name, or the id of the merchant's
	Why        []catalog.Reason
	Missing    []string // the one measure that would help most, or none
	Language   string
}

// bounds are what a body can measure, in cm, kg and years; and a bed, and a household.
var bounds = map[string][2]float64{
	"height": {15, 260}, "weight": {1, 400}, "age": {0, 120}, "chest": {25, 220}, "underbust": {40, 180}, "waist": {20, 220}, "hip": {25, 240},
	"foot": {5, 40}, "neck": {15, 70}, "head": {25, 75}, "hand": {5, 40}, "wrist": {8, 30}, "finger": {3, 12}, "inseam": {10, 130},
	"bed_width": {30, 300}, "bed_length": {50, 300}, "people": {1, 100},
}

// Check refuses measures that no body has: a catalog.FieldError, most likely of
// another unit.
func (b *Body) Check() error {
	for measure, value := range b.Measures {
		span, ok := bounds[measure]
		if !ok {
			return &catalog.FieldError{Field: "measurements." + measure, Message: "is no measure that sizes go by"}
		}
		if !(value >= span[0] && value <= span[1]) {
			return &catalog.FieldError{Field: "measurements." + fieldOf(measure), Message: fmt.Sprintf("must be %g to %g; lengths are in cm, weight in kg, age in years", span[0], span[1])}
		}
	}
	if b.Gender != "" && b.Gender != male && b.Gender != female {
		return &catalog.FieldError{Field: "measurements.gender", Message: fmt.Sprintf("%q is unknown; use male, female or nothing", b.Gender)}
	}
	return nil
}

// fieldOf is a measure's name in the API.
func fieldOf(measure string) string {
	switch measure {
	case "weight":
		return "weight_kg"
	case "age", "gender", "people":
		return measure
	}
	return measure + "_cm"
}

// Sizer advises sizes by merchants' charts and the packs' tables. It does not
// change and is safe for concurrent use.
type Sizer struct {
	packs *packs.Packs
	body  *bodyModel
}

// NewSizer makes a Sizer of the packs' size systems and what was learned from
// kept sizes.
func NewSizer(p *packs.Packs) *Sizer {
	return &Sizer{packs: p, body: readBodyModel()}
}

// Size advises the size of a store's product. language is of the reasons, en or
// zh; empty is the store's. Measures that no body has are a catalog.FieldError,
// an unknown product is catalog.ErrNotFound.
func (s *Sizer) Size(ctx context.Context, c *catalog.Catalog, storeID, productID string, b Body, language string) (*SizeAdvice, error) {
	if err := b.Check(); err != nil {
		return nil, err
	}
	store, err := c.Store(ctx, storeID)
	if err != nil {
		return nil, err
	}
	p, err := c.Product(ctx, storeID, productID)
	if err != nil {
		return nil, err
	}
	charts, err := c.SizeCharts(ctx, storeID, "", maxCharts)
	if err != nil {
		return nil, err
	}
	if language == "" {
		language = answerLanguage("", nil, store.Locale)
	}
	return s.Advise(&p, charts, b, store.Locale, language), nil
}

// maxCharts is how many of a store's charts are looked at.
const maxCharts = 1000

// Advise advises the size of a product by the fittest of a merchant's charts,
// else by the packs' table for its kind, gender, age group and the shop's locale.
func (s *Sizer) Advise(p *catalog.Product, charts []catalog.SizeChart, b Body, locale, language string) *SizeAdvice {
	a := &SizeAdvice{Why: []catalog.Reason{}, Language: language}
	if only, ok := oneSize(p); ok {
		a.Size, a.Confidence, a.InStock = only, 1, p.Availability == catalog.InStock
		a.say("size", "It comes in one size only.", "这款只有均码一个尺码。")
		return a
	}
	if s.needsGender(p, charts, &b) {
		a.Missing = []string{"gender"}
		a.say("gender", "Sizes differ for women and men: please say for whom it is.", "男女尺码不同，请告诉我是男士穿还是女士穿。")
		return a
	}
	ch := s.chartFor(p, charts, &b, locale)
	if ch == nil {
		name := cmp.Or(s.packs.CategoryName(p.Category, language), p.Title)
		a.say("chart", fmt.Sprintf("There is no size chart for this (%s), so any size would be a guess.", name), fmt.Sprintf("这款商品（%s）没有尺码表，不能随便猜尺码。", name))
		return a
	}
	a.Chart = ch.name.In(language)
	s.advise(a, ch, p, s.evidence(ch, charts, p, &b), &b)
	return a
}

func (a *SizeAdvice) say(field, en, zh string) {
	a.Why = append(a.Why, catalog.Reason{Field: field, Text: pick(a.Language, en, zh)})
}
