package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// refused are the browser's own words about answers that a journey provokes.
const refused = "Failed to load resource"

// TestStorefront looks at the page in a real browser. Everything in it also fails
// on anything in the console: errors, and violations of the page's policy.
func TestStorefront(t *testing.T) {
	chromium := startBrowser(t)
	for name, test := range map[string]func(*testing.T, *browser){
		"journeys": testJourneys, "chat": testChat, "modules": testModules, "contrast": testContrast,
		"chat layout en": func(t *testing.T, b *browser) { testChatLayout(t, b, "en") },
		"chat layout zh": func(t *testing.T, b *browser) { testChatLayout(t, b, "zh") },
		"layout en":      func(t *testing.T, b *browser) { testLayout(t, b, "en") },
		"layout zh":      func(t *testing.T, b *browser) { testLayout(t, b, "zh") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, chromium)
		})
	}
}

// testJourneys walks through the storefront as buyers do.
func testJourneys(t *testing.T, b *browser) {
	journeys := []struct {
		name     string
		held     device
		path     string
		walk     func(p *tab)
		expected []string
	}{
		{"words", desktop, "/", searchByWords, nil},
		{"back and reload", phone, "/?q=blue+shirt", backAndReload, nil},
		{"chips", desktop, "/?q=red+dress+under+%24200", takeChipsAway, nil},
		{"chips of words in another language", desktop, "/?q=%E7%BA%A2%E8%89%B2%E8%BF%9E%E8%A1%A3%E8%A3%99", takeForeignChipAway, nil},
		{"photo", phone, "/", searchByPhoto, nil},
		{"photo and words", desktop, "/", searchByPhotoAndWords, nil},
		{"crop by mouse", desktop, "/", cropByMouse, nil},
		{"crop by keys", desktop, "/", cropByKeys, nil},
		{"drop and paste", desktop, "/", dropAndPaste, nil},
		{"photo that is none", desktop, "/", refusePhoto, []string{refused}},
		{"nothing like the photo", phone, "/", nothingLikeThePhoto, nil},
		{"nothing found", desktop, "/?q=unicorn&max=9000", nothingFound, nil},
		{"relaxed", desktop, "/?q=velvet+dress", relaxed, nil},
		{"gift", phone, "/", askForGift, nil},
		{"more like this", desktop, "/?q=dress", moreLikeThis, nil},
		{"product", phone, "/?q=dress", openAndLeaveProduct, nil},
		{"product by its address", desktop, "/?p=p02", productByAddress, nil},
		{"product that is gone", desktop, "/?p=gone", productGone, []string{refused}},
		{"show more", desktop, "/", showMore, nil},
		{"next page fails", desktop, "/", nextPageFails, []string{refused}},
		{"filters", desktop, "/?q=dress", filter, nil},
		{"language", phone, "/?q=red+dress", switchLanguage, nil},
		{"Chinese browser", device{width: 360, height: 740, phone: true, language: "zh-CN"}, "/", chinese, nil},
		{"offline", phone, "/", offline, []string{"ERR_INTERNET_DISCONNECTED", refused}},
		{"too fast", desktop, "/", tooFast, []string{refused}},
		{"keyboard only", desktop, "/", keyboardOnly, nil},
		{"newest search wins", desktop, "/", newestSearchWins, nil},
	}
	for _, j := range journeys {
		t.Run(j.name, func(t *testing.T) {
			t.Parallel()
			j.walk(openTab(t, b, openShop(t, testProducts(), testData()), j.held, j.path, j.expected...))
		})
	}
}

func searchByWords(p *tab) {
	if got := p.cards(); len(got) != 12 || !eval[bool](p, `document.body.dataset.view === "home"`) {
		p.Fatalf("the first visit shows %v", got)
	}
	p.search("red dress")
	p.waitFor(`document.body.dataset.view === "results"`)
	for _, title := range p.cards() {
		if !strings.HasPrefix(title, "red dress") {
			p.Errorf("%q is no red dress", title)
		}
	}
	if got := p.chips(); !slices.Equal(got, []string{"Dresses", "Red"}) {
		p.Errorf("chips %v", got)
	}
	p.see("#heading", "“red dress”")
	p.see("#status", "2 products shown")
	p.see(".reason", "Comes in red, as you asked")
	if got := p.shop.lastSearch(); got["text"] != "red dress" || got["language"] != "en" {
		p.Errorf("asked %v", got)
	}
	p.click("#home")
	p.waitFor(`document.body.dataset.view === "home" && location.search === ""`)
	p.click("#suggestions button")
	p.waitFor(`document.getElementById("words").value === "red dress"`)
}

