package api

import (
	"fmt"
	"image/color"
	"regexp"
	"strings"
	"testing"
)

// wardrobe is a shop whose things go together.
var wardrobe = []row{
	{"top", "White cotton T-shirt", "Apparel > Tshirts", "white", "15.00 USD", "female", "in_stock", color.NRGBA{240, 240, 240, 255}},
	{"jeans", "Blue jeans", "Apparel > Jeans", "blue", "49.00 USD", "female", "in_stock", blue},
	{"jeans2", "Black jeans", "Apparel > Jeans", "black", "55.00 USD", "female", "in_stock", black},
	{"skirt", "Beige skirt", "Apparel > Skirts", "beige", "39.00 USD", "female", "in_stock", color.NRGBA{217, 198, 165, 255}},
	{"flats", "Brown flats", "Footwear > Flats", "brown", "29.00 USD", "female", "in_stock", color.NRGBA{122, 74, 42, 255}},
	{"shoes", "White sneakers", "Footwear > Sneakers", "white", "45.00 USD", "female", "in_stock", color.NRGBA{235, 235, 235, 255}},
	{"heels", "Black heels", "Footwear > Heels", "black", "69.00 USD", "female", "in_stock", black},
	{"sold", "Grey sneakers", "Footwear > Sneakers", "grey", "19.00 USD", "female", "out_of_stock", black},
	{"his", "Blue jeans for him", "Apparel > Jeans", "blue", "50.00 USD", "male", "in_stock", blue},
	{"euro", "Red sneakers", "Footwear > Sneakers", "red", "1.00 EUR", "female", "in_stock", red},
}

func TestOutfits(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	syncFeed(t, k, "full", "products.zip", zipFeed(t, wardrobe)).is("state", "done").is("failed", 0)
	ask := func(body string) *answer {
		t.Helper()
		a := call(t, "POST", "/v1/outfits", k.pk, body).want(200)
		for i := range a.length("outfits") {
			at := fmt.Sprintf("outfits.%d.", i)
			a.length(at + "missing")
			a.length(at + "anchor.colors")
			total := 0.0
			for n := range a.length(at + "pieces") {
				piece := fmt.Sprintf("%spieces.%d.", at, n)
				total += a.at(piece + "product.price.amount").(float64)
				if id := a.text(piece + "product.id"); id == "sold" || id == "his" || id == "euro" || a.text(piece+"slot") == "" || a.text(piece+"why.0.text") == "" {
					t.Errorf("%s: piece %s", body, id)
				}
			}
			a.is(at+"total.amount", total).is(at+"total.currency", "USD")
		}
		return a
	}
	t.Run("a product", func(t *testing.T) {
		a := ask(`{"product_id":"top"}`).is("anchor.kind", "product").is("outfits.0.anchor.product.id", "top").is("outfits.0.set", "outfit").is("reason", "")
		if a.length("outfits") < 2 || a.length("outfits.0.pieces") < 2 {
			t.Errorf("%s", a.body)
		}
		call(t, "GET", "/v1/products/top/outfits?limit=1", k.pk, nil).want(200).is("outfits.0.pieces.0.product.id", a.text("outfits.0.pieces.0.product.id"))
	})
	t.Run("a photo", func(t *testing.T) {
		id := call(t, "POST", "/v1/images", k.pk, newForm().file("image", "me.jpg", picture(red))).want(201).text("id")
		ask(fmt.Sprintf(`{"image_id":%q,"text":"I have this dress","gender":"female"}`, id)).is("anchor.kind", "photo").is("anchor.category", "dresses")
	})
	t.Run("words", func(t *testing.T) {
		ask(`{"text":"what shoes go with blue jeans for women"}`).is("anchor.category", "bottoms.jeans").is("anchor.colors.0", "blue")
		a := ask(`{"text":"我刚买了一条牛仔裤，该配什么鞋？"}`).is("anchor.category", "bottoms.jeans")
		if why := a.text("outfits.0.pieces.0.why.0.text"); !regexp.MustCompile(`\p{Han}`).MatchString(why) {
			t.Errorf("answered %q", why)
		}
	})
	t.Run("a budget", func(t *testing.T) {
		for _, budget := range []int{200, 90, 70, 40} {
			a := ask(fmt.Sprintf(`{"product_id":"top","budget_max":%d00}`, budget))
			for i := range a.length("outfits") {
				if total := a.at(fmt.Sprintf("outfits.%d.total.amount", i)).(float64); total > float64(budget*100) {
					t.Errorf("%v of %d", total, budget*100)
				}
			}
		}
	})
	t.Run("one piece swapped", func(t *testing.T) {
		a := ask(`{"product_id":"top","keep":{"bottom":"skirt"},"exclude":["flats"],"limit":1}`)
		if !strings.Contains(string(a.body), `"skirt"`) || strings.Contains(string(a.body), `"flats"`) {
			t.Errorf("%s", a.body)
		}
	})
	t.Run("nothing fitting", func(t *testing.T) {
		if a := ask(`{"text":"what goes with my tractor"}`); a.length("outfits") != 0 || a.text("reason") == "" {
			t.Errorf("%s", a.body)
		}
	})
}

func TestWrongOutfits(t *testing.T) {
	t.Parallel()
	k, other := newShop(t), newShop(t)
	for body, field := range map[string]string{
		`{}`:                                  "text",
		`{"product_id":"d1","limit":7}`:       "limit",
		`{"product_id":"d1","budget_max":-1}`: "budget_max",
		`{"product_id":"d1","occasion":"moonwalk"}`:   "occasion",
		`{"product_id":"d1","season":"monsoon"}`:      "season",
		`{"product_id":"d1","gender":"robot"}`:        "gender",
		`{"product_id":"d1","set":"spaceship"}`:       "set",
		`{"product_id":"d1","keep":{"shoes":"none"}}`: "keep.shoes",
		`{"product_id":"d1","keep":{"shoes":"d4"}}`:   "keep.shoes",
		`{"product_id":"d1","keep":{"wings":"b1"}}`:   "keep.wings",
		`{"product_id":"d1","image_id":"img_x"}`:      "image_id",
		`{"text":"a dress","region":[0,0,1,1]}`:       "region",
	} {
		call(t, "POST", "/v1/outfits", k.pk, body).problem(422, "invalid").is("errors.0.location", field)
	}
	call(t, "POST", "/v1/outfits", k.pk, `{"product_id":"nobody"}`).problem(404, "not_found")
	call(t, "POST", "/v1/outfits", k.pk, `{"image_id":"img_none"}`).problem(404, "not_found")
	call(t, "GET", "/v1/products/nobody/outfits", k.pk, nil).problem(404, "not_found")
	call(t, "POST", "/v1/outfits", "", `{"product_id":"d1"}`).problem(401, "unauthenticated")
	call(t, "DELETE", "/v1/products/s2", k.sk, nil).want(204)
	call(t, "POST", "/v1/outfits", other.pk, `{"product_id":"s2"}`).want(200)
	call(t, "POST", "/v1/outfits", k.pk, `{"product_id":"s2"}`).problem(404, "not_found")
}
