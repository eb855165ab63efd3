package catalog

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honeyguide/catalog/fetch"
	"honeyguide/embed/photo"
)

// pictured is a CSV of one product per picture reference, with ids from 1 on.
func pictured(refs ...string) []byte {
	b := []byte("id,title,price,image_link\n")
	for i, ref := range refs {
		b = fmt.Appendf(b, "%d,Lamp,5,%s\n", i+1, ref)
	}
	return b
}

func TestBrokenPictureKeepsTheProduct(t *testing.T) {
	s := newShop(t)
	files := map[string][]byte{
		"products.csv":    pictured("good.png", "text.png", "cut.png", "absent.png", "../../secret.png", "/etc/passwd", "images/"),
		"images/good.png": drawing(red, 40), "images/text.png": []byte("no picture"), "images/cut.png": drawing(red, 40)[:60],
	}
	j := s.syncFile(s.file("feed.zip", string(archive(t, files))), Full)
	wantTally(t, j, "done: 7 rows, 7 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
	if len(j.Errors) != 6 {
		t.Errorf("errors %+v, want one of each broken picture", j.Errors)
	}
	for i, e := range j.Errors {
		if e.Code != "picture" || e.Field != "image_link" || e.Line != i+3 || e.ID != fmt.Sprint(i+2) || strings.Contains(e.Message, s.folder) {
			t.Errorf("got error %+v", e)
		}
	}
	if p := s.product("2"); p.ImageLink != "" {
		t.Errorf("a name that leads nowhere is shown: %q", p.ImageLink)
	}
	if found := s.found("lamp"); len(found) != 7 {
		t.Errorf("found %v, want also those without a picture", found)
	}

	wantTally(t, s.syncFile(s.file("feed.zip", string(archive(t, files))), Full), "done: 7 rows, 0 added, 6 updated, 1 unchanged, 0 removed, 0 failed")
	files["images/text.png"], files["images/cut.png"] = drawing(blue, 40), drawing(red, 40)
	files["products.csv"] = pictured("good.png", "text.png", "cut.png")
	path := s.file("feed.zip", string(archive(t, files)))
	wantTally(t, s.syncFile(path, Partial), "done: 3 rows, 0 added, 2 updated, 1 unchanged, 0 removed, 0 failed")
	wantTally(t, s.syncFile(path, Partial), "done: 3 rows, 0 added, 0 updated, 3 unchanged, 0 removed, 0 failed")
	if p, q := s.product("1"), s.product("3"); p.ImageLink != q.ImageLink || !strings.HasPrefix(p.ImageLink, MediaPath) {
		t.Errorf("equal pictures are kept once: %q and %q", p.ImageLink, q.ImageLink)
	}
}

func TestPicturesInAFolder(t *testing.T) {
	s, folder := newShop(t), t.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "feed", "images"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"feed/products.csv": pictured("1.png", "../secret.png", "link.png"), "feed/images/1.png": drawing(red, 40), "secret.png": drawing(red, 40),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(folder, "secret.png"), filepath.Join(folder, "feed", "images", "link.png")); err != nil {
		t.Fatal(err)
	}
	j := s.syncFile(filepath.Join(folder, "feed"), Full)
	if len(j.Errors) != 2 || s.product("1").ImageLink == "" || s.product("2").ImageLink != "" || s.product("3").ImageLink != "" {
		t.Errorf("errors %v, want those of the two that lead out of the folder", j.Errors)
	}
}

