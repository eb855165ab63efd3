package qdranttest

import (
	"strings"
	"testing"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
)

func TestFilters(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.put(
		newTestPoint(1, vectors{"image": []float32{1, 1}}, map[string]any{
			"store": "a", "colour": "红", "price": 10.5, "stock": 3, "new": true,
			"attr":   map[string]any{"fit size": []any{"S", "M"}, "cut": "slim"},
			"offers": []any{map[string]any{"city": "上海", "n": 1}, map[string]any{"city": "北京", "n": 5}},
		}),
		newTestPoint(2, vectors{}, map[string]any{
			"store": "a", "colour": []any{"blue", "红"}, "price": 20, "stock": []any{}, "new": nil,
			"attr": map[string]any{"fit size": "L"}, "tags": map[string]any{"": "empty"},
		}),
		newTestPoint(3, vectors{}, map[string]any{"store": "b", "colour": []any{}, "price": "10.5", "stock": []any{1, 9}}),
		newTestPoint(4, vectors{}, nil),
	)
	match := qdrant.NewMatch
	between := func(field string, r *qdrant.Range) *qdrant.Condition { return qdrant.NewRange(field, r) }
	for _, test := range []struct {
		name   string
		filter *qdrant.Filter
		ids    string
	}{
		{"empty", &qdrant.Filter{}, "1 2 3 4"},
		{"keyword", must(match("store", "a")), "1 2"},
		{"in a list", must(match("colour", "红")), "1 2"},
		{"any of", must(qdrant.NewMatchKeywords("colour", "blue", "green")), "2"},
		{"any of none", must(qdrant.NewMatchKeywords("colour")), ""},
		{"any of many", must(qdrant.NewMatchKeywords("store", strings.Fields("b c d e f g h i j k l m n o p q r s t")...)), "3"},
		{"none of", mustNot(qdrant.NewMatchKeywords("colour", "blue", "green")), "1 3 4"},
		{"none of none", mustNot(qdrant.NewMatchKeywords("colour")), "1 2 3 4"},
		{"except needs a value", must(qdrant.NewMatchExceptKeywords("colour", "blue")), "1 2"},
		{"missing field", must(match("absent", "a")), ""},
		{"not a missing field", mustNot(match("absent", "a")), "1 2 3 4"},
		{"integer", must(qdrant.NewMatchInt("stock", 9)), "3"},
		{"integer is no double", must(qdrant.NewMatchInt("price", 10)), ""},
		{"integers", must(qdrant.NewMatchInts("stock", 3, 9)), "1 3"},
		{"except integers", must(qdrant.NewMatchExceptInts("stock", 3, 9)), "3"},
		{"is not empty", must(&qdrant.Condition{ConditionOneOf: &qdrant.Condition_Field{Field: &qdrant.FieldCondition{Key: "stock", IsEmpty: proto.Bool(false)}}}), "1 3"},
		{"is not null", must(&qdrant.Condition{ConditionOneOf: &qdrant.Condition_Field{Field: &qdrant.FieldCondition{Key: "new", IsNull: proto.Bool(false)}}}), "1 3 4"},
		{"bool", must(qdrant.NewMatchBool("new", true)), "1"},
		{"gte and lte", must(between("price", &qdrant.Range{Gte: proto.Float64(10.5), Lte: proto.Float64(20)})), "1 2"},
		{"gt", must(between("price", &qdrant.Range{Gt: proto.Float64(10.5)})), "2"},
		{"lt", must(between("stock", &qdrant.Range{Lt: proto.Float64(3)})), "3"},
		{"no bounds", must(between("price", &qdrant.Range{})), "1 2"},
		{"is empty", must(qdrant.NewIsEmpty("stock")), "2 4"},
		{"null is empty", must(qdrant.NewIsEmpty("new")), "2 3 4"},
		{"is null", must(qdrant.NewIsNull("new")), "2"},
		{"has id", must(qdrant.NewHasID(qdrant.NewIDNum(4), qdrant.NewIDNum(2))), "2 4"},
		{"has vector", must(qdrant.NewHasVector("image")), "1"},
		{"quoted key", must(match(`attr."fit size"`, "M")), "1"},
		{"key", must(match("attr.cut", "slim")), "1"},
		{"empty key", must(match(`tags.""`, "empty")), "2"},
		{"index", must(match(`attr."fit size"[0]`, "S")), "1"},
		{"other index", must(match(`attr."fit size"[0]`, "M")), ""},
		{"through a list", must(match("offers[].city", "北京")), "1"},
		{"not without brackets", must(match("offers.city", "北京")), ""},
		{"separate elements", must(match("offers[].city", "北京"), qdrant.NewMatchInt("offers[].n", 1)), "1"},
		{"one element", must(qdrant.NewNestedFilter("offers", must(match("city", "北京"), qdrant.NewMatchInt("n", 1)))), ""},
		{"the same element", must(qdrant.NewNestedFilter("offers", must(match("city", "北京"), qdrant.NewMatchInt("n", 5)))), "1"},
		{"should", &qdrant.Filter{Should: []*qdrant.Condition{match("store", "b"), qdrant.NewMatchBool("new", true)}}, "1 3"},
		{"must and should", &qdrant.Filter{Must: []*qdrant.Condition{match("store", "a")}, Should: []*qdrant.Condition{match("store", "b"), qdrant.NewMatchBool("new", true)}}, "1"},
		{"two of three", &qdrant.Filter{MinShould: &qdrant.MinShould{MinCount: 2, Conditions: []*qdrant.Condition{match("store", "a"), match("colour", "红"), qdrant.NewMatchBool("new", true)}}}, "1 2"},
		{"inside", must(qdrant.NewFilterAsCondition(mustNot(match("store", "a")))), "3 4"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if ids, _ := c.query(&qdrant.QueryPoints{Filter: test.filter}); ids != test.ids {
				t.Errorf("found %q, want %q", ids, test.ids)
			}
		})
	}
}

