package feed

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// csvReader cuts a delimited table into rows after RFC 4180, with "\n" or "\r\n"
// at line ends, in bounded memory. A quote inside an unquoted cell is a character
// like any other. After a broken row it goes on with the next line, so that one
// forgotten quote costs one row.
type csvReader struct {
	w       *window
	comma   byte
	maxRow  int
	rescans int    // bytes that were read again after broken rows
	flat    []byte // the cells of the row, one after the other
	ends    []int  // where they end
	unended bool   // the row was the last and had no line end
}

// maxRescans bounds the work that broken rows cause; above it a broken row ends
// where its quotes do.
const maxRescans = 256 << 20

// row is one row of a table.
type row struct {
	line  int
	cells []string // valid until the next row
}

// state is how parsing a row ended.
type state int

const (
	rowDone   state = iota
	rowMore         // the row goes on behind what was read
	rowQuotes       // text after a closing quote
	rowWide         // more than maxColumns cells
)

// next reads a row into cells. At the end of the table it returns false without
// an error. A *RowError is about this row only.
func (c *csvReader) next(cells []string) (row, bool, error) {
	for {
		n, state := c.parse(c.w.bytes(), c.w.err == io.EOF)
		switch {
		case state == rowMore && c.w.err == nil && len(c.w.bytes()) < c.maxRow:
			c.w.more()
			continue
		case state == rowMore && c.w.failure() != nil, state == rowDone && n == 0:
			return row{}, false, c.w.failure()
		case state == rowDone:
			line := c.w.line
			c.unended = c.w.bytes()[n-1] != '\n'
			c.w.pass(n)
			return row{line, c.split(cells)}, true, nil
		}
		return row{}, false, c.recover(n, state)
	}
}

// split cuts the flat cells into strings that share one allocation.
func (c *csvReader) split(cells []string) []string {
	all, start := string(c.flat), 0
	cells = cells[:0]
	for _, end := range c.ends {
		cells = append(cells, all[start:end])
		start = end
	}
	return cells
}

// parse reads the row at the start of data into flat and ends, and returns its
// length in bytes with the line end. No data at the end of the table is a row of
// length 0.
func (c *csvReader) parse(data []byte, atEnd bool) (n int, s state) {
	c.flat, c.ends = c.flat[:0], c.ends[:0]
	if len(data) == 0 && atEnd {
		return 0, rowDone
	}
	lineEnd := -1
	for {
		if len(c.ends) == maxColumns {
			return n, rowWide
		}
		if quote := n + spaces(data[n:]); quote < len(data) && data[quote] == '"' {
			if n, s = c.quoted(data, quote+1); s != rowDone {
				return n, s
			}
			n += spaces(data[n:])
		} else {
			if lineEnd < n {
				if lineEnd = bytes.IndexByte(data[n:], '\n'); lineEnd >= 0 {
					lineEnd += n
				} else if lineEnd = len(data); !atEnd {
					return n, rowMore
				}
			}
			n = c.bare(data[:lineEnd], n)
		}
		c.ends = append(c.ends, len(c.flat))
		n, s = c.afterCell(data, n, atEnd)
		if s != rowMore || n < 0 {
			return max(n, 0), s
		}
	}
}

// bare reads an unquoted cell of a line, up to the comma or the end.
func (c *csvReader) bare(line []byte, n int) int {
	cell := line[n:]
	if at := bytes.IndexByte(cell, c.comma); at >= 0 {
		c.flat = append(c.flat, cell[:at]...)
		return n + at
	}
	c.flat = append(c.flat, bytes.TrimSuffix(cell, []byte{'\r'})...)
	return len(line)
}

// quoted reads a cell from behind its opening quote to behind its closing one.
func (c *csvReader) quoted(data []byte, n int) (int, state) {
	for {
		at := bytes.IndexByte(data[n:], '"')
		if at < 0 {
			return n, rowMore
		}
		c.flat = append(c.flat, data[n:n+at]...)
		n += at + 1
		if n == len(data) || data[n] != '"' {
			return n, rowDone
		}
		c.flat = append(c.flat, '"')
		n++
	}
}

// afterCell passes the comma or line end behind a cell. With rowMore and n >= 0
// another cell of the row follows; with n < 0 more data is needed.
func (c *csvReader) afterCell(data []byte, n int, atEnd bool) (int, state) {
	rest := data[n:]
	switch {
	case len(rest) > 0 && rest[0] == c.comma:
		if len(rest) == 1 && !atEnd {
			return -1, rowMore
		}
		return n + 1, rowMore
	case len(rest) > 0 && rest[0] == '\n':
		return n + 1, rowDone
	case bytes.HasPrefix(rest, []byte("\r\n")):
		return n + 2, rowDone
	case atEnd && (len(rest) == 0 || string(rest) == "\r"):
		return len(data), rowDone
	case len(rest) == 0, string(rest) == "\r":
		return -1, rowMore
	}
	return n, rowQuotes
}

// spaces counts the blanks that stand around a quoted cell.
func spaces(data []byte) int {
	n := 0
	for n < len(data) && data[n] == ' ' {
		n++
	}
	return n
}

// recover goes behind a broken row, n bytes of which were read, and says what was
// wrong with it.
func (c *csvReader) recover(n int, s state) error {
	broken := &RowError{Line: c.w.line, Code: CodeMalformed}
	if s == rowMore {
		n = len(c.w.bytes())
	}
	lines := bytes.IndexByte(c.w.bytes()[:n], '\n') >= 0
	switch {
	case s == rowWide:
		broken.Message = fmt.Sprintf("more than %d columns", maxColumns)
	case s == rowQuotes:
		broken.Message = "text after a closing quote; quotes inside a cell are doubled"
	case lines:
		broken.Message = fmt.Sprintf("a quote is not closed within %d bytes", n)
	case c.w.err != nil:
		return fmt.Errorf("%w: it ends inside a quoted cell, line %d", ErrTruncated, c.w.line)
	default:
		broken.Code, broken.Message = CodeTooLong, fmt.Sprintf("a row of more than %d bytes", c.maxRow)
	}
	if c.rescans += n; lines && c.rescans > maxRescans {
		c.w.pass(n)
	}
	c.w.passUntil("\n")
	return broken
}

// blank reports whether a row holds nothing.
func (r row) blank() bool {
	for _, cell := range r.cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
