package hub

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// content is a file's bytes, the same for one size.
func content(size int) []byte {
	b := make([]byte, size)
	for i := range b {
		b[i] = byte(i*i/7 + i)
	}
	return b
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

func gitSum(b []byte) string {
	s := sha1.Sum(append(fmt.Appendf(nil, "blob %d\x00", len(b)), b...))
	return hex.EncodeToString(s[:])
}

// fakeHub serves one file as Hugging Face does: the address of the revision
// announces and redirects, another host has the bytes. bytes misbehaves.
type fakeHub struct {
	*httptest.Server
	data   []byte
	front  func(http.ResponseWriter, *http.Request) bool // true: it has answered
	bytes  func(w http.ResponseWriter, r *http.Request, request int) bool
	mu     sync.Mutex
	ranges []string // of every request for bytes
}

const filePath = "onnx/vision_model.onnx"

func serve(t *testing.T, data []byte) *fakeHub {
	h := &fakeHub{data: data}
	store := httptest.NewServer(http.HandlerFunc(h.store))
	t.Cleanup(store.Close)
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.front != nil && h.front(w, r) {
			return
		}
		if r.URL.Path != "/owner/name/resolve/abc123/"+filePath {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("X-Repo-Commit", "abc123")
		w.Header().Set("X-Linked-Etag", `"`+sum(h.data)+`"`)
		w.Header().Set("X-Linked-Size", strconv.Itoa(len(h.data)))
		http.Redirect(w, r, store.URL+"/blob?signature=geheim", http.StatusFound)
	}))
	t.Cleanup(h.Server.Close)
	return h
}

func (h *fakeHub) store(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.ranges = append(h.ranges, r.Header.Get("Range"))
	n := len(h.ranges)
	h.mu.Unlock()
	w.Header().Set("ETag", `"state-1"`)
	if h.bytes != nil && h.bytes(w, r, n) {
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(h.data))
}

// cut answers in full and breaks off after some bytes.
func (h *fakeHub) cut(w http.ResponseWriter, r *http.Request, after int) {
	from := 0
	if _, err := fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &from); err == nil {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(h.data)-1, len(h.data)))
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(h.data)-from))
	if from > 0 {
		w.WriteHeader(http.StatusPartialContent)
	}
	_, _ = w.Write(h.data[from:min(len(h.data), from+after)])
	panic(http.ErrAbortHandler)
}

func (h *fakeHub) options(t *testing.T) Options {
	return Options{
		Model:  Model{Name: "test", Repository: "owner/name", Revision: "abc123", Files: []File{{Path: filePath}}},
		Folder: filepath.Join(t.TempDir(), "model"), Base: h.URL, Wait: time.Millisecond, Stall: time.Second,
	}
}

