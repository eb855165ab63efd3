package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// jsonScanner cuts the elements out of a JSON document in bounded memory.
type jsonScanner struct {
	w      *window
	maxRow int
	yield  func(element) bool
	lists  int // arrays of elements seen
	found  int // elements given
}

// errStop ends a scan whose consumer has enough.
var errStop = errors.New("stop")

// document reads values until the end of the text.
func (s *jsonScanner) document() error {
	for {
		var err error
		switch c := s.peek(); c {
		case 0:
			if err := s.w.failure(); err != nil {
				return err
			}
			if s.found == 0 && s.lists == 0 {
				return fmt.Errorf("%w: JSON without products", ErrFormat)
			}
			return nil
		case '[':
			err = s.array()
		case '{':
			err = s.container(0)
		case ',':
			s.w.pass(1)
		default:
			err = s.malformed()
		}
		if err != nil {
			return err
		}
	}
}

// peek goes to the next character that is not white space; 0 is the end.
func (s *jsonScanner) peek() byte {
	for {
		for i, c := range s.w.bytes() {
			if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
				s.w.pass(i)
				return c
			}
		}
		s.w.pass(len(s.w.bytes()))
		if !s.w.more() {
			return 0
		}
	}
}

// array gives the elements of the array that starts here.
func (s *jsonScanner) array() error {
	s.lists++
	s.w.pass(1)
	for {
		switch s.peek() {
		case 0:
			return s.truncated()
		case ']':
			s.w.pass(1)
			return nil
		case ',':
			s.w.pass(1)
			continue
		}
		line := s.w.line
		text, err := s.value()
		e := element{line: line, err: err}
		if err == nil {
			e.object, e.err = decode(text, line)
		}
		if _, row := e.err.(*RowError); e.err != nil && !row {
			return e.err
		}
		if err := s.give(e); err != nil {
			return err
		}
	}
}

func (s *jsonScanner) give(e element) error {
	s.found++
	if !s.yield(e) {
		return errStop
	}
	return nil
}

// container reads the object that starts here: a holder of arrays of elements
// under well-known keys, at most four deep, else an element itself.
func (s *jsonScanner) container(depth int) error {
	own := element{line: s.w.line}
	lists, text := s.lists, []byte{'{'}
	s.w.pass(1)
	for {
		switch s.peek() {
		case '}':
			s.w.pass(1)
			if depth > 0 || s.lists > lists {
				return nil
			}
			if own.err == nil {
				own.object, own.err = decode(append(bytes.TrimRight(text, ","), '}'), own.line)
			}
			return s.give(own)
		case ',':
			s.w.pass(1)
		case '"':
			member, err := s.member(depth)
			if _, row := err.(*RowError); err != nil && !row {
				return err
			}
			if err == nil && len(text)+len(member) > s.maxRow {
				err = s.tooLong(own.line)
			}
			own.err = cmp.Or(own.err, err)
			text = append(text, member...)
		case 0:
			return s.truncated()
		default:
			return s.malformed()
		}
		if own.err != nil {
			text = text[:0]
		}
	}
}

// member reads one key and its value, and returns them with a comma behind; of a
// value that holds products, nothing.
func (s *jsonScanner) member(depth int) ([]byte, error) {
	text, err := s.value()
	if err != nil {
		return nil, err
	}
	member := append(bytes.Clone(text), ':')
	var key string
	if json.Unmarshal(text, &key) != nil || s.peek() != ':' {
		return nil, s.malformed()
	}
	s.w.pass(1)
	switch next := s.peek(); {
	case holds(key) && next == '[':
		return nil, s.array()
	case holds(key) && next == '{' && depth < 4:
		return nil, s.container(depth + 1)
	case next == 0:
		return nil, s.truncated()
	}
	if text, err = s.value(); err != nil {
		return nil, err
	}
	return append(append(member, text...), ','), nil
}

// holds reports whether a key of a document holds its products.
func holds(key string) bool {
	switch strings.ToLower(key) {
	case "products", "items", "data", "results", "entries", "catalog", "feed", "@graph", "itemlistelement":
		return true
	}
	return false
}

func (s *jsonScanner) malformed() error {
	return fmt.Errorf("%w: malformed JSON, line %d: %q", ErrFormat, s.w.line, beginning(s.w.bytes()))
}

func (s *jsonScanner) tooLong(line int) error {
	return &RowError{Line: line, Code: CodeTooLong, Message: fmt.Sprintf("a value of more than %d bytes", s.maxRow)}
}

func (s *jsonScanner) truncated() error {
	if err := s.w.failure(); err != nil {
		return err
	}
	return fmt.Errorf("%w: the JSON ends early, line %d", ErrTruncated, s.w.line)
}

// value cuts out the value that starts here; it is valid until the window moves
// on. One that is longer than maxRow or nested too deep is passed over.
func (s *jsonScanner) value() ([]byte, error) {
	line, long, at := s.w.line, false, 0
	var v valueState
	for {
		if n := v.scan(s.w.bytes()[at:]); n >= 0 {
			text := s.w.bytes()[:at+n]
			s.w.pass(len(text))
			switch {
			case long:
				return nil, s.tooLong(line)
			case v.deepest > maxDepth:
				return nil, &RowError{Line: line, Code: CodeMalformed, Message: "values nested too deep"}
			}
			return text, nil
		}
		at = len(s.w.bytes())
		if long = long || at > s.maxRow; long {
			s.w.pass(at)
			at = 0
		}
		if !s.w.more() {
			return nil, s.truncated()
		}
	}
}

// valueState follows one JSON value across reads.
type valueState struct {
	started, inString, escaped bool
	depth, deepest             int
}

// scan returns where the value ends in data, or -1 if it goes on behind.
func (v *valueState) scan(data []byte) int {
	for i, c := range data {
		switch {
		case v.escaped:
			v.escaped = false
		case v.inString:
			v.escaped = c == '\\'
			if v.inString = c != '"'; !v.inString && v.depth == 0 {
				return i + 1
			}
		case c == '"':
			v.inString = true
		case c == '{' || c == '[':
			v.depth++
			v.deepest = max(v.deepest, v.depth)
		case c == '}' || c == ']':
			if v.depth == 0 && v.started { // a bare value ends before it
				return i
			}
			if v.depth == 0 {
				return i + 1
			}
			if v.depth--; v.depth == 0 {
				return i + 1
			}
		case v.depth == 0 && v.started && strings.IndexByte(", \t\r\n:", c) >= 0:
			return i
		}
		v.started = true
	}
	return -1
}

// lineReader cuts a stream into lines.
type lineReader struct {
	w      *window
	maxRow int
}

// next is the next line that is not blank, with its end; io.EOF follows the last.
func (l lineReader) next() (int, []byte, error) {
	for {
		at := bytes.IndexByte(l.w.bytes(), '\n')
		if at < 0 && len(l.w.bytes()) <= l.maxRow && l.w.more() {
			continue
		}
		if err := l.w.failure(); at < 0 && err != nil {
			return 0, nil, err
		}
		line, text := l.w.line, l.w.bytes()
		switch {
		case at >= 0:
			text = text[:at+1]
		case len(text) == 0:
			return 0, nil, io.EOF
		case l.w.err == nil || len(text) > l.maxRow:
			l.w.passUntil("\n")
			return line, nil, &RowError{Line: line, Code: CodeTooLong, Message: fmt.Sprintf("a line of more than %d bytes", l.maxRow)}
		}
		l.w.pass(len(text))
		if len(bytes.TrimSpace(text)) > 0 {
			return line, text, nil
		}
	}
}
