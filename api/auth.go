package api

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"honeyguide/catalog"
)

type contextKey int

const (
	principalKey contextKey = iota
	requestKey
)

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey).(string)
	return id
}

// storeOf is the store of the request's key: the only place a store comes from.
func storeOf(ctx context.Context) string {
	p, _ := ctx.Value(principalKey).(catalog.Principal)
	return p.StoreID
}

// Who may call an operation, by kinds of key.
var (
	operators = []string{string(catalog.OperatorKey)}
	merchants = []string{string(catalog.SecretKey)}
	buyers    = []string{string(catalog.PublishableKey), string(catalog.SecretKey)}
	agents    = []string{string(catalog.AgentKey), string(catalog.SecretKey)}
	everybody = []string{string(catalog.PublishableKey), string(catalog.AgentKey), string(catalog.SecretKey)} // of a store
)

func bearer(kinds []string) []map[string][]string {
	return []map[string][]string{{"bearer": kinds}}
}

// authenticate lets a request through whose key is of a kind that the operation
// names. Operations without security are open.
func (s *Server) authenticate(ctx huma.Context, next func(huma.Context)) {
	var kinds []string
	for _, scheme := range ctx.Operation().Security {
		kinds = append(kinds, scheme["bearer"]...)
	}
	if len(kinds) == 0 {
		next(ctx)
		return
	}
	p, err := s.principal(ctx.Context(), ctx.Header("Authorization"))
	if err != nil {
		s.refuse(ctx, err)
		return
	}
	if !slices.Contains(kinds, string(p.Kind)) {
		s.refuse(ctx, problem(403, fmt.Sprintf("this needs a key of kind %s_…, yours is %s_…", strings.Join(kinds, "_… or "), p.Kind)))
		return
	}
	if origin := ctx.Header("Origin"); p.Kind == catalog.PublishableKey && origin != "" {
		if err := s.checkOrigin(ctx, p, origin); err != nil {
			s.refuse(ctx, err)
			return
		}
	}
	next(huma.WithValue(ctx, principalKey, p))
}

func (s *Server) principal(ctx context.Context, header string) (catalog.Principal, error) {
	scheme, key, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "bearer") || key == "" {
		return catalog.Principal{}, problem(401, "send your key as «Authorization: Bearer …»")
	}
	return s.catalog.Authenticate(ctx, strings.TrimSpace(key))
}

// checkOrigin lets a publishable key be used by pages of this server and of the
// store's own origins.
func (s *Server) checkOrigin(ctx huma.Context, p catalog.Principal, origin string) error {
	if u, err := url.Parse(origin); err == nil && u.Host == ctx.Host() {
		return nil
	}
	store, err := s.catalog.Store(ctx.Context(), p.StoreID)
	if err != nil {
		return err
	}
	if !store.Allows(origin) {
		return problem(403, fmt.Sprintf("pages of %s may not use this key; the merchant can add it to the store's origins", origin))
	}
	ctx.SetHeader("Access-Control-Allow-Origin", origin)
	ctx.AppendHeader("Vary", "Origin")
	ctx.SetHeader("Access-Control-Expose-Headers", "Request-Id, Retry-After, Idempotent-Replayed")
	return nil
}

// refuse writes an error from a middleware.
func (s *Server) refuse(ctx huma.Context, err error) {
	p := s.answer(ctx.Context(), err)
	for name, values := range p.GetHeaders() {
		ctx.SetHeader(name, values[0])
	}
	_ = huma.WriteErr(s.api, ctx, p.Status, "", p) // fails only where nobody listens any more
}
