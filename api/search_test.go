package api

import (
	"fmt"
	"image/color"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	k := newShop(t)
	search := func(body string) *answer {
		t.Helper()
		a := call(t, "POST", "/v1/search", k.pk, body).want(200)
		for _, list := range []string{"relaxed", "products", "regions", "palette"} {
			a.length(list)
		}
		if strings.Contains(string(a.body), "$schema") || a.at("next_cursor") == nil {
			t.Errorf("shape: %s", a.body)
		}
		return a
	}
	t.Run("words", func(t *testing.T) {
		a := search(`{"text":"red dress under 100"}`)
		a.is("understood.colors.0", "red").is("understood.price_max", 10000).is("understood.language", "en").is("understood.gender", "").is("matched", "yes")
		if a.text("understood.category") == "" || a.text("products.0.why.0.text") == "" || a.text("products.0.why.0.field") == "" {
			t.Errorf("understood %v, why %v", a.at("understood"), a.at("products.0.why"))
		}
		titles := a.titles()
		slices.Sort(titles)
		if want := []string{"Red silk dress", "红色连衣裙"}; !slices.Equal(titles, want) {
			t.Errorf("%v, want %v: the dear one and the sold one are left out", titles, want)
		}
		if score, ok := a.at("products.0.score").(float64); !ok || score <= 0 || score > 1 {
			t.Errorf("score %v", a.at("products.0.score"))
		}
		if link := a.text("products.0.product.image_link"); !strings.HasPrefix(link, "/v1/media/") {
			t.Errorf("image_link %q", link)
		}
	})
	t.Run("Chinese words", func(t *testing.T) {
		a := search(`{"text":"100元以内的红色连衣裙"}`).is("understood.language", "zh").is("understood.colors.0", "red").is("understood.price_max", 10000)
		if !slices.Contains(a.titles(), "Red silk dress") || !regexp.MustCompile(`\p{Han}`).MatchString(a.text("products.0.why.0.text")) {
			t.Errorf("%v because %v", a.titles(), a.at("products.0.why"))
		}
	})
	t.Run("filters", func(t *testing.T) {
		a := search(`{"text":"shirt","filters":{"category":"","colors":["blue"],"brands":[],"gender":"male","age_group":"","price_min":0,"price_max":0,"in_stock":true}}`)
		if got := a.titles(); !slices.Equal(got, []string{"Blue cotton shirt"}) {
			t.Errorf("%v", got)
		}
	})
	t.Run("out of stock too", func(t *testing.T) {
		if got := search(`{"text":"red dress","filters":{"in_stock":false}}`).titles(); !slices.Contains(got, "Red sold dress") {
			t.Errorf("%v", got)
		}
	})
	t.Run("filters are never relaxed", func(t *testing.T) {
		if got := search(`{"text":"dress","filters":{"price_max":100}}`).titles(); len(got) != 0 {
			t.Errorf("%v", got)
		}
	})
	t.Run("words are relaxed", func(t *testing.T) {
		a := search(`{"text":"red dress under 5"}`).is("relaxed.0.field", "price_max").is("matched", "near")
		if a.length("products") == 0 || a.text("relaxed.0.text") == "" {
			t.Errorf("%s", a.body)
		}
	})
	t.Run("nothing at all", func(t *testing.T) { search(`{}`) })
	t.Run("pages", func(t *testing.T) {
		seen, cursor := map[string]bool{}, ""
		for range 10 {
			a := search(fmt.Sprintf(`{"text":"dress","limit":2,"cursor":%q}`, cursor))
			for i := range a.length("products") {
				id := a.text(fmt.Sprintf("products.%d.product.id", i))
				if seen[id] {
					t.Errorf("%s on two pages", id)
				}
				seen[id] = true
			}
			if cursor = a.text("next_cursor"); cursor == "" {
				break
			}
		}
		if cursor != "" || len(seen) < 4 {
			t.Errorf("%d products, then %q", len(seen), cursor)
		}
	})
	t.Run("similar", func(t *testing.T) {
		a := call(t, "GET", "/v1/products/d1/similar?limit=3", k.pk, nil).want(200)
		if got := a.titles(); len(got) != 3 || slices.Contains(got, "Red silk dress") {
			t.Errorf("%v", got)
		}
		b := search(`{"product_id":"d1","limit":3}`)
		if !slices.Equal(a.titles(), b.titles()) {
			t.Errorf("%v, but by search %v", a.titles(), b.titles())
		}
		call(t, "GET", "/v1/products/d9/similar", k.pk, nil).problem(404, "not_found")
		call(t, "GET", "/v1/products/d1/similar?limit=51", k.pk, nil).problem(422, "invalid").is("errors.0.location", "limit")
	})
}

