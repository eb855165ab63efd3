package api

import (
	"fmt"
	"strings"
	"testing"

	"honeyguide/assistant/conversation"
)

// asAgent calls a route of the desk with a store's agent key.
func asAgent(t *testing.T, k keys, method, path string, body any, header ...string) *answer {
	t.Helper()
	return call(t, method, "/v1/desk"+path, k.ak, body, header...)
}

// stateIs waits for a stream to tell of a state.
func stateIs(state string) func(event) bool {
	return func(e event) bool { return e.kind == "state" && e.at("state") == state }
}

// says waits for a stream to tell of a message.
func says(role, text string) func(event) bool {
	return func(e event) bool { return e.kind == "message" && e.at("role") == role && e.at("text") == text }
}

// TestHandover goes from asking for a person to the end, with the buyer's and the
// desk's streams watching.
func TestHandover(t *testing.T) {
	t.Parallel()
	k := newShop(t)
	c := begin(t, k)
	buyer := c.follow()
	desk := listen(t, "GET", wired.url+"/v1/desk/events", k.ak, "")
	c.say("show me a red dress", "").want(200)
	asked := c.call("POST", "/handover", nil).want(200)
	asked.is("state", "waiting").is("handover.state", "waiting").is("handover.reason", "asked").is("handover.place", 1)
	if asked.text("text") == "" {
		t.Errorf("asked: %s", asked.body)
	}
	c.call("POST", "/handover", nil).want(200).is("state", "waiting")
	buyer.until(stateIs("waiting"))

	queue := asAgent(t, k, "GET", "/conversations?state=waiting", nil).want(200)
	queue.is("conversations.0.id", c.id).is("conversations.0.state", "waiting").is("conversations.0.place", 1).is("conversations.1", nil).is("next_cursor", "")
	path := "/conversations/" + c.id
	seen := asAgent(t, k, "GET", path, nil).want(200)
	seen.is("id", c.id).is("state", "waiting").is("messages.0.text", "show me a red dress").is("photos", []any{}).is("orders", []any{})
	if seen.text("summary") == "" || seen.length("products") == 0 {
		t.Errorf("summary %q, %d products", seen.text("summary"), seen.length("products"))
	}

	claimed := asAgent(t, k, "POST", path+"/claim", map[string]any{"agent": "Mia"}).want(200).is("state", "human").is("agent", "Mia")
	buyer.until(stateIs("human"))
	other := asAgent(t, k, "POST", path+"/claim", map[string]any{"agent": "Ben"}).problem(409, "conflict")
	if !strings.Contains(other.text("detail"), "Mia") {
		t.Errorf("the conflict does not say who holds it: %s", other.text("detail"))
	}
	asAgent(t, k, "POST", path+"/reply", map[string]any{"agent": "Ben", "text": "Hello?"}).problem(409, "conflict")
	for _, end := range []string{"release", "close"} {
		asAgent(t, k, "POST", path+"/"+end, map[string]any{"agent": "Ben"}).problem(409, "conflict")
	}
	version := claimed.at("version")
	if silent := c.say("are you there?", "").want(200); silent.text("text") != "" || silent.text("state") != "human" {
		t.Errorf("the bot speaks: %s", silent.body)
	}
	asAgent(t, k, "POST", path+"/release", map[string]any{"version": version}).problem(409, "conflict")

	asAgent(t, k, "POST", path+"/reply", map[string]any{"text": "I am Mia.", "client_id": "r1"}).want(200).is("role", "agent").is("agent", "Mia")
	asAgent(t, k, "POST", path+"/reply", map[string]any{"text": "I am Mia.", "client_id": "r1"}).want(200) // said once
	asAgent(t, k, "POST", path+"/reply", map[string]any{"text": "This one?", "product_ids": []string{"d1"}}).want(200).is("reply.products.0.product.id", "d1")
	asAgent(t, k, "POST", path+"/reply", map[string]any{"product_ids": []string{"none"}}).problem(422, "invalid").is("errors.0.location", "product_ids[0]")
	asAgent(t, k, "POST", path+"/reply", map[string]any{}).problem(422, "invalid").is("errors.0.location", "text")
	asAgent(t, k, "POST", path+"/note", map[string]any{"text": "wants red, is in a hurry"}).want(200).is("data.agent", "Mia")
	told := buyer.until(says("agent", "This one?"))
	for _, e := range told {
		if e.kind != "message" && e.kind != "state" {
			t.Errorf("the buyer is told %v", e)
		}
	}
	if n := len(told); told[n-1].at("reply.products.0.product.id") != "d1" {
		t.Errorf("told %v", told[n-1])
	}

	asAgent(t, k, "POST", path+"/release", nil).want(200).is("state", "bot").is("agent", "")
	buyer.until(stateIs("bot"))
	c.say("hello", "").want(200).is("state", "bot")
	asAgent(t, k, "POST", path+"/claim", nil).want(200).is("agent", "agent")
	asAgent(t, k, "POST", path+"/close", nil).want(200).is("state", "closed")
	rest := buyer.until(stateIs("closed"))
	for _, e := range rest {
		if strings.Contains(e.data, "hurry") || e.kind == "note" {
			t.Errorf("the buyer reads notes: %v", e)
		}
	}
	c.say("hello again", "").want(200).is("state", "bot") // a closed conversation goes on with the bot

	kinds := map[string]int{}
	for _, e := range desk.until(func(e event) bool { return e.at("data.text") == "hello again" }) {
		if kinds[e.kind]++; e.at("conversation_id") != c.id || fmt.Sprint(e.at("id")) != fmt.Sprint(float64(e.id)) {
			t.Errorf("the desk is told %v", e)
		}
	}
	if kinds["note"] != 1 || kinds["state"] != 6 || kinds["message"] < 12 {
		t.Errorf("the desk was told %v", kinds)
	}
}

