package turns

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

const (
	maxLine   = 64 << 10
	maxFaults = 20 // told at once
)

// given are the kinds of records.
var givenKinds = []string{"order", "promotion", "faq", "size chart", "store"}

// parser reads a file line by line.
type parser struct {
	file     *File
	settings Settings // of the file
	open     *Case
	turn     *Turn
	line     int
	faults   []error
}

// Parse reads a file of cases. The error tells every fault with its line.
func Parse(name string, r io.Reader) (*File, error) {
	p := &parser{file: &File{Name: name}}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 4<<10), maxLine)
	for scanner.Scan() && len(p.faults) < maxFaults {
		p.line++
		line := scanner.Text()
		if p.line == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		p.read(strings.TrimSpace(line))
	}
	if err := scanner.Err(); err != nil {
		p.line++
		p.fault("%v: a line has at most %d bytes", err, maxLine)
	}
	p.endCase()
	if len(p.file.Cases) == 0 && len(p.faults) == 0 {
		p.fault("there is no case; begin one with a line such as: # a red dress, then cheaper")
	}
	return p.file, errors.Join(p.faults...)
}

func (p *parser) fault(format string, args ...any) {
	p.faultAt(p.line, format, args...)
}

func (p *parser) faultAt(line int, format string, args ...any) {
	p.faults = append(p.faults, fmt.Errorf("%w: %s:%d: %s", ErrCases, p.file.Name, line, fmt.Sprintf(format, args...)))
}

func (p *parser) read(line string) {
	switch {
	case line == "" || strings.HasPrefix(line, "//"):
	case strings.HasPrefix(line, "#"):
		p.startCase(strings.TrimSpace(strings.TrimLeft(line, "#")))
	case strings.HasPrefix(line, ">>"):
		p.addText(strings.TrimSpace(line[2:]))
	case strings.HasPrefix(line, ">"):
		p.startTurn(strings.TrimSpace(line[1:]))
	default:
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			p.fault("%q is neither > what the buyer writes nor a property with a colon", line)
			return
		}
		p.set(strings.Join(strings.Fields(key), " "), strings.TrimSpace(value))
	}
}

func (p *parser) startCase(name string) {
	p.endCase()
	if name == "" {
		p.fault("a case needs a name after #")
	}
	p.open = &Case{Line: p.line, Name: name, Settings: p.settings}
}

// endCase closes the open case and looks at it as a whole.
func (p *parser) endCase() {
	p.endTurn()
	c := p.open
	p.open = nil
	switch {
	case c == nil:
		return
	case len(c.Turns) == 0:
		p.faultAt(c.Line, "the case %q has no turn; add a line such as: > a red dress", c.Name)
	case c.Lang == "":
		p.faultAt(c.Line, "the case %q does not say the language of its replies; add lang: en, zh or any, here or at the top of the file", c.Name)
	}
	p.file.Cases = append(p.file.Cases, *c)
}

func (p *parser) startTurn(text string) {
	if p.open == nil {
		p.fault("a turn needs a case before it; add a line such as: # a red dress")
		p.startCase("unnamed")
	}
	p.endTurn()
	p.turn = &Turn{Line: p.line, Text: text}
}

func (p *parser) addText(text string) {
	if p.turn == nil {
		p.fault(">> adds to what the buyer writes; begin with >")
		return
	}
	p.turn.Text += "\n" + text
}

func (p *parser) endTurn() {
	t := p.turn
	p.turn = nil
	if t == nil {
		return
	}
	if t.Text == "" && t.Photo == nil {
		p.faultAt(t.Line, "the turn has neither words nor a photo")
	}
	p.open.Turns = append(p.open.Turns, *t)
}

// set takes a line with a colon: a record, a setting, or what a reply must be.
func (p *parser) set(key, value string) {
	kind, given := strings.CutPrefix(key, "given ")
	switch {
	case given:
		p.give(kind, value)
	case p.turn != nil:
		p.expect(key, value)
	case p.open != nil:
		p.setting(&p.open.Settings, key, value)
	default:
		p.setting(&p.settings, key, value)
	}
}

func (p *parser) give(kind, value string) {
	switch {
	case !slices.Contains(givenKinds, kind):
		p.fault("given %q is not known; it is one of %s", kind, strings.Join(givenKinds, ", "))
	case p.open != nil:
		p.fault("what is given stands at the top of the file, before its first case")
	case !json.Valid([]byte(value)):
		p.fault("what is given is JSON in one line, as the API takes it")
	default:
		p.file.Given = append(p.file.Given, Given{Line: p.line, Kind: kind, JSON: value})
	}
}

func (p *parser) setting(s *Settings, key, value string) {
	switch key {
	case "lang":
		if s.Lang = value; !slices.Contains([]string{"en", "zh", "any"}, value) {
			p.fault("lang is en, zh or any, not %q", value)
		}
	case "now":
		s.Now = p.time(value)
	case "page":
		s.Page = value
	case "locale":
		s.Locale = value
	default:
		p.fault("%q is no setting (lang, now, page, locale); what a reply must be stands below a line with >", key)
	}
}

func (p *parser) time(value string) time.Time {
	at, err := time.Parse("2006-01-02T15:04", value)
	if err != nil {
		p.fault("%q is no time such as 2026-11-20T10:00", value)
	}
	return at
}

// expect takes a line of a turn.
func (p *parser) expect(key, value string) {
	switch key {
	case "photo":
		photo, err := parsePhoto(value)
		if err != nil {
			p.fault("%v", err)
		}
		p.turn.Photo = photo
	case "now":
		p.turn.Now = p.time(value)
	case "except":
		for _, name := range list(value) {
			if !slices.Contains(rules(), name) {
				p.fault("except: %q is not among what always holds: %s", name, strings.Join(rules(), ", "))
			}
			p.turn.Except = append(p.turn.Except, name)
		}
	default:
		e := Expectation{Line: p.line, Property: key, Value: value}
		var err error
		if e.check, err = property(key); err == nil {
			e.want, err = parseWant(key, value)
		}
		if err != nil {
			p.fault("%v", err)
			return
		}
		p.turn.Expect = append(p.turn.Expect, e)
	}
}
