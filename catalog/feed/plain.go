package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// tidy makes one line of a value: runs of white space become one space, control
// and invisible characters go, the ends are trimmed.
func tidy(value string) string {
	if isTidy(value) {
		return value
	}
	var b strings.Builder
	b.Grow(len(value))
	space := false
	for _, r := range value {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
		case invisible(r):
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isTidy is the quick answer for most values: nothing invisible or broken, no
// white space but single spaces between words.
func isTidy(value string) bool {
	before := ' '
	for _, r := range value {
		if r < ' ' || r == ' ' && before == ' ' || r >= 0x7f && (r == utf8.RuneError || unicode.IsSpace(r) || invisible(r)) {
			return false
		}
		before = r
	}
	return value == "" || before != ' '
}

func invisible(r rune) bool {
	return unicode.IsControl(r) || r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f' || r == '\u2060' || r == '\u00ad'
}

// plain turns HTML into text: block elements become lines, entities characters,
// scripts and styles nothing. Text without markup is only tidied.
func plain(value string) string {
	if !strings.ContainsAny(value, "<&") {
		return tidyLines(value)
	}
	var b strings.Builder
	b.Grow(len(value))
	tokens := html.NewTokenizer(strings.NewReader(value))
	skip := ""
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return tidyLines(b.String())
		case html.TextToken:
			if skip == "" {
				b.Write(tokens.Text())
			}
		case html.StartTagToken:
			name, _ := tokens.TagName()
			if silent(string(name)) {
				skip = string(name)
			}
			b.WriteString(gap(string(name)))
		case html.EndTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			if string(name) == skip {
				skip = ""
			}
			b.WriteString(gap(string(name)))
		}
	}
}

func silent(tag string) bool { return tag == "script" || tag == "style" }

// gap is what a tag leaves in the text.
func gap(tag string) string {
	switch tag {
	case "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote", "hr", "dt", "dd":
		return "\n"
	case "td", "th":
		return " "
	}
	return ""
}

// tidyLines tidies every line and drops empty ones.
func tidyLines(text string) string {
	if !strings.ContainsAny(text, "\r\n") {
		return tidy(text)
	}
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	return strings.Join(tidyAll(lines), "\n")
}
