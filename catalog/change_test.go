package catalog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/qdrant/qdranttest"
)

const lamps = 20

// everywhere runs a test with each kind of index. over makes a shop's index such.
func everywhere(t *testing.T, test func(t *testing.T, over func(*Options))) {
	t.Run("in memory", func(t *testing.T) { test(t, func(*Options) {}) })
	t.Run("in Qdrant", func(t *testing.T) { test(t, onQdrant(t, qdranttest.Start(t), nil)) })
}

// lampShop is a shop of lamps, encoded by old, that was opened again with next.
func lampShop(t *testing.T, old, next *hues, over func(*Options)) *shop {
	t.Helper()
	with := seeing(old)
	s := newShop(t, func(o *Options) { with(o); over(o) })
	s.catchUp()
	wantTally(t, s.syncFile(hung(t, s, lamps), Full), "done: 20 rows, 20 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
	with = seeing(next, old)
	s.restart()
	s.batch = 4
	s.catchUp()
	return s
}

// seesLamps fails unless photos and words find what they should.
func (s *shop) seesLamps(when string) {
	s.t.Helper()
	for _, i := range []int{0, lamps / 2, lamps - 1} {
		if got := s.pictured(drawing(between(i, lamps), 40)); len(got) == 0 || got[0] != fmt.Sprint(i+1) {
			s.t.Errorf("%s: a photo of lamp %d finds %v", when, i+1, got)
		}
	}
	if got := s.found("lamp"); len(got) < lamps-2 {
		s.t.Errorf("%s: words find %v", when, got)
	}
}

// changed fails unless all entries are a model's and nothing of a change is left.
func (s *shop) changed(model string, products int) {
	s.t.Helper()
	ctx := context.Background()
	var entries, coming int
	err := s.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM entries WHERE kind = 'product' AND model = $1), (SELECT count(*) FROM coming_entries)`,
		makingBy(model)).Scan(&entries, &coming)
	if err != nil || entries != products || coming != 0 {
		s.t.Errorf("%d entries of %s and %d coming, %v; want %d and none", entries, model, coming, err, products)
	}
	if now, on := s.Change(); on || s.Model() != model {
		s.t.Errorf("%s answers, %+v is under way (%t); want %s alone", s.Model(), now, on, model)
	}
	if _, lasting := s.sight().index.(index.Lasting); lasting {
		s.catchUp()
		s.inStep(products)
		if d, err := s.projection.Check(ctx); err != nil || d.Model != model {
			s.t.Errorf("the index is of %+v, %v", d, err)
		}
	}
}

func (s *shop) reencode(want int) {
	s.t.Helper()
	if n, err := s.Reencode(context.Background()); err != nil || n != want {
		s.t.Errorf("made %d, %v; want %d", n, err, want)
	}
}

// TestTheFormerModelAnswersMeanwhile and takes nothing from the new one before
// all is done; then the new one answers alone.
func TestTheFormerModelAnswersMeanwhile(t *testing.T) {
	everywhere(t, func(t *testing.T, over func(*Options)) {
		old, next := newHues("old", 8), newHues("next", 12)
		s := lampShop(t, old, next, over)
		if now, on := s.Change(); !on || now.From != "old" || now.To != "next" || now.Since.IsZero() {
			t.Errorf("the change is %+v, %t", now, on)
		}
		s.seesLamps("before")
		most := 0
		next.before(func(ctx context.Context, pictures bool) error {
			s.seesLamps("meanwhile")
			now, on := s.Change()
			if most = max(most, now.Done); !on || s.Model() != "old" || now.Total != lamps || now.Done >= lamps {
				t.Errorf("meanwhile %s answers and the change is %+v, %t", s.Model(), now, on)
			}
			return ctx.Err()
		})
		s.reencode(lamps)
		if most < lamps/2 {
			t.Errorf("the change said it had done %d at most", most)
		}
		next.before(nil)
		asked := old.pictures.Load() + old.texts.Load()
		s.seesLamps("afterwards")
		if old.pictures.Load()+old.texts.Load() != asked {
			t.Error("the former model is still asked")
		}
		s.changed("next", lamps)
		s.reencode(0)
		s.restart()
		s.catchUp()
		s.seesLamps("after a restart")
		s.changed("next", lamps)
		if now := old.pictures.Load() + old.texts.Load(); now != asked {
			t.Error("the former model is asked after a restart")
		}
	})
}

// image copies a shop's folder as a crash would leave it, and opens the copy.
func (s *shop) image() *shop {
	s.t.Helper()
	to := s.t.TempDir()
	err := filepath.WalkDir(s.folder, func(path string, e fs.DirEntry, err error) error {
		name, _ := filepath.Rel(s.folder, path)
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		case strings.HasSuffix(name, "-shm"):
			return nil
		}
		data, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), data, 0o600)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return &shop{t: s.t, folder: to, store: s.store, mend: s.mend}
}

// interrupted is an index whose Rebuild calls f when all is put, and again when it
// is shown.
type interrupted struct {
	index.Lasting
	f func(stage string)
}

func (i *interrupted) For(model string, spaces map[string]int) index.Lasting {
	return &interrupted{i.Lasting.For(model, spaces), i.f}
}

func (i *interrupted) Rebuild(ctx context.Context, kind index.Kind, fill func(func(context.Context, []index.Entry) error) error) error {
	err := i.Lasting.Rebuild(ctx, kind, func(put func(context.Context, []index.Entry) error) error {
		err := fill(func(ctx context.Context, some []index.Entry) error {
			i.f("putting")
			return put(ctx, some)
		})
		i.f("committed")
		return err
	})
	i.f("shown")
	return err
}

// TestKilledDuringAChange: wherever a process dies, the next one ends the change,
// and does nothing again that was done.
func TestKilledDuringAChange(t *testing.T) {
	t.Run("while it makes entries", func(t *testing.T) {
		old, next := newHues("old", 8), newHues("next", 12)
		s := lampShop(t, old, next, func(*Options) {})
		for n, kinds := 1, next.texts.Load(); ; n++ {
			ctx, cancel := context.WithCancel(context.Background())
			calls := 0
			next.before(func(context.Context, bool) error {
				if calls++; calls > n {
					cancel()
				}
				return ctx.Err()
			})
			_, err := s.Reencode(ctx)
			cancel()
			next.before(nil)
			if err == nil {
				if made := next.pictures.Load(); made > lamps || n < 3 {
					t.Errorf("%d pictures were encoded in %d attempts, %d texts, want %d", made, n, next.texts.Load()-kinds, lamps)
				}
				break
			}
			if !errors.Is(err, context.Canceled) || n > 2*lamps {
				t.Fatalf("attempt %d ended with %v", n, err)
			}
			s = s.image()
			s.start()
			s.batch = 4
			s.seesLamps("after a crash")
		}
		s.seesLamps("in the end")
		s.changed("next", lamps)
	})
	for _, stage := range []string{"putting", "committed", "shown"} {
		t.Run("in Qdrant, "+stage, func(t *testing.T) { killedAt(t, stage) })
	}
}

func killedAt(t *testing.T, stage string) {
	old, next, server := newHues("old", 8), newHues("next", 12), qdranttest.Start(t)
	there := onQdrant(t, server, nil)
	var s, after *shop
	watch := func(string) {}
	s = lampShop(t, old, next, func(o *Options) {
		there(o)
		o.Index = &interrupted{o.Index.(index.Lasting), func(stage string) { watch(stage) }}
	})
	watch = func(now string) {
		if now == stage && after == nil {
			after = s.image()
			if stage != "shown" { // the process ends here: it does nothing more
				server.Stop()
			}
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	if stage != "shown" {
		s.patience.First = 1
		go func() {
			eventually(t, func() bool { now, _ := s.Change(); return now.Fault != "" })
			cancel()
		}()
	}
	_, err := s.Reencode(ctx)
	cancel()
	if stage == "shown" && err != nil || stage != "shown" && err == nil {
		t.Fatalf("the change ended with %v", err)
	}
	if stage != "shown" {
		server.Restart()
	}
	made := next.pictures.Load()
	after.start()
	after.batch = 4
	after.catchUp()
	if _, err := after.Reencode(context.Background()); err != nil {
		t.Fatal(err)
	}
	after.catchUp()
	after.seesLamps("after a crash")
	after.changed("next", lamps)
	if now := next.pictures.Load(); now > made+3 { // three photos
		t.Errorf("%d pictures were encoded again", now-made)
	}
}

// TestSavedDuringAChange: what is added, changed and deleted while the entries are
// made, and while the next index is filled, is in it.
func TestSavedDuringAChange(t *testing.T) {
	everywhere(t, func(t *testing.T, over func(*Options)) {
		old, next := newHues("old", 8), newHues("next", 12)
		s := lampShop(t, old, next, over)
		other, err := s.NewStore(context.Background(), Settings{Name: "Other", Currency: "EUR", Locale: "zh"})
		if err != nil {
			t.Fatal(err)
		}
		calls, done := 0, false
		next.before(func(ctx context.Context, pictures bool) error {
			if calls++; calls == 6 {
				s.sync("id,title,price,color\n1,Green lamp,5,green\nnew,Red new lamp,5,red\n", Partial)
				s.apply([]Deletion{{ID: "2"}, {ID: "20"}})
				theirs := *s
				theirs.store = other.ID
				theirs.sync("id,title,price,color\na,Blue chair,5,blue\nb,Red chair,5,red\n", Full)
			}
			return ctx.Err()
		})
		if lasting, ok := s.coming.index.(index.Lasting); ok {
			s.coming.index = &interrupted{lasting, func(stage string) {
				if stage == "putting" && !done {
					done = true
					s.sync("id,title,price,color\n3,Green second lamp,5,green\nlate,Red late lamp,5,red\n", Partial)
					s.apply([]Deletion{{ID: "4"}})
				}
			}}
		}
		if _, err := s.Reencode(context.Background()); err != nil {
			t.Fatal(err)
		}
		next.before(nil)
		s.changed("next", lamps+1-2+2) // and where another comes late one goes
		if got := s.found("green lamp"); len(got) == 0 || got[0] != "1" {
			t.Errorf("green lamps are %v", got)
		}
		if got := s.found("new lamp"); len(got) == 0 || got[0] != "new" || slices.Contains(got, "2") || slices.Contains(got, "20") {
			t.Errorf("new lamps are %v", got)
		}
		if got := s.found("late lamp"); done && (got[0] != "late" || slices.Contains(got, "4")) {
			t.Errorf("late lamps are %v", got)
		}
		if got := s.pictured(drawing(between(0, lamps), 40)); got[0] == "1" {
			t.Errorf("the picture that lamp 1 had still finds it first: %v", got)
		}
		s.store = other.ID
		if got := s.found("red chair"); !slices.Equal(got, []string{"b"}) {
			t.Errorf("the other store's chairs are %v", got)
		}
	})
}

// TestAnotherChangeOfMind: back to the former model, or on to a third, before the
// first change has ended.
func TestAnotherChangeOfMind(t *testing.T) {
	everywhere(t, func(t *testing.T, over func(*Options)) {
		old, next, third := newHues("old", 8), newHues("next", 12), newHues("third", 16)
		with := seeing(old)
		s := newShop(t, func(o *Options) { with(o); over(o) })
		s.catchUp()
		s.syncFile(hung(t, s, lamps), Full)
		restart := func(now *hues, want int) {
			t.Helper()
			with = seeing(now, old, next, third)
			s.restart()
			s.batch = 4
			s.catchUp()
			s.seesLamps("to " + now.model)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			calls := 0
			now.before(func(context.Context, bool) error {
				if calls++; want == 0 && calls > 4 {
					cancel()
				}
				return ctx.Err()
			})
			defer now.before(nil)
			if _, err := s.Reencode(ctx); err != nil && want > 0 {
				t.Errorf("to %s: %v", now.model, err)
			}
		}
		coming := func() (n int) {
			if err := s.db.QueryRowContext(context.Background(), `SELECT count(*) FROM coming_entries`).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		restart(next, 0)
		if coming() == 0 {
			t.Fatal("nothing was made before the change of mind")
		}
		restart(old, lamps)
		s.changed("old", lamps)
		restart(next, 0)
		restart(third, lamps)
		s.changed("third", lamps)
		s.seesLamps("with the third")
	})
}

// TestTheFormerModelIsGone: then words find until all is done, and what was made
// for the new one before is not made again.
func TestTheFormerModelIsGone(t *testing.T) {
	old, next := newHues("old", 8), newHues("next", 12)
	with := seeing(old)
	s := newShop(t, func(o *Options) { with(o) })
	s.syncFile(hung(t, s, lamps), Full)
	with = seeing(next, old)
	s.restart()
	s.batch = 4
	ctx, cancel := context.WithCancel(context.Background())
	next.before(func(_ context.Context, pictures bool) error {
		if next.pictures.Load() >= 8 {
			cancel()
		}
		return ctx.Err()
	})
	if _, err := s.Reencode(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("the change ended with %v", err)
	}
	next.before(nil)
	made := next.pictures.Load()
	with = seeing(next) // nobody opens the old one
	s.restart()
	if got := s.found("lamp"); len(got) != lamps {
		t.Errorf("words find %v", got)
	}
	if got := s.pictured(drawing(between(0, lamps), 40)); len(got) != int(made) {
		t.Errorf("a photo finds %v, want the %d that were made", got, made)
	}
	made++ // the photo
	s.reencode(lamps - int(made) + 1)
	if again := next.pictures.Load() - lamps - 1; again > 0 {
		t.Errorf("%d pictures were encoded again", again)
	}
	s.seesLamps("in the end")
	s.changed("next", lamps)
}
