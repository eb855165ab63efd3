package query

import (
	"strings"

	"honeyguide/packs"
)

// bound is how a price limit reads an amount.
type bound byte

const (
	atMost bound = iota + 1
	atLeast
	around
)

// phrases are the fixed expressions of both languages.
type phrases struct {
	hiding    packs.Lexicon[struct{}] // hold words that do not mean themselves
	chatter   packs.Lexicon[struct{}] // say nothing about the product
	negators  packs.Lexicon[struct{}] // before what is not wanted
	excepting packs.Lexicon[struct{}] // after what is not wanted
	before    packs.Lexicon[bound]    // before an amount
	after     packs.Lexicon[bound]    // after an amount
	closing   packs.Lexicon[bound]    // after an amount at the end of a clause
	opening   packs.Lexicon[struct{}] // before the first of two amounts
	enclosing packs.Lexicon[struct{}] // after the second of two amounts
	measuring packs.Lexicon[struct{}] // before a number that is no price
	money     packs.Lexicon[string]   // after or before an amount: its currency
	units     packs.Lexicon[struct{}] // after a number that is no price
	sizeCues  packs.Lexicon[struct{}] // before a size
	available packs.Lexicon[bool]     // in stock, or whether or not
}

// sterling is the currency whose pounds are money.
const sterling = "GBP"

func newPhrases(p *packs.Packs, currency string) phrases {
	var f phrases
	if currency == sterling { // elsewhere pounds are more often a weight
		addList(&f.money, currency, `pound, pounds, quid`)
	} else {
		addList(&f.units, struct{}{}, `pound, pounds`)
	}
	addAll(&f.hiding, struct{}{}, p.Phrases().All()...)
	addList(&f.hiding, struct{}{}, `特别, 非常, 别的, 性别, 级别, 类别, 无线, 无袖, 无印良品, 不错, 不同, 无论, 我爸妈, 咱爸妈, 我爷爷奶奶, not sure, no problem`)
	addList(&f.chatter, struct{}{}, chatter)
	addList(&f.negators, struct{}{}, `not, no, non, without, except, except for, excluding, exclude, other than, apart from,
		anything but, everything but, any but, but not, and not, do not want, dont want, dont like, do not like, dont need, not want,
		avoid, doesnt want, does not want, doesnt like, does not like, doesnt need, does not need, doesnt wear, does not wear, never wears, dont wear, do not wear,
		already has, already have, already got, has enough, have enough, no more, not another, isnt, arent, is not, are not, minus, sans, neither, nor, instead of, rather than, hate, nothing,
		不要, 不是, 不想要, 不喜欢, 不需要, 不带, 不含, 不用, 别, 别要, 非, 无, 除了, 除去, 除, 排除, 不爱, 不戴, 不喝, 不吃, 不送, 别送, 不买, 别买, 已经有, 已有, 不缺, 去掉, 没有, 没, 不能是, 讨厌, 拒绝`)
	addList(&f.excepting, struct{}{}, `不要, 除外, 都不要, 不行, 不喜欢, 不考虑`)
	addList(&f.before, atMost, `under, below, less than, lower than, cheaper than, not more than, no more than, not over, at most, max, maximum,
		up to, upto, within, budget, budget of, budget is, my budget is, budget under, price under, not exceeding, less then, no higher than, not above,
		nothing over, nothing above, nothing more than, nothing higher than, nothing dearer than, nothing pricier than, nothing more expensive than,
		never over, never more than, not more expensive than, no dearer than, not dearer than, not pricier than, no pricier than, stay under, keep it under,
		不超过, 不高于, 低于, 小于, 少于, 不到, 最多, 最高, 预算, 预算是, 预算在, 预算为, 便宜过, 不能超过, 不要超过, 控制在`)
	addList(&f.before, atLeast, `over, above, more than, higher than, at least, from, starting at, starting from, minimum, min, not less than, no less than,
		not under, not below, nothing under, nothing below, nothing less than, nothing cheaper than, not cheaper than, no cheaper than, pricier than, more expensive than, 高于, 大于, 超过, 多于, 至少, 最少, 最低, 不低于, 不少于`)
	addList(&f.before, around, `around, about, approximately, approx, roughly, near, close to, 大概, 大约, 差不多, 约, 价位, 价格在`)
	addList(&f.opening, struct{}{}, `between, from, in between, in the range of, range, 介于, 在, 从, 价格在, 价位在, 预算在`)
	addList(&f.enclosing, struct{}{}, `之间, 间, 范围, 区间, 的价位, 价位`)
	addList(&f.measuring, struct{}{}, measuring)
	addList(&f.after, atMost, `or less, or under, or below, or cheaper, and under, and below, and less,
		以内, 之内, 以下, 内, 封顶, 之下, 及以下, 以里`)
	addList(&f.after, atLeast, `or more, or above, or over, or higher, and up, and above, and over,
		以上, 之上, 起, 往上, 及以上, 起步`)
	addList(&f.after, around, `or so, 左右, 上下, 前后, 的样子`)
	addList(&f.closing, atMost, `max, maximum, tops, at most, at the most`)
	addList(&f.closing, atLeast, `min, minimum, at least`)
	addCurrencies(&f.money)
	addList(&f.units, struct{}{}, units)
	addList(&f.sizeCues, struct{}{}, `size, sz, sizes, in size, size is, a size, 尺码, 尺寸, 码数, 鞋码, 号码, 穿`)
	addList(&f.available, true, `in stock, available now, in-stock, 有货, 现货, 有现货, 有库存`)
	addList(&f.available, false, `including out of stock, even if out of stock, out of stock too, sold out too, 包括缺货, 缺货也行, 无货也可以, 没货也可以`)
	return f
}

