package api

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// talk is a conversation of a buyer.
type talk struct {
	*testing.T
	url, key, id, token string
}

// begin opens a conversation in a store.
func begin(t *testing.T, k keys) *talk {
	t.Helper()
	return beginAt(t, wired.url, k)
}

func beginAt(t *testing.T, url string, k keys) *talk {
	t.Helper()
	a := callAt(t, url, "POST", "/v1/conversations", k.pk, map[string]any{"locale": "en"}).want(201)
	return &talk{t, url, k.pk, a.text("id"), a.text("token")}
}

// call calls a route of the conversation, as its buyer.
func (c *talk) call(method, path string, body any, header ...string) *answer {
	c.Helper()
	return callAt(c.T, c.url, method, "/v1/conversations/"+c.id+path, c.key, body, append([]string{"X-Conversation-Token", c.token}, header...)...)
}

// say sends a message; clientID may be empty.
func (c *talk) say(text, clientID string) *answer {
	c.Helper()
	return c.call("POST", "/messages", map[string]any{"text": text, "client_id": clientID})
}

// said are the texts of all messages, each behind its speaker.
func (c *talk) said() []string {
	c.Helper()
	var all []string
	for i, n := 0, c.call("GET", "/messages?limit=199", nil).want(200); i < n.length("messages"); i++ {
		at := "messages." + strconv.Itoa(i) + "."
		all = append(all, n.text(at+"role")+": "+n.text(at+"text"))
	}
	return all
}

// event is one of a stream.
type event struct {
	id   int64
	kind string
	data string
}

// at is a value inside the event's data.
func (e event) at(path string) any {
	var v any
	_ = json.Unmarshal([]byte(e.data), &v) // what is none is found to lack everything
	return inside(v, strings.Split(path, ".")...)
}

// listener reads a stream of events in the background.
type listener struct {
	t      *testing.T
	header http.Header
	events chan event // closed at the end of the stream
	leave  func()
}

// listen opens a stream and waits for its beginning.
func listen(t *testing.T, method, url, key, send string, header ...string) *listener {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(send))
	must(err)
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Accept", eventStream)
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != eventStream {
		body, _ := io.ReadAll(res.Body)
		t.Fatalf("%s %s: status %d, %s: %.300s", method, url, res.StatusCode, res.Header.Get("Content-Type"), body)
	}
	l := &listener{t, res.Header, make(chan event, 1000), cancel}
	go func() {
		defer res.Body.Close()
		readEvents(res.Body, l.events)
	}()
	t.Cleanup(cancel)
	return l
}

// readEvents reads events as the standard says: comments and blocks without data are none.
func readEvents(from io.Reader, to chan<- event) {
	defer close(to)
	var e event
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ": ")
		switch field {
		case "id":
			e.id, _ = strconv.ParseInt(value, 10, 64)
		case "event":
			e.kind = value
		case "data":
			e.data = value
		case "":
			if lines.Text() == "" && e.data != "" {
				to <- e
				e = event{id: e.id}
			}
		}
	}
}

// follow opens the conversation's stream, from an event on where one is given.
func (c *talk) follow(header ...string) *listener {
	c.Helper()
	return listen(c.T, "GET", c.url+"/v1/conversations/"+c.id+"/events", c.key, "", append([]string{"X-Conversation-Token", c.token}, header...)...)
}

// sayTo sends a message and listens to its reply.
func (c *talk) sayTo(text, clientID string, header ...string) *listener {
	c.Helper()
	send, err := json.Marshal(map[string]any{"text": text, "client_id": clientID})
	must(err)
	return listen(c.T, "POST", c.url+"/v1/conversations/"+c.id+"/messages", c.key, string(send), append([]string{"X-Conversation-Token", c.token}, header...)...)
}

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// next waits for the next event.
func (l *listener) next() event {
	l.t.Helper()
	select {
	case e, ok := <-l.events:
		if !ok {
			l.t.Fatal("the stream has ended")
		}
		return e
	case <-time.After(patience):
		l.t.Fatal("no event comes")
	}
	return event{}
}

// until waits for the event that is looked for and returns all up to it.
func (l *listener) until(ok func(event) bool) []event {
	l.t.Helper()
	var all []event
	for {
		e := l.next()
		if all = append(all, e); ok(e) {
			return all
		}
	}
}

// rest returns what comes before the stream ends.
func (l *listener) rest() (all []event) {
	l.t.Helper()
	late := time.After(patience)
	for {
		select {
		case e, ok := <-l.events:
			if !ok {
				return all
			}
			all = append(all, e)
		case <-late:
			l.t.Fatal("the stream does not end")
		}
	}
}
