package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honeyguide/embed/hub"
)

func TestModelList(t *testing.T) {
	var out bytes.Buffer
	if err := (&modelListCmd{}).Run(streams{&out, io.Discard}); err != nil {
		t.Fatal(err)
	}
	for _, m := range hub.Models() {
		for _, text := range []string{m.Name, m.License, m.English, m.Chinese} {
			if !strings.Contains(out.String(), text) {
				t.Errorf("the list lacks %q:\n%s", text, out.String())
			}
		}
	}
}

// A model is fetched into its folder, with its licence and what it was checked by; again, nothing is fetched.
func TestModelPull(t *testing.T) {
	requests := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests++
		if r.URL.Path != "/a/b/resolve/main/config.json" {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, "{}")
	}))
	defer server.Close()
	m := hub.Model{Name: "tiny", Repository: "a/b", Revision: "main", License: "MIT", English: "A tiny one.", Chinese: "很小的。", Files: []hub.File{{Path: "config.json"}}}
	c := modelPullCmd{Data: t.TempDir(), Hub: server.URL}
	folder := filepath.Join(c.Data, "models", "tiny")
	for _, says := range []string{"config.json: fetched, 2 bytes; checked by size only", "config.json: there already, 2 bytes; checked by SHA-256 from when it was fetched"} {
		var out, stderr bytes.Buffer
		if err := c.pull(t.Context(), streams{&out, &stderr}, m); err != nil || out.String() != folder+"\n" {
			t.Fatalf("%v, printed %q, want %s", err, out.String(), folder)
		}
		for _, text := range []string{says, "licence: MIT", "A tiny one.", "很小的。"} {
			if !strings.Contains(stderr.String(), text) {
				t.Errorf("%q lacks %q", stderr.String(), text)
			}
		}
	}
	if data, err := os.ReadFile(filepath.Join(folder, "config.json")); string(data) != "{}" || requests != 1 {
		t.Errorf("%q, %v after %d requests", data, err, requests)
	}

	c.To = filepath.Join(t.TempDir(), "elsewhere")
	m.Files = append(m.Files, hub.File{Path: "missing.json"})
	var stderr bytes.Buffer
	if err := c.pull(t.Context(), streams{io.Discard, &stderr}, m); !errors.Is(err, hub.ErrRefused) || !strings.Contains(err.Error(), "missing.json") {
		t.Errorf("a missing file: %v", err)
	}
	if !strings.Contains(stderr.String(), "config.json: fetched") {
		t.Errorf("what was done before the failure is not told: %s", stderr.String())
	}
}

func TestModelPullWrongUse(t *testing.T) {
	var usage usageError
	for says, c := range map[string]modelPullCmd{
		"there are siglip2": {Name: "clipp", Hub: hub.Hugging},
		"http or https":     {Name: "clip", Hub: "ftp://hub.example", To: t.TempDir()},
	} {
		if err := c.Run(t.Context(), streams{io.Discard, io.Discard}); !errors.As(err, &usage) || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want a wrong use: … %s", err, says)
		}
	}
}