// currencies are the words for money. Those without a code of their own are
// said of any currency: 200块 is 200 of whatever the store takes.
const anyCurrency = "any"

func addCurrencies(l *packs.Lexicon[string]) {
	for code, names := range map[string]string{
		anyCurrency: `bucks, 元, 块, 块钱, 元钱, 圆, 大洋`,
		"USD":       `usd, us dollars, us dollar, 美元, 美金, 美刀, 刀`,
		"$":         `dollar, dollars`,
		"EUR":       `eur, euro, euros, 欧元, 欧`,
		"GBP":       `gbp, sterling, 英镑`,
		"CNY":       `cny, rmb, yuan, renminbi, 人民币`,
		"JPY":       `jpy, yen, 日元, 日圆`,
		"INR":       `inr, rs, re, rupee, rupees, 卢比`,
		"HKD":       `hkd, hk dollars, 港币, 港元`,
		"TWD":       `twd, ntd, nt, 台币, 新台币`,
		"KRW":       `krw, won, 韩元, 韩币`,
		"SGD":       `sgd, 新币, 新加坡元`,
		"AUD":       `aud, 澳元`,
		"CAD":       `cad, 加元`,
		"CHF":       `chf, francs, 瑞士法郎`,
		"RUB":       `rub, rubles, roubles, 卢布`,
		"THB":       `thb, baht, 泰铢`,
	} {
		addList(l, code, names)
	}
}

// units make a number no price. Those of one letter, and "in", must touch it.
const units = `ml, l, cl, litre, litres, liter, liters, oz, ounce, ounces, fl oz, inch, inches, in, cm, mm, m, meter, meters, metre, metres, ft, feet, foot, yard, yards,
	kg, g, gram, grams, lb, lbs, pack, packs, pk, pc, pcs, piece, pieces, count, ct, day, days, hour, hours, hr, hrs, minute, minutes, min, mins,
	week, weeks, month, months, year, years, yr, yrs, yo, gb, tb, mb, gigabytes, gig, gigs, mah, ghz, hz, w, watt, watts, v, volt, volts, mp, megapixels, percent, degrees, pages,
	people, persons, person, stars, star, reviews, times, x, d, p, miles, km, mph, sizes, colors, colours, items, options, products, am, pm, th, st, nd, rd, s,
	码, 号, 毫升, 升, 厘米, 公分, 毫米, 寸, 英寸, 尺, 米, 岁, 天, 日, 小时, 分钟, 周, 个, 件, 双, 条, 只, 包, 盒, 套, 瓶, 袋, 张, 款, 种, 台, 部, 克, 斤, 公斤, 千克,
	瓦, 毫安, 伏, 年, 月, 折, 点, 代, 层, 人, 片, 支, 把, 位, 口, 度, 倍, 星, 楼, 分, 次,
	厘, 吋, 英尺, 公尺, 平, 平米, 平方, 平方米, 公里, 里, 吨, 磅, 盎司, 加仑, 颗, 粒, 朵, 束, 枚, 根, 本, 册, 幅, 罐, 桶, 箱, 杯, 碗, 串, 组, 排, 副, 顶, 盏, 座, 家, 名, 户, 期, 集, 步, 字, 页, 题, 来岁, 多岁, 几岁, 赫兹, 流明, 目, 支装`

// measuring are words before numbers that are sizes, ages, dates or codes.
const measuring = `age, ages, aged, age group, height, weight, waist, bust, hip, hips, chest, inseam, length, width, depth, diameter, capacity, temperature,
	page, pages, chapter, model, version, order, order number, number, no, nr, phone, tel, room, level, grade, class, week, weeks, month, months, year, years, day, days,
	spf, iso, lens, zoom, focal length, dpi, uv, january, february, march, april, may, june, july, august, september, october, november, december,
	jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec,
	年龄, 岁数, 身高, 高, 体重, 重, 腰围, 胸围, 臀围, 三围, 脚长, 长, 长度, 宽, 宽度, 高度, 深度, 直径, 半径, 厚度, 容量, 重量, 温度, 功率, 电压, 像素, 焦段, 焦距, 镜头, 变焦,
	页, 型号, 编号, 订单, 订单号, 单号, 电话, 手机号, 邮编, 房间, 第, 月, 年, 星期, 周, 鞋码, 大小, 尺寸, 规格, 面积`

