package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/index/local"
	"honeyguide/catalog/orders"
	"honeyguide/db"
	"honeyguide/embed/builtin"
	"honeyguide/packs"
)

var (
	encoder = sync.OnceValues(builtin.New)
	trade   = sync.OnceValues(packs.Load)
)

// office is a desk over a store with three products and no answers of its own.
type office struct {
	*Desk
	t     testing.TB
	store string
}

func newOffice(t testing.TB, locale string) *office {
	t.Helper()
	ctx, folder, quiet := t.Context(), t.TempDir(), slog.New(slog.DiscardHandler)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	d, err := db.Open(context.WithoutCancel(ctx), filepath.Join(folder, "shop.db"))
	must(err)
	t.Cleanup(func() { d.Close() })
	enc, err := encoder()
	must(err)
	known, err := trade()
	must(err)
	c, err := catalog.Open(ctx, catalog.Options{DB: d, Index: local.New(), Encoder: enc, Packs: known, Folder: folder, Log: quiet})
	must(err)
	store, err := c.NewStore(ctx, catalog.Settings{Name: "Shop", Currency: "CNY", Locale: locale, Packs: []string{"watches"}})
	must(err)
	feed := filepath.Join(folder, "feed.csv")
	must(os.WriteFile(feed, []byte("id,title,price,availability\nw1,Steel watch,199,in_stock\nw2,Leather watch,299,in_stock\nw3,真皮表带,59,in_stock\n"), 0o600))
	_, err = c.Sync(ctx, store.ID, feed, catalog.Full, false, func(catalog.Job) {})
	must(err)
	o := Options{Catalog: c, Records: conversation.Open(d), Log: quiet, Orders: orders.Open(orders.Options{DB: d, Store: c.Store})}
	return &office{New(o), t, store.ID}
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) begin(locale string) string {
	o.t.Helper()
	c, _, err := o.records.Begin(o.t.Context(), o.store, conversation.Conversation{Locale: locale})
	o.must(err)
	return c.ID
}

func (o *office) hear(id, text string, images ...string) conversation.Message {
	o.t.Helper()
	_, m, err := o.records.Hear(o.t.Context(), o.store, id, conversation.Message{Text: text, ImageIDs: images})
	o.must(err)
	return m
}

// answer lets the bot reply to what a buyer says.
func (o *office) answer(id, text string, r assistant.Reply) conversation.Message {
	o.t.Helper()
	return o.handOver(id, text, r, nil)
}

func (o *office) handOver(id, text string, r assistant.Reply, asked *conversation.Request) conversation.Message {
	o.t.Helper()
	heard := o.hear(id, text)
	data, err := json.Marshal(r)
	o.must(err)
	m, err := o.records.Say(o.t.Context(), o.store, id, conversation.Saying{Handover: asked,
		Message: conversation.Message{Role: conversation.Assistant, Text: r.Text, InReply: heard.ID, Reply: data}})
	o.must(err)
	return m
}

// wait is a conversation that waits for a person.
func (o *office) wait(locale string) string {
	o.t.Helper()
	id := o.begin(locale)
	o.handOver(id, "A person please", assistant.Reply{Intent: "handover"}, &conversation.Request{Reason: "asked"})
	return id
}

func (o *office) last(id string) conversation.Message {
	o.t.Helper()
	said, err := o.records.Last(o.t.Context(), o.store, id, 1)
	o.must(err)
	return said[0]
}

func (o *office) get(id string) conversation.Conversation {
	o.t.Helper()
	c, err := o.records.Get(o.t.Context(), o.store, id)
	o.must(err)
	return c
}

func (o *office) product(id string) catalog.Product {
	o.t.Helper()
	p, err := o.catalog.Product(o.t.Context(), o.store, id)
	o.must(err)
	return p
}

func isField(err error, field string) bool {
	var f *catalog.FieldError
	return errors.As(err, &f) && f.Field == field
}

