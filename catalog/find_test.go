package catalog

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"honeyguide/catalog/money"
	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
	"honeyguide/embed/photo"
)

// findShop holds testdata/find/shop.csv, with a drawing of each product in its colour.
func findShop(t testing.TB) *shop {
	t.Helper()
	s := newShop(t)
	s.batch = batchRows
	data, err := os.ReadFile("testdata/find/shop.csv")
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for i := range records {
		if i == 0 {
			records[i] = append(records[i], "image_link")
			continue
		}
		name := records[i][0] + ".png"
		files["images/"+name] = drawing(s.paint(records[i][slices.Index(records[0], "color")]), 60)
		records[i] = append(records[i], name)
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(records); err != nil {
		t.Fatal(err)
	}
	files["products.csv"] = b.Bytes()
	if j := s.syncFile(s.file("shop.zip", string(archive(t, files))), Full); j.Added != len(records)-1 || len(j.Errors) > 0 {
		t.Fatalf("%s; %v", tally(j), j.Errors)
	}
	return s
}

// paint is the packs' colour of a name.
func (s *shop) paint(name string) color.Color {
	hex := s.Swatches()[s.packs.ColorsOf(name)[0]]
	var c color.NRGBA
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	c.A = 255
	return c
}

// findCase is a search and what is expected of its answer: lines of "what: value".
type findCase struct {
	where string
	lines [][2]string
}

// readCases reads a file of cases. A case begins at its first line of what is
// asked (find, photo, like, given, language) after lines of what is expected:
//
//	all: IDS           exactly these, in any order
//	first: ID          the best
//	none: IDS          none of these
//	filters: F=V …     understood so
//	relaxed: FIELD …   given up, in these words; nothing behind the colon: nothing was
//	why: ID FIELD …    a reason of that product, in these words
//	matched: M         yes, near or none
//	palette: COLOUR    the photo's first
func readCases(t *testing.T, path string) []findCase {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	asks := []string{"find", "photo", "like", "given", "language"}
	var cases []findCase
	expecting := true
	for n, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		what, value, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatalf("%s:%d: no colon", path, n+1)
		}
		ask := slices.Contains(asks, what)
		if ask && expecting {
			cases = append(cases, findCase{where: fmt.Sprintf("%s:%d", filepath.Base(path), n+1)})
		}
		expecting = !ask
		last := &cases[len(cases)-1]
		last.lines = append(last.lines, [2]string{what, strings.TrimSpace(value)})
	}
	return cases
}

func TestFind(t *testing.T) {
	s := findShop(t)
	for _, path := range []string{"testdata/find/english.txt", "testdata/find/chinese.txt"} {
		for _, c := range readCases(t, path) {
			t.Run(c.where, func(t *testing.T) { s.check(t, c) })
		}
	}
}

func (s *shop) check(t *testing.T, c findCase) {
	q := Search{Limit: MaxPage}
	for _, l := range c.lines {
		s.ask(t, &q, l[0], l[1])
	}
	r, err := s.Find(context.Background(), s.store, q)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, f := range r.Products {
		ids = append(ids, f.Product.ID)
		if len(f.Why) == 0 || f.Score < 0 || f.Score > 1 {
			t.Errorf("%s has score %v and reasons %v", f.Product.ID, f.Score, f.Why)
		}
		for _, reason := range f.Why {
			if !s.true(&f.Product, reason) {
				t.Errorf("%q says of itself %v, which its row does not: %+v", f.Product.ID, reason, f.Product)
			}
		}
	}
	for _, l := range c.lines {
		if fault := expect(r, ids, l[0], l[1]); fault != "" {
			t.Errorf("%q\n%s: %s\n%s\nanswer %v, relaxed %v", q.Text, l[0], l[1], fault, ids, r.Relaxed)
		}
	}
}

