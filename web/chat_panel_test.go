package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chatKeyboard goes without a pointer, and writes as an input method does.
func chatKeyboard(p *tab) {
	p.waitFor(`document.activeElement.dataset.part === "field" || document.activeElement === document.body`)
	p.write("red")
	eval[any](p, `(() => {
		const field = document.querySelector("[data-part=field]");
		field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
		field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
		field.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertLineBreak", isComposing: true, bubbles: true, cancelable: true }));
	})()`)
	if len(p.bubbles("buyer")) != 0 {
		p.Error("a half-written word was sent")
	}
	p.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(8)), chromedp.KeyEvent("dress"+kb.Enter))
	p.answered()
	if got := p.shop.talks.lastSent().Text; got != "red\ndress" {
		p.Errorf("sent %q", got)
	}
	p.click("#chat-more")
	p.do(chromedp.KeyEvent(kb.Escape))
	p.waitFor(`document.getElementById("chat-menu").hidden && document.activeElement.id === "chat-more" && document.getElementById("chat").open`)
	p.do(chromedp.KeyEvent(kb.Escape))
	p.waitFor(`!document.getElementById("chat").open && document.activeElement.id === "open-chat" && location.search === ""`)
	p.do(chromedp.KeyEvent(kb.Enter))
	p.waitFor(`document.getElementById("chat").open && document.activeElement.dataset.part === "field"`)
	p.emulate(phone)
	p.waitFor(`document.getElementById("chat").matches(":modal")`)
	for range 30 { // over the page, Tab stays in the panel
		p.do(chromedp.KeyEvent(kb.Tab))
		if !eval[bool](p, `document.activeElement === document.body || document.getElementById("chat").contains(document.activeElement)`) {
			p.Fatalf("Tab left the chat for %s", eval[string](p, "document.activeElement.outerHTML"))
		}
	}
}

// chatAsk comes from a product to a question about it.
func chatAsk(p *tab) {
	p.click("#chat-close")
	p.waitFor(`!document.getElementById("chat").open`)
	p.cards()
	p.click(".card-link")
	p.clickText("#product button", "Ask about this")
	p.see(".attached", "About: red dress 0")
	p.waitFor(`document.getElementById("chat").open && !document.getElementById("product").open && location.search === "?chat=1"`)
	p.say("what size")
	p.see(".said-about", "About: red dress 0")
	if got := p.shop.talks.lastSent(); got.ProductID != "p00" {
		p.Errorf("sent %+v", got)
	}
	p.do(chromedp.NavigateBack())
	p.waitFor(`!document.getElementById("chat").open && location.search === ""`)
}

// chatAddress has the chat in the address, and back leads out of it.
func chatAddress(p *tab) {
	p.click("#chat-close")
	p.waitFor(`!document.getElementById("chat").open && location.search === ""`)
	p.click("#open-chat")
	p.waitFor(`document.getElementById("chat").matches(":modal") && location.search === "?chat=1"`)
	p.do(chromedp.NavigateBack())
	p.waitFor(`!document.getElementById("chat").open && location.search === ""`)
	p.emulate(desktop)
	p.click("#open-chat")
	p.waitFor(`document.getElementById("chat").open && !document.getElementById("chat").matches(":modal") && location.search === "?chat=1"`)
	p.search("red dress")
	p.waitFor(`location.search === "?q=red+dress&chat=1" && document.getElementById("chat").open`)
	p.cards()
	p.click("#chat-close")
	p.waitFor(`location.search === "?q=red+dress"`)
	p.do(chromedp.NavigateBack()) // beside the page it stays as it is
	p.waitFor(`document.body.dataset.view === "home" && !document.getElementById("chat").open && location.search === ""`)
}

// chatScroll leaves a reader alone who reads what was said before.
func chatScroll(p *tab) {
	p.say("long")
	if top := eval[float64](p, `document.querySelector("[data-role=buyer]").getBoundingClientRect().top - document.getElementById("chat-log").getBoundingClientRect().top`); top < 0 || top > 60 {
		p.Errorf("the question stands at %.0f px, so the long answer does not begin in sight", top)
	}
	p.click("#chat-person")
	p.see("#chat-banner", "queue")
	eval[any](p, `document.getElementById("chat-log").scrollTo({ top: 0 })`)
	p.waitFor(`document.getElementById("chat-log").scrollTop === 0`)
	p.shop.talks.takeOver("human", "Anna")
	p.shop.talks.agentSays("Anna", "Hello")
	p.waitFor(`!document.getElementById("chat-jump").hidden && document.getElementById("chat-log").scrollTop === 0`)
	p.click("#chat-jump")
	p.waitFor(`document.getElementById("chat-jump").hidden && document.querySelector("[data-role=agent]").getBoundingClientRect().bottom < document.getElementById("chat-form").getBoundingClientRect().top`)
}

// testChatLayout looks at a conversation with everything in it, at every width.
func testChatLayout(t *testing.T, b *browser, language string) {
	p := openTab(t, b, openShop(t, testProducts(), testData()), device{width: 320, height: 700, phone: true, language: language}, "/")
	p.click("#open-chat")
	p.waitFor(`document.querySelector("#chat .bubble")`)
	for _, text := range []string{"red dress", "outfit", "size", "order", "return", "velvet", "html", strings.Repeat("averyveryverylongword", 20)} {
		p.say(text)
	}
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#chat [type=file]"), []string{photoFile(p, "photo.png", 300, 400)}))
	p.waitFor(`document.querySelector(".attached:not(.busy)")`)
	p.click("[data-part=send]")
	p.answered()
	p.click("#chat-person")
	p.waitFor(`!document.getElementById("chat-banner").hidden`)
	p.shop.talks.agentSays("Anna", "Hello")
	p.shop.talks.takeOver("closed", "")
	p.waitFor(`document.querySelector(".scores")`)
	p.click("#chat-more")
	for _, width := range []int64{320, 390, 768, 1280} {
		p.emulate(device{width: width, height: 800, phone: width < 800, language: language})
		p.waitFor(fmt.Sprintf(`document.getElementById("chat").matches(":modal") === %v`, width < 1100))
		for _, fault := range eval[[]string](p, faults) {
			t.Errorf("%d px: %s", width, fault)
		}
	}
}
