package packs

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"
)

// packFile is the content of one pack's file.
type packFile struct {
	Pack       string                `yaml:"pack"`
	Version    int                   `yaml:"version"`
	Names      Text                  `yaml:"names"`
	Categories map[string]category   `yaml:"categories"`
	Attributes map[string]attribute  `yaml:"attributes"`
	Sets       map[string]set        `yaml:"sets"`
	Pairs      []Pair                `yaml:"pairs"`
	Gifts      []Gift                `yaml:"gifts"`
	Sizes      map[string]SizeSystem `yaml:"sizes"`
	Questions  []Question            `yaml:"questions"`
}

type category struct {
	Names  `yaml:",inline"`
	Google string `yaml:"google"`
}

type attribute struct {
	Names  Text             `yaml:"names"`
	Values map[string]Names `yaml:"values"`
}

type set struct {
	Names Text            `yaml:"names"`
	Slots map[string]Slot `yaml:"slots"`
	Plans []Plan          `yaml:"plans"`
}

// UnmarshalYAML reads a size, its measures and its other labels from one mapping.
func (r *SizeRow) UnmarshalYAML(node *yaml.Node) error {
	var row struct {
		Size     string            `yaml:"size"`
		Also     map[string]string `yaml:"also"`
		Measures map[string]Range  `yaml:",inline"`
	}
	if err := node.Decode(&row); err != nil {
		return err
	}
	*r = SizeRow{row.Size, row.Measures, row.Also}
	return nil
}

// decode reads a file. Fields that nobody knows are for a test to find, since
// looking for them means reading twice.
func decode(files fs.FS, name string, into any) (*yaml.Node, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrInvalid, name, err)
	}
	if err := root.Decode(into); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrInvalid, name, err)
	}
	return &root, nil
}

// readPack reads a pack's file, with its sets, slots, attributes and sizes in
// the order of the file.
func readPack(files fs.FS, name string) (*Pack, *packFile, error) {
	var f packFile
	root, err := decode(files, name, &f)
	if err != nil {
		return nil, nil, err
	}
	if f.Pack != strings.TrimSuffix(path.Base(name), ".yaml") || f.Version < 1 {
		return nil, nil, fmt.Errorf("%w: %s calls itself %q, version %d", ErrInvalid, name, f.Pack, f.Version)
	}
	p := &Pack{Key: f.Pack, Version: f.Version, Names: f.Names, Pairs: f.Pairs, Gifts: f.Gifts, Questions: f.Questions}
	for _, key := range keys(root, "attributes") {
		a := f.Attributes[key]
		read := Attribute{Key: key, Names: a.Names}
		for _, value := range keys(root, "attributes", key, "values") {
			read.Values = append(read.Values, Value{Key: value, Names: a.Values[value]})
		}
		p.Attributes = append(p.Attributes, read)
	}
	for _, key := range keys(root, "sets") {
		s := f.Sets[key]
		read := Set{Key: key, Names: s.Names, Plans: s.Plans}
		for _, slot := range keys(root, "sets", key, "slots") {
			one := s.Slots[slot]
			one.Key = slot
			read.Slots = append(read.Slots, one)
		}
		p.Sets = append(p.Sets, read)
	}
	for _, key := range keys(root, "sizes") {
		system := f.Sizes[key]
		system.Key = key
		p.Sizes = append(p.Sizes, system)
	}
	return p, &f, nil
}

// keys returns the keys of the mapping at a path, in the order of the file.
func keys(node *yaml.Node, path ...string) []string {
	if node.Kind == yaml.DocumentNode {
		node = node.Content[0]
	}
	var found []string
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i].Value
		switch {
		case len(path) == 0:
			found = append(found, key)
		case key == path[0]:
			return keys(node.Content[i+1], path[1:]...)
		}
	}
	return found
}
