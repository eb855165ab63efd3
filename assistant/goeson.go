package assistant

import (
	"slices"
	"strings"

	"honeyguide/assistant/intent"
	"honeyguide/assistant/slot"
	"honeyguide/catalog/words"
)

// follow goes on with something, as the talk before suggests.
func follow(of intent.Intent, act string) (plan, bool) {
	return plan{intent: of, act: act, p: .85, follows: true}, true
}

// goesBack tells whether the message takes up an earlier search: «back to the dresses».
func (t *turn) goesBack() (plan, bool) {
	if t.slots.Earlier && t.memory.earlier(t.asked.Filters.Category) != nil {
		return follow(intent.Search, "back")
	}
	return plan{}, false
}

// beginsAnew tells whether the message drops what was said, or changes the language.
func (t *turn) beginsAnew() (plan, bool) {
	switch {
	case t.asked.Filters.Category != "":
	case t.slots.Edit.Restart:
		return follow(intent.Smalltalk, "restart")
	case t.slots.Language != "" && t.isShort():
		return follow(intent.Smalltalk, "language")
	}
	return plan{}, false
}

// namesOnly tells whether the message is nothing but the name of a thing: who says «red
// bags» looks for them, whatever a classifier of sentences makes of two words.
func (t *turn) namesOnly() (plan, bool) {
	ok := t.isBare() && t.best().P < .97 && t.memory.Topic != intent.Outfit && t.memory.Topic != intent.Gift
	return plan{intent: intent.Search, p: .9}, ok
}

// pointsAt tells whether the message is about one or more of the products shown, or asks
// of the one that is talked about what its row says.
func (t *turn) pointsAt() (plan, bool) {
	best := t.best()
	ids, _ := t.meant()
	switch {
	case len(t.slots.Asked) > 0 && t.subject() != "" && t.asked.Filters.Category == "":
		return follow(intent.Size, "has")
	case len(ids) >= 2 && best.Intent == intent.Compare && best.P >= unsure:
		return plan{intent: intent.Compare, p: best.P}, true
	case t.slots.Edit.NotColor && (len(ids) == 1 || t.slots.This && t.subject() != "" && isQuestion(t.sent.Text)):
		return follow(intent.FAQ, "") // «does the first one come in other colors?»
	case len(ids) == 1 && len(t.slots.Ordinals) == 1 && alike.MatchString(words.Fold(t.sent.Text)):
		return plan{intent: intent.Similar, p: .85}, true
	case t.asksOfProduct() && (best.Intent != intent.Promotion || best.P < sure):
		return follow(intent.FAQ, "")
	case t.pointed != "" && superlative(words.Fold(t.sent.Text)) != 0 && t.isShort():
		return follow(intent.Search, "this")
	case len(ids) != 1 || t.edits() || len(t.slots.Ordinals) != 1 && t.pointed == "":
		return plan{}, false
	case t.isPlace(), (t.isShort() || best.P < .9) && !(slices.Contains(own, best.Intent) && best.P >= sure):
		return follow(intent.Search, "this")
	}
	return plan{}, false
}

// goesOn tells whether the message changes or continues the last result.
func (t *turn) goesOn() (plan, bool) {
	m := t.memory
	switch {
	case m.Topic == intent.Outfit && m.Outfit != nil && t.changesOutfit():
		return follow(intent.Outfit, "")
	case m.Topic == intent.Gift && m.Gift != nil && t.changesGift():
		return follow(intent.Gift, "")
	case (m.Topic == intent.Search || m.Topic == intent.Similar) && m.Search != nil && t.changesSearch():
		return follow(m.Search.Intent, "")
	case m.Search != nil && (m.Topic == intent.Size || m.Topic == intent.Promotion || m.Topic == intent.Compare) && t.edits() && !t.leaves():
		return follow(m.Search.Intent, "")
	case m.Topic == intent.Size && t.sizeSaid() != "" && t.slots.Edit.Ellipsis && t.subject() != "":
		return follow(intent.Size, "has")
	case m.Topic == intent.Size && (len(t.body) > 0 || t.slots.UsualSize.Label != ""):
		return follow(intent.Size, "")
	case m.Topic == intent.Order && t.namesOrder():
		return plan{intent: intent.Order, act: t.orderAct(), p: .9}, true
	case m.Topic == intent.Order && m.Order.Number != "" && m.Order.Proven == "" && t.hasProof():
		return follow(intent.Order, "")
	}
	return plan{}, false
}

