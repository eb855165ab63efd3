package orders

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"honeyguide/catalog"
	"honeyguide/catalog/fetch"
)

// merchant is an endpoint whose behaviour a test may change at any time.
type merchant struct {
	*httptest.Server
	asked  atomic.Int32
	behave atomic.Value // http.HandlerFunc
}

// newMerchant makes a shop whose store asks an endpoint.
func newMerchant(t *testing.T, behave http.HandlerFunc) (*shop, *merchant) {
	t.Helper()
	m := &merchant{}
	m.behave.Store(behave)
	m.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.asked.Add(1)
		m.behave.Load().(http.HandlerFunc)(w, r)
	}))
	t.Cleanup(m.Close)
	s := newShop(t, func(o *Options) { o.Transport = m.Client().Transport })
	s.endpoint[mine] = &catalog.OrderEndpoint{URL: m.URL + "/orders?key=hidden", Secret: "sixteen bytes of it"}
	return s, m
}

// answering answers every question with the same.
func answering(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

const whole = `{"id":"A-1001","status":"已发货","carrier":"顺丰","phone":"138****8000","items":[{"product_id":"7","size":"M","quantity":2}],"eta":"2026-11-05","unknown":1}`

func (s *shop) prove(number, ending string) (Order, error) {
	s.wait(attemptWindow) // the limit has a test of its own
	return s.Prove(context.Background(), mine, number, Proof{PhoneEnding: ending})
}

func TestEndpoint(t *testing.T) {
	s, m := newMerchant(t, answering(200, whole))
	o, err := s.prove("#a1001", "8000")
	if err != nil || o.ID != "A-1001" || o.Status != Shipped || o.Carrier != "顺丰" || o.Due() != "2026-11-05" || len(o.Items) != 1 || o.Items[0].Quantity != 2 || o.Phone != "****8000" {
		t.Fatalf("%+v, %v", o, err)
	}
	if _, err := s.prove("a1001", "8001"); !errors.Is(err, catalog.ErrNotFound) || err.Error() != "order: not found" {
		t.Errorf("a wrong fact that the endpoint lets pass: %v", err)
	}
	m.behave.Store(answering(404, "no such order"))
	if _, err := s.prove("a1002", "8000"); !errors.Is(err, catalog.ErrNotFound) || err.Error() != "order: not found" {
		t.Errorf("a wrong number: %v", err)
	}
	asked := m.asked.Load()
	s.put(order("A 1001"))
	if o, err := s.prove("A-1001", "8000"); err != nil || o.ID != "A 1001" || m.asked.Load() != asked {
		t.Errorf("an order kept here: %+v, %v; the endpoint was asked %d times", o, err, m.asked.Load()-asked)
	}
	// The time to answer must not tell that the number is right.
	if _, err := s.prove("A-1001", "1234"); !errors.Is(err, catalog.ErrNotFound) || m.asked.Load() != asked+1 {
		t.Errorf("a wrong fact of an order kept here: %v, asked %d times", err, m.asked.Load()-asked)
	}
	if _, err := s.Prove(context.Background(), theirs, "A-1001", Proof{PhoneEnding: "8000"}); !errors.Is(err, catalog.ErrNotFound) || m.asked.Load() != asked+1 {
		t.Errorf("another store asks this one's endpoint: %v", err)
	}
}

// The merchant can check who asks: the signature is that of Standard Webhooks.
func TestEndpointIsAskedAsDescribed(t *testing.T) {
	key := []byte("0123456789abcdef01234567")
	for _, secret := range []catalog.Secret{catalog.Secret(key), catalog.Secret("whsec_" + base64.StdEncoding.EncodeToString(key))} {
		ids := map[string]bool{}
		s, _ := newMerchant(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			mac := hmac.New(sha256.New, key)
			fmt.Fprintf(mac, "%s.%s.%s", r.Header.Get("webhook-id"), r.Header.Get("webhook-timestamp"), body)
			want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
			at, err := strconv.ParseInt(r.Header.Get("webhook-timestamp"), 10, 64)
			if r.Header.Get("webhook-signature") != want || err != nil || at < begin.Unix() || ids[r.Header.Get("webhook-id")] {
				t.Errorf("headers %v", r.Header)
			}
			ids[r.Header.Get("webhook-id")] = true
			var q map[string]string
			if err := json.Unmarshal(body, &q); err != nil || len(q) != 4 || q["number"] != "#A 1001" || q["phone_ending"] != "8000" || q["email"] != "li@example.com" || q["store"] != mine {
				t.Errorf("asked %s, %v", body, err)
			}
			if r.Method != "POST" || r.Header.Get("Content-Type") != "application/json" || r.URL.Query().Get("key") != "hidden" {
				t.Errorf("%s %s", r.Method, r.URL)
			}
			io.WriteString(w, strings.Replace(whole, `"phone"`, `"email":"LI@example.com","phone"`, 1))
		})
		s.endpoint[mine].Secret = secret
		for range 2 {
			if _, err := s.Prove(context.Background(), mine, " #A  1001", Proof{PhoneEnding: "80 00", Email: "Li@example.com"}); err != nil {
				t.Error(err)
			}
		}
		if len(ids) != 2 {
			t.Errorf("%d ids of two requests", len(ids))
		}
	}
}

