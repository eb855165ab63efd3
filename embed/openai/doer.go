package openai

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"honeyguide/breaker"
)

// Bounds of what is read from an endpoint.
const (
	maxAnswer    = 32 << 20 // bytes: 64 vectors of 16,384 numbers
	maxRefusal   = 4 << 10  // bytes
	shownRefusal = 300      // characters
)

// errEndless is an answer that is longer than maxAnswer.
var errEndless = errors.New("the answer has more than 32 MiB")

// refusal is an answer with a status that is no success.
type refusal struct {
	status  int
	after   time.Duration // Retry-After, or 0
	message string        // the beginning of the body, without the key
}

func (r *refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("status %d %s: %s", r.status, http.StatusText(r.status), r.message))
}

// broken is a connection that failed, or ended before the answer did.
type broken struct{ err error }

func (b *broken) Error() string { return b.err.Error() }
func (b *broken) Unwrap() error { return b.err }

// doer sends the requests of go-openai. It reads answers whole and not beyond a
// bound, so that what fails later is the content's fault; and keeps of a refusal
// what go-openai drops, which is how long to wait.
type doer struct {
	client *http.Client
	key    string
	now    func() time.Time
}

// Do is http.Client.Do, except that a failed connection is a *broken and an answer
// that is no success a *refusal.
func (d doer) Do(req *http.Request) (*http.Response, error) {
	if err := dropNull(req); err != nil {
		return nil, err
	}
	res, err := d.client.Do(req)
	if err != nil {
		return nil, &broken{err}
	}
	defer res.Body.Close()
	if res.StatusCode < 200 || res.StatusCode >= 300 {
		return nil, d.refused(res)
	}
	if res.ContentLength > maxAnswer {
		return nil, errEndless
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, &broken{err}
	case len(body) > maxAnswer:
		return nil, errEndless
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	return res, nil
}

// dropNull takes "input": null out of a request, which go-openai writes where there
// are messages instead. Inside of a text its quotes would be escaped.
func dropNull(req *http.Request) error {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return err
	}
	body = bytes.Replace(body, []byte(`"input":null,`), nil, 1)
	req.Body = io.NopCloser(bytes.NewReader(body))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	req.ContentLength = int64(len(body))
	return nil
}

// refused reads the beginning of what an endpoint says when it refuses. More than
// what is shown is read, so that no part of a key is left at its end.
func (d doer) refused(res *http.Response) *refusal {
	body, err := io.ReadAll(io.LimitReader(res.Body, maxRefusal))
	if err != nil {
		body = nil // the status says enough
	}
	message := string(body)
	if d.key != "" {
		message = strings.ReplaceAll(message, d.key, "[key]")
	}
	message = strings.Join(strings.Fields(strings.ToValidUTF8(message, "")), " ")
	return &refusal{res.StatusCode, breaker.RetryAfter(res.Header.Get("Retry-After"), d.now()), firstRunes(message, shownRefusal)}
}
