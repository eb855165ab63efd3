package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "honeyguide"

// mayImport says which of our packages each package may import. A package that
// is missing here is an error, so that every new one is thought about.
var mayImport = map[string][]string{
	".":                               {"*"},
	"api":                             {"assistant", "assistant/*", "catalog/orders", "catalog/promotions", "desk", "catalog", "catalog/feed", "catalog/index", "catalog/money", "catalog/query", "db", "embed", "embed/photo", "outfit", "packs", "web"},
	"assistant":                       {"assistant/*", "catalog", "catalog/*", "embed/photo", "outfit", "packs"},
	"assistant/conversation":          {"catalog", "catalog/words", "db"},
	"assistant/intent":                {"catalog/words"},
	"assistant/llm":                   {"assistant/llm/*", "breaker", "catalog", "catalog/money", "db"},
	"assistant/llm/llmtest":           {},
	"assistant/llm/llmtest/serve":     {"assistant/llm/llmtest"},
	"assistant/llm/truth":             {"catalog/money", "catalog/words"},
	"assistant/slot":                  {"catalog/words", "packs"},
	"breaker":                         {},
	"catalog":                         {"catalog/*", "db", "embed", "embed/photo", "packs"},
	"catalog/feed":                    {"catalog/money", "catalog/words"},
	"catalog/encoders":                {"embed"},
	"catalog/fetch":                   {"catalog/money", "catalog/words"},
	"catalog/index":                   {},
	"catalog/index/indextest":         {"catalog/index"},
	"catalog/index/local":             {"catalog/index"},
	"catalog/index/qdrant":            {"catalog/index"},
	"catalog/index/qdrant/qdranttest": {},
	"catalog/money":                   {},
	"catalog/query":                   {"catalog/money", "catalog/words", "packs"},
	"catalog/words":                   {},
	"catalog/orders":                  {"breaker", "catalog", "catalog/words", "db"},
	"catalog/promotions":              {"catalog", "catalog/money", "db", "packs"},
	"db":                              {},
	"demo":                            {},
	"desk":                            {"assistant", "assistant/*", "catalog", "catalog/money", "catalog/orders", "catalog/words"},
	"embed":                           {},
	"embed/builtin":                   {"embed", "embed/photo"},
	"embed/embedtest":                 {"embed"},
	"embed/hub":                       {"breaker"},
	"embed/onnx":                      {"embed", "embed/photo"},
	"embed/openai":                    {"breaker", "embed", "embed/photo"},
	"embed/openai/openaitest":         {},
	"embed/photo":                     {},
	"eval":                            {"catalog/index", "catalog/index/local", "catalog/words", "embed", "embed/photo"},
	"eval/sets":                       {"eval"},
	"eval/turns":                      {"*"},
	"outfit":                          {"catalog", "catalog/money", "catalog/query", "catalog/words", "embed", "embed/photo", "packs"},
	"packs":                           {},
	"web":                             {},
}

// onlyIn confines other modules, by the start of their import paths.
var onlyIn = map[string][]string{
	"github.com/labstack/echo":             {"api"},
	"github.com/danielgtaylor/huma":        {"api"},
	"github.com/disintegration/imaging":    {"embed/photo"},
	"modernc.org/sqlite":                   {"db"},
	"github.com/jackc/pgx":                 {"db"},
	"github.com/lib/pq":                    {"db"},
	"github.com/pressly/goose":             {"db"},
	"github.com/sashabaranov/go-openai":    {"assistant/llm", "embed/openai"},
	"github.com/yalue/onnxruntime_go":      {"embed/onnx"},
	"github.com/qdrant/go-client":          {"catalog/index/qdrant", "catalog/index/qdrant/qdranttest"},
	"google.golang.org/grpc":               {"catalog/index/qdrant", "catalog/index/qdrant/qdranttest"},
	"github.com/alecthomas/kong":           {"."},
	"github.com/schollz/progressbar":       {"."},
	"github.com/prometheus/client_golang/": {"api"},
}

// The proportions that keep the code readable.
const (
	maxFileLines     = 500
	maxFunctionLines = 60
)

// sourceFile is a Go file of the repository that is no test.
type sourceFile struct {
	name   string // from the root
	folder string // of the package
	*ast.File
}

// sources reads all Go files but tests; bench, a module of its own, is among them.
func sources(t *testing.T, files *token.FileSet) []sourceFile {
	t.Helper()
	var all []sourceFile
	err := filepath.WalkDir(".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && name != "." && (strings.HasPrefix(e.Name(), ".") || e.Name() == "testdata") {
			return fs.SkipDir
		}
		if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		name = filepath.ToSlash(name)
		all = append(all, sourceFile{name, path.Dir(name), parsed})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("%d files: this is not the repository's root", len(all))
	}
	return all
}

