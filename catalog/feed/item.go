package feed

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"honeyguide/catalog/money"
)

// Limits of values, in characters and numbers of values.
const (
	maxID          = 255
	maxTitle       = 500
	maxDescription = 100_000
	maxURL         = 4_000
	maxShort       = 2_000 // every other text
	maxList        = 500
	maxAttributes  = 500
)

// parser turns records into items.
type parser struct {
	currency string
	now      time.Time
}

// reader reads values of one record and keeps its first error.
type reader struct {
	*record
	id  string
	err *RowError
}

func (r *reader) fail(f string, code, format string, args ...any) {
	if r.err == nil {
		r.err = &RowError{Line: r.line, ID: r.id, Field: f, Code: code, Message: fmt.Sprintf(format, args...)}
	}
}

// item reads one record. The error is a *RowError about the first thing wrong.
//
// Values that are matched (ids, titles, colours, links …) must be valid UTF-8; in
// values that are only read (description, attributes) broken bytes are replaced.
func (p parser) item(rec *record) (Item, error) {
	r := &reader{record: rec}
	r.id = r.text(fieldID, maxID)
	item := Item{
		Line:           rec.line,
		ID:             r.id,
		Title:          r.text(fieldTitle, maxTitle),
		Brand:          r.text(fieldBrand, maxShort),
		ProductType:    r.text(fieldProductType, maxShort),
		GoogleCategory: r.text(fieldGoogleCategory, maxShort),
		Season:         r.text(fieldSeason, maxShort),
		Occasion:       r.text(fieldOccasion, maxShort),
		Pattern:        r.text(fieldPattern, maxShort),
		Material:       r.text(fieldMaterial, maxShort),
		GroupID:        r.text(fieldGroup, maxID),
		Colors:         r.list(fieldColor, splitColors),
		Sizes:          r.list(fieldSize, splitSizes),
		Deleted:        r.flag(fieldDeleted),
		SourceVersion:  r.integer(fieldVersion),
	}
	item.Title = tidy(plain(item.Title))
	item.Gender = r.word(fieldGender, genderOf)
	item.AgeGroup = r.word(fieldAgeGroup, ageOf)
	if item.AgeGroup == "" && item.Gender != "" {
		item.AgeGroup = ageOf(r.values[fieldGender])
	}
	r.description(&item)
	r.links(&item)
	if !item.Deleted {
		r.need(item)
		p.prices(r, &item)
		item.Availability = r.availability()
	}
	r.attributes(&item)
	if r.err != nil {
		return Item{}, r.err
	}
	return item, nil
}

// need checks what every product must have; prices are checked where they are read.
func (r *reader) need(item Item) {
	if item.Title == "" {
		r.fail("title", CodeMissing, "the product has no title")
	}
}

// text reads a short value, tidy and limited.
func (r *reader) text(f field, limit int) string {
	value := tidy(strings.ReplaceAll(strings.TrimSuffix(r.values[f], listSeparator), listSeparator, ", "))
	switch {
	case value == "" && f == fieldID:
		r.fail("id", CodeMissing, "the product has no id")
	case strings.ContainsRune(value, utf8.RuneError):
		r.fail(f.label(), CodeMalformed, "not valid text in the feed's encoding")
	case len(value) > limit && utf8.RuneCountInString(value) > limit:
		r.fail(f.label(), CodeTooLong, "%d characters, at most %d", utf8.RuneCountInString(value), limit)
		return ""
	}
	return value
}

// list reads a value of several, without repetition.
func (r *reader) list(f field, split func(string) []string) []string {
	value := r.values[f]
	if value == "" {
		return nil
	}
	if strings.ContainsRune(value, utf8.RuneError) {
		r.fail(f.label(), CodeMalformed, "not valid text in the feed's encoding")
	}
	if len(value) > maxShort*10 {
		r.fail(f.label(), CodeTooLong, "%d bytes of list", len(value))
		return nil
	}
	values := split(value)
	if len(values) > maxList {
		r.fail(f.label(), CodeTooLong, "%d values, at most %d", len(values), maxList)
	}
	return values
}

// word reads a value of a closed vocabulary; what is not in it becomes an attribute.
func (r *reader) word(f field, known func(string) string) string {
	value := r.text(f, maxShort)
	if value == "" {
		return ""
	}
	word := known(value)
	if word == "" {
		r.extra = append(r.extra, pair{f.label(), value})
	}
	return word
}

func (r *reader) description(item *Item) {
	value := r.values[fieldDescription]
	if len(value) > maxField {
		r.fail("description", CodeTooLong, "%d bytes, at most %d", len(value), maxField)
		return
	}
	item.Description = plain(strings.ToValidUTF8(value, "\uFFFD"))
	if n := len(item.Description); n > maxDescription && utf8.RuneCountInString(item.Description) > maxDescription {
		r.fail("description", CodeTooLong, "%d characters, at most %d", utf8.RuneCountInString(item.Description), maxDescription)
	}
}

