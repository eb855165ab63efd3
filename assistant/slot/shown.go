package slot

import (
	"slices"
	"strings"

	"honeyguide/packs"
)

const (
	// maxShown bounds ordinals. Nobody counts so far in a list of cards, but who does is
	// to be told that there is no such place.
	maxShown = 99
	// shortly is in how many words one speaks of what both sides see. After more, "it"
	// stands for what the sentence itself describes, and #5 is a part of a name.
	shortly = 9
)

var (
	ordinalWords = map[string]int{
		"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
		"1st": 1, "2nd": 2, "3rd": 3, "eleventh": 11, "twelfth": 12, "fifteenth": 15, "twentieth": 20,
	}
	tens = map[string]int{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
	// measureWords count things in Chinese.
	measureWords = set("个 款 件 双 条 只 顶 套 张 台 块 瓶 本 把 支 种 样 幅 副 身 盒 包 部 辆 项 家 枚 串 对 样")
	// shownNouns may follow an ordinal or "this" that means something shown.
	shownNouns = set(`one ones option options item items pair product products picture photo image choice result pick suggestion outfit look set
		dress dresses shirt shoe shoes bag jacket coat skirt jeans trousers pants top tshirt sweater watch hat boot boots sneakers phone and or`)
	// otherNouns follow an ordinal that counts something else.
	otherNouns = set(`time times class hand order day half name floor birthday party week month anniversary aid date thing purchase quarter degree grade
		year generation gen edition place step language person row address package parcel of shipment delivery attempt skin baby trimester home job`)
	hanOtherNouns = set("单 笔 选 天 次 代 周 年 季 名 期 时 方 回 步 批 层 章 位 人 页 月 手")
	counting      = set("number no nr num option item")
)

// findOrdinals reads which of the things shown are meant by their number.
func (r *reader) findOrdinals() {
	for i := 0; i < len(r.tokens); i++ {
		if r.marks[i] != free {
			continue
		}
		for _, read := range []func(*reader, int) int{(*reader).ordinal, (*reader).hanOrdinal, (*reader).numbered, (*reader).firstFew, (*reader).hanFew} {
			if end := read(r, i); end > i {
				r.mark(i, end, claimed)
				i = end - 1
				break
			}
		}
	}
}

// ordinal reads "the second one", "the 2nd", "third please".
func (r *reader) ordinal(i int) int {
	n, end := ordinalWords[r.word(i)], i+1
	if w := r.word(i); n == 0 && isDigits(w) && len(w) <= 2 && ordinalEnds[r.word(end)] && r.gap(end) == "" {
		v, _, _ := r.digitsAt(i)
		n, end = int(v), end+1
	}
	next, first := r.word(end), i
	if ten := tens[r.word(i-1)]; ten > 0 && n > 0 && n < 10 {
		n, first = n+ten, i-1
	}
	_, month := months[r.word(first-1)]
	if n == 0 || n > maxShown || month || !r.breaks(end) && otherNouns[next] || r.word(end) == "to" && r.word(end+1) == "last" || r.word(end) == "from" {
		return 0
	}
	if _, _, few := r.smallNumber(end); few && n == 1 && r.word(end) != "one" && r.gap(end) == " " {
		return 0
	}
	before := r.word(first - 1)
	if before == "my" || before == "her" || before == "his" || before == "a" {
		return 0
	}
	if before != "the" && before != "your" && before != "that" && before != "this" && before != "and" && before != "or" &&
		!shownNouns[next] && !(r.clauseStart(first) && r.clauseEnd(end)) {
		return 0
	}
	r.refer(n)
	return end
}

// hanOrdinal reads 第二个, 第2款 and 第三.
func (r *reader) hanOrdinal(i int) int {
	if r.word(i) != "第" || r.word(i-1) == "数" && r.word(i-2) == "倒" {
		return 0
	}
	n, end, ok := r.numberAt(i + 1)
	if !ok || n < 1 || n > maxShown || n != float64(int(n)) || hanOtherNouns[r.word(end)] || r.word(end)+r.word(end+1) == "个月" || r.word(end)+r.word(end+1) == "个包" && r.word(end+2) == "裹" {
		return 0
	}
	if measureWords[r.word(end)] {
		end++
	}
	if next := r.word(end); next == "半" || next == "免" || next == "打" || next+r.word(end+1) == "订单" {
		return 0
	}
	r.refer(int(n))
	return end
}

// numbered reads "number 4", "no. 3", "#2" and "option 2".
func (r *reader) numbered(i int) int {
	at := i
	if counting[r.word(i)] {
		if r.word(i) == "no" && !strings.HasPrefix(r.gap(i+1), ".") || r.has(numberOwners) {
			return 0
		}
		at++
	} else if !strings.HasSuffix(r.gap(i), "#") {
		return 0
	}
	n, end, ok := r.smallNumber(at)
	if !ok || r.OrderNumber != "" && at == i || r.has(numberOwners) || len(r.tokens) > shortly ||
		at == i && !r.clauseEnd(end) && !shownNouns[r.word(end)] {
		return 0
	}
	r.refer(n)
	return end
}

var numberOwners = set("order orders phone tracking purchase invoice card account mobile flight room track")

// smallNumber reads a whole number that may count what is shown.
func (r *reader) smallNumber(i int) (n, end int, ok bool) {
	v, end, ok := r.numberAt(i)
	return int(v), end, ok && v >= 1 && v <= maxShown && v == float64(int(v))
}

// firstFew reads "the first two", "last three".
func (r *reader) firstFew(i int) int {
	w := r.word(i)
	if w != "first" && w != "last" && w != "top" {
		return 0
	}
	n, end, ok := r.smallNumber(i + 1)
	if !ok || n < 2 || r.gap(i+1) != " " || periods[r.word(end)] || r.word(end) == "digits" || r.word(end) == "numbers" {
		return 0
	}
	r.referTo(n, w == "last")
	return end
}

var periods = set("days weeks months years hours times orders minutes purchases 天 年 月 次 周 位 码 小 分 期 排 日 名 号")

// hanFew reads 前两款, 后三个.
func (r *reader) hanFew(i int) int {
	w := r.word(i)
	if w != "前" && w != "后" {
		return 0
	}
	n, end, ok := r.smallNumber(i + 1)
	if !ok || n < 2 || periods[r.word(end)] || r.word(end)+r.word(end+1) == "个月" || r.word(end)+r.word(end+1) == "个小" || !measureWords[r.word(end)] {
		return 0
	}
	r.referTo(n, w == "后")
	return end + 1
}

// referTo adds the first or last few.
func (r *reader) referTo(n int, last bool) {
	for k := 1; k <= n; k++ {
		if last {
			r.refer(k - n - 1)
		} else {
			r.refer(k)
		}
	}
}

// findThings reads this, that and it, these and those.
func (r *reader) findThings() {
	if r.Edit.Restart { // "forget that"
		return
	}
	for i := range r.tokens {
		if r.marks[i] == hidden {
			continue
		}
		switch w := r.word(i); w {
		case "this":
			r.This = r.This || !elsewhere[r.word(i+1)]
		case "thats", "thatll":
			r.This = r.This || r.breaks(i)
		case "that":
			r.This = r.This || r.pointing(i)
		case "it", "its", "itll":
			r.This = r.This || r.meansThing(i)
		case "这", "那", "它":
			r.This = r.This || w == "它" && r.word(i+1) != "们" || r.hanPointing(i)
		case "both":
			if !slices.ContainsFunc(r.tokens[i:], func(t packs.Token) bool { return t.Text == "and" }) {
				r.All, r.Count = true, 2
			}
		case "these", "those":
			if next := r.word(i + 1); next == "who" || next == "days" {
				continue
			}
			r.All = true
			if n, _, ok := r.smallNumber(i + 1); ok && n > 1 {
				r.Count = n
			}
		}
	}
}

var (
	// elsewhere follow a "this" that means nothing shown.
	elsewhere = set(`is week weekend month year summer winter spring autumn fall season morning evening afternoon time monday tuesday wednesday thursday
		friday saturday sunday christmas order purchase store shop site website company chat bot place address card way reason issue problem
		parcel package shipment delivery refund account app page service guy nonsense crap shit color colour brand style design`)
	// pointers stand before a "that" that points and joins no sentence.
	pointers = set(`about like in with for of is does take buy want get show than to and match love need see hate not was has are on at from no yes
		compare pick choose prefer try order do have keep drop remove but or without`)
)

// pointing tells whether a "that" means a thing: it stands first, last, before its
// noun, or after a word that takes an object.
func (r *reader) pointing(i int) bool {
	next := r.word(i + 1)
	if elsewhere[next] && next != "is" {
		return false
	}
	return r.breaks(i) || r.breaks(i+1) || shownNouns[next] || pointers[r.word(i-1)] && !verbs[next]
}

// verbs follow a "that" that joins: a dress that fits.
var verbs = set(`fits fit goes go matches match is are has have looks look lasts last can will works work suits suit feels would costs was were does
	doesnt dont isnt arent wont i you we they he she comes come makes make the my`)

// meansThing tells whether "it" stands for something: not so in "is it possible".
func (r *reader) meansThing(i int) bool {
	next, before := r.word(i+1), r.word(i-1)
	switch {
	case r.word(i) == "its":
		return r.breaks(i) && itsAdjectives[next]
	case i >= shortly, before == "make" || before == "is" && expletives[next] || next == "is" && expletives[r.word(i+2)],
		next == "has" && r.word(i+2) == "to", next == "for" && before == "is", next == "take" || next == "takes", impersonal[next],
		r.word(i-1) == "do" && (r.breaks(i+1) || r.word(i+1) == "please"), r.has(orderWords), r.has(papers):
		return false
	}
	return true
}

var (
	// papers are what else "it" may stand for than a thing that is sold.
	papers = set(`account invoice invoices bill bills address password newsletter contract fee fees profile payment complaint rebate compensation restitution
		reimbursement subscription pin user number code email site website app review feedback coupon`)
	expletives    = set("possible ok okay safe true raining cold hot for not my a an easy free time too still because about worth likely normal necessary urgent ridiculous unacceptable")
	itsAdjectives = set("beautiful lovely nice perfect ugly great cute pretty expensive")
	impersonal    = set("seems turns depends rains doesnt matters snows")
)

// hanPointing tells whether 这 or 那 means a thing: a measure word follows, and not
// what is no product; 这 may stand before its noun, or alone.
func (r *reader) hanPointing(i int) bool {
	next := r.word(i + 1)
	at := i + 1
	if next == "一" {
		at++
	}
	if measureWords[r.word(at)] {
		after := r.said(at+1, min(at+3, len(r.tokens)))
		for _, noun := range hanElsewhere {
			if strings.HasPrefix(after, noun) {
				return false
			}
		}
		return r.word(i) == "这" || r.word(at) != "个" || r.breaks(at+1) || r.word(at+1) != "我" && r.word(at+1) != "你"
	}
	return r.word(i) == "这" && (next == "是" || next == "有" || next == "能" || next == "多" || next == "鞋" || next == "衣" || next == "包" || next == "裙" || next == "裤" || next == "颜" || next == "尺")
}

// hanElsewhere follow a 这个 that means nothing shown.
var hanElsewhere = []string{"订单", "月", "周", "星期", "礼拜", "问题", "店", "快递", "号码", "手机号", "地址", "牌子", "品牌", "风格", "平台", "客服", "机器", "季", "时", "事", "单", "包裹", "优惠", "活动", "价位", "价格"}
