package turns

import (
	"slices"
	"strings"
	"unicode"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/assistant/intent"
	"honeyguide/outfit"
)

// rule is what every reply must keep. It returns what broke it.
type rule struct {
	name, wants string
	keeps       func(a *answered) (got string, ok bool)
}

// always are the rules, in the order in which they are told.
func always() []rule {
	return []rule{
		{"language", "the buyer's language", inLanguage},
		{"text", "words, while the assistant answers", hasWords},
		{"numbers", "only numbers that a record of the reply or the buyer names", numbersHold},
		{"distinct", "nothing twice", distinct},
		{"stock", "nothing that is sold out", inStock},
		{"anchor", "what an outfit is made around is not sold again", anchorLeftOut},
		{"budget", "no present and no outfit above the budget", withinBudget},
		{"person", "a person is promised only when one was called", personCalled},
	}
}

func rules() []string {
	var names []string
	for _, r := range always() {
		names = append(names, r.name)
	}
	return names
}

// inLanguage checks what the reply says of itself and what its text is written in.
// Names of products may be of another language, so a Chinese text may hold much English.
func inLanguage(a *answered) (string, bool) {
	if a.lang == "any" {
		return "", true
	}
	han := strings.ContainsFunc(a.reply.Text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	if a.reply.Text != "" && han != (a.lang == "zh") {
		return shorten(a.reply.Text, 100), false
	}
	return a.reply.Language, a.reply.Language == a.lang
}

func hasWords(a *answered) (string, bool) {
	return "an empty text", a.reply.Text != "" || a.reply.State == conversation.Human ||
		a.reply.State == conversation.Waiting && len(a.before) > 0
}

func distinct(a *answered) (string, bool) {
	seen := map[string]bool{}
	for _, p := range products(a.reply) {
		if seen[p.ID] {
			return p.ID, false
		}
		seen[p.ID] = true
	}
	return "", true
}

// inStock leaves out the one product that the turn is about: the buyer may ask for it.
func inStock(a *answered) (string, bool) {
	for _, p := range append(products(a.reply), pieces(a.reply)...) {
		if p.Availability == "out_of_stock" && p.ID != a.reply.Understood.ProductID {
			return p.ID, false
		}
	}
	return "", true
}

func anchorLeftOut(a *answered) (string, bool) {
	for i := range a.reply.Outfits {
		o := &a.reply.Outfits[i]
		again := slices.IndexFunc(o.Pieces, func(p outfit.Piece) bool {
			return p.Slot == o.Anchor.Slot || o.Anchor.Product != nil && p.Product.ID == o.Anchor.Product.ID
		})
		if again >= 0 {
			return o.Pieces[again].Product.ID, false
		}
	}
	return "", true
}

func withinBudget(a *answered) (string, bool) {
	most := a.reply.Understood.BudgetMax
	if most == nil {
		return "", true
	}
	if a.reply.Intent == intent.Gift {
		for _, p := range products(a.reply) {
			if p.Cost().Amount > *most {
				return p.ID, false
			}
		}
	}
	for i := range a.reply.Outfits {
		if o := &a.reply.Outfits[i]; o.Total.Amount > *most {
			return show(o.Total.Amount), false
		}
	}
	return "", true
}

// personCalled checks that what the reply says of a person is the conversation's state.
func personCalled(a *answered) (string, bool) {
	h := a.reply.Handover
	switch {
	case h == nil:
		return "waiting without a word of it", a.reply.State != conversation.Waiting || waited(a.before)
	case h.State == "waiting" || h.State == "human":
		return "the conversation is " + string(a.reply.State), string(a.reply.State) == h.State
	}
	return "", true
}

func waited(before []*assistant.Reply) bool {
	return slices.ContainsFunc(before, func(r *assistant.Reply) bool { return r.State == conversation.Waiting })
}
