package outfit

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"honeyguide/catalog"
	"honeyguide/packs"
)

// wear is a product of a category and gender that comes in sizes.
func wear(category, gender string, sizes ...string) *catalog.Product {
	return &catalog.Product{ID: "p", Title: "Thing", Category: category, Gender: gender, Sizes: sizes, Availability: catalog.InStock}
}

// told is a body as "chest=88 height=165 gender=female usual=M@Acme".
func told(t *testing.T, text string) Body {
	t.Helper()
	b := Body{Measures: map[string]float64{}}
	for pair := range strings.FieldsSeq(text) {
		name, value, _ := strings.Cut(pair, "=")
		switch name {
		case "gender":
			b.Gender = value
		case "usual":
			b.UsualSize, b.UsualBrand, _ = strings.Cut(strings.ReplaceAll(value, "_", " "), "@")
		default:
			var x float64
			if _, err := fmt.Sscan(value, &x); err != nil {
				t.Fatal(err)
			}
			b.Measures[name] = x
		}
	}
	if err := b.Check(); err != nil {
		t.Fatal(err)
	}
	return b
}

func reasons(a *SizeAdvice) string {
	var b strings.Builder
	for _, r := range a.Why {
		fmt.Fprintf(&b, "%s: %s\n", r.Field, r.Text)
	}
	return b.String()
}

// acme is a merchant's own chart of a brand that runs small, in inches.
var acme = catalog.SizeChart{ID: "acme-tops", Category: "tops", Brand: "Acme", Gender: female, Unit: "in", Rows: []catalog.SizeRow{
	{Size: "L", Measures: map[string]packs.Range{"chest": {36, 37.5}}}, {Size: "S", Measures: map[string]packs.Range{"chest": {33, 34.4}}},
	{Size: "M", Measures: map[string]packs.Range{"chest": {34.5, 35.9}}},
}}

