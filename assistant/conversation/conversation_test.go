package conversation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"honeyguide/catalog"
	"honeyguide/db"
)

// desk is a database with the stores "s" and "other".
type desk struct {
	*Records
	t    testing.TB
	path string
	d    *db.DB
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	r := &desk{t: t, path: filepath.Join(t.TempDir(), "shop.db")}
	r.start()
	for _, id := range []string{"s", "other"} {
		if _, err := r.d.ExecContext(t.Context(), `INSERT INTO stores (id, data, created_at) VALUES ($1, '{}', 1)`, id); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// start opens the database, as a new process would.
func (r *desk) start() {
	r.t.Helper()
	var err error
	if r.d, err = db.Open(r.t.Context(), r.path); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { r.d.Close() })
	r.Records = Open(r.d)
}

func (r *desk) restart() {
	r.t.Helper()
	if err := r.d.Close(); err != nil {
		r.t.Fatal(err)
	}
	r.start()
}

func (r *desk) begin() Conversation {
	r.t.Helper()
	c, _, err := r.Begin(r.t.Context(), "s", Conversation{Locale: "en"})
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

func (r *desk) hear(id, text string) Message {
	r.t.Helper()
	_, m, err := r.Hear(r.t.Context(), "s", id, Message{Text: text})
	if err != nil {
		r.t.Fatal(err)
	}
	return m
}

func (r *desk) say(id string, s Saying) Message {
	r.t.Helper()
	if s.Message.Role == "" {
		s.Message.Role = Assistant
	}
	m, err := r.Say(r.t.Context(), "s", id, s)
	if err != nil {
		r.t.Fatal(err)
	}
	return m
}

func (r *desk) move(id string, m Move) Conversation {
	r.t.Helper()
	c, err := r.Move(r.t.Context(), "s", id, m)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

func (r *desk) get(id string) Conversation {
	r.t.Helper()
	c, err := r.Get(r.t.Context(), "s", id)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// count counts the rows that a query finds.
func (r *desk) count(query string, args ...any) (n int) {
	r.t.Helper()
	if err := r.d.QueryRowContext(r.t.Context(), query, args...).Scan(&n); err != nil {
		r.t.Fatal(err)
	}
	return n
}

// wait asks for a person.
func (r *desk) wait(id string) {
	r.t.Helper()
	r.say(id, Saying{Message: Message{Text: "One moment."}, Handover: &Request{Reason: "asked", Summary: "size of the boots"}})
}

func TestBegin(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	sent := Conversation{ID: "mine", State: Human, Agent: "me", Version: 7, Locale: "zh-CN", Buyer: Person{ID: "u1", Name: "小林", Profile: map[string]string{"会员": "金卡"}},
		Page: Page{URL: "https://shop.example/p", ProductID: "p1"}}
	c, token, err := r.Begin(ctx, "s", sent)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(c.ID, "c_") || len(c.ID) < 18 || c.State != Bot || c.Version != 0 || c.Agent != "" || c.CreatedAt.IsZero() {
		t.Errorf("begun as %+v", c)
	}
	if !strings.HasPrefix(token, "t_") || len(token) < 28 {
		t.Errorf("token %q is short", token)
	}
	kept, err := r.Admit(ctx, "s", c.ID, token)
	if err != nil || kept.Buyer.Name != "小林" || kept.Buyer.Profile["会员"] != "金卡" || kept.Page != sent.Page || kept.Locale != "zh-CN" || !kept.CreatedAt.Equal(c.CreatedAt) {
		t.Errorf("kept %+v, %v", kept, err)
	}
	_, token2, err := r.Begin(ctx, "s", sent)
	if err != nil || token2 == token {
		t.Errorf("the second token is %q, %v", token2, err)
	}
	for _, wrong := range []struct{ store, id, token string }{
		{"s", c.ID, token2}, {"s", c.ID, ""}, {"s", c.ID, token + "x"}, {"s", c.ID, token[:len(token)-1]}, {"other", c.ID, token}, {"s", "c_none", token}, {"s", "", ""},
	} {
		if _, err := r.Admit(ctx, wrong.store, wrong.id, wrong.token); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("admit %+v: %v", wrong, err)
		}
	}
	if n := r.count(`SELECT count(*) FROM conversations WHERE token_hash LIKE '%' || $1 || '%' OR data LIKE '%' || $1 || '%'`, strings.TrimPrefix(token, "t_")); n != 0 {
		t.Error("a token is stored")
	}
	if _, _, err := r.Begin(ctx, "none", sent); err == nil {
		t.Error("a conversation of no store has begun")
	}
}

func TestBeginNamesWhatIsWrong(t *testing.T) {
	r := newDesk(t)
	many := map[string]string{}
	for i := range maxProfile + 1 {
		many[fmt.Sprint(i)] = "x"
	}
	for field, c := range map[string]Conversation{
		"locale":             {Locale: "english please"},
		"buyer.id":           {Buyer: Person{ID: strings.Repeat("x", 201)}},
		"buyer.name":         {Buyer: Person{Name: strings.Repeat("林", 201)}},
		"buyer.profile":      {Buyer: Person{Profile: many}},
		"buyer.profile.note": {Buyer: Person{Profile: map[string]string{"note": strings.Repeat("x", 1001)}}},
		"page.url":           {Page: Page{URL: "https://" + strings.Repeat("x", 2000)}},
		"page.product_id":    {Page: Page{ProductID: "a\x00b"}},
	} {
		var wrong *catalog.FieldError
		if _, _, err := r.Begin(t.Context(), "s", c); !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if n := r.count(`SELECT count(*) FROM conversations`); n != 0 {
		t.Errorf("%d conversations of refused ones", n)
	}
}

// Every call on another store's conversation, or one that is gone, finds nothing.
func TestNobodyReachesAnotherStoresConversation(t *testing.T) {
	r := newDesk(t)
	c := r.begin()
	heard := r.hear(c.ID, "hello")
	said := r.say(c.ID, Saying{Message: Message{Text: "Hi", InReply: heard.ID}})
	refused := func(when, store string) {
		for name, err := range r.everyCall(store, c.ID, heard.ID, said.ID) {
			if !errors.Is(err, catalog.ErrNotFound) {
				t.Errorf("%s %s: %v", when, name, err)
			}
		}
	}
	refused("another store's", "other")
	if events, err := r.Events(t.Context(), "other", "", 0, 10); err != nil || len(events) != 0 {
		t.Errorf("another store's events: %v, %v", events, err)
	}
	if last, err := r.LastEvent(t.Context(), "other", ""); last != 0 || err != nil {
		t.Errorf("another store's last event: %d, %v", last, err)
	}
	if got := r.get(c.ID); got.Version != 2 || got.State != Bot {
		t.Errorf("it was changed: %+v", got)
	}
	if _, err := r.Delete(t.Context(), "s", c.ID); err != nil {
		t.Fatal(err)
	}
	refused("a deleted", "s")
}

func (r *desk) everyCall(store, id, heard, said string) map[string]error {
	ctx, failed := r.t.Context(), map[string]error{}
	_, failed["get"] = r.Get(ctx, store, id)
	_, _, failed["hear"] = r.Hear(ctx, store, id, Message{Text: "x"})
	_, _, failed["reply to"] = r.ReplyTo(ctx, store, id, heard)
	_, failed["of"] = r.Of(ctx, store, id, KindNote, 10)
	_, failed["message"] = r.Message(ctx, store, id, heard)
	_, failed["say"] = r.Say(ctx, store, id, Saying{Message: Message{Role: Assistant, Text: "x"}})
	_, failed["move"] = r.Move(ctx, store, id, Move{To: Closed})
	_, failed["messages"] = r.Messages(ctx, store, id, 0, 10)
	_, failed["last"] = r.Last(ctx, store, id, 10)
	_, failed["events"] = r.Events(ctx, store, id, 0, 10)
	_, failed["last event"] = r.LastEvent(ctx, store, id)
	_, failed["ahead"] = r.Ahead(ctx, store, id)
	_, failed["note"] = r.AddNote(ctx, store, id, "Anna", "x")
	failed["feedback"] = r.SetFeedback(ctx, store, id, said, Feedback{Rating: "up"})
	failed["rate"] = r.Rate(ctx, store, id, 5, "")
	_, failed["delete"] = r.Delete(ctx, store, id)
	return failed
}

func TestTurn(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c := r.begin()
	c2, heard, err := r.Hear(ctx, "s", c.ID, Message{ID: "m_mine", Role: Agent, Text: "红色连衣裙", ImageIDs: []string{"img_1"}, ClientID: "a", Agent: "me", Seq: 99})
	if err != nil || heard.Role != Buyer || heard.Agent != "" || heard.ID == "m_mine" || heard.Seq == 99 || c2.Version != 1 || heard.At.IsZero() {
		t.Fatalf("heard %+v in %+v, %v", heard, c2, err)
	}
	if _, ok, err := r.ReplyTo(ctx, "s", c.ID, heard.ID); ok || err != nil {
		t.Errorf("a reply before there is one: %v", err)
	}
	reply := json.RawMessage(`{"text":"两条","products":[]}`)
	said := r.say(c.ID, Saying{Message: Message{Text: "两条", InReply: heard.ID, Reply: reply}, If: Bot, Memory: json.RawMessage(`{"color":"red"}`)})
	got, ok, err := r.ReplyTo(ctx, "s", c.ID, heard.ID)
	if err != nil || !ok || got.ID != said.ID || string(got.Reply) != string(reply) || got.Seq <= heard.Seq {
		t.Errorf("replied %+v, %t, %v", got, ok, err)
	}
	if c := r.get(c.ID); string(c.Memory) != `{"color":"red"}` || c.Version != 2 || c.UpdatedAt.Before(c.CreatedAt) {
		t.Errorf("conversation %+v", c)
	}
	named := NewMessageID()
	if m := r.say(c.ID, Saying{Message: Message{ID: named, Text: "还要吗?"}}); m.ID != named {
		t.Errorf("said as %s, want %s", m.ID, named)
	}
	if c := r.get(c.ID); string(c.Memory) != `{"color":"red"}` {
		t.Errorf("memory is %s after a saying without one", c.Memory)
	}
	all, err := r.Messages(ctx, "s", c.ID, 0, 10)
	if err != nil || len(all) != 3 || all[0].Text != "红色连衣裙" || all[0].ImageIDs[0] != "img_1" || all[1].ID != said.ID || all[1].ImageIDs == nil {
		t.Errorf("messages %+v, %v", all, err)
	}
	if m, err := r.Message(ctx, "s", c.ID, said.ID); err != nil || m.Seq != said.Seq {
		t.Errorf("message %+v, %v", m, err)
	}
	if _, err := r.Message(ctx, "s", r.begin().ID, said.ID); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("another conversation's message: %v", err)
	}
}

// What a client sends again is kept once, and answered once, also after a crash
// between the two.
func TestClientIDAfterACrash(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c, elsewhere := r.begin(), r.begin()
	_, first, err := r.Hear(ctx, "s", c.ID, Message{Text: "hello", ClientID: "a"})
	if err != nil {
		t.Fatal(err)
	}
	r.restart()
	c2, again, err := r.Hear(ctx, "s", c.ID, Message{Text: "something else", ClientID: "a"})
	if err != nil || again.ID != first.ID || again.Text != "hello" || again.Seq != first.Seq || c2.Version != 1 {
		t.Fatalf("again %+v in version %d, %v", again, c2.Version, err)
	}
	if _, ok, err := r.ReplyTo(ctx, "s", c.ID, again.ID); ok || err != nil {
		t.Errorf("a reply that was never made: %t, %v", ok, err)
	}
	said := r.say(c.ID, Saying{Message: Message{Text: "Hi!", InReply: again.ID}, Memory: json.RawMessage(`1`)})
	twice := r.say(c.ID, Saying{Message: Message{Text: "Hi again!", InReply: again.ID}, Memory: json.RawMessage(`2`), Handover: &Request{Reason: "asked"}})
	if twice.ID != said.ID || twice.Text != "Hi!" {
		t.Errorf("replied twice: %+v", twice)
	}
	if c := r.get(c.ID); c.Version != 2 || string(c.Memory) != "1" || c.State != Bot {
		t.Errorf("the second reply changed it: %+v", c)
	}
	if _, other, err := r.Hear(ctx, "s", elsewhere.ID, Message{Text: "hello", ClientID: "a"}); err != nil || other.ID == first.ID {
		t.Errorf("a client id is shared by conversations: %+v, %v", other, err)
	}
	for range 2 {
		r.hear(elsewhere.ID, "without a client id")
	}
	if n := r.get(elsewhere.ID).Version; n != 3 {
		t.Errorf("%d entries, want 3", n)
	}
}

// A client that is in a hurry sends the same several times at once.
func TestTheSameClientIDAtOnce(t *testing.T) {
	r := newDesk(t)
	c := r.begin()
	var ids, replies sync.Map
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			_, m, err := r.Hear(t.Context(), "s", c.ID, Message{Text: "hello", ClientID: "a"})
			if err != nil {
				t.Error(err)
				return
			}
			ids.Store(m.ID, true)
			said, err := r.Say(t.Context(), "s", c.ID, Saying{Message: Message{Role: Assistant, Text: "Hi", InReply: m.ID}})
			if err != nil {
				t.Error(err)
			}
			replies.Store(said.ID, true)
		})
	}
	all.Wait()
	ids.Delete(r.mustLast(c.ID, 2)[0].ID)
	replies.Delete(r.mustLast(c.ID, 2)[1].ID)
	for name, others := range map[string]*sync.Map{"message": &ids, "reply": &replies} {
		others.Range(func(id, _ any) bool {
			t.Errorf("another %s: %v", name, id)
			return true
		})
	}
	if n := r.get(c.ID).Version; n != 2 {
		t.Errorf("%d entries, want 2", n)
	}
}

