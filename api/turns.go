package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"honeyguide/assistant"
)

// turnTime bounds a turn, which goes on where its listener has left: the buyer
// who comes back and sends the same client_id gets its reply.
const turnTime = requestTime

func (s *Server) postMessage(ctx context.Context, in *struct {
	Own
	Body messageBody
}) (*huma.StreamResponse, error) {
	if _, err := s.admit(ctx, &in.Own); err != nil {
		return nil, err
	}
	m, err := in.Body.message()
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		if wantsEvents(ctx.Header("Accept")) {
			s.tellReply(ctx, in.ID, m)
		} else {
			s.giveReply(ctx, in.ID, m)
		}
	}}, nil
}

// replyEvents says what tellReply tells.
const replyEvents = "status: {status}, what is being done; text: {delta}, the next words of the reply; products: {products}; done: the whole reply; error: a problem"

// turn answers a message, whether or not its listener stays.
func (s *Server) turn(ctx context.Context, id string, m assistant.Message, tell func(assistant.Event)) (*assistant.Reply, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), turnTime)
	defer cancel()
	begun := time.Now()
	r, err := s.assistant.Answer(ctx, storeOf(ctx), id, m, tell)
	if err != nil {
		s.metrics.turns.WithLabelValues("failed", "failed").Observe(time.Since(begun).Seconds())
		return nil, err
	}
	s.metrics.turns.WithLabelValues(string(r.Intent), string(r.State)).Observe(time.Since(begun).Seconds())
	return r, nil
}

// tellReply answers with the reply's parts as they are made, and then all of it.
func (s *Server) tellReply(ctx huma.Context, id string, m assistant.Message) {
	st, n := newStream(ctx), int64(0)
	defer st.beating()()
	r, err := s.turn(ctx.Context(), id, m, func(e assistant.Event) {
		n++
		_ = st.send(n, e.Kind, e.Data) // the turn goes on where nobody listens
	})
	switch {
	case err == nil:
		_ = st.send(n+1, "done", r)
	case st.begun:
		st.fail(n+1, s.answer(ctx.Context(), err))
	default:
		s.refuse(ctx, err)
	}
}

// giveReply answers with the whole reply as JSON.
func (s *Server) giveReply(ctx huma.Context, id string, m assistant.Message) {
	r, err := s.turn(ctx.Context(), id, m, nil)
	if err != nil {
		s.refuse(ctx, err)
		return
	}
	ctx.SetHeader("Content-Type", "application/json")
	ctx.SetStatus(http.StatusOK)
	_ = json.NewEncoder(ctx.BodyWriter()).Encode(r) // fails only where nobody listens any more
}

// toldAs describes an answer that is JSON or events, or only events where body is nil.
func toldAs(op huma.Operation, s *Server, body any, events string) huma.Operation {
	content := map[string]*huma.MediaType{eventStream: {Schema: &huma.Schema{Type: huma.TypeString, Description: events}}}
	if body != nil {
		kind := reflect.TypeOf(body)
		content["application/json"] = &huma.MediaType{Schema: s.api.OpenAPI().Components.Schemas.Schema(kind, true, kind.Name())}
	}
	op.Responses = map[string]*huma.Response{"200": {Description: http.StatusText(http.StatusOK), Content: content}}
	return op
}
