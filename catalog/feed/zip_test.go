package feed_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"honeyguide/catalog/feed"
)

const small = "id,title,price,image_link\n1,One,5 USD,images/1.jpg\n2,二,5 USD,images/b c.jpg\n"

// archive makes a zip of names and contents in turn.
func archive(t testing.TB, entries ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(entries); i += 2 {
		e, err := w.Create(entries[i])
		if err == nil {
			_, err = e.Write([]byte(entries[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(content []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(content)
	w.Close()
	return b.Bytes()
}

func TestZip(t *testing.T) {
	f := open(t, archive(t, "shop/README.txt", "Hello, reader", "shop/list", small, "shop/images/1.JPG", "one", "shop/images/b c.jpg", "two",
		"shop/x/dup.jpg", "a", "shop/y/dup.jpg", "b", "__MACOSX/._list", small, "shop/images/big.png", strings.Repeat("x", 10<<20+1)), feed.Options{})
	items, rows, err := read(t, f)
	if len(items) != 2 || rows != nil || err != nil || f.Format() != "zip+csv" || f.Total() != 2 {
		t.Fatalf("%s: %v %v %v", f.Format(), items, rows, err)
	}
	for ref, want := range map[string]string{
		"images/1.jpg": "one", "1.jpg": "one", "/images/1.jpg": "one", `images\1.jpg`: "one", "./images/b%20c.jpg": "two", "x/dup.jpg": "a",
	} {
		if got, err := f.Picture(ref); err != nil || string(got) != want || f.PictureStamp(ref) == "" {
			t.Errorf("Picture(%q) = %q, %v", ref, got, err)
		}
	}
	for ref, want := range map[string]error{
		"images/9.jpg": feed.ErrNoPicture, "": feed.ErrNoPicture, "https://x.example/1.jpg": feed.ErrNoPicture, "dup.jpg": feed.ErrNoPicture,
		"../1.jpg": feed.ErrUnsafePath, `..\1.jpg`: feed.ErrUnsafePath, "C:/1.jpg": feed.ErrUnsafePath, "big.png": feed.ErrTooLarge,
	} {
		if _, err := f.Picture(ref); !errors.Is(err, want) {
			t.Errorf("Picture(%q) = %v, want %v", ref, err, want)
		}
	}
	if a, b := f.PictureStamp("1.jpg"), f.PictureStamp("b c.jpg"); a == b || f.PictureStamp("9.jpg") != "" {
		t.Errorf("stamps %q and %q", a, b)
	}
}

func TestFolder(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{"table": small, "images/1.jpg": "one", "notes.txt": "Some notes"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	secret := file(t, []byte("secret"))
	if err := os.Symlink(secret, filepath.Join(folder, "images", "out.jpg")); err != nil {
		t.Fatal(err)
	}
	whole, err := feed.Open(folder, feed.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	beside, err := feed.Open(filepath.Join(folder, "table"), feed.Options{Pictures: folder})
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	for _, f := range []*feed.Feed{whole, beside} {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if got, err := f.Picture("1.jpg"); err != nil || string(got) != "one" || f.PictureStamp("images/1.jpg") == "" {
					t.Errorf("Picture = %q, %v", got, err)
				}
			})
		}
		group.Wait()
		if _, err := f.Picture("images/out.jpg"); !errors.Is(err, feed.ErrUnsafePath) || f.PictureStamp("images/out.jpg") != "" {
			t.Errorf("a symbolic link out of the folder: %v", err)
		}
		if _, err := f.Picture("images"); !errors.Is(err, feed.ErrNoPicture) {
			t.Errorf("a folder as picture: %v", err)
		}
	}
	if whole.Format() != "folder+csv" {
		t.Errorf("Format() = %s", whole.Format())
	}
	if _, err := open(t, []byte(small), feed.Options{}).Picture("1.jpg"); !errors.Is(err, feed.ErrNoPicture) {
		t.Errorf("a single file has no pictures: %v", err)
	}
}

func TestGzip(t *testing.T) {
	for name, content := range map[string]string{"gzip+csv": small, "gzip+google-xml": rss, "gzip+json": "[" + ours + "]", "gzip+shopify-csv": shopifyCSV, "gzip+woocommerce-csv": wooCSV} {
		f := open(t, gzipped([]byte(content)), feed.Options{Currency: "USD"})
		if items, _, err := read(t, f); len(items) == 0 || err != nil || f.Format() != name {
			t.Errorf("%s: %d items, %v", f.Format(), len(items), err)
		}
	}
	big := open(t, gzipped(table(8_000)), feed.Options{})
	if got := big.Total(); got < 7_000 || got > 9_000 {
		t.Errorf("Total of 8,000 gzipped rows = %d", got)
	}
	inZip := open(t, archive(t, "products.csv.gz", string(gzipped([]byte(small)))), feed.Options{})
	if items, _, err := read(t, inZip); len(items) != 2 || err != nil || inZip.Format() != "zip+gzip+csv" {
		t.Errorf("%s: %d items, %v", inZip.Format(), len(items), err)
	}
}

func TestBadArchives(t *testing.T) {
	good := archive(t, "products.csv", string(table(2000)))
	packed := gzipped(table(2000))
	damaged := bytes.Clone(good)
	damaged[len(damaged)/2] ^= 0xff
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"truncated zip":     {good[:len(good)/2], feed.ErrTruncated},
		"damaged zip":       {damaged, feed.ErrTruncated},
		"truncated gzip":    {packed[:len(packed)-20], feed.ErrTruncated},
		"beginning of gzip": {packed[:5], feed.ErrTruncated},
		"damaged gzip":      {append(bytes.Clone(packed[:len(packed)-8]), "damaged!"...), feed.ErrTruncated},
		"gzip in gzip":      {gzipped(packed), feed.ErrNested},
		"zip in zip":        {archive(t, "inner", string(good)), feed.ErrNested},
		"zip in gzip":       {gzipped(good), feed.ErrNested},
		"dots":              {archive(t, "../products.csv", small), feed.ErrUnsafePath},
		"dots inside":       {archive(t, "a/../../products.csv", small), feed.ErrUnsafePath},
		"absolute":          {archive(t, "/products.csv", small), feed.ErrUnsafePath},
		"backslash":         {archive(t, `images\1.jpg`, "x", "products.csv", small), feed.ErrUnsafePath},
		"drive":             {archive(t, "C:products.csv", small), feed.ErrUnsafePath},
		"symbolic link":     {linked(t), feed.ErrUnsafePath},
		"two tables":        {archive(t, "a.csv", small, "b.csv", small), feed.ErrFormat},
		"no table":          {archive(t, "images/1.jpg", "x"), feed.ErrFormat},
		"no columns":        {archive(t, "a.csv", "id,title\n1,T\n"), feed.ErrColumns},
		"empty zip":         {archive(t), feed.ErrFormat},
		"workbook":          {archive(t, "[Content_Types].xml", "<Types/>"), feed.ErrFormat},
		"gzip bomb":         {gzipped([]byte(small + strings.Repeat(" ", 17<<20))), feed.ErrTooLarge},
		"zip bomb":          {archive(t, "products.csv", small+strings.Repeat(" ", 17<<20)), feed.ErrTooLarge},
	} {
		f, err := feed.Open(file(t, c.content), feed.Options{})
		if err == nil {
			_, _, err = read(t, f)
			f.Close()
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func linked(t *testing.T) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	header := &zip.FileHeader{Name: "products.csv"}
	header.SetMode(fs.ModeSymlink | 0o777)
	e, err := w.CreateHeader(header)
	if err == nil {
		_, err = e.Write([]byte("/etc/passwd"))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAbsoluteLimit(t *testing.T) {
	_, _, err := read(t, open(t, table(2000), feed.Options{MaxTable: 300_000}))
	if !errors.Is(err, feed.ErrTooLarge) {
		t.Errorf("a table above MaxTable: %v", err)
	}
}
