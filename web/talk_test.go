package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// talks are the conversations of a test shop. Its assistant answers by words that
// stand in the message; faults make the next turns go wrong.
type talks struct {
	shop *shop

	mu      sync.Mutex
	all     map[string]*talk
	begun   int
	answers int       // turns answered; one that is asked for again is not counted again
	sent    []message // every POST, also those that are cut off
	faults  []fault
	audio   *problem // the answer to recordings, if it is not a transcript
	rated   int
	hold    chan struct{} // turns wait for it, if it is not nil
	closing chan struct{} // closed when the shop closes
}

// fault is what goes wrong with a turn: a problem instead of the answer, or the
// connection, after so many events of it.
type fault struct {
	problem *problem
	cut     int
}

type talk struct {
	id, token, state, agent string
	log                     []entry
	changed                 chan struct{} // closed and made anew by every entry
}

// entry is one of the log.
type entry struct {
	Kind string
	Data map[string]any
}

type message struct {
	Text      string    `json:"text"`
	ImageIDs  []string  `json:"image_ids"`
	Region    []float64 `json:"region"`
	ProductID string    `json:"product_id"`
	ClientID  string    `json:"client_id"`
}

func (b *talks) routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /v1/conversations", b.shop.guard(b.begin))
	mux.HandleFunc("POST /v1/conversations/{id}/messages", b.admitted(b.turn))
	mux.HandleFunc("GET /v1/conversations/{id}/messages", b.admitted(b.history))
	mux.HandleFunc("GET /v1/conversations/{id}/events", b.admitted(b.follow))
	mux.HandleFunc("POST /v1/conversations/{id}/handover", b.admitted(b.handover))
	mux.HandleFunc("POST /v1/conversations/{id}/messages/{mid}/feedback", b.admitted(b.feedback))
	mux.HandleFunc("POST /v1/conversations/{id}/rating", b.admitted(b.rating))
	mux.HandleFunc("DELETE /v1/conversations/{id}", b.admitted(b.remove))
	mux.HandleFunc("POST /v1/audio", b.shop.guard(b.transcribe))
}

// admitted finds the conversation that the token is for.
func (b *talks) admitted(next func(http.ResponseWriter, *http.Request, *talk)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		t := b.all[r.PathValue("id")]
		b.mu.Unlock()
		if t == nil || r.Header.Get("X-Conversation-Token") != t.token || r.Header.Get("Authorization") != "Bearer "+testKey {
			answer(w, 404, problem{Status: 404, Code: "not_found"})
			return
		}
		next(w, r, t)
	}
}

func (b *talks) begin(w http.ResponseWriter, r *http.Request) {
	var start struct{ Locale string }
	_ = json.NewDecoder(r.Body).Decode(&start)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.begun++
	id := fmt.Sprint("c", b.begun)
	b.all[id] = &talk{id: id, token: "t" + id, state: "bot", changed: make(chan struct{})}
	opening := map[string]any{"id": id, "token": "t" + id, "greeting": "Hi, I'm the assistant of Maple & Thread.", "chips": []string{"red dress", "Where is my order?"}}
	if start.Locale == "zh" {
		opening["greeting"], opening["chips"] = "您好，我是这家店的购物助手。", []string{"红色连衣裙", "我的订单到哪了？"}
	}
	answer(w, 201, opening)
}

// add writes into a talk's log; b.mu must be held.
func (t *talk) add(kind string, data map[string]any) {
	t.log = append(t.log, entry{kind, data})
	if kind == "message" {
		data["seq"] = len(t.log)
	}
	close(t.changed)
	t.changed = make(chan struct{})
}

// nextID is the id of the message that comes next.
func (t *talk) nextID() string { return fmt.Sprintf("m_%s_%d", t.id, len(t.log)) }

func (t *talk) enter(state, agent string) {
	t.state, t.agent = state, agent
	t.add("state", map[string]any{"state": state, "agent": agent})
}

// said is the first message of the log for which test holds.
func (t *talk) said(test func(map[string]any) bool) map[string]any {
	for _, e := range t.log {
		if e.Kind == "message" && test(e.Data) {
			return e.Data
		}
	}
	return nil
}

// reply answers a message once, whatever becomes of the connection.
func (b *talks) reply(t *talk, m message) map[string]any {
	b.mu.Lock()
	defer b.mu.Unlock()
	heard := t.said(func(one map[string]any) bool { return one["client_id"] == m.ClientID })
	if heard == nil {
		heard = map[string]any{"id": t.nextID(), "role": "buyer", "text": m.Text, "image_ids": m.ImageIDs, "client_id": m.ClientID}
		if t.state == "closed" {
			t.enter("bot", "")
		}
		t.add("message", heard)
	}
	if told := t.said(func(one map[string]any) bool { return one["in_reply_to"] == heard["id"] }); told != nil {
		return told["reply"].(map[string]any)
	}
	reply := b.shop.replyTo(m)
	reply["id"], reply["conversation_id"], reply["state"] = t.nextID(), t.id, t.state
	if t.state == "human" {
		return b.shop.silence(t)
	}
	b.answers++
	t.add("message", map[string]any{"id": reply["id"], "role": "bot", "text": reply["text"], "image_ids": []string{}, "in_reply_to": heard["id"], "reply": reply})
	return reply
}

