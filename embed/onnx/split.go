package onnx

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// splitting cuts pieces of text into smaller ones. first: the text that they
// come from stands first.
type splitting = func(pieces []string, first bool) []string

// splitter builds what a tokenizer's pre_tokenizer describes.
func splitter(c *component) (splitting, error) {
	if c == nil {
		return func(pieces []string, _ bool) []string { return pieces }, nil
	}
	switch c.Type {
	case "Sequence":
		return sequence(c.Pretokenizers)
	case "WhitespaceSplit":
		return each(strings.Fields), nil
	case "Metaspace":
		return metaspace(c)
	case "ByteLevel":
		return nil, fmt.Errorf("pre_tokenizer: ByteLevel is read after a Split only, as CLIP has it")
	case "Split":
		p, err := pattern(c)
		if err != nil {
			return nil, fmt.Errorf("pre_tokenizer: %w", err)
		}
		return splitAt(p, c.Behavior, c.Invert)
	}
	return nil, unknown("pre_tokenizer", c.Type)
}

func each(cut func(string) []string) splitting {
	return func(pieces []string, _ bool) []string {
		var out []string
		for _, p := range pieces {
			out = append(out, cut(p)...)
		}
		return out
	}
}

func sequence(parts []component) (splitting, error) {
	var steps []splitting
	for i := range parts {
		if parts[i].Type == "ByteLevel" && i > 0 && parts[i-1].Type == "Split" {
			if parts[i].PrefixSpace != nil && *parts[i].PrefixSpace {
				return nil, fmt.Errorf("pre_tokenizer: ByteLevel with add_prefix_space is not read")
			}
			// Its own pattern cuts no further what CLIP's leaves: no blanks, and
			// letters, digits and others apart.
			steps = append(steps, each(func(p string) []string { return []string{byteLetters(p)} }))
			continue
		}
		step, err := splitter(&parts[i])
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return func(pieces []string, first bool) []string {
		for _, step := range steps {
			pieces = step(pieces, first)
		}
		return pieces
	}, nil
}

// metaspace shows blanks as a letter that also begins words.
func metaspace(c *component) (splitting, error) {
	mark := c.Replacement
	if mark == "" {
		return nil, fmt.Errorf("pre_tokenizer: Metaspace has no replacement")
	}
	always := c.Scheme == "always" || c.Scheme == "" && (c.PrefixSpace == nil || *c.PrefixSpace)
	cuts := c.Split == nil || *c.Split
	at := regexp.MustCompile(regexp.QuoteMeta(mark))
	return func(pieces []string, first bool) []string {
		var out []string
		for i, p := range pieces {
			p = strings.ReplaceAll(p, " ", mark)
			if (always || c.Scheme == "first" && first && i == 0) && !strings.HasPrefix(p, mark) {
				p = prepend(p, mark)
			}
			if cuts {
				out = append(out, mergeNext(cut(p, at, false))...)
			} else {
				out = append(out, p)
			}
		}
		return out
	}, nil
}

// part is a match of a pattern, or what is between matches.
type part struct {
	text  string
	match bool
}

// cut divides s at a pattern's matches; inverted, at what is between them.
func cut(s string, p *regexp.Regexp, invert bool) []part {
	var out []part
	put := func(text string, match bool) {
		if text != "" {
			out = append(out, part{text, match != invert})
		}
	}
	at := 0
	for _, m := range p.FindAllStringIndex(s, -1) {
		put(s[at:m[0]], false)
		put(s[m[0]:m[1]], true)
		at = m[1]
	}
	put(s[at:], false)
	return out
}

// splitAt cuts at a pattern. What becomes of the matches is the behaviour.
func splitAt(p *regexp.Regexp, behavior string, invert bool) (splitting, error) {
	var join func([]part) []string
	switch behavior {
	case "Removed":
		join = func(parts []part) (out []string) {
			for _, p := range parts {
				if !p.match {
					out = append(out, p.text)
				}
			}
			return out
		}
	case "Isolated":
		join = func(parts []part) (out []string) {
			for _, p := range parts {
				out = append(out, p.text)
			}
			return out
		}
	case "MergedWithPrevious":
		join = mergePrevious
	case "MergedWithNext":
		join = mergeNext
	default:
		return nil, unknown("pre_tokenizer: behavior of Split", behavior)
	}
	return each(func(s string) []string { return join(cut(s, p, invert)) }), nil
}

// mergePrevious joins each match to what is before it, unless that is a match.
func mergePrevious(parts []part) (out []string) {
	for i, p := range parts {
		if p.match && i > 0 && !parts[i-1].match {
			out[len(out)-1] += p.text
		} else {
			out = append(out, p.text)
		}
	}
	return out
}

// mergeNext joins each match to what is after it, unless that is a match.
func mergeNext(parts []part) (out []string) {
	for i, p := range parts {
		if i > 0 && parts[i-1].match && !p.match {
			out[len(out)-1] += p.text
		} else {
			out = append(out, p.text)
		}
	}
	return out
}

// byteLetters spells the bytes of s as letters, as GPT-2's vocabulary does: a
// printable byte of Latin-1 stands for itself, the others for U+0100 and so on.
func byteLetters(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(letterOf[s[i]])
	}
	return b.String()
}

// letterOf is the letter of each byte.
var letterOf = func() (letters [256]rune) {
	next := rune(0x100)
	for i := range letters {
		r := rune(i)
		if r == ' ' || r == 0xa0 || r == 0xad || !unicode.IsPrint(r) {
			r, next = next, next+1
		}
		letters[i] = r
	}
	return letters
}()
