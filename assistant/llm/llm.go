// Package llm phrases answers with a language model: any endpoint that speaks
// OpenAI's chat completions. A model only says better what a draft says already.
// Nothing that it says reaches a buyer before the truth gate (package truth) has
// found every fact of it in a record of the turn, and a model that is slow,
// silent, failing or lying costs a turn nothing but the better words.
package llm

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sashabaranov/go-openai"

	"honeyguide/assistant/llm/truth"
	"honeyguide/breaker"
	"honeyguide/catalog"
	"honeyguide/db"
)

// Failures that callers tell apart. Each means that the draft is the answer.
var (
	// ErrSilent: no first words in time.
	ErrSilent = errors.New("the language model said nothing in time")
	// ErrCapped: the store's tokens of the day are used up.
	ErrCapped = errors.New("the store's language model tokens of the day are used up")
	// ErrUnavailable: the endpoint refused, failed, or did lately and is left alone for a while.
	ErrUnavailable = errors.New("the language model is not available")
	// ErrGated: nothing that the model said was held by the turn's records.
	ErrGated = errors.New("nothing that the language model said was true")
)

// Options say where the model is and what it may use. Zero fields take the defaults.
type Options struct {
	BaseURL     string // such as https://api.openai.com/v1 or http://127.0.0.1:11434/v1
	Key         string // of the endpoint; never logged
	Model       string
	Price       Price
	FirstWords  time.Duration // until the first sentence that passed the gate; default 2 s
	Whole       time.Duration // for everything; default 12 s
	DailyTokens int64         // of a store in a UTC day; 0: no cap
	AtOnce      int           // calls at the same time; default 8
	DB          *db.DB
	HTTP        *http.Client     // nil: one of its own; its Timeout should be zero
	Log         *slog.Logger     // nil: slog.Default
	Now         func() time.Time // nil: time.Now
}

// Price is what an endpoint charges for a million tokens, in a currency of the
// operator's choice. The zero Price charges nothing.
type Price struct{ In, Out float64 }

// Model is a language model at an endpoint. It is safe for concurrent use.
type Model struct {
	o      Options
	client *openai.Client
	places chan struct{} // one for each call at the same time
	rest   breaker.Breaker
	format atomic.Int32 // what the endpoint is known to take, a format

	mu       sync.Mutex
	reserved map[string]int64 // tokens of running calls, by store
}

// Fact is a record of this turn.
type Fact struct {
	Kind string // product, faq, order, promotion, size, store, outfit, ticket …
	ID   string
	Text string // JSON as the API shows it, money in minor units with its currency; or plain words
}

// Line is something said before, the oldest first.
type Line struct {
	Role string // buyer, bot or agent
	Text string
}

// Request is a turn to be phrased.
type Request struct {
	StoreID, StoreName string
	Persona            string // how the store wants to sound, in its own words
	Language           string // of the answer: en or zh
	Intent             string
	History            []Line
	Question           string // what the buyer said
	Draft              string // the answer as it stands: all of it is true
	Facts              []Fact
	MayAsk             bool      // the answer may ask the buyer something that the draft does not ask
	Now                time.Time // of the turn, in the store's time zone; zero: Options.Now
}

// Phrased is an answer in the model's words.
type Phrased struct {
	Text    string
	Usage   Usage  // of this call
	Dropped []Drop // what the model said and nobody heard
	Cut     bool   // the model did not get to its end
}

// Drop is a sentence that the gate held back.
type Drop struct {
	Text string
	Why  truth.Fault
}

// Open makes a Model of an endpoint. It does not call it. An option that cannot
// be is a catalog.FieldError.
func Open(o Options) (*Model, error) {
	if err := checkEndpoint(o.BaseURL, o.Model); err != nil {
		return nil, err
	}
	if o.DB == nil {
		return nil, errors.New("language model: no database")
	}
	if o.DailyTokens < 0 || o.Price.In < 0 || o.Price.Out < 0 || o.FirstWords < 0 || o.Whole < 0 || o.AtOnce < 0 {
		return nil, &catalog.FieldError{Field: "language model", Message: "prices, tokens, times and calls cannot be below zero"}
	}
	if o.FirstWords == 0 {
		o.FirstWords = 2 * time.Second
	}
	if o.Whole == 0 {
		o.Whole = 12 * time.Second
	}
	if o.AtOnce == 0 {
		o.AtOnce = 8
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	m := &Model{o: o, places: make(chan struct{}, o.AtOnce), reserved: map[string]int64{}}
	m.client = clientOf(o.BaseURL, o.Key, o.HTTP)
	return m, nil
}

// checkEndpoint names what of an endpoint cannot be. Private addresses can: the
// operator sets them, and models often run next door.
func checkEndpoint(base, model string) error {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return &catalog.FieldError{Field: "base_url", Message: "must be an http or https address such as https://api.openai.com/v1"}
	}
	if u.User != nil {
		return &catalog.FieldError{Field: "base_url", Message: "must not hold a password; use the key"}
	}
	if strings.TrimSpace(model) == "" {
		return &catalog.FieldError{Field: "model", Message: "must name a model of the endpoint"}
	}
	return nil
}

// String hides the key.
func (o Options) String() string { return fmt.Sprintf("%s at %s", o.Model, o.BaseURL) }
