package api

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"image/color"
	"strings"
	"testing"
)

// row is a product of a test's feed; its picture is drawn in its colour.
type row struct {
	id, title, kind, color, price, gender, availability string
	rgb                                                 color.NRGBA
}

var (
	red   = color.NRGBA{190, 30, 45, 255}
	blue  = color.NRGBA{30, 60, 170, 255}
	green = color.NRGBA{30, 130, 60, 255}
	black = color.NRGBA{25, 25, 28, 255}
)

var shopRows = []row{
	{"d1", "Red silk dress", "Apparel > Dresses", "red", "59.00 USD", "female", "in_stock", red},
	{"d2", "Red evening dress", "Apparel > Dresses", "red", "159.00 USD", "female", "in_stock", red},
	{"d3", "Blue summer dress", "Apparel > Dresses", "blue", "45.00 USD", "female", "in_stock", blue},
	{"d4", "Red sold dress", "Apparel > Dresses", "red", "40.00 USD", "female", "out_of_stock", red},
	{"s1", "Blue cotton shirt", "Apparel > Shirts", "blue", "35.00 USD", "male", "in_stock", blue},
	{"s2", "Green linen shirt", "Apparel > Shirts", "green", "39.00 USD", "male", "in_stock", green},
	{"b1", "Black leather backpack", "Bags > Backpacks", "black", "89.00 USD", "unisex", "in_stock", black},
	{"红/1", "红色连衣裙", "Apparel > Dresses", "red", "72.00 USD", "female", "in_stock", red},
}

func csvFeed(rows []row) string {
	var b strings.Builder
	b.WriteString("id,title,product_type,color,price,gender,availability,image_link,link\n")
	for i, r := range rows {
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s,%s,images/%d.jpg,https://shop.example/p%d\n", r.id, r.title, r.kind, r.color, r.price, r.gender, r.availability, i, i)
	}
	return b.String()
}

func zipFeed(t *testing.T, rows []row) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name string, data []byte) {
		w, err := z.Create(name)
		must(err)
		_, err = w.Write(data)
		must(err)
	}
	put("products.csv", []byte(csvFeed(rows)))
	for i, r := range rows {
		put(fmt.Sprintf("images/%d.jpg", i), picture(r.rgb))
	}
	must(z.Close())
	return out.Bytes()
}

func gzipped(data string) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write([]byte(data))
	must(err)
	must(w.Close())
	return out.Bytes()
}

// plain is a feed of n products without pictures.
func plain(n int) []byte {
	var b strings.Builder
	b.WriteString("id,title,price,availability,link\n")
	for i := range n {
		fmt.Fprintf(&b, "p%03d,Steel bottle %d,%d.00 USD,in_stock,https://shop.example/p%d\n", i, i, 10+i, i)
	}
	return []byte(b.String())
}

func TestFeedFormats(t *testing.T) {
	t.Parallel()
	jsonl := `{"id":"a","title":"Red dress","price":"10.00 USD","availability":"in_stock","link":"https://shop.example/a"}` + "\n" +
		`{"id":"b","title":"蓝色衬衫","price":{"amount":1200,"currency":"USD"},"availability":"in_stock","link":"https://shop.example/b"}` + "\n"
	for _, c := range []struct {
		name, filename string
		data           []byte
		added          int
	}{
		{"zip with pictures", "feed.zip", zipFeed(t, shopRows), len(shopRows)},
		{"csv", "feed.csv", plain(5), 5},
		{"csv with a misleading name", "feed.zip", plain(3), 3},
		{"gzipped csv", "feed.csv.gz", gzipped(string(plain(4))), 4},
		{"jsonl", "feed.jsonl", []byte(jsonl), 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			k := makeStore(t, nil)
			job := syncFeed(t, k, "full", c.filename, c.data)
			job.is("state", "done").is("added", c.added).is("failed", 0).is("kind", "feed").is("done", c.added)
			if job.at("started_at") == nil || job.at("finished_at") == nil {
				t.Errorf("times are missing: %s", job.body)
			}
			list := call(t, "GET", "/v1/products", k.sk, nil).want(200)
			if n := list.length("products"); n != c.added {
				t.Errorf("%d products, want %d", n, c.added)
			}
			again := syncFeed(t, k, "full", c.filename, c.data)
			again.is("state", "done").is("unchanged", c.added).is("added", 0).is("updated", 0)
		})
	}
}

