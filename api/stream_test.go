package api

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

func TestStreamedReply(t *testing.T) {
	t.Parallel()
	c := begin(t, newShop(t))
	l := c.sayTo("blue shirt", "one")
	for name, want := range map[string]string{"Cache-Control": "no-store", "X-Accel-Buffering": "no"} {
		if got := l.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	told := l.rest()
	var text strings.Builder
	kinds := map[string]int{}
	for i, e := range told {
		kinds[e.kind]++
		if e.id != int64(i+1) {
			t.Errorf("event %d has the id %d", i, e.id)
		}
		if delta, ok := e.at("delta").(string); ok && e.kind == "text" {
			text.WriteString(delta)
		}
	}
	done := told[len(told)-1]
	if kinds["status"] == 0 || kinds["text"] == 0 || kinds["products"] == 0 || kinds["done"] != 1 || done.kind != "done" || kinds["error"] != 0 {
		t.Errorf("events %v", kinds)
	}
	if text.String() != done.at("text") || done.at("products.0.product.id") == nil {
		t.Errorf("told %q, then %.500s", text.String(), done.data)
	}
	c.call("GET", "/messages", nil).is("messages.1.id", done.at("id")).is("messages.1.text", text.String())
	c.say("blue shirt", "one").want(200).is("id", done.at("id"))
	again := c.sayTo("blue shirt", "one").rest()
	if last := again[len(again)-1]; last.kind != "done" || last.at("id") != done.at("id") || last.at("text") != done.at("text") {
		t.Errorf("again: %.300s", last.data)
	}
}

// A stream is kept for its Idempotency-Key whole, and with its type.
func TestStreamIsReplayed(t *testing.T) {
	t.Parallel()
	c := begin(t, makeStore(t, nil))
	first := c.sayTo("hello", "", "Idempotency-Key", "k").rest()
	again := c.sayTo("hello", "", "Idempotency-Key", "k")
	if again.header.Get("Idempotent-Replayed") != "true" || !slices.Equal(again.rest(), first) || len(c.said()) != 2 {
		t.Errorf("said %q; replayed: %q", c.said(), again.header.Get("Idempotent-Replayed"))
	}
}

// The turn of a buyer whose connection breaks goes on to its end.
func TestBrokenConnection(t *testing.T) {
	t.Parallel()
	c := begin(t, makeStore(t, nil))
	unlock, err := wired.options.Records.Lock(t.Context(), c.id) // the turn waits here
	must(err)
	host := strings.TrimPrefix(c.url, "http://")
	for _, accept := range []string{eventStream, "application/json"} {
		conn, err := net.Dial("tcp", host)
		must(err)
		body := `{"text":"hello","client_id":"broken"}`
		fmt.Fprintf(conn, "POST /v1/conversations/%s/messages HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nX-Conversation-Token: %s\r\nAccept: %s\r\n"+
			"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", c.id, host, c.key, c.token, accept, len(body), body)
		time.Sleep(50 * time.Millisecond)
		must(conn.Close())
	}
	time.Sleep(50 * time.Millisecond) // now the server knows that nobody listens
	unlock()
	for deadline := time.Now().Add(patience); len(c.said()) < 2; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the turn ended with its connection")
		}
	}
	kept := c.call("GET", "/messages", nil).text("messages.1.id")
	c.say("hello", "broken").want(200).is("id", kept)
	if told := c.sayTo("hello", "broken").rest(); told[len(told)-1].at("id") != kept {
		t.Errorf("the retry got %v", told)
	}
	if got := c.said(); len(got) != 2 {
		t.Errorf("said %q", got)
	}
}

