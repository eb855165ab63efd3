package llm

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// heard feeds a text in pieces of n bytes and joins what is heard.
func heard(text string, n int) string {
	var l listener
	var all []string
	take := func(us []utterance) {
		for _, u := range us {
			s := strings.TrimSpace(u.text)
			if len(u.about) > 0 {
				s += " [" + strings.Join(u.about, " ") + "]"
			}
			all = append(all, s)
		}
	}
	for ; text != ""; text = text[min(n, len(text)):] {
		take(l.hear(text[:min(n, len(text))]))
	}
	take(l.end())
	return strings.Join(all, " | ")
}

func TestListener(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"the schema", `{"sentences":[{"text":"One.","facts":["product:1","faq:2"]},{"text":"Two.","facts":[]}]}`, "One. [product:1 faq:2] | Two."},
		{"facts first", `{"sentences":[{"facts":["product:1"],"text":"One."}]}`, "One. [product:1]"},
		{"escapes", `{"sentences":[{"text":"\"有\u8d27\" a\\b\n{]","facts":[]}]}`, "\"有货\" a\\b\n{]"},
		{"a fence", "```json\n{\"sentences\":[{\"text\":\"One.\"}]}\n```\nThat is it.", "One."},
		{"a fence without a name", "```\n[{\"text\":\"One.\"}]\n```", "One."},
		{"thoughts", "<think>It is {\"text\":\"no\"}</think>\n{\"text\":\"One.\"}", "One."},
		{"thoughts without an end", "<think>on and on", ""},
		{"words before", `Here: {"sentences":[{"text":"One."}]}`, "One."},
		{"one object", `{"text":"One. Two.","facts":["a:1"]}`, "One. Two. [a:1]"},
		{"another name", `{"reply":"One.","mood":"glad"}`, "One."},
		{"bare strings", `{"sentences":["One.","Two."]}`, "One. | Two."},
		{"a list of strings", `["One.","Two."]`, "One. | Two."},
		{"a nested answer", `{"result":{"data":[{"text":"One."}]}}`, "One."},
		{"other values", `{"sentences":[{"text":"One.","score":0.5,"ok":true,"none":null,"facts":[1]}]}`, "One."},
		{"cut inside a sentence", `{"sentences":[{"text":"One.","facts":[]},{"text":"Tw`, "One."},
		{"cut before the end of an object", `{"sentences":[{"text":"One.","facts":[]},{"text":"Two."`, "One."},
		{"single quotes", `{'sentences':[{'text':'One.'}]}`, ""},
		{"a broken escape", `{"sentences":[{"text":"\x"},{"text":"Two."}]}`, "Two."},
		{"too deep", strings.Repeat("[", 50) + `"One."`, ""},
		{"plain text", "One is ₹1,299.00 or so. Two!\n三。四？five", "One is ₹1,299.00 or so. | Two! | 三。 | 四？ | five"},
		{"plain text in a fence", "```\nOne.\n```", "One."},
		{"nothing", "", ""},
		{"white space", " \n\t", ""},
		{"no text", `{"sentences":[{"facts":["a:1"]}]}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, n := range []int{1, 2, 7, 1000} {
				if got := strings.TrimSuffix(heard(tt.text, n), " "); got != tt.want {
					t.Errorf("in pieces of %d: %q, want %q", n, got, tt.want)
				}
			}
		})
	}
}

// TestListenerIsQuick: a sentence is heard as soon as its object closes.
func TestListenerIsQuick(t *testing.T) {
	var l listener
	if got := l.hear(`{"sentences":[{"text":"One.","facts":[]`); len(got) != 0 {
		t.Errorf("heard %v before its end", got)
	}
	if got := l.hear(`},{"te`); len(got) != 1 || got[0].text != "One." {
		t.Errorf("heard %v", got)
	}
}

// FuzzListener: however a text is cut into pieces, the same is heard.
func FuzzListener(f *testing.F) {
	f.Add(`{"sentences":[{"text":"One.","facts":["a:1"]}]}`, 3)
	f.Add("```json\n[\"x\"]```", 1)
	f.Add("<think></think>a. b? c", 2)
	f.Add("plain {\"text\":\"x\"} more", 5)
	f.Fuzz(func(t *testing.T, text string, n int) {
		if n <= 0 || n > 100 || len(text) > 2000 || !utf8.ValidString(text) {
			t.Skip()
		}
		once, pieces := heard(text, len(text)+1), heard(text, n)
		if strings.Contains(text, `{"`) || strings.ContainsAny(text, "`<.!?…。！？\n") {
			return // where plain text turns into JSON depends on what had been heard before
		}
		if once != pieces {
			t.Fatalf("%q, in pieces of %d %q", once, n, pieces)
		}
	})
}
