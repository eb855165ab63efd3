package orders

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"honeyguide/catalog"
)

func TestOrders(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	put := s.put(Order{ID: "#A/1", Status: "已发货", Phone: "０１３８ 0013 8000", Email: " Li@Example.COM ", Carrier: " SF  Express "})
	want := Order{ID: "#A/1", Status: Shipped, Phone: "013800138000", Email: "li@example.com", Carrier: "SF Express", Items: []Item{}, UpdatedAt: begin}
	if !reflect.DeepEqual(put, want) {
		t.Errorf("put %+v, want %+v", put, want)
	}
	if got, err := s.Get(ctx, mine, "#A/1"); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	for _, id := range []string{"c", "b", "订单-9"} {
		s.put(order(id))
	}
	s.wait(time.Hour)
	if again := s.put(Order{ID: "b", Status: Delivered}); again.Phone != "" || !again.UpdatedAt.Equal(begin.Add(time.Hour)) {
		t.Errorf("an order is not replaced: %+v", again)
	}
	all, err := s.List(ctx, mine, "#A/1", 2)
	if err != nil || len(all) != 2 || all[0].ID != "b" || all[1].ID != "c" {
		t.Errorf("list: %+v, %v", all, err)
	}
	if err := s.Delete(ctx, mine, "b"); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(ctx, mine, "b"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("delete twice: %v", err)
	}
}

func TestOrdersOfAnotherStore(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	s.put(order("1"))
	if _, err := s.Get(ctx, theirs, "1"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("get: %v", err)
	}
	if err := s.Delete(ctx, theirs, "1"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("delete: %v", err)
	}
	if all, err := s.List(ctx, theirs, "", 10); err != nil || len(all) != 0 {
		t.Errorf("list: %v, %v", all, err)
	}
	if _, err := s.Prove(ctx, theirs, "1", Proof{PhoneEnding: "8000"}); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("prove: %v", err)
	}
	if _, err := s.Put(ctx, theirs, Order{ID: "1", Status: Placed}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(ctx, mine, "1"); err != nil || got.Status != Shipped {
		t.Errorf("another store's put changed %+v, %v", got, err)
	}
	if _, err := s.Put(ctx, "st_none", order("1")); err == nil {
		t.Error("an order of no store is taken")
	}
}

func TestOrderRefusals(t *testing.T) {
	s := newShop(t)
	for _, c := range []struct {
		field  string
		change func(*Order)
	}{
		{"id", func(o *Order) { o.ID = "" }},
		{"id", func(o *Order) { o.ID = "# -" }},
		{"id", func(o *Order) { o.ID = "a\x00" }},
		{"id", func(o *Order) { o.ID = "\xff" }},
		{"id", func(o *Order) { o.ID = strings.Repeat("单", maxID+1) }},
		{"status", func(o *Order) { o.Status = "lost" }},
		{"status", func(o *Order) { o.Status = "" }},
		{"carrier", func(o *Order) { o.Carrier = strings.Repeat("a", maxLine+1) }},
		{"tracking", func(o *Order) { o.Tracking = strings.Repeat("a", maxLine+1) }},
		{"phone", func(o *Order) { o.Phone = "12345" }},
		{"phone", func(o *Order) { o.Phone = "1234567890123456" }},
		{"phone", func(o *Order) { o.Phone = "call me" }},
		{"phone", func(o *Order) { o.Phone = "138001380**" }},
		{"email", func(o *Order) { o.Email = "li.example.com" }},
		{"email", func(o *Order) { o.Email = "li@a@b" }},
		{"email", func(o *Order) { o.Email = "@example.com" }},
		{"email", func(o *Order) { o.Email = "Li <li@example.com>" }},
		{"email", func(o *Order) { o.Email = strings.Repeat("a", maxEmail) + "@b" }},
		{"items", func(o *Order) { o.Items = make([]Item, maxItems+1) }},
		{"items[1]", func(o *Order) { o.Items = append(o.Items, Item{Quantity: 1}) }},
		{"items[0].quantity", func(o *Order) { o.Items[0].Quantity = -1 }},
		{"items[0].quantity", func(o *Order) { o.Items[0].Quantity = maxQuantity + 1 }},
		{"items[0].product_id", func(o *Order) { o.Items[0].ProductID = strings.Repeat("a", maxID+1) }},
		{"items[0].title", func(o *Order) { o.Items[0].Title = strings.Repeat("a", maxTitle+1) }},
		{"items[0].size", func(o *Order) { o.Items[0].Size = strings.Repeat("a", maxSize+1) }},
		{"ordered_at", func(o *Order) { o.OrderedAt = "yesterday" }},
		{"eta", func(o *Order) { o.ETA = "2026-02-30" }},
	} {
		o := order("1")
		c.change(&o)
		_, err := s.Put(context.Background(), mine, o)
		wantField(t, err, c.field)
	}
	if all, err := s.List(context.Background(), mine, "", 10); err != nil || len(all) != 0 {
		t.Errorf("refused orders are kept: %v, %v", all, err)
	}
}

