package eval

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// openPlainOrGzip opens name, or else name.gz.
func openPlainOrGzip(root *os.Root, name string) (io.ReadCloser, error) {
	f, err := root.Open(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, wrapFile(name, err)
	}
	z, errGzip := root.Open(name + ".gz")
	if errors.Is(errGzip, fs.ErrNotExist) {
		return nil, wrapFile(name, err)
	}
	if errGzip != nil {
		return nil, wrapFile(name+".gz", errGzip)
	}
	r, err := gzip.NewReader(z)
	if err != nil {
		z.Close()
		return nil, wrapFile(name+".gz", err)
	}
	return struct {
		io.Reader
		io.Closer
	}{r, z}, nil
}

func wrapFile(name string, err error) error {
	if err == nil {
		return nil
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("%w: %s: %w", ErrSet, name, err)
}

// wrong is an error of the format at a line of a file, about a field.
func wrong(file string, line int, field, format string, args ...any) error {
	return fmt.Errorf("%w: %s line %d, field %q: %w", ErrSet, file, line, field, fmt.Errorf(format, args...))
}

// eachLine calls do with the number and content of every line that is not empty,
// without its end and without a byte order mark.
func eachLine(r io.Reader, file string, do func(n int, line []byte) error) error {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 64<<10), maxLine)
	n := 0
	for scanner.Scan() {
		n++
		line := scanner.Bytes()
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := do(n, bytes.TrimSuffix(line, []byte("\r"))); err != nil {
			return err
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("%w: %s line %d: %w", ErrSet, file, n+1, err)
	}
	return nil
}
