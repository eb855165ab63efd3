// Package web holds the pages that ship inside the program: the storefront's
// template, its ES modules and styles, and its words in English and Chinese.
// There is no build step; what stands in static is what the browser runs.
package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed static
var static embed.FS

//go:embed storefront.html strings
var pages embed.FS

// AssetsPath is where Site.Assets must be mounted: the pages refer to it.
const AssetsPath = "/assets/"

// Site serves the pages. It is safe for concurrent use and never changes.
type Site struct {
	assets     map[string]asset // by path below AssetsPath, such as "app.js"
	version    string           // of all assets together
	modules    []string         // paths of the ES modules, in order
	storefront *template.Template
	words      map[string]map[string]string // by language, then key
}

type asset struct {
	body        []byte
	contentType string
	etag        string
}

// Files returns the static files as they are embedded, such as "app.js".
func Files() fs.FS {
	files, err := fs.Sub(static, "static")
	if err != nil {
		panic(err) // only an invalid path does this
	}
	return files
}

// New reads the embedded files. It fails only if they are broken, never by circumstance.
func New() (*Site, error) {
	site := &Site{assets: map[string]asset{}}
	if err := site.readAssets(Files()); err != nil {
		return nil, err
	}
	words, err := readWords(pages)
	if err != nil {
		return nil, err
	}
	site.words = words
	site.storefront, err = template.New("storefront.html").
		Option("missingkey=error").ParseFS(pages, "storefront.html")
	if err != nil {
		return nil, fmt.Errorf("storefront template: %w", err)
	}
	return site, nil
}

// readAssets fills assets, modules and the version, which covers every path and byte.
func (s *Site) readAssets(files fs.FS) error {
	all := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		fmt.Fprintf(all, "%s %x\n", name, sum)
		s.assets[name] = asset{body, contentType(name), `"` + hex.EncodeToString(sum[:12]) + `"`}
		if path.Ext(name) == ".js" {
			s.modules = append(s.modules, name)
		}
		return nil
	})
	s.version = hex.EncodeToString(all.Sum(nil)[:8])
	return err
}

// contentType does not ask the operating system, whose table differs between machines.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	if known := mime.TypeByExtension(path.Ext(name)); known != "" {
		return known
	}
	return "application/octet-stream"
}

// Assets serves the static files below AssetsPath. Under the current version
// ("/assets/VERSION/app.js") a file may be kept for ever, since other bytes have
// another version; without one it is checked by its ETag each time. What is not
// there is 404, other methods than GET and HEAD are 405.
func (s *Site) Assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(r.URL.Path, AssetsPath)
		name, versioned := strings.CutPrefix(name, s.version+"/")
		file, found := s.assets[name]
		if !found {
			http.NotFound(w, r)
			return
		}
		file.serve(w, r, versioned)
	})
}

func (a asset) serve(w http.ResponseWriter, r *http.Request, forever bool) {
	header := w.Header()
	header.Set("Content-Type", a.contentType)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "default-src 'none'")
	header.Set("ETag", a.etag)
	header.Set("Cache-Control", "no-cache")
	if forever {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.body))
}
