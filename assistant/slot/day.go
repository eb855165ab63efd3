package slot

import (
	"strings"
	"time"
)

// findDate finds the first day that is named. Its tokens say nothing else.
func (r *reader) findDate() {
	for i := range r.tokens {
		if r.marks[i] != free {
			continue
		}
		for _, read := range []func(*reader, int) (time.Time, int){(*reader).isoDay, (*reader).namedDay, (*reader).weekDay, (*reader).monthDay, (*reader).dayOfMonth, (*reader).daysFromNow, (*reader).holiday} {
			if day, end := read(r, i); end > i {
				r.Date = day
				r.mark(i, end, claimed)
				return
			}
		}
	}
}

// isoDay reads 2026-12-25 and 2026年12月25日.
func (r *reader) isoDay(i int) (time.Time, int) {
	year := r.word(i)
	if len(year) != 4 || !isDigits(year) {
		return time.Time{}, 0
	}
	if r.word(i+1) == "年" {
		if day, end := r.monthDay(i + 2); end > 0 {
			y, _, _ := r.digitsAt(i)
			return time.Date(int(y), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC), end
		}
		return time.Time{}, 0
	}
	if i+2 >= len(r.tokens) || r.gap(i+1) != r.gap(i+2) || r.gap(i+1) != "-" && r.gap(i+1) != "/" {
		return time.Time{}, 0
	}
	day, err := time.Parse("2006-1-2", year+"-"+r.word(i+1)+"-"+r.word(i+2))
	if err != nil {
		return time.Time{}, 0
	}
	return day, i + 3
}

// namedDay reads tomorrow, 后天 and their like.
func (r *reader) namedDay(i int) (time.Time, int) {
	switch two := r.word(i) + r.word(i+1); {
	case two == "大后" && r.word(i+2) == "天":
		return r.in(3), i + 3
	case two == "dayafter" && r.word(i+2) == "tomorrow":
		return r.in(2), i + 3
	case two == "后天":
		return r.in(2), i + 2
	case r.word(i) == "today", r.word(i) == "tonight":
		return r.today, i + 1
	case two == "今天", two == "今晚", two == "今日":
		return r.today, i + 2
	case r.word(i) == "tomorrow", r.word(i) == "tmr", r.word(i) == "tmrw":
		return r.in(1), i + 1
	case two == "明天", two == "明日", two == "明晚":
		return r.in(1), i + 2
	case two == "月底", two == "endof" && (r.word(i+2) == "month" || r.word(i+3) == "month"):
		end := i + 2
		for r.word(end) == "the" || r.word(end) == "this" || r.word(end) == "month" {
			end++
		}
		return r.month(1, 0), end
	case two == "nextmonth":
		return r.month(1, 1), i + 2
	case two == "下月", two == "下个" && r.word(i+2) == "月":
		return r.month(1, 1), i + 2 + r.isWord(i+2, "月")
	}
	return time.Time{}, 0
}

// isWord is 1 if a token is this word, to step over it, else 0.
func (r *reader) isWord(i int, w string) int {
	if r.word(i) == w {
		return 1
	}
	return 0
}

// in is the day some days from now.
func (r *reader) in(days int) time.Time { return r.today.AddDate(0, 0, days) }

// month is a day of the month some months from now; the 0th is the last of the one before.
func (r *reader) month(ahead, day int) time.Time {
	return time.Date(r.today.Year(), r.today.Month()+time.Month(ahead), day, 0, 0, 0, 0, time.UTC)
}

var weekdays = map[string]time.Weekday{
	"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0,
	"mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 0,
	"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 0, "天": 0, "末": 6,
}

// weekDay reads Friday, "next Friday", 下周五, 周末, "this weekend", "next week".
func (r *reader) weekDay(i int) (time.Time, int) {
	monday := r.in(-(int(r.today.Weekday()) + 6) % 7)
	before, week := r.word(i-1), 0
	switch {
	case before == "next" || before == "下" || before == "个" && r.word(i-2) == "下":
		week = 7
	case before == "last" || before == "上" || before == "个" && r.word(i-2) == "上" || before == "每" || before == "every":
		return time.Time{}, 0
	}
	at, w := i, r.word(i)
	switch {
	case w == "周" || w+r.word(i+1) == "星期" || w+r.word(i+1) == "礼拜":
		if at++; w != "周" {
			at++
		}
		if _, ok := weekdays[r.word(at)]; !ok || r.word(at+1) == "岁" || r.word(at+1) == "年" || r.gap(at) != "" {
			return monday.AddDate(0, 0, 7), at * week / 7
		}
	case w == "week":
		return monday.AddDate(0, 0, 7), (i + 1) * week / 7
	case w == "weekend":
		return r.weekend(monday, week), i + 1
	case isHan(w), len(w) < 6 && !dayCues[before]:
		return time.Time{}, 0
	}
	if r.word(at) == "末" {
		return r.weekend(monday, week), at + 1
	}
	weekday, ok := weekdays[strings.TrimSuffix(r.word(at), "s")]
	if !ok {
		return time.Time{}, 0
	}
	found := monday.AddDate(0, 0, week+(int(weekday)+6)%7)
	if week == 0 && !found.After(r.today) {
		found = found.AddDate(0, 0, 7)
	}
	return found, at + 1
}

