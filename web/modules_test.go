package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// testModules runs the modules' pure functions in the browser, one table a module.
func testModules(t *testing.T, b *browser) {
	page := openTab(t, b, openShop(t, testProducts(), testData()), desktop, "/")
	page.cards()
	tables := []struct {
		module string
		cases  [][2]string // expression over the module m, its value as JSON
	}{
		{"money.js", [][2]string{
			{`m.format({amount: 4999, currency: "USD"})`, `"$49.99"`},
			{`m.format({amount: 4900, currency: "USD"})`, `"$49"`},
			{`m.format({amount: 4999, currency: "JPY"})`, `"¥4,999"`},
			{`m.format({amount: 4999, currency: "KWD"}).replace(/\s/u, " ")`, `"KWD 4.999"`},
			{`m.format({amount: 89500, currency: "INR"})`, `"₹895"`},
			{`m.format({amount: 4999, currency: "no such"})`, `"49.99"`},
			{`m.parse("49.9", "USD")`, `4990`},
			{`m.parse("49,90", "USD")`, `4990`},
			{`m.parse("1,299", "USD")`, `129900`},
			{`m.parse("1.299,00", "EUR")`, `129900`},
			{`m.parse("1 299", "JPY")`, `1299`},
			{`m.parse(" ", "USD")`, `null`},
			{`Number.isNaN(m.parse("cheap", "USD"))`, `true`},
			{`Number.isNaN(m.parse("-5", "USD"))`, `true`},
			{`m.plain(4990, "USD")`, `"49.9"`},
		}},
		{"box.js", [][2]string{
			{`m.isWhole([0, 0, 1, 1])`, `true`},
			{`m.isWhole(null)`, `true`},
			{`m.isWhole([0.1, 0, 0.9, 1])`, `false`},
			{`m.round(m.move([0.5, 0.5, 0.4, 0.4], 0.5, -0.9))`, `[0.6,0,0.4,0.4]`},
			{`m.round(m.resize([0.2, 0.2, 0.6, 0.6], "nw", -0.5, 0.1))`, `[0,0.3,0.8,0.5]`},
			{`m.round(m.resize([0.2, 0.2, 0.6, 0.6], "se", -0.9, 0.9))`, `[0.2,0.2,0.1,0.8]`},
			{`m.round(m.between([0.8, 0.9], [0.2, 1.4]))`, `[0.2,0.9,0.6,0.1]`},
			{`m.round(m.between([0.99, 0.99], [0.99, 0.99]))`, `[0.9,0.9,0.1,0.1]`},
		}},
		{"dom.js", [][2]string{
			{`m.safeURL("javascript:alert(1)")`, `null`},
			{`m.safeURL("data:text/html,x")`, `null`},
			{`m.safeURL("")`, `null`},
			{`m.safeURL("http://[")`, `null`},
			{`m.safeURL("https://shop.example/a")`, `"https://shop.example/a"`},
			{`new URL(m.safeURL("/v1/media/a.png")).pathname`, `"/v1/media/a.png"`},
			{`m.h("p", {title: "<b>", hidden: false, id: null}, "<i>", null, false).outerHTML`, `"<p title=\"&lt;b&gt;\">&lt;i&gt;</p>"`},
		}},
		{"chat/sse.js", sseCases()},
		{"query.js", giftCases()},
		{"understood.js", understoodCases()},
	}
	for _, table := range tables {
		var script strings.Builder
		for _, c := range table.cases {
			fmt.Fprintf(&script, "() => %s,\n", c[0])
		}
		got, err := chromedp.Run(page.ctx, chromedp.Evaluate[[]string](fmt.Sprintf(
			`import(%q).then((m) => [%s].map((run) => { try { return JSON.stringify(run()); } catch (failure) { return String(failure); } }))`,
			AssetsPath+table.module, script.String()), chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatalf("%s: %v", table.module, err)
		}
		for i, c := range table.cases {
			if got[i] != c[1] {
				t.Errorf("%s: %s is %s, want %s", table.module, c[0], got[i], c[1])
			}
		}
	}
}

// understoodCases take one condition out of words.
func understoodCases() [][2]string {
	cases := []struct{ text, field, value, want string }{
		{"red dress under $50", "colors", "red", "dress under $50"},
		{"red dress under $50", "price", "0-5000", "red dress"},
		{"red dress, under 50 dollars", "price", "0-5000", "red dress"},
		{"dress between 30 and 60", "price", "3000-6000", "dress"},
		{"30-60 dress", "price", "3000-6000", "dress"},
		{"dress over 1,000 rupees in red", "price", "100000-0", "dress in red"},
		{"200元以内的红色连衣裙", "price", "0-20000", "红色连衣裙"},
		{"红色连衣裙不超过200元", "price", "0-20000", "红色连衣裙"},
		{"navy blue shirts", "colors", "navy blue", "shirts"},
		{"Red dresses", "category", "dresses", "Red"},
		{"red dress", "category", "dresses", "red"},
		{"blue shirts, not striped", "category", "tops.shirts", "blue, not striped"},
		{"size M shirt", "sizes", "M", "size shirt"},
		{"tired of redundant reds", "colors", "red", ""}, // no such word: the words give way
	}
	var all [][2]string
	for _, c := range cases {
		want, _ := json.Marshal(c.want)
		all = append(all, [2]string{fmt.Sprintf(
			`m.without({text: %q, filters: {colors: [], sizes: [], category: "", price_min: 0, price_max: 0, in_stock: true}}, {}, {field: %q, value: %q}).text`,
			c.text, c.field, c.value), string(want)})
	}
	return append(all,
		[2]string{`m.without({text: "blue shirt, not striped", filters: {}}, {}, {field: "patterns", value: "striped", not: true}).text`, `"blue shirt"`},
		[2]string{`m.without({text: "不要红色的裙子", filters: {}}, {}, {field: "colors", value: "红色", not: true}).text`, `"裙子"`},
		[2]string{`m.conditionsOf({filters: {colors: ["red"], price_max: 5000, in_stock: false}}, {colors: ["red"], not: {patterns: ["striped"]}}).map((one) => one.label)`,
			`["Red","Not: Striped","up to $50","including sold out"]`})
}

// testLayout looks at every kind of page in both languages and at the widths of
// a small phone, a tablet and a desk: nothing is cut off, everything has a name.
func testLayout(t *testing.T, b *browser, language string) {
	shop := openShop(t, testProducts(), testData())
	page := openTab(t, b, shop, device{width: 320, height: 700, phone: true, language: language}, "/")
	for _, path := range []string{"/", "/?q=red+dress+under+%24900", "/?q=unicorn", "/?q=dress&p=p00"} {
		page.do(chromedp.Navigate(shop.URL + path))
		page.cards()
		page.waitFor(`!location.search.includes("p=") || document.querySelector(".mini")`)
		for _, width := range []int64{320, 768, 1280} {
			page.emulate(device{width: width, height: 800, phone: width < 800, language: language})
			for _, fault := range eval[[]string](page, faults) {
				t.Errorf("%s at %d px: %s", path, width, fault)
			}
		}
	}
}

// faults are what stands out of the page, has no name, an id twice, or a target too small to hit.
const faults = `(() => {
  const found = [];
  const show = (one) => one.outerHTML.slice(0, 120);
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push("the page scrolls sideways");
  const log = document.getElementById("chat-log");
  if (log.scrollWidth > log.clientWidth) found.push("the chat scrolls sideways");
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of ids.filter((id, n) => ids.indexOf(id) !== n)) found.push("twice: #" + id);
  for (const image of document.querySelectorAll("img:not([alt])")) found.push("no alt: " + show(image));
  for (const one of document.querySelectorAll("[aria-labelledby], [aria-describedby]")) {
    for (const id of [one.getAttribute("aria-labelledby"), one.getAttribute("aria-describedby")].filter(Boolean).flatMap((all) => all.split(" "))) {
      if (one.checkVisibility() && !document.getElementById(id)) found.push("refers to #" + id + ": " + show(one));
    }
  }
  const modal = document.querySelector("dialog:modal") ?? document;
  for (const one of modal.querySelectorAll("button, a[href], input:not([type=file]), textarea")) {
    if (!one.checkVisibility()) continue;
    const name = one.getAttribute("aria-label") || one.textContent.trim() || [...(one.labels ?? [])].map((label) => label.textContent).join("");
    if (!name) found.push("no name: " + show(one));
    const box = one.getBoundingClientRect();
    if (one.matches("button") && (box.width < 36 || box.height < 36)) found.push("too small: " + show(one));
    if (one.matches("button") && (box.left < -1 || box.right > innerWidth + 1) && !one.closest(".mini-row, .row, .boards")) found.push("cut off: " + show(one));
  }
  return found;
})()`

// testContrast measures the colours of the styles by WCAG 2's formula, in light and dark.
func testContrast(t *testing.T, b *browser) {
	page := openTab(t, b, openShop(t, testProducts(), testData()), desktop, "/")
	for _, scheme := range []string{"light", "dark"} {
		page.emulate(device{width: 800, height: 800, language: "en", scheme: scheme})
		for _, pair := range [][2]string{
			{"--ink", "--bg"}, {"--ink", "--soft"}, {"--muted", "--bg"}, {"--muted", "--soft"}, {"--accent", "--bg"}, {"--accent", "--soft"},
			{"--on-accent", "--accent"}, {"--on-accent", "--accent-strong"}, {"--ink", "--accent-soft"}, {"--sale", "--bg"},
			{"--ink", "--danger-soft"}, {"--muted", "--danger-soft"}, {"--sale", "--danger-soft"},
		} {
			if ratio := eval[float64](page, fmt.Sprintf(contrast, pair[0], pair[1])); ratio < 4.5 {
				t.Errorf("%s: %s on %s has %.2f, less than 4.5", scheme, pair[0], pair[1], ratio)
			}
		}
	}
}

const contrast = `((front, back) => {
  const light = (name) => {
    const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low, high] = [light(front), light(back)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
})(%q, %q)`

// giftCases tell words that want a present from those that only name one.
func giftCases() (cases [][2]string) {
	for text, want := range map[string]bool{
		"gift for my mother": true, "Presents for a 7 year old": true, "birthday gift under 50": true, "a gift": true,
		"gift box": false, "gift wrapping paper": false, "red dress": false, "": false, "gifted child book": false,
		"送妈妈什么好": true, "我女朋友过生日,送什么好?300以内": true, "生日礼物": true, "送礼": true, "送妈妈的围巾": false, "送货时间": false,
	} {
		cases = append(cases, [2]string{fmt.Sprintf("m.asksForGift({...m.emptyQuery, text: %q})", text), fmt.Sprint(want)})
	}
	return append(cases, [2]string{`m.asksForGift({...m.emptyQuery, text: "gift", photo: "img_1"})`, "false"},
		[2]string{`m.asksForGift({...m.emptyQuery, text: "gift", filters: {...m.noFilters, gender: "male"}})`, "false"})
}

// sseCases read event streams, whole and in pieces.
func sseCases() (cases [][2]string) {
	for _, c := range []struct {
		pieces []string
		want   string
	}{
		{[]string{"id: 1\nevent: text\ndata: a\n\n"}, `1 text "a"`},
		{[]string{"data: a\n", "\n"}, ` message "a"`},
		{[]string{"data:a\ndata: b\ndata\n\n"}, ` message "a\nb\n"`},
		{[]string{"da", "ta: a", "\r", "\n\r", "\ndata: b\r\n\r\n"}, ` message "a"; message "b"`},
		{[]string{"data: a\r\rdata: b\r\r", "\n"}, ` message "a"; message "b"`},
		{[]string{": still here\n\n", "event: x\n\n"}, ``},
		{[]string{"id: 7\n\ndata: a\n\n"}, `7  "";7 message "a"`},
		{[]string{"id: 8\ndata: a\n\ndata: b\n\n"}, `8 message "a";8 message "b"`},
		{[]string{"retry: 5\nunknown: x\ndata: {\"a\": \"b: c\"}\n\n"}, ` message "{\"a\": \"b: c\"}"`},
		{[]string{"data: 订", "单\n\n"}, ` message "订单"`},
		{[]string{"data: the rest never comes\n"}, ``},
	} {
		pieces, _ := json.Marshal(c.pieces)
		want, _ := json.Marshal(c.want)
		cases = append(cases, [2]string{fmt.Sprintf(
			"(() => { const parse = m.makeParser(); return %s.flatMap(parse).map((e) => `${e.id} ${e.event} ${JSON.stringify(e.data)}`).join(';'); })()", pieces), string(want)})
	}
	return cases
}
