package orders

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"honeyguide/catalog"
	"honeyguide/catalog/words"
)

func invalid(field, format string, args ...any) error {
	return &catalog.FieldError{Field: field, Message: fmt.Sprintf(format, args...)}
}

// checkLine makes one line of a text and checks its length in characters.
func checkLine(field string, s *string, least, most int) error {
	*s = strings.Join(strings.Fields(*s), " ")
	return checkText(field, s, least, most)
}

// checkText is checkLine for texts of several lines.
func checkText(field string, s *string, least, most int) error {
	*s = strings.TrimSpace(*s)
	odd := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
	n := utf8.RuneCountInString(*s)
	switch {
	case !utf8.ValidString(*s) || strings.ContainsFunc(*s, odd):
		return invalid(field, "has characters that are no text")
	case n < least:
		return invalid(field, "is needed")
	case n > most:
		return invalid(field, "must have %d characters at most, not %d", most, n)
	}
	return nil
}

// checkDay lets a day or a time through.
func checkDay(field string, s *string) error {
	*s = strings.TrimSpace(*s)
	if *s == "" {
		return nil
	}
	_, err := time.Parse(time.RFC3339, *s)
	if err != nil {
		_, err = time.Parse(time.DateOnly, *s)
	}
	if err != nil {
		return invalid(field, "%.40q is no date, such as 2026-11-03 or 2026-11-03T10:00:00Z", *s)
	}
	return nil
}

// plainNumber is an order's number as it is compared: however a buyer writes it.
func plainNumber(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '#' || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return r
	}, words.Fold(s))
}

// Bounds of phone numbers, in digits. E.164 has 15 at most.
const (
	minPhone  = 6
	maxPhone  = 15
	minEnding = 4
)

// tidyPhone leaves of a phone number its digits, a + before a country code, and
// the stars of one that is masked, as marketplaces give them out: 138****8000.
func tidyPhone(s *string) error {
	if err := checkLine("phone", s, 0, maxLine); err != nil || *s == "" {
		return err
	}
	folded := words.Fold(*s)
	for _, r := range strings.TrimPrefix(folded, "+") {
		if !strings.ContainsRune("0123456789*-‐‑–./() ", r) {
			return invalid("phone", "must be a phone number, such as +86 138 0013 8000")
		}
	}
	kept := keep(strings.Replace(folded, "(0)", "", 1), "0123456789*") // +44 (0)20 …: only dialled at home
	abroad := strings.HasPrefix(folded, "+") || strings.HasPrefix(kept, "00")
	if abroad {
		kept = strings.TrimLeft(kept, "0")
	}
	if len(kept) < minPhone || len(kept) > maxPhone {
		return invalid("phone", "must have %d to %d digits", minPhone, maxPhone)
	}
	if len(shownDigits(kept)) < minEnding {
		return invalid("phone", "must show its last %d digits", minEnding)
	}
	if *s = kept; abroad {
		*s = "+" + kept
	}
	return nil
}

// shownDigits are the digits behind the last star of a tidied number.
func shownDigits(phone string) string {
	return strings.TrimPrefix(phone[strings.LastIndexByte(phone, '*')+1:], "+")
}

func tidyEmail(field string, s *string) error {
	*s = strings.ToLower(strings.TrimSpace(*s))
	if *s == "" {
		return nil
	}
	name, host, ok := strings.Cut(*s, "@")
	odd := func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`<>,;"`, r)
	}
	if !ok || name == "" || host == "" || len(*s) > maxEmail || strings.Contains(host, "@") || strings.ContainsFunc(*s, odd) || !utf8.ValidString(*s) {
		return invalid(field, "must be an email address, such as me@example.com")
	}
	return nil
}

// keep drops all but the given characters.
func keep(s, characters string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(characters, r) {
			return r
		}
		return -1
	}, s)
}
