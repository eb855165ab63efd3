package api

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

func TestIdempotency(t *testing.T) {
	t.Parallel()
	store := map[string]any{"name": "Once", "currency": "USD"}
	once := func(key string, body any) *answer {
		t.Helper()
		return call(t, "POST", "/v1/stores", operatorKey, body, "Idempotency-Key", key)
	}
	first := once("key-1", store).want(201)
	again := once("key-1", store).want(201)
	if !bytes.Equal(first.body, again.body) || again.header.Get("Idempotent-Replayed") != "true" || first.header.Get("Idempotent-Replayed") != "" {
		t.Errorf("first %s, then %s (%q)", first.body, again.body, again.header.Get("Idempotent-Replayed"))
	}
	if again.header.Get("Content-Type") != first.header.Get("Content-Type") {
		t.Errorf("types %q and %q", first.header.Get("Content-Type"), again.header.Get("Content-Type"))
	}
	once("key-1", map[string]any{"name": "Twice", "currency": "USD"}).problem(409, "conflict")
	if other := once("key-2", store).want(201); other.text("id") == first.text("id") {
		t.Error("another key got the first one's answer")
	}
	once("key-3", map[string]any{"name": "", "currency": "USD"}).problem(422, "invalid")
	once("key-3", store).want(201) // failures are not kept
	once(strings.Repeat("k", 256), store).problem(422, "invalid").is("errors.0.location", "Idempotency-Key")

	// The key belongs to its API key and route.
	k := makeStore(t, nil)
	call(t, "POST", "/v1/search", k.pk, `{"text":"a"}`, "Idempotency-Key", "key-1").want(200)

	// Answers hold keys: who reads the database must not see them.
	rows, err := wired.options.DB.QueryContext(t.Context(), `SELECT answer FROM replays`)
	must(err)
	defer rows.Close()
	for rows.Next() {
		var kept []byte
		must(rows.Scan(&kept))
		if bytes.Contains(kept, []byte("sk_")) {
			t.Errorf("kept in the open: %s", kept)
		}
	}
	must(rows.Err())
}

func TestIdempotentFeeds(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	post := func(key string, rows int) *answer {
		t.Helper()
		return call(t, "POST", "/v1/feeds", k.sk, newForm().file("file", "f.csv", plain(rows)), "Idempotency-Key", key)
	}
	first := post("f", 3).want(202)
	again := post("f", 3).want(202) // another boundary, the same parts
	if again.text("job.id") != first.text("job.id") || again.header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("a repeated feed became another job: %s, %s", first.body, again.body)
	}
	post("f", 4).problem(409, "conflict")
	large := strings.Repeat("x", 1<<20)
	big := func(last string) *answer {
		return call(t, "POST", "/v1/feeds", k.sk, newForm().field("note", large).file("file", "f.csv", []byte(string(plain(2))+last)), "Idempotency-Key", "big")
	}
	one := big("").want(202)
	if two := big("").want(202); two.text("job.id") != one.text("job.id") {
		t.Error("a large repeated feed became another job")
	}
	big("\n").problem(409, "conflict")
	waitJob(t, k, one.text("job.id"))
	if n := call(t, "GET", "/v1/jobs", k.sk, nil).length("jobs"); n != 2 {
		t.Errorf("%d jobs, want 2", n)
	}
}

// Of many at once with one key, one is served; the others are told to wait or get its answer.
func TestIdempotencyAtOnce(t *testing.T) {
	t.Parallel()
	ids := sync.Map{}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			a := call(t, "POST", "/v1/stores", operatorKey, map[string]any{"name": "Race", "currency": "USD"}, "Idempotency-Key", "race")
			switch a.status {
			case 201:
				ids.Store(a.text("id"), true)
			case 409:
			default:
				t.Errorf("status %d: %s", a.status, a.body)
			}
		})
	}
	group.Wait()
	n := 0
	ids.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("%d stores were made", n)
	}
}

// A request that a crash or a panic left without an answer may be repeated.
func TestIdempotencyAfterFailure(t *testing.T) {
	t.Parallel()
	s := New(wired.options)
	fail := true
	on(s, huma.Operation{Method: http.MethodPost, Path: "/v1/fragile", OperationID: "fragile", DefaultStatus: 201}, func(context.Context, *struct{}) (*answerOf[string], error) {
		if fail {
			panic("of the test: secret words")
		}
		return body("done"), nil
	})
	front := httptest.NewServer(s)
	defer front.Close()
	post := func(key string) *answer {
		return callAt(t, front.URL, "POST", "/v1/fragile", "", nil, "Idempotency-Key", key)
	}
	a := post("p").problem(500, "internal")
	if strings.Contains(string(a.body), "secret") || strings.Contains(string(a.body), "goroutine") {
		t.Errorf("a stranger learns %s", a.body)
	}
	fail = false
	post("p").want(201)
	c := claimOf("", "/v1/fragile", "crashed")
	if _, first, err := s.claim(t.Context(), c); err != nil || !first {
		t.Fatal(first, err)
	}
	post("crashed").problem(409, "conflict")
	s.started = s.started.Add(1 << 40) // as after the next start
	post("crashed").want(201)
}

func TestDigestOfForms(t *testing.T) {
	sum := func(boundary, body string) string {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "multipart/form-data; boundary="+boundary)
		d := newDigest(r)
		defer d.end()
		got, err := d.sum()
		must(err)
		return got
	}
	formBody := func(boundary, name, value string) string {
		return fmt.Sprintf("--%s\r\nContent-Disposition: form-data; name=%q\r\n\r\n%s\r\n--%s--\r\n", boundary, name, value, boundary)
	}
	base := sum("a", formBody("a", "file", "data"))
	if sum("bcd", formBody("bcd", "file", "data")) != base {
		t.Error("another boundary, another hash")
	}
	for _, other := range []string{formBody("a", "file", "date"), formBody("a", "text", "data"), formBody("a", "file", "data") + formBody("a", "file", "x"), "--a\r\nbroken"} {
		got := sum("a", other)
		if same := strings.HasPrefix(other, formBody("a", "file", "data")); (got == base) != same {
			t.Errorf("%q: same hash %v, want %v", other, got == base, same)
		}
	}
}
