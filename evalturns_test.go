package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// Cases are played on a copy of a store; what fails is told, and how much may fail is said.
func TestEvalTurns(t *testing.T) {
	t.Parallel()
	data, folder := t.TempDir(), t.TempDir()
	store := strings.Fields(must(t, "store", "create", "--name", "Turns", "--data", data))[0]
	must(t, "sync", "--store", store, "--data", data, zipped(t, files(t, 12)))
	write(t, folder, map[string][]byte{
		"good.txt":   []byte("lang: en\n# a shirt\n> show me a cotton shirt\nlanguage: en\nproducts: >= 1\neach product title: has shirt\n"),
		"bad.txt":    []byte("lang: en\n# a greeting\n> hello\nlanguage: zh\n# another\n> hello\nstate: bot\n"),
		"faulty.txt": []byte("lang: en\n# a\n> b\ncolour: red\n"),
		"given.txt":  []byte("lang: en\ngiven order: {\"id\":\"A1\",\"status\":\"eaten\"}\n# a\n> b\n"),
	})
	on := func(args ...string) ran {
		return command(t, append([]string{"eval", "turns", "--store", store, "--data", data}, args...)...)
	}
	at := func(name string) string { return filepath.Join(folder, name) }

	r := on(at("good.txt"))
	var figures struct {
		Cases, Passed, Turns int
		Files                map[string]struct{ Passed int }
	}
	if err := json.Unmarshal([]byte(r.out), &figures); err != nil || r.status != exitOK {
		t.Fatalf("status %d, %v: %s%s", r.status, err, r.out, r.stderr)
	}
	if figures.Cases != 1 || figures.Passed != 1 || figures.Turns != 1 || figures.Files["good.txt"].Passed != 1 {
		t.Errorf("%+v", figures)
	}
	for _, c := range []struct {
		args   string
		status int
		says   string
	}{
		{at("bad.txt"), exitFailed, "honeyguide: 1 of 2 cases failed"},
		{at("bad.txt"), exitFailed, "bad.txt:4: a greeting\n  > hello\n  wanted language: zh\n  came   en\n"},
		{"--min 0.5 " + at("bad.txt"), exitOK, "wanted language: zh"},
		{"--min 1.5 " + at("bad.txt"), exitUsage, "--min"},
		{at("faulty.txt"), exitUsage, "faulty.txt:4: \"colour\" is no property"},
		{at("given.txt"), exitUsage, "given.txt:2: given order"},
		{at("missing.txt"), exitUsage, "missing.txt"},
		{"--data " + at("none") + " " + at("good.txt"), exitFailed, "none"},
		{"--store st_none " + at("good.txt"), exitFailed, "st_none"},
	} {
		if r := on(strings.Fields(c.args)...); r.status != c.status || !strings.Contains(r.stderr, c.says) {
			t.Errorf("%s: status %d, want %d and %q: %q", c.args, r.status, c.status, c.says, r.stderr)
		}
	}
	if list := must(t, "store", "list", "--data", data); strings.Count(list, "\n") != 1 {
		t.Errorf("the store's own data changed: %s", list)
	}
}
