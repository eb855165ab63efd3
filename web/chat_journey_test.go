package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// broken is what the browser reports of a connection that broke off.
const broken = "ERR_"

// testChat walks through the conversation as buyers do.
func testChat(t *testing.T, b *browser) {
	journeys := []struct {
		name     string
		held     device
		walk     func(p *tab)
		expected []string
	}{
		{"finds", desktop, chatFinds, nil},
		{"finds on a phone", phone, chatFinds, nil},
		{"everything that comes with a reply", phone, chatParts, nil},
		{"lost connection", desktop, chatRetries, []string{broken}},
		{"gives up", phone, chatGivesUp, []string{broken, refused}},
		{"too fast", desktop, chatTooFast, []string{refused}},
		{"expired", desktop, chatExpired, []string{refused}},
		{"photo", phone, chatPhoto, nil},
		{"voice", desktop, chatVoice, []string{refused}},
		{"reload", desktop, chatReload, []string{broken}},
		{"person", desktop, chatPerson, []string{broken}},
		{"thumbs", desktop, chatThumbs, nil},
		{"Chinese", device{width: 360, height: 740, phone: true, language: "zh-CN"}, chatChinese, nil},
		{"markup", desktop, chatMarkup, nil},
		{"delete", phone, chatDelete, []string{broken}},
		{"keyboard", desktop, chatKeyboard, nil},
		{"ask about a product", phone, chatAsk, nil},
		{"address", phone, chatAddress, nil},
		{"scroll", phone, chatScroll, nil},
	}
	for _, j := range journeys {
		t.Run(j.name, func(t *testing.T) {
			t.Parallel()
			p := openTab(t, b, openShop(t, testProducts(), testData()), j.held, "/?chat=1", j.expected...)
			p.waitFor(`document.querySelector("#chat .bubble")`)
			j.walk(p)
		})
	}
}

// write types into the composer.
func (p *tab) write(text string) {
	p.Helper()
	eval[any](p, `document.querySelector("[data-part=field]").focus()`)
	p.do(chromedp.KeyEvent(text))
}

// say sends a message and waits for what is said to it.
func (p *tab) say(text string) {
	p.Helper()
	p.write(text + kb.Enter)
	p.answered()
}

func (p *tab) answered() {
	p.Helper()
	p.waitFor(`!document.querySelector(".said-working:not([hidden])") && document.querySelector("#chat-list").lastElementChild.dataset.role !== "buyer"`)
}

// bubbles are the texts said by a role.
func (p *tab) bubbles(role string) []string {
	p.Helper()
	return eval[[]string](p, fmt.Sprintf(`[...document.querySelectorAll("[data-role=%s] .bubble:not([hidden])")].map((one) => one.textContent)`, role))
}

func chatFinds(p *tab) {
	p.see("#chat .bubble", "Hi, I'm the assistant of Maple & Thread.")
	p.clickText("#chat .chip", "red dress")
	p.answered()
	if got := p.bubbles("bot"); !slices.Equal(got[1:], []string{"Here is what I found for red dress."}) {
		p.Errorf("said %q", got)
	}
	release := make(chan struct{})
	look(&p.shop.talks, func() any { p.shop.talks.hold = release; return nil })
	p.write("blue shirt" + kb.Enter)
	p.see("[data-role=bot]:last-child .said-working:not([hidden])", "Looking through the shop …")
	close(release)
	p.answered()
	p.see("#chat-live", "Here is what I found for blue shirt. 2 products shown")
	p.see("[data-role=bot]:last-child .reason", "Comes in blue, as you asked")
	p.click("[data-role=bot]:last-child .mini")
	p.see("#product h2", "blue shirt 4")
	p.do(chromedp.NavigateBack())
	p.waitFor(`!document.getElementById("product").open && document.getElementById("chat").open`)
	if got := p.shop.talks.lastSent(); got.Text != "blue shirt" || len(got.ClientID) != 32 || got.ProductID != "" {
		p.Errorf("sent %+v", got)
	}
	p.write("   " + kb.Enter)
	if got := p.bubbles("buyer"); !slices.Equal(got, []string{"red dress", "blue shirt"}) {
		p.Errorf("the buyer said %q", got)
	}
}