func (r *desk) mustLast(id string, n int) []Message {
	r.t.Helper()
	last, err := r.Last(r.t.Context(), "s", id, n)
	if err != nil || len(last) != n {
		r.t.Fatal(len(last), err)
	}
	return last
}

func TestMessagesHaveBounds(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c := r.begin()
	for field, m := range map[string]Message{
		"text":         {},
		"text ":        {Text: " \n\t"},
		"text  ":       {Text: strings.Repeat("字", maxText+1)},
		"text   ":      {Text: "a\xff"},
		"image_ids":    {ImageIDs: make([]string, maxImages+1)},
		"image_ids[1]": {ImageIDs: []string{"img", ""}},
		"client_id":    {Text: "x", ClientID: strings.Repeat("x", maxID+1)},
		"client_id ":   {Text: "x", ClientID: "a\x00"},
	} {
		var wrong *catalog.FieldError
		if _, _, err := r.Hear(ctx, "s", c.ID, m); !errors.As(err, &wrong) || wrong.Field != strings.TrimSpace(field) {
			t.Errorf("hear %s: %v", field, err)
		}
	}
	if _, _, err := r.Hear(ctx, "s", c.ID, Message{Text: strings.Repeat("字", maxText), ImageIDs: []string{"a", "b", "c", "d", "e", "f"}}); err != nil {
		t.Errorf("the longest: %v", err)
	}
	for field, s := range map[string]Saying{
		"id":        {Message: Message{ID: "mine", Role: Assistant, Text: "x"}},
		"role":      {Message: Message{Role: Buyer, Text: "x"}},
		"agent":     {Message: Message{Role: Agent, Text: "x"}},
		"text":      {Message: Message{Role: Assistant, Text: strings.Repeat("x", maxText+1)}},
		"client_id": {Message: Message{Role: Assistant, Text: "x", ClientID: strings.Repeat("x", maxID+1)}},
		"memory":    {Message: Message{Role: Assistant, Text: "x"}, Memory: make([]byte, maxMemory+1)},
		"reply":     {Message: Message{Role: Assistant, Text: "x", Reply: make([]byte, maxReply+1)}},
	} {
		var wrong *catalog.FieldError
		if _, err := r.Say(ctx, "s", c.ID, s); !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("say %s: %v", field, err)
		}
	}
	if n := r.get(c.ID).Version; n != 1 {
		t.Errorf("%d entries, want the one that was taken", n)
	}
}

