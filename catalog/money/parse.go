package money

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Errors of Parse, wrapped with the text and what was wrong with it.
var (
	// ErrPrice marks a text that is not one price.
	ErrPrice = errors.New("not a price")
	// ErrRange marks more than one number, such as "10 - 20".
	ErrRange = errors.New("a range or several numbers instead of one price")
	// ErrNegative marks an amount below zero.
	ErrNegative = errors.New("negative price")
	// ErrCurrency marks a currency that is absent, unknown or contradictory.
	ErrCurrency = errors.New("currency not understood")
)

// maxText is the longest price text read, in bytes.
const maxText = 64

// Parse reads one price as people write it, such as "1.299,00 €", "Rs. 1,29,900"
// or "１９９元".
//
// The currency is a code, symbol or name before or after the number. A symbol
// shared by several currencies ("$", "¥", "kr", "Rs", "£", "元") means
// defaultCurrency where that is one of them, else the likeliest; without any, the
// price is in defaultCurrency.
//
// The number is digits with single separators. Spaces and apostrophes always
// separate thousands. Of dots and commas:
//
//   - where both occur, the last one is the decimal point and occurs once;
//   - one kind occurring more than once separates thousands;
//   - a single one is the decimal point, unless exactly three digits follow one
//     to three digits that are not just 0, and the currency does not have three
//     decimals: then it separates thousands ("1.299" is 1299 in EUR, 1.299 in KWD).
//
// Some exporters append ".00" to what is a decimal already: in "599.01.00" it is
// dropped.
//
// Thousands are groups of three, or of two before a last one of three as in
// India. Decimals beyond the currency's must be zeros. Signs, ranges, exponents,
// other words and amounts above an int64 are refused.
func Parse(text, defaultCurrency string) (Money, error) {
	m, err := parse(text, strings.ToUpper(strings.TrimSpace(defaultCurrency)))
	if err != nil {
		return Money{}, fmt.Errorf("%w: %q", err, shorten(text))
	}
	return m, nil
}

func parse(text, fallback string) (Money, error) {
	if len(text) > maxText {
		return Money{}, fmt.Errorf("%w (longer than %d bytes)", ErrPrice, maxText)
	}
	prefix, number, suffix, err := split(fold(text))
	if err != nil {
		return Money{}, err
	}
	currency, err := currencyOf(prefix, suffix, fallback)
	if err != nil {
		return Money{}, err
	}
	whole, decimals, err := parts(once(number), Exponent(currency))
	if err != nil {
		return Money{}, err
	}
	amount, err := minor(whole, decimals, Exponent(currency))
	if err != nil {
		return Money{}, err
	}
	return Money{Amount: amount, Currency: currency}, nil
}

// fold makes full-width characters, exotic spaces, apostrophes and dashes plain,
// and letters lower case.
func fold(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', 'ʼ', '′', '＇':
			return '\''
		case '–', '—', '−', '‐', '‑', '－', '～', '〜', '~':
			return '-'
		case '￥':
			return '¥'
		case '\u200b', '\ufeff', '\u200e', '\u200f':
			return -1
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, text)
	if len(text) != utf8.RuneCountInString(text) {
		text = width.Narrow.String(text)
	}
	return strings.TrimSpace(strings.ToLower(text))
}

// split cuts a folded text around its one number. The number keeps its
// separators; a leading point as in "$.50" belongs to it.
func split(text string) (prefix, number, suffix string, err error) {
	start := strings.IndexFunc(text, isDigit)
	if start < 0 {
		return "", "", "", fmt.Errorf("%w (no digits)", ErrPrice)
	}
	end := start + 1
	for i := end; i < len(text); i++ {
		if isDigit(rune(text[i])) {
			end = i + 1
		} else if i != end || !strings.ContainsRune(".,' ", rune(text[i])) {
			break
		}
	}
	prefix, number, suffix = text[:start], text[start:end], text[end:]
	if strings.IndexFunc(suffix, unicode.IsDigit) >= 0 {
		return "", "", "", after(suffix)
	}
	if strings.ContainsAny(prefix, "-(") {
		return "", "", "", ErrNegative
	}
	prefix = strings.TrimSpace(prefix)
	if bare, point := strings.CutSuffix(prefix, "."); point && written(prefix) == nil {
		prefix, number = bare, "0."+number
	}
	return strings.TrimSpace(prefix), number, strings.TrimSpace(unfinished(suffix)), nil
}

// after says what is wrong with a number that is followed by another.
func after(suffix string) error {
	if exponent := strings.TrimLeft(suffix[1:], "+-"); suffix[0] == 'e' && exponent != "" && isDigit(rune(exponent[0])) {
		return fmt.Errorf("%w (an exponent)", ErrPrice)
	}
	return ErrRange
}

