package assistant

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"image"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/index/local"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
	"honeyguide/db"
	"honeyguide/demo"
	"honeyguide/embed"
	"honeyguide/embed/builtin"
	"honeyguide/packs"
)

var (
	encoder = sync.OnceValues(builtin.New)
	trade   = sync.OnceValues(packs.Load)
)

// shop is an assistant over a store that holds the demo's products, without their pictures.
type shop struct {
	*Assistant
	t     testing.TB
	store string
	db    *db.DB
	line  *line // to the encoder
}

// line leads to an encoder and can be cut.
type line struct {
	embed.Joint
	cut atomic.Bool
}

func (l *line) EncodeTexts(ctx context.Context, texts []string) ([]embed.Vector, error) {
	if l.cut.Load() {
		return nil, embed.ErrUnavailable
	}
	return l.Joint.EncodeTexts(ctx, texts)
}

func (l *line) EncodeImages(ctx context.Context, pictures []image.Image) ([]embed.Vector, error) {
	if l.cut.Load() {
		return nil, embed.ErrUnavailable
	}
	return l.Joint.EncodeImages(ctx, pictures)
}

// noon is when the tests take place: a Wednesday.
var noon = time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)

func open(t testing.TB, change func(*Options, *catalog.Settings)) *shop {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	folder := t.TempDir()
	d, err := db.Open(context.WithoutCancel(ctx), filepath.Join(folder, "shop.db"))
	must(err)
	t.Cleanup(func() { d.Close() })
	enc, err := encoder()
	must(err)
	known, err := trade()
	must(err)
	quiet := slog.New(slog.DiscardHandler)
	to := &line{Joint: enc}
	c, err := catalog.Open(ctx, catalog.Options{DB: d, Index: local.New(), Encoder: to, Packs: known, Folder: folder, Log: quiet})
	must(err)
	set := catalog.Settings{Name: "Acacia Lane", Currency: demo.Currency, Locale: "en", Delivery: &catalog.Delivery{MinDays: 2, MaxDays: 5}}
	o := Options{Catalog: c, Records: conversation.Open(d), Promotions: promotions.Open(d, known), Now: func() time.Time { return noon }, Log: quiet,
		Orders: orders.Open(orders.Options{DB: d, Store: c.Store, Now: func() time.Time { return noon }})}
	if change != nil {
		change(&o, &set)
	}
	store, err := c.NewStore(ctx, set)
	must(err)
	feed := filepath.Join(folder, "products.csv")
	must(writeFeed(feed))
	job, err := c.Sync(ctx, store.ID, feed, catalog.Full, false, func(catalog.Job) {})
	must(err)
	if job.Failed > 0 {
		t.Fatalf("%d rows failed: %+v", job.Failed, job.Errors[0])
	}
	a, err := New(o)
	must(err)
	return &shop{a, t, store.ID, d, to}
}

// writeFeed writes the demo's products as a table.
func writeFeed(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := csv.NewWriter(f)
	_ = w.Write([]string{"id", "title", "title_zh", "description", "brand", "price", "sale_price", "availability", "product_type", "color", "gender",
		"age_group", "size", "season", "occasion", "pattern", "material", "item_group_id"})
	for _, p := range demo.Products() {
		_ = w.Write([]string{p.ID, p.Title, p.TitleZH, p.Description, p.Brand, p.Price, p.SalePrice, p.Availability, p.ProductType, p.Color, p.Gender,
			p.AgeGroup, p.Size, p.Season, p.Occasion, p.Pattern, p.Material, p.ItemGroupID})
	}
	w.Flush()
	return w.Error()
}

// talk is a conversation of a test.
type talk struct {
	*shop
	id string
}

func (s *shop) begin(start Start) *talk {
	s.t.Helper()
	o, err := s.Begin(s.t.Context(), s.store, start)
	if err != nil {
		s.t.Fatal(err)
	}
	return &talk{s, o.ID}
}

// say sends a message and returns the reply.
func (k *talk) say(text string) *Reply {
	k.t.Helper()
	return k.send(Message{Text: text}, nil)
}

func (k *talk) send(m Message, tell func(Event)) *Reply {
	k.t.Helper()
	r, err := k.Answer(k.t.Context(), k.store, k.id, m, tell)
	if err != nil {
		k.t.Fatalf("%q: %v", m.Text, err)
	}
	if testing.Verbose() {
		data, _ := json.Marshal(r.Understood)
		k.t.Logf("> %s\n%s/%.2f %s %s\n%s\n%q", m.Text, r.Intent, r.Confidence, r.Asked, data, r.Text, r.Chips)
	}
	return r
}