func TestAFullLogTakesNoMoreFromBuyers(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	c := r.begin()
	said := r.say(c.ID, Saying{Message: Message{Text: "x"}})
	if _, err := r.d.ExecContext(ctx, `UPDATE conversations SET version = $1 WHERE id = $2`, maxLog, c.ID); err != nil {
		t.Fatal(err)
	}
	_, _, heard := r.Hear(ctx, "s", c.ID, Message{Text: "one more"})
	_, noted := r.AddNote(ctx, "s", c.ID, "Anna", "x")
	for name, err := range map[string]error{"hear": heard, "note": noted, "rate": r.Rate(ctx, "s", c.ID, 5, ""), "feedback": r.SetFeedback(ctx, "s", c.ID, said.ID, Feedback{Rating: "up"})} {
		var wrong *catalog.FieldError
		if !errors.As(err, &wrong) || wrong.Field != "conversation" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if m, err := r.Message(ctx, "s", c.ID, said.ID); err != nil || m.Feedback != nil {
		t.Errorf("refused feedback is kept: %+v, %v", m, err)
	}
	r.say(c.ID, Saying{Message: Message{Text: "what was asked before is answered still"}})
}

func TestATurnEndsWithItsContext(t *testing.T) {
	r := newDesk(t)
	c := r.begin()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := r.Hear(ctx, "s", c.ID, Message{Text: "x"}); !errors.Is(err, context.Canceled) {
		t.Errorf("hear: %v", err)
	}
	if n := r.get(c.ID).Version; n != 0 {
		t.Errorf("%d entries after nothing", n)
	}
}

func TestTimesAreWhole(t *testing.T) {
	r := newDesk(t)
	c := r.begin()
	m := r.hear(c.ID, "x")
	kept, err := r.Last(t.Context(), "s", c.ID, 1)
	if err != nil || !kept[0].At.Equal(m.At) || m.At.Truncate(time.Millisecond) != m.At || m.At.Location() != time.UTC {
		t.Errorf("said at %v, kept as %v, %v", m.At, kept, err)
	}
}