func TestMessagesAtOnce(t *testing.T) {
	t.Parallel()
	c := begin(t, newShop(t))
	var group sync.WaitGroup
	ids := make([]string, 40)
	for i := range ids {
		name := fmt.Sprint("m", max(0, i-9)) // the first ten are one message
		group.Go(func() { ids[i] = c.say("hello", name).want(200).text("id") })
	}
	group.Wait()
	if one := slices.Compact(slices.Clone(ids[:10])); len(one) != 1 || one[0] == "" {
		t.Errorf("one message got the replies %v", one)
	}
	slices.Sort(ids)
	if n := len(slices.Compact(ids)); n != 31 {
		t.Errorf("%d replies, want 31", n)
	}
	said := c.said()
	for i, line := range said {
		if speaker, _, _ := strings.Cut(line, ":"); speaker != []string{"buyer", "bot"}[i%2] {
			t.Fatalf("message %d is of the %s: a reply does not follow its message", i, speaker)
		}
	}
	if len(said) != 62 {
		t.Errorf("%d messages, want 62", len(said))
	}
}

// Who resumes misses nothing and gets nothing twice, wherever the stream broke.
func TestFollowResumes(t *testing.T) {
	t.Parallel()
	c := begin(t, makeStore(t, nil))
	c.say("before", "").want(200)
	watched := c.follow()
	for _, text := range []string{"hello", "thank you", "goodbye"} {
		c.say(text, "").want(200)
	}
	last := lastID(c)
	whole := watched.until(func(e event) bool { return e.id == last })
	if len(whole) != 6 || whole[0].at("text") != "hello" || whole[0].at("role") != "buyer" || whole[1].at("role") != "bot" {
		t.Fatalf("followed %+v", whole)
	}
	watched.leave()
	for i, e := range whole[:len(whole)-1] {
		resumed := c.follow("Last-Event-ID", fmt.Sprint(e.id))
		for _, want := range whole[i+1:] {
			if got := resumed.next(); got != want {
				t.Errorf("after %d: %v, want %v", e.id, got, want)
			}
		}
		resumed.leave()
	}
	byQuery := listen(t, "GET", c.url+"/v1/conversations/"+c.id+"/events?after=0", c.key, "", "X-Conversation-Token", c.token)
	if first := byQuery.next(); first.at("text") != "before" {
		t.Errorf("from the beginning: %v", first)
	}
	for _, wrong := range [][2]string{{"Last-Event-ID", "x"}, {"Last-Event-ID", "-1"}} {
		c.call("GET", "/events", nil, wrong[0], wrong[1]).problem(422, "invalid").is("errors.0.location", "Last-Event-ID")
	}
}

// lastID is the place of the last message.
func lastID(c *talk) int64 {
	a := c.call("GET", "/messages?limit=199", nil)
	seq, _ := a.at(fmt.Sprintf("messages.%d.seq", a.length("messages")-1)).(float64)
	return int64(seq)
}

// A stream that breaks before its first event resumes where it began.
func TestStreamSaysWhereItBegins(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	st := &stream{to: echo.NewResponse(w, echo.New()), control: http.NewResponseController(w)}
	must(st.from(41))
	must(st.send(42, "message", map[string]string{"text": "two\nlines"}))
	must(st.beat()) // something was just said
	st.said = time.Now().Add(-heartbeat)
	must(st.beat())
	const want = "id: 41\n\nid: 42\nevent: message\ndata: {\"text\":\"two\\nlines\"}\n\n: still here\n\n"
	if got := w.Body.String(); got != want || !w.Flushed {
		t.Errorf("sent %q", got)
	}
}

func TestStreamsEndWithTheirConversation(t *testing.T) {
	t.Parallel()
	c := begin(t, makeStore(t, nil))
	l := c.follow()
	c.call("DELETE", "", nil).want(204)
	if told := l.rest(); len(told) != 0 {
		t.Errorf("told %v", told)
	}
}

func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	c := begin(t, k)
	var open []*listener
	for range perConversation {
		open = append(open, c.follow())
	}
	c.call("GET", "/events", nil).problem(429, "rate_limited")
	begin(t, k).follow() // another conversation's are not counted
	open[0].leave()
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		if done, ok := wired.server.listeners.admit(map[string]int{"conversation " + c.id: perConversation}); ok {
			done()
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("a listener who left is counted for ever")
		}
	}
	c.follow()
}