// chatParts sees an outfit, a size, an order, an answer with its source, presents and what had to be relaxed.
func chatParts(p *tab) {
	last := func(selector, text string) { p.Helper(); p.see("[data-role=bot]:last-child "+selector, text) }
	p.say("an outfit please")
	last(".board .mini-label", "Shirt")
	last(".board-total", "$55 together")
	last(".piece-why", "goes with anything")
	p.click(`.board [aria-label="Swap: Shoes"]`)
	p.answered()
	last(".bubble", "Swapped. The rest stays.")
	if got := p.shop.talks.lastSent(); got.Text != "Swap the shoes" {
		p.Errorf("sent %+v", got)
	}
	p.say("which size")
	last(".size-big", "M")
	last(".fact-card", "Between M, L")
	last(".fact-card", "Fairly sure")
	last(".fact-why", "Chest 96 cm")
	p.clickText(".fact-card .chip", "waist")
	p.waitFor(`document.querySelector("[data-part=field]").value === "My waist is "`)
	p.say("90 cm, where is my order")
	last(".order-status", "On its way")
	last(".facts", "1Z999AA10123456784")
	last(".facts", "Jan 31, 2026")
	last(".order-item", "Size M · 2 pieces")
	p.click(".order-item")
	p.see("#product h2", "red dress 0")
	p.click("#product [data-close]")
	p.waitFor(`!document.getElementById("product").open`)
	p.say("can I return it")
	last(".sources", "From: Can I return it?")
	last(".said-next .chip", "Who pays for it?")
	p.say("a gift for her")
	last(".row .reason", "Comes in red, as you asked")
	p.say("velvet")
	last(".relaxed", "No velvet here, so other fabrics are shown.")
}

// chatRetries loses the connection twice, once before and once in the middle of the reply.
func chatRetries(p *tab) {
	p.shop.talks.failTurns(fault{cut: 1}, fault{cut: 4})
	p.say("red dress")
	p.waitFor(`document.querySelectorAll("[data-role=bot]").length === 2`)
	if got := p.bubbles("bot"); got[1] != "Here is what I found for red dress." || len(p.bubbles("buyer")) != 1 {
		p.Errorf("said %q", got)
	}
	if got := look(&p.shop.talks, func() int { return p.shop.talks.answers }); got != 1 {
		p.Errorf("answered %d times", got)
	}
	sent := look(&p.shop.talks, func() []message { return p.shop.talks.sent })
	if len(sent) != 3 || sent[0].ClientID != sent[2].ClientID {
		p.Errorf("sent %+v", sent)
	}
}

func chatGivesUp(p *tab) {
	down := fault{problem: &problem{Status: 503, Code: "unavailable"}}
	p.shop.talks.failTurns(fault{cut: 2}, down, down, down)
	p.write("red dress" + kb.Enter)
	p.see("[data-status=failed] .said-fate", "Not sent: The shop is busy right now")
	p.clickText("[data-status=failed] button", "Try again")
	p.answered()
	if got := look(&p.shop.talks, func() int { return p.shop.talks.answers }); got != 1 || len(p.bubbles("bot")) != 2 {
		p.Errorf("answered %d times: %q", got, p.bubbles("bot"))
	}
	p.shop.talks.failTurns(fault{problem: &problem{Status: 422, Code: "invalid", Detail: "That is too much."}})
	p.write("blue shrt" + kb.Enter)
	p.see("[data-status=failed] .said-fate", "That is too much.")
	p.clickText("[data-status=failed] button", "Edit")
	p.waitFor(`document.querySelector("[data-part=field]").value === "blue shrt" && !document.querySelector("[data-status=failed]")`)
}

