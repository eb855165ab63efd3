package api

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestStores(t *testing.T) {
	t.Parallel()
	made := call(t, "POST", "/v1/stores", operatorKey, map[string]any{
		"name": "花店 & Co", "currency": "cny", "locale": "zh-CN", "packs": []string{}, "origins": []string{"https://flowers.example"},
	}).want(201)
	for path, pattern := range map[string]string{"id": "^st_", "keys.secret": "^sk_.{20}", "keys.publishable": "^pk_.{20}", "keys.agent": "^ak_.{20}"} {
		if !regexp.MustCompile(pattern).MatchString(made.text(path)) {
			t.Errorf("%s is %q", path, made.text(path))
		}
	}
	sk := made.text("keys.secret")
	store := call(t, "GET", "/v1/store", sk, nil).want(200)
	store.is("id", made.text("id")).is("name", "花店 & Co").is("currency", "CNY").is("locale", "zh-CN").is("origins.0", "https://flowers.example")
	changed := call(t, "PATCH", "/v1/store", sk, map[string]any{"greeting": "您好", "origins": []string{}}).want(200)
	changed.is("greeting", "您好").is("name", "花店 & Co").is("currency", "CNY")
	if changed.length("origins") != 0 {
		t.Errorf("origins: %s", changed.body)
	}
	call(t, "GET", "/v1/store", sk, nil).want(200).is("greeting", "您好")
}

func TestStoreRefusals(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	for _, c := range []struct {
		method, path, key, body string
		status                  int
		code, location          string
	}{
		{"POST", "/v1/stores", operatorKey, `{"currency":"USD"}`, 422, "invalid", "name"},
		{"POST", "/v1/stores", operatorKey, `{"name":"","currency":"USD"}`, 422, "invalid", "name"},
		{"POST", "/v1/stores", operatorKey, `{"name":"a","currency":"XXQ"}`, 422, "invalid", "currency"},
		{"POST", "/v1/stores", operatorKey, `{"name":"a","currency":"USD","locale":"!"}`, 422, "invalid", "locale"},
		{"POST", "/v1/stores", operatorKey, `{"name":"a","currency":"USD","origins":["shop"]}`, 422, "invalid", "origins"},
		{"POST", "/v1/stores", operatorKey, `{"name":"a","currency":"USD","color":"red"}`, 422, "invalid", "color"},
		{"POST", "/v1/stores", operatorKey, `{"name":5,"currency":"USD"}`, 422, "invalid", "name"},
		{"POST", "/v1/stores", operatorKey, `{"name":`, 400, "malformed", ""},
		{"POST", "/v1/stores", operatorKey, ``, 400, "malformed", ""},
		{"PATCH", "/v1/store", k.sk, `{"currency":"dollars"}`, 422, "invalid", "currency"},
		{"PATCH", "/v1/store", k.sk, `{"id":"st_other"}`, 422, "invalid", "id"},
		{"PATCH", "/v1/store", k.sk, `[]`, 422, "invalid", ""},
		{"PATCH", "/v1/store", k.sk, `{"greeting":"` + strings.Repeat("a", 5<<20) + `"}`, 413, "too_large", ""},
	} {
		a := call(t, c.method, c.path, c.key, c.body).problem(c.status, c.code)
		if c.location != "" {
			a.is("errors.0.location", c.location)
		}
	}
	call(t, "PATCH", "/v1/store", k.sk, "name=a", "Content-Type", "application/x-www-form-urlencoded").problem(415, "unsupported_media")
}

func TestProducts(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	put := func(body any) *answer {
		t.Helper()
		return call(t, "PATCH", "/v1/products", k.sk, body).want(200)
	}
	product := func(id, title, price string) map[string]any {
		return map[string]any{"id": id, "title": title, "price": price, "availability": "in_stock", "link": "https://shop.example/" + id, "color": "red"}
	}
	put(map[string]any{"products": []any{product("a", "Red dress", "59.00 USD"), product("红/1 ?", "红色连衣裙", "72.00 USD")}}).
		is("added", 2).is("failed", 0).is("errors", []any{})
	got := call(t, "GET", "/v1/products/a", k.pk, nil).want(200)
	got.is("title", "Red dress").is("price.amount", 5900).is("price.currency", "USD").is("sale_price", nil).is("availability", "in_stock").is("colors.0", "red")
	for _, list := range []string{"additional_image_links", "sizes"} {
		if got.length(list) != 0 {
			t.Errorf("%s: %v", list, got.at(list))
		}
	}
	if got.text("indexed_at") == "" || got.at("attributes") == nil {
		t.Errorf("not whole: %s", got.body)
	}
	call(t, "GET", "/v1/products/%E7%BA%A2%2F1%20%3F", k.pk, nil).want(200).is("id", "红/1 ?")
	call(t, "GET", "/v1/products/%E7%BA%A2%2F1%20%3F/similar", k.pk, nil).want(200)

	// What the API shows can be sent back.
	put(`{"products":[`+string(got.body)+`]}`).is("failed", 0).is("added", 0)
	call(t, "GET", "/v1/products/a", k.pk, nil).want(200).is("title", "Red dress").is("price.amount", 5900)

	faulty := put(map[string]any{"products": []any{product("b", "Blue dress", "1.00 USD"), product("c", "Dear dress", "cheap"), product("b", "Again", "2.00 USD"), map[string]any{"id": "d"}, "nonsense", product("", "No id", "1.00 USD")}})
	faulty.is("added", 1).is("failed", 5)
	if faulty.length("errors") != 5 {
		t.Fatalf("errors: %s", faulty.body)
	}
	lines := []string{}
	for i := range 5 {
		at := fmt.Sprintf("errors.%d.", i)
		lines = append(lines, fmt.Sprint(faulty.at(at+"line")))
		if faulty.text(at+"code") == "" || faulty.text(at+"message") == "" {
			t.Errorf("error %d says too little: %s", i, faulty.body)
		}
	}
	slices.Sort(lines)
	if strings.Join(lines, " ") != "2 3 4 5 6" {
		t.Errorf("errors of rows %s", lines)
	}
	put(map[string]any{"deletions": []any{map[string]any{"id": "b"}, map[string]any{"id": "never was"}}}).is("failed", 0)
	call(t, "GET", "/v1/products/b", k.sk, nil).problem(404, "not_found")
	call(t, "DELETE", "/v1/products/a", k.sk, nil).want(204)
	call(t, "DELETE", "/v1/products/a", k.sk, nil).problem(404, "not_found")
	call(t, "GET", "/v1/products/a", k.pk, nil).problem(404, "not_found")
}

