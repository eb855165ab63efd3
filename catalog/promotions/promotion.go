// Package promotions keeps what stores offer for a time, and tells what holds now.
package promotions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/packs"
)

// Promotion is an offer of a store. It is for the products it names; where it
// names none, for a category and what lies below it; where it names neither, for
// the whole store.
type Promotion struct {
	ID           string           `json:"id"`
	Title        string           `json:"title"`
	Description  string           `json:"description" doc:"Conditions, in the merchant's words"`
	Category     string           `json:"category" doc:"A key of the packs' taxonomy, or empty"`
	Percent      int              `json:"percent" doc:"Off the price, 0 to 100; 0: it is another kind of offer"`
	Code         string           `json:"code" doc:"What the buyer enters, or empty"`
	Minimum      *money.Money     `json:"minimum,omitempty" doc:"The least that must be bought for"`
	ValidFrom    *time.Time       `json:"valid_from"`
	ValidTo      *time.Time       `json:"valid_to" doc:"The last moment"`
	ProductIDs   []string         `json:"product_ids" nullable:"false"`
	Translations map[string]Words `json:"translations" nullable:"false" doc:"Title and description in other languages, by en, zh and so on"`
	UpdatedAt    time.Time        `json:"updated_at"`
}

// Words are a promotion's texts in one language.
type Words struct {
	Title       string `json:"title"`
	Description string `json:"description"`
}

// Bounds of a promotion, in characters where nothing else is said.
const (
	maxID           = 200
	maxTitle        = 200
	maxDescription  = 2000
	maxCode         = 60
	maxProducts     = 1000
	maxTranslations = 20
)

// In returns title and description in a language, such as en or zh-CN; what is
// not translated is as the merchant wrote it.
func (p *Promotion) In(tag string) (title, description string) {
	base, _, _ := strings.Cut(tag, "-")
	w := p.Translations[base]
	return cmp.Or(w.Title, p.Title), cmp.Or(w.Description, p.Description)
}

// Holds reports whether the promotion is valid at a time.
func (p *Promotion) Holds(at time.Time) bool {
	return (p.ValidFrom == nil || !at.Before(*p.ValidFrom)) && (p.ValidTo == nil || !at.After(*p.ValidTo))
}

// validate tidies a promotion and names the first field that cannot be used.
func (p *Promotion) validate(known *packs.Packs) error {
	p.Title, p.Code = strings.Join(strings.Fields(p.Title), " "), strings.Join(strings.Fields(p.Code), " ")
	p.Description, p.Category = strings.TrimSpace(p.Description), strings.TrimSpace(p.Category)
	for _, text := range []struct {
		field, value string
		least, most  int
	}{{"id", p.ID, 1, maxID}, {"title", p.Title, 1, maxTitle}, {"description", p.Description, 0, maxDescription}, {"code", p.Code, 0, maxCode}} {
		if err := checkText(text.field, text.value, text.least, text.most); err != nil {
			return err
		}
	}
	if _, ok := known.Category(p.Category); !ok && p.Category != "" {
		return invalid("category", "%.60q is in no pack, such as tops or shoes", p.Category)
	}
	if p.Percent < 0 || p.Percent > 100 {
		return invalid("percent", "must be 0 to 100, not %d", p.Percent)
	}
	if m := p.Minimum; m != nil && m.Amount <= 0 {
		return invalid("minimum.amount", "must be more than 0, in minor units")
	}
	if m := p.Minimum; m != nil && !money.Valid(m.Currency) {
		return invalid("minimum.currency", "%.20q is no ISO 4217 currency code, such as USD or CNY", m.Currency)
	}
	if p.ValidFrom != nil && p.ValidTo != nil && p.ValidTo.Before(*p.ValidFrom) {
		return invalid("valid_to", "must not be before valid_from")
	}
	if err := p.tidyProducts(); err != nil {
		return err
	}
	return p.tidyTranslations()
}

func (p *Promotion) tidyProducts() error {
	kept := []string{}
	for i, id := range p.ProductIDs {
		if id = strings.TrimSpace(id); id == "" || slices.Contains(kept, id) {
			continue
		}
		if err := checkText(fmt.Sprintf("product_ids[%d]", i), id, 1, maxID); err != nil {
			return err
		}
		kept = append(kept, id)
	}
	if len(kept) > maxProducts {
		return invalid("product_ids", "at most %d, not %d", maxProducts, len(kept))
	}
	p.ProductIDs = kept
	return nil
}

func (p *Promotion) tidyTranslations() error {
	if len(p.Translations) > maxTranslations {
		return invalid("translations", "at most %d, not %d", maxTranslations, len(p.Translations))
	}
	kept := map[string]Words{}
	for tag, w := range p.Translations {
		at := "translations." + tag
		parsed, err := language.Parse(tag)
		if err != nil {
			return invalid("translations", "%.40q is no language, such as en or zh", tag)
		}
		w.Title, w.Description = strings.Join(strings.Fields(w.Title), " "), strings.TrimSpace(w.Description)
		if err := checkText(at+".title", w.Title, 0, maxTitle); err != nil {
			return err
		}
		if err := checkText(at+".description", w.Description, 0, maxDescription); err != nil {
			return err
		}
		base, _ := parsed.Base()
		kept[base.String()] = w
	}
	p.Translations = kept
	return nil
}

func checkText(field, value string, least, most int) error {
	odd := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
	n := utf8.RuneCountInString(value)
	switch {
	case !utf8.ValidString(value) || strings.ContainsFunc(value, odd):
		return invalid(field, "has characters that are no text")
	case n < least:
		return invalid(field, "is needed")
	case n > most:
		return invalid(field, "must have %d characters at most, not %d", most, n)
	}
	return nil
}

func invalid(field, format string, args ...any) error {
	return &catalog.FieldError{Field: field, Message: fmt.Sprintf(format, args...)}
}