func TestClaimAndRelease(t *testing.T) {
	o, ctx := newOffice(t, "en"), t.Context()
	id := o.wait("en")
	c, err := o.Claim(ctx, o.store, id, "  Anna   Lee ")
	if err != nil || c.State != conversation.Human || c.Agent != "Anna Lee" {
		t.Fatalf("claimed %+v, %v", c, err)
	}
	if m := o.last(id); m.Role != conversation.System || m.Text != "Anna Lee has joined the conversation." {
		t.Errorf("the buyer is told %+v", m)
	}
	if again, err := o.Claim(ctx, o.store, id, "Anna Lee"); err != nil || again.Version != c.Version {
		t.Errorf("claimed again: %+v, %v", again, err)
	}
	for name, act := range map[string]func() error{
		"claim":   func() error { _, err := o.Claim(ctx, o.store, id, "Ben"); return err },
		"release": func() error { _, err := o.Release(ctx, o.store, id, "Ben"); return err },
		"close":   func() error { _, err := o.Close(ctx, o.store, id, "Ben"); return err },
		"reply":   func() error { _, err := o.Reply(ctx, o.store, id, Answer{Agent: "Ben", Text: "Hi"}); return err },
	} {
		if err := act(); !errors.Is(err, catalog.ErrConflict) || !strings.Contains(err.Error(), "Anna Lee holds") {
			t.Errorf("%s by another: %v", name, err)
		}
	}
	if got := o.get(id); got.Version != c.Version {
		t.Errorf("others changed it: %+v", got)
	}
	if c, err = o.Release(ctx, o.store, id, "Anna Lee"); err != nil || c.State != conversation.Bot || c.Agent != "" || c.Handover != nil {
		t.Errorf("released %+v, %v", c, err)
	}
	if m := o.last(id); !strings.Contains(m.Text, "has left") {
		t.Errorf("the buyer is told %q", m.Text)
	}
	if _, err := o.Reply(ctx, o.store, id, Answer{Agent: "Anna Lee", Text: "Hi"}); !errors.Is(err, catalog.ErrConflict) || !strings.Contains(err.Error(), "nobody holds") {
		t.Errorf("a reply after the release: %v", err)
	}
	if c, err = o.Claim(ctx, o.store, id, "Ben"); err != nil || c.Agent != "Ben" {
		t.Errorf("claimed from the bot: %+v, %v", c, err)
	}
	if c, err = o.Close(ctx, o.store, id, "Ben"); err != nil || c.State != conversation.Closed {
		t.Errorf("closed %+v, %v", c, err)
	}
	if _, err := o.Claim(ctx, o.store, id, "Ben"); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("a closed one is claimed: %v", err)
	}
}

// Buyers are told in the language that they were last answered in.
func TestTellingTheBuyerInTheirLanguage(t *testing.T) {
	o, ctx := newOffice(t, "en"), t.Context()
	for _, c := range []struct{ locale, spoken, want string }{
		{"zh-CN", "", "Anna 已加入对话"}, {"zh-Hant-TW", "", "Anna 已加入对话"}, {"en", "", "Anna has joined"}, {"de", "", "Anna has joined"},
		{"en", "zh", "Anna 已加入对话"}, {"zh-CN", "en", "Anna has joined"},
	} {
		id := o.begin(c.locale)
		if c.spoken != "" {
			o.answer(id, "x", assistant.Reply{Language: c.spoken})
		}
		if _, err := o.Claim(ctx, o.store, id, "Anna"); err != nil {
			t.Fatal(err)
		}
		if m := o.last(id); !strings.HasPrefix(m.Text, c.want) {
			t.Errorf("%+v: told %q", c, m.Text)
		}
	}
	id := o.wait("zh-CN")
	for _, step := range []struct {
		do   func() (conversation.Conversation, error)
		want string
	}{
		{func() (conversation.Conversation, error) { return o.Claim(ctx, o.store, id, "小林") }, "小林 已加入对话,由人工为您服务。"},
		{func() (conversation.Conversation, error) { return o.Release(ctx, o.store, id, "小林") }, "小林 已离开对话,接下来由智能助手继续为您服务。"},
		{func() (conversation.Conversation, error) { return o.Claim(ctx, o.store, id, "小林") }, "小林 已加入对话,由人工为您服务。"},
		{func() (conversation.Conversation, error) { return o.Close(ctx, o.store, id, "小林") }, "小林 已结束对话。您可以随时再次留言,智能助手会为您解答。"},
	} {
		if _, err := step.do(); err != nil || o.last(id).Text != step.want {
			t.Errorf("told %q, want %q, %v", o.last(id).Text, step.want, err)
		}
	}
}

