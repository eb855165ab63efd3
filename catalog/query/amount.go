package query

import (
	"math"
	"strconv"
	"strings"
)

// maxAmount bounds amounts, in units of the currency.
const maxAmount = 1e12

// amount is a number in the text that may be a price.
type amount struct {
	from, to int     // tokens, with the words of its currency
	value    float64 // in units of the currency
	currency string  // as in phrases.money; empty if none is said
	scaled   bool    // said with 万 or k: big round numbers are prices
}

// amountAt reads the amount that begins at a token: "$50", "rs 2,000", "1.5k",
// "two hundred dollars", "两百块钱", "1万5".
func (s *sentence) amountAt(i int) (a amount, ok bool) {
	a.from = i
	if code, n := s.v.phrases.money.Longest(s.tokens[i:]); n > 0 && isWord(s.word(i)) {
		a.currency = code
		i += n
	}
	if i >= len(s.tokens) || s.claims[i] != free {
		return a, false
	}
	if a.value, a.to, a.scaled, ok = s.numberAt(i); !ok || a.value > maxAmount {
		return a, false
	}
	if code := symbolCurrency(s.gap(i), true); code != "" {
		a.currency = code
	}
	if code := symbolCurrency(s.gap(a.to), false); code != "" && a.currency == "" {
		a.currency = code
	}
	if code, n := s.v.phrases.money.Longest(s.tokens[a.to:]); n > 0 && (s.gap(a.to) == "" || s.gap(a.to) == " ") {
		if a.currency == "" || a.currency == "$" {
			a.currency = code
		}
		a.to += n
	}
	return a, true
}

// symbolCurrency returns the currency of a symbol next to a number.
func symbolCurrency(gap string, before bool) string {
	gap = strings.TrimSpace(gap)
	if gap == "" {
		return ""
	}
	for symbol, code := range symbols {
		if before && strings.HasSuffix(gap, symbol) || !before && strings.HasPrefix(gap, symbol) {
			return code
		}
	}
	return ""
}

// symbols are signs of money and the currencies they say; two are shared by several.
var symbols = map[string]string{"$": "$", "€": "EUR", "£": "GBP", "¥": "¥", "₹": "INR", "₩": "KRW", "₽": "RUB", "฿": "THB"}

// takes tells whether an amount in a currency is one in the store's.
func (v *Vocabulary) takes(currency string) bool {
	switch currency {
	case "", anyCurrency, v.currency:
		return true
	case "$":
		switch v.currency {
		case "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP":
			return true
		}
	case "¥":
		return v.currency == "CNY" || v.currency == "JPY"
	case "INR":
		return v.currency == "PKR" || v.currency == "LKR" || v.currency == "NPR"
	}
	return false
}

// minor turns an amount into minor units.
func (v *Vocabulary) minor(value float64) *int64 {
	n := int64(math.Round(value * v.unit))
	return &n
}

// numberAt reads a number in digits or words at a token and returns where it ends.
func (s *sentence) numberAt(i int) (value float64, end int, scaled, ok bool) {
	word := s.word(i)
	switch {
	case word == "":
		return 0, i, false, false
	case word[0] >= '0' && word[0] <= '9':
		value, ok = digits(word)
		end = i + 1
	case isHan(word):
		return s.chineseAt(i)
	default:
		value, end = s.spelledAt(i)
		return value, end, false, end > i
	}
	if !ok {
		return 0, i, false, false
	}
	scale := scales[s.word(end)]
	gap := s.gap(end)
	if scale == 0 || gap != "" && (gap != " " || len(s.word(end)) < 4) {
		return value, end, false, true
	}
	value, end = value*scale, end+1
	if next := s.word(end); scale > 100 && isHan(s.word(end-1)) && len(next) == 1 && next[0] >= '1' && next[0] <= '9' {
		value, end = value+float64(next[0]-'0')*scale/10, end+1 // 1万5
	}
	return value, end, scale >= 1e3, true
}

