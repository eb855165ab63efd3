package api

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// TestKeys calls every operation with every kind of key.
func TestKeys(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	all := map[string]string{"ok": operatorKey, "sk": k.sk, "pk": k.pk, "ak": k.ak}
	for _, op := range []struct{ method, path, kinds string }{
		{"POST", "/v1/stores", "ok"},
		{"GET", "/v1/store", "sk"},
		{"PATCH", "/v1/store", "sk"},
		{"POST", "/v1/feeds", "sk"},
		{"GET", "/v1/jobs", "sk"},
		{"GET", "/v1/jobs/job_1", "sk"},
		{"POST", "/v1/jobs/job_1/confirm", "sk"},
		{"POST", "/v1/jobs/job_1/cancel", "sk"},
		{"PATCH", "/v1/products", "sk"},
		{"GET", "/v1/products", "sk"},
		{"GET", "/v1/products/1", "sk pk"},
		{"DELETE", "/v1/products/1", "sk"},
		{"GET", "/v1/products/1/similar", "sk pk"},
		{"POST", "/v1/search", "sk pk"},
		{"POST", "/v1/images", "sk pk"},
		{"POST", "/v1/embeddings", "sk"},
		{"GET", "/v1/faqs", "sk"},
		{"POST", "/v1/faqs", "sk"},
		{"POST", "/v1/faqs/import", "sk"},
		{"GET", "/v1/faqs/export", "sk"},
		{"POST", "/v1/faqs/match", "sk pk"},
		{"GET", "/v1/faqs/1", "sk"},
		{"PUT", "/v1/faqs/1", "sk"},
		{"DELETE", "/v1/faqs/1", "sk"},
		{"POST", "/v1/conversations", "sk pk"},
		{"POST", "/v1/audio", "sk pk"},
		{"GET", "/v1/images/img_1", "sk pk ak"},
		{"GET", "/v1/desk/conversations", "sk ak"},
		{"GET", "/v1/desk/conversations/c_1", "sk ak"},
		{"POST", "/v1/desk/conversations/c_1/claim", "sk ak"},
		{"POST", "/v1/desk/conversations/c_1/suggestions/sg_1", "sk ak"},
		{"GET", "/v1/desk/pending-faqs", "sk ak"},
		{"POST", "/v1/desk/pending-faqs/faq_1/approve", "sk ak"},
		{"POST", "/v1/desk/pending-faqs/faq_1/reject", "sk ak"},
		{"GET", "/v1/insights/gaps", "sk"},
		{"POST", "/v1/insights/gaps/g_1/answer", "sk"},
	} {
		for kind, key := range all {
			a := call(t, op.method, op.path, key, nil)
			if strings.Contains(op.kinds, kind) {
				if a.status == 401 || a.status == 403 {
					t.Errorf("%s with %s: %d", a.what, kind, a.status)
				}
				continue
			}
			a.problem(403, "forbidden")
		}
		for _, header := range []string{"", "Bearer", "Bearer ", "Basic c2tfOng=", "Bearer sk_unknownunknownunknown", "Bearer " + strings.ToUpper(k.sk)} {
			a := call(t, op.method, op.path, "", nil, "Authorization", header).problem(401, "unauthenticated")
			if a.header.Get("WWW-Authenticate") != "Bearer" {
				t.Errorf("%s: WWW-Authenticate %q", a.what, a.header.Get("WWW-Authenticate"))
			}
			if strings.Contains(string(a.body), "sk_unknown") {
				t.Error("the answer repeats the key")
			}
		}
	}
}

