package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// googleItems reads Google Merchant XML: RSS 2.0 with <item>, or Atom with
// <entry>. Each is cut out of the stream and parsed on its own, so that a broken
// one is a row error. Entities other than XML's and HTML's are unknown, and
// document type declarations, which could define some, are refused.
func googleItems(r reading) iter.Seq2[Item, error] {
	return merged(func(yield func(Item, error) bool) {
		cut := xmlCutter{w: newWindow(r.text), maxRow: r.maxRow}
		var rec record
		for {
			line, fragment, err := cut.next()
			if err == io.EOF {
				return
			}
			item := Item{}
			if err == nil {
				rec.reset(line)
				if err = rec.element(fragment); err == nil {
					item, err = r.parser.item(&rec)
				}
			}
			if _, row := err.(*RowError); !yield(item, err) || err != nil && !row {
				return
			}
		}
	})
}

// xmlCutter finds the items of a feed in a stream of XML.
type xmlCutter struct {
	w      *window
	maxRow int
	closed bool // the root element ended
}

// next is the next item with its tags. At the end of the feed it returns io.EOF;
// a *RowError is about this item only.
func (c *xmlCutter) next() (line int, fragment []byte, err error) {
	for {
		if !c.toTag() {
			return 0, nil, c.end()
		}
		c.w.has(len("<![CDATA["))
		tag := c.w.bytes()
		switch {
		case bytes.HasPrefix(tag, []byte("<!--")):
			c.w.passUntil("-->")
		case bytes.HasPrefix(tag, []byte("<![CDATA[")):
			c.w.passUntil("]]>")
		case bytes.HasPrefix(tag, []byte("<!")):
			return 0, nil, fmt.Errorf("%w: a document type declaration, line %d", ErrFormat, c.w.line)
		case bytes.HasPrefix(tag, []byte("<?")):
			c.w.passUntil("?>")
		case opens(tag, "item"), opens(tag, "entry"):
			line = c.w.line
			fragment, err = c.item()
			return line, fragment, err
		default:
			c.closed = closesRoot(tag)
			c.w.passUntil(">")
		}
	}
}

// toTag goes to the next "<".
func (c *xmlCutter) toTag() bool {
	for {
		if at := bytes.IndexByte(c.w.bytes(), '<'); at >= 0 {
			c.w.pass(at)
			return true
		}
		c.w.pass(len(c.w.bytes()))
		if !c.w.more() {
			return false
		}
	}
}

func (c *xmlCutter) end() error {
	if err := c.w.failure(); err != nil {
		return err
	}
	if !c.closed {
		return fmt.Errorf("%w: the XML ends before its root element, line %d", ErrTruncated, c.w.line)
	}
	return io.EOF
}

// opens reports whether a tag opens an element of a local name.
func opens(tag []byte, name string) bool {
	return len(tag) > len(name)+1 && string(tag[1:len(name)+1]) == name && strings.IndexByte(" \t\r\n>/", tag[len(name)+1]) >= 0
}

// closesRoot reports whether a tag is </rss>, </feed> or </rdf:RDF>.
func closesRoot(tag []byte) bool {
	switch name, _, _ := strings.Cut(strings.ToLower(string(tag[:min(len(tag), 16)])), ">"); strings.TrimSpace(name) {
	case "</rss", "</feed", "</rdf:rdf", "</channel":
		return true
	}
	return false
}

// item takes the item that starts here, up to its closing tag; what looks like
// one in a CDATA section or a comment is none. An item above maxRow is passed over.
func (c *xmlCutter) item() ([]byte, error) {
	closing := "</item>"
	if opens(c.w.bytes(), "entry") {
		closing = "</entry>"
	}
	outside := []string{closing, "<![CDATA[", "<!--"}
	line, at, long, marks := c.w.line, 1, false, outside
	for {
		next, found := firstOf(c.w.bytes()[at:], marks)
		switch {
		case found == "":
			at = max(at, len(c.w.bytes())-len("<![CDATA["))
			if long = long || at > c.maxRow; long {
				c.w.pass(at)
				at = 0
			}
			if c.w.more() {
				continue
			}
			if err := c.w.failure(); err != nil {
				return nil, err
			}
			return nil, fmt.Errorf("%w: it ends inside the item of line %d", ErrTruncated, line)
		case found == closing && long:
			c.w.pass(at + next + len(closing))
			return nil, &RowError{Line: line, Code: CodeTooLong, Message: fmt.Sprintf("an item of more than %d bytes", c.maxRow)}
		case found == closing:
			fragment := c.w.bytes()[:at+next+len(closing)]
			c.w.pass(len(fragment))
			return fragment, nil
		}
		at += next + len(found)
		switch found {
		case "<![CDATA[":
			marks = []string{"]]>"}
		case "<!--":
			marks = []string{"-->"}
		default:
			marks = outside
		}
	}
}

// firstOf finds which of some marks comes first, and where.
func firstOf(data []byte, marks []string) (at int, mark string) {
	for _, m := range marks {
		if i := bytes.Index(data, []byte(m)); i >= 0 {
			at, mark = i, m
			data = data[:i]
		}
	}
	return at, mark
}

// element fills a record from an item: its children's texts by their names. Those
// in Google's namespace, whatever its prefix, win over RSS's and Atom's own.
// Elements with children, such as shipping, are left out.
func (r *record) element(fragment []byte) error {
	decoder := xml.NewDecoder(bytes.NewReader(fragment))
	decoder.Entity = xml.HTMLEntity
	var (
		text  strings.Builder
		depth int
		leaf  bool
	)
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return r.malformed(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			leaf = true
			text.Reset()
			if depth == 2 {
				r.href(t)
			}
			if depth > maxDepth {
				return r.malformed(errors.New("elements nested too deep"))
			}
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if depth == 2 && leaf {
				r.put(elementName(t.Name), text.String())
			}
			depth--
			leaf = false
			text.Reset()
		}
	}
}

// malformed names the line of a syntax error in the feed instead of in the item.
func (r *record) malformed(err error) error {
	line := r.line
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		line, err = line+syntax.Line-1, errors.New(syntax.Msg)
	}
	return &RowError{Line: r.line, ID: tidy(r.values[fieldID]), Code: CodeMalformed,
		Message: fmt.Sprintf("not well-formed XML in line %d: %v", line, err)}
}

// elementName marks every namespace as Google's, but for Atom's and RSS's own.
func elementName(name xml.Name) string {
	if name.Space == "" || strings.EqualFold(name.Space, "atom") {
		return name.Local
	}
	return "g:" + name.Local
}

// href reads Atom's <link href="…">: the page, unless rel says otherwise.
func (r *record) href(element xml.StartElement) {
	href, rel := "", "alternate"
	for _, a := range element.Attr {
		switch a.Name.Local {
		case "href":
			href = a.Value
		case "rel":
			rel = a.Value
		}
	}
	if element.Name.Local == "link" && rel == "alternate" {
		r.put(elementName(element.Name), href)
	}
}

// maxDepth bounds how deep elements and JSON values may be nested.
const maxDepth = 64
