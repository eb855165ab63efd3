package web

import (
	"fmt"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// photoFile is a picture to give to the page.
func photoFile(t testing.TB, name string, width, height int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, paint(width, height, color.RGBA{180, 30, 40, 255})); err != nil {
		t.Fatal(err)
	}
	return path
}

// givePhoto uploads a photo and waits for what is like it.
func givePhoto(p *tab) {
	p.Helper()
	p.cards()
	p.give(photoFile(p, "photo.png", 900, 1200))
	p.waitFor(`document.querySelectorAll("#photo .region").length === 2`)
	p.see("#heading", "Like your photo")
	p.cards()
}

func searchByPhoto(p *tab) {
	p.cards()
	p.give(photoFile(p, "large.png", 4000, 2000))
	p.waitFor(`document.querySelectorAll("#photo .region").length === 2`)
	p.cards()
	if width := p.shop.lastUpload(); width != 1600 {
		p.Errorf("the photo was sent %d px wide, not scaled to 1600", width)
	}
	if got := p.shop.lastSearch(); got["image_id"] != "img1" || got["region"] != nil {
		p.Errorf("asked %v", got)
	}
	p.click(`#photo [aria-label="Search this: Shirts"]`)
	p.waitFor(`document.querySelector("#photo .cropped")`)
	p.cards()
	if got := fmt.Sprint(p.shop.lastSearch()["region"]); got != "[0.25 0.08 0.5 0.5]" {
		p.Errorf("region %s", got)
	}
	p.click(`#photo [data-color="navy blue"]`)
	p.waitFor(`new URLSearchParams(location.search).get("color") === "navy blue"`)
	p.waitFor(`document.querySelector('#photo [data-color="navy blue"]').getAttribute("aria-pressed") === "true"`)
	p.do(chromedp.Reload())
	p.waitFor(`document.querySelector("#photo .cropped img")`)
	p.cards()
	if got := p.shop.lastSearch(); got["image_id"] != "img1" || got["region"] == nil {
		p.Errorf("after reload asked %v", got)
	}
	if strings.Contains(eval[string](p, "location.href"), "img1") {
		p.Error("the photo is in the address, which people share")
	}
	p.click(".photo-whole")
	p.waitFor(`!document.querySelector("#photo .cropped")`)
	p.click(".photo-head button")
	p.waitFor(`document.getElementById("photo").hidden`)
}

func searchByPhotoAndWords(p *tab) {
	givePhoto(p)
	p.search("blue")
	p.waitFor(`document.getElementById("heading").textContent === "Like your photo, “blue”"`)
	p.cards()
	if got := p.shop.lastSearch(); got["image_id"] != "img1" || got["text"] != "blue" {
		p.Errorf("asked %v", got)
	}
}

// box is where an element lies: left, top, width, height in pixels.
func (p *tab) box(selector string) [4]float64 {
	p.Helper()
	return eval[[4]float64](p, fmt.Sprintf(`(() => { const b = document.querySelector(%q).getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; })()`, selector))
}

func cropByMouse(p *tab) {
	givePhoto(p)
	stage := p.box(".photo-stage")
	at := func(x, y float64) (float64, float64) { return stage[0] + x*stage[2], stage[1] + y*stage[3] }
	drag := func(x1, y1, x2, y2 float64) [4]float64 {
		before := fmt.Sprint(p.shop.lastSearch()["region"])
		fromX, fromY := at(x1, y1)
		toX, toY := at(x2, y2)
		p.do(chromedp.DragAndDropXY(fromX, fromY, toX, toY, 2))
		p.cards()
		region, _ := p.shop.lastSearch()["region"].([]any)
		if len(region) != 4 || fmt.Sprint(region) == before {
			p.Fatalf("region %v after dragging, before %s", region, before)
		}
		return [4]float64{region[0].(float64), region[1].(float64), region[2].(float64), region[3].(float64)}
	}
	near := func(got, want [4]float64) {
		p.Helper()
		for i := range got {
			if got[i] < want[i]-0.03 || got[i] > want[i]+0.03 {
				p.Errorf("region %v, want about %v", got, want)
				return
			}
		}
	}
	near(drag(0.99, 0.99, 0.6, 0.7), [4]float64{0, 0, 0.61, 0.71})     // the lower right corner
	near(drag(0.3, 0.4, 0.5, 0.5), [4]float64{0.2, 0.1, 0.61, 0.71})   // the frame itself
	near(drag(0.05, 0.9, 0.15, 0.98), [4]float64{0.05, 0.9, 0.1, 0.1}) // a new one, which grows to the least
}

