package assistant

import (
	"encoding/json"
	"slices"
	"strings"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/intent"
	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/outfit"
	"honeyguide/packs"
)

// Memory is what is remembered of a conversation from turn to turn. It holds ids and
// wishes, never facts: prices, stock and states of orders are read again each turn.
type Memory struct {
	Turns    int           `json:"turns"`
	Language string        `json:"language,omitempty"` // of the last answer
	Topic    intent.Intent `json:"topic,omitempty"`    // of the last turn that found, advised or looked up something

	Search *wish            `json:"search,omitempty"`
	Past   []wish           `json:"past,omitempty"` // earlier searches for other things, the latest last
	Gift   *outfit.GiftWish `json:"gift,omitempty"`
	Outfit *outfitWish      `json:"outfit,omitempty"`
	Order  orderWish        `json:"order,omitzero"`
	Body   outfit.Body      `json:"body,omitzero"`
	Photo  string           `json:"photo,omitempty"` // the last one that was sent

	Focus string   `json:"focus,omitempty"` // the product that is talked about
	Shown []string `json:"shown,omitempty"` // products of the last answer that had any, in order
	Seen  []string `json:"seen,omitempty"`  // products shown on this topic

	Asked string   `json:"asked,omitempty"` // the slot of the last answer's question
	Posed []string `json:"posed,omitempty"` // all slots ever asked for, with their topic

	NoAnswer int `json:"no_answer,omitempty"` // turns in a row without an answer
	Unsure   int `json:"unsure,omitempty"`    // turns in a row of low confidence
}

// wish is a search that goes on: the request as understood so far and what it is like.
type wish struct {
	Asked     query.Query   `json:"asked"`
	Photo     string        `json:"photo,omitempty"`
	ProductID string        `json:"product_id,omitempty"`
	Intent    intent.Intent `json:"intent"` // search or similar
	// Price is what the buyer said of it, while «cheaper» or «dearer» stands in its place.
	Price *priceRange `json:"price,omitempty"`
}

// priceRange is from and to, in minor units; nil is open.
type priceRange struct{ Min, Max *int64 }

// outfitWish is an outfit that was advised.
type outfitWish struct {
	ProductID string            `json:"product_id,omitempty"` // the anchor: a product, a photo or words
	Photo     string            `json:"photo,omitempty"`
	Text      string            `json:"text,omitempty"`
	Set       string            `json:"set,omitempty"`
	Occasion  string            `json:"occasion,omitempty"`
	Season    string            `json:"season,omitempty"`
	Gender    string            `json:"gender,omitempty"`
	Budget    int64             `json:"budget,omitempty"`
	Pieces    map[string]string `json:"pieces,omitempty"` // product ids by slot, of the first outfit shown
}

// orderWish is what is known of the order that is talked about. The proof itself is
// not kept, only which order it opened.
type orderWish struct {
	Number string `json:"number,omitempty"`
	Act    string `json:"act,omitempty"`
	Proven string `json:"proven,omitempty"`
	Text   string `json:"text,omitempty"` // the request, until it can be taken
}

// Bounds of what is remembered.
const (
	maxSeen = catalog.MaxExcept
	maxPast = 4
	maxText = 500 // characters of a text that is kept for later turns
	maxRest = 200 // characters of what ranks
)

// firstRunes is the beginning of a text.
func firstRunes(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

// recall reads a conversation's memory.
func recall(c *conversation.Conversation) (*Memory, error) {
	m := &Memory{}
	if len(c.Memory) == 0 {
		m.Focus = c.Page.ProductID
		return m, nil
	}
	return m, json.Unmarshal(c.Memory, m)
}

// showed notes the products of an answer, in order. The only one becomes the focus.
func (m *Memory) showed(ids []string) {
	if len(ids) == 0 {
		return
	}
	m.Shown = ids
	for _, id := range ids {
		if !slices.Contains(m.Seen, id) {
			m.Seen = append(m.Seen, id)
		}
	}
	m.Seen = m.Seen[max(0, len(m.Seen)-maxSeen):]
	m.Focus = ""
	if len(ids) == 1 {
		m.Focus = ids[0]
	}
}

// newTopic forgets what was shown on another.
func (m *Memory) newTopic(topic intent.Intent) {
	m.Topic, m.Seen = topic, nil
}

// may tells whether a slot may be asked for on the topic: nothing is asked twice.
func (m *Memory) may(slot string) bool {
	return !slices.Contains(m.Posed, string(m.Topic)+" "+slot)
}

func (m *Memory) posed(slot string) {
	m.Asked = slot
	if slot != "" && m.may(slot) {
		m.Posed = append(m.Posed, string(m.Topic)+" "+slot)
	}
}

// leave puts the search aside, so that it can be taken up again.
func (m *Memory) leave() {
	if m.Search == nil || m.Search.Asked.Filters.Category == "" {
		return
	}
	m.Past = append(m.Past, *m.Search)
	m.Past = m.Past[max(0, len(m.Past)-maxPast):]
}

// earlier returns the search that a buyer goes back to: the latest for the category, or
// the latest at all; the last one only from another topic.
func (m *Memory) earlier(category string) *wish {
	all := m.Past
	if m.Search != nil && m.Topic != intent.Search && m.Topic != intent.Similar {
		all = append(slices.Clone(all), *m.Search)
	}
	for _, w := range slices.Backward(all) {
		if at := w.Asked.Filters.Category; category == "" || packs.IsA(at, category) || packs.IsA(category, at) {
			return &w
		}
	}
	return nil
}

// forget begins anew, but keeps the buyer's body, what was asked and the failures in a row.
func (m *Memory) forget() {
	*m = Memory{Turns: m.Turns, Language: m.Language, Body: m.Body, Posed: m.Posed, NoAnswer: m.NoAnswer, Unsure: m.Unsure}
}

// localeLanguage is the language of a locale: en or zh.
func localeLanguage(locale string) string {
	if strings.HasPrefix(strings.ToLower(locale), "zh") {
		return "zh"
	}
	return "en"
}