func TestImports(t *testing.T) {
	for _, f := range sources(t, token.NewFileSet()) {
		if strings.HasPrefix(f.folder, "bench") {
			continue
		}
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if fault := checkImport(f.folder, imported); fault != "" {
				t.Errorf("%s: %s", f.name, fault)
			}
		}
	}
}

// checkImport says what is wrong with a package's import, or nothing.
func checkImport(from, imported string) string {
	if own, ok := strings.CutPrefix(imported, module+"/"); ok {
		allowed, known := mayImport[from]
		if !known {
			return fmt.Sprintf("the package %s is not in the table of imports", from)
		}
		if !slices.ContainsFunc(allowed, func(pattern string) bool { return matches(pattern, own) }) {
			return fmt.Sprintf("%s may not import %s", from, own)
		}
		return ""
	}
	for prefix, folders := range onlyIn {
		if strings.HasPrefix(imported, prefix) && !slices.Contains(folders, from) {
			return fmt.Sprintf("%s is only for %s", imported, strings.Join(folders, " and "))
		}
	}
	return ""
}

func matches(pattern, name string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(name, prefix)
	}
	return pattern == name
}

func TestImportRulesBite(t *testing.T) {
	for _, c := range []struct {
		from, imported string
		allowed        bool
	}{
		{"api", "honeyguide/catalog", true},
		{"catalog", "honeyguide/api", false},
		{"catalog/feed", "honeyguide/catalog/query", false},
		{"catalog/feed", "honeyguide/catalog/money", true},
		{"embed/photo", "honeyguide/embed", false},
		{"nowhere", "honeyguide/catalog", false},
		{"api", "github.com/labstack/echo/v4", true},
		{"catalog", "github.com/labstack/echo/v4", false},
		{"demo", "github.com/disintegration/imaging", false},
		{"catalog", "modernc.org/sqlite", false},
		{"db", "modernc.org/sqlite", true},
		{"web", "html/template", true},
	} {
		if got := checkImport(c.from, c.imported); (got == "") != c.allowed {
			t.Errorf("%s imports %s: %q", c.from, c.imported, got)
		}
	}
}

func TestProportions(t *testing.T) {
	files := token.NewFileSet()
	for _, f := range sources(t, files) {
		if n := files.File(f.Pos()).LineCount(); n > maxFileLines {
			t.Errorf("%s has %d lines, at most %d", f.name, n, maxFileLines)
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			fn, ok := n.(*ast.FuncDecl)
			if !ok {
				return true
			}
			lines := files.Position(fn.End()).Line - files.Position(fn.Pos()).Line + 1
			if lines > maxFunctionLines {
				t.Errorf("%s: %s has %d lines, at most %d", files.Position(fn.Pos()), fn.Name.Name, lines, maxFunctionLines)
			}
			return true
		})
	}
}

func TestEveryPackageIsDescribed(t *testing.T) {
	described := map[string]bool{}
	for _, f := range sources(t, token.NewFileSet()) {
		described[f.folder] = described[f.folder] || f.Doc != nil
	}
	for folder, ok := range described {
		if !ok {
			t.Errorf("the package in %s has no comment", folder)
		}
	}
}

// Methods whose meaning everybody knows need no words.
var wellKnown = []string{"Error", "String", "Len", "Less", "Swap"}

func TestExportedNamesAreDescribed(t *testing.T) {
	files := token.NewFileSet()
	for _, f := range sources(t, files) {
		for _, decl := range f.Decls {
			for _, name := range undescribed(decl) {
				t.Errorf("%s: %s has no comment", files.Position(name.Pos()), name.Name)
			}
		}
	}
}

// undescribed lists the exported names of a declaration that no comment describes.
func undescribed(decl ast.Decl) []*ast.Ident {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) && !(d.Recv != nil && slices.Contains(wellKnown, d.Name.Name)) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		var names []*ast.Ident
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
					names = append(names, s.Name)
				}
			case *ast.ValueSpec:
				if s.Doc != nil || s.Comment != nil || d.Doc != nil {
					continue
				}
				names = append(names, slices.DeleteFunc(slices.Clone(s.Names), func(n *ast.Ident) bool { return !n.IsExported() })...)
			}
		}
		return names
	}
	return nil
}

// exportedReceiver reports whether a function's method set can be seen outside.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	kind := d.Recv.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	if generic, ok := kind.(*ast.IndexExpr); ok {
		kind = generic.X
	}
	name, ok := kind.(*ast.Ident)
	return !ok || name.IsExported()
}

// The repository says nothing about the machine or the way it was written.
func TestNoAbsolutePaths(t *testing.T) {
	for _, f := range sources(t, token.NewFileSet()) {
		data, err := os.ReadFile(f.name)
		if err != nil {
			t.Fatal(err)
		}
		for _, stem := range []string{"/wor" + "k/", "/hom" + "e/", "/roo" + "t/"} {
			if strings.Contains(string(data), stem) {
				t.Errorf("%s names an absolute path: %s", f.name, stem)
			}
		}
	}
}
