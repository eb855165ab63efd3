package outfit

import (
	"cmp"
	"slices"

	"honeyguide/packs"
)

// kin are the recipients as which somebody counts too, beside themselves.
var kin = map[string][]string{
	"mother": {"parents"}, "father": {"parents"}, "wife": {"partner"}, "husband": {"partner"}, "girlfriend": {"partner"}, "boyfriend": {"partner"},
	"grandmother": {"grandparents"}, "grandfather": {"grandparents"}, "best-friend": {"friend"}, "employee": {"colleague"},
	"host": {"friend"}, "neighbour": {"friend"}, "parents": {"couple"},
}

// The weights of what a rule and a wish share. What a buyer says somebody likes
// tells most, then who it is.
const (
	anyRule     = .3
	toWeight    = .3
	kinWeight   = .2
	forWeight   = .25
	likesWeight = .4
	ageWeight   = .1
	bestRule    = anyRule + toWeight + forWeight + likesWeight + ageWeight
	otherDay    = .6 // share that remains of a birthday's rule on another day
	perPlace    = .015
)

// idea is a category to give something of, and why.
type idea struct {
	category string
	score    float64  // 0 to 1
	field    string   // of the wish that speaks for it
	give     []string // all that the rule names
	why      packs.Text
}

// ideas are the categories that the rules advise for a wish, best first, each once.
func (g *Giver) ideas(w *GiftWish) []idea {
	best := map[string]idea{}
	for _, rule := range g.rules {
		score, field := g.match(rule, w)
		for i, category := range rule.Give {
			one := idea{category, score - float64(i)*perPlace, field, rule.Give, rule.Why}
			if score > 0 && one.score > best[category].score {
				best[category] = one
			}
		}
	}
	return ranked(best)
}

func ranked(best map[string]idea) []idea {
	all := make([]idea, 0, len(best))
	for _, one := range best {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b idea) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.category, b.category)) })
	return all
}

// match is how well a rule fits a wish, from 0 for not at all to 1, and the
// field of the wish that speaks loudest for it.
func (g *Giver) match(rule *packs.Gift, w *GiftWish) (score float64, field string) {
	score = anyRule
	share := 1.0
	to, near := g.isTo(rule, w)
	switch {
	case len(rule.To) == 0:
	case w.Recipient == "" && g.age(w) == nil:
		share *= otherDay
	case to:
		score, field = score+toWeight, "recipient"
	case near:
		score, field = score+kinWeight, "recipient"
	default:
		return 0, ""
	}
	switch {
	case len(rule.For) == 0:
	case slices.Contains(rule.For, w.Occasion):
		score, field = score+forWeight, cmp.Or(field, "occasion")
	case slices.Contains(rule.For, "birthday"):
		share *= otherDay
	default:
		return 0, ""
	}
	switch likes := shared(rule.Likes, w.Interests); {
	case likes > 0:
		score, field = score+likesWeight, "interests"
	case len(rule.Likes) > 0 && len(w.Interests) > 0:
		return 0, ""
	case len(rule.Likes) > 0:
		share *= otherDay
	}
	if len(rule.Age) == 2 {
		age := g.age(w)
		if age != nil && (age[1] < rule.Age[0] || age[0] > rule.Age[1]) {
			return 0, ""
		}
		if w.Age != nil {
			score, field = score+ageWeight, cmp.Or(field, "age")
		}
	}
	if field == "" {
		return 0, "" // the rule is about somebody, and the wish does not say whom
	}
	return share * score / bestRule, field
}

// isTo tells whether a rule is about the recipient, or about one as whom the
// recipient counts too.
func (g *Giver) isTo(rule *packs.Gift, w *GiftWish) (to, near bool) {
	if w.Recipient != "" && slices.Contains(rule.To, w.Recipient) {
		return true, true
	}
	return false, shared(rule.To, g.alike(w)) > 0
}

// alike are the recipients as which the wish's counts too, by kinship and age.
func (g *Giver) alike(w *GiftWish) []string {
	all := slices.Clone(kin[w.Recipient])
	if w.Age != nil {
		switch {
		case *w.Age < 3:
			all = append(all, "baby")
		case *w.Age < 13:
			all = append(all, "child")
		case *w.Age < 20:
			all = append(all, "teenager")
		}
	}
	return all
}

// age is the recipient's age as a span of years: as said, or as the word for
// them says; nil where nothing is known.
func (g *Giver) age(w *GiftWish) []int {
	if w.Age != nil {
		return []int{*w.Age, *w.Age}
	}
	return g.giving.Recipients[w.Recipient].Age
}

func shared(a, b []string) int {
	n := 0
	for _, one := range a {
		if slices.Contains(b, one) {
			n++
		}
	}
	return n
}

// festivals are the occasions on which Chinese custom counts whatever language
// is spoken.
var festivals = []string{"qixi", "spring-festival", "mid-autumn"}

// avoidance is something not to give, and why.
type avoidance struct {
	category string
	why      packs.Text
	custom   bool
}

// avoided is what not to give, each category once.
func (g *Giver) avoided(w *GiftWish, chinese bool) []avoidance {
	var all []avoidance
	for _, rule := range g.avoids {
		if !g.advisesAgainst(rule, w) {
			continue
		}
		for _, category := range rule.Avoid {
			custom := rule.Custom != ""
			there := slices.ContainsFunc(all, func(a avoidance) bool { return a.category == category })
			if !there && (!custom || chinese || slices.Contains(festivals, w.Occasion)) {
				all = append(all, avoidance{category, rule.Why, custom})
			}
		}
	}
	return all
}

func (g *Giver) advisesAgainst(rule *packs.Gift, w *GiftWish) bool {
	to, near := g.isTo(rule, w)
	if len(rule.To) > 0 && !to && !near || len(rule.For) > 0 && !slices.Contains(rule.For, w.Occasion) {
		return false
	}
	age := g.age(w)
	return len(rule.Age) == 0 || age != nil && age[0] <= rule.Age[1] && age[1] >= rule.Age[0]
}