func chatTooFast(p *tab) {
	p.shop.talks.failTurns(fault{problem: &problem{Status: 429, Code: "rate_limited", retryAfter: "1"}})
	p.say("red dress")
	if got := p.bubbles("bot"); got[len(got)-1] != "Here is what I found for red dress." {
		p.Errorf("said %q", got)
	}
	p.shop.talks.failTurns(fault{problem: &problem{Status: 429, Code: "rate_limited", retryAfter: "600"}})
	p.write("blue dress" + kb.Enter)
	p.see("[data-status=failed] button", "Try again in 600 s")
	if !eval[bool](p, `document.querySelector("[data-status=failed] button").disabled`) {
		p.Error("trying again is offered before its time")
	}
}

// chatExpired goes on in a new conversation.
func chatExpired(p *tab) {
	p.say("red dress")
	p.shop.talks.expire()
	p.write("blue dress" + kb.Enter)
	p.see("[data-role=system]", "The earlier conversation has ended.")
	p.answered()
	p.see("[data-role=bot]:last-child .bubble", "blue dress")
	if got := p.bubbles("bot"); got[len(got)-1] != "Here is what I found for blue dress." {
		p.Errorf("said %q", got)
	}
	p.do(chromedp.Reload())
	p.waitFor(`document.querySelectorAll("#chat [data-role=buyer]").length === 1`)
	p.shop.talks.expire()
	p.do(chromedp.Reload())
	p.waitFor(`document.querySelectorAll("#chat .bubble").length === 1`)
}

func chatPhoto(p *tab) {
	give := func(name string) {
		p.Helper()
		p.do(chromedp.SetUploadFiles(chromedp.CSS("#chat [type=file]"), []string{photoFile(p, name, 2400, 3200)}))
	}
	give("photo.png")
	p.waitFor(`document.querySelector(".attached:not(.busy) img")`)
	p.click(".attached button")
	p.waitFor(`!document.querySelector(".attached")`)
	give("photo.png")
	p.waitFor(`document.querySelector(".attached:not(.busy) img")`)
	if width := p.shop.lastUpload(); width != 1200 {
		p.Errorf("the photo was sent %d px wide, not scaled down", width)
	}
	p.click("[data-part=send]")
	p.answered()
	p.waitFor(`document.querySelectorAll("button.part-box").length === 2 && document.querySelector("div.said-photo img")`)
	if got := p.shop.talks.lastSent(); got.Text != "" || !slices.Equal(got.ImageIDs, []string{"img1"}) {
		p.Errorf("sent %+v", got)
	}
	p.clickText(".said-next .chip", "This: Shoes")
	p.answered()
	p.see("[data-role=buyer]:nth-last-child(2) .bubble", "This: Shoes")
	if got := p.shop.talks.lastSent(); !slices.Equal(got.Region, []float64{0.3, 0.7, 0.4, 0.25}) {
		p.Errorf("sent %+v", got)
	}
	p.clickText(".said-next .chip", "What goes with this?")
	p.answered()
	if got := p.shop.talks.lastSent(); got.Text != "What goes with this?" || !slices.Equal(got.ImageIDs, []string{"img1"}) {
		p.Errorf("sent %+v", got)
	}
	eval[any](p, `(() => {
		const data = new DataTransfer();
		data.items.add(new File(["no photo"], "a.txt", { type: "text/plain" }));
		document.getElementById("chat").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
	})()`)
	p.see("#chat-trouble", "That file is not a photo.")
	p.do(chromedp.Reload())
	p.waitFor(`document.querySelector("div.said-photo img") && document.querySelectorAll("button.part-box").length > 0`)
}

