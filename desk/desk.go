// Package desk is the agents' side of conversations: the queue, taking over and
// giving back, replies suggested from the store's answers, and answers learned from
// what agents say.
package desk

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
)

// Options are the parts that a Desk is made of. All are needed, but for those said
// otherwise.
type Options struct {
	Catalog *catalog.Catalog
	Records *conversation.Records
	Orders  *orders.Orders
	Log     *slog.Logger // nil: slog.Default()
}

// Desk is the agents' side of all stores. It is safe for concurrent use. An agent's
// key is the store's: agents name themselves in each call.
type Desk struct {
	catalog *catalog.Catalog
	records *conversation.Records
	orders  *orders.Orders
	log     *slog.Logger
}

// New makes a Desk.
func New(o Options) *Desk {
	d := &Desk{catalog: o.Catalog, records: o.Records, orders: o.Orders, log: o.Log}
	if d.log == nil {
		d.log = slog.Default()
	}
	return d
}

// Bounds of what agents send, in characters where nothing else is said.
const (
	maxAgent    = 80
	maxText     = 4000
	maxProducts = 12 // shown with one reply
)

func invalid(field, format string, args ...any) error {
	return &catalog.FieldError{Field: field, Message: fmt.Sprintf(format, args...)}
}

// agentName tidies the name that an agent gives, which buyers see.
func agentName(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if n := utf8.RuneCountInString(name); n == 0 || n > maxAgent || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return "", invalid("agent", "must be a name of 1 to %d characters, which buyers see", maxAgent)
	}
	return name, nil
}

// checkText checks what an agent writes; empty is enough where least is 0.
func checkText(field, text string, least int) error {
	switch n := utf8.RuneCountInString(text); {
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return invalid(field, "must be UTF-8 without NUL")
	case n > maxText:
		return invalid(field, "must have %d characters at most, not %d", maxText, n)
	case least > 0 && strings.TrimSpace(text) == "":
		return invalid(field, "is needed")
	}
	return nil
}

// checkState refuses what is no state; empty is every state.
func checkState(s conversation.State) error {
	known := []conversation.State{"", conversation.Bot, conversation.Waiting, conversation.Human, conversation.Closed}
	if !slices.Contains(known, s) {
		return invalid("state", "%.40q is unknown; use bot, waiting, human or closed", string(s))
	}
	return nil
}

// languageOf is the language of a locale: zh or en.
func languageOf(locale string) string {
	if strings.HasPrefix(strings.ToLower(locale), "zh") {
		return "zh"
	}
	return "en"
}

// clip shortens a text to a number of characters, in one line.
func clip(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:most-1])) + "…"
}
