// Package api is the HTTP server: it decodes requests, calls the catalog, and
// turns what comes back, errors included, into answers.
package api

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/assistant/llm"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
	"honeyguide/db"
	"honeyguide/desk"
	"honeyguide/outfit"
	"honeyguide/web"
)

// Options are what a Server serves. All are needed, but for those said otherwise.
type Options struct {
	Catalog    *catalog.Catalog
	DB         *db.DB
	Secret     []byte // from which the pages' keys are derived
	Pages      *web.Site
	Assistant  *assistant.Assistant
	Records    *conversation.Records
	Desk       *desk.Desk
	Voice      *llm.Voice // writes recordings down; nil: they are not taken
	Orders     *orders.Orders
	Promotions *promotions.Promotions
	Rate       float64        // requests a second from one address with a publishable key; 0: no limit
	Keep       time.Duration  // how long buyers' photos are kept
	Proxies    []netip.Prefix // whose X-Forwarded-For is believed
	Ready      func() bool    // nil: always
	Log        *slog.Logger
}

// Server answers HTTP requests. Make one with New.
type Server struct {
	catalog *catalog.Catalog
	db      *db.DB
	giver   *outfit.Giver
	sizer   *outfit.Sizer
	advisor *outfit.Advisor

	assistant  *assistant.Assistant
	records    *conversation.Records
	desk       *desk.Desk
	voice      *llm.Voice
	orders     *orders.Orders
	promotions *promotions.Promotions
	listeners  *listeners
	stopping   chan struct{} // closed when the server stops: event streams end
	stop       func()        // closes it

	secret   []byte
	keep     time.Duration
	ready    func() bool
	log      *slog.Logger
	started  time.Time
	api      huma.API
	echo     *echo.Echo
	metrics  *metrics
	limits   *limits
	pictures chan struct{} // one for each picture that is being decoded
}

// New makes a server and its routes.
func New(o Options) *Server {
	s := &Server{
		catalog: o.Catalog, giver: outfit.NewGiver(o.Catalog.Packs()), sizer: outfit.NewSizer(o.Catalog.Packs()), advisor: outfit.New(o.Catalog.Packs()), db: o.DB, secret: o.Secret, keep: o.Keep, ready: o.Ready, log: o.Log, started: time.Now(), echo: echo.New(),
		metrics: newMetrics(prometheus.NewRegistry(), o.Catalog), limits: newLimits(o.Rate), pictures: make(chan struct{}, min(runtime.GOMAXPROCS(0), maxDecoding)),
	}
	s.assistant, s.records, s.desk, s.voice = o.Assistant, o.Records, o.Desk, o.Voice
	s.orders, s.promotions = o.Orders, o.Promotions
	s.listeners, s.stopping = newListeners(), make(chan struct{})
	s.stop = sync.OnceFunc(func() { close(s.stopping) })
	if s.ready == nil {
		s.ready = func() bool { return true }
	}
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.HTTPErrorHandler, s.echo.IPExtractor = s.echoError, clients(o.Proxies)
	s.echo.Pre(s.identify)
	s.echo.Use(s.observe, survive, s.bound, s.preflight, unescape)
	shapeErrors()
	config := huma.DefaultConfig("Honeyguide", "1")
	config.Info.Description = "A shop's own image-aware shopping assistant. Keys: ok_ operator, sk_ merchant, pk_ buyers' pages, ak_ agents."
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/openapi", "", ""
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", nameSchema)
	config.CreateHooks = nil // no $schema property in answers
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer", Description: "A key as «Authorization: Bearer …»"}}
	s.api = humaecho.New(s.echo, config)
	s.api.UseMiddleware(s.authenticate, s.limit, s.replay)
	s.routes()
	s.pages(o.Pages)
	return s
}

// shapeErrors makes huma's own errors Problems. huma keeps that choice for the
// whole process, so it is made once.
var shapeErrors = sync.OnceFunc(func() {
	huma.NewError = newError
	huma.NewErrorWithContext = func(_ huma.Context, status int, message string, errs ...error) huma.StatusError {
		return newError(status, message, errs...)
	}
})

// nameSchema tells the types of the assistant and the desk from those of the same
// name that other operations answer.
func nameSchema(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.PkgPath() {
	case reflect.TypeFor[desk.View]().PkgPath():
		return "Desk" + name
	case reflect.TypeFor[assistant.Reply]().PkgPath():
		return "Reply" + strings.TrimPrefix(name, "Reply")
	}
	return name
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// grace is how long running requests may go on when the server stops.
const grace = 10 * time.Second

// Serve answers on l until ctx ends, then lets running requests finish and
// breaks off those that take longer than ten seconds. It closes l.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.stop() // event streams would take as long as they like
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := srv.Shutdown(limited); err != nil {
		s.log.Warn("requests were broken off", "error", err)
		return srv.Close()
	}
	return nil
}
