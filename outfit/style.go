package outfit

import (
	"math"
	"slices"
	"strings"

	"honeyguide/packs"
)

// occasions tells how well what is worn for one occasion goes with what is worn
// for another, 0 to 1; each pair once, a thing with its like is 1.
var occasions = map[[2]string]float64{
	{"casual", "smart casual"}: 0.8, {"casual", "sports"}: 0.55, {"casual", "formal"}: 0.3, {"casual", "ethnic"}: 0.5,
	{"casual", "party"}: 0.5, {"casual", "travel"}: 0.9, {"casual", "home"}: 0.7, {"formal", "smart casual"}: 0.75,
	{"formal", "party"}: 0.7, {"formal", "ethnic"}: 0.35, {"formal", "sports"}: 0, {"formal", "travel"}: 0.4, {"formal", "home"}: 0,
	{"sports", "smart casual"}: 0.2, {"sports", "ethnic"}: 0, {"sports", "party"}: 0.05, {"sports", "travel"}: 0.7, {"sports", "home"}: 0.5,
	{"ethnic", "party"}: 0.85, {"ethnic", "smart casual"}: 0.5, {"party", "smart casual"}: 0.75,
}

// occasionAccord is how well two occasions go together; of an unknown one, 0.85.
func occasionAccord(a, b string) float64 {
	switch {
	case a == "" || b == "":
		return 0.85
	case a == b:
		return 1
	}
	if n, ok := occasions[[2]string{min(a, b), max(a, b)}]; ok {
		return n
	}
	return 0.5
}

// formality is how dressed up categories are, from 0 (sport, beach) to 1 (black
// tie); of those not here, that of the nearest category above.
var formality = map[string]float64{
	"tops": 0.4, "tops.tshirts": 0.25, "tops.polos": 0.4, "tops.shirts": 0.6, "tops.tanks": 0.2, "tops.sweatshirts": 0.15, "tops.sweaters": 0.45,
	"tops.kurtas": 0.55, "tops.kurtis": 0.5, "tops.tunics": 0.45, "tops.waistcoats": 0.8, "tops.croptops": 0.25,
	"outerwear": 0.45, "outerwear.blazers": 0.8, "outerwear.coats": 0.6, "outerwear.jackets": 0.4, "outerwear.nehru": 0.8, "outerwear.shells": 0.1, "outerwear.rain": 0.2,
	"bottoms": 0.4, "bottoms.jeans": 0.3, "bottoms.trousers": 0.65, "bottoms.shorts": 0.1, "bottoms.track": 0.05, "bottoms.cargo": 0.2,
	"bottoms.leggings": 0.3, "bottoms.skirts": 0.5, "bottoms.churidars": 0.55, "bottoms.salwars": 0.55, "bottoms.patialas": 0.5,
	"dresses": 0.6, "dresses.wedding": 1, "dresses.bridesmaid": 0.9, "dresses.jumpsuits": 0.45, "ethnic": 0.7, "ethnic.sarees": 0.8, "ethnic.lehengas": 0.9,
	"sets.business": 0.95, "sets.tracksuits": 0, "sets.kurtas": 0.65, "swimwear": 0,
	"shoes": 0.4, "shoes.casual": 0.35, "shoes.sports": 0.05, "shoes.formal": 0.85, "shoes.heels": 0.75, "shoes.flats": 0.45, "shoes.sandals": 0.35,
	"shoes.flipflops": 0.05, "shoes.sport-sandals": 0.05, "shoes.boots": 0.45, "shoes.hiking": 0.05, "shoes.rain": 0.1,
	"bags.backpacks": 0.2, "bags.clutches": 0.75, "bags.handbags": 0.5, "bags.duffels": 0.1, "bags.laptop": 0.65, "bags.messenger": 0.35, "bags.waist": 0.1,
	"belts": 0.5, "ties": 0.9, "hats": 0.15, "eyewear.sunglasses": 0.3, "watches": 0.5, "jewellery": 0.6, "socks": 0.3, "socks.sports": 0.05, "scarves": 0.5,
}

