package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"honeyguide/catalog"
)

type metrics struct {
	handler  http.Handler
	requests *prometheus.HistogramVec
	turns    *prometheus.HistogramVec
	streams  *prometheus.GaugeVec
}

// pendingWithin bounds the count of products that the index does not hold yet.
const pendingWithin = 2 * time.Second

// newMetrics also shows how many products wait for the index, -1 where that cannot
// be told, and how many for another model.
func newMetrics(r *prometheus.Registry, c *catalog.Catalog) *metrics {
	m := &metrics{
		handler: promhttp.HandlerFor(r, promhttp.HandlerOpts{}),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "honeyguide_request_seconds", Help: "Time to answer, by route and status.",
			Buckets: []float64{.001, .0025, .005, .01, .02, .05, .1, .25, 1, 5, 30},
		}, []string{"method", "route", "status"}),
		turns: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "honeyguide_turn_seconds", Help: "Time to answer a buyer's message, by its intent and the conversation's state; both are failed for one that got no answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, 1, 2.5, 5, 10, 30},
		}, []string{"intent", "state"}),
		streams: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "honeyguide_streams", Help: "Event streams that are open, by who listens: buyer or desk.",
		}, []string{"listener"}),
	}
	behind := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "honeyguide_products_pending", Help: "Products whose last change the index does not hold yet.",
	}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), pendingWithin)
		defer cancel()
		n, err := c.Pending(ctx)
		if err != nil {
			return -1
		}
		return float64(n)
	})
	coming := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "honeyguide_products_to_encode", Help: "Products that are still to be encoded before another model answers.",
	}, func() float64 {
		now, _ := c.Change()
		return float64(now.Total - now.Done)
	})
	r.MustRegister(m.requests, m.turns, m.streams, behind, coming, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// methods are those that have a label of their own.
var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// observe measures and logs each request. The route, not the path, is the
// label, and only known methods are: what callers make up would make endless series.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		took, status := time.Since(start), c.Response().Status
		route, method := cmp.Or(c.Path(), "none"), c.Request().Method
		if !slices.Contains(methods, method) {
			method = "other"
		}
		s.metrics.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
		s.log.Debug("request", "method", c.Request().Method, "path", c.Request().URL.Path, "status", status,
			"took", took, "request", requestID(c.Request().Context()))
		return nil
	}
}
