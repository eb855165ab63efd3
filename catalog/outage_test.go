package catalog

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"honeyguide/catalog/encoders"
	"honeyguide/catalog/query"
	"honeyguide/embed"
	"honeyguide/embed/photo"
)

// colouredShop is a shop of lamps with words for colours, and one without a picture.
func colouredShop(t *testing.T, with ...func(*Options)) *shop {
	t.Helper()
	s := newShop(t, with...)
	s.patience.First, s.patience.Longest = time.Millisecond, 5*time.Millisecond
	s.syncFile(hung(t, s, lamps), Full)
	s.sync("id,title,price,color,product_type\nr,Red desk lamp,5,red,Lamps\ng,Green floor lamp,7,green,Lamps\nb,Blue chair,9,blue,Chairs\n", Partial)
	return s
}

func TestSyncWaitsForTheEncoder(t *testing.T) {
	h := newHues("hues", 8)
	s := newShop(t, seeing(h))
	s.patience.First, s.patience.Longest = time.Millisecond, 5*time.Millisecond
	s.sync(table(rows(0, 8)...), Full)
	h.fails(errDown)
	j := s.queue(table(append(rows(0, 6), rows(8, 40)...)...), Full)
	done := make(chan Job)
	go func() { done <- s.work(j.ID) }()
	eventually(t, func() bool { return s.job(j.ID).Waiting != "" })
	now := s.job(j.ID)
	if now.State != Running || !strings.Contains(now.Waiting, "connection refused") || len(now.Errors) != 0 {
		t.Errorf("meanwhile the job is %+v", now)
	}
	if list, err := s.Jobs(context.Background(), s.store, 0, 9); err != nil || list[0].Waiting != now.Waiting {
		t.Errorf("in the list it is %+v, %v", list, err)
	}
	if got := s.ids(); len(got) < 8 {
		t.Errorf("meanwhile the shop has %v", got)
	}
	h.fails(nil)
	j = <-done
	wantTally(t, j, "done: 38 rows, 32 added, 0 updated, 6 unchanged, 2 removed, 0 failed")
	if j.Waiting != "" {
		t.Errorf("in the end it waits for %q", j.Waiting)
	}
}

func TestWaitingSyncEnds(t *testing.T) {
	h := newHues("hues", 8)
	s := newShop(t, seeing(h))
	s.patience.First = time.Millisecond
	h.fails(errDown)
	j := s.queue(table(rows(0, 8)...), Full)
	done := make(chan Job)
	go func() { done <- s.work(j.ID) }()
	eventually(t, func() bool { return s.job(j.ID).Waiting != "" })
	if _, err := s.CancelJob(context.Background(), s.store, j.ID); err != nil {
		t.Fatal(err)
	}
	if j = <-done; j.State != Canceled || j.Waiting != "" {
		t.Errorf("canceled it is %+v", j)
	}

	j = s.queue(table(rows(0, 8)...), Full)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- s.Run(ctx) }()
	eventually(t, func() bool { return s.job(j.ID).Waiting != "" })
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("Run ended with %v", err)
	}
	s.restart()
	if j = s.job(j.ID); j.State != Queued || j.Waiting != "" {
		t.Errorf("after a restart it is %+v", j)
	}
	h.fails(nil)
	wantTally(t, s.work(j.ID), "done: 8 rows, 8 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
}

func TestEncoderThatRefuses(t *testing.T) {
	h := newHues("hues", 8)
	s := newShop(t, seeing(h))
	h.fails(errors.New("401: wrong key sk-123"))
	j := s.sync(table(rows(0, 8)...), Full)
	if j.State != Failed || len(j.Errors) != 1 || j.Errors[0].Code != "encoder" || strings.Contains(j.Errors[0].Message, "sk-") {
		t.Errorf("the job is %+v", j)
	}
	h.fails(errDown)
	if _, err := s.Apply(context.Background(), s.store, nil, []Deletion{{ID: "p000"}}, nil); err != nil {
		t.Errorf("deletions need no encoder: %v", err)
	}
	if _, err := s.AddFAQ(context.Background(), s.store, FAQ{Question: "Do you ship?", Answer: "Yes.", Language: "en", Enabled: true, State: FAQLive, Source: FromMerchant}); err != nil {
		t.Errorf("answers need no encoder: %v", err)
	}
}

