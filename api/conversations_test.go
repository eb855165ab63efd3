package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestConversation(t *testing.T) {
	t.Parallel()
	k := newShop(t)
	opened := call(t, "POST", "/v1/conversations", k.pk, map[string]any{"locale": "zh-CN", "buyer": map[string]any{"name": "小王", "profile": map[string]any{"level": "gold", "orders": 3}},
		"page": map[string]any{"url": "https://shop.example/d1", "product_id": "d1"}}).want(201)
	if opened.text("greeting") == "" || opened.length("chips") == 0 || opened.header.Get("Set-Cookie") != "" {
		t.Errorf("opening %s", opened.body)
	}
	c := begin(t, k)
	reply := c.say("show me a red dress", "one").want(200)
	reply.is("conversation_id", c.id).is("state", "bot").is("intent", "search").is("language", "en")
	if reply.length("products") == 0 || reply.text("text") == "" || reply.text("id") == "" {
		t.Errorf("reply %.500s", reply.body)
	}
	list := c.call("GET", "/messages", nil).want(200)
	list.is("messages.0.role", "buyer").is("messages.0.text", "show me a red dress").is("messages.0.client_id", "one").
		is("messages.1.role", "bot").is("messages.1.id", reply.text("id")).is("messages.1.reply.text", reply.text("text")).
		is("messages.1.in_reply_to", list.text("messages.0.id")).is("state", "bot").is("next_cursor", "")
	path := "/messages/" + reply.text("id") + "/feedback"
	c.call("POST", path, map[string]any{"rating": "down", "comment": "not red"}).want(204)
	c.call("POST", path, map[string]any{"rating": "up"}).want(204)
	c.call("GET", "/messages", nil).is("messages.1.feedback.rating", "up").is("messages.1.feedback.comment", nil)
	c.call("POST", "/rating", map[string]any{"score": 4, "comment": "好"}).want(204)
	c.call("DELETE", "", nil).want(204)
	for _, gone := range []*answer{c.call("GET", "/messages", nil), c.call("DELETE", "", nil), c.say("show me a red dress", "one"), c.call("GET", "/events", nil)} {
		gone.problem(404, "not_found")
	}
}

func TestConversationPages(t *testing.T) {
	t.Parallel()
	c := begin(t, makeStore(t, nil))
	for i := range 3 {
		c.say("hello", fmt.Sprint("m", i)).want(200)
	}
	whole := c.call("GET", "/messages", nil).want(200)
	if n := whole.length("messages"); n != 6 {
		t.Fatalf("%d messages, want 6", n)
	}
	var ids []string
	for path := "/messages?limit=4"; ; {
		page := c.call("GET", path, nil).want(200)
		for i := range page.length("messages") {
			ids = append(ids, page.text(fmt.Sprintf("messages.%d.id", i)))
		}
		next := page.text("next_cursor")
		if next == "" {
			break
		}
		path = "/messages?limit=4&cursor=" + next
	}
	for i, id := range ids {
		whole.is(fmt.Sprintf("messages.%d.id", i), id)
	}
	third, seq := whole.text("messages.2.id"), fmt.Sprintf("%.0f", whole.at("messages.2.seq"))
	for _, after := range []string{third, seq} {
		c.call("GET", "/messages?after="+after, nil).want(200).is("messages.0.id", ids[3]).is("messages.2.id", ids[5]).is("messages.3", nil)
	}
	for _, wrong := range []string{"after=m_none", "after=-1", "after=x", "cursor=x", "limit=0"} {
		field, _, _ := strings.Cut(wrong, "=")
		c.call("GET", "/messages?"+wrong, nil).problem(422, "invalid").is("errors.0.location", field)
	}
}

