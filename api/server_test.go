package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/index/local"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
	"honeyguide/db"
	"honeyguide/desk"
	"honeyguide/embed/builtin"
	"honeyguide/packs"
	"honeyguide/web"
)

// The real wiring, opened once: database, index, encoder, packs, worker. Every
// test makes stores of its own, so that none sees another's.
var wired struct {
	options Options
	server  *Server
	url     string
}

const operatorKey = "ok_0123456789abcdefghij"

func TestMain(m *testing.M) { os.Exit(runTests(m)) }

func runTests(m *testing.M) int {
	ctx, stop := context.WithCancel(context.Background())
	folder, err := os.MkdirTemp("", "honeyguide-api-")
	must(err)
	defer os.RemoveAll(folder)
	database, err := db.Open(ctx, folder+"/honeyguide.db")
	must(err)
	defer database.Close()
	known, err := packs.Load()
	must(err)
	encoder, err := builtin.New()
	must(err)
	quiet := slog.New(slog.DiscardHandler)
	c, err := catalog.Open(ctx, catalog.Options{DB: database, Index: local.New(), Encoder: encoder, Packs: known, Folder: folder, Log: quiet})
	must(err)
	must(c.AddKey(ctx, operatorKey, ""))
	site, err := web.New()
	must(err)
	worker := make(chan error)
	go func() { worker <- c.Run(ctx) }()
	defer func() { stop(); must(<-worker) }()

	records := conversation.Open(database)
	taken := orders.Open(orders.Options{DB: database, Store: c.Store})
	offers := promotions.Open(database, known)
	helper, err := assistant.New(assistant.Options{Catalog: c, Records: records, Orders: taken, Promotions: offers, Log: quiet})
	must(err)
	wired.options = Options{Catalog: c, DB: database, Assistant: helper, Records: records, Orders: taken, Promotions: offers,
		Desk:   desk.New(desk.Options{Catalog: c, Records: records, Orders: taken, Log: quiet}),
		Secret: []byte("of tests"), Pages: site, Keep: time.Hour, Log: quiet}
	wired.server = New(wired.options)
	front := httptest.NewServer(wired.server)
	defer front.Close()
	wired.url = front.URL
	return m.Run()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// keys are a store's id and keys.
type keys struct{ id, sk, pk, ak string }

// answer is what came back.
type answer struct {
	*testing.T
	status int
	header http.Header
	body   []byte
	what   string
}

// call sends a request to the shared server. body may be nil, a string, or anything with a JSON form.
func call(t *testing.T, method, path, key string, body any, header ...string) *answer {
	t.Helper()
	return callAt(t, wired.url, method, path, key, body, header...)
}

func callAt(t *testing.T, url, method, path, key string, body any, header ...string) *answer {
	t.Helper()
	var send io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case string:
		send = strings.NewReader(b)
	case *form:
		send, kind = bytes.NewReader(b.bytes()), b.kind()
	default:
		data, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		send = bytes.NewReader(data)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, url+path, send)
	if err != nil {
		t.Fatal(err)
	}
	if send != nil {
		r.Header.Set("Content-Type", kind)
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return send1(t, r)
}

func send1(t *testing.T, r *http.Request) *answer {
	t.Helper()
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := &answer{t, res.StatusCode, res.Header, data, r.Method + " " + r.URL.Path}
	if res.Header.Get("Request-Id") == "" {
		t.Errorf("%s: no Request-Id", a.what)
	}
	return a
}

// want ends the test unless the status is the one wanted.
func (a *answer) want(status int) *answer {
	a.Helper()
	if a.status != status {
		a.Fatalf("%s: status %d, want %d: %.500s", a.what, a.status, status, a.body)
	}
	return a
}

// problem checks that a is a whole problem document.
func (a *answer) problem(status int, code string) *answer {
	a.Helper()
	a.want(status)
	var p struct {
		Type, Title, Detail, Code string
		Status                    int
		Errors                    []Fault
	}
	decoder := json.NewDecoder(bytes.NewReader(a.body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil {
		a.Fatalf("%s: %v: %s", a.what, err, a.body)
	}
	if a.header.Get("Content-Type") != "application/problem+json" || p.Status != status || p.Code != code || p.Type == "" || p.Title == "" || p.Detail == "" || p.Errors == nil {
		a.Errorf("%s: %s %s, want code %s", a.what, a.header.Get("Content-Type"), a.body, code)
	}
	return a
}

// at is a value inside the JSON answer, such as "products.0.product.id".
func (a *answer) at(path string) any {
	a.Helper()
	var v any
	if err := json.Unmarshal(a.body, &v); err != nil {
		a.Fatalf("%s: %v: %.200s", a.what, err, a.body)
	}
	return inside(v, strings.Split(path, ".")...)
}

// inside walks into a JSON value; what is not there is nil.
func inside(v any, path ...string) any {
	for _, step := range path {
		switch in := v.(type) {
		case map[string]any:
			v = in[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}

func (a *answer) text(path string) string {
	a.Helper()
	s, _ := a.at(path).(string)
	return s
}

// is checks one value by its printed form.
func (a *answer) is(path string, want any) *answer {
	a.Helper()
	if got := a.at(path); fmt.Sprint(got) != fmt.Sprint(want) {
		a.Errorf("%s: %s is %v, want %v", a.what, path, got, want)
	}
	return a
}

func (a *answer) length(path string) int {
	a.Helper()
	list, ok := a.at(path).([]any)
	if !ok {
		a.Fatalf("%s: %s is no list: %.300s", a.what, path, a.body)
	}
	return len(list)
}

// titles are of the products of a search.
func (a *answer) titles() []string {
	a.Helper()
	var out []string
	for i := range a.length("products") {
		out = append(out, a.text(fmt.Sprintf("products.%d.product.title", i)))
	}
	return out
}

// form is a multipart body. Each call of bytes keeps its boundary.
type form struct {
	buf bytes.Buffer
	w   *multipart.Writer
}

func newForm() *form {
	f := &form{}
	f.w = multipart.NewWriter(&f.buf)
	return f
}

func (f *form) field(name, value string) *form {
	must(f.w.WriteField(name, value))
	return f
}

func (f *form) file(name, filename string, data []byte) *form {
	h := textproto.MIMEHeader{}
	h.Set("Content-Disposition", fmt.Sprintf(`form-data; name=%q; filename=%q`, name, filename))
	h.Set("Content-Type", "application/octet-stream")
	part, err := f.w.CreatePart(h)
	must(err)
	_, err = part.Write(data)
	must(err)
	return f
}

func (f *form) kind() string { return f.w.FormDataContentType() }

func (f *form) bytes() []byte {
	must(f.w.Close())
	return f.buf.Bytes()
}

func makeStore(t *testing.T, settings map[string]any) keys {
	t.Helper()
	if settings == nil {
		settings = map[string]any{}
	}
	for name, value := range map[string]any{"name": t.Name(), "currency": "USD"} {
		if settings[name] == nil {
			settings[name] = value
		}
	}
	a := call(t, "POST", "/v1/stores", operatorKey, settings).want(201)
	return keys{a.text("id"), a.text("keys.secret"), a.text("keys.publishable"), a.text("keys.agent")}
}

// newShop is a store that holds shopRows.
func newShop(t *testing.T) keys {
	t.Helper()
	k := makeStore(t, nil)
	syncFeed(t, k, "full", "products.zip", zipFeed(t, shopRows)).is("state", "done").is("failed", 0).is("added", len(shopRows))
	return k
}

// syncFeed uploads a feed and waits for its end.
func syncFeed(t *testing.T, k keys, mode, filename string, data []byte) *answer {
	t.Helper()
	a := call(t, "POST", "/v1/feeds?mode="+mode, k.sk, newForm().file("file", filename, data)).want(202)
	return waitJob(t, k, a.text("job.id"))
}

func waitJob(t *testing.T, k keys, id string) *answer {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		a := call(t, "GET", "/v1/jobs/"+id, k.sk, nil).want(200)
		switch a.text("state") {
		case "queued", "running":
		default:
			return a
		}
	}
	t.Fatalf("job %s does not end", id)
	return nil
}

// picture is a JPEG of a garment-like shape on white.
func picture(c color.Color) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, 96, 128))
	for y := range 128 {
		for x := range 96 {
			img.Set(x, y, color.White)
			if width := 12 + y/5; y > 14 && y < 116 && x > 48-width && x < 48+width {
				img.Set(x, y, c)
			}
		}
	}
	var out bytes.Buffer
	must(jpeg.Encode(&out, img, nil))
	return out.Bytes()
}
