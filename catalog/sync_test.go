package catalog

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFirstSyncReadsEveryFormat(t *testing.T) {
	csv := table(`1,Red shirt,19.99,Acme,red,in_stock`, `2,蓝色衬衫,29.99,山水,藏青色,out_of_stock`)
	zipped := "id,title,price,brand,color,availability,image_link\n1,Red shirt,19.99,Acme,red,in_stock,1.png\n2,蓝色衬衫,29.99,山水,藏青色,out_of_stock,images/2.png\n"
	lines := `{"id":"1","title":"Red shirt","price":{"amount":1999,"currency":"USD"},"brand":"Acme","colors":["red"],"availability":"in_stock"}
{"id":"2","title":"蓝色衬衫","price":"29.99 USD","brand":"山水","color":"藏青色","availability":"out_of_stock"}
`
	var gzipped bytes.Buffer
	z := gzip.NewWriter(&gzipped)
	z.Write([]byte(csv))
	z.Close()
	for name, content := range map[string]string{
		"csv": csv, "csv.gz": gzipped.String(), "jsonl": lines,
		"zip": string(archive(t, map[string][]byte{"products.csv": []byte(zipped), "images/1.png": drawing(red, 40), "images/2.png": drawing(blue, 40)})),
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			wantTally(t, s.syncFile(s.file("feed", content), Full), "done: 2 rows, 2 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
			p := s.product("2")
			if p.Title != "蓝色衬衫" || p.Price.Amount != 2999 || p.Price.Currency != "USD" || p.Brand != "山水" || p.Availability != OutOfStock ||
				!slices.Equal(p.Colors, []string{"navy blue"}) || p.Category == "" || p.IndexedAt == nil {
				t.Errorf("got %+v", p)
			}
			if got := s.found("red shirt"); !slices.Equal(got, []string{"1"}) {
				t.Errorf("found %v, want the red shirt that is in stock", got)
			}
			if name != "zip" {
				return
			}
			f, _, err := s.Media(strings.TrimPrefix(p.ImageLink, MediaPath))
			if err != nil {
				t.Fatalf("picture %s: %v", p.ImageLink, err)
			}
			f.Close()
		})
	}
}

func TestSyncingAgainTouchesNothing(t *testing.T) {
	s := newShop(t)
	files := map[string][]byte{"images/1.png": drawing(red, 40)}
	files["products.csv"] = []byte("id,title,price,image_link\n1,Shirt,5,1.png\n2,Hat,6,\n")
	path := s.file("feed.zip", string(archive(t, files)))
	s.syncFile(path, Full)
	before := []Product{s.product("1"), s.product("2")}
	time.Sleep(3 * time.Millisecond)
	wantTally(t, s.syncFile(path, Full), "done: 2 rows, 0 added, 0 updated, 2 unchanged, 0 removed, 0 failed")
	for _, was := range before {
		if is := s.product(was.ID); !is.UpdatedAt.Equal(was.UpdatedAt) || !is.IndexedAt.Equal(*was.IndexedAt) {
			t.Errorf("%s was touched: updated %v, then %v; indexed %v, then %v", was.ID, was.UpdatedAt, is.UpdatedAt, was.IndexedAt, is.IndexedAt)
		}
	}
	files["images/1.png"] = drawing(blue, 40)
	wantTally(t, s.syncFile(s.file("feed.zip", string(archive(t, files))), Full), "done: 2 rows, 0 added, 1 updated, 1 unchanged, 0 removed, 0 failed")
}

func TestChangedRowIsUpdated(t *testing.T) {
	s := newShop(t)
	lines := rows(0, 20)
	s.sync(table(lines...), Full)
	lines[13] = "p013,Fancy trousers,99,Acme,green,in_stock"
	wantTally(t, s.sync(table(lines...), Full), "done: 20 rows, 0 added, 1 updated, 19 unchanged, 0 removed, 0 failed")
	if p := s.product("p013"); p.Title != "Fancy trousers" || p.Price.Amount != 9900 {
		t.Errorf("got %+v", p)
	}
	if got := s.found("green trousers"); !slices.Contains(got, "p013") {
		t.Errorf("the changed product is not found by its new words: %v", got)
	}
}

