package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestDemo starts the demo and uses it as a buyer does, by the API and in a browser.
func TestDemo(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := serving(t, "demo", "--addr", "127.0.0.1:0", "--data", data)
	page := s.out.find(t, `open (http://\S+)`)
	s.ready(t)
	key := pageKey(t, page)
	t.Run("words", func(t *testing.T) { demoWords(t, s.url, key) })
	photo := filepath.Join(t.TempDir(), "photo.jpg")
	t.Run("photo", func(t *testing.T) { demoPhoto(t, s.url, key, photo) })
	t.Run("browser", func(t *testing.T) { demoJourney(t, page, photo) })
	t.Run("chat", func(t *testing.T) { demoChat(t, page) })
	if status := s.stop(); status != exitOK {
		t.Fatalf("stopped with %d: %s", status, s.stderr)
	}
	t.Run("again", func(t *testing.T) {
		again := serving(t, "demo", "--addr", "127.0.0.1:0", "--data", data)
		if second := again.out.find(t, `open (http://\S+)`); !strings.HasSuffix(second, page[strings.Index(page, "/?"):]) {
			t.Errorf("another store: %s, then %s", page, second)
		}
		demoWords(t, again.url, key)
	})
}

// pageKey is the publishable key that the storefront uses.
func pageKey(t *testing.T, page string) string {
	t.Helper()
	res, err := http.Get(page)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(body), "pk_")
	if !ok {
		t.Fatalf("no key in %.300s", body)
	}
	return "pk_" + rest[:26]
}

// hits are the products of a search's answer.
func hits(t *testing.T, answer map[string]any) []map[string]any {
	t.Helper()
	var found []map[string]any
	list, _ := answer["products"].([]any)
	for _, one := range list {
		found = append(found, one.(map[string]any)["product"].(map[string]any))
	}
	if len(found) == 0 {
		t.Fatalf("nothing found: %v", answer)
	}
	return found
}

func demoWords(t *testing.T, url, key string) {
	for _, words := range []string{"red dress", "红色连衣裙"} {
		status, answer := post(t, url+"/v1/search", key, fmt.Sprintf(`{"text":%q}`, words))
		if status != 200 || answer["matched"] != "yes" {
			t.Fatalf("%s: %d, %v", words, status, answer["matched"])
		}
		found := hits(t, answer)
		if !slices.Contains(found[0]["colors"].([]any), any("red")) {
			t.Errorf("%s finds first %v, %v", words, found[0]["title"], found[0]["colors"])
		}
		for _, p := range found { // also shades of red, such as burgundy
			if category, _ := p["category"].(string); !strings.HasPrefix(category, "dresses") {
				t.Errorf("%s finds %v, %v", words, p["title"], p["category"])
			}
		}
	}
}