// dressed is how formal a thing is, by its category and occasion; ok is false
// where nothing is known, as of a camera.
func dressed(category, occasion string) (level float64, ok bool) {
	for key := category; key != "" && !ok; key = above(key) {
		level, ok = formality[key]
	}
	switch {
	case !ok:
	case occasion == "formal" || occasion == "party":
		level = max(level, 0.65)
	case occasion == "smart casual":
		level = max(level, 0.5)
	case occasion == "sports":
		level = min(level, 0.12)
	}
	return level, ok
}

// usual is the occasion that a category is mostly worn for, or nothing.
func usual(category string) string {
	level, ok := dressed(category, "")
	switch {
	case !ok:
		return ""
	case packs.IsA(category, "ethnic") || packs.IsA(category, "tops.kurtas") || packs.IsA(category, "sets.kurtas"):
		return "ethnic"
	case level >= 0.8:
		return "formal"
	case level >= 0.72:
		return "smart casual"
	case level <= 0.05 && !packs.IsA(category, "swimwear") && !packs.IsA(category, "shoes.flipflops"):
		return "sports"
	}
	return "casual"
}

// manners is how well two things agree in occasion and formality, 0 to 1.
func manners(a, b *thing) float64 {
	agree := occasionAccord(a.occasion, b.occasion)
	if la, ok := dressed(a.category, a.occasion); ok {
		if lb, ok := dressed(b.category, b.occasion); ok {
			agree *= max(0, 1-1.3*max(0, math.Abs(la-lb)-0.22))
		}
	}
	return max(0, agree)
}

// clashing tells whether two things never stand together, however well their colours
// agree: what is made for sport beside what nobody trains in, things that lie a whole
// dress code apart, trainers below a suit.
func clashing(a, b *thing) bool {
	if a.training() && under(b.category, idle) || b.training() && under(a.category, idle) {
		return true
	}
	la, ok := dressed(a.category, a.occasion)
	if !ok {
		return false
	}
	lb, ok := dressed(b.category, b.occasion)
	if !ok {
		return false
	}
	gap := math.Abs(la - lb)
	return gap > dressCode || gap > suitCode && (a.suit() && packs.IsA(b.category, "shoes") || b.suit() && packs.IsA(a.category, "shoes"))
}

// How far apart two things may be in formality, and shoes from a suit.
const (
	dressCode = 0.58
	suitCode  = 0.42

	suitAccord = 0.5 // how well what is worn with a suit agrees with its occasion
)

// training tells whether a thing is made for sport.
func (t *thing) training() bool {
	return t.occasion == "sports" && under(t.category, trained)
}

// trained are the categories of which sport has its own kinds.
var trained = []string{"shoes", "bottoms", "sets"}

// suit tells whether a thing is a suit or its jacket.
func (t *thing) suit() bool {
	return packs.IsA(t.category, "sets.business") || packs.IsA(t.category, "outerwear.blazers") && t.occasion == "formal"
}

// seasonAccord is how well two seasons' clothes go together. Shops name the
// season that a thing came out in as well as the one it is worn in, so that
// neighbours agree almost as well.
func seasonAccord(a, b string) float64 {
	switch {
	case a == "" || b == "":
		return 0.8
	case a == b:
		return 1
	case a == "winter" && b == "summer" || a == "summer" && b == "winter":
		return 0.5
	}
	return 0.8
}

// loud tells whether a pattern asks for attention: one such piece is enough.
func loud(pattern string, colors []string) bool {
	switch pattern {
	case "", "solid", "washed", "self design", "embroidered", "dyed", "woven design", "lace":
		return slices.Contains(colors, "multi")
	}
	return true
}

// warm and cool are the slots that a season asks for, and that the other has no use for.
var (
	warm = []string{"outerwear", "scarf", "gloves"}
	cool = []string{"eyewear", "swim"}
)