func TestFullFeedRemovesWhatItLacks(t *testing.T) {
	for mode, want := range map[Mode]string{
		Full:    "done: 16 rows, 0 added, 0 updated, 16 unchanged, 4 removed, 0 failed",
		Partial: "done: 16 rows, 0 added, 0 updated, 16 unchanged, 0 removed, 0 failed",
	} {
		t.Run(string(mode), func(t *testing.T) {
			s := newShop(t)
			s.sync(table(rows(0, 20)...), Full)
			wantTally(t, s.sync(table(rows(4, 20)...), mode), want)
			left := 20
			if mode == Full {
				left = 16
			}
			if got, found := s.ids(), s.found(""); len(got) != left || len(found) != left {
				t.Errorf("%d products and %d found, want %d", len(got), len(found), left)
			}
		})
	}
}

func TestHold(t *testing.T) {
	for name, test := range map[string]struct {
		feed     []string
		state    JobState
		toRemove int
	}{
		"exactly 30 %":                      {rows(6, 20), Done, 0},
		"more than 30 %":                    {rows(7, 20), Held, 7},
		"new products do not dilute it":     {rows(7, 50), Held, 7},
		"all, by an empty table":            {nil, Held, 20},
		"row errors are not missing":        {append([]string{"p000,,,,,"}, rows(7, 20)...), Done, 0},
		"a failed row of an unknown is not": {append([]string{"new,,,,,"}, rows(7, 20)...), Held, 7},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.sync(table(rows(0, 20)...), Full)
			j := s.sync(table(test.feed...), Full)
			if j.State != test.state || j.ToRemove != test.toRemove {
				t.Errorf("the job is %s and would remove %d, want %s and %d", j.State, j.ToRemove, test.state, test.toRemove)
			}
			if test.state == Held && j.Removed != 0 {
				t.Errorf("a held job removed %d", j.Removed)
			}
		})
	}
}

func TestHeldJobIsConfirmedOrCanceled(t *testing.T) {
	ctx := context.Background()
	hold := func(t *testing.T) (*shop, Job) {
		s := newShop(t)
		s.sync(table(rows(0, 20)...), Full)
		j := s.work(s.queue(table(rows(10, 20)...), Full).ID)
		wantTally(t, j, "held: 10 rows, 0 added, 0 updated, 10 unchanged, 0 removed, 0 failed")
		return s, j
	}
	t.Run("confirmed", func(t *testing.T) {
		s, j := hold(t)
		s.restart() // it survives one
		if _, err := s.ConfirmJob(ctx, s.store, j.ID); err != nil {
			t.Fatal(err)
		}
		wantTally(t, s.work(j.ID), "done: 10 rows, 0 added, 0 updated, 10 unchanged, 10 removed, 0 failed")
		if got := s.ids(); len(got) != 10 || got[0] != "p010" {
			t.Errorf("left are %v", got)
		}
		if _, err := os.Stat(s.job(j.ID).Source.Path); err == nil {
			t.Error("the feed's copy is still there")
		}
	})
	t.Run("confirmed after more came", func(t *testing.T) {
		s, j := hold(t)
		time.Sleep(2 * time.Millisecond)
		s.apply(nil, `{"id":"new","title":"New hat","price":"5 USD"}`, `{"id":"p003","title":"Kept after all","price":"5 USD"}`)
		if _, err := s.ConfirmJob(ctx, s.store, j.ID); err != nil {
			t.Fatal(err)
		}
		s.work(j.ID)
		if got := s.ids(); len(got) != 12 || !slices.Contains(got, "new") || !slices.Contains(got, "p003") {
			t.Errorf("left are %v; want also what the merchant said later", got)
		}
	})
	t.Run("canceled", func(t *testing.T) {
		s, j := hold(t)
		if _, err := s.CancelJob(ctx, s.store, j.ID); err != nil {
			t.Fatal(err)
		}
		if got := s.ids(); len(got) != 20 {
			t.Errorf("%d products are left, want all 20", len(got))
		}
		if _, err := s.ConfirmJob(ctx, s.store, j.ID); !errors.Is(err, ErrConflict) {
			t.Errorf("confirming a canceled job: %v, want ErrConflict", err)
		}
	})
	t.Run("superseded", func(t *testing.T) {
		s, j := hold(t)
		time.Sleep(2 * time.Millisecond)
		s.work(s.queue(table(rows(0, 20)...), Full).ID)
		if got := s.job(j.ID).State; got != Canceled {
			t.Errorf("after a later full feed the held one is %s, want canceled", got)
		}
	})
}

func TestSyncConfirmedBeforehandHoldsNothing(t *testing.T) {
	s := newShop(t)
	s.sync(table(rows(0, 20)...), Full)
	j, err := s.Sync(context.Background(), s.store, s.file("f.csv", table(rows(19, 20)...)), Full, true, func(Job) {})
	if err != nil {
		t.Fatal(err)
	}
	wantTally(t, j, "done: 1 rows, 0 added, 0 updated, 1 unchanged, 19 removed, 0 failed")
}