func backAndReload(p *tab) {
	before := p.cards()
	p.search("green shoes")
	p.waitFor(`location.search === "?q=green+shoes"`)
	p.cards()
	p.do(chromedp.NavigateBack())
	p.waitFor(`document.getElementById("words").value === "blue shirt"`)
	if after := p.cards(); !slices.Equal(after, before) {
		p.Errorf("back shows %v, before it was %v", after, before)
	}
	p.do(chromedp.Reload())
	if after := p.cards(); !slices.Equal(after, before) {
		p.Errorf("reload shows %v, before it was %v", after, before)
	}
}

func takeChipsAway(p *tab) {
	p.cards()
	if got := p.chips(); !slices.Equal(got, []string{"Dresses", "Red", "up to $200"}) {
		p.Fatalf("chips %v", got)
	}
	p.click(`#chips [aria-label="Remove: up to $200"]`)
	p.waitFor(`document.getElementById("words").value === "red dress"`)
	p.cards()
	p.click(`#chips [aria-label="Remove: Red"]`)
	p.waitFor(`document.getElementById("words").value === "dress"`)
	p.cards()
	if got := p.chips(); !slices.Equal(got, []string{"Dresses"}) {
		p.Errorf("chips %v", got)
	}
	p.waitFor(`document.activeElement.id === "heading"`)
}

// The words say it in a language whose names the page has not: they give way to filters.
func takeForeignChipAway(p *tab) {
	p.cards()
	p.click(`#chips [aria-label="Remove: Red"]`)
	p.waitFor(`location.search === "?category=dresses"`)
	p.cards()
	filters := p.shop.lastSearch()["filters"].(map[string]any)
	if p.shop.lastSearch()["text"] != "" || filters["category"] != "dresses" || filters["colors"] != nil {
		p.Errorf("asked %v", p.shop.lastSearch())
	}
}

func nothingFound(p *tab) {
	p.see(".notice", "No products found")
	p.see("#status", "No products found")
	p.clickText(".notice button", "Clear the filters")
	p.waitFor(`location.search === "?q=unicorn"`)
	p.clickText(".notice button", "Describe it in words")
	p.waitFor(`document.activeElement.id === "words"`)
}

func relaxed(p *tab) {
	p.see("#relaxed", "No velvet here, so other fabrics are shown.")
	if got := p.cards(); len(got) == 0 {
		p.Error("shows nothing")
	}
}

func moreLikeThis(p *tab) {
	title := p.cards()[0]
	p.click(".card-like")
	p.see("#heading", "More like "+title)
	p.waitFor(`document.activeElement.id === "heading"`)
	if got := p.cards(); slices.Contains(got, title) || p.shop.lastSearch()["product_id"] != "p00" {
		p.Errorf("asked %v, shows %v", p.shop.lastSearch(), got)
	}
	p.do(chromedp.Reload())
	p.see("#heading", "More like "+title)
	p.cards()
	p.click("#chips .removable")
	p.waitFor(`document.body.dataset.view === "home"`)
}

// askForGift gets gifts with their reasons, and products where the shop has no gift.
func askForGift(p *tab) {
	p.cards()
	p.do(chromedp.SendKeys("#words", "gift for my mother"+kb.Enter))
	p.waitFor(`document.querySelectorAll("#list .card").length === 3`)
	p.see("#heading", "gift for my mother")
	p.see("#list .reason", "Worn every day")
	p.see("#relaxed", "how long delivery takes")
	eval[bool](p, `(document.getElementById("words").value = "") === ""`)
	p.do(chromedp.SendKeys("#words", "gift for my robot: dress"+kb.Enter))
	p.waitFor(`document.getElementById("heading").textContent.includes("robot")`)
	p.waitFor(`!document.querySelector("#list .reason")?.textContent.includes("Worn every day")`)
}