// links reads the page and the pictures. Several pictures in one value are one
// and its additional ones.
func (r *reader) links(item *Item) {
	if item.Link = r.text(fieldLink, maxURL); !webOrLocal(item.Link) {
		r.fail("link", CodeInvalid, "%q is no http(s) link", item.Link)
	}
	images := unique(append(r.list(fieldImage, splitLinks), r.list(fieldMoreImages, splitLinks)...))
	for _, image := range images {
		if len(image) > maxURL {
			r.fail("image_link", CodeTooLong, "a link of %d bytes, at most %d", len(image), maxURL)
		} else if !webOrLocal(image) {
			r.fail("image_link", CodeInvalid, "%q is neither an http(s) link nor a file", image[:min(len(image), 40)])
		}
	}
	if len(images) > 0 {
		item.ImageLink = images[0]
	}
	if len(images) > 1 {
		item.AdditionalImageLinks = images[1:]
	}
}

// webOrLocal refuses links that a browser would run, such as javascript:.
func webOrLocal(link string) bool {
	scheme, rest, found := strings.Cut(link, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return false
	}
	host, absolute := strings.CutPrefix(rest, "//")
	return absolute && host != "" && strings.IndexByte("/?#:", host[0]) < 0
}

// prices reads the price and the sale price. A sale that is over, not yet on, or
// no reduction is none.
func (p parser) prices(r *reader, item *Item) {
	currency := tidy(r.values[fieldCurrency])
	if currency == "" {
		currency = p.currency
	}
	if strings.TrimSpace(r.values[fieldPrice]) == "" && strings.TrimSpace(r.values[fieldSalePrice]) == "" {
		r.fail("price", CodeMissing, "the product has no price")
		return
	}
	item.Price = r.money(fieldPrice, currency)
	sale := r.money(fieldSalePrice, currency)
	if item.Price == nil {
		item.Price, sale = sale, nil
	}
	if sale == nil || item.Price == nil || !onSale(r.values[fieldSaleDates], p.now) {
		return
	}
	if sale.Currency != item.Price.Currency {
		r.fail("sale_price", CodeInvalid, "in %s, but the price is in %s", sale.Currency, item.Price.Currency)
	} else if sale.Amount < item.Price.Amount {
		item.SalePrice = sale
	}
}

func (r *reader) money(f field, currency string) *money.Money {
	value := r.values[f]
	if strings.TrimSpace(value) == "" {
		return nil
	}
	m, err := money.Parse(value, currency)
	if err != nil {
		r.fail(f.label(), CodeInvalid, "%v", err)
		return nil
	}
	return &m
}

// onSale reads Google's "start/end" in ISO 8601; a range it can't read is no limit.
func onSale(dates string, now time.Time) bool {
	start, end, both := strings.Cut(strings.TrimSpace(dates), "/")
	if !both {
		return true
	}
	from, fromOK := date(start)
	to, toOK := date(end)
	return !fromOK || !toOK || !now.Before(from) && !now.After(to)
}

func date(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04-0700", "2006-01-02T15:04:05-0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02"} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// availability reads the state, else the stock; a product with neither is in stock.
func (r *reader) availability() string {
	f := fieldAvailability
	value := tidy(r.values[f])
	if value == "" {
		f = fieldStock
		value = tidy(r.values[f])
	}
	if value == "" {
		return inStock
	}
	state := availabilityOf(value)
	if state == "" {
		r.fail("availability", CodeInvalid, "%q in %s is not understood", value[:min(len(value), 40)], f.label())
	}
	return state
}

func (r *reader) flag(f field) bool {
	switch strings.ToLower(tidy(r.values[f])) {
	case "", "0", "false", "no", "n", "否":
		return false
	case "1", "true", "yes", "y", "是":
		return true
	}
	r.fail(f.label(), CodeInvalid, "%q is neither true nor false", tidy(r.values[f]))
	return false
}

func (r *reader) integer(f field) int64 {
	value := tidy(r.values[f])
	if value == "" {
		return 0
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 0 {
		r.fail(f.label(), CodeInvalid, "%q is not a whole number", value)
	}
	return n
}

// attributes keeps what is not understood; a repeated name keeps all its values.
func (r *reader) attributes(item *Item) {
	if len(r.extra) == 0 {
		return
	}
	if len(r.extra) > maxAttributes {
		r.fail("attributes", CodeTooLong, "%d unknown values, at most %d", len(r.extra), maxAttributes)
		return
	}
	item.Attributes = make(map[string]string, len(r.extra))
	for _, e := range r.extra {
		name, value := tidy(e.name), plain(strings.ToValidUTF8(strings.ReplaceAll(strings.TrimSuffix(e.value, listSeparator), listSeparator, ", "), "\uFFFD"))
		if len(value) > maxField {
			r.fail(name, CodeTooLong, "%d bytes, at most %d", len(value), maxField)
		}
		if earlier := item.Attributes[name]; earlier != "" && earlier != value {
			value = earlier + ", " + value
		}
		if name != "" && value != "" {
			item.Attributes[name] = value
		}
	}
}
