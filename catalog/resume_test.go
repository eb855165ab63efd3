package catalog

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"honeyguide/catalog/index"
)

// state is all of a store that a crash must not change.
func (s *shop) state() map[string]string {
	s.t.Helper()
	rows, err := s.db.QueryContext(context.Background(), `SELECT p.id, p.data, p.hash, p.version, p.deleted_at > 0, p.indexed_at > 0, COALESCE(length(e.data), 0)
		FROM products p LEFT JOIN entries e ON e.store_id = p.store_id AND e.id = p.id WHERE p.store_id = $1`, s.store)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var id, data, hash string
		var version, entry int
		var deleted, indexed bool
		if err := rows.Scan(&id, &data, &hash, &version, &deleted, &indexed, &entry); err != nil {
			s.t.Fatal(err)
		}
		data, _, _ = strings.Cut(data, `"updated_at"`)
		all[id] = fmt.Sprint(data, hash, version, deleted, indexed, entry)
	}
	if err := rows.Err(); err != nil {
		s.t.Fatal(err)
	}
	return all
}

// before and after are two feeds of a store: rows added, changed, removed,
// withdrawn, repeated near and far, broken, stale and left as they were.
func before() []string { return rows(0, 70) }

func after() []string {
	lines := slices.Concat(rows(6, 60), rows(70, 90))
	lines[3] = "p009,Changed,5,Acme,red,in_stock"
	lines[30] = "p036,,5,Acme,red,in_stock"                     // broken
	lines = slices.Insert(lines, 12, lines[10], "p500,,5,,,")   // repeated near; broken and unknown
	return append(lines, lines[0], "p500,At last,5,,,in_stock", // repeated far; mended
		"p020,Again,9,Acme,red,in_stock")
}

func TestFeedGoesOnAfterACrash(t *testing.T) {
	want := newShop(t)
	want.sync(table(before()...), Full)
	late := []Deletion{{ID: "p033", SourceVersion: 7}} // makes the feed's row of it stale
	j := want.queue(table(after()...), Full)
	time.Sleep(2 * time.Millisecond)
	want.apply(late)
	whole := want.work(j.ID)
	wantTally(t, whole, "done: 79 rows, 21 added, 1 updated, 51 unchanged, 16 removed, 6 failed")

	for name, atPut := range map[string]bool{"between commit and index": true, "between two batches": false} {
		t.Run(name, func(t *testing.T) {
			for n := 1; crashAndGoOn(t, n, atPut, late, want, whole); n++ {
				if n > 20 {
					t.Fatal("the feed never ends")
				}
			}
		})
	}
}

// crashAndGoOn interrupts the feed at the nth chance and checks that it ends as
// it does without a crash. It reports whether there was an nth chance.
func crashAndGoOn(t *testing.T, n int, atPut bool, late []Deletion, want *shop, whole Job) bool {
	var stop context.CancelFunc
	puts := -1 // until the crash; below 0 there is none
	s := newShop(t, func(o *Options) {
		o.Index = &watched{o.Index, func([]index.Entry) error {
			if puts--; puts != 0 {
				return nil
			}
			stop()
			return errors.New("the process is gone")
		}}
	})
	s.batch = batchRows
	s.sync(table(before()...), Full)
	s.batch = 20
	j := s.queue(table(after()...), Full)
	time.Sleep(2 * time.Millisecond)
	s.apply(late)
	var running context.Context
	running, stop = context.WithCancel(context.Background())
	defer stop()
	if atPut {
		puts = n
	}
	batches := 0
	err := s.runJob(running, &j, func(Job) {
		if batches++; batches == n && !atPut {
			stop()
		}
	})
	if err == nil {
		wantTally(t, s.job(j.ID), tally(whole))
		return false
	}
	if crashed := s.job(j.ID); crashed.State != Running || crashed.FinishedAt != nil {
		t.Fatalf("crash %d: the job is %s", n, crashed.State)
	}
	s.restart()
	if got := s.job(j.ID).State; got != Queued {
		t.Fatalf("crash %d: after the restart the job is %s, want queued", n, got)
	}
	got := s.work(j.ID)
	if tally(got) != tally(whole) {
		t.Errorf("crash %d: %s\nwithout  %s\nerrors %v", n, tally(got), tally(whole), got.Errors)
	}
	if !slices.Equal(got.Errors, whole.Errors) {
		t.Errorf("crash %d: errors differ:\n%v\n%v", n, whole.Errors, got.Errors)
	}
	compareStates(t, want.state(), s.state())
	if found := s.found(""); !slices.Equal(slices.Sorted(slices.Values(found)), s.ids()) {
		t.Errorf("crash %d: %d products are found of %d", n, len(found), len(s.ids()))
	}
	return true
}

