package assistant

import (
	"honeyguide/assistant/intent"
	"honeyguide/assistant/slot"
)

// plan is what a turn is going to do.
type plan struct {
	intent  intent.Intent
	act     string
	p       float64 // that it is right
	follows bool    // it goes on with what the topic is
}

// sure is the chance from which on a reading is followed against the drift of the talk.
const sure = .6

// decide chooses what the message wants: what nobody should overhear first, then the
// answer to a question, then what the photo or the words before it suggest, then what
// the words say by themselves.
func (t *turn) decide() plan {
	for _, way := range []func() (plan, bool){t.wantsPerson, t.answersQuestion, t.bringsPhoto, t.goesBack, t.beginsAnew, t.namesOnly, t.pointsAt, t.goesOn} {
		if p, ok := way(); ok {
			return p
		}
	}
	return t.byWords()
}

// wantsPerson tells whether a person is asked for, or the buyer has had enough.
func (t *turn) wantsPerson() (plan, bool) {
	p, act := t.guess(intent.Handover)
	complaint, what := t.guess(intent.Order)
	switch {
	case t.slots.Anger >= 2 && complaint >= .3 && what == "complaint":
		return plan{intent: intent.Order, act: "complaint", p: .8}, true // it calls a person too, and is taken down
	case p >= sure && act != "anger":
		return plan{intent: intent.Handover, act: "asked", p: p}, true
	case t.slots.Anger >= 2 || p >= sure:
		return plan{intent: intent.Handover, act: "anger", p: max(p, .8)}, true
	}
	return plan{}, false
}

// answersQuestion tells whether the message answers what was asked last.
func (t *turn) answersQuestion() (plan, bool) {
	a, asked := t.slots.Answer, t.memory.Asked
	follow := plan{intent: t.memory.Topic, p: .9, follows: true}
	open := a.Any || a.DontKnow || a.No
	switch asked {
	case "order_number":
		return follow, t.slots.Email != "" || t.orderNumber() != "" || t.slots.Bare != "" || numberIn(t.sent.Text) != "" || a.DontKnow || a.No
	case "phone_or_email":
		return follow, t.hasProof() || t.slots.Bare != "" || open
	case "recipient":
		return follow, t.giving.Recipient != "" || t.giving.Occasion != "" || open || a.Gender != ""
	case "budget":
		return follow, a.Amount != (slot.Amount{}) || a.Number != nil || t.giving.BudgetMax != nil || t.giving.BudgetMin != nil || open
	case "gender":
		return follow, t.asked.Filters.Gender != "" || a.Gender != "" || a.Any || a.DontKnow
	case "product":
		ids, _ := t.meant()
		return follow, len(ids) > 0 || t.slots.This || t.sent.ProductID != "" || t.picture == nil && t.asked.Filters.Category != "" && t.isShort()
	case "anchor":
		return follow, t.picture != nil || t.asked.Filters.Category != "" && t.isShort()
	}
	if isMeasure(asked) {
		return follow, a.Number != nil || len(t.body) > 0 || a.Size.Label != "" || t.slots.UsualSize.Label != "" || open
	}
	return plan{}, false
}

// bringsPhoto tells what a photo is sent for: what the words say, else to find its like.
func (t *turn) bringsPhoto() (plan, bool) {
	if t.picture == nil {
		return plan{}, false
	}
	for _, of := range []intent.Intent{intent.Outfit, intent.Gift, intent.Size} {
		if p, _ := t.guess(of); p >= sure && !t.isWordless() {
			return plan{intent: of, p: p}, true
		}
	}
	if p, _ := t.guess(intent.Order); p >= .8 && !t.isWordless() {
		return plan{intent: intent.Order, act: t.orderAct(), p: p}, true // a picture of what arrived broken
	}
	return plan{intent: intent.Similar, p: .9}, true
}