func cropByKeys(p *tab) {
	givePhoto(p)
	p.do(chromedp.Focus(chromedp.CSS(".crop")))
	p.do(chromedp.KeyEvent(strings.Repeat(kb.ArrowRight, 6))) // the first makes a frame in the middle
	p.waitFor(`document.getElementById("crop-at").textContent === "From 30% to 90% across, 20% to 80% down"`)
	p.do(chromedp.KeyEvent(strings.Repeat(kb.ArrowUp, 5), chromedp.KeyModifiers(kb.ModifierShift)))
	p.waitFor(`document.getElementById("crop-at").textContent === "From 30% to 90% across, 20% to 70% down"`)
	p.cards()
	if got := fmt.Sprint(p.shop.lastSearch()["region"]); got != "[0.3 0.2 0.6 0.5]" {
		p.Errorf("region %s", got)
	}
	p.do(chromedp.KeyEvent(kb.Escape))
	p.waitFor(`!document.querySelector("#photo .cropped")`)
	p.waitFor(`history.state.region === null`)
}

// carry is a photo as a drop or the clipboard carries it.
const carry = `(async (type, target) => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 300, height: 300});
  canvas.getContext("2d").fillRect(0, 0, 300, 300);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const data = new DataTransfer();
  data.items.add(new File([blob], "carried.png", {type: "image/png"}));
  const event = type === "paste" ? new ClipboardEvent(type, {clipboardData: data, bubbles: true, cancelable: true})
    : new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true});
  target.dispatchEvent(event);
  return event.defaultPrevented;
})`

func dropAndPaste(p *tab) {
	p.cards()
	run := func(call string) {
		if _, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](carry+call, chromedp.EvalAwaitPromise)); err != nil {
			p.Fatal(err)
		}
	}
	run(`("dragenter", document.body)`)
	p.waitFor(`!document.getElementById("drop").hidden`)
	run(`("drop", document.body)`)
	p.waitFor(`document.getElementById("drop").hidden && document.querySelector("#photo .region")`)
	p.cards()
	run(`("paste", document.getElementById("words"))`)
	for deadline := time.Now().Add(5 * time.Second); p.shop.uploadCount() < 2; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.Fatal("the pasted photo was not sent")
		}
	}
	p.cards()
}

func refusePhoto(p *tab) {
	before := p.cards()
	write := func(name, content string) string {
		path := filepath.Join(p.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			p.Fatal(err)
		}
		return path
	}
	p.give(write("letter.txt", "hello"))
	p.see(".notice.error", "That file is not a photo.")
	p.give(write("broken.png", "not really a picture"))
	p.see(".notice.error", "This photo cannot be opened here.")
	p.give(write("iphone.heic", "ftypheic"))
	p.see(".notice.error", "save or share it as JPEG")
	p.see(".notice.error .detail", "HEIC pictures cannot be read.")
	if p.shop.uploadCount() != 0 {
		p.Error("a photo was taken that is none")
	}
	if after := p.cards(); !slices.Equal(before, after) {
		p.Errorf("the products are gone: %v", after)
	}
}

func nothingLikeThePhoto(p *tab) {
	p.cards()
	p.give(photoFile(p, "none.png", 300, 300))
	p.see(".notice", "Nothing here resembles your photo")
	if got := p.cards(); len(got) != 0 {
		p.Errorf("shows %v", got)
	}
	p.clickText(".notice button", "See what the shop has")
	p.waitFor(`document.body.dataset.view === "home"`)
	if got := p.cards(); len(got) != 12 {
		p.Errorf("the shop shows %v", got)
	}
}
