// Package packs holds what Honeyguide knows of trades as data: categories,
// colors, attribute values and brands with their English and Chinese names,
// and how merchants' own words map onto them.
//
// Texts given to it may be of any case and width. Chinese is expected in
// simplified characters.
package packs

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Names are what people call a thing. The first of each language is the one to show.
type Names struct {
	En   []string `yaml:"en"`
	Zh   []string `yaml:"zh"`   // simplified
	Hant []string `yaml:"hant"` // traditional, to show; folded they are among Zh
}

// In returns the names in a language ("zh"; anything else is English).
func (n Names) In(language string) []string {
	if language == "zh" {
		return n.Zh
	}
	return n.En
}

// Show returns the name to show in a language.
func (n Names) Show(language string) string {
	return n.In(language)[0]
}

// All returns the names of both languages.
func (n Names) All() []string {
	return slices.Concat(n.En, n.Zh)
}

// Category is a kind of product. Its key is a path: tops.tshirts is a tops.
type Category struct {
	Key    string
	Parent string // empty at the top
	Pack   string // the industry it belongs to: clothing, shoes, home
	Names  Names
	Google string // its path in Google's product taxonomy, or nothing
}

// Color is a colour as shops name it.
type Color struct {
	Name   string
	Family string   // the colour it is a shade of; its own name where it is none
	Hex    []string // sRGB centres, such as #1f2a4d; none for multi
	Names  Names
}

// Value is a value of an attribute, such as striped of pattern.
type Value struct {
	Key   string
	Names Names
}

// The attributes whose values the packs name.
const (
	Gender   = "gender"
	AgeGroup = "age_group"
	Season   = "season"
	Occasion = "occasion"
	Pattern  = "pattern"
	Material = "material"
)

// Attributes returns the attributes in the order of the constants.
func Attributes() []string {
	return []string{Gender, AgeGroup, Season, Occasion, Pattern, Material}
}

// Packs is everything known. It does not change and is safe for concurrent use.
type Packs struct {
	categories map[string]Category
	colors     map[string]Color
	values     map[string][]Value // by attribute, ascending by key
	phrases    Names
	brands     map[string][]string
	broad      map[string][]string
	packs      []*Pack // ascending by key
	giving     Giving

	categoryNames *Lexicon[string] // to key
	colorNames    *Lexicon[string] // to name
	valueNames    map[string]*Lexicon[[]string]
	phraseNames   *Lexicon[struct{}]
}

// Categories returns all categories, ascending by key.
func (p *Packs) Categories() []Category {
	return slices.SortedFunc(maps.Values(p.categories), func(a, b Category) int { return cmp.Compare(a.Key, b.Key) })
}

// Category returns the category of a key and whether there is one.
func (p *Packs) Category(key string) (Category, bool) {
	c, ok := p.categories[key]
	return c, ok
}

// CategoryKeys returns the keys of all categories, ascending.
func (p *Packs) CategoryKeys() []string {
	return slices.Sorted(maps.Keys(p.categories))
}

// CategoryName returns the name to show for a category in a language, or the
// key itself where there is no such category.
func (p *Packs) CategoryName(key, language string) string {
	c, ok := p.categories[key]
	if !ok {
		return key
	}
	return c.Names.Show(language)
}

// Ancestry returns a category's key and the keys above it, the nearest first. A
// product carries all of them, so that a filter on tops finds tops.tshirts.
func (p *Packs) Ancestry(key string) []string {
	var keys []string
	for key != "" {
		keys = append(keys, key)
		key = parent(key)
	}
	return keys
}

func parent(key string) string {
	return key[:max(0, strings.LastIndexByte(key, '.'))]
}

// IsA tells whether a category is another or lies below it.
func IsA(key, ancestor string) bool {
	return key == ancestor || strings.HasPrefix(key, ancestor) && key[len(ancestor)] == '.'
}

// Colors returns all colors, ascending by name.
func (p *Packs) Colors() []Color {
	return slices.SortedFunc(maps.Values(p.colors), func(a, b Color) int { return cmp.Compare(a.Name, b.Name) })
}

// Color returns the colour of a name and whether there is one.
func (p *Packs) Color(name string) (Color, bool) {
	c, ok := p.colors[name]
	return c, ok
}

// All returns the packs, ascending by key.
func (p *Packs) All() []*Pack { return p.packs }

// Pack returns the pack of a key and whether there is one.
func (p *Packs) Pack(key string) (*Pack, bool) {
	for _, pack := range p.packs {
		if pack.Key == key {
			return pack, true
		}
	}
	return nil, false
}

// Giving returns the words of giving presents.
func (p *Packs) Giving() *Giving { return &p.giving }

// valueKeys returns the keys of an attribute's values.
func (p *Packs) valueKeys(attribute string) []string {
	var keys []string
	for _, v := range p.values[attribute] {
		keys = append(keys, v.Key)
	}
	return keys
}

// Values returns the values of an attribute, ascending by key.
func (p *Packs) Values(attribute string) []Value {
	return slices.Clone(p.values[attribute])
}

// WithFamilies returns colours and the families they belong to, each once. A
// product carries them all, so that a filter on blue finds navy blue. Unknown
// names stay as they are.
func (p *Packs) WithFamilies(names []string) []string {
	var all []string
	for _, name := range names {
		for _, n := range []string{name, p.colors[name].Family} {
			if n != "" && !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	return all
}

// Phrases returns phrases that hold a word of a category, colour or attribute
// and mean something else, such as "top rated".
func (p *Packs) Phrases() Names {
	return p.phrases
}

// BrandNames returns what Chinese buyers call a brand, given as it writes itself.
func (p *Packs) BrandNames(brand string) []string {
	return slices.Clone(p.brands[key(brand)])
}