// true checks a reason against the row alone.
func (s *shop) true(p *Product, r Reason) bool {
	language := "en"
	if strings.ContainsFunc(r.Text, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
		language = "zh"
	}
	has := func(values []string, text string) bool {
		return slices.ContainsFunc(values, func(v string) bool {
			return strings.Contains(strings.ToLower(text), strings.ToLower(s.labels.show(r.Field, v, language)))
		})
	}
	negated := strings.HasPrefix(r.Text, "Not ") || strings.Contains(r.Text, "不是")
	switch r.Field {
	case "price_max", "price_min":
		return strings.HasPrefix(r.Text, money.Format(p.Cost(), language))
	case "sale_price":
		return strings.Contains(r.Text, money.Format(*p.SalePrice, language)) && strings.Contains(r.Text, money.Format(p.Price, language))
	case "text":
		word := strings.Trim(strings.TrimPrefix(strings.TrimPrefix(r.Text, "Mentions "), "提到"), "«»“”")
		return word != "" && strings.Contains(words.Fold(p.Title+p.Attributes["title_zh"]), word)
	case "image":
		return p.ImageLink != ""
	case tagGender:
		return p.Gender == "unisex" || has([]string{p.Gender}, r.Text)
	}
	return negated != has(s.packs.WithFamilies(valuesOf(p, r.Field)), r.Text)
}

func (s *shop) ask(t *testing.T, q *Search, what, value string) {
	switch what {
	case "find":
		q.Text = value
	case "like":
		q.ProductID = value
	case "language":
		q.Language = value
	case "photo":
		f, _, err := s.Media(strings.TrimPrefix(s.product(value).ImageLink, MediaPath))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var b bytes.Buffer
		if _, err := b.ReadFrom(f); err != nil {
			t.Fatal(err)
		}
		if q.Picture, _, err = photo.Decode(b.Bytes()); err != nil {
			t.Fatal(err)
		}
	case "given":
		for pair := range strings.FieldsSeq(value) {
			field, v, _ := strings.Cut(pair, "=")
			q.Filters = filter(t, q.Filters, field, v)
		}
	}
}

func filter(t *testing.T, f query.Filters, field, v string) query.Filters {
	amount := func() *int64 {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return &n
	}
	switch field {
	case "category":
		f.Category = v
	case "gender":
		f.Gender = v
	case "age_group":
		f.AgeGroup = v
	case "brands":
		f.Brands = append(f.Brands, v)
	case "colors":
		f.Colors = append(f.Colors, v)
	case "sizes":
		f.Sizes = append(f.Sizes, v)
	case "price_min":
		f.PriceMin = amount()
	case "price_max":
		f.PriceMax = amount()
	case "in_stock":
		in := v == "true"
		f.InStock = &in
	default:
		t.Fatalf("no filter %s", field)
	}
	return f
}

// expect returns what is wrong with an answer, or nothing.
func expect(r *Result, ids []string, what, value string) string {
	listed := strings.Fields(value)
	switch what {
	case "all":
		if !slices.Equal(slices.Sorted(slices.Values(ids)), slices.Sorted(slices.Values(listed))) {
			return "other products are shown"
		}
	case "first":
		if len(ids) == 0 || ids[0] != value {
			return "another is the best"
		}
	case "none":
		for _, id := range listed {
			if slices.Contains(ids, id) {
				return id + " is shown"
			}
		}
	case "filters":
		understood := asked(&r.Understood.Filters)
		for _, pair := range listed {
			if !slices.Contains(understood, pair) {
				return fmt.Sprintf("understood is %v", understood)
			}
		}
	case "relaxed":
		field, text, _ := strings.Cut(value, " ")
		if value == "" && len(r.Relaxed) == 0 || slices.Contains(r.Relaxed, Reason{field, text}) {
			return ""
		}
		return "something else was given up"
	case "why":
		id, reason, _ := strings.Cut(value, " ")
		field, text, _ := strings.Cut(reason, " ")
		at := slices.Index(ids, id)
		if at < 0 {
			return "it is not shown"
		}
		if !slices.Contains(r.Products[at].Why, Reason{field, text}) {
			return fmt.Sprintf("its reasons are %v", r.Products[at].Why)
		}
	case "matched":
		if string(r.Matched) != value {
			return "it matched " + string(r.Matched)
		}
	case "palette":
		if len(r.Palette) == 0 || !slices.ContainsFunc(r.Palette[:min(2, len(r.Palette))], func(s photo.Swatch) bool { return s.Name == value }) {
			return fmt.Sprintf("the palette is %v", r.Palette)
		}
	}
	return ""
}

