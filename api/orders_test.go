package api

import (
	"fmt"
	"strings"
	"testing"

	"honeyguide/catalog/orders"
)

func TestOrders(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	made := call(t, "PUT", "/v1/orders/%23A%2F1001%20%E5%8D%95", k.sk, map[string]any{"id": "another", "status": "In transit", "carrier": "SF Express", "tracking": "SF1",
		"phone": "+86 138 0013 8000", "email": "Li@Example.com", "items": []any{map[string]any{"product_id": "7", "size": "M"}, map[string]any{"title": "Gift wrap", "quantity": 2}},
		"ordered_at": "2026-11-01T10:00:00+08:00", "eta": "2026-11-05"}).want(200)
	made.is("id", "#A/1001 单").is("status", "shipped").is("phone", "+8613800138000").is("email", "li@example.com").is("items.0.quantity", 1).is("items.1.title", "Gift wrap").
		is("ordered_at", "2026-11-01T10:00:00+08:00").is("eta", "2026-11-05")
	got := call(t, "GET", "/v1/orders/%23A%2F1001%20%E5%8D%95", k.sk, nil).want(200)
	if string(got.body) != string(made.body) {
		t.Errorf("put %s, got %s", made.body, got.body)
	}
	// What the API shows can be sent back.
	call(t, "PUT", "/v1/orders/%23A%2F1001%20%E5%8D%95", k.sk, string(got.body)).want(200).is("status", "shipped").is("phone", "+8613800138000")
	call(t, "PUT", "/v1/orders/bare", k.sk, map[string]any{"status": "已付款"}).want(200).is("status", "paid").is("items", []any{}).is("eta", "")

	other := makeStore(t, nil)
	for _, method := range []string{"GET", "DELETE"} {
		call(t, method, "/v1/orders/bare", other.sk, nil).problem(404, "not_found")
	}
	call(t, "PUT", "/v1/orders/bare", other.sk, map[string]any{"status": "refunded"}).want(200)
	call(t, "GET", "/v1/orders/bare", k.sk, nil).want(200).is("status", "paid")
	call(t, "DELETE", "/v1/orders/bare", k.sk, nil).want(204)
	call(t, "GET", "/v1/orders/bare", k.sk, nil).problem(404, "not_found")
	call(t, "DELETE", "/v1/orders/bare", k.sk, nil).problem(404, "not_found")
}

func TestOrderPages(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	for i := range 5 {
		call(t, "PUT", fmt.Sprint("/v1/orders/", i), k.sk, map[string]any{"status": "paid"}).want(200)
	}
	var ids []string
	for path, pages := "/v1/orders?limit=2", 1; ; pages++ {
		page := call(t, "GET", path, k.sk, nil).want(200)
		for i := range page.length("orders") {
			ids = append(ids, page.text(fmt.Sprintf("orders.%d.id", i)))
		}
		cursor := page.text("next_cursor")
		if cursor == "" {
			if pages != 3 || strings.Join(ids, "") != "01234" {
				t.Errorf("%d pages hold %v", pages, ids)
			}
			break
		}
		path = "/v1/orders?limit=2&cursor=" + cursor
	}
	call(t, "GET", "/v1/orders?cursor=nonsense", k.sk, nil).problem(422, "invalid").is("errors.0.location", "cursor")
}

// TestTradeKeys calls the operations of orders, promotions and tickets with every kind of key.
func TestTradeKeys(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	all := map[string]string{"ok": operatorKey, "sk": k.sk, "pk": k.pk, "ak": k.ak}
	for _, op := range []struct{ methods, path, kinds string }{
		{"GET", "/v1/orders", "sk"},
		{"GET PUT DELETE", "/v1/orders/1", "sk"},
		{"GET", "/v1/promotions", "sk"},
		{"GET PUT DELETE", "/v1/promotions/1", "sk"},
		{"GET", "/v1/tickets", "sk ak"},
		{"GET PATCH", "/v1/tickets/1", "sk ak"},
	} {
		for _, method := range strings.Fields(op.methods) {
			for kind, key := range all {
				a := call(t, method, op.path, key, nil)
				if allowed := strings.Contains(op.kinds, kind); allowed == (a.status == 403) {
					t.Errorf("%s with %s: %d", a.what, kind, a.status)
				}
			}
			call(t, method, op.path, "", nil).problem(401, "unauthenticated")
		}
	}
}

