package orders

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"honeyguide/catalog"
)

func (s *shop) open(t Ticket) Ticket {
	s.t.Helper()
	got, opened, err := s.OpenTicket(context.Background(), mine, t)
	if err != nil || !opened {
		s.t.Fatalf("%+v, opened %v, %v", got, opened, err)
	}
	return got
}

func ptr[T any](v T) *T { return &v }

func TestTickets(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	asked := Ticket{ConversationID: "c_1", OrderID: "1", Kind: Return, Text: " 我要退货\n尺码不对 ", Items: []Item{{ProductID: "7"}}, State: TicketDone, Note: "mine"}
	made := s.open(asked)
	if made.State != TicketOpen || made.Note != "" || made.Text != "我要退货\n尺码不对" || made.Items[0].Quantity != 1 || !made.CreatedAt.Equal(begin) || made.ID == "" {
		t.Errorf("opened %+v", made)
	}
	s.wait(time.Minute)
	asked.Text = "again"
	again, opened, err := s.OpenTicket(ctx, mine, asked)
	if err != nil || opened || again.ID != made.ID || again.Text != made.Text {
		t.Errorf("the same request again: %+v, opened %v, %v", again, opened, err)
	}
	for _, other := range []Ticket{{ConversationID: "c_2", OrderID: "1", Kind: Return}, {ConversationID: "c_1", OrderID: "2", Kind: Return}, {ConversationID: "c_1", OrderID: "1", Kind: Chase}, {ConversationID: "c_1", Kind: Complaint}} {
		s.open(other)
	}
	if got, err := s.Ticket(ctx, mine, made.ID); err != nil || got.Text != made.Text || got.Items[0] != made.Items[0] {
		t.Errorf("got %+v, %v", got, err)
	}
	changed, err := s.ChangeTicket(ctx, mine, made.ID, TicketChange{State: ptr(TicketDone), Note: ptr(" label sent ")})
	if err != nil || changed.State != TicketDone || changed.Note != "label sent" || !changed.UpdatedAt.After(changed.CreatedAt) || changed.Text != made.Text {
		t.Errorf("changed %+v, %v", changed, err)
	}
	second := s.open(asked) // the first is done, so this is a new request
	if _, err := s.ChangeTicket(ctx, mine, made.ID, TicketChange{State: ptr(TicketOpen)}); !errors.Is(err, catalog.ErrConflict) || !strings.Contains(err.Error(), second.ID) {
		t.Errorf("two open tickets of one request: %v", err)
	}
	if _, err := s.ChangeTicket(ctx, mine, second.ID, TicketChange{State: ptr(TicketOpen), Note: ptr("looking")}); err != nil {
		t.Errorf("an open ticket stays open: %v", err)
	}
	if _, err := s.ChangeTicket(ctx, mine, second.ID, TicketChange{State: ptr(TicketDeclined)}); err != nil {
		t.Error(err)
	}
	if got, err := s.ChangeTicket(ctx, mine, made.ID, TicketChange{State: ptr(TicketOpen)}); err != nil || got.Note != "label sent" {
		t.Errorf("opened again: %+v, %v", got, err)
	}
}

