package truth

import (
	"slices"
	"strings"
)

// faulty is a fault, and the claim that has it where it is one of a single claim.
type faulty struct {
	why   Fault
	claim *claim
}

// faults finds everything in a sentence that no record holds.
func (g *Gate) faults(t text, about []string) (found []faulty) {
	named := g.mentions(t)
	whole := g.scope(t, named, about)
	for i := range t.claims {
		c := &t.claims[i]
		if g.idle(t, *c) {
			continue
		}
		if why := g.check(t, *c, g.scopeOf(t, *c, named, whole)); why != "" {
			found = append(found, faulty{why, c})
		}
	}
	for _, tok := range t.all {
		if g.shouted[tok.text] && !g.words[tok.text] {
			return append(found, faulty{why: Leak})
		}
	}
	if g.strangers(t) {
		found = append(found, faulty{why: Name})
	}
	return found
}

// idle tells whether a claim claims nothing where it stands: notions in offers to
// the buyer and in what the speaker does not know, "today" where nothing is promised.
func (g *Gate) idle(t text, c claim) bool {
	if c.kind == date && c.weak {
		return !slices.ContainsFunc(t.claims, func(o claim) bool {
			return o.kind == notion && !o.weak && o.text != "material" && o.text != "brand" || o.kind == clock
		}) && !promising(t)
	}
	if c.kind != notion || strings.HasSuffix(c.text, "!") {
		return false
	}
	return t.asks && offers(t) || disclaims(t, c.at)
}

// promising tells whether a sentence says what happens on its day.
func promising(t text) bool {
	for i := range t.all {
		switch t.word(i) {
		case "ends", "end", "expires", "expire", "arrives", "arrive", "ships", "ship", "delivered", "open", "opens", "closed", "close", "closes", "until", "only",
			"到", "送", "截", "止", "开", "关", "仅", "限", "结":
			return true
		}
	}
	return false
}

// offers tells whether a question only asks what the buyer wants.
func offers(t text) bool {
	for i := range t.all {
		switch t.word(i) {
		case "would", "shall", "should", "could", "may", "do", "want", "need", "which", "what", "how", "are", "or", "prefer":
			return t.word(i) != "do" || t.word(i+1) == "you"
		case "did", "know", "知":
			return false
		case "需", "想", "要", "哪", "什", "是", "可":
			return true
		}
	}
	return false
}

// disclaims tells whether a claim stands behind "I cannot say", "I do not know".
func disclaims(t text, at int) bool {
	for i := 0; i < at; i++ {
		switch t.word(i) {
		case "can't", "cannot", "couldn't", "don't", "not":
			switch t.word(i + 1) {
			case "promise", "guarantee", "confirm", "say", "know", "see", "check", "find", "sure", "tell":
				return true
			case "have":
				return strings.Contains(" information details record records any data word ", " "+t.word(i+2)+" ")
			}
		case "无", "不", "没":
			switch t.joined(i, 2) + t.joined(i+2, 2) {
			case "无法确认", "不能保证", "不能确认", "不敢保证", "没有相关", "没有这方":
				return true
			}
			switch t.joined(i, 2) {
			case "不清", "不知", "不确":
				return true
			}
		}
	}
	return false
}

// scopeOf lists the products whose records may hold a claim: the one named nearest
// before it, or behind it where none is before. Claims that follow all names go to
// the names in their order where there are as many, else to every one of them.
func (g *Gate) scopeOf(t text, c claim, named []mention, whole []int) []int {
	if len(named) < 2 {
		return whole
	}
	place, alike := 0, 0
	for _, o := range t.claims {
		if o.kind == c.kind && (c.kind != notion || o.text == c.text) {
			if o.at == c.at {
				place = alike
			}
			alike++
			if o.at < named[len(named)-1].at {
				alike = maxThings // not all behind the names
			}
		}
	}
	if alike == len(named) {
		return []int{named[place].thing}
	}
	if alike == 1 {
		return whole
	}
	nearest := named[0].thing
	for _, m := range named {
		if m.at <= c.at {
			nearest = m.thing
		}
	}
	return []int{nearest}
}

// check tells what is wrong with a claim about some products; none means any.
func (g *Gate) check(t text, c claim, scope []int) Fault {
	if c.kind == notion {
		return g.checkNotion(t, c, scope)
	}
	if g.held(c, scope) || g.allowed(t, c, scope) {
		return ""
	}
	return faultOf(c)
}

