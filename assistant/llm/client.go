package llm

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"

	"honeyguide/breaker"
)

// Bounds of what is read from an endpoint, in bytes.
const (
	maxBody    = 4 << 20
	maxRefusal = 4 << 10
)

// clientOf makes a client of an endpoint.
func clientOf(base, key string, h *http.Client) *openai.Client {
	if h == nil {
		h = &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	}
	c := openai.DefaultConfig(key)
	c.BaseURL = strings.TrimRight(base, "/")
	c.HTTPClient = doer{client: h, key: key}
	return openai.NewClientWithConfig(c)
}

// refusal is an answer of an endpoint with a status that is no success.
type refusal struct {
	status  int
	after   time.Duration // Retry-After, or 0
	message string        // the beginning of the body, without the key
}

func (r *refusal) Error() string { return fmt.Sprintf("status %d: %s", r.status, r.message) }

// doer sends requests: it bounds what is read of an answer, and keeps of a
// refusal what go-openai drops, which is how long to wait.
type doer struct {
	client *http.Client
	key    string
}

// Do is http.Client.Do, except that an answer that is no success is a *refusal.
func (d doer) Do(req *http.Request) (*http.Response, error) {
	res, err := d.client.Do(req)
	if err != nil {
		return nil, err
	}
	if res.StatusCode >= 200 && res.StatusCode < 300 {
		res.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(res.Body, maxBody), res.Body}
		return res, nil
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxRefusal))
	if err != nil {
		body = nil // the status says enough
	}
	message := strings.Join(strings.Fields(strings.ToValidUTF8(string(body), "")), " ")
	if d.key != "" {
		message = strings.ReplaceAll(message, d.key, "[key]")
	}
	return nil, &refusal{res.StatusCode, breaker.RetryAfter(res.Header.Get("Retry-After"), time.Now()), message}
}

// leftAlone is how long an endpoint is, so that turns do not each wait for it while
// it is down.
var leftAlone = breaker.Rules{Failures: 2, First: 5 * time.Second, Longest: 2 * time.Minute}

// blame says what an error of a call tells of its endpoint.
func blame(err error) breaker.Outcome {
	var r *refusal
	if !errors.As(err, &r) {
		return breaker.Outcome{Failed: true}
	}
	switch r.status {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed:
		return breaker.Outcome{Failed: true, Sure: true, After: r.after}
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return breaker.Outcome{Failed: true, Sure: true, After: r.after}
	}
	return breaker.Outcome{Failed: true, Sure: r.after > 0, After: r.after}
}
