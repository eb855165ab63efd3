package llm

import (
	"encoding/json"
	"strings"

	"honeyguide/assistant/llm/truth"
)

// utterance is something that a model said, and the records it names for it.
type utterance struct {
	text  string
	about []string
}

// listener finds utterances in the text of a model while it comes: the objects of
// the asked JSON as soon as each is complete, in any frame (a code fence, other
// names for the fields, bare strings); or the sentences of plain text. What a model
// thinks aloud between <think> and </think> is not said.
type listener struct {
	pending string // not yet understood
	json    bool
	done    bool // the JSON is complete; what follows is nothing
	frames  []frame
	scan    scanner
}

// frame is an object or a list that is open.
type frame struct {
	list  bool
	key   string // of an object: the field that is being read; of a list: its own field
	value bool   // of an object: a value comes next, not a key
	text  string
	about []string
}

// Bounds of a model's JSON.
const (
	maxDepth  = 16
	maxString = 8 << 10
)

// hear takes more of the text and returns what is complete.
func (l *listener) hear(more string) []utterance {
	if l.done {
		return nil
	}
	if l.json {
		return l.parse(more)
	}
	l.pending += more
	rest, ok := l.begin()
	if !ok {
		return nil
	}
	if at := strings.Index(rest, `{"`); at >= 0 || strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "[") {
		l.json, l.pending = true, ""
		return l.parse(rest[max(at, 0):])
	}
	var heard []utterance
	for {
		end := truth.SentenceEnd(rest, false)
		if end == 0 {
			l.pending = rest
			return heard
		}
		heard = append(heard, utterance{text: rest[:end]})
		rest = rest[end:]
	}
}

// begin skips what stands before an answer. It is not ok while that may go on.
func (l *listener) begin() (rest string, ok bool) {
	rest = strings.TrimLeft(l.pending, " \t\r\n\ufeff")
	if strings.HasPrefix(rest, "<think>") {
		_, after, ended := strings.Cut(rest, "</think>")
		if !ended {
			return "", false
		}
		rest = strings.TrimLeft(after, " \t\r\n")
	}
	if strings.HasPrefix("<think>", rest) || strings.HasPrefix("```", rest) {
		return "", false
	}
	if fence, ok := strings.CutPrefix(rest, "```"); ok {
		_, after, ended := strings.Cut(fence, "\n")
		if !ended {
			return "", false
		}
		rest = strings.TrimLeft(after, " \t\r\n")
	}
	return rest, rest != ""
}

// end returns what is left when the model has come to its end.
func (l *listener) end() []utterance {
	if l.json {
		return nil // an object that is not complete is not said
	}
	rest, ok := l.begin()
	l.pending, l.done = "", true
	if !ok {
		return nil
	}
	return []utterance{{text: strings.TrimSuffix(strings.TrimSpace(rest), "```")}}
}

// parse reads more JSON.
func (l *listener) parse(more string) (heard []utterance) {
	for i := 0; i < len(more) && !l.done; i++ {
		b := more[i]
		if l.scan.open {
			if l.scan.take(b) {
				heard = append(heard, l.string(l.scan.text())...)
			}
			l.done = l.done || len(l.scan.raw) > maxString
			continue
		}
		switch b {
		case '"':
			l.scan = scanner{open: true, raw: append(l.scan.raw[:0], '"')}
		case '{', '[':
			l.push(b == '[')
		case '}', ']':
			heard = append(heard, l.pop()...)
		case ':':
			l.top().value = true
		case ',':
			l.top().value = false
		}
	}
	return heard
}

// top is the innermost frame; outside all there is an empty one.
func (l *listener) top() *frame {
	if len(l.frames) == 0 {
		return &frame{list: true}
	}
	return &l.frames[len(l.frames)-1]
}

func (l *listener) push(list bool) {
	if len(l.frames) == maxDepth {
		l.done = true
		return
	}
	key := ""
	if list {
		key = l.top().key
	}
	l.frames = append(l.frames, frame{list: list, key: key})
}

// pop closes a frame: an object with a text has been said.
func (l *listener) pop() []utterance {
	if len(l.frames) == 0 {
		l.done = true
		return nil
	}
	f := *l.top()
	l.frames = l.frames[:len(l.frames)-1]
	l.done = len(l.frames) == 0
	if f.list && isAbout(f.key) && !l.top().list {
		l.top().about = f.about
	}
	if f.list || f.text == "" {
		return nil
	}
	return []utterance{{f.text, f.about}}
}

// string takes a string of the JSON: a key, a text, or an id in a list of records.
func (l *listener) string(s string) []utterance {
	f := l.top()
	switch {
	case !f.list && !f.value:
		f.key = s
	case !f.list && isText(f.key):
		f.text = s
	case f.list && isAbout(f.key):
		f.about = append(f.about, s)
	case f.list && (f.key == "" || f.key == "sentences" || isText(f.key)):
		return []utterance{{text: s}}
	}
	return nil
}

func isText(key string) bool {
	switch key {
	case "text", "sentence", "answer", "reply", "content", "message", "response", "output":
		return true
	}
	return false
}

func isAbout(key string) bool { return key == "facts" || key == "records" || key == "sources" }

// scanner collects a JSON string.
type scanner struct {
	open    bool
	escaped bool
	raw     []byte // with its quotes
}

// take adds a byte and tells whether the string is complete.
func (s *scanner) take(b byte) bool {
	if b < ' ' { // a model's bare line break
		b = ' '
	}
	s.raw = append(s.raw, b)
	switch {
	case s.escaped:
		s.escaped = false
	case b == '\\':
		s.escaped = true
	case b == '"':
		s.open = false
	}
	return !s.open
}

// text is the string, or nothing where its escapes make no sense.
func (s *scanner) text() string {
	var text string
	if err := json.Unmarshal(s.raw, &text); err != nil {
		return ""
	}
	return text
}
