package main

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"honeyguide/catalog"
	"honeyguide/embed/builtin"
	"honeyguide/embed/openai/openaitest"
)

// openShop opens a data folder with an encoder's settings.
func openShop(t *testing.T, folder string, e Encoder) *app {
	t.Helper()
	s := Storage{Data: folder, Encoder: e}
	a, err := s.open(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestChangeOfEncoder: a shop goes from the built-in encoder to an endpoint and
// back, and answers all the while by what made the vectors that are there.
func TestChangeOfEncoder(t *testing.T) {
	folder, ctx := t.TempDir(), t.Context()
	server := openaitest.New(openaitest.Options{Shape: openaitest.Jina, Key: "sk-secret"})
	t.Cleanup(server.Close)
	outside := Encoder{URL: server.URL(), Key: "sk-secret", Model: openaitest.Model, Form: "objects"}

	a := openShop(t, folder, Encoder{})
	store, err := a.catalog.NewStore(ctx, catalog.Settings{Name: "Shop", Currency: "USD", Locale: "en"})
	if err != nil {
		t.Fatal(err)
	}
	feed := filepath.Join(t.TempDir(), "feed.csv")
	rows := "id,title,price,availability,link\n1,Red dress,20 USD,in stock,https://shop.example/1\n2,Blue jeans,30 USD,in stock,https://shop.example/2\n"
	if err := os.WriteFile(feed, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.catalog.Sync(ctx, store.ID, feed, catalog.Full, true, func(catalog.Job) {}); err != nil {
		t.Fatal(err)
	}
	here := a.catalog.Model()

	for _, step := range []struct {
		to   Encoder
		was  string
		want string
	}{
		{outside, here, openaitest.Model + "/64"},
		{Encoder{Key: outside.Key}, openaitest.Model + "/64", here},
		{Encoder{URL: outside.URL, Key: outside.Key, Model: outside.Model, Form: "text"}, here, here + "+" + openaitest.Model + "/64"},
	} {
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		a = openShop(t, folder, step.to)
		if change, ok := a.catalog.Change(); !ok || change.From != step.was || change.To != step.want || a.catalog.Model() != step.was {
			t.Errorf("to %s: change %+v, %s answers", step.want, change, a.catalog.Model())
		}
		for range 2 {
			if r, err := a.catalog.Find(ctx, store.ID, catalog.Search{Text: "red dress", Limit: 1}); err != nil || len(r.Products) != 1 || r.Products[0].Product.ID != "1" || len(r.Notices) > 0 {
				t.Errorf("by %s: %+v, %v", a.catalog.Model(), r, err)
			}
			if _, err := a.catalog.Reencode(ctx); err != nil {
				t.Fatal(err)
			}
			if a.catalog.Model() != step.want {
				t.Errorf("%s answers, want %s", a.catalog.Model(), step.want)
			}
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(folder, "encoders", makersFile))
	if err != nil || strings.Contains(string(kept), "sk-secret") {
		t.Errorf("what is kept: %s, %v", kept, err)
	}
	server.Close()
	openShop(t, folder, outside).Close() // its length is known, so it need not be up
}

// TestFormerVersion: weights of an earlier version of the program are found again.
func TestFormerVersion(t *testing.T) {
	s := Storage{Data: t.TempDir()}
	m, err := s.openMakers(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := m.remember(); err != nil {
		t.Fatal(err)
	}
	older := earlierVersion(t, m)
	joint, texts, err := m.former(t.Context(), older)
	if err != nil || texts != nil || joint.Model() != older || joint.Dim() != m.joint.Dim() {
		t.Fatalf("%v, %v", joint, err)
	}
	if err := os.Remove(filepath.Join(m.folder, older+".safetensors")); err != nil {
		t.Fatal(err)
	}
	for _, model := range []string{older, "never-seen"} {
		if _, _, err := m.former(t.Context(), model); err == nil {
			t.Errorf("%s opens out of nothing", model)
		}
	}
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(m.folder, makersFile), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.openMakers(t.Context(), slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), makersFile) {
		t.Errorf("a broken list: %v", err)
	}
}

// earlierVersion leaves in the folder what an earlier version would have: other
// weights, under their own name.
func earlierVersion(t *testing.T, m *makers) (model string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(m.folder, m.model()+".safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	size := 8 + binary.LittleEndian.Uint64(data)
	data[len(data)-1] ^= 1
	var header map[string]struct {
		DType   string `json:"dtype"`
		Shape   []int  `json:"shape"`
		Offsets [2]int `json:"data_offsets"`
	}
	var meta map[string]map[string]any
	if err := json.Unmarshal(data[8:size], &meta); err != nil {
		t.Fatal(err)
	}
	name := meta["__metadata__"]["model"].(string)
	text := strings.Replace(string(data[8:size]), `"__metadata__"`, `"zz"`, 1)
	if err := json.Unmarshal([]byte(text), &header); err != nil {
		t.Fatal(err)
	}
	delete(header, "zz")
	hash := sha256.New()
	for _, tensor := range slices.Sorted(maps.Keys(header)) {
		h := header[tensor]
		fmt.Fprintf(hash, "%s %s %v\n", tensor, h.DType, h.Shape)
		hash.Write(data[size:][h.Offsets[0]:h.Offsets[1]])
	}
	model = name[:len(name)-8] + hex.EncodeToString(hash.Sum(nil))[:8]
	file := strings.Replace(string(data), name, model, 1)
	if err := os.WriteFile(filepath.Join(m.folder, model+".safetensors"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := builtin.Open(m.folder, model); err != nil {
		t.Fatal(err)
	}
	keepMaker(t, m, model)
	return model
}

// keepMaker notes a built-in model as an earlier version would have.
func keepMaker(t *testing.T, m *makers, model string) {
	t.Helper()
	known, err := m.known()
	if err != nil {
		t.Fatal(err)
	}
	known[model] = maker{Picture: model}
	data, err := json.Marshal(known)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(m.folder, makersFile), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestPartsHaveCategories: whatever the detector finds has a name on the pages.
func TestPartsHaveCategories(t *testing.T) {
	for _, label := range builtin.Labels() {
		if catalog.CategoryOfPart(label) == "" {
			t.Errorf("%s has no category", label)
		}
	}
}
