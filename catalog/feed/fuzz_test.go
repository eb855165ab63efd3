package feed_test

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"honeyguide/catalog/feed"
)

// FuzzFeed gives any bytes as a feed: it must end, without a panic, and every
// item must keep what Item promises.
func FuzzFeed(f *testing.F) {
	for _, seed := range []string{small, rss, "[" + ours + "]", ours, shopifyCSV, wooCSV, "id\ttitle\tprice\n1\tT\t5\n", "商品编号;名称;价格\n1;\"a\nb;5\n",
		`<html><script type="application/ld+json">{"@type":"Product","name":"T","sku":"1","offers":{"price":1,"priceCurrency":"USD"}}</script></html>`,
		"{\"id\":\"1\",\"title\":\"T\",\"price\":5}\n{\"id\":\"2\",\"title\":\"T\",\"price\":5}\n", "\xff\xfei\x00d\x00,\x00", "<feed><entry><id>1</id><title>T</title><price>5</price></entry></feed>"} {
		f.Add([]byte(seed))
		f.Add(gzipped([]byte(seed)))
		f.Add(archive(f, "table", seed, "images/1.jpg", "x"))
	}
	path := filepath.Join(f.TempDir(), "feed")
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		opened, err := feed.Open(path, feed.Options{Currency: "USD", MaxTable: 8 << 20, MaxRow: 64 << 10})
		if err != nil {
			return
		}
		defer opened.Close()
		items := 0
		for item, err := range opened.Items() {
			if items++; items > 100_000 {
				return
			}
			if err != nil {
				continue
			}
			if item.ID == "" || !utf8.ValidString(item.ID+item.Title+item.Description+item.Brand) {
				t.Fatalf("item %+v", item)
			}
			if !item.Deleted && (item.Title == "" || item.Price == nil || item.Price.Amount < 0 || item.Availability == "") {
				t.Fatalf("item %+v", item)
			}
			opened.PictureStamp(item.ImageLink)
		}
	})
}