// held tells whether records say the same: one of no product in particular, or the
// records of every product that the claim is about; of any product where it is about none.
func (g *Gate) held(c claim, scope []int) bool {
	if c.kind == code && c.unit == "" && g.words[c.text] {
		return true
	}
	meets := func(o claim) bool { return c.meets(o) && (!o.denied || c.denied) }
	if slices.ContainsFunc(g.said, meets) {
		return true
	}
	holds := func(i int) bool { return slices.ContainsFunc(g.things[i].said, meets) }
	if len(scope) == 0 {
		for i := range g.things {
			if holds(i) {
				return true
			}
		}
		return false
	}
	for _, i := range scope {
		if !holds(i) {
			return false
		}
	}
	return true
}

// allowed are claims that no record states and that are true all the same: how many
// things are shown, that all cost less than something, what the buyer said himself.
func (g *Gate) allowed(t text, c claim, scope []int) bool {
	switch c.kind {
	case count, number:
		if c.bound == atMost && g.allCost(c, scope) || t.before(c.at, 2, bodyWords) && g.buyerSaid(c) {
			return true
		}
		return c.value >= 1 && c.value <= float64(len(g.things)) && c.value == float64(int(c.value)) && c.bound == exactly
	case amount:
		switch c.bound {
		case atMost:
			return g.allCost(c, scope)
		case atLeast:
			return g.buyerSaid(c) && g.allCost(c, scope)
		}
		return budget(t) && g.buyerSaid(c)
	case quantity:
		switch c.unit {
		case "mm", "g", "lb", "inch", "foot", "age", "st", "nd", "rd", "th":
			return g.buyerSaid(c)
		}
	case size:
		return wears(t) && g.buyerSaid(c)
	case code:
		return c.unit == "" && t.before(c.at, 4, orderWords) && g.buyerSaid(c)
	}
	return false
}

var bodyWords = set("height weight chest waist hip hips foot bust 身高 体重 胸围 腰围 臀围 脚长 年龄")

var orderWords = set("order number tracking 订单 单号 订单号")

// allCost tells whether all the products cost at most, or at least, as much as a
// claim says.
func (g *Gate) allCost(c claim, scope []int) bool {
	if len(scope) == 0 {
		for i := range g.things {
			scope = append(scope, i)
		}
	}
	for _, i := range scope {
		th := g.things[i]
		cost := g.price(th.cost)
		if !th.priced || !agree(c.currencies, cost.currencies) ||
			c.bound == atMost && cost.value > max(c.value, c.other) || c.bound == atLeast && cost.value < min(c.value, c.other) {
			return false
		}
	}
	return len(scope) > 0
}

func (g *Gate) buyerSaid(c claim) bool {
	return slices.ContainsFunc(g.asked.claims, func(o claim) bool {
		return c.meets(o) || c.kind == quantity && c.unit == "lb" && o.kind == quantity && o.unit == "lb" && c.equals(o) || c.kind == amount && o.kind == number && c.equals(o)
	})
}

func budget(t text) bool {
	for i := range t.all {
		if w := t.word(i); w == "budget" || w == "预" && t.word(i+1) == "算" {
			return true
		}
	}
	return false
}

func wears(t text) bool {
	for i := range t.all {
		switch t.word(i) {
		case "wear", "usual", "usually", "normally":
			return true
		case "平", "通":
			if s := t.word(i + 1); s == "时" || s == "常" {
				return true
			}
		}
	}
	return false
}

// checkNotion checks what is said in words.
func (g *Gate) checkNotion(t text, c claim, scope []int) Fault {
	switch {
	case strings.HasPrefix(c.text, "human"):
		return Human
	case strings.HasPrefix(c.text, "leak"):
		return Leak
	case strings.HasPrefix(c.text, "elsewhere"):
		if g.held(c, nil) {
			return ""
		}
		return Contact
	case c.text == "brand":
		return g.checkWord(t, c, Name)
	case c.text == "material":
		if c.no || t.before(c.at, 3, besideWords) {
			return "" // what it goes with
		}
		return g.checkWord(t, c, Promise)
	case strings.HasPrefix(c.text, "stock."):
		return g.checkStock(t, c, scope)
	}
	if c.weak || g.held(c, scope) || g.akin(c) {
		return ""
	}
	return faultOf(c)
}

var besideWords = set("with over under like than beside 配 搭 像 比 类似 搭配")