func TestEndpointsThatMisbehave(t *testing.T) {
	elsewhere := atomic.Bool{}
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		elsewhere.Store(true)
		io.WriteString(w, whole)
	}))
	defer other.Close()
	s, m := newMerchant(t, nil)
	for name, behave := range map[string]http.HandlerFunc{
		"500":              answering(500, whole),
		"401":              answering(401, whole),
		"201":              answering(201, whole),
		"204":              answering(204, ""),
		"empty":            answering(200, ""),
		"html":             answering(200, "<!doctype html>"),
		"list":             answering(200, "["+whole+"]"),
		"broken JSON":      answering(200, whole[:40]),
		"two orders":       answering(200, whole+whole),
		"huge":             answering(200, `{"carrier":"`+strings.Repeat("a", maxAnswer)+`"}`),
		"another order":    answering(200, strings.Replace(whole, "1001", "1002", 1)),
		"no number":        answering(200, strings.Replace(whole, `"id":"A-1001",`, "", 1)),
		"unknown status":   answering(200, strings.Replace(whole, "已发货", "lost", 1)),
		"nothing to prove": answering(200, strings.Replace(whole, `"phone":"138****8000",`, "", 1)),
		"odd quantity":     answering(200, strings.Replace(whole, `"quantity":2`, `"quantity":-2`, 1)),
		"number as figure": answering(200, strings.Replace(whole, `"A-1001"`, `1001`, 1)),
		"redirect":         http.RedirectHandler(other.URL, http.StatusTemporaryRedirect).ServeHTTP,
		"permanent":        http.RedirectHandler(other.URL, http.StatusPermanentRedirect).ServeHTTP,
		"hangs up":         func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"breaks off midway": func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, whole[:9])
			panic(http.ErrAbortHandler)
		},
	} {
		m.behave.Store(behave)
		o, err := s.prove("A-1001", "8000")
		var field *catalog.FieldError
		if !errors.Is(err, ErrUnavailable) || errors.Is(err, catalog.ErrNotFound) || errors.As(err, &field) || o.ID != "" {
			t.Errorf("%s: %+v, %v", name, o, err)
		}
		if err != nil && (strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), "sixteen")) {
			t.Errorf("%s: the error tells the address or the secret: %v", name, err)
		}
	}
	if elsewhere.Load() {
		t.Error("a redirect was followed with a buyer's data")
	}
}