// asked lists filters as "field=value".
func asked(f *query.Filters) []string {
	all := []string{"category=" + f.Category, "gender=" + f.Gender, "age_group=" + f.AgeGroup}
	for field, values := range map[string][]string{"brands": f.Brands, "colors": f.Colors, "sizes": f.Sizes, "materials": f.Materials} {
		for _, v := range values {
			all = append(all, field+"="+v)
		}
	}
	for field, amount := range map[string]*int64{"price_min": f.PriceMin, "price_max": f.PriceMax} {
		if amount != nil {
			all = append(all, fmt.Sprintf("%s=%d", field, *amount))
		}
	}
	return all
}

func TestPagesOfOneSearch(t *testing.T) {
	s, ctx := findShop(t), context.Background()
	searches := map[string]Search{
		"everything": {}, "words": {Text: "cotton"}, "category": {Filters: query.Filters{Category: "tops"}}, "similar": {ProductID: "dress-red"},
	}
	for name, q := range searches {
		t.Run(name, func(t *testing.T) {
			q.Limit = MaxPage
			whole, err := s.Find(ctx, s.store, q)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, f := range whole.Products {
				want = append(want, f.Product.ID)
			}
			for _, limit := range []int{1, 7} {
				var got []string
				q.Skip, q.Limit = 0, limit
				for {
					page, err := s.Find(ctx, s.store, q)
					if err != nil {
						t.Fatal(err)
					}
					for _, f := range page.Products {
						got = append(got, f.Product.ID)
					}
					if q.Skip = page.Next; q.Skip == 0 {
						break
					}
				}
				if !slices.Equal(got, want) {
					t.Errorf("pages of %d give\n%v\nwant\n%v", limit, got, want)
				}
			}
			if n := len(slices.Compact(slices.Sorted(slices.Values(want)))); n != len(want) || n == 0 {
				t.Errorf("%d of %d are different", n, len(want))
			}
		})
	}
	if all := s.found(""); len(all) != 39 {
		t.Errorf("an empty search lists %d, want all 39 that are in stock", len(all))
	}
}

// A store larger than what is asked of each space still has pages that agree.
func TestDeepPages(t *testing.T) {
	s := newShop(t)
	s.batch = batchRows
	var b strings.Builder
	b.WriteString("id,title,price\n")
	for i := range 600 {
		fmt.Fprintf(&b, "p%03d,Shirt %d,5\n", i, i)
	}
	s.sync(b.String(), Full)
	got := s.found("shirt")
	if n := len(slices.Compact(slices.Sorted(slices.Values(got)))); n != len(got) || n < depth {
		t.Errorf("%d products on all pages, %d of them different", len(got), n)
	}
	if _, err := s.Find(context.Background(), s.store, Search{Limit: 10, Skip: MaxSkip + 1}); !errors.Is(err, ErrInvalid) {
		t.Errorf("beyond the last page: %v", err)
	}
}

