package catalog

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestKeys(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	operator := "ok_0123456789abcdefXYZ"
	if err := s.AddKey(ctx, operator, ""); err != nil {
		t.Fatal(err)
	}
	keys := map[string]Principal{operator: {OperatorKey, ""}}
	for _, kind := range []KeyKind{SecretKey, PublishableKey, AgentKey} {
		key, err := s.NewKey(ctx, s.store, kind)
		if err != nil || !strings.HasPrefix(key, string(kind)+"_") {
			t.Fatalf("new %s: %q, %v", kind, key, err)
		}
		keys[key] = Principal{kind, s.store}
	}
	page, err := s.PageKey(ctx, s.store, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	keys[page] = Principal{PublishableKey, s.store}
	if len(keys) != 5 {
		t.Fatalf("keys repeat: %v", keys)
	}
	for range 2 { // from the database, then from memory; and after a restart
		for key, want := range keys {
			for range 2 {
				if got, err := s.Authenticate(ctx, key); got != want || err != nil {
					t.Errorf("%s: got %+v, %v; want %+v", key, got, err, want)
				}
			}
		}
		s.restart()
	}
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(s.folder, "shop.db*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for key := range keys {
			if _, secret, _ := strings.Cut(key, "_"); bytes.Contains(content, []byte(secret[:12])) {
				t.Errorf("%s holds a key in clear", file)
			}
		}
		if filepath.Ext(file) == ".db" && !bytes.Contains(content, []byte(hashKey(operator))) {
			t.Error("the database holds no hash: the test looks in the wrong place")
		}
	}
}

func TestKeysRefuse(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	for _, key := range []string{"", "sk_", "ok_unknownunknownunknown", strings.Repeat("x", 1<<16)} {
		if _, err := s.Authenticate(ctx, key); !errors.Is(err, ErrKey) {
			t.Errorf("%.30q: %v, want ErrKey", key, err)
		}
	}
	if _, err := s.NewKey(ctx, "st_none", SecretKey); !errors.Is(err, ErrNotFound) {
		t.Errorf("a key of no store: %v", err)
	}
	if _, err := s.NewKey(ctx, s.store, OperatorKey); !errors.Is(err, ErrInvalid) {
		t.Errorf("an operator's key of a store: %v", err)
	}
	for key, store := range map[string]string{
		"ok_short": "", "zz_0123456789abcdef": s.store, "0123456789abcdef": "", "ok_0123456789abcdef": s.store, "sk_0123456789abcdef": "",
	} {
		if err := s.AddKey(ctx, key, store); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q of %q: %v, want ErrInvalid", key, store, err)
		}
	}
}

func TestPageKeyIsStable(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	key := func(store, secret string) string {
		k, err := s.PageKey(ctx, store, []byte(secret))
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	first := key(s.store, "a")
	s.restart()
	if again := key(s.store, "a"); again != first {
		t.Errorf("%s, then %s", first, again)
	}
	if first == key(s.store, "b") || first == key("st_other", "a") {
		t.Error("another secret or store gives the same key")
	}
}