func (b *talks) turn(w http.ResponseWriter, r *http.Request, t *talk) {
	var m message
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		answer(w, 400, problem{Status: 400, Code: "malformed"})
		return
	}
	b.mu.Lock()
	var wrong fault
	if b.sent = append(b.sent, m); len(b.faults) > 0 {
		wrong, b.faults = b.faults[0], b.faults[1:]
	}
	hold := b.hold
	b.mu.Unlock()
	if wrong.problem != nil {
		w.Header().Set("Retry-After", wrong.problem.retryAfter)
		answer(w, wrong.problem.Status, wrong.problem)
		return
	}
	n := 0
	tell := func(kind string, data any) {
		if n++; wrong.cut > 0 && n > wrong.cut {
			panic(http.ErrAbortHandler) // the connection breaks off
		}
		tellEvent(w, strconv.Itoa(n), kind, data)
	}
	tell("status", map[string]string{"status": "searching"})
	if hold != nil {
		<-hold
	}
	reply := b.reply(t, m)
	if found, _ := reply["products"].([]any); len(found) > 0 {
		tell("products", map[string]any{"products": found})
	}
	for word := range strings.SplitAfterSeq(reply["text"].(string), " ") {
		tell("text", map[string]string{"delta": word})
	}
	tell("done", reply)
}

func tellEvent(w http.ResponseWriter, id, kind string, data any) {
	line, _ := json.Marshal(data)
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprintf(w, "id: %s\nevent: %s\ndata: %s\n\n", id, kind, line)
	_ = http.NewResponseController(w).Flush()
}

// history comes in pages of four.
func (b *talks) history(w http.ResponseWriter, r *http.Request, t *talk) {
	b.mu.Lock()
	defer b.mu.Unlock()
	page, next := []map[string]any{}, ""
	after, _ := strconv.Atoi(r.FormValue("cursor"))
	for _, e := range t.log[min(after, len(t.log)):] {
		if e.Kind != "message" {
			continue
		}
		if len(page) == 4 {
			next = fmt.Sprint(page[3]["seq"])
			break
		}
		page = append(page, e.Data)
	}
	answer(w, 200, map[string]any{"messages": page, "next_cursor": next, "state": t.state, "agent": t.agent})
}

func (b *talks) follow(w http.ResponseWriter, r *http.Request, t *talk) {
	last, err := strconv.Atoi(r.Header.Get("Last-Event-ID"))
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		b.mu.Lock()
		if err != nil {
			last, err = len(t.log), nil
		}
		fresh, changed := t.log[last:], t.changed
		b.mu.Unlock()
		fmt.Fprintf(w, ": alive\nid: %d\n\n", last)
		for _, e := range fresh {
			last++
			tellEvent(w, strconv.Itoa(last), e.Kind, e.Data)
		}
		_ = http.NewResponseController(w).Flush()
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		case <-b.closing:
			return
		}
	}
}

func (b *talks) handover(w http.ResponseWriter, _ *http.Request, t *talk) {
	b.mu.Lock()
	defer b.mu.Unlock()
	reply := b.shop.replyTo(message{Text: "person"})
	reply["id"], reply["state"] = t.nextID(), "waiting"
	t.add("message", map[string]any{"id": reply["id"], "role": "bot", "text": reply["text"], "image_ids": []string{}, "reply": reply})
	t.enter("waiting", "")
	answer(w, 200, reply)
}

func (b *talks) feedback(w http.ResponseWriter, r *http.Request, t *talk) {
	var given map[string]any
	_ = json.NewDecoder(r.Body).Decode(&given)
	b.mu.Lock()
	defer b.mu.Unlock()
	if said := t.said(func(one map[string]any) bool { return one["id"] == r.PathValue("mid") }); said != nil {
		said["feedback"] = given
		w.WriteHeader(204)
		return
	}
	answer(w, 404, problem{Status: 404, Code: "not_found"})
}

func (b *talks) rating(w http.ResponseWriter, r *http.Request, _ *talk) {
	var given struct{ Score int }
	_ = json.NewDecoder(r.Body).Decode(&given)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rated = given.Score
	w.WriteHeader(204)
}

func (b *talks) remove(w http.ResponseWriter, _ *http.Request, t *talk) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.all, t.id)
	w.WriteHeader(204)
}

func (b *talks) transcribe(w http.ResponseWriter, r *http.Request) {
	_, header, err := r.FormFile("audio")
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case err != nil || header.Size == 0:
		answer(w, 422, problem{Status: 422, Code: "invalid"})
	case b.audio != nil:
		answer(w, b.audio.Status, b.audio)
	default:
		answer(w, 201, map[string]string{"id": "a1", "transcript": "red shoes please", "language": "en"})
	}
}

// What a journey does behind the page's back.

// failTurns makes the next turns go wrong.
func (b *talks) failTurns(faults ...fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, faults...)
}

// takeOver lets an agent claim the newest conversation.
func (b *talks) takeOver(state, agent string) { b.behind(func(t *talk) { t.enter(state, agent) }) }

// agentSays writes as an agent into the newest conversation.
func (b *talks) agentSays(agent, text string) {
	b.behind(func(t *talk) {
		t.add("message", map[string]any{"id": t.nextID(), "role": "agent", "agent": agent, "text": text, "image_ids": []string{}})
	})
}

// expire forgets all conversations.
func (b *talks) expire() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all = map[string]*talk{}
}

func (b *talks) behind(act func(*talk)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	act(b.all[fmt.Sprint("c", b.begun)])
}

// look reads what a journey wants to know.
func look[T any](b *talks, at func() T) T {
	b.mu.Lock()
	defer b.mu.Unlock()
	return at()
}

// lastSent is the newest message that reached the shop.
func (b *talks) lastSent() message {
	return look(b, func() message { return b.sent[len(b.sent)-1] })
}

// eta is a day of the near future.
func eta() string { return time.Now().Add(72 * time.Hour).Format(time.DateOnly) }