func TestFilterRefusals(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	for _, test := range []struct {
		name   string
		filter *qdrant.Filter
		words  string
	}{
		{"no condition", must(&qdrant.Condition{}), "Malformed Condition"},
		{"no test", must(&qdrant.Condition{ConditionOneOf: &qdrant.Condition_Field{Field: &qdrant.FieldCondition{Key: "a"}}}), "At least one field condition must be specified"},
		{"path of should", &qdrant.Filter{Should: []*qdrant.Condition{qdrant.NewIsEmpty("a b")}}, "Invalid json path: 'a b'"},
		{"path of must not", mustNot(qdrant.NewIsNull("a.")), "Invalid json path: 'a.'"},
		{"path of nested", must(qdrant.NewNestedFilter("a b", must())), "Invalid json path"},
		{"path inside", must(qdrant.NewNestedFilter("a", must(qdrant.NewMatch("", "x")))), "Invalid json path: ''"},
		{"id", must(qdrant.NewHasID(qdrant.NewID("x"))), "Unable to parse UUID: x"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := c.Count(t.Context(), &qdrant.CountPoints{CollectionName: shop, Filter: test.filter})
			refused(t, err, codes.InvalidArgument, test.words)
		})
	}
}

func must(conditions ...*qdrant.Condition) *qdrant.Filter { return &qdrant.Filter{Must: conditions} }

func mustNot(conditions ...*qdrant.Condition) *qdrant.Filter {
	return &qdrant.Filter{MustNot: conditions}
}

func TestStrict(t *testing.T) {
	c := start(t, Strict())
	c.create(newShop(shop))
	c.put(newTestPoint(1, vectors{"image": []float32{1, 0}}, map[string]any{"store": "a"}))
	c.index("other", qdrant.FieldType_FieldTypeInteger)
	q := with(near("image", 1, 0), only("a"))
	q.CollectionName = shop
	const want = `Bad request: Index required but not found for "store" of one of the following types: [keyword]. Help: Create an index for this key or use a different filter.`
	_, err := c.Query(t.Context(), q)
	refused(t, err, codes.InvalidArgument, want)
	_, err = c.Delete(t.Context(), &qdrant.DeletePoints{CollectionName: shop, Points: qdrant.NewPointsSelectorFilter(q.Filter)})
	refused(t, err, codes.InvalidArgument, want)
	c.index("store", qdrant.FieldType_FieldTypeKeyword)
	if ids, _ := c.query(q); ids != "1" {
		t.Errorf("found %s", ids)
	}
	_, err = c.Count(t.Context(), &qdrant.CountPoints{CollectionName: shop, Filter: must(qdrant.NewRange("store", &qdrant.Range{}))})
	refused(t, err, codes.InvalidArgument, "of one of the following types: [float, integer]")
	if _, err := c.DeleteFieldIndex(t.Context(), &qdrant.DeleteFieldIndexCollection{CollectionName: shop, FieldName: `"store"`, Wait: proto.Bool(true)}); err != nil {
		t.Fatal(err)
	}
	_, err = c.Query(t.Context(), q)
	refused(t, err, codes.InvalidArgument, want)
}

func TestPaths(t *testing.T) {
	for text, want := range map[string]string{
		"a":         "a",
		"价格":        "价格",
		"a_b-1":     "a_b-1",
		`"a"`:       "a",
		`a."b c".d`: `a."b c".d`,
		`a[].b[12]`: "a[].b[12]",
		`""`:        `""`,
		`"a.b"[]`:   `"a.b"[]`,
		"":          "",
		"a b":       "",
		"a.":        "",
		".a":        "",
		"[]":        "",
		"a[":        "",
		"a[x]":      "",
		"a[-1]":     "",
		"a[+1]":     "",
		`a"b"`:      "",
		`"a`:        "",
		`"a\"b"`:    "",
		"a..b":      "",
	} {
		got, err := parsePath(text)
		if (err != nil) != (want == "") || err == nil && got.String() != want {
			t.Errorf("%q is %q, %v; want %q", text, got, err, want)
		}
	}
}

func FuzzPath(f *testing.F) {
	for _, text := range []string{"a.b", `"a b"[].c[1]`, `""`, "价格", "a["} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parsePath(text)
		if err != nil {
			return
		}
		again, err := parsePath(p.String())
		if err != nil || again.String() != p.String() {
			t.Errorf("%q is %q, which is %q, %v", text, p, again, err)
		}
	})
}
