package turns

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/index/local"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
	"honeyguide/db"
	"honeyguide/demo"
	"honeyguide/embed/builtin"
)

// open is the demo's shop with an assistant, without a language model.
func open(t *testing.T) Shop {
	t.Helper()
	if testing.Short() || racing {
		t.Skip("the demo shop takes some seconds to draw, and many more under the race detector")
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, folder := t.Context(), t.TempDir()
	d, err := db.Open(context.WithoutCancel(ctx), filepath.Join(folder, "shop.db"))
	must(err)
	t.Cleanup(func() { d.Close() })
	encoder, err := builtin.New()
	must(err)
	known, err := trade()
	must(err)
	quiet := slog.New(slog.DiscardHandler)
	c, err := catalog.Open(ctx, catalog.Options{DB: d, Index: local.New(), Encoder: encoder, Packs: known, Folder: folder, Log: quiet})
	must(err)
	store, err := c.NewStore(ctx, catalog.Settings{Name: demo.Name, Currency: demo.Currency, Locale: "en", Packs: demo.Packs()})
	must(err)
	feed, err := os.Create(filepath.Join(folder, "demo.zip"))
	must(err)
	must(errors.Join(demo.Write(ctx, feed), feed.Close()))
	job, err := c.Sync(ctx, store.ID, feed.Name(), catalog.Full, true, func(catalog.Job) {})
	must(err)
	if job.State != catalog.Done || job.Failed > 0 {
		t.Fatalf("the demo's feed: %s, %v", job.State, job.Errors)
	}
	s := Shop{Catalog: c, StoreID: store.ID, Clock: &Clock{}, Promotions: promotions.Open(d, known), Folder: folder}
	s.Orders = orders.Open(orders.Options{DB: d, Store: c.Store, Now: s.Clock.Now})
	s.Assistant, err = assistant.New(assistant.Options{Catalog: c, Records: conversation.Open(d), Orders: s.Orders, Promotions: s.Promotions, Now: s.Clock.Now, Log: quiet})
	must(err)
	return s
}

// What may not be lost, of the cases that the assistant is worked on with and of
// those kept apart.
var bounds = map[string]struct{ passed, intents, slots float64 }{
	"all":     {0.87, 0.96, 0.97},
	"heldout": {0.76, 0.95, 0.97},
}

func TestOwn(t *testing.T) {
	s := open(t)
	t.Run("bounds", func(t *testing.T) { testBounds(t, s) })
	t.Run("given", func(t *testing.T) { testGiven(t, s) })
	t.Run("faulty records", func(t *testing.T) { testFaultyRecords(t, s) })
	t.Run("photos", func(t *testing.T) { testPhotos(t, s) })
	t.Run("failures", func(t *testing.T) { testFailures(t, s) })
	t.Run("stops", func(t *testing.T) { testStops(t, s) })
}

func testBounds(t *testing.T, s Shop) {
	files, err := Own()
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	r, err := Run(t.Context(), s, files, func(done, total int) { told++ })
	if err != nil {
		t.Fatal(err)
	}
	if r.Cases < 500 || r.Parts["heldout"].Cases*10 < r.Cases*3 || told != r.Cases {
		t.Errorf("%d cases, %d of them held out, %d told of", r.Cases, r.Parts["heldout"].Cases, told)
	}
	for i := range r.Failures {
		t.Log(&r.Failures[i])
	}
	t.Logf("%.3f and %.3f ms a turn; controls %+v; confused %v", r.TurnMS.P50, r.TurnMS.P99, r.Controls, r.Confused)
	for part, least := range bounds {
		m := r.Measures
		if part != "all" {
			m = r.Parts[part]
		}
		passed := float64(m.Passed) / float64(m.Cases)
		t.Logf("%s: passed %.3f: %+v", part, passed, m)
		if passed < least.passed || m.IntentOK < least.intents || m.SlotF1 < least.slots {
			t.Errorf("%s: passed %.3f, intents %.3f, slots F1 %.3f, want %+v at least", part, passed, m.IntentOK, m.SlotF1, least)
		}
	}
}

// What a file gives is there while it is played, then what was there before.
func testGiven(t *testing.T, s Shop) {
	ctx := t.Context()
	if _, err := s.Orders.Put(ctx, s.StoreID, orders.Order{ID: "KEPT", Status: "paid", Phone: "+15550101111", Items: []orders.Item{{Title: "a hat"}}}); err != nil {
		t.Fatal(err)
	}
	before, err := s.Catalog.Store(ctx, s.StoreID)
	if err != nil {
		t.Fatal(err)
	}
	f := parse(t, `given order: {"id":"KEPT","status":"shipped","phone":"+15550102222","items":[{"title":"a hat"}]}
given order: {"id":"NEW","status":"paid","phone":"+15550103333","items":[{"title":"a hat"}]}
given promotion: {"id":"week","title":"Hat week","percent":10}
given faq: {"id":"hats","question":"Do you mend hats?","answer":"Yes, for 7.00 USD.","language":"en","enabled":true}
given size chart: {"id":"hats","category":"hats","unit":"cm","rows":[{"size":"M","head":[56,58]}]}
given store: {"delivery":{"min_days":3,"max_days":4}}
lang: en
# hats
> hello
state: bot
`)
	seen := false
	r, err := Run(ctx, s, []*File{f}, func(int, int) {
		seen = true
		if o, err := s.Orders.Get(ctx, s.StoreID, "KEPT"); err != nil || o.Status != orders.Shipped {
			t.Errorf("the order while it is given: %+v, %v", o, err)
		}
		if store, err := s.Catalog.Store(ctx, s.StoreID); err != nil || store.Delivery == nil || store.Delivery.MaxDays != 4 {
			t.Errorf("the store while it is given: %+v, %v", store, err)
		}
	})
	if err != nil || !seen || r.Passed != 1 {
		t.Fatalf("%v, %v, %+v", err, seen, r.Failures)
	}
	if o, err := s.Orders.Get(ctx, s.StoreID, "KEPT"); err != nil || o.Status != orders.Paid {
		t.Errorf("the order afterwards: %+v, %v", o, err)
	}
	after, err := s.Catalog.Store(ctx, s.StoreID)
	if err != nil || (after.Delivery == nil) != (before.Delivery == nil) {
		t.Errorf("the store afterwards: %+v, %v", after, err)
	}
	for name, get := range map[string]func() error{
		"order":      func() error { _, err := s.Orders.Get(ctx, s.StoreID, "NEW"); return err },
		"promotion":  func() error { _, err := s.Promotions.Get(ctx, s.StoreID, "week"); return err },
		"faq":        func() error { _, err := s.Catalog.FAQ(ctx, s.StoreID, "hats"); return err },
		"size chart": func() error { _, err := s.Catalog.SizeChart(ctx, s.StoreID, "hats"); return err },
	} {
		if err := get(); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("the %s is still there: %v", name, err)
		}
	}
	if time.Since(s.Clock.Now()) > time.Minute {
		t.Errorf("the clock is still %s", s.Clock.Now())
	}
}

