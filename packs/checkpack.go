package packs

import (
	"fmt"
	"maps"
	"slices"
)

// checker finds what is wrong with a pack, the first fault only.
type checker struct {
	packs *Packs
	pack  *Pack
	err   error
}

// need notes a fault unless ok.
func (c *checker) need(ok bool, format string, args ...any) {
	if c.err == nil && !ok {
		c.err = fmt.Errorf("%w: pack %s: %s", ErrInvalid, c.pack.Key, fmt.Sprintf(format, args...))
	}
}

func (c *checker) text(t Text, of string) {
	c.need(t.En != "" && t.Zh != "", "%s needs words in both languages", of)
}

func (c *checker) categories(keys []string, of string) {
	for _, k := range keys {
		_, ok := c.packs.categories[k]
		c.need(ok, "%s names %q, which is no category", of, k)
	}
}

// among makes sure that keys are known ones.
func (c *checker) among(keys, known []string, of string) {
	for _, k := range keys {
		c.need(slices.Contains(known, k), "%s has %q, not one of %q", of, k, known)
	}
}

func (p *Packs) checkPack(pack *Pack) error {
	c := &checker{packs: p, pack: pack}
	c.text(pack.Names, "its name")
	for _, a := range pack.Attributes {
		c.text(a.Names, "attribute "+a.Key)
		c.need(len(a.Values) > 0, "attribute %s has no values", a.Key)
		for _, v := range a.Values {
			c.need(len(v.Names.En) > 0 && len(v.Names.Zh) > 0, "attribute %s: %s needs names in both languages", a.Key, v.Key)
		}
	}
	for i := range pack.Sets {
		c.set(&pack.Sets[i])
	}
	for i := range pack.Pairs {
		c.pair(&pack.Pairs[i], fmt.Sprintf("pair %d", i+1))
	}
	for i := range pack.Gifts {
		c.gift(&pack.Gifts[i], fmt.Sprintf("gift %d", i+1))
	}
	for i := range pack.Sizes {
		c.sizes(&pack.Sizes[i])
	}
	c.questions(pack.Questions)
	return c.err
}

func (c *checker) set(s *Set) {
	c.text(s.Names, "set "+s.Key)
	var slots []string
	for _, slot := range s.Slots {
		slots = append(slots, slot.Key)
		c.text(slot.Names, "slot "+slot.Key)
		c.need(len(slot.Take) > 0, "slot %s takes nothing", slot.Key)
		c.categories(slot.Take, "slot "+slot.Key)
	}
	c.need(len(s.Plans) > 0, "set %s has no plan", s.Key)
	for _, plan := range s.Plans {
		c.need(len(plan.Need) > 0, "a plan of set %s needs nothing", s.Key)
		c.among(slices.Concat(plan.Need, plan.May), slots, "a plan of set "+s.Key)
	}
}

func (c *checker) pair(p *Pair, of string) {
	c.text(p.Why, of)
	c.need(len(p.When) > 0 && len(p.Take) > 0, "%s lacks when or take", of)
	c.categories(slices.Concat(p.When, p.Take), of)
	c.among(p.Occasion, c.packs.valueKeys(Occasion), of)
	c.among(p.Season, c.packs.valueKeys(Season), of)
	c.need(p.Gender == "" || p.Gender == "male" || p.Gender == "female", "%s: gender %q", of, p.Gender)
}

func (c *checker) gift(g *Gift, of string) {
	c.text(g.Why, of)
	c.need((len(g.Give) > 0) != (len(g.Avoid) > 0), "%s must give or avoid something, not both", of)
	c.categories(slices.Concat(g.Give, g.Avoid), of)
	c.among(g.To, slices.Sorted(maps.Keys(c.packs.giving.Recipients)), of)
	c.among(g.For, slices.Sorted(maps.Keys(c.packs.giving.Occasions)), of)
	c.among(g.Likes, slices.Sorted(maps.Keys(c.packs.giving.Interests)), of)
	c.need(g.Custom == "" || g.Custom == "zh" && len(g.Avoid) > 0, "%s: custom %q", of, g.Custom)
	c.need(len(g.Age) == 0 || len(g.Age) == 2 && g.Age[0] <= g.Age[1], "%s: age %v is no from and to", of, g.Age)
}

func (c *checker) sizes(s *SizeSystem) {
	of := "size system " + s.Key
	c.text(s.Names, of)
	c.categories(s.Take, of)
	c.among(s.By, measures, of)
	c.need(len(s.By) > 0 && len(s.Rows) > 0 && len(s.Take) > 0, "%s lacks rows, take or by", of)
	c.need(s.Unit == "cm" || s.Unit == "people", "%s: unit %q", of, s.Unit)
	c.need(s.Gender == "" || s.Gender == "male" || s.Gender == "female", "%s: gender %q", of, s.Gender)
	c.need(s.AgeGroup == "" || s.AgeGroup == "adult" || s.AgeGroup == "kids", "%s: age group %q", of, s.AgeGroup)
	for i, row := range s.Rows {
		c.need(row.Size != "", "%s: row %d has no size", of, i+1)
		for measure, r := range row.Measures {
			c.among([]string{measure}, measures, of)
			c.need(0 <= r[0] && r[0] <= r[1], "%s: %s of size %s runs from %v to %v", of, measure, row.Size, r[0], r[1])
		}
		for _, measure := range s.By {
			_, ok := row.Measures[measure]
			c.need(ok, "%s: size %s lacks %s", of, row.Size, measure)
		}
	}
}

func (c *checker) questions(all []Question) {
	seen := map[string]bool{}
	for _, q := range all {
		of := "question " + q.ID
		c.need(q.ID != "" && !seen[q.ID], "%s is there twice", of)
		seen[q.ID] = true
		c.among([]string{q.Topic}, topics, of)
		for _, a := range []Answer{q.En, q.Zh} {
			c.need(a.Ask != "" && a.Answer != "" && len(a.Also) > 0, "%s lacks words in one language", of)
		}
	}
}
