package turns

import (
	"strings"
	"sync"
	"testing"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/assistant/intent"
	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/outfit"
	"honeyguide/packs"
)

func dollars(n int64) money.Money { return money.Money{Amount: n, Currency: "USD"} }

func product(id, category, color string, price int64) catalog.Product {
	return catalog.Product{ID: id, Title: "The " + id, Category: category, Colors: []string{color}, Price: dollars(price), Brand: "Halverie",
		Gender: "female", AgeGroup: "adult", Sizes: []string{"S", "M"}, Availability: "in_stock", Material: "silk", Pattern: "dotted", Season: "summer", Occasion: "party"}
}

func found(products ...catalog.Product) []catalog.Found {
	all := make([]catalog.Found, len(products))
	for i, p := range products {
		all[i] = catalog.Found{Product: p, Score: 0.5}
	}
	return all
}

var (
	navy  = product("navy-dress", "dresses", "navy blue", 8000)
	red   = product("red-dress", "dresses", "red", 6000)
	pump  = product("pump", "shoes.heels", "red", 10900)
	boot  = product("boot", "shoes.boots", "black", 15000)
	scarf = product("scarf", "scarves.silk", "cream", 2000)
	tote  = product("tote", "bags.handbags", "tan", 16800)
)

func wear(slotsAndProducts ...any) outfit.Outfit {
	o := outfit.Outfit{Anchor: outfit.Anchor{Slot: "dress", Product: &navy}, Total: dollars(0)}
	for i := 0; i < len(slotsAndProducts); i += 2 {
		p := slotsAndProducts[i+1].(catalog.Product)
		o.Pieces = append(o.Pieces, outfit.Piece{Slot: slotsAndProducts[i].(string), Product: p})
		o.Total.Amount += p.Cost().Amount
	}
	return o
}

// reply is one about which everything holds; earlier is the one before it.
func reply() *assistant.Reply {
	most := int64(40000)
	return &assistant.Reply{
		ID: "m2", State: conversation.Bot, Language: "en", Intent: intent.Search, Text: "Two dresses from $60.",
		Products:   found(navy, red),
		Outfits:    []outfit.Outfit{wear("shoes", pump, "scarf", scarf), wear("shoes", boot, "bag", tote)},
		Sources:    []assistant.Source{{Kind: "faq", ID: "returns", Title: "How long may I return it?"}, {Kind: "product", ID: "red-dress"}},
		Understood: assistant.Understood{Language: "en", Category: "dresses", Colors: []string{"red", "blue"}, BudgetMax: &most, ProductID: "pump", Measurements: map[string]float64{"chest_cm": 101.6}},
		Chips:      []string{"Cheaper"}, Confidence: 0.8,
		Size:  &assistant.Size{Size: "M", InStock: true},
		Order: &assistant.OrderView{ID: "A1", Status: "shipped", Items: []assistant.OrderLine{{ProductID: "boot"}, {ProductID: "tote"}}},
	}
}

func earlier() *assistant.Reply {
	return &assistant.Reply{ID: "m1", State: conversation.Bot, Products: found(boot, pump, scarf),
		Outfits: []outfit.Outfit{wear("shoes", boot, "scarf", scarf, "bag", tote)}}
}

var trade = sync.OnceValues(packs.Load)

// answer is the reply as changed, to be compared.
func answer(change func(*answered)) *answered {
	known, err := trade()
	if err != nil {
		panic(err)
	}
	a := &answered{turn: &Turn{}, lang: "en", reply: reply(), before: []*assistant.Reply{earlier()}, said: []string{"dresses"}, tickets: []string{"return"}, packs: known, minorPer: 100}
	if change != nil {
		change(a)
	}
	if a.fields, err = tree(a.reply); err != nil {
		panic(err)
	}
	return a
}

