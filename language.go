package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/assistant/llm"
	"honeyguide/catalog/fetch"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
	"honeyguide/desk"
)

// Language says where a language model is. Without an address the assistant speaks
// in its own phrases.
type Language struct {
	URL         string        `help:"Base address of an OpenAI-compatible API, such as https://api.openai.com/v1; empty: none." name:"url" env:"HONEYGUIDE_LLM_URL,OPENAI_BASE_URL"`
	Key         string        `help:"Its key." env:"HONEYGUIDE_LLM_KEY,OPENAI_API_KEY"`
	Model       string        `help:"The model that phrases answers." env:"HONEYGUIDE_LLM_MODEL" default:"gpt-4o-mini"`
	FirstWords  time.Duration `help:"How long to wait for its first sentence before the assistant's own words are sent." env:"HONEYGUIDE_LLM_FIRST_WORDS" default:"2s"`
	DailyTokens int64         `help:"Tokens that a store may use in a day; 0: any number." env:"HONEYGUIDE_LLM_DAILY_TOKENS" default:"1000000"`
	PriceIn     float64       `help:"What a million tokens sent cost, for the count of costs." env:"HONEYGUIDE_LLM_PRICE_IN"`
	PriceOut    float64       `help:"What a million tokens received cost." env:"HONEYGUIDE_LLM_PRICE_OUT"`
	Speech      string        `help:"The model that writes down what buyers say, such as whisper-1; empty: none." env:"HONEYGUIDE_LLM_SPEECH"`
}

// Validate names every setting that cannot be used.
func (l *Language) Validate() error {
	var errs []error
	if l.URL == "" && l.Speech != "" {
		errs = append(errs, errors.New("--llm-speech: needs --llm-url, the address of the API"))
	}
	if u, err := url.Parse(l.URL); l.URL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		errs = append(errs, fmt.Errorf("--llm-url: %q is no address, such as https://api.openai.com/v1", l.URL))
	}
	if l.URL != "" && strings.TrimSpace(l.Model) == "" {
		errs = append(errs, errors.New("--llm-model: name the model"))
	}
	if l.FirstWords < 100*time.Millisecond || l.FirstWords > time.Minute {
		errs = append(errs, errors.New("--llm-first-words: must be 100ms to 1m"))
	}
	if l.DailyTokens < 0 || l.PriceIn < 0 || l.PriceOut < 0 {
		errs = append(errs, errors.New("--llm-daily-tokens, --llm-price-in and --llm-price-out: must not be below 0"))
	}
	return errors.Join(errs...)
}

// LogValue shows the settings without the key.
func (l *Language) LogValue() slog.Value {
	if l.URL == "" {
		return slog.StringValue("none")
	}
	return slog.GroupValue(slog.String("url", l.URL), slog.String("model", l.Model), slog.String("speech", l.Speech), slog.Int64("daily_tokens", l.DailyTokens))
}

// openTalking opens the data folder with all that conversations need.
func (c *Config) openTalking(ctx context.Context, log *slog.Logger) (*app, error) {
	a, err := c.open(ctx, log)
	if err != nil {
		return nil, err
	}
	if err := a.talk(&c.Language, log); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// talk adds to the app what conversations need.
func (a *app) talk(l *Language, log *slog.Logger) error {
	a.records = conversation.Open(a.db)
	a.orders = orders.Open(orders.Options{DB: a.db, Store: a.catalog.Store, Transport: fetch.Transport(fetch.Options{})})
	a.promotions = promotions.Open(a.db, a.catalog.Packs())
	a.desk = desk.New(desk.Options{Catalog: a.catalog, Records: a.records, Orders: a.orders, Log: log})
	var model *llm.Model
	if l.URL != "" {
		var err error
		model, err = llm.Open(llm.Options{BaseURL: l.URL, Key: l.Key, Model: l.Model, Price: llm.Price{In: l.PriceIn, Out: l.PriceOut},
			FirstWords: l.FirstWords, DailyTokens: l.DailyTokens, DB: a.db, Log: log})
		if err != nil {
			return err
		}
		if l.Speech != "" {
			if a.voice, err = llm.OpenVoice(llm.VoiceOptions{BaseURL: l.URL, Key: l.Key, Model: l.Speech}); err != nil {
				return err
			}
		}
	}
	var err error
	a.assistant, err = assistant.New(assistant.Options{Catalog: a.catalog, Records: a.records, Orders: a.orders, Promotions: a.promotions, Model: model, Log: log})
	return err
}