func TestPictureFromAnAddress(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/good.png", func(w http.ResponseWriter, _ *http.Request) { w.Write(drawing(red, 40)) })
	mux.HandleFunc("/page.png", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>sold out</html>")) })
	mux.HandleFunc("/huge.png", func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, photo.MaxBytes+1)) })
	mux.HandleFunc("/away.png", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://10.0.0.1/1.png", http.StatusFound)
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	s := newShop(t)
	refs := []string{"/good.png", "/none.png", "/page.png", "/huge.png", "/away.png"}
	for i := range refs {
		refs[i] = server.URL + refs[i]
	}
	refs = append(refs, "http://192.168.1.1/1.png", "http://169.254.169.254/latest.png")
	j := s.sync(string(pictured(refs...)), Full)
	wantTally(t, j, "done: 7 rows, 7 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
	wants := []string{"404", photo.ErrUnsupported.Error(), fetch.ErrTooBig.Error(), fetch.ErrAddress.Error(), fetch.ErrAddress.Error(), fetch.ErrAddress.Error()}
	if len(j.Errors) != len(wants) {
		t.Fatalf("errors %+v", j.Errors)
	}
	for i, e := range j.Errors {
		if e.Line != i+3 || e.Code != "picture" || !strings.Contains(e.Message, wants[i]) {
			t.Errorf("error %+v, want %q", e, wants[i])
		}
	}
	if p := s.product("1"); !strings.HasPrefix(p.ImageLink, MediaPath) {
		t.Errorf("the picture was not copied here: %q", p.ImageLink)
	}
	if p := s.product("2"); p.ImageLink != refs[1] {
		t.Errorf("the address was lost: %q", p.ImageLink)
	}
	private := newShop(t, func(o *Options) { o.Fetch = nil })
	if j := private.sync(string(pictured(refs[0])), Full); len(j.Errors) != 1 || !strings.Contains(j.Errors[0].Message, fetch.ErrAddress.Error()) {
		t.Errorf("by default this machine itself is reached: %v", j.Errors)
	}
}

func TestFurtherPictures(t *testing.T) {
	s := newShop(t)
	files := map[string][]byte{
		"products.csv": []byte("id,title,price,image_link,additional_image_link\n1,Thing,5,1.png,\"absent.png,2.png,http://shop.example/3.png\"\n"),
		"images/1.png": drawing(red, 400), "images/2.png": drawing(blue, 40),
	}
	j := s.syncFile(s.file("feed.zip", string(archive(t, files))), Full)
	p := s.product("1")
	if len(j.Errors) != 1 || len(p.AdditionalImageLinks) != 2 || !strings.HasPrefix(p.AdditionalImageLinks[0], MediaPath) || p.AdditionalImageLinks[1] != "http://shop.example/3.png" {
		t.Errorf("got %v with errors %v, want the one that is there and the address", p.AdditionalImageLinks, j.Errors)
	}
	if len(p.Colors) != 1 || p.Colors[0] != "red" {
		t.Errorf("colours %v, want the picture's where the merchant named none", p.Colors)
	}
}

func TestProductSentBackAsShownKeepsItsPicture(t *testing.T) {
	s := newShop(t)
	s.syncFile(s.file("feed.zip", string(archive(t, map[string][]byte{"products.csv": pictured("1.png"), "images/1.png": drawing(red, 40)}))), Full)
	link := s.product("1").ImageLink
	changes := s.apply(nil, fmt.Sprintf(`{"id":"1","title":"Renamed","price":"5 USD","image_link":%q}`, link))
	if p := s.product("1"); changes.Updated != 1 || len(changes.Errors) != 0 || p.ImageLink != link || p.Title != "Renamed" {
		t.Errorf("changes %+v; product %+v", changes, p)
	}
	changes = s.apply(nil, `{"id":"1","title":"Renamed","price":"5 USD","image_link":"1.png"}`)
	if len(changes.Errors) != 1 || changes.Errors[0].Code != "picture" {
		t.Errorf("a name without a feed: %+v", changes)
	}
	if _, _, err := s.Media("../shop.db"); err == nil {
		t.Error("a path leads out of the media folder")
	}
}

func TestMediaNeverShowsHalfAPicture(t *testing.T) {
	m := media{root: t.TempDir()}
	name, err := m.put([]byte("whole"), "jpg")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(m.path(name)), "new-1"), []byte("ha"), 0o600); err != nil { // of a crash
		t.Fatal(err)
	}
	if again, err := m.put([]byte("whole"), "jpg"); err != nil || again != name {
		t.Errorf("equal content is kept as %s, then %s: %v", name, again, err)
	}
	if data, err := m.read(name); err != nil || string(data) != "whole" {
		t.Errorf("read %q, %v", data, err)
	}
	blocked := m.path(m.name([]byte("other"), "jpg"))
	if err := os.WriteFile(filepath.Dir(blocked), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := m.put([]byte("other"), "jpg"); err == nil {
		t.Error("a picture that cannot be written is no error")
	}
}

// located is a JPEG with an EXIF block that says where it was taken.
func located(t *testing.T) []byte {
	var b bytes.Buffer
	img, _, err := photo.Decode(drawing(red, 120))
	if err == nil {
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00"),
		"GPSLatitude 31.2304 GPSLongitude 121.4737"...)
	n := len(exif) + 2
	app1 := append([]byte{0xff, 0xe1, byte(n >> 8), byte(n)}, exif...)
	return append(append([]byte{0xff, 0xd8}, app1...), b.Bytes()[2:]...)
}

func TestPhotosLoseTheirMetadata(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	data := located(t)
	if !bytes.Contains(data, []byte("GPSLatitude")) {
		t.Fatal("the test's own photo says nothing")
	}
	p, err := s.SavePhoto(ctx, s.store, data, 1e12)
	if err != nil {
		t.Fatal(err)
	}
	kept := 0
	err = filepath.WalkDir(s.folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte("GPS")) || bytes.Contains(content, []byte("Exif")) {
			t.Errorf("%s holds the photo's metadata", path)
		}
		if strings.HasSuffix(path, ".jpg") {
			kept++
		}
		return err
	})
	if err != nil || kept != 1 {
		t.Errorf("%d photos are kept, %v", kept, err)
	}
	if p.Width != 120 || p.Height != 120 || len(p.Palette) == 0 || p.Palette[0].Name == "" || len(p.Regions) == 0 {
		t.Errorf("got %+v", p)
	}
}
