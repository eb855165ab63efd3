package feed_test

import (
	"bytes"
	"fmt"
	"testing"

	"honeyguide/catalog/feed"
)

// table makes a Google-style CSV of n products.
func table(n int) []byte {
	var b bytes.Buffer
	b.WriteString("id,title,description,link,image_link,brand,price,sale_price,availability,condition,product_type,color,gender,age_group,size,season,usage,material,item_group_id\n")
	colors := []string{"Red", "Blue", "Black/White", "红色"}
	for i := range n {
		fmt.Fprintf(&b, "%d,\"Classic Cotton Shirt, No. %d\",\"A shirt of soft cotton with a straight collar, two chest pockets and buttons of shell. Wash at 30 degrees, iron while damp, and it will last for many summers. 纯棉衬衫。\",https://shop.example/p/%d,images/%d.jpg,Acme,%d.00 INR,%d.50 INR,in_stock,new,Apparel > Topwear > Shirts,%s,male,adult,S|M|L|XL,Summer,Casual,Cotton,%d\n",
			i, i, i, i, 1000+i%500, 500+i%400, colors[i%4], i/3)
	}
	return b.Bytes()
}

func BenchmarkItems(b *testing.B) {
	const rows = 30_000
	f := open(b, table(rows), feed.Options{})
	for b.Loop() {
		n := 0
		for _, err := range f.Items() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != rows {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