// A product that was deleted stays deleted when an older version comes late.
func TestTombstones(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	version := func(v int) map[string]any {
		return map[string]any{"products": []any{map[string]any{"id": "a", "title": "Red dress", "price": "5.00 USD", "availability": "in_stock", "link": "https://s.example/a", "source_version": v}}}
	}
	call(t, "PATCH", "/v1/products", k.sk, version(3)).want(200).is("added", 1)
	call(t, "PATCH", "/v1/products", k.sk, map[string]any{"deletions": []any{map[string]any{"id": "a", "source_version": 7}}}).want(200).is("removed", 1)
	call(t, "PATCH", "/v1/products", k.sk, version(6)).want(200).is("added", 0)
	call(t, "GET", "/v1/products/a", k.sk, nil).problem(404, "not_found")
	call(t, "PATCH", "/v1/products", k.sk, version(8)).want(200)
	call(t, "GET", "/v1/products/a", k.sk, nil).want(200)
}

func TestProductRefusals(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	many := func(n int) []any {
		list := make([]any, n)
		for i := range list {
			list[i] = map[string]any{"id": fmt.Sprint(i)}
		}
		return list
	}
	for _, c := range []struct {
		body           any
		status         int
		code, location string
	}{
		{map[string]any{"products": many(1001)}, 422, "invalid", "products"},
		{map[string]any{"deletions": many(1001)}, 422, "invalid", "deletions"},
		{map[string]any{"products": "a"}, 422, "invalid", "products"},
		{map[string]any{"deletions": []any{map[string]any{"id": ""}}}, 422, "invalid", "deletions[0].id"},
		{map[string]any{"deletions": []any{map[string]any{"id": "a", "source_version": -1}}}, 422, "invalid", "deletions[0].source_version"},
		{map[string]any{"goods": many(1)}, 422, "invalid", "goods"},
		{`{"products":[`, 400, "malformed", ""},
		{``, 400, "malformed", ""},
	} {
		a := call(t, "PATCH", "/v1/products", k.sk, c.body).problem(c.status, c.code)
		if c.location != "" {
			a.is("errors.0.location", c.location)
		}
	}
}

func TestProductPages(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	syncFeed(t, k, "full", "f.csv", plain(25)).is("state", "done")
	var ids []string
	path := "/v1/products?limit=10"
	for range 3 {
		page := call(t, "GET", path, k.sk, nil).want(200)
		for i := range page.length("products") {
			ids = append(ids, page.text(fmt.Sprintf("products.%d.id", i)))
		}
		path = "/v1/products?limit=10&cursor=" + page.text("next_cursor")
		if (page.text("next_cursor") == "") != (len(ids) == 25) {
			t.Errorf("next_cursor %q after %d", page.text("next_cursor"), len(ids))
		}
	}
	if len(ids) != 25 || !slices.IsSorted(ids) || len(slices.Compact(ids)) != 25 {
		t.Errorf("pages hold %v", ids)
	}
	for _, c := range []struct{ query, location string }{
		{"cursor=nonsense!", "cursor"}, {"cursor=eHl6", "cursor"}, {"cursor=" + skipCursor(3), "cursor"},
		{"limit=0", "limit"}, {"limit=201", "limit"}, {"limit=ten", "limit"},
	} {
		call(t, "GET", "/v1/products?"+c.query, k.sk, nil).problem(422, "invalid").is("errors.0.location", c.location)
	}
	for _, cursor := range []string{"nonsense!", encodeCursor("a", "x"), encodeCursor("s", "-4"), encodeCursor("s", "x"), encodeCursor("s", "99999999999999999999")} {
		call(t, "GET", "/v1/jobs?cursor="+cursor, k.sk, nil).problem(422, "invalid").is("errors.0.location", "cursor")
	}
}

// A shop's own words for kinds of things are understood at once.
func TestNamesOfTheShop(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	call(t, "PATCH", "/v1/products", k.sk, `{"products":[{"id":"a","title":"Runner","price":"10 USD","product_type":"Shoes > Sneakers"}]}`).want(200)
	search := func() string {
		return call(t, "POST", "/v1/search", k.pk, `{"text":"zoomers"}`).want(200).text("understood.category")
	}
	if got := search(); got != "" {
		t.Fatalf("before: %q", got)
	}
	call(t, "PATCH", "/v1/store", k.sk, `{"names":{"shoes.sports":["zoomers","疾风鞋"]}}`).want(200)
	if got := search(); got != "shoes.sports" {
		t.Errorf("after: %q", got)
	}
	for _, body := range []string{`{"names":{"shoes.flying":["x-shoes"]}}`, `{"names":{"shoes":["x"]}}`} {
		call(t, "PATCH", "/v1/store", k.sk, body).problem(422, "invalid")
	}
}
