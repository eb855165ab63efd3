package llm

import (
	"errors"
	"math"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"honeyguide/assistant/llm/llmtest"
)

func TestUsageAddsUp(t *testing.T) {
	f := open(t, func(o *Options) { o.Price = Price{In: 2, Out: 10} }, llmtest.Parrot(), llmtest.Parrot(), llmtest.Says("$1."))
	var sum Usage
	for range 3 {
		p, _ := f.phrase(t, english()) // the third is a lie
		sum.Calls += p.Usage.Calls
		sum.Failures += p.Usage.Failures
		sum.TokensIn += p.Usage.TokensIn
		sum.TokensOut += p.Usage.TokensOut
		sum.Cost += p.Usage.Cost
	}
	u, err := f.Usage(t.Context(), "s", f.clock.now())
	if err != nil || u.Calls != 3 || u.Failures != 1 || u.TokensIn != sum.TokensIn || u.TokensOut != sum.TokensOut {
		t.Errorf("counted %+v, %v; the calls said %+v", u, err, sum)
	}
	want := (2*float64(u.TokensIn) + 10*float64(u.TokensOut)) / 1e6
	if u.TokensIn == 0 || u.TokensOut == 0 || math.Abs(u.Cost-want) > 1e-6 || math.Abs(sum.Cost-want) > 1e-6 {
		t.Errorf("cost %v and %v, want %v", u.Cost, sum.Cost, want)
	}
	for _, other := range []struct {
		store string
		day   time.Time
	}{{"other", f.clock.now()}, {"s", f.clock.now().AddDate(0, 0, 1)}} {
		if u, err := f.Usage(t.Context(), other.store, other.day); err != nil || u != (Usage{}) {
			t.Errorf("%s on %v used %+v, %v", other.store, other.day, u, err)
		}
	}
}

// TestUsageIsEstimated where an endpoint sends none, close to what it is.
func TestUsageIsEstimated(t *testing.T) {
	script := llmtest.Parrot()
	script.NoUsage = true
	f := open(t, nil, script)
	p, err := f.phrase(t, english())
	if err != nil || p.Usage.TokensIn < 300 || p.Usage.TokensIn > 1500 || p.Usage.TokensOut < 10 || p.Usage.TokensOut > 200 {
		t.Errorf("%+v, %v", p.Usage, err)
	}
	if en, zh := tokensOf("A red dress"), tokensOf("红色连衣裙"); en != 3 || zh != 5 {
		t.Errorf("%d and %d tokens", en, zh)
	}
}

func TestDailyCap(t *testing.T) {
	f := open(t, func(o *Options) { o.DailyTokens = 2500 }, llmtest.Parrot())
	phrased := 0
	for {
		_, err := f.phrase(t, english())
		if errors.Is(err, ErrCapped) {
			break
		}
		if phrased++; err != nil || phrased > 20 {
			t.Fatalf("after %d: %v", phrased, err)
		}
	}
	u, err := f.Usage(t.Context(), "s", f.clock.now())
	if err != nil || phrased == 0 || u.Tokens() > 2500 || int(u.Calls) != phrased {
		t.Errorf("%d phrased, used %+v, %v", phrased, u, err)
	}
	r := english()
	r.StoreID = "other"
	if _, err := f.phrase(t, r); err != nil {
		t.Errorf("another store: %v", err)
	}
	f.clock.move(24 * time.Hour)
	if _, err := f.phrase(t, english()); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

// TestCapHoldsAtOnce: calls at the same time do not overshoot the cap together.
func TestCapHoldsAtOnce(t *testing.T) {
	f := open(t, func(o *Options) { o.DailyTokens, o.AtOnce = 4000, 50 }, llmtest.Late(100*time.Millisecond, llmtest.Parrot()))
	var all sync.WaitGroup
	var phrased, capped atomic.Int32
	for range 30 {
		all.Go(func() {
			_, err := f.Phrase(t.Context(), english(), nil)
			switch {
			case err == nil:
				phrased.Add(1)
			case errors.Is(err, ErrCapped):
				capped.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	u, err := f.Usage(t.Context(), "s", f.clock.now())
	if err != nil || u.Tokens() > 4000 || phrased.Load() == 0 || capped.Load() == 0 {
		t.Errorf("%d phrased, %d capped, used %+v, %v", phrased.Load(), capped.Load(), u, err)
	}
	if len(f.reserved) != 0 {
		t.Errorf("still reserved: %v", f.reserved)
	}
}