func TestPull(t *testing.T) {
	data := content(200_000)
	for name, c := range map[string]struct {
		file   File
		bytes  func(h *fakeHub) func(http.ResponseWriter, *http.Request, int) bool
		check  Check
		ranges string
		fails  error
		says   string
	}{
		"announced": {check: CheckAnnounced, ranges: ""},
		"listed":    {file: File{Size: 200_000, SHA256: sum(data)}, check: CheckListed},
		"cut twice, goes on": {check: CheckAnnounced, ranges: "|bytes=70000-|bytes=140000-", bytes: func(h *fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
			return func(w http.ResponseWriter, r *http.Request, n int) bool {
				if n < 3 {
					h.cut(w, r, 70_000)
				}
				return false
			}
		}},
		"cut, then ignores Range": {check: CheckAnnounced, ranges: "|bytes=70000-", bytes: func(h *fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
			return func(w http.ResponseWriter, r *http.Request, n int) bool {
				if n == 1 {
					h.cut(w, r, 70_000)
				}
				_, err := w.Write(h.data)
				return err == nil
			}
		}},
		"cut, changed meanwhile": {check: CheckAnnounced, ranges: "|bytes=70000-", bytes: func(h *fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
			return func(w http.ResponseWriter, r *http.Request, n int) bool {
				if n == 1 {
					w.Header().Set("ETag", `"state-0"`)
					h.cut(w, r, 70_000)
				}
				return false // ServeContent heeds If-Range
			}
		}},
		"cut, no tag": {check: CheckAnnounced, ranges: "|", bytes: func(h *fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
			return func(w http.ResponseWriter, r *http.Request, n int) bool {
				if w.Header().Del("ETag"); n == 1 {
					h.cut(w, r, 70_000)
				}
				return false
			}
		}},
		"busy, then well": {check: CheckAnnounced, ranges: "||", bytes: func(*fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
			return func(w http.ResponseWriter, r *http.Request, n int) bool {
				if n < 3 {
					w.Header().Set("Retry-After", "0")
					http.Error(w, "", []int{0, http.StatusTooManyRequests, http.StatusBadGateway}[n])
				}
				return n < 3
			}
		}},
		"always busy":       {fails: ErrNetwork, says: "5 tries failed, the last one: status 503", bytes: status(http.StatusServiceUnavailable, "")},
		"asks to wait long": {fails: ErrNetwork, says: "asks to wait 10m0s", bytes: status(http.StatusTooManyRequests, "600")},
		"gone":              {fails: ErrRefused, says: "no such file", bytes: status(http.StatusNotFound, "")},
		"for some only":     {fails: ErrRefused, says: "status 403", bytes: status(http.StatusForbidden, "")},
		"teapot":            {fails: ErrRefused, says: "status 418", bytes: status(http.StatusTeapot, "")},
		"other bytes": {fails: ErrMismatch, says: "SHA-256 that the hub announces", bytes: func(h *fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
			return func(w http.ResponseWriter, r *http.Request, n int) bool {
				_, err := w.Write(bytes.Repeat([]byte("x"), len(h.data)))
				return err == nil
			}
		}},
		"other than listed": {file: File{SHA256: sum(nil)}, fails: ErrMismatch, says: "instead of " + sum(nil)},
		"other size":        {file: File{Size: 199_999}, fails: ErrMismatch, says: "the hub announces 200000 bytes instead of 199999"},
		"more than announced": {fails: ErrMismatch, says: "more than 200000 bytes come", bytes: func(h *fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
			return func(w http.ResponseWriter, r *http.Request, n int) bool {
				w.WriteHeader(http.StatusOK)
				w.(http.Flusher).Flush() // chunked: no length
				_, err := w.Write(content(300_000))
				return err == nil || true
			}
		}},
		"less than announced": {fails: ErrNetwork, says: "the connection ended after 100 of 200000 bytes", bytes: func(h *fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
			return func(w http.ResponseWriter, r *http.Request, n int) bool {
				w.Header().Del("ETag")
				w.(http.Flusher).Flush()
				_, err := w.Write(h.data[:100])
				return err == nil || true
			}
		}},
		"announces another length": {fails: ErrMismatch, says: "the answer announces 5 bytes instead of 200000", bytes: func(h *fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
			return func(w http.ResponseWriter, r *http.Request, n int) bool {
				_, err := w.Write([]byte("short"))
				return err == nil
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := serve(t, data)
			if c.bytes != nil {
				h.bytes = c.bytes(h)
			}
			o := h.options(t)
			c.file.Path = filePath
			o.Model.Files = []File{c.file}
			got, err := Pull(t.Context(), o)
			file := filepath.Join(o.Folder, filepath.FromSlash(filePath))
			if c.fails != nil {
				if !errors.Is(err, c.fails) || !strings.Contains(fmt.Sprint(err), c.says) || strings.Contains(fmt.Sprint(err), "geheim") {
					t.Errorf("error %v, want %v: … %s", err, c.fails, c.says)
				}
				if _, err := os.Stat(file); err == nil {
					t.Error("a file that failed has its name")
				}
				if _, err := os.Stat(file + ".part"); c.fails == ErrMismatch && err == nil && strings.Contains(c.says, "instead of "+sum(nil)) {
					t.Error("wrong bytes are kept to go on from")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if want := (Fetched{filePath, 200_000, sum(data), c.check, true}); len(got) != 1 || got[0] != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if ranges := strings.Join(h.ranges, "|"); ranges != c.ranges {
				t.Errorf("asked for the ranges %q, want %q", ranges, c.ranges)
			}
			finished(t, file, data)
		})
	}
}

func status(code int, after string) func(*fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
	return func(*fakeHub) func(http.ResponseWriter, *http.Request, int) bool {
		return func(w http.ResponseWriter, r *http.Request, n int) bool {
			w.Header().Set("Retry-After", after)
			http.Error(w, "<html>", code)
			return true
		}
	}
}

// finished checks that a file is whole and nothing of its download is left.
func finished(t *testing.T, file string, data []byte) {
	t.Helper()
	if have, err := os.ReadFile(file); err != nil || !bytes.Equal(have, data) {
		t.Errorf("%d bytes, %v, want the %d", len(have), err, len(data))
	}
	for _, ending := range []string{partEnding, partEnding + tagEnding} {
		if _, err := os.Stat(file + ending); err == nil {
			t.Errorf("%s is left", ending)
		}
	}
	sums, err := os.ReadFile(filepath.Join(filepath.Dir(filepath.Dir(file)), sumsFile))
	if want := sum(data) + "  " + filePath + "\n"; err != nil || string(sums) != want {
		t.Errorf("%s: %q, %v, want %q", sumsFile, sums, err, want)
	}
}

// What is there is checked and not fetched; what has changed is told, and never overwritten.
func TestPullAgain(t *testing.T) {
	h := serve(t, content(5000))
	o := h.options(t)
	file := filepath.Join(o.Folder, filepath.FromSlash(filePath))
	if _, err := Pull(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	got, err := Pull(t.Context(), o)
	if err != nil || len(h.ranges) != 1 || got[0].New || got[0].Check != CheckKept {
		t.Errorf("again: %+v, %v, %d requests", got, err, len(h.ranges))
	}
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Pull(t.Context(), o); !errors.Is(err, ErrMismatch) || !strings.Contains(err.Error(), "move it away") {
		t.Errorf("changed: %v", err)
	}
	if err := os.Remove(filepath.Join(o.Folder, sumsFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := Pull(t.Context(), o); !errors.Is(err, ErrMismatch) || !strings.Contains(err.Error(), "not fetched by this command") {
		t.Errorf("a stranger's: %v", err)
	}
	if have, err := os.ReadFile(file); string(have) != "mine" || err != nil {
		t.Errorf("the file is now %q, %v", have, err)
	}
	if err := os.WriteFile(filepath.Join(o.Folder, sumsFile), []byte("nonsense\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Pull(t.Context(), o); !errors.Is(err, ErrMismatch) {
		t.Errorf("broken sums: %v", err)
	}
}

// A process that ended between the last byte and the name leaves a whole part.
func TestWholePart(t *testing.T) {
	for name, part := range map[string][]byte{"whole": content(5000), "too long": content(6000), "stale": bytes.Repeat([]byte("x"), 5000)} {
		h := serve(t, content(5000))
		o := h.options(t)
		file := filepath.Join(o.Folder, filepath.FromSlash(filePath))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		for ending, data := range map[string][]byte{partEnding: part, partEnding + tagEnding: []byte(`"state-1"`)} {
			if err := os.WriteFile(file+ending, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := Pull(t.Context(), o)
		if name == "stale" {
			if !errors.Is(err, ErrMismatch) {
				t.Errorf("stale: %v", err)
			}
			_, err = Pull(t.Context(), o)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		finished(t, file, content(5000))
	}
}

// Small files lie in the repository itself: the tag is git's name of the content.
func TestChecksOfSmallFiles(t *testing.T) {
	data := []byte(`{"model_type":"clip"}`)
	for name, c := range map[string]struct {
		tag, commit string
		check       Check
		fails       error
	}{
		"git":       {`"` + gitSum(data) + `"`, "abc123", CheckGit, nil},
		"weak":      {`W/"` + gitSum(data) + `"`, "abc123", CheckGit, nil},
		"wrong git": {`"` + gitSum(nil) + `"`, "abc123", "", ErrMismatch},
		"mirror":    {`"` + gitSum(nil) + `"`, "", CheckSize, nil},
		"no tag":    {"", "abc123", CheckSize, nil},
	} {
		h := serve(t, nil)
		h.front = func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("ETag", c.tag)
			w.Header().Set("X-Repo-Commit", c.commit)
			_, err := w.Write(data)
			return err == nil
		}
		got, err := Pull(t.Context(), h.options(t))
		if !errors.Is(err, c.fails) || c.fails == nil && got[0].Check != c.check {
			t.Errorf("%s: %+v, %v, want %q, %v", name, got, err, c.check, c.fails)
		}
	}
}

func TestRedirects(t *testing.T) {
	for name, c := range map[string]struct{ from, to, says string }{
		"down":    {"https://hub.example/a", "http://cdn.example/b", "redirects from https to http"},
		"file":    {"http://hub.example/a", "file:///etc/passwd", "redirects from http to file"},
		"up":      {"http://hub.example/a", "https://cdn.example/b", ""},
		"another": {"https://hub.example/a", "https://cdn.example/b", ""},
	} {
		from, err1 := url.Parse(c.from)
		to, err2 := url.Parse(c.to)
		err := checkRedirect(&http.Request{URL: to}, []*http.Request{{URL: from}})
		if err1 != nil || err2 != nil || (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
	h := serve(t, nil)
	h.front = func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
		return true
	}
	if _, err := Pull(t.Context(), h.options(t)); !errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), "more than 10 redirects") {
		t.Errorf("in a circle: %v", err)
	}
}

// A hub that sends nothing is given up, and an end of the context ends the waiting.
func TestSlow(t *testing.T) {
	h := serve(t, content(5000))
	h.bytes = func(w http.ResponseWriter, r *http.Request, n int) bool {
		w.Header().Set("Content-Length", "5000")
		_, _ = w.Write(h.data[:10])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return true
	}
	o := h.options(t)
	o.Stall = 20 * time.Millisecond
	// Ten bytes a try, from the same place on: it never gets further.
	if _, err := Pull(t.Context(), o); !errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), "nothing came for 20ms") {
		t.Errorf("stalled: %v", err)
	}
	o.Stall = time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := Pull(ctx, o); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("at the deadline: %v", err)
	}
}

func TestProgress(t *testing.T) {
	h := serve(t, content(100_000))
	o := h.options(t)
	last, calls := int64(0), 0
	o.Progress = func(file string, done, total int64) {
		if file != filePath || done < last || total != 100_000 {
			t.Errorf("%s: %d of %d after %d", file, done, total, last)
		}
		last, calls = done, calls+1
	}
	if _, err := Pull(t.Context(), o); err != nil || last != 100_000 || calls < 2 {
		t.Errorf("%v, %d calls, the last one with %d", err, calls, last)
	}
}

func TestOptions(t *testing.T) {
	good := Options{Model: Model{Repository: "a/b", Revision: "c", Files: []File{{Path: "config.json"}}}, Folder: t.TempDir(), Base: "http://127.0.0.1:1", Wait: time.Microsecond}
	for name, change := range map[string]func(*Options){
		"password":   func(o *Options) { o.Base = "https://user:geheim@hub.example" },
		"scheme":     func(o *Options) { o.Base = "ftp://hub.example" },
		"no host":    func(o *Options) { o.Base = "https://" },
		"no folder":  func(o *Options) { o.Folder = "" },
		"no files":   func(o *Options) { o.Model.Files = nil },
		"outside":    func(o *Options) { o.Model.Files = []File{{Path: "../config.json"}} },
		"absolute":   func(o *Options) { o.Model.Files = []File{{Path: "/config.json"}} },
		"like a sum": func(o *Options) { o.Model.Files = []File{{Path: "SHA256SUMS"}} },
	} {
		o := good
		change(&o)
		if _, err := Pull(t.Context(), o); !errors.Is(err, ErrOptions) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Pull(t.Context(), good); !errors.Is(err, ErrNetwork) {
		t.Errorf("nobody there: %v", err)
	}
}

// The list is complete and well formed; digests that are not known are left out, not made up.
func TestModels(t *testing.T) {
	names := map[string]bool{}
	for _, m := range Models() {
		if names[m.Name] || m.Repository == "" || !isHex(m.Revision, 40) || m.License == "" || m.English == "" || m.Chinese == "" || m.Megabytes < 100 {
			t.Errorf("%+v", m)
		}
		names[m.Name] = true
		if _, err := newPuller(Options{Model: m, Folder: "x"}); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
		networks := 0
		for _, f := range m.Files {
			if f.SHA256 != "" && !isHex(f.SHA256, 64) {
				t.Errorf("%s: %s has the digest %q", m.Name, f.Path, f.SHA256)
			}
			if strings.HasSuffix(f.Path, ".onnx") {
				networks++
			}
		}
		if networks != 2 || len(m.Files) != 6 {
			t.Errorf("%s: %d networks, %d files", m.Name, networks, len(m.Files))
		}
	}
	for _, name := range []string{"clip", "siglip", "fashion-siglip"} {
		if !names[name] {
			t.Errorf("%s is missing", name)
		}
	}
}
