package breaker

import (
	"net/http"
	"slices"
	"testing"
	"time"
)

var (
	now   = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	rules = Rules{Failures: 3, First: 4 * time.Second, Longest: time.Minute}
)

func TestRest(t *testing.T) {
	fail := Outcome{Failed: true}
	for _, c := range []struct {
		name string
		ends []Outcome // each after the rest before it
		want time.Duration
	}{
		{"nothing happened", nil, 0},
		{"too few failures", []Outcome{fail, fail}, 0},
		{"enough", []Outcome{fail, fail, fail}, rules.First},
		{"one more", []Outcome{fail, fail, fail, fail}, 2 * rules.First},
		{"many", slices.Repeat([]Outcome{fail}, 40), rules.Longest},
		{"success between", []Outcome{fail, fail, {}, fail}, 0},
		{"a sure failure", []Outcome{{Failed: true, Sure: true}}, rules.First},
		{"asked to wait, too early", []Outcome{{Failed: true, After: time.Minute}}, 0},
		{"asked to wait", []Outcome{fail, fail, {Failed: true, After: 40 * time.Second}}, 40 * time.Second},
		{"asked to wait for less", []Outcome{fail, fail, {Failed: true, After: time.Second}}, rules.First},
		{"asked to wait too long", []Outcome{{Failed: true, Sure: true, After: 5 * time.Hour}}, LongestAsked},
	} {
		var b Breaker
		at, rest := now, time.Duration(0)
		for _, o := range c.ends {
			if _, ok := b.Enter(at); !ok {
				t.Fatalf("%s: not let in after the rest", c.name)
			}
			b.Leave(at, rules, o)
			if rest = 0; b.until.After(at) {
				rest, at = b.until.Sub(at), b.until
			}
		}
		if rest != c.want {
			t.Errorf("%s: rests %v, want %v", c.name, rest, c.want)
		}
	}
}

func TestOneTries(t *testing.T) {
	var b Breaker
	b.Leave(now, rules, Outcome{Failed: true, Sure: true})
	later := now.Add(rules.First)
	if until, ok := b.Enter(later.Add(-1)); ok || until != later {
		t.Errorf("before its time: %v, %v", until, ok)
	}
	enter := func() bool { _, ok := b.Enter(later); return ok }
	if !enter() || enter() {
		t.Error("one, and only one, may try")
	}
	b.Abandon()
	if !enter() {
		t.Error("after one that gave up another may try")
	}
	b.Leave(later, rules, Outcome{})
	for range 2 {
		if !enter() {
			t.Error("after a success everybody may")
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"": 0, "20": 20 * time.Second, "0.5": 500 * time.Millisecond, "-5": 0, "soon": 0, "NaN": 0, "99999999999": LongestAsked, "1e400": 0,
		now.Add(time.Minute).Format(http.TimeFormat): time.Minute, now.Add(-time.Minute).Format(http.TimeFormat): 0,
		now.Add(48 * time.Hour).Format(http.TimeFormat): LongestAsked,
	} {
		if got := RetryAfter(value, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}