func TestTicketLists(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	var ids []string
	for i := range 6 {
		made := s.open(Ticket{ConversationID: fmt.Sprint("c_", i%2), OrderID: fmt.Sprint(i), Kind: Chase})
		ids = append(ids, made.ID)
		time.Sleep(2 * time.Millisecond) // ids rise with the real clock
	}
	for _, id := range ids[4:] {
		if _, err := s.ChangeTicket(ctx, mine, id, TicketChange{State: ptr(TicketDone)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		filter TicketFilter
		after  string
		limit  int
		want   []int
	}{
		{TicketFilter{State: TicketOpen}, "", 10, []int{0, 1, 2, 3}},
		{TicketFilter{State: TicketOpen}, ids[1], 1, []int{2}},
		{TicketFilter{State: TicketDone}, "", 10, []int{5, 4}},
		{TicketFilter{State: TicketDeclined}, "", 10, nil},
		{TicketFilter{}, "", 10, []int{5, 4, 3, 2, 1, 0}},
		{TicketFilter{}, ids[3], 2, []int{2, 1}},
		{TicketFilter{ConversationID: "c_1"}, "", 10, []int{5, 3, 1}},
		{TicketFilter{State: TicketOpen, ConversationID: "c_1"}, ids[1], 10, []int{3}},
	} {
		got, err := s.Tickets(ctx, mine, c.filter, c.after, c.limit)
		if err != nil {
			t.Fatal(err)
		}
		same := len(got) == len(c.want)
		for i := range min(len(got), len(c.want)) {
			same = same && got[i].ID == ids[c.want[i]]
		}
		if !same {
			t.Errorf("%+v after %q: %+v, want %v", c.filter, c.after, got, c.want)
		}
	}
}

func TestTicketsOfAnotherStore(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	made := s.open(Ticket{ConversationID: "c_1", OrderID: "1", Kind: Cancel, Text: "please"})
	if _, err := s.Ticket(ctx, theirs, made.ID); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("get: %v", err)
	}
	if _, err := s.ChangeTicket(ctx, theirs, made.ID, TicketChange{State: ptr(TicketDone)}); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("change: %v", err)
	}
	if all, err := s.Tickets(ctx, theirs, TicketFilter{}, "", 10); err != nil || len(all) != 0 {
		t.Errorf("list: %v, %v", all, err)
	}
	if other, opened, err := s.OpenTicket(ctx, theirs, Ticket{ConversationID: "c_1", OrderID: "1", Kind: Cancel}); err != nil || !opened || other.ID == made.ID {
		t.Errorf("the same request in another store: %+v, %v, %v", other, opened, err)
	}
	if err := s.Forget(ctx, theirs, "c_1"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Ticket(ctx, mine, made.ID); err != nil || got.Text != "please" {
		t.Errorf("another store forgot %+v, %v", got, err)
	}
	if err := s.Forget(ctx, mine, "c_1"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Ticket(ctx, mine, made.ID); err != nil || got.Text != "" || got.State != TicketOpen || got.OrderID != "1" {
		t.Errorf("forgotten: %+v, %v", got, err)
	}
}

func TestTicketRefusals(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	for _, c := range []struct {
		field  string
		change func(*Ticket)
	}{
		{"conversation_id", func(t *Ticket) { t.ConversationID = "" }},
		{"order_id", func(t *Ticket) { t.OrderID = strings.Repeat("a", maxID+1) }},
		{"kind", func(t *Ticket) { t.Kind = "party" }},
		{"kind", func(t *Ticket) { t.Kind = "" }},
		{"text", func(t *Ticket) { t.Text = strings.Repeat("退", maxTicketText+1) }},
		{"text", func(t *Ticket) { t.Text = "a\x00b" }},
		{"items", func(t *Ticket) { t.Items = make([]Item, maxItems+1) }},
		{"items[0]", func(t *Ticket) { t.Items = []Item{{}} }},
	} {
		asked := Ticket{ConversationID: "c_1", OrderID: "1", Kind: Refund}
		c.change(&asked)
		_, _, err := s.OpenTicket(ctx, mine, asked)
		wantField(t, err, c.field)
	}
	made := s.open(Ticket{ConversationID: "c_1", Kind: Other})
	_, err := s.ChangeTicket(ctx, mine, made.ID, TicketChange{State: ptr(TicketState("lost"))})
	wantField(t, err, "state")
	_, err = s.ChangeTicket(ctx, mine, made.ID, TicketChange{Note: ptr(strings.Repeat("a", maxNote+1))})
	wantField(t, err, "note")
	if got, err := s.Ticket(ctx, mine, made.ID); err != nil || got.State != TicketOpen || got.Note != "" {
		t.Errorf("a refused change left %+v, %v", got, err)
	}
	if _, err := s.Ticket(ctx, mine, "tk_none"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("no ticket: %v", err)
	}
}

// A request that comes twice at once is one ticket.
func TestOneTicketOfMany(t *testing.T) {
	s := newShop(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	ids, opened := map[string]bool{}, 0
	for range 20 {
		all.Go(func() {
			got, first, err := s.OpenTicket(context.Background(), mine, Ticket{ConversationID: "c_1", OrderID: "1", Kind: Chase})
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if ids[got.ID] = true; first {
				opened++
			}
		})
	}
	all.Wait()
	if len(ids) != 1 || opened != 1 {
		t.Errorf("%d tickets, opened %d times", len(ids), opened)
	}
}