func TestTwoAgentsClaimAtOnce(t *testing.T) {
	o := newOffice(t, "en")
	for range 5 {
		id := o.wait("en")
		var won, again atomic.Int64
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				c, err := o.Claim(t.Context(), o.store, id, fmt.Sprint("agent ", i/2)) // each of four, twice
				switch {
				case err == nil && c.Agent == fmt.Sprint("agent ", i/2):
					won.Add(1)
				case !errors.Is(err, catalog.ErrConflict):
					t.Errorf("%+v, %v", c, err)
				}
			})
		}
		all.Wait()
		said, err := o.records.Messages(t.Context(), o.store, id, 0, 50)
		for _, m := range said {
			if m.Role == conversation.System {
				again.Add(1)
			}
		}
		if err != nil || won.Load() != 2 || again.Load() != 1 {
			t.Errorf("%d claims of one agent's two, %d times told, %v", won.Load(), again.Load(), err)
		}
	}
}

func TestReply(t *testing.T) {
	o, ctx := newOffice(t, "en"), t.Context()
	id := o.wait("en")
	if _, err := o.Claim(ctx, o.store, id, "Anna"); err != nil {
		t.Fatal(err)
	}
	var first conversation.Message
	for i := range 2 {
		m, err := o.Reply(ctx, o.store, id, Answer{Agent: "Anna", Text: " 这款怎么样? ", ProductIDs: []string{"w2", "w3"}, ClientID: "1"})
		if err != nil || m.Text != "这款怎么样?" || m.Role != conversation.Agent || m.Agent != "Anna" {
			t.Fatalf("said %+v, %v", m, err)
		}
		if i == 0 {
			first = m
		} else if m.ID != first.ID {
			t.Error("a client id is said twice")
		}
	}
	var r assistant.Reply
	if err := json.Unmarshal(o.last(id).Reply, &r); err != nil || r.ID != first.ID || len(r.Products) != 2 || r.Products[1].Product.Title != "真皮表带" || r.State != conversation.Human {
		t.Errorf("shown %+v, %v", r, err)
	}
	if text := string(o.last(id).Reply); !strings.Contains(text, `"outfits":[]`) || !strings.Contains(text, `"palette":[]`) {
		t.Errorf("lists are null in %s", text)
	}
	if m, err := o.Reply(ctx, o.store, id, Answer{Agent: "Anna", ProductIDs: []string{"w1"}}); err != nil || m.Text != "" {
		t.Errorf("products without words: %+v, %v", m, err)
	}
	version := o.get(id).Version
	for field, a := range map[string]Answer{
		"agent":          {Agent: " ", Text: "x"},
		"agent ":         {Agent: strings.Repeat("林", 81), Text: "x"},
		"text":           {Agent: "Anna", Text: " "},
		"text ":          {Agent: "Anna", Text: strings.Repeat("字", 4001)},
		"product_ids[1]": {Agent: "Anna", Text: "x", ProductIDs: []string{"w1", "none"}},
		"product_ids":    {Agent: "Anna", Text: "x", ProductIDs: make([]string, 13)},
		"client_id":      {Agent: "Anna", Text: "x", ClientID: strings.Repeat("x", 300)},
	} {
		if _, err := o.Reply(ctx, o.store, id, a); !isField(err, strings.TrimSpace(field)) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if v := o.get(id).Version; v != version {
		t.Errorf("refused replies left %d entries", v-version)
	}
}

func TestAnotherStoresConversation(t *testing.T) {
	o, ctx := newOffice(t, "en"), t.Context()
	other, err := o.catalog.NewStore(ctx, catalog.Settings{Name: "Other", Currency: "USD", Locale: "en"})
	o.must(err)
	id, calls := o.wait("en"), map[string]error{}
	_, calls["view"] = o.View(ctx, other.ID, id, 0, 10)
	_, calls["claim"] = o.Claim(ctx, other.ID, id, "Anna")
	_, calls["release"] = o.Release(ctx, other.ID, id, "Anna")
	_, calls["close"] = o.Close(ctx, other.ID, id, "Anna")
	_, calls["reply"] = o.Reply(ctx, other.ID, id, Answer{Agent: "Anna", Text: "x"})
	_, calls["note"] = o.Note(ctx, other.ID, id, "Anna", "x")
	_, calls["suggest"] = o.Suggest(ctx, other.ID, id, "")
	calls["judge"] = o.Judge(ctx, other.ID, id, suggestionID(1, "faq_x"), Verdict{Agent: "Anna", Action: "accepted"})
	for name, err := range calls {
		if !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, err := o.List(ctx, other.ID, "", "", 10); err != nil || len(list.Conversations) != 0 {
		t.Errorf("list %+v, %v", list, err)
	}
	if c := o.get(id); c.State != conversation.Waiting {
		t.Errorf("it is %s", c.State)
	}
}
