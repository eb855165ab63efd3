package truth

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzJudge: nothing that is said breaks the gate; what passes is valid, without
// markup, and passes again; without records no amount of money is ever said.
func FuzzJudge(f *testing.F) {
	for _, s := range cases(f, "cases.txt") {
		f.Add(s.text, s.text)
	}
	f.Add(`{"title":"x","price":{"amount":1e999,"currency":"USD"}}`, "x costs $1e9")
	f.Add(`[[{"min_days":-1,"a_cm":"12"}]]`, "百分之")
	f.Fuzz(func(t *testing.T, record, sentence string) {
		for _, language := range []string{"en", "zh"} {
			turn := Turn{Records: []Record{{"product", "1", record}, {"faq", "2", record}}, Draft: record, Asked: sentence, Language: language, MayAsk: true}
			g := New(turn)
			said, why := g.Judge(sentence, []string{"product:1"})
			g.Missing()
			if (why == "") != (said != "") {
				t.Fatalf("%q: said %q with fault %q", sentence, said, why)
			}
			if !utf8.ValidString(said) || strings.Contains(said, "](") || len(said) > 2*maxSentence {
				t.Fatalf("%q passed as %q", sentence, said)
			}
			bare := New(Turn{Language: language, MayAsk: true})
			if said, _ := bare.Judge(sentence, nil); strings.ContainsAny(said, "$€£₹0123456789") && strings.ContainsAny(said, "$€£₹") && strings.ContainsAny(said, "123456789") {
				for _, c := range read(said, turn.Now).claims {
					if c.kind == amount {
						t.Fatalf("%q was said without a record", said)
					}
				}
			}
		}
	})
}

// FuzzSentences: cutting a text loses nothing but white space, and always ends.
func FuzzSentences(f *testing.F) {
	for _, s := range []string{"Rs. 895. It is. 1. Title: x\n2. Y! ok?", "好。不好！\n\n吗", "e.g. this…", "...", "a.b。c?」」"} {
		f.Add(s)
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	f.Fuzz(func(t *testing.T, text string) {
		if got := squeeze(strings.Join(Sentences(text), "")); got != squeeze(text) {
			t.Fatalf("%q became %q", text, got)
		}
		if end := SentenceEnd(text, false); end > len(text) || end < 0 {
			t.Fatalf("%q ends at %d", text, end)
		}
	})
}