func compareStates(t *testing.T, want, got map[string]string) {
	t.Helper()
	for id := range maps.Keys(want) {
		if got[id] != want[id] {
			t.Errorf("product %s\nwant %s\ngot  %s", id, want[id], got[id])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d products, want %d", len(got), len(want))
	}
}

func TestWhatTheIndexDidNotTakeIsIndexedLater(t *testing.T) {
	broken := errors.New("no connection")
	down := false
	s := newShop(t, func(o *Options) {
		o.Index = &watched{o.Index, func(e []index.Entry) error {
			if down && len(e) > 0 {
				return fmt.Errorf("%w: %w", index.ErrUnavailable, broken)
			}
			return nil
		}}
	})
	s.sync(table(rows(0, 10)...), Full)
	down = true
	j := s.sync(table(append(rows(0, 10), "p100,Green hat,5,Acme,green,in_stock")...), Full)
	if j.State != Done || j.Added != 1 {
		t.Errorf("with the index down the job is %s, added %d: %v", j.State, j.Added, j.Errors)
	}
	if _, err := s.Apply(context.Background(), s.store, nil, []Deletion{{ID: "p000"}}, nil); err != nil {
		t.Errorf("a deletion with the index down: %v", err)
	}
	if p := s.product("p100"); p.IndexedAt != nil {
		t.Error("a product that the index did not take says that it is indexed")
	}
	if err := s.CatchUp(context.Background()); !errors.Is(err, index.ErrUnavailable) {
		t.Errorf("catching up with the index down: %v", err)
	}
	down = false
	if err := s.CatchUp(context.Background()); err != nil {
		t.Fatal(err)
	}
	if p := s.product("p100"); p.IndexedAt == nil || !slices.Contains(s.found("green hat"), "p100") || slices.Contains(s.found("hat"), "p000") {
		t.Errorf("it did not catch up: %+v", p)
	}
	j = s.sync(table(append(rows(1, 10), "p100,Green hat,5,Acme,green,in_stock", "p101,Red hat,5,Acme,red,in_stock")...), Full)
	wantTally(t, j, "done: 11 rows, 1 added, 0 updated, 10 unchanged, 0 removed, 0 failed")
	if p := s.product("p101"); p.IndexedAt == nil {
		t.Error("after it caught up, changes do not reach the index at once")
	}
}

func TestMarkedProductsAreIndexedAtTheNextStart(t *testing.T) {
	gone := &watched{put: func([]index.Entry) error { return nil }}
	s := newShop(t, func(o *Options) { gone.Index = o.Index; o.Index = gone })
	s.sync(table(rows(0, 10)...), Full)
	gone.put = func([]index.Entry) error { return errors.New("the process is gone") }
	if _, err := s.Apply(context.Background(), s.store, nil, []Deletion{{ID: "p001"}, {ID: "p002"}}, nil); err == nil {
		t.Fatal("the index failed, Apply did not")
	}
	gone.put = func([]index.Entry) error { return nil }
	s.restart()
	for id, row := range s.state() {
		if !strings.Contains(row, "true") {
			t.Errorf("%s is still marked: %s", id, row)
		}
	}
	if got := s.found(""); len(got) != 8 {
		t.Errorf("found %v, want the eight that are left", got)
	}
}

func TestFeedFromAnAddressKeepsItsCopy(t *testing.T) {
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls++
		fmt.Fprint(w, table(rows(10, 20)...))
	}))
	s := newShop(t)
	s.sync(table(rows(0, 20)...), Full)
	j, err := s.NewFeedFrom(context.Background(), s.store, Full, server.URL+"/feed.csv")
	if err != nil {
		t.Fatal(err)
	}
	wantTally(t, s.work(j.ID), "held: 10 rows, 0 added, 0 updated, 10 unchanged, 0 removed, 0 failed")
	server.Close()
	s.restart()
	if _, err := s.ConfirmJob(context.Background(), s.store, j.ID); err != nil {
		t.Fatal(err)
	}
	wantTally(t, s.work(j.ID), "done: 10 rows, 0 added, 0 updated, 10 unchanged, 10 removed, 0 failed")
	if calls != 1 {
		t.Errorf("the feed was fetched %d times, want once", calls)
	}

	j, err = s.NewFeedFrom(context.Background(), s.store, Full, server.URL+"/feed.csv")
	if err != nil {
		t.Fatal(err)
	}
	if j = s.work(j.ID); j.State != Failed || j.Errors[0].Code != "fetch" {
		t.Errorf("from a server that is down: %s, %v", j.State, j.Errors)
	}
	j, err = s.NewFeedFrom(context.Background(), s.store, Full, "http://10.0.0.1/feed.csv")
	if err != nil {
		t.Fatal(err)
	}
	if j = s.work(j.ID); j.State != Failed || j.Errors[0].Code != "address" {
		t.Errorf("from a private address: %s, %v", j.State, j.Errors)
	}
}