func TestTradeRefusals(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	for _, c := range []struct {
		method, path, body string
		status             int
		code, location     string
	}{
		{"PUT", "/v1/orders/1", `{}`, 422, "invalid", "status"},
		{"PUT", "/v1/orders/1", `{"status":"lost"}`, 422, "invalid", "status"},
		{"PUT", "/v1/orders/1", `{"status":"paid","phone":"12"}`, 422, "invalid", "phone"},
		{"PUT", "/v1/orders/1", `{"status":"paid","email":"me"}`, 422, "invalid", "email"},
		{"PUT", "/v1/orders/1", `{"status":"paid","items":[{}]}`, 422, "invalid", "items[0]"},
		{"PUT", "/v1/orders/1", `{"status":"paid","items":[{"title":"a","quantity":0}]}`, 422, "invalid", "items[0].quantity"},
		{"PUT", "/v1/orders/1", `{"status":"paid","eta":"soon"}`, 422, "invalid", "eta"},
		{"PUT", "/v1/orders/1", `{"status":"paid","store":"st_1"}`, 422, "invalid", "store"},
		{"PUT", "/v1/orders/%23", `{"status":"paid"}`, 422, "invalid", "id"},
		{"PUT", "/v1/orders/1", `{"status":`, 400, "malformed", ""},
		{"PUT", "/v1/promotions/1", `{}`, 422, "invalid", "title"},
		{"PUT", "/v1/promotions/1", `{"title":"a","percent":101}`, 422, "invalid", "percent"},
		{"PUT", "/v1/promotions/1", `{"title":"a","category":"spaceships"}`, 422, "invalid", "category"},
		{"PUT", "/v1/promotions/1", `{"title":"a","valid_from":"soon"}`, 422, "invalid", "valid_from"},
		{"PUT", "/v1/promotions/1", `{"title":"a","valid_from":"2026-11-11","valid_to":"2026-11-10"}`, 422, "invalid", "valid_to"},
		{"PUT", "/v1/promotions/1", `{"title":"a","minimum":{"amount":0}}`, 422, "invalid", "minimum.amount"},
		{"GET", "/v1/promotions?cursor=!", ``, 422, "invalid", "cursor"},
		{"GET", "/v1/tickets?cursor=!", ``, 422, "invalid", "cursor"},
		{"GET", "/v1/tickets?state=lost", ``, 422, "invalid", "state"},
		{"GET", "/v1/tickets?limit=0", ``, 422, "invalid", "limit"},
		{"PATCH", "/v1/tickets/tk_1", `{"state":"lost"}`, 422, "invalid", "state"},
		{"PATCH", "/v1/tickets/tk_1", `{"kind":"return"}`, 422, "invalid", "kind"},
		{"PATCH", "/v1/tickets/tk_1", `{"state":"done"}`, 404, "not_found", ""},
		{"PATCH", "/v1/store", `{"order_endpoint":{"url":"http://shop.example"}}`, 422, "invalid", "order_endpoint.url"},
		{"PATCH", "/v1/store", `{"order_endpoint":{"url":"https://shop.example"}}`, 422, "invalid", "order_endpoint.secret"},
		{"PATCH", "/v1/store", `{"order_endpoint":{"url":"https://shop.example","secret":"short"}}`, 422, "invalid", "order_endpoint.secret"},
	} {
		var send any
		if c.body != "" {
			send = c.body
		}
		a := call(t, c.method, c.path, k.sk, send).problem(c.status, c.code)
		if c.location != "" {
			a.is("errors.0.location", c.location)
		}
	}
}

