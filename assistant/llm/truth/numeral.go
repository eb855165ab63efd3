package truth

import (
	"math"
	"strconv"
	"strings"
)

// numeral is a number in a text.
type numeral struct {
	value   float64
	other   float64 // the second reading of "1.299", else value
	next    int     // the token after it
	spelled bool    // in words, not digits
	grouped bool    // several digits or characters make it: no idiom
}

// same compares numbers that were written with decimals.
func same(a, b float64) bool { return math.Abs(a-b) < 1e-6*max(1, math.Abs(a)) }

// numeralAt reads the number that begins at a token: 1,299.00, 1.5万, 三百五十,
// "two hundred and fifty", "a dozen".
func numeralAt(all []token, i int) (n numeral, ok bool) {
	if i >= len(all) || all[i].used {
		return n, false
	}
	switch all[i].sort {
	case digits:
		n.value, n.other, ok = readDigits(all[i].text)
		n.next, n.grouped = i+1, true
	case han:
		if all[i].text == "半" {
			return numeral{value: .5, other: .5, next: i + 1, spelled: true}, true
		}
		n, ok = hanNumeral(all, i)
		n = hanDecimals(all, n)
	case word:
		n, ok = spelledNumeral(all, i)
	}
	if !ok {
		return n, false
	}
	if scale, next := scaleAt(all, n.next); scale > 0 && !n.spelled {
		n.value, n.other, n.next = n.value*scale, n.other*scale, next
	}
	return n, true
}

// readDigits reads digits with their separators. A single separator before three
// digits may be of thousands or of decimals: then there are two readings.
func readDigits(text string) (value, other float64, ok bool) {
	text = strings.ReplaceAll(text, "'", "")
	last := strings.LastIndexAny(text, ".,")
	if last < 0 {
		value, err := strconv.ParseFloat(text, 64)
		return value, value, err == nil && value < 1e15
	}
	plain := func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", "") }
	whole, err := strconv.ParseFloat(plain(text), 64)
	decimal, err2 := strconv.ParseFloat(plain(text[:last])+"."+text[last+1:], 64)
	if err != nil || err2 != nil || whole >= 1e15 {
		return 0, 0, false
	}
	kinds := strings.Contains(text, ".") && strings.Contains(text, ",")
	switch repeated := strings.Count(text, text[last:last+1]) > 1; {
	case kinds && repeated, repeated && len(text)-last-1 != 3:
		return 0, 0, false // such as 1.2.3
	case repeated:
		return whole, whole, true
	case kinds || len(text)-last-1 != 3:
		return decimal, decimal, true
	}
	return whole, decimal, true
}

// scaleAt reads what multiplies the digits before it.
func scaleAt(all []token, i int) (scale float64, next int) {
	if i >= len(all) {
		return 0, i
	}
	switch t := all[i]; t.text {
	case "百", "千", "万", "亿":
		return hanScale(t.text), i + 1
	case "k":
		if !t.spaced {
			return 1e3, i + 1
		}
	case "hundred":
		return 100, i + 1
	case "thousand", "grand":
		return 1e3, i + 1
	case "lakh", "lakhs":
		return 1e5, i + 1
	case "million":
		return 1e6, i + 1
	case "dozen":
		return 12, i + 1
	}
	return 0, i
}

func hanDigit(s string) float64 {
	switch s {
	case "零", "〇":
		return 0
	case "一":
		return 1
	case "二", "两":
		return 2
	case "三":
		return 3
	case "四":
		return 4
	case "五":
		return 5
	case "六":
		return 6
	case "七":
		return 7
	case "八":
		return 8
	case "九":
		return 9
	}
	return -1
}

func hanScale(s string) float64 {
	switch s {
	case "十":
		return 10
	case "百":
		return 100
	case "千":
		return 1e3
	case "万":
		return 1e4
	case "亿":
		return 1e8
	}
	return 0
}

