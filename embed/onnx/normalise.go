package onnx

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// normaliser builds the function that a tokenizer's normalizer describes.
func normaliser(c *component) (func(string) string, error) {
	if c == nil {
		return func(s string) string { return s }, nil
	}
	switch c.Type {
	case "Sequence":
		var steps []func(string) string
		for i := range c.Normalizers {
			step, err := normaliser(&c.Normalizers[i])
			if err != nil {
				return nil, err
			}
			steps = append(steps, step)
		}
		return func(s string) string {
			for _, step := range steps {
				s = step(s)
			}
			return s
		}, nil
	case "NFC":
		return norm.NFC.String, nil
	case "NFD":
		return norm.NFD.String, nil
	case "NFKC":
		return norm.NFKC.String, nil
	case "NFKD":
		return norm.NFKD.String, nil
	case "Lowercase":
		return lower, nil
	case "Strip":
		return func(s string) string { return strip(s, c.StripLeft, c.StripRight) }, nil
	case "Prepend":
		return func(s string) string { return prepend(s, c.Prepend) }, nil
	case "Replace":
		p, err := pattern(c)
		if err != nil {
			return nil, fmt.Errorf("normalizer: %w", err)
		}
		return func(s string) string { return p.ReplaceAllLiteralString(s, c.Content) }, nil
	case "Precompiled":
		m, err := newCharsmap(c.Charsmap)
		if err != nil {
			return nil, err
		}
		return m.normalise, nil
	}
	return nil, unknown("normalizer", c.Type)
}

// lower lowers character by character, so that no letter depends on its neighbours.
func lower(s string) string {
	if strings.Contains(s, "İ") { // the only one that becomes two
		s = strings.ReplaceAll(s, "İ", "i\u0307")
	}
	return strings.Map(unicode.ToLower, s)
}

func strip(s string, left, right bool) string {
	if left {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
	}
	if right {
		s = strings.TrimRightFunc(s, unicode.IsSpace)
	}
	return s
}

func prepend(s, prefix string) string {
	if s == "" {
		return s
	}
	return prefix + s
}

// pattern compiles a component's pattern, a regular expression or plain text.
func pattern(c *component) (*regexp.Regexp, error) {
	if c.Pattern.String != "" {
		return regexp.Compile(regexp.QuoteMeta(c.Pattern.String))
	}
	if c.Pattern.Regex == "" {
		return nil, fmt.Errorf("the pattern of %s is neither Regex nor String", c.Type)
	}
	return translate(c.Pattern.Regex)
}

// blank is what \s means to Hugging Face's tokenizers, as the inside of a class.
// To Go it means ASCII only.
const blank = `\t-\r\x{85}\p{Z}`

// translate compiles a regular expression that was written for Oniguruma.
func translate(expression string) (*regexp.Regexp, error) {
	var b strings.Builder
	class := false
	for i := 0; i < len(expression); i++ {
		switch c := expression[i]; {
		case c == '\\' && i+1 < len(expression):
			i++
			switch next := expression[i]; {
			case next == 's' && class:
				b.WriteString(blank)
			case next == 's':
				b.WriteString("[" + blank + "]")
			case next == 'S' && !class:
				b.WriteString("[^" + blank + "]")
			case strings.IndexByte("SwWdDbBhH", next) >= 0:
				return nil, fmt.Errorf("the pattern %q has \\%c, which is not read", expression, next)
			default:
				b.WriteByte('\\')
				b.WriteByte(next)
			}
			continue
		case c == '[':
			class = true
		case c == ']':
			class = false
		}
		b.WriteByte(expression[i])
	}
	return regexp.Compile(b.String())
}

// canonical is what SigLIP was trained on, and what its tokenizer does in Hugging
// Face's transformers before tokenizer.json: lower case, no ASCII punctuation,
// single blanks.
func canonical(s string) string {
	s = lowerWords(s)
	s = strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsPunct(r) || unicode.IsSymbol(r)) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// lowerWords lowers words as their language writes them; SigLIP 2 was trained on such.
func lowerWords(s string) string { return cases.Lower(language.Und).String(s) }