// cold and hot are the categories of a kind that are worn in one half of the year.
var (
	cold = []string{"outerwear.coats", "tops.sweaters", "tops.sweatshirts", "shoes.boots", "socks.stockings", "scarves.snoods"}
	hot  = []string{"shoes.flipflops", "shoes.sandals", "bottoms.shorts", "tops.tanks", "tops.croptops", "swimwear"}
)

// suits is how well a category suits the season that was asked for: a share of
// a bond's strength. The season that a shop puts to the anchor does not count:
// often it is the one in which it was put on sale.
func (m mood) suits(category string) float64 {
	if (m.season == "winter" || m.season == "fall") && under(category, hot) || m.season == "summer" && under(category, cold) {
		return 0.4
	}
	return 1
}

// against are the seasons whose things do not belong to the season asked for.
func (m mood) against() []string {
	switch m.season {
	case "winter":
		return []string{"summer"}
	case "summer":
		return []string{"winter"}
	}
	return nil
}

// idle are categories that nobody trains in.
var idle = []string{"bottoms.jeans", "bottoms.trousers", "bottoms.skirts", "bottoms.cargo", "tops.shirts", "tops.sweaters", "dresses", "ethnic",
	"outerwear.coats", "outerwear.blazers", "shoes.casual", "shoes.formal", "shoes.heels", "shoes.flats", "shoes.boots", "shoes.sandals",
	"bags.handbags", "bags.clutches", "belts", "ties", "scarves.silk", "scarves.stoles"}

// womens are categories that shops seldom mark as women's, since everybody knows.
var womens = []string{"dresses", "bottoms.skirts", "bottoms.leggings", "shoes.heels", "shoes.wedges", "ethnic.sarees", "ethnic.lehengas", "ethnic.dupattas",
	"tops.kurtis", "tops.tunics", "tops.croptops", "bags.clutches", "bags.handbags", "socks.stockings", "bottoms.churidars", "bottoms.patialas", "jewellery.earrings"}

// mens are categories that shops seldom mark as men's.
var mens = []string{"ties", "belts.suspenders"}

// aside are categories beside the things of their kind, not among them: no shoe
// tree completes an outfit unless a slot asks for it.
var aside = []string{"shoes.care", "shoes.insoles", "shoes.cleaning", "shoes.trees", "shoes.safety", "shoes.house", "shoes.baby",
	"watches.straps", "watches.boxes", "watches.winders", "watches.tools", "jewellery.boxes", "jewellery.care", "jewellery.piercing", "jewellery.beads",
	"eyewear.contacts", "eyewear.contact-care", "eyewear.cases", "eyewear.chains", "eyewear.care", "eyewear.frames", "eyewear.reading",
	"bags.straps", "bags.charms", "bags.organisers", "bags.toiletry", "bags.lunch", "bags.garment", "bags.trolleys", "bags.shopping", "bags.laptop", "bags.pouches",
	"hats.hair-ties", "ties.clips", "ties.cufflinks", "ties.pocket-squares", "belts.suspenders", "outerwear.rain", "outerwear.ski", "outerwear.sun", "shoes.rain", "shoes.snow", "shoes.water", "socks.warmers", "socks.floor", "swimwear.wetsuits", "dresses.wedding", "sets.tracksuits"}

func under(category string, list []string) bool {
	return slices.ContainsFunc(list, func(key string) bool { return packs.IsA(category, key) })
}

// children are the age groups below adult.
var children = []string{"kids", "toddler", "infant", "newborn"}

// bare is a title without the words of colours, so that shades of one thing read alike.
func (a *Advisor) bare(title string) string {
	title = strings.ToLower(title)
	for _, color := range a.packs.ColorsOf(title) {
		c, _ := a.packs.Color(color)
		for _, name := range c.Names.All() {
			title = strings.ReplaceAll(title, name, "")
		}
	}
	return strings.Join(strings.Fields(title), " ")
}
