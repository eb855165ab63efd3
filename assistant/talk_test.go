package assistant

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/intent"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
	"honeyguide/packs"
)

func TestSearchGoesOn(t *testing.T) {
	k := open(t, nil).begin(Start{})
	first := k.say("show me a dress under 100 in red")
	if first.Intent != intent.Search || first.Understood.Category != "dresses" || *first.Understood.PriceMax != 10000 || len(first.Products) == 0 {
		t.Fatalf("%+v", first)
	}
	for _, f := range first.Products {
		if f.Product.Cost().Amount > 10000 || !slices.Contains(first.Understood.Colors, "red") {
			t.Errorf("%s breaks the wish", f.Product.ID)
		}
	}
	black := k.say("in black")
	if !slices.Equal(black.Understood.Colors, []string{"black"}) || black.Understood.Category != "dresses" || *black.Understood.PriceMax != 10000 {
		t.Errorf("in black: %+v", black.Understood)
	}
	shoes := k.say("now show me shoes")
	second := k.say("the second one")
	if len(second.Products) != 1 || second.Products[0].Product.ID != shoes.Products[1].Product.ID {
		t.Errorf("the second one: %v", second.Products)
	}
	if shoes.Understood.Category != "shoes" || len(shoes.Understood.Colors) != 0 || shoes.Understood.PriceMax != nil {
		t.Errorf("another thing keeps what was said of the first: %+v", shoes.Understood)
	}
	back := k.say("back to the dresses")
	if back.Understood.Category != "dresses" || !slices.Equal(back.Understood.Colors, []string{"black"}) {
		t.Errorf("back: %+v", back.Understood)
	}
}

func TestTheCheapestOfThose(t *testing.T) {
	k := open(t, nil).begin(Start{})
	all := k.say("table lamps")
	for text, dearer := range map[string]bool{"the cheapest one": false, "最贵的那个": true} {
		r := k.say(text)
		if len(r.Products) != 1 {
			t.Fatalf("%s: %d products", text, len(r.Products))
		}
		one := r.Products[0].Product.Cost().Amount
		for _, f := range all.Products {
			if cost := f.Product.Cost().Amount; dearer && cost > one || !dearer && cost < one {
				t.Errorf("%s: %d, but there is %d", text, one, cost)
			}
		}
	}
}

func TestPropertiesComeFromTheRow(t *testing.T) {
	k := open(t, nil).begin(Start{Page: conversation.Page{ProductID: "watch-steel-silver"}})
	for text, want := range map[string]string{"what is it made of?": "metal", "how much is it?": "$189", "is it in stock?": "in stock", "多少钱": "US$189"} {
		r := k.say(text)
		if !strings.Contains(r.Text, want) || !slices.ContainsFunc(r.Sources, func(s Source) bool { return s.ID == "watch-steel-silver" }) {
			t.Errorf("%s: %s %v", text, r.Text, r.Sources)
		}
	}
}

func TestWhatTheShopLacks(t *testing.T) {
	k := open(t, nil).begin(Start{})
	if r := k.say("do you sell bicycles"); len(r.Products) != 0 || !strings.Contains(r.Text, "nothing") {
		t.Errorf("%d products: %s", len(r.Products), r.Text)
	}
	if r := k.say("do you offer student loans?"); len(r.Products) != 0 || r.Order != nil {
		t.Errorf("%+v", r)
	}
	gaps, err := k.records.Gaps(t.Context(), k.store, "", 10)
	if err != nil || len(gaps) != 1 || !strings.Contains(gaps[0].Question, "student loans") {
		t.Errorf("gaps %+v, %v", gaps, err)
	}
}

func TestOthersAreNew(t *testing.T) {
	k := open(t, nil).begin(Start{Locale: "zh-CN"})
	seen := map[string]bool{}
	dearest := int64(1 << 40)
	for i, text := range []string{"连衣裙", "换一批", "便宜点", "再便宜点"} {
		r := k.say(text)
		for _, f := range r.Products {
			if seen[f.Product.ID] && len(r.Products) > 1 {
				t.Errorf("%s: %s again", text, f.Product.ID)
			}
			seen[f.Product.ID] = true
			if i >= 2 && len(r.Products) > 1 && f.Product.Cost().Amount >= dearest {
				t.Errorf("%s: %s is not cheaper", text, f.Product.ID)
			}
			if !packs.IsA(f.Product.Category, "dresses") {
				t.Errorf("%s: %s is no dress", text, f.Product.ID)
			}
		}
		dearest = 0
		for _, f := range r.Products {
			dearest = max(dearest, f.Product.Cost().Amount)
		}
		if dearest == 0 {
			dearest = 1 << 40
		}
		if r.Language != "zh" {
			t.Errorf("%s is answered in %s", text, r.Language)
		}
	}
}

