package orders

import (
	"context"
	"crypto/subtle"
	"fmt"
	"strings"
	"unicode/utf8"

	"honeyguide/catalog"
	"honeyguide/catalog/words"
)

// Proof is the second fact by which a buyer proves an order. One is needed; of
// two, both must be right.
type Proof struct {
	PhoneEnding string // the last four digits of the phone, or more of them
	Email       string
	By          string // who asks, such as a conversation's id: its failures are counted too; empty: they are not
}

// Prove returns an order to a buyer who knows its number and a second fact, with
// phone and email masked: who proved one need not know the other.
//
// A wrong number and a wrong fact are one catalog.ErrNotFound, in the same words
// and after the same work: where an endpoint is asked, it is asked for both.
// After five failures within 15 minutes at one number, or by one asker, all
// further attempts are a TooManyError, right ones among them. An endpoint that
// cannot be asked is ErrUnavailable, which counts as a failure, since nobody knows
// what the answer would have been. What cannot be a number or a fact is a
// catalog.FieldError, which does not.
func (r *Orders) Prove(ctx context.Context, storeID, number string, p Proof) (Order, error) {
	if err := checkLine("number", &number, 1, maxID); err != nil {
		return Order{}, err
	}
	if plainNumber(number) == "" {
		return Order{}, invalid("number", "needs a letter or a digit")
	}
	if err := p.tidy(); err != nil {
		return Order{}, err
	}
	counted := []string{"number\x00" + storeID + "\x00" + plainNumber(number)}
	if p.By != "" {
		counted = append(counted, "by\x00"+storeID+"\x00"+p.By)
	}
	if err := r.attempts.begin(r.now(), counted); err != nil {
		return Order{}, err
	}
	o, err := r.prove(ctx, storeID, number, p)
	if err != nil { // counted, whatever it is: a wrong fact may hide behind it
		return Order{}, fmt.Errorf("order: %w", err)
	}
	r.attempts.takeBack(counted)
	return o.Masked(), nil
}

func (r *Orders) prove(ctx context.Context, storeID, number string, p Proof) (Order, error) {
	kept, err := r.numbered(ctx, storeID, number)
	if err != nil {
		return Order{}, err
	}
	for _, o := range kept {
		if p.fits(&o) {
			return o, nil
		}
	}
	store, err := r.store(ctx, storeID)
	if err != nil {
		return Order{}, err
	}
	if store.OrderEndpoint == nil {
		return Order{}, catalog.ErrNotFound
	}
	o, err := r.ask(ctx, storeID, store.OrderEndpoint, number, p)
	if err == nil && !p.fits(&o) { // whatever the endpoint thinks of it
		err = catalog.ErrNotFound
	}
	return o, err
}

func (p *Proof) tidy() error {
	if err := checkLine("phone_ending", &p.PhoneEnding, 0, maxLine); err != nil {
		return err
	}
	if p.PhoneEnding != "" {
		p.PhoneEnding = keep(words.Fold(p.PhoneEnding), "0123456789")
		if n := len(p.PhoneEnding); n < minEnding || n > maxPhone+2 { // 00 before the country code
			return invalid("phone_ending", "must have %d to %d digits", minEnding, maxPhone)
		}
	}
	if err := tidyEmail("email", &p.Email); err != nil {
		return err
	}
	if p.PhoneEnding == "" && p.Email == "" {
		return invalid("phone_ending", "an order is shown by its number and the phone's last %d digits or the email", minEnding)
	}
	return nil
}

// fits compares a tidied proof with an order.
func (p *Proof) fits(o *Order) bool {
	phone := p.PhoneEnding == "" || endsAlike(p.PhoneEnding, shownDigits(o.Phone))
	email := p.Email == "" || subtle.ConstantTimeCompare([]byte(p.Email), []byte(o.Email)) == 1
	return phone && email
}

// endsAlike compares the last digits that both numbers have. Zeros before whole
// numbers are not theirs: they stand for a country or for the way out of it.
func endsAlike(a, b string) bool {
	a, b = withoutTrunk(a), withoutTrunk(b)
	n := min(len(a), len(b))
	return n >= minEnding && subtle.ConstantTimeCompare([]byte(a[len(a)-n:]), []byte(b[len(b)-n:])) == 1
}

// withoutTrunk drops leading zeros of what is longer than an ending.
func withoutTrunk(digits string) string {
	if len(digits) < 8 {
		return digits
	}
	return strings.TrimLeft(digits, "0")
}

// Masked is the order with as much of phone and email as lets their owner know
// them: the last four digits, the first letter and the domain.
func (o Order) Masked() Order {
	if digits := shownDigits(o.Phone); len(digits) >= minEnding {
		o.Phone = "****" + digits[len(digits)-minEnding:]
	}
	if _, host, ok := strings.Cut(o.Email, "@"); ok {
		_, first := utf8.DecodeRuneInString(o.Email)
		o.Email = o.Email[:first] + "***@" + host
	}
	return o
}