func (t *turn) changesOutfit() bool {
	e := t.slots.Edit
	return len(e.Swap) > 0 || len(e.Keep) > 0 || t.edits() || disliking.MatchString(words.Fold(t.sent.Text)) || t.isFurther() && !t.leaves()
}

func (t *turn) changesGift() bool {
	a := t.slots.Answer
	return len(t.giving.Interests) > 0 && !isQuestion(t.sent.Text) || (t.giving.Recipient != "" || t.giving.Occasion != "") && t.best().Intent != intent.Outfit ||
		a.Number != nil || a.Amount != (slot.Amount{}) || (t.edits() || t.isFurther()) && !t.leaves()
}

func (t *turn) changesSearch() bool {
	return t.sizeSaid() != "" && t.asked.Filters.Category == "" && len(t.body) == 0 || (t.edits() || t.isFurther()) && !t.leaves()
}

// asksOfProduct tells whether the message asks for something that the row of the product
// says which is talked about.
func (t *turn) asksOfProduct() bool {
	if t.subject() == "" || t.edits() || len(t.slots.Edit.Swap) > 0 {
		return false
	}
	named := t.asked.Filters.Category != "" && !t.slots.This && len(t.slots.Ordinals) == 0
	return !named && t.propertyAsked() != ""
}

// propertyAsked is the property of a product that the message asks for, or nothing: by its
// name, or by a value of it («is it leather?»).
func (t *turn) propertyAsked() string {
	if key := propertyIn(t.sent.Text); key != "" {
		return key
	}
	if t.slots.This && len(t.asked.Filters.Materials) > 0 && strings.ContainsAny(t.sent.Text, "?？吗么") {
		return "fact-material"
	}
	return ""
}

// edits tells whether the message says how the last result is to change.
func (t *turn) edits() bool {
	e := t.slots.Edit
	for _, open := range openFields {
		if open.MatchString(words.Fold(t.sent.Text)) {
			return true
		}
	}
	return e.Price != 0 || e.Formality != 0 || e.Maturity != 0 || e.Warmth != 0 || e.Length != 0 || e.Sleeves != 0 || e.Size != 0 ||
		e.Fit != 0 || e.Shade != 0 || e.Pattern != 0 || e.More || e.Reject || e.NotBrand || e.NotColor || e.NotStyle || e.Instead
}

// isFurther tells whether the message only adds to the wish before: half a sentence, or
// properties without a kind of thing.
func (t *turn) isFurther() bool {
	return t.slots.Edit.Ellipsis || t.asked.Filters.Category == "" && namesSomething(&t.asked)
}

// own are the intents that leave a topic rather than go on with it, when they are sure.
var own = []intent.Intent{intent.Order, intent.FAQ, intent.Promotion, intent.Size, intent.Outfit, intent.Gift, intent.Compare, intent.Smalltalk, intent.Similar}

// leaves tells whether the words ask for something else than the topic, surely.
func (t *turn) leaves() bool {
	best := t.best()
	if t.slots.Edit.Ellipsis && best.Intent != intent.Order && best.Intent != intent.Promotion && best.Intent != intent.Gift {
		return false
	}
	switch {
	case t.edits() && best.Intent == intent.Smalltalk:
		return false
	case best.Intent == intent.Gift && saysGift(t.sent.Text) && t.giving.Recipient != "":
		return true
	}
	if t.edits() && t.isShort() && (best.Intent != intent.Order || best.P < .97) {
		return false // «便宜点» is no question for offers
	}
	limit := .8
	if t.edits() || namesSomething(&t.asked) && best.Intent != intent.Gift {
		limit = .93
	}
	if namesSomething(&t.asked) && (best.Intent == intent.Smalltalk || best.Intent == intent.FAQ && t.isShort() && !isQuestion(t.sent.Text)) {
		return false
	}
	return best.Intent != t.memory.Topic && slices.Contains(own, best.Intent) && best.P >= limit
}