// weekend is the Saturday of a week, or today where that is over.
func (r *reader) weekend(monday time.Time, week int) time.Time {
	saturday := monday.AddDate(0, 0, week+5)
	if saturday.Before(r.today) {
		return r.today
	}
	return saturday
}

var dayCues = set("by on next this before until till for")

// monthDay reads "25 December", "Dec 25th" and 12月25日.
func (r *reader) monthDay(i int) (time.Time, int) {
	n, end, ok := r.numberAt(i)
	switch {
	case ok && r.word(end) == "月":
		day, end, ok := r.numberAt(end + 1)
		if end += r.isWord(end, "日") + r.isWord(end, "号"); ok {
			return r.next(time.Month(n), int(day), end)
		}
	case ok:
		for ordinalEnds[r.word(end)] || r.word(end) == "of" {
			end++
		}
		if month, ok := months[r.word(end)]; ok && n <= 31 {
			return r.next(month, int(n), end+1)
		}
	default:
		if month, ok := months[r.word(i)]; ok {
			day, end, ok := r.numberAt(i + 1 + r.isWord(i+1, "the"))
			if ok && day <= 31 {
				for ordinalEnds[r.word(end)] {
					end++
				}
				return r.next(month, int(day), end)
			}
		}
	}
	return time.Time{}, 0
}

var ordinalEnds = map[string]bool{"st": true, "nd": true, "rd": true, "th": true}

// months are the English months, also shortened.
var months = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

// next is the next day of this date from today on.
func (r *reader) next(m time.Month, d, end int) (time.Time, int) {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return time.Time{}, 0
	}
	day := time.Date(r.today.Year(), m, d, 0, 0, 0, 0, time.UTC)
	if day.Before(r.today) {
		day = time.Date(r.today.Year()+1, m, d, 0, 0, 0, 0, time.UTC)
	}
	if day.Day() != d {
		return time.Time{}, 0
	}
	return day, end
}

// dayOfMonth reads "by the 24th", 24号之前 and, where it can be nothing else, 12/24.
func (r *reader) dayOfMonth(i int) (time.Time, int) {
	n, end, ok := r.digitsOnly(i)
	if !ok || n < 1 || n > 31 {
		return time.Time{}, 0
	}
	by := r.word(i-1) == "the" && (r.word(i-2) == "by" || r.word(i-2) == "before" || r.word(i-2) == "until")
	if by && ordinalEnds[r.word(end)] {
		return r.dayFrom(n), end + 1
	}
	if after := r.word(end+1) + r.word(end+2); r.word(end) == "号" && (strings.HasPrefix(after, "前") || after == "之前" || after == "以前") {
		return r.dayFrom(n), end + 1
	}
	if m, to, ok := r.digitsOnly(end); ok && r.gap(end) == "/" && (n > 12) != (m > 12) && r.gap(to) != "/" {
		return r.next(time.Month(min(n, m)), max(n, m), to)
	}
	return time.Time{}, 0
}

// digitsOnly reads a whole number of digits.
func (r *reader) digitsOnly(i int) (n, end int, ok bool) {
	if w := r.word(i); isDigits(w) && len(w) <= 4 {
		v, _, _ := r.digitsAt(i)
		return int(v), i + 1, true
	}
	return 0, i, false
}

// dayFrom is the next day of the month with this number, from today on.
func (r *reader) dayFrom(n int) time.Time {
	for ahead := range 3 {
		if day := r.month(ahead, n); day.Day() == n && !day.Before(r.today) {
			return day
		}
	}
	return r.month(1, n)
}

// grace are words of the days in which a thing may be returned, which are none to need it by.
var grace = []string{"return", "refund", "exchange", "退", "换", "保修"}

// daysFromNow reads "in 3 days", "within two weeks", 三天内, 一周后.
func (r *reader) daysFromNow(i int) (time.Time, int) {
	n, end, ok := r.numberAt(i)
	if !ok && (r.word(i) == "a" || r.word(i) == "an") {
		n, end, ok = 1, i+1, true
	}
	if !ok || n > 365 || n < 1 {
		return time.Time{}, 0
	}
	before, unit, after := r.word(i-1), r.word(end), r.word(end+1)
	english := before == "in" || before == "within"
	chinese := after == "内" || after == "后" || after == "之" || after == "以"
	days := 0
	switch {
	case english && (unit == "day" || unit == "days"), chinese && unit == "天":
		days = 1
	case english && (unit == "week" || unit == "weeks"), chinese && (unit == "周" || unit == "星"):
		days = 7
	}
	if days == 0 || r.contains(grace) {
		return time.Time{}, 0
	}
	return r.in(days * int(n)), end + 1
}
