package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
	"honeyguide/outfit"
)

func TestListIsTheQueue(t *testing.T) {
	o, ctx := newOffice(t, "en"), t.Context()
	var waiting []string
	for range 3 {
		waiting = append(waiting, o.wait("en"))
		time.Sleep(2 * time.Millisecond) // the queue goes by milliseconds
	}
	talking := o.begin("en")
	o.answer(talking, "hello", assistant.Reply{Text: "Hi"})
	var got []string
	for after := ""; ; {
		list, err := o.List(ctx, o.store, conversation.Waiting, after, 2)
		o.must(err)
		for _, i := range list.Conversations {
			got = append(got, i.ID)
			if i.Place != len(got) || i.WaitingSince == nil || i.Last == nil || i.Last.Reply != nil || !strings.Contains(i.Summary, "asked for a person") {
				t.Errorf("item %+v", i)
			}
		}
		if after = list.Next; after == "" {
			break
		}
	}
	if !slices.Equal(got, waiting) {
		t.Errorf("waiting %v, want %v", got, waiting)
	}
	all, err := o.List(ctx, o.store, "", "", 10)
	if err != nil || len(all.Conversations) != 4 || all.Next != "" {
		t.Fatalf("all %+v, %v", all, err)
	}
	if i := all.Conversations[0]; i.ID != talking || i.Place != 0 || i.WaitingSince != nil || i.Summary != "" || i.Last.Text != "Hi" {
		t.Errorf("with the bot %+v", i)
	}
	if _, err := o.List(ctx, o.store, "busy", "", 10); !isField(err, "state") {
		t.Errorf("no state: %v", err)
	}
	if _, err := o.List(ctx, o.store, "", "busy", 10); !isField(err, "cursor") {
		t.Errorf("no cursor: %v", err)
	}
	if list, err := o.List(ctx, o.store, conversation.Closed, "", 0); err != nil || list.Conversations == nil || len(list.Conversations) != 0 {
		t.Errorf("closed %+v, %v", list, err)
	}
}

func TestView(t *testing.T) {
	o, ctx := newOffice(t, "en"), t.Context()
	id := o.begin("en")
	o.hear(id, "do you have this", "img_1", "img_2")
	o.answer(id, "a watch", assistant.Reply{Intent: "search", Products: []catalog.Found{{Product: o.product("w1")}, {Product: o.product("w2")}}})
	o.answer(id, "what goes with it", assistant.Reply{Intent: "outfit", Outfits: []outfit.Outfit{{Pieces: []outfit.Piece{{Product: o.product("w3")}, {Product: o.product("w1")}}}}})
	o.answer(id, "where is my order", assistant.Reply{Intent: "order", Order: &assistant.OrderView{ID: "A-1001", Status: "shipped"}})
	_, _, err := o.orders.OpenTicket(ctx, o.store, orders.Ticket{ConversationID: id, OrderID: "A-1001", Kind: orders.Return, Text: "too small"})
	o.must(err)
	done, _, err := o.orders.OpenTicket(ctx, o.store, orders.Ticket{ConversationID: id, Kind: orders.Other, Text: "done already"})
	o.must(err)
	state := orders.TicketDone
	_, err = o.orders.ChangeTicket(ctx, o.store, done.ID, orders.TicketChange{State: &state})
	o.must(err)
	_, _, err = o.orders.OpenTicket(ctx, o.store, orders.Ticket{ConversationID: o.begin("en"), Kind: orders.Other, Text: "another conversation"})
	o.must(err)
	_, err = o.Note(ctx, o.store, id, "Anna", " a regular ")
	o.must(err)
	o.hear(id, "and this", "img_3", "img_1")

	v, err := o.View(ctx, o.store, id, 0, 3)
	if err != nil {
		t.Fatal(err)
	}
	var products []string
	for _, p := range v.Products {
		products = append(products, p.ID)
	}
	if !slices.Equal(v.Photos, []string{"img_3", "img_1", "img_2"}) || !slices.Equal(products, []string{"w3", "w1", "w2"}) {
		t.Errorf("photos %v, products %v", v.Photos, products)
	}
	if len(v.Orders) != 1 || v.Orders[0].Status != "shipped" || len(v.Tickets) != 1 || v.Tickets[0].Text != "too small" {
		t.Errorf("orders %+v, tickets %+v", v.Orders, v.Tickets)
	}
	if len(v.Notes) != 1 || v.Notes[0].Text != "a regular" || v.Notes[0].Agent != "Anna" || v.Notes[0].At.IsZero() || v.ID != id {
		t.Errorf("notes %+v of %s", v.Notes, v.ID)
	}
	var texts []string
	for before := int64(0); ; {
		v, err := o.View(ctx, o.store, id, before, 3)
		o.must(err)
		for _, m := range slices.Backward(v.Messages) {
			texts = append(texts, m.Text)
		}
		if before = v.Earlier; before == 0 {
			break
		}
	}
	if len(texts) != 8 || texts[0] != "and this" || texts[7] != "do you have this" {
		t.Errorf("all messages, backwards: %q", texts)
	}
	empty, err := o.View(ctx, o.store, o.begin("zh"), 0, 10)
	if err != nil || empty.Messages == nil || empty.Photos == nil || empty.Products == nil || empty.Notes == nil || empty.Tickets == nil || empty.Orders == nil {
		t.Errorf("an empty conversation %+v, %v", empty, err)
	}
}

