package builtin

import (
	"hash/crc32"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var runs = regexp.MustCompile(`[a-z0-9]+|[\x{4e00}-\x{9fff}]+`)

// plainSplit is tokens of train/data.py, word for word.
func plainSplit(text string) []uint32 {
	text = norm.NFKD.String(strings.ToLower(text))
	text = strings.Map(func(r rune) rune {
		if r == '\'' || r == '\u2019' || norm.NFKD.PropertiesString(string(r)).CCC() != 0 {
			return -1
		}
		return r
	}, text)
	var keys []string
	for _, run := range runs.FindAllString(text, -1) {
		if run[0] <= 'z' {
			keys = append(keys, "w"+run)
			for edged := "<" + run + ">"; len(run) > 2 && len(edged) >= 4; edged = edged[1:] {
				keys = append(keys, "g"+edged[:4])
			}
			continue
		}
		characters := strings.Split(run, "")
		for _, c := range characters {
			keys = append(keys, "c"+c)
		}
		for i := range len(characters) - 1 {
			keys = append(keys, "p"+characters[i]+characters[i+1])
		}
	}
	var out []uint32
	for _, key := range keys[:min(len(keys), maxTokens)] {
		out = append(out, crc32.ChecksumIEEE([]byte(key)))
	}
	return out
}

func TestSplit(t *testing.T) {
	hash := func(keys ...string) []uint32 {
		var out []uint32
		for _, key := range keys {
			out = append(out, crc32.ChecksumIEEE([]byte(key)))
		}
		return out
	}
	cases := map[string][]uint32{
		"":              nil,
		"Hi":            hash("whi"),
		"Hat":           hash("what", "g<hat", "ghat>"),
		"men's":         hash("wmens", "g<men", "gmens", "gens>"),
		"É":             hash("we"),
		"Ｘ１":            hash("wx1"),
		"裙":             hash("c裙"),
		"红裙子":           hash("c红", "c裙", "c子", "p红裙", "p裙子"),
		"红a":            hash("c红", "wa"),
		"a红":            hash("wa", "c红"),
		"红，裙":           hash("c红", "c裙"),
		"a\u200bb":      hash("wa", "wb"),
		"a\xffb":        hash("wa", "wb"),
		"\u212a'\u02b9": hash("wk"),
	}
	var s splitter
	for text, want := range cases {
		if got := s.split(text); !slices.Equal(got, want) {
			t.Errorf("split(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestEveryCharacterIsNormalisedAsInTraining(t *testing.T) {
	var s splitter
	var text []byte
	for r := rune(1); r < 0x30000; r++ {
		switch { // most ideographs, Hangul, surrogates and private use: nothing to normalise
		case 0x3400 <= r && r < 0x4d00, 0x4f00 <= r && r < 0x9f00, 0xa000 <= r && r < 0xf900, 0x17000 <= r && r < 0x1b000, 0x20000 <= r && r < 0x2f800:
			continue
		}
		text = append(utf8.AppendRune(text, r), 'x', ' ')
		if r%8 == 7 {
			if got, want := s.split(string(text)), plainSplit(string(text)); !slices.Equal(got, want) {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
			text = text[:0]
		}
	}
}

func TestSplitIsBounded(t *testing.T) {
	var s splitter
	for name, text := range map[string]string{
		"word": strings.Repeat("a", 10<<20), "words": strings.Repeat("abc ", 1<<20), "Chinese": strings.Repeat("裙", 1<<20), "blank": strings.Repeat(" ", 10<<20),
	} {
		if n := len(s.split(text)); n > maxTokens {
			t.Errorf("%s: %d tokens", name, n)
		}
	}
	if n := cap(s.run) + cap(s.edged) + cap(s.key) + 8*cap(s.ends); n > 1<<20 {
		t.Errorf("%d bytes are kept", n)
	}
}

func FuzzSplit(f *testing.F) {
	for _, text := range []string{"", "Red Dress", "women’s", "红色连衣裙", "e\u0301", "½ ﬁ Ａ", "İ", "a\xffb", "👗x"} {
		f.Add(text)
	}
	var s splitter
	f.Fuzz(func(t *testing.T, text string) {
		got := s.split(text)
		if len(text) > maxText || strings.Contains(norm.NFKD.String(text), "\u034f") { // norm breaks up long rows of accents
			return
		}
		if want := plainSplit(text); !slices.Equal(got, want) {
			t.Errorf("split(%q) = %v, want %v", text, got, want)
		}
	})
}
