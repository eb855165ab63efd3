package feed_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"honeyguide/catalog/feed"
	"honeyguide/catalog/money"
)

// dataSet finds a real data set, or skips the test.
func dataSet(t *testing.T, name string) string {
	t.Helper()
	folders := []string{os.Getenv("HONEYGUIDE_DATA_SETS")}
	for up := ".."; len(up) < 30; up = filepath.Join(up, "..") {
		folders = append(folders, filepath.Join(up, "shared", "data"))
	}
	for _, folder := range folders {
		if path := filepath.Join(folder, name); folder != "" {
			if _, err := os.Stat(path); err == nil {
				return path
			}
		}
	}
	t.Skipf("no %s: put the real data at ../shared/data or set HONEYGUIDE_DATA_SETS", name)
	return ""
}

func TestRealCatalog(t *testing.T) {
	f, err := feed.Open(dataSet(t, "catalog.zip"), feed.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Format() != "zip+csv" || f.Total() < 25_000 || f.Total() > 40_000 {
		t.Errorf("Format() = %q, Total() = %d", f.Format(), f.Total())
	}
	n, pictures := 0, 0
	for item, err := range f.Items() {
		if err != nil { // prices such as "599.01.00 INR" are read, too
			t.Fatal(err)
		}
		if n++; n == 1 {
			want := money.Money{Amount: 89500, Currency: "INR"}
			if item.ID != "1163" || *item.Price != want || len(item.Sizes) != 8 || item.Gender != "male" || item.Occasion != "Sports" {
				t.Errorf("first item: %+v", item)
			}
		}
		if f.PictureStamp(item.ImageLink) != "" {
			pictures++
		}
	}
	if n != 31_316 || pictures != n {
		t.Errorf("%d items, %d with pictures, want 31316, all", n, pictures)
	}
	if data, err := f.Picture("images/1163.jpg"); err != nil || len(data) == 0 {
		t.Errorf("Picture: %d bytes, %v", len(data), err)
	}
}

func TestRealZipWithoutTable(t *testing.T) {
	if _, err := feed.Open(dataSet(t, "grocery.zip"), feed.Options{}); !errors.Is(err, feed.ErrFormat) && !errors.Is(err, feed.ErrColumns) {
		t.Errorf("Open = %v", err)
	}
}
