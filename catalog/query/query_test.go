package query

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"honeyguide/catalog/money"
	"honeyguide/packs"
)

func loadPacks(t testing.TB) *packs.Packs {
	t.Helper()
	p, err := packs.Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// readStore reads the values of a store from testdata/store.txt: a field, then
// its values with how many products carry each.
func readStore(t testing.TB) map[string]map[string]int {
	t.Helper()
	text, err := os.ReadFile("testdata/store.txt")
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]map[string]int{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		field, values, ok := strings.Cut(line, ":")
		if line == "" || line[0] == '#' || !ok {
			continue
		}
		if counts[field] == nil {
			counts[field] = map[string]int{}
		}
		for value := range strings.SplitSeq(values, ",") {
			name, n, _ := strings.Cut(value, "=")
			count, err := strconv.Atoi(strings.TrimSpace(n))
			if err != nil {
				t.Fatalf("store.txt: %q: %v", value, err)
			}
			counts[field][strings.TrimSpace(name)] = count
		}
	}
	return counts
}

// TestRequests checks testdata/requests.txt, whose head explains its form.
func TestRequests(t *testing.T) {
	text, err := os.ReadFile("testdata/requests.txt")
	if err != nil {
		t.Fatal(err)
	}
	p, counts := loadPacks(t), readStore(t)
	v, currency, cases := NewVocabulary(p, "USD", counts), "USD", 0
	for number, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if code, ok := strings.CutPrefix(line, "currency "); ok {
			currency = code
			v = NewVocabulary(p, code, counts)
			continue
		}
		request, want, ok := strings.Cut(line, "=>")
		if !ok {
			t.Fatalf("requests.txt:%d: no => in %q", number+1, line)
		}
		cases++
		q := v.Understand(strings.TrimSpace(request))
		var wanted []string
		for part := range strings.SplitSeq(want, ";") {
			if part = strings.TrimSpace(part); part != "" {
				wanted = append(wanted, part)
			}
		}
		got := describe(q, currency, wanted)
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Errorf("requests.txt:%d: %s\n got %s\nwant %s\nrest %q", number+1, request, strings.Join(got, "; "), strings.Join(wanted, "; "), q.Rest)
		}
	}
	if cases < 150 {
		t.Errorf("only %d cases, want 150", cases)
	}
}

// describe writes a query as requests.txt does. The rest and language are
// described only where wanted.
func describe(q Query, currency string, wanted []string) []string {
	var parts []string
	add := func(field string, values ...string) {
		for _, value := range values {
			if value != "" {
				parts = append(parts, field+"="+value)
			}
		}
	}
	f, e := q.Filters, q.Not
	add(Category, f.Category)
	add(Brand, f.Brands...)
	add(Color, f.Colors...)
	add(Size, f.Sizes...)
	add(Gender, f.Gender)
	add("age", f.AgeGroup)
	add(Season, f.Seasons...)
	add(Occasion, f.Occasions...)
	add(Pattern, f.Patterns...)
	add(Material, f.Materials...)
	for name, limit := range map[string]*int64{"min": f.PriceMin, "max": f.PriceMax} {
		if limit != nil {
			add(name, strings.TrimSuffix(money.Decimal(money.Money{Amount: *limit, Currency: currency}), ".00"))
		}
	}
	if f.InStock != nil {
		add("stock", fmt.Sprint(*f.InStock))
	}
	add("!category", e.Categories...)
	add("!brand", e.Brands...)
	add("!color", e.Colors...)
	add("!size", e.Sizes...)
	add("!gender", e.Genders...)
	add("!age", e.AgeGroups...)
	add("!season", e.Seasons...)
	add("!occasion", e.Occasions...)
	add("!pattern", e.Patterns...)
	add("!material", e.Materials...)
	for _, m := range q.Mentions {
		if m.Note != "" && m.Note != Soft {
			add(string(m.Note), m.Field)
		}
	}
	for _, want := range wanted {
		if strings.HasPrefix(want, "rest=") {
			parts = append(parts, "rest="+q.Rest)
		}
		if strings.HasPrefix(want, "language=") {
			parts = append(parts, "language="+q.Language)
		}
	}
	slices.Sort(parts)
	return parts
}