// A record that cannot be is a fault of the file, with its line, and leaves nothing behind.
func testFaultyRecords(t *testing.T, s Shop) {
	for _, c := range []struct{ given, says string }{
		{`order: {"id":"X","status":"eaten","items":[{"title":"a hat"}]}`, "status"},
		{`order: {"id":"X","colour":"red"}`, "colour"},
		{`promotion: {"id":"p","title":"","percent":10}`, "title"},
		{`store: {"currency":"shells"}`, "currency"},
		{`store: {"mood":"good"}`, "mood"},
		{`faq: []`, "array"},
	} {
		f := parse(t, "lang: en\ngiven faq: {\"id\":\"left\",\"question\":\"Left?\",\"answer\":\"No.\",\"enabled\":true}\ngiven "+c.given+"\n# a\n> b\n")
		_, err := Run(t.Context(), s, []*File{f}, nil)
		if !errors.Is(err, ErrCases) || !strings.Contains(err.Error(), "cases.txt:3: given") || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.given, err)
		}
		if _, err := s.Catalog.FAQ(t.Context(), s.StoreID, "left"); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("%s: the record before it is still there: %v", c.given, err)
		}
	}
}

// A photo is the product's picture, changed; or a file.
func testPhotos(t *testing.T, s Shop) {
	ctx := t.Context()
	data := func(p Photo) []byte {
		t.Helper()
		out, err := p.data(ctx, s.Catalog, s.StoreID, s.Folder)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	whole := data(Photo{Product: "lamp-task-red"})
	size := func(data []byte) (w, h int) {
		c, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return c.Width, c.Height
	}
	w, h := size(whole)
	for change := range changes() {
		changed := data(Photo{Product: "lamp-task-red", Changes: []string{change}})
		if bytes.Equal(changed, whole) {
			t.Errorf("%s changes nothing", change)
		}
		if cw, ch := size(changed); change == "cropped" && (cw >= w || ch >= h) || change != "cropped" && (cw != w || ch != h) {
			t.Errorf("%s: %d × %d of %d × %d", change, cw, ch, w, h)
		}
	}
	if err := os.WriteFile(filepath.Join(s.Folder, "lamp.jpg"), whole, 0o600); err != nil {
		t.Fatal(err)
	}
	f := parse(t, "lang: en\n# a file\n>\nphoto: lamp.jpg\nfirst product id: lamp-task-red\n")
	if r, err := Run(ctx, s, []*File{f}, nil); err != nil || r.Passed != 1 {
		t.Errorf("%v, %v", err, r)
	}
	for _, missing := range []Photo{{File: "missing.jpg"}, {Product: "missing"}} {
		if _, err := missing.data(ctx, s.Catalog, s.StoreID, s.Folder); err == nil {
			t.Errorf("%+v was found", missing)
		}
	}
}

// Failures are counted and tell where they stand; a message that the assistant does
// not take is one.
func testFailures(t *testing.T, s Shop) {
	f := parse(t, "lang: en\n# hello\n> hello\nlanguage: zh\nstate: bot\nunderstood.gender: male\n"+
		"# too long\n> "+strings.Repeat("long ", 8000)+"\n")
	r, err := Run(t.Context(), s, []*File{f}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Cases != 2 || r.Passed != 0 || r.Turns != 2 || len(r.Failures) != 3 || r.Properties["language"] != 1 || r.Properties["answer"] != 1 {
		t.Fatalf("%+v", r)
	}
	for i, want := range []string{"cases.txt:4: hello\n  > hello\n  wanted language: zh\n  came   en\n",
		"cases.txt:6: hello\n  > hello\n  wanted understood.gender: male\n  came   nothing\n", "cases.txt:8: too long\n  > long long"} {
		if got := r.Failures[i].String(); !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if r.Slots != 1 || r.SlotRecall != 0 {
		t.Errorf("%+v", r.Measures)
	}
}

func testStops(t *testing.T, s Shop) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Run(ctx, s, []*File{parse(t, "lang: en\n# a\n> b\n")}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestLoad(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"b.txt": "lang: en\n# b\n> b\n", "a.txt": "lang: en\n# a\n> a\n", "notes.md": "no cases"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files, at, err := Load([]string{folder, filepath.Join(folder, "b.txt")})
	if err != nil || at != folder || len(files) != 3 || files[0].Name != "a.txt" || files[2].Name != "b.txt" {
		t.Errorf("%v, %s, %v", files, at, err)
	}
	if err := os.WriteFile(filepath.Join(folder, "c.txt"), []byte("# c\n> c\nx: y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, says string }{{folder, "c.txt:3:"}, {filepath.Join(folder, "missing"), "missing"}, {t.TempDir(), "no .txt file"}} {
		if _, _, err := Load([]string{c.path}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.path, err)
		}
	}
}
