package catalog

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestSettingsNameWhatIsWrong(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	good := Settings{Name: " Shop 店 ", Currency: "usd", Locale: "zh-CN", Origins: []string{"https://shop.example", "http://localhost:3000", "*"}}
	made, err := s.NewStore(ctx, good)
	if err != nil || made.Name != "Shop 店" || made.Currency != "USD" || made.Packs == nil {
		t.Fatalf("got %+v, %v", made, err)
	}
	for name, test := range map[string]struct {
		change func(*Settings)
		field  string
	}{
		"no name":         {func(s *Settings) { s.Name = "  " }, "name"},
		"long name":       {func(s *Settings) { s.Name = strings.Repeat("店", 100) }, "name"},
		"no currency":     {func(s *Settings) { s.Currency = "" }, "currency"},
		"odd currency":    {func(s *Settings) { s.Currency = "dollars" }, "currency"},
		"odd locale":      {func(s *Settings) { s.Locale = "english please" }, "locale"},
		"no locale":       {func(s *Settings) { s.Locale = "" }, "locale"},
		"long greeting":   {func(s *Settings) { s.Greeting = strings.Repeat("hi ", 1000) }, "greeting"},
		"many origins":    {func(s *Settings) { s.Origins = make([]string, 101) }, "origins"},
		"path":            {func(s *Settings) { s.Origins = []string{"https://shop.example/"} }, "origins"},
		"query":           {func(s *Settings) { s.Origins = []string{"https://shop.example?x=1"} }, "origins"},
		"user":            {func(s *Settings) { s.Origins = []string{"https://me@shop.example"} }, "origins"},
		"bare host":       {func(s *Settings) { s.Origins = []string{"shop.example"} }, "origins"},
		"capital letters": {func(s *Settings) { s.Origins = []string{"https://Shop.example"} }, "origins"},
	} {
		t.Run(name, func(t *testing.T) {
			set := good
			test.change(&set)
			var field *FieldError
			if _, err := s.NewStore(ctx, set); !errors.As(err, &field) || field.Field != test.field || !errors.Is(err, ErrInvalid) {
				t.Errorf("new store: %v, want a FieldError of %s", err, test.field)
			}
			if _, err := s.ChangeStore(ctx, made.ID, test.change); !errors.As(err, &field) || field.Field != test.field {
				t.Errorf("change: %v, want a FieldError of %s", err, test.field)
			}
			if now, err := s.Store(ctx, made.ID); err != nil || now.Name != made.Name || len(now.Origins) != 3 {
				t.Errorf("a refused change left %+v, %v", now, err)
			}
		})
	}
}

func TestChangeStore(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	changed, err := s.ChangeStore(ctx, s.store, func(set *Settings) {
		set.Name, set.Greeting, set.Origins, set.Packs = "New name", "您好", []string{"https://shop.example"}, nil
	})
	if err != nil || changed.Name != "New name" || changed.ID != s.store || changed.Packs == nil {
		t.Fatalf("got %+v, %v", changed, err)
	}
	s.restart()
	kept, err := s.Store(ctx, s.store)
	if err != nil || kept.Greeting != "您好" || !kept.CreatedAt.Equal(changed.CreatedAt) {
		t.Errorf("kept %+v, %v", kept, err)
	}
	if !kept.Allows("https://shop.example") || kept.Allows("https://shop.example.evil.example") || kept.Allows("") {
		t.Error("origins are compared wrongly")
	}
	var field *FieldError
	if _, err := s.ChangeStore(ctx, s.store, func(set *Settings) { set.Currency = "EUR" }); !errors.As(err, &field) || field.Field != "currency" {
		t.Errorf("another currency: %v", err)
	}
	if _, err := s.ChangeStore(ctx, "st_none", func(*Settings) {}); !errors.Is(err, ErrNotFound) {
		t.Errorf("no store: %v", err)
	}
	if _, err := s.Store(ctx, "st_none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("no store: %v", err)
	}
	second, err := s.NewStore(ctx, Settings{Name: "Second", Currency: "EUR", Locale: "de"})
	if err != nil {
		t.Fatal(err)
	}
	if all, err := s.Stores(ctx); err != nil || len(all) != 2 || all[1].ID != second.ID {
		t.Errorf("stores %v, %v", all, err)
	}
}
