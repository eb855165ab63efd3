package hub

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"honeyguide/breaker"
)

const (
	partEnding = ".part"
	tagEnding  = ".etag" // of the file that names the state a part is of

	tries   = 5               // without a byte in between
	maxWait = 2 * time.Minute // between two tries
	maxFile = 8 << 30         // bytes of one file of unknown size
)

// announced is what the hub says of a file.
type announced struct {
	size   int64  // 0: nothing
	sha256 string // of what lies in the large store
	git    string // of what lies in the repository itself: git's name of the content
}

// retryError is a failure that trying again may mend.
type retryError struct {
	error
	after time.Duration // at least
}

// download fetches a file into part, from where it broke off, and tries again
// while that helps.
func (p *puller) download(ctx context.Context, f File, part string) (announced, error) {
	wait, failures, before := p.Wait, 0, partSize(part)
	for {
		said, err := p.try(ctx, f, part)
		var retry retryError
		if err == nil || ctx.Err() != nil || !errors.As(err, &retry) {
			return said, errors.Join(ctx.Err(), unlessCanceled(ctx, err))
		}
		if now := partSize(part); now > before {
			wait, failures, before = p.Wait, 0, now
		}
		if failures++; failures == tries {
			return said, fmt.Errorf("%w: %d tries failed, the last one: %w; try again later, it goes on from where it is", ErrNetwork, tries, retry.error)
		}
		pause := max(wait/2+rand.N(wait), retry.after)
		if pause > maxWait {
			return said, fmt.Errorf("%w: it asks to wait %s; try again then", ErrNetwork, pause.Round(time.Second))
		}
		select {
		case <-ctx.Done():
			return said, ctx.Err()
		case <-time.After(pause):
		}
		wait = min(2*wait, maxWait)
	}
}

func unlessCanceled(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// try makes one request and writes what comes.
func (p *puller) try(ctx context.Context, f File, part string) (announced, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stall := time.AfterFunc(p.Stall, func() { cancel(fmt.Errorf("nothing came for %s", p.Stall)) })
	defer stall.Stop()

	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address(f), nil)
	if err != nil {
		return announced{}, err
	}
	request.Header.Set("Accept-Encoding", "identity")
	request.Header.Set("User-Agent", "honeyguide")
	have := partSize(part)
	if tag, err := os.ReadFile(part + tagEnding); err == nil && have > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
		request.Header.Set("If-Range", string(tag))
	}
	response, err := p.client.Do(request)
	if err != nil {
		return announced{}, retryError{error: bare(ctx, err)}
	}
	defer response.Body.Close()
	said := p.announced(response)
	if response.StatusCode == http.StatusRequestedRangeNotSatisfiable {
		return said, complete(f, said, part, have)
	}
	from, err := start(response, have)
	if err != nil {
		return said, err
	}
	size, err := expected(f, said, response, from)
	if err != nil {
		return said, err
	}
	if err := keepTag(part, response.Header.Get("ETag"), from); err != nil {
		return said, err
	}
	return said, p.write(ctx, f, part, response.Body, from, size, stall)
}

// complete is for a hub that has nothing beyond what is here: that is all, or too much.
func complete(f File, said announced, part string, have int64) error {
	if have > 0 && (have == f.Size || have == said.size) {
		return nil
	}
	return errors.Join(retryError{error: errors.New("it has less than what is here")}, removePart(part))
}