func openAndLeaveProduct(p *tab) {
	p.cards()
	p.click(".card-link")
	p.see("#product h2", "red dress 0")
	p.waitFor(`document.activeElement.id === "product-title" && location.search === "?q=dress&p=p00"`)
	p.see("#product .price", "$15")
	p.see("#product .price", "was $20")
	p.waitFor(`document.querySelectorAll("#product .thumb").length === 3 && document.querySelectorAll("#product .mini").length > 0`)
	p.waitFor(`document.querySelectorAll("#product .board").length === 3 && document.querySelectorAll("#product .board .mini").length === 6`)
	p.see("#product .board-total", "together")
	p.see("#product .piece-why", "goes with anything")
	if link := eval[string](p, `document.querySelector(".shop-link").href`); link != "https://shop.example/p/0" {
		p.Errorf("the shop's link is %s", link)
	}
	p.do(chromedp.NavigateBack())
	p.waitFor(`!document.getElementById("product").open && location.search === "?q=dress"`)
	p.click(".card-link")
	p.waitFor(`document.querySelector("#product .mini")`)
	p.do(chromedp.KeyEvent(kb.Escape))
	p.waitFor(`!document.getElementById("product").open && location.search === "?q=dress"`)
	p.waitFor(`document.activeElement.className === "card-link"`)
}

func productByAddress(p *tab) {
	p.see("#product h2", "red sneakers 2")
	if eval[bool](p, `Boolean(document.querySelector(".shop-link"))`) {
		p.Error("the page links to javascript:")
	}
	p.click("#product [data-close]")
	p.waitFor(`!document.getElementById("product").open && location.search === ""`)
}

func productGone(p *tab) {
	p.see("#product .notice", "This is no longer here")
}

func showMore(p *tab) {
	first := p.cards()
	for _, shown := range []int{24, 29} {
		p.click("#more")
		p.waitFor(fmt.Sprintf(`document.querySelectorAll("#list .card").length === %d`, shown))
	}
	all := p.cards()
	if !slices.Equal(all[:12], first) {
		p.Error("what was there has moved")
	}
	slices.Sort(all)
	if len(slices.Compact(all)) != 29 {
		p.Error("a product came twice")
	}
	p.waitFor(`document.getElementById("more").hidden && document.activeElement.textContent === "red shirt 16" || document.activeElement.className === "card-link"`)
}

func nextPageFails(p *tab) {
	p.cards()
	p.shop.failNext(problem{Status: 503, Code: "unavailable"})
	p.click("#more")
	p.see("#notice-more .notice", "The shop is busy right now")
	p.see(".reference", "Reference: req-7")
	p.clickText(".notice button", "Try again")
	p.waitFor(`document.querySelectorAll("#list .card").length === 24`)
}

func filter(p *tab) {
	p.cards()
	p.click("#open-filters")
	p.do(chromedp.SendKeys(chromedp.CSS("[name=price_max]"), "cheap\r"))
	p.see("#price-error", "Enter a number such as 49.90.")
	p.do(chromedp.SetValue(chromedp.CSS("[name=price_max]"), "60"), chromedp.SetValue(chromedp.CSS("[name=price_min]"), "70"))
	p.click("#filters [type=submit]")
	p.see("#price-error", "The highest price is below the lowest.")
	p.do(chromedp.SetValue(chromedp.CSS("[name=price_min]"), "20,50"))
	p.click(`#filters label:has([value="blue"])`)
	p.click(`#filters label:has([value="M"])`)
	p.click("#filters [type=submit]")
	p.waitFor(`!document.getElementById("filters").open && location.search === "?q=dress&min=2050&max=6000&color=blue&size=M"`)
	for _, title := range p.cards() {
		if !strings.HasPrefix(title, "blue dress") {
			p.Errorf("%q is no blue dress", title)
		}
	}
	if got := p.chips(); !slices.Equal(got, []string{"Blue", "M", "Dresses", "$20.50 to $60"}) {
		p.Errorf("chips %v", got)
	}
	p.clickText("#chips button", "Clear all")
	p.waitFor(`location.search === "?q=dress"`)
}