// hanNumeral reads 三百五, 一千零五十, 十五, 两万, 八五 (as in 八五折) and 二〇二六.
func hanNumeral(all []token, i int) (n numeral, ok bool) {
	total, section, digit, unit, plain, said := 0.0, 0.0, 0.0, 0.0, true, false
	end := i
	for ; end < len(all) && all[end].sort == han && !all[end].used && (end == i || !all[end].spaced); end++ {
		d, scale := hanDigit(all[end].text), hanScale(all[end].text)
		if d < 0 && (scale == 0 || scale != 10 && total+section+digit == 0) {
			break
		}
		switch {
		case d >= 0 && plain:
			digit, said = digit*10+d, true
		case d == 0:
			unit = min(unit, 10)
		case d > 0:
			digit = d
		case scale >= 1e4:
			total, section, digit, unit = (total+section+digit)*scale, 0, 0, scale
		default:
			if !said && digit == 0 && section == 0 {
				digit = 1 // 十五
			}
			section, digit, unit = section+digit*scale, 0, scale
		}
		plain = plain && d >= 0
	}
	if end == i {
		return n, false
	}
	if unit >= 100 && digit > 0 && digit < 10 {
		digit *= unit / 10 // 三百五 is 350
	}
	n = numeral{value: total + section + digit, next: end, spelled: true, grouped: end-i > 1}
	n.other = n.value
	return n, true
}

// hanDecimals adds the decimals of 三点九公斤. Without a unit 三点 is a time of day.
func hanDecimals(all []token, n numeral) numeral {
	i := n.next
	if i == 0 || i+1 >= len(all) || all[i].text != "点" {
		return n
	}
	value, place, end := n.value, .1, i+1
	for ; end < len(all) && hanDigit(all[end].text) >= 0; end++ {
		value += hanDigit(all[end].text) * place
		place /= 10
	}
	t := text{all: all}
	if _, unit := t.unitAt(end); end == i+1 || unit == 0 && !(end < len(all) && currencyWords[all[end].text] != nil) {
		return n
	}
	return numeral{value: value, other: value, next: end, spelled: true, grouped: true}
}

// spelledNumeral reads English numbers. "One" is one, mostly a pronoun: the
// caller looks at what follows.
func spelledNumeral(all []token, i int) (n numeral, ok bool) {
	total, part, end := 0.0, 0.0, i
	at := i
	if all[i].text == "half" && i+1 < len(all) && (all[i+1].text == "a" || all[i+1].text == "an") && (i+2 == len(all) || all[i+2].text != "dozen") {
		return numeral{value: .5, other: .5, next: i + 2, spelled: true}, true
	}
	if t := all[i].text; (t == "a" || t == "an") && i+1 < len(all) {
		if all[i+1].text == "couple" {
			return numeral{value: 2, other: 2, next: i + 2, spelled: true}, true
		}
		if scale, _ := scaleAt(all, i+1); scale > 1 && all[i+1].text != "k" {
			part, at = 1, i+1
		}
	}
	for ; at < len(all); at++ {
		w := all[at].text
		v, scale := spelledValue(w), 0.0
		if part > 0 {
			scale, _ = scaleAt(all, at)
		}
		switch {
		case v > 0:
			part += v
		case scale == 100 || scale == 12:
			part *= scale
		case scale > 100 && w != "k":
			total, part = total+part*scale, 0
		case w == "and" && part >= 100 && at+1 < len(all) && spelledValue(all[at+1].text) > 0:
			continue
		default:
			v = -1
		}
		if v < 0 {
			break
		}
		end = at + 1
	}
	n = numeral{value: total + part, other: total + part, next: end, spelled: true, grouped: end-i > 1}
	return n, end > i && n.value > 0
}

func spelledValue(w string) float64 {
	small := [...]string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
		"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	tens := [...]string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	if len(w) < 3 || len(w) > 9 {
		return 0
	}
	for i, s := range small {
		if w == s {
			return float64(i + 1)
		}
	}
	for i, s := range tens {
		if w == s {
			return float64(i+2) * 10
		}
	}
	return 0
}
