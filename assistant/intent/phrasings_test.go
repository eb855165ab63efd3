package intent

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// phrasing is a line of the data: the ways to say something that it stands for.
type phrasing struct {
	label string
	line  int // over all files
	ways  alternatives
}

// A line is alternatives of sequences of pieces: a text, the name of a slot, or
// alternatives in braces.
type (
	alternatives []sequence
	sequence     []piece
	piece        struct {
		text  string
		inner alternatives
	}
)

// slots are the words that names in braces stand for.
type slots map[string]alternatives

// readPhrasings reads the folder data: all phrasings in order, the slots, and the
// hash of it all.
func readPhrasings(t testing.TB) ([]phrasing, slots, string) {
	t.Helper()
	sum, named := sha256.New(), slots{}
	fmt.Fprint(sum, conceptsText, goodsText)
	var all []phrasing
	names, err := fs.Glob(os.DirFS("data/phrasings"), "*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join("data", "phrasings", name))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(sum, "%s %d\n%s", name, len(text), text)
		label, lines := "", bufio.NewScanner(strings.NewReader(string(text)))
		lines.Buffer(nil, 1<<20)
		for n := 1; lines.Scan(); n++ {
			line := strings.TrimSpace(lines.Text())
			slot, words, isSlot := strings.Cut(line, " = ")
			switch {
			case line == "" || line[0] == '#':
			case strings.HasPrefix(line, "= "):
				label = line[2:]
			case name == "slots.txt" && isSlot:
				named[slot] = parse(t, words)
			default:
				all = append(all, phrasing{label, len(all), parse(t, line)})
			}
		}
	}
	return all, named, hex.EncodeToString(sum.Sum(nil))
}

// parse reads {a|b} and [a], which is {a|}.
func parse(t testing.TB, line string) alternatives {
	ways, rest := parseUntil(line, "")
	if rest != "" {
		t.Fatalf("%q: a bracket too many at %q", line, rest)
	}
	return ways
}

func parseUntil(s, end string) (alternatives, string) {
	ways, text := alternatives{nil}, ""
	flush := func() {
		if text != "" {
			last := &ways[len(ways)-1]
			*last, text = append(*last, piece{text: text}), ""
		}
	}
	for s != "" && !strings.HasPrefix(s, "}") && !strings.HasPrefix(s, "]") {
		c := s[0]
		s = s[1:]
		switch c {
		case '{', '[':
			flush()
			var inner alternatives
			inner, s = parseUntil(s, "}")
			s = s[min(1, len(s)):]
			if c == '[' {
				inner = append(inner, nil)
			}
			last := &ways[len(ways)-1]
			*last = append(*last, piece{inner: inner})
		case '|':
			flush()
			ways = append(ways, nil)
		default:
			text += string([]byte{c})
		}
	}
	flush()
	return ways, s
}

// slotOf returns the name of the slot that alternatives are, if they are one.
func slotOf(ways alternatives) string {
	if len(ways) == 1 && len(ways[0]) == 1 && ways[0][0].inner == nil {
		return strings.TrimSpace(ways[0][0].text)
	}
	return ""
}

// count is how many texts alternatives stand for.
func (s slots) count(ways alternatives) float64 {
	sum := 0.0
	for _, way := range ways {
		n := 1.0
		for _, p := range way {
			if p.inner != nil {
				n *= s.count(s.resolve(p.inner))
			}
		}
		sum += n
	}
	return sum
}

func (s slots) resolve(ways alternatives) alternatives {
	if words, ok := s[slotOf(ways)]; ok {
		return words
	}
	return ways
}

// say draws one of the texts.
func (s slots) say(ways alternatives, r *rand.Rand) string {
	var b strings.Builder
	s.write(&b, ways, r)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (s slots) write(b *strings.Builder, ways alternatives, r *rand.Rand) {
	for _, p := range ways[r.IntN(len(ways))] {
		switch name := slotOf(p.inner); {
		case p.inner == nil:
			b.WriteString(p.text)
		case name == "strange":
			b.WriteString(madeUp(r))
		case name == "gibberish":
			b.WriteString(gibberish(r))
		default:
			s.write(b, s.resolve(p.inner), r)
		}
	}
}

// madeUp is a word that does not exist but could.
func madeUp(r *rand.Rand) string {
	word := ""
	for range 2 + r.IntN(2) {
		word += string("bcdfgklmnprstvz"[r.IntN(15)]) + string("aeiou"[r.IntN(5)])
		if r.IntN(3) == 0 {
			word += string("lnrstx"[r.IntN(6)])
		}
	}
	return word
}

// gibberish is what falls out when hands rest on a keyboard.
func gibberish(r *rand.Rand) string {
	sets := []string{"asdfghjkl", "qwertyuiop", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "asdf jkl qwe ", "!?#%&*",
		"的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会", "哦吼嘎嘎呜啦哇咔叽咕噜嘿哈呀嘟噗啊嗷喵", "龘靐齉爩麤灪鑫淼焱垚犇骉羴猋蠢丞丢乍乎乏"}
	set := []rune(sets[r.IntN(len(sets))])
	text := ""
	for range 3 + r.IntN(14) {
		text += string(set[r.IntN(len(set))])
	}
	return text
}

// draw says a phrasing in different ways: more of them the more there are.
func (s slots) draw(p phrasing) []string {
	h := fnv.New64a()
	fmt.Fprint(h, p.label, p.line)
	r := rand.New(rand.NewPCG(h.Sum64(), 1))
	want := int(min(s.count(p.ways), drawn*max(1, 2*math.Log10(s.count(p.ways))-6)))
	if p.label == "unknown" && slotOf(p.ways[0][0].inner) == "gibberish" {
		want = 20 * drawn
	}
	var texts []string
	for range 3 * want {
		if text := s.say(p.ways, r); text != "" && !slices.Contains(texts, text) && len(texts) < want {
			texts = append(texts, text)
		}
	}
	return texts
}

// drawn texts of a phrasing, at most.
const drawn = 16

func TestPhrasingsSayEachWay(t *testing.T) {
	s := slots{"c": parse(t, "red | blue")}
	ways := parse(t, "a {{c} |}{hat|帽}[!]")
	r := rand.New(rand.NewPCG(1, 1))
	got := map[string]bool{}
	for range 300 {
		got[s.say(ways, r)] = true
	}
	if n := s.count(ways); n != 12 || len(got) != 12 {
		t.Errorf("%v ways, said %d: %v", n, len(got), got)
	}
	for _, want := range []string{"a hat", "a red 帽!", "a blue hat"} {
		if !got[want] {
			t.Errorf("never said %q", want)
		}
	}
}