func switchLanguage(p *tab) {
	p.cards()
	p.click(`#language [hreflang="zh"]`)
	p.waitFor(`document.documentElement.lang === "zh-CN"`)
	if got := p.cards(); !slices.Equal(got, []string{"红色连衣裙 0", "红色连衣裙 15"}) {
		p.Errorf("titles %v", got)
	}
	p.see("#chips", "连衣裙")
	p.do(chromedp.Navigate(p.shop.URL + "/"))
	p.see("h1", "看到喜欢的了？")
}

func chinese(p *tab) {
	p.cards()
	p.see("#suggestions", "红色连衣裙")
	p.search("60元以内的红色连衣裙")
	p.waitFor(`document.querySelectorAll("#chips .removable").length === 3`)
	p.click(`#chips [aria-label="移除：US$60以内"]`)
	p.waitFor(`document.getElementById("words").value === "红色连衣裙"`)
	p.cards()
	p.click(".card-link")
	p.see("#product", "柔软、做工好、容易打理。")
}

func offline(p *tab) {
	p.cards()
	cut := func(off bool) {
		call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}}})
		call(p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1})
	}
	p.Cleanup(func() { cut(false) })
	cut(true)
	p.search("red dress")
	p.see(".notice.error", "You seem to be offline")
	cut(false)
	p.clickText(".notice button", "Try again")
	if got := p.cards(); len(got) != 2 {
		p.Errorf("shows %v", got)
	}
}

func tooFast(p *tab) {
	p.cards()
	p.shop.failNext(problem{Status: 429, Code: "rate_limited", retryAfter: "600"})
	p.search("red dress")
	p.see(".notice.error", "That was a little fast")
	if !eval[bool](p, `document.querySelector(".notice button").disabled`) {
		p.Error("trying again is offered before its time")
	}
	p.shop.failNext(problem{Status: 429, Code: "rate_limited", retryAfter: "1"})
	p.search("red shirt")
	p.waitFor(`document.querySelector(".notice button:not(:disabled)")`)
	p.clickText(".notice button", "Try again")
	if got := p.cards(); len(got) != 2 {
		p.Errorf("shows %v", got)
	}
}

// keyboardOnly reaches a product and comes back without a pointer.
func keyboardOnly(p *tab) {
	p.cards()
	tabTo := func(selector string) {
		p.Helper()
		for range 40 {
			p.do(chromedp.KeyEvent(kb.Tab))
			if eval[bool](p, fmt.Sprintf("document.activeElement.matches(%q)", selector)) {
				return
			}
		}
		p.Fatalf("Tab does not reach %s", selector)
	}
	p.do(chromedp.KeyEvent(kb.Tab))
	if !eval[bool](p, `document.activeElement.className === "skip" && document.activeElement.getBoundingClientRect().top >= 0`) {
		p.Error("the first stop is not a visible link to the products")
	}
	tabTo("#words")
	p.do(chromedp.KeyEvent("red dress" + kb.Enter))
	p.waitFor(`document.getElementById("heading").textContent === "“red dress”"`)
	p.cards()
	tabTo("#open-filters")
	p.do(chromedp.KeyEvent(kb.Enter))
	p.waitFor(`document.getElementById("filters").contains(document.activeElement)`)
	p.do(chromedp.KeyEvent(kb.Escape))
	p.waitFor(`document.activeElement.id === "open-filters"`)
	tabTo(".card-link")
	p.do(chromedp.KeyEvent(kb.Enter))
	p.waitFor(`document.querySelector("#product .mini")`)
	for range 12 { // Tab stays in the dialog, or goes to the browser itself
		p.do(chromedp.KeyEvent(kb.Tab))
		if !eval[bool](p, `document.activeElement === document.body || document.getElementById("product").contains(document.activeElement)`) {
			p.Fatalf("Tab left the dialog for %s", eval[string](p, "document.activeElement.outerHTML"))
		}
	}
	p.do(chromedp.KeyEvent(kb.Escape))
	p.waitFor(`document.activeElement.className === "card-link"`)
}

func newestSearchWins(p *tab) {
	p.cards()
	release := p.shop.holdAnswers()
	p.search("red dress")
	p.waitFor(`document.getElementById("results").getAttribute("aria-busy") === "true"`)
	p.search("blue shirt")
	release()
	for _, title := range p.cards() {
		if !strings.HasPrefix(title, "blue shirt") {
			p.Errorf("%q is not what was asked last", title)
		}
	}
}
