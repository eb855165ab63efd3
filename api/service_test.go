package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"honeyguide/catalog"
	"honeyguide/catalog/index"
	"honeyguide/embed/photo"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	ready := false
	o := wired.options
	o.Ready = func() bool { return ready }
	front := httptest.NewServer(New(o))
	defer front.Close()
	callAt(t, front.URL, "GET", "/healthz", "", nil).want(200)
	if a := callAt(t, front.URL, "GET", "/readyz", "", nil).problem(503, "unavailable"); a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	ready = true
	callAt(t, front.URL, "GET", "/readyz", "", nil).want(200)
	callAt(t, front.URL, "MADEUP", "/v1/store", "", nil).want(405)
	a := callAt(t, front.URL, "GET", "/metrics", "", nil).want(200)
	for _, part := range []string{`honeyguide_request_seconds_count{method="GET",route="/healthz",status="200"} 1`, `method="other"`, "go_goroutines"} {
		if !strings.Contains(string(a.body), part) {
			t.Errorf("/metrics lacks %s", part)
		}
	}
	if strings.Contains(string(a.body), "MADEUP") {
		t.Error("callers make up series")
	}
}

// All failures inside are the same to strangers, and told apart in the log.
func TestFailuresInside(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	o := wired.options
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	s := New(o)
	on(s, huma.Operation{Method: "GET", Path: "/v1/broken", OperationID: "broken"}, func(context.Context, *struct{}) (*answerOf[string], error) {
		return nil, errors.New("password of the database")
	})
	on(s, huma.Operation{Method: "GET", Path: "/v1/panics", OperationID: "panics"}, func(context.Context, *struct{}) (*answerOf[string], error) {
		panic("password of the database")
	})
	s.echo.GET("/panics", func(echo.Context) error { panic(errors.New("password")) })
	front := httptest.NewServer(s)
	defer front.Close()
	for _, path := range []string{"/v1/broken", "/v1/panics", "/panics"} {
		log.Reset()
		a := callAt(t, front.URL, "GET", path, "", nil).problem(500, "internal")
		a.is("detail", "something went wrong here; the request id helps us find it")
		if got := log.String(); strings.Count(got, "level=ERROR") != 1 || !strings.Contains(got, a.header.Get("Request-Id")) {
			t.Errorf("%s: log %s", path, got)
		}
	}
}

func TestKnownErrors(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{catalog.ErrKey, 401, "unauthenticated"},
		{fmt.Errorf("product %q: %w", "a", catalog.ErrNotFound), 404, "not_found"},
		{catalog.ErrConflict, 409, "conflict"},
		{photo.ErrTooLarge, 413, "too_large"},
		{&http.MaxBytesError{Limit: 11 << 20}, 413, "too_large"},
		{photo.ErrUnsupported, 415, "unsupported_media"},
		{photo.ErrBroken, 415, "unsupported_media"},
		{photo.ErrRegion, 422, "invalid"},
		{&catalog.FieldError{Field: "a", Message: "b"}, 422, "invalid"},
		{index.ErrUnavailable, 503, "unavailable"},
		{context.Canceled, 503, "unavailable"},
		{context.DeadlineExceeded, 504, "timeout"},
		{os.ErrDeadlineExceeded, 408, "timeout"},
		{io.ErrShortWrite, 0, ""},
	} {
		p, ok := known(fmt.Errorf("search: %w", c.err))
		switch {
		case c.status == 0 && !ok:
		case !ok || p.Status != c.status || p.Code != c.code:
			t.Errorf("%v: %+v", c.err, p)
		case (p.GetHeaders().Get("Retry-After") != "") != (c.status == 503):
			t.Errorf("%v: Retry-After %q", c.err, p.GetHeaders().Get("Retry-After"))
		}
	}
	if p := problem(999, "?"); p.Status != 500 || p.Code != "internal" {
		t.Errorf("%+v", p)
	}
}

// serveAlone serves on a port of its own and returns what ends it.
func serveAlone(t *testing.T, s *Server) (address string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	return l.Addr().String(), func() error { cancel(); return <-ended }
}

