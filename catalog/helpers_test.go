package catalog

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"honeyguide/catalog/feed"
	"honeyguide/catalog/fetch"
	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
	"honeyguide/db"
	"honeyguide/embed"
	"honeyguide/embed/builtin"
	"honeyguide/embed/photo"
	"honeyguide/packs"
)

// The encoder and the packs never change: all tests share them.
var (
	encoder = sync.OnceValues(builtin.New)
	trade   = sync.OnceValues(packs.Load)
)

// shop is a Catalog over a folder of its own, with one store.
type shop struct {
	*Catalog
	t      testing.TB
	folder string
	store  string
	mend   func(*Options) // changes the options at every start
}

// newShop opens a shop whose syncs go by few rows, so that small feeds have many batches.
func newShop(t testing.TB, mend ...func(*Options)) *shop {
	t.Helper()
	s := &shop{t: t, folder: t.TempDir(), mend: func(o *Options) {
		for _, m := range mend {
			m(o)
		}
	}}
	s.start()
	store, err := s.NewStore(context.Background(), Settings{Name: "Shop", Currency: "USD", Locale: "en"})
	if err != nil {
		t.Fatal(err)
	}
	s.store = store.ID
	return s
}

// start opens the shop, as a new process would.
func (s *shop) start() {
	s.t.Helper()
	d, err := db.Open(context.Background(), filepath.Join(s.folder, "shop.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { d.Close() })
	enc, err := encoder()
	if err != nil {
		s.t.Fatal(err)
	}
	known, err := trade()
	if err != nil {
		s.t.Fatal(err)
	}
	o := Options{DB: d, Index: local.New(), Encoder: enc, Packs: known, Folder: s.folder, Log: slog.New(slog.DiscardHandler),
		Fetch: fetch.New(fetch.Options{Allow: func(a netip.Addr) bool { return a.IsLoopback() }})}
	s.mend(&o)
	if s.Catalog, err = Open(context.Background(), o); err != nil {
		s.t.Fatal(err)
	}
	s.batch = 8
}

// restart closes the shop and opens it again with an empty index.
func (s *shop) restart() {
	s.t.Helper()
	if err := s.db.Close(); err != nil {
		s.t.Fatal(err)
	}
	s.start()
}

// table is a CSV feed of these lines below a header.
func table(lines ...string) string {
	return "id,title,price,brand,color,availability\n" + strings.Join(lines, "\n") + "\n"
}

// rows are plain lines of a table with ids from p000 on.
func rows(from, to int) []string {
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, fmt.Sprintf("p%03d,Plain shirt %d,%d.50,Acme,blue,in_stock", i, i, 10+i))
	}
	return lines
}

// file writes a feed beside the shop and returns its path.
func (s *shop) file(name, content string) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

// sync runs a feed to its end.
func (s *shop) sync(content string, mode Mode) Job {
	s.t.Helper()
	return s.syncFile(s.file("feed.csv", content), mode)
}

func (s *shop) syncFile(path string, mode Mode) Job {
	s.t.Helper()
	j, err := s.Sync(context.Background(), s.store, path, mode, false, func(Job) {})
	if err != nil {
		s.t.Fatal(err)
	}
	return j
}

// queue queues a feed as the API does.
func (s *shop) queue(content string, mode Mode) Job {
	s.t.Helper()
	j, err := s.NewFeed(context.Background(), s.store, mode, func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return j
}

// work runs the queued jobs until none is left, and returns how one of them stands.
func (s *shop) work(id string) Job {
	s.t.Helper()
	for {
		j, err := s.next(context.Background())
		if err != nil {
			return s.job(id)
		}
		if err := s.runJob(context.Background(), &j, func(Job) {}); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *shop) job(id string) Job {
	s.t.Helper()
	j, err := s.Job(context.Background(), s.store, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return j
}

// ids lists the living products.
func (s *shop) ids() []string {
	s.t.Helper()
	list, err := s.Products(context.Background(), s.store, "", 10_000)
	if err != nil {
		s.t.Fatal(err)
	}
	ids := []string{}
	for _, p := range list {
		ids = append(ids, p.ID)
	}
	return ids
}

func (s *shop) product(id string) Product {
	s.t.Helper()
	p, err := s.Product(context.Background(), s.store, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// apply changes products given as JSON.
func (s *shop) apply(deletions []Deletion, products ...string) Changes {
	s.t.Helper()
	var items []feed.Item
	for i, raw := range products {
		it, err := feed.ParseJSON([]byte(raw), i+1, "USD")
		if err != nil {
			s.t.Fatal(err)
		}
		items = append(items, it)
	}
	changes, err := s.Apply(context.Background(), s.store, items, deletions, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return changes
}

// found lists the ids that a text finds, best first.
func (s *shop) found(text string) []string {
	s.t.Helper()
	ids := []string{}
	for skip := 0; ; {
		r, err := s.Find(context.Background(), s.store, Search{Text: text, Limit: MaxPage, Skip: skip})
		if err != nil {
			s.t.Fatal(err)
		}
		for _, f := range r.Products {
			ids = append(ids, f.Product.ID)
		}
		if skip = r.Next; skip == 0 {
			return ids
		}
	}
}

// tally is a job's figures on one line.
func tally(j Job) string {
	return fmt.Sprintf("%s: %d rows, %d added, %d updated, %d unchanged, %d removed, %d failed", j.State, j.Done, j.Added, j.Updated, j.Unchanged, j.Removed, j.Failed)
}

func wantTally(t testing.TB, j Job, want string) {
	t.Helper()
	if got := tally(j); got != want {
		t.Errorf("job ended %s\nwant      %s\nerrors: %v", got, want, j.Errors)
	}
}

// drawing is a square PNG of one colour with a lighter ground around it.
func drawing(c color.Color, side int) []byte { return drawn(c, side, side) }

func drawn(c color.Color, width, height int) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(img, img.Rect.Inset(height/6), image.NewUniform(c), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // writing to memory
	}
	return b.Bytes()
}

var (
	red  = color.NRGBA{200, 20, 30, 255}
	blue = color.NRGBA{30, 40, 190, 255}
)

// archive is a zip of named contents.
func archive(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// watched is an index that tells of every Put before it happens, which then may fail.
type watched struct {
	index.Index
	put func(entries []index.Entry) error
}

func (w *watched) Put(ctx context.Context, entries []index.Entry) error {
	if err := w.put(entries); err != nil {
		return err
	}
	return w.Index.Put(ctx, entries)
}

// renamed is an encoder under another model's name.
type renamed struct {
	embed.Joint
	model string
}

func (r renamed) Model() string { return r.model }

// pictured returns what a photo finds.
func (s *shop) pictured(encoded []byte) []string {
	s.t.Helper()
	img, _, err := photo.Decode(encoded)
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := s.Find(context.Background(), s.store, Search{Picture: img, Limit: MaxPage})
	if err != nil {
		s.t.Fatal(err)
	}
	ids := []string{}
	for _, f := range r.Products {
		ids = append(ids, f.Product.ID)
	}
	return ids
}
