package outfit

import (
	"archive/zip"
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"honeyguide/catalog"
)

// realGifts writes the products of a shop of twenty trades as a feed.
func realGifts(t testing.TB) string {
	t.Helper()
	f, err := os.Open(sizeData(t, "gift_catalog/products.yaml.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		ID, Name, Category, Style, Description string
		Price                                  float64
		Stock                                  int    `yaml:"current_stock"`
		Gender                                 string `yaml:"gender_affinity"`
	}
	if err := yaml.NewDecoder(z).Decode(&rows); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "gifts.csv")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := csv.NewWriter(out)
	w.Write([]string{"id", "title", "price", "availability", "product_type", "gender", "description"})
	for _, r := range rows {
		stock := map[bool]string{true: "in_stock", false: "out_of_stock"}[r.Stock > 0]
		gender := map[string]string{"F": "female", "M": "male"}[r.Gender]
		w.Write([]string{r.ID, r.Name, fmt.Sprintf("%.2f USD", r.Price), stock, r.Category + " > " + r.Style, gender, r.Description})
	}
	if w.Flush(); w.Error() != nil {
		t.Fatal(w.Error())
	}
	return path
}

// clothesShop extracts the feed of 31 thousand clothes, without their pictures.
func clothesShop(t testing.TB) string {
	t.Helper()
	if os.Getenv("HONEYGUIDE_DATA_SETS") == "" {
		t.Skip("takes long: set HONEYGUIDE_DATA_SETS to the folder of data sets")
	}
	z, err := zip.OpenReader(sizeData(t, "catalog.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	in, err := z.Open("products.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	path := filepath.Join(t.TempDir(), "products.csv")
	data, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestGiftsOfRealShops asks two real shops for everybody on seven occasions with
// four budgets: every gift is within its budget, in stock and for the gender
// that is known; how often there are five, of five kinds, and by a rule.
func TestGiftsOfRealShops(t *testing.T) {
	for name, shop := range map[string]struct {
		feed     func(testing.TB) string
		currency string
		budgets  []int64
	}{
		"twenty trades": {realGifts, "USD", []int64{1500, 5000, 10000, 30000}},
		"clothes":       {clothesShop, "INR", []int64{50000, 150000, 300000, 1000000}},
	} {
		t.Run(name, func(t *testing.T) {
			c, store := giftShop(t, shop.feed(t), catalog.Settings{Name: name, Currency: shop.currency, Locale: "en"})
			g := NewGiver(loaded(t))
			var wishes, five, kinds, ruled, over, gifts int
			var took []time.Duration
			for recipient := range loaded(t).Giving().Recipients {
				for _, occasion := range []string{"", "birthday", "wedding", "housewarming", "christmas", "spring-festival", "thank-you"} {
					for _, budget := range shop.budgets {
						start := time.Now()
						a, err := g.Gifts(context.Background(), c, store, GiftRequest{Given: GiftWish{Recipient: recipient, Occasion: occasion, BudgetMax: &budget}, Now: now})
						if err != nil {
							t.Fatal(err)
						}
						took = append(took, time.Since(start))
						wishes, gifts = wishes+1, gifts+len(a.Gifts)
						seen := map[string]bool{}
						for _, f := range a.Gifts {
							seen[f.Product.Category] = true
							gender := a.Wish.Gender
							if f.Product.Cost().Amount > budget || f.Product.Availability != catalog.InStock {
								over++
							}
							if gender != "" && f.Product.Gender != "" && f.Product.Gender != gender && f.Product.Gender != "unisex" {
								t.Errorf("%s for %s", f.Product.Title, recipient)
							}
						}
						if len(a.Gifts) == DefaultGifts {
							five++
						}
						if len(seen) == DefaultGifts {
							kinds++
						}
						if len(a.Notes) == 0 {
							ruled++
						}
					}
				}
			}
			slices.Sort(took)
			t.Logf("%d wishes, %d gifts: %d over budget or out of stock; five gifts %.3f, of five kinds %.3f, by a rule %.3f; p50 %v, p99 %v", wishes, gifts, over,
				float64(five)/float64(wishes), float64(kinds)/float64(wishes), float64(ruled)/float64(wishes), took[len(took)/2], took[len(took)*99/100])
			if over > 0 {
				t.Errorf("%d gifts are over budget or out of stock", over)
			}
			for _, text := range []string{"gift for my dad who loves fishing, under $50", "我女朋友过生日,送什么好?300以内", "5岁男孩生日礼物", "housewarming present for a colleague", "something for my mum by Friday"} {
				a, err := g.Gifts(context.Background(), c, store, GiftRequest{Text: text, Now: now})
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("%s\n%s", text, show(a))
			}
		})
	}
}
