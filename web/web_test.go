package web

import (
	"encoding/json"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func newSite(t testing.TB) *Site {
	t.Helper()
	site, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func get(handler http.Handler, method, target string, header http.Header) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for name := range header {
		r.Header.Set(name, header.Get(name))
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w.Result()
}

func TestAssets(t *testing.T) {
	site := newSite(t)
	cases := []struct {
		method, path string
		status       int
		contentType  string
		cache        string
	}{
		{"GET", "app.js", 200, "text/javascript; charset=utf-8", "no-cache"},
		{"HEAD", "app.js", 200, "text/javascript; charset=utf-8", "no-cache"},
		{"GET", "css/base.css", 200, "text/css; charset=utf-8", "no-cache"},
		{"GET", "icons.svg", 200, "image/svg+xml", "no-cache"},
		{"GET", site.version + "/app.js", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"GET", "0123456789abcdef/app.js", 404, "", ""},
		{"GET", "", 404, "", ""},
		{"GET", "css", 404, "", ""},
		{"GET", "css/", 404, "", ""},
		{"GET", "../web.go", 404, "", ""},
		{"GET", "strings/en.json", 404, "", ""},
		{"GET", "app.js.map", 404, "", ""},
		{"POST", "app.js", 405, "", ""},
		{"DELETE", "nothing", 405, "", ""},
	}
	for _, c := range cases {
		t.Run(c.method+" "+c.path, func(t *testing.T) {
			got := get(site.Assets(), c.method, AssetsPath+c.path, nil)
			if got.StatusCode != c.status {
				t.Fatalf("status %d, want %d", got.StatusCode, c.status)
			}
			if c.status != 200 {
				return
			}
			want := map[string]string{"Content-Type": c.contentType, "Cache-Control": c.cache, "X-Content-Type-Options": "nosniff"}
			for name, value := range want {
				if got.Header.Get(name) != value {
					t.Errorf("%s: %q, want %q", name, got.Header.Get(name), value)
				}
			}
		})
	}
}

func TestAssetsETag(t *testing.T) {
	assets := newSite(t).Assets()
	first := get(assets, "GET", AssetsPath+"app.js", nil)
	etag := first.Header.Get("ETag")
	if !regexp.MustCompile(`^"[0-9a-f]{24}"$`).MatchString(etag) {
		t.Fatalf("ETag %q", etag)
	}
	for match, status := range map[string]int{etag: 304, `"other", ` + etag: 304, `"other"`: 200, "*": 304} {
		got := get(assets, "GET", AssetsPath+"app.js", http.Header{"If-None-Match": {match}})
		if got.StatusCode != status {
			t.Errorf("If-None-Match %s: status %d, want %d", match, got.StatusCode, status)
		}
	}
	if other := get(assets, "GET", AssetsPath+"api.js", nil).Header.Get("ETag"); other == etag {
		t.Error("two files share an ETag")
	}
}

func TestVersionFollowsContent(t *testing.T) {
	a, b := &Site{assets: map[string]asset{}}, &Site{assets: map[string]asset{}}
	dir := t.TempDir()
	write := func(content string) {
		if err := os.WriteFile(path.Join(dir, "app.js"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("1")
	if err := a.readAssets(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	write("2")
	if err := b.readAssets(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if a.version == b.version {
		t.Error("other bytes have the same version, but may be cached for ever")
	}
}

// Every address that a file of ours names must exist, or the page breaks in the browser only.
func TestReferences(t *testing.T) {
	references := map[string]*regexp.Regexp{
		".js":   regexp.MustCompile(`from "(\.\.?/[\w./]+)"`),
		".html": regexp.MustCompile(`\{\{\.Base}}([\w./]+)`),
	}
	icons := readFile(t, Files(), "icons.svg")
	for _, where := range []fs.FS{Files(), pages} {
		walk(t, where, func(name, body string) {
			if pattern := references[path.Ext(name)]; pattern != nil {
				for _, match := range pattern.FindAllStringSubmatch(body, -1) {
					file := match[1]
					if path.Ext(name) == ".js" {
						file = path.Join(path.Dir(name), file)
					}
					if _, err := fs.Stat(Files(), file); err != nil {
						t.Errorf("%s refers to %s: %v", name, match[1], err)
					}
				}
			}
			for _, match := range regexp.MustCompile(`(?:\bicon\("|icons\.svg#)([\w-]+)"`).FindAllStringSubmatch(body, -1) {
				if !strings.Contains(icons, `id="`+match[1]+`"`) {
					t.Errorf("%s uses icon %q, which is not drawn", name, match[1])
				}
			}
		})
	}
}

func TestModulesStaySmallAndSafe(t *testing.T) {
	unsafe := regexp.MustCompile(`\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b|style="`)
	walk(t, Files(), func(name, body string) {
		if lines := strings.Count(body, "\n"); path.Ext(name) == ".js" && lines > 200 {
			t.Errorf("%s has %d lines", name, lines)
		}
		if found := unsafe.FindString(body); found != "" {
			t.Errorf("%s holds %s", name, found)
		}
	})
}

func TestWordsHaveEqualKeys(t *testing.T) {
	site := newSite(t)
	en, zh := site.words[English], site.words[Chinese]
	if len(en) == 0 {
		t.Fatal("no English words")
	}
	hole := regexp.MustCompile(`\{\w+}`)
	for _, key := range slices.Sorted(maps.Keys(en)) {
		translated, ok := zh[key]
		if !ok {
			t.Errorf("%s is missing in Chinese", key)
			continue
		}
		a, b := hole.FindAllString(en[key], -1), hole.FindAllString(translated, -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%s has the places %v in English, %v in Chinese", key, a, b)
		}
		if strings.TrimSpace(en[key]) == "" || strings.TrimSpace(translated) == "" {
			t.Errorf("%s is empty", key)
		}
	}
	for key := range zh {
		if _, ok := en[key]; !ok {
			t.Errorf("%s is missing in English", key)
		}
	}
}

// Every text that a module asks for is there, and every text is asked for.
func TestWordsAreUsed(t *testing.T) {
	words := newSite(t).words[English]
	var all strings.Builder
	for _, where := range []fs.FS{Files(), pages} {
		walk(t, where, func(name, body string) {
			if path.Ext(name) != ".json" {
				all.WriteString(body)
			}
		})
	}
	source := all.String()
	for _, match := range regexp.MustCompile(`(?:\bt\("|\.T ")([\w.]+)"`).FindAllStringSubmatch(source, -1) {
		if _, ok := words[match[1]]; !ok {
			t.Errorf("no text for %q", match[1])
		}
	}
	// Keys that modules put together: error.CODE.title, results.none.text, gender.VALUE and so on.
	composed := regexp.MustCompile(`^(error|availability|gender|age_group|results\.(way|none|empty|shown)|product|photo\.frame|chat\.(measure|status|sure|thumb|order|unread))\.`)
	for key := range words {
		if !strings.Contains(source, `"`+key+`"`) && !composed.MatchString(key) {
			t.Errorf("%s is never used", key)
		}
	}
}

func TestWordsCoverTheContract(t *testing.T) {
	words := newSite(t).words[English]
	for _, code := range []string{"malformed", "unauthenticated", "forbidden", "not_found", "conflict", "too_large",
		"unsupported_media", "invalid", "rate_limited", "unavailable", "timeout", "internal", "offline", "network"} {
		for _, part := range []string{"title", "text"} {
			if words["error."+code+"."+part] == "" {
				t.Errorf("error.%s.%s is missing", code, part)
			}
		}
	}
	for _, availability := range []string{"in_stock", "out_of_stock", "preorder", "backorder"} {
		if words["availability."+availability] == "" {
			t.Errorf("availability.%s is missing", availability)
		}
	}
}

func TestReadWordsRefusesWhatIsNoTable(t *testing.T) {
	if _, err := readWords(os.DirFS(t.TempDir())); err == nil {
		t.Error("no error without files")
	}
	dir := t.TempDir()
	if err := os.Mkdir(path.Join(dir, "strings"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path.Join(dir, "strings/en.json"), []byte(`{"a":{}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readWords(os.DirFS(dir)); err == nil || !strings.Contains(err.Error(), "strings/en.json") {
		t.Errorf("error %v does not name the file", err)
	}
}

func walk(t *testing.T, files fs.FS, visit func(name, body string)) {
	t.Helper()
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			visit(name, readFile(t, files, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, files fs.FS, name string) string {
	t.Helper()
	body, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// configOf reads the page's configuration back as a browser does.
func configOf(t *testing.T, page string) config {
	t.Helper()
	match := regexp.MustCompile(`<meta name="honeyguide" content="([^"]*)">`).FindStringSubmatch(page)
	if match == nil {
		t.Fatal("the page has no configuration")
	}
	var got config
	if err := json.Unmarshal([]byte(unescape(match[1])), &got); err != nil {
		t.Fatal(err)
	}
	return got
}