func TestSearchWithoutTheEncoder(t *testing.T) {
	h := newHues("hues", 8)
	s := colouredShop(t, seeing(h))
	ctx := context.Background()
	picture, _, err := photo.Decode(drawing(red, 40))
	if err != nil {
		t.Fatal(err)
	}
	for _, failure := range []error{errDown, errors.New("401: wrong key")} {
		for _, c := range []struct {
			name   string
			search Search
			first  string
			notice string // "": there is none
			field  string
		}{
			{"words", Search{Text: "desk lamp"}, "r", "Search is limited at the moment", "text"},
			{"中文", Search{Text: "desk lamp 灯", Language: "zh"}, "r", "目前搜索功能受限", "text"},
			{"photo and words", Search{Text: "floor lamp", Picture: picture}, "g", "Photos cannot be compared", "image"},
			{"照片和文字", Search{Text: "floor lamp", Picture: picture, Language: "zh"}, "g", "目前无法比对照片", "image"},
			{"filters that no title names", Search{Filters: query.Filters{Brands: nil, PriceMin: new(int64(800))}}, "b", "", ""},
			{"like a product", Search{ProductID: "1"}, "2", "", ""},
			{"nothing", Search{}, "r", "", ""},
		} {
			s.sight().joint = encoders.Rest{}
			h.fails(failure)
			c.search.Limit = 30
			r, err := s.Find(ctx, s.store, c.search)
			if err != nil || len(r.Products) == 0 {
				t.Errorf("%s: %+v, %v", c.name, r, err)
				continue
			}
			if got := r.Products[0].Product.ID; c.name != "nothing" && got != c.first {
				t.Errorf("%s finds %s first, want %s", c.name, got, c.first)
			}
			said := ""
			if len(r.Notices) > 0 {
				said = r.Notices[0].Field + " " + r.Notices[0].Text
			}
			if c.notice == "" && said != "" || c.notice != "" && !strings.HasPrefix(said, c.field+" "+c.notice) {
				t.Errorf("%s says %q, want %s %q", c.name, said, c.field, c.notice)
			}
			if c.field == "image" && (r.Matched != MatchNear || len(r.Palette) == 0 || len(r.Regions) != 0) {
				t.Errorf("%s: matched %s, palette %v, regions %v", c.name, r.Matched, r.Palette, r.Regions)
			}
			if c.notice != "" && len(r.Relaxed) != 0 {
				t.Errorf("%s gave up %v", c.name, r.Relaxed)
			}
		}
		if _, err := s.Find(ctx, s.store, Search{Picture: picture, Limit: 5}); !errors.Is(err, ErrUnread) || !errors.Is(err, embed.ErrUnavailable) {
			t.Errorf("a photo alone gave %v", err)
		}
		if _, err := s.Subject(ctx, s.store, Search{Picture: picture, Text: "to wear"}); !errors.Is(err, ErrUnread) {
			t.Errorf("about a photo it said %v", err)
		}
		kept, err := s.SavePhoto(ctx, s.store, drawing(red, 40), time.Hour)
		if err != nil || len(kept.Palette) == 0 || kept.Regions == nil || len(kept.Regions) != 0 {
			t.Errorf("an uploaded photo is %+v, %v", kept, err)
		}
		toward, err := s.Toward(ctx, "red things")
		if err != nil || toward.vector != nil {
			t.Errorf("toward %v, %v", toward, err)
		}
		if found, err := s.Candidates(ctx, s.store, []Ask{{Toward: toward, Limit: 5}}); err != nil || len(found[0]) != 5 {
			t.Errorf("candidates: %v, %v", found, err)
		}
	}
	h.fails(nil)
	s.sight().joint = encoders.Rest{}
	if r, err := s.Find(ctx, s.store, Search{Picture: picture, Limit: 5}); err != nil || len(r.Notices) != 0 || r.Products[0].Product.ID == "20" {
		t.Errorf("when it is back: %+v, %v", r, err)
	}
}

