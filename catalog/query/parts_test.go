package query

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestMentions(t *testing.T) {
	v := NewVocabulary(loadPacks(t), "USD", readStore(t))
	tests := []struct {
		text string
		want []Mention
	}{
		{"Red dress, not Nike", []Mention{{Color, "red", "red", false, ""}, {Category, "dresses", "dress", false, ""}, {Brand, "Nike, 耐克", "nike", true, ""}}},
		{"teal boots", []Mention{{Color, "green", "teal", false, Widened}, {Category, "shoes", "boots", false, Widened}}},
		{"striped sofa", []Mention{{Pattern, "striped", "striped", false, Soft}, {Category, "furniture.sofas", "sofa", false, Absent}}},
		{"under €30", []Mention{{Price, "EUR", "under €30", false, ForeignCurrency}}},
		{"gift for my wife", []Mention{{Gender, "female", "wife", false, Soft}}},
		{"size 55", []Mention{{Size, "size 55", "size 55", false, Absent}}},
		{"5歲女孩", []Mention{{AgeGroup, "kids", "5岁", false, ""}, {Gender, "female", "女孩", false, ""}, {AgeGroup, "kids", "女孩", false, ""}}},
		{"nothing special here", nil},
	}
	for _, tt := range tests {
		got := v.Understand(tt.text).Mentions
		if !sameMentions(got, tt.want) {
			t.Errorf("%q:\n got %+v\nwant %+v", tt.text, got, tt.want)
		}
	}
}

// sameMentions compares without regard to the order of mentions of the same words.
func sameMentions(a, b []Mention) bool {
	if len(a) != len(b) {
		return false
	}
	for _, m := range a {
		if !slices.Contains(b, m) {
			return false
		}
	}
	return true
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"": "en", "red dress": "en", "红色裙子": "zh", "红色 dress under 500": "zh", "I want 耐克 shoes please": "en",
		"T恤": "zh", "12345": "en", "ドレス": "en", "紅色": "zh",
	} {
		if got := language(text); got != want {
			t.Errorf("language(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestShorten(t *testing.T) {
	long := strings.Repeat("红", 2*MaxRunes)
	if got := shorten(long); utf8.RuneCountInString(got) != MaxRunes {
		t.Errorf("%d runes left, want %d", utf8.RuneCountInString(got), MaxRunes)
	}
	if got := shorten("red"); got != "red" {
		t.Errorf("shorten(red) = %q", got)
	}
}

func TestOneAway(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"dress", "dres", true}, {"dress", "drress", true}, {"dress", "dross", true}, {"dress", "drses", true},
		{"dress", "dress", false}, {"dress", "dre", false}, {"dress", "sserd", false}, {"black", "blcka", false}, {"", "a", true},
	}
	for _, tt := range tests {
		if oneAway(tt.a, tt.b) != tt.want || oneAway(tt.b, tt.a) != tt.want {
			t.Errorf("oneAway(%q, %q) is not %v both ways", tt.a, tt.b, tt.want)
		}
	}
}

