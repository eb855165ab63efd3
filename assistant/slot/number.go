package slot

import (
	"strconv"
	"strings"
)

// numberAt reads a number in digits or words at a token and returns where it ends:
// 1,299.50, 2k, 三百五, 1万5, "two hundred and fifty".
func (r *reader) numberAt(i int) (value float64, end int, ok bool) {
	switch w := r.word(i); {
	case w == "":
		return 0, i, false
	case w[0] >= '0' && w[0] <= '9':
		return r.digitsAt(i)
	case isHan(w):
		return r.hanAt(i)
	}
	return r.spelledAt(i)
}

func (r *reader) digitsAt(i int) (value float64, end int, ok bool) {
	w := r.word(i)
	if comma := strings.LastIndexByte(w, ','); comma > strings.LastIndexByte(w, '.') && len(w)-comma-1 != 3 {
		w = strings.ReplaceAll(w[:comma], ".", "") + "." + w[comma+1:] // a decimal comma
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64)
	if err != nil {
		return 0, i, false
	}
	end = i + 1
	scale := scales[r.word(end)]
	if scale == 0 || end >= len(r.tokens) || r.gap(end) != "" {
		return value, end, true
	}
	value, end = value*scale, end+1
	if next := r.word(end); isHan(r.word(end-1)) && len(next) == 1 && isDigits(next) && r.gap(end) == "" {
		value, end = value+float64(next[0]-'0')*scale/10, end+1 // 1万5
	}
	return value, end, true
}

// scales are what may follow digits, without a space, to multiply them.
var scales = map[string]float64{"k": 1e3, "w": 1e4, "百": 100, "千": 1e3, "万": 1e4}

var (
	hanDigits = map[string]float64{"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
	hanScales = map[string]float64{"十": 10, "百": 100, "千": 1e3, "万": 1e4}
)

// hanAt reads 三百五, 一千五百, 两万, 十五 and 五.
func (r *reader) hanAt(i int) (value float64, end int, ok bool) {
	total, section, digit, unit := 0.0, 0.0, 0.0, 0.0
	for end = i; end < len(r.tokens) && (end == i || r.gap(end) == ""); end++ {
		d, isDigit := hanDigits[r.word(end)]
		scale := hanScales[r.word(end)]
		switch {
		case isDigit && d == 0 && end > i:
			unit = min(unit, 10) // what follows 零 counts ones
		case isDigit && digit == 0:
			digit = d
		case scale == 1e4 && total == 0 && section+digit > 0:
			total, section, digit, unit = (section+digit)*scale, 0, 0, scale
		case (scale == 10 || scale > 0 && digit > 0) && scale < 1e4:
			section, digit, unit = section+max(digit, 1)*scale, 0, scale
		default:
			return total + section + lastDigit(digit, unit), end, end > i
		}
	}
	return total + section + lastDigit(digit, unit), end, end > i
}

// lastDigit gives a number's last digit its place after the last unit: 三百五 is 350.
func lastDigit(digit, unit float64) float64 {
	if unit >= 100 {
		return digit * unit / 10
	}
	return digit
}

// spelledAt reads "fifty", "twenty five", "a hundred", "two hundred and fifty".
func (r *reader) spelledAt(i int) (value float64, end int, ok bool) {
	total, part, at := 0.0, 0.0, i
	if r.word(i) == "a" && (r.word(i+1) == "hundred" || r.word(i+1) == "thousand") {
		part, at = 1, i+1
	}
	for end = i; at < len(r.tokens) && (at == i || strings.Trim(r.gap(at), " -") == ""); at++ {
		switch word := r.word(at); {
		case spelled[word] > 0:
			part += spelled[word]
		case word == "hundred" && part > 0:
			part *= 100
		case word == "thousand" && part > 0:
			total, part = total+part*1000, 0
		case word == "and" && part >= 100 && spelled[r.word(at+1)] > 0:
			continue
		default:
			return total + part, end, end > i
		}
		end = at + 1
	}
	return total + part, end, end > i
}

// spelled are the English numbers.
var spelled = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
	"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
