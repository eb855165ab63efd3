package onnx

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// words are the pieces that a normalizer and a pre_tokenizer make of a text.
func words(t *testing.T, normalizer, splitting, text string) []string {
	t.Helper()
	tok, err := newTokenizer(fmt.Appendf(nil, `{"normalizer":%s,"pre_tokenizer":%s,"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}`, normalizer, splitting))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range tok.split([]string{tok.normalise(text)}, true) {
		if s != "" {
			got = append(got, s)
		}
	}
	return got
}

func TestSplitters(t *testing.T) {
	const clip = `{"type":"Split","pattern":{"Regex":"'s|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"},"behavior":"Removed","invert":true}`
	for _, c := range []struct{ splitting, text, want string }{
		{`null`, "a b", "a b"},
		{`{"type":"WhitespaceSplit"}`, " red\u3000dress ", "red|dress"},
		{`{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"}`, "red dress", "▁red|▁dress"},
		{`{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":false}`, "red dress", "▁red▁dress"},
		{`{"type":"Metaspace","replacement":"▁","prepend_scheme":"never"}`, "red dress", "red|▁dress"},
		{`{"type":"Metaspace","replacement":"▁","prepend_scheme":"first"}`, "red dress", "▁red|▁dress"},
		{`{"type":"Metaspace","replacement":"▁","add_prefix_space":true}`, "a  b", "▁a|▁|▁b"},
		{`{"type":"Metaspace","replacement":"▁","add_prefix_space":false}`, "a b", "a|▁b"},
		{`{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},{"type":"Metaspace","replacement":"▁","add_prefix_space":true}]}`, "a  b ▁c", "▁a|▁b|▁c"},
		{clip, "it's 42 «ok»", "it|'s|4|2|«|ok|»"},
		{`{"type":"Sequence","pretokenizers":[` + clip + `,{"type":"ByteLevel","add_prefix_space":false}]}`, "é 裙", "Ã©|è£Ļ"},
		{`{"type":"Split","pattern":{"String":" "},"behavior":"MergedWithPrevious"}`, "a  b ", "a | |b "},
		{`{"type":"Split","pattern":{"String":" "},"behavior":"MergedWithNext"}`, "a  b", "a| | b"},
		{`{"type":"Split","pattern":{"String":" "},"behavior":"Isolated"}`, "a b", "a| |b"},
		{`{"type":"Split","pattern":{"Regex":"\\s"},"behavior":"Removed"}`, "a\u00a0b\u0085c\u2028d", "a|b|c|d"},
	} {
		if got := strings.Join(words(t, "null", c.splitting, c.text), "|"); got != c.want {
			t.Errorf("%s: %q is cut into %s, want %s", c.splitting, c.text, got, c.want)
		}
	}
}

