// Package turns measures dialogue: it plays conversations that are written as
// plain text to an assistant and compares its replies with what the text expects.
//
// # The format
//
//	lang: en                               the file's settings: they hold for all its cases
//	given order: {"id":"A1001", …}         records that exist while the file is played
//
//	// a remark
//	# a gift with a budget, then cheaper   a case: one conversation
//	> My girlfriend's birthday is coming, something under 100
//	intent: gift
//	understood.recipient: girlfriend
//	understood.budget_max: 10000
//	asked:
//	products: >= 3
//	each product price: <= 10000
//	> cheaper
//	new products only: yes
//	each product price: < shown max
//
// A line that begins with > is what the buyer writes; one with >> adds a line to it.
// What stands below it is expected of the reply, a property and a value a line.
//
// Settings, of a file or of a case: lang (en, zh or any: what replies are to be in),
// now (2026-11-20T10:00, in UTC), page (the id of the product whose page the buyer is
// on) and locale. Of a turn: now, and photo ("of ID", a photo of that product with
// "cropped", "darker", "brighter" or "mirrored" after it, or a picture file beside
// the cases).
//
// Given are order, promotion, faq, size chart and store (settings, such as delivery),
// each as the JSON that the API takes.
//
// # Properties
//
// Any field of the reply, by its path in the JSON: intent, asked, state,
// order.status, size.size, handover.reason, understood.colors. A path through a list
// gathers (sources.kind). understood.* is what was understood beyond what the turn
// names. Amounts are in minor units, as in the API. Beside them:
//
//	each product F, any product F, first product F   a property of the products shown
//	each piece F, any piece F                        the same of the pieces of outfits
//	    F: id, title, category (also one above it), color (also its family), brand,
//	    gender, age_group, price, size, stock, material, pattern, season, occasion
//	new products only: yes      nothing that the conversation showed before
//	same products: yes          those of the reply that last showed some
//	each outfit has, each outfit lacks: shoes, bag   slots of its pieces
//	each outfit total: <= 30000
//	outfits differ: yes         no two share half of their pieces
//	changes: shoes              the first outfit has another piece there than the first
//	keeps: top                  of those shown last, and the same here; "keeps: rest" is
//	                            all slots but the changed ones
//	source: faq return          a record that the answer rests on, by kind, and by id or title
//	no source: faq
//	ticket: return              a request that agents see, by kind
//	text has: in stock | left   words of the reply
//	text has not: sorry
//
// # Values
//
// Nothing after the colon: the property is absent. "any": it is there. "a | b": one
// of them. "a, b": a list with exactly these. "has a": a list or a text with a.
// "not …": none of it. "< 5", "<= 5", "> 5", ">= 5", "2..4": a number, or how many.
// "shown 2" is the second of the products shown last, by id or by price; "shown max"
// and "shown min" are the dearest and the cheapest. Case and width do not matter.
//
// # What always holds
//
// Of every reply is expected, without being written: that it is in the buyer's
// language, that it is not empty while the assistant answers, that its numbers stand
// in its records or in the buyer's words, that nothing is shown twice or is sold
// out, that what an outfit is made around is not sold again, that no present is above
// the budget, and that nobody is promised who was not called. "except: stock, numbers"
// leaves some of it out for a turn. The names are language, text, numbers, distinct,
// stock, anchor, budget, person.
package turns

import (
	"errors"
	"time"
)

// ErrCases marks cases that do not follow the format. Wrapped with file, line and
// the way out.
var ErrCases = errors.New("invalid cases")

// File is a file of cases, and the records that they need.
type File struct {
	Name  string
	Given []Given
	Cases []Case
}

// Given is a record that exists while a file is played.
type Given struct {
	Line int
	Kind string // order, promotion, faq, size chart or store
	JSON string
}

// Case is one conversation.
type Case struct {
	Line int
	Name string
	Settings
	Turns []Turn
}

// Settings are a case's circumstances.
type Settings struct {
	Lang   string    // en or zh: of the replies; any: not checked
	Now    time.Time // zero: the clock's
	Page   string    // id of the product whose page the buyer is on
	Locale string    // of the buyer; empty: by Lang
}

// Turn is what the buyer sends and what the reply must be.
type Turn struct {
	Line   int
	Text   string
	Photo  *Photo
	Now    time.Time // zero: as before
	Except []string  // what always holds, but not here
	Expect []Expectation
}

// Expectation is a property of a reply and the value that it must have.
type Expectation struct {
	Line     int
	Property string
	Value    string // as written

	want  want
	check check
}

// Failure is an expectation that was not met.
type Failure struct {
	File     string
	Line     int // of the expectation; of the turn, where it is what always holds
	Case     string
	Text     string // the buyer's
	Property string
	Want     string
	Got      string
}