func TestDeskOfAnotherStore(t *testing.T) {
	t.Parallel()
	k, others := makeStore(t, nil), makeStore(t, nil)
	c := begin(t, k)
	for _, route := range []struct {
		method, path string
		body         any
	}{
		{"GET", "", nil},
		{"POST", "/claim", map[string]any{"agent": "Eve"}},
		{"POST", "/claim", nil},
		{"POST", "/release", nil},
		{"POST", "/close", nil},
		{"POST", "/reply", map[string]any{"text": "hello"}},
		{"POST", "/note", map[string]any{"text": "hello"}},
		{"GET", "/suggestions", nil},
		{"POST", "/suggestions/sg_x", map[string]any{"action": "accepted"}},
	} {
		path := "/v1/desk/conversations/" + c.id + route.path
		call(t, route.method, path, others.ak, route.body).problem(404, "not_found")
		call(t, route.method, path, others.sk, route.body).problem(404, "not_found")
		call(t, route.method, path, k.pk, route.body, "X-Conversation-Token", c.token).problem(403, "forbidden")
	}
	asAgent(t, others, "GET", "/conversations", nil).want(200).is("conversations", []any{})
	asAgent(t, k, "GET", "/conversations", nil).want(200).is("conversations.0.id", c.id)
	watching := listen(t, "GET", wired.url+"/v1/desk/events?after=0", others.ak, "")
	c.say("hello", "").want(200)
	begin(t, others).say("mine", "").want(200)
	if first := watching.next(); first.at("data.text") != "mine" {
		t.Errorf("another store's desk is told %v", first)
	}
}

func TestDeskPages(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	want := map[string]bool{}
	for i := range 5 {
		c := begin(t, k)
		if want[c.id] = true; i < 3 {
			c.call("POST", "/handover", nil).want(200)
		}
	}
	for state, n := range map[string]int{"": 5, "waiting": 3, "bot": 2, "human": 0} {
		got := map[string]bool{}
		for path := "/conversations?limit=2&state=" + state; ; {
			page := asAgent(t, k, "GET", path, nil).want(200)
			for i := range page.length("conversations") {
				got[page.text(fmt.Sprintf("conversations.%d.id", i))] = true
			}
			next := page.text("next_cursor")
			if next == "" {
				break
			}
			path = "/conversations?limit=2&state=" + state + "&cursor=" + next
		}
		if len(got) != n {
			t.Errorf("state %q lists %d, want %d", state, len(got), n)
		}
	}
	for query, field := range map[string]string{"state=asleep": "state", "limit=0": "limit", "cursor=x": "cursor"} {
		asAgent(t, k, "GET", "/conversations?"+query, nil).problem(422, "invalid").is("errors.0.location", field)
	}
}

