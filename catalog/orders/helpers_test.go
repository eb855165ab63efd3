package orders

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"honeyguide/catalog"
	"honeyguide/db"
)

// The stores of every test. Their endpoints are in shop.endpoint.
const (
	mine   = "st_mine"
	theirs = "st_theirs"
)

var begin = time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)

// shop is the orders of a new database with two stores and a clock of its own.
type shop struct {
	*Orders
	t        testing.TB
	elapsed  atomic.Int64 // since begin
	endpoint map[string]*catalog.OrderEndpoint
}

func newShop(t testing.TB, mend ...func(*Options)) *shop {
	t.Helper()
	d, err := db.Open(context.Background(), filepath.Join(t.TempDir(), "shop.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	for _, id := range []string{mine, theirs} {
		if _, err := d.ExecContext(context.Background(), `INSERT INTO stores (id, data, created_at) VALUES ($1, '{}', 0)`, id); err != nil {
			t.Fatal(err)
		}
	}
	s := &shop{t: t, endpoint: map[string]*catalog.OrderEndpoint{}}
	o := Options{DB: d, Now: func() time.Time { return begin.Add(time.Duration(s.elapsed.Load())) },
		Store: func(_ context.Context, id string) (catalog.Store, error) {
			return catalog.Store{ID: id, Settings: catalog.Settings{OrderEndpoint: s.endpoint[id]}}, nil
		}}
	for _, m := range mend {
		m(&o)
	}
	s.Orders = Open(o)
	return s
}

func (s *shop) wait(d time.Duration) { s.elapsed.Add(int64(d)) }

func (s *shop) put(o Order) Order {
	s.t.Helper()
	kept, err := s.Put(context.Background(), mine, o)
	if err != nil {
		s.t.Fatal(err)
	}
	return kept
}

// order is one with a number, for buyers whose phone ends in 8000.
func order(id string) Order {
	return Order{ID: id, Status: "shipped", Carrier: "SF Express", Tracking: "SF1", Phone: "+86 138-0013-8000", Email: "Li@Example.com",
		Items: []Item{{ProductID: "1163", Size: "M"}}, OrderedAt: "2026-11-01", ETA: "2026-11-05"}
}

// wantField checks that an error names a field.
func wantField(t *testing.T, err error, field string) {
	t.Helper()
	var f *catalog.FieldError
	if !errors.As(err, &f) || f.Field != field || f.Message == "" || strings.Contains(f.Message, "%!") || !errors.Is(err, catalog.ErrInvalid) {
		t.Errorf("got %v, want a FieldError of %s", err, field)
	}
}