func TestSizes(t *testing.T) {
	s := NewSizer(loaded(t))
	branded := func(p *catalog.Product) *catalog.Product { p.Brand = "acme"; return p }
	aged := func(p *catalog.Product) *catalog.Product { p.AgeGroup = "kids"; return p }
	for name, c := range map[string]struct {
		p              *catalog.Product
		body, locale   string
		size, between  string
		missing, says  string
		out            bool // not in stock, or not in this size
		atLeast, below float64
	}{
		"chest in the middle":        {p: wear("tops.shirts", female, "S", "M", "L"), body: "chest=88", size: "M", says: "for 86 to 89.9 cm", atLeast: .5},
		"all measures agree":         {p: wear("dresses", female), body: "chest=88 waist=72 hip=96", size: "M", atLeast: .55},
		"at the border":              {p: wear("tops.shirts", female), body: "chest=90", between: "M L", size: "L", says: "in doubt take L", below: .6},
		"numbers of EU":              {p: wear("dresses", female, "36", "38", "40"), body: "chest=88", size: "38"},
		"numbers of US":              {p: wear("dresses", female, "0", "2", "4", "6", "8"), body: "chest=88", locale: "en-US", size: "6"},
		"the label names its system": {p: wear("dresses", female, "UK 8", "UK 10", "UK 12"), body: "chest=88", size: "UK 10"},
		"chest says nothing below":   {p: wear("bottoms.skirts", female), body: "chest=110 waist=72", size: "M"},
		"jeans by waist":             {p: wear("bottoms.jeans", male, "30", "32", "34"), body: "waist=81", size: "32"},
		"Chinese table":              {p: wear("dresses", female), body: "chest=84 height=160 weight=51", locale: "zh-CN", size: "M", says: "size M is for 82 to 85.9 cm"},
		"Chinese letters":            {p: wear("tops.tshirts", male, "M", "L", "XL", "2XL"), body: "height=175 weight=68", locale: "zh-CN", size: "L", missing: "chest_cm"},
		"shoes":                      {p: wear("shoes.sports", female, "37", "38", "39"), body: "foot=24.1", size: "38"},
		"shoes of the UK":            {p: wear("shoes", male, "UK 7", "UK 8", "UK 9"), body: "foot=26.1", size: "UK 8"},
		"EU to UK":                   {p: wear("shoes", female, "UK 4", "UK 5", "UK 6"), body: "usual=EU_38", size: "UK 5", missing: "foot_cm", says: "size usually taken"},
		"38码":                        {p: wear("shoes", female), body: "usual=38码", locale: "zh-CN", size: "38", missing: "foot_cm"},
		"children's height":          {p: aged(wear("tops", "")), body: "height=116", size: "116"},
		"children's shoes":           {p: aged(wear("shoes", "")), body: "foot=17.5", size: "29"},
		"hats for all":               {p: wear("hats", ""), body: "head=57", size: "M"},
		"rings":                      {p: wear("jewellery.rings", female), body: "finger=5.3", size: "53"},
		"bras":                       {p: wear("underwear.bras", female), body: "underbust=75 chest=90", size: "75B"},
		"bra half known":             {p: wear("underwear.bras", female), body: "underbust=75", missing: "chest_cm", says: "one measure is needed: chest"},
		"women by height and weight": {p: wear("dresses", female), body: "height=165 weight=62", size: "M", missing: "chest_cm", says: "women of this height and weight kept"},
		"men by height and weight":   {p: wear("tops.shirts", male), body: "height=178 weight=75", size: "M", missing: "chest_cm", says: "Estimated from height and weight", below: .5},
		"nothing known":              {p: wear("dresses", female), missing: "chest_cm", says: "one measure is needed: chest"},
		"nothing known of a foot":    {p: wear("shoes", male), body: "height=180", missing: "foot_cm", says: "foot length"},
		"for whom?":                  {p: wear("tops.shirts", ""), body: "chest=90", missing: "gender", says: "women and men"},
		"for a man":                  {p: wear("tops.tshirts", "unisex"), body: "chest=98 gender=male", size: "M"},
		"no chart":                   {p: wear("electronics.headphones", ""), body: "head=57", says: "no size chart"},
		"no category":                {p: wear("", female), body: "chest=88", says: "no size chart"},
		"one size":                   {p: wear("hats", "", "One Size"), size: "One Size", says: "one size only", atLeast: 1},
		"beyond the chart":           {p: wear("dresses", female), body: "chest=150", says: "outside"},
		"just beyond the chart":      {p: wear("dresses", female), body: "chest=114", size: "4XL"},
		"not made in it":             {p: wear("tops.shirts", female, "S", "L"), body: "chest=88.2", size: "L", says: "will be looser", below: .7},
		"far from what is made":      {p: wear("tops.shirts", female, "4XL"), body: "chest=88.2", size: "M", says: "does not come in it", out: true},
		"the merchant's own chart":   {p: branded(wear("tops.shirts", female, "S", "M", "L")), body: "chest=86", size: "S", says: "size S is for 83.8 to 87.4 cm"},
		"the brand's usual size":     {p: wear("tops.shirts", female), body: "usual=M@Acme", size: "M", missing: "chest_cm"},
		"a chest says nothing":       {p: wear("bottoms.trousers", male), body: "chest=95", locale: "en", missing: "waist_cm", says: "waist"},
		"an unknown usual size":      {p: wear("shoes", male), body: "usual=Q7", missing: "foot_cm", says: "no size Q7"},
		"another's usual size":       {p: branded(wear("tops.shirts", female)), body: "usual=M@Other", size: "M", missing: "chest_cm"},
	} {
		t.Run(name, func(t *testing.T) {
			a := s.Advise(c.p, []catalog.SizeChart{acme}, told(t, c.body), c.locale, "en")
			if a.Size != c.size || strings.Join(a.Missing, " ") != c.missing || c.between != "" && strings.Join(a.Between, " ") != c.between {
				t.Errorf("%q between %v, missing %v", a.Size, a.Between, a.Missing)
			}
			if !strings.Contains(reasons(a), c.says) || len(a.Why) == 0 {
				t.Errorf("nothing says %q", c.says)
			}
			if a.InStock == (c.out || c.size == "") || a.Confidence < c.atLeast || c.below > 0 && a.Confidence >= c.below || (a.Confidence > 0) != (a.Size != "") {
				t.Errorf("in stock %v, confidence %.2f", a.InStock, a.Confidence)
			}
			if t.Failed() {
				t.Logf("%s by %q\n%s", c.body, a.Chart, reasons(a))
			}
		})
	}
}