func TestConversationIsItsBuyers(t *testing.T) {
	t.Parallel()
	k, others := newShop(t), makeStore(t, nil)
	c, another := begin(t, k), begin(t, k)
	said := c.say("hello", "").want(200).text("id")
	for _, route := range []struct {
		method, path string
		body         any
	}{
		{"POST", "/messages", map[string]any{"text": "hello"}},
		{"GET", "/messages", nil},
		{"GET", "/events", nil},
		{"POST", "/handover", nil},
		{"POST", "/messages/" + said + "/feedback", map[string]any{"rating": "up"}},
		{"POST", "/rating", map[string]any{"score": 5}},
		{"DELETE", "", nil},
	} {
		at := "/v1/conversations/" + c.id + route.path
		out := call(t, route.method, at, k.pk, route.body).problem(401, "unauthenticated")
		if !strings.Contains(out.text("detail"), "X-Conversation-Token") {
			t.Errorf("%s: no way out in %q", out.what, out.text("detail"))
		}
		for name, token := range map[string]string{"another's": another.token, "none's": "t_none", "half": c.token[:10], "longer": c.token + "x"} {
			if a := call(t, route.method, at, k.pk, route.body, "X-Conversation-Token", token); a.status != 404 {
				t.Errorf("%s with %s token: status %d", a.what, name, a.status)
			}
		}
		call(t, route.method, at, others.pk, route.body, "X-Conversation-Token", c.token).problem(404, "not_found")
		call(t, route.method, at, k.ak, route.body, "X-Conversation-Token", c.token).problem(403, "forbidden")
	}
	if got := c.said(); len(got) != 2 {
		t.Errorf("strangers changed it: %q", got)
	}
	call(t, "GET", "/v1/conversations/"+c.id+"/messages", k.sk, nil, "X-Conversation-Token", c.token).want(200)
}

func TestMessagesThatCannotBe(t *testing.T) {
	t.Parallel()
	k, others := makeStore(t, nil), makeStore(t, nil)
	theirs := call(t, "POST", "/v1/images", others.pk, newForm().file("image", "a.jpg", picture(red))).want(201).text("id")
	c := begin(t, k)
	for _, m := range []struct{ body, field string }{
		{`{}`, "text"},
		{`{"text":"  \n"}`, "text"},
		{`{"text":"` + strings.Repeat("长", 4001) + `"}`, "text"},
		{`{"text":7}`, "text"},
		{`{"image_ids":["img_none"]}`, "image_ids[0]"},
		{`{"image_ids":["` + theirs + `"]}`, "image_ids[0]"},
		{`{"text":"a","image_ids":["1","2","3","4","5","6","7"]}`, "image_ids"},
		{`{"audio_id":"au_none"}`, "audio_id"},
		{`{"text":"a","region":[0,0,2,1]}`, "region"},
		{`{"text":"a","region":[0.5,0,0.6,1]}`, "region"},
		{`{"text":"a","region":[0.5,0.5,0,0.5]}`, "region"},
		{`{"text":"a","region":[0,0,1]}`, "region"},
		{`{"text":"a","product_id":"none"}`, "product_id"},
		{`{"text":"a","client_id":"` + strings.Repeat("c", 201) + `"}`, "client_id"},
		{`{"text":"a","store":"st_x"}`, "store"},
	} {
		for _, accept := range []string{"application/json", eventStream} {
			c.call("POST", "/messages", m.body, "Accept", accept).problem(422, "invalid").is("errors.0.location", m.field)
		}
	}
	c.call("POST", "/messages", `{"text":`).problem(400, "malformed")
	for _, m := range []struct{ path, body, field string }{
		{"/rating", `{"score":0}`, "score"}, {"/rating", `{"score":6}`, "score"}, {"/rating", `{}`, "score"},
		{"/messages/m_x/feedback", `{"rating":"sideways"}`, "rating"}, {"/messages/m_x/feedback", `{}`, "rating"},
	} {
		c.call("POST", m.path, m.body).problem(422, "invalid").is("errors.0.location", m.field)
	}
	c.call("POST", "/messages/m_x/feedback", `{"rating":"up"}`).problem(404, "not_found")
	if got := c.said(); len(got) != 0 {
		t.Errorf("kept: %q", got)
	}
	for _, o := range []struct{ body, field string }{
		{`{"locale":"not a locale"}`, "locale"}, {`{"buyer":{"name":"` + strings.Repeat("n", 201) + `"}}`, "buyer.name"}, {`{"page":{"url":7}}`, "page.url"},
	} {
		call(t, "POST", "/v1/conversations", k.pk, o.body).problem(422, "invalid").is("errors.0.location", o.field)
	}
	call(t, "POST", "/v1/conversations", k.pk, nil).want(201) // nothing needs to be said
}

