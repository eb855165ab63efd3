package conversation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"honeyguide/catalog"
)

func (r *desk) list(f Filter, pageSize int) (ids []string) {
	r.t.Helper()
	for after := ""; ; {
		some, err := r.List(r.t.Context(), "s", f, after, pageSize)
		if err != nil {
			r.t.Fatal(err)
		}
		for _, c := range some {
			ids, after = append(ids, c.ID), c.Cursor(f.State)
		}
		if len(some) < pageSize {
			return ids
		}
	}
}

func TestList(t *testing.T) {
	r, clock := newDesk(t), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	r.now = func() time.Time { return clock }
	var ids []string
	for i := range 9 {
		clock = clock.Add(time.Minute * time.Duration(i%2)) // some at the same time
		ids = append(ids, r.begin().ID)
	}
	waiting := []string{ids[2], ids[5], ids[0], ids[7]}
	for _, id := range waiting {
		clock = clock.Add(time.Minute)
		r.wait(id)
	}
	clock = clock.Add(time.Minute)
	r.hear(ids[5], "writing does not cost the place in the queue")
	if got := r.list(Filter{State: Waiting}, 3); !slices.Equal(got, waiting) {
		t.Errorf("waiting %v, want %v", got, waiting)
	}
	for place, id := range waiting {
		if n, err := r.Ahead(t.Context(), "s", id); err != nil || n != place {
			t.Errorf("%d are ahead of place %d, %v", n, place, err)
		}
	}
	if n, err := r.Waiting(t.Context(), "s"); n != 4 || err != nil {
		t.Errorf("%d wait, %v", n, err)
	}
	if n, err := r.Ahead(t.Context(), "s", ids[1]); n != 0 || err != nil {
		t.Errorf("%d are ahead of who does not wait, %v", n, err)
	}
	r.move(ids[5], Move{To: Human, Agent: "Anna"})
	r.move(ids[0], Move{To: Human, Agent: "Ben"})
	if n, err := r.Ahead(t.Context(), "s", ids[7]); n != 1 || err != nil {
		t.Errorf("%d are ahead once two were taken, %v", n, err)
	}
	if got := r.list(Filter{Agent: "Anna"}, 3); !slices.Equal(got, []string{ids[5]}) {
		t.Errorf("Anna holds %v", got)
	}
	if got := r.list(Filter{State: Human}, 1); len(got) != 2 {
		t.Errorf("with persons %v", got)
	}
	if got := r.list(Filter{State: Bot}, 2); len(got) != 5 {
		t.Errorf("with the bot %v", got)
	}
	clock = clock.Add(time.Minute)
	r.hear(ids[3], "x")
	all := r.list(Filter{}, 2)
	if len(all) != 9 || all[0] != ids[3] {
		t.Errorf("all %v, want %s first", all, ids[3])
	}
	if none, err := r.List(t.Context(), "other", Filter{}, "", 10); err != nil || none == nil || len(none) != 0 {
		t.Errorf("another store's %v, %v", none, err)
	}
	for _, cursor := range []string{"x", "?.c_1", "."} {
		var wrong *catalog.FieldError
		if _, err := r.List(t.Context(), "s", Filter{}, cursor, 10); !errors.As(err, &wrong) || wrong.Field != "cursor" {
			t.Errorf("cursor %q: %v", cursor, err)
		}
	}
}

// traces are the rows of all tables in which a text occurs.
func (r *desk) traces(text string) (found []string) {
	r.t.Helper()
	rows, err := r.d.QueryContext(r.t.Context(), `SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'`)
	columns, err := scanAll(rows, err, func(scan func(...any) error) (c [2]string, err error) {
		err = scan(&c[0], &c[1])
		return c, err
	})
	if err != nil || len(columns) < 30 {
		r.t.Fatalf("%d columns, %v", len(columns), err)
	}
	for _, c := range columns {
		if n := r.count(fmt.Sprintf(`SELECT count(*) FROM %q WHERE CAST(%q AS TEXT) LIKE '%%' || $1 || '%%' ESCAPE '\'`, c[0], c[1]), strings.ReplaceAll(text, "_", `\_`)); n > 0 {
			found = append(found, strings.Join(c[:], "."))
		}
	}
	return found
}

