package catalog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"honeyguide/catalog/feed"
)

func TestApply(t *testing.T) {
	s := newShop(t)
	hat := `{"id":"hat","title":"Green hat","price":"5 USD","color":"green"}`
	for _, step := range []struct {
		products  []string
		deletions []Deletion
		want      Changes
		left      []string
	}{
		{[]string{hat, `{"id":"mug","title":"Blue mug","price":"7 USD"}`}, nil, Changes{Added: 2}, []string{"hat", "mug"}},
		{[]string{hat}, nil, Changes{Unchanged: 1}, []string{"hat", "mug"}},
		{[]string{`{"id":"hat","title":"Red hat","price":"5 USD"}`}, []Deletion{{ID: "mug"}}, Changes{Updated: 1, Removed: 1}, []string{"hat"}},
		{nil, []Deletion{{ID: "mug"}, {ID: "never was"}}, Changes{Unchanged: 2}, []string{"hat"}},
		{[]string{hat, hat}, []Deletion{{ID: "hat"}, {ID: ""}}, Changes{Updated: 1, Failed: 3}, []string{"hat"}},
		{[]string{`{"id":"mug","title":"Back again","price":"7 USD"}`}, nil, Changes{Added: 1}, []string{"hat", "mug"}},
	} {
		got := s.apply(step.deletions, step.products...)
		errs := got.Errors
		if got.Errors = nil; fmt.Sprint(got) != fmt.Sprint(step.want) || len(errs) != step.want.Failed {
			t.Errorf("%v %v: got %+v with %v, want %+v", step.products, step.deletions, got, errs, step.want)
		}
		if left := s.ids(); !slices.Equal(left, step.left) {
			t.Errorf("left are %v, want %v", left, step.left)
		}
		if found := s.found(""); len(found) != len(step.left) {
			t.Errorf("found at once: %v, want %v", found, step.left)
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	if _, err := s.Apply(ctx, "st_none", nil, nil, nil); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown store: %v", err)
	}
	var field *FieldError
	if _, err := s.Apply(ctx, s.store, make([]feed.Item, MaxChanges), []Deletion{{ID: "1"}}, nil); !errors.As(err, &field) || field.Field != "products" {
		t.Errorf("too many: %v", err)
	}
	fault := &feed.RowError{Line: 2, ID: "p001", Field: "price", Code: feed.CodeInvalid, Message: "no price"}
	item, err := feed.ParseJSON([]byte(`{"id":"p000","title":"Hat","price":"5 USD"}`), 1, "USD")
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Apply(ctx, s.store, []feed.Item{item}, []Deletion{{ID: "p000"}}, []*feed.RowError{fault})
	if err != nil || got.Added != 1 || got.Failed != 2 || len(got.Errors) != 2 {
		t.Fatalf("got %+v, %v", got, err)
	}
	if got.Errors[0].Line != 2 || got.Errors[0].Code != "invalid" || got.Errors[1].Line != 3 || got.Errors[1].Code != "duplicate" {
		t.Errorf("errors %+v, want one of line 2, and the deletion after the products in line 3", got.Errors)
	}
}

// Each step is a row of a product in its version; 0 is none. A row of a version
// that the store is beyond is stale.
func TestVersions(t *testing.T) {
	type step struct {
		version int64
		delete  bool
		want    string // added, updated, unchanged, removed or failed
	}
	for name, steps := range map[string][]step{
		"newer counts, older is late":                      {{1, false, "added"}, {3, false, "updated"}, {2, false, "failed"}, {3, false, "updated"}},
		"a late row never revives":                         {{4, false, "added"}, {5, true, "removed"}, {4, false, "failed"}, {5, false, "failed"}, {6, false, "added"}},
		"a deletion of an older state is late":             {{4, false, "added"}, {3, true, "failed"}, {4, true, "removed"}},
		"a tombstone before the product":                   {{5, true, "unchanged"}, {4, false, "failed"}, {6, false, "added"}},
		"a repeated deletion":                              {{4, false, "added"}, {5, true, "removed"}, {5, true, "unchanged"}, {7, true, "unchanged"}, {6, false, "failed"}},
		"an older deletion of what is gone":                {{4, false, "added"}, {5, true, "removed"}, {3, true, "unchanged"}, {5, false, "failed"}},
		"without versions the later word counts":           {{0, false, "added"}, {0, true, "removed"}, {0, false, "added"}},
		"a deletion without a version keeps the product's": {{4, false, "added"}, {0, true, "removed"}, {4, false, "failed"}, {5, false, "added"}},
		"a row without a version revives":                  {{4, false, "added"}, {5, true, "removed"}, {0, false, "added"}, {4, false, "failed"}, {6, false, "updated"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			for i, st := range steps {
				time.Sleep(2 * time.Millisecond)
				var got Changes
				if st.delete {
					got = s.apply([]Deletion{{ID: "1", SourceVersion: st.version}})
				} else {
					got = s.apply(nil, fmt.Sprintf(`{"id":"1","title":"State %d","price":"5 USD","source_version":%d}`, i, st.version))
				}
				is := "failed"
				switch {
				case got.Added == 1:
					is = "added"
				case got.Updated == 1:
					is = "updated"
				case got.Unchanged == 1:
					is = "unchanged"
				case got.Removed == 1:
					is = "removed"
				}
				if is != st.want {
					t.Errorf("step %d, version %d, delete %v: %s, want %s; %v", i, st.version, st.delete, is, st.want, got.Errors)
				}
			}
		})
	}
}

func TestAnUnchangedRowRaisesTheVersion(t *testing.T) {
	s := newShop(t)
	row := `{"id":"1","title":"%s","price":"5 USD","source_version":%d}`
	s.apply(nil, fmt.Sprintf(row, "Hat", 4))
	if got := s.apply(nil, fmt.Sprintf(row, "Hat", 6)); got.Unchanged != 1 {
		t.Fatalf("got %+v", got)
	}
	if got := s.apply(nil, fmt.Sprintf(row, "Old hat", 5)); got.Failed != 1 || s.product("1").Title != "Hat" {
		t.Errorf("a row older than what was said to be unchanged: %+v", got)
	}
}

func TestFeedRowsBringVersionsAndDeletions(t *testing.T) {
	s := newShop(t)
	head := "id,title,price,deleted,source_version\n"
	s.sync(head+"a,Hat,5,,3\nb,Mug,5,,3\nc,Cap,5,,3\n", Full)
	wantTally(t, s.sync(head+"a,Old hat,5,,2\nb,,,true,4\nd,,,true,1\n", Partial), "done: 3 rows, 0 added, 0 updated, 1 unchanged, 1 removed, 1 failed")
	if got := s.ids(); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("left are %v", got)
	}
	s.sync(head+"b,Late mug,5,,3\nd,Late,5,,1\n", Partial)
	if got := s.ids(); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("late rows revived: %v", got)
	}
}

func TestProductsAreListedInOrder(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	s.sync(table(rows(0, 10)...), Full)
	first, err := s.Products(ctx, s.store, "", 4)
	if err != nil {
		t.Fatal(err)
	}
	next, err := s.Products(ctx, s.store, first[3].ID, 4)
	if err != nil || len(first) != 4 || len(next) != 4 || first[0].ID != "p000" || next[0].ID != "p004" {
		t.Errorf("got %v and %v, %v", first, next, err)
	}
	if _, err := s.Product(ctx, s.store, "none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("no product: %v", err)
	}
}