// checkWord looks for a word that must be in the records: a material, a name that
// everybody knows. Where the sentence says no, the buyer's words will do.
func (g *Gate) checkWord(t text, c claim, why Fault) Fault {
	heard, strange := denies(t) || quotesBuyer(t), false
	terms(tokens(t.raw[c.from:c.to]), func(_ int, term string) {
		strange = strange || !g.words[term] && !(heard && (g.heard[term] || g.denials[term]))
	})
	if strange {
		return why
	}
	return ""
}

// akin tells whether records say the same in other words.
func (g *Gate) akin(c claim) bool {
	manner, deed, ok := strings.Cut(c.text, ".")
	if ok && deeded[manner] {
		for other := range deeded {
			if g.held(claim{kind: notion, text: other + "." + deed, no: c.no}, nil) {
				return true
			}
		}
	}
	for _, text := range alike[c.text] {
		if g.held(claim{kind: notion, text: text, no: c.no}, nil) {
			return true
		}
	}
	return false
}

var (
	// deeded are the manners in which something is said to be done.
	deeded = set("done past passive")
	// alike are notions that others hold as well.
	alike = map[string][]string{
		"person.coming": {"will.tell", "done.tell"}, "will.tell": {"person.coming"}, "passive.refund": {"order.refunded"},
		"passive.cancel": {"order.canceled"}, "passive.send": {"order.shipped"}, "done.cancel": {"order.canceled"}, "done.refund": {"order.refunded"},
		"order.canceled": {"done.cancel"}, "order.refunded": {"done.refund"}, "ship.when": {"order.shipped", "order.processing"},
	}
)

// checkStock holds a stock claim against the availability of all the products that
// it is about. One about a size is held against what was said of sizes.
func (g *Gate) checkStock(t text, c claim, scope []int) Fault {
	if slices.ContainsFunc(t.claims, func(o claim) bool { return o.kind == size }) && g.sizesKnown() {
		if g.held(c, scope) {
			return ""
		}
		return Stock
	}
	if len(scope) == 0 {
		for i := range g.things {
			scope = append(scope, i)
		}
	}
	known := 0
	for _, i := range scope {
		if th := g.things[i]; th.stock != "" {
			known++
			if (c.text != th.stock || c.no) && (!c.weak || th.stock != "stock.pre") {
				return Stock
			}
		}
	}
	if known > 0 && known == len(scope) || c.weak || g.held(c, scope) {
		return ""
	}
	return Stock
}

// sizesKnown tells whether the turn says of a single size whether it is there.
func (g *Gate) sizesKnown() bool {
	return slices.ContainsFunc(g.said, func(o claim) bool { return o.kind == notion && o.field && strings.HasPrefix(o.text, "stock.") })
}

// faultOf names what is wrong with a claim that nothing holds.
func faultOf(c claim) Fault {
	switch c.kind {
	case amount:
		return Price
	case percent:
		return Percent
	case discount:
		return Offer
	case date, weekday, clock:
		return Date
	case size:
		return Size
	case code:
		return Name
	case contact:
		return Contact
	case notion:
		return notionFault(c.text)
	}
	return Number
}

func notionFault(text string) Fault {
	group, _, _ := strings.Cut(text, ".")
	switch group {
	case "stock":
		return Stock
	case "ship":
		return Delivery
	case "discount", "coupon", "bogo", "free", "price":
		return Offer
	case "done", "will", "past", "passive", "order", "person":
		return Deed
	}
	return Promise
}

// attribute adds what a sentence of the draft says to the products that it names.
func (g *Gate) attribute(d text) {
	named := g.mentions(d)
	whole := g.scope(d, named, nil)
	for _, c := range d.claims {
		scope := g.scopeOf(d, c, named, whole)
		if len(scope) == 0 {
			g.said = append(g.said, c)
		}
		for _, i := range scope {
			g.things[i].said = append(g.things[i].said, c)
		}
	}
}

// denies tells whether a sentence says that something is not so.
func denies(t text) bool {
	for i, tok := range t.all {
		switch tok.sort {
		case word:
			if denials[tok.text] || strings.HasSuffix(tok.text, "n't") || tok.text == "unfortunately" || tok.text == "instead" || tok.text == "unable" {
				return true
			}
		case han:
			if strings.Contains("不没无未", tok.text) && !slices.Contains([]string{"不错", "不仅", "不但", "不妨", "没问", "无论"}, t.joined(i, 2)) || t.joined(i, 2) == "抱歉" {
				return true
			}
		}
	}
	return false
}
