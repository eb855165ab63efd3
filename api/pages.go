package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"honeyguide/catalog"
	"honeyguide/web"
)

// open adds a route that needs no key and no checks. With a summary it stands
// in the OpenAPI beside the operations.
func (s *Server) open(path, id, summary, contentType string, handle echo.HandlerFunc, small ...echo.MiddlewareFunc) {
	route := strings.NewReplacer("{", ":", "}", "").Replace(path)
	s.echo.Match([]string{http.MethodGet, http.MethodHead}, route, handle, small...)
	if summary == "" {
		return
	}
	op := &huma.Operation{Method: http.MethodGet, Path: path, OperationID: id, Summary: summary, Responses: map[string]*huma.Response{
		"200": {Description: http.StatusText(http.StatusOK), Content: map[string]*huma.MediaType{contentType: {Schema: &huma.Schema{Type: huma.TypeString}}}},
	}}
	if _, name, ok := strings.Cut(route, ":"); ok {
		op.Parameters = []*huma.Param{{Name: name, In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}}
	}
	s.api.OpenAPI().AddOperation(op)
}

func (s *Server) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

func (s *Server) readyz(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 2*time.Second)
	defer cancel()
	var one int
	if err := s.db.QueryRowContext(ctx, `SELECT 1`).Scan(&one); err != nil || !s.ready() {
		return problem(http.StatusServiceUnavailable, "not ready to serve yet")
	}
	return c.String(http.StatusOK, "ready\n")
}

func (s *Server) scrape(c echo.Context) error {
	s.metrics.handler.ServeHTTP(c.Response(), c.Request())
	return nil
}

// pages adds the storefront, its files, and the page about this API.
func (s *Server) pages(site *web.Site) {
	s.open("/", "", "", "", func(c echo.Context) error { return s.storefront(c, site) }, middleware.Gzip())
	s.open(web.AssetsPath+"*", "", "", "", echo.WrapHandler(site.Assets()), middleware.Gzip())
	s.open("/docs", "", "", "", s.docs, middleware.Gzip())
}

// suggestions are what a buyer of any shop may try; the words name what most shops have.
var suggestions = map[string][]string{
	"en": {"red dress", "white sneakers under 90", "gift for my mother", "blue shirt, not striped", "something for the desk"},
	"zh": {"红色连衣裙", "90以内的小白鞋", "黑色双肩包", "不要条纹的蓝色衬衫", "送妈妈什么礼物好"},
}

// storefront shows the store that ?store= names, or the first one.
func (s *Server) storefront(c echo.Context, site *web.Site) error {
	ctx := c.Request().Context()
	store, err := s.shown(ctx, c.QueryParam("store"))
	if err != nil {
		return err
	}
	key, err := s.catalog.PageKey(ctx, store.ID, s.secret)
	if err != nil {
		return err
	}
	return site.Page(c.Response(), c.Request(), web.Data{
		StoreName: store.Name, PublishableKey: key, Locale: store.Locale, Currency: store.Currency, Suggestions: suggestions,
		Names:    map[string]map[string]string{"en": s.catalog.Labels("en"), "zh": s.catalog.Labels("zh")},
		Swatches: s.catalog.Swatches(), Origins: store.Origins,
	})
}

func (s *Server) shown(ctx context.Context, id string) (catalog.Store, error) {
	if id != "" {
		return s.catalog.Store(ctx, id)
	}
	all, err := s.catalog.Stores(ctx)
	if err != nil {
		return catalog.Store{}, err
	}
	if len(all) == 0 {
		return catalog.Store{}, problem(http.StatusNotFound, "there is no store here yet; POST /v1/stores makes one, «honeyguide demo» brings one")
	}
	return all[0], nil
}
