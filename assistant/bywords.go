package assistant

import (
	"honeyguide/assistant/intent"
	"honeyguide/catalog/words"
)

// best is the likeliest reading of the words.
func (t *turn) best() intent.Guess {
	best := intent.Guess{Intent: intent.Unknown}
	one := len(t.slots.Ordinals) == 1 || len(t.memory.Shown) < 2 // there is nothing to compare with
	sums := map[intent.Intent]float64{}
	for _, g := range t.guesses {
		sums[g.Intent] += g.P
	}
	if rest := 1 - sums[intent.Compare]; one && rest > 0 {
		for of := range sums {
			sums[of] /= rest
		}
	}
	for _, g := range t.guesses { // the first act of an intent is its likeliest
		if sums[g.Intent] > best.P && !(one && g.Intent == intent.Compare) {
			best = intent.Guess{Intent: g.Intent, Act: g.Act, P: sums[g.Intent]}
		}
	}
	return best
}

// byWords takes what the words say by themselves, with what the other readers saw in them.
func (t *turn) byWords() plan {
	best := t.best()
	named := namesSomething(&t.asked)
	switch {
	case t.slots.OrderNumber != "" && t.orderish(), t.orderNumber() != "" && t.hasProof():
		p, _ := t.guess(intent.Order)
		return plan{intent: intent.Order, act: t.orderAct(), p: max(p, .8)}
	case best.Intent == intent.Unknown && named, best.P < .45 && named && t.asked.Filters.Category != "" && best.Intent != intent.Gift:
		return plan{intent: intent.Search, p: .6}
	case best.Intent == intent.Smalltalk && t.asked.Filters.Category != "" && (best.P < .97 || best.Act == "hello"):
		return plan{intent: intent.Search, p: .7} // «good morning, do you have hats?»
	case t.asked.Filters.Category != "" && best.P < .95 && best.Intent == intent.FAQ && !isQuestion(t.sent.Text),
		t.asked.Filters.Category != "" && best.P < .995 && best.Intent == intent.FAQ && seeking.MatchString(words.Fold(t.sent.Text)),
		t.asked.Filters.Category != "" && best.P < .95 && best.Intent == intent.Outfit && !dressing.MatchString(words.Fold(t.sent.Text)),
		t.asked.Filters.Category != "" && best.P < .9 && best.Intent == intent.Gift && t.giving.Occasion == "" && !saysGift(t.sent.Text):
		return plan{intent: intent.Search, p: .7}
	case t.isDetailed() && best.P < .97 && (best.Intent == intent.Outfit || best.Intent == intent.FAQ || best.Intent == intent.Size && len(t.body) == 0):
		return plan{intent: intent.Search, p: .7}
	case best.Intent == intent.Gift && t.giving.Recipient == "" && !saysGift(t.sent.Text) && isQuestion(t.sent.Text):
		return plan{intent: intent.FAQ, p: min(best.P, sure)} // «what should I wear to a wedding?»
	case best.Intent == intent.Similar && t.subject() == "" && t.memory.Photo == "" && named:
		return plan{intent: intent.Search, p: best.P}
	}
	if best.Intent == intent.Order {
		best.Act = t.orderAct()
	}
	return plan{intent: best.Intent, act: best.Act, p: best.P}
}

// isDetailed tells whether the message describes a thing in several points, as who looks
// for it does, rather than asks something of it.
func (t *turn) isDetailed() bool {
	n := 0
	for _, m := range t.asked.Mentions {
		if m.Note == "" {
			n++
		}
	}
	return t.asked.Filters.Category != "" && (n >= 4 || n >= 2 && !isQuestion(t.sent.Text))
}

// orderAct is what is wanted of an order, where that is likelier than all else together,
// or nothing. A request is nothing to take down on a guess.
func (t *turn) orderAct() string {
	for _, g := range t.guesses {
		if g.Intent == intent.Order && g.P >= .5 {
			return g.Act
		}
	}
	return ""
}

// orderish tells whether a number is spoken of as an order's.
func (t *turn) orderish() bool {
	p, _ := t.guess(intent.Order)
	faq, _ := t.guess(intent.FAQ)
	return p >= .2 || faq < .5
}
