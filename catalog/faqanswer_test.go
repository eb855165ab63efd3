package catalog

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"honeyguide/catalog/index/qdrant/qdranttest"
)

// answerTo is the result of a question and the ids of its answers.
func (s *shop) answerTo(q FAQQuery) string {
	s.t.Helper()
	a, err := s.Answers(context.Background(), s.store, q)
	if err != nil {
		s.t.Fatal(err)
	}
	text := string(a.Result)
	for _, f := range a.FAQs {
		if f.Score <= 0 || f.Score > 1 {
			s.t.Errorf("%q: %s has the chance %v", q.Text, f.FAQ.ID, f.Score)
		}
		text += " " + f.FAQ.ID
	}
	return text
}

// What may not be given now is not found, whatever its words are.
func TestFAQsThatMayNotBeGiven(t *testing.T) {
	past, future := time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	for name, change := range map[string]func(*FAQ){
		"disabled":  func(f *FAQ) { f.Enabled = false },
		"pending":   func(f *FAQ) { f.State = FAQPending },
		"over":      func(f *FAQ) { f.ValidTo = &past },
		"not yet":   func(f *FAQ) { f.ValidFrom = &future },
		"elsewhere": func(f *FAQ) { f.ProductIDs = []string{"another", "third"} },
	} {
		t.Run(name, func(t *testing.T) {
			s := newFAQShop(t, []string{noPacks})
			f := FAQ{ID: "a", Question: "Do you engrave names on rings?", Phrasings: []string{"戒指可以刻字吗"}, Answer: "Yes.", Enabled: true,
				ValidFrom: &past, ValidTo: &future, ProductIDs: []string{"ring"}}
			q := FAQQuery{Text: "do you engrave names on a ring", ProductID: "ring"}
			s.putFAQ(f)
			if got := s.answerTo(q); got != "answer a" {
				t.Fatalf("before it gives %s", got)
			}
			change(&f)
			s.putFAQ(f)
			if got := s.answerTo(q); got != "none" {
				t.Errorf("gives %s", got)
			}
		})
	}
}

func TestFAQAnswers(t *testing.T) {
	server := qdranttest.Start(t)
	for name, s := range map[string]*shop{
		"local":  newFAQShop(t, []string{"drinks"}),
		"qdrant": newFAQShop(t, []string{"drinks"}, onQdrant(t, server, nil)),
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			s.catchUpIfLasting()
			put := func(id, question, answer string, also ...string) {
				s.putFAQ(FAQ{ID: id, Question: question, Phrasings: also, Answer: answer, Enabled: true})
			}
			put("wifi", "Is there WiFi in the shop?", "Yes.", "店里有wifi吗")
			put("wifi-zh", "店里有WiFi吗?", "有。")
			put("gift-wrap", "Do you wrap presents?", "Yes, for free.", "gift wrapping")
			put("gift-card", "Do you sell gift cards?", "Yes, from $10.", "gift voucher")
			put("停车", "门口可以停车吗?", "地下车库免费两小时。", "有停车场吗", "停车收费吗")
			s.putFAQ(FAQ{ID: "pack:drinks:tea-amount-time:en", Question: "How many tins of tea fit in a parcel?", Answer: "Twelve.", Enabled: true})
			if err := s.DeleteFAQ(context.Background(), s.store, "pack:drinks:tea-temperature:zh"); err != nil {
				t.Fatal(err)
			}
			for _, c := range []struct{ text, language, want string }{
				{"is there wifi in the shop", "", "answer wifi"},
				{"店里有wifi吗", "", "answer wifi-zh"},
				{"停车场收费吗", "", "answer 停车"},
				{"門口可以停車嗎", "zh-Hant", "answer 停车"},
				{"do you do gift wraping?", "", "answer gift-wrap"},
				{"有停车场吗", "en", "answer 停车"}, // the asker's language has nothing
				{"How hot should the water be for which tea?", "", "answer pack:drinks:tea-temperature:en"},
				{"how many tins of tea fit in one parcel", "", "answer pack:drinks:tea-amount-time:en"},
				{"who won the football match", "", "none"},
				{"明天天气怎么样", "", "none"},
				{"", "", "none"}, {"?!", "", "none"}, {"的", "", "none"},
			} {
				if got := s.answerTo(FAQQuery{Text: c.text, Language: c.language}); got != c.want {
					t.Errorf("%q gives %s, want %s", c.text, got, c.want)
				}
			}
			if got := s.answerTo(FAQQuery{Text: "gift"}); got != "near gift-card gift-wrap" && got != "near gift-wrap gift-card" {
				t.Errorf("what may mean two things gives %s", got)
			}
			if a, err := s.Answers(context.Background(), s.store, FAQQuery{Text: "不同的茶用多少度的水泡？"}); err != nil || len(a.FAQs) > 0 && a.FAQs[0].FAQ.ID == "pack:drinks:tea-temperature:zh" {
				t.Errorf("what is hidden is given: %+v, %v", a, err)
			}
			if _, err := s.Answers(context.Background(), s.store, FAQQuery{Text: "a", Language: "!"}); !errors.Is(err, ErrInvalid) {
				t.Errorf("a language that is none: %v", err)
			}
			if _, err := s.Answers(context.Background(), "st_other", FAQQuery{Text: "a"}); !errors.Is(err, ErrNotFound) {
				t.Errorf("a store that is none: %v", err)
			}
		})
	}
}

func (s *shop) catchUpIfLasting() {
	if err := s.CatchUp(context.Background()); err != nil && !errors.Is(err, ErrNotLasting) {
		s.t.Fatal(err)
	}
}

// Stores never answer for each other.
func TestFAQsOfOtherStores(t *testing.T) {
	s := newFAQShop(t, []string{noPacks})
	s.putFAQ(FAQ{ID: "a", Question: "Do you engrave names on rings?", Answer: "Yes.", Enabled: true})
	other, err := s.NewStore(context.Background(), Settings{Name: "Other", Currency: "USD", Locale: "en", Packs: []string{noPacks}})
	if err != nil {
		t.Fatal(err)
	}
	if a, err := s.Answers(context.Background(), other.ID, FAQQuery{Text: "Do you engrave names on rings?"}); err != nil || a.Result != FAQNone {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestWordings(t *testing.T) {
	read := testConcepts(t)
	for _, c := range []struct {
		a, b   string
		common int // stems
	}{
		{"cancelled orders", "Cancellation of my ORDER", 2}, {"退货", "怎么退貨", 1}, {"", "a", 0}, {"wifi", "WIFI", 1},
	} {
		flat := rarity{unknown: 1}
		if got := flat.common(read.wording(c.a).stems, read.wording(c.b).stems); got != float64(c.common) {
			t.Errorf("%q and %q share %v stems, want %d", c.a, c.b, got, c.common)
		}
	}
	if got := len(read.wording("to 退货 a").shapes); got != 2+2+1 {
		t.Errorf("%d shapes", got)
	}
	many := rarityOf([][]uint32{{1, 2}, {1}, {1, 3}})
	if !(many.weight(1) < many.weight(2) && many.weight(2) == many.weight(3) && many.weight(3) < many.weight(4)) {
		t.Errorf("rarity %v", fmt.Sprint(many))
	}
}

// testConcepts are the concepts that questions are read with.
func testConcepts(t testing.TB) *concepts {
	t.Helper()
	known, err := trade()
	if err != nil {
		t.Fatal(err)
	}
	c, err := newConcepts(conceptsText, known)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
