package api

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// Bodies are limited before they are read.
const (
	maxBody     = 4 << 20
	maxProducts = 16 << 20 // a thousand products with long descriptions
	maxPhoto    = 11 << 20 // photo.MaxBytes and the form around it
	maxImport   = 32 << 20 // ten thousand answers, most of them short
	maxSound    = 11 << 20 // maxAudio and the form around it
	maxFeed     = 4 << 30
)

// A body must arrive, and its answer be ready, within a time.
const (
	requestTime = 30 * time.Second
	feedTime    = time.Hour
)

// identify gives each request an id, which its answer and its log lines carry.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := rand.Text()[:12]
		c.Response().Header().Set("Request-Id", id)
		c.Response().Header().Set("X-Content-Type-Options", "nosniff")
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), requestKey, id)))
		return next(c)
	}
}

// survive makes a panic an error, which is logged and answered like any other.
func survive(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch cause := recover(); cause {
			case nil:
			case http.ErrAbortHandler: // the request for no answer at all
				panic(cause)
			default:
				err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
			}
		}()
		return next(c)
	}
}

// bound limits a request's body and time before anything is read.
func (s *Server) bound(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		size, within := boundsOf(r)
		ctx, cancel := context.WithTimeout(r.Context(), within)
		defer cancel()
		r = r.WithContext(ctx)
		control := http.NewResponseController(c.Response())
		// Recorders in tests have no deadlines. The answer may take as long to send as it took to make.
		_ = control.SetWriteDeadline(time.Now().Add(2 * within))
		if r.Body != http.NoBody {
			_ = control.SetReadDeadline(time.Now().Add(within))
			r.Body = &timedBody{http.MaxBytesReader(c.Response().Writer, r.Body, size), control}
		}
		c.SetRequest(r)
		return next(c)
	}
}

func boundsOf(r *http.Request) (size int64, within time.Duration) {
	switch r.URL.Path {
	case "/v1/feeds":
		return maxFeed, feedTime
	case "/v1/images", "/v1/search", "/v1/embeddings":
		return maxPhoto, requestTime
	case "/v1/products":
		return maxProducts, requestTime
	case "/v1/faqs/import":
		return maxImport, 2 * requestTime
	case "/v1/audio":
		return maxSound, 2 * requestTime
	}
	if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/events") {
		return 0, streamTime
	}
	return maxBody, requestTime
}

// timedBody lifts the read deadline at the end of the body. It would otherwise
// go on to run while the answer is made, and break the request off.
type timedBody struct {
	io.ReadCloser
	control *http.ResponseController
}

// Read reads from the body.
func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

// preflight lets browsers ask whether they may call; whether they really may is
// decided by the key of the call itself.
func (s *Server) preflight(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, h := c.Request(), c.Response().Header()
		if r.Method != http.MethodOptions || !strings.HasPrefix(r.URL.Path, "/v1/") {
			return next(c)
		}
		h.Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		h.Set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, X-Conversation-Token, Last-Event-ID")
		h.Set("Access-Control-Max-Age", "600")
		h.Add("Vary", "Origin")
		return c.NoContent(http.StatusNoContent)
	}
}

// unescape gives operations the ids that were meant: for a path with an escaped
// slash, echo hands out its parts as they were sent.
func unescape(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().URL.RawPath == "" {
			return next(c)
		}
		values := c.ParamValues()
		for i, v := range values {
			if plain, err := url.PathUnescape(v); err == nil {
				values[i] = plain
			}
		}
		c.SetParamValues(values...)
		return next(c)
	}
}

// echoError answers what failed outside an operation: unknown paths, open routes, panics.
func (s *Server) echoError(err error, c echo.Context) {
	var p *Problem
	he, ok := err.(*echo.HTTPError)
	switch {
	case ok && he.Code == http.StatusNotFound:
		p = problem(404, "there is nothing at "+c.Request().URL.Path)
	case ok && he.Code == http.StatusMethodNotAllowed:
		p = problem(405, c.Request().Method+" is not for "+c.Request().URL.Path)
	default:
		p = s.answer(c.Request().Context(), err)
	}
	if c.Response().Committed {
		return
	}
	for name, values := range p.GetHeaders() {
		c.Response().Header()[name] = values
	}
	c.Response().Header().Set(echo.HeaderContentType, p.ContentType(""))
	if err := c.JSON(p.Status, p); err != nil {
		s.log.Debug("write error", "error", err)
	}
}
