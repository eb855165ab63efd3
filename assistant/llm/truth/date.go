package truth

import (
	"strings"
	"time"
)

// dateAt reads a date or a weekday: 2026-11-24, 24 November, Nov 24th, 11月24日,
// tomorrow, Friday, 周五.
func (t *text) dateAt(i int, now time.Time) int {
	if t.all[i].sort == digits {
		if next := t.numericDate(i); next > i {
			return next
		}
	}
	if next := t.hanDate(i); next > i {
		return next
	}
	if next := t.englishDate(i); next > i {
		return next
	}
	return t.relativeDay(i, now)
}

// whole is a number of digits without separators, or -1.
func (t *text) whole(i int) int {
	if i >= len(t.all) || i < 0 || t.all[i].sort != digits || len(t.all[i].text) > 4 {
		return -1
	}
	n := 0
	for _, r := range t.all[i].text {
		if r < '0' || r > '9' {
			return -1
		}
		n = n*10 + int(r-'0')
	}
	return n
}

func validDay(d day) bool {
	return d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31 && (d.year == 0 || d.year >= 1900 && d.year <= 2200)
}

// numericDate reads 2026-11-24, 2026/11/24, 2026.11.24, 24/11/2026 and, behind
// words such as "until", 24/11.
func (t *text) numericDate(i int) int {
	if parts := strings.Split(t.all[i].text, "."); len(parts) == 3 {
		if d, err := time.Parse("2006.1.2", t.all[i].text); err == nil {
			return t.add(claim{kind: date, day: dayOf(d)}, i, i+1)
		}
	}
	sep, a, b := t.word(i+1), t.whole(i), t.whole(i+2)
	if sep != "-" && sep != "/" || a < 0 || b < 0 {
		return i
	}
	c := t.whole(i + 4)
	switch {
	case t.word(i+3) == sep && c >= 0 && validDay(day{a, b, c}):
		return t.add(claim{kind: date, day: day{a, b, c}}, i, i+5)
	case t.word(i+3) == sep && c >= 1900:
		return t.either(a, b, c, i, i+5)
	case sep == "/" && t.before(i, 2, dateWords):
		return t.either(a, b, 0, i, i+3)
	}
	return i
}

// either adds a date whose day and month may be in both orders.
func (t *text) either(a, b, year, i, next int) int {
	c := claim{kind: date, day: day{year, b, a}, swapped: day{year, a, b}}
	if !validDay(c.swapped) {
		c.swapped = day{}
	}
	if !validDay(c.day) {
		c.day, c.swapped = c.swapped, day{}
	}
	if c.day == (day{}) {
		return i
	}
	return t.add(c, i, next)
}

var dateWords = set("on by until till before from after since ends to 到 至 于 截止 之前 在")

// hanDate reads 2026年11月24日, 十一月二十四号, 11月, and 周五, 星期五, 礼拜天.
func (t *text) hanDate(i int) int {
	if next := t.hanWeekday(i); next > i {
		return next
	}
	d, start := day{}, i
	n, ok := numeralAt(t.all, i)
	if ok && t.word(n.next) == "年" && n.value >= 1900 && n.value <= 2200 {
		d.year, i = int(n.value), n.next+1
		n, ok = numeralAt(t.all, i)
	}
	if !ok || t.word(n.next) != "月" || n.value < 1 || n.value > 12 {
		if d.year > 0 {
			return t.add(claim{kind: date, day: d}, start, i)
		}
		return start
	}
	d.month, i = int(n.value), n.next+1
	if n, ok = numeralAt(t.all, i); ok && n.value >= 1 && n.value <= 31 {
		switch t.word(n.next) {
		case "日", "号":
			d.day, i = int(n.value), n.next+1
		default:
			if t.all[i].sort == digits {
				d.day, i = int(n.value), n.next
			}
		}
	}
	return t.add(claim{kind: date, day: d}, start, i)
}

func (t *text) hanWeekday(i int) int {
	skip := 0
	switch t.joined(i, 2) {
	case "星期", "礼拜":
		skip = 2
	default:
		if t.word(i) == "周" {
			skip = 1
		}
	}
	if skip == 0 {
		return i
	}
	w := t.word(i + skip)
	if w == "日" || w == "天" {
		return t.add(claim{kind: weekday}, i, i+skip+1)
	}
	if v := hanDigit(w); v >= 1 && v <= 6 {
		return t.add(claim{kind: weekday, value: v, other: v}, i, i+skip+1)
	}
	return i
}

