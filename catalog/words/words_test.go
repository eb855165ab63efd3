package words

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":               "",
		"Red DRESS":      "red dress",
		"Café crème":     "cafe creme",
		"ＡＢＣ１２３":         "abc123",
		"連衣裙 藍色 T恤":      "连衣裙 蓝色 t恤",
		"歲 鞋 圍巾 襯衫":      "岁 鞋 围巾 衬衫",
		"Levi’s `x`":     "levi's 'x'",
		"ﬁne":            "fine",
		"ガラス":            "ガラス",
		"Ёлка":           "елка",
		"a\xffb":         "a\uFFFDb",
		"İstanbul":       "istanbul",
		"Crème\u00a0Brû": "creme bru",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTerms(t *testing.T) {
	tests := []struct {
		text string
		want string
	}{
		{"", ""},
		{"The Red Dresses", "red dress"},
		{"t-shirt", "tshirt"},
		{"T shirts", "tshirt"},
		{"tshirts", "tshirt"},
		{"low-top sneakers", "low lowtop top sneaker"},
		{"V-neck", "vneck"},
		{"women's shoes", "woman shoe"},
		{"womens shoes", "woman shoe"},
		{"Levi's 501", "levis 501"},
		{"levis", "levis"},
		{"16 GB card", "16 16gb card"},
		{"16gb card", "16 16gb card"},
		{"1,299.50", "1299.50"},
		{"sizes 3,4,5", "size 3 4 5"},
		{"2.5 oz", "2.5 2.5oz"},
		{"H&M", "h hm m"},
		{"glass bus tennis", "glass bus tennis"},
		{"accessories knives boxes", "accessory knife box"},
		{"连衣裙", "连衣 衣裙"},
		{"包", "包"},
		{"红色的裙子", "红色 裙子"},
		{"藍色T恤", "蓝色 t恤"},
		{"T恤", "t恤"},
		{"500ml保温杯", "500 500ml 保温 温杯"},
		{"and", "and"},
		{"AND dress", "dress"},
		{"的", ""},
		{"red, blue.green/black", "red blue green black"},
		{"ドレス", "ドレ レス"},
		{"don't", "dont"},
		{"🙂", ""},
	}
	for _, tt := range tests {
		if got := strings.Join(Terms(tt.text), " "); got != tt.want {
			t.Errorf("Terms(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestSpellingsMeet(t *testing.T) {
	for _, pair := range [][2]string{
		{"hand bag", "handbag"}, {"harley davidson", "Harley-Davidson"}, {"T-Shirts", "tshirt"}, {"運動鞋", "运动鞋"},
		{"16 gb", "16GB"}, {"children's book", "childrens books"}, {"flip flops", "flip-flop"},
	} {
		a, _ := Sparse(Field{Text: pair[0], Weight: 1, Pairs: true})
		b, _ := Sparse(Field{Text: pair[1], Weight: 1, Pairs: true})
		if !slices.ContainsFunc(a, func(term uint32) bool { return slices.Contains(b, term) }) {
			t.Errorf("%q and %q share no term", pair[0], pair[1])
		}
	}
}

func TestSparse(t *testing.T) {
	terms, weights := Sparse(Field{Text: "red dress", Weight: 2, Pairs: true}, Field{Text: "A red, red dress", Weight: 1})
	want := map[uint32]float32{Hash("red"): 4, Hash("dress"): 3, Hash("reddress"): 2}
	if len(terms) != len(want) || !slices.IsSorted(terms) {
		t.Fatalf("got terms %v", terms)
	}
	for i, term := range terms {
		if weights[i] != want[term] {
			t.Errorf("term %d has weight %v, want %v", term, weights[i], want[term])
		}
	}
	if terms, weights := Sparse(); terms != nil || weights != nil {
		t.Errorf("no fields give %v, %v", terms, weights)
	}
}

// TestDocument checks what BM25 is for: a word said again counts less than
// twice, one of a longer text less than one of a shorter.
func TestDocument(t *testing.T) {
	weight := func(text, term string) float64 {
		terms, weights := Document(Field{Text: text, Weight: 1})
		return float64(weights[slices.Index(terms, Hash(term))])
	}
	// tf 2, length 3: 2·2.2 / (2 + 1.2·(0.25 + 0.75·3/50))
	if got := weight("red dress, red", "red"); math.Abs(got-4.4/(2+1.2*(0.25+0.75*3/50))) > 1e-6 {
		t.Errorf("red weighs %v", got)
	}
	once, twice := weight("红裙 长袖", "红裙"), weight("红裙 红裙", "红裙")
	long := weight("红裙"+strings.Repeat(" 长袖", 200), "红裙")
	if !(twice > once && twice < 2*once && long < once/2 && long > 0) {
		t.Errorf("once %v, twice %v, once in a long text %v", once, twice, long)
	}
	if terms, weights := Document(); len(terms)+len(weights) > 0 {
		t.Errorf("no fields give %v, %v", terms, weights)
	}
}

func TestHash(t *testing.T) {
	for term, want := range map[string]uint32{"": 0x811c9dc5, "a": 0xe40c292c, "foobar": 0xbf9cf968} { // FNV's own test values
		if got := Hash(term); got != want {
			t.Errorf("Hash(%q) = %#x, want %#x", term, got, want)
		}
	}
}

func TestStem(t *testing.T) {
	for word, want := range map[string]string{
		"dresses": "dress", "dress": "dress", "watches": "watch", "shoes": "shoe", "ties": "tie", "accessories": "accessory", "boxes": "box",
		"jeans": "jean", "gas": "gas", "bus": "bus", "women": "woman", "feet": "foot", "s": "s", "": "",
	} {
		if got := Stem(word); got != want {
			t.Errorf("Stem(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestEndlessWordsAreCut(t *testing.T) {
	for _, term := range Terms(strings.Repeat("x", 10_000) + " " + strings.Repeat("é", 10_000)) {
		if len(term) > maxTerm || !utf8.ValidString(term) {
			t.Errorf("a term has %d bytes", len(term))
		}
	}
}

func TestTraditionalTable(t *testing.T) {
	table, pairs := simplified(), 0
	for from, to := range table {
		if to == 0 {
			continue
		}
		pairs++
		if to < hanFirst || to > hanLast || to == rune(from)+hanFirst {
			t.Errorf("%c goes to %q", rune(from)+hanFirst, to)
		}
	}
	if pairs < 2500 {
		t.Errorf("only %d characters, the table is damaged", pairs)
	}
}

func FuzzTerms(f *testing.F) {
	for _, text := range []string{"t-shirt", "16 GB", "連衣裙T恤", "levi's 1,299.50", "\xff", "é\u0301", "x", "-", "İ", "Ǆ", "ﬀ", "v 領"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folded := Fold(text)
		if Fold(folded) != folded {
			t.Errorf("Fold(%q) = %q, which folds on to %q", text, folded, Fold(folded))
		}
		for _, term := range Terms(text) {
			if term == "" || !utf8.ValidString(term) || len(term) > 3*maxTerm {
				t.Errorf("%q gives the term %q", text, term)
			}
		}
		terms, weights := Sparse(Field{Text: text, Weight: 1, Pairs: true})
		if len(terms) != len(weights) || !slices.IsSorted(terms) || len(slices.Compact(slices.Clone(terms))) != len(terms) {
			t.Errorf("%q gives %v with %v", text, terms, weights)
		}
	})
}

func BenchmarkSparse(b *testing.B) {
	english := strings.Repeat("Blue round neck cotton jersey with short sleeves, print on the chest and back. Warranty: 6 months (not valid on discounts). ", 4)
	chinese := strings.Repeat("夏季新款女装连衣裙，纯棉面料，透气舒适，短袖圆领，适合日常休闲穿着。", 5)
	for name, text := range map[string]string{"english": english, "chinese": chinese} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Sparse(Field{Text: text, Weight: 1})
			}
		})
	}
}
