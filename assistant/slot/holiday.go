package slot

import (
	"sync"
	"time"

	"honeyguide/packs"
)

// feast is a day that has a name. Its date is the same every year, or the nth
// weekday of a month, or by the moon.
type feast struct {
	names   string
	month   time.Month
	day     int
	nth     int // of weekday, from 1
	weekday time.Weekday
	moon    map[int][2]int // month and day by year
}

// feasts are the days that buyers want things for. The days by the moon are those of
// the Chinese calendar; a test checks them against the new moons. After the last year
// of the table they are not read.
var feasts = []feast{
	{names: "christmas eve|平安夜", month: 12, day: 24},
	{names: "christmas|christmas day|xmas|圣诞|圣诞节", month: 12, day: 25},
	{names: "valentines day|valentines|valentine|情人节", month: 2, day: 14},
	{names: "new year|new years|new years day|new years eve|元旦|跨年", month: 1, day: 1},
	{names: "halloween|万圣节", month: 10, day: 31},
	{names: "womens day|妇女节|女神节|三八节", month: 3, day: 8},
	{names: "childrens day|儿童节|六一儿童节", month: 6, day: 1},
	{names: "teachers day|教师节", month: 9, day: 10},
	{names: "五一|劳动节", month: 5, day: 1},
	{names: "国庆|国庆节", month: 10, day: 1},
	{names: "双十一|双11|singles day", month: 11, day: 11},
	{names: "mothers day|母亲节", month: 5, nth: 2, weekday: time.Sunday},
	{names: "fathers day|父亲节", month: 6, nth: 3, weekday: time.Sunday},
	{names: "thanksgiving|感恩节", month: 11, nth: 4, weekday: time.Thursday},
	{names: "chinese new year|lunar new year|spring festival|春节|过年|大年初一", moon: map[int][2]int{
		2025: {1, 29}, 2026: {2, 17}, 2027: {2, 6}, 2028: {1, 26}, 2029: {2, 13}, 2030: {2, 3}, 2031: {1, 23}, 2032: {2, 11}, 2033: {1, 31}, 2034: {2, 19}, 2035: {2, 8}}},
	{names: "dragon boat festival|端午|端午节", moon: map[int][2]int{
		2025: {5, 31}, 2026: {6, 19}, 2027: {6, 9}, 2028: {5, 28}, 2029: {6, 16}, 2030: {6, 5}, 2031: {6, 24}, 2032: {6, 12}, 2033: {6, 1}, 2034: {6, 20}, 2035: {6, 10}}},
	{names: "qixi|qixi festival|七夕|七夕节", moon: map[int][2]int{
		2025: {8, 29}, 2026: {8, 19}, 2027: {8, 8}, 2028: {8, 26}, 2029: {8, 16}, 2030: {8, 5}, 2031: {8, 24}, 2032: {8, 12}, 2033: {8, 1}, 2034: {8, 20}, 2035: {8, 10}}},
	{names: "mid autumn festival|mid autumn|中秋|中秋节", moon: map[int][2]int{
		2025: {10, 6}, 2026: {9, 25}, 2027: {9, 15}, 2028: {10, 3}, 2029: {9, 22}, 2030: {9, 12}, 2031: {10, 1}, 2032: {9, 19}, 2033: {9, 8}, 2034: {9, 27}, 2035: {9, 16}}},
}

// feastNames finds feasts by their names.
var feastNames = sync.OnceValue(func() *packs.Lexicon[*feast] {
	var l packs.Lexicon[*feast]
	for i := range feasts {
		expand("", "("+feasts[i].names+")", func(name string) { l.Add(name, &feasts[i]) })
	}
	return &l
})

// holiday reads the next day of a feast.
func (r *reader) holiday(i int) (time.Time, int) {
	f, n := feastNames().Longest(r.tokens[i:])
	if n == 0 {
		return time.Time{}, 0
	}
	for year := range 2 {
		day, ok := f.in(r.today.Year() + year)
		if ok && !day.Before(r.today) {
			return day, i + n
		}
	}
	return time.Time{}, 0
}

// in is the feast's day of a year, where it is known.
func (f *feast) in(year int) (day time.Time, ok bool) {
	month, date := f.month, f.day
	switch {
	case f.moon != nil:
		at, ok := f.moon[year]
		if !ok {
			return time.Time{}, false
		}
		month, date = time.Month(at[0]), at[1]
	case f.nth > 0:
		first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Weekday()
		date = 1 + (int(f.weekday-first)+7)%7 + 7*(f.nth-1)
	}
	return time.Date(year, month, date, 0, 0, 0, 0, time.UTC), true
}
