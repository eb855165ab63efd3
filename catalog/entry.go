package catalog

import (
	"strings"

	"honeyguide/catalog/encoders"
	"honeyguide/catalog/index"
	"honeyguide/catalog/words"
	"honeyguide/embed"
)

// The dense spaces of a product. The first is the joint encoder's, so words and
// photos may be asked of it; of the second, too, unless texts have an encoder of
// their own.
const (
	ImageSpace = "image" // its main picture
	TextSpace  = "text"  // its title, category and colours
)

// The fields that filters see. The tag fields carry the product's values; a
// category carries its ancestors, and a colour its family, so that the wider
// value finds the narrower one.
const (
	tagCategory     = "category"
	tagBrand        = "brand"
	tagColor        = "color"
	tagSize         = "size"
	tagGender       = "gender"
	tagAgeGroup     = "age_group"
	tagSeason       = "season"
	tagOccasion     = "occasion"
	tagPattern      = "pattern"
	tagMaterial     = "material"
	tagAvailability = "availability"
	numberPrice     = "price" // what a buyer pays, in minor units
)

// Spaces returns the lengths of the vectors that encoders give products, by
// space; texts is nil where encoder encodes what they say.
func Spaces(encoder embed.Joint, texts embed.Texts) map[string]int {
	return spacesOf(encoders.NewPair(encoder, texts))
}

func spacesOf(p encoders.Pair) map[string]int {
	return map[string]int{ImageSpace: p.Joint.Dim(), TextSpace: p.Texts.Dim()}
}

// Model names the vectors that encoders give products, as the database and an
// index outside of this process remember them.
func Model(encoder embed.Joint, texts embed.Texts) string {
	return encoders.NewPair(encoder, texts).Model()
}

// Numbers are the fields by which ranges are asked for.
var Numbers = []string{numberPrice, numberFrom, numberUntil}

// newEntry is what the index holds of a product. vectors may lack a space. A
// price in another currency than the store's is no number to compare.
func (c *Catalog) newEntry(storeID, currency string, p *Product, vectors map[string][]float32) index.Entry {
	terms, weights := words.Document(
		words.Field{Text: p.Title, Weight: 2, Pairs: true},
		words.Field{Text: p.Attributes["title_zh"], Weight: 2, Pairs: true},
		words.Field{Text: strings.Join([]string{p.Brand, p.ProductType, strings.Join(p.Colors, " "), p.Material, p.Pattern, p.Occasion}, "\n"), Weight: 1},
		words.Field{Text: p.Description, Weight: 1},
		words.Field{Text: p.Attributes["description_zh"], Weight: 1},
	)
	e := index.Entry{
		Store: storeID, Kind: index.Products, ID: p.ID, Vectors: vectors,
		Words:   index.Sparse{Terms: terms, Weights: weights},
		Tags:    map[string][]string{},
		Numbers: map[string]float64{},
	}
	if cost := p.Cost(); cost.Currency == currency {
		e.Numbers[numberPrice] = float64(cost.Amount)
	}
	for field, value := range map[string]string{
		tagBrand: p.Brand, tagGender: p.Gender, tagAgeGroup: p.AgeGroup, tagSeason: p.Season, tagOccasion: p.Occasion,
		tagPattern: p.Pattern, tagMaterial: p.Material, tagAvailability: p.Availability,
	} {
		if value != "" {
			e.Tags[field] = []string{value}
		}
	}
	if p.Category != "" {
		e.Tags[tagCategory] = c.packs.Ancestry(p.Category)
	}
	if len(p.Colors) > 0 {
		e.Tags[tagColor] = c.packs.WithFamilies(p.Colors)
	}
	if len(p.Sizes) > 0 {
		e.Tags[tagSize] = p.Sizes
	}
	return e
}

// describe is what a product's text vector is made from: what a picture could
// show. Longer texts blur it.
func (c *Catalog) describe(p *Product) string {
	parts := []string{p.Title}
	if p.Category != "" {
		parts = append(parts, c.packs.CategoryName(p.Category, "en"))
	}
	return words.Fold(strings.Join(append(parts, p.Colors...), " "))
}