func TestEndpointsThatAreSlow(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	s, m := newMerchant(t, func(http.ResponseWriter, *http.Request) { <-release })
	defer close(release)
	start := time.Now()
	_, err := s.prove("A-1001", "8000")
	if took := time.Since(start); !errors.Is(err, ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) || took < askWithin || took > 5*askWithin {
		t.Errorf("after %v: %v", took, err)
	}
	for range 2 * leftAlone.Failures { // buyers who leave say nothing of the endpoint
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
		s.wait(attemptWindow)
		if _, err := s.Prove(ctx, mine, "A-1001", Proof{PhoneEnding: "8000"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a buyer who leaves: %v", err)
		}
		cancel()
	}
	m.behave.Store(answering(200, whole))
	if _, err := s.prove("A-1001", "8000"); err != nil {
		t.Errorf("one failure broke it: %v", err)
	}
}

func TestPrivateEndpointsAreNotReached(t *testing.T) {
	s, m := newMerchant(t, answering(200, whole))
	s.client = clientOver(fetch.Transport(fetch.Options{}))
	if _, err := s.prove("A-1001", "8000"); !errors.Is(err, ErrUnavailable) || m.asked.Load() != 0 {
		t.Errorf("asked %d times, %v", m.asked.Load(), err)
	}
	s.client = clientOver(nil)
	if _, err := s.prove("A-1001", "8000"); !errors.Is(err, ErrUnavailable) || m.asked.Load() != 0 {
		t.Errorf("asked %d times without a transport, %v", m.asked.Load(), err)
	}
}

// While the endpoint is away, or buyers leave before it answers, a wrong fact of
// an order kept here is still a failed attempt: else all could be tried.
func TestUnansweredAttemptsCount(t *testing.T) {
	s, m := newMerchant(t, answering(500, ""))
	s.put(order("1"))
	if _, err := s.prove("1", "8000"); err != nil {
		t.Errorf("an order kept here, while the endpoint is away: %v", err)
	}
	release := make(chan struct{})
	defer close(release)
	m.behave.Store(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	s.wait(attemptWindow)
	for range maxAttempts {
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		if _, err := s.Prove(ctx, mine, "1", Proof{PhoneEnding: "1234"}); err == nil || errors.Is(err, ErrTooMany) {
			t.Fatal(err)
		}
		cancel()
	}
	if _, err := s.Prove(context.Background(), mine, "1", Proof{PhoneEnding: "8000"}); !errors.Is(err, ErrTooMany) {
		t.Errorf("after %d attempts without an answer: %v", maxAttempts, err)
	}
}

func TestBreaker(t *testing.T) {
	s, m := newMerchant(t, answering(500, ""))
	ask := func(want error, asked int32) {
		t.Helper()
		before := m.asked.Load()
		_, err := s.Prove(context.Background(), mine, fmt.Sprint("n", s.elapsed.Load(), before), Proof{PhoneEnding: "8000"})
		if !errors.Is(err, want) || m.asked.Load()-before != asked {
			t.Fatalf("got %v after asking %d times, want %v after %d", err, m.asked.Load()-before, want, asked)
		}
	}
	for range leftAlone.Failures {
		ask(ErrUnavailable, 1)
	}
	ask(ErrUnavailable, 0)
	s.wait(leftAlone.First - 1)
	ask(ErrUnavailable, 0)
	s.wait(1)
	ask(ErrUnavailable, 1) // the probe fails
	ask(ErrUnavailable, 0)
	s.wait(leftAlone.First)
	m.behave.Store(answering(404, ""))
	ask(catalog.ErrNotFound, 1) // the probe succeeds
	for range 3 {
		ask(catalog.ErrNotFound, 1)
	}
	m.behave.Store(answering(500, ""))
	for range leftAlone.Failures {
		ask(ErrUnavailable, 1)
	}
	ask(ErrUnavailable, 0)
	s.endpoint[mine].URL = m.URL + "/new"
	ask(ErrUnavailable, 1) // another address begins anew
}

// Stores have breakers of their own, and another endpoint begins anew.
func TestBreakers(t *testing.T) {
	b := newBreakers()
	first := b.of(mine, "u")
	if b.of(mine, "u") != first || b.of(theirs, "u") == first || b.of(mine, "v") == first {
		t.Error("breakers are mixed up")
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(`{"id":"１","status":"paid","email":"a@b","items":[{}]}`))
	f.Add([]byte(`{"id":null,"items":null,"eta":"2026-11-05T10:00:00+23:59"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var o Order
		if json.Unmarshal(data, &o) != nil || checkAnswer(&o, o.ID) != nil {
			return
		}
		o.Late(begin)
		o.Masked()
		before, _ := json.Marshal(o)
		if err := checkAnswer(&o, o.ID); err != nil {
			t.Errorf("what was taken is refused: %v", err)
		}
		if after, _ := json.Marshal(o); string(after) != string(before) {
			t.Errorf("%s becomes %s", before, after)
		}
	})
}
