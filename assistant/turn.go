package assistant

import (
	"context"
	"encoding/json"
	"image"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/intent"
	"honeyguide/assistant/llm"
	"honeyguide/assistant/slot"
	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/embed/photo"
	"honeyguide/outfit"
)

// Message is what a buyer sends.
type Message struct {
	Text      string        `json:"text"`
	ImageIDs  []string      `json:"image_ids"`
	AudioID   string        `json:"audio_id"`
	Region    *photo.Region `json:"region"`     // of the last photo
	ProductID string        `json:"product_id"` // that the message is about, such as the one on the page
	ClientID  string        `json:"client_id"`
}

// Event is a part of a reply while it is made: status {"status"}, text {"delta"},
// products {"products"}.
type Event struct {
	Kind string
	Data json.RawMessage
}

// turn is one message on its way to its reply.
type turn struct {
	*Assistant
	store  catalog.Store
	talk   conversation.Conversation
	memory *Memory
	sent   Message
	now    time.Time
	tell   func(Event)

	// What was read, see read.
	language string
	asked    query.Query
	giving   outfit.GiftWish
	slots    slot.Slots
	body     map[string]float64
	guesses  []intent.Guess
	picture  *image.NRGBA
	pointed  string // the product shown that is meant by its color

	found *catalog.FAQAnswer // see answers

	// What is answered.
	reply *Reply
	draft []sentence
	facts []llm.Fact
	begun time.Time
}

// sentence is a part of an answer. What stands in a list begins a line.
type sentence struct {
	text   string
	listed bool
}

// say adds a phrase to the answer.
func (t *turn) say(key string, pairs ...string) { t.put(t.phrase(key, pairs...)) }

// list adds a phrase to the answer on a line of its own.
func (t *turn) list(key string, pairs ...string) {
	t.put(t.phrase(key, pairs...))
	t.draft[len(t.draft)-1].listed = true
}

// put adds words to the answer and sees that they end as sentences do.
func (t *turn) put(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if last, _ := utf8.DecodeLastRuneInString(text); unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune("\"”)）%", last) {
		text += t.either(".", "。")
	}
	t.draft = append(t.draft, sentence{text: text})
}

func (t *turn) phrase(key string, pairs ...string) string {
	return t.phrases.say(t.language, key, t.memory.Turns, pairs...)
}

// chip offers something to say next.
func (t *turn) chip(key string, pairs ...string) {
	t.reply.Chips = append(t.reply.Chips, t.phrase(key, pairs...))
}

// ask makes a slot the question of this answer. A slot is asked for once on a topic; ask
// tells whether it may be.
func (t *turn) ask(slot, key string, pairs ...string) bool {
	if !t.memory.may(slot) {
		return false
	}
	t.say(key, pairs...)
	t.reply.Asked = slot
	return true
}

// askWhich asks which product is meant; who was asked that before is told what would help.
func (t *turn) askWhich(slot, key string) {
	if !t.ask(slot, key) {
		t.failed()
		t.say("need-product")
		t.chip("chip-person")
	}
}

// source names a record that the answer rests on.
func (t *turn) source(kind, id, title string) {
	t.reply.Sources = append(t.reply.Sources, Source{kind, id, title})
}

// know gives a record to the language model, which may say nothing else.
func (t *turn) know(kind, id string, record any) {
	if t.model == nil {
		return
	}
	if text, ok := record.(string); ok {
		t.facts = append(t.facts, llm.Fact{Kind: kind, ID: id, Text: text})
		return
	}
	data, err := json.Marshal(record)
	if err != nil {
		return // records are plain data
	}
	t.facts = append(t.facts, llm.Fact{Kind: kind, ID: id, Text: string(data)})
}

// status tells the buyer's page what is being done.
func (t *turn) status(what string) { t.emit("status", map[string]string{"status": what}) }

func (t *turn) emit(kind string, data any) {
	if t.tell == nil {
		return
	}
	if encoded, err := json.Marshal(data); err == nil {
		t.tell(Event{Kind: kind, Data: encoded})
	}
}

// show adds products to the answer and to what the buyer has seen.
func (t *turn) show(found []catalog.Found) {
	t.reply.Products = found
	ids := make([]string, len(found))
	for i := range found {
		ids[i] = found[i].Product.ID
		t.source("product", ids[i], found[i].Product.Title)
		t.know("product", ids[i], factsOf(&found[i].Product))
	}
	t.memory.showed(ids)
	if len(found) > 0 {
		t.emit("products", map[string]any{"products": found})
	}
}

// product loads a product of the store; nil where there is none.
func (t *turn) product(ctx context.Context, id string) (*catalog.Product, error) {
	if id == "" {
		return nil, nil
	}
	p, err := t.catalog.Product(ctx, t.store.ID, id)
	if isNotFound(err) {
		return nil, nil
	}
	return &p, err
}

func count(n int) string { return strconv.Itoa(n) }

func (t *turn) english() bool { return t.language == "en" }
