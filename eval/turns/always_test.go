package turns

import (
	"slices"
	"testing"
	"time"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/assistant/intent"
)

// broken lists the rules that a reply breaks.
func broken(a *answered) (names []string) {
	for _, r := range always() {
		if _, ok := r.keeps(a); !ok {
			names = append(names, r.name)
		}
	}
	return names
}

// Each rule is kept by the reply and broken by a change of it, alone.
func TestAlways(t *testing.T) {
	less := int64(5000)
	soldOut := red
	soldOut.Availability = "out_of_stock"
	for _, c := range []struct {
		name, breaks string
		change       func(*answered)
	}{
		{"as it should be", "", nil},
		{"it says another language", "language", func(a *answered) { a.reply.Language = "zh" }},
		{"its text is of another language", "language", func(a *answered) { a.reply.Text = "两条裙子" }},
		{"any language will do", "", func(a *answered) { a.lang, a.reply.Text, a.reply.Language = "any", "两条裙子", "zh" }},
		{"a Chinese text with a name in English", "", func(a *answered) { a.lang, a.reply.Text, a.reply.Language = "zh", "The red-dress 两条裙子", "zh" }},
		{"no text", "text", func(a *answered) { a.reply.Text = "" }},
		{"no text while a person is there", "", func(a *answered) { a.reply.Text, a.reply.State = "", conversation.Human }},
		{"a number from nowhere", "numbers", func(a *answered) { a.reply.Text = "They cost $61." }},
		{"a number of the buyer's", "", func(a *answered) { a.reply.Text, a.said = "Under $61:", []string{"dress under 61"} }},
		{"a number of a record", "", func(a *answered) { a.reply.Text, a.records = "Within 30 days.", `{"answer":"You have 30 days."}` }},
		{"a number of a record that is not named", "numbers", func(a *answered) { a.reply.Text = "Within 30 days." }},
		{"shown twice", "distinct", func(a *answered) { a.reply.Products = found(red, red) }},
		{"sold out", "stock", func(a *answered) { a.reply.Products = found(soldOut) }},
		{"sold out, and asked for", "", func(a *answered) { a.reply.Products, a.reply.Understood.ProductID = found(soldOut), soldOut.ID }},
		{"a piece is sold out", "stock", func(a *answered) { a.reply.Outfits[0] = wear("shoes", soldOut) }},
		{"the anchor again", "anchor", func(a *answered) { a.reply.Outfits[0] = wear("shoes", navy) }},
		{"another for the anchor's place", "anchor", func(a *answered) { a.reply.Outfits[0] = wear("dress", red) }},
		{"a present above the budget", "budget", func(a *answered) {
			a.reply.Intent, a.reply.Understood.BudgetMax, a.reply.Outfits = intent.Gift, &less, nil
		}},
		{"no present, so no budget of presents", "", func(a *answered) { a.reply.Understood.BudgetMax, a.reply.Outfits = &less, nil }},
		{"an outfit above the budget", "budget", func(a *answered) { a.reply.Understood.BudgetMax = &less }},
		{"waiting without a word", "person", func(a *answered) { a.reply.State = conversation.Waiting }},
		{"a person was called and is not", "person", func(a *answered) { a.reply.Handover = &assistant.Handover{State: "waiting"} }},
		{"a person was called", "", func(a *answered) {
			a.reply.Handover, a.reply.State = &assistant.Handover{State: "waiting"}, conversation.Waiting
		}},
		{"one was called before", "", func(a *answered) {
			a.reply.State, a.before[0].State = conversation.Waiting, conversation.Waiting
		}},
	} {
		want := []string{}
		if c.breaks != "" {
			want = append(want, c.breaks)
		}
		if got := broken(answer(c.change)); !slices.Equal(got, want) {
			t.Errorf("%s: breaks %v, want %v", c.name, got, want)
		}
	}
}