// demoPhoto finds a product by its own picture, and leaves the picture at path.
func demoPhoto(t *testing.T, url, key, path string) {
	_, answer := post(t, url+"/v1/search", key, `{"text":"red dress"}`)
	want := hits(t, answer)[0]
	res, err := http.Get(url + want["image_link"].(string))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil || os.WriteFile(path, data, 0o600) != nil {
		t.Fatal(err)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("image", "photo.jpg")
	if err == nil {
		_, err = part.Write(data)
	}
	if err = errors.Join(err, form.Close()); err != nil {
		t.Fatal(err)
	}
	status, answer := call(t, "POST", url+"/v1/search", key, form.FormDataContentType(), &body)
	if status != 200 || answer["matched"] == "none" {
		t.Fatalf("%d: %v", status, answer)
	}
	if got := hits(t, answer)[0]; got["id"] != want["id"] {
		t.Errorf("the picture of %v finds %v first", want["id"], got["id"])
	}
}

// demoJourney walks through the demo in Chromium: words, photo, more like this, Chinese.
func demoJourney(t *testing.T, address, photo string) {
	p := openPage(t, address)
	p.eval(`document.getElementById("words").select()`)
	p.do(chromedp.KeyEvent("red dress" + kb.Enter))
	p.waitFor(`document.body.dataset.view !== "home"`)
	p.cards()
	p.check(`every card shows a picture, a price and a reason`, `[...document.querySelectorAll("#list .card")].every((card) =>
		card.querySelector("img")?.src.includes("/v1/media/") && /\$\d/.test(card.querySelector(".price").textContent) && card.querySelector(".reason").textContent.trim())`)

	p.do(chromedp.Navigate(address))
	p.cards()
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#pick"), []string{photo}))
	p.waitFor(`!document.getElementById("photo").hidden && document.querySelector("#list .reason")?.textContent.includes("your photo")`)
	if got := p.cards(); !strings.Contains(got[0], "Dress") || !strings.Contains(got[0], "Red") {
		t.Errorf("the photo of a red dress finds %v", got)
	}

	p.do(chromedp.Navigate(address + "&q=red+dress"))
	title := p.cards()[0]
	p.do(chromedp.Click(chromedp.CSS(".card-like"), chromedp.NodeVisible))
	p.waitFor(`document.getElementById("heading").textContent.includes(` + quote(title) + `)`)
	if got := p.cards(); slices.Contains(got, title) {
		t.Errorf("more like %s shows it again: %v", title, got)
	}

	p.do(chromedp.Click(chromedp.CSS(`#language [hreflang="zh"]`), chromedp.NodeVisible))
	p.waitFor(`document.documentElement.lang === "zh-CN"`)
	p.cards()
	p.check("reasons are Chinese", `[...document.querySelectorAll("#list .reason")].some((reason) => /\p{Script=Han}/u.test(reason.textContent))`)
	p.check("titles are Chinese", `[...document.querySelectorAll("#list .card-link")].every((link) => /\p{Script=Han}/u.test(link.textContent))`)
}

// demoChat talks to the assistant as a buyer does: things, an order, a person, and all of
// it again after a reload.
func demoChat(t *testing.T, address string) {
	p := openPage(t, address+"&chat=1")
	p.waitFor(`document.querySelector("#chat .bubble")`)
	said := 0
	for _, turn := range []struct{ say, sees string }{
		{"show me a red dress under 100", `last.querySelectorAll(".mini").length >= 2`},
		{"what goes with the first one?", `last.querySelector(".board")`},
		{"where is order A1001, phone ending 2468", `last.textContent.includes("PP482910037")`},
		{"我女朋友过生日，送什么好？100以内", `last.querySelectorAll(".mini").length >= 3 && /送女朋友/.test(last.textContent)`},
	} {
		p.eval(`document.querySelector("[data-part=field]").focus()`)
		p.do(chromedp.KeyEvent(turn.say + kb.Enter))
		said++
		p.waitFor(fmt.Sprintf(`(() => { const all = [...document.querySelectorAll("#chat [data-role=bot]")], last = all.at(-1);
			return document.querySelectorAll("#chat [data-role=buyer]").length === %d && last && (%s) })()`, said, turn.sees))
	}
	p.do(chromedp.Reload())
	p.waitFor(fmt.Sprintf(`document.querySelectorAll("#chat [data-role=buyer]").length === %d && document.querySelector("#chat .board")`, said))
	p.do(chromedp.Click(chromedp.CSS("#chat-person"), chromedp.NodeVisible))
	p.waitFor(`!document.getElementById("chat-banner").hidden`)
}

// page is a tab of Chromium. Its methods end the test on failure.
type page struct {
	*testing.T
	ctx context.Context
}

// openPage opens an address in Chromium; at the end of the test nothing may
// stand in the console: no error, no violation of the page's policy.
func openPage(t *testing.T, address string) *page {
	t.Helper()
	browser := startChromium(t)
	limited, cancel := context.WithTimeout(browser, patience)
	messages := chromedp.Console(limited)
	t.Cleanup(func() {
		time.AfterFunc(100*time.Millisecond, cancel) // what the page has said is there by then
		for message, err := range messages {
			if err != nil {
				break
			}
			t.Errorf("console: %s: %s", message.Type, message.Text)
		}
		cancel()
	})
	p := &page{t, limited}
	p.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address))
	p.cards()
	return p
}

// startChromium starts a browser. Without one the test is skipped, or fails
// where HONEYGUIDE_BROWSER_REQUIRED is 1.
func startChromium(t *testing.T) context.Context {
	t.Helper()
	binary, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("HONEYGUIDE_BROWSER_REQUIRED") == "1" {
			t.Fatal(err)
		}
		t.Skipf("the journey needs Debian's chromium: %v", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(binary), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("no-first-run", true), chromedp.Flag("lang", "en-US"))
	allocator, release := chromedp.NewExecAllocator(context.Background(), options...)
	browser, _ := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		_ = chromedp.Cancel(browser)
		release()
	})
	if err := chromedp.Do(browser); err != nil {
		t.Fatal(err)
	}
	return browser
}

func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

func (p *page) eval(expression string) {
	p.Helper()
	if _, err := chromedp.Run(p.ctx, chromedp.Evaluate[any](expression)); err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
}

// waitFor waits until an expression is true.
func (p *page) waitFor(expression string) {
	p.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		// Between two documents the expression may not hold at all: that is not yet.
		if holds, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")")); err == nil && holds {
			return
		}
	}
	p.Fatalf("never true: %s", expression)
}

func (p *page) check(what, expression string) {
	p.Helper()
	if holds, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](expression)); err != nil || !holds {
		shown, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.getElementById("list").innerText.slice(0, 500)`))
		p.Errorf("not so: %s: %v: %s", what, err, shown)
	}
}

// cards waits until a search is over, and returns the titles shown.
func (p *page) cards() []string {
	p.Helper()
	p.waitFor(`document.getElementById("results").getAttribute("aria-busy") === "false" && !document.querySelector(".skeleton") && document.querySelector("#list .card")`)
	titles, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("#list .card-link")].map((link) => link.textContent)`))
	if err != nil {
		p.Fatal(err)
	}
	return titles
}

// quote is a text as JavaScript.
func quote(s string) string {
	data, err := json.Marshal(s)
	if err != nil {
		panic(err) // a text always has a JSON form
	}
	return string(data)
}