func TestSizesInChinese(t *testing.T) {
	s := NewSizer(loaded(t))
	for says, c := range map[string]struct {
		p    *catalog.Product
		body string
	}{
		"胸围84厘米，M码对应82到85.9厘米": {wear("dresses", female), "chest=84"},
		"还需要一个数据：脚长":           {wear("shoes", male), ""},
		"没有尺码表":                {wear("toys.plush", ""), "chest=84"},
		"男士穿还是女士穿":             {wear("tops", ""), ""},
		"介于":                   {wear("tops", female), "chest=86"},
		"最接近的是L":               {wear("tops", female, "L"), "chest=84"},
		"只有均码":                 {wear("tops", female, "均码"), ""},
	} {
		a := s.Advise(c.p, nil, told(t, c.body), "zh-CN", "zh")
		if !strings.Contains(reasons(a), says) {
			t.Errorf("nothing says %s:\n%s", says, reasons(a))
		}
	}
}

// What women keep is said only of women's sizes and of women.
func TestWhatWomenKept(t *testing.T) {
	s := NewSizer(loaded(t))
	for name, c := range map[string]struct {
		p            *catalog.Product
		body, locale string
		kept, fit    bool
	}{
		"a woman":                  {wear("dresses", female), "height=165 weight=62 gender=female", "en", true, true},
		"of unknown gender":        {wear("dresses", female), "height=165 weight=62", "en", true, true},
		"unisex things, a woman":   {wear("tops", "unisex"), "height=165 weight=62 gender=female", "en", true, true},
		"a man":                    {wear("dresses", female), "height=165 weight=62 gender=male", "en", false, false},
		"men's things":             {wear("tops", male), "height=178 weight=75", "en", false, false},
		"a man's choice of unisex": {wear("tops", "unisex"), "height=178 weight=75 gender=male", "en", false, false},
		"Chinese sizes":            {wear("dresses", female), "height=165 weight=62", "zh-CN", false, false},
		"a merchant's chest chart": {&catalog.Product{Category: "tops.shirts", Brand: "Acme", Gender: female, Availability: catalog.InStock}, "height=160 weight=52", "en", false, false},
		"measured by tape":         {wear("dresses", female), "height=165 weight=62 chest=88", "en", false, false},
		"jeans":                    {wear("bottoms.jeans", female), "height=165 weight=58", "en", true, true},
		"things never rented":      {wear("swimwear", female), "height=165 weight=62", "en", true, false},
		"far from the usual size":  {wear("dresses", female), "height=165 weight=62 usual=4XL", "en", true, false},
		"without weight":           {wear("dresses", female), "height=165", "en", false, false},
	} {
		a := s.Advise(c.p, []catalog.SizeChart{acme}, told(t, c.body), c.locale, "en")
		says := reasons(a)
		if kept, fit := strings.Contains(says, "women of this height"), strings.Contains(says, "Of 100 women"); kept != c.kept || fit != c.fit {
			t.Errorf("%s, size %s: kept %v, fit %v:\n%s", name, a.Size, kept, fit, says)
		}
	}
}

// Confidence rises with what is computed, and is never more than what was ever seen.
func TestKept(t *testing.T) {
	m, last := readBodyModel(), 0.0
	for p := 0.0; p <= 1; p += .01 {
		at := m.kept(p)
		if at < last || at > .65 || math.Abs(at-p) > .1 && p > .1 && p < .6 {
			t.Errorf("%.2f is %.2f", p, at)
		}
		last = at
	}
}