func TestStatuses(t *testing.T) {
	for word, want := range map[string]Status{
		"placed": Placed, "Pending Payment": Placed, "on-hold": Placed, "待付款": Placed, "paid": Paid, "processing": Paid, "待發貨": Paid, "已付款": Paid,
		"packed": Packed, "READY_TO_SHIP": Packed, "备货中": Packed, "shipped": Shipped, "In transit": Shipped, "fulfilled": Shipped, "已發貨": Shipped, "运输中": Shipped,
		"out_for_delivery": OutForDelivery, "Out for delivery": OutForDelivery, "派送中": OutForDelivery, "delivered": Delivered, "completed": Delivered, "已签收": Delivered, "已簽收": Delivered,
		"canceled": Canceled, "Cancelled": Canceled, "已取消": Canceled, "return_requested": ReturnRequested, "退货中": ReturnRequested, "退款中": ReturnRequested,
		"returned": Returned, "已退货": Returned, "refunded": Refunded, " 已退款 ": Refunded,
	} {
		if got, err := readStatus(word); err != nil || got != want {
			t.Errorf("%q is %s, %v, want %s", word, got, err, want)
		}
	}
	seen := map[string]bool{}
	for _, s := range spellings {
		if got, err := readStatus(string(s.status)); err != nil || got != s.status {
			t.Errorf("%s is read as %s, %v", s.status, got, err)
		}
		for _, word := range strings.Fields(s.words) {
			if got, _ := readStatus(word); got != s.status || seen[word] {
				t.Errorf("%q of %s is read as %q, or there twice", word, s.status, got)
			}
			seen[word] = true
		}
	}
	_, err := readStatus("teleported")
	wantField(t, err, "status")
	for _, s := range spellings {
		if !strings.Contains(err.Error(), string(s.status)) {
			t.Errorf("%q does not name %s", err, s.status)
		}
	}
}

func TestPhones(t *testing.T) {
	for raw, want := range map[string]string{
		"": "", "  ": "", "13800138000": "13800138000", "+86 138 0013 8000": "+8613800138000", "0086-138-0013-8000": "+8613800138000",
		"(020) 7946-0018": "02079460018", "+44 (0)20.7946.0018": "+442079460018", "１３８００１３８０００": "13800138000",
		"138****8000": "138****8000", "+86138****8000": "+86138****8000",
	} {
		got := raw
		if err := tidyPhone(&got); err != nil || got != want {
			t.Errorf("%q becomes %q, %v, want %q", raw, got, err, want)
		}
		again := got
		if err := tidyPhone(&again); err != nil || again != got {
			t.Errorf("%q becomes %q the second time, %v", got, again, err)
		}
	}
}

func TestLate(t *testing.T) {
	for _, c := range []struct {
		eta, now string
		want     bool
	}{
		{"2026-11-05", "2026-11-05T23:00:00Z", false},
		{"2026-11-05", "2026-11-06T11:59:59Z", false}, // somewhere it is still the fifth
		{"2026-11-05", "2026-11-06T12:00:00Z", true},
		{"2026-11-05T10:00:00+08:00", "2026-11-05T15:59:59Z", false},
		{"2026-11-05T10:00:00+08:00", "2026-11-05T16:00:00Z", true},
		{"2026-12-31", "2027-01-02T00:00:00Z", true},
		{"", "2030-01-01T00:00:00Z", false},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		for _, spelling := range spellings {
			o := Order{Status: spelling.status, ETA: c.eta}
			pending := slices.Index([]Status{Placed, Paid, Packed, Shipped, OutForDelivery}, o.Status) >= 0
			if got := o.Late(now); got != (c.want && pending) {
				t.Errorf("%s, due %s, at %s: late is %v", o.Status, c.eta, c.now, got)
			}
		}
	}
}

func TestWhatCanBeDone(t *testing.T) {
	for status, want := range map[Status]string{
		Placed: "cancel", Paid: "cancel", Packed: "cancel", Shipped: "underway", OutForDelivery: "underway", Delivered: "return",
		Canceled: "", ReturnRequested: "", Returned: "", Refunded: "",
	} {
		o := Order{Status: status}
		var got []string
		for name, is := range map[string]bool{"cancel": o.Cancelable(), "underway": o.Underway(), "return": o.Returnable()} {
			if is {
				got = append(got, name)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %q", status, got, want)
		}
	}
	o := Order{ETA: "2026-11-05T10:00:00+08:00", OrderedAt: "2026-11-01"}
	if o.Due() != "2026-11-05" || o.OrderedOn() != "2026-11-01" || new(Order).Due() != "" {
		t.Errorf("due %q, ordered on %q", o.Due(), o.OrderedOn())
	}
}
