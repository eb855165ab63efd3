package catalog

import (
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// wordingTrial is a store of all packs' answers in a language, asked as a file of
// testdata/faq words it.
func wordingTrial(t testing.TB, g *golden, file, language string) trial {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "faq", "packs_"+file+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	tr := trial{name: "all packs " + language}
	for _, f := range g.faqs {
		if f.Language == language {
			tr.faqs = append(tr.faqs, f)
		}
	}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, " | ")
		if len(parts) != 3 {
			t.Fatalf("%s: %q has not three parts", file, line)
		}
		ask := trialAsk{text: parts[1+slices.Index([]string{"en", "zh"}, language)]}
		if parts[0] != "none" {
			ask.want = packPrefix + parts[0] + ":" + language
			if _, known := g.at[ask.want]; !known {
				t.Fatalf("%s: there is no question %s", file, ask.want)
			}
		}
		tr.asks = append(tr.asks, ask)
	}
	return tr
}

// wordingTrials ask the packs' questions in people's words: all packs, and three at
// a time.
func wordingTrials(t testing.TB, g *golden, of half, language string) []trial {
	all := wordingTrial(t, g, []string{choosing: "choosing", measuring: "heldout"}[of], language)
	return slices.AppendSeq([]trial{all}, fewPacks(g, all))
}

// fewPacks are stores of three packs each, asked what a trial asks of them and what
// no pack answers.
func fewPacks(g *golden, tr trial) iter.Seq[trial] {
	return func(yield func(trial) bool) {
		for some := range slices.Chunk(slices.Compact(slices.Clone(g.pack)), 3) {
			few := trial{name: strings.Replace(tr.name, "all", "three", 1)}
			for _, f := range tr.faqs {
				if slices.Contains(some, packOf(f.ID)) {
					few.faqs = append(few.faqs, f)
				}
			}
			for _, ask := range tr.asks {
				if ask.want == "" || slices.Contains(some, packOf(ask.want)) {
					few.asks = append(few.asks, ask)
				}
			}
			if !yield(few) {
				return
			}
		}
	}
}
