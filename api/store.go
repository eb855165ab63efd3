package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"honeyguide/catalog"
)

// storeKeys are a new store's keys, shown this once.
type storeKeys struct {
	Secret      string `json:"secret"`
	Publishable string `json:"publishable"`
	Agent       string `json:"agent"`
}

type newStore struct {
	ID   string    `json:"id"`
	Keys storeKeys `json:"keys" doc:"Shown once; only hashes are kept"`
}

func (s *Server) createStore(ctx context.Context, in *struct {
	Body struct {
		Name     string   `json:"name" minLength:"1" maxLength:"200"`
		Currency string   `json:"currency" example:"USD"`
		Locale   string   `json:"locale,omitempty" default:"en"`
		Packs    []string `json:"packs,omitempty"`
		Origins  []string `json:"origins,omitempty"`
		Greeting string   `json:"greeting,omitempty" maxLength:"1000"`
	}
}) (*answerOf[newStore], error) {
	b := in.Body
	st, err := s.catalog.NewStore(ctx, catalog.Settings{Name: b.Name, Currency: b.Currency, Locale: b.Locale, Packs: b.Packs, Origins: b.Origins, Greeting: b.Greeting})
	if err != nil {
		return nil, err
	}
	out := newStore{ID: st.ID}
	for kind, key := range map[catalog.KeyKind]*string{
		catalog.SecretKey: &out.Keys.Secret, catalog.PublishableKey: &out.Keys.Publishable, catalog.AgentKey: &out.Keys.Agent,
	} {
		if *key, err = s.catalog.NewKey(ctx, st.ID, kind); err != nil {
			return nil, err
		}
	}
	return body(out), nil
}

func (s *Server) getStore(ctx context.Context, _ *struct{}) (*answerOf[catalog.Store], error) {
	st, err := s.catalog.Store(ctx, storeOf(ctx))
	return body(st), err
}

func (s *Server) patchStore(ctx context.Context, in *struct {
	Body struct {
		Name     *string   `json:"name,omitempty"`
		Currency *string   `json:"currency,omitempty"`
		Locale   *string   `json:"locale,omitempty"`
		Packs    *[]string `json:"packs,omitempty"`
		Origins  *[]string `json:"origins,omitempty"`
		Greeting *string   `json:"greeting,omitempty" maxLength:"1000"`

		Delivery      *catalog.Delivery `json:"delivery,omitempty" doc:"Days from the order to the door"`
		OrderEndpoint *endpointBody     `json:"order_endpoint,omitempty" doc:"The merchant's own look-up of orders"`

		Names    *map[string][]string `json:"names,omitempty" doc:"The shop's own words for kinds of things, by category of the packs; all of them"`
		Persona  *string              `json:"persona,omitempty" doc:"Who the assistant is and how it speaks, for a language model"`
		Hours    *catalog.Hours       `json:"hours,omitempty" doc:"When persons take conversations over, all of it; an empty time_zone: always"`
		Handover *catalog.Handover    `json:"handover,omitempty" doc:"How buyers come to speak with a person"`
	}
}) (*answerOf[catalog.Store], error) {
	st, err := s.catalog.ChangeStore(ctx, storeOf(ctx), func(set *catalog.Settings) {
		b := in.Body
		change(&set.Name, b.Name)
		change(&set.Currency, b.Currency)
		change(&set.Locale, b.Locale)
		change(&set.Packs, b.Packs)
		change(&set.Origins, b.Origins)
		change(&set.Greeting, b.Greeting)
		if b.Delivery != nil {
			set.Delivery = b.Delivery
		}
		b.OrderEndpoint.change(set)
		change(&set.Names, b.Names)
		change(&set.Persona, b.Persona)
		if b.Handover != nil {
			set.Handover = b.Handover
		}
		if b.Hours != nil {
			if set.Hours = b.Hours; b.Hours.TimeZone == "" {
				set.Hours = nil
			}
		}
	})
	return body(st), err
}

func change[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// answerOf is an answer with a body and nothing else.
type answerOf[T any] struct{ Body T }

func body[T any](v T) *answerOf[T] { return &answerOf[T]{Body: v} }

// on adds an operation, with its errors sent through the one table.
func on[I, O any](s *Server, op huma.Operation, handle func(context.Context, *I) (*O, error)) {
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, s.answer(ctx, err)
		}
		return out, nil
	})
}
