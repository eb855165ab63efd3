// Package truth holds what a language model says against the records of a turn.
//
// A sentence may be said if every price, number, percent, date, time, size, stock
// claim, promise of delivery, offer, code, address and name in it is in a record
// (or in the draft, which was made from the records), if it claims no deed that the
// draft does not, and if it is in the language asked for. Numbers count however
// they are written: 895, ₹895.00, 八百九十五元, "twenty percent off", 打八折. Where a
// sentence names a product, the facts must be that product's.
//
// Both sides are read by the same reader, so what is not understood is not
// understood on either; what a reader cannot know is listed in notions.txt.
package truth

import (
	"strings"
	"time"
)

// Fault is why a sentence may not be said.
type Fault string

// The faults.
const (
	Price    Fault = "price"
	Percent  Fault = "percent"
	Number   Fault = "number"
	Date     Fault = "date"
	Size     Fault = "size"
	Stock    Fault = "stock"
	Delivery Fault = "delivery"
	Offer    Fault = "offer" // discounts, coupons, things for free
	Contact  Fault = "contact"
	Name     Fault = "name" // a product, a brand or a code that no record names
	Deed     Fault = "deed" // something said to be done, or promised, that is not
	Promise  Fault = "promise"
	Human    Fault = "human" // that a person is speaking
	Leak     Fault = "leak"  // what the model was told, or what a text told it to say
	Language Fault = "language"
	Markup   Fault = "markup"
	Question Fault = "question" // a question too many
	Repeated Fault = "repeated"
	Long     Fault = "long"
)

// Record is something that the turn's answer may rest on.
type Record struct {
	Kind, ID string
	Text     string // JSON as the API shows it, or plain words
}

// Turn is what an answer may be made of.
type Turn struct {
	Records      []Record
	Draft        string
	Asked        string   // everything the buyer said
	Names        []string // other texts whose names may be said, such as the store's
	Instructions string   // what the model was told; not to be repeated
	Language     string   // en or zh
	MayAsk       bool     // one question is allowed also where the draft has none
	Now          time.Time
}

// Gate judges the sentences of one answer, in their order. It is not safe for
// concurrent use.
type Gate struct {
	ground
	turn    Turn
	draft   []text
	asked   text
	heard   map[string]bool   // terms of what the buyer said
	denials map[string]bool   // terms of the draft\'s sentences that say no
	names   map[string]uint64 // the products that a term of their names belongs to, as bits
	told    map[uint64]bool   // runs of words of the instructions
	planted map[uint64]bool   // runs of words that texts want to have said
	shouted map[string]bool   // single words that they want to have said
	spoken  []text
	seen    map[string]bool
	last    int // the product that the sentence before named, or -1
	asks    int
}

// maxSentence bounds a sentence, in bytes.
const maxSentence = 1200

// New makes a Gate of a turn's records.
func New(t Turn) *Gate {
	g := &Gate{turn: t, heard: map[string]bool{}, denials: map[string]bool{}, seen: map[string]bool{}, last: -1}
	g.ground = ground{now: t.Now, words: map[string]bool{}}
	for _, r := range t.Records {
		if r.Kind != "promotion" {
			g.record(r)
		}
	}
	for _, r := range t.Records {
		if r.Kind == "promotion" { // which may be for some of the products only
			g.promotion(r)
		}
	}
	for _, n := range t.Names {
		g.know(n)
	}
	g.indexNames()
	for _, s := range Sentences(t.Draft) {
		d := read(s, t.Now)
		g.knowDraft(d)
		g.draft = append(g.draft, d)
		g.attribute(d)
	}
	g.asked = read(clip(t.Asked), t.Now)
	terms(g.asked.all, func(_ int, term string) { g.heard[term] = true })
	g.told = runs(tokens(t.Instructions), toldRun)
	g.plant()
	return g
}

// knowDraft adds the terms of a sentence of the draft to what may be named: where it
// says that something is not so, only for sentences that do as well.
func (g *Gate) knowDraft(d text) {
	into := g.words
	if denies(d) {
		into = g.denials
	}
	terms(d.all, func(_ int, term string) { into[term] = true })
}

// Judge tells whether a sentence may be said: why is empty, and said is the sentence,
// tidied and perhaps with one wrong value put right. about are the records that the
// sentence is said to rest on, as kind:id; they matter where it names no product.
func (g *Gate) Judge(sentence string, about []string) (said string, why Fault) {
	sentence = tidy(sentence)
	if sentence == "" {
		return "", Repeated
	}
	if why := g.form(sentence); why != "" {
		return "", why
	}
	t := read(sentence, g.now)
	faults := g.faults(t, about)
	if len(faults) == 1 && faults[0].claim != nil {
		if mended, ok := g.mend(t, *faults[0].claim, about); ok {
			t, faults = mended, nil
		}
	}
	if len(faults) > 0 {
		return "", faults[0].why
	}
	if why := g.manners(t); why != "" {
		return "", why
	}
	g.keep(t, about)
	return t.raw, ""
}

// keep remembers what was said.
func (g *Gate) keep(t text, about []string) {
	g.spoken = append(g.spoken, t)
	g.seen[strings.ToLower(t.raw)] = true
	if t.asks {
		g.asks++
	}
	g.last = -1
	if scope := g.scope(t, g.mentions(t), about); len(scope) == 1 {
		g.last = scope[0]
	}
}

// Missing returns the sentences of the draft whose facts were not said, in order.
// Asking, and saying that something is not so, are facts too.
func (g *Gate) Missing() []string {
	var missing []string
	denied := false
	for _, t := range g.spoken {
		denied = denied || denies(t)
	}
	for _, d := range g.draft {
		switch {
		case d.asks:
			if g.asks == 0 {
				missing = append(missing, d.raw)
			}
		case !g.covered(d), denies(d) && !denied:
			missing = append(missing, d.raw)
		}
	}
	return missing
}

// covered tells whether all claims of a draft's sentence have been said.
func (g *Gate) covered(d text) bool {
	for _, c := range d.claims {
		held := c.kind == count || c.weak
		for _, t := range g.spoken {
			for _, o := range t.claims {
				held = held || c.meets(o)
			}
		}
		if !held {
			return false
		}
	}
	return true
}
