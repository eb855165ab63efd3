// Package assistant answers a buyer's turn: it understands it with what was said
// before, acts on the store's records, and phrases what they say.
package assistant

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/text/language"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/intent"
	"honeyguide/assistant/llm"
	"honeyguide/assistant/slot"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
	"honeyguide/outfit"
)

// Options are the parts an Assistant is made of. All are needed, but for those said otherwise.
type Options struct {
	Catalog    *catalog.Catalog
	Records    *conversation.Records
	Orders     *orders.Orders
	Promotions *promotions.Promotions
	Model      *llm.Model       // nil: phrases alone
	Now        func() time.Time // nil: time.Now
	Log        *slog.Logger     // nil: slog.Default()
}

// Assistant answers buyers of all stores. It is safe for concurrent use.
type Assistant struct {
	catalog    *catalog.Catalog
	records    *conversation.Records
	orders     *orders.Orders
	promotions *promotions.Promotions
	model      *llm.Model
	now        func() time.Time
	log        *slog.Logger

	classifier *intent.Classifier
	phrases    phrases
	advisor    *outfit.Advisor
	giver      *outfit.Giver
	sizer      *outfit.Sizer
}

// New makes an Assistant. An error means that the build is broken.
func New(o Options) (*Assistant, error) {
	a := &Assistant{catalog: o.Catalog, records: o.Records, orders: o.Orders, promotions: o.Promotions, model: o.Model, now: o.Now, log: o.Log,
		advisor: outfit.New(o.Catalog.Packs()), giver: outfit.NewGiver(o.Catalog.Packs()), sizer: outfit.NewSizer(o.Catalog.Packs())}
	if a.now == nil {
		a.now = time.Now
	}
	if a.log == nil {
		a.log = slog.Default()
	}
	var err error
	if a.phrases, err = readPhrases(); err != nil {
		return nil, err
	}
	a.classifier, err = intent.Load()
	slot.Read("", a.now()) // makes its lexicon now rather than in the first buyer's turn
	return a, err
}

// Start is how a conversation begins.
type Start struct {
	Locale string              `json:"locale,omitempty"`
	Buyer  conversation.Person `json:"buyer,omitempty"`
	Page   conversation.Page   `json:"page,omitempty"`
}

// Opening is a conversation that has begun.
type Opening struct {
	ID       string   `json:"id"`
	Token    string   `json:"token" doc:"Proves the buyer on further calls, as X-Conversation-Token; shown once"`
	Greeting string   `json:"greeting"`
	Chips    []string `json:"chips" nullable:"false"`
}

// Begin opens a conversation of a store. A field that cannot be is a catalog.FieldError.
func (a *Assistant) Begin(ctx context.Context, storeID string, s Start) (*Opening, error) {
	store, err := a.catalog.Store(ctx, storeID)
	if err != nil {
		return nil, err
	}
	if s.Locale == "" {
		s.Locale = store.Locale
	} else if _, err := language.Parse(s.Locale); err != nil {
		return nil, &catalog.FieldError{Field: "locale", Message: fmt.Sprintf("%q is no language tag, such as en or zh-CN", s.Locale)}
	}
	if s.Page.ProductID != "" {
		if _, err := a.catalog.Product(ctx, storeID, s.Page.ProductID); isNotFound(err) {
			s.Page.ProductID = "" // a page may be older than the catalogue; it is no reason not to talk
		} else if err != nil {
			return nil, err
		}
	}
	talk, token, err := a.records.Begin(ctx, storeID, conversation.Conversation{Locale: s.Locale, Buyer: s.Buyer, Page: s.Page})
	if err != nil {
		return nil, err
	}
	speaks := localeLanguage(s.Locale)
	greeting := store.Greeting
	if greeting == "" {
		greeting = a.phrases.say(speaks, "greeting", 0, "store", store.Name)
	}
	o := &Opening{ID: talk.ID, Token: token, Greeting: greeting}
	for _, key := range firstChips(s.Page.ProductID != "") {
		o.Chips = append(o.Chips, a.phrases.say(speaks, key, 0))
	}
	return o, nil
}

// firstChips are what may be said first.
func firstChips(aboutProduct bool) []string {
	if aboutProduct {
		return []string{"chip-size", "photo-chip-outfit", "chip-instock", "chip-other-color"}
	}
	return []string{"chip-gift", "chip-order", "chip-promotion", "chip-person"}
}
