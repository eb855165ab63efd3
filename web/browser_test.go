package web

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser is a Chromium with one tab for each test that runs at a time: tabs are
// lent, since making one costs more than most journeys.
type browser struct {
	tabs chan context.Context
}

// startBrowser starts a Chromium for a test and its subtests. Without one the
// test is skipped, or fails where HONEYGUIDE_BROWSER_REQUIRED is 1.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	binary, err := findBrowser()
	if err != nil {
		if os.Getenv("HONEYGUIDE_BROWSER_REQUIRED") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(binary), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()))
	for _, flag := range []string{"use-fake-device-for-media-stream", "use-fake-ui-for-media-stream", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, release := chromedp.NewExecAllocator(context.Background(), options...)
	root, _ := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		_ = chromedp.Cancel(root)
		release()
	})
	if err := chromedp.Do(root); err != nil {
		t.Fatal(err)
	}
	b := &browser{tabs: make(chan context.Context, runtime.GOMAXPROCS(0))}
	for range cap(b.tabs) {
		tab, closeTab := chromedp.NewContext(root, chromedp.WithNewBrowserContext())
		t.Cleanup(closeTab)
		if err := chromedp.Do(tab); err != nil {
			t.Fatal(err)
		}
		b.tabs <- tab
	}
	return b
}

func findBrowser() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no Chromium found: install Debian's chromium to run the journeys")
}

// device is what a buyer holds.
type device struct {
	width, height int64
	phone         bool
	language      string // Accept-Language
	scheme        string // "dark" or ""
}

var (
	phone   = device{width: 360, height: 740, phone: true, language: "en-US"}
	desktop = device{width: 1280, height: 860, language: "en-US"}
)

// tab is one buyer's page. Its methods end the test on failure.
type tab struct {
	*testing.T
	ctx  context.Context
	shop *shop
}

// openTab opens the storefront's path. At the end of the test the console must
// be empty: no error, no warning, no violation of the policy.
func openTab(t *testing.T, b *browser, s *shop, held device, path string, expected ...string) *tab {
	t.Helper()
	ctx := <-b.tabs
	limited, cancel := context.WithTimeout(ctx, 2*time.Minute)
	page := &tab{t, limited, s}
	messages := chromedp.Console(limited)
	t.Cleanup(func() {
		time.AfterFunc(100*time.Millisecond, cancel) // what the page has said is there by then
		for message, err := range messages {
			if err != nil {
				break
			}
			if !allowed(message.Text, expected) {
				t.Errorf("console: %s: %s", message.Type, message.Text)
			}
		}
		cancel()
		// The page must be gone before its shop closes: its complaint would reach the next journey.
		leaving, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		if err := chromedp.Do(leaving, chromedp.Navigate("about:blank")); err != nil {
			t.Error(err)
		}
		b.tabs <- ctx
	})
	call(page, network.ClearBrowserCookies, cdp.Empty{})
	call(page, storage.ClearDataForOrigin, storage.ClearDataForOriginParams{Origin: s.URL, StorageTypes: "all"})
	page.emulate(held)
	page.do(chromedp.Navigate(s.URL + path))
	return page
}

// allowed are the browser's own reports of answers that the journey provoked.
func allowed(message string, expected []string) bool {
	for _, part := range expected {
		if strings.Contains(message, part) {
			return true
		}
	}
	return false
}

func (p *tab) emulate(held device) {
	p.Helper()
	// Without motion there is less to draw, and nothing moves away under a click.
	media := []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}
	if held.scheme != "" {
		media = append(media, &emulation.MediaFeature{Name: "prefers-color-scheme", Value: held.scheme})
	}
	options := []chromedp.EmulateViewportOption{}
	if held.phone {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	p.do(chromedp.EmulateViewport(held.width, held.height, options...))
	call(p, network.Enable, network.EnableParams{})
	call(p, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": held.language}})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: media})
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// waitFor waits until the expression is true.
func (p *tab) waitFor(expression string) {
	p.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		// Between two documents the expression may not hold at all: that is not yet.
		if holds, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")")); err == nil && holds {
			return
		}
	}
	p.Fatalf("never true: %s\nat %s the page shows %.600s", expression, eval[string](p, "location.href"), eval[string](p, "(document.querySelector('dialog[open]') ?? document.querySelector('main')).innerText.replaceAll(/\\s+/g, ' ')"))
}

// cards waits until the search is over, and returns the titles shown.
func (p *tab) cards() []string {
	p.Helper()
	p.waitFor(`document.getElementById("results").getAttribute("aria-busy") === "false" && !document.querySelector(".skeleton")`)
	return eval[[]string](p, `[...document.querySelectorAll("#list .card-link")].map((link) => link.textContent)`)
}

// chips returns what the page says it searched for.
func (p *tab) chips() []string {
	p.Helper()
	return eval[[]string](p, `[...document.querySelectorAll("#chips .chip")].map((chip) => chip.innerText.trim())`)
}

// click presses the first visible element of a selector.
func (p *tab) click(selector string) {
	p.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// clickText presses the element of a selector that shows the text.
func (p *tab) clickText(selector, text string) {
	p.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll(%q)].find((one) => one.textContent === %q)`, selector, text)
	p.waitFor(find)
	eval[any](p, find+".click()")
}

// see waits until the first element of a selector contains the text.
func (p *tab) see(selector, text string) {
	p.Helper()
	p.waitFor(fmt.Sprintf(`document.querySelector(%q)?.textContent.includes(%q)`, selector, text))
}

// search types words and presses Enter.
func (p *tab) search(words string) {
	p.Helper()
	eval[any](p, `document.getElementById("words").select()`)
	p.do(chromedp.KeyEvent(words + kb.Enter))
}

// give puts a file into the photo picker.
func (p *tab) give(file string) {
	p.Helper()
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#pick"), []string{file}))
}

// call sends a command of the browser's protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], parameters P) R {
	p.Helper()
	result, err := chromedp.Call(p.ctx, command, parameters)
	if err != nil {
		p.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// eval is the value of a JavaScript expression.
func eval[T any](p *tab, expression string) T {
	p.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return value
}