func TestFindRefuses(t *testing.T) {
	s, ctx := findShop(t), context.Background()
	price := func(n int64) *int64 { return &n }
	for field, test := range map[string]struct {
		filters query.Filters
		says    string
	}{
		"filters.gender":    {query.Filters{Gender: "alien"}, "female, male, unisex"},
		"filters.age_group": {query.Filters{AgeGroup: "ancient"}, "adult, kids"},
		"filters.category":  {query.Filters{Category: "tops.spaceships"}, "tops.tshirts"},
		"filters.price_min": {query.Filters{PriceMin: price(10), PriceMax: price(9)}, "price_max"},
		"filters.price_max": {query.Filters{PriceMax: price(-1)}, "0"},
	} {
		var fault *FieldError
		if _, err := s.Find(ctx, s.store, Search{Filters: test.filters, Limit: 5}); !errors.As(err, &fault) || fault.Field != field || !strings.Contains(fault.Message, test.says) {
			t.Errorf("%s: %v, want a FieldError that says %q", field, err, test.says)
		}
	}
	for _, limit := range []int{-1, 0, MaxPage + 1} {
		var fault *FieldError
		if _, err := s.Find(ctx, s.store, Search{Limit: limit}); !errors.As(err, &fault) || fault.Field != "limit" {
			t.Errorf("limit %d: %v", limit, err)
		}
	}
	if _, err := s.Find(ctx, s.store, Search{ProductID: "none", Limit: 5}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown product: %v", err)
	}
	if _, err := s.Find(ctx, "st_none", Search{Limit: 5}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown store: %v", err)
	}
	picture, _, err := photo.Decode(drawing(red, 60))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Find(ctx, s.store, Search{Picture: picture, Region: &photo.Region{0, 0, 9, 9}, Limit: 5}); !errors.Is(err, photo.ErrRegion) {
		t.Errorf("a region outside: %v", err)
	}
	s.apply([]Deletion{{ID: "dress-red"}})
	if _, err := s.Find(ctx, s.store, Search{ProductID: "dress-red", Limit: 5}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a deleted product: %v", err)
	}
	if slices.Contains(s.found("red dress"), "dress-red") {
		t.Error("a deleted product is shown")
	}
}

func TestStoresNeverLeak(t *testing.T) {
	s, ctx := findShop(t), context.Background()
	other, err := s.NewStore(ctx, Settings{Name: "Other", Currency: "CNY", Locale: "zh-CN"})
	if err != nil {
		t.Fatal(err)
	}
	mine := *s
	mine.store = other.ID
	mine.sync("id,title,price,brand,color\nmine,红色连衣裙,5,山水,red\n", Full)
	r, err := s.Find(ctx, other.ID, Search{Text: "Acme blue t-shirt", Limit: MaxPage})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Products {
		if f.Product.ID != "mine" {
			t.Errorf("another store's %s is shown", f.Product.ID)
		}
	}
	if len(r.Understood.Filters.Brands) != 0 {
		t.Errorf("another store's brand is known: %v", r.Understood.Filters.Brands)
	}
	if slices.Contains(s.found(""), "mine") {
		t.Error("the second store's product is shown in the first")
	}
	if _, err := s.Find(ctx, other.ID, Search{ProductID: "dress-red", Limit: 5}); !errors.Is(err, ErrNotFound) {
		t.Errorf("like another store's product: %v", err)
	}
	if _, err := s.Product(ctx, other.ID, "dress-red"); !errors.Is(err, ErrNotFound) {
		t.Errorf("another store's product: %v", err)
	}
	r, err = s.Find(ctx, other.ID, Search{Limit: 5})
	if err != nil || len(r.Products) != 1 || r.Products[0].Why[0].Text != "红色连衣裙" {
		t.Errorf("without a text the store's language answers: %+v, %v", r.Products, err)
	}
}

func TestPhotoOfNothingHere(t *testing.T) {
	s := newShop(t)
	s.sync(table(rows(0, 5)...), Full) // no product has a picture
	picture, _, err := photo.Decode(drawing(red, 60))
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Find(context.Background(), s.store, Search{Picture: picture, Text: "green shirt under 1", Limit: 5})
	if err != nil || r.Matched != MatchNone || len(r.Products) != 0 || len(r.Relaxed) != 0 {
		t.Errorf("matched %s with %d products, relaxed %v, %v", r.Matched, len(r.Products), r.Relaxed, err)
	}
}

func TestForeignPricesMeetNoLimit(t *testing.T) {
	s := newShop(t)
	s.sync("id,title,price\nhere,Shirt,20 USD\naway,Shirt,2000 JPY\n", Full)
	if got := s.found("shirt under 30"); !slices.Equal(got, []string{"here"}) {
		t.Errorf("found %v; 2000 yen are not 20 dollars", got)
	}
	if got := s.found("shirt"); len(got) != 2 {
		t.Errorf("found %v, want both without a limit", got)
	}
}
