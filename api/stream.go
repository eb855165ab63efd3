package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
)

const eventStream = "text/event-stream"

// Times of event streams.
const (
	heartbeat   = 15 * time.Second // silence after which a comment is sent, so that proxies keep the connection
	writeWithin = 10 * time.Second // for a listener to take an event
)

// stream answers a request with server-sent events. Nothing is sent before the
// first of them, so that a request which fails sooner is answered as any other.
type stream struct {
	to      *echo.Response
	control *http.ResponseController
	mu      sync.Mutex // an event and a heartbeat may come at once
	begun   bool
	said    time.Time // when something was sent last
}

func newStream(ctx huma.Context) *stream {
	to := humaecho.Unwrap(ctx).Response()
	return &stream{to: to, control: http.NewResponseController(to), said: time.Now()}
}

// wantsEvents reports whether a caller prefers events to a JSON body.
func wantsEvents(accept string) bool {
	weights := map[string]float64{}
	for part := range strings.SplitSeq(accept, ",") {
		kind, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		weights[kind] = 1
		if q, ok := params["q"]; ok {
			weights[kind], _ = strconv.ParseFloat(q, 64) // what is no number weighs nothing
		}
	}
	return weights[eventStream] > 0 && weights[eventStream] >= weights["application/json"]
}

// send sends one event at once. An error means that nobody listens any more;
// further events may still be sent, and are kept for an Idempotency-Key.
func (st *stream) send(id int64, kind string, data any) error {
	line, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("event %s: %w", kind, err)
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "id: %d\nevent: %s\ndata: %s\n\n", id, kind, line)
	return st.write(text.Bytes())
}

// from tells a listener where the stream begins, so that one who breaks off
// before the first event resumes there too.
func (st *stream) from(id int64) error { return st.write(fmt.Appendf(nil, "id: %d\n\n", id)) }

func (st *stream) write(text []byte) error {
	st.mu.Lock()
	defer st.mu.Unlock()
	if !st.begun {
		h := st.to.Header()
		h.Set("Content-Type", eventStream)
		h.Set("Cache-Control", "no-store")
		h.Set("X-Accel-Buffering", "no") // nginx would hold events back
		st.to.WriteHeader(http.StatusOK)
		st.begun = true
	}
	st.said = time.Now()
	_ = st.control.SetWriteDeadline(st.said.Add(writeWithin)) // recorders in tests have none
	if _, err := st.to.Write(text); err != nil {
		return err
	}
	st.to.Flush()
	return nil
}

// beat sends a comment where nothing was sent for a while.
func (st *stream) beat() error {
	st.mu.Lock()
	silent := time.Since(st.said)
	st.mu.Unlock()
	if silent < heartbeat {
		return nil
	}
	return st.write([]byte(": still here\n\n"))
}

// beating beats until stop is called, which must be before the request ends.
func (st *stream) beating() (stop func()) {
	done := make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		tick := time.NewTicker(heartbeat / 3)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				_ = st.beat() // who no longer listens is noticed by the next event
			}
		}
	})
	return func() { close(done); ended.Wait() }
}

// fail ends a stream that has begun with its problem. Its status, 200 outside, is
// the problem's for the metrics and for the Idempotency-Key, which keeps no failures.
func (st *stream) fail(id int64, p *Problem) {
	_ = st.send(id, "error", p)
	st.to.Status = p.Status
}
