package intent

import (
	"bytes"
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
)

var train = flag.Bool("train", false, "train the weights anew and write them")

const (
	variants = 2 // of every text, beside itself
	folds    = 5 // of cross-validation
	block    = 3 // neighbouring phrasings that are held out together: they are alike

	// temperature makes probabilities true on the real sentences that were read
	// (shopping requests, bitext's training part): 0.8. Held-out phrasings are stranger
	// than those, and would have it at 1.1.
	temperature = 0.8
)

// sample is a text to learn from.
type sample struct {
	text     string
	label    int
	line     int
	features []feature
}

// samplesOf draws the texts of phrasings, and variants of them.
func samplesOf(phrasings []phrasing, s slots, lexicon *lexicon, labels []string) []sample {
	var all []sample
	for _, p := range phrasings {
		r := rand.New(rand.NewPCG(uint64(p.line), 2))
		label := slices.Index(labels, p.label)
		for _, text := range s.draw(p) {
			all = append(all, sample{text, label, p.line, lexicon.features(text)})
			for range variants {
				text := vary(text, p.label, r)
				all = append(all, sample{text, label, p.line, lexicon.features(text)})
			}
		}
	}
	return all
}

func labelsOf(phrasings []phrasing) []string {
	seen := map[string]bool{}
	for _, p := range phrasings {
		seen[p.label] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// crossValidate returns the score of every sample by a model that has not seen its
// phrasing.
func crossValidate(samples []sample, labels int) [][]float64 {
	scores := make([][]float64, len(samples))
	done := make(chan int)
	for fold := range folds {
		go func() {
			var rest []sample
			for _, s := range samples {
				if s.line/block%folds != fold {
					rest = append(rest, s)
				}
			}
			l := fit(rest, labels)
			for i, s := range samples {
				if s.line/block%folds == fold {
					scores[i] = make([]float64, labels)
					found, strangers := l.traits(s.features, func(uint32) bool { return true })
					l.score(l.hits(found, strangers, func() bool { return false }), scores[i])
				}
			}
			done <- fold
		}()
	}
	for range folds {
		<-done
	}
	return scores
}

// held is what cross-validation tells of phrasings: each counts once.
type held struct{ phrasings, intents, labels float64 }

// tally counts the right answers by label.
func tally(samples []sample, scores [][]float64, labels []string, weight func(sample) float64) map[string]held {
	by := map[string]held{}
	for i, s := range samples {
		got, want, w := labels[slices.Index(scores[i], slices.Max(scores[i]))], labels[s.label], weight(s)
		h := by[want]
		h.phrasings += w
		if got == want {
			h.labels += w
		}
		if intentOf(got) == intentOf(want) {
			h.intents += w
		}
		by[want] = h
	}
	return by
}

// textsOf are all texts of the phrasings.
func textsOf(t testing.TB) (samples []sample, labels []string, hash string) {
	phrasings, named, hash := readPhrasings(t)
	lexicon, err := newLexicon(conceptsText, goodsText)
	if err != nil {
		t.Fatal(err)
	}
	labels = labelsOf(phrasings)
	return samplesOf(phrasings, named, lexicon, labels), labels, hash
}

// crossValidated tells how phrasings fare that were not learnt from.
func crossValidated(t testing.TB, samples []sample, labels []string) {
	texts := map[int]float64{}
	for _, s := range samples {
		texts[s.line]++
	}
	by := tally(samples, crossValidate(samples, len(labels)), labels, func(s sample) float64 { return 1 / texts[s.line] })
	sum := held{}
	t.Logf("%-20s phrasings  intent   label", "held out")
	for _, label := range labels {
		h := by[label]
		sum = held{sum.phrasings + h.phrasings, sum.intents + h.intents, sum.labels + h.labels}
		t.Logf("%-20s %9.0f  %.4f  %.4f", label, h.phrasings, h.intents/h.phrasings, h.labels/h.phrasings)
	}
	t.Logf("%-20s %9.0f  %.4f  %.4f", "all", sum.phrasings, sum.intents/sum.phrasings, sum.labels/sum.phrasings)
}

func intentOf(label string) string {
	name, _, _ := strings.Cut(label, "/")
	return name
}

// TestTrain trains the weights anew and writes them, with -train.
func TestTrain(t *testing.T) {
	if !*train {
		t.Skip("run with -train to train the weights anew")
	}
	samples, labels, hash := textsOf(t)
	crossValidated(t, samples, labels)
	m := fit(samples, len(labels)).quantized(labels, hash)
	var file bytes.Buffer
	if err := m.encode(&file); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("weights.gz", file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d texts, %d features, %d bytes", len(samples), len(m.Hashes), file.Len())
}

// TestWeightsAreThoseOfThePhrasings learns once more and compares. The hash alone
// tells of a change of phrasings; the weights also of one of features or of learning.
func TestWeightsAreThoseOfThePhrasings(t *testing.T) {
	shipped := loaded(t).model
	if _, _, hash := readPhrasings(t); hash != shipped.Phrasings {
		t.Fatal("data has changed since the weights were trained: go test ./assistant/intent -run TestTrain -train")
	}
	if slow || testing.Short() || runtime.GOARCH != "amd64" {
		t.Skip("learning takes a minute with the race detector; other processors round the exponential otherwise")
	}
	samples, labels, hash := textsOf(t)
	m := fit(samples, len(labels)).quantized(labels, hash)
	if !slices.Equal(m.Hashes, shipped.Hashes) || !slices.Equal(m.Weights, shipped.Weights) || !slices.Equal(m.Bias, shipped.Bias) || m.Temperature != shipped.Temperature {
		t.Error("the features or the learning have changed since the weights were trained: go test ./assistant/intent -run TestTrain -train")
	}
}