func TestGiftsKeepTheirBudget(t *testing.T) {
	k := open(t, nil).begin(Start{Locale: "zh"})
	r := k.say("我女朋友过生日，送什么好？100以内")
	if r.Intent != intent.Gift || r.Understood.Recipient != "girlfriend" || r.Understood.Occasion != "birthday" || *r.Understood.BudgetMax != 10000 {
		t.Fatalf("%+v", r.Understood)
	}
	mother := k.say("改成送妈妈")
	if mother.Understood.Recipient != "mother" || mother.Understood.Occasion != "birthday" || *mother.Understood.BudgetMax != 10000 {
		t.Errorf("%+v", mother.Understood)
	}
	for _, f := range slices.Concat(r.Products, mother.Products) {
		if f.Product.Cost().Amount > 10000 {
			t.Errorf("%s is above the budget", f.Product.ID)
		}
	}
	if len(r.Products) < 3 || len(mother.Products) < 3 {
		t.Errorf("%d and %d presents", len(r.Products), len(mother.Products))
	}
}

func TestNothingIsAskedTwice(t *testing.T) {
	k := open(t, nil).begin(Start{})
	asked := map[string]int{}
	for _, text := range []string{"I need a present", "hm", "a present, I said", "help me with a gift"} {
		asked[k.say(text).Asked]++
	}
	if asked["recipient"] != 1 {
		t.Errorf("asked %v", asked)
	}
}

func TestWhichIsAskedOnce(t *testing.T) {
	k := open(t, nil).begin(Start{})
	if r := k.say("which size fits me?"); r.Asked != "product" {
		t.Fatalf("asked %q: %s", r.Asked, r.Text)
	}
	if r := k.say("which size fits me?"); r.Asked != "" || r.Text == "" {
		t.Errorf("asked %q again: %s", r.Asked, r.Text)
	}
}

// What is remembered stays small, however long a wish is refined.
func TestMemoryStaysSmall(t *testing.T) {
	k := open(t, nil).begin(Start{})
	k.say("show me dresses")
	long := strings.Repeat("with something special about it ", 60)
	for i := range 40 {
		k.say([]string{"in red ", "in black ", "more casual ", "cheaper "}[i%4] + long)
	}
	talk, err := k.records.Get(t.Context(), k.store, k.id)
	if err != nil || len(talk.Memory) > 20<<10 {
		t.Errorf("%d bytes are remembered, %v", len(talk.Memory), err)
	}
}

func TestSwapKeepsTheRest(t *testing.T) {
	k := open(t, nil).begin(Start{Page: conversation.Page{ProductID: "blazer-women-cream"}})
	first := k.say("what goes with it?")
	if first.Intent != intent.Outfit || len(first.Outfits) == 0 || len(first.Outfits[0].Pieces) < 2 {
		t.Fatalf("%+v", first)
	}
	pieces := map[string]string{}
	for _, p := range first.Outfits[0].Pieces {
		pieces[p.Slot] = p.Product.ID
	}
	if pieces["shoes"] == "" {
		t.Fatalf("no shoes in %v", pieces)
	}
	swapped := k.say("swap the shoes")
	if len(swapped.Outfits) != 1 {
		t.Fatalf("%d outfits", len(swapped.Outfits))
	}
	for _, p := range swapped.Outfits[0].Pieces {
		if (p.Slot == "shoes") == (p.Product.ID == pieces[p.Slot]) {
			t.Errorf("%s: %s after %s", p.Slot, p.Product.ID, pieces[p.Slot])
		}
	}
}