func TestListeners(t *testing.T) {
	l := newListeners()
	done, ok := l.admit(map[string]int{"a": 1, "b": 2})
	if _, twice := l.admit(map[string]int{"a": 1, "b": 2}); !ok || twice {
		t.Errorf("admitted %v, then %v", ok, twice)
	}
	second, ok := l.admit(map[string]int{"b": 2})
	if !ok || l.by["b"] != 2 {
		t.Errorf("b has %d", l.by["b"])
	}
	done()
	second()
	if len(l.by) != 0 {
		t.Errorf("left over: %v", l.by)
	}
}

// The server stops without waiting for its streams.
func TestStopWithOpenStreams(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	address, stop := serveAlone(t, New(wired.options))
	var open []*listener
	for range 5 {
		open = append(open, beginAt(t, "http://"+address, k).follow())
	}
	start := time.Now()
	must(stop())
	if took := time.Since(start); took > grace/2 {
		t.Errorf("stopping took %v", took)
	}
	for _, l := range open {
		if told := l.rest(); len(told) != 0 {
			t.Errorf("told %v", told)
		}
	}
}

func TestWantsEvents(t *testing.T) {
	for accept, want := range map[string]bool{
		"": false, "*/*": false, "application/json": false, eventStream: true, "application/json, text/event-stream;q=0.5": false,
		"text/event-stream, application/json": true, "text/event-stream;q=0": false, "text/event-stream;q=x": false, "*/*;q=x,;;,text/event-stream": true, "text/event-stream, */*;q=0.1": true, "text/html": false,
	} {
		if wantsEvents(accept) != want {
			t.Errorf("%q: %v", accept, !want)
		}
	}
}

// A failure after the first event is an event too, and counts as what it is.
func TestStreamFails(t *testing.T) {
	w := httptest.NewRecorder()
	st := &stream{to: echo.NewResponse(w, echo.New()), control: http.NewResponseController(w)}
	must(st.send(1, "status", map[string]string{"status": "reading"}))
	st.fail(2, wired.server.answer(t.Context(), errors.New("password of the database")))
	events := make(chan event, 9)
	readEvents(w.Body, events)
	if first, last := <-events, <-events; first.kind != "status" || last.kind != "error" || last.at("code") != "internal" || strings.Contains(last.data, "password") {
		t.Errorf("told %v, %v", first, last)
	}
	if w.Code != 200 || st.to.Status != 500 {
		t.Errorf("status %d outside, %d inside", w.Code, st.to.Status)
	}
}

// Neither tokens nor keys come into the log, and the figures show turns and streams.
func TestTalkIsObserved(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var log bytes.Buffer
	o := wired.options
	o.Log = slog.New(slog.NewTextHandler(writerFunc(func(p []byte) (int, error) { mu.Lock(); defer mu.Unlock(); return log.Write(p) }), &slog.HandlerOptions{Level: slog.LevelDebug}))
	front := httptest.NewServer(New(o))
	defer front.Close()
	c := beginAt(t, front.URL, makeStore(t, nil))
	l := c.follow()
	c.say("hello", "").want(200)
	l.next()
	figures := string(callAt(t, front.URL, "GET", "/metrics", "", nil).want(200).body)
	for _, part := range []string{`honeyguide_turn_seconds_count{intent="smalltalk",state="bot"} 1`, `honeyguide_streams{listener="buyer"} 1`} {
		if !strings.Contains(figures, part) {
			t.Errorf("/metrics lacks %s", part)
		}
	}
	l.leave()
	mu.Lock()
	defer mu.Unlock()
	if text := log.String(); !strings.Contains(text, "/messages") || strings.Contains(text, c.token) || strings.Contains(text, c.key) {
		t.Errorf("log %s", text)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
