package orders

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"honeyguide/catalog"
)

func TestProve(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	s.put(order("#A-10 01"))
	bare := order("bare")
	bare.Phone, bare.Email = "", ""
	s.put(bare)
	masked := order("masked")
	masked.Phone = "138****8000"
	s.put(masked)
	british := order("gb")
	british.Phone = "020 7946 0018"
	s.put(british)
	for _, c := range []struct {
		number, phone, email string
		found                bool
	}{
		{"#A-10 01", "8000", "", true},
		{"a1001", "8000", "", true},
		{" ＃a—1001 ", "８０００", "", true},
		{"A1001", "38-000", "", true},
		{"A1001", "13800138000", "", true},
		{"A1001", "+86 138 0013 8000", "", true},
		{"A1001", "0086 13800138000", "", true},
		{"A1001", "0013 8000", "", true},
		{"A1001", "8001", "", false},
		{"A1001", "23800138000", "", false},
		{"A1001", "", "LI@example.com ", true},
		{"A1001", "", "li@example.org", false},
		{"A1001", "8000", "li@example.com", true},
		{"A1001", "8000", "other@example.com", false},
		{"A1001", "8001", "li@example.com", false},
		{"A1002", "8000", "", false},
		{"A100", "8000", "", false},
		{"bare", "0000", "", false},
		{"bare", "", "li@example.com", false},
		{"masked", "8000", "", true},
		{"masked", "13800138000", "", true},
		{"masked", "13800138001", "", false},
		{"gb", "+44 20 7946 0018", "", true},
		{"gb", "0018", "", true},
	} {
		s.wait(attemptWindow) // the limit has a test of its own
		o, err := s.Prove(ctx, mine, c.number, Proof{PhoneEnding: c.phone, Email: c.email})
		switch {
		case c.found && (err != nil || plainNumber(o.ID) != plainNumber(c.number)):
			t.Errorf("%+v: %v", c, err)
		case !c.found && (!errors.Is(err, catalog.ErrNotFound) || err.Error() != "order: not found" || o.ID != ""):
			t.Errorf("%+v: %+v, %v", c, o, err)
		}
		if strings.Contains(o.Phone, "138001") || strings.HasPrefix(o.Email, "li") {
			t.Errorf("%+v shows %s and %s", c, o.Phone, o.Email)
		}
	}
}

func TestProveWhatIsNone(t *testing.T) {
	s := newShop(t)
	for _, c := range []struct{ number, phone, email, field string }{
		{"", "8000", "", "number"},
		{" # - ", "8000", "", "number"},
		{strings.Repeat("1", maxID+1), "8000", "", "number"},
		{"1", "", "", "phone_ending"},
		{"1", "800", "", "phone_ending"},
		{"1", "800 x", "", "phone_ending"},
		{"1", "123456789012345678", "", "phone_ending"},
		{"1", strings.Repeat("8000 ", 1000), "", "phone_ending"},
		{"1", "", "me", "email"},
	} {
		_, err := s.Prove(context.Background(), mine, c.number, Proof{PhoneEnding: c.phone, Email: c.email})
		wantField(t, err, c.field)
	}
}

// Orders whose numbers differ only in dashes are told apart by the second fact.
func TestNumbersAlike(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	first, second := order("2026-11"), order("202-611")
	second.Phone, second.Email = "13900139999", "wang@example.com"
	s.put(first)
	s.wait(time.Second)
	s.put(second)
	for _, c := range []struct{ number, ending, want string }{
		{"202611", "8000", "2026-11"}, {"202611", "9999", "202-611"}, {"2026-11", "9999", "202-611"},
	} {
		if o, err := s.Prove(ctx, mine, c.number, Proof{PhoneEnding: c.ending}); err != nil || o.ID != c.want {
			t.Errorf("%s with %s: %s, %v", c.number, c.ending, o.ID, err)
		}
	}
	second.Phone = first.Phone
	s.put(second)
	for number, want := range map[string]string{"2026-11": "2026-11", "202-611": "202-611", "202611": "202-611"} {
		if o, err := s.Prove(ctx, mine, number, Proof{PhoneEnding: "8000"}); err != nil || o.ID != want {
			t.Errorf("%s of one buyer: %s, %v, want %s", number, o.ID, err, want)
		}
	}
}

func TestAttemptsAreLimited(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	s.put(order("1"))
	s.put(order("2"))
	for _, number := range []string{"1", "unknown"} { // nobody learns which is which
		for i := range maxAttempts {
			if _, err := s.Prove(ctx, mine, number, Proof{PhoneEnding: fmt.Sprintf("1%03d", i)}); !errors.Is(err, catalog.ErrNotFound) {
				t.Fatalf("attempt %d at %s: %v", i, number, err)
			}
			s.wait(time.Minute)
		}
		var many *TooManyError
		_, err := s.Prove(ctx, mine, " #"+number, Proof{PhoneEnding: "8000"})
		if !errors.As(err, &many) || !errors.Is(err, ErrTooMany) || !many.Until.Equal(s.now().Add(attemptWindow-maxAttempts*time.Minute)) {
			t.Fatalf("after %d failures at %s: %v", maxAttempts, number, err)
		}
	}
	if _, err := s.Prove(ctx, mine, "2", Proof{PhoneEnding: "8000"}); err != nil {
		t.Errorf("another number: %v", err)
	}
	if _, err := s.Prove(ctx, theirs, "1", Proof{PhoneEnding: "8000"}); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("another store: %v", err)
	}
	s.wait(attemptWindow)
	if _, err := s.Prove(ctx, mine, "1", Proof{PhoneEnding: "8000"}); err != nil {
		t.Errorf("when the window is over: %v", err)
	}
}

