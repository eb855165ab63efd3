package truth

import "strings"

// amountAt reads money, quantities and bare numbers, single or as a range.
func (t *text) amountAt(i int) int {
	start := i
	if t.joined(i, 4) == "一年四季" {
		return i + 4
	}
	currencies, signs := t.currencyAt(i)
	if signs > 0 {
		i += signs
	}
	below := 1.0
	if signs == 0 && (t.word(i) == "-" || t.word(i) == "−") && i+1 < len(t.all) && t.all[i+1].sort == digits && !t.all[i+1].spaced {
		below, i = -1, i+1
	}
	n, ok := numeralAt(t.all, i)
	if !ok {
		return start
	}
	n.value, n.other = n.value*below, n.other*below
	c := claim{kind: number, value: n.value, other: n.other, currencies: currencies}
	if end := t.rangeEnd(start, n, c); end > start {
		return end
	}
	next := t.suffix(&c, n, start, n.next)
	if signs > 0 {
		c.kind = amount
	}
	if c.kind == number && c.unit == "" && n.spelled && (!n.grouped || n.value < 2) {
		return max(t.small(c, n, start), start)
	}
	c.bound = t.boundOf(start, next)
	return t.add(c, start, next)
}

// small reads a spelled number of one word. Alone, "one" is a pronoun and a Chinese
// numeral part of an idiom (百搭); an English one counts things.
func (t *text) small(c claim, n numeral, start int) int {
	if n.value < 2 || t.all[start].sort == han {
		return start
	}
	c.kind = count
	return t.add(c, start, n.next)
}

// rangeEnd reads "3-5 days", "₹895 to ₹1,299", 三到五天: two claims with the
// unit of the second. It returns start where there is no range.
func (t *text) rangeEnd(start int, n numeral, low claim) int {
	i := n.next
	if w := t.word(i); w == "" || !strings.Contains(" - – — ~ ～ to 至 到 ", " "+w+" ") {
		low2 := low
		// the first end may have its unit too: 3 days to 5 days
		if j := t.suffix(&low2, n, start, i); j == i || t.word(j) != "to" && t.word(j) != "至" && t.word(j) != "到" {
			return start
		} else {
			i = j
		}
	}
	if i+1 >= len(t.all) {
		return start
	}
	currencies, signs := t.currencyAt(i + 1)
	m, ok := numeralAt(t.all, i+1+signs)
	if !ok || m.value < n.value {
		return start
	}
	high := claim{kind: number, value: m.value, other: m.other, currencies: currencies}
	next := t.suffix(&high, m, i+1, m.next)
	if signs > 0 || len(low.currencies) > 0 {
		high.kind = amount
		if high.currencies == nil {
			high.currencies = low.currencies
		}
	}
	factor := 1.0
	if m.value != 0 {
		factor = high.value / m.value
	}
	first := high
	first.value, first.other = n.value*factor, n.other*factor
	first.low, high.high = true, true
	t.add(first, start, n.next)
	return t.add(high, i+1, next)
}

// suffix reads what follows a number, changes the claim by it and returns the
// token after it.
func (t *text) suffix(c *claim, n numeral, start, i int) int {
	if i >= len(t.all) {
		return t.prefixed(c, n, start, i)
	}
	switch w := t.word(i); {
	case w == "%" || w == "percent" || w == "pct" || w == "per" && t.word(i+1) == "cent":
		if w == "per" {
			i++
		}
		c.kind = t.shareKind(start, i+1)
		return i + 1
	case w == "折" && t.word(i+1) != "叠" && c.value > 0 && c.value < 100:
		c.kind, c.value = discount, off(c.value)
		c.other = c.value
		return i + 1
	case w == "成" && n.spelled && c.value < 10:
		c.kind, c.value, c.other = t.shareKind(start, i+1), c.value*10, c.value*10
		return i + 1
	}
	if currencies, k := longest(t, i, currencyWords); k > 0 {
		c.kind = amount
		if c.currencies == nil {
			c.currencies = currencies
		}
		return i + k
	}
	if u, k := t.unitAt(i); k > 0 {
		c.kind, c.unit = quantity, u.name
		c.value, c.other = c.value*u.factor, c.other*u.factor
		return i + k
	}
	if t.all[i].sort == han && strings.Contains(counters, t.all[i].text) {
		if c.kind = count; n.value < 2 {
			c.kind = number // 一款: the caller lets it go
		}
		if s := t.word(i + 1); s == "套" || s == "装" {
			c.kind, c.unit = quantity, "pack"
		}
		return i + 1
	}
	return t.prefixed(c, n, start, i)
}

// shareKind tells a share off a price from one of a whole.
func (t *text) shareKind(start, next int) kind {
	if t.before(start, 3, offWords) || offWords[t.word(next)] || offWords[t.joined(next, 2)] {
		return discount
	}
	return percent
}

var offWords = set("off save saves saving discount discounted cheaper less reduced reduction 便宜 优惠 减 降 省 降价 立减 折扣")

// prefixed makes a bare number a price where the words before it say so.
func (t *text) prefixed(c *claim, n numeral, start, next int) int {
	if (!n.spelled || n.grouped) && t.before(start, 3, priceWords) {
		c.kind = amount
	}
	return next
}

// off turns 折 into percent off: 8 and 80 are 20, 85 is 15.
func off(v float64) float64 {
	if v < 10 {
		v *= 10
	}
	return 100 - v
}

// shareAt reads shares that are said without a number before them: half price,
// 半价, 百分之二十.
func (t *text) shareAt(i int) int {
	half := claim{kind: discount, value: 50, other: 50}
	switch w := t.word(i); w {
	case "half":
		if s := t.word(i + 1); s == "price" || s == "priced" || s == "off" || s == "the" && t.word(i+2) == "price" {
			return t.add(half, i, i+2)
		}
	case "半", "对":
		if s := t.word(i + 1); w == "半" && s == "价" || w == "对" && s == "折" {
			return t.add(half, i, i+2)
		}
	case "百":
		if t.word(i+1) == "分" && t.word(i+2) == "之" {
			if n, ok := numeralAt(t.all, i+3); ok {
				return t.add(claim{kind: percent, value: n.value, other: n.other}, i, n.next)
			}
		}
	}
	return i
}

// boundOf tells how the number between two tokens is meant.
func (t *text) boundOf(from, next int) bound {
	switch {
	case t.before(from, 4, atMostWords), atMostWords[t.joined(next, 2)] && t.word(next) != "under" && t.joined(next, 2) != "up":
		return atMost
	case t.before(from, 3, atLeastWords), atLeastWords[t.joined(next, 2)], t.word(next) == "起":
		return atLeast
	}
	return exactly
}

var (
	atMostWords = set("under below within less most maximum max beneath exceed exceeding upto 以内 以下 之内 不到 低于 不超 没超 未超 少于 至多 最多 不足 上限 控制")
	// "From" is where prices begin.
	atLeastWords = set("over above from least minimum min starting exceeding 以上 超过 高于 至少 最快 最早 最少 earliest")
	priceWords   = set("price prices priced cost costs pay paying 价格 售价 原价 现价 只要 仅需 只需 卖价 特价 单价 总价 总共 合计 total totals")
)

// counters follow the number of things in Chinese.
const counters = "件款双条个套种样瓶盒只顶支把台部本张份位枚副颗粒组项"

func set(words string) map[string]bool {
	s := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		s[w] = true
	}
	return s
}
