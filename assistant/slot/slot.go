// Package slot reads what a buyer's sentence says beside what is searched for: the
// numbers of orders and phones, which of the things shown is meant, how the last
// result is to change, the answer to a question, usual sizes, days, and anger.
//
// English and Chinese are read, Traditional too. Everything is a pure function of
// the text and the time. Whether a slot matters is the caller's to say: "M" answers
// a question only where one was asked.
package slot

import "time"

// MaxRunes is how much of a text is read; what comes after is ignored.
const MaxRunes = 500

// Slots are what a sentence says. Zero fields are not said.
type Slots struct {
	OrderNumber string // upper case, without a leading #; compare it without case
	Tracking    string // the carrier's number of a parcel, upper case
	Phone       string // digits, with a leading + where one was written
	PhoneEnding string // four digits
	Email       string // lower case
	Bare        string // four to seven digits that are the whole sentence: perhaps an ending, perhaps an order

	Ordinals []int // of what was shown, from 1; from the end -1, -2; in the order said, once each
	This     bool  // this one, it, 这款: the thing last spoken of
	All      bool  // these, both, 这两个: all the things last shown
	Count    int   // how many All means, where it is said
	Earlier  bool  // the one before, 上一个, back to

	Edit   Edit
	Answer Answer

	UsualSize  Size   // what somebody wears, of UsualBrand where that is said
	UsualBrand string // as brands write themselves, or as the buyer did, folded
	Asked      []Size // sizes whose being there is asked for: "do you have it in L", 有没有38码

	// Date is the first day that is named, midnight in UTC. Days without a year are the
	// next ones; a week named without its day begins with its Monday.
	Date     time.Time
	Language string // en or zh, where the buyer asks to be answered in it
	Anger    int    // 0 none, 1 cross, 2 furious: at the shop or its service, not at a product
}

// Edit is how the last result is to change. Directions are -1, 0 or 1.
type Edit struct {
	Price     int // 1 is dearer
	Formality int // 1 is more formal
	Maturity  int // 1 is for an older style, -1 for a younger
	Warmth    int // 1 is warmer or thicker
	Length    int // 1 is longer
	Sleeves   int // 1 is longer
	Size      int // 1 is bigger
	Fit       int // 1 is looser
	Shade     int // 1 is lighter or brighter
	Pattern   int // 1 is busier or more colourful, -1 plainer

	More     bool // others of the kind
	Reject   bool // not what was shown
	NotBrand bool // of another brand
	NotColor bool // in another colour
	NotStyle bool // in another style

	Swap []string // pieces to change for others, in the buyer's words, folded: shoes, 鞋
	Keep []string // pieces that stay

	Instead  bool // what else is said takes the place of what was said before
	Restart  bool // what was said before no longer holds
	Ellipsis bool // half a sentence that the one before completes: "and in blue?", 38码呢
}

// Answer is what a sentence says when it answers a question. Yes and No are what it
// begins with, Any and DontKnow a clause of it; the rest is read only where it is the
// whole sentence, but for words of politeness.
type Answer struct {
	Yes, No  bool
	Any      bool     // no preference: 随便, 都可以
	DontKnow bool     // not sure, 不知道
	Number   *float64 // a number without anything; it is Amount.Around too
	Amount   Amount
	Size     Size
	Gender   string // male or female
}

// Amount is a sum of money in units of the currency, which is not read. Zero
// fields are not said. A sum without bounds is Around.
type Amount struct{ Min, Max, Around float64 }

// Size is a size as a label writes it.
type Size struct {
	Label  string // upper case: M, 2XL, 38, 170/88A; ONE SIZE
	System string // EU, US, UK, CN, JP, letter, or nothing where a number stands alone
}
