package feed_test

import (
	"reflect"
	"strings"
	"testing"

	"honeyguide/catalog/feed"
)

const shopifyCSV = `Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Image Src,Image Position,Variant Image,Google Shopping / Gender,Status
tee,Classic Tee 经典T恤,<p>Soft</p>,Acme,Shirts,"a, b",true,Size,S/M,Color,Red,T-1,shopify,0,deny,20.00,,https://cdn.example/1.jpg,1,,Unisex,active
tee,,,,,,,,M,,Red,T-2,shopify,3,deny,18.00,25.00,https://cdn.example/2.jpg,2,https://cdn.example/red.jpg,,
tee,,,,,,,,L,,Blue,T-3,shopify,0,continue,30.00,0.00,,,,,
tee,,,,,,,,,,,,,,,,,https://cdn.example/3.jpg,3,,,
mug,Mug,,Acme,Mugs,,true,Title,Default Title,,,M-1,,,deny,9.50,,https://cdn.example/m.jpg,1,,,active
old,Old Mug,,Acme,Mugs,,false,Title,Default Title,,,O-1,,,deny,9.50,,,,,,draft
bad,Bad price,,Acme,Mugs,,true,Title,Default Title,,,B-1,,,deny,free,,,,,,active
`

func TestShopifyCSV(t *testing.T) {
	f := open(t, []byte(shopifyCSV), feed.Options{Currency: "USD"})
	items, rows, err := read(t, f)
	if err != nil || f.Format() != "shopify-csv" || len(items) != 3 || len(rows) != 1 {
		t.Fatalf("%s: %+v, %v, %v", f.Format(), items, rows, err)
	}
	want := feed.Item{Line: 2, ID: "tee", Title: "Classic Tee 经典T恤", Description: "Soft", Brand: "Acme", ProductType: "Shirts",
		ImageLink: "https://cdn.example/1.jpg", AdditionalImageLinks: []string{"https://cdn.example/2.jpg", "https://cdn.example/red.jpg", "https://cdn.example/3.jpg"},
		Price: price(2500, "USD"), SalePrice: price(1800, "USD"), Availability: "in_stock", Gender: "unisex",
		Colors: []string{"Red", "Blue"}, Sizes: []string{"M", "L"}, Attributes: map[string]string{"tags": "a, b"}}
	if !reflect.DeepEqual(items[0], want) {
		t.Errorf("\n got %+v\nwant %+v", items[0], want)
	}
	if items[1].ID != "mug" || items[1].Sizes != nil || items[1].Availability != "in_stock" || !items[2].Deleted || rows[0].ID != "bad" || rows[0].Line != 8 {
		t.Errorf("%+v %v", items[1:], rows)
	}
}

func TestShopifyJSON(t *testing.T) {
	f := open(t, []byte(`{"products":[{"id":632910392,"title":"Tee","body_html":"<b>Soft</b>","vendor":"Acme","product_type":"Shirts","handle":"tee",
"tags":["a","b"],"published_at":"2025-01-01","options":[{"name":"尺码","position":1,"values":["S","M"]},{"name":"颜色","position":2}],
"variants":[{"id":1,"option1":"S","option2":"红","price":"20.00","compare_at_price":"25.00","available":true},{"id":2,"option1":"M","option2":"蓝","price":"19.00","available":false}],
"images":[{"src":"https://cdn.example/1.jpg"},{"src":"https://cdn.example/2.jpg"}]},
{"id":2,"title":"Mug","handle":"mug","published_at":null,"variants":[{"price":"5.00","inventory_management":"shopify","inventory_quantity":0,"inventory_policy":"continue"}]},
{"id":3,"title":"Cup","handle":"cup","status":"active","variants":[{"price":"5.00","inventory_management":"shopify","inventory_quantity":0,"inventory_policy":"continue"},{"price":"x"}]}]}`),
		feed.Options{Currency: "USD"})
	items, rows, err := read(t, f)
	if err != nil || f.Format() != "shopify-json" || len(items) != 3 || len(rows) != 1 {
		t.Fatalf("%s: %+v, %v, %v", f.Format(), items, rows, err)
	}
	want := feed.Item{Line: 1, ID: "632910392", Title: "Tee", Description: "Soft", Brand: "Acme", ProductType: "Shirts",
		ImageLink: "https://cdn.example/1.jpg", AdditionalImageLinks: []string{"https://cdn.example/2.jpg"}, Price: price(2500, "USD"),
		SalePrice: price(2000, "USD"), Availability: "in_stock", Colors: []string{"红"}, Sizes: []string{"S"},
		Attributes: map[string]string{"shopify_handle": "tee", "tags": "a, b"}}
	if !reflect.DeepEqual(items[0], want) {
		t.Errorf("\n got %+v\nwant %+v", items[0], want)
	}
	if !items[1].Deleted || items[2].Availability != "backorder" || rows[0].ID != "3" {
		t.Errorf("%+v %v", items[1:], rows)
	}
}