func TestDeleteLeavesNothing(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	other := r.begin()
	c, _, err := r.Begin(ctx, "s", Conversation{Buyer: Person{Name: "secretname"}, Page: Page{URL: "https://shop.example/secretpage"}})
	if err != nil {
		t.Fatal(err)
	}
	_, m, err := r.Hear(ctx, "s", c.ID, Message{Text: "secretwords", ImageIDs: []string{"img_b", "img_a"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.Hear(ctx, "s", c.ID, Message{ImageIDs: []string{"img_a", "img_c"}}); err != nil {
		t.Fatal(err)
	}
	said := r.say(c.ID, Saying{Message: Message{Text: "secretreply", InReply: m.ID}, Memory: []byte(`"secretmemory"`), Handover: &Request{Reason: "asked", Summary: "secretsummary"}})
	r.move(c.ID, Move{To: Human, Agent: "Anna"})
	if _, err := r.AddNote(ctx, "s", c.ID, "Anna", "secretnote"); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		r.SetFeedback(ctx, "s", c.ID, said.ID, Feedback{"down", "secretthumb"}), r.Rate(ctx, "s", c.ID, 1, "secretrating"),
		r.AddGap(ctx, "s", Gap{Question: "secretgap", ConversationID: c.ID}), r.AddGap(ctx, "s", Gap{Question: "Do you engrave?", ConversationID: other.ID}),
		r.AddGap(ctx, "s", Gap{Question: "do you engrave", ConversationID: c.ID}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if found := r.traces("secret"); len(found) < 4 {
		t.Fatalf("before: traces only in %v", found)
	}
	images, err := r.Delete(ctx, "s", c.ID)
	if err != nil || !slices.Equal(images, []string{"img_a", "img_b", "img_c"}) {
		t.Errorf("photos %v, %v", images, err)
	}
	for _, text := range []string{"secret", c.ID, m.ID, said.ID, "img_"} {
		if found := r.traces(text); len(found) > 0 {
			t.Errorf("%q is still in %v", text, found)
		}
	}
	gaps, err := r.Gaps(ctx, "s", "", 10)
	if err != nil || len(gaps) != 1 || gaps[0].Count != 2 || gaps[0].ConversationID != "" {
		t.Errorf("what others asked too: %+v, %v", gaps, err)
	}
	r.get(other.ID)
}

func TestGaps(t *testing.T) {
	r, ctx := newDesk(t), t.Context()
	a, b := r.begin(), r.begin()
	for _, g := range []Gap{
		{Question: "Do you engrave?", Language: "en", ConversationID: a.ID},
		{Question: "do  you ENGRAVE", Language: "en", ConversationID: a.ID},
		{Question: "Ｄo you engrave？", Language: "en", ConversationID: b.ID, Near: []string{"faq_1"}},
		{Question: "可以刻字吗?", Language: "zh", ConversationID: b.ID},
		{Question: "可以刻字嗎", Language: "zh"},
		{Question: "可以刻字吗", Language: "zh"},
		{Question: "Can I pay in shells?", Language: "en"},
	} {
		if err := r.AddGap(ctx, "s", g); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for after := ""; ; {
		some, err := r.Gaps(ctx, "s", after, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range some {
			got, after = append(got, fmt.Sprint(g.Question, " ", g.Language, " ", g.Count)), g.ID
			if g.LastAt.IsZero() || g.Near == nil {
				t.Errorf("%+v", g)
			}
			if g.Count == 2 && (g.ConversationID != b.ID || len(g.Near) != 1) {
				t.Errorf("the last example is kept: %+v", g)
			}
		}
		if len(some) < 2 {
			break
		}
	}
	if want := []string{"可以刻字吗 zh 3", "Ｄo you engrave？ en 2", "Can I pay in shells? en 1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	id := gapID("zh", "可以刻字嗎")
	if g, err := r.Gap(ctx, "s", id); err != nil || g.Count != 3 || g.ID != id {
		t.Errorf("gap %+v, %v", g, err)
	}
	if _, err := r.Gap(ctx, "other", id); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("another store's: %v", err)
	}
	if err := r.CloseGap(ctx, "other", id); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("another store's is closed: %v", err)
	}
	if err := r.CloseGap(ctx, "s", id); err != nil {
		t.Error(err)
	}
	if _, err := r.Gap(ctx, "s", id); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("a closed one: %v", err)
	}
	if other, err := r.Gaps(ctx, "other", "", 10); err != nil || len(other) != 0 {
		t.Errorf("another store's: %v, %v", other, err)
	}
	var wrong *catalog.FieldError
	if err := r.AddGap(ctx, "s", Gap{Question: " "}); !errors.As(err, &wrong) || wrong.Field != "question" {
		t.Errorf("no question: %v", err)
	}
	if _, err := r.Gaps(ctx, "s", "g_none", 10); !errors.As(err, &wrong) || wrong.Field != "cursor" {
		t.Errorf("no cursor: %v", err)
	}
}

func TestTranscripts(t *testing.T) {
	r, ctx, clock := newDesk(t), t.Context(), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	r.now = func() time.Time { return clock }
	id, err := r.SaveTranscript(ctx, "s", "有没有红色的", "zh", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if text, language, err := r.Transcript(ctx, "s", id); err != nil || text != "有没有红色的" || language != "zh" {
		t.Errorf("got %q, %q, %v", text, language, err)
	}
	if _, _, err := r.Transcript(ctx, "other", id); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("another store's: %v", err)
	}
	clock = clock.Add(time.Hour)
	if _, _, err := r.Transcript(ctx, "s", id); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("after its time: %v", err)
	}
	if _, err := r.SaveTranscript(ctx, "s", "next", "en", time.Hour); err != nil || r.count(`SELECT count(*) FROM transcripts`) != 1 {
		t.Errorf("what is over is still there, %v", err)
	}
	clock = clock.Add(2 * time.Hour)
	if n, err := r.ForgetTranscripts(ctx); n != 1 || err != nil {
		t.Errorf("forgot %d, %v", n, err)
	}
}

// many fills a store with conversations, some of which wait, and returns one that
// has thousands of messages.
func many(b *testing.B, conversations, messages int) (*desk, Conversation) {
	r, ctx := newDesk(b), context.Background()
	long := r.begin()
	exec := func(query string, args ...any) {
		if _, err := r.d.ExecContext(ctx, query, args...); err != nil {
			b.Fatal(err)
		}
	}
	exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO conversations SELECT 's', 'c_' || hex(randomblob(10)), 'h', CASE i % 1000 WHEN 0 THEN 'waiting' ELSE 'bot' END, '', 3, i, i, i, '{}', '' FROM n WHERE i <= $1`, conversations)
	exec(`INSERT INTO conversation_events (id, store_id, conversation_id, kind, message_id, client_id, reply_to, at, data)
		SELECT row_number() OVER (), store_id, id, 'message', 'm_' || hex(randomblob(10)), 'buyer:' || id, '', updated_at, '{"role":"buyer","text":"hello"}' FROM conversations`)
	exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO conversation_events SELECT $2 + i, 's', $3, 'message', 'm_' || hex(randomblob(10)), 'buyer:' || i, 'r' || i, i, '{"role":"bot","text":"hello","reply":{"a":"' || hex(randomblob(2000)) || '"}}' FROM n WHERE i <= $1`,
		messages, conversations+1, long.ID)
	exec(`UPDATE conversation_clock SET last = $1`, conversations+messages+10)
	return r, long
}

// A turn: the buyer's message kept, looked up and replied to; in the first
// conversation of a store, and in a long one among many.
func BenchmarkTurn(b *testing.B) {
	for name, size := range map[string][2]int{"first": {0, 0}, "long": {100_000, 5000}} {
		b.Run(name, func(b *testing.B) {
			r, c := many(b, size[0], size[1])
			for i := 0; b.Loop(); i++ {
				if i == 5000 { // before the log is full
					c, i = r.begin(), 0
				}
				r.benchTurn(b, c.ID, fmt.Sprint("bench ", i))
			}
		})
	}
}

func (r *desk) benchTurn(b *testing.B, id, clientID string) {
	ctx, reply := b.Context(), []byte(`{"text":"`+strings.Repeat("x", 20_000)+`"}`)
	_, m, err := r.Hear(ctx, "s", id, Message{Text: "hello", ClientID: clientID})
	if err != nil {
		b.Fatal(err)
	}
	if _, ok, err := r.ReplyTo(ctx, "s", id, m.ID); ok || err != nil {
		b.Fatal(ok, err)
	}
	_, err = r.Say(ctx, "s", id, Saying{Message: Message{Role: Assistant, Text: "hi", InReply: m.ID, Reply: reply}, If: Bot, Memory: reply[9:3000:3000]})
	if err != nil {
		b.Fatal(err)
	}
}

// Of 100,000 conversations, of which 100 wait.
func BenchmarkQueue(b *testing.B) {
	r, c := many(b, 100_000, 10)
	r.wait(c.ID)
	b.ResetTimer()
	for b.Loop() {
		waiting, err := r.List(b.Context(), "s", Filter{State: Waiting}, "", 50)
		if err != nil || len(waiting) != 50 {
			b.Fatal(len(waiting), err)
		}
		if n, err := r.Ahead(b.Context(), "s", c.ID); n != 100 || err != nil {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkLast(b *testing.B) {
	r, c := many(b, 100_000, 5000)
	b.ResetTimer()
	for b.Loop() {
		if last, err := r.Last(b.Context(), "s", c.ID, 20); err != nil || len(last) != 20 {
			b.Fatal(len(last), err)
		}
	}
}
