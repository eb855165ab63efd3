package slot

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"honeyguide/packs"
)

//go:embed phrases.txt
var phrasesText string

//go:embed brands.txt
var brandsText string

// meaning is what an expression says.
type meaning struct {
	say      func(s *Slots, n int) // nil: it hides what it holds
	n        int
	first    bool // only at the start of the sentence
	from, to bool // only at the start, at the end of a clause
}

// fields are what expressions can say; n is what follows the field's name.
var fields = map[string]func(s *Slots, n int){
	"-":         nil,
	"price":     func(s *Slots, n int) { s.Edit.Price = n },
	"formality": func(s *Slots, n int) { s.Edit.Formality = n },
	"maturity":  func(s *Slots, n int) { s.Edit.Maturity = n },
	"warmth":    func(s *Slots, n int) { s.Edit.Warmth = n },
	"length":    func(s *Slots, n int) { s.Edit.Length = n },
	"sleeves":   func(s *Slots, n int) { s.Edit.Sleeves = n },
	"size":      func(s *Slots, n int) { s.Edit.Size = n },
	"fit":       func(s *Slots, n int) { s.Edit.Fit = n },
	"shade":     func(s *Slots, n int) { s.Edit.Shade = n },
	"pattern":   func(s *Slots, n int) { s.Edit.Pattern = n },
	"more":      func(s *Slots, _ int) { s.Edit.More = true },
	"reject":    func(s *Slots, _ int) { s.Edit.Reject = true },
	"notbrand":  func(s *Slots, _ int) { s.Edit.NotBrand = true },
	"notcolor":  func(s *Slots, _ int) { s.Edit.NotColor = true },
	"notstyle":  func(s *Slots, _ int) { s.Edit.NotStyle = true },
	"instead":   func(s *Slots, _ int) { s.Edit.Instead = true },
	"restart":   func(s *Slots, _ int) { s.Edit.Restart = true },
	"ellipsis":  func(s *Slots, _ int) { s.Edit.Ellipsis = true },
	"all":       func(s *Slots, _ int) { s.All = true },
	"count":     func(s *Slots, n int) { s.All, s.Count = true, n },
	"earlier":   func(s *Slots, _ int) { s.Earlier = true },
	"this":      func(s *Slots, _ int) { s.This = true },
	"ref":       func(s *Slots, n int) { s.refer(n) },
	"yes":       func(s *Slots, _ int) { s.Answer.Yes = true },
	"no":        func(s *Slots, _ int) { s.Answer.No = true },
	"any":       func(s *Slots, _ int) { s.Answer.Any = true },
	"dontknow":  func(s *Slots, _ int) { s.Answer.DontKnow = true },
	"anger":     func(s *Slots, n int) { s.Anger = max(s.Anger, n) },
}

// refer adds an ordinal, once.
func (s *Slots) refer(n int) {
	for _, known := range s.Ordinals {
		if known == n {
			return
		}
	}
	s.Ordinals = append(s.Ordinals, n)
}

// languages are the fields whose value is a word.
var languages = map[string]string{"language en": "en", "language zh": "zh"}

// phrases are the expressions of phrases.txt. One expression may say several things.
var phrases = sync.OnceValue(func() *packs.Lexicon[[]meaning] {
	var l packs.Lexicon[[]meaning]
	err := readPhrases(phrasesText, func(name string, m meaning) {
		said, _ := l.Get(name)
		l.Add(name, append(said, m))
	})
	if err != nil {
		panic(err) // the build is broken; a test excludes it
	}
	return &l
})

// readPhrases reads expressions in the form of phrases.txt.
func readPhrases(text string, add func(name string, m meaning)) error {
	line := 0
	for row := range strings.Lines(text) {
		line++
		row = strings.TrimSpace(row)
		if row == "" || row[0] == '#' {
			continue
		}
		head, list, ok := strings.Cut(row, ": ")
		if !ok {
			return fmt.Errorf("line %d: no field", line)
		}
		m, err := meant(head)
		if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		for pattern := range strings.SplitSeq(list, ",") {
			pattern = strings.TrimSpace(pattern)
			pattern, m.from = strings.CutPrefix(pattern, "^")
			pattern, m.first = strings.CutPrefix(pattern, "^")
			pattern, m.to = strings.CutSuffix(pattern, "$")
			if pattern == "" || strings.ContainsAny(pattern, "^$") || nests(pattern) {
				return fmt.Errorf("line %d: %q is no pattern", line, pattern)
			}
			expand("", pattern, func(name string) { add(name, m) })
		}
	}
	return nil
}

// meant is the meaning that the head of a row names: "price -1", "more".
func meant(head string) (meaning, error) {
	if code, ok := languages[head]; ok {
		return meaning{say: func(s *Slots, _ int) { s.Language = code }}, nil
	}
	name, value, said := strings.Cut(head, " ")
	say, ok := fields[name]
	if !ok {
		return meaning{}, fmt.Errorf("no field %q", name)
	}
	m := meaning{say: say}
	if said {
		n, err := strconv.Atoi(value)
		if err != nil {
			return meaning{}, fmt.Errorf("field %s: %q is no number", name, value)
		}
		m.n = n
	}
	return m, nil
}

// nests tells whether a choice holds another, or does not end.
func nests(pattern string) bool {
	open := false
	for _, c := range pattern {
		if c == '(' && open || c == ')' && !open {
			return true
		}
		open = c == '(' || open && c != ')'
	}
	return open
}

// expand gives every spelling of a pattern: (a|b) is one of its parts, which may
// be empty.
func expand(before, pattern string, yield func(string)) {
	head, rest, ok := strings.Cut(pattern, "(")
	if !ok {
		yield(before + pattern)
		return
	}
	choices, rest, _ := strings.Cut(rest, ")")
	for choice := range strings.SplitSeq(choices, "|") {
		if choice != "" && rest != "" && ascii(choice[len(choice)-1]) && ascii(rest[0]) && rest[0] != '(' {
			choice += " "
		}
		expand(before+head+choice, rest, yield)
	}
}

func ascii(c byte) bool { return c < 0x80 && c != ' ' }

// brands are the names of brands.txt.
var brands = sync.OnceValue(func() *packs.Lexicon[string] {
	var l packs.Lexicon[string]
	for row := range strings.Lines(brandsText) {
		if strings.HasPrefix(row, "#") {
			continue
		}
		names := strings.Split(strings.TrimSpace(row), ", ")
		for _, name := range names {
			l.Add(name, names[0])
		}
	}
	return &l
})

// findPhrases says what expressions say and claims their tokens.
func (r *reader) findPhrases() {
	lexicon := phrases()
	for i := 0; i < len(r.tokens); {
		said, n := lexicon.Longest(r.tokens[i:r.freeEnd(i)])
		kind := r.understand(said, i, i+n)
		if kind == free {
			n = 1
		}
		r.mark(i, i+n, kind)
		i += n
	}
}

// understand says what an expression means where it stands and tells what its tokens
// have become.
func (r *reader) understand(said []meaning, from, to int) mark {
	kind := free
	for _, m := range said {
		switch {
		case m.first && !r.sentenceStart(from) || m.from && !r.clauseStart(from) || m.to && !r.clauseEnd(to):
		case m.say == nil:
			return hidden
		default:
			kind = claimed
			m.say(&r.Slots, m.n)
		}
	}
	return kind
}