func TestSuccessesDoNotCount(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	s.put(order("1"))
	for range 3 * maxAttempts {
		if _, err := s.Prove(ctx, mine, "1", Proof{PhoneEnding: "8000", By: "c_1"}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range maxAttempts {
		if _, err := s.Prove(ctx, mine, fmt.Sprint("x", i), Proof{PhoneEnding: "8000", By: "c_1"}); !errors.Is(err, catalog.ErrNotFound) {
			t.Fatal(err)
		}
		if _, err := s.Prove(ctx, mine, "1", Proof{PhoneEnding: "8000"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Prove(ctx, mine, "x9", Proof{PhoneEnding: "8000", By: "c_1"}); !errors.Is(err, ErrTooMany) {
		t.Errorf("one asker tries many numbers: %v", err)
	}
	if _, err := s.Prove(ctx, mine, "x9", Proof{PhoneEnding: "8000", By: "c_2"}); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("another asker: %v", err)
	}
}

func TestAttemptsAtOnce(t *testing.T) {
	s := newShop(t)
	s.put(order("1"))
	var tried atomic.Int32
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			_, err := s.Prove(context.Background(), mine, "1", Proof{PhoneEnding: fmt.Sprintf("1%03d", i)})
			if errors.Is(err, catalog.ErrNotFound) {
				tried.Add(1)
			} else if !errors.Is(err, ErrTooMany) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if tried.Load() != maxAttempts {
		t.Errorf("%d attempts at once were looked at, want %d", tried.Load(), maxAttempts)
	}
}

// However many names fail, a name that failed too often stays out, and hardly
// another is.
func TestAttemptsStayBounded(t *testing.T) {
	a := newAttempts()
	for range maxAttempts {
		if err := a.begin(begin, []string{"target"}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 1000 {
		_ = a.begin(begin, []string{fmt.Sprint("flood", i)}) // refused where it shares the target's cell
	}
	if err := a.begin(begin, []string{"target"}); !errors.Is(err, ErrTooMany) {
		t.Errorf("the target: %v", err)
	}
	refused := 0
	for i := range 1000 {
		if a.begin(begin, []string{fmt.Sprint("other", i)}) != nil {
			refused++
		}
	}
	if refused > 5 {
		t.Errorf("%d of 1000 names that never failed are refused", refused)
	}
}

func TestMasked(t *testing.T) {
	for _, c := range []struct{ phone, email, wantPhone, wantEmail string }{
		{"+8613800138000", "li@example.com", "****8000", "l***@example.com"},
		{"138****8000", "李@example.com", "****8000", "李***@example.com"},
		{"", "", "", ""},
	} {
		if got := (Order{Phone: c.phone, Email: c.email}).Masked(); got.Phone != c.wantPhone || got.Email != c.wantEmail {
			t.Errorf("%s, %s: %s, %s", c.phone, c.email, got.Phone, got.Email)
		}
	}
}

func FuzzProof(f *testing.F) {
	f.Add("#A-1001", "8000", "li@example.com", "+86 138 0013 8000")
	f.Add("订单 9", "０１２３", "", "138****0123")
	f.Add("x", "0086 138", "A@B", "00 1 23456")
	f.Fuzz(func(t *testing.T, number, ending, email, phone string) {
		plain := plainNumber(number)
		if plainNumber(plain) != plain {
			t.Errorf("number %q becomes %q, then %q", number, plain, plainNumber(plain))
		}
		if tidyPhone(&phone) != nil {
			return
		}
		again := phone
		if err := tidyPhone(&again); err != nil || again != phone {
			t.Errorf("phone %q becomes %q, %v", phone, again, err)
		}
		p := Proof{PhoneEnding: ending, Email: email}
		if p.tidy() != nil {
			return
		}
		o := Order{Phone: phone, Email: p.Email}
		if p.PhoneEnding != "" && p.fits(&o) && (phone == "" || phone[len(phone)-minEnding:] != p.PhoneEnding[len(p.PhoneEnding)-minEnding:]) {
			t.Errorf("%q proves %q", p.PhoneEnding, phone)
		}
		if p.fits(&Order{}) {
			t.Errorf("%+v proves an order without facts", p)
		}
	})
}

func BenchmarkProve(b *testing.B) {
	s := newShop(b)
	for i := range 1000 {
		s.put(order(fmt.Sprint(i)))
	}
	for b.Loop() {
		if _, err := s.Prove(context.Background(), mine, "500", Proof{PhoneEnding: "8000"}); err != nil {
			b.Fatal(err)
		}
	}
}