func TestTickets(t *testing.T) {
	t.Parallel()
	k, other := makeStore(t, nil), makeStore(t, nil)
	var ids []string
	for _, kind := range []orders.TicketKind{orders.Return, orders.Chase, orders.Complaint} {
		made, opened, err := wired.options.Orders.OpenTicket(t.Context(), k.id, orders.Ticket{ConversationID: "c_1", OrderID: "1", Kind: kind, Text: "退货"})
		if err != nil || !opened {
			t.Fatal(opened, err)
		}
		ids = append(ids, made.ID)
	}
	path := "/v1/tickets/" + ids[0]
	call(t, "GET", path, k.ak, nil).want(200).is("kind", "return").is("state", "open").is("text", "退货").is("items", []any{}).is("order_id", "1").is("note", "")
	call(t, "PATCH", path, k.ak, `{"state":"done","note":"Label sent"}`).want(200).is("state", "done").is("note", "Label sent")
	call(t, "PATCH", path, k.sk, `{"note":""}`).want(200).is("state", "done").is("note", "")
	call(t, "GET", path, other.ak, nil).problem(404, "not_found")
	call(t, "PATCH", path, other.sk, `{"state":"open"}`).problem(404, "not_found")
	for query, n := range map[string]int{"": 3, "state=open": 2, "state=done": 1, "state=declined": 0, "conversation_id=c_2": 0, "conversation_id=c_1&state=open": 2} {
		if got := call(t, "GET", "/v1/tickets?"+query, k.ak, nil).want(200).length("tickets"); got != n {
			t.Errorf("%q lists %d, want %d", query, got, n)
		}
	}
	if got := call(t, "GET", "/v1/tickets", other.sk, nil).want(200).length("tickets"); got != 0 {
		t.Errorf("another store sees %d tickets", got)
	}
	first := call(t, "GET", "/v1/tickets?state=open&limit=1", k.ak, nil).want(200).is("tickets.0.id", ids[1])
	second := call(t, "GET", "/v1/tickets?state=open&limit=1&cursor="+first.text("next_cursor"), k.ak, nil).want(200).is("tickets.0.id", ids[2])
	second.is("next_cursor", "")
	if _, _, err := wired.options.Orders.OpenTicket(t.Context(), k.id, orders.Ticket{ConversationID: "c_1", OrderID: "1", Kind: orders.Return}); err != nil {
		t.Fatal(err)
	}
	call(t, "PATCH", path, k.ak, `{"state":"open"}`).problem(409, "conflict")
}

// The secret of an endpoint is taken, kept and never shown.
func TestOrderEndpoint(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	const secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
	if got := call(t, "GET", "/v1/store", k.sk, nil).want(200).at("order_endpoint"); got != nil {
		t.Errorf("a new store has the endpoint %v", got)
	}
	set := func(body string) *answer {
		t.Helper()
		a := call(t, "PATCH", "/v1/store", k.sk, body).want(200)
		if strings.Contains(string(a.body), "MDEy") {
			t.Fatalf("shown: %s", a.body)
		}
		return a
	}
	kept := func(url, want string) {
		t.Helper()
		store, err := wired.options.Catalog.Store(t.Context(), k.id)
		if err != nil || store.OrderEndpoint == nil || store.OrderEndpoint.URL != url || string(store.OrderEndpoint.Secret) != want {
			t.Errorf("kept %+v, %v", store.OrderEndpoint, err)
		}
	}
	set(`{"order_endpoint":{"url":"https://shop.example/orders","secret":"`+secret+`"}}`).is("order_endpoint.url", "https://shop.example/orders").is("order_endpoint.secret", "set")
	call(t, "GET", "/v1/store", k.sk, nil).want(200).is("order_endpoint.secret", "set")
	set(`{"order_endpoint":{"url":"https://shop.example/v2"}}`).is("order_endpoint.secret", "set")
	kept("https://shop.example/v2", secret)
	set(`{"order_endpoint":{"url":"https://shop.example/v3","secret":"set"}}`) // as it was shown
	kept("https://shop.example/v3", secret)
	set(`{"order_endpoint":{"secret":"another secret of the shop"}}`)
	kept("https://shop.example/v3", "another secret of the shop")
	set(`{"greeting":"hi"}`).is("order_endpoint.url", "https://shop.example/v3")
	if got := set(`{"order_endpoint":{"url":""}}`).at("order_endpoint"); got != nil {
		t.Errorf("without an address: %v", got)
	}
}
