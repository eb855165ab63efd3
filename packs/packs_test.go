package packs

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func mustLoad(t testing.TB) *Packs {
	t.Helper()
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestData holds the data to what buyers and merchants rely on. That names are
// unique and parents exist is Load's own check.
func TestData(t *testing.T) {
	p := mustLoad(t)
	if n := len(p.Categories()); n < 150 {
		t.Errorf("only %d categories", n)
	}
	for _, c := range p.Categories() {
		if c.Key != strings.ToLower(c.Key) || strings.Trim(c.Key, ".") != c.Key || c.Pack == "" {
			t.Errorf("category %+v is badly keyed", c)
		}
		for _, language := range []string{"en", "zh"} {
			if key, _ := p.CategoryOf(c.Names.Show(language), ""); key != c.Key {
				t.Errorf("%s is shown as %q, which is read as %q", c.Key, c.Names.Show(language), key)
			}
		}
		if !slices.ContainsFunc([]rune(c.Names.Show("zh")), isHan) {
			t.Errorf("%s has no Chinese name to show, but %q", c.Key, c.Names.Show("zh"))
		}
	}
	for _, c := range p.Colors() {
		for _, hex := range c.Hex {
			if len(hex) != 7 || hex[0] != '#' || strings.Trim(hex[1:], "0123456789abcdef") != "" {
				t.Errorf("colour %s has the code %q", c.Name, hex)
			}
		}
		if len(c.Hex) == 0 && c.Name != "multi" {
			t.Errorf("colour %s has no code", c.Name)
		}
		if got := p.ColorsOf(c.Name); !slices.Equal(got, []string{c.Name}) {
			t.Errorf("colour %s is read as %v", c.Name, got)
		}
	}
	for _, attribute := range Attributes() {
		if len(p.Values(attribute)) < 2 {
			t.Errorf("attribute %s has %d values", attribute, len(p.Values(attribute)))
		}
		for _, v := range p.Values(attribute) {
			if got := p.Value(attribute, v.Key); got != v.Key {
				t.Errorf("%s %s is read as %s", attribute, v.Key, got)
			}
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	good := "categories:\n  tops: {en: [tops], zh: [上衣]}\n"
	tests := map[string]string{
		"a name claimed twice":     good + "  shirts: {en: [Tops], zh: [衬衫]}\n",
		"no Chinese name":          "categories:\n  tops: {en: [tops]}\n",
		"an empty name":            "categories:\n  tops: {en: [''], zh: [上衣]}\n",
		"no parent":                "categories:\n  tops.shirts: {en: [shirts], zh: [衬衫]}\n",
		"a shade of no colour":     "shades:\n  navy: {of: blue, hex: '#000080', en: [navy], zh: [藏青]}\n",
		"a shade of a shade":       "colors:\n  blue: {hex: [], en: [blue], zh: [蓝]}\nshades:\n  navy: {of: blue, hex: [], en: [navy], zh: [藏青]}\n  dark: {of: navy, hex: [], en: [dark], zh: [深]}\n",
		"an unknown attribute":     "attributes:\n  smell:\n    rose: {en: [rose], zh: [玫瑰]}\n",
		"broad without a category": good + "broad: {tops: [shirts]}\n",
		"no YAML":                  "categories: [",
	}
	for name, text := range tests {
		_, err := load(fstest.MapFS{"data/x.yaml": {Data: []byte(text)}})
		if !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := load(fstest.MapFS{"data/x.yaml": {Data: []byte(good)}}); err != nil {
		t.Errorf("good data: %v", err)
	}
	twice := fstest.MapFS{"data/a.yaml": {Data: []byte(good)}, "data/b.yaml": {Data: []byte(good)}}
	if _, err := load(twice); !errors.Is(err, ErrInvalid) {
		t.Errorf("a key in two files: got %v", err)
	}
}

func TestCategoryOf(t *testing.T) {
	p := mustLoad(t)
	tests := []struct {
		productType, title string
		want               string
		atLeast            float64
	}{
		{"Apparel > Topwear > Tshirts", "Nike Men Blue Tshirt", "tops.tshirts", .9},
		{"Apparel > Topwear > Tshirts", "Men Navy Polo T-shirt", "tops.polos", .9},
		{"Apparel > Topwear > Tshirts", "U.S. Polo Assn. Men Navy Tshirt", "tops.tshirts", .9},
		{"Footwear > Shoes > Casual Shoes", "Red Tape Men Brown Boots", "shoes.boots", .9},
		{"Footwear", "Men running shoes", "shoes.sports", .9},
		{"女装>连衣裙", "", "dresses", .9},
		{"女鞋/高跟鞋", "", "shoes.heels", .9},
		{"Apparel & Accessories > Clothing > Shirts & Tops", "", "tops", .8},
		{"Clothing/Women/Dresses", "", "dresses", .9},
		{"Men's Leather Belts", "", "belts", .8},
		{"", "Lucera Women Silver Pendant with Chain", "jewellery.pendants", .5},
		{"", "Wooden Box for Watches", "watches", .5},
		{"", "Denim Shirt Dress", "dresses", .5},
		{"", "夏季新款长袖连衣裙 纯棉", "dresses", .5},
		{"", "OPPO A75 手机壳 软壳", "electronics.phone-cases", .5},
		{"Sale", "Top rated hand bag", "bags.handbags", .5},
		{"New in > Sale", "Something else", "", 0},
		{"", "", "", 0},
		{">>>", "...", "", 0},
	}
	for _, tt := range tests {
		got, confidence := p.CategoryOf(tt.productType, tt.title)
		if got != tt.want || confidence < tt.atLeast || (tt.want == "") != (confidence == 0) {
			t.Errorf("CategoryOf(%q, %q) = %q, %.2f; want %q", tt.productType, tt.title, got, confidence, tt.want)
		}
	}
}

func TestColorsOf(t *testing.T) {
	p := mustLoad(t)
	for raw, want := range map[string][]string{
		"Navy Blue": {"navy blue"}, "藏青": {"navy blue"}, "深蓝色": {"navy blue"}, "darkblue": {"navy blue"}, "BLACK": {"black"}, "ＲＥＤ": {"red"},
		"gray": {"grey"}, "Grey Melange": {"grey melange"}, "off-white": {"off white"}, "Multicolor": {"multi"}, "Red, red": {"red"},
		"Blue/White": {"blue", "white"}, "蓝白色": {"blue", "white"}, "黑色+红色": {"black", "red"}, "wine red/black": {"burgundy", "black"},
		"": nil, "Zebra 5": nil,
	} {
		if got := p.ColorsOf(raw); !slices.Equal(got, want) {
			t.Errorf("ColorsOf(%q) = %v, want %v", raw, got, want)
		}
	}
	if got := p.WithFamilies([]string{"navy blue", "blue", "red", "own"}); !slices.Equal(got, []string{"navy blue", "blue", "red", "own"}) {
		t.Errorf("WithFamilies gives %v", got)
	}
}

func TestValues(t *testing.T) {
	p := mustLoad(t)
	tests := []struct{ attribute, raw, want string }{
		{Gender, "Men", "male"}, {Gender, "Women's", "female"}, {Gender, "男女通用", "unisex"}, {Gender, "Men & Women", "unisex"}, {Gender, "Boys", "male"}, {Gender, "女装", "female"},
		{AgeGroup, "Boys", "kids"}, {AgeGroup, "儿童", "kids"}, {AgeGroup, "Adults", "adult"},
		{Season, "Autumn", "fall"}, {Season, "夏季", "summer"}, {Season, "Fall 2012", "fall"},
		{Occasion, "Smart Casual", "smart casual"}, {Occasion, "办公室商务", "formal"},
		{Pattern, "Polka dots", "dotted"}, {Pattern, "条纹", "striped"}, {Pattern, "Self  Design", "self design"},
		{Material, "100% Pure Cotton", "cotton"}, {Material, "Synthetic Leather", "synthetic leather"}, {Material, "真皮", "leather"}, {Material, "PU", "synthetic leather"},
		{Material, "", ""}, {"smell", "Rose", "rose"},
	}
	for _, tt := range tests {
		if got := p.Value(tt.attribute, tt.raw); got != tt.want {
			t.Errorf("%s %q is %q, want %q", tt.attribute, tt.raw, got, tt.want)
		}
	}
	if got := p.ValuesOf(Material, "Cotton, linen and cotton"); !slices.Equal(got, []string{"cotton", "linen"}) {
		t.Errorf("materials are %v", got)
	}
}

func TestAncestry(t *testing.T) {
	p := mustLoad(t)
	if got := p.Ancestry("tops.tshirts"); !slices.Equal(got, []string{"tops.tshirts", "tops"}) {
		t.Errorf("ancestry is %v", got)
	}
	if got := p.Ancestry(""); got != nil {
		t.Errorf("no category has the ancestry %v", got)
	}
	if !IsA("tops.tshirts", "tops") || IsA("topsy", "tops") || !IsA("tops", "tops") || IsA("tops", "tops.tshirts") {
		t.Error("IsA is wrong")
	}
	for _, tt := range [][3]string{{"tops.shirts", "tops.polos", "tops"}, {"tops", "tops.polos", "tops"}, {"tops", "bags", ""}, {"bags", "bags", "bags"}} {
		if got := p.CommonAncestor(tt[0], tt[1]); got != tt[2] {
			t.Errorf("above %s and %s is %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
}

func TestNames(t *testing.T) {
	p := mustLoad(t)
	if got := p.CategoryName("dresses", "zh"); got != "连衣裙" {
		t.Errorf("dresses are %q", got)
	}
	if got := p.CategoryName("no such", "en"); got != "no such" {
		t.Errorf("an unknown category is %q", got)
	}
	if got := p.BrandNames("NIKE"); !slices.Equal(got, []string{"耐克"}) {
		t.Errorf("Nike is %v", got)
	}
	if _, ok := p.Category("no such"); ok {
		t.Error("an unknown category exists")
	}
}

func TestLexicon(t *testing.T) {
	var l Lexicon[int]
	for i, name := range []string{"bag", "hand bag", "T-shirt", "裙", "连衣裙", "city", "Levi's", "H&M"} {
		l.Add(name, i)
	}
	l.AddVariants()
	tests := []struct {
		text         string
		value, count int
	}{
		{"bag", 0, 1}, {"bags", 0, 1}, {"hand bag", 1, 2}, {"handbag", 1, 1}, {"hand bags", 1, 2}, {"t shirt", 2, 2}, {"t-shirt", 2, 2}, {"tshirt", 2, 1},
		{"连衣裙子", 4, 3}, {"裙子", 3, 1}, {"cities", 5, 1}, {"levis jeans", 6, 1}, {"hm", 7, 1}, {"h & m", 7, 2}, {"hand, bag", 0, 0}, {"", 0, 0},
	}
	for _, tt := range tests {
		if value, count := l.Longest(Split(tt.text)); count != tt.count || count > 0 && value != tt.value {
			t.Errorf("%q matches %d in %d tokens, want %d in %d", tt.text, value, count, tt.value, tt.count)
		}
	}
	if _, ok := l.Get("hand"); ok {
		t.Error("a part of a name is a name")
	}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string]string{
		"red dress": "red dress", "42码": "42 码", "16gb": "16 gb", "1,299.50元": "1,299.50 元", "levi's": "levis", "红T恤": "红 T 恤", "a-b": "a b", "5.": "5", "'": "", "": "",
	} {
		tokens := Split(text)
		var got []string
		end := 0
		for _, tok := range tokens {
			got = append(got, tok.Text)
			if text[end:tok.Start] != tok.Gap {
				t.Errorf("%q: gap %q before %q", text, tok.Gap, tok.Text)
			}
			end = tok.End
		}
		if strings.Join(got, " ") != want {
			t.Errorf("Split(%q) = %v", text, got)
		}
	}
}

func BenchmarkCategoryOf(b *testing.B) {
	p := mustLoad(b)
	for b.Loop() {
		p.CategoryOf("Apparel > Topwear > Tshirts", "Nike Men Blue T20 Indian Cricket Jersey")
	}
}