// A deleted conversation takes the buyer's photos with it.
func TestPhotosGoWithTheirConversation(t *testing.T) {
	t.Parallel()
	k := newShop(t)
	upload := func() string {
		return call(t, "POST", "/v1/images", k.pk, newForm().file("image", "a.jpg", picture(blue))).want(201).text("id")
	}
	mine, stays := upload(), upload()
	c := begin(t, k)
	c.call("POST", "/messages", map[string]any{"image_ids": []string{mine}}).want(200).is("intent", "similar")
	c.call("GET", "/messages", nil).is("messages.0.image_ids.0", mine)
	for _, key := range []string{k.pk, k.ak, k.sk} {
		shown := call(t, "GET", "/v1/images/"+mine, key, nil).want(200)
		if shown.header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(string(shown.body), "\xff\xd8") {
			t.Errorf("shown as %s, %d bytes", shown.header.Get("Content-Type"), len(shown.body))
		}
	}
	call(t, "GET", "/v1/images/"+mine, makeStore(t, nil).pk, nil).problem(404, "not_found")
	c.call("DELETE", "", nil).want(204)
	call(t, "GET", "/v1/images/"+mine, k.pk, nil).problem(404, "not_found")
	call(t, "GET", "/v1/images/"+stays, k.pk, nil).want(200)
}

// A repeated request to begin gets the same conversation, and its token stands
// nowhere in the open.
func TestConversationBeginsOnce(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	once := func(key, body string) *answer {
		return call(t, "POST", "/v1/conversations", k.pk, body, "Idempotency-Key", key)
	}
	first, again := once("begin-"+k.id, `{}`).want(201), once("begin-"+k.id, `{}`).want(201)
	if first.text("token") == "" || first.text("token") != again.text("token") || again.header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("%s, then %s", first.body, again.body)
	}
	once("begin-"+k.id, `{"locale":"zh"}`).problem(409, "conflict")
	rows, err := wired.options.DB.QueryContext(t.Context(), `SELECT scope || key || answer FROM replays UNION ALL SELECT token_hash || data FROM conversations`)
	must(err)
	defer rows.Close()
	for rows.Next() {
		var kept string
		must(rows.Scan(&kept))
		if strings.Contains(kept, first.text("token")) || strings.Contains(kept, "begin-"+k.id) {
			t.Errorf("kept in the open: %.200q", kept)
		}
	}
	must(rows.Err())

	// A reply is replayed to who has the token, and to nobody else.
	c := &talk{t, wired.url, k.pk, first.text("id"), first.text("token")}
	said := c.call("POST", "/messages", `{"text":"hello"}`, "Idempotency-Key", "m").want(200)
	if again := c.call("POST", "/messages", `{"text":"hello"}`, "Idempotency-Key", "m").want(200); again.text("id") != said.text("id") {
		t.Error("a repeated message got another reply")
	}
	call(t, "POST", "/v1/conversations/"+c.id+"/messages", k.pk, `{"text":"hello"}`, "Idempotency-Key", "m").problem(401, "unauthenticated")
	call(t, "POST", "/v1/conversations/"+c.id+"/messages", k.pk, `{"text":"hello"}`, "Idempotency-Key", "m", "X-Conversation-Token", "t_x").problem(404, "not_found")
	if got := c.said(); len(got) != 2 || !slices.Contains(got, "buyer: hello") {
		t.Errorf("said %q", got)
	}
}
