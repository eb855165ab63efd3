package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/llm"
	"honeyguide/catalog"
	"honeyguide/catalog/index"
	"honeyguide/embed"
	"honeyguide/embed/photo"
)

// Problem is the body of every error: RFC 9457 with a stable code.
type Problem struct {
	Type   string  `json:"type" doc:"A page about this kind of problem"`
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail"`
	Code   string  `json:"code" doc:"Stable, for programs"`
	Errors []Fault `json:"errors" nullable:"false" doc:"The fields that are wrong"`
}

// Fault names one field that is wrong and what would be right.
type Fault struct {
	Location string `json:"location"`
	Message  string `json:"message"`
}

// Error makes a Problem an error.
func (p *Problem) Error() string { return p.Title + ": " + p.Detail }

// GetStatus makes a Problem huma's own kind of error.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders adds when to try again, where that may help.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	switch p.Status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		h.Set("Retry-After", "2")
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", "Bearer")
	}
	return h
}

// codes are the stable names of the statuses that are used.
var codes = map[int]string{
	400: "malformed", 401: "unauthenticated", 403: "forbidden", 404: "not_found", 405: "method_not_allowed", 408: "timeout", 409: "conflict",
	413: "too_large", 415: "unsupported_media", 422: "invalid", 429: "rate_limited", 500: "internal", 503: "unavailable", 504: "timeout",
}

func problem(status int, detail string, faults ...Fault) *Problem {
	code, ok := codes[status]
	if !ok {
		status, code = http.StatusInternalServerError, "internal"
	}
	if faults == nil {
		faults = []Fault{}
	}
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Code: code, Errors: faults}
}

// wrong says that a field of the request cannot be used.
func wrong(field, message string) *Problem {
	return problem(http.StatusUnprocessableEntity, field+": "+message, Fault{Location: field, Message: message})
}

// newError takes the place of huma.NewError: what huma finds wrong with a
// request, in our shape. Operations' own errors are Problems already.
func newError(status int, message string, errs ...error) huma.StatusError {
	faults := []Fault{}
	for _, err := range errs {
		if p, ok := known(err); ok {
			return p
		}
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			faults = append(faults, faultOf(detail))
		}
	}
	if status == http.StatusInternalServerError && len(errs) > 0 { // huma could not read the body
		return problem(http.StatusBadRequest, "the body breaks off")
	}
	if len(faults) > 0 {
		message = strings.TrimPrefix(faults[0].Location+": "+faults[0].Message, ": ")
	}
	return problem(status, message, faults...)
}

// faultOf names a field as the request does: filters.gender, not
// body.filters.gender, and for one that is missing itself, not what it is missing in.
func faultOf(d *huma.ErrorDetail) Fault {
	at := d.Location
	for _, part := range []string{"body", "query", "path", "header"} {
		if rest, ok := strings.CutPrefix(d.Location, part); ok {
			at = strings.TrimPrefix(rest, ".")
		}
	}
	if name, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
		name, _, _ = strings.Cut(name, " ")
		return Fault{Location: strings.TrimPrefix(at+"."+name, "."), Message: "is needed"}
	}
	return Fault{Location: at, Message: d.Message}
}

// kinds is the one table from errors to statuses. The first that matches counts.
var kinds = []struct {
	err    error
	status int
	detail string // instead of the error's own words, where those are not for strangers
	field  string // where always the same one is wrong
}{
	{err: catalog.ErrKey, status: 401, detail: "this key is not known here"},
	{err: catalog.ErrNotFound, status: 404},
	{err: catalog.ErrConflict, status: 409},
	{err: conversation.ErrMoved, status: 409},
	{err: photo.ErrTooLarge, status: 413},
	{err: photo.ErrUnsupported, status: 415},
	{err: photo.ErrBroken, status: 415},
	{err: photo.ErrRegion, status: 422, field: "region"},
	{err: catalog.ErrInvalid, status: 422},
	{err: index.ErrUnavailable, status: 503, detail: "search is not reachable just now"},
	{err: catalog.ErrUnread, status: 503, detail: "photos cannot be compared just now; say in words what to look for"},
	{err: embed.ErrUnavailable, status: 503, detail: "the encoder cannot be reached just now"},
	{err: llm.ErrNoSpeech, status: 422, detail: "no words were heard in it; speak again, or write", field: "audio"},
	{err: llm.ErrUnavailable, status: 503, detail: "recordings cannot be written down just now; send the message as text"},
	{err: os.ErrDeadlineExceeded, status: 408, detail: "the body did not arrive in time"},
	{err: context.DeadlineExceeded, status: 504, detail: "this took too long"},
	{err: context.Canceled, status: 503, detail: "the request was given up"},
}

// known turns the errors that are meant to be seen into Problems.
func known(err error) (*Problem, bool) {
	var p *Problem
	if errors.As(err, &p) {
		return p, true
	}
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return problem(http.StatusRequestEntityTooLarge, "the body is larger than "+bytesText(tooBig.Limit)), true
	}
	var field *catalog.FieldError
	if errors.As(err, &field) {
		return wrong(field.Field, field.Message), true
	}
	for _, k := range kinds {
		if !errors.Is(err, k.err) {
			continue
		}
		if k.field != "" {
			return wrong(k.field, cmp.Or(k.detail, err.Error())), true
		}
		return problem(k.status, cmp.Or(k.detail, err.Error())), true
	}
	return nil, false
}

// answer turns any error into a Problem. Unknown ones are logged here, and
// nowhere else, and shown with fixed words.
func (s *Server) answer(ctx context.Context, err error) *Problem {
	if p, ok := known(err); ok {
		return p
	}
	s.log.ErrorContext(ctx, "request failed", "error", err, "request", requestID(ctx))
	return problem(http.StatusInternalServerError, "something went wrong here; the request id helps us find it")
}

// bytesText is a size in the words of people.
func bytesText(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MB"
	}
	return strconv.FormatInt(n>>10, 10) + " KB"
}