func TestSoldOut(t *testing.T) {
	p := wear("shoes", female, "38")
	p.Availability = catalog.OutOfStock
	a := NewSizer(loaded(t)).Advise(p, nil, told(t, "foot=24.1"), "en", "en")
	if a.Size != "38" || a.InStock {
		t.Errorf("%+v", a)
	}
}

func TestBodyRefusals(t *testing.T) {
	for field, b := range map[string]Body{
		"measurements.chest_cm":  {Measures: map[string]float64{"chest": 900}},
		"measurements.weight_kg": {Measures: map[string]float64{"weight": -1}},
		"measurements.age":       {Measures: map[string]float64{"age": 130}},
		"measurements.wings":     {Measures: map[string]float64{"wings": 3}},
		"measurements.gender":    {Gender: "robot"},
	} {
		var fault *catalog.FieldError
		if err := b.Check(); !errors.As(err, &fault) || fault.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// More of a body never makes a smaller size, whatever the table.
func TestSizesRise(t *testing.T) {
	p := loaded(t)
	for _, pack := range p.All() {
		for i := range pack.Sizes {
			ch := systems(&pack.Sizes[i], "")
			if len(ch.by) == 0 || ch.isGrid() {
				continue
			}
			last := -1e9
			for x := 0.0; x < 300; x += .7 {
				at, ok := ch.place(ch.by[0], x)
				if !ok || at < last {
					t.Fatalf("%s: %s %v is at %v, less than %v", pack.Sizes[i].Key, ch.by[0], x, at, last)
				}
				last = at
			}
			for row, r := range ch.rows {
				span := r.Measures[ch.by[0]]
				if at, _ := ch.place(ch.by[0], (span[0]+span[1])/2); at < float64(row)-.51 || at > float64(row)+.51 {
					t.Errorf("%s: the middle of %s is at %v, not %d", pack.Sizes[i].Key, r.Size, at, row)
				}
			}
		}
	}
}

func TestLabels(t *testing.T) {
	for label, want := range map[string]string{
		"2XL": "XXL", "xxl": "XXL", "3xl": "XXXL", "EU 38": "38 eu", "uk8": "8 uk", "38码": "38", "M (165/88A)": "M", "W30": "30", "US-6": "6 us",
		"165/88A": "165/88A", "Ｌ": "L", "": "", "2XS": "XXS", "USB": "USB", "10.5": "10.5",
	} {
		spelled, system := spelling(label)
		if got := strings.TrimSpace(spelled + " " + system); got != want {
			t.Errorf("%q is %q, want %q", label, got, want)
		}
	}
}

func FuzzAdvise(f *testing.F) {
	f.Add("tops", "M", "EU 38", 88.0, 165.0)
	f.Add("shoes", "38码", "UK 5", 24.0, 0.0)
	f.Add("bottoms.skirts", "M", "", 70.0, 165.0)
	f.Add("underwear.bras", "75B", "80C", 90.0, 0.0)
	s := NewSizer(loaded(f))
	f.Fuzz(func(t *testing.T, category, size, usual string, chest, height float64) {
		b := Body{Gender: female, UsualSize: usual, Measures: map[string]float64{"chest": chest, "foot": chest, "waist": chest, "height": height}}
		below := acme
		below.Category, below.Brand = "bottoms", ""
		a := s.Advise(wear(category, female, size), []catalog.SizeChart{acme, below}, b, "en", "zh")
		if a.Confidence < 0 || a.Confidence > 1 || a.Confidence != a.Confidence || len(a.Why) == 0 || len(a.Missing) > 1 {
			t.Errorf("%+v", a)
		}
	})
}

func BenchmarkAdvise(b *testing.B) {
	s, p := NewSizer(loaded(b)), wear("dresses", female, "S", "M", "L")
	body := Body{Measures: map[string]float64{"height": 165, "weight": 60}}
	for b.Loop() {
		s.Advise(p, nil, body, "en", "en")
	}
}