const wooCSV = `ID,Type,SKU,Name,Published,Short description,Description,In stock?,Stock,Sale price,Regular price,Categories,Tags,Images,Parent,Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s),Attribute 3 name,Attribute 3 value(s)
76,variation,tee-s,Tee - S,1,,,0,,,20,,,https://x.example/s.jpg,id:44,Size,S,Color,Red,,
44,variable,tee,Tee 衬衫,1,Short,,1,,,,"Clothing > Tshirts, Sale","new, 新",https://x.example/1.jpg, ,Size,"S, M, L/XL",Color,"Red, Blue",Fabric,Cotton
45,simple,mug,Mug,1,,<p>Blue</p>,1,5,8.00,10.00,Home,,"https://x.example/m1.jpg, https://x.example/m2.jpg",,Warranty,2 years,,,,
46,simple,old,Old,-1,,,1,,,10.00,,,,,,,,,,
77,variation,tee-m,,1,,,1,,18,20,,,,tee,Size,M,Color,Blue,,
78,variation,tee-l,,1,,,1,,,21,,,,id:44,Size,L/XL,Color,Blue,,
79,variation,bad,,1,,,1,,,dear,,,,id:44,Size,XL,Color,Blue,,
80,variation,lost,,1,,,1,,,5,,,,id:99,Size,M,,,,
`

func TestWooCommerce(t *testing.T) {
	content := strings.Replace(wooCSV, "77,variation,tee-m,,1,,,1,,18,20,,,,tee,", "77,variation,tee-m,,1,,,1,,18,20,,,,id:44,", 1)
	f := open(t, []byte(content), feed.Options{Currency: "EUR"})
	items, rows, err := read(t, f)
	if err != nil || f.Format() != "woocommerce-csv" || len(items) != 3 || len(rows) != 2 {
		t.Fatalf("%s: %+v, %v, %v", f.Format(), items, rows, err)
	}
	want := feed.Item{Line: 3, ID: "44", Title: "Tee 衬衫", Description: "Short", ImageLink: "https://x.example/1.jpg", AdditionalImageLinks: []string{"https://x.example/s.jpg"},
		Price: price(2000, "EUR"), SalePrice: price(1800, "EUR"), Availability: "in_stock", ProductType: "Clothing > Tshirts",
		Colors: []string{"Blue"}, Sizes: []string{"M", "L/XL"}, Material: "Cotton", Attributes: map[string]string{"merchant_sku": "tee", "tags": "new, 新"}}
	if !reflect.DeepEqual(items[0], want) {
		t.Errorf("\n got %+v\nwant %+v", items[0], want)
	}
	mug := items[1]
	if mug.ID != "45" || mug.SalePrice.Amount != 800 || len(mug.AdditionalImageLinks) != 1 || mug.Attributes["Warranty"] != "2 years" || !items[2].Deleted {
		t.Errorf("%+v", items[1:])
	}
	if rows[0].ID != "79" || rows[0].Field != "price" || rows[1].ID != "80" || rows[1].Code != feed.CodeOrphan {
		t.Errorf("%v", rows)
	}
}

func TestWooCommerceParentBySKU(t *testing.T) {
	content := strings.ReplaceAll(wooCSV, "id:44", "tee")
	items, rows, err := read(t, open(t, []byte(content), feed.Options{Currency: "EUR"}))
	if err != nil || len(items) != 3 || len(rows) != 2 || !reflect.DeepEqual(items[0].Sizes, []string{"M", "L/XL"}) {
		t.Errorf("%+v, %v, %v", items, rows, err)
	}
}
