package orders

import (
	"time"
)

// Ticket is what a buyer asks the shop to do, for an agent or the merchant to see to.
type Ticket struct {
	ID             string      `json:"id"`
	ConversationID string      `json:"conversation_id"`
	OrderID        string      `json:"order_id" doc:"Empty where it is about none"`
	Kind           TicketKind  `json:"kind" enum:"return,refund,exchange,cancel,change,chase,complaint,other"`
	Text           string      `json:"text" doc:"In the buyer's words"`
	Items          []Item      `json:"items" nullable:"false" doc:"Of the order; none: all of it"`
	State          TicketState `json:"state" enum:"open,done,declined"`
	Note           string      `json:"note" doc:"Of who saw to it"`
	CreatedAt      time.Time   `json:"created_at"`
	UpdatedAt      time.Time   `json:"updated_at"`
}

// TicketKind says what is asked for.
type TicketKind string

// The kinds of tickets.
const (
	Return    TicketKind = "return"
	Refund    TicketKind = "refund"
	Exchange  TicketKind = "exchange"
	Cancel    TicketKind = "cancel"
	Change    TicketKind = "change" // of the address, the size and so on, before it is sent
	Chase     TicketKind = "chase"  // 催单: it should come sooner
	Complaint TicketKind = "complaint"
	Other     TicketKind = "other"
)

func (k TicketKind) validate() error {
	switch k {
	case Return, Refund, Exchange, Cancel, Change, Chase, Complaint, Other:
		return nil
	}
	return invalid("kind", "%.60q is unknown; use return, refund, exchange, cancel, change, chase, complaint or other", string(k))
}

// TicketState says whether somebody has seen to a ticket.
type TicketState string

// The states of a ticket.
const (
	TicketOpen     TicketState = "open"
	TicketDone     TicketState = "done"
	TicketDeclined TicketState = "declined"
)

func (s TicketState) validate() error {
	switch s {
	case TicketOpen, TicketDone, TicketDeclined:
		return nil
	}
	return invalid("state", "%.60q is unknown; use open, done or declined", string(s))
}

// Bounds of a ticket, in characters.
const (
	maxTicketText = 4000
	maxNote       = 4000
)

// validate tidies a new ticket and names the first field that cannot be used.
func (t *Ticket) validate() error {
	if err := checkLine("conversation_id", &t.ConversationID, 1, maxID); err != nil {
		return err
	}
	if err := checkLine("order_id", &t.OrderID, 0, maxID); err != nil {
		return err
	}
	if err := t.Kind.validate(); err != nil {
		return err
	}
	if err := checkText("text", &t.Text, 0, maxTicketText); err != nil {
		return err
	}
	lines := Order{Items: t.Items}
	err := lines.validateItems()
	t.Items = lines.Items
	return err
}