// Each property holds of the reply with one value and not with the other.
func TestProperties(t *testing.T) {
	for _, c := range []struct{ property, holds, fails string }{
		{"intent", "gift | search", "gift | outfit"},
		{"intent", "not gift", "not search"},
		{"asked", "", "budget"},
		{"asked", "not budget", "any"},
		{"state", "BOT", "human"},
		{"confidence", ">= 0.5", "> 0.8"},
		{"confidence", "0.7..0.9", "0.1..0.2"},
		{"chips", ">= 1", ">= 2"},
		{"chips", "has cheap", "has dear"},
		{"products", "2", "3"},
		{"products", "any", ""},
		{"understood.category", "dresses", ""},
		{"understood.gender", "", "female"},
		{"understood.colors", "blue, red", "red"},
		{"understood.colors", "has red", "has green"},
		{"understood.budget_max", "40000", "4000"},
		{"understood.budget_max", "<= 40000", "< 40000"},
		{"understood.measurements.chest_cm", "101..102", "100"},
		{"understood.measurements", "any", ""},
		{"understood.product_id", "shown 2", "shown 1"},
		{"understood.product_id", "not shown 3", "not shown 2"},
		{"size.size", "M | L", "S"},
		{"size.in_stock", "yes", "no"},
		{"order.items.product_id", "boot, tote", "boot"},
		{"order.status", "shipped", "delivered"},
		{"handover.reason", "", "asked"},
		{"sources.kind", "has faq", "has order"},
		{"each product category", "dresses", "bottoms"},
		{"each product color", "red | blue", "red"},
		{"each product color", "not green", "not red"},
		{"each product price", "<= 8000", "< 8000"},
		{"each product price", "< shown max", "< shown 3"},
		{"each product price", ">= shown min", "> shown 2"},
		{"each product size", "S, M", "L"},
		{"each product brand", "halverie", "Fennick"},
		{"each product gender", "female | unisex", "male"},
		{"each product age_group", "adult", "kids"},
		{"each product stock", "in_stock", "out_of_stock"},
		{"each product material", "silk", "wool"},
		{"each product pattern", "dotted", "striped"},
		{"each product season", "summer", "winter"},
		{"each product occasion", "party", "formal"},
		{"each product title", "has dress", "has boot"},
		{"any product id", "red-dress", "boot"},
		{"any product price", "< 7000", "> 9000"},
		{"first product id", "navy-dress", "red-dress"},
		{"each piece category", "shoes | scarves | bags", "shoes"},
		{"any piece id", "tote", "navy-dress"},
		{"each outfit has", "shoes, scarf | shoes, bag", "shoes, bag"},
		{"each outfit lacks", "dress, hat", "bag"},
		{"each outfit total", "12900..31800", "<= 20000"},
		{"keeps", "scarf", "shoes"},
		{"changes", "shoes", "scarf"},
		{"source", "faq returns | order", "faq shipping"},
		{"source", "faq how long", "order"},
		{"no source", "order | faq shipping", "faq"},
		{"ticket", "refund | return", "refund"},
		{"text has", "sixty | $60", "$61"},
		{"text has not", "$61", "two DRESSES"},
	} {
		for value, want := range map[string]bool{c.holds: true, c.fails: false} {
			if got, ok := checked(t, answer(nil), c.property, value); ok != want {
				t.Errorf("%s: %s is %v, came %s", c.property, value, ok, got)
			}
		}
	}
}

func checked(t *testing.T, a *answered, property, value string) (string, bool) {
	t.Helper()
	f := parse(t, "lang: en\n# a\n> b\n"+property+": "+value+"\n")
	a.turn = &f.Cases[0].Turns[0]
	e := a.turn.Expect[0]
	return e.check(a, e.want)
}

