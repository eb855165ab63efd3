package outfit

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// The kinds of words of giving.
type saidOf byte

const (
	recipient saidOf = iota + 1
	occasion
	interest
	gender
)

// The genders that a recipient may have.
const (
	male   = "male"
	female = "female"
)

// said is what a word of giving stands for.
type said struct {
	of  saidOf
	key string
}

// learn makes the lexicon. A recipient's name of one Chinese character is left
// out: it is part of too many other words.
func (g *Giver) learn() {
	add := func(of saidOf, key string, names packs.Names) {
		for _, name := range names.All() {
			if of != recipient || utf8.RuneCountInString(name) > 1 {
				g.words.Add(name, said{of, key})
			}
		}
	}
	for _, v := range g.packs.Values(packs.Gender) {
		if v.Key == male || v.Key == female {
			add(gender, v.Key, v.Names)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(g.giving.Interests)) {
		add(interest, key, g.giving.Interests[key])
	}
	for _, key := range slices.Sorted(maps.Keys(g.giving.Occasions)) {
		add(occasion, key, g.giving.Occasions[key].Names)
	}
	for _, key := range slices.Sorted(maps.Keys(g.giving.Recipients)) {
		add(recipient, key, g.giving.Recipients[key].Names)
	}
	g.learnKin()
	g.words.AddVariants()
}

// named returns the key that a given word means; nothing stays nothing.
func (g *Giver) named(of saidOf, word string) (key string, ok bool) {
	if word == "" || g.has(of, word) {
		return word, true
	}
	if s, ok := g.words.Get(words.Fold(word)); ok && s.of == of {
		return s.key, true
	}
	return word, false
}

func (g *Giver) has(of saidOf, key string) (ok bool) {
	switch of {
	case recipient:
		_, ok = g.giving.Recipients[key]
	case occasion:
		_, ok = g.giving.Occasions[key]
	case interest:
		_, ok = g.giving.Interests[key]
	}
	return ok
}

// known lists keys for a message.
func known[V any](all map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(all)), ", ")
}

// mention is a word of giving in a text.
type mention struct {
	said
	from, to int // tokens
}

// Read understands whom a text wants to give something, when, and for how much.
// q is what the store's vocabulary made of the same text, for the budget and
// the kind of thing.
func (g *Giver) Read(text string, q *query.Query, now time.Time) GiftWish {
	folded := words.Fold(text)
	tokens := packs.Split(folded)
	w := GiftWish{BudgetMin: q.Filters.PriceMin, BudgetMax: q.Filters.PriceMax, NeedBy: dayIn(tokens, now), Not: q.Not.With(query.Exclusions{})}
	if age, ok := ageIn(tokens); ok {
		w.Age = &age
	}
	all := g.mentions(tokens)
	w.Recipient = receiver(folded, tokens, all)
	for _, m := range all {
		switch {
		case m.of == occasion && w.Occasion == "":
			w.Occasion = m.key
		case m.of == gender && w.Gender == "":
			w.Gender = m.key
		}
	}
	if w.Recipient == "" {
		w.Recipient = dayOf[w.Occasion]
	}
	if w.Recipient == "" && w.Age == nil && isOfChild(tokens) {
		w.Recipient = "child"
	}
	if own := g.giving.Recipients[w.Recipient].Gender; own != "" {
		w.Gender = own
	}
	w.Interests = g.interests(folded, tokens, all, q)
	w.Category = g.asked(folded, q)
	return w
}

// dayOf are the recipients whose own day an occasion is.
var dayOf = map[string]string{"mothers-day": "mother", "fathers-day": "father", "teachers-day": "teacher", "childrens-day": "child"}

func (g *Giver) mentions(tokens []packs.Token) []mention {
	var all []mention
	for i := 0; i < len(tokens); {
		s, n := g.words.Longest(tokens[i:])
		if s.of == recipient && strings.Contains(whose, tokens[i].Text) {
			if other, more := g.words.Longest(tokens[i+1:]); other.of == recipient && more >= n { // 我姐夫 is 姐夫, not 我姐
				n = 0
			}
		}
		if n > 0 {
			all = append(all, mention{s, i, i + n})
		}
		i += max(n, 1)
	}
	return all
}

// foreignIn is the currency of a price that is not in the store's, or nothing.
func foreignIn(q *query.Query) string {
	for _, m := range q.Mentions {
		if m.Field == query.Price && m.Note == query.ForeignCurrency {
			return m.Value
		}
	}
	return ""
}

// asked is the kind of thing that the buyer named, unless the words say what
// somebody likes or that it be a present.
func (g *Giver) asked(text string, q *query.Query) string {
	if q.Filters.Category == "" || packs.IsA(q.Filters.Category, "gifts") {
		return ""
	}
	likes := slices.ContainsFunc(liking, func(cue string) bool { return strings.Contains(text, cue) }) ||
		strings.Contains(text, "lover") || strings.Contains(text, "控")
	for _, m := range q.Mentions {
		if m.Field == query.Category && !m.Negated {
			if s, ok := g.words.Get(m.Text); !ok || s.of == interest && !likes {
				return q.Filters.Category
			}
		}
	}
	return ""
}
