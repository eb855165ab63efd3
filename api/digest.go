package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"mime/multipart"
	"net/http"
)

// digest hashes a request's body as it is read. Of a form it hashes the parts,
// since a repeated form has another boundary. end must be called.
type digest struct {
	from io.Reader
	hash hash.Hash
	to   io.Writer      // hash or pipe
	pipe *io.PipeWriter // to the hashing of a form's parts, or nil
	done chan struct{}  // closed at its end
}

// newDigest puts a digest in the place of a request's body.
func newDigest(r *http.Request) *digest {
	d := &digest{from: r.Body, hash: sha256.New(), done: make(chan struct{})}
	d.to = d.hash
	read, pipe := io.Pipe()
	if form, ok, err := formOf(r.Header.Get("Content-Type"), read); ok && err == nil {
		d.to, d.pipe = pipe, pipe
		go func() {
			defer close(d.done)
			hashForm(d.hash, form)
			_, _ = io.Copy(io.Discard, read) // what follows a form that is broken
		}()
	}
	r.Body = d
	return d
}

// hashForm hashes a form's parts as far as they can be read; a form that is
// broken fails elsewhere.
func hashForm(h hash.Hash, form *multipart.Reader) {
	for {
		part, err := form.NextRawPart()
		if err != nil {
			return
		}
		fmt.Fprintf(h, "%q %q %q\n", part.FormName(), part.FileName(), part.Header.Get("Content-Type"))
		n, err := io.Copy(h, part)
		if err != nil {
			return
		}
		fmt.Fprintf(h, "\n%d\n", n)
	}
}

// Read reads from the body.
func (d *digest) Read(p []byte) (int, error) {
	n, err := d.from.Read(p)
	if _, werr := d.to.Write(p[:n]); werr != nil {
		return n, werr
	}
	return n, err
}

// Close leaves the body open: the server closes it in the end, and sum may still need it.
func (d *digest) Close() error { return nil }

// sum reads what is left of the body and returns the hash of all of it.
func (d *digest) sum() (string, error) {
	if _, err := io.Copy(io.Discard, d); err != nil {
		return "", err
	}
	d.end()
	return hex.EncodeToString(d.hash.Sum(nil)), nil
}

// end ends the hashing. It may be called again.
func (d *digest) end() {
	if d.pipe != nil {
		d.pipe.Close()
		<-d.done
	}
}