// chatVoice records, corrects and sends; where the shop cannot listen the browser does, or nobody.
func chatVoice(p *tab) {
	record := func() {
		p.Helper()
		p.click("[data-part=voice]")
		p.see("[data-part=heard]", "Listening …")
		p.click("[data-part=finish]")
	}
	record()
	p.waitFor(`document.querySelector("[data-part=field]").value === "red shoes please"`)
	if got := p.bubbles("buyer"); len(got) != 0 {
		p.Errorf("sent %q before it could be corrected", got)
	}
	p.click("[data-part=voice]")
	p.see("[data-part=heard]", "Listening …")
	p.click("[data-part=cancel]")
	p.waitFor(`!document.querySelector("[data-part=line]").hidden && document.querySelector("[data-part=field]").value === "red shoes please"`)
	deaf := call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: "delete globalThis.SpeechRecognition; delete globalThis.webkitSpeechRecognition"})
	p.do(chromedp.Reload())
	call(p, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams(deaf))
	p.waitFor(`document.querySelector("#chat .bubble")`)
	look(&p.shop.talks, func() any { p.shop.talks.audio = &problem{Status: 503, Code: "unavailable"}; return nil })
	record()
	p.see("#chat-trouble", "Speaking is not possible in this shop. Please type it.")
	p.waitFor(`document.querySelector("[data-part=voice]").hidden && !document.querySelector("[data-part=line]").hidden`)
}

// chatReload finds everything again, also what was under way.
func chatReload(p *tab) {
	for _, text := range []string{"red dress", "where is my order", "velvet"} {
		p.say(text)
	}
	p.click("[data-role=bot]:last-child .thumb-button")
	before := append(p.bubbles("buyer"), p.bubbles("bot")...)
	p.do(chromedp.Reload())
	p.waitFor(`document.querySelectorAll("#chat [data-role=bot]").length === 4`)
	if after := append(p.bubbles("buyer"), p.bubbles("bot")...); !slices.Equal(after, before) {
		p.Errorf("reload shows %q, before it was %q", after, before)
	}
	if got := eval[int](p, `JSON.parse(localStorage.getItem("honeyguide.chat.pk_test")).pending.length`); got != 0 {
		p.Errorf("%d answered messages are still pending", got)
	}
	p.waitFor(`document.getElementById("chat-jump").hidden && document.querySelector("#chat-list").lastElementChild.getBoundingClientRect().bottom <= document.getElementById("chat-form").getBoundingClientRect().top`)
	p.waitFor(`document.querySelector(".order-status") && document.querySelector("[data-role=bot]:last-child .thumb-button[aria-pressed=true]")`)
	release := make(chan struct{})
	look(&p.shop.talks, func() any { p.shop.talks.hold = release; return nil })
	p.write("blue shirt" + kb.Enter)
	p.waitFor(`document.querySelector(".said-working:not([hidden])")`)
	p.do(chromedp.Reload())
	close(release)
	p.waitFor(`document.querySelectorAll("#chat [data-role=bot]").length === 5`)
	p.answered()
	if got := look(&p.shop.talks, func() int { return p.shop.talks.answers }); got != 4 || len(p.bubbles("buyer")) != 4 {
		p.Errorf("%d answers to %q", got, p.bubbles("buyer"))
	}
}

func chatPerson(p *tab) {
	p.click("#chat-person")
	p.see("#chat-banner", "Your place in the queue: 2.")
	p.see("[data-role=bot]:last-child .bubble", "I have called a person.")
	if !eval[bool](p, `document.getElementById("chat-person").hidden`) {
		p.Error("a person is offered twice")
	}
	p.shop.talks.takeOver("human", "Anna")
	p.shop.talks.agentSays("Anna", "Hello, <b>Anna</b> here.")
	p.see("[data-role=agent] .bubble", "Hello, <b>Anna</b> here.")
	p.see("[data-role=agent] .said-name", "Anna, from the shop")
	p.see("#chat-banner", "You are talking to Anna.")
	p.write("Thank you" + kb.Enter)
	p.waitFor(`document.querySelector("#chat-list").lastElementChild.dataset.status === "sent"`)
	if got := p.bubbles("bot"); len(got) != 2 {
		p.Errorf("the assistant speaks while a person does: %q", got)
	}
	p.shop.CloseClientConnections() // what is said meanwhile comes when the stream is back, once
	p.shop.talks.agentSays("Anna", "Anything else?")
	p.waitFor(`document.querySelectorAll("[data-role=agent]").length === 2`)
	p.click("#chat-close")
	p.waitFor(`!document.getElementById("chat").open`)
	p.shop.talks.agentSays("Anna", "Are you there?")
	p.see("#chat-unread", "1 new message")
	p.click("#open-chat")
	p.waitFor(`document.getElementById("chat-unread").hidden`)
	p.shop.talks.takeOver("closed", "")
	p.see("#chat-banner", "How was the help you got?")
	p.click(`.scores [aria-label="4 of 5"]`)
	p.see("#chat-banner", "Thank you for your rating.")
	p.say("red dress") // the assistant is there again
	if got := look(&p.shop.talks, func() int { return p.shop.talks.rated }); got != 4 || !eval[bool](p, `document.getElementById("chat-banner").hidden`) {
		p.Errorf("rated %d", got)
	}
}

