package feed

import (
	"bytes"
	"io"
)

// window is a view of a stream that can be looked at, kept and passed over: what
// lets every format skip a broken row and go on behind it, in bounded memory.
type window struct {
	r          io.Reader
	buf        []byte
	start, end int
	line       int   // of the byte at start, from 1
	err        error // of the reader, io.EOF at the end
}

func newWindow(r io.Reader) *window {
	return &window{r: r, buf: make([]byte, 64<<10), line: 1}
}

// bytes are those read and not passed over.
func (w *window) bytes() []byte { return w.buf[w.start:w.end] }

// more fills the window, and reports whether there is more than before. It grows
// twofold where it is full, so that looking again from its start each time stays
// cheap; slices taken of it before are void.
func (w *window) more() bool {
	if w.err != nil {
		return false
	}
	if w.start > 0 {
		copy(w.buf, w.buf[w.start:w.end])
		w.start, w.end = 0, w.end-w.start
	}
	if w.end == len(w.buf) {
		w.buf = append(w.buf, make([]byte, len(w.buf))...)
	}
	n, err := io.ReadFull(w.r, w.buf[w.end:])
	w.end += n
	if w.err = err; err == io.ErrUnexpectedEOF {
		w.err = io.EOF
	}
	return n > 0
}

// has reads until n bytes are there, and reports whether they are.
func (w *window) has(n int) bool {
	for w.end-w.start < n {
		if !w.more() {
			return false
		}
	}
	return true
}

// pass goes n bytes ahead, all of which were read.
func (w *window) pass(n int) {
	w.line += bytes.Count(w.buf[w.start:w.start+n], newline)
	w.start += n
}

var newline = []byte{'\n'}

// passUntil goes just behind the next mark without keeping what it passes, and
// reports whether there was one.
func (w *window) passUntil(mark string) bool {
	for {
		if at := bytes.Index(w.bytes(), []byte(mark)); at >= 0 {
			w.pass(at + len(mark))
			return true
		}
		w.pass(max(0, len(w.bytes())-len(mark)+1))
		if !w.more() {
			w.pass(len(w.bytes()))
			return false
		}
	}
}

// failure is the error that ended the stream, nil at a regular end.
func (w *window) failure() error {
	if w.err == io.EOF {
		return nil
	}
	return w.err
}