func TestDigits(t *testing.T) {
	for text, want := range map[string]float64{
		"50": 50, "1,299.50": 1299.5, "1.299,50": 1299.5, "2,000": 2000, "1.299": 1299, "12,5": 12.5, "0.999": .999,
		"1,00,000": 100000, "99.99": 99.99, "1.000.000": 1e6,
	} {
		if got, ok := digits(text); !ok || got != want {
			t.Errorf("digits(%q) = %v, %v; want %v", text, got, ok, want)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	v := NewVocabulary(loadPacks(t), "USD", nil)
	for text, want := range map[string]float64{
		"一百二": 120, "一百零二": 102, "三百五": 350, "一千五百": 1500, "两万三": 23000, "十五": 15, "二十": 20, "一万二千三百": 12300, "十万": 100000,
		"2万": 20000, "1万5": 15000, "1.5k": 1500, "3千": 3000, "fifty": 50, "twenty five": 25, "twenty-five": 25, "a hundred": 100,
		"two hundred and fifty": 250, "three thousand": 3000, "1 lakh": 100000,
	} {
		s := newSentence(v, text)
		if got, end, _, ok := s.numberAt(0); !ok || got != want || end != len(s.tokens) {
			t.Errorf("%q reads as %v up to token %d, %v; want %v", text, got, end, ok, want)
		}
	}
	for _, text := range []string{"一款", "shoes", "one", "and", "百褶裙"} {
		if got, _, _, ok := newSentence(v, text).numberAt(0); ok {
			t.Errorf("%q reads as %v", text, got)
		}
	}
}

func TestStoresDecideWhatFilters(t *testing.T) {
	p := loadPacks(t)
	empty := NewVocabulary(p, "USD", nil).Understand("red cotton nike dress size M for women")
	if f := empty.Filters; f.Category != "" || f.Colors != nil || f.Sizes != nil || f.Gender != "" {
		t.Errorf("an empty store filters: %+v", f)
	}
	if !strings.Contains(empty.Rest, "red") || !strings.Contains(empty.Rest, "dress") {
		t.Errorf("words without products do not rank: %q", empty.Rest)
	}
	full := NewVocabulary(p, "USD", map[string]map[string]int{
		"availability": {"in_stock": 10}, Material: {"cotton": 6}, Pattern: {"striped": 2, "self design": 4},
	})
	q := full.Understand("cotton self design")
	if !slices.Equal(q.Filters.Materials, []string{"cotton"}) || !slices.Equal(q.Filters.Patterns, []string{"self design"}) {
		t.Errorf("common values and the store's own do not filter: %+v", q.Filters)
	}
}

// A name whose category the store lacks stands for the category that its last
// words name, where the store has that one and it says more.
func TestLastWordsOfNames(t *testing.T) {
	counts := map[string]map[string]int{Category: {"shoes": 20, "shoes.boots": 9, "shoes.sports": 11, "outerwear": 3, "outerwear.coats": 3, "pets": 2}}
	v := NewVocabulary(loadPacks(t), "USD", counts)
	for text, want := range map[string]string{
		"winter boots": "shoes.boots", "hiking boots": "shoes.boots", "雪地靴": "shoes.boots", "trail shoes": "shoes",
		"sandals": "shoes", "dog coat": "pets", "boots": "shoes.boots",
	} {
		if q := v.Understand(text); q.Filters.Category != want {
			t.Errorf("%s is %q, want %q", text, q.Filters.Category, want)
		}
	}
}

// Words for several categories rule all of them out, and ask for none.
func TestGroups(t *testing.T) {
	v := NewVocabulary(loadPacks(t), "USD", readStore(t))
	for _, text := range []string{"no clothes please", "不要衣服", "别送衣服", "anything but clothing", "no shoes or clothes", "不要鞋子和衣服"} {
		got := v.Understand(text).Not.Categories
		for _, want := range []string{"tops", "bottoms", "dresses", "outerwear", "sleepwear"} {
			if !slices.Contains(got, want) {
				t.Errorf("%s rules out %v, not %s", text, got, want)
			}
		}
	}
	for _, text := range []string{"clothes", "买点衣服", "衣服有没有红色的"} {
		if q := v.Understand(text); q.Not.Categories != nil || q.Filters.Category != "" || !strings.Contains(q.Rest, "clothes") && !strings.Contains(q.Rest, "衣服") {
			t.Errorf("%s: %+v, rest %q", text, q.Filters, q.Rest)
		}
	}
	for of := range groups {
		for part := range strings.FieldsSeq(of) {
			_, isCategory := v.packs.Category(part)
			if _, isPack := v.packs.Pack(part); !isPack && !isCategory {
				t.Errorf("%s is no pack and no category", part)
			}
		}
	}
}

func TestExclusionsTogether(t *testing.T) {
	a, b := Exclusions{Colors: []string{"red"}, Sizes: []string{"M"}}, Exclusions{Colors: []string{"red", "pink"}, Brands: []string{"Nike"}}
	got := a.With(b)
	want := Exclusions{Colors: []string{"red", "pink"}, Sizes: []string{"M"}, Brands: []string{"Nike"}}
	if fmt.Sprint(got) != fmt.Sprint(want) || len(a.Colors) != 1 {
		t.Errorf("got %+v, want %+v; a is now %+v", got, want, a)
	}
}

// Stores share the names of the packs and keep their own values apart.
func TestSharedNames(t *testing.T) {
	n := NewNames(loadPacks(t))
	one := n.Vocabulary("GBP", map[string]map[string]int{Pattern: {"self design": 5}, Brand: {"Zorro": 5}, Category: {"hats": 5}}, nil)
	two := n.Vocabulary("USD", map[string]map[string]int{Pattern: {"striped": 5}, Brand: {"Zebra": 5}, Category: {"bags": 5}}, nil)
	if q := one.Understand("self design zorro hta 30 pounds"); q.Filters.Patterns == nil || q.Filters.Brands == nil || q.Filters.Category != "hats" || q.Filters.PriceMax == nil {
		t.Errorf("the first store understands %+v", q.Filters)
	}
	if q := two.Understand("self design zorro hta 30 pounds"); q.Filters.Patterns != nil || q.Filters.Brands != nil || q.Filters.Category != "" || q.Filters.PriceMax != nil {
		t.Errorf("the second store understands %+v", q.Filters)
	}
}

func TestConcurrentUse(t *testing.T) {
	v := NewVocabulary(loadPacks(t), "USD", readStore(t))
	done := make(chan string)
	for range 4 {
		go func() { done <- fmt.Sprint(v.Understand("红色 nike dress under 500, not black").Filters.Colors) }()
	}
	for range 4 {
		if got := <-done; got != "[red]" {
			t.Errorf("got %s", got)
		}
	}
}

// TestShoppingRequests reads 12,087 requests in people's own words. None of
// them names a price, though many hold numbers, sizes and words like "under"
// and "about"; so a price filter there is a mistake.
func TestShoppingRequests(t *testing.T) {
	requests := readRequests(t)
	v := NewVocabulary(loadPacks(t), "USD", readStore(t))
	prices, found := 0, map[string]int{}
	for _, text := range requests {
		q := v.Understand(text)
		if q.Filters.PriceMin != nil || q.Filters.PriceMax != nil {
			prices++
		}
		seen := map[string]bool{}
		for _, m := range q.Mentions {
			if !seen[m.Field] {
				seen[m.Field] = true
				found[m.Field]++
			}
		}
	}
	t.Logf("of %d requests %d have a price by mistake; fields named: %v", len(requests), prices, found)
	if prices > len(requests)/1000 {
		t.Errorf("%d of %d requests have a price, want at most one in a thousand", prices, len(requests))
	}
	if found[Category] < len(requests)/2 {
		t.Errorf("a category is seen in %d of %d requests only", found[Category], len(requests))
	}
}

func readRequests(t *testing.T) []string {
	t.Helper()
	folders := []string{os.Getenv("HONEYGUIDE_DATA_SETS")}
	for up := ".."; len(up) < 20; up = filepath.Join(up, "..") {
		folders = append(folders, filepath.Join(up, "shared", "data"))
	}
	for _, folder := range folders {
		f, err := os.Open(filepath.Join(folder, "shopping_requests_en.json.gz"))
		if err != nil {
			continue
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		var requests []string
		if err := json.NewDecoder(z).Decode(&requests); err != nil {
			t.Fatal(err)
		}
		return requests
	}
	t.Skip("shopping_requests_en.json.gz is absent: set HONEYGUIDE_DATA_SETS to the folder of the data sets")
	return nil
}

func FuzzUnderstand(f *testing.F) {
	text, err := os.ReadFile("testdata/requests.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if request, _, ok := strings.Cut(line, "=>"); ok {
			f.Add(strings.TrimSpace(request))
		}
	}
	f.Add(strings.Repeat("not black or ", 1000))
	f.Add(strings.Repeat("between 5 and ", 1000))
	f.Add("\xff\xfe$\x00一万")
	v := NewVocabulary(loadPacks(f), "USD", readStore(f))
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		q := v.Understand(text)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
		if q.Text != text || !utf8.ValidString(q.Rest) {
			t.Errorf("text or rest are damaged: %q", q.Rest)
		}
		if lo, hi := q.Filters.PriceMin, q.Filters.PriceMax; lo != nil && *lo < 0 || hi != nil && *hi < 0 {
			t.Errorf("negative price in %+v", q.Filters)
		}
		for _, c := range append(slices.Clone(q.Filters.Colors), q.Not.Colors...) {
			if _, ok := v.packs.Color(c); !ok {
				t.Errorf("unknown colour %q", c)
			}
		}
	})
}