func chatThumbs(p *tab) {
	p.say("red dress")
	pressed := func(up, down bool) {
		p.Helper()
		p.waitFor(fmt.Sprintf(`String([...document.querySelectorAll("[data-role=bot]:last-child .thumb-button")].map((one) => one.getAttribute("aria-pressed"))) === "%v,%v"`, up, down))
	}
	pressed(false, false)
	p.click(`[data-role=bot]:last-child [aria-label="Helpful"]`)
	pressed(true, false)
	p.click(`[data-role=bot]:last-child [aria-label="Not helpful"]`)
	pressed(false, true)
	p.waitFor(`!document.querySelector("#chat-trouble").textContent`)
	if eval[bool](p, `Boolean(document.querySelector("[data-role=bot]:first-child .thumb-button"))`) {
		p.Error("the greeting asks for a thumb")
	}
}

func chatChinese(p *tab) {
	p.see("#chat .bubble", "您好，我是这家店的购物助手。")
	p.clickText("#chat .chip", "我的订单到哪了？")
	p.answered()
	p.see(".order-status", "运输中")
	p.see(".order-item", "M码 · 2 件")
	p.say("给我搭配一下")
	p.see(".board-total", "合计")
	p.say("尺码")
	p.see("[data-role=bot]:last-child .fact-card", "介于M、L之间")
	p.see("#chat-person", "转人工")
}

// chatMarkup shows what others wrote as it is written.
func chatMarkup(p *tab) {
	p.say("html")
	p.see("[data-role=bot]:last-child .bubble", "<img src=x onerror=alert(1)> <b>bold</b>")
	p.see("[data-role=bot]:last-child .mini-title", "<script>alert(1)</script><b>Sale</b>")
	p.see("[data-role=bot]:last-child .sources", "From: <u>source</u>")
	p.see("[data-role=bot]:last-child .chip", "<i>chip</i>")
	if got := eval[[]string](p, `[...document.querySelectorAll("#chat-list :is(b, i:not(.dots3 i), u, script, a:not(.mini))")].map((one) => one.outerHTML)`); len(got) != 0 {
		p.Errorf("became markup: %q", got)
	}
	for _, link := range eval[[]string](p, `[...document.querySelectorAll("#chat a")].map((one) => one.protocol)`) {
		if !strings.HasPrefix(link, "http") {
			p.Errorf("links to %s", link)
		}
	}
}

func chatDelete(p *tab) {
	p.say("red dress")
	p.click("#chat-more")
	p.click("#chat-menu [data-part=delete]")
	p.see("#chat-sure", "Delete it for good?")
	p.click("#chat-menu [data-part=no]")
	p.waitFor(`document.activeElement.dataset.part === "delete"`)
	p.click("#chat-menu [data-part=delete]")
	p.click("#chat-menu [data-part=yes]")
	p.waitFor(`document.querySelectorAll("#chat .said").length === 1`)
	if got := look(&p.shop.talks, func() int { return len(p.shop.talks.all) }); got != 1 {
		p.Errorf("%d conversations are kept", got)
	}
	p.say("blue dress")
	p.click("#chat-more")
	p.click("#chat-menu [data-part=new]")
	p.waitFor(`document.querySelectorAll("#chat .said").length === 1`)
	if got := look(&p.shop.talks, func() int { return len(p.shop.talks.all) }); got != 2 {
		p.Errorf("%d conversations are kept", got)
	}
}
