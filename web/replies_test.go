package web

import (
	"fmt"
	"strings"
)

// replyTo is what the test shop's assistant says: by the words of a message.
func (s *shop) replyTo(m message) map[string]any {
	reply := map[string]any{"language": "en", "intent": "search", "text": "", "products": []any{}, "outfits": []any{}, "size": nil, "sources": []any{},
		"order": nil, "chips": []string{}, "asked": "", "relaxed": []any{}, "regions": []any{}, "palette": []any{}, "handover": nil, "confidence": 0.9}
	has := func(words ...string) bool {
		for _, word := range words {
			if strings.Contains(strings.ToLower(m.Text), word) {
				return true
			}
		}
		return false
	}
	set := func(text string, pairs ...any) map[string]any {
		reply["text"] = text
		for i := 0; i < len(pairs); i += 2 {
			reply[pairs[i].(string)] = pairs[i+1]
		}
		return reply
	}
	switch {
	case len(m.ImageIDs) > 0 && m.Region == nil && m.Text == "":
		return set("I see a shirt and shoes. These come close.", "products", hits(s.products[:4], nil), "regions", []any{
			map[string]any{"box": []float64{0.25, 0.08, 0.5, 0.5}, "label": "shirt", "category": "tops.shirts", "score": 0.9},
			map[string]any{"box": []float64{0.3, 0.7, 0.4, 0.25}, "label": "shoes", "category": "shoes", "score": 0.8}})
	case len(m.ImageIDs) > 0:
		return set("Here is that part.", "products", hits(s.products[2:4], nil))
	case has("swap"):
		return set("Swapped. The rest stays.", "outfits", s.boards())
	case has("outfit", "goes with", "搭配"):
		return set("Three ideas that go together.", "outfits", s.boards())
	case has("size", "尺码"):
		return set("M should fit.", "size", map[string]any{"product_id": "p00", "size": "M", "between": []string{"M", "L"}, "confidence": 0.62, "in_stock": true,
			"why": []any{map[string]string{"field": "chest", "text": "Chest 96 cm; size M is for 94 to 98 cm"}}, "missing": []string{"waist_cm"}})
	case has("order", "订单"):
		return set("It is with the carrier.", "sources", []any{map[string]string{"kind": "order", "id": "A-100234", "title": "A-100234"}},
			"order", map[string]any{"id": "A-100234", "status": "shipped", "carrier": "UPS", "tracking": "1Z999AA10123456784", "eta": eta(), "ordered_at": "2026-01-31",
				"items": []any{map[string]any{"product_id": "p00", "title": s.products[0].Title, "image_link": s.products[0].ImageLink, "size": "M", "quantity": 2}}})
	case has("return", "退货"):
		return set("You can return anything within 30 days.", "sources", []any{map[string]string{"kind": "faq", "id": "f1", "title": "Can I return it?"}}, "chips", []string{"Who pays for it?"})
	case has("person", "人工"):
		return set("I have called a person. You are number 2.", "handover", map[string]any{"reason": "asked", "state": "waiting", "place": 2, "opens": ""})
	case has("html"):
		return set(`<img src=x onerror=alert(1)> <b>bold</b> https://evil.example`, "chips", []string{"<i>chip</i>"}, "products", hits([]product{s.nasty()}, nil),
			"sources", []any{map[string]string{"kind": "faq", "id": "f", "title": "<u>source</u>"}})
	case has("velvet"):
		return set("No velvet, but these come near.", "products", hits(s.products[:2], nil), "relaxed", []any{map[string]string{"field": "material", "text": "No velvet here, so other fabrics are shown."}})
	case has("gift", "礼物"):
		return set("Five presents of different kinds.", "products", hits(s.products[:5], map[string]any{"colors": []string{"red"}}))
	case has("long"):
		return set(strings.TrimSpace(strings.Repeat("A long answer goes on and on. ", 60)))
	}
	if found := s.find(searchRequest{}, understand(m.Text)); len(understand(m.Text)) > 1 {
		return set(fmt.Sprintf("Here is what I found for %s.", m.Text), "products", hits(found[:min(6, len(found))], understand(m.Text)), "chips", []string{"cheaper", "in blue"})
	}
	return set("Happy to help.", "chips", []string{"red dress"})
}

// silence is the reply while a person holds the conversation.
func (s *shop) silence(t *talk) map[string]any {
	return map[string]any{"id": "", "conversation_id": t.id, "state": t.state, "text": "", "products": []any{}, "outfits": []any{}, "handover": nil}
}

// nasty is a product whose texts are markup.
func (s *shop) nasty() product {
	one := s.products[1]
	one.ID, one.Title, one.Link = "nasty", `<script>alert(1)</script><b>Sale</b>`, "javascript:alert(1)"
	one.Attributes = nil
	return one
}

// boards are two outfits of two pieces.
func (s *shop) boards() []any {
	said := []map[string]string{{"field": "color", "text": "Neutral, so it goes with anything"}}
	board := func(a, b product) map[string]any {
		piece := func(p product, label string) map[string]any {
			return map[string]any{"slot": strings.ToLower(label), "label": label, "product": p, "score": 0.5, "why": said}
		}
		return map[string]any{"anchor": map[string]any{"kind": "words"}, "pieces": []any{piece(a, "Shirt"), piece(b, "Shoes")},
			"total": price{a.Price.Amount + b.Price.Amount, "USD"}, "score": 0.7, "why": said, "missing": []string{}}
	}
	return []any{board(s.products[1], s.products[2]), board(s.products[4], s.products[5])}
}
