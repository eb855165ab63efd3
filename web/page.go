package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Data is what the storefront shows of one store. Everything in it is public.
type Data struct {
	StoreName      string
	PublishableKey string // pk_…, sent by the page with every call
	Locale         string // the store's, BCP 47: decides where the buyer's languages are none of ours
	Currency       string // ISO 4217: what prices typed into the filters are in

	// Suggestions are searches offered on the first visit, by language ("en", "zh").
	Suggestions map[string][]string
	// Names are what values are called, by language, then "field:value", such as
	// "category:tops.tshirts" or "color:navy blue". A value without a name is shown as it is.
	Names map[string]map[string]string
	// Swatches are colours by name, "#rrggbb". A colour without one has no dot.
	Swatches map[string]string
	// Origins are the sites that may frame the page, such as "https://shop.example";
	// "*" lets every site.
	Origins []string
}

// config is what the page's modules read from its meta element.
type config struct {
	Store       string            `json:"store"`
	Key         string            `json:"key"`
	Currency    string            `json:"currency"`
	Language    string            `json:"language"`
	Suggestions []string          `json:"suggestions"`
	Names       map[string]string `json:"names"`
	Swatches    map[string]string `json:"swatches"`
	Words       map[string]string `json:"words"`
}

// view is what the template sees.
type view struct {
	StoreName string
	Currency  string
	Lang      string // of the interface
	HTMLLang  string // the same as a BCP 47 tag that picks the right glyphs
	Base      string // of the assets, ending in a slash
	Config    string // JSON
	Modules   []string
	words     map[string]string
}

// T is the interface's text for a key of strings/*.json.
func (v view) T(key string) (string, error) {
	text, ok := v.words[key]
	if !ok {
		return "", fmt.Errorf("no text for %q in %s", key, v.Lang)
	}
	return text, nil
}

// With fills "{name}" in a text. The template's escaping still sees the whole.
func (view) With(name, value, text string) string {
	return strings.ReplaceAll(text, "{"+name+"}", value)
}

// Page writes the storefront in the buyer's Language. It must be served at "/"
// or any path that is not below AssetsPath. On error nothing has been written.
func (s *Site) Page(w http.ResponseWriter, r *http.Request, data Data) error {
	lang := Language(r, data.Locale)
	cfg, err := json.Marshal(config{
		Store: data.StoreName, Key: data.PublishableKey, Currency: data.Currency, Language: lang,
		Suggestions: data.Suggestions[lang], Names: data.Names[lang], Swatches: data.Swatches,
		Words: s.words[lang],
	})
	if err != nil {
		return fmt.Errorf("storefront config: %w", err)
	}
	htmlLang := lang
	if lang == Chinese {
		htmlLang = "zh-CN"
	}
	var page bytes.Buffer
	err = s.storefront.Execute(&page, view{
		StoreName: data.StoreName, Currency: data.Currency, Lang: lang, HTMLLang: htmlLang,
		Base: AssetsPath + s.version + "/", Config: string(cfg), Modules: s.modules, words: s.words[lang],
	})
	if err != nil {
		return fmt.Errorf("storefront: %w", err)
	}
	remember(w, r)
	pageHeader(w.Header(), data.Origins)
	_, err = w.Write(page.Bytes())
	return err
}

// pageHeader forbids the page everything it does not need. It is not stored,
// since it differs by language and holds the store's key.
func pageHeader(header http.Header, origins []string) {
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", policy(origins))
	header.Set("Cache-Control", "private, no-cache")
	header.Set("Vary", "Accept-Language, Cookie")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	header.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=(self)")
}

// policy is the Content-Security-Policy for a page that origins may frame.
func policy(origins []string) string {
	frames := []string{"'self'"}
	for _, origin := range origins {
		if origin == "*" || plainOrigin(origin) {
			frames = append(frames, origin)
		}
	}
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'",
		"img-src 'self' blob: data: https:", "connect-src 'self'", "form-action 'self'",
		"base-uri 'none'", "frame-ancestors " + strings.Join(frames, " "),
		"require-trusted-types-for 'script'",
	}, "; ")
}

// plainOrigin says that text is scheme and host only, so that no setting can
// add a directive of its own to the policy.
func plainOrigin(text string) bool {
	at, err := url.Parse(text)
	return err == nil && (at.Scheme == "https" || at.Scheme == "http") && at.Host != "" &&
		text == at.Scheme+"://"+at.Host && !strings.ContainsAny(text, " ;,'\"*")
}
