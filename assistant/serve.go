package assistant

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"strings"
	"time"

	"honeyguide/assistant/intent"
	"honeyguide/assistant/slot"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
)

// serve looks an order up and takes requests about it down. A buyer sees it with its
// number and a second fact; both are asked for, once each.
func (t *turn) serve(ctx context.Context, p plan) error {
	o := &t.memory.Order
	if answered, err := t.byPolicy(ctx, p); answered || err != nil {
		return err
	}
	if t.memory.Topic != intent.Order {
		t.memory.newTopic(intent.Order)
	}
	if !p.follows && p.act != "" || o.Act == "" {
		o.Act, o.Text = cmp.Or(p.act, "status"), firstRunes(t.sent.Text, 4*maxText)
	}
	if o.Act == "complaint" && t.slots.OrderNumber == "" && o.Number == "" {
		return t.complain(ctx, "")
	}
	t.takeNumber()
	switch {
	case o.Number == "" && t.memory.Asked == "order_number", o.Number == "" && !t.ask("order_number", "ask-order"):
		t.say("order-no-number")
		t.chip("chip-person")
		return nil
	case o.Number == "":
		return nil
	}
	proof := t.proof()
	if proof.PhoneEnding == "" && proof.Email == "" {
		return t.reopen(ctx)
	}
	return t.open(ctx, proof)
}

// surePolicy is the chance of being right from which on an answer of the shop is given to
// a question that may also be about the buyer's own order.
const surePolicy = .6

// byPolicy answers «can I return my order?» by what the shop says of returns, where it says
// something that fits well, and tells whether it did. Requests and what names an order are
// about the order.
func (t *turn) byPolicy(ctx context.Context, p plan) (bool, error) {
	if p.follows || t.orderNumber() != "" || t.memory.Order.Number != "" || p.act == "chase" || p.act == "complaint" || !isQuestion(t.sent.Text) {
		return false, nil
	}
	found, err := t.answers(ctx)
	if err != nil || found.Result != catalog.FAQAnswered || found.FAQs[0].Score < surePolicy {
		return false, err
	}
	return t.fromFAQ(ctx, false)
}

// takeNumber takes the order's number from the message. Another number is another order.
func (t *turn) takeNumber() {
	o := &t.memory.Order
	number := t.orderNumber()
	if number == "" && t.memory.Asked == "order_number" {
		number = t.slots.Bare
		if number == "" {
			number = numberIn(t.sent.Text)
		}
	}
	if number != "" && number != o.Number {
		o.Number, o.Proven = number, ""
	}
}

// looksOrder is a run of digits, perhaps after some letters, as orders are numbered.
var looksOrder = regexp.MustCompile(`(?:\b|^|\p{Han})([A-Za-z]{1,5}-?\d{3,}[\dA-Za-z/-]*|\d{8,}|\d{6,}(?:-\d+)+)`)

// orderNumber is the number of an order that the message holds: one that it calls so, else
// what looks like one and is no phone.
func (t *turn) orderNumber() string {
	if t.slots.OrderNumber != "" {
		return t.slots.OrderNumber
	}
	for _, found := range looksOrder.FindAllStringSubmatch(t.sent.Text, -1) {
		number := strings.ToUpper(found[1])
		if number != t.slots.Phone && number != t.slots.Tracking && !strings.Contains(t.slots.Phone, number) {
			return number
		}
	}
	return ""
}

// namesOrder tells whether the message names an order, by a number that it calls so or
// beside a second fact.
func (t *turn) namesOrder() bool {
	return t.slots.OrderNumber != "" || t.orderNumber() != "" && t.hasProof()
}

// hasProof tells whether the message holds a second fact.
func (t *turn) hasProof() bool { return t.proof() != (orders.Proof{By: t.talk.ID}) }

// fourDigits are four digits by themselves.
var fourDigits = regexp.MustCompile(`(?:^|[^\dA-Za-z-])(\d{4})(?:[^\dA-Za-z-]|$)`)

// numberIn is the number that a message is, when it is nothing else: A1001.
func numberIn(text string) string {
	text = strings.Trim(strings.TrimSpace(text), "#.。 ")
	if n := len(text); n < 3 || n > 40 || !strings.ContainsAny(text, "0123456789") || strings.ContainsAny(text, " \t\n@，。") {
		return ""
	}
	return strings.ToUpper(text)
}

// proof is the second fact that the message holds.
func (t *turn) proof() orders.Proof {
	p := orders.Proof{PhoneEnding: t.slots.PhoneEnding, Email: t.slots.Email, By: t.talk.ID}
	if p.PhoneEnding == "" {
		p.PhoneEnding = t.slots.Phone
	}
	if p.PhoneEnding == "" && t.memory.Asked == "phone_or_email" {
		p.PhoneEnding = t.slots.Bare
	}
	if p.PhoneEnding == "" && p.Email == "" && (t.orderNumber() != "" || t.memory.Asked == "phone_or_email") { // «A10234, 0142», «sorry, 0789»
		if found := fourDigits.FindStringSubmatch(t.sent.Text); found != nil && found[1] != t.orderNumber() {
			p.PhoneEnding = found[1]
		}
	}
	return p
}

// reopen goes on with the order that was proven in this conversation, or asks for proof.
func (t *turn) reopen(ctx context.Context) error {
	o := &t.memory.Order
	if o.Proven == "" {
		if t.memory.Asked == "phone_or_email" || !t.ask("phone_or_email", "ask-proof", "number", o.Number) {
			t.say("order-no-proof")
			t.chip("chip-person")
		}
		return nil
	}
	order, err := t.orders.Get(ctx, t.store.ID, o.Proven)
	if isNotFound(err) { // the merchant's endpoint has it, and wants the proof each time
		o.Proven = ""
		t.say("ask-proof", "number", o.Number)
		t.reply.Asked = "phone_or_email"
		return nil
	}
	if err != nil {
		return err
	}
	order = order.Masked()
	return t.handle(ctx, &order)
}

