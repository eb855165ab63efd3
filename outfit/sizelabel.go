package outfit

import (
	"slices"
	"strings"

	"honeyguide/catalog"
	"honeyguide/catalog/words"
)

// labelled is the system that names most of a product's sizes, and which share.
func (c *chart) labelled(sizes []string, locale string) (system string, share float64) {
	candidates := []string{""}
	for _, row := range c.rows {
		for _, key := range []string{home(locale), "eu", "uk", "us", "cn", "letter", "fr", "it"} {
			if row.Also[key] != "" && !slices.Contains(candidates, key) {
				candidates = append(candidates, key)
			}
		}
	}
	for _, key := range candidates {
		named := 0
		for _, size := range sizes {
			if c.rowOf(size, key) >= 0 {
				named++
			}
		}
		if part := float64(named) / float64(max(1, len(sizes))); part > share {
			system, share = key, part
		}
	}
	return system, share
}

// home is the system of labels that a locale's buyers know.
func home(locale string) string {
	upper := strings.ToUpper(locale)
	switch {
	case isChinese(locale):
		return "cn"
	case strings.HasSuffix(upper, "-US"):
		return "us"
	case strings.HasSuffix(upper, "-GB"), strings.HasSuffix(upper, "-IN"):
		return "uk"
	}
	return "eu"
}

// rowOf is the row that a label names in a system, or -1. A label may name its
// system itself: "UK 8".
func (c *chart) rowOf(label, system string) int {
	spelled, said := c.spell(label)
	if said != "" {
		system = said
	}
	if !slices.ContainsFunc(c.rows, func(r catalog.SizeRow) bool { return r.Also[system] != "" }) {
		system = "" // the rows' own labels are of it, if any are
	}
	for i, row := range c.rows {
		own := row.Size
		if system != "" {
			own = row.Also[system]
		}
		if own == "" {
			continue
		}
		bare, _ := c.spell(own)
		if bare == spelled {
			return i
		}
		low, high, ok := strings.Cut(bare, "-")
		if ok && (low == spelled || high == spelled) {
			return i
		}
	}
	return -1
}

// spell is spelling, remembered for the labels of a chart.
func (c *chart) spell(label string) (spelled, system string) {
	if c.spelt == nil {
		c.spelt = map[string][2]string{}
	}
	known, ok := c.spelt[label]
	if !ok {
		known[0], known[1] = spelling(label)
		c.spelt[label] = known
	}
	return known[0], known[1]
}

// spelling is how a label is compared, and the system that it names: "eu 38" is
// 38 of eu, "2xl" is XXL, "38码" is 38, "M (165/88A)" is M, W30 is 30.
func spelling(label string) (spelled, system string) {
	s := strings.ToUpper(strings.TrimSpace(words.Fold(label)))
	if before, _, ok := strings.Cut(s, "("); ok && strings.TrimSpace(before) != "" {
		s = before
	}
	s = strings.TrimSpace(strings.NewReplacer("码", "", "號", "", "号", "", "SIZE", "").Replace(s))
	for _, key := range []string{"EU", "UK", "US", "IT", "FR", "CN"} {
		if rest, ok := strings.CutPrefix(s, key); ok && strings.Trim(rest, " -:.0123456789/") == "" && rest != "" {
			s, system = strings.Trim(rest, " -:"), strings.ToLower(key)
		}
	}
	if rest, ok := strings.CutPrefix(s, "W"); ok && rest != "" && strings.Trim(rest, "0123456789") == "" {
		s = rest
	}
	if len(s) == 3 && s[0] >= '2' && s[0] <= '6' && (s[1:] == "XL" || s[1:] == "XS") {
		s = strings.Repeat("X", int(s[0]-'0')) + s[2:]
	}
	return s, system
}

// oneSize is the label of a product that comes in one size.
func oneSize(p *catalog.Product) (label string, ok bool) {
	if len(p.Sizes) != 1 {
		return "", false
	}
	switch spelled := strings.ToLower(strings.TrimSpace(p.Sizes[0])); spelled {
	case "one size", "onesize", "one-size", "os", "free", "free size", "均码", "f":
		return p.Sizes[0], true
	}
	return "", false
}
