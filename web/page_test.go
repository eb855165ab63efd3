package web

import (
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

var unescape = html.UnescapeString

// render is the storefront for a request.
func render(t *testing.T, data Data, r *http.Request) (*http.Response, string) {
	t.Helper()
	w := httptest.NewRecorder()
	if err := newSite(t).Page(w, r, data); err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Result(), string(body)
}

func TestPageTellsTheModulesTheStore(t *testing.T) {
	response, page := render(t, testData(), httptest.NewRequest("GET", "/", nil))
	if response.StatusCode != 200 || response.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("status %d, type %q", response.StatusCode, response.Header.Get("Content-Type"))
	}
	got := configOf(t, page)
	if got.Store != "Maple & Thread" || got.Key != testKey || got.Currency != "USD" || got.Language != English {
		t.Errorf("config %+v", got)
	}
	if len(got.Suggestions) != 4 || got.Suggestions[0] != "red dress" || got.Names["category:dresses"] != "dresses" || got.Words["skip"] == "" {
		t.Errorf("suggestions %v, names %v", got.Suggestions, got.Names)
	}
	for _, module := range newSite(t).modules {
		if strings.Count(page, `<link rel="modulepreload" href="`+AssetsPath+newSite(t).version+"/"+module+`">`) != 1 {
			t.Errorf("%s is not preloaded once", module)
		}
	}
	if strings.Contains(page, "ZgotmplZ") {
		t.Error("the template refused a value")
	}
	for _, inline := range []string{"<style", " style=", " onclick=", " onload=", "javascript:"} {
		if strings.Contains(page, inline) {
			t.Errorf("the page holds %s, which its policy forbids", inline)
		}
	}
}

func TestPageEscapesTheStore(t *testing.T) {
	data := testData()
	data.StoreName = `<script>alert(1)</script>"'>&`
	data.PublishableKey = `"><img src=x>`
	data.Names["en"]["category:x"] = `</script><b>`
	_, page := render(t, data, httptest.NewRequest("GET", "/", nil))
	for _, live := range []string{"<script>alert", "<img src=x", "</script><b>"} {
		if strings.Contains(page, live) {
			t.Errorf("%s stands in the page unescaped", live)
		}
	}
	if got := configOf(t, page); got.Store != data.StoreName || got.Key != data.PublishableKey {
		t.Errorf("read back %q, %q", got.Store, got.Key)
	}
}

func TestPagePolicy(t *testing.T) {
	data := testData()
	data.Origins = []string{"https://shop.example", "http://localhost:3000", "https://evil.example; script-src *",
		"javascript:alert(1)", "https://a.example/path", "https://", "https://b.example https://c.example", "https://*.example"}
	response, _ := render(t, data, httptest.NewRequest("GET", "/", nil))
	want := "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data: https:; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; " +
		"frame-ancestors 'self' https://shop.example http://localhost:3000; require-trusted-types-for 'script'"
	if got := response.Header.Get("Content-Security-Policy"); got != want {
		t.Errorf("policy\n%s\nwant\n%s", got, want)
	}
	for name, value := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache", "Vary": "Accept-Language, Cookie",
	} {
		if got := response.Header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	data.Origins = []string{"*"}
	response, _ = render(t, data, httptest.NewRequest("GET", "/", nil))
	if got := response.Header.Get("Content-Security-Policy"); !strings.Contains(got, "frame-ancestors 'self' *;") {
		t.Errorf("any site may frame this store, but the policy is %s", got)
	}
}

func TestLanguage(t *testing.T) {
	cases := []struct{ name, query, cookie, accept, store, want string }{
		{"nothing known", "", "", "", "", English},
		{"the store's", "", "", "", "zh-CN", Chinese},
		{"the store's, not one of ours", "", "", "", "fr", English},
		{"the browser's first of ours", "", "", "fr, zh-CN;q=0.8, en;q=0.7", "en", Chinese},
		{"by weight, not by place", "", "", "zh;q=0.3, en-GB;q=0.9", "zh", English},
		{"Traditional is answered in Chinese", "", "", "zh-TW", "en", Chinese},
		{"refused by weight zero", "", "", "zh;q=0", "en", English},
		{"none of the browser's", "", "", "fr, de", "zh-CN", Chinese},
		{"broken header", "", "", ";;;q=x", "zh", Chinese},
		{"the cookie over the browser", "", "zh", "en", "en", Chinese},
		{"a broken cookie", "", "xx", "zh", "en", Chinese},
		{"the address over all", "en", "zh", "zh", "zh", English},
		{"a broken address", "klingon", "zh", "en", "en", Chinese},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/?lang="+c.query, nil)
			r.Header.Set("Accept-Language", c.accept)
			if c.cookie != "" {
				r.AddCookie(&http.Cookie{Name: languageCookie, Value: c.cookie})
			}
			if got := Language(r, c.store); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestPageRemembersTheChosenLanguage(t *testing.T) {
	response, page := render(t, testData(), httptest.NewRequest("GET", "/?lang=zh", nil))
	if !strings.Contains(page, `<html lang="zh-CN">`) || !strings.Contains(page, "想找什么") {
		t.Error("the page is not Chinese")
	}
	if got := configOf(t, page); got.Suggestions[0] != "红色连衣裙" || got.Names["color:red"] != "红色" {
		t.Errorf("config %v %v", got.Suggestions, got.Names)
	}
	cookies := response.Cookies()
	if len(cookies) != 1 || cookies[0].Value != Chinese || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].MaxAge <= 0 {
		t.Errorf("cookies %v", cookies)
	}
	if response, _ = render(t, testData(), httptest.NewRequest("GET", "/", nil)); len(response.Cookies()) != 0 {
		t.Error("a cookie without a choice")
	}
}

func TestPageWritesNothingOnError(t *testing.T) {
	site := newSite(t)
	delete(site.words[English], "skip")
	w := httptest.NewRecorder()
	err := site.Page(w, httptest.NewRequest("GET", "/", nil), testData())
	if err == nil || !strings.Contains(err.Error(), `"skip"`) {
		t.Errorf("error %v does not name the text", err)
	}
	if w.Body.Len() > 0 || len(w.Header()) > 0 {
		t.Error("something was written")
	}
}
