package catalog

import (
	"context"
	"errors"
	"slices"
	"testing"

	"honeyguide/catalog/query"
)

// stall holds the products that the tests of candidates ask for.
func stall(t *testing.T) *shop {
	s := newShop(t)
	s.sync(`id,title,price,product_type,color,gender,age_group,availability
near,Blue jeans,40 USD,Apparel > Jeans,blue,female,adult,in_stock
his,Blue jeans,40 USD,Apparel > Jeans,blue,male,adult,in_stock
unknown,Grey jeans,30 USD,Apparel > Jeans,grey,,,in_stock
child,Blue jeans,15 USD,Apparel > Jeans,blue,female,kids,in_stock
sold,Blue jeans,20 USD,Apparel > Jeans,blue,female,adult,out_of_stock
later,Blue jeans,20 USD,Apparel > Jeans,blue,female,adult,preorder
foreign,Blue jeans,20 EUR,Apparel > Jeans,blue,female,adult,in_stock
dear,Black jeans,400 USD,Apparel > Jeans,black,female,adult,in_stock
shoes,White sneakers,50 USD,Footwear > Shoes > Casual Shoes,white,female,adult,in_stock
`, Full)
	return s
}

func TestCandidates(t *testing.T) {
	s := stall(t)
	most := int64(10_000)
	for _, c := range []struct {
		name string
		ask  Ask
		want []string
	}{
		{"all that can be ordered now in the store's currency", Ask{Filters: query.Filters{Category: "bottoms"}, Limit: 10}, []string{"child", "dear", "his", "near", "unknown"}},
		{"not for the other gender; who says nothing passes", Ask{Filters: query.Filters{Category: "bottoms.jeans"}, Not: query.Exclusions{Genders: []string{"male"}, AgeGroups: []string{"kids"}}, Limit: 10}, []string{"dear", "near", "unknown"}},
		{"within a price", Ask{Filters: query.Filters{Category: "bottoms", PriceMax: &most, Gender: "female"}, Limit: 10}, []string{"child", "near"}},
		{"of a colour", Ask{Filters: query.Filters{Category: "bottoms", Colors: []string{"black", "grey"}}, Limit: 10}, []string{"dear", "unknown"}},
		{"not of a category", Ask{Filters: query.Filters{}, Not: query.Exclusions{Categories: []string{"bottoms"}}, Limit: 10}, []string{"shoes"}},
		{"of what the store has not", Ask{Filters: query.Filters{Category: "electronics"}, Limit: 10}, nil},
	} {
		found, err := s.Candidates(context.Background(), s.store, []Ask{c.ask, {Filters: query.Filters{Category: "shoes"}, Limit: 1}})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, f := range found[0] {
			ids = append(ids, f.Product.ID)
		}
		if slices.Sort(ids); !slices.Equal(ids, c.want) {
			t.Errorf("%s: %v, want %v", c.name, ids, c.want)
		}
		if len(found[1]) != 1 || found[1][0].Product.ID != "shoes" {
			t.Errorf("%s: the second ask found %v", c.name, found[1])
		}
	}
	if _, err := s.Candidates(context.Background(), "st_nobody", nil); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown store: %v", err)
	}
}

func TestSubject(t *testing.T) {
	s := stall(t)
	ctx := context.Background()
	sub, err := s.Subject(ctx, s.store, Search{ProductID: "near", Text: "在1000元以内"})
	if err != nil || sub.Product == nil || sub.Product.ID != "near" || sub.Category != "bottoms.jeans" || sub.Language != "zh" || sub.Currency != "USD" {
		t.Errorf("%+v, %v", sub, err)
	}
	sub, err = s.Subject(ctx, s.store, Search{Text: "shoes for women under 60"})
	if err != nil || sub.Product != nil || len(sub.Toward.vector) == 0 || sub.Understood.Filters.Gender != "female" || *sub.Understood.Filters.PriceMax != 6000 {
		t.Errorf("%+v, %v", sub, err)
	}
	if _, err := s.Subject(ctx, s.store, Search{ProductID: "nobody"}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown product: %v", err)
	}
}