// A turn may leave a rule out.
func TestExcept(t *testing.T) {
	a := answer(func(a *answered) { a.reply.Text = "They cost $61." })
	if _, failures := a.compare(); len(failures) != 1 || failures[0].Property != "always numbers" || failures[0].Want == "" {
		t.Errorf("%+v", failures)
	}
	a.turn.Except = []string{"numbers"}
	if outcomes, failures := a.compare(); len(failures) != 0 || len(outcomes) != len(rules())-1 {
		t.Errorf("%+v of %d", failures, len(outcomes))
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string][]string{
		"":                            nil,
		"from $1,299.50 to ８９.00元":    {"1299.5", "89"},
		"2026-11-07, 09:00":           {"2026", "11", "7", "9", "0"},
		"EU38, 0.5 and .5, 007, 0.50": {"38", "0.5", "5", "7", "0.5"},
		"三件":                          nil,
	} {
		if got := numbers(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Amounts, counts and reductions are known by what is shown.
func TestNumbersOfRecords(t *testing.T) {
	sale := red
	lower := dollars(4500)
	sale.SalePrice = &lower
	for text, ok := range map[string]bool{
		"1 of 2: $80, now 45.00 instead of 60": true,
		"the first costs 35 more":              true,
		"the first costs 36 more":              false,
		"25% off":                              true,
		"26% off":                              false,
		"7 dresses":                            false,
		"0.8 sure":                             false,
		"$400 at most":                         true,
		"chest 101.6":                          true,
		"together 129":                         true,
	} {
		a := answer(func(a *answered) { a.reply.Products, a.reply.Text = found(navy, sale), text })
		if got, kept := numbersHold(a); kept != ok {
			t.Errorf("%q: %v, %s", text, kept, got)
		}
	}
}

func TestSlots(t *testing.T) {
	for line, want := range map[string]slotCount{
		"understood.category: dresses":                {named: 1, right: 1},
		"understood.category: bottoms":                {named: 1, wrong: 1, missing: 1},
		"understood.gender: female":                   {named: 1, missing: 1},
		"understood.gender:":                          {},
		"understood.category:":                        {wrong: 1},
		"understood.language: en":                     {},
		"understood.category: dresses\nunderstood.*:": {wrong: 3},
		"intent: search":                              {},
	} {
		f := parse(t, "lang: en\n# a\n> b\n"+line+"\n")
		a := answer(nil)
		a.turn = &f.Cases[0].Turns[0]
		e := &a.turn.Expect[len(a.turn.Expect)-1]
		_, ok := e.check(a, e.want)
		if got := slotsOf(e, a, ok); got != want {
			t.Errorf("%s: %+v, want %+v", line, got, want)
		}
	}
}

func TestTally(t *testing.T) {
	f := parse(t, "lang: en\n# a\n> b\nintent: gift | search\n> c\nintent: gift\n> d\nproducts: 1\n")
	tl, took := newTally(), []int{3, 1, 2}
	for i := range f.Cases[0].Turns {
		tl.addTurn("x_y.txt", "en", &f.Cases[0].Turns[i], intent.Search, time.Duration(took[i])*time.Millisecond,
			[]outcome{{"intent", i != 1, slotCount{named: 2, right: 1, wrong: 1, missing: 1}}})
	}
	tl.addCase("x_y.txt", "en", false)
	r := tl.finish()
	if r.Cases != 1 || r.Passed != 0 || r.Turns != 3 || r.Checks != 3 || r.Failed != 1 || r.Intents != 2 || r.IntentOK != 0.5 {
		t.Errorf("%+v", r.Measures)
	}
	if r.Slots != 6 || r.SlotF1 != 0.5 || r.SlotPrecision != 0.5 || r.SlotRecall != 0.5 {
		t.Errorf("slots %+v", r.Measures)
	}
	if r.TurnMS.P50 != 2 || r.TurnMS.P99 != 3 || r.Confused["gift→search"] != 1 || r.Properties["intent"] != 1 {
		t.Errorf("%+v", r)
	}
	if r.Parts["x"].Turns != 3 || r.Files["x_y.txt"].Cases != 1 || r.Languages["en"].Turns != 3 || r.ByIntent["gift"].Intents != 2 {
		t.Errorf("groups %+v %+v %+v %+v", r.Parts, r.Files, r.Languages, r.ByIntent)
	}
	if c := r.Controls; len(c) != 2 || c[0].Intent != intent.Gift || c[0].IntentOK != 1 || c[1].IntentOK != 0.5 {
		t.Errorf("controls %+v", c)
	}
}