// open proves the order and does what was asked for.
func (t *turn) open(ctx context.Context, proof orders.Proof) error {
	t.status("looking up")
	o := &t.memory.Order
	order, err := t.orders.Prove(ctx, t.store.ID, o.Number, proof)
	if err != nil {
		return t.orderFailed(err)
	}
	o.Proven = order.ID
	return t.handle(ctx, &order)
}

// orderFailed says why an order is not shown; what is no answer to the buyer is an error.
func (t *turn) orderFailed(err error) error {
	var many *orders.TooManyError
	switch {
	case errors.As(err, &many):
		t.say("order-too-many", "until", t.clock(many.Until))
	case errors.Is(err, orders.ErrUnavailable):
		t.say("order-unavailable")
	case isNotFound(err), errors.Is(err, catalog.ErrInvalid):
		t.say("order-unproven", "number", t.memory.Order.Number)
		t.reply.Asked = "phone_or_email"
	default:
		return err
	}
	t.chip("chip-person")
	return nil
}

// handle shows a proven order and takes the request down, if it is one.
func (t *turn) handle(ctx context.Context, order *orders.Order) error {
	t.view(ctx, order)
	t.know("order", order.ID, order)
	t.source("order", order.ID, order.ID)
	t.say("order-status", "number", order.ID, "status", t.phrase("status-"+string(order.Status)))
	if order.Underway() && order.Carrier != "" && order.Tracking != "" {
		t.say("order-carrier", "carrier", order.Carrier, "tracking", order.Tracking)
	}
	if due := order.Due(); due != "" && (order.Underway() || order.Cancelable()) {
		day, err := time.Parse(time.DateOnly, due)
		switch {
		case err != nil:
		case order.Late(t.now):
			t.say("order-late", "eta", t.day(day))
		default:
			t.say("order-eta", "eta", t.day(day))
		}
	}
	kind, ok := ticketKinds[t.memory.Order.Act]
	if !ok {
		return nil
	}
	if kind == orders.Complaint {
		return t.complain(ctx, order.ID)
	}
	if kind == orders.Cancel && !order.Cancelable() {
		t.say("no-cancel")
	}
	return t.request(ctx, kind, order.ID)
}

// ticketKinds are the acts that somebody of the shop has to see to.
var ticketKinds = map[string]orders.TicketKind{"return": orders.Return, "refund": orders.Refund, "exchange": orders.Exchange, "cancel": orders.Cancel,
	"change": orders.Change, "chase": orders.Chase, "complaint": orders.Complaint}

// request takes a request down for the shop's staff, and says so.
func (t *turn) request(ctx context.Context, kind orders.TicketKind, orderID string) error {
	ticket, opened, err := t.orders.OpenTicket(ctx, t.store.ID, orders.Ticket{ConversationID: t.talk.ID, OrderID: orderID, Kind: kind,
		Text: slot.Redact(t.memory.Order.Text)})
	if err != nil {
		return err
	}
	key := "ticket-again"
	if opened {
		key = "ticket-new"
	}
	t.say(key, "kind", t.phrase("kind-"+string(kind)))
	t.source("ticket", ticket.ID, string(kind))
	t.know("ticket", ticket.ID, ticket)
	t.memory.Order.Act = "status" // the request is taken; what comes next is another
	return nil
}

// complain takes a complaint down and calls a person.
func (t *turn) complain(ctx context.Context, orderID string) error {
	t.say("complaint-sorry")
	if err := t.request(ctx, orders.Complaint, orderID); err != nil {
		return err
	}
	return t.callPerson(ctx, "complaint")
}

// view writes the order into the reply, with its products as the catalogue has them. They
// can be pointed at from then on: «what goes with the first one?».
func (t *turn) view(ctx context.Context, o *orders.Order) {
	v := &OrderView{ID: o.ID, Status: string(o.Status), Carrier: o.Carrier, Tracking: o.Tracking, ETA: o.Due(), OrderedAt: o.OrderedOn(), Items: []OrderLine{}}
	var ids []string
	for _, item := range o.Items {
		line := OrderLine{ProductID: item.ProductID, Title: item.Title, Size: item.Size, Quantity: item.Quantity}
		if p, err := t.product(ctx, item.ProductID); err == nil && p != nil {
			line.Title, line.ImageLink = titleIn(p, t.language), p.ImageLink
			ids = append(ids, p.ID)
		}
		v.Items = append(v.Items, line)
	}
	t.reply.Order = v
	t.memory.showed(ids)
}

// day writes a day: 24 November, 11月24日. The year is said where it is another.
func (t *turn) day(at time.Time) string {
	if at.Year() != t.now.Year() {
		return at.Format(t.either("2 January 2006", "2006年1月2日"))
	}
	return at.Format(t.either("2 January", "1月2日"))
}

// clock writes a time of the day by the shop's clock.
func (t *turn) clock(at time.Time) string { return at.In(t.zone()).Format("15:04") }

// zone is the shop's time zone, UTC where it says none.
func (t *turn) zone() *time.Location {
	if h := t.store.Hours; h != nil {
		if zone, err := time.LoadLocation(h.TimeZone); err == nil {
			return zone
		}
	}
	return time.UTC
}