func TestOrderNeedsProof(t *testing.T) {
	s := open(t, nil)
	if _, err := s.orders.Put(t.Context(), s.store, orders.Order{ID: "A10236", Status: orders.Paid, Phone: "+15550100142", Email: "kim@example.com", ETA: "2026-11-25",
		Items: []orders.Item{{ProductID: "lamp-task-red", Quantity: 1}}}); err != nil {
		t.Fatal(err)
	}
	k := s.begin(Start{})
	if r := k.say("I want to cancel my order"); r.Asked != "order_number" || r.Order != nil {
		t.Fatalf("%+v", r)
	}
	if r := k.say("A10236"); r.Asked != "phone_or_email" || r.Order != nil || strings.Contains(r.Text, "paid") {
		t.Fatalf("an order is shown without proof: %+v", r)
	}
	if r := k.say("9999"); r.Order != nil || strings.Contains(r.Text, "paid") {
		t.Fatalf("an order is shown to a stranger: %s", r.Text)
	}
	r := k.say("0142")
	if r.Order == nil || r.Order.Status != "paid" || len(r.Order.Items) != 1 {
		t.Fatalf("%+v", r)
	}
	open, err := s.orders.Tickets(t.Context(), s.store, orders.TicketFilter{State: orders.TicketOpen}, "", 10)
	if err != nil || len(open) != 1 || open[0].Kind != orders.Cancel || open[0].OrderID != "A10236" {
		t.Fatalf("tickets %+v, %v", open, err)
	}
	if strings.Contains(strings.ToLower(r.Text), "has been canceled") || !strings.Contains(r.Text, "Nothing is decided") {
		t.Errorf("it claims what was not done: %s", r.Text)
	}
	data, _ := json.Marshal(r)
	if strings.Contains(string(data), "kim@example.com") || strings.Contains(string(data), "5550100142") {
		t.Error("the reply holds personal data of the order")
	}
	other := s.begin(Start{})
	if r := other.say("where is order A10236"); r.Order != nil {
		t.Error("another buyer sees the order")
	}
}