func TestFeedRefusals(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	cut := newForm().file("file", "feed.csv", plain(50))
	whole := cut.bytes()
	for _, c := range []struct {
		name, path, kind, body string
		status                 int
		code, location, says   string
	}{
		{"no file field", "/v1/feeds", newForm().kind(), "", 400, "malformed", "", "breaks off"},
		{"other field", "/v1/feeds", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"feed\"\r\n\r\na\r\n--x--\r\n", 422, "invalid", "file", "file"},
		{"breaks off", "/v1/feeds", cut.kind(), string(whole[:len(whole)/2]), 400, "malformed", "", "breaks off"},
		{"is no form", "/v1/feeds", "multipart/form-data; boundary=x", "--x\r\nno header\r\n\r\n", 400, "malformed", "", "is none"},
		{"no boundary", "/v1/feeds", "multipart/form-data", "x", 400, "malformed", "", "boundary"},
		{"wrong type", "/v1/feeds", "text/csv", "id,title\n", 415, "unsupported_media", "", "multipart/form-data"},
		{"no type", "/v1/feeds", "", "id,title\n", 415, "unsupported_media", "", "multipart/form-data"},
		{"broken JSON", "/v1/feeds", "application/json", `{"url":`, 400, "malformed", "", "JSON"},
		{"empty JSON", "/v1/feeds", "application/json", ``, 400, "malformed", "", "JSON"},
		{"number for url", "/v1/feeds", "application/json", `{"url":5}`, 422, "invalid", "url", "url"},
		{"list", "/v1/feeds", "application/json", `["https://shop.example"]`, 422, "invalid", "url", "url"},
		{"no url", "/v1/feeds", "application/json", `{}`, 422, "invalid", "url", "https://"},
		{"file url", "/v1/feeds", "application/json", `{"url":"file:///etc/passwd"}`, 422, "invalid", "url", "https://"},
		{"JSON too long", "/v1/feeds", "application/json", `{"url":"` + strings.Repeat("a", 5<<20) + `"}`, 413, "too_large", "", "4 MB"},
		{"mode", "/v1/feeds?mode=half", "application/json", `{"url":"https://shop.example/f"}`, 422, "invalid", "mode", "full"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := call(t, "POST", c.path, k.sk, c.body, "Content-Type", c.kind).problem(c.status, c.code)
			if c.location != "" {
				a.is("errors.0.location", c.location)
			}
			if !strings.Contains(a.text("detail"), c.says) {
				t.Errorf("%q does not say %q", a.text("detail"), c.says)
			}
		})
	}
	if n := call(t, "GET", "/v1/jobs", k.sk, nil).length("jobs"); n != 0 {
		t.Errorf("%d jobs of refused feeds", n)
	}
}

func TestFeedsThatFail(t *testing.T) {
	t.Parallel()
	k := newShop(t)
	whole := zipFeed(t, shopRows)
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"truncated zip", whole[:len(whole)-200]},
		{"empty", nil},
		{"picture", picture(red)},
		{"wrong columns", []byte("colour,amount\nred,5\n")},
	} {
		job := syncFeed(t, k, "full", "feed", c.data).is("state", "failed").is("errors.0.line", 0)
		if job.text("errors.0.message") == "" || job.text("errors.0.code") == "" {
			t.Errorf("%s: no reason: %s", c.name, job.body)
		}
	}
	for _, address := range []string{"http://127.0.0.1:1/feed.csv", "http://localhost/feed.csv", "http://192.168.0.1/feed.csv", "http://169.254.169.254/latest/meta-data", "http://[::1]/f"} {
		a := call(t, "POST", "/v1/feeds", k.sk, map[string]string{"url": address}).want(202)
		job := waitJob(t, k, a.text("job.id")).is("state", "failed")
		if job.text("errors.0.message") == "" {
			t.Errorf("%s: no reason: %s", address, job.body)
		}
	}
	if n := call(t, "GET", "/v1/products", k.sk, nil).length("products"); n != len(shopRows) {
		t.Errorf("%d products are left of %d", n, len(shopRows))
	}
}

func TestFeedWithWrongRows(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	feed := "id,title,price,availability,link\na,One,10.00 USD,in_stock,https://s.example/a\nb,,5.00 USD,in_stock,https://s.example/b\nc,Three,cheap,in_stock,https://s.example/c\na,Again,9.00 USD,in_stock,https://s.example/d\n"
	job := syncFeed(t, k, "full", "f.csv", []byte(feed)).is("state", "done").is("added", 1).is("failed", 3)
	for i, want := range []struct {
		line int
		id   string
	}{{3, "b"}, {4, "c"}, {5, "a"}} {
		at := fmt.Sprintf("errors.%d.", i)
		job.is(at+"line", want.line).is(at+"id", want.id)
		if job.text(at+"field") == "" || job.text(at+"code") == "" || job.text(at+"message") == "" {
			t.Errorf("error %d says too little: %s", i, job.body)
		}
	}
}

func TestHeldJobs(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	syncFeed(t, k, "full", "f.csv", plain(10)).is("state", "done").is("added", 10)
	count := func(want int) {
		t.Helper()
		if n := call(t, "GET", "/v1/products", k.sk, nil).length("products"); n != want {
			t.Errorf("%d products, want %d", n, want)
		}
	}
	syncFeed(t, k, "partial", "f.csv", plain(2)).is("state", "done").is("removed", 0)
	syncFeed(t, k, "full", "f.csv", plain(8)).is("state", "done").is("removed", 2)
	held := syncFeed(t, k, "full", "f.csv", plain(2)).is("state", "held").is("removed", 0).is("to_remove", 6)
	count(8)
	path := "/v1/jobs/" + held.text("id")
	call(t, "POST", path+"/cancel", k.sk, nil).want(200).is("state", "canceled")
	count(8)
	call(t, "POST", path+"/confirm", k.sk, nil).problem(409, "conflict")
	call(t, "POST", path+"/cancel", k.sk, nil).problem(409, "conflict")

	held = syncFeed(t, k, "full", "f.csv", plain(2)).is("state", "held")
	path = "/v1/jobs/" + held.text("id")
	call(t, "POST", path+"/confirm", k.sk, nil).want(200)
	waitJob(t, k, held.text("id")).is("state", "done").is("removed", 6)
	count(2)
	call(t, "POST", path+"/cancel", k.sk, nil).problem(409, "conflict")

	all := call(t, "GET", "/v1/jobs?limit=2", k.sk, nil).want(200)
	if all.length("jobs") != 2 || all.text("next_cursor") == "" {
		t.Fatalf("first page of jobs: %s", all.body)
	}
	all.is("jobs.0.id", held.text("id"))
	rest := call(t, "GET", "/v1/jobs?limit=50&cursor="+all.text("next_cursor"), k.sk, nil).want(200)
	if rest.length("jobs") != 3 || rest.text("next_cursor") != "" {
		t.Errorf("last page of jobs: %s", rest.body)
	}
}
