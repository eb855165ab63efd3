package desk

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"honeyguide/catalog"

	"honeyguide/assistant/conversation"
)

// answers are two of the store's own.
func (o *office) answers() {
	o.t.Helper()
	for _, f := range []catalog.FAQ{
		{ID: "faq_en", Question: "How long does delivery to Norway take?", Answer: "Five to seven working days.", Language: "en", Enabled: true},
		{ID: "faq_zh", Question: "手表可以寄到西藏吗?", Answer: "可以,西藏大约需要七天。", Language: "zh", Enabled: true},
	} {
		_, err := o.catalog.PutFAQ(o.t.Context(), o.store, f)
		o.must(err)
	}
}

func TestSuggest(t *testing.T) {
	o, ctx := newOffice(t, "en"), t.Context()
	o.answers()
	for _, c := range []struct{ locale, said, draft, want string }{
		{"en", "how long does delivery to Norway take", "", "faq_en"},
		{"zh-CN", "请问手表可以寄到西藏吗", "", "faq_zh"},
		{"zh-TW", "請問手錶可以寄到西藏嗎", "", "faq_zh"},
		{"en", "hello there", "How long does delivery to Norway take", "faq_en"},
	} {
		id := o.begin(c.locale)
		o.hear(id, c.said)
		o.hear(id, "", "img_1")
		got, err := o.Suggest(ctx, o.store, id, c.draft)
		if err != nil || len(got.Suggestions) == 0 || len(got.Suggestions) > 3 || got.Version != 2 {
			t.Errorf("%+v: %+v, %v", c, got, err)
			continue
		}
		if s := got.Suggestions[0]; s.Source.ID != c.want || s.Source.Kind != "faq" || s.Source.Title == "" || s.Text == "" || s.Score <= 0 || s.Score > 1 {
			t.Errorf("%+v: %+v", c, s)
		}
	}
	id := o.begin("en")
	if got, err := o.Suggest(ctx, o.store, id, ""); err != nil || got.Suggestions == nil || len(got.Suggestions) != 0 {
		t.Errorf("before anything was said: %+v, %v", got, err)
	}
	if _, err := o.Suggest(ctx, o.store, id, strings.Repeat("x", 4001)); !isField(err, "draft") {
		t.Errorf("a long draft: %v", err)
	}
}

