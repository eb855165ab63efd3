package main

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEvalRegionsRefuses(t *testing.T) {
	t.Parallel()
	photos := filepath.Join(t.TempDir(), "photos.zip")
	if err := os.WriteFile(photos, []byte("no zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"none.zip"}, exitFailed, "none.zip"},
		{[]string{photos}, exitFailed, "photos.zip"},
		{[]string{photos, "--report", filepath.Join(t.TempDir(), "a", "b.html")}, exitUsage, "folder"},
		{nil, exitUsage, "<data>"},
	} {
		r := command(t, append([]string{"eval", "regions"}, c.args...)...)
		if r.status != c.status || !strings.Contains(r.stderr, c.says) {
			t.Errorf("%v: status %d, want %d and %q: %q", c.args, r.status, c.status, c.says, r.stderr)
		}
	}
}

// The shipped detector beats both controls on real photos that it never saw.
func TestEvalRegions(t *testing.T) {
	t.Parallel()
	photos := filepath.Join(cmp.Or(os.Getenv("HONEYGUIDE_DATA_SETS"), "../shared/data"), "street_photos.zip")
	if _, err := os.Stat(photos); err != nil {
		t.Skip("no street_photos.zip: put the real data at ../shared/data or set HONEYGUIDE_DATA_SETS")
	}
	report := filepath.Join(t.TempDir(), "regions.html")
	var r struct {
		Photos            int
		Recall, Precision float64
		Controls          map[string]struct{ Recall, Precision float64 }
	}
	if err := json.Unmarshal([]byte(must(t, "eval", "regions", photos, "--report", report)), &r); err != nil {
		t.Fatal(err)
	}
	if r.Photos < 90 {
		t.Errorf("only %d photos", r.Photos)
	}
	for name, c := range r.Controls {
		if r.Recall <= c.Recall || r.Precision <= c.Precision {
			t.Errorf("recall %g, precision %g; the control %s has %g and %g", r.Recall, r.Precision, name, c.Recall, c.Precision)
		}
	}
	if page, err := os.ReadFile(report); err != nil || !strings.Contains(string(page), "control: mean boxes") {
		t.Errorf("the report has no controls, error %v", err)
	}
}