// bare is an error without the address, which may carry a signature.
func bare(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// announced reads the hub's own answers on the way to the file; other hosts are
// not asked what the file should be.
func (p *puller) announced(r *http.Response) announced {
	var a announced
	for ; r != nil; r = r.Request.Response {
		if r.Request.URL.Host != p.base.Host {
			continue
		}
		if n, err := strconv.ParseInt(r.Header.Get("X-Linked-Size"), 10, 64); err == nil && a.size == 0 {
			a.size = n
		}
		tags := []string{r.Header.Get("X-Linked-Etag")}
		if r.Header.Get("X-Repo-Commit") != "" { // then the tag names the content
			tags = append(tags, r.Header.Get("ETag"))
		}
		for _, tag := range tags {
			tag = strings.ToLower(strings.Trim(strings.TrimPrefix(tag, "W/"), `"`))
			switch {
			case isHex(tag, 64) && a.sha256 == "":
				a.sha256 = tag
			case isHex(tag, 40) && a.git == "":
				a.git = tag
			}
		}
	}
	return a
}

func isHex(s string, length int) bool {
	return len(s) == length && strings.Trim(s, "0123456789abcdef") == ""
}

// start is where in the file the answer begins, or why there is none.
func start(r *http.Response, have int64) (int64, error) {
	switch code := r.StatusCode; {
	case code == http.StatusOK:
		return 0, nil
	case code == http.StatusPartialContent:
		var from int64
		if _, err := fmt.Sscanf(r.Header.Get("Content-Range"), "bytes %d-", &from); err != nil || from != have {
			return 0, retryError{error: fmt.Errorf("it answers with another part than was asked for")}
		}
		return from, nil
	case code == http.StatusNotFound || code == http.StatusGone:
		return 0, fmt.Errorf("%w: it has no such file; a newer version of this program may know where it is", ErrRefused)
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return 0, fmt.Errorf("%w: status %d: the model is not, or no longer, for everybody, or a proxy is in between", ErrRefused, code)
	case code == http.StatusTooManyRequests || code == http.StatusRequestTimeout || code >= 500:
		return 0, retryError{fmt.Errorf("status %d", code), breaker.RetryAfter(r.Header.Get("Retry-After"), time.Now())}
	default:
		return 0, fmt.Errorf("%w: status %d", ErrRefused, code)
	}
}

// expected is the whole file's size, of which list, hub and answer must say the
// same. 0: nobody says.
func expected(f File, said announced, r *http.Response, from int64) (int64, error) {
	size := f.Size
	agree := func(n int64, who string) error {
		if n <= 0 {
			return nil
		}
		if size == 0 {
			size = n
		}
		if n != size {
			return fmt.Errorf("%w: %s announces %d bytes instead of %d", ErrMismatch, who, n, size)
		}
		return nil
	}
	if err := agree(said.size, "the hub"); err != nil {
		return 0, err
	}
	whole := int64(0)
	if r.ContentLength > 0 {
		whole = from + r.ContentLength
	}
	if err := agree(whole, "the answer"); err != nil {
		return 0, err
	}
	if size > maxFile {
		return 0, fmt.Errorf("%w: %d bytes, and at most %d are fetched", ErrMismatch, size, int64(maxFile))
	}
	return size, nil
}

// keepTag remembers of which state of the file a part is. Without a strong tag
// a broken download begins anew.
func keepTag(part, tag string, from int64) error {
	if from > 0 {
		return nil
	}
	if tag == "" || strings.HasPrefix(tag, "W/") {
		return removeIfThere(part + tagEnding)
	}
	return os.WriteFile(part+tagEnding, []byte(tag), 0o600)
}

// write appends what comes to the part, from where it begins. It fails where
// less comes than was announced, for another try, or more.
func (p *puller) write(ctx context.Context, f File, part string, body io.Reader, from, size int64, stall *time.Timer) error {
	out, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	at, limit := from, size
	if size == 0 {
		limit = maxFile
	}
	report := func(n int) {
		at += int64(n)
		stall.Reset(p.Stall)
		p.Progress(f.Path, at, size)
	}
	err = out.Truncate(from)
	if err == nil {
		_, err = out.Seek(from, io.SeekStart)
	}
	if err != nil {
		return errors.Join(err, out.Close())
	}
	_, coming := io.Copy(&counted{out, report}, &failing{io.LimitReader(body, limit-from+1)})
	if err := out.Close(); err != nil {
		return err
	}
	var broken readError
	switch {
	case at > limit:
		return errors.Join(fmt.Errorf("%w: more than %d bytes come", ErrMismatch, limit), removePart(part))
	case errors.As(coming, &broken):
		return retryError{error: bare(ctx, broken.error)}
	case coming != nil:
		return fmt.Errorf("%w; free some space, it goes on from where it is", coming)
	case at < size:
		return retryError{error: fmt.Errorf("the connection ended after %d of %d bytes", at, size)}
	}
	return nil
}

// counted tells how much was written.
type counted struct {
	io.Writer
	report func(int)
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.Writer.Write(b)
	c.report(n)
	return n, err
}

// failing marks errors as those of reading, to tell them from those of writing.
type failing struct{ io.Reader }

type readError struct{ error }

func (f *failing) Read(b []byte) (int, error) {
	n, err := f.Reader.Read(b)
	if err != nil && err != io.EOF {
		err = readError{err}
	}
	return n, err
}

func partSize(part string) int64 {
	info, err := os.Stat(part)
	if err != nil {
		return 0
	}
	return info.Size()
}

func removePart(part string) error {
	return errors.Join(removeIfThere(part), removeIfThere(part+tagEnding))
}

func removeIfThere(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