func TestWeakGuessOpensNoTicket(t *testing.T) {
	s := open(t, nil)
	if _, err := s.orders.Put(t.Context(), s.store, orders.Order{ID: "A1", Status: orders.Shipped, Email: "a@example.com"}); err != nil {
		t.Fatal(err)
	}
	s.begin(Start{}).say("order number A1, a@example.com")
	if all, err := s.orders.Tickets(t.Context(), s.store, orders.TicketFilter{}, "", 10); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestPromotions(t *testing.T) {
	s := open(t, nil)
	k := s.begin(Start{})
	if r := k.say("any discounts at the moment?"); r.Intent != intent.Promotion || len(r.Sources) != 0 {
		t.Errorf("without offers: %+v", r)
	}
	from, to := noon.AddDate(0, 0, -1), noon.AddDate(0, 0, 3)
	if _, err := s.promotions.Put(t.Context(), s.store, promotions.Promotion{ID: "p", Title: "Lamp days", Percent: 20, Category: "home.lamps", ValidFrom: &from, ValidTo: &to}); err != nil {
		t.Fatal(err)
	}
	r := k.say("any discounts at the moment?")
	if !strings.Contains(r.Text, "Lamp days") || !strings.Contains(r.Text, "20%") || !strings.Contains(r.Text, "21 November") {
		t.Errorf("%s", r.Text)
	}
}

func TestSameMessageSameReply(t *testing.T) {
	s := open(t, nil)
	k := s.begin(Start{})
	first := k.send(Message{Text: "table lamps", ClientID: "one"}, nil)
	var told []string
	again := k.send(Message{Text: "table lamps", ClientID: "one"}, func(e Event) { told = append(told, e.Kind) })
	if again.ID != first.ID || again.Text != first.Text || len(again.Products) != len(first.Products) {
		t.Errorf("%s after %s", again.ID, first.ID)
	}
	if !slices.Contains(told, "text") || !slices.Contains(told, "products") {
		t.Errorf("told %v", told)
	}
	all, err := s.records.Messages(t.Context(), s.store, k.id, 0, 10)
	if err != nil || len(all) != 2 {
		t.Errorf("%d messages, %v", len(all), err)
	}
}

func TestMessagesThatCannotBe(t *testing.T) {
	k := open(t, nil).begin(Start{})
	for field, m := range map[string]Message{
		"text": {Text: "  "}, "image_ids[0]": {ImageIDs: []string{"none"}}, "audio_id": {AudioID: "none"}, "product_id": {Text: "this?", ProductID: "none"},
	} {
		_, err := k.Answer(t.Context(), k.store, k.id, m, nil)
		var fault *catalog.FieldError
		if !errors.As(err, &fault) || fault.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if all, err := k.records.Messages(t.Context(), k.store, k.id, 0, 10); err != nil || len(all) != 0 {
		t.Errorf("%d messages were kept, %v", len(all), err)
	}
	if _, err := k.Answer(t.Context(), "st_other", k.id, Message{Text: "hi"}, nil); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("another store: %v", err)
	}
}

func TestPersonSpeaksInstead(t *testing.T) {
	s := open(t, nil)
	k := s.begin(Start{})
	if r := k.say("talk to a human please"); r.State != conversation.Waiting || r.Handover == nil || r.Handover.Place != 1 || r.Handover.Reason != "asked" {
		t.Fatalf("%+v", r)
	}
	if r := k.say("table lamps meanwhile"); r.State != conversation.Waiting || len(r.Products) == 0 {
		t.Errorf("the bot went away before the person came: %+v", r)
	}
	take := conversation.Move{From: []conversation.State{conversation.Waiting}, To: conversation.Human, Agent: "Ann"}
	if _, err := s.records.Move(t.Context(), s.store, k.id, take); err != nil {
		t.Fatal(err)
	}
	if r := k.say("hello?"); r.State != conversation.Human || r.Text != "" || len(r.Products) != 0 {
		t.Errorf("the bot speaks beside the person: %+v", r)
	}
}

func TestPersonComesDuringATurn(t *testing.T) {
	s := open(t, nil)
	k := s.begin(Start{})
	r := k.send(Message{Text: "table lamps"}, func(e Event) {
		if e.Kind == "status" {
			_, _ = s.records.Move(t.Context(), s.store, k.id, conversation.Move{From: []conversation.State{conversation.Bot}, To: conversation.Human, Agent: "Ann"})
		}
	})
	if r.State != conversation.Human || r.Text != "" {
		t.Errorf("%+v", r)
	}
	all, err := s.records.Messages(t.Context(), s.store, k.id, 0, 10)
	if err != nil || slices.ContainsFunc(all, func(m conversation.Message) bool { return m.Role == conversation.Assistant }) {
		t.Errorf("the bot's late reply was kept: %v", err)
	}
}

func TestHandoverTellsWhatIsSo(t *testing.T) {
	hours := &catalog.Hours{TimeZone: "UTC", Thursday: []catalog.Span{{From: "09:00", To: "17:00"}}}
	for _, c := range []struct {
		name   string
		change func(*catalog.Settings)
		state  string
		has    string
		to     conversation.State
	}{
		{"open", func(*catalog.Settings) {}, "waiting", "number 1", conversation.Waiting},
		{"closed", func(s *catalog.Settings) { s.Hours = hours }, "closed_hours", "09:00", conversation.Waiting},
		{"nobody", func(s *catalog.Settings) { s.Handover = &catalog.Handover{Contact: "Write to desk@example.com."} }, "unavailable", "desk@example.com", conversation.Bot},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := open(t, func(_ *Options, set *catalog.Settings) { c.change(set) }).begin(Start{})
			r, err := k.CallPerson(t.Context(), k.store, k.id)
			if err != nil {
				t.Fatal(err)
			}
			if r.Handover.State != c.state || !strings.Contains(r.Text, c.has) || r.State != c.to {
				t.Errorf("%s, %s: %s", r.Handover.State, r.State, r.Text)
			}
			again, err := k.CallPerson(t.Context(), k.store, k.id)
			if err != nil || again.State != c.to || again.Handover.State != c.state {
				t.Errorf("again: %+v, %v", again, err)
			}
		})
	}
}

func TestTwoFailuresCallAPerson(t *testing.T) {
	k := open(t, nil).begin(Start{})
	if r := k.say("qzx wvut plomf"); r.Handover != nil {
		t.Fatalf("the first failure: %+v", r)
	}
	if r := k.say("brrt zzgh xkcd"); r.Handover == nil || r.State != conversation.Waiting {
		t.Errorf("the second failure: %+v", r)
	}
}

func BenchmarkTurn(b *testing.B) {
	s := open(b, nil)
	texts := []string{"red dress under 100", "cheaper", "what goes with the first one?", "a gift for my mother under 50", "what is your return policy", "thanks"}
	k := s.begin(Start{})
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if i%len(texts) == 0 {
			k = s.begin(Start{})
		}
		k.say(texts[i%len(texts)])
	}
}