func BenchmarkUnderstand(b *testing.B) {
	counts := readStore(b)
	for i := range 500 {
		counts[Brand][fmt.Sprintf("Brand%c%c House", 'a'+i%26, 'a'+i/26)] = 1
	}
	v := NewVocabulary(loadPacks(b), "USD", counts)
	for name, text := range map[string]string{
		"short":   "red nike dress under $500, not black, size M",
		"chinese": "我想买一条红色的连衣裙，200元以内，不要黑色，M码",
		"longest": strings.Repeat("im looking for quick drying runing shorts in light grey ", 10),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				v.Understand(text)
			}
		})
	}
}

// BenchmarkVocabulary makes what is a store's own; the names are shared.
func BenchmarkVocabulary(b *testing.B) {
	n, counts := NewNames(loadPacks(b)), readStore(b)
	for b.Loop() {
		n.Vocabulary("USD", counts, nil)
	}
}

func BenchmarkNewNames(b *testing.B) {
	p := loadPacks(b)
	for b.Loop() {
		NewNames(p)
	}
}

func TestMerchantsOwnNames(t *testing.T) {
	v := NewNames(loadPacks(t)).Vocabulary("USD", map[string]map[string]int{Category: {"shoes": 5, "shoes.sports": 5, "bags": 5, "tops": 3}},
		map[string][]string{"shoes.sports": {"kickers", "跑鞋王"}, "bags": {"tops"}})
	for text, want := range map[string]string{"red kickers": "shoes.sports", "跑鞋王 100以内": "shoes.sports", "tops": "bags", "shoes": "shoes"} {
		if got := v.Understand(text).Filters.Category; got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