func TestRowErrorsAreListed(t *testing.T) {
	s := newShop(t)
	s.sync(table(rows(0, 3)...), Full)
	j := s.sync(table(`p000,Shirt,soon,Acme,red,in_stock`, `p001,,5,Acme,red,in_stock`, `,Hat,5,Acme,red,in_stock`, `p002,Hat,5,Acme,red,in_stock`), Full)
	wantTally(t, j, "done: 4 rows, 0 added, 1 updated, 0 unchanged, 0 removed, 3 failed")
	want := []JobError{{Line: 2, ID: "p000", Field: "price", Code: "invalid"}, {Line: 3, ID: "p001", Field: "title", Code: "missing"}, {Line: 4, Field: "id", Code: "missing"}}
	if len(j.Errors) != len(want) {
		t.Fatalf("errors %v", j.Errors)
	}
	for i, e := range j.Errors {
		if e.Message == "" {
			t.Errorf("error %d says nothing", i)
		}
		if e.Message = ""; e != want[i] {
			t.Errorf("error %d: got %+v, want %+v", i, e, want[i])
		}
	}
	if p := s.product("p000"); p.Price.Amount != 1050 {
		t.Errorf("a failing row changed its product: %+v", p)
	}
}

func TestDuplicatesInAFeed(t *testing.T) {
	again := "p001,Another one,1,Acme,red,in_stock"
	broken := "p001,,,,,"
	for name, test := range map[string]struct {
		lines []string
		want  string
		title string
	}{
		"in one batch":               {slices.Concat(rows(0, 3), []string{again}), "done: 4 rows, 3 added, 0 updated, 0 unchanged, 0 removed, 1 failed", "Plain shirt 1"},
		"a few batches apart":        {slices.Concat(rows(0, 30), []string{again}), "done: 31 rows, 30 added, 0 updated, 0 unchanged, 0 removed, 1 failed", "Plain shirt 1"},
		"far apart":                  {slices.Concat(rows(0, 90), []string{again}), "done: 91 rows, 90 added, 0 updated, 0 unchanged, 0 removed, 1 failed", "Plain shirt 1"},
		"after a broken one":         {slices.Concat([]string{broken}, rows(0, 3)), "done: 4 rows, 3 added, 0 updated, 0 unchanged, 0 removed, 1 failed", "Plain shirt 1"},
		"far after a broken one":     {slices.Concat([]string{broken}, rows(10, 99), rows(1, 2)), "done: 91 rows, 90 added, 0 updated, 0 unchanged, 0 removed, 1 failed", "Plain shirt 1"},
		"far before a broken one":    {slices.Concat(rows(1, 90), []string{broken}), "done: 90 rows, 89 added, 0 updated, 0 unchanged, 0 removed, 1 failed", "Plain shirt 1"},
		"the first of many repeated": {slices.Concat(rows(1, 2), slices.Repeat([]string{again}, 60)), "done: 61 rows, 1 added, 0 updated, 0 unchanged, 0 removed, 60 failed", "Plain shirt 1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			wantTally(t, s.sync(table(test.lines...), Full), test.want)
			if p := s.product("p001"); p.Title != test.title {
				t.Errorf("the product is %q, want %q", p.Title, test.title)
			}
		})
	}
}

func TestKnownProductAfterABrokenRow(t *testing.T) {
	s := newShop(t)
	s.sync(table(rows(0, 60)...), Full)
	changed := "p001,Changed,1,Acme,red,in_stock"
	j := s.sync(table(slices.Concat([]string{"p001,,,,,"}, rows(2, 60), []string{changed}, rows(0, 1))...), Full)
	wantTally(t, j, "done: 61 rows, 0 added, 1 updated, 59 unchanged, 0 removed, 1 failed")
}

