// Package orders keeps what buyers have ordered and what they ask for about it,
// and shows an order only to who proves it.
//
// An order kept here wins. One that is not here, or does not fit what the buyer
// says of it, is asked of the merchant's own endpoint, where the store has one.
package orders

import (
	"fmt"
	"time"
)

// Order is a purchase as its merchant tells of it.
//
// Phone and email are kept as they came, tidied, not as hashes: the merchant who
// wrote them reads them back and corrects them, and the last four digits of a
// phone would be found by trying their ten thousand hashes. Nobody else sees
// them: see Masked.
type Order struct {
	ID        string    `json:"id" doc:"The number that buyers know"`
	Status    Status    `json:"status" enum:"placed,paid,packed,shipped,out_for_delivery,delivered,canceled,return_requested,returned,refunded"`
	Carrier   string    `json:"carrier"`
	Tracking  string    `json:"tracking" doc:"The carrier's number"`
	Phone     string    `json:"phone" doc:"Digits, + before a country code, * where it is masked"`
	Email     string    `json:"email"`
	Items     []Item    `json:"items" nullable:"false"`
	OrderedAt string    `json:"ordered_at" doc:"YYYY-MM-DD or RFC 3339, or empty"`
	ETA       string    `json:"eta" doc:"When it should arrive: YYYY-MM-DD or RFC 3339, or empty"`
	UpdatedAt time.Time `json:"updated_at"`
}

// Item is a line of an order.
type Item struct {
	ProductID string `json:"product_id"`
	Title     string `json:"title" doc:"For what the catalogue does not hold"`
	Size      string `json:"size"`
	Quantity  int    `json:"quantity"`
}

// Bounds of an order, in characters where nothing else is said.
const (
	maxID       = 200
	maxLine     = 100 // a carrier, a tracking number
	maxTitle    = 500
	maxSize     = 60
	maxItems    = 200
	maxQuantity = 10_000
	maxEmail    = 254 // bytes
)

// validate tidies an order and names the first field that cannot be used.
func (o *Order) validate() error {
	checks := []func() error{
		func() error { return checkLine("id", &o.ID, 1, maxID) },
		func() error {
			if plainNumber(o.ID) == "" {
				return invalid("id", "needs a letter or a digit")
			}
			return nil
		},
		func() (err error) { o.Status, err = readStatus(string(o.Status)); return err },
		func() error { return checkLine("carrier", &o.Carrier, 0, maxLine) },
		func() error { return checkLine("tracking", &o.Tracking, 0, maxLine) },
		func() error { return tidyPhone(&o.Phone) },
		func() error { return tidyEmail("email", &o.Email) },
		o.validateItems,
		func() error { return checkDay("ordered_at", &o.OrderedAt) },
		func() error { return checkDay("eta", &o.ETA) },
	}
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (o *Order) validateItems() error {
	if len(o.Items) > maxItems {
		return invalid("items", "at most %d, not %d", maxItems, len(o.Items))
	}
	if o.Items == nil {
		o.Items = []Item{}
	}
	for i := range o.Items {
		if err := o.Items[i].validate(fmt.Sprintf("items[%d]", i)); err != nil {
			return err
		}
	}
	return nil
}

func (it *Item) validate(at string) error {
	for _, line := range []struct {
		field string
		value *string
		most  int
	}{{".product_id", &it.ProductID, maxID}, {".title", &it.Title, maxTitle}, {".size", &it.Size, maxSize}} {
		if err := checkLine(at+line.field, line.value, 0, line.most); err != nil {
			return err
		}
	}
	if it.ProductID == "" && it.Title == "" {
		return invalid(at, "needs a product_id or a title")
	}
	if it.Quantity == 0 {
		it.Quantity = 1
	}
	if it.Quantity < 1 || it.Quantity > maxQuantity {
		return invalid(at+".quantity", "must be 1 to %d, not %d", maxQuantity, it.Quantity)
	}
	return nil
}

// Late reports whether the order should have arrived and has not: the day of its
// ETA is over. An ETA without a time of day is over when that day is over
// everywhere, so that nobody is called late too early.
func (o *Order) Late(now time.Time) bool {
	if o.ETA == "" || !o.Cancelable() && !o.Underway() {
		return false
	}
	due, err := time.Parse(time.RFC3339, o.ETA)
	if err != nil {
		due, err = time.ParseInLocation(time.DateOnly, o.ETA, lastZone)
	}
	return err == nil && !now.Before(time.Date(due.Year(), due.Month(), due.Day()+1, 0, 0, 0, 0, due.Location()))
}

// lastZone is where every day ends last.
var lastZone = time.FixedZone("", -12*60*60)

// Cancelable reports whether the order can still be stopped: it has not left the
// shop. Whether the shop does stop it is for the shop to say.
func (o *Order) Cancelable() bool {
	return o.Status == Placed || o.Status == Paid || o.Status == Packed
}

// Underway reports whether the order has left the shop and has not arrived.
func (o *Order) Underway() bool { return o.Status == Shipped || o.Status == OutForDelivery }

// Returnable reports whether there is something to send back that is not on its
// way back already. The shop's terms are for the shop to say.
func (o *Order) Returnable() bool { return o.Status == Delivered }

// Due is the day of the ETA, YYYY-MM-DD, or empty.
func (o *Order) Due() string { return day(o.ETA) }

// OrderedOn is the day of the order, YYYY-MM-DD, or empty.
func (o *Order) OrderedOn() string { return day(o.OrderedAt) }

// day is the day of a date that checkDay has let through.
func day(s string) string { return s[:min(len(s), len(time.DateOnly))] }
