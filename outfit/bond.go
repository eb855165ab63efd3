package outfit

import (
	"cmp"
	"math"
	"slices"

	"honeyguide/packs"
)

// mood is what is asked of an outfit as a whole.
type mood struct{ gender, ageGroup, occasion, season string }

// bond is how strongly one category calls for another, and by which rule.
type bond struct {
	category string
	strength float64 // 0 to 1
	together float64 // share of merchandisers and outfits that put the two together
	rules    []ruled // that join the two, the strongest first
}

// How the sources of a bond weigh. Most of the outfits that were counted are
// women's, so a man's advice rests on the merchandisers alone.
const (
	shareOfAdvice    = 0.8
	ruleFirst        = 0.5  // strength of the first category that a rule names
	ruleStep         = 0.06 // less for each further one
	ruleBackward     = 0.5  // of a rule read from its other end
	ruleOfOccasion   = 1.1  // of a rule that was made for the occasion asked for
	ruleOfSeason     = 0.5  // of a rule for a season that nobody asked for
	ruleBesideAdvice = 0.6  // of a rule where merchandisers' advice was counted
	ofOneSet         = 0.45 // of things that are not worn, in one set
	popularity       = 0.5  // of how often a category is advised beside anything
)

// bondOf joins what rules and tables know of two categories.
func (a *Advisor) bondOf(from, to string, shares map[string]float64, m mood) bond {
	b := bond{category: to}
	for named, share := range shares {
		b.together = max(b.together, share*nameShare(named, to, shares))
	}
	if m.gender != "male" && m.ageGroup != "kids" {
		worn := min(1, a.commonOf(to)*math.Exp(a.learned.odds(from, to)))
		b.together = shareOfAdvice*b.together + (1-shareOfAdvice)*worn
	}
	share := max(b.together, popularity*a.learned.popular(to, m.gender))
	rule := 0.0
	if b.rules = a.rulesOf(from, to, m); len(b.rules) > 0 {
		rule = b.rules[0].strength
	}
	if len(shares) > 0 && a.learned.worn(to) && (len(b.rules) == 0 || m.occasion == "casual" || !slices.Contains(b.rules[0].pair.Occasion, m.occasion)) {
		rule *= ruleBesideAdvice
	}
	b.strength = 1 - (1-share)*(1-min(rule, 0.9))
	b.strength *= m.suits(to)
	if !a.learned.worn(from) {
		b.strength = max(b.strength, ofOneSet)
	}
	return b
}

// nameShare is what an advised name says of a category: all where it is the
// category, less where it is one of its kinds; of a wider name, the part that its
// named kinds leave.
func nameShare(named, to string, shares map[string]float64) float64 {
	switch {
	case named == to:
		return 1
	case packs.IsA(named, to):
		return 0.6
	case !packs.IsA(to, named):
		return 0
	}
	best, own := 0.0, shares[to]
	for key, share := range shares {
		if key != named && packs.IsA(key, named) {
			best = max(best, share)
		}
	}
	if best == 0 {
		return 0.5
	}
	return 0.25 + 0.5*own/best
}

func (a *Advisor) commonOf(category string) float64 {
	for key := category; key != ""; key = above(key) {
		if share := a.learned.common[key]; share > 0 {
			return share
		}
	}
	return 0
}

// ruled is a rule that joins two categories.
type ruled struct {
	pair     *packs.Pair
	strength float64
	place    int // of the category among those that the rule names, 0 the first
}

// rulesOf finds the packs' rules that join two categories, read either way, and
// that do not speak of another occasion, season or gender; the strongest first.
func (a *Advisor) rulesOf(from, to string, m mood) []ruled {
	var found []ruled
	for turn, way := range [][2]string{{from, to}, {to, from}} {
		for key := way[0]; key != ""; key = above(key) {
			for _, pair := range a.pairs[key] {
				at := slices.IndexFunc(pair.Take, func(take string) bool { return packs.IsA(way[1], take) })
				if at < 0 || !m.allows(pair) {
					continue
				}
				strength := ruleFirst - ruleStep*float64(at)
				if turn == 1 {
					strength *= ruleBackward
				}
				if m.occasion != "" && slices.Contains(pair.Occasion, m.occasion) {
					strength *= ruleOfOccasion
				}
				if len(pair.Season) > 0 && m.season == "" {
					strength *= ruleOfSeason
				}
				found = append(found, ruled{pair, strength, at})
			}
		}
	}
	slices.SortStableFunc(found, func(x, y ruled) int { return cmp.Compare(y.strength, x.strength) })
	return found
}

// allows tells whether a rule holds in a mood. What the mood leaves open does not contradict.
func (m mood) allows(p *packs.Pair) bool {
	return (p.Gender == "" || m.gender == "" || m.gender == "unisex" || p.Gender == m.gender) &&
		(len(p.Occasion) == 0 || m.occasion == "" || slices.ContainsFunc(p.Occasion, func(o string) bool { return occasionAccord(o, m.occasion) >= 0.8 })) &&
		(len(p.Season) == 0 || m.season == "" || slices.Contains(p.Season, m.season))
}

// bondsOf are the categories at or below some keys, those first that go best with
// another; what stands aside of its kind is left out unless it is asked for itself.
func (a *Advisor) bondsOf(from string, takes []string, m mood) []bond {
	shares := a.learned.advised(from, m.gender, m.occasion)
	var all []bond
	seen := map[string]bool{}
	for _, take := range takes {
		for _, key := range a.below[take] {
			if seen[key] || key != take && under(key, aside) || unsuited(key, m) {
				continue
			}
			seen[key] = true
			all = append(all, a.bondOf(from, key, shares, m))
		}
	}
	slices.SortFunc(all, func(x, y bond) int {
		return cmp.Or(cmp.Compare(y.strength, x.strength), cmp.Compare(x.category, y.category))
	})
	return all
}

// unsuited tells whether a category is for the other gender.
func unsuited(category string, m mood) bool {
	return m.gender == "male" && under(category, womens) || m.gender == "female" && under(category, mens)
}
