package truth

import "time"

// kind is what a claim is about.
type kind uint8

const (
	amount   kind = iota // of money
	percent              // of a whole: 60 % cotton
	discount             // off a price: 20 % off, 八折
	quantity             // a number with its unit
	number               // a bare number
	count                // how many things are shown: "these three", 两款
	date                 // a day, perhaps without its year or its month
	weekday              // 0 is Sunday
	clock                // minutes after midnight
	size                 // of a garment or a shoe
	code                 // coupon codes, order numbers
	contact              // links, addresses, telephones
	notion               // something said in words: that it is in stock, that shipping is free
)

// claim is one thing that a text says which a record must hold.
type claim struct {
	kind
	value      float64
	other      float64  // the second reading of value, else the same
	unit       string   // of quantities; they are in one unit of their sort where they can be
	currencies []string // of money: those that its sign may mean; nil: any
	day        day
	swapped    day    // where day and month may be in the other order
	text       string // of size, code, contact and notion, folded
	no         bool   // of a notion: that it is not so
	denied     bool   // of a size: that the sentence says no
	weak       bool   // only a record that says otherwise speaks against it
	field      bool   // of a number: the value of a record's field, whose unit is not known
	low, high  bool   // an end of a range: 3 and 5 of "3-5 days"
	bound      bound
	from, to   int // bytes in the text, with sign and unit
	at         int // token
}

// bound says how a number is meant.
type bound int8

const (
	exactly bound = 0
	atMost  bound = -1
	atLeast bound = 1
)

// day is a date; a part that was not said is zero.
type day struct{ year, month, day int }

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return day{y, int(m), d}
}

// fits tells whether two days may be the same: a part that one lacks may be anything.
func (d day) fits(o day) bool {
	part := func(a, b int) bool { return a == 0 || b == 0 || a == b }
	return part(d.year, o.year) && part(d.month, o.month) && part(d.day, o.day) &&
		(d.day == o.day || d.day == 0 || o.day == 0) && d != day{} && o != day{}
}

// meets tells whether a text that says o holds c as well. What has a record of its
// own to be compared with (bounds of money, counts of things) is looked at elsewhere.
func (c claim) meets(o claim) bool {
	switch c.kind {
	case amount:
		return o.kind == amount && c.equals(o) && agree(c.currencies, o.currencies)
	case percent:
		return (o.kind == percent || o.kind == discount) && c.equals(o)
	case discount:
		return o.kind == discount && c.equals(o)
	case quantity:
		if c.unit == "lb" && o.kind == amount {
			return c.equals(o) && agree([]string{"GBP"}, o.currencies)
		}
		return (o.kind == quantity && o.unit == c.unit || o.kind == number && o.field) && c.equals(o) && c.within(o)
	case number, count:
		return o.kind <= count && c.equals(o) && c.within(o)
	case date:
		return o.kind == date && (c.day.fits(o.day) || c.swapped.fits(o.day))
	case weekday:
		return o.kind == weekday && c.value == o.value || o.kind == date && o.day.weekday() == int(c.value)
	case clock:
		return o.kind == clock && (same(c.value, o.value) || same(c.other, o.value))
	case size:
		return o.kind == size && c.text == o.text && (c.unit == o.unit || c.unit == "" || o.unit == "") || o.kind == date && c.day.day > 0 && c.day.day == o.day.day
	case notion:
		return o.kind == notion && c.text == o.text && c.no == o.no
	}
	return c.kind == o.kind && c.text == o.text
}

// equals compares all readings of two numbers.
func (c claim) equals(o claim) bool {
	return same(c.value, o.value) || same(c.value, o.other) || same(c.other, o.value) || same(c.other, o.other)
}

// within tells that c does not promise the near end of o's range: what takes
// "3 to 5 days" may be said to take up to 5, or from 3, but not 3.
func (c claim) within(o claim) bool {
	return !o.low || c.low || c.bound == atLeast
}

// agree tells whether two lists of currencies may mean the same one.
func agree(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// weekday of a whole date, or -1.
func (d day) weekday() int {
	if d.year == 0 || d.month == 0 || d.day == 0 {
		return -1
	}
	return int(time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Weekday())
}
