package assistant

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/slot"
	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// inform answers a question: of the product that is talked about from its row, else from
// the shop's answers; else it says that it does not know, and notes the question.
func (t *turn) inform(ctx context.Context, p plan) error {
	if told, err := t.ofProduct(ctx); told || err != nil {
		return err
	}
	if told, err := t.fromDescription(ctx, 2); told || err != nil {
		return err
	}
	if answered, err := t.fromFAQ(ctx, false); answered || err != nil {
		return err
	}
	if told, err := t.fromDescription(ctx, 1); told || err != nil {
		return err
	}
	if answered, err := t.fromFAQ(ctx, true); answered || err != nil {
		return err
	}
	if t.asked.Filters.Category != "" && t.memory.Focus == "" {
		t.reply.Intent = "search"
		return t.search(ctx, p)
	}
	t.failed()
	t.say("faq-none")
	t.chip("chip-person")
	return t.records.AddGap(ctx, t.store.ID, conversation.Gap{Question: slot.Redact(t.sent.Text), Language: t.language, ConversationID: t.talk.ID})
}

// fromFAQ answers from the shop's answers, and tells whether it could. With near, it also
// offers two questions that come near; without, only an answer will do.
func (t *turn) fromFAQ(ctx context.Context, near bool) (bool, error) {
	t.status("looking up")
	found, err := t.answers(ctx)
	if err != nil {
		return false, err
	}
	switch {
	case found.Result == catalog.FAQAnswered:
		best := found.FAQs[0]
		t.reply.Intent = "faq"
		t.reply.Confidence = best.Score
		t.put(best.FAQ.Answer)
		t.source("faq", best.FAQ.ID, best.FAQ.Question)
		t.know("faq", best.FAQ.ID, best.FAQ.Question+"\n"+best.FAQ.Answer)
		return true, nil
	case found.Result == catalog.FAQNear && near:
		t.reply.Confidence = max(unsure, found.FAQs[0].Score)
		t.say("faq-near")
		ids := make([]string, len(found.FAQs))
		for i, f := range found.FAQs {
			ids[i] = f.FAQ.ID
			t.reply.Chips = append(t.reply.Chips, f.FAQ.Question)
			t.source("faq", f.FAQ.ID, f.FAQ.Question)
		}
		return true, t.records.AddGap(ctx, t.store.ID, conversation.Gap{Question: slot.Redact(t.sent.Text), Language: t.language,
			ConversationID: t.talk.ID, Near: ids})
	}
	return false, nil
}

// property is something of a product's row that buyers ask for by certain words.
type property struct {
	key   string
	words []string // any of them, folded
}

// answers are the shop's answers to the message; they are looked up once in a turn.
func (t *turn) answers(ctx context.Context) (*catalog.FAQAnswer, error) {
	if t.found == nil {
		found, err := t.catalog.Answers(ctx, t.store.ID, catalog.FAQQuery{Text: t.sent.Text, Language: t.language, ProductID: t.memory.Focus})
		if err != nil {
			return nil, err
		}
		t.found = &found
	}
	return t.found, nil
}

// maxTold is how much of a description is told, in characters.
const maxTold = 400

// fromDescription answers a question on the product that is talked about with the
// sentence of its description that shares most words with it, at least so many, and tells
// whether it could. One word may be chance: with least 1, all of a short description is
// told to who asks for something of «it».
func (t *turn) fromDescription(ctx context.Context, least int) (bool, error) {
	p, err := t.product(ctx, t.subject())
	if err != nil || p == nil {
		return false, err
	}
	text := cmp.Or(p.Attributes["description_"+t.language], p.Description)
	best, key := likest(text, t.sent.Text, least), "fact-other"
	if best == "" && least == 1 && t.slots.This && text != "" && utf8.RuneCountInString(text) <= maxTold {
		best, key = text, "fact-all"
		t.reply.Confidence = unsure
	}
	if best == "" {
		return false, nil
	}
	t.memory.Focus = p.ID
	t.source("product", p.ID, p.Title)
	t.know("product", p.ID, factsOf(p))
	t.reply.Confidence = max(t.reply.Confidence, unsure)
	t.say(key, "title", titleIn(p, t.language), "value", "“"+best+"”")
	return true, nil
}

