package llm

import (
	"net/http"
	"testing"
	"time"
)

func TestRest(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	fail := outcome{failed: true}
	tests := []struct {
		name  string
		ends  []outcome // each after the rest before it
		pause time.Duration
	}{
		{"nothing happened", nil, 0},
		{"one failure", []outcome{fail}, 0},
		{"two failures", []outcome{fail, fail}, firstRest},
		{"three failures", []outcome{fail, fail, fail}, 2 * firstRest},
		{"many failures", []outcome{fail, fail, fail, fail, fail, fail, fail, fail, fail, fail}, longestRest},
		{"success between", []outcome{fail, {}, fail}, 0},
		{"a sure failure", []outcome{{failed: true, sure: true}}, firstRest},
		{"asked to wait", []outcome{{failed: true, after: 40 * time.Second}}, 40 * time.Second},
		{"asked to wait too long", []outcome{{failed: true, after: 5 * time.Hour}}, longestAsked},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r rest
			at, pause := now, time.Duration(0)
			for _, o := range tt.ends {
				if !r.enter(at) {
					t.Fatal("not let in after the rest")
				}
				r.leave(at, o)
				if pause = max(r.until.Sub(at), 0); pause > 0 {
					at = r.until
				}
			}
			if pause != tt.pause {
				t.Errorf("rests %v, want %v", pause, tt.pause)
			}
		})
	}
}

func TestRestTriesOnce(t *testing.T) {
	var r rest
	now := time.Now()
	r.leave(now, outcome{failed: true, sure: true})
	if r.enter(now.Add(firstRest - time.Millisecond)) {
		t.Error("let in before its time")
	}
	later := now.Add(firstRest)
	if !r.enter(later) || r.enter(later) {
		t.Error("one, and only one, may try")
	}
	r.abandon()
	if !r.enter(later) {
		t.Error("after one that gave up another may try")
	}
	r.leave(later, outcome{})
	for range 2 {
		if !r.enter(later) {
			t.Error("after a success everybody may")
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "20": 20 * time.Second, "-5": 0, "soon": 0, "99999999999": longestAsked,
		now.Add(time.Minute).Format(http.TimeFormat): time.Minute, now.Add(-time.Minute).Format(http.TimeFormat): 0,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}
