package feed_test

import (
	"reflect"
	"testing"

	"honeyguide/catalog/feed"
)

func TestVariants(t *testing.T) {
	const header = "id,title,price,sale_price,availability,size,color,item_group_id,link,gtin\n"
	type merged struct {
		id, title    string
		sizes        []string
		amount       int64
		availability string
	}
	for name, c := range map[string]struct {
		rows string
		want []merged
	}{
		"sizes of one product": {
			"1,Tee,20,,out_of_stock,S,Red,G,https://x.example/?v=1,111\n2,Tee,25,,in_stock,M,Red,G,https://x.example/?v=2,112\n3,Tee,22,,in_stock,L,Red,G,https://x.example/?v=3,113\n",
			[]merged{{"1", "Tee", []string{"M", "L"}, 2200, "in_stock"}}},
		"none in stock": {
			"1,Tee,20,,out_of_stock,S,Red,G,,\n2,Tee,18,,out_of_stock,M,Red,G,,\n",
			[]merged{{"1", "Tee", []string{"S", "M"}, 1800, "out_of_stock"}}},
		"sizes in titles": {
			"1,Tee - S,20,,preorder,S,Red,G,,\n2,Tee - M,20,,backorder,M,Red,G,,\n",
			[]merged{{"1", "Tee", []string{"S", "M"}, 2000, "preorder"}}},
		"中文尺码": {
			"1,衬衫（红）,20,,有货,小,红,G,,\n2,衬衫（红）,20,,缺货,大,红,G,,\n",
			[]merged{{"1", "衬衫（红）", []string{"小"}, 2000, "in_stock"}}},
		"colours are siblings": {
			"1,Tee,20,,,S,Red,G,,\n2,Tee,20,,,M,Red,G,,\n3,Tee,20,,,S,Blue,G,,\n4,Tee,20,,,M,Blue,G,,\n",
			[]merged{{"1", "Tee", []string{"S", "M"}, 2000, "in_stock"}, {"3", "Tee", []string{"S", "M"}, 2000, "in_stock"}}},
		"whole size lists stay": {
			"1,Tee,20,,,S|M,Red,G,,\n2,Tee,20,,,L|XL,Red,G,,\n",
			[]merged{{"1", "Tee", []string{"S", "M"}, 2000, "in_stock"}, {"2", "Tee", []string{"L", "XL"}, 2000, "in_stock"}}},
		"same size is no variant": {
			"1,Tee,20,,,Onesize,Red,G,,\n2,Tee,20,,,Onesize,Red,G,,\n",
			[]merged{{"1", "Tee", []string{"Onesize"}, 2000, "in_stock"}, {"2", "Tee", []string{"Onesize"}, 2000, "in_stock"}}},
		"a row error between": {
			"1,Tee,20,,,S,Red,G,,\n2,Tee,bad,,,M,Red,G,,\n3,Tee,20,,,L,Red,G,,\n",
			[]merged{{"1", "Tee", []string{"S", "L"}, 2000, "in_stock"}}},
		"no group": {
			"1,Tee,20,,,S,Red,,,\n2,Tee,20,,,M,Red,,,\n",
			[]merged{{"1", "Tee", []string{"S"}, 2000, "in_stock"}, {"2", "Tee", []string{"M"}, 2000, "in_stock"}}},
	} {
		items, _, err := read(t, open(t, []byte(header+c.rows), feed.Options{Currency: "USD"}))
		var got []merged
		for _, i := range items {
			got = append(got, merged{i.ID, i.Title, i.Sizes, i.Price.Amount, i.Availability})
		}
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v (%v)", name, got, c.want, err)
		}
	}
}

func TestCheapestSaleOfVariants(t *testing.T) {
	got := one(t, "id,title,price,sale_price,size,item_group_id\n1,Tee,20,,S,G\n2,Tee,25,15,M,G\n3,Tee,19,,L,G\n", feed.Options{Currency: "USD"})
	if got.Price.Amount != 2500 || got.SalePrice.Amount != 1500 || len(got.Sizes) != 3 {
		t.Errorf("%+v", got)
	}
}
