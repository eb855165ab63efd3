package catalog

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
	"honeyguide/catalog/words"
)

// outcomes of the questions of some trials.
type faqFigures struct {
	asked, right, wrong, near int // that have an answer: near counts the right one among two offered
	absent, claimed, offered  int // that have none: answered all the same, two offered
	firsts                    []first
}

// first is what came first for a question that has an answer.
type first struct {
	score float64
	right bool
}

// given is an answer to a question: the ids of one or two, best first, and the
// first's score.
type given struct {
	result FAQResult
	ids    []string
	score  float64
}

func (f *faqFigures) add(want string, g given) {
	result, ids := g.result, g.ids
	if want != "" && len(ids) > 0 {
		f.firsts = append(f.firsts, first{g.score, ids[0] == want})
	}
	switch {
	case want == "":
		f.absent++
		f.claimed += count(result == FAQAnswered)
		f.offered += count(result == FAQNear)
	case result == FAQAnswered:
		f.asked++
		f.right += count(ids[0] == want)
		f.wrong += count(ids[0] != want)
	default:
		f.asked++
		f.near += count(slices.Contains(ids, want))
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func share(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

// wrongShare is how many of those answered are wrong.
func (f *faqFigures) wrongShare() float64 { return share(f.wrong, f.wrong+f.right) }

// rightAtBest is how many are answered right where one in twenty of those answered
// is wrong, with the score from which it is so.
func (f *faqFigures) rightAtBest() (most, from float64) {
	slices.SortFunc(f.firsts, func(a, b first) int { return cmp.Compare(b.score, a.score) })
	right := 0
	for i, one := range f.firsts {
		right += count(one.right)
		if wrong := i + 1 - right; 20*wrong <= i+1 {
			most, from = share(right, f.asked), one.score
		}
	}
	return most, from
}

func (f *faqFigures) String() string {
	most, from := f.rightAtBest()
	return fmt.Sprintf("%5d asked: right %.3f, wrong of answered %.3f, right or among two %.3f, right at 5 %% wrong %.3f (from %.2f on); %4d without an answer: claimed %.3f, two offered %.3f",
		f.asked, share(f.right, f.asked), f.wrongShare(), share(f.right+f.near, f.asked), most, from, f.absent, share(f.claimed, f.absent), share(f.offered, f.absent))
}

// answerer is a way to answer, ready for one store's answers.
type answerer func(list []FAQ) func(text string) given

// figures asks all questions of a part, by trials of one name.
func figures(all []trial, ready answerer) map[string]*faqFigures {
	by := map[string]*faqFigures{}
	for _, tr := range all {
		answer := ready(tr.faqs)
		if by[tr.name] == nil {
			by[tr.name] = &faqFigures{}
		}
		for _, ask := range tr.asks {
			by[tr.name].add(ask.want, answer(ask.text))
		}
	}
	return by
}

// ours is a store of its own for each list.
func ours(t testing.TB) answerer {
	s := newShop(t)
	return func(list []FAQ) func(string) given {
		store, err := s.NewStore(context.Background(), Settings{Name: "Trial", Currency: "USD", Locale: "en", Packs: []string{noPacks}})
		if err == nil {
			err = s.putFAQs(context.Background(), store.ID, list)
		}
		if err != nil {
			t.Fatal(err)
		}
		return s.giving(store.ID)
	}
}

// withPacks is a store that has the packs of each list, as they are.
func withPacks(t testing.TB) answerer {
	s := newShop(t)
	return func(list []FAQ) func(string) given {
		var packs []string
		for _, f := range list {
			if pack := packOf(f.ID); !slices.Contains(packs, pack) {
				packs = append(packs, pack)
			}
		}
		store, err := s.NewStore(context.Background(), Settings{Name: "Trial", Currency: "USD", Locale: "en", Packs: packs})
		if err != nil {
			t.Fatal(err)
		}
		return s.giving(store.ID)
	}
}

// giving answers for a store.
func (s *shop) giving(storeID string) func(text string) given {
	return func(text string) given {
		a, err := s.Answers(context.Background(), storeID, FAQQuery{Text: text})
		if err != nil {
			s.t.Fatal(err)
		}
		g := given{result: a.Result}
		for _, f := range a.FAQs {
			g.ids = append(g.ids, f.FAQ.ID)
		}
		if len(a.FAQs) > 0 {
			g.score = a.FAQs[0].Score
		}
		return g
	}
}

// plainBM25 is the control: the best question by BM25, if its score is enough.
func plainBM25(t testing.TB, enough float32) answerer {
	return func(list []FAQ) func(string) given {
		x := local.New()
		entries := make([]index.Entry, len(list))
		for i, f := range list {
			terms, weights := words.Document(words.Field{Text: f.Question, Weight: 1})
			entries[i] = index.Entry{Store: "s", Kind: index.FAQs, ID: f.ID, Words: index.Sparse{Terms: terms, Weights: weights}}
		}
		if err := x.Put(context.Background(), entries); err != nil {
			t.Fatal(err)
		}
		return func(text string) given {
			terms, weights := words.Sparse(words.Field{Text: text, Weight: 1})
			hits, err := x.Search(context.Background(), []index.Query{{Store: "s", Kind: index.FAQs, Space: index.Words, Words: index.Sparse{Terms: terms, Weights: weights}, Limit: 1}})
			if err != nil {
				t.Fatal(err)
			}
			if len(hits[0]) == 0 || hits[0][0].Score < enough {
				return given{result: FAQNone}
			}
			return given{FAQAnswered, []string{hits[0][0].ID}, float64(hits[0][0].Score)}
		}
	}
}

// majority is the other control: always the answer that most ask for, here any.
func majority(list []FAQ) func(string) given {
	return func(string) given { return given{FAQAnswered, []string{list[0].ID}, 1} }
}

// meanWrong weighs trials of all names alike.
func meanWrong(by map[string]*faqFigures) (mean float64) {
	for _, f := range by {
		mean += f.wrongShare() / float64(len(by))
	}
	return mean
}

// leastEnough is the least score with which the control is wrong as seldom as we
// may be.
func leastEnough(t testing.TB, all []trial) float32 {
	for enough := float32(0); ; enough += 0.5 {
		if meanWrong(figures(all, plainBM25(t, enough))) <= 0.05 || enough > 40 {
			return enough
		}
	}
}

// TestFAQMatching prints how well questions are answered, with the controls, on
// data that nothing was chosen by: go test -v -run TestFAQMatching. It fails where
// the controls are as good.
func TestFAQMatching(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("asks thousands of questions to print figures: run it with -v")
	}
	chosen, measured := trials(t, choosing), trials(t, measuring)
	print := func(what string, by map[string]*faqFigures) {
		for _, name := range sortedKeys(by) {
			t.Logf("%-24s %-15s %v", what, name, by[name])
		}
	}
	before := figures(chosen, ours(t))
	print("while choosing", before)
	by := figures(measured, ours(t))
	print("measured", by)
	print("BM25, always", figures(measured, plainBM25(t, 0)))
	enough := leastEnough(t, chosen)
	bm25 := figures(measured, plainBM25(t, enough))
	print(fmt.Sprintf("BM25 from %.1f on", enough), bm25)
	print("majority", figures(measured, majority))
	if wrong := meanWrong(by); wrong > 0.08 {
		t.Errorf("%.3f of the answers are wrong", wrong)
	}
	for name, f := range by {
		if f.right <= bm25[name].right {
			t.Errorf("%s: BM25 over questions answers %d, this %d", name, bm25[name].right, f.right)
		}
		if share(f.claimed, f.absent) > 0.42 { // the intents that are not there are near those that are
			t.Errorf("%s: %d of %d questions without an answer got one", name, f.claimed, f.absent)
		}
	}
}

// TestPacksInOtherWords holds the packs' answers to what they were measured at,
// with some slack, on wordings that nothing was chosen by.
func TestPacksInOtherWords(t *testing.T) {
	known, err := trade()
	if err != nil {
		t.Fatal(err)
	}
	g := newGolden(known)
	for _, language := range []string{"en", "zh"} {
		trials := wordingTrials(t, g, measuring, language)
		by, bm25 := figures(trials, withPacks(t)), figures(trials, plainBM25(t, 0))
		for name, least := range map[string]struct{ right, wrong, claimed float64 }{
			"all packs " + language: {.72, .10, .25}, "three packs " + language: {.78, .05, .05},
		} {
			f := by[name]
			t.Logf("%-14s %v", name, f)
			t.Logf("%-14s %v", "nearest BM25", bm25[name])
			if share(f.right, f.asked) < least.right || f.wrongShare() > least.wrong || share(f.claimed, f.absent) > least.claimed {
				t.Errorf("%s: %v, want %v at least", name, f, least)
			}
		}
	}
}

func BenchmarkAnswers(b *testing.B) {
	s := newFAQShop(b, nil) // with all packs
	list := make([]FAQ, 500)
	for i := range list {
		f := s.golden.faqs[i%len(s.golden.faqs)]
		f.ID, f.Source = fmt.Sprintf("f%04d", i), FromMerchant
		f.Question += fmt.Sprint(" ", i)
		list[i] = f
	}
	if err := s.putFAQs(context.Background(), s.store, list); err != nil {
		b.Fatal(err)
	}
	asks := []string{"water temperature for green tea", "怎么退货", "do you ship abroad", "这款面料会起球吗", "What is the warranty of a camera lens?"}
	if _, err := s.golden.known(); err != nil { // made once
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		if _, err := s.Answers(context.Background(), s.store, FAQQuery{Text: asks[n%len(asks)]}); err != nil {
			b.Fatal(err)
		}
	}
}