// Properties that look at more than a value, of replies that keep and break them.
func TestPropertiesOfReplies(t *testing.T) {
	none := func(a *answered) { a.reply.Products, a.reply.Outfits = nil, nil }
	for _, c := range []struct {
		name, property, value string
		change                func(*answered)
		ok                    bool
	}{
		{"others are shown", "new products only", "yes", nil, true},
		{"one is shown again", "new products only", "yes", func(a *answered) { a.reply.Products = found(navy, boot) }, false},
		{"nothing is shown", "new products only", "yes", none, false},
		{"nothing has a price", "each product price", "< 1", none, false},
		{"nothing is anything", "any product price", "> 0", none, false},
		{"there is no first", "first product id", "not x", none, false},
		{"there is no piece", "each piece price", "> 0", none, false},
		{"there is no outfit", "each outfit lacks", "hat", none, false},
		{"the same in another order", "same products", "yes", func(a *answered) { a.reply.Products = found(scarf, boot, pump) }, true},
		{"other products", "same products", "yes", nil, false},
		{"nothing was shown before", "same products", "yes", func(a *answered) { a.before = nil; none(a) }, false},
		{"nothing was shown to be cheaper than", "each product price", "< shown max", func(a *answered) { a.before = nil }, false},
		{"nothing was shown in that place", "understood.product_id", "shown 4", nil, false},
		{"outfits share nothing", "outfits differ", "yes", nil, true},
		{"outfits share half", "outfits differ", "yes", func(a *answered) { a.reply.Outfits[1] = wear("shoes", pump, "bag", tote) }, false},
		{"one outfit", "outfits differ", "yes", func(a *answered) { a.reply.Outfits = a.reply.Outfits[:1] }, false},
		{"the total is wrong", "each outfit total", "> 0", func(a *answered) { a.reply.Outfits[0].Total.Amount++ }, false},
		{"nothing was worn before", "keeps", "scarf", func(a *answered) { a.before = nil }, false},
		{"the piece is gone", "changes", "shoes", func(a *answered) { a.reply.Outfits[0] = wear("scarf", scarf) }, false},
		{"an outfit without slots", "each outfit has", "shoes", func(a *answered) { a.reply.Outfits[0] = wear() }, false},
		{"no ticket", "ticket", "", func(a *answered) { a.tickets = nil }, true},
		{"a ticket too many", "ticket", "", nil, false},
	} {
		if got, ok := checked(t, answer(c.change), c.property, c.value); ok != c.ok {
			t.Errorf("%s: %s: %s is %v: %s", c.name, c.property, c.value, ok, got)
		}
	}
}

func TestKeepsTheRest(t *testing.T) {
	f := parse(t, "lang: en\n# a\n> b\nchanges: shoes\nkeeps: rest\n")
	for name, c := range map[string]struct {
		now outfit.Outfit
		ok  bool
	}{
		"the rest is kept":   {wear("shoes", pump, "scarf", scarf, "bag", tote), true},
		"the bag is gone":    {wear("shoes", pump, "scarf", scarf), false},
		"the bag is another": {wear("shoes", pump, "scarf", scarf, "bag", boot), false},
	} {
		a := answer(func(a *answered) { a.reply.Outfits = []outfit.Outfit{c.now} })
		a.turn = &f.Cases[0].Turns[0]
		e := a.turn.Expect[1]
		if got, ok := e.check(a, e.want); ok != c.ok {
			t.Errorf("%s: %v, %s", name, ok, got)
		}
	}
}

// What is understood beyond what the turn names is told.
func TestNothingElseUnderstood(t *testing.T) {
	for lines, want := range map[string]string{
		"understood.category: dresses\nunderstood.colors: red, blue\nunderstood.budget_max: any\nunderstood.measurements.chest_cm: any\n": "",
		"understood.category: dresses\nunderstood.colors: any\nunderstood.measurements.chest_cm: any\n":                                   "budget_max 40000",
	} {
		f := parse(t, "lang: en\n# a\n> b\n"+lines+"understood.*:\n")
		a := answer(nil)
		a.turn = &f.Cases[0].Turns[0]
		e := a.turn.Expect[len(a.turn.Expect)-1]
		if got, ok := e.check(a, e.want); got != want || ok != (want == "") {
			t.Errorf("%s: %q, %v", strings.ReplaceAll(lines, "\n", "; "), got, ok)
		}
	}
}
