package catalog

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"honeyguide/catalog/words"
)

// FAQ is a question that buyers ask, and the store's answer to it.
type FAQ struct {
	ID         string     `json:"id"`
	Question   string     `json:"question"`
	Phrasings  []string   `json:"phrasings" nullable:"false" doc:"Other ways to ask it"`
	Answer     string     `json:"answer"`
	Language   string     `json:"language" doc:"Of question and answer: en, zh and so on"`
	Enabled    bool       `json:"enabled"`
	Category   string     `json:"category"`
	ProductIDs []string   `json:"product_ids" nullable:"false" doc:"The products it is about; none: the whole store"`
	ValidFrom  *time.Time `json:"valid_from"`
	ValidTo    *time.Time `json:"valid_to"`
	Source     FAQSource  `json:"source" enum:"merchant,agent,pack"`
	State      FAQState   `json:"state" enum:"live,pending"`
}

// FAQSource says who wrote an answer.
type FAQSource string

// Who wrote an answer: the store's own are the merchant's or an agent's.
const (
	FromMerchant FAQSource = "merchant"
	FromAgent    FAQSource = "agent"
	FromPack     FAQSource = "pack"
)

// FAQState says whether an answer may be given.
type FAQState string

// A pending answer waits until somebody approves it.
const (
	FAQLive    FAQState = "live"
	FAQPending FAQState = "pending"
)

// Bounds of an answer, in characters where nothing else is said.
const (
	MaxFAQs        = 10_000 // of a store's own
	maxFAQID       = 200    // bytes
	maxQuestion    = 500
	maxPhrasings   = 50 // of one question
	maxAnswer      = 10_000
	maxFAQCategory = 100
	maxFAQProducts = 1000
)

// Validate tidies the answer and names the first field that cannot be used. The
// language, where none is given, is that of the question.
func (f *FAQ) Validate() error {
	f.Question, f.Answer = tidyLine(f.Question), strings.TrimSpace(f.Answer)
	f.Category = tidyLine(f.Category)
	if f.Source != FromAgent { // whatever the packs' answer becomes, it is the merchant's
		f.Source = FromMerchant
	}
	if f.State == "" {
		f.State = FAQLive
	}
	for _, text := range []struct {
		field, value string
		least, most  int
	}{{"question", f.Question, 1, maxQuestion}, {"answer", f.Answer, 1, maxAnswer}, {"category", f.Category, 0, maxFAQCategory}} {
		if err := checkText(text.field, text.value, text.least, text.most); err != nil {
			return err
		}
	}
	if f.State != FAQLive && f.State != FAQPending {
		return invalid("state", "must be live or pending, not %q", f.State)
	}
	if f.ValidFrom != nil && f.ValidTo != nil && f.ValidTo.Before(*f.ValidFrom) {
		return invalid("valid_to", "must not be before valid_from")
	}
	return firstError(f.tidyLanguage, f.tidyPhrasings, f.tidyProducts)
}

func firstError(checks ...func() error) error {
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func checkText(field, value string, least, most int) error {
	n := utf8.RuneCountInString(value)
	switch {
	case !utf8.ValidString(value):
		return invalid(field, "is not UTF-8")
	case n < least:
		return invalid(field, "is needed")
	case n > most:
		return invalid(field, "must have %d characters at most, not %d", most, n)
	}
	return nil
}

func (f *FAQ) tidyLanguage() error {
	if f.Language = strings.TrimSpace(f.Language); f.Language == "" {
		f.Language = languageOf(f.Question)
		return nil
	}
	base, err := baseLanguage(f.Language)
	f.Language = base
	return err
}

// baseLanguage returns the language of a tag, without region and script.
func baseLanguage(tag string) (string, error) {
	parsed, err := language.Parse(tag)
	if err != nil {
		return "", invalid("language", "%q is no language tag, such as en or zh", tag)
	}
	base, _ := parsed.Base()
	return base.String(), nil
}

// languageOf is zh for a text with at least as many Chinese characters as words
// of letters, else en.
func languageOf(text string) string {
	han, latin, inside := 0, 0, false
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.IsLetter(r) && !inside:
			latin++
		}
		inside = unicode.IsLetter(r) && !unicode.Is(unicode.Han, r)
	}
	if han > 0 && han >= latin {
		return "zh"
	}
	return "en"
}

// tidyPhrasings leaves each other way to ask once.
func (f *FAQ) tidyPhrasings() error {
	kept, met := []string{}, map[string]bool{words.Fold(f.Question): true}
	for i, p := range f.Phrasings {
		p = tidyLine(p)
		if p == "" || met[words.Fold(p)] {
			continue
		}
		if err := checkText(fmt.Sprintf("phrasings[%d]", i), p, 1, maxQuestion); err != nil {
			return err
		}
		if strings.Contains(p, phrasingMark) {
			return invalid(fmt.Sprintf("phrasings[%d]", i), "must not contain %s, which parts phrasings in a table", phrasingMark)
		}
		met[words.Fold(p)] = true
		kept = append(kept, p)
	}
	if len(kept) > maxPhrasings {
		return invalid("phrasings", "at most %d, not %d", maxPhrasings, len(kept))
	}
	f.Phrasings = kept
	return nil
}

func (f *FAQ) tidyProducts() error {
	kept := []string{}
	for i, id := range f.ProductIDs {
		if id = strings.TrimSpace(id); id == "" || slices.Contains(kept, id) {
			continue
		}
		if err := checkText(fmt.Sprintf("product_ids[%d]", i), id, 1, maxFAQID); err != nil {
			return err
		}
		kept = append(kept, id)
	}
	if len(kept) > maxFAQProducts {
		return invalid("product_ids", "at most %d, not %d", maxFAQProducts, len(kept))
	}
	f.ProductIDs = kept
	return nil
}

// tidyLine makes one line of a text.
func tidyLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// asks are all ways to ask, the question first.
func (f *FAQ) asks() []string { return append([]string{f.Question}, f.Phrasings...) }

// same reports whether two answers say the same, whoever wrote them.
func (f *FAQ) same(g *FAQ) bool {
	return f.Question == g.Question && f.Answer == g.Answer && f.Language == g.Language && f.Enabled == g.Enabled &&
		f.Category == g.Category && f.State == g.State && sameTime(f.ValidFrom, g.ValidFrom) && sameTime(f.ValidTo, g.ValidTo) &&
		slices.Equal(f.Phrasings, g.Phrasings) && slices.Equal(f.ProductIDs, g.ProductIDs)
}

func sameTime(a, b *time.Time) bool {
	return a == b || a != nil && b != nil && a.Equal(*b)
}