// scales are what may follow digits to multiply them.
var scales = map[string]float64{
	"k": 1e3, "w": 1e4, "百": 100, "千": 1e3, "万": 1e4, "hundred": 100, "thousand": 1e3, "grand": 1e3, "lakh": 1e5, "lakhs": 1e5,
}

// digits reads "1,299.50", "1.299,50", "2,000" and "12,5".
func digits(word string) (float64, bool) {
	comma, point := strings.LastIndexByte(word, ','), strings.LastIndexByte(word, '.')
	switch {
	case comma > point && len(word)-comma-1 <= 2: // a decimal comma
		word = strings.ReplaceAll(word[:comma], ".", "") + "." + word[comma+1:]
	case strings.Count(word, ".") > 1 || point >= 0 && comma < 0 && len(word)-point-1 == 3 && point <= 3 && word[0] != '0':
		word = strings.ReplaceAll(word, ".", "") // 1.299 and 1.000.000
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(word, ",", ""), 64)
	return value, err == nil
}

// chineseAt reads 三百五, 一千五百, 两万, 十五. A digit alone is no amount unless
// money follows: 一款 is "a kind of", 一块 mostly "a piece of".
func (s *sentence) chineseAt(i int) (value float64, end int, scaled, ok bool) {
	total, section, digit, unit := 0.0, 0.0, 0.0, 0.0
	for end = i; end < len(s.tokens) && (end == i || s.gap(end) == ""); end++ {
		d, isDigit := chineseDigits[s.word(end)]
		scale := chineseScales[s.word(end)]
		switch {
		case isDigit && d == 0:
			unit = min(unit, 10) // what follows 零 counts ones
		case isDigit:
			digit = d
		case scale == 0, scale != 10 && total+section+digit == 0:
			return total + section + tens(digit, unit), end, total > 0, unit > 0 || end > i && s.moneyAt(end)
		case scale == 1e4:
			total, section, digit, unit = (total+section+digit)*scale, 0, 0, scale
		case digit == 0 && section == 0:
			section, unit = scale, scale // 十五
		default:
			section, digit, unit = section+digit*scale, 0, scale
		}
	}
	return total + section + tens(digit, unit), end, total > 0, unit > 0
}

var (
	chineseDigits = map[string]float64{"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
	chineseScales = map[string]float64{"十": 10, "百": 100, "千": 1e3, "万": 1e4}
)

// tens gives a number's last digit its place after the last unit: 三百五 is 350.
func tens(digit, unit float64) float64 {
	if unit >= 100 {
		return digit * unit / 10
	}
	return digit
}

// moneyAt tells whether words for money, and nothing else, stand at a token.
func (s *sentence) moneyAt(i int) bool {
	if i >= len(s.tokens) {
		return false
	}
	_, n := s.v.phrases.money.Longest(s.tokens[i:])
	return n > 0 && (n > 1 || s.word(i) != "块")
}

// spelledAt reads "fifty", "twenty five", "a hundred", "two hundred and fifty".
// The end is the start where there is no number.
func (s *sentence) spelledAt(i int) (value float64, end int) {
	total, part := 0.0, 0.0
	at := i
	if s.word(i) == "a" && (s.word(i+1) == "hundred" || s.word(i+1) == "thousand") {
		part, at = 1, i+1
	}
	for end = at; at < len(s.tokens) && (at == i || strings.Trim(s.gap(at), " -") == ""); at++ {
		switch word := s.word(at); {
		case spelled[word] > 0:
			part += spelled[word]
		case word == "hundred" && part > 0:
			part *= 100
		case word == "thousand" && part > 0:
			total, part = total+part*1000, 0
		case word == "and" && at > i && part >= 100 && spelled[s.word(at+1)] > 0:
			continue
		default:
			at = len(s.tokens)
			continue
		}
		end = at + 1
	}
	if total+part == 0 {
		return 0, i
	}
	return total + part, end
}

// spelled are the English numbers, without one, which mostly is a pronoun.
var spelled = map[string]float64{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
	"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
