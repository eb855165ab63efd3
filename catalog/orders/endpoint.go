package orders

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"honeyguide/breaker"
	"honeyguide/catalog"
)

// ErrUnavailable is an endpoint that cannot be asked, or answers what cannot be.
var ErrUnavailable = errors.New("the shop's order system cannot be asked just now")

const (
	askWithin = 3 * time.Second
	maxAnswer = 256 << 10
)

// question is what an endpoint is asked. It answers 200 with the order as PUT
// takes it, its id and the phone (which may be masked) or email among it, or 404.
type question struct {
	Number      string `json:"number"` // as the buyer wrote it
	PhoneEnding string `json:"phone_ending"`
	Email       string `json:"email"`
	Store       string `json:"store"`
}

// clientOver follows no redirect: a signed question with a buyer's data in it is
// for one address.
func clientOver(t http.RoundTripper) http.Client {
	if t == nil {
		t = nowhere{}
	}
	return http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// nowhere takes the place of a transport where none was given.
type nowhere struct{}

// RoundTrip fails.
func (nowhere) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("no way out is configured")
}

// ask asks a store's endpoint, unless its breaker is open. No order of that
// number is catalog.ErrNotFound, and no failure of the endpoint.
func (r *Orders) ask(ctx context.Context, storeID string, e *catalog.OrderEndpoint, number string, p Proof) (Order, error) {
	b := r.breakers.of(storeID, e.URL)
	if until, ok := b.Enter(r.now()); !ok {
		return Order{}, fmt.Errorf("%w: it failed %d times in a row and is not asked before %s", ErrUnavailable, leftAlone.Failures, until.UTC().Format(time.RFC3339))
	}
	limited, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	o, err := r.call(limited, e, question{Number: number, PhoneEnding: p.PhoneEnding, Email: p.Email, Store: storeID})
	if err == nil {
		err = checkAnswer(&o, number)
	}
	if ctx.Err() != nil { // the asker has gone: that says nothing of the endpoint
		b.Abandon()
		return Order{}, ctx.Err()
	}
	missing := errors.Is(err, catalog.ErrNotFound)
	b.Leave(r.now(), leftAlone, breaker.Outcome{Failed: err != nil && !missing})
	if err != nil && !missing {
		return Order{}, fmt.Errorf("%w: %v", ErrUnavailable, err) // its time limit is not the asker's
	}
	return o, err
}

// checkAnswer holds an endpoint's answer to the rules of Put.
func checkAnswer(o *Order, number string) error {
	if err := o.validate(); err != nil {
		return fmt.Errorf("it answered with what is no order: %v", err) // no FieldError: the asker can do nothing about it
	}
	if plainNumber(o.ID) != plainNumber(number) {
		return errors.New("it answered with another order")
	}
	if o.Phone == "" && o.Email == "" {
		return errors.New("it answered with neither phone nor email, so that nothing is proved")
	}
	return nil
}

func (r *Orders) call(ctx context.Context, e *catalog.OrderEndpoint, q question) (o Order, err error) {
	body, err := json.Marshal(q)
	if err != nil {
		return o, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.URL, bytes.NewReader(body))
	if err != nil {
		return o, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "Honeyguide/1")
	if err := sign(req, e.Secret, body, r.now()); err != nil {
		return o, err
	}
	res, err := r.client.Do(req)
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err // the address may hold a key
	}
	if err != nil {
		return o, err
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return o, catalog.ErrNotFound
	default:
		return o, fmt.Errorf("it answered %d", res.StatusCode)
	}
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return o, err
	}
	if len(answer) > maxAnswer {
		return o, fmt.Errorf("its answer is larger than %d KB", maxAnswer>>10)
	}
	return o, json.Unmarshal(answer, &o)
}

// sign adds the headers of Standard Webhooks 1.0: an id, the time in Unix
// seconds, and the HMAC-SHA256 of both and the body, with dots between.
func sign(req *http.Request, secret catalog.Secret, body []byte, now time.Time) error {
	key, err := secret.SigningKey()
	if err != nil {
		return err
	}
	id, at := "msg_"+rand.Text(), strconv.FormatInt(now.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + at + "."))
	mac.Write(body)
	req.Header.Set("Webhook-Id", id)
	req.Header.Set("Webhook-Timestamp", at)
	req.Header.Set("Webhook-Signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return nil
}
