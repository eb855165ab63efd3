package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"honeyguide/catalog"
	"honeyguide/catalog/index/qdrant/qdranttest"
)

// TestQdrant moves a shop's vectors out of the process, as an operator would.
func TestQdrant(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t, qdranttest.APIKey("the key"), qdranttest.Strict())
	data := t.TempDir()
	made := strings.Fields(must(t, "store", "create", "--name", "Outside", "--data", data))
	store, secret, public := made[0], made[1], made[2]
	must(t, "sync", "--store", store, "--data", data, zipped(t, files(t, 30)))

	keyFile := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(keyFile, []byte("the key\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	outside := []string{"--data", data, "--qdrant-addr", server.Addr(), "--qdrant-api-key-file", keyFile, "--qdrant-timeout", "1s"}
	with := func(args ...string) []string { return append(args, outside...) }
	s := inside(t, with("serve", "--addr", "127.0.0.1:0")...)
	s.ready(t)
	if r := command(t, with("index", "check")...); r.status != exitOK {
		t.Fatalf("after the move: %+v", r)
	}
	found := func() (int, map[string]any, int) {
		status, answer := post(t, s.url+"/v1/search", public, `{"text":"shirt","limit":5}`)
		products, _ := answer["products"].([]any)
		return status, answer, len(products)
	}
	if status, answer, n := found(); status != 200 || n == 0 {
		t.Fatalf("search: %d, %v", status, answer)
	}

	server.Stop()
	if status, answer, _ := found(); status != 503 || answer["code"] != "unavailable" {
		t.Errorf("a search without Qdrant: %d, %v", status, answer)
	}
	if status, answer := call(t, "GET", s.url+"/v1/products?limit=1", secret, "", nil); status != 200 {
		t.Errorf("products without Qdrant: %d, %v", status, answer)
	}
	change := `{"products":[{"id":"late","title":"Late shirt","price":"5.00 USD","availability":"in_stock"}]}`
	if status, answer := call(t, "PATCH", s.url+"/v1/products", secret, "application/json", strings.NewReader(change)); status != 200 {
		t.Errorf("a change without Qdrant: %d, %v", status, answer)
	}
	server.Restart()
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if _, p := call(t, "GET", s.url+"/v1/products/late", secret, "", nil); p["indexed_at"] != nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("what Qdrant missed never came: %s", s.stderr)
		}
	}

	server.Wipe()
	r := command(t, with("index", "check")...)
	var drift catalog.Drift
	if err := json.Unmarshal([]byte(r.out), &drift); err != nil || r.status != exitFailed || drift.Missing != 31 || !strings.Contains(r.stderr, "index rebuild") {
		t.Errorf("of a lost index: %+v", r)
	}
	if r := command(t, with("index", "rebuild")...); r.status != exitOK || !strings.Contains(r.stderr, "31 entries") {
		t.Errorf("rebuild: %+v", r)
	}
	if r := command(t, with("index", "check")...); r.status != exitOK {
		t.Errorf("after the rebuild: %+v", r)
	}
	if status, answer, n := found(); status != 200 || n == 0 {
		t.Errorf("search after the rebuild: %d, %v", status, answer)
	}
	if out := must(t, "health", "--url", s.url); out != "ready\n" {
		t.Errorf("health: %q", out)
	}
	if log := s.stderr.String(); strings.Contains(log, "the key") {
		t.Errorf("the log holds the key: %s", log)
	}
	s.stop()
	if r := command(t, "health", "--url", s.url); r.status != exitFailed {
		t.Errorf("health of nothing: %+v", r)
	}
	refused := command(t, "serve", "--data", data, "--qdrant-addr", server.Addr(), "--qdrant-api-key", "another")
	if refused.status != exitFailed || !strings.Contains(refused.stderr, "QDRANT_API_KEY") || strings.Contains(refused.stderr, "another") {
		t.Errorf("with a wrong key: %+v", refused)
	}
	server.Stop()
	if r := command(t, with("serve")...); r.status != exitFailed || !strings.Contains(r.stderr, server.Addr()) || !strings.Contains(r.stderr, "QDRANT_ADDR") {
		t.Errorf("without Qdrant: %+v", r)
	}
	for _, verb := range []string{"check", "rebuild"} { // nothing to do for the index in memory
		if r := command(t, "index", verb, "--data", data); r.status != exitOK || !strings.Contains(r.stderr, "in memory") {
			t.Errorf("index %s: %+v", verb, r)
		}
	}
}