func TestNormalisers(t *testing.T) {
	for _, c := range []struct{ normalizer, text, want string }{
		{`null`, "É ", "É "},
		{`{"type":"NFC"}`, "e\u0301", "é"},
		{`{"type":"NFKC"}`, "ﬁ２", "fi2"},
		{`{"type":"NFD"}`, "é", "e\u0301"},
		{`{"type":"NFKD"}`, "é２", "e\u03012"},
		{`{"type":"Lowercase"}`, "İΣΑΣ ÀB", "i\u0307σασ àb"},
		{`{"type":"Strip","strip_left":true,"strip_right":false}`, " a ", "a "},
		{`{"type":"Prepend","prepend":"▁"}`, "a", "▁a"},
		{`{"type":"Replace","pattern":{"Regex":"\\s+"},"content":" "}`, "a\u3000\tb", "a b"},
		{`{"type":"Replace","pattern":{"String":"."},"content":"$1"}`, "a.b", "a$1b"},
		{`{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Lowercase"}]}`, "E\u0301", "é"},
	} {
		if got := strings.Join(words(t, c.normalizer, "null", c.text), ""); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", c.normalizer, c.text, got, c.want)
		}
	}
	for text, want := range map[string]string{"It's  a RED-dress! ": "its a reddress", "ΣΑΣ_b": "σαςb", "¡ok!": "¡ok", "连衣裙，红": "连衣裙，红"} {
		if got := canonical(text); got != want {
			t.Errorf("canonical(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTokenizerErrors(t *testing.T) {
	const model = `"model":{"type":"BPE","vocab":{"a":0},"merges":[]}`
	for file, says := range map[string]string{
		`{"model":{"type":"WordPiece"}}`:                                                                            "model: the type",
		`{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}`:                                                 "a piece that vocab lacks",
		`{"model":{"type":"BPE","vocab":{"a":0},"merges":["ab"]}}`:                                                  "is not two pieces",
		`{"model":{"type":"BPE","vocab":[],"merges":[]}}`:                                                           "vocab",
		`{"model":{"type":"BPE","vocab":{"a":0},"continuing_subword_prefix":"##"}}`:                                 "continuing_subword_prefix",
		`{"model":{"type":"Unigram","vocab":[]}}`:                                                                   "vocab",
		`{"model":{"type":"Unigram","vocab":[["a","b"]]}}`:                                                          "entry 0",
		`{"model":{"type":"Unigram","vocab":[["a",0]],"unk_id":7}}`:                                                 "unk_id 7",
		`{"normalizer":{"type":"BertNormalizer"},` + model + `}`:                                                    `"BertNormalizer"`,
		`{"normalizer":{"type":"Sequence","normalizers":[{"type":"Nmt"}]},` + model + `}`:                           `"Nmt"`,
		`{"normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"},` + model + `}`:                         "cut short",
		`{"normalizer":{"type":"Replace","pattern":{}},` + model + `}`:                                              "neither Regex nor String",
		`{"normalizer":{"type":"Replace","pattern":{"Regex":"\\w"}},` + model + `}`:                                 `\w`,
		`{"normalizer":{"type":"Replace","pattern":{"Regex":"(?!a)"}},` + model + `}`:                               "normalizer",
		`{"pre_tokenizer":{"type":"ByteLevel"},` + model + `}`:                                                      "after a Split",
		`{"pre_tokenizer":{"type":"Metaspace"},` + model + `}`:                                                      "no replacement",
		`{"pre_tokenizer":{"type":"Split","pattern":{"String":" "},"behavior":"Contiguous"},` + model + `}`:         `"Contiguous"`,
		`{"pre_tokenizer":{"type":"BertPreTokenizer"},` + model + `}`:                                               `"BertPreTokenizer"`,
		`{"post_processor":{"type":"RobertaProcessing"},` + model + `}`:                                             "cls and sep",
		`{"post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"</s>"}}]},` + model + `}`:  `"</s>" has no ids`,
		`{"post_processor":{"type":"Sequence","processors":[{"type":"ByteLevel"},{"type":"Other"}]},` + model + `}`: `"Other"`,
		`{`: "JSON",
	} {
		if _, err := newTokenizer([]byte(file)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want … %s", file, err, says)
		}
	}
}

func TestAddedTokens(t *testing.T) {
	tok, err := newTokenizer([]byte(`{"added_tokens":[{"id":7,"content":"<x>","lstrip":true},{"id":8,"content":"<x><x>","rstrip":true},{"id":9,"content":"RED","normalized":true},{"id":10,"content":"w","single_word":true}],
		"normalizer":{"type":"Lowercase"},"post_processor":{"type":"BertProcessing","cls":["[",1],"sep":["]",2]},
		"model":{"type":"BPE","vocab":{"a":0,"b":3," ":4,"ab":5,"<x>":7},"merges":[["a","b"]]}}`))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]int64{
		"ab":          {1, 5, 2},
		"a <x>b":      {1, 0, 7, 3, 2},
		"<x><x>  <x>": {1, 8, 7, 2},
		"a Red b":     {1, 0, 4, 9, 4, 3, 2},
		"":            {1, 2},
		"?":           {1, 2}, // unknown, without a piece for it
	} {
		if got := tok.encode(text, 20); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if got := tok.encode("ababab", 4); !slices.Equal(got, []int64{1, 5, 5, 2}) {
		t.Errorf("cut: %v", got)
	}
}

// Unknown characters: one piece, as many as there are, or bytes.
func TestUnknown(t *testing.T) {
	var bytes []string
	for b := range 256 {
		bytes = append(bytes, fmt.Sprintf(`"<0x%02X>":%d`, b, b+10))
	}
	var pieces []string
	for b := range 256 {
		pieces = append(pieces, fmt.Sprintf(`["<0x%02X>",-9]`, b))
	}
	for name, c := range map[string]struct {
		model string
		want  []int64
	}{
		"BPE":                {`{"type":"BPE","vocab":{"a":0,"?":1},"merges":[],"unk_token":"?"}`, []int64{0, 1, 1, 0}},
		"BPE fused":          {`{"type":"BPE","vocab":{"a":0,"?":1},"merges":[],"unk_token":"?","fuse_unk":true}`, []int64{0, 1, 0}},
		"BPE bytes":          {`{"type":"BPE","vocab":{"a":0,` + strings.Join(bytes, ",") + `},"merges":[],"byte_fallback":true}`, []int64{0, 10 + 0xc3, 10 + 0xa9, 10 + 0xc3, 10 + 0xa8, 0}},
		"Unigram":            {`{"type":"Unigram","vocab":[["a",-1],["?",0]],"unk_id":1}`, []int64{0, 1, 0}},
		"Unigram bytes":      {`{"type":"Unigram","vocab":[` + strings.Join(pieces, ",") + `,["a",-1]],"byte_fallback":true}`, []int64{256, 0xc3, 0xa9, 0xc3, 0xa8, 256}},
		"Unigram, all known": {`{"type":"Unigram","vocab":[["a",-1],["é",-2],["è",-3],["éè",-4.5],["éèa",-9]]}`, []int64{0, 3, 0}},
	} {
		tok, err := newTokenizer([]byte(`{"model":` + c.model + `}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := tok.encode("aéèa", 20); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// A text is cut between characters before anything is done with it.
func TestLongText(t *testing.T) {
	seen := ""
	tok := readTokenizer(t, "gemma", func(s string) string { seen = s; return s })
	tok.encode(strings.Repeat("裙", 1<<20), 64)
	if len(seen) > maxText || len(seen) < maxText-2 || !utf8.ValidString(seen) {
		t.Errorf("%d bytes are read", len(seen))
	}
	tok.encode("\xff\xfe裙", 64)
	if seen != "\ufffd裙" {
		t.Errorf("broken bytes are read as %q", seen)
	}
}

func FuzzEncode(f *testing.F) {
	for _, c := range readReference(f, "siglip").Texts {
		f.Add(c.Text)
	}
	type limited struct {
		*tokenizer
		size, limit int
	}
	clip, siglip, gemma := readTokenizer(f, "clip", same), readTokenizer(f, "siglip", same), readTokenizer(f, "gemma", lowerWords)
	all := []limited{{clip, len(clip.ids), 77}, {siglip, len(siglip.ids), 64}, {gemma, len(gemma.ids), 16}}
	f.Fuzz(func(t *testing.T, text string) {
		for _, tok := range all {
			ids := tok.encode(text, tok.limit)
			if len(ids) > tok.limit || len(ids) < len(tok.before)+len(tok.after) || ids[len(ids)-1] != tok.after[0] {
				t.Errorf("%q: %v", text, ids)
			}
			if slices.Min(ids) < 0 || slices.Max(ids) >= int64(tok.size) {
				t.Errorf("%q: an id is outside of the vocabulary: %v", text, ids)
			}
		}
	})
}

func FuzzTokenizerFile(f *testing.F) {
	for _, kind := range []string{"clip", "siglip", "gemma"} {
		f.Add(testdata(f, kind+"/tokenizer.json"))
	}
	f.Add([]byte(`{"added_tokens":[{"id":7,"content":"<x>","lstrip":true,"rstrip":true}],"model":{"type":"Unigram","vocab":[["a",-1],["?",0]],"unk_id":1}}`))
	f.Add(fmt.Appendf(nil, `{"normalizer":{"type":"Precompiled","precompiled_charsmap":%q},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}`, base64.StdEncoding.EncodeToString([]byte("\x08\x00\x00\x00\x00\x01\x00\x00abcdefgh"))))
	f.Fuzz(func(t *testing.T, data []byte) {
		tok, err := newTokenizer(data)
		if err != nil {
			return
		}
		tok.encode("A red  dress, é 连衣裙 <x> <|endoftext|>\n", 1000)
	})
}
