package catalog

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"log/slog"
	"slices"
	"testing"
	"time"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/qdrant"
	"honeyguide/catalog/index/qdrant/qdranttest"
)

// onQdrant makes a shop keep its index in a server. *model is its encoder's name.
func onQdrant(t *testing.T, server *qdranttest.Server, model *string) func(*Options) {
	return func(o *Options) {
		if model != nil {
			o.Encoder = renamed{o.Encoder, *model}
		}
		x, err := qdrant.Open(context.Background(), qdrant.Options{
			Addr: server.Addr(), Model: Model(o.Encoder, o.Texts), Spaces: Spaces(o.Encoder, o.Texts), Numbers: Numbers, Exact: true,
			Timeout: 2 * time.Second, Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { x.Close() })
		o.Index = x
	}
}

func (s *shop) catchUp() {
	s.t.Helper()
	if err := s.CatchUp(context.Background()); err != nil {
		s.t.Fatal(err)
	}
}

// inStep fails unless the index holds n products as it should.
func (s *shop) inStep(n int) {
	s.t.Helper()
	d, err := s.projection.Check(context.Background())
	if err != nil || !d.InStep() || d.Entries != n || d.Pending != 0 {
		s.t.Errorf("%+v, %v; want %d in step", d, err, n)
	}
}

// colours are a feed of things with pictures.
func colours(t *testing.T, s *shop, n int) string {
	files, refs := map[string][]byte{}, []string{}
	for i := range n {
		name := fmt.Sprintf("%d.png", i+1)
		files["images/"+name] = drawing(color.NRGBA{uint8(40 * i), uint8(255 - 30*i), uint8(i * i * 7), 255}, 40)
		refs = append(refs, name)
	}
	files["products.csv"] = pictured(refs...)
	return s.file("colours.zip", string(archive(t, files)))
}

// The same question has the same answer, wherever the index is.
func TestQdrantAnswersAsTheLocalIndex(t *testing.T) {
	inMemory, outside := newShop(t), newShop(t, onQdrant(t, qdranttest.Start(t), nil))
	outside.catchUp()
	lines := []string{}
	for i := range 60 {
		lines = append(lines, fmt.Sprintf("p%02d,%s %s %d,%d,Acme,%s,in_stock", i, []string{"red", "blue", "green"}[i%3],
			[]string{"dress", "shirt", "帽子", "linen dress with pockets"}[i%4], i, 5+i, []string{"red", "blue", "green"}[i%3]))
	}
	for _, s := range []*shop{inMemory, outside} {
		s.sync(table(lines...), Full)
		s.syncFile(colours(t, s, 6), Partial)
	}
	for _, text := range []string{"red dress", "linen dress under 30", "绿色帽子", "blue shirt not green", "lamp", "", "dress 5", "不要红色"} {
		if want, got := inMemory.found(text), outside.found(text); !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%q finds\n%v, want\n%v", text, got, want)
		}
	}
	photo := drawing(color.NRGBA{80, 195, 28, 255}, 40)
	if want, got := inMemory.pictured(photo), outside.pictured(photo); !slices.Equal(got, want) || len(got) == 0 {
		t.Errorf("a photo finds %v, want %v", got, want)
	}
}

