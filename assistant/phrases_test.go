package assistant

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// literals are all strings in the package's own source.
func literals(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					all[s] = true
				}
			}
			return true
		})
	}
	return all
}

func TestPhrases(t *testing.T) {
	all, err := readPhrases()
	if err != nil {
		t.Fatal(err)
	}
	used := literals(t)
	place := regexp.MustCompile(`\{[a-z_]+\}`)
	for key, languages := range all {
		if !used[key] && !strings.HasPrefix(key, "status-") && !strings.HasPrefix(key, "kind-") && !strings.HasPrefix(key, "field-") {
			t.Errorf("%s is said nowhere", key)
		}
		if got := slices.Sorted(maps.Keys(languages)); !slices.Equal(got, []string{"en", "zh"}) {
			t.Errorf("%s is in %v, want en and zh", key, got)
		}
		var want []string
		for language, wordings := range languages {
			if len(wordings) == 0 {
				t.Errorf("%s has no wording in %s", key, language)
			}
			for _, wording := range wordings {
				places := place.FindAllString(wording, -1)
				slices.Sort(places)
				if want == nil {
					want = append([]string{}, places...)
				}
				if key != "gifts" && key != "found" && !slices.Equal(places, want) && len(wordings) == 1 {
					t.Errorf("%s in %s has the values %v, elsewhere %v", key, language, places, want)
				}
			}
		}
	}
	for s := range used {
		for _, prefix := range []string{"chip-", "ask-", "found-", "order-", "size-", "gift-", "promotion-", "fact-", "photo-", "outfit-", "compare-"} {
			if strings.HasPrefix(s, prefix) && len(s) > len(prefix) && !strings.ContainsAny(s, " _.:") && all[s] == nil {
				t.Errorf("there is no phrase %q", s)
			}
		}
	}
}

func TestSay(t *testing.T) {
	p := phrases{"hi": {"en": {"Hello {who}.", "Hi {who}!"}, "zh": {"{who}好"}}}
	for n, want := range []string{"Hello Ann.", "Hi Ann!", "Hello Ann."} {
		if got := p.say("en", "hi", n, "who", "Ann"); got != want {
			t.Errorf("say %d: %q, want %q", n, got, want)
		}
	}
	if got := p.say("zh", "hi", 5, "who", "您"); got != "您好" {
		t.Error(got)
	}
}
