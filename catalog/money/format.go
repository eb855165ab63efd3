package money

import (
	"strconv"
	"strings"
)

// Format writes an amount for people: a symbol, grouped digits, and decimals only
// where they are not all zero, such as "₹895", "$49.99" or "¥199". The locale is
// a language tag: Chinese writes US$ for $, and en-IN and hi-IN group as in
// India. Currencies without a symbol of their own are written by code, "AED 20".
// Currencies of three decimals always show them. Parse with the same currency as
// default reads back what Format wrote, unless it is negative.
func Format(m Money, locale string) string {
	number, negative := strings.CutPrefix(Decimal(m), "-")
	whole, decimals, _ := strings.Cut(number, ".")
	text := symbolOf(m.Currency, locale) + group(whole, locale)
	if len(decimals) == 3 || strings.Trim(decimals, "0") != "" {
		text += "." + decimals
	}
	if negative {
		return "-" + text
	}
	return text
}

// Decimal writes an amount for machines, with a point and all its decimals: "49.99".
func Decimal(m Money) string {
	digits := strings.TrimPrefix(strconv.FormatInt(m.Amount, 10), "-")
	exponent := Exponent(m.Currency)
	if missing := exponent + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	text := digits[:len(digits)-exponent]
	if exponent > 0 {
		text += "." + digits[len(digits)-exponent:]
	}
	if m.Amount < 0 {
		return "-" + text
	}
	return text
}

// group separates thousands by commas.
func group(whole, locale string) string {
	step := 3
	if strings.EqualFold(locale, "en-IN") || strings.EqualFold(locale, "hi-IN") {
		step = 2
	}
	if len(whole) <= 3 {
		return whole
	}
	head, tail := whole[:len(whole)-3], whole[len(whole)-3:]
	for len(head) > step {
		tail = head[len(head)-step:] + "," + tail
		head = head[:len(head)-step]
	}
	return head + "," + tail
}

// symbolOf is what stands before the number. The yuan has ¥ to itself, so that
// one price never reads as two currencies.
func symbolOf(currency, locale string) string {
	switch currency {
	case "USD":
		if strings.HasPrefix(strings.ToLower(locale), "zh") {
			return "US$"
		}
		return "$"
	case "EUR":
		return "€"
	case "GBP":
		return "£"
	case "CNY":
		return "¥"
	case "JPY":
		return "JP¥"
	case "INR":
		return "₹"
	case "KRW":
		return "₩"
	case "HKD":
		return "HK$"
	case "TWD":
		return "NT$"
	case "SGD":
		return "S$"
	case "AUD":
		return "A$"
	case "CAD":
		return "CA$"
	case "NZD":
		return "NZ$"
	case "BRL":
		return "R$"
	case "VND":
		return "₫"
	}
	return currency + " "
}