func TestOutage(t *testing.T) {
	ctx, server := context.Background(), qdranttest.Start(t)
	s := newShop(t, onQdrant(t, server, nil))
	s.catchUp()
	s.sync(table(rows(0, 10)...), Full)
	s.inStep(10)
	pickUp := FAQ{Question: "Can I pick up my order in the Cologne shop?", Answer: "Yes, from ten to six.", Language: "en", Enabled: true, State: FAQLive, Source: FromMerchant}
	if _, err := s.AddFAQ(ctx, s.store, pickUp); err != nil {
		t.Fatal(err)
	}
	server.Stop()
	if _, err := s.Find(ctx, s.store, Search{Text: "hat", Limit: 5}); !errors.Is(err, index.ErrUnavailable) {
		t.Errorf("a search gave %v, want ErrUnavailable", err)
	}
	answer, err := s.Answers(ctx, s.store, FAQQuery{Text: "can I pick up my order in the Cologne shop"})
	if err != nil || answer.Result != FAQAnswered || answer.FAQs[0].FAQ.Question != pickUp.Question {
		t.Errorf("questions without the index: %+v, %v", answer, err)
	}
	if p := s.product("p000"); p.Title == "" {
		t.Error("products can not be read")
	}
	j := s.sync(table(append(rows(1, 30), "new,Purple hat,5,Acme,purple,in_stock")...), Full)
	wantTally(t, j, "done: 30 rows, 21 added, 0 updated, 9 unchanged, 1 removed, 0 failed")
	if p := s.product("new"); p.IndexedAt != nil {
		t.Error("a product that the index misses says that it is indexed")
	}

	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- s.Follow(ctx) }()
	server.Restart()
	eventually(t, func() bool { return s.product("new").IndexedAt != nil })
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Follow ended with %v", err)
	}
	s.inStep(31) // the answer, too
	if got := s.found("purple hat"); len(got) == 0 || got[0] != "new" || slices.Contains(s.found("hat"), "p000") {
		t.Errorf("found %v", got)
	}
}

func eventually(t *testing.T, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it did not happen")
		}
	}
}

// TestCrashDuringAnOutage: what a process did not send the next one does.
func TestCrashDuringAnOutage(t *testing.T) {
	server := qdranttest.Start(t)
	s := newShop(t, onQdrant(t, server, nil))
	s.catchUp()
	s.sync(table(rows(0, 10)...), Full)
	server.Stop()
	if _, err := s.Apply(context.Background(), s.store, nil, []Deletion{{ID: "p003"}}, nil); err != nil {
		t.Fatal(err)
	}
	s.sync(table("p005,Violet hat,9,Acme,purple,in_stock"), Partial)
	server.Restart()
	s.restart()
	s.catchUp()
	s.inStep(9)
	if got := s.found("violet hat"); len(got) == 0 || got[0] != "p005" {
		t.Errorf("found %v", got)
	}
}

func TestWipedIndexIsFilledAgain(t *testing.T) {
	server := qdranttest.Start(t)
	s := newShop(t, onQdrant(t, server, nil))
	s.catchUp()
	s.sync(table(rows(0, 20)...), Full)
	server.Wipe()
	if got := s.found("hat"); len(got) != 0 {
		t.Errorf("found %v in nothing", got)
	}
	s.catchUp()
	s.inStep(20)

	server.Wipe()
	s.sync(table("late,Late hat,9,Acme,red,in_stock"), Partial) // makes a place with nothing else in it
	s.catchUp()
	s.inStep(21)
}

// TestMovingBetweenIndexes sets and unsets where the index is.
func TestMovingBetweenIndexes(t *testing.T) {
	server := qdranttest.Start(t)
	outside := false
	there := onQdrant(t, server, nil)
	s := newShop(t, func(o *Options) {
		if outside {
			there(o)
		}
	})
	s.sync(table(rows(0, 20)...), Full)
	outside = true
	s.restart()
	if s.projection.behind.Load() != true {
		t.Error("nothing is known of the new index, yet it is not behind")
	}
	s.catchUp()
	s.inStep(20)

	outside = false
	s.restart()
	s.sync(table(rows(5, 20)...), Full)
	s.sync(table("p008,Violet hat,9,Acme,purple,in_stock"), Partial)

	outside = true
	s.restart()
	s.catchUp() // the old collection is mended
	s.inStep(15)
	if got := s.found("violet hat"); len(got) == 0 || got[0] != "p008" {
		t.Errorf("found %v", got)
	}
}

