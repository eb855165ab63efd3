package api

import (
	"fmt"
	"testing"
	"time"

	"honeyguide/catalog/promotions"
)

func TestPromotions(t *testing.T) {
	t.Parallel()
	k, other := makeStore(t, map[string]any{"currency": "CNY"}), makeStore(t, nil)
	path := "/v1/promotions/%E5%8F%8C11%2F1"
	made := call(t, "PUT", path, k.sk, map[string]any{"title": "双十一", "description": "满300减40", "category": "tops", "percent": 20, "code": "D11", "minimum": map[string]any{"amount": 30000},
		"valid_from": "2026-11-01", "valid_to": "2026-11-11", "product_ids": []string{"7"}, "translations": map[string]any{"en": map[string]any{"title": "Double 11"}}}).want(200)
	made.is("id", "双11/1").is("percent", 20).is("minimum.currency", "CNY").is("valid_from", "2026-11-01T00:00:00Z").is("valid_to", "2026-11-11T23:59:59Z").
		is("product_ids.0", "7").is("translations.en.title", "Double 11")
	got := call(t, "GET", path, k.sk, nil).want(200)
	if string(got.body) != string(made.body) {
		t.Errorf("put %s, got %s", made.body, got.body)
	}
	// What the API shows can be sent back, also when it has no dates.
	call(t, "PUT", path, k.sk, string(got.body)).want(200).is("valid_to", "2026-11-11T23:59:59Z")
	bare := call(t, "PUT", "/v1/promotions/bare", k.sk, `{"title":"Free shipping"}`).want(200).is("valid_from", nil).is("percent", 0).is("product_ids", []any{}).is("minimum", nil)
	call(t, "PUT", "/v1/promotions/bare", k.sk, string(bare.body)).want(200).is("valid_to", nil)
	call(t, "PUT", "/v1/promotions/zone", k.sk, `{"title":"a","valid_from":"2026-11-11T00:00:00+08:00"}`).want(200)

	now, err := wired.options.Promotions.Current(t.Context(), k.id, time.Date(2026, 11, 11, 23, 0, 0, 0, time.UTC), promotions.About{ProductID: "7"})
	if err != nil || len(now) != 3 || now[0].ID != "双11/1" {
		t.Errorf("current: %+v, %v", now, err)
	}
	for _, method := range []string{"GET", "DELETE"} {
		call(t, method, "/v1/promotions/bare", other.sk, nil).problem(404, "not_found")
	}
	call(t, "DELETE", "/v1/promotions/bare", k.sk, nil).want(204)
	call(t, "GET", "/v1/promotions/bare", k.sk, nil).problem(404, "not_found")
	call(t, "DELETE", "/v1/promotions/bare", k.sk, nil).problem(404, "not_found")
}

func TestPromotionPages(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	for i := range 3 {
		call(t, "PUT", fmt.Sprint("/v1/promotions/", i), k.sk, `{"title":"a"}`).want(200)
	}
	first := call(t, "GET", "/v1/promotions?limit=2", k.sk, nil).want(200).is("promotions.1.id", "1")
	second := call(t, "GET", "/v1/promotions?limit=2&cursor="+first.text("next_cursor"), k.sk, nil).want(200).is("promotions.0.id", "2").is("next_cursor", "")
	if second.length("promotions") != 1 {
		t.Errorf("last page: %s", second.body)
	}
}
