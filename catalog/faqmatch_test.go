package catalog

import (
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
}

func (f *faqFigures) add(want string, result FAQResult, ids []string) {
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

func (f *faqFigures) String() string {
	return fmt.Sprintf("%5d asked: right %.3f, wrong of answered %.3f, right or among two %.3f; %4d without an answer: claimed %.3f, two offered %.3f",
		f.asked, share(f.right, f.asked), f.wrongShare(), share(f.right+f.near, f.asked), f.absent, share(f.claimed, f.absent), share(f.offered, f.absent))
}

// answerer is a way to answer, ready for one store's answers.
type answerer func(list []FAQ) func(text string) (FAQResult, []string)

// figures asks all questions of a part, by trials of one name.
func figures(all []trial, ready answerer) map[string]*faqFigures {
	by := map[string]*faqFigures{}
	for _, tr := range all {
		answer := ready(tr.faqs)
		if by[tr.name] == nil {
			by[tr.name] = &faqFigures{}
		}
		for _, ask := range tr.asks {
			result, ids := answer(ask.text)
			by[tr.name].add(ask.want, result, ids)
		}
	}
	return by
}

// ours is a store of its own for each list.
func ours(t testing.TB) answerer {
	s := newShop(t)
	return func(list []FAQ) func(string) (FAQResult, []string) {
		store, err := s.NewStore(context.Background(), Settings{Name: "Trial", Currency: "USD", Locale: "en", Packs: []string{noPacks}})
		if err == nil {
			err = s.putFAQs(context.Background(), store.ID, list)
		}
		if err != nil {
			t.Fatal(err)
		}
		return func(text string) (FAQResult, []string) {
			a, err := s.Answers(context.Background(), store.ID, FAQQuery{Text: text})
			if err != nil {
				t.Fatal(err)
			}
			ids := []string{}
			for _, f := range a.FAQs {
				ids = append(ids, f.FAQ.ID)
			}
			return a.Result, ids
		}
	}
}

// plainBM25 is the control: the best question by BM25, if its score is enough.
func plainBM25(t testing.TB, enough float32) answerer {
	return func(list []FAQ) func(string) (FAQResult, []string) {
		x := local.New()
		entries := make([]index.Entry, len(list))
		for i, f := range list {
			terms, weights := words.Document(words.Field{Text: f.Question, Weight: 1})
			entries[i] = index.Entry{Store: "s", Kind: index.FAQs, ID: f.ID, Words: index.Sparse{Terms: terms, Weights: weights}}
		}
		if err := x.Put(context.Background(), entries); err != nil {
			t.Fatal(err)
		}
		return func(text string) (FAQResult, []string) {
			terms, weights := words.Sparse(words.Field{Text: text, Weight: 1})
			hits, err := x.Search(context.Background(), []index.Query{{Store: "s", Kind: index.FAQs, Space: index.Words, Words: index.Sparse{Terms: terms, Weights: weights}, Limit: 1}})
			if err != nil {
				t.Fatal(err)
			}
			if len(hits[0]) == 0 || hits[0][0].Score < enough {
				return FAQNone, nil
			}
			return FAQAnswered, []string{hits[0][0].ID}
		}
	}
}

// majority is the other control: always the answer that most ask for, here any.
func majority(list []FAQ) func(string) (FAQResult, []string) {
	return func(string) (FAQResult, []string) { return FAQAnswered, []string{list[0].ID} }
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
	if wrong := meanWrong(by); wrong > 0.06 {
		t.Errorf("%.3f of the answers are wrong", wrong)
	}
	for name, f := range by {
		if f.right <= bm25[name].right {
			t.Errorf("%s: BM25 over questions answers %d, this %d", name, bm25[name].right, f.right)
		}
		if share(f.claimed, f.absent) > 0.35 { // the intents that are not there are near those that are
			t.Errorf("%s: %d of %d questions without an answer got one", name, f.claimed, f.absent)
		}
	}
}

func BenchmarkAnswers(b *testing.B) {
	s := newFAQShop(b, nil) // with all packs
	list := make([]FAQ, 2000)
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
