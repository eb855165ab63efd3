package catalog

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"honeyguide/catalog/feed"
	"honeyguide/catalog/index"
)

// running starts Run and returns a function that stops it and waits for its end.
func (s *shop) running() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- s.Run(ctx) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			s.t.Error(err)
		}
	}
}

// until waits for a job to be in one of some states.
func (s *shop) until(id string, ok func(Job) bool) Job {
	s.t.Helper()
	for range 2000 {
		if j := s.job(id); ok(j) {
			return j
		}
		time.Sleep(5 * time.Millisecond)
	}
	s.t.Fatalf("the job stays %s", tally(s.job(id)))
	return Job{}
}

func final(j Job) bool { return j.State.Final() }

func TestRunTakesJobsInOrder(t *testing.T) {
	s := newShop(t)
	stop := s.running()
	defer stop()
	var last Job
	for i := range 3 {
		last = s.queue(table(fmt.Sprintf("p1,Version %d,5,,,", i)), Full)
		time.Sleep(2 * time.Millisecond)
	}
	wantTally(t, s.until(last.ID, final), "done: 1 rows, 0 added, 1 updated, 0 unchanged, 0 removed, 0 failed")
	if p := s.product("p1"); p.Title != "Version 2" {
		t.Errorf("the last feed does not count: %q", p.Title)
	}
	j := s.job(last.ID)
	if j.StartedAt == nil || j.FinishedAt == nil || j.StartedAt.Before(j.CreatedAt) || j.FinishedAt.Before(*j.StartedAt) || j.Total != 1 {
		t.Errorf("times or total are wrong: %+v", j)
	}
}

func TestRunLeavesAloneWhatSyncRuns(t *testing.T) {
	s := newShop(t)
	stop := s.running()
	defer stop()
	for i := range 5 {
		j := s.sync(table(rows(i, 30+i)...), Partial)
		if want := max(1, 30*(1-min(i, 1))); j.State != Done || j.Done != 30 || j.Added != want {
			t.Errorf("sync %d: %s, want %d added", i, tally(j), want)
		}
	}
}

