package feed

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// source is a table as it is stored, to be read any number of times.
type source struct {
	name string
	open func() (io.ReadCloser, error)
	// stored is the size of what is stored, in bytes; size that of the content,
	// which is larger for an entry of a zip.
	stored, size int64
}

// content is a source's opened content, gunzipped.
type content struct {
	io.Reader
	closer  io.Closer
	gzipped bool
}

func (c content) Close() error { return c.closer.Close() }

// openContent opens a source, unpacks gzip, and guards size and integrity.
func openContent(s source, options Options) (content, error) {
	stored, err := s.open()
	if err != nil {
		return content{}, damage(err)
	}
	c := content{closer: stored}
	buffered := bufio.NewReaderSize(stored, 64<<10)
	if magic, _ := buffered.Peek(2); string(magic) == "\x1f\x8b" {
		c.gzipped = true
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			return content{}, errors.Join(damage(err), stored.Close())
		}
		buffered = bufio.NewReaderSize(unpacked, 64<<10)
		if magic, _ := buffered.Peek(2); string(magic) == "\x1f\x8b" {
			return content{}, errors.Join(fmt.Errorf("%w: gzip in gzip", ErrNested), stored.Close())
		}
	}
	limit := options.MaxTable
	if c.gzipped || s.stored < s.size {
		limit = min(limit, max(freeRatio, maxRatio*s.stored))
	}
	c.Reader = &guard{r: buffered, left: limit, limit: limit}
	return c, nil
}

// openText opens a source as UTF-8 text.
func openText(s source, charset charset, options Options) (io.ReadCloser, error) {
	c, err := openContent(s, options)
	if err != nil {
		return nil, err
	}
	c.Reader, err = charset.text(c.Reader)
	if err != nil {
		return nil, errors.Join(damage(err), c.Close())
	}
	return c, nil
}

// guard ends a reader that gives more than expected, and names damage.
type guard struct {
	r           io.Reader
	left, limit int64
}

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	if g.left -= int64(n); g.left < 0 {
		return 0, fmt.Errorf("%w: the table unpacks to more than %d bytes", ErrTooLarge, g.limit)
	}
	return n, damage(err)
}

// damage wraps the errors of broken archives in ErrTruncated.
func damage(err error) error {
	var corrupt flate.CorruptInputError
	for _, known := range []error{io.ErrUnexpectedEOF, gzip.ErrHeader, gzip.ErrChecksum, zip.ErrChecksum, zip.ErrFormat} {
		if errors.Is(err, known) {
			return fmt.Errorf("%w: %w", ErrTruncated, err)
		}
	}
	if errors.As(err, &corrupt) {
		return fmt.Errorf("%w: %w", ErrTruncated, err)
	}
	return err
}

// contentSize is the size of a table without compression, 0 if unknown. Gzip
// keeps it, modulo 4 GiB, in its last four bytes.
func contentSize(s source, gzipped bool) int64 {
	if !gzipped {
		return s.size
	}
	r, err := s.open()
	if err != nil {
		return 0
	}
	defer r.Close()
	seeker, ok := r.(io.ReadSeeker)
	if !ok {
		return 0
	}
	var last [4]byte
	if _, err := seeker.Seek(-4, io.SeekEnd); err != nil {
		return 0
	}
	if _, err := io.ReadFull(seeker, last[:]); err != nil {
		return 0
	}
	return int64(binary.LittleEndian.Uint32(last[:]))
}

// prefixSize is how much of a table is looked at to find its format.
const prefixSize = 256 << 10

// found is what look saw.
type found struct {
	format  format
	charset charset
	gzipped bool
	prefix  []byte // as UTF-8
	raw     int64  // bytes of content that prefix was decoded from
	whole   bool   // prefix is all there is
}

// look finds the encoding and the format of a table by its beginning.
func look(s source, options Options) (found, error) {
	c, err := openContent(s, options)
	if err != nil {
		return found{}, err
	}
	defer c.Close()
	raw, err := io.ReadAll(io.LimitReader(c, prefixSize))
	if err != nil {
		return found{}, err
	}
	n := len(raw)
	seen := found{gzipped: c.gzipped, raw: int64(n), whole: n < prefixSize}
	if isZip(raw[:min(n, 4)]) {
		return found{}, fmt.Errorf("%w: %s is a zip", ErrNested, s.name)
	}
	if kind := binaryKind(raw); kind != "" {
		return found{}, fmt.Errorf("%w: %s is %s", ErrFormat, s.name, kind)
	}
	seen.charset = detect(raw)
	text, err := seen.charset.text(bytes.NewReader(raw))
	if err != nil {
		return found{}, err
	}
	seen.prefix, err = io.ReadAll(text)
	if err != nil {
		return found{}, err
	}
	if bytes.IndexByte(seen.prefix, '\n') < 0 && bytes.IndexByte(seen.prefix, '\r') >= 0 {
		seen.charset.oldMac = true
		seen.prefix = bytes.ReplaceAll(seen.prefix, []byte{'\r'}, newline)
	}
	seen.format, err = sniff(seen.prefix)
	if err != nil {
		return found{}, fmt.Errorf("%s: %w", s.name, err)
	}
	return seen, nil
}

// estimate counts the rows of the prefix and scales them to the whole table.
func (f *Feed) estimate(seen found) int {
	rows := 0
	reading := f.reading(bytes.NewReader(seen.prefix))
	reading.again = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(seen.prefix)), nil }
	for _, err := range f.format.items(reading) {
		if _, row := err.(*RowError); err == nil || row {
			rows++
		}
	}
	if seen.whole || seen.raw == 0 {
		return rows
	}
	return int(float64(rows) * float64(contentSize(f.table, seen.gzipped)) / float64(seen.raw))
}
