package sets

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honeyguide/embed/builtin"
	"honeyguide/eval"
)

// realData finds the measuring data beside the repository, or skips the test.
func realData(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("reads the real data")
	}
	dir := os.Getenv("HONEYGUIDE_DATA_SETS")
	for up := ".."; dir == "" && len(up) < 60; up = filepath.Join(up, "..") {
		if _, err := os.Stat(filepath.Join(up, "shared", "data", catalogZip)); err == nil {
			dir = filepath.Join(up, "shared", "data")
		}
	}
	if _, err := os.Stat(filepath.Join(dir, catalogZip)); err != nil || dir == "" {
		t.Skip("no measuring data: set HONEYGUIDE_DATA_SETS to its folder")
	}
	return dir
}

// The built-in encoder names the class of a phone photo far better than by
// chance, which is 0.24 for always saying "t-shirt". Every eighth photo is asked.
func TestBuiltinOnRealSets(t *testing.T) {
	data, out := realData(t), t.TempDir()
	if err := Build(t.Context(), Options{Data: data, Out: out}); err != nil {
		t.Fatal(err)
	}
	for file, lines := range map[string]int{
		"names/corpus.jsonl": 31316, "names/queries.jsonl": 1541, "pictures/corpus.jsonl": 31316 - 1541,
		"phone-words/queries.jsonl": 341, "grocery/corpus.jsonl": 81, "grocery/queries.jsonl": 296,
	} {
		if got := strings.Count(read(t, out, file), "\n"); got != lines {
			t.Errorf("%s: %d lines, want %d", file, got, lines)
		}
	}
	var some []string
	for i, line := range strings.SplitAfter(read(t, out, "phone-words", "queries.jsonl"), "\n") {
		if i%8 == 0 {
			some = append(some, line)
		}
	}
	if err := os.WriteFile(filepath.Join(out, "phone-words", "queries.jsonl"), []byte(strings.Join(some, "")), 0o644); err != nil {
		t.Fatal(err)
	}
	enc, err := builtin.New()
	if err != nil {
		t.Fatal(err)
	}
	res, err := eval.Retrieval(t.Context(), enc, eval.Options{Dir: filepath.Join(out, "phone-words"), K: []int{1}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.Queries != 43 || res.Corpus != 10 || res.Precision[0] < .4 {
		t.Errorf("got %+v", res)
	}
}