// Filters that words were read as hold while the words rank alone: nothing is
// given up because no text says so.
func TestConstraintsHoldWithoutTheEncoder(t *testing.T) {
	h := newHues("hues", 8)
	s := newShop(t, seeing(h))
	s.sync("id,title,price,color,product_type\na,Sunset,5,red,Apparel > Dresses\nb,Ocean,7,blue,Apparel > Dresses\nc,Red umbrella,7,red,Umbrellas\n", Full)
	h.fails(errDown)
	r, err := s.Find(context.Background(), s.store, Search{Text: "red dress", Limit: 9})
	if err != nil || len(r.Products) != 1 || r.Products[0].Product.ID != "a" || len(r.Relaxed) != 0 || len(r.Notices) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestSlowEncoderIsNotWaitedFor(t *testing.T) {
	h := newHues("hues", 8)
	s := colouredShop(t, seeing(h))
	asked := 0
	h.before(func(ctx context.Context, _ bool) error {
		asked++
		<-ctx.Done()
		return ctx.Err()
	})
	start := time.Now()
	for range 5 { // the first waits, the others need not
		if got := s.found("desk lamp"); len(got) == 0 || got[0] != "r" {
			t.Errorf("found %v", got)
		}
	}
	if took := time.Since(start); asked != 1 || took > 2*wordsWithin {
		t.Errorf("%d questions in %s", asked, took)
	}
	s.sight().joint = encoders.Rest{}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := s.Find(ctx, s.store, Search{Text: "desk lamp", Limit: 5}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a caller without time gets %v", err)
	}
}

// TestOpenWithoutTheEncoder: what pictures show is learned when it is back.
func TestOpenWithoutTheEncoder(t *testing.T) {
	h := newHues("hues", 8)
	s := colouredShop(t, seeing(h))
	known := h.texts.Load()
	s.restart()
	if h.texts.Load() != known {
		t.Error("the names of categories were encoded again")
	}
	if _, err := s.db.ExecContext(context.Background(), `DELETE FROM kind_vectors`); err != nil {
		t.Fatal(err)
	}
	h.fails(errDown)
	s.restart()
	s.patience.First, s.patience.Longest = time.Millisecond, time.Millisecond
	if got := s.found("desk lamp"); len(got) == 0 || got[0] != "r" {
		t.Errorf("found %v", got)
	}
	done := make(chan error)
	go func() {
		_, err := s.Reencode(context.Background())
		done <- err
	}()
	h.fails(nil)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	s.sight().joint = encoders.Rest{}
	if kept, err := s.SavePhoto(context.Background(), s.store, drawing(red, 40), time.Hour); err != nil || len(kept.Regions) != 1 {
		t.Errorf("a photo is %+v, %v", kept, err)
	}
	if s.sight().kinds.vectors.Load() == nil {
		t.Error("the names of categories are not known")
	}
}

// wordsOnly is an encoder of texts alone.
type wordsOnly struct{ embed.Texts }

// TestTextsOfTheirOwn: words are compared with titles by the text model and with
// pictures by the joint one; photos with pictures alone.
func TestTextsOfTheirOwn(t *testing.T) {
	everywhere(t, func(t *testing.T, over func(*Options)) {
		pictures, texts := newHues("pictures", 8), newHues("texts", 12)
		s := colouredShop(t, func(o *Options) {
			o.Encoder, o.Texts = pictures, wordsOnly{texts}
			over(o)
		})
		s.catchUp()
		if got := Spaces(pictures, texts); s.Model() != "pictures+texts" || got[ImageSpace] != 8 || got[TextSpace] != 12 || s.Encoder().Model() != "pictures" {
			t.Errorf("%s with %v", s.Model(), got)
		}
		e, err := s.entry(context.Background(), s.sight(), s.store, "1")
		if err != nil || len(e.Vectors[ImageSpace]) != 8 || len(e.Vectors[TextSpace]) != 12 {
			t.Errorf("an entry has %v, %v", e.Vectors, err)
		}
		s.seesLamps("with two models")
		if got := s.pictured(drawing(red, 40)); len(got) != lamps {
			t.Errorf("a photo finds %v, want what has a picture", got)
		}
		if got := s.found("greenish"); len(got) == 0 || got[0] != "g" {
			t.Errorf("by titles' vectors it finds %v", got)
		}
		found, err := s.Candidates(context.Background(), s.store, []Ask{{Limit: lamps + 3}})
		if err != nil || len(found[0]) != lamps+3 {
			t.Errorf("%d candidates, %v; want also those without pictures", len(found[0]), err)
		}
		texts.fails(errDown)
		r, err := s.Find(context.Background(), s.store, Search{Text: "blue chair", Limit: 9})
		if err != nil || r.Products[0].Product.ID != "b" || len(r.Notices) != 1 {
			t.Errorf("without the text model: %+v, %v", r, err)
		}
		if got := s.pictured(drawing(red, 40)); len(got) != lamps {
			t.Errorf("without the text model a photo finds %v", got)
		}
	})
}

// TestToTextsOfTheirOwn is a change as any other.
func TestToTextsOfTheirOwn(t *testing.T) {
	pictures, texts := newHues("pictures", 8), newHues("texts", 12)
	with := seeing(pictures)
	s := newShop(t, func(o *Options) { with(o) })
	s.syncFile(hung(t, s, lamps), Full)
	with = func(o *Options) {
		seeing(pictures, pictures)(o)
		o.Texts = texts
	}
	s.restart()
	s.seesLamps("before")
	s.reencode(lamps)
	s.changed("pictures+texts", lamps)
	s.seesLamps("afterwards")
}

func TestLevels(t *testing.T) {
	built, err := encoder()
	if err != nil {
		t.Fatal(err)
	}
	if l := measured(built.Model()); !l.known || l.near >= l.yes {
		t.Errorf("%s was not measured: take the level from «honeyguide eval matched» and docs/benchmarks.md", built.Model())
	}
	few := make([]float64, levelLeast-1)
	if levelFrom(few).known {
		t.Error("a few products say what resembles what")
	}
	var many []float64
	for i := range 200 {
		many = append(many, .80+float64(i)/1000)
	}
	if l := levelFrom(many); !l.known || l.yes < .80 || l.yes > .81 || l.near != 2*l.yes-.9 {
		t.Errorf("the level is %+v", l)
	}
}

// TestLevelOfAnUnknownModel is taken from the store's own pictures, of each store
// for itself.
func TestLevelOfAnUnknownModel(t *testing.T) {
	h := newHues("hues", 8)
	s := newShop(t, seeing(h))
	s.syncFile(hung(t, s, lamps), Full)
	ctx := context.Background()
	find := func(c [3]uint8) Match {
		t.Helper()
		img, _, err := photo.Decode(drawing(rgb(c), 40))
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Find(ctx, s.store, Search{Picture: img, Limit: 5})
		if err != nil || len(r.Products) == 0 && r.Matched != MatchNone {
			t.Fatalf("%+v, %v", r, err)
		}
		return r.Matched
	}
	if got := find([3]uint8{250, 0, 0}); got != MatchNear {
		t.Errorf("with too few products a photo matches %s, want near", got)
	}
	if got := find([3]uint8{0, 250, 0}); got != MatchNear {
		t.Errorf("with too few products a photo of something else matches %s, want near", got)
	}
	files, refs := map[string][]byte{}, []string{}
	for i := range 150 {
		name := fmt.Sprintf("%d.png", i+1)
		files["images/"+name] = drawing(between(i, 150), 40)
		refs = append(refs, name)
	}
	files["products.csv"] = pictured(refs...)
	s.syncFile(s.file("many.zip", string(archive(t, files))), Full)
	if got := find([3]uint8{200, 0, 150}); got != MatchYes {
		t.Errorf("a photo of what is sold matches %s", got)
	}
	if got := find([3]uint8{0, 250, 0}); got != MatchNone {
		t.Errorf("a photo of something else matches %s", got)
	}
}
