package catalog

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// office is a shop with a lunch break, a night shift from Friday to Saturday and
// Christmas off.
func office() *Hours {
	day := []Span{{"09:00", "12:30"}, {"13:30", "18:00"}}
	return &Hours{TimeZone: "Europe/Berlin", Monday: day, Tuesday: day, Wednesday: day, Thursday: day,
		Friday: []Span{{"22:00", "24:00"}}, Saturday: []Span{{"00:00", "02:00"}}, Closed: []string{"2026-12-24", "2026-12-28"}}
}

func TestHoursOpen(t *testing.T) {
	zone, h := berlin(t), office()
	if err := h.validate(); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]bool{
		"2026-11-16 08:59": false, "2026-11-16 09:00": true, "2026-11-16 12:29": true, "2026-11-16 12:30": false, "2026-11-16 13:30": true,
		"2026-11-16 17:59": true, "2026-11-16 18:00": false, "2026-11-20 10:00": false, "2026-11-20 23:59": true, "2026-11-21 00:00": true,
		"2026-11-21 01:59": true, "2026-11-21 02:00": false, "2026-11-22 12:00": false, "2026-12-24 10:00": false, "2026-12-23 10:00": true,
	} {
		local, err := time.ParseInLocation("2006-01-02 15:04", at, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Open(local.UTC()); got != want {
			t.Errorf("%s: open %t", at, got)
		}
	}
	always := (*Hours)(nil)
	if now := time.Now(); !always.Open(now) {
		t.Error("no hours are always open")
	} else if next, ok := always.Opens(now); !ok || !next.Equal(now) {
		t.Errorf("no hours open at %v", next)
	}
}

func TestHoursOpens(t *testing.T) {
	zone := berlin(t)
	nights := &Hours{TimeZone: "Europe/Berlin", Sunday: []Span{{"02:30", "05:00"}}}
	shanghai := &Hours{TimeZone: "Asia/Shanghai", Sunday: []Span{{"09:00", "21:00"}}}
	for _, c := range []struct {
		hours    *Hours
		at, want string // Berlin's clock
	}{
		{office(), "2026-11-16 07:00", "2026-11-16 09:00"},
		{office(), "2026-11-16 09:30", "2026-11-16 09:30"},
		{office(), "2026-11-16 12:30", "2026-11-16 13:30"},
		{office(), "2026-11-16 18:00", "2026-11-17 09:00"},
		{office(), "2026-11-19 18:00", "2026-11-20 22:00"},
		{office(), "2026-11-21 02:00", "2026-11-23 09:00"},
		{office(), "2026-12-23 18:00", "2026-12-25 22:00"}, // over a closed day
		{office(), "2026-12-26 02:00", "2026-12-29 09:00"}, // and a closed Monday
		{nights, "2026-03-29 00:00", "2026-03-29 03:00"},   // the clock jumps from 2 to 3
		{nights, "2026-10-24 12:00", "2026-10-25 02:30"},   // and back from 3 to 2
		{shanghai, "2026-11-22 01:59", "2026-11-22 02:00"}, // 09:00 there
		{shanghai, "2026-11-22 14:00", "2026-11-29 02:00"}, // 21:00 there
		{&Hours{TimeZone: "UTC"}, "2026-11-22 14:00", ""},  // never
		{&Hours{TimeZone: "Nowhere/Is"}, "2026-11-22 14:00", ""},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.at, zone)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := c.hours.Opens(at)
		if ok != (c.want != "") || ok && got.In(zone).Format("2006-01-02 15:04") != c.want {
			t.Errorf("%s: opens at %v (%t), want %s", c.at, got.In(zone), ok, c.want)
		}
		if ok && !c.hours.Open(got) {
			t.Errorf("%s: not open at %v", c.at, got)
		}
	}
}

func TestHoursNameWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		hours Hours
		field string
	}{
		{Hours{}, "hours.time_zone"},
		{Hours{TimeZone: "Local"}, "hours.time_zone"},
		{Hours{TimeZone: "Berlin"}, "hours.time_zone"},
		{Hours{TimeZone: "UTC", Monday: []Span{{"9:00", "12:00"}}}, "hours.monday[0]"},
		{Hours{TimeZone: "UTC", Tuesday: []Span{{"09:00", "12:00"}, {"11:59", "13:00"}}}, "hours.tuesday[1]"},
		{Hours{TimeZone: "UTC", Wednesday: []Span{{"12:00", "12:00"}}}, "hours.wednesday[0]"},
		{Hours{TimeZone: "UTC", Thursday: []Span{{"22:00", "02:00"}}}, "hours.thursday[0]"},
		{Hours{TimeZone: "UTC", Friday: []Span{{"09:00", "24:01"}}}, "hours.friday[0]"},
		{Hours{TimeZone: "UTC", Saturday: []Span{{"09:60", "12:00"}}}, "hours.saturday[0]"},
		{Hours{TimeZone: "UTC", Sunday: []Span{{"+9:00", "12:00"}}}, "hours.sunday[0]"},
		{Hours{TimeZone: "UTC", Sunday: make([]Span, 9)}, "hours.sunday"},
		{Hours{TimeZone: "UTC", Closed: []string{"2026-12-25", "2026-13-01"}}, "hours.closed[1]"},
		{Hours{TimeZone: "UTC", Closed: make([]string, 201)}, "hours.closed"},
	} {
		var wrong *FieldError
		if err := c.hours.validate(); !errors.As(err, &wrong) || wrong.Field != c.field {
			t.Errorf("%+v: %v, want %s", c.hours, err, c.field)
		}
	}
}

func TestHoursAreSettings(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	want := office()
	_, err := s.ChangeStore(ctx, s.store, func(set *Settings) {
		set.Hours, set.Handover, set.Persona = office(), &Handover{Enabled: true, Contact: "电话 400-000"}, "You are Lin, brief and warm."
	})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := s.Store(ctx, s.store)
	if err != nil || !reflect.DeepEqual(kept.Hours, want) || kept.Handover.Contact != "电话 400-000" || !kept.Handover.Offered() || kept.Persona == "" {
		t.Errorf("kept %+v, %v", kept, err)
	}
	for field, change := range map[string]func(*Settings){
		"hours.monday[0]":  func(set *Settings) { set.Hours.Monday = []Span{{"18:00", "09:00"}} },
		"handover.contact": func(set *Settings) { set.Handover = &Handover{Contact: strings.Repeat("x", 501)} },
		"persona":          func(set *Settings) { set.Persona = strings.Repeat("x", 4001) },
	} {
		var wrong *FieldError
		if _, err := s.ChangeStore(ctx, s.store, change); !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if none := (*Handover)(nil); !none.Offered() || (&Handover{Contact: "x"}).Offered() {
		t.Error("persons are offered unless a store says otherwise")
	}
}

// FuzzClock reads any clock, and opens within the bounds of its span.
func FuzzClock(f *testing.F) {
	f.Add("09:00", "18:00", int64(1_800_000_000))
	f.Add("00:00", "24:00", int64(0))
	f.Add("9:0", "ab:cd", int64(-1))
	f.Fuzz(func(t *testing.T, from, to string, at int64) {
		h := &Hours{TimeZone: "America/New_York", Monday: []Span{{from, to}}}
		if h.validate() != nil || at < 0 || at > 4e9 {
			return
		}
		now := time.Unix(at, 0)
		next, ok := h.Opens(now)
		if !ok || next.Before(now) || !h.Open(next) || next.Sub(now) > 8*24*time.Hour {
			t.Errorf("%s to %s at %v: %v, %t", from, to, now, next, ok)
		}
	})
}