func TestJudge(t *testing.T) {
	o, ctx := newOffice(t, "en"), t.Context()
	o.answers()
	id := o.begin("en")
	o.hear(id, "how long does delivery to Norway take")
	got, err := o.Suggest(ctx, o.store, id, "")
	o.must(err)
	s := got.Suggestions[0]
	for _, v := range []Verdict{{"Anna", "accepted", ""}, {"Anna", "edited", " About a week. "}, {"Ben", "rejected", ""}} {
		o.must(o.Judge(ctx, o.store, id, s.ID, v))
	}
	events, err := o.records.Of(ctx, o.store, id, conversation.KindSuggestion, 10)
	if err != nil || len(events) != 3 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	for i, want := range []Judged{
		{s.ID, 1, s.Source, "Anna", "accepted", "Five to seven working days."}, {s.ID, 1, s.Source, "Anna", "edited", "About a week."}, {s.ID, 1, s.Source, "Ben", "rejected", ""},
	} {
		var j Judged
		if err := json.Unmarshal(events[i].Data, &j); err != nil || j != want {
			t.Errorf("kept %+v, want %+v, %v", j, want, err)
		}
	}
	if said, err := o.records.Messages(ctx, o.store, id, 0, 10); err != nil || len(said) != 1 {
		t.Errorf("the buyer was told: %+v, %v", said, err)
	}
	for field, v := range map[string]Verdict{"agent": {"", "accepted", ""}, "action": {"Anna", "liked", ""}, "text": {"Anna", "edited", " "}} {
		if err := o.Judge(ctx, o.store, id, s.ID, v); !isField(err, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, wrong := range []string{"", "sg_", "sg_!!", s.ID[3:], suggestionID(1, "faq_none"), suggestionID(99, "faq_en")} {
		if err := o.Judge(ctx, o.store, id, wrong, Verdict{"Anna", "accepted", ""}); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("suggestion %q: %v", wrong, err)
		}
	}
}

// exchange lets a buyer ask and Anna answer, in a conversation of its own.
func (o *office) exchange(locale, question, answer string) string {
	o.t.Helper()
	id := o.begin(locale)
	o.hear(id, question)
	_, err := o.Claim(o.t.Context(), o.store, id, "Anna")
	o.must(err)
	_, err = o.Reply(o.t.Context(), o.store, id, Answer{Agent: "Anna", Text: answer})
	o.must(err)
	return id
}

func (o *office) pendingFAQs() []catalog.FAQ {
	o.t.Helper()
	all, err := o.PendingFAQs(o.t.Context(), o.store, "", 50)
	o.must(err)
	return all
}

func TestLearning(t *testing.T) {
	o := newOffice(t, "en")
	o.answers()
	for _, c := range []struct {
		locale, question, answer string
		learned                  string // the question that is proposed, or nothing
	}{
		{"en", "Can you wrap it as a surprise in gold foil?", "Yes, we wrap presents in gold foil at no charge.", "Can you wrap it as a surprise in gold foil?"},
		{"en", "can you WRAP it as a surprise in gold foil", "No, we do not wrap at all, sorry.", ""}, // proposed already
		{"zh-CN", "包裹里能放一张手写诗卡吗", "可以的,诗卡由店员手写,不另收费。", "包裹里能放一张手写诗卡吗"},
		{"zh-CN", "我電話13812345678,門店可以免費換電池嗎", "可以,凭小票到店免费更换,找王经理 wang@shop.example。", "我電話[number],門店可以免費換電池嗎"},
		{"en", "how long does delivery to Norway take?", "About a week, I would say.", ""}, // answered already
		{"en", "Thanks, that is all I wanted", "You are welcome, have a nice day!", ""},    // no question
		{"en", "Is there a showroom in Reykjavik to visit?", "Ok", ""},                     // no answer
		{"en", "Is there a showroom in Reykjavik to visit?", "Which street do you live on, if I may ask?", ""},
		{"zh", "有吗?", "有的,我们现在有现货,随时可以发。", ""}, // too short to stand alone
	} {
		before := len(o.pendingFAQs())
		o.exchange(c.locale, c.question, c.answer)
		after := o.pendingFAQs()
		if len(after)-before != min(1, len(c.learned)) {
			t.Errorf("%q: %d more proposed", c.question, len(after)-before)
			continue
		}
		for _, f := range after {
			if f.State != catalog.FAQPending || f.Source != catalog.FromAgent || !f.Enabled {
				t.Errorf("proposed %+v", f)
			}
			if text := f.Question + f.Answer; strings.Contains(text, "13812345678") || strings.Contains(text, "wang@") {
				t.Errorf("personal data in %+v", f)
			}
		}
		if c.learned != "" && !hasQuestion(after, c.learned) {
			t.Errorf("no %q in %+v", c.learned, after)
		}
	}
}

func hasQuestion(all []catalog.FAQ, question string) bool {
	for _, f := range all {
		if f.Question == question {
			return true
		}
	}
	return false
}

func TestWhatWasSuggestedIsNotLearned(t *testing.T) {
	o, ctx := newOffice(t, "en"), t.Context()
	o.answers()
	question, words := "Do you sell spare clasps for old bracelets?", "We do not have spare clasps, but repair them."
	id := o.begin("en")
	o.hear(id, question)
	_, err := o.Claim(ctx, o.store, id, "Anna")
	o.must(err)
	o.must(o.Judge(ctx, o.store, id, suggestionID(1, "faq_en"), Verdict{"Anna", "edited", words}))
	if _, err := o.Reply(ctx, o.store, id, Answer{Agent: "Anna", Text: words}); err != nil || len(o.pendingFAQs()) != 0 {
		t.Errorf("an edited suggestion was learned, %v", err)
	}
	if _, err := o.Reply(ctx, o.store, id, Answer{Agent: "Anna", Text: words + " Really.", SuggestionID: "sg_x"}); err != nil || len(o.pendingFAQs()) != 0 {
		t.Errorf("a named suggestion was learned, %v", err)
	}
	if _, err := o.Reply(ctx, o.store, id, Answer{Agent: "Anna", Text: "In my own words: we repair clasps."}); err != nil || len(o.pendingFAQs()) != 1 {
		t.Errorf("own words were not learned: %+v, %v", o.pendingFAQs(), err)
	}
}

func TestPendingFAQs(t *testing.T) {
	o, ctx := newOffice(t, "en"), t.Context()
	o.exchange("en", "Can you wrap it as a surprise in gold foil?", "Yes, we wrap presents in gold foil at no charge.")
	o.exchange("zh-CN", "包裹里能放一张手写诗卡吗", "可以的,诗卡由店员手写,不另收费。")
	ask := func(language, text string) catalog.FAQResult {
		a, err := o.catalog.Answers(ctx, o.store, catalog.FAQQuery{Text: text, Language: language})
		o.must(err)
		return a.Result
	}
	if got := ask("zh", "包裹里能放一张手写诗卡吗"); got == catalog.FAQAnswered {
		t.Error("buyers get an answer that nobody approved")
	}
	pending := o.pendingFAQs()
	if len(pending) != 2 {
		t.Fatalf("pending %+v", pending)
	}
	for _, f := range pending {
		if f.Language == "en" {
			o.must(o.Reject(ctx, o.store, f.ID))
			if err := o.Reject(ctx, o.store, f.ID); !errors.Is(err, catalog.ErrNotFound) {
				t.Errorf("rejected twice: %v", err)
			}
			continue
		}
		better := "可以,诗卡加 5 元。"
		live, err := o.Approve(ctx, o.store, f.ID, Correction{Answer: &better})
		if err != nil || live.State != catalog.FAQLive || live.Answer != better || live.Question != f.Question || live.Source != catalog.FromAgent {
			t.Errorf("approved %+v, %v", live, err)
		}
		if _, err := o.Approve(ctx, o.store, f.ID, Correction{}); !errors.Is(err, catalog.ErrConflict) {
			t.Errorf("approved twice: %v", err)
		}
		if err := o.Reject(ctx, o.store, f.ID); !errors.Is(err, catalog.ErrConflict) {
			t.Errorf("a live answer is rejected: %v", err)
		}
	}
	if got := ask("zh", "包裹里能放一张手写诗卡吗"); got != catalog.FAQAnswered {
		t.Errorf("an approved answer is %s", got)
	}
	if left := o.pendingFAQs(); len(left) != 0 {
		t.Errorf("still pending: %+v", left)
	}
	other, err := o.catalog.NewStore(ctx, catalog.Settings{Name: "Other", Currency: "USD", Locale: "en"})
	o.must(err)
	if _, err := o.Approve(ctx, other.ID, pending[0].ID, Correction{}); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("another store's: %v", err)
	}
}