func TestSearchByPhoto(t *testing.T) {
	t.Parallel()
	k := newShop(t)
	post := func(f *form) *answer {
		t.Helper()
		return call(t, "POST", "/v1/search", k.pk, f)
	}
	t.Run("form", func(t *testing.T) {
		a := post(newForm().file("image", "photo.jpg", picture(red)).field("filters", `{"category":"dresses"}`).field("limit", "2").field("region", "[0.05,0.05,0.9,0.9]")).want(200)
		if len(a.titles()) != 2 || a.length("palette") == 0 || a.length("regions") == 0 {
			t.Fatalf("%s", a.body)
		}
		for i := range 2 {
			a.is(fmt.Sprintf("products.%d.product.category", i), "dresses")
		}
		if !regexp.MustCompile(`^#[0-9a-f]{6}$`).MatchString(a.text("palette.0.hex")) || a.length("regions.0.box") != 4 {
			t.Errorf("palette %v, regions %v", a.at("palette"), a.at("regions"))
		}
	})
	t.Run("form of words only", func(t *testing.T) {
		a := post(newForm().field("text", "blue shirt").file("image", "", nil)).want(200)
		if got := a.titles(); len(got) == 0 || got[0] != "Blue cotton shirt" {
			t.Errorf("%v", got)
		}
	})
	t.Run("upload, then id", func(t *testing.T) {
		up := call(t, "POST", "/v1/images", k.pk, newForm().file("image", "photo.png", picture(blue))).want(201)
		up.is("width", 96).is("height", 128)
		if up.text("expires_at") == "" || up.length("regions") == 0 || up.length("palette") == 0 {
			t.Errorf("%s", up.body)
		}
		a := call(t, "POST", "/v1/search", k.pk, map[string]any{"image_id": up.text("id"), "text": "shirt", "region": []float64{0, 0, 1, 1}}).want(200)
		if got := a.titles(); len(got) == 0 || got[0] != "Blue cotton shirt" {
			t.Errorf("%v", got)
		}
		post(newForm().file("image", "a.jpg", picture(red)).field("image_id", up.text("id"))).problem(422, "invalid").is("errors.0.location", "image_id")
	})
}

