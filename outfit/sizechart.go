package outfit

import (
	"cmp"
	"slices"
	"strings"

	"honeyguide/catalog"
	"honeyguide/packs"
)

// chart is a table of sizes that a product is sized by: a merchant's or the packs'.
type chart struct {
	name   packs.Text
	own    bool     // the merchant's
	by     []string // the measures that decide, the most important first
	rows   []catalog.SizeRow
	tip    packs.Text
	gender string
	adult  bool
	// labels is the system in which the product names its sizes: a key of the
	// rows' Also, or empty for their own.
	labels string
	// special is how closely the chart is made for a product: more is closer.
	special int
	spelt   map[string][2]string // labels by how they are compared; see spell
}

const inch = 2.54 // cm

// order is how much measures tell of a size, for charts that do not say.
var order = []string{"foot", "underbust", "bust_difference", "neck", "head", "hand", "finger", "wrist", "chest", "waist", "hip", "height", "inseam", "weight", "age"}

// isBelow tells whether a thing is worn below the waist, where the chest says nothing.
func isBelow(category string) bool {
	return packs.IsA(category, "bottoms") || packs.IsA(category, "underwear.briefs") || packs.IsA(category, "underwear.boxers")
}

// deciding are the measures of a chart that decide for a category.
func deciding(by []string, category string) []string {
	if !isBelow(category) {
		return by
	}
	below := slices.DeleteFunc(slices.Clone(by), func(m string) bool { return m == "chest" })
	if !slices.Contains(below, "waist") && slices.Contains(by, "chest") {
		below = append([]string{"waist", "hip"}, below...)
	}
	return below
}

// merchants reads a merchant's chart for a product, in cm, by ascending size.
func merchants(ch *catalog.SizeChart, category string) *chart {
	c := &chart{name: packs.Text{En: ch.ID, Zh: ch.ID}, own: true, gender: ch.Gender, adult: true}
	for _, row := range ch.Rows {
		one := catalog.SizeRow{Size: row.Size, Also: row.Also, Measures: map[string]packs.Range{}}
		for m, span := range row.Measures {
			if ch.Unit == "in" && m != "weight" && m != "age" {
				span[0], span[1] = span[0]*inch, span[1]*inch
			}
			one.Measures[m] = span
		}
		c.rows = append(c.rows, one)
	}
	c.by = c.in(deciding(order, category))
	if len(c.by) > 0 {
		slices.SortStableFunc(c.rows, func(a, b catalog.SizeRow) int { return cmp.Compare(a.Measures[c.by[0]][0], b.Measures[c.by[0]][0]) })
	}
	return c
}

// systems reads a pack's table.
func systems(s *packs.SizeSystem, category string) *chart {
	c := &chart{name: s.Names, tip: s.Tip, gender: s.Gender, adult: s.AgeGroup != "kids"}
	for _, row := range s.Rows {
		c.rows = append(c.rows, catalog.SizeRow(row))
	}
	c.by = c.in(deciding(s.By, category))
	return c
}

// in are those of the measures that every row has.
func (c *chart) in(by []string) []string {
	return slices.DeleteFunc(slices.Clone(by), func(m string) bool {
		return slices.ContainsFunc(c.rows, func(r catalog.SizeRow) bool { _, ok := r.Measures[m]; return !ok })
	})
}

// genderOf is whom a product is for: as its row says, else as the buyer does.
func genderOf(p *catalog.Product, b *Body) string {
	if p.Gender == male || p.Gender == female {
		return p.Gender
	}
	return b.Gender
}

func isForKids(p *catalog.Product) bool { return p.AgeGroup != "" && p.AgeGroup != "adult" }

// needsGender tells whether the tables for a product are all for one gender and
// nobody said which.
func (s *Sizer) needsGender(p *catalog.Product, charts []catalog.SizeChart, b *Body) bool {
	if genderOf(p, b) != "" {
		return false
	}
	gendered := false
	for _, c := range s.charts(p, charts, &Body{}) {
		if c.gender == "" {
			return false
		}
		gendered = true
	}
	for _, gender := range []string{male, female} {
		gendered = gendered || len(s.charts(p, charts, &Body{Gender: gender})) > 0
	}
	return gendered
}

// chartFor is the chart that a product is sized by, or nil: the merchant's for
// its brand, category and gender before wider ones, else the packs' table in
// whose labels the product names its sizes, the locale's before others.
func (s *Sizer) chartFor(p *catalog.Product, charts []catalog.SizeChart, b *Body, locale string) *chart {
	all := s.charts(p, charts, b)
	if len(all) == 0 {
		return nil
	}
	best, most := all[0], -1.0
	for _, c := range all {
		system, share := c.labelled(p.Sizes, locale)
		score := share
		if c.isChinese() == isChinese(locale) {
			score += .1
		}
		if c.own {
			score += 10
		}
		if c.knows(b) {
			score += .05
		}
		// of equal ones the most special; but where no label says that a thing is sized
		// in a way of its own, such as by the neck, by the measures of all
		if score > most || score == most && len(p.Sizes) == 0 && c.special < best.special && !slices.Contains(c.by, best.by[0]) {
			best, most = c, score
			best.labels = system
		}
	}
	return best
}

// charts are the charts that are for a product, the most special first.
func (s *Sizer) charts(p *catalog.Product, own []catalog.SizeChart, b *Body) []*chart {
	var all []*chart
	gender := genderOf(p, b)
	for i := range own {
		ch := &own[i]
		fits := packs.IsA(p.Category, ch.Category) && (ch.Brand == "" || strings.EqualFold(ch.Brand, p.Brand)) && (ch.Gender == "" || ch.Gender == gender)
		if c := merchants(ch, p.Category); fits && len(c.by) > 0 {
			c.special = len(ch.Category)
			if ch.Brand != "" {
				c.special += 10_000
			}
			if ch.Gender != "" {
				c.special += 1000
			}
			all = append(all, c)
		}
	}
	if len(all) > 0 { // the packs' tables are for those who have none
		return []*chart{slices.MaxFunc(all, func(a, b *chart) int { return cmp.Compare(a.special, b.special) })}
	}
	for _, pack := range s.packs.All() {
		for i := range pack.Sizes {
			system := &pack.Sizes[i]
			special := 0
			for _, key := range system.Take {
				if packs.IsA(p.Category, key) {
					special = max(special, len(key))
				}
			}
			kids := system.AgeGroup == "kids"
			if special > 0 && (system.Gender == "" || system.Gender == gender) && (system.AgeGroup == "" || kids == isForKids(p)) {
				c := systems(system, p.Category)
				c.special = special
				all = append(all, c)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *chart) int { return cmp.Compare(b.special, a.special) })
	return all
}

// knows tells whether a body has a measure that the chart goes by.
func (c *chart) knows(b *Body) bool {
	return slices.ContainsFunc(c.by, func(m string) bool { _, ok := measured(b, m); return ok })
}

// isChinese tells whether a table is of the Chinese standard.
func (c *chart) isChinese() bool {
	also := c.rows[0].Also
	return also["cn"] != "" && also["eu"] == "" && also["uk"] == ""
}
