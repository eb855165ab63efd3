package web

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"golang.org/x/text/language"
)

// The languages of the interface, best known first: the one that a buyer gets
// when neither they nor the store name one of them.
const (
	English = "en"
	Chinese = "zh"
)

// languageCookie remembers what a buyer chose.
const languageCookie = "lang"

// readWords reads strings/LANGUAGE.json, each a flat table of key to text.
func readWords(files fs.FS) (map[string]map[string]string, error) {
	words := map[string]map[string]string{}
	for _, lang := range []string{English, Chinese} {
		name := path.Join("strings", lang+".json")
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		var table map[string]string
		if err := json.Unmarshal(body, &table); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		words[lang] = table
	}
	return words, nil
}

// Language is English or Chinese, by the first of: ?lang= of the address, the
// cookie of an earlier choice, the browser's Accept-Language, the store's locale.
// Traditional Chinese is answered in Chinese.
func Language(r *http.Request, storeLocale string) string {
	if lang, ok := supported(r.URL.Query().Get("lang")); ok {
		return lang
	}
	if cookie, err := r.Cookie(languageCookie); err == nil {
		if lang, ok := supported(cookie.Value); ok {
			return lang
		}
	}
	if lang, ok := supported(r.Header.Get("Accept-Language")); ok {
		return lang
	}
	if lang, ok := supported(storeLocale); ok {
		return lang
	}
	return English
}

// supported picks the first language of ours in a list as Accept-Language writes it.
func supported(list string) (string, bool) {
	tags, weights, err := language.ParseAcceptLanguage(list)
	if err != nil {
		return "", false
	}
	for i, tag := range tags {
		base, _ := tag.Base()
		if name := base.String(); weights[i] > 0 && (name == English || name == Chinese) {
			return name, true
		}
	}
	return "", false
}

// remember keeps the language that the address asks for, so that the next
// visit has it without asking.
func remember(w http.ResponseWriter, r *http.Request) {
	lang, ok := supported(r.URL.Query().Get("lang"))
	if !ok {
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: languageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600,
		SameSite: http.SameSiteLaxMode, HttpOnly: true,
		Secure: r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https"),
	})
}
