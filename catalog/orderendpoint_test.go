package catalog

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestOrderEndpoint(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	const secret = "sixteen bytes and more"
	set := func(e *OrderEndpoint) (Store, error) {
		return s.ChangeStore(ctx, s.store, func(set *Settings) { set.OrderEndpoint = e })
	}
	if _, err := set(&OrderEndpoint{URL: "https://shop.example/orders", Secret: secret}); err != nil {
		t.Fatal(err)
	}
	s.restart()
	if _, err := s.ChangeStore(ctx, s.store, func(set *Settings) { set.Greeting = "hi" }); err != nil {
		t.Fatal(err)
	}
	all, err := s.Stores(ctx)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := s.Store(ctx, s.store)
	for _, store := range []Store{kept, all[0]} {
		if err != nil || store.OrderEndpoint == nil || string(store.OrderEndpoint.Secret) != secret || store.OrderEndpoint.URL != "https://shop.example/orders" {
			t.Errorf("kept %+v, %v", store.OrderEndpoint, err)
		}
		shown, err := json.Marshal(store)
		text := fmt.Sprintf("%s %v %+v %#v", shown, *store.OrderEndpoint, *store.OrderEndpoint, *store.OrderEndpoint)
		if err != nil || strings.Contains(text, secret) || !strings.Contains(string(shown), `"secret":"set"`) {
			t.Errorf("shown as %s", text)
		}
	}
	if got, err := set(&OrderEndpoint{Secret: secret}); err != nil || got.OrderEndpoint != nil {
		t.Errorf("without an address: %+v, %v", got.OrderEndpoint, err)
	}
	if kept, err := s.Store(ctx, s.store); err != nil || kept.OrderEndpoint != nil {
		t.Errorf("kept %+v, %v", kept.OrderEndpoint, err)
	}
}

func TestOrderEndpointRefusals(t *testing.T) {
	whsec := func(n int) Secret {
		return Secret("whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", n))))
	}
	for _, c := range []struct {
		url    string
		secret Secret
		field  string
	}{
		{"https://shop.example/orders?a=b", whsec(24), ""},
		{"https://shop.example", "sixteen bytes ok", ""},
		{"http://localhost:8000/orders", whsec(24), ""},
		{"http://10.0.0.7/orders", whsec(24), ""},
		{"http://[::1]/orders", whsec(24), ""},
		{"http://shop.example/orders", whsec(24), "url"},
		{"http://8.8.8.8/orders", whsec(24), "url"},
		{"ftp://localhost/orders", whsec(24), "url"},
		{"https://me:pw@shop.example/orders", whsec(24), "url"},
		{"https://shop.example/orders#a", whsec(24), "url"},
		{"https:///orders", whsec(24), "url"},
		{"shop.example", whsec(24), "url"},
		{"https://%zz", whsec(24), "url"},
		{"https://shop.example/" + strings.Repeat("a", maxURL), whsec(24), "url"},
		{"https://shop.example", "", "secret"},
		{"https://shop.example", "set", "secret"},
		{"https://shop.example", whsec(15), "secret"},
		{"https://shop.example", "whsec_not base64 at all", "secret"},
		{"https://shop.example", Secret(strings.Repeat("a", maxSecret+1)), "secret"},
	} {
		err := (&OrderEndpoint{URL: c.url, Secret: c.secret}).validate()
		var f *FieldError
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", c.url, err)
		case c.field != "" && (!errors.As(err, &f) || f.Field != "order_endpoint."+c.field):
			t.Errorf("%s with %d bytes: %v, want a FieldError of %s", c.url, len(c.secret), err, c.field)
		case err != nil && c.secret != "" && c.secret != "set" && strings.Contains(err.Error(), string(c.secret)):
			t.Errorf("the error tells the secret: %v", err)
		}
	}
}