// likest is the sentence of a text that shares most words with a question, or nothing
// where none shares as many as least.
func likest(text, question string, least int) (best string) {
	most := least - 1
	asked := slices.DeleteFunc(words.Terms(question), func(term string) bool { return len(term) < 4 }) // not «is it», nor single characters
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?。！？\n", r) }) {
		said, shared := words.Terms(sentence), 0
		for _, term := range asked {
			if slices.Contains(said, term) {
				shared++
			}
		}
		if shared > most {
			best, most = strings.TrimSpace(sentence), shared
		}
	}
	return best
}

// properties in the order in which they are looked for.
var properties = []property{
	{"fact-material", []string{"material", "made of", "made from", "fabric", "材质", "面料", "什么料", "什么做的", "什么布", "成分"}},
	{"fact-price", []string{"how much", "price", "cost", "多少钱", "价格", "价钱", "几块", "什么价"}},
	{"fact-stock", []string{"in stock", "available", "availability", "sold out", "有货", "有现货", "现货", "库存", "还有吗"}},
	{"fact-color", []string{"color", "colour", "颜色", "什么色", "哪些色", "几个色", "有没有黑", "有没有白", "有没有红"}},
	{"fact-size", []string{"what sizes", "which sizes", "sizes", "有哪些码", "哪些尺码", "什么尺码", "几个码"}},
	{"fact-brand", []string{"brand", "who makes", "牌子", "品牌"}},
}

// ofProduct answers a question on the product that is talked about from its row, and
// tells whether it was one.
func (t *turn) ofProduct(ctx context.Context) (bool, error) {
	id := t.subject()
	if id == "" {
		return false, nil
	}
	if named := t.asked.Filters.Category; named != "" && !t.slots.This && len(t.slots.Ordinals) == 0 {
		if p, err := t.product(ctx, id); err != nil || p == nil || !packs.IsA(p.Category, named) {
			return false, err
		}
	}
	key := t.propertyAsked()
	if key == "" {
		return false, nil
	}
	p, err := t.product(ctx, id)
	if err != nil || p == nil {
		return false, err
	}
	t.tellOf(p, key)
	if key == "fact-color" {
		return true, t.otherColors(ctx, p)
	}
	return true, nil
}

// propertyIn is the first property that a text asks for, or nothing.
func propertyIn(text string) string {
	text = words.Fold(text)
	for _, one := range properties {
		if slices.ContainsFunc(one.words, func(w string) bool { return strings.Contains(text, w) }) {
			return one.key
		}
	}
	return ""
}

// tellOf says a property of a product as its row has it.
func (t *turn) tellOf(p *catalog.Product, key string) {
	t.memory.Focus = p.ID
	t.source("product", p.ID, p.Title)
	t.know("product", p.ID, factsOf(p))
	value := ""
	switch key {
	case "fact-material":
		value = t.labelled(query.Material, p.Material)
	case "fact-price":
		value = t.price(p.Cost())
	case "fact-stock":
		value = t.stock(p)
	case "fact-color":
		value = t.labelled(query.Color, p.Colors...)
	case "fact-size":
		value = strings.Join(p.Sizes, t.either(", ", "、"))
	case "fact-brand":
		value = p.Brand
	}
	if value == "" {
		t.say("fact-none", "title", titleIn(p, t.language))
		return
	}
	t.say(key, "title", titleIn(p, t.language), "value", value)
}

// labelled are values as they are called in the answer's language.
func (t *turn) labelled(field string, values ...string) string {
	labels := t.catalog.Labels(t.language)
	var names []string
	for _, v := range values {
		if label, ok := labels[field+":"+v]; ok {
			v = strings.ToLower(label)
		}
		if v != "" {
			names = append(names, v)
		}
	}
	return strings.Join(names, t.either(", ", "、"))
}

// otherColors shows the other colors of a product: those of its group.
func (t *turn) otherColors(ctx context.Context, p *catalog.Product) error {
	if p.ItemGroupID == "" {
		return nil
	}
	name, _, _ := strings.Cut(p.Title, ",") // what follows is often the color
	r, err := t.catalog.Find(ctx, t.store.ID, catalog.Search{Text: name, Filters: query.Filters{Category: p.Category}, Except: []string{p.ID},
		Limit: catalog.MaxPage, Language: t.language})
	if err != nil {
		return err
	}
	var same []catalog.Found
	for _, f := range r.Products {
		if f.Product.ItemGroupID == p.ItemGroupID {
			same = append(same, f)
		}
	}
	if len(same) == 0 {
		return nil
	}
	t.say("other-colors")
	focus := t.memory.Focus
	t.show(same[:min(len(same), shownAtOnce)])
	t.memory.Focus = focus
	return nil
}