func TestGracefulStop(t *testing.T) {
	t.Parallel()
	s := New(wired.options)
	begun, finish := make(chan bool), make(chan bool)
	s.echo.GET("/slow", func(c echo.Context) error {
		close(begun)
		<-finish
		return c.String(200, "whole")
	})
	address, stop := serveAlone(t, s)
	got := make(chan string)
	go func() {
		res, err := http.Get("http://" + address + "/slow")
		if err != nil {
			got <- err.Error()
			return
		}
		defer res.Body.Close()
		data, _ := io.ReadAll(res.Body)
		got <- string(data)
	}()
	<-begun
	time.AfterFunc(50*time.Millisecond, func() { close(finish) })
	if err := stop(); err != nil {
		t.Error(err)
	}
	if body := <-got; body != "whole" {
		t.Errorf("a running request got %q", body)
	}
	if _, err := net.Dial("tcp", address); err == nil {
		t.Error("the port is still open")
	}
}

func TestServeSaysWhyItEnds(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	must(l.Close())
	if err := New(wired.options).Serve(t.Context(), l); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
}

// The read deadline ends with the body: an answer that takes longer is not broken off.
func TestReadDeadlineEndsWithBody(t *testing.T) {
	t.Parallel()
	s := New(wired.options)
	on(s, huma.Operation{Method: "POST", Path: "/v1/thinks", OperationID: "thinks", BodyReadTimeout: 100 * time.Millisecond, DefaultStatus: 200},
		func(ctx context.Context, _ *struct{ Body struct{} }) (*answerOf[string], error) {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(400 * time.Millisecond):
				return body("thought"), nil
			}
		})
	front := httptest.NewServer(s)
	defer front.Close()
	callAt(t, front.URL, "POST", "/v1/thinks", "", `{}`).want(200)
}

// A body that does not come is given up, be it JSON or a form.
func TestSlowBodies(t *testing.T) {
	t.Parallel()
	s := New(wired.options)
	on(s, huma.Operation{Method: "POST", Path: "/v1/waits", OperationID: "waits", BodyReadTimeout: 100 * time.Millisecond, DefaultStatus: 200},
		func(context.Context, *struct{ Body struct{} }) (*answerOf[string], error) { return body("came"), nil })
	address, stop := serveAlone(t, s)
	defer func() { must(stop()) }()
	c, err := net.Dial("tcp", address)
	must(err)
	defer c.Close()
	must(c.SetDeadline(time.Now().Add(20 * time.Second)))
	fmt.Fprintf(c, "POST /v1/waits HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	must(err)
	defer res.Body.Close()
	if res.StatusCode != http.StatusRequestTimeout {
		t.Errorf("status %d", res.StatusCode)
	}
	if _, err := c.Read(make([]byte, 1)); err == nil {
		data, _ := io.ReadAll(res.Body)
		t.Errorf("%s", data)
	}
}

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	a := call(t, "GET", "/openapi.json", "", nil).want(200).is("openapi", "3.1.0")
	if a.text("info.title") == "" || a.text("components.securitySchemes.bearer.scheme") != "bearer" {
		t.Errorf("%.300s", a.body)
	}
	var document any
	must(json.Unmarshal(a.body, &document))
	for _, route := range []string{
		"post /v1/stores", "get /v1/store", "patch /v1/store", "post /v1/feeds", "get /v1/jobs/{id}", "post /v1/jobs/{id}/confirm",
		"post /v1/jobs/{id}/cancel", "patch /v1/products", "get /v1/products", "get /v1/products/{id}", "delete /v1/products/{id}",
		"get /v1/products/{id}/similar", "post /v1/search", "post /v1/images", "get /v1/products/{id}/outfits", "post /v1/outfits", "post /v1/gifts", "post /v1/size",
		"get /v1/size-charts", "put /v1/size-charts/{id}", "get /v1/size-charts/{id}", "delete /v1/size-charts/{id}",
		"get /v1/faqs", "post /v1/faqs", "get /v1/faqs/{id}", "put /v1/faqs/{id}", "delete /v1/faqs/{id}", "post /v1/faqs/import",
		"get /v1/faqs/export", "post /v1/faqs/match", "post /v1/embeddings", "get /v1/media/{name}",
		"get /v1/orders", "get /v1/orders/{id}", "put /v1/orders/{id}", "delete /v1/orders/{id}", "get /v1/tickets", "get /v1/tickets/{id}", "patch /v1/tickets/{id}",
		"post /v1/conversations", "post /v1/conversations/{id}/messages", "get /v1/conversations/{id}/messages", "get /v1/conversations/{id}/events",
		"post /v1/conversations/{id}/handover", "post /v1/conversations/{id}/messages/{mid}/feedback", "post /v1/conversations/{id}/rating",
		"delete /v1/conversations/{id}", "get /v1/images/{id}", "post /v1/audio",
		"get /v1/desk/conversations", "get /v1/desk/conversations/{id}", "post /v1/desk/conversations/{id}/claim", "post /v1/desk/conversations/{id}/release",
		"post /v1/desk/conversations/{id}/close", "post /v1/desk/conversations/{id}/reply", "post /v1/desk/conversations/{id}/note",
		"get /v1/desk/conversations/{id}/suggestions", "post /v1/desk/conversations/{id}/suggestions/{sid}", "get /v1/desk/events",
		"get /v1/desk/pending-faqs", "post /v1/desk/pending-faqs/{id}/approve", "post /v1/desk/pending-faqs/{id}/reject",
		"get /v1/insights/gaps", "post /v1/insights/gaps/{id}/answer",
		"get /v1/promotions", "get /v1/promotions/{id}", "put /v1/promotions/{id}", "delete /v1/promotions/{id}",
		"get /healthz", "get /readyz", "get /metrics",
	} {
		method, path, _ := strings.Cut(route, " ")
		op, _ := inside(document, "paths", path, method).(map[string]any)
		if op == nil || op["operationId"] == "" || op["summary"] == "" || op["responses"] == nil {
			t.Errorf("%s is not described", route)
		}
	}
	checkRefs(t, document, document)
	for path, kinds := range map[string][]string{
		"/v1/search": {"multipart/form-data", "application/json"}, "/v1/feeds": {"multipart/form-data", "application/json"}, "/v1/images": {"multipart/form-data"},
	} {
		for _, kind := range kinds {
			if inside(document, "paths", path, "post", "requestBody", "content", kind, "schema") == nil {
				t.Errorf("%s: %s is not described", path, kind)
			}
		}
	}
	// Every operation that is served is described.
	for _, r := range wired.server.echo.Routes() {
		path := strings.NewReplacer(":id", "{id}", ":name", "{name}", ":mid", "{mid}", ":sid", "{sid}").Replace(r.Path)
		if strings.HasPrefix(path, "/v1/") && r.Method != "HEAD" && inside(document, "paths", path, strings.ToLower(r.Method)) == nil {
			t.Errorf("%s %s is not described", r.Method, r.Path)
		}
	}
}