func TestCancelWhileRunning(t *testing.T) {
	ctx := context.Background()
	reached, gone := make(chan struct{}), make(chan struct{})
	var once sync.Once
	s := newShop(t, func(o *Options) {
		o.Index = &watched{o.Index, func(e []index.Entry) error {
			if len(e) > 0 {
				once.Do(func() { close(reached); <-gone })
			}
			return nil
		}}
	})
	stop := s.running()
	defer stop()
	j := s.queue(table(rows(0, 200)...), Full)
	<-reached
	canceled, err := s.CancelJob(ctx, s.store, j.ID)
	close(gone)
	if err != nil || canceled.State != Canceled || canceled.FinishedAt == nil {
		t.Fatalf("canceled: %+v, %v", canceled, err)
	}
	wantTally(t, s.until(s.queue(table("last,Shirt,5,,,"), Partial).ID, final), "done: 1 rows, 1 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
	after := s.job(j.ID)
	if after.State != Canceled || after.FinishedAt == nil || after.Added != 8 {
		t.Errorf("the canceled job is %+v, want its one saved batch counted", after)
	}
	if got, found := s.ids(), s.found(""); len(got) != 9 || len(found) != 9 {
		t.Errorf("%d products, %d found; what was saved before the cancellation stays and is found", len(got), len(found))
	}
	if _, err := os.Stat(j.Source.Path); err == nil {
		t.Error("the canceled feed's copy is still there")
	}
	var n int
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM job_rows`).Scan(&n); err != nil || n != 0 {
		t.Errorf("%d job rows are left, %v", n, err)
	}
}

func TestCancelBeforeItRuns(t *testing.T) {
	s := newShop(t)
	j := s.queue(table(rows(0, 3)...), Full)
	if _, err := s.CancelJob(context.Background(), s.store, j.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.runJob(context.Background(), &j, func(Job) {}); err != nil { // it was taken from the queue just before
		t.Fatal(err)
	}
	if got := s.job(j.ID); got.State != Canceled || len(s.ids()) != 0 {
		t.Errorf("a canceled job ran: %s", tally(got))
	}
	if _, err := os.Stat(j.Source.Path); err == nil {
		t.Error("the feed's copy is still there")
	}
}

func TestJobsRefuse(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	other, err := s.NewStore(ctx, Settings{Name: "Other", Currency: "EUR", Locale: "en"})
	if err != nil {
		t.Fatal(err)
	}
	j := s.sync(table(rows(0, 3)...), Full)
	if _, err := s.CancelJob(ctx, s.store, j.ID); !errors.Is(err, ErrConflict) {
		t.Errorf("canceling a job that is done: %v", err)
	}
	if _, err := s.ConfirmJob(ctx, s.store, j.ID); !errors.Is(err, ErrConflict) {
		t.Errorf("confirming a job that is done: %v", err)
	}
	for name, call := range map[string]func(store, id string) (Job, error){
		"get":     func(store, id string) (Job, error) { return s.Job(ctx, store, id) },
		"cancel":  func(store, id string) (Job, error) { return s.CancelJob(ctx, store, id) },
		"confirm": func(store, id string) (Job, error) { return s.ConfirmJob(ctx, store, id) },
	} {
		if _, err := call(other.ID, j.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s another store's job: %v, want ErrNotFound", name, err)
		}
		if _, err := call(s.store, "job_none"); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s no job: %v, want ErrNotFound", name, err)
		}
	}
	if list, err := s.Jobs(ctx, other.ID, 0, 10); err != nil || len(list) != 0 {
		t.Errorf("another store sees the jobs %v, %v", list, err)
	}
	failing := errors.New("the sender went away")
	if _, err := s.NewFeed(ctx, s.store, Full, func(io.Writer) error { return failing }); !errors.Is(err, failing) {
		t.Errorf("a feed that broke off while it came: %v", err)
	}
	if left, err := os.ReadDir(s.feeds); err != nil || len(left) != 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
}

func TestJobErrorsAreBounded(t *testing.T) {
	s := newShop(t)
	s.batch = batchRows
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, "id,title,price,description\n")
	io.WriteString(z, strings.Repeat("x,,1,"+strings.Repeat("soft ", 60)+"\n", maxJobErrors+200))
	z.Flush() // and there it breaks off
	j := s.work(s.queue(b.String(), Full).ID)
	if j.Failed != maxJobErrors+200 || len(j.Errors) != maxJobErrors || j.Errors[0].Code != "truncated" || j.Errors[1].Line != 2 {
		t.Errorf("%d failed, %d errors are listed, the first %+v", j.Failed, len(j.Errors), j.Errors[0])
	}
}

func TestTheOlderOfTwoHeldFeedsCannotBeConfirmed(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	s.sync(table(rows(0, 20)...), Full)
	older := s.work(s.queue(table(rows(10, 20)...), Full).ID)
	time.Sleep(2 * time.Millisecond)
	younger := s.work(s.queue(table(rows(0, 10)...), Full).ID)
	if older.State != Held || younger.State != Held {
		t.Fatalf("the feeds are %s and %s, want both held", older.State, younger.State)
	}
	if _, err := s.ConfirmJob(ctx, s.store, older.ID); !errors.Is(err, ErrConflict) {
		t.Errorf("confirming the older: %v, want ErrConflict", err)
	}
	if _, err := s.ConfirmJob(ctx, s.store, younger.ID); err != nil {
		t.Fatal(err)
	}
	wantTally(t, s.work(younger.ID), "done: 10 rows, 0 added, 0 updated, 10 unchanged, 10 removed, 0 failed")
	if got := s.job(older.ID).State; got != Canceled {
		t.Errorf("the older is %s, want canceled", got)
	}
}

// Changes at once and a feed meet on the same products. Whatever the order, each
// product ends in a state that one of them gave it, and the index agrees.
func TestChangesDuringAFeed(t *testing.T) {
	s := newShop(t)
	s.sync(table(rows(0, 100)...), Full)
	time.Sleep(2 * time.Millisecond)
	lines := make([]string, 100)
	for i := range lines {
		lines[i] = fmt.Sprintf("p%03d,From the feed,1,Acme,red,in_stock", i)
	}
	stop := s.running()
	defer stop()
	j := s.queue(table(lines...), Full)
	time.Sleep(2 * time.Millisecond)
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for i := range 10 {
				id := fmt.Sprintf("p%03d", w*25+2*i)
				it, err := feed.ParseJSON(fmt.Appendf(nil, `{"id":%q,"title":"From the change","price":"2 USD"}`, id), 1, "USD")
				if err == nil {
					_, err = s.Apply(context.Background(), s.store, []feed.Item{it}, []Deletion{{ID: fmt.Sprintf("p%03d", w*25+2*i+1)}}, nil)
				}
				if err != nil {
					t.Error(err)
				}
				if _, err := s.Find(context.Background(), s.store, Search{Text: "change", Limit: 5}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	s.until(j.ID, final)
	titles := map[string]int{}
	for _, id := range s.ids() {
		titles[s.product(id).Title]++
	}
	if titles["From the change"] != 40 || titles["From the feed"] != 20 || len(titles) != 2 {
		t.Errorf("titles %v, want 40 of the later changes and 20 of the feed", titles)
	}
	if found := s.found(""); len(found) != 60 {
		t.Errorf("%d are found of 60", len(found))
	}
}
