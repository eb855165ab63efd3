package catalog

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// trial is a store of answers and questions put to it. What wants nothing has no
// answer there.
type trial struct {
	name string
	faqs []FAQ
	asks []trialAsk
}

type trialAsk struct{ text, want string }

// half says which part of the data a trial is of: thresholds are chosen on the
// even one and measured on the odd one. No pack, intent or pair is in both.
type half int

const (
	choosing  half = 0
	measuring half = 1
)

// trials are all stores of one part.
func trials(t testing.TB, of half) []trial {
	known, err := trade()
	if err != nil {
		t.Fatal(err)
	}
	g := newGolden(known)
	shop := shopFAQs(t)
	all := append(packTrials(g, "en", shop, of), packTrials(g, "zh", nil, of)...)
	return append(all, intentTrial(t, g, of, 10), intentTrial(t, g, of, 40), shopTrial(g, shop, of), pairTrial(t, of))
}

// packTrials are stores of three packs, each pack's questions asked in a way that
// is left out of the store, and those of the next three, which are not there.
func packTrials(g *golden, language string, beside []FAQ, of half) []trial {
	var names []string
	for _, pack := range g.pack {
		if !slices.Contains(names, pack) {
			names = append(names, pack)
		}
	}
	groups := [][]FAQ{}
	for some := range slices.Chunk(names, 3) {
		var group []FAQ
		for i, f := range g.faqs {
			if f.Language == language && slices.Contains(some, g.pack[i]) {
				group = append(group, f)
			}
		}
		groups = append(groups, group)
	}
	var all []trial
	for n := int(of); n < len(groups); n += 2 {
		others := groups[(n+2)%len(groups)]
		for hold := range 3 {
			tr := trial{name: "packs " + language, faqs: slices.Clone(beside)}
			for _, f := range groups[n] {
				if hold < len(f.Phrasings) {
					tr.asks = append(tr.asks, trialAsk{f.Phrasings[hold], f.ID})
					f.Phrasings = slices.Delete(slices.Clone(f.Phrasings), hold, hold+1)
				}
				tr.faqs = append(tr.faqs, f)
			}
			for _, f := range others {
				if hold < len(f.Phrasings) {
					tr.asks = append(tr.asks, trialAsk{f.Phrasings[hold], ""})
				}
			}
			all = append(all, tr)
		}
	}
	return all
}

// intentTrial stores some phrasings of each intent of a part, asks others, and
// asks the intents of the other part, which are not there.
func intentTrial(t testing.TB, g *golden, of half, phrasings int) trial {
	stored := utterances(t, "bitext_intents/Bitext_Sample_Customer_Service_Training_Dataset.csv.gz")
	asked := utterances(t, "bitext_intents/Bitext_Sample_Customer_Service_Validation_Dataset.csv")
	tr, r := trial{name: fmt.Sprint("intents en ", phrasings)}, rand.New(rand.NewPCG(1, 2))
	for i, intent := range sortedKeys(stored) {
		if half(i%2) != of {
			for _, text := range asked[intent] {
				tr.asks = append(tr.asks, trialAsk{text, ""})
			}
			continue
		}
		ways := slices.Clone(stored[intent])
		r.Shuffle(len(ways), func(i, j int) { ways[i], ways[j] = ways[j], ways[i] })
		tr.faqs = append(tr.faqs, FAQ{ID: intent, Question: ways[0], Phrasings: ways[1:min(phrasings, len(ways))], Answer: intent, Language: "en", Enabled: true, State: FAQLive})
		for _, text := range asked[intent] {
			tr.asks = append(tr.asks, trialAsk{text, intent})
		}
	}
	for i, f := range g.faqs {
		if f.Language == "en" && g.pack[i] == "drinks" {
			tr.faqs = append(tr.faqs, f)
		}
	}
	return tr
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// utterances are those of a table, by intent.
func utterances(t testing.TB, name string) map[string][]string {
	table, err := csv.NewReader(openData(t, name)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	by := map[string][]string{}
	for _, row := range table[1:] {
		if !slices.Contains(by[row[1]], row[0]) {
			by[row[1]] = append(by[row[1]], row[0])
		}
	}
	return by
}

func shopFAQs(t testing.TB) []FAQ {
	var file struct{ Questions []FAQ }
	if err := json.NewDecoder(openData(t, "store_faq_en.json")).Decode(&file); err != nil {
		t.Fatal(err)
	}
	for i := range file.Questions {
		f := &file.Questions[i]
		f.ID, f.Language, f.Enabled, f.State = fmt.Sprintf("shop%02d", i), "en", true, FAQLive
	}
	return file.Questions
}

// shopTrial asks a shop's questions with a typo and without one word.
func shopTrial(g *golden, shop []FAQ, of half) trial {
	tr, r := trial{name: "shop typos en", faqs: shop}, rand.New(rand.NewPCG(3, 4))
	for i, f := range shop {
		fields := strings.Fields(f.Question)
		longest := slices.MaxFunc(fields, func(a, b string) int { return len(a) - len(b) })
		at := 1 + r.IntN(len(longest)-2)
		text := strings.Replace(f.Question, longest, longest[:at]+longest[at+1:], 1)
		text = strings.Replace(text, fields[1]+" ", "", 1)
		if half(i%2) == of {
			tr.asks = append(tr.asks, trialAsk{text, f.ID})
		}
	}
	for i, f := range g.faqs {
		if f.Language == "en" && i/2%8 == int(of) {
			tr.asks = append(tr.asks, trialAsk{f.Phrasings[0], ""})
		}
	}
	return tr
}

// pairTrial stores the first sentences of pairs and asks the second ones.
func pairTrial(t testing.TB, of half) trial {
	tr := trial{name: "pairs zh"}
	lines := bufio.NewScanner(openData(t, []string{"paraphrase_zh/train_few_all.json", "paraphrase_zh/dev_few_all.json"}[of]))
	for lines.Scan() {
		var pair struct{ Sentence1, Sentence2, Label string }
		if err := json.Unmarshal(lines.Bytes(), &pair); err != nil {
			t.Fatal(err)
		}
		id := fmt.Sprintf("pair%03d", len(tr.faqs))
		tr.faqs = append(tr.faqs, FAQ{ID: id, Question: pair.Sentence1, Answer: id, Language: "zh", Enabled: true, State: FAQLive})
		if pair.Label != "1" {
			id = ""
		}
		tr.asks = append(tr.asks, trialAsk{pair.Sentence2, id})
	}
	return tr
}

// openData opens a file of the real data, or skips the test where that is absent.
func openData(t testing.TB, name string) io.Reader {
	folder := os.Getenv("HONEYGUIDE_DATA_SETS")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("the real data is not here: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	if filepath.Ext(name) != ".gz" {
		return f
	}
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return unzipped
}
