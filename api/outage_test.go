package api

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"honeyguide/catalog"
	"honeyguide/catalog/index/local"
	"honeyguide/db"
	"honeyguide/embed"
	"honeyguide/embed/builtin"
)

// cut is an encoder whose line can be cut.
type cut struct {
	embed.Joint
	off atomic.Bool
}

func (c *cut) down() error {
	if c.off.Load() {
		return fmt.Errorf("%w: connection refused", embed.ErrUnavailable)
	}
	return nil
}

func (c *cut) EncodeTexts(ctx context.Context, texts []string) ([]embed.Vector, error) {
	if err := c.down(); err != nil {
		return nil, err
	}
	return c.Joint.EncodeTexts(ctx, texts)
}

func (c *cut) EncodeImages(ctx context.Context, pictures []image.Image) ([]embed.Vector, error) {
	if err := c.down(); err != nil {
		return nil, err
	}
	return c.Joint.EncodeImages(ctx, pictures)
}

// withoutEncoder is a server of its own whose encoder can be reached no more, with
// a store and its keys.
func withoutEncoder(t *testing.T) (url string, k keys) {
	t.Helper()
	built, err := builtin.New()
	must(err)
	line := &cut{Joint: built}
	folder := t.TempDir()
	d, err := db.Open(t.Context(), folder+"/shop.db")
	must(err)
	t.Cleanup(func() { d.Close() })
	o := wired.options
	c, err := catalog.Open(t.Context(), catalog.Options{DB: d, Index: local.New(), Encoder: line, Packs: o.Catalog.Packs(), Folder: folder, Log: o.Log})
	must(err)
	must(c.AddKey(t.Context(), operatorKey, ""))
	o.Catalog, o.DB = c, d
	front := httptest.NewServer(New(o))
	t.Cleanup(front.Close)
	a := callAt(t, front.URL, "POST", "/v1/stores", operatorKey, `{"name":"Shop","currency":"USD","locale":"en","origins":["*"]}`).want(201)
	k = keys{id: a.text("id"), sk: a.text("keys.secret"), pk: a.text("keys.publishable")}
	callAt(t, front.URL, "PATCH", "/v1/products", k.sk, `{"products":[{"id":"a","title":"Red summer dress","price":"20 USD"},{"id":"b","title":"Blue coat","price":"50 USD"}]}`).want(200)
	line.off.Store(true)
	return front.URL, k
}

// TestAPIWithoutEncoder: words find and the answer says so; a photo alone is told
// to come back; what needs no encoder goes on.
func TestAPIWithoutEncoder(t *testing.T) {
	t.Parallel()
	url, k := withoutEncoder(t)
	callAt(t, url, "POST", "/v1/search", k.pk, `{"text":"summer dress"}`).want(200).
		is("products.0.product.id", "a").is("relaxed.0.field", "text").is("relaxed.0.text", "Search is limited at the moment; this is what the words themselves find.")
	callAt(t, url, "POST", "/v1/search", k.pk, `{"text":"dress","language":"zh"}`).want(200).is("relaxed.0.text", "目前搜索功能受限，以下是按字面文字找到的结果。")
	img := image.NewNRGBA(image.Rect(0, 0, 40, 40))
	draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{200, 10, 10, 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	must(png.Encode(&b, img))
	upload := newForm().file("image", "photo.png", b.Bytes())
	id := callAt(t, url, "POST", "/v1/images", k.pk, upload).want(201).is("regions", []any{}).text("id")
	a := callAt(t, url, "POST", "/v1/search", k.pk, `{"image_id":"`+id+`"}`).problem(503, "unavailable")
	if a.header.Get("Retry-After") == "" || !strings.Contains(a.text("detail"), "photos cannot be compared just now") {
		t.Errorf("a photo alone: %s", a.body)
	}
	callAt(t, url, "POST", "/v1/search", k.pk, `{"image_id":"`+id+`","text":"coat"}`).want(200).
		is("products.0.product.id", "b").is("relaxed.0.field", "image").is("matched", "near")
	callAt(t, url, "POST", "/v1/outfits", k.pk, `{"image_id":"`+id+`"}`).problem(503, "unavailable")
	callAt(t, url, "GET", "/v1/products/a/similar", k.pk, nil).want(200).is("products.0.product.id", "b")
	callAt(t, url, "PATCH", "/v1/products", k.sk, `{"products":[{"id":"c","title":"Late hat","price":"5 USD"}]}`).problem(503, "unavailable")
	callAt(t, url, "PATCH", "/v1/products", k.sk, `{"products":[],"deletions":[{"id":"b"}]}`).want(200)
	callAt(t, url, "POST", "/v1/embeddings", k.sk, `{"input":["a"]}`).problem(503, "unavailable")
	if m := callAt(t, url, "GET", "/metrics", "", nil).want(200); !strings.Contains(string(m.body), "honeyguide_products_to_encode 0") {
		t.Error("/metrics lacks the products to encode")
	}
}
