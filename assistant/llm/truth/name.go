package truth

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxThings is how many products can be told apart in a sentence.
const maxThings = 64

// indexNames finds what each product of the turn is called by.
func (g *Gate) indexNames() {
	at := map[string]uint64{}
	for i, th := range g.things {
		if i >= maxThings {
			break
		}
		terms(tokens(th.names), func(_ int, term string) {
			if !namesNothing[term] {
				at[term] |= 1 << i
			}
		})
	}
	g.names = at
}

// namesNothing are words that stand in titles and everywhere else.
var namesNothing = set("the a an of for with and in to by on at men man women woman kid kids unisex size new set pack piece pair my your this that it is are " +
	"one style look color colour wear 的 1 2 3 4 5 6 7 8 9 10")

// mention is where a sentence names a product.
type mention struct{ at, thing int }

// mentions finds the products that a sentence names: each run of words from titles
// names the one product that has most of them; a run that fits two alike names none.
func (g *Gate) mentions(t text) []mention {
	var found []mention
	var counts [maxThings]int
	start, last := -1, -2
	end := func() {
		if start >= 0 {
			if th := winner(counts[:min(len(g.things), maxThings)]); th >= 0 {
				found = append(found, mention{start, th})
			}
		}
		start = -1
		clear(counts[:])
	}
	terms(t.all, func(at int, term string) {
		who := g.names[term]
		if who == 0 {
			return
		}
		if at > last+2 {
			end()
		}
		if start < 0 {
			start = at
		}
		for last = at; who != 0; who &= who - 1 {
			counts[bits.TrailingZeros64(who)]++
		}
	})
	end()
	if len(found) == 0 {
		found = g.byPlace(t)
	}
	return found
}

// winner is the index of the only greatest count, or -1.
func winner(counts []int) int {
	best, at, tied := 0, -1, false
	for i, n := range counts {
		switch {
		case n > best:
			best, at, tied = n, i, false
		case n == best:
			tied = true
		}
	}
	if tied || best == 0 {
		return -1
	}
	return at
}

// byPlace reads "the second one" and 第二款 as the product shown there.
func (g *Gate) byPlace(t text) (found []mention) {
	for i := range t.all {
		place := 0
		if w := t.word(i); t.word(i) == "第" {
			if n, ok := numeralAt(t.all, i+1); ok && n.value >= 1 && n.value <= maxThings {
				place = int(n.value)
			}
		} else if t.word(i-1) == "the" {
			place = places[w]
		}
		if place > 0 && place <= len(g.things) {
			found = append(found, mention{i, place - 1})
		}
	}
	return found
}

var places = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}

// scope lists the products that a sentence as a whole is about: those it names, else
// that of the sentence before where it says "it", else those it is said to rest on.
// Empty means any.
func (g *Gate) scope(t text, named []mention, about []string) []int {
	var all []int
	for _, m := range named {
		all = append(all, m.thing)
	}
	if len(all) > 0 {
		return all
	}
	if g.last >= 0 && len(t.all) > 0 {
		switch t.all[0].text {
		case "it", "it's", "its", "它":
			return []int{g.last}
		}
	}
	for _, id := range about {
		for i, th := range g.things {
			if id == "product:"+th.id {
				all = append(all, i)
			}
		}
	}
	return all
}

// strangers tells whether a sentence names what no record does: words in quotes, and
// words with a capital that does not begin a sentence.
func (g *Gate) strangers(t text) bool {
	heard := denies(t) || quotesBuyer(t)
	known := func(term string) bool { return g.words[term] || heard && (g.heard[term] || g.denials[term]) }
	for _, q := range quoted(t.raw) {
		strange := false
		terms(tokens(q), func(_ int, term string) { strange = strange || !known(term) })
		if strange {
			return true
		}
	}
	begins := true
	for _, tok := range t.all {
		if tok.sort == sign {
			begins = begins || strings.Contains(".:;!?…\"“”(（「*-–—•", tok.text)
			continue
		}
		first, _ := utf8.DecodeRuneInString(t.raw[tok.from:tok.to])
		if tok.sort == word && !tok.used && unicode.IsUpper(first) && (!begins || g.turn.Language == "zh") &&
			len(tok.text) > 1 && !known(singular(tok.text)) && !known(tok.text) && !common(tok.text) {
			return true
		}
		begins = false
	}
	return false
}

// common tells whether a capital word is everybody's: of the calendar, of sizes and
// standards, or a form of "I".
func common(w string) bool {
	_, month := months[w]
	_, day := weekdays[singular(w)]
	return month || day || capitals[w] || strings.HasPrefix(w, "i'") || letterSize(w) != ""
}

var capitals = set("ok okay eu uk us usa usb led faq id tv pc vip diy spf uv cm kg inr usd cny eur gbp rmb hkd rs am pm cod english chinese mandarin hindi " +
	"christmas diwali holi eid easter halloween valentine thanksgiving mother father day new year spring festival black friday cyber monday ramadan " +
	"oxford chelsea henley hawaiian merino bluetooth wi fi wifi polo derby italian indian french european asian western t v a u i x yes no hi hello thanks " +
	"let here please sorry would dear ma'am sir mom mum dad")

// quoted returns what stands in quotation marks.
func quoted(raw string) (all []string) {
	pairs := [...][2]string{{"“", "”"}, {"「", "」"}, {"『", "』"}, {"《", "》"}, {"\"", "\""}}
	for _, p := range pairs {
		for rest := raw; ; {
			_, after, ok := strings.Cut(rest, p[0])
			inside, tail, closed := strings.Cut(after, p[1])
			if !ok || !closed {
				break
			}
			all, rest = append(all, inside), tail
		}
	}
	return all
}

// quotesBuyer tells whether a sentence repeats what the buyer said.
func quotesBuyer(t text) bool {
	for i := range t.all {
		switch t.word(i) {
		case "you", "your":
			switch t.word(i + 1) {
			case "asked", "said", "mentioned", "wanted", "wrote", "want", "request":
				return true
			}
		case "您", "你":
			switch t.joined(i+1, 1) {
			case "说", "问", "提", "想", "要":
				return true
			}
		}
	}
	return false
}
