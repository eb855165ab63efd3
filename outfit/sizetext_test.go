package outfit

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// sentences of testdata: what people write, and the measures in it.
func sentences(t testing.TB, path string) (texts, wants []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if text, want, ok := strings.Cut(lines.Text(), "=>"); ok && !strings.HasPrefix(text, "#") {
			texts, wants = append(texts, strings.TrimSpace(text)), append(wants, strings.TrimSpace(want))
		}
	}
	return texts, wants
}

// spelledOut are measures as the sentences of testdata write them.
func spelledOut(measures map[string]float64) []string {
	var all []string
	for _, m := range slices.Sorted(maps.Keys(measures)) {
		all = append(all, fmt.Sprintf("%s=%s", m, number(measures[m])))
	}
	return all
}

// TestReadBody reads sentences with their measures annotated: every one of body.txt, and
// nearly all of body_heldout.txt, which nothing was made for.
func TestReadBody(t *testing.T) {
	for path, least := range map[string]float64{"testdata/body.txt": 1, "testdata/body_heldout.txt": .95} {
		texts, wants := sentences(t, path)
		right, read, annotated, whole := 0., 0., 0., 0.
		for i, text := range texts {
			got, want := spelledOut(ReadBody(text)), strings.Fields(wants[i])
			slices.Sort(want)
			if slices.Equal(got, want) {
				whole++
			} else if least == 1 {
				t.Errorf("%s is %v, want %v", text, got, want)
			}
			for _, m := range got {
				if slices.Contains(want, m) {
					right++
				}
			}
			read, annotated = read+float64(len(got)), annotated+float64(len(want))
		}
		precision, recall := right/read, right/annotated
		t.Logf("%s: %d sentences, %.3f wholly right; %.0f measures, precision %.3f, recall %.3f", path, len(texts), whole/float64(len(texts)), annotated, precision, recall)
		if precision < least || recall < least {
			t.Errorf("%s: precision %.3f, recall %.3f", path, precision, recall)
		}
	}
}

// Whatever is read, a body can have it, and it is read the same twice.
func FuzzReadBody(f *testing.F) {
	texts, _ := sentences(f, "testdata/body.txt")
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b := Body{Measures: ReadBody(text)}
		if err := b.Check(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if again := ReadBody(text); !maps.Equal(again, b.Measures) {
			t.Errorf("%q: %v, then %v", text, b.Measures, again)
		}
	})
}

func BenchmarkReadBody(b *testing.B) {
	texts, _ := sentences(b, "testdata/body.txt")
	for i := 0; b.Loop(); i++ {
		ReadBody(texts[i%len(texts)])
	}
}