// What an agent answers becomes an answer of the store, once somebody approves it.
func TestDeskLearns(t *testing.T) {
	t.Parallel()
	k := answering(t)
	call(t, "POST", "/v1/faqs", k.sk, map[string]any{"question": "How long does delivery take?", "answer": "Two to four days."}).want(201)
	c := begin(t, k)
	path := "/conversations/" + c.id
	c.call("POST", "/handover", nil).want(200)
	asAgent(t, k, "POST", path+"/claim", map[string]any{"agent": "Mia"}).want(200)
	c.say("How long does the delivery take?", "").want(200)
	made := asAgent(t, k, "GET", path+"/suggestions", nil).want(200)
	made.is("suggestions.0.text", "Two to four days.").is("suggestions.0.source.kind", "faq")
	if version, _ := made.at("version").(float64); version < 1 {
		t.Errorf("version %v", made.at("version"))
	}
	sid := made.text("suggestions.0.id")
	asAgent(t, k, "POST", path+"/suggestions/"+sid, map[string]any{"action": "edited", "text": "Two to four days, mostly."}).want(204)
	asAgent(t, k, "POST", path+"/suggestions/"+sid, map[string]any{"action": "shrugged"}).problem(422, "invalid").is("errors.0.location", "action")
	asAgent(t, k, "POST", path+"/suggestions/sg_none", map[string]any{"action": "accepted"}).problem(404, "not_found")
	asAgent(t, k, "GET", path+"/suggestions?draft=how+long+is+delivery", nil).want(200).is("suggestions.0.text", "Two to four days.")

	learn := func(question, answer string) string {
		t.Helper()
		c.say(question, "").want(200)
		asAgent(t, k, "POST", path+"/reply", map[string]any{"text": answer}).want(200)
		pending := asAgent(t, k, "GET", "/pending-faqs?limit=1", nil).want(200)
		pending.is("faqs.0.question", question).is("faqs.0.answer", answer).is("faqs.0.state", "pending").is("faqs.0.source", "agent").is("next_cursor", "")
		return pending.text("faqs.0.id")
	}
	id := learn("Can you engrave a name on the watch?", "Yes, up to twelve letters on the back of it.")
	call(t, "POST", "/v1/faqs/match", k.pk, map[string]any{"text": "engrave a name on the watch?"}).is("result", "none")
	asAgent(t, k, "POST", "/pending-faqs/"+id+"/approve", map[string]any{"answer": "Yes, twelve letters at most."}).want(200).is("state", "live")
	call(t, "POST", "/v1/faqs/match", k.pk, map[string]any{"text": "Can you engrave a name on the watch?"}).is("faqs.0.faq.answer", "Yes, twelve letters at most.")
	asAgent(t, k, "POST", "/pending-faqs/"+id+"/approve", nil).problem(409, "conflict")
	id = learn("Which gate do I have to ring at in the evening?", "Please ring at the small gate on the left.")
	asAgent(t, k, "POST", "/pending-faqs/"+id+"/reject", nil).want(204)
	asAgent(t, k, "POST", "/pending-faqs/"+id+"/reject", nil).problem(404, "not_found")
	asAgent(t, k, "GET", "/pending-faqs", nil).want(200).is("faqs", []any{})
}

func TestGaps(t *testing.T) {
	t.Parallel()
	k, others := answering(t), makeStore(t, nil)
	records := wired.options.Records
	for _, question := range []string{"Do you mend zips?", "do you mend zips", "可以上门安装吗?"} {
		must(records.AddGap(t.Context(), k.id, conversation.Gap{Question: question, Language: map[bool]string{true: "en", false: "zh"}[question[0] < 128]}))
	}
	first := call(t, "GET", "/v1/insights/gaps?limit=1", k.sk, nil).want(200).is("gaps.0.count", 2).is("gaps.1", nil)
	call(t, "GET", "/v1/insights/gaps?cursor="+first.text("next_cursor"), k.sk, nil).want(200).is("gaps.0.question", "可以上门安装吗?").is("next_cursor", "")
	path := "/v1/insights/gaps/" + first.text("gaps.0.id") + "/answer"
	call(t, "POST", path, others.sk, map[string]any{"answer": "No."}).problem(404, "not_found")
	call(t, "POST", path, k.ak, map[string]any{"answer": "No."}).problem(403, "forbidden")
	call(t, "POST", path, k.sk, map[string]any{"answer": ""}).problem(422, "invalid").is("errors.0.location", "answer")
	call(t, "POST", path, k.sk, map[string]any{"question": "Do you repair zips?", "answer": "Yes, within a week."}).want(201).
		is("state", "live").is("source", "merchant").is("language", "en").is("phrasings.0", "do you mend zips")
	call(t, "POST", "/v1/faqs/match", k.pk, map[string]any{"text": "Do you mend zips?"}).is("faqs.0.faq.answer", "Yes, within a week.")
	call(t, "GET", "/v1/insights/gaps", k.sk, nil).want(200).is("gaps.0.question", "可以上门安装吗?").is("gaps.1", nil)
	call(t, "POST", path, k.sk, map[string]any{"answer": "Yes."}).problem(404, "not_found")
}