// recipients are people whose gender is known.
var recipients = map[string]string{
	"female": `girlfriend, wife, mom, mum, mother, sister, daughter, grandma, grandmother, aunt, niece, fiancee, 女朋友, 女友, 老婆, 妻子, 太太, 妈妈, 母亲, 姐姐, 妹妹, 女儿, 奶奶, 外婆, 婆婆, 阿姨, 闺蜜,
		mommy, mummy, granny, nan, sis, 老妈, 我妈, 咱妈, 我姐, 老姐, 大姐, 我妹, 老妹, 小妹, 我姨, 我姑, 我奶, 我嫂, 嫂子, 舅妈, 我舅妈, 弟妹, 我弟妹, 媳妇`,
	"male": `boyfriend, husband, dad, father, brother, son, grandpa, grandfather, uncle, nephew, fiance, 男朋友, 男友, 老公, 丈夫, 先生, 爸爸, 父亲, 哥哥, 弟弟, 儿子, 爷爷, 外公, 公公, 叔叔,
		daddy, grandad, granddad, 老爸, 我爸, 咱爸, 我哥, 老哥, 大哥, 我弟, 老弟, 小弟, 我叔, 我舅, 我爷, 姐夫, 妹夫, 我姐夫, 我妹夫, 姑父, 我姑父, 姨父, 我姨父`,
}

// chatter is what buyers say around what they want.
const chatter = `i am looking for, im looking for, i m looking for, i am searching for, im searching for, looking for, searching for, i am looking to buy, i want to buy, i would like to buy,
	i want to find, i need to find, i need to buy, i want, i need, i would like, id like, i like, i wish to buy, i am interested in, im interested in, im after, i am trying to find, im trying to find,
	find me, show me, get me, give me, help me find, help me, can you find me, can you find, can you show me, can you, could you, would you, do you have, do you sell, have you got, got any,
	please, pls, plz, thanks, thank you, hi, hello, hey, hi there, hello there, what about, how about, any, something, anything, some, search for, buy, purchase, order,
	recommend, suggest, is there, are there, i prefer, preferably, ideally, want, need, maybe, just, only, really, also, kind of, sort of, price, prices, priced, cost, costs, costing, budget,
	color, colour, colored, coloured, colors, colours, in color, in colour, brand, pair of, one, ones, stuff, things, thing, items, item, options, show, find, me, looking, lets see, let me see, wanna, gimme,
	that is, which is, which are, that are, it should be, should be, must be, want it in, need it in, it in, them in, them, made of, made from, made out of, made,
	我想买, 我要买, 我想要, 我想找, 我想看, 我要, 我需要, 我在找, 想买, 想要, 想找, 要买, 有没有, 有吗, 有什么, 有哪些, 有卖, 有, 推荐, 推荐一下, 推荐一款, 推荐几款, 请推荐, 介绍, 给我, 给我看看, 给我推荐, 帮我, 帮我找, 帮我选, 帮忙,
	帮我挑, 找, 找一下, 找一款, 看看, 看一下, 看, 买, 来, 来一件, 来一条, 来个, 请, 请问, 你们, 你好, 您好, 谢谢, 麻烦你, 一款, 一件, 一条, 一双, 一个, 一些, 一套, 一只, 一顶, 一瓶, 几款, 几件, 这种, 那种, 什么, 的话, 可以, 都可以, 都行, 就行, 就好,
	吗, 呢, 吧, 啊, 呀, 哦, 嘛, 我, 你, 想, 要, 那, 这, 颜色, 颜色的, 价格, 价位, 预算, 便宜点, 品牌, 牌子, 牌, 元, 的, 了, 是, 在, 和, 或者, 或, 以及, 还有, 并且, 而且, 但是, 但, 要求, 最好, 款式, 商品, 产品, 东西, 之类, 适合, 穿, 送给, 送, 给, 材质, 面料, 图案, 以外, 之外, 之间, 尺码, 尺寸`

func addList[V any](l *packs.Lexicon[V], value V, list string) {
	addAll(l, value, strings.Split(list, ",")...)
}

func addAll[V any](l *packs.Lexicon[V], value V, names ...string) {
	for _, name := range names {
		l.Add(name, value)
	}
}

// isStop tells whether an English word only joins others.
func isStop(word string) bool {
	switch word {
	case "a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "for", "from", "by", "with", "is", "are", "be",
		"this", "that", "these", "those", "it", "its", "as", "your", "you", "our", "we", "i", "my", "he", "she", "his", "they", "their",
		"will", "can", "has", "have", "had", "do", "does", "if", "but", "so", "am", "im", "id", "not", "no", "too", "very", "which":
		return true
	}
	return false
}
