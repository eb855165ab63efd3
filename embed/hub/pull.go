package hub

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Hugging is the address of Hugging Face.
const Hugging = "https://huggingface.co"

// Errors of this package. Wrapped with what was wrong and what helps.
var (
	// ErrOptions marks options that cannot be used.
	ErrOptions = errors.New("invalid options")
	// ErrRefused marks what the hub does not give: a file that is not there, or
	// not for everybody.
	ErrRefused = errors.New("the hub refuses")
	// ErrMismatch marks a file that is not what was listed or announced, or has
	// changed since it was fetched.
	ErrMismatch = errors.New("the file is not the one that is expected")
	// ErrNetwork marks a hub that did not answer well in several tries. What has
	// arrived is kept: fetching again goes on from there.
	ErrNetwork = errors.New("the hub cannot be reached")
)

// Check says what a file was checked against.
type Check string

// The checks, the strongest first.
const (
	CheckListed    Check = "SHA-256 of this program's list"
	CheckKept      Check = "SHA-256 from when it was fetched"
	CheckAnnounced Check = "SHA-256 that the hub announces"
	CheckGit       Check = "SHA-1 of git that the hub announces"
	CheckSize      Check = "size only: the hub announces no digest"
)

// Options says what Pull fetches.
type Options struct {
	Model  Model
	Folder string // of the model; made if it is not there
	Base   string // the hub's address; empty: Hugging
	// Client's transport carries the requests; its other settings do not count.
	// Nil: http.DefaultTransport.
	Client *http.Client
	// Progress, if not nil, is told how many bytes of a file are there. total is 0 while unknown.
	Progress func(file string, done, total int64)

	Wait  time.Duration // before the first retry, then twice as long each time; 0: one second
	Stall time.Duration // how long a connection may send nothing; 0: a minute
}

// Fetched is one file that is in the folder now.
type Fetched struct {
	Path   string
	Size   int64
	SHA256 string
	Check  Check
	New    bool // it was fetched now, not there already
}

// Pull fetches a model's files into a folder, checks them and lists their
// digests in SHA256SUMS. Files that are there are checked and kept. A broken
// download stays as FILE.part, and the next Pull goes on from there. Pull stops
// at the first error; what was finished before stays.
func Pull(ctx context.Context, o Options) ([]Fetched, error) {
	p, err := newPuller(o)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.Folder, 0o755); err != nil {
		return nil, err
	}
	sums, err := readSums(o.Folder)
	if err != nil {
		return nil, err
	}
	var done []Fetched
	for _, f := range o.Model.Files {
		one, err := p.file(ctx, f, sums)
		if err != nil {
			return done, fmt.Errorf("%s: %w", f.Path, err)
		}
		done = append(done, *one)
		sums[f.Path] = one.SHA256
		if err := writeSums(o.Folder, sums); err != nil {
			return done, err
		}
	}
	return done, nil
}

// puller is a Pull under way.
type puller struct {
	Options
	base   *url.URL
	client *http.Client
}

func newPuller(o Options) (*puller, error) {
	if o.Base == "" {
		o.Base = Hugging
	}
	base, err := url.Parse(o.Base)
	if err != nil || base.Scheme != "https" && base.Scheme != "http" || base.Host == "" || base.User != nil || base.RawQuery != "" {
		return nil, fmt.Errorf("%w: the hub's address is http or https and a host, without a password, such as %s", ErrOptions, Hugging)
	}
	if o.Folder == "" || len(o.Model.Files) == 0 {
		return nil, fmt.Errorf("%w: a model and a folder are needed", ErrOptions)
	}
	for _, f := range o.Model.Files {
		if !filepath.IsLocal(filepath.FromSlash(f.Path)) || strings.HasSuffix(f.Path, partEnding) || f.Path == sumsFile {
			return nil, fmt.Errorf("%w: %q is no file of a model", ErrOptions, f.Path)
		}
	}
	if o.Wait == 0 {
		o.Wait = time.Second
	}
	if o.Stall == 0 {
		o.Stall = time.Minute
	}
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	p := &puller{Options: o, base: base, client: &http.Client{CheckRedirect: checkRedirect}}
	if o.Client != nil {
		p.client.Transport = o.Client.Transport
	}
	return p, nil
}

// checkRedirect follows to other hosts, as the hub's files lie elsewhere, but
// never from https to anything else.
func checkRedirect(r *http.Request, via []*http.Request) error {
	if len(via) > 10 {
		return errors.New("more than 10 redirects")
	}
	if from := via[len(via)-1].URL.Scheme; r.URL.Scheme != "https" && r.URL.Scheme != from {
		return fmt.Errorf("it redirects from %s to %s", from, r.URL.Scheme)
	}
	return nil
}

// file sees to it that one file is there. sums has the digests of files that
// were fetched before.
func (p *puller) file(ctx context.Context, f File, sums map[string]string) (*Fetched, error) {
	name := filepath.Join(p.Folder, filepath.FromSlash(f.Path))
	if info, err := os.Stat(name); err == nil {
		return p.present(ctx, f, name, info.Size(), sums[f.Path])
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	said, err := p.download(ctx, f, name+partEnding)
	if err != nil {
		return nil, err
	}
	d, err := digestFile(ctx, name+partEnding)
	if err != nil {
		return nil, err
	}
	check, err := d.compare(f, said)
	if err != nil {
		return nil, errors.Join(err, removePart(name+partEnding))
	}
	if err := os.Rename(name+partEnding, name); err != nil {
		return nil, err
	}
	return &Fetched{f.Path, d.size, d.sha256, check, true}, removePart(name + partEnding)
}

// present checks a file that is there already: against the list, or what it was
// when it was fetched.
func (p *puller) present(ctx context.Context, f File, name string, size int64, kept string) (*Fetched, error) {
	want, check := f.SHA256, CheckListed
	if want == "" {
		want, check = kept, CheckKept
	}
	if want == "" {
		return nil, fmt.Errorf("%w: %s is there, and was not fetched by this command; move it away to have it fetched", ErrMismatch, name)
	}
	d, err := digestFile(ctx, name)
	if err != nil {
		return nil, err
	}
	if d.sha256 != want {
		return nil, fmt.Errorf("%w: %s has another %s; move it away to have it fetched anew", ErrMismatch, name, check)
	}
	p.Progress(f.Path, size, size)
	return &Fetched{f.Path, d.size, d.sha256, check, false}, nil
}

// address is where the hub has a file.
func (p *puller) address(f File) string {
	segments := append(strings.Split(p.Model.Repository, "/"), "resolve", p.Model.Revision)
	return p.base.JoinPath(append(segments, strings.Split(f.Path, "/")...)...).String()
}

// sumsFile lists digests in the form of the command sha256sum.
const sumsFile = "SHA256SUMS"

// readSums reads a folder's digests by path; without the file there are none.
func readSums(folder string) (map[string]string, error) {
	sums := map[string]string{}
	data, err := os.ReadFile(filepath.Join(folder, sumsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return sums, nil
	}
	for line := range bytes.Lines(data) {
		digest, name, ok := strings.Cut(strings.TrimRight(string(line), "\r\n"), "  ")
		if !ok || len(digest) != 64 {
			return nil, fmt.Errorf("%w: %s has a line that is no digest and file; delete it to have files fetched anew", ErrMismatch, sumsFile)
		}
		sums[name] = strings.ToLower(digest)
	}
	return sums, err
}
