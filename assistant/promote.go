package assistant

import (
	"context"
	"strings"

	"honeyguide/assistant/intent"
	"honeyguide/catalog/promotions"
)

// maxPromotions is how many offers one answer tells of.
const maxPromotions = 5

// promote tells of the offers that hold now, for the product or the kind of thing that
// is asked about, or for the shop; where none holds, of the next.
func (t *turn) promote(ctx context.Context) error {
	t.memory.Topic = intent.Promotion
	about := promotions.About{Category: t.asked.Filters.Category}
	if about.Category == "" {
		if p, err := t.product(ctx, t.subject()); err != nil {
			return err
		} else if p != nil {
			about = promotions.About{ProductID: p.ID, Category: p.Category}
		}
	}
	t.reply.Understood.Category = about.Category
	current, err := t.promotions.Current(ctx, t.store.ID, t.now, about)
	if err != nil {
		return err
	}
	if len(current) > 0 {
		t.say("promotions")
		for _, p := range current[:min(len(current), maxPromotions)] {
			t.offer(&p)
		}
		return nil
	}
	next, ok, err := t.promotions.Next(ctx, t.store.ID, t.now, about)
	if err != nil {
		return err
	}
	if !ok {
		t.say("promotion-none")
		return nil
	}
	title, _ := next.In(t.language)
	t.say("promotion-next", "title", title, "day", t.day(*next.ValidFrom))
	t.source("promotion", next.ID, title)
	t.know("promotion", next.ID, next)
	return nil
}

// offer says a promotion with its conditions.
func (t *turn) offer(p *promotions.Promotion) {
	title, description := p.In(t.language)
	until := ""
	if p.ValidTo != nil {
		until = t.phrase("promotion-until", "day", t.day(*p.ValidTo))
	}
	if p.Percent > 0 && !strings.Contains(title+description, count(p.Percent)) {
		description = strings.TrimSpace(t.phrase("promotion-percent", "percent", count(p.Percent)) + " " + description)
	}
	if p.Code != "" && !strings.Contains(title+description, p.Code) {
		description = strings.TrimSpace(description + " " + t.phrase("promotion-code", "code", p.Code))
	}
	if p.Minimum != nil {
		description = strings.TrimSpace(description + " " + t.phrase("promotion-minimum", "minimum", t.price(*p.Minimum)))
	}
	t.list("promotion", "title", title, "until", until, "description", description)
	t.source("promotion", p.ID, title)
	t.know("promotion", p.ID, p)
}