func TestSearchRefusals(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	for _, c := range []struct{ body, location string }{
		{`{"filters":{"colour":["red"]}}`, "filters.colour"},
		{`{"filters":{"gender":"robot"}}`, "filters.gender"},
		{`{"filters":{"age_group":"old"}}`, "filters.age_group"},
		{`{"filters":{"colors":"red"}}`, "filters.colors"},
		{`{"filters":{"colors":[5]}}`, "filters.colors[0]"},
		{`{"filters":{"price_max":-1}}`, "filters.price_max"},
		{`{"filters":{"price_max":"cheap"}}`, "filters.price_max"},
		{`{"filters":[]}`, "filters"},
		{`{"limit":0}`, "limit"},
		{`{"limit":51}`, "limit"},
		{`{"region":[0,0,1,1]}`, "region"},
		{`{"region":[0,0,1]}`, "region"},
		{`{"region":"all"}`, "region"},
		{`{"cursor":"zzz"}`, "cursor"},
		{`{"language":"fr"}`, "language"},
		{`{"words":"red"}`, "words"},
		{`{"text":"` + strings.Repeat("a", 2001) + `"}`, "text"},
	} {
		a := call(t, "POST", "/v1/search", k.pk, c.body).problem(422, "invalid").is("errors.0.location", c.location)
		if !strings.HasPrefix(a.text("detail"), c.location) {
			t.Errorf("%s: the detail does not name the field: %q", c.body, a.text("detail"))
		}
	}
	call(t, "POST", "/v1/search", k.pk, `{"text":`).problem(400, "malformed")
	call(t, "POST", "/v1/search", k.pk, `text`, "Content-Type", "text/plain").problem(415, "unsupported_media")
	call(t, "POST", "/v1/search", k.pk, `{"image_id":"img_none"}`).problem(404, "not_found")
	call(t, "POST", "/v1/search", k.pk, `{"product_id":"none"}`).problem(404, "not_found")
	form := func() *form { return newForm().file("image", "a.jpg", picture(red)) }
	for _, c := range []struct{ field, value, location string }{
		{"filters", `{"colour":["red"]}`, "filters.colour"},
		{"filters", `colors=red`, "filters"},
		{"region", `[0.5,0.5,0.9,0.9]`, "region"},
		{"region", `[-1,0,1,1]`, "region"},
		{"region", `[0,0,0,0]`, "region"},
		{"limit", `many`, "limit"},
		{"words", `red`, "words"},
	} {
		call(t, "POST", "/v1/search", k.pk, form().field(c.field, c.value)).problem(422, "invalid").is("errors.0.location", c.location)
	}
	whole := form().field("text", "red")
	cut := string(whole.bytes())
	call(t, "POST", "/v1/search", k.pk, cut[:len(cut)-30], "Content-Type", whole.kind()).problem(400, "malformed")
}

func TestPhotoRefusals(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	good := picture(color.NRGBA{1, 2, 3, 255})
	for _, c := range []struct {
		name   string
		data   []byte
		status int
		code   string
		says   string
	}{
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), 415, "unsupported_media", "HEIC"},
		{"TIFF", append([]byte("II*\x00"), make([]byte, 60)...), 415, "unsupported_media", "TIFF"},
		{"SVG", []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>`), 415, "unsupported_media", "SVG"},
		{"text", []byte("hello"), 415, "unsupported_media", ""},
		{"nothing", nil, 415, "unsupported_media", ""},
		{"broken JPEG", good[:len(good)/3], 415, "unsupported_media", ""},
		{"over 10 MB", append(slices.Clone(good), make([]byte, 10<<20)...), 413, "too_large", "10 MB"},
		{"over the body's limit", make([]byte, 12<<20), 413, "too_large", ""},
	} {
		for _, path := range []string{"/v1/images", "/v1/search"} {
			if len(c.data) > 11<<20 && path == "/v1/search" {
				continue // the same limit, and slow to send
			}
			a := call(t, "POST", path, k.pk, newForm().file("image", "photo.jpg", c.data)).problem(c.status, c.code)
			if !strings.Contains(a.text("detail"), c.says) {
				t.Errorf("%s to %s: %q does not say %q", c.name, path, a.text("detail"), c.says)
			}
		}
	}
	call(t, "POST", "/v1/images", k.pk, newForm().field("text", "a")).problem(422, "invalid").is("errors.0.location", "image")
	call(t, "POST", "/v1/images", k.pk, `{}`).problem(415, "unsupported_media")
}

func TestMedia(t *testing.T) {
	t.Parallel()
	k := newShop(t)
	link := call(t, "GET", "/v1/products/d1", k.pk, nil).text("image_link")
	a := call(t, "GET", link, "", nil).want(200)
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff",
		"Access-Control-Allow-Origin": "*", "Content-Security-Policy": "default-src 'none'",
	} {
		if a.header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, a.header.Get(name), want)
		}
	}
	etag := a.header.Get("ETag")
	if same := call(t, "GET", link, "", nil, "If-None-Match", etag).want(304); len(same.body) != 0 || etag == "" {
		t.Errorf("ETag %q, %d bytes", etag, len(same.body))
	}
	if part := call(t, "GET", link, "", nil, "Range", "bytes=0-9").want(206); len(part.body) != 10 {
		t.Errorf("%d bytes of a range", len(part.body))
	}
	if head := call(t, "HEAD", link, "", nil).want(200); len(head.body) != 0 || head.header.Get("Content-Length") == "0" {
		t.Errorf("HEAD: %v", head.header)
	}
}
