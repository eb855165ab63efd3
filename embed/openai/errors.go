package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// errResting: the endpoint failed a moment ago and is not asked.
var errResting = errors.New("it failed a moment ago and is left alone")

// passing tells whether asking again may help.
func passing(err error) bool {
	var r *refusal
	var b *broken
	switch {
	case errors.As(err, &r):
		switch r.status {
		case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
			return true
		case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
			return false
		}
		return r.status >= 500
	case errors.As(err, &b), errors.Is(err, errResting), errors.Is(err, context.DeadlineExceeded):
		return true
	}
	return false
}

// refused tells whether an endpoint found fault with a request's content.
func refused(err error) bool {
	var r *refusal
	if !errors.As(err, &r) {
		return false
	}
	switch r.status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		return true
	}
	return false
}

// advise adds to an error that will not pass what an operator can do.
func (c *client) advise(err error) error {
	var r *refusal
	var w *wrongDim
	var syntax *json.SyntaxError
	at := "encoder at " + c.o.URL
	switch {
	case errors.As(err, &w):
		return fmt.Errorf("%s: %w; set HONEYGUIDE_ENCODER_DIM to %d, or to nothing to take what comes", at, err, w.got)
	case errors.As(err, &syntax), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s answers something else than JSON: %w; set HONEYGUIDE_ENCODER_URL to the base address of an OpenAI-compatible API, which often ends in /v1", at, err)
	case !errors.As(err, &r):
		return fmt.Errorf("%s: %w", at, err)
	}
	switch {
	case r.status == http.StatusUnauthorized || r.status == http.StatusForbidden:
		return fmt.Errorf("%s refuses the key: %w; set HONEYGUIDE_ENCODER_KEY to one that may use it", at, err)
	case r.status == http.StatusPaymentRequired:
		return fmt.Errorf("%s wants to be paid: %w", at, err)
	case refused(err):
		return fmt.Errorf("%s does not take this input: %w; if it takes none, set HONEYGUIDE_ENCODER_FORM to the way it wants them (now %s), and HONEYGUIDE_ENCODER to a model it has", at, err, c.o.Form)
	}
	return fmt.Errorf("%s has no model %q, or no embeddings: %w; set HONEYGUIDE_ENCODER to a model it has, and HONEYGUIDE_ENCODER_URL to its base address, which often ends in /v1", at, c.o.Model, err)
}
