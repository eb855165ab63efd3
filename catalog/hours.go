package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"time"
	_ "time/tzdata" // zones also where the system has none
)

// Hours are when somebody of the shop is there for buyers, by the clock of its
// time zone. A day without spans is closed. No Hours at all is always open.
type Hours struct {
	TimeZone  string   `json:"time_zone" doc:"Of the IANA database, such as Europe/Berlin or Asia/Shanghai"`
	Monday    []Span   `json:"monday,omitempty"`
	Tuesday   []Span   `json:"tuesday,omitempty"`
	Wednesday []Span   `json:"wednesday,omitempty"`
	Thursday  []Span   `json:"thursday,omitempty"`
	Friday    []Span   `json:"friday,omitempty"`
	Saturday  []Span   `json:"saturday,omitempty"`
	Sunday    []Span   `json:"sunday,omitempty"`
	Closed    []string `json:"closed,omitempty" doc:"Days on which nobody is there, YYYY-MM-DD"`
}

// Span is a part of a day. Hours past midnight are two: to 24:00, and from 00:00
// of the next day.
type Span struct {
	From string `json:"from" example:"09:00" doc:"HH:MM, inclusive"`
	To   string `json:"to" example:"18:00" doc:"HH:MM, exclusive; 24:00 is the day's end"`
}

// Bounds of opening hours.
const (
	maxSpans      = 8             // of a day
	maxClosedDays = 200           // of a store
	openingWithin = 366           // days that Opens looks ahead
	forwardAtMost = 3 * time.Hour // more than clocks are put forward by
)

// Open reports whether somebody is there at a time.
func (h *Hours) Open(at time.Time) bool {
	if h == nil {
		return true
	}
	zone, err := time.LoadLocation(h.TimeZone)
	if err != nil {
		return false // nothing that passed validation
	}
	at = at.In(zone)
	return slices.ContainsFunc(h.on(at), func(s Span) bool { return s.holds(at) })
}

// Opens returns when somebody is there next: at itself where that is so already,
// else a time within the next 366 days, in the shop's time zone. There may be none.
func (h *Hours) Opens(at time.Time) (time.Time, bool) {
	if h.Open(at) {
		return at, true
	}
	zone, err := time.LoadLocation(h.TimeZone)
	if err != nil {
		return time.Time{}, false
	}
	at = at.In(zone)
	year, month, today := at.Date()
	for day := range openingWithin + 1 {
		noon := time.Date(year, month, today+day, 12, 0, 0, 0, zone)
		for _, s := range h.on(noon) {
			if opens, ok := s.opening(noon); ok && opens.After(at) {
				return opens, true
			}
		}
	}
	return time.Time{}, false
}

// opening is when a span of a day begins. The clock may be put forward over its
// beginning, or over all of it.
func (s Span) opening(day time.Time) (time.Time, bool) {
	from, _, _ := s.minutes()
	year, month, date := day.Date()
	begins := time.Date(year, month, date, 0, from, 0, 0, day.Location())
	if begins.Hour()*60+begins.Minute() == from {
		return begins, true
	}
	begins = begins.Add(-forwardAtMost)
	for range 2 * forwardAtMost / time.Minute {
		if s.holds(begins) {
			return begins, true
		}
		begins = begins.Add(time.Minute)
	}
	return time.Time{}, false
}

// holds reports whether a time is within the span, by its own clock.
func (s Span) holds(at time.Time) bool {
	from, to, _ := s.minutes()
	minute := at.Hour()*60 + at.Minute()
	return from <= minute && minute < to
}

// on returns the spans of a day.
func (h *Hours) on(day time.Time) []Span {
	if slices.Contains(h.Closed, day.Format(time.DateOnly)) {
		return nil
	}
	return *h.week()[day.Weekday()].spans
}

// weekday is a day's field.
type weekday struct {
	name  string
	spans *[]Span
}

// week is the days as time.Weekday counts them.
func (h *Hours) week() [7]weekday {
	return [7]weekday{{"sunday", &h.Sunday}, {"monday", &h.Monday}, {"tuesday", &h.Tuesday}, {"wednesday", &h.Wednesday},
		{"thursday", &h.Thursday}, {"friday", &h.Friday}, {"saturday", &h.Saturday}}
}

// minutes are a span's ends in minutes of its day.
func (s Span) minutes() (from, to int, ok bool) {
	from, fromOK := minuteOf(s.From)
	to, toOK := minuteOf(s.To)
	return from, to, fromOK && toOK && from < to
}

// minuteOf reads HH:MM, to 24:00.
func minuteOf(clock string) (int, bool) {
	if len(clock) != 5 || clock[2] != ':' {
		return 0, false
	}
	hour, err := strconv.ParseUint(clock[:2], 10, 8)
	minute, err2 := strconv.ParseUint(clock[3:], 10, 8)
	at := int(hour*60 + minute)
	return at, err == nil && err2 == nil && minute < 60 && at <= 24*60
}

// validate names the first field that cannot be used.
func (h *Hours) validate() error {
	if h == nil {
		return nil
	}
	if _, err := time.LoadLocation(h.TimeZone); err != nil || h.TimeZone == "" || h.TimeZone == "Local" {
		return invalid("hours.time_zone", "%q is no time zone, such as Europe/Berlin or Asia/Shanghai", h.TimeZone)
	}
	for _, day := range h.week() {
		if err := validateSpans("hours."+day.name, *day.spans); err != nil {
			return err
		}
	}
	if len(h.Closed) > maxClosedDays {
		return invalid("hours.closed", "at most %d, not %d", maxClosedDays, len(h.Closed))
	}
	for i, day := range h.Closed {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return invalid(fmt.Sprintf("hours.closed[%d]", i), "%q is no day, such as 2026-12-25", day)
		}
	}
	return nil
}

func validateSpans(field string, spans []Span) error {
	if len(spans) > maxSpans {
		return invalid(field, "at most %d, not %d", maxSpans, len(spans))
	}
	for i, s := range spans {
		if _, _, ok := s.minutes(); !ok {
			return invalid(fmt.Sprintf("%s[%d]", field, i), "must run from one HH:MM to a later one, such as 09:00 to 18:00, not %q to %q", s.From, s.To)
		}
		if i > 0 && s.From < spans[i-1].To {
			return invalid(fmt.Sprintf("%s[%d]", field, i), "begins at %s, before the one in front of it ends at %s", s.From, spans[i-1].To)
		}
	}
	return nil
}

// Handover is how buyers come to speak with a person.
type Handover struct {
	Enabled bool `json:"enabled" doc:"Whether persons take conversations over at all"`
	// Contact is told to buyers when nobody can come, such as an address to write to.
	Contact string `json:"contact" doc:"Another way to the shop, told where nobody can come"`
}

// Offered reports whether persons take conversations over, which is so unless a
// store says otherwise.
func (h *Handover) Offered() bool { return h == nil || h.Enabled }

// maxContact is the most bytes of Handover.Contact.
const maxContact = 500

func (h *Handover) validate() error {
	if h != nil && len(h.Contact) > maxContact {
		return invalid("handover.contact", "must have %d bytes at most", maxContact)
	}
	return nil
}
