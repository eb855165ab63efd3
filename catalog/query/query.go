// Package query understands what a buyer asks for, in English and Chinese: the
// words that name a price, a colour, a category, a brand, a size become
// filters on what the store has; the rest stays for ranking.
//
// The text is split into tokens once. Recognisers then claim tokens, each for
// what it knows, in the order of Vocabulary.Understand.
package query

import (
	"unicode"
	"unicode/utf8"

	"honeyguide/packs"
)

// MaxRunes is how much of a text is read; what comes after is ignored.
const MaxRunes = 500

// The fields that a request can be about. They are the tags of the index, and
// price and stock.
const (
	Category = "category"
	Brand    = "brand"
	Color    = "color"
	Size     = "size"
	Gender   = packs.Gender
	AgeGroup = packs.AgeGroup
	Season   = packs.Season
	Occasion = packs.Occasion
	Pattern  = packs.Pattern
	Material = packs.Material
	Price    = "price"
	Stock    = "in_stock"
)

// Query is a request as understood.
type Query struct {
	Text     string // as it came
	Language string // en or zh: the language to answer in
	Filters  Filters
	Not      Exclusions
	// Rest is what is left for ranking, folded: words that became no filter, and
	// names finer than the value they stand for ("bomber" is a jacket, but not
	// every jacket is one).
	Rest     string
	Mentions []Mention // what was recognised, from left to right
	// Misspelt are words that were taken for others one letter away, as they came,
	// folded. They may be right all the same, such as a name of the trade's own.
	Misspelt []string
}

// Filters are what a product must be. Values of one field are alternatives,
// fields add up. Zero fields ask nothing.
type Filters struct {
	Category  string // a key of the packs; products below it belong
	Brands    []string
	Colors    []string // names of the packs; shades of a family belong to it
	Sizes     []string
	Gender    string
	AgeGroup  string
	Seasons   []string
	Occasions []string
	Patterns  []string
	Materials []string
	PriceMin  *int64 // in minor units of the store's currency, inclusive
	PriceMax  *int64
	InStock   *bool
}

// Exclusions are what a product must not be, by field.
type Exclusions struct {
	Categories, Brands, Colors, Sizes, Genders, AgeGroups []string
	Seasons, Occasions, Patterns, Materials               []string
}

// Mention is something recognised in the text.
type Mention struct {
	Field   string
	Value   string // as in the filter; of a price its currency where that is foreign
	Text    string // the folded words that say it
	Negated bool
	Note    Note
}

// Note tells why a mention did not become the filter it asks for.
type Note string

// The notes of mentions. An empty Note is a mention that was followed.
const (
	Absent          Note = "absent"           // no product of this store has it
	Widened         Note = "widened"          // the nearest wider value was taken
	ForeignCurrency Note = "foreign_currency" // a price in another currency than the store's
	Soft            Note = "soft"             // too few products carry the field: it ranks
)

// Understand reads a buyer's request. Any text is understood somehow: what
// names nothing known is Rest. Text beyond MaxRunes is ignored.
func (v *Vocabulary) Understand(text string) Query {
	s := newSentence(v, shorten(text))
	misspelt := s.correctTypos()
	s.findPrices()
	s.findStock()
	s.findAges()
	s.findSizes()
	s.findNames()
	s.findGroups()
	s.negate()
	s.dropGroups()
	s.chooseCategory()
	s.leaveContext()
	q := Query{Text: text, Language: language(s.text), Misspelt: misspelt}
	s.fill(&q)
	q.Rest = s.rest()
	return q
}

// shorten returns the first MaxRunes of text.
func shorten(text string) string {
	n := 0
	for i := range text {
		if n == MaxRunes {
			return text[:i]
		}
		n++
	}
	return text
}

// language tells which language a text mostly is in: Chinese if it has at
// least as many Chinese characters as words of letters.
func language(text string) string {
	han, latin := 0, 0
	for _, t := range packs.Split(text) {
		switch r, _ := utf8.DecodeRuneInString(t.Text); {
		case isHan(t.Text):
			han++
		case unicode.IsLetter(r):
			latin++
		}
	}
	if han > 0 && han >= latin {
		return "zh"
	}
	return "en"
}