func TestDrift(t *testing.T) {
	ctx := context.Background()
	s := newShop(t, onQdrant(t, qdranttest.Start(t), nil))
	s.catchUp()
	s.sync(table(rows(0, 40)...), Full)
	changed, err := s.entry(ctx, s.sight(), s.store, "p011")
	if err != nil {
		t.Fatal(err)
	}
	changed.Numbers[numberPrice]++
	stranger, lost := *changed, *changed
	stranger.ID, lost.Store = "stranger", "no such store"
	if err := s.sight().index.Put(ctx, []index.Entry{*changed, stranger, lost}); err != nil {
		t.Fatal(err)
	}
	if err := s.sight().index.Delete(ctx, s.store, index.Products, []string{"p001", "p002", "p003"}); err != nil {
		t.Fatal(err)
	}
	d, err := s.projection.Check(ctx)
	if err != nil || d.InStep() || d.Entries != 40 || d.Missing != 3 || d.Stale != 1 || d.Surplus != 2 || len(d.Examples) != 6 {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := s.projection.mend(ctx); err != nil {
		t.Fatal(err)
	}
	s.catchUp()
	s.inStep(40)
	before := d.Place
	if err := s.projection.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	s.inStep(40)
	if d, _ = s.projection.Check(ctx); d.Place == before || d.Place == "" {
		t.Errorf("rebuilt in place: %s, %s", before, d.Place)
	}
	if _, err := newProjection(s.db, newShop(t).sight().index, "m", s.log).Check(ctx); !errors.Is(err, ErrNotLasting) {
		t.Errorf("the index in memory gave %v", err)
	}
}

// meddled does something in the middle of each rebuild.
type meddled struct {
	index.Lasting
	meddle func()
}

func (m *meddled) Rebuild(ctx context.Context, kind index.Kind, fill func(func(context.Context, []index.Entry) error) error) error {
	return m.Lasting.Rebuild(ctx, kind, func(put func(context.Context, []index.Entry) error) error {
		err := fill(put)
		m.meddle()
		return err
	})
}

// TestChangesDuringARebuild are in the rebuilt index, although they went into the old one.
func TestChangesDuringARebuild(t *testing.T) {
	ctx := context.Background()
	there := onQdrant(t, qdranttest.Start(t), nil)
	var m *meddled
	s := newShop(t, func(o *Options) {
		there(o)
		m = &meddled{o.Index.(index.Lasting), func() {}}
		o.Index = m
	})
	s.catchUp()
	s.sync(table(rows(0, 40)...), Full)
	m.meddle = func() {
		s.sync(table("p005,Violet hat,9,Acme,purple,in_stock", "p100,New hat,9,Acme,purple,in_stock"), Partial)
		if _, err := s.Apply(ctx, s.store, nil, []Deletion{{ID: "p006"}}, nil); err != nil {
			t.Error(err)
		}
	}
	var told []int
	if err := s.projection.Rebuild(ctx, func(done, total int) { told = append(told, done, total) }); err != nil {
		t.Fatal(err)
	}
	s.catchUp()
	s.inStep(40)
	if !slices.Equal(told, []int{40, 40}) {
		t.Errorf("told %v", told)
	}
	if got := s.found("violet hat"); len(got) == 0 || got[0] != "p005" {
		t.Errorf("found %v", got)
	}
}

// TestAnotherEncoderMovesTheIndex: words find all the while; pictures when all
// are encoded anew, all at once.
func TestAnotherEncoderMovesTheIndex(t *testing.T) {
	model := "first"
	s := newShop(t, onQdrant(t, qdranttest.Start(t), &model))
	s.catchUp()
	s.syncFile(colours(t, s, 3), Full)
	model = "second"
	s.restart()
	s.catchUp()
	photo := drawing(color.NRGBA{0, 255, 0, 255}, 40)
	if got := s.found("lamp"); len(got) != 3 {
		t.Errorf("by words it finds %v, want all", got)
	}
	if got := s.pictured(photo); len(got) != 0 {
		t.Errorf("vectors of another encoder are searched: %v", got)
	}
	s.sync("id,title,price\n4,Lamp,5\n", Partial)
	if got := s.found("lamp"); len(got) != 4 {
		t.Errorf("what comes meanwhile is not found: %v", got)
	}
	if n, err := s.Reencode(context.Background()); n != 3 || err != nil {
		t.Fatalf("made %d, %v", n, err)
	}
	s.catchUp()
	s.inStep(4)
	if d, err := s.projection.Check(context.Background()); err != nil || d.Model != "second" {
		t.Errorf("the index is of %+v, %v", d, err)
	}
	if got := s.pictured(photo); len(got) == 0 || got[0] != "1" {
		t.Errorf("by its picture it finds %v, want 1 first", got)
	}
}
