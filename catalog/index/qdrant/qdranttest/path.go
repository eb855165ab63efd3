package qdranttest

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/qdrant/go-client/qdrant"
)

// step goes from a value into it: by key, or into an array's element or, if
// index is below 0, all its elements.
type step struct {
	key   string
	array bool
	index int
}

// path is a field's place in a payload. Its first step is a key.
type path []step

// parsePath reads a path such as name, a.b, a[].b, a[0] or "a key"."another".
// Keys without quotes are letters, digits, _ and -; quoted ones have no escapes.
func parsePath(text string) (path, error) {
	rest := text
	var p path
	for first := true; first || rest != ""; first = false {
		var s step
		var ok bool
		switch {
		case !first && strings.HasPrefix(rest, "["):
			s, rest, ok = cutIndex(rest)
		case first:
			s.key, rest, ok = cutKey(rest)
		default:
			if rest, ok = strings.CutPrefix(rest, "."); ok {
				s.key, rest, ok = cutKey(rest)
			}
		}
		if !ok {
			return nil, malformed("Invalid json path: '%s'", text)
		}
		p = append(p, s)
	}
	return p, nil
}

func cutIndex(text string) (s step, rest string, ok bool) {
	inside, rest, ok := strings.Cut(text[1:], "]")
	if !ok || inside == "" {
		return step{array: true, index: -1}, rest, ok
	}
	n, err := strconv.ParseUint(inside, 10, 31)
	return step{array: true, index: int(n)}, rest, err == nil && inside[0] != '+'
}

func cutKey(text string) (key, rest string, ok bool) {
	if quoted, isQuoted := strings.CutPrefix(text, `"`); isQuoted {
		key, rest, ok = strings.Cut(quoted, `"`)
		return key, rest, ok && !strings.Contains(key, `\`)
	}
	end := strings.IndexFunc(text, func(r rune) bool { return !isRaw(r) })
	if end < 0 {
		end = len(text)
	}
	return text[:end], text[end:], end > 0
}

func isRaw(r rune) bool {
	return r == '_' || r == '-' || unicode.IsLetter(r) || unicode.IsNumber(r)
}

// String is the one way to write the path.
func (p path) String() string {
	var b strings.Builder
	for i, s := range p {
		if s.array {
			b.WriteByte('[')
			if s.index >= 0 {
				b.WriteString(strconv.Itoa(s.index))
			}
			b.WriteByte(']')
			continue
		}
		if i > 0 {
			b.WriteByte('.')
		}
		if s.key == "" || strings.ContainsFunc(s.key, func(r rune) bool { return !isRaw(r) }) {
			b.WriteString(`"` + s.key + `"`)
		} else {
			b.WriteString(s.key)
		}
	}
	return b.String()
}

// some reports whether a value at the path satisfies the test.
func (p path) some(payload map[string]*qdrant.Value, test func(*qdrant.Value) bool) bool {
	v, ok := payload[p[0].key]
	return ok && someIn(v, p[1:], test)
}

func someIn(v *qdrant.Value, rest path, test func(*qdrant.Value) bool) bool {
	if len(rest) == 0 {
		return test(v)
	}
	s, rest := rest[0], rest[1:]
	if !s.array {
		next, ok := v.GetStructValue().GetFields()[s.key]
		return ok && someIn(next, rest, test)
	}
	for i, element := range v.GetListValue().GetValues() {
		if (s.index < 0 || s.index == i) && someIn(element, rest, test) {
			return true
		}
	}
	return false
}