func TestInterruptedSyncGoesOn(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"same feed":    func(string) error { return nil },
		"changed feed": func(path string) error { return os.WriteFile(path, []byte(table(rows(1, 60)...)), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			path := s.file("feed.csv", table(rows(0, 60)...))
			ctx, stop := context.WithCancel(context.Background())
			if _, err := s.Sync(ctx, s.store, path, Full, true, func(Job) { stop() }); !errors.Is(err, context.Canceled) {
				t.Fatalf("an interrupted Sync: %v", err)
			}
			s.restart()
			if err := change(path); err != nil {
				t.Fatal(err)
			}
			j, err := s.Sync(context.Background(), s.store, path, Full, true, func(Job) {})
			if err != nil {
				t.Fatal(err)
			}
			all, err := s.Jobs(context.Background(), s.store, 0, 10)
			if err != nil {
				t.Fatal(err)
			}
			if name == "same feed" {
				wantTally(t, j, "done: 60 rows, 60 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
				if len(all) != 1 {
					t.Errorf("%d jobs, want the one that went on", len(all))
				}
				return
			}
			if j.Done != 59 || j.Removed != 1 || len(s.ids()) != 59 || len(all) != 2 || all[1].State != Canceled {
				t.Errorf("the changed feed: %s; %d products; jobs %+v", tally(j), len(s.ids()), all)
			}
		})
	}
}

func TestQueuedSyncOfAChangedFeedFails(t *testing.T) {
	s := newShop(t)
	path := s.file("feed.csv", table(rows(0, 60)...))
	ctx, stop := context.WithCancel(context.Background())
	j, _ := s.Sync(ctx, s.store, path, Full, true, func(Job) { stop() })
	s.restart()
	if err := os.WriteFile(path, []byte(table(rows(0, 10)...)), 0o600); err != nil {
		t.Fatal(err)
	}
	if j = s.work(j.ID); j.State != Failed || j.Errors[0].Code != "changed" {
		t.Errorf("the job is %s: %v", j.State, j.Errors)
	}
}

func TestStartSweepsFeedsThatNoJobWaitsFor(t *testing.T) {
	s := newShop(t)
	waiting := s.queue(table(rows(0, 3)...), Full)
	orphan, err := os.CreateTemp(s.feeds, "feed-*")
	if err != nil {
		t.Fatal(err)
	}
	orphan.Close()
	s.restart()
	if _, err := os.Stat(orphan.Name()); err == nil {
		t.Error("the orphan is still there")
	}
	wantTally(t, s.work(waiting.ID), "done: 3 rows, 3 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
}
