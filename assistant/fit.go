package assistant

import (
	"context"
	"slices"
	"strings"

	"honeyguide/assistant/intent"
	"honeyguide/catalog"
	"honeyguide/outfit"
	"honeyguide/packs"
)

// maxCharts is how many of a store's size charts are looked at.
const maxCharts = 1000

// fit tells the size of the product that is meant, or of the kind of thing that is named.
func (t *turn) fit(ctx context.Context, p plan) error {
	if t.memory.Topic != intent.Size {
		t.memory.newTopic(intent.Size)
	}
	t.takeAnswer()
	product, err := t.sized(ctx)
	if err != nil {
		return err
	}
	if product == nil {
		t.askWhich("product", "ask-size-product")
		return nil
	}
	if t.sizeSaid() != "" && p.act == "has" {
		t.comesIn(product)
		return nil
	}
	charts, err := t.catalog.SizeCharts(ctx, t.store.ID, "", maxCharts)
	if err != nil {
		return err
	}
	if err := t.memory.Body.Check(); err != nil { // a unit was mistaken: forget it rather than refuse
		t.memory.Body.Measures = nil
	}
	body := t.memory.Body
	if g := t.asked.Filters.Gender; g == "male" || g == "female" {
		body.Gender = g
	}
	t.advised(product, t.sizer.Advise(product, charts, body, t.store.Locale, t.language))
	return nil
}

// takeAnswer takes a bare number or size as what was asked for: «165», «M».
func (t *turn) takeAnswer() {
	b, a := &t.memory.Body, t.slots.Answer
	if a.Gender != "" {
		b.Gender = a.Gender
	} else if g := t.asked.Filters.Gender; g == "male" || g == "female" {
		b.Gender = g
	}
	if asked := t.memory.Asked; isMeasure(asked) && a.Number != nil && len(t.body) == 0 {
		measures := map[string]float64{}
		for k, v := range b.Measures {
			measures[k] = v
		}
		measures[strings.TrimSuffix(strings.TrimSuffix(asked, "_cm"), "_kg")] = *a.Number
		b.Measures = measures
		return
	}
	if a.Size.Label != "" && t.memory.Topic == intent.Size && t.memory.Asked != "" && a.Number == nil {
		b.UsualSize = label(a.Size)
	}
}

// isMeasure tells whether a slot is a measure of a body.
func isMeasure(slot string) bool {
	return strings.HasSuffix(slot, "_cm") || slot == "weight_kg" || slot == "age" || slot == "people"
}

// sized is the product whose size is asked for; of a kind of thing one that stands for it;
// nil where nothing says which.
func (t *turn) sized(ctx context.Context) (*catalog.Product, error) {
	named := t.asked.Filters.Category
	ids, _ := t.meant()
	if len(ids) == 0 && named == "" || len(ids) > 0 {
		if id := t.subject(); id != "" {
			return t.product(ctx, id)
		}
	}
	if named != "" {
		if p, err := t.product(ctx, t.memory.Focus); err != nil || p != nil && packs.IsA(p.Category, named) {
			return p, err
		}
		return &catalog.Product{Title: t.name(named), Category: named, Gender: t.asked.Filters.Gender, AgeGroup: t.asked.Filters.AgeGroup,
			Availability: catalog.InStock}, nil
	}
	for _, id := range t.memory.Shown { // the first that has sizes at all
		if p, err := t.product(ctx, id); err != nil || p != nil && (dressed(p.Category) || len(p.Sizes) > 0) {
			return p, err
		}
	}
	return nil, nil
}

// advised drafts the answer of a size.
func (t *turn) advised(p *catalog.Product, a *outfit.SizeAdvice) {
	if p.ID != "" {
		t.memory.Focus = p.ID
		t.source("product", p.ID, p.Title)
		t.know("product", p.ID, factsOf(p))
	}
	if a.Chart != "" {
		t.source("size_chart", a.Chart, a.Chart)
	}
	t.know("size", p.ID, a)
	t.reply.Size = &Size{ProductID: p.ID, Size: a.Size, Between: nonNil(a.Between), Confidence: a.Confidence, InStock: a.InStock, Why: a.Why,
		Missing: nonNil(a.Missing)}
	missing := ""
	if len(a.Missing) > 0 {
		missing = outfit.MeasureName(a.Missing[0], t.language)
	}
	switch {
	case a.Size == "" && missing != "" && t.ask(a.Missing[0], "ask-measure", "missing", missing):
		if a.Missing[0] == "gender" {
			t.chip("chip-women")
			t.chip("chip-men")
		}
		return
	case a.Size == "":
		t.say("size-none", "title", titleIn(p, t.language), "why", lastReason(a.Why))
		return
	case len(a.Between) == 2:
		t.say("size-between", "title", titleIn(p, t.language), "small", a.Between[0], "large", a.Between[1], "size", a.Size)
	default:
		t.say("size", "title", titleIn(p, t.language), "size", a.Size)
	}
	for _, why := range a.Why { // how to measure stands on the card
		if why.Field != "tip" && why.Field != "between" {
			t.put(why.Text)
		}
	}
	if p.ID != "" && !a.InStock {
		t.say("size-out", "size", a.Size)
	}
	if a.Confidence < .5 && missing != "" {
		t.say("size-unsure", "missing", missing)
		if t.memory.may(a.Missing[0]) {
			t.reply.Asked = a.Missing[0]
		}
	}
}

// comesIn tells whether a product comes in the sizes that were asked for.
func (t *turn) comesIn(p *catalog.Product) {
	t.memory.Focus = p.ID
	t.source("product", p.ID, p.Title)
	t.know("product", p.ID, factsOf(p))
	bare := t.sizeSaid()
	asked := bare
	if len(t.slots.Asked) > 0 {
		asked = label(t.slots.Asked[0])
	}
	t.reply.Understood.Sizes = []string{asked}
	at := slices.IndexFunc(p.Sizes, func(s string) bool {
		return strings.EqualFold(s, asked) || strings.EqualFold(s, bare) || endsWith(s, bare)
	})
	has := at >= 0
	if has {
		asked = p.Sizes[at] // as the shop writes it
	}
	switch {
	case len(p.Sizes) == 0:
		t.say("size-no-list", "title", titleIn(p, t.language))
	case has && p.Availability == catalog.InStock:
		t.say("size-has", "title", titleIn(p, t.language), "size", asked)
	case has:
		t.say("size-out", "size", asked)
	default:
		t.say("size-has-not", "title", titleIn(p, t.language), "size", asked, "sizes", strings.Join(p.Sizes, t.either(", ", "、")))
	}
	t.chip("chip-size")
}

// endsWith tells whether a size as a shop writes it, such as EU 38, is the bare one.
func endsWith(size, bare string) bool {
	_, after, found := strings.Cut(size, " ")
	return found && strings.EqualFold(after, bare)
}

func lastReason(why []catalog.Reason) string {
	if len(why) == 0 {
		return ""
	}
	return why[len(why)-1].Text
}

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
