package packs

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed data/*.yaml data/packs/*.yaml
var data embed.FS

// ErrInvalid marks data that contradict themselves: a name that two categories
// claim, a language without a name, a shade of no colour.
var ErrInvalid = errors.New("invalid packs")

// file is the content of one data file.
type file struct {
	Categories map[string]Names            `yaml:"categories"`
	Colors     map[string]colour           `yaml:"colors"`
	Shades     map[string]colour           `yaml:"shades"`
	Attributes map[string]map[string]Names `yaml:"attributes"`
	Phrases    Names                       `yaml:"phrases"`
	Brands     map[string][]string         `yaml:"brands"`
	Broad      map[string][]string         `yaml:"broad"`
	Recipients map[string]Recipient        `yaml:"recipients"`
	Giving     map[string]GivingDay        `yaml:"giving"`
	Interests  map[string]Names            `yaml:"interests"`
}

type colour struct {
	Of    string `yaml:"of"`
	Hex   hexes  `yaml:"hex"`
	Names `yaml:",inline"`
}

// hexes is one colour code or a list of them.
type hexes []string

func (h *hexes) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*h = hexes{node.Value}
		return nil
	}
	return node.Decode((*[]string)(h))
}

// Load reads the data that the program carries. It takes some milliseconds:
// load once and pass the result on. An error means that the build is broken.
func Load() (*Packs, error) {
	return load(data)
}

func load(files fs.FS) (*Packs, error) {
	p := &Packs{
		categories: map[string]Category{}, colors: map[string]Color{}, values: map[string][]Value{},
		brands: map[string][]string{}, broad: map[string][]string{},
	}
	names, err := fs.Glob(files, "data/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		var f file
		if _, err := decode(files, name, &f); err != nil {
			return nil, err
		}
		if err := p.add(strings.TrimSuffix(path.Base(name), ".yaml"), f); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := p.addPacks(files); err != nil {
		return nil, err
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	return p, p.nameAll()
}

// addPacks takes in the packs, each with its categories.
func (p *Packs) addPacks(files fs.FS) error {
	names, err := fs.Glob(files, "data/packs/*.yaml")
	if err != nil {
		return err
	}
	for _, name := range names {
		pack, f, err := readPack(files, name)
		if err != nil {
			return err
		}
		p.packs = append(p.packs, pack)
		for key, c := range f.Categories {
			if other, ok := p.categories[key]; ok {
				return fmt.Errorf("%w: category %s of %s is also in %s", ErrInvalid, key, pack.Key, other.Pack)
			}
			p.categories[key] = Category{Key: key, Parent: parent(key), Pack: pack.Key, Names: c.Names, Google: c.Google}
		}
	}
	for _, pack := range p.packs {
		if err := p.checkPack(pack); err != nil {
			return err
		}
	}
	return nil
}

// add takes in one file, the pack.
func (p *Packs) add(pack string, f file) error {
	for key, names := range f.Categories {
		if other, ok := p.categories[key]; ok {
			return fmt.Errorf("%w: category %s is also in %s", ErrInvalid, key, other.Pack)
		}
		p.categories[key] = Category{Key: key, Parent: parent(key), Pack: pack, Names: names}
	}
	for name, c := range f.Colors {
		p.colors[name] = Color{Name: name, Family: name, Hex: c.Hex, Names: c.Names}
	}
	for name, c := range f.Shades {
		if _, ok := p.colors[name]; ok {
			return fmt.Errorf("%w: shade %s is a colour already", ErrInvalid, name)
		}
		p.colors[name] = Color{Name: name, Family: c.Of, Hex: c.Hex, Names: c.Names}
	}
	for attribute, values := range f.Attributes {
		for k, names := range values {
			p.values[attribute] = append(p.values[attribute], Value{Key: k, Names: names})
		}
		slices.SortFunc(p.values[attribute], func(a, b Value) int { return strings.Compare(a.Key, b.Key) })
	}
	for brand, names := range f.Brands {
		p.brands[key(brand)] = names
	}
	for k, finer := range f.Broad {
		p.broad[k] = finer
	}
	if len(f.Recipients) > 0 {
		p.giving = Giving{f.Recipients, f.Giving, f.Interests}
	}
	p.phrases.En = append(p.phrases.En, f.Phrases.En...)
	p.phrases.Zh = append(p.phrases.Zh, f.Phrases.Zh...)
	return nil
}

// check finds what contradicts itself, apart from names.
func (p *Packs) check() error {
	for k, c := range p.categories {
		if _, ok := p.categories[c.Parent]; c.Parent != "" && !ok {
			return fmt.Errorf("%w: category %s has no parent %s", ErrInvalid, k, c.Parent)
		}
		if err := bilingual("category", k, c.Names); err != nil {
			return err
		}
	}
	for name, c := range p.colors {
		if family, ok := p.colors[c.Family]; !ok || family.Family != c.Family {
			return fmt.Errorf("%w: colour %s is of %s, which is no family", ErrInvalid, name, c.Family)
		}
		if err := bilingual("colour", name, c.Names); err != nil {
			return err
		}
	}
	for attribute, values := range p.values {
		if !slices.Contains(Attributes(), attribute) {
			return fmt.Errorf("%w: attribute %s is unknown", ErrInvalid, attribute)
		}
		for _, v := range values {
			if err := bilingual(attribute, v.Key, v.Names); err != nil {
				return err
			}
		}
	}
	return p.checkBroad()
}

func (p *Packs) checkBroad() error {
	for k, finer := range p.broad {
		for _, k := range append(finer, k) {
			if _, ok := p.categories[k]; !ok {
				return fmt.Errorf("%w: broad names %s, which is no category", ErrInvalid, k)
			}
		}
	}
	return nil
}

func bilingual(kind, key string, n Names) error {
	if len(n.En) == 0 || len(n.Zh) == 0 || slices.Contains(n.All(), "") {
		return fmt.Errorf("%w: %s %s needs names in both languages", ErrInvalid, kind, key)
	}
	return nil
}

// nameAll builds the lexicons.
func (p *Packs) nameAll() error {
	p.categoryNames, p.colorNames, p.valueNames = &Lexicon[string]{}, &Lexicon[string]{}, map[string]*Lexicon[[]string]{}
	for _, c := range p.Categories() {
		for _, name := range c.Names.All() {
			if other, ok := p.categoryNames.Get(name); ok && other != c.Key {
				return fmt.Errorf("%w: categories %s and %s both claim the name %q", ErrInvalid, other, c.Key, name)
			}
			p.categoryNames.Add(name, c.Key)
		}
	}
	for _, c := range p.Colors() {
		for _, name := range c.Names.All() {
			if other, ok := p.colorNames.Get(name); ok && other != c.Name {
				return fmt.Errorf("%w: colours %s and %s both claim the name %q", ErrInvalid, other, c.Name, name)
			}
			p.colorNames.Add(name, c.Name)
		}
	}
	p.categoryNames.AddVariants()
	p.colorNames.AddVariants()
	p.phraseNames = &Lexicon[struct{}]{}
	for _, phrase := range p.phrases.All() {
		p.phraseNames.Add(phrase, struct{}{})
	}
	for attribute, values := range p.values {
		names := &Lexicon[[]string]{}
		for _, v := range values {
			for _, name := range append(v.Names.All(), v.Key) {
				keys, _ := names.Get(name)
				if !slices.Contains(keys, v.Key) {
					names.Add(name, append(keys, v.Key))
				}
			}
		}
		names.AddVariants()
		p.valueNames[attribute] = names
	}
	return nil
}
