package catalog

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"honeyguide/catalog/query"
	"honeyguide/packs"
)

func chartOf(id string, rows ...SizeRow) SizeChart {
	if rows == nil {
		rows = []SizeRow{{Size: "M", Measures: map[string]packs.Range{"chest": {86, 90}}, Also: map[string]string{"eu": "38"}}}
	}
	return SizeChart{ID: id, Category: "tops", Brand: " Acme ", Gender: "female", Unit: "cm", Rows: rows}
}

func TestSizeCharts(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	other, err := s.NewStore(ctx, Settings{Name: "Other", Currency: "USD", Locale: "en"})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"b", "a", "尺码/1"} {
		if _, err := s.PutSizeChart(ctx, s.store, chartOf(id)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.SizeChart(ctx, s.store, "a")
	if err != nil || got.Brand != "Acme" || !reflect.DeepEqual(got.Rows, chartOf("").Rows) || got.UpdatedAt.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
	changed := chartOf("a")
	changed.Unit = "in"
	if _, err := s.PutSizeChart(ctx, s.store, changed); err != nil {
		t.Fatal(err)
	}
	if got, _ = s.SizeChart(ctx, s.store, "a"); got.Unit != "in" {
		t.Error("a chart is not replaced")
	}
	all, err := s.SizeCharts(ctx, s.store, "a", 10)
	if err != nil || len(all) != 2 || all[0].ID != "b" {
		t.Errorf("after a: %v, %v", all, err)
	}
	if _, err := s.SizeChart(ctx, other.ID, "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("another store's chart: %v", err)
	}
	if err := s.DeleteSizeChart(ctx, other.ID, "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("delete another store's chart: %v", err)
	}
	if err := s.DeleteSizeChart(ctx, s.store, "a"); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteSizeChart(ctx, s.store, "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("delete twice: %v", err)
	}
}

func TestSizeChartRefusals(t *testing.T) {
	s := newShop(t)
	row := func(size, measure string, low, high float64) SizeRow {
		return SizeRow{Size: size, Measures: map[string]packs.Range{measure: {low, high}}}
	}
	for field, change := range map[string]func(*SizeChart){
		"id":             func(c *SizeChart) { c.ID = "" },
		"category":       func(c *SizeChart) { c.Category = "spaceships" },
		"gender":         func(c *SizeChart) { c.Gender = "robot" },
		"unit":           func(c *SizeChart) { c.Unit = "feet" },
		"rows":           func(c *SizeChart) { c.Rows = nil },
		"rows[0]":        func(c *SizeChart) { c.Rows[0].Measures = nil },
		"rows[0].size":   func(c *SizeChart) { c.Rows[0].Size = " " },
		"rows[0].wings":  func(c *SizeChart) { c.Rows[0] = row("M", "wings", 1, 2) },
		"rows[0].chest":  func(c *SizeChart) { c.Rows[0] = row("M", "chest", 90, 80) },
		"rows[1].size":   func(c *SizeChart) { c.Rows = append(c.Rows, c.Rows[0]) },
		"rows[1].height": func(c *SizeChart) { c.Rows = append(c.Rows, row("L", "height", -1, 80)) },
	} {
		ch := chartOf("a")
		change(&ch)
		var fault *FieldError
		if _, err := s.PutSizeChart(context.Background(), s.store, ch); !errors.As(err, &fault) || fault.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestSizeRowJSON(t *testing.T) {
	for text, ok := range map[string]bool{
		`{"size":"M","chest":[86,90],"also":{"eu":"38"}}`: true, `{"size":"M","chest":[86]}`: false, `{"size":"M","chest":[86,90,95]}`: false,
		`{"size":5,"chest":[86,90]}`: false, `[]`: false, `{"size":"M","chest":"big"}`: false,
	} {
		var row, again SizeRow
		if err := json.Unmarshal([]byte(text), &row); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		} else if ok {
			data, err := json.Marshal(row)
			if err != nil || json.Unmarshal(data, &again) != nil || !reflect.DeepEqual(row, again) {
				t.Errorf("%s comes back as %s, %v", text, data, err)
			}
		}
	}
}

func TestDelivery(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	for _, d := range []Delivery{{-1, 2}, {3, 2}, {0, 366}} {
		if _, err := s.ChangeStore(ctx, s.store, func(set *Settings) { set.Delivery = &d }); !errors.Is(err, ErrInvalid) {
			t.Errorf("%+v: %v", d, err)
		}
	}
	if _, err := s.ChangeStore(ctx, s.store, func(set *Settings) { set.Delivery = &Delivery{MinDays: 2, MaxDays: 5} }); err != nil {
		t.Fatal(err)
	}
	store, err := s.Store(ctx, s.store)
	if err != nil || store.Delivery == nil || *store.Delivery != (Delivery{2, 5}) {
		t.Fatalf("%+v, %v", store.Delivery, err)
	}
	first, last := store.Delivery.Arrival(time.Date(2026, 12, 30, 23, 59, 0, 0, time.UTC))
	if first.Format(time.DateOnly) != "2027-01-01" || last.Format(time.DateOnly) != "2027-01-04" {
		t.Errorf("arrives from %v to %v", first, last)
	}
}

// What is barred is never shown, though nothing else fits; a row that says
// nothing of it is.
func TestBarred(t *testing.T) {
	s := newShop(t)
	s.sync("id,title,price,gender,product_type\na,Red shirt,5,male,Shirts\nb,Red shirt,5,,Shirts\nc,Red watch,5,female,Watches\n", Full)
	for _, c := range []struct {
		text, want string
		not        query.Exclusions
	}{
		{"red", "b c", query.Exclusions{Genders: []string{"male"}}},
		{"men's shirt", "b", query.Exclusions{Genders: []string{"male"}}},
		{"watch", "", query.Exclusions{Categories: []string{"watches", "tops"}}},
	} {
		r, err := s.Find(context.Background(), s.store, Search{Text: c.text, Not: c.not, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, f := range r.Products {
			got[f.Product.ID] = true
		}
		if got["a"] || got["b"] != (c.want == "b" || c.want == "b c") || got["c"] != (c.want == "b c") {
			t.Errorf("%q without %+v finds %v", c.text, c.not, got)
		}
	}
	if !s.Sells(s.store, "watches") || s.Sells(s.store, "shoes") {
		t.Error("what the store sells is not told")
	}
}