func amount(n int64) *int64 { return &n }

// talkOfGifts is what summaries are made of: a gift, then an order, then anger.
func (o *office) talkOfGifts(locale string, zh bool) string {
	say := func(en, cn string) string {
		if zh {
			return cn
		}
		return en
	}
	id := o.begin(locale)
	o.answer(id, say("Hello", "你好"), assistant.Reply{Intent: "smalltalk"})
	disliked := o.answer(id, say("A present for my mother under 300", "送妈妈的礼物,300以内"), assistant.Reply{Intent: "gift", Products: []catalog.Found{{Product: o.product("w1")}, {Product: o.product("w2")}},
		Understood: assistant.Understood{Recipient: "mother", BudgetMax: amount(30000), Colors: []string{"red"}, Category: "watches"}})
	o.answer(id, say("Do you engrave watches?", "手表可以刻字吗?"), assistant.Reply{Intent: "faq"})
	o.answer(id, say("Where is order A-10017788? call me on 13812345678", "订单 A-10017788 到哪了?电话13812345678"), assistant.Reply{Intent: "order", Asked: "phone", Understood: assistant.Understood{OrderNumber: "A-10017788", Recipient: "mother"}})
	o.must(o.records.SetFeedback(o.t.Context(), o.store, id, disliked.ID, conversation.Feedback{Rating: "down"}))
	o.handOver(id, say("This is ridiculous, get me a human now!!!", "太差劲了,我要投诉,叫人工来!!!"), assistant.Reply{Intent: "handover"}, &conversation.Request{Reason: "anger"})
	return id
}

func TestSummary(t *testing.T) {
	for _, c := range []struct {
		locale string
		zh     bool
		want   []string
		not    []string
	}{
		{"en", false, []string{"Reason: is angry", "Wants: something about an order", "Earlier: “A present for my mother under 300”", "Last said: “This is ridiculous",
			"for mother; budget up to ¥300; order …7788 (not proven)", "Shown: Steel watch (w1); Leather watch (w2)", "no answer to “Do you engrave watches?”", "thumb down on the answer to “A present", "Mood: angry"},
			[]string{"A-10017788", "13812345678", "Hello", "智"}},
		{"zh-CN", true, []string{"转接原因:情绪激动", "需求:订单问题", "之前的问题:“送妈妈的礼物,300以内”", "最后的留言:“太差劲了", "送妈妈;预算不超过¥300;订单…7788(未核实)", "已展示:Steel watch (w1);Leather watch (w2)",
			"没有答案:“手表可以刻字吗?”", "差评:“送妈妈的礼物", "情绪:愤怒"}, []string{"A-10017788", "13812345678", "你好", "Wants"}},
	} {
		o := newOffice(t, c.locale)
		id := o.talkOfGifts(c.locale, c.zh)
		v, err := o.View(t.Context(), o.store, id, 0, 50)
		o.must(err)
		for _, want := range c.want {
			if !strings.Contains(v.Summary, want) {
				t.Errorf("%s: no %q in\n%s", c.locale, want, v.Summary)
			}
		}
		for _, not := range c.not {
			if strings.Contains(v.Summary, not) {
				t.Errorf("%s: %q in\n%s", c.locale, not, v.Summary)
			}
		}
		again, err := o.View(t.Context(), o.store, id, 0, 50)
		if err != nil || again.Summary != v.Summary {
			t.Errorf("another summary: %v\n%s", err, again.Summary)
		}
	}
}