func TestOtherStores(t *testing.T) {
	t.Parallel()
	mine, theirs := newShop(t), makeStore(t, nil)
	job := call(t, "GET", "/v1/jobs", mine.sk, nil).text("jobs.0.id")
	photo := call(t, "POST", "/v1/images", mine.pk, newForm().file("image", "a.jpg", picture(red))).want(201).text("id")
	for _, c := range []struct {
		method, path string
		body         any
	}{
		{"GET", "/v1/products/d1", nil},
		{"DELETE", "/v1/products/d1", nil},
		{"GET", "/v1/products/d1/similar", nil},
		{"GET", "/v1/jobs/" + job, nil},
		{"POST", "/v1/jobs/" + job + "/confirm", nil},
		{"POST", "/v1/jobs/" + job + "/cancel", nil},
		{"POST", "/v1/search", map[string]any{"image_id": photo}},
		{"POST", "/v1/search", map[string]any{"product_id": "d1"}},
	} {
		call(t, c.method, c.path, theirs.sk, c.body).problem(404, "not_found")
	}
	call(t, "GET", "/v1/products/d1", mine.sk, nil).want(200)
	found := call(t, "POST", "/v1/search", theirs.pk, map[string]any{"text": "red dress", "store": mine.id})
	found.problem(422, "invalid").is("errors.0.location", "store")
	if got := call(t, "POST", "/v1/search", theirs.pk, map[string]any{"text": "red dress"}).want(200).length("products"); got != 0 {
		t.Errorf("an empty store shows %d products", got)
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	k := makeStore(t, map[string]any{"origins": []string{"https://shop.example"}})
	open := makeStore(t, map[string]any{"origins": []string{"*"}})
	search := map[string]any{"text": "dress"}
	for _, c := range []struct {
		name, key, origin string
		status            int
		allowed           string
	}{
		{"no origin", k.pk, "", 200, ""},
		{"the store's", k.pk, "https://shop.example", 200, "https://shop.example"},
		{"another", k.pk, "https://evil.example", 403, ""},
		{"another scheme", k.pk, "http://shop.example", 403, ""},
		{"a name that begins alike", k.pk, "https://shop.example.evil.example", 403, ""},
		{"none at all", k.pk, "null", 403, ""},
		{"this server's", k.pk, wired.url, 200, ""},
		{"any", open.pk, "https://who.example", 200, "https://who.example"},
		{"with a secret key", k.sk, "https://evil.example", 200, ""},
	} {
		a := call(t, "POST", "/v1/search", c.key, search, "Origin", c.origin)
		if a.status != c.status || a.header.Get("Access-Control-Allow-Origin") != c.allowed {
			t.Errorf("%s: status %d, allowed %q", c.name, a.status, a.header.Get("Access-Control-Allow-Origin"))
		}
		if c.status == 403 {
			a.problem(403, "forbidden")
		}
	}
	wrong := call(t, "POST", "/v1/search", k.pk, `{"limit":0}`, "Origin", "https://shop.example").problem(422, "invalid")
	if wrong.header.Get("Access-Control-Allow-Origin") == "" {
		t.Error("the page cannot read what was wrong")
	}
	pre := call(t, "OPTIONS", "/v1/search", "", nil, "Origin", "https://shop.example", "Access-Control-Request-Method", "POST").want(204)
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin": "https://shop.example", "Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "Authorization", "Vary": "Origin",
	} {
		if !strings.Contains(pre.header.Get(name), want) {
			t.Errorf("preflight %s: %q", name, pre.header.Get(name))
		}
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	o := wired.options
	o.Rate = 1
	front := httptest.NewServer(New(o))
	defer front.Close()
	limited := 0
	for range 20 {
		if a := callAt(t, front.URL, "GET", "/v1/products/none", k.pk, nil); a.status == 429 {
			limited++
			if a.problem(429, "rate_limited").header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		}
	}
	if limited < 10 || limited > 15 {
		t.Errorf("%d of 20 requests refused, want all but the first five or so", limited)
	}
	callAt(t, front.URL, "GET", "/v1/store", k.sk, nil).want(200) // merchants are not bounded
}

func TestCaller(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "pipe": "pipe",
	} {
		if got := caller(remote); got != want {
			t.Errorf("%s counts as %s, want %s", remote, got, want)
		}
	}
}

// TestClients: only a proxy of ours may say for whom it asks, and what a buyer
// writes into the header before it counts for nothing.
func TestClients(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::1/128")}
	for _, c := range []struct {
		peer, forwarded, direct, behind string
	}{
		{"192.0.2.7:99", "", "192.0.2.7", "192.0.2.7"},
		{"192.0.2.7:99", "198.51.100.1", "192.0.2.7", "192.0.2.7"},
		{"10.1.2.3:99", "198.51.100.1", "10.1.2.3", "198.51.100.1"},
		{"10.1.2.3:99", "203.0.113.9, 198.51.100.1, 10.9.9.9", "10.1.2.3", "198.51.100.1"},
		{"[2001:db8::1]:99", "2001:db8:5::5", "2001:db8::1", "2001:db8:5::5"},
		{"127.0.0.1:99", "198.51.100.1", "127.0.0.1", "127.0.0.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if direct, behind := clients(nil)(r), clients(proxies)(r); direct != c.direct || behind != c.behind {
			t.Errorf("%s for %q: %s and %s, want %s and %s", c.peer, c.forwarded, direct, behind, c.direct, c.behind)
		}
	}
}

func TestLimitsForget(t *testing.T) {
	l := newLimits(1)
	for range 10 {
		l.allow("a")
	}
	if l.allow("a") || !l.allow("b") {
		t.Error("one address is bounded by another's calls")
	}
	l.swept = time.Now().Add(-2 * forgetAfter)
	l.by["a"].used = l.swept
	l.allow("b")
	if len(l.by) != 1 {
		t.Errorf("%d addresses are remembered, want 1", len(l.by))
	}
}

func TestUnknownPaths(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/v1/nothing", "/v2/search", "/favicon.ico", "/v1/media/..%2f..%2fadmin.key", "/v1/media/0123.jpg", "/v1/media/" + strings.Repeat("0", 32) + ".jpg"} {
		call(t, "GET", path, "", nil).problem(404, "not_found")
	}
	for _, c := range [][2]string{{"DELETE", "/v1/search"}, {"PUT", "/v1/products/1"}, {"POST", "/healthz"}, {"POST", "/"}, {"BREW", "/v1/store"}} {
		a := call(t, c[0], c[1], "", nil).problem(405, "method_not_allowed")
		if a.header.Get("Allow") == "" {
			t.Errorf("%s: no Allow", a.what)
		}
	}
	call(t, http.MethodHead, "/healthz", "", nil).want(200)
}
