package eval

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"testing"
)

func TestWriteFeed(t *testing.T) {
	f := shop.with("corpus.jsonl", shop["corpus.jsonl"].(string)+`{"id":"photo only","image":"q/blue.png","label":"secret"}`+"\n"+`{"id":"same","image":"q/blue.png"}`)
	var out bytes.Buffer
	n, err := WriteFeed(t.Context(), f.folder(t), &out)
	if err != nil || n != 5 {
		t.Fatalf("%d products, %v", n, err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"r","title":"red shirt","image_link":"images/images/r.png","price":"1","availability":"in_stock"}
{"id":"g","title":"绿色裙子","image_link":"images/images/g.png","price":"1","availability":"in_stock"}
{"id":"b","title":"blue hat","image_link":"images/images/b.png","price":"1","availability":"in_stock"}
{"id":"photo only","title":"photo only","image_link":"images/q/blue.png","price":"1","availability":"in_stock"}
{"id":"same","title":"same","image_link":"images/q/blue.png","price":"1","availability":"in_stock"}
`
	for name, content := range map[string]string{"products.jsonl": want, "images/images/r.png": red, "images/q/blue.png": blue} {
		if got, err := fs.ReadFile(z, name); err != nil || string(got) != content {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if len(z.File) != 5 {
		t.Errorf("%d members, want 5", len(z.File))
	}
}

func TestWriteFeedRefuses(t *testing.T) {
	var out bytes.Buffer
	if _, err := WriteFeed(t.Context(), t.TempDir(), &out); !errors.Is(err, ErrSet) || out.Len() > 0 {
		t.Errorf("%v, %d bytes", err, out.Len())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := WriteFeed(ctx, shop.folder(t), &out); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	full := errors.New("disk full")
	if _, err := WriteFeed(t.Context(), shop.folder(t), failing{full}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