// checkRefs follows every reference of a document.
func checkRefs(t *testing.T, document, v any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok && inside(document, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...) == nil {
			t.Errorf("%s leads nowhere", ref)
		}
		for _, one := range v {
			checkRefs(t, document, one)
		}
	case []any:
		for _, one := range v {
			checkRefs(t, document, one)
		}
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	docs := call(t, "GET", "/docs", "", nil).want(200)
	for _, part := range []string{"<h1>Honeyguide API</h1>", "/v1/search", "image_id", "Key: <code>ok_…</code>", `href="/assets/docs.css"`} {
		if !strings.Contains(string(docs.body), part) {
			t.Errorf("/docs lacks %s", part)
		}
	}
	if !strings.Contains(docs.header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("policy %q", docs.header.Get("Content-Security-Policy"))
	}
	call(t, "GET", "/assets/docs.css", "", nil).want(200)
	k := makeStore(t, map[string]any{"name": "Page <Shop>", "origins": []string{"https://shop.example"}})
	page := call(t, "GET", "/?store="+k.id, "", nil).want(200)
	if !strings.Contains(string(page.body), "Page &lt;Shop&gt;") || strings.Contains(string(page.body), k.sk) {
		t.Errorf("page: %.300s", page.body)
	}
	_, rest, _ := strings.Cut(string(page.body), "pk_")
	key := "pk_" + rest[:26]
	call(t, "POST", "/v1/search", key, `{"text":"red"}`, "Origin", wired.url).want(200)
	call(t, "GET", "/", "", nil).want(200)
	call(t, "GET", "/?store=st_none", "", nil).problem(404, "not_found")
}
