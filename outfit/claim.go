package outfit

import (
	"slices"

	"honeyguide/packs"
)

// claim is what a rule's reason speaks of. A rule joins several things, and its one
// sentence need not be about each.
type claim struct{ categories, colors []string }

func claimOf(p *packs.Packs, why packs.Text) claim {
	var c claim
	for _, said := range []string{why.En, why.Zh} {
		c.categories = append(c.categories, p.Named(said)...)
		c.colors = append(c.colors, p.ColorsOf(said)...)
	}
	return c
}

// ruleFor is the strongest rule for a piece whose reason is true of it, or nil.
func (a *Advisor) ruleFor(o *option, anchor *thing, pieces []*option) *ruled {
	for i := range o.bond.rules {
		if a.holds(&o.bond.rules[i], o, anchor, pieces) {
			return &o.bond.rules[i]
		}
	}
	return nil
}

// holds tells whether a rule's reason is true of a piece beside others and the anchor.
// Of the things that the rule joins, it may name only such as are there, and where it
// names any that go with the other, the piece is among them; of colours, one must be
// the piece's or the anchor's.
func (a *Advisor) holds(rule *ruled, o *option, anchor *thing, pieces []*option) bool {
	c, pair := a.claims[rule.pair], rule.pair
	own, spoken := false, false
	for _, named := range c.categories {
		switch {
		case packs.IsA(o.category, named):
			own = true
		case packs.IsA(anchor.category, named):
		case relatedTo(named, pair.Take) || relatedTo(named, pair.When):
			if spoken = true; !slices.ContainsFunc(pieces, func(p *option) bool { return packs.IsA(p.category, named) }) {
				return false
			}
		}
	}
	if spoken && !own {
		return false
	}
	return len(c.colors) == 0 || slices.ContainsFunc(c.colors, func(name string) bool {
		return slices.Contains(o.colors, name) || slices.Contains(anchor.colors, name)
	})
}

// relatedTo tells whether a category is one of a list, or a kind of one, or one is a kind of it.
func relatedTo(category string, list []string) bool {
	return slices.ContainsFunc(list, func(key string) bool { return packs.IsA(category, key) || packs.IsA(key, category) })
}