func TestSummaryTellsWhatWasUnderstood(t *testing.T) {
	o := newOffice(t, "en")
	id, age := o.begin("en"), 60
	o.answer(id, "A gift for my mother", assistant.Reply{Intent: "gift", Order: &assistant.OrderView{ID: "a-1001"}, Understood: assistant.Understood{Category: "watches", Brands: []string{"Acme"},
		Colors: []string{"red", "blue"}, Sizes: []string{"M"}, Recipient: "mother", Occasion: "birthday", Age: &age, BudgetMin: amount(10000), BudgetMax: amount(30000),
		PriceMin: amount(5000), NeedBy: "2026-12-24", Measurements: map[string]float64{"waist_cm": 70.5, "height_cm": 165}, UsualSize: "38", UsualBrand: "Acme", OrderNumber: "A-1001"}})
	v, err := o.View(t.Context(), o.store, id, 0, 50)
	o.must(err)
	for _, want := range []string{"Wants: a present", "brand Acme", "red, blue", "size M", "for mother", "age 60", "budget ¥100–¥300", "from ¥50", "needed by 2026-12-24",
		"height_cm 165; waist_cm 70.5", "usually wears Acme 38", "order A-1001", "Mood: calm"} {
		if !strings.Contains(v.Summary, want) {
			t.Errorf("no %q in\n%s", want, v.Summary)
		}
	}
	if strings.Contains(v.Summary, "Earlier") || strings.Contains(v.Summary, "Reason") || strings.Contains(v.Summary, "proven") {
		t.Errorf("what is not so:\n%s", v.Summary)
	}
}

func TestSummaryIsBounded(t *testing.T) {
	o := newOffice(t, "zh-CN")
	id := o.begin("zh-CN")
	long := strings.Repeat("这是一段很长的话 ", 300)
	p := o.product("w1")
	p.Title, p.ID = long, strings.Repeat("x", 200)
	for i := range 20 {
		r := assistant.Reply{Intent: "unknown"}
		if i%2 == 0 {
			r = assistant.Reply{Intent: "search", Products: []catalog.Found{{Product: p}, {Product: p}, {Product: p}, {Product: p}, {Product: p}, {Product: p}},
				Understood: assistant.Understood{Brands: []string{long, long}, UsualBrand: long}}
		}
		o.answer(id, fmt.Sprint(i, long), r)
	}
	v, err := o.View(t.Context(), o.store, id, 0, 50)
	o.must(err)
	if n := utf8.RuneCountInString(v.Summary); n > maxSummary || n < 500 || !utf8.ValidString(v.Summary) {
		t.Errorf("%d characters", n)
	}
}

func TestMood(t *testing.T) {
	o := newOffice(t, "en")
	for text, want := range map[string]string{
		"Do you have it in red?": "calm", "有没有红色的": "calm", "This is a scam, you are thieves!!!": "angry", "你们这群骗子,气死我了!!!": "angry",
	} {
		id := o.begin("en")
		o.answer(id, text, assistant.Reply{Intent: "search", Asked: "size"})
		v, err := o.View(t.Context(), o.store, id, 0, 50)
		o.must(err)
		if !strings.Contains(v.Summary, "Mood: "+want) {
			t.Errorf("%q: %s", text, v.Summary)
		}
	}
}

// BenchmarkList is a page of the queue whose summaries are made of long replies.
func BenchmarkList(b *testing.B) {
	o := newOffice(b, "en")
	for range 50 {
		id := o.begin("en")
		var found []catalog.Found
		for range 12 {
			found = append(found, catalog.Found{Product: o.product("w1")})
		}
		for range 5 {
			o.answer(id, "a watch for my mother", assistant.Reply{Intent: "search", Products: found})
		}
		o.handOver(id, "a person", assistant.Reply{Intent: "handover"}, &conversation.Request{Reason: "asked"})
	}
	b.ResetTimer()
	for b.Loop() {
		if list, err := o.List(b.Context(), o.store, conversation.Waiting, "", 50); err != nil || len(list.Conversations) != 50 {
			b.Fatal(len(list.Conversations), err)
		}
	}
}
