package outfit

import (
	"strings"
	"time"

	"honeyguide/packs"
)

// dayIn finds the day by which something is needed, or the zero time: "by
// Friday", "25 December", 下周五前, "in 3 days". Days without a year are the
// next ones; a week that is named without its day begins with Monday, so that
// nothing comes too late.
func dayIn(tokens []packs.Token, now time.Time) time.Time {
	today := day(now)
	for i := range tokens {
		for _, read := range []func([]packs.Token, int, time.Time) (time.Time, bool){isoDay, namedDay, weekDay, monthDay, daysFromNow} {
			if at, ok := read(tokens, i, today); ok {
				return at
			}
		}
	}
	return time.Time{}
}

// isoDay reads 2026-12-25.
func isoDay(tokens []packs.Token, i int, today time.Time) (time.Time, bool) {
	if i+2 >= len(tokens) || len(tokens[i].Text) != 4 || !isOneOf(tokens[i+1].Gap, "-", "/") || tokens[i+1].Gap != tokens[i+2].Gap {
		return time.Time{}, false
	}
	at, err := time.Parse("2006-1-2", tokens[i].Text+"-"+tokens[i+1].Text+"-"+tokens[i+2].Text)
	return at, err == nil && !at.Before(today)
}

// namedDay reads tomorrow, 后天 and their like.
func namedDay(tokens []packs.Token, i int, today time.Time) (time.Time, bool) {
	switch two := word(tokens, i) + word(tokens, i+1); {
	case two == "后天" && word(tokens, i-1) == "大":
		return today.AddDate(0, 0, 3), true
	case two == "dayafter" && word(tokens, i+2) == "tomorrow", two == "后天" && word(tokens, i-1) != "今":
		return today.AddDate(0, 0, 2), true
	case isOneOf(word(tokens, i), "today", "tonight"), two == "今天", two == "今晚":
		return today, true
	case word(tokens, i) == "tomorrow", two == "明天":
		return today.AddDate(0, 0, 1), true
	case two == "月底":
		return time.Date(today.Year(), today.Month()+1, 0, 0, 0, 0, 0, time.UTC), true
	}
	return time.Time{}, false
}

var weekdays = map[string]time.Weekday{
	"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0,
	"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 0, "天": 0, "末": 6,
}

// weekDay reads Friday, "next Friday", 下周五, 周末, "this weekend", "next week".
func weekDay(tokens []packs.Token, i int, today time.Time) (time.Time, bool) {
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	before := word(tokens, i-1)
	week := 0
	if before == "next" || before == "下" || before == "个" && word(tokens, i-2) == "下" {
		week = 7
	}
	at := i
	switch w := word(tokens, i); {
	case w == "周" || w == "週" || isOneOf(w+word(tokens, i+1), "星期", "礼拜"):
		at++
		if w != "周" && w != "週" {
			at++
		}
		if _, ok := weekdays[word(tokens, at)]; !ok || isOneOf(word(tokens, at+1), "岁", "年") {
			return monday.AddDate(0, 0, 7), week > 0
		}
	case w == "week" && week > 0:
		return monday.AddDate(0, 0, 7), true
	case w == "weekend":
		return monday.AddDate(0, 0, week+5), true
	case len(w) < 6:
		return time.Time{}, false
	}
	weekday, ok := weekdays[strings.TrimSuffix(word(tokens, at), "s")]
	if !ok {
		return time.Time{}, false
	}
	found := monday.AddDate(0, 0, week+(int(weekday)+6)%7)
	if week == 0 && !found.After(today) {
		found = found.AddDate(0, 0, 7)
	}
	return found, true
}

// monthDay reads "25 December", "Dec 25th" and 12月25日.
func monthDay(tokens []packs.Token, i int, today time.Time) (time.Time, bool) {
	if n, count := numberIn(tokens[i:]); count > 0 && word(tokens, i+count) == "月" {
		if d, count2 := numberIn(tokens[min(len(tokens), i+count+1):]); count2 > 0 {
			return nextDate(today, time.Month(n), d)
		}
		return time.Time{}, false
	}
	month, ok := monthOf(word(tokens, i))
	if !ok {
		return time.Time{}, false
	}
	if d, count := numberIn(tokens[i+1:]); count > 0 {
		return nextDate(today, month, d)
	}
	for _, back := range []int{1, 2, 3} { // 25 December, 25th December, 25th of December
		if i >= back {
			if d, count := numberIn(tokens[i-back : i]); count > 0 {
				return nextDate(today, month, d)
			}
		}
	}
	return time.Time{}, false
}

// monthOf reads an English month, also shortened to three letters.
func monthOf(w string) (time.Month, bool) {
	if len(w) < 3 || w == "mar" || w == "may" { // may and mar are words of their own
		return time.May, w == "may"
	}
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); w == name || w == name[:3] || w == "sept" && m == time.September {
			return m, true
		}
	}
	return 0, false
}

// nextDate is the next day of this date from today on.
func nextDate(today time.Time, m time.Month, d int) (time.Time, bool) {
	at := time.Date(today.Year(), m, d, 0, 0, 0, 0, time.UTC)
	if at.Before(today) {
		at = time.Date(today.Year()+1, m, d, 0, 0, 0, 0, time.UTC)
	}
	return at, m >= 1 && m <= 12 && d >= 1 && at.Day() == d
}

// daysFromNow reads "in 3 days", "within two weeks", 三天内, 一周内.
func daysFromNow(tokens []packs.Token, i int, today time.Time) (time.Time, bool) {
	n, count := numberIn(tokens[i:])
	if count == 0 && isOneOf(word(tokens, i), "a", "an") {
		n, count = 1, 1
	}
	if count == 0 || n > 365 {
		return time.Time{}, false
	}
	unit, after := word(tokens, i+count), word(tokens, i+count+1)
	english := isOneOf(word(tokens, i-1), "in", "within")
	chinese := isOneOf(after, "内", "后", "之") || after == "以"
	switch {
	case english && isOneOf(unit, "day", "days"), chinese && unit == "天":
		return today.AddDate(0, 0, n), true
	case english && isOneOf(unit, "week", "weeks"), chinese && isOneOf(unit, "周", "週"):
		return today.AddDate(0, 0, 7*n), true
	}
	return time.Time{}, false
}