func TestTheLaterWordCounts(t *testing.T) {
	s := newShop(t)
	s.sync(table(rows(0, 20)...), Full)
	time.Sleep(2 * time.Millisecond)
	old := s.queue(table(slices.Concat(rows(1, 20), []string{"p900,Old news,1,Acme,red,in_stock"})...), Full)
	time.Sleep(2 * time.Millisecond)
	s.apply([]Deletion{{ID: "p005"}, {ID: "p900"}}, `{"id":"p006","title":"Newer","price":"1 USD"}`, `{"id":"p901","title":"Newest","price":"1 USD"}`)
	time.Sleep(2 * time.Millisecond)
	young := s.queue(table(slices.Concat(rows(1, 20), []string{"p900,Back again,1,Acme,red,in_stock"})...), Partial)

	j, err := s.next(context.Background())
	if err != nil || j.ID != old.ID {
		t.Fatalf("next is %s, %v; want the oldest", j.ID, err)
	}
	if err := s.runJob(context.Background(), &j, func(Job) {}); err != nil {
		t.Fatal(err)
	}
	wantTally(t, s.job(old.ID), "done: 20 rows, 0 added, 0 updated, 17 unchanged, 1 removed, 3 failed")
	for _, e := range s.job(old.ID).Errors {
		if e.Code != "stale" {
			t.Errorf("got error %+v, want only stale rows", e)
		}
	}
	got := s.ids()
	if slices.Contains(got, "p005") || slices.Contains(got, "p900") || slices.Contains(got, "p000") || !slices.Contains(got, "p901") || s.product("p006").Title != "Newer" {
		t.Errorf("a feed from before the changes undid them: %v", got)
	}
	wantTally(t, s.work(young.ID), "done: 20 rows, 2 added, 1 updated, 17 unchanged, 0 removed, 0 failed")
	if got := s.ids(); !slices.Contains(got, "p005") || s.product("p900").Title != "Back again" {
		t.Errorf("a feed from after the deletions brings the products back; there are %v", got)
	}
}

func TestQueuedFeedsRevivesWhatTheOneBeforeRemoved(t *testing.T) {
	s := newShop(t)
	s.sync(table(rows(0, 20)...), Full)
	first := s.queue(table(rows(2, 20)...), Full)
	time.Sleep(2 * time.Millisecond)
	second := s.queue(table(rows(0, 20)...), Full)
	s.work(second.ID)
	wantTally(t, s.job(first.ID), "done: 18 rows, 0 added, 0 updated, 18 unchanged, 2 removed, 0 failed")
	wantTally(t, s.job(second.ID), "done: 20 rows, 2 added, 0 updated, 18 unchanged, 0 removed, 0 failed")
}

func TestFeedThatBreaksOffKeepsWhatCame(t *testing.T) {
	s := newShop(t)
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, "id,title,price,description\n")
	for i := range 40 { // more than what is looked at to find the format
		fmt.Fprintf(z, "p%03d,Plain shirt %d,5,%s\n", i, i, strings.Repeat("soft ", 2000))
	}
	z.Flush()
	j := s.work(s.queue(b.String(), Full).ID)
	wantTally(t, j, "failed: 40 rows, 40 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
	if len(j.Errors) != 1 || j.Errors[0].Code != "truncated" || j.Errors[0].Line != 0 || len(s.found("")) != 40 {
		t.Errorf("errors %v; %d found", j.Errors, len(s.found("")))
	}
}

func TestFeedsFailByName(t *testing.T) {
	s := newShop(t)
	for content, code := range map[string]string{"": "format", "name,cost\nShirt,5\n": "columns", "\x1f\x8b\x08": "truncated"} {
		j := s.work(s.queue(content, Full).ID)
		if j.State != Failed || len(j.Errors) != 1 || j.Errors[0].Code != code {
			t.Errorf("%q: %s with %v, want code %s", content, j.State, j.Errors, code)
		} else if strings.Contains(j.Errors[0].Message, s.folder) {
			t.Errorf("the message shows our folder: %s", j.Errors[0].Message)
		}
	}
	j, err := s.Sync(context.Background(), s.store, filepath.Join(s.folder, "absent"), Full, false, func(Job) {})
	if err != nil || j.State != Failed || len(j.Errors) != 1 || j.Errors[0].Code != "missing" {
		t.Errorf("a path to nothing: %s with %v, %v", j.State, j.Errors, err)
	}
	left, err := os.ReadDir(s.feeds)
	if err != nil || len(left) != 0 {
		t.Errorf("copies of ended feeds are left: %v, %v", left, err)
	}
}

func TestNewFeedRefuses(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	if _, err := s.Sync(ctx, "st_none", s.file("f", table()), Full, false, func(Job) {}); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown store: %v", err)
	}
	var field *FieldError
	if _, err := s.Sync(ctx, s.store, s.file("f", table()), "most", false, func(Job) {}); !errors.As(err, &field) || field.Field != "mode" {
		t.Errorf("unknown mode: %v", err)
	}
	if _, err := s.NewFeedFrom(ctx, s.store, Full, "file:///etc/passwd"); !errors.As(err, &field) || field.Field != "url" {
		t.Errorf("no address: %v", err)
	}
}