// unfinished drops what stands for "no cents" right after a number: "12.–", "12,-", "12/-", "12.".
func unfinished(suffix string) string {
	if rest, ok := strings.CutPrefix(suffix, "/-"); ok {
		return rest
	}
	if suffix != "" && (suffix[0] == '.' || suffix[0] == ',') {
		return strings.TrimLeft(suffix[1:], "-")
	}
	return suffix
}

// currencyOf understands what stands around the number. Both sides may name the
// currency if they agree, as in "$12 USD".
func currencyOf(prefix, suffix, fallback string) (string, error) {
	var both []string
	for _, side := range []string{prefix, suffix} {
		if side == "" {
			continue
		}
		candidates := candidates(side)
		if candidates == nil {
			return "", fmt.Errorf("%w (%q)", ErrCurrency, side)
		}
		if both != nil {
			candidates = slices.DeleteFunc(candidates, func(c string) bool { return !slices.Contains(both, c) })
		}
		if both = candidates; len(both) == 0 {
			return "", fmt.Errorf("%w (%q and %q differ)", ErrCurrency, prefix, suffix)
		}
	}
	if both != nil {
		return choose(both, fallback), nil
	}
	if !Valid(fallback) {
		return "", fmt.Errorf("%w (none given)", ErrCurrency)
	}
	return fallback, nil
}

// candidates are the currencies a side may mean; "usd $" names one twice.
func candidates(side string) []string {
	side = strings.ReplaceAll(side, " ", "")
	if code := strings.ToUpper(side); Valid(code) {
		return []string{code}
	}
	if found := written(side); found != nil {
		return found
	}
	if len(side) > 3 && Valid(strings.ToUpper(side[:3])) && slices.Contains(written(side[3:]), strings.ToUpper(side[:3])) {
		return []string{strings.ToUpper(side[:3])}
	}
	return nil
}

// once drops a ".00" that was appended to a number with one or two decimals.
func once(number string) string {
	before, ok := strings.CutSuffix(number, ".00")
	point := strings.IndexByte(before, '.')
	if tail := len(before) - point - 1; ok && point > 0 && (tail == 1 || tail == 2) {
		return before
	}
	return number
}

// parts reads a number into the digits before and after its decimal point.
func parts(number string, exponent int) (whole, decimals string, err error) {
	point := decimalPoint(number, exponent)
	whole = number
	if point >= 0 {
		whole, decimals = number[:point], number[point+1:]
	}
	if !grouped(whole) || strings.ContainsAny(decimals, ".,' ") {
		return "", "", fmt.Errorf("%w (its separators make no sense)", ErrPrice)
	}
	return strings.Map(digitsOnly, whole), decimals, nil
}

// decimalPoint is where the decimal point stands, or -1; the rules are Parse's.
func decimalPoint(number string, exponent int) int {
	last := strings.LastIndexAny(number, ".,")
	if last < 0 {
		return -1
	}
	if strings.ContainsAny(number[:last], ".,") {
		if strings.IndexByte(number, number[last]) < last {
			return -1
		}
		return last
	}
	before, following := number[:last], len(number)-last-1
	if following != 3 || exponent == 3 || strings.Trim(before, "0") == "" || len(before) > 3 && !strings.ContainsAny(before, "' ") {
		return last
	}
	return -1
}

// grouped reports whether a whole number is plain digits, or cut into thousands
// in the western or the Indian way by one kind of separator.
func grouped(whole string) bool {
	at := strings.IndexAny(whole, ".,' ")
	if at < 0 {
		return whole != ""
	}
	groups := strings.Split(whole, whole[at:at+1])
	last := len(groups) - 1
	western, indian := len(groups[0]) <= 3, len(groups[0]) <= 2 && whole[at] == ','
	if groups[0] != "" && groups[0][0] == '0' {
		return false
	}
	for i, group := range groups {
		if group == "" || strings.IndexFunc(group, func(r rune) bool { return !isDigit(r) }) >= 0 {
			return false
		}
		if i > 0 {
			western = western && len(group) == 3
			indian = indian && (len(group) == 2 && i < last || len(group) == 3 && i == last)
		}
	}
	return western || indian
}

// minor joins whole and decimal digits into minor units.
func minor(whole, decimals string, exponent int) (int64, error) {
	if len(decimals) > exponent {
		if strings.Trim(decimals[exponent:], "0") != "" {
			return 0, fmt.Errorf("%w (more than %d decimals)", ErrPrice, exponent)
		}
		decimals = decimals[:exponent]
	}
	digits := whole + decimals + strings.Repeat("0", exponent-len(decimals))
	var amount int64
	for _, d := range digits {
		digit := int64(d - '0')
		if amount > (math.MaxInt64-digit)/10 {
			return 0, fmt.Errorf("%w (too large)", ErrPrice)
		}
		amount = amount*10 + digit
	}
	return amount, nil
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func digitsOnly(r rune) rune {
	if isDigit(r) {
		return r
	}
	return -1
}

// shorten keeps error messages readable.
func shorten(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "") + "…"
}