// englishDate reads "24 November 2026", "November 24th, 2026", "Nov 24", "in May",
// and weekdays.
func (t *text) englishDate(i int) int {
	if w, ok := weekdays[t.word(i)]; ok || weekdays[singular(t.word(i))] > 0 {
		if !ok {
			w = weekdays[singular(t.word(i))]
		}
		if len(t.word(i)) > 5 || t.capital(i) {
			v := float64(w % 7)
			return t.add(claim{kind: weekday, value: v, other: v}, i, i+1)
		}
	}
	d, next := day{}, i
	if n := t.whole(i); n >= 1 && n <= 31 {
		j := t.ordinal(i + 1)
		if t.word(j) == "of" {
			j++
		}
		if m := t.month(j); m > 0 {
			d, next = day{0, m, n}, j+1
		}
	} else if m := t.month(i); m > 0 {
		d, next = day{month: m}, i+1
		if t.word(next) == "the" {
			next++
		}
		if n := t.whole(next); n >= 1 && n <= 31 {
			d.day, next = n, t.ordinal(next+1)
		} else if next = i + 1; t.whole(next) < 1900 && !t.before(i, 1, monthWords) {
			return i // May and March are words too
		}
	}
	if d.month == 0 {
		return i
	}
	alone := d.day == 0 // said of seasons too: "nothing beats wool in January"
	j := next
	if t.word(j) == "," {
		j++
	}
	if y := t.whole(j); y >= 1900 && y <= 2200 {
		d.year, next = y, j+1
	}
	return t.add(claim{kind: date, day: d, weak: alone && d.year == 0}, i, next)
}

var monthWords = set("in by until till before from after since of this next last late early mid through")

// ordinal skips the ending of 24th.
func (t *text) ordinal(i int) int {
	switch t.word(i) {
	case "st", "nd", "rd", "th":
		if !t.all[i].spaced {
			return i + 1
		}
	}
	return i
}

// capital tells whether a word begins with a capital letter and is not the first.
func (t *text) capital(i int) bool {
	b := t.raw[t.all[i].from]
	return i > 0 && b >= 'A' && b <= 'Z'
}

func (t *text) month(i int) int {
	w := t.word(i)
	if m, ok := months[w]; ok && t.raw[t.all[i].from] <= 'Z' {
		return m
	}
	return 0
}

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

var weekdays = map[string]int{
	"sunday": 7, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
	"sun": 7, "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6,
}

// relativeDay reads tomorrow and its like. "Today" is said of many things; it is
// a claim only where the sentence promises something (see Gate.idle).
func (t *text) relativeDay(i int, now time.Time) int {
	days, n, weak := 0, 1, false
	switch t.word(i) {
	case "today", "tonight":
		weak = true
	case "tomorrow":
		days = 1
	default:
		n = 2
		switch t.joined(i, 2) {
		case "今天", "今日", "今晚":
			weak = true
		case "明天", "明日", "明晚":
			days = 1
		case "后天":
			days = 2
		default:
			return i
		}
	}
	return t.add(claim{kind: date, day: dayOf(now.AddDate(0, 0, days)), weak: weak}, i, i+n)
}

// clockAt reads 9:00, 9.30 pm, 9am, 9 o'clock, 上午9点半, 21点.
func (t *text) clockAt(i int) int {
	start := i
	switch w := t.word(i); {
	case w == "midnight" || t.joined(i, 2) == "午夜" || t.joined(i, 2) == "零点":
		return t.add(claim{kind: clock}, i, i+1)
	case w == "noon" || w == "midday":
		return t.add(claim{kind: clock, value: 720, other: 720}, i, i+1)
	}
	half := ""
	if h := t.joined(i, 2); strings.Contains(" 上午 早上 下午 晚上 中午 凌晨 ", " "+h+" ") && h != "" {
		half, i = h, i+2
	}
	n, ok := numeralAt(t.all, i)
	if !ok || n.value < 0 || n.value > 24 {
		return start
	}
	minutes, next := int(n.value)*60, n.next
	switch m := t.whole(next + 1); {
	case t.word(next) == ":" && m >= 0 && m < 60:
		minutes, next = minutes+m, next+2
	case t.word(next) == "点" && (minutes > 60 || half != ""): // 一点 is a little
		if next++; t.word(next) == "半" {
			minutes, next = minutes+30, next+1
		} else if m, ok := numeralAt(t.all, next); ok && t.word(m.next) == "分" {
			minutes, next = minutes+int(m.value), m.next+1
		}
	case t.word(next) == "am" || t.word(next) == "pm" || t.word(next) == "o'clock":
	default:
		return start
	}
	c := claim{kind: clock, value: float64(minutes), other: float64((minutes + 12*60) % (24 * 60))}
	switch w := t.word(next); {
	case w == "am" || half == "上午" || half == "早上" || half == "凌晨":
		c.value = float64(minutes % (12 * 60))
		c.other = c.value
	case w == "pm" || half == "下午" || half == "晚上" || half == "中午" && minutes < 6*60:
		c.value = float64(minutes%(12*60) + 12*60)
		c.other = c.value
	case minutes >= 12*60 || t.word(n.next) == ":" && len(t.word(i)) == 2: // 09:00
		c.other = c.value
	}
	switch t.word(next) {
	case "am", "pm", "o'clock":
		next++
	}
	return t.add(c, start, next)
}
