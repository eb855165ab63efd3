package llm

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"honeyguide/assistant/llm/llmtest"
	"honeyguide/db"
)

const secret = "sk-very-secret"

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// fixture is a Model before a scripted server.
type fixture struct {
	*Model
	server *llmtest.Server
	clock  *clock
}

// open makes a Model whose endpoint plays scripts. change may alter its options.
func open(t testing.TB, change func(*Options), scripts ...llmtest.Script) fixture {
	t.Helper()
	d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "shop.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	for _, id := range []string{"s", "other"} {
		if _, err := d.ExecContext(t.Context(), `INSERT INTO stores (id, data, created_at) VALUES ($1, '{}', 1)`, id); err != nil {
			t.Fatal(err)
		}
	}
	server := llmtest.New(scripts...)
	t.Cleanup(server.Close)
	c := &clock{t: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	o := Options{BaseURL: server.URL(), Key: secret, Model: "test", DB: d, Now: c.now, FirstWords: 5 * time.Second, Whole: 20 * time.Second}
	if change != nil {
		change(&o)
	}
	m, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return fixture{m, server, c}
}

const puma = `{"id":"1","title":"Puma Red Dress","brand":"Puma","price":{"amount":89500,"currency":"INR"},"sale_price":null,
	"availability":"in_stock","sizes":["S","M"],"colors":["red"],"link":"https://shop.example/p/1","image_link":"https://shop.example/1.jpg"}`

// english and chinese are turns with one product.
func english() Request {
	return Request{
		StoreID: "s", StoreName: "Rosa", Persona: "Friendly.", Language: "en", Intent: "search", Question: "a red dress under 2000",
		Draft: "Here is what I found. Puma Red Dress costs ₹895. It is in stock.",
		Facts: []Fact{{"product", "1", puma}},
	}
}

func chinese() Request {
	return Request{
		StoreID: "s", StoreName: "Rosa", Language: "zh", Intent: "search", Question: "红色连衣裙",
		Draft: "为您找到了这款。彪马红色连衣裙895元，有货。",
		Facts: []Fact{{"product", "1", strings.Replace(strings.Replace(puma, "Puma Red Dress", "彪马红色连衣裙", 1), "INR", "CNY", 1)}},
	}
}

// phrase phrases and checks what holds of every answer: what was emitted is the text.
func (f fixture) phrase(t *testing.T, r Request) (Phrased, error) {
	t.Helper()
	var emitted strings.Builder
	p, err := f.Phrase(t.Context(), r, func(s string) { emitted.WriteString(s) })
	if emitted.String() != p.Text {
		t.Errorf("emitted %q, and the text is %q", emitted.String(), p.Text)
	}
	if (err == nil) != (p.Text != "") {
		t.Errorf("text %q with error %v", p.Text, err)
	}
	return p, err
}

// eventually waits for something that another goroutine does.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within 10 s", what)
		}
	}
}
