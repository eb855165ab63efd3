package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestServe(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := inside(t, "serve", "--addr", "127.0.0.1:0", "--data", data)
	s.ready(t)
	path := s.out.find(t, `the operator's key is in (\S+)`)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info.Mode(), err)
	}
	key := keyIn(t, path)
	status, made := post(t, s.url+"/v1/stores", key, `{"name":"Served","currency":"USD"}`)
	if status != 201 {
		t.Fatalf("%d: %v", status, made)
	}
	second := command(t, "store", "list", "--data", data)
	if second.status != exitFailed || !strings.Contains(second.stderr, "in use by another honeyguide") || strings.Count(second.stderr, "\n") != 1 {
		t.Errorf("a second process: %+v", second)
	}
	taken := command(t, "serve", "--addr", strings.TrimPrefix(s.url, "http://"), "--data", t.TempDir())
	if taken.status != exitFailed || !strings.Contains(taken.stderr, "listen") {
		t.Errorf("a taken port: %+v", taken)
	}
	if status := s.stop(); status != exitOK {
		t.Errorf("stopped with %d: %s", status, s.stderr)
	}
	if _, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://")); err == nil {
		t.Error("the port is still open")
	}
	if log := s.stderr.String(); strings.Contains(log, strings.TrimPrefix(key, "ok_")) {
		t.Errorf("the log holds the operator's key: %s", log)
	}
	if list := must(t, "store", "list", "--data", data); !strings.Contains(list, "Served") {
		t.Errorf("after the stop: %q", list)
	}
}

func keyIn(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(data))
}

// Settings come from the environment too, and a new operator's key ends the old one.
func TestSettingsFromTheEnvironment(t *testing.T) {
	data := t.TempDir()
	old := inside(t, "serve", "--addr", "127.0.0.1:0", "--data", data)
	old.ready(t)
	oldKey := keyIn(t, filepath.Join(data, "admin.key"))
	old.stop()

	const key = "ok_from-the-environment-0123"
	for name, value := range map[string]string{
		"HONEYGUIDE_ADDR": "127.0.0.1:0", "HONEYGUIDE_DATA": data, "HONEYGUIDE_ADMIN_KEY": key,
		"HONEYGUIDE_LOG_FORMAT": "json", "HONEYGUIDE_LOG_LEVEL": "debug", "HONEYGUIDE_RATE": "0.25", "HONEYGUIDE_PHOTO_DAYS": "7",
	} {
		t.Setenv(name, value)
	}
	s := inside(t, "serve")
	s.ready(t)
	if status, answer := post(t, s.url+"/v1/stores", key, `{"name":"Env","currency":"CNY"}`); status != 201 {
		t.Errorf("%d: %v", status, answer)
	}
	if status, _ := post(t, s.url+"/v1/stores", oldKey, `{"name":"Old","currency":"CNY"}`); status != 401 {
		t.Errorf("the old key still works: %d", status)
	}
	s.stop()
	log := s.stderr.String()
	for _, part := range []string{`"msg":"serving"`, `"admin_key":"ok_…"`, `"photo_days":7`, `"rate":0.25`, `"level":"DEBUG"`} {
		if !strings.Contains(log, part) {
			t.Errorf("the log lacks %s: %s", part, log)
		}
	}
	if strings.Contains(log, key) || strings.Contains(s.out.String(), key) {
		t.Error("the key is shown")
	}
	t.Setenv("HONEYGUIDE_PHOTO_DAYS", "many")
	if r := command(t, "serve"); r.status != exitUsage || !strings.Contains(r.stderr, "PHOTO_DAYS") && !strings.Contains(r.stderr, "photo-days") {
		t.Errorf("%+v", r)
	}
}

// A secret that a crash left empty is made anew.
func TestSecrets(t *testing.T) {
	a := &app{folder: t.TempDir()}
	if err := os.WriteFile(filepath.Join(a.folder, "s"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	path, first, err := a.secret("s", "ok_")
	if err != nil || !strings.HasPrefix(first, "ok_") || len(first) < 20 {
		t.Fatal(first, err)
	}
	if _, again, err := a.secret("s", "ok_"); err != nil || again != first {
		t.Errorf("%q, then %q, %v", first, again, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
