package assistant

import (
	"context"
	"slices"
	"strings"

	"honeyguide/assistant/intent"
	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/catalog/query"
)

// maxCompared is how many products are put side by side.
const maxCompared = 4

// compare puts the products that are meant side by side, by what their rows say, and
// says how they differ. Which is better is the buyer's to say.
func (t *turn) compare(ctx context.Context) error {
	ids, _ := t.meant()
	if len(ids) < 2 {
		ids = t.memory.Shown[:min(len(t.memory.Shown), 2)]
	}
	var products []catalog.Product
	for _, id := range ids[:min(len(ids), maxCompared)] {
		p, err := t.product(ctx, id)
		if err != nil {
			return err
		}
		if p != nil {
			products = append(products, *p)
		}
	}
	if len(products) < 2 {
		t.askWhich("product", "which-compare")
		return nil
	}
	topic := t.memory.Topic
	if topic == "" {
		topic = intent.Compare
	}
	t.memory.Topic = topic
	t.say("compare")
	rows := t.differing(products)
	for i := range products {
		t.list("compare-one", "n", count(i+1), "title", titleIn(&products[i], t.language), "facts", strings.Join(rows[i], t.either("; ", "；")))
	}
	t.cheaper(products)
	for i := range products {
		if products[i].Availability == catalog.OutOfStock {
			t.say("compare-stock", "title", titleIn(&products[i], t.language))
		}
	}
	found := make([]catalog.Found, len(products))
	for i, p := range products {
		found[i] = catalog.Found{Product: p, Score: 1, Why: []catalog.Reason{}}
	}
	t.show(found)
	t.chip("chip-size")
	t.chip("chip-outfit")
	return nil
}

// differing are the facts of each product, the price first, then only those in which
// they differ.
func (t *turn) differing(products []catalog.Product) [][]string {
	rows := make([][]string, len(products))
	for i := range products {
		rows[i] = []string{t.price(products[i].Cost())}
	}
	facts := []func(p *catalog.Product) string{
		func(p *catalog.Product) string { return p.Brand },
		func(p *catalog.Product) string { return t.labelled(query.Material, p.Material) },
		func(p *catalog.Product) string { return t.labelled(query.Color, p.Colors...) },
		func(p *catalog.Product) string { return t.labelled(query.Pattern, p.Pattern) },
		func(p *catalog.Product) string { return t.labelled(query.Occasion, p.Occasion) },
		func(p *catalog.Product) string { return t.labelled(query.Season, p.Season) },
		func(p *catalog.Product) string { return strings.Join(p.Sizes, " ") },
	}
	for _, fact := range facts {
		first := fact(&products[0])
		if !slices.ContainsFunc(products, func(p catalog.Product) bool { return fact(&p) != first }) {
			continue
		}
		for i := range products {
			if value := fact(&products[i]); value != "" {
				rows[i] = append(rows[i], value)
			}
		}
	}
	return rows
}

// cheaper says which costs less than the dearest, and by how much.
func (t *turn) cheaper(products []catalog.Product) {
	low, high := products[0].Cost(), products[0].Cost()
	name := titleIn(&products[0], t.language)
	for i := range products {
		cost := products[i].Cost()
		if cost.Currency != low.Currency {
			return
		}
		if cost.Amount < low.Amount {
			low, name = cost, titleIn(&products[i], t.language)
		}
		if cost.Amount > high.Amount {
			high = cost
		}
	}
	if high.Amount > low.Amount {
		t.say("compare-cheaper", "title", name, "gap", t.price(money.Money{Amount: high.Amount - low.Amount, Currency: low.Currency}))
	}
}
