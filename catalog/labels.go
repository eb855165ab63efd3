package catalog

import (
	"fmt"
	"slices"

	"honeyguide/embed/photo"
	"honeyguide/packs"
)

// labels are what the values of tag fields are called.
type labels map[string]map[string]packs.Names // field → value → names

func newLabels(p *packs.Packs) labels {
	l := labels{tagCategory: {}, tagColor: {}}
	for _, c := range p.Categories() {
		l[tagCategory][c.Key] = c.Names
	}
	for _, c := range p.Colors() {
		l[tagColor][c.Name] = c.Names
	}
	for _, attribute := range packs.Attributes() {
		l[attribute] = map[string]packs.Names{}
		for _, v := range p.Values(attribute) {
			l[attribute][v.Key] = v.Names
		}
	}
	return l
}

// show is a value's name in a language, or the value itself.
func (l labels) show(field, value, language string) string {
	if names, ok := l[field][value]; ok {
		return names.Show(language)
	}
	return value
}

// Labels returns what values are called in a language, by "field:value".
func (c *Catalog) Labels(language string) map[string]string {
	all := map[string]string{}
	for field, values := range c.labels {
		for value, names := range values {
			all[field+":"+value] = names.Show(language)
		}
	}
	return all
}

// Swatches returns a colour to show for each colour name, as #rrggbb.
func (c *Catalog) Swatches() map[string]string {
	all := map[string]string{}
	for _, s := range slices.Backward(c.swatches) { // of several the first remains
		all[s.Name] = fmt.Sprintf("#%02x%02x%02x", s.R, s.G, s.B)
	}
	return all
}

// swatches are the colours that a palette may name.
func swatches(p *packs.Packs) ([]photo.Named, error) {
	var all []photo.Named
	for _, c := range p.Colors() {
		for _, hex := range c.Hex {
			n := photo.Named{Name: c.Name}
			if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &n.R, &n.G, &n.B); err != nil {
				return nil, fmt.Errorf("colour %s: %q: %w", c.Name, hex, err)
			}
			all = append(all, n)
		}
	}
	return all, nil
}
