package slot

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// wednesday is when the sentences of testdata are said.
var wednesday = time.Date(2026, time.June, 10, 15, 0, 0, 0, time.UTC)

// flat writes slots as the files of testdata do.
func flat(s Slots) []string {
	var all []string
	text := func(name, value string) {
		if value != "" {
			all = append(all, name+"="+value)
		}
	}
	number := func(name string, n int) {
		if n != 0 {
			all = append(all, fmt.Sprintf("%s=%d", name, n))
		}
	}
	flag := func(name string, on bool) {
		if on {
			all = append(all, name)
		}
	}
	amount := func(name string, v float64) {
		if v != 0 {
			all = append(all, fmt.Sprintf("%s=%g", name, v))
		}
	}
	size := func(name string, s Size) { text(name, strings.TrimSpace(s.System+" "+s.Label)) }

	text("order", s.OrderNumber)
	text("tracking", s.Tracking)
	text("phone", s.Phone)
	text("ending", s.PhoneEnding)
	text("email", s.Email)
	text("bare", s.Bare)
	for _, n := range s.Ordinals {
		number("ref", n)
	}
	flag("this", s.This)
	flag("all", s.All)
	number("count", s.Count)
	flag("earlier", s.Earlier)
	e := s.Edit
	for name, n := range map[string]int{"price": e.Price, "formality": e.Formality, "maturity": e.Maturity, "warmth": e.Warmth, "length": e.Length,
		"sleeves": e.Sleeves, "size": e.Size, "fit": e.Fit, "shade": e.Shade, "pattern": e.Pattern} {
		number(name, n)
	}
	for name, on := range map[string]bool{"more": e.More, "reject": e.Reject, "notbrand": e.NotBrand, "notcolor": e.NotColor, "notstyle": e.NotStyle,
		"instead": e.Instead, "restart": e.Restart, "ellipsis": e.Ellipsis, "yes": s.Answer.Yes, "no": s.Answer.No, "any": s.Answer.Any, "dontknow": s.Answer.DontKnow} {
		flag(name, on)
	}
	for _, piece := range e.Swap {
		text("swap", piece)
	}
	for _, piece := range e.Keep {
		text("keep", piece)
	}
	if s.Answer.Number != nil {
		all = append(all, fmt.Sprintf("number=%g", *s.Answer.Number))
	}
	amount("min", s.Answer.Amount.Min)
	amount("max", s.Answer.Amount.Max)
	amount("around", s.Answer.Amount.Around)
	size("size", s.Answer.Size)
	text("gender", s.Answer.Gender)
	size("usualsize", s.UsualSize)
	text("usualbrand", s.UsualBrand)
	for _, asked := range s.Asked {
		size("asked", asked)
	}
	if !s.Date.IsZero() {
		text("date", s.Date.Format(time.DateOnly))
	}
	text("language", s.Language)
	number("anger", s.Anger)
	slices.Sort(all)
	return all
}

// sentence is a line of testdata.
type sentence struct {
	text string
	want []string
}

func readSentences(t *testing.T, name string) []sentence {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var all []sentence
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line == "" || line == "#" || strings.HasPrefix(line, "# ") {
			continue
		}
		text, slots, ok := strings.Cut(line, " =>")
		if !ok {
			t.Fatalf("%s: no => in %q", name, line)
		}
		s := sentence{text: text}
		for slot := range strings.SplitSeq(slots, ";") {
			if slot = strings.TrimSpace(slot); slot != "" {
				s.want = append(s.want, slot)
			}
		}
		slices.Sort(s.want)
		all = append(all, s)
	}
	return all
}

// score counts slots that were found rightly, found wrongly and missed.
type score struct{ right, wrong, missed int }

func (c *score) add(want, got []string) {
	for _, g := range got {
		if slices.Contains(want, g) {
			c.right++
		} else {
			c.wrong++
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			c.missed++
		}
	}
}

func (c score) f1() float64 { return 2 * float64(c.right) / float64(2*c.right+c.wrong+c.missed) }

func (c score) String() string {
	return fmt.Sprintf("F1 %.3f (precision %.3f, recall %.3f)", c.f1(), float64(c.right)/float64(c.right+c.wrong), float64(c.right)/float64(c.right+c.missed))
}

// TestMeasure measures Read on the sentences of testdata, beside a control that looks
// for plain words, and prints what is misread of those that rules are made on.
func TestMeasure(t *testing.T) {
	for _, file := range []struct {
		name    string
		atLeast float64
		count   int
		show    bool
	}{{"tune.txt", .97, 200, true}, {"heldout.txt", .93, 200, os.Getenv("SHOW_HELDOUT") != ""}} {
		var ours, plain score
		all := readSentences(t, file.name)
		empty, clean := 0, 0
		for _, s := range all {
			got := flat(Read(s.text, wednesday))
			ours.add(s.want, got)
			plain.add(s.want, plainWords(s.text))
			if len(s.want) == 0 {
				empty++
				if len(got) == 0 {
					clean++
				}
			}
			if file.show && !slices.Equal(got, s.want) {
				t.Logf("%s\n  want %v\n  got  %v", s.text, s.want, got)
			}
		}
		t.Logf("%s: %d sentences, %v; %d of %d without slots stay so; control: %v", file.name, len(all), ours, clean, empty, plain)
		if len(all) < file.count || empty < 50 {
			t.Errorf("%s has only %d sentences, %d without slots", file.name, len(all), empty)
		}
		if ours.f1() < file.atLeast {
			t.Errorf("%s: F1 fell to %.3f, want at least %.2f", file.name, ours.f1(), file.atLeast)
		}
		if plain.f1() > ours.f1()-.2 {
			t.Errorf("%s: a few plain words do as well: %.3f", file.name, plain.f1())
		}
	}
}
