package demo

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

func TestProductsAreComplete(t *testing.T) {
	rows := Products()
	if len(rows) < 180 {
		t.Errorf("%d products, want at least 180", len(rows))
	}
	kinds, ids, titles := map[string]bool{}, map[string]bool{}, map[string]bool{}
	seen := map[string]bool{}
	for _, p := range rows {
		kinds[p.ProductType] = true
		if ids[p.ID] || titles[p.Title] {
			t.Errorf("%s: id or title %q is taken", p.ID, p.Title)
		}
		ids[p.ID], titles[p.Title] = true, true
		checkTexts(t, p)
		checkValues(t, p)
		for _, v := range []string{p.Gender, p.AgeGroup, p.Pattern, p.Availability} {
			seen[v] = true
		}
		if p.SalePrice != "" {
			seen["sale"] = true
		}
	}
	if len(kinds) < 14 {
		t.Errorf("%d product types, want at least 14", len(kinds))
	}
	for _, want := range []string{"male", "female", "unisex", "adult", "kids", "solid", "striped", "checked", "dotted",
		"floral", "printed", "in_stock", "out_of_stock", "sale"} {
		if !seen[want] {
			t.Errorf("no product shows %q", want)
		}
	}
}

func checkTexts(t *testing.T, p Product) {
	t.Helper()
	han := func(s string) bool {
		return strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
	}
	if len(p.Description) < 60 || han(p.Title+p.Description) {
		t.Errorf("%s: English texts are thin or not English: %q", p.ID, p.Title)
	}
	if !han(p.TitleZH) || !han(p.DescriptionZH) || len([]rune(p.DescriptionZH)) < 25 {
		t.Errorf("%s: Chinese texts are thin or not Chinese: %q", p.ID, p.TitleZH)
	}
	for _, s := range []string{p.Title, p.Description, p.TitleZH, p.DescriptionZH} {
		if s != strings.TrimSpace(s) || strings.Contains(s, "%!") || strings.Contains(s, "  ") {
			t.Errorf("%s: untidy text %q", p.ID, s)
		}
	}
	if !strings.Contains(strings.ToLower(p.Title), p.Color) {
		t.Errorf("%s: title %q does not say %s", p.ID, p.Title, p.Color)
	}
}

var (
	idForm    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	priceForm = regexp.MustCompile(`^(\d+\.\d\d) USD$`)
)

func checkValues(t *testing.T, p Product) {
	t.Helper()
	if !idForm.MatchString(p.ID) || p.ImageLink != "images/"+p.ID+".jpg" || !strings.HasSuffix(p.Link, "/"+p.ID) {
		t.Errorf("%s: bad id or links %q, %q", p.ID, p.ImageLink, p.Link)
	}
	price := amount(t, p.Price)
	if price < 5 || price > 500 {
		t.Errorf("%s: price %s is not plausible", p.ID, p.Price)
	}
	if p.SalePrice != "" && amount(t, p.SalePrice) >= price {
		t.Errorf("%s: sale price %s is not below %s", p.ID, p.SalePrice, p.Price)
	}
	if p.Brand == "" || p.Material == "" || p.Color == "" || !strings.HasPrefix(p.ID, p.ItemGroupID+"-") {
		t.Errorf("%s: brand %q, material %q, colour %q, group %q", p.ID, p.Brand, p.Material, p.Color, p.ItemGroupID)
	}
	worn := strings.HasPrefix(p.ProductType, "Apparel") || strings.HasPrefix(p.ProductType, "Shoes")
	if worn && p.Size == "" {
		t.Errorf("%s: no sizes", p.ID)
	}
}

func amount(t *testing.T, price string) float64 {
	t.Helper()
	m := priceForm.FindStringSubmatch(price)
	if m == nil {
		t.Errorf("price %q is not like 49.00 USD", price)
		return 0
	}
	v, _ := strconv.ParseFloat(m[1], 64)
	return v
}

func TestSiblingsAgree(t *testing.T) {
	first := map[string]Product{}
	var siblings int
	for _, p := range Products() {
		q, ok := first[p.ItemGroupID]
		if !ok {
			first[p.ItemGroupID] = p
			continue
		}
		siblings++
		if p.ProductType != q.ProductType || p.Brand != q.Brand || p.Size != q.Size || p.Price != q.Price || p.Material != q.Material {
			t.Errorf("%s and %s share a group but not their facts", p.ID, q.ID)
		}
	}
	if siblings < 60 {
		t.Errorf("%d colour siblings, want at least 60", siblings)
	}
}

func TestColourNamesAreUnique(t *testing.T) {
	en, zh := map[string]bool{}, map[string]bool{}
	for _, s := range shades() {
		if en[s.en] || zh[s.zh] {
			t.Errorf("%s or %s is named twice", s.en, s.zh)
		}
		en[s.en], zh[s.zh] = true, true
	}
	for _, it := range stock() {
		if !en[it.color] || it.with != "" && !en[it.with] {
			t.Errorf("%s: unknown colour %q or %q", it.id(), it.color, it.with)
		}
	}
}

func TestLabels(t *testing.T) {
	navy, white := shade{en: "navy blue", zh: "藏青色"}, shade{en: "white", zh: "白色"}
	for _, tc := range []struct {
		pattern pattern
		en, zh  string
	}{
		{solid, "Navy Blue", "藏青色"},
		{dots, "Navy Blue with White Polka Dots", "藏青底白波点"},
	} {
		it := item{way: way{pattern: tc.pattern}, base: navy, second: white}
		if en, zh := it.label(); en != tc.en || zh != tc.zh {
			t.Errorf("pattern %d reads %q and %q, want %q and %q", tc.pattern, en, zh, tc.en, tc.zh)
		}
	}
}
