package api

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
)

const (
	streamTime = time.Hour       // how long an event stream stays open; its listener resumes
	rereadTime = 5 * time.Second // a log is read again without being woken
)

// Resume is where a stream of a log resumes. It is exported as Own is.
type Resume struct {
	After       string `query:"after" doc:"The id of an event: what came after it is told first. Without one the stream begins now"`
	LastEventID string `header:"Last-Event-ID" doc:"As after, which it outweighs; browsers send it when they resume"`
}

// place returns the event to resume after, or -1 for now.
func (f *Resume) place() (int64, error) {
	field, text := "Last-Event-ID", f.LastEventID
	if text == "" {
		field, text = "after", f.After
	}
	if text == "" {
		return -1, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, wrong(field, "must be the id of an event, such as 17")
	}
	return n, nil
}

// following is one listener to the log of a conversation, or of a store where id is empty.
type following struct {
	storeID, id string
	kind        string // of the listener, for the metrics: buyer or desk
	after       int64  // the event to go on after, or -1
	show        func(conversation.Event) (data any, ok bool)
}

// follow tells what happens from now or an earlier event on, until the listener
// leaves, an hour has passed, the server stops or the conversation is deleted.
func (s *Server) follow(ctx huma.Context, f following) {
	s.metrics.streams.WithLabelValues(f.kind).Inc()
	defer s.metrics.streams.WithLabelValues(f.kind).Dec()
	wake, leave := s.records.Watch(f.storeID, f.id)
	defer leave()
	if f.after < 0 {
		var err error
		if f.after, err = s.records.LastEvent(ctx.Context(), f.storeID, f.id); err != nil {
			s.refuse(ctx, err)
			return
		}
	}
	st := newStream(ctx)
	if st.from(f.after) != nil {
		return
	}
	if err := s.tellEvents(ctx.Context(), st, &f, wake); err != nil && ctx.Context().Err() == nil && !errors.Is(err, catalog.ErrNotFound) {
		st.fail(f.after, s.answer(ctx.Context(), err))
	}
}

// tellEvents returns nil when there is nobody to tell any more, and
// catalog.ErrNotFound once the conversation is deleted.
func (s *Server) tellEvents(ctx context.Context, st *stream, f *following, wake <-chan struct{}) error {
	tick := time.NewTicker(rereadTime)
	defer tick.Stop()
	for {
		if heard, err := s.tellNew(ctx, st, f); !heard {
			return err
		}
		select {
		case <-wake:
		case <-tick.C:
			if st.beat() != nil {
				return nil
			}
		case <-s.stopping:
			return nil
		case <-ctx.Done():
			return nil
		}
	}
}

// tellNew tells all events that are not told yet. heard is false when nobody listens
// or the server stops.
func (s *Server) tellNew(ctx context.Context, st *stream, f *following) (heard bool, err error) {
	for {
		events, err := s.records.Events(ctx, f.storeID, f.id, f.after, conversation.MaxPage)
		if err != nil {
			return false, err
		}
		for _, e := range events {
			if data, ok := f.show(e); ok && st.send(e.ID, e.Kind, data) != nil {
				return false, nil
			}
			f.after = e.ID
		}
		if len(events) < conversation.MaxPage {
			return true, nil
		}
		select {
		case <-s.stopping:
			return false, nil
		default:
		}
	}
}

// listen follows if not too many do already.
func (s *Server) listen(f following, bounds map[string]int) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		p, _ := ctx.Context().Value(principalKey).(catalog.Principal)
		if p.Kind == catalog.PublishableKey { // merchants' own programs speak for many buyers
			bounds["address "+caller(humaecho.Unwrap(ctx).RealIP())] = perAddress
		}
		done, ok := s.listeners.admit(bounds)
		if !ok {
			s.refuse(ctx, problem(429, "too many event streams are open already; close one, or read the messages from time to time"))
			return
		}
		defer done()
		s.follow(ctx, f)
	}}
}
