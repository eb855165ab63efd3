package slot

import "strings"

var (
	answerHeads = set(`its it is i think maybe probably well um uh ok hmm so then like just lets say make my budget a an the size in about approximately
		around roughly for say 就 那 嗯 要 我 是 的 大 概 约 预 算 给 尺 码`)
	answerTails = set(`please pls thanks thank you i think maybe probably will do is fine ok or so 吧 呢 啊 呀 哦 的 了 谢 哈 左 右 就 行 好 可 以 上 下`)
	scaleWords  = set("hundred thousand")
	currencies  = set("dollars dollar bucks usd eur euro euros pounds quid gbp yuan rmb rupees rs inr yen 元 块 圆 刀 钱 美 欧")
	genders     = map[string]string{
		"men": "male", "man": "male", "mens": "male", "male": "male", "boys": "male", "boy": "male", "guys": "male", "him": "male", "gentlemen": "male", "guy": "male",
		"women": "female", "woman": "female", "womens": "female", "female": "female", "girls": "female", "girl": "female", "ladies": "female", "her": "female", "lady": "female",
		"男": "male", "女": "female", "先": "male",
	}
	genderFillers = set("for a the its is it to wear i am im one ones please clothing clothes 的 款 生 士 性 装 式 给 送 人 孩 是 我 要 穿 用 吧 版 码 鞋")
)

// answer reads a sentence that is nothing but the answer to a question.
func (r *reader) answer() {
	if r.OrderNumber != "" || r.Phone != "" || r.PhoneEnding != "" {
		return
	}
	r.answerGender()
	if len(r.Asked) > 0 || r.UsualSize.Label != "" || r.answerSize() {
		return
	}
	r.answerAmount()
}

// answerGender reads "for men", 女的.
func (r *reader) answerGender() {
	gender := ""
	for i, t := range r.tokens {
		g := genders[t.Text]
		switch {
		case t.Text == "先" && r.word(i+1) != "生", r.marks[i] == hidden:
			return
		case g != "" && gender != "" && g != gender:
			return
		case g != "":
			gender = g
		case !genderFillers[t.Text]:
			return
		}
	}
	r.Answer.Gender = gender
}

// answerSize reads a size that stands alone; a number of which nothing says that it
// is a size is none.
func (r *reader) answerSize() bool {
	sized := false
	for i := range r.tokens {
		sized = sized || r.word(i) == "size" || r.word(i) == "码"
		size, end := r.sizeAt(i, true)
		if end > i && (size.System != "" || sized || strings.ContainsAny(size.Label, "WABCDEFG")) && r.onlyTails(end) {
			r.Answer.Size = size
			return true
		}
		if !answerHeads[r.word(i)] || r.marks[i] != free {
			return false
		}
	}
	return false
}

// onlyTails tells whether nothing but closing words follows.
func (r *reader) onlyTails(i int) bool {
	for ; i < len(r.tokens); i++ {
		if !answerTails[r.word(i)] && !closings[r.word(i)] {
			return false
		}
	}
	return true
}

// bound is how an amount is limited.
type bound byte

const (
	around bound = iota
	atMost
	atLeast
)

var (
	boundsBefore = map[string]bound{
		"under": atMost, "below": atMost, "less than": atMost, "up to": atMost, "at most": atMost, "max": atMost, "maximum": atMost, "within": atMost, "not over": atMost,
		"no more than": atMost, "cheaper than": atMost, "over": atLeast, "above": atLeast, "more than": atLeast, "at least": atLeast, "from": atLeast, "min": atLeast, "minimum": atLeast,
		"不超过": atMost, "不要超过": atMost, "不能超过": atMost, "别超过": atMost, "不到": atMost, "差不多": around, "低于": atMost, "最多": atMost, "不高于": atMost, "小于": atMost, "少于": atMost, "控制在": atMost, "至少": atLeast, "高于": atLeast, "大于": atLeast, "超过": atLeast, "最少": atLeast,
	}
	boundsAfter = map[string]bound{
		"or less": atMost, "max": atMost, "maximum": atMost, "tops": atMost, "at most": atMost, "or under": atMost, "and under": atMost, "or more": atLeast, "and up": atLeast, "or above": atLeast, "plus": atLeast, "and above": atLeast,
		"以内": atMost, "之内": atMost, "以下": atMost, "内": atMost, "之下": atMost, "封顶": atMost, "以上": atLeast, "之上": atLeast, "起": atLeast, "往上": atLeast,
	}
)

// boundIn finds the longest limit among the words at a token, of at most four.
func (r *reader) boundIn(bounds map[string]bound, i int) (b bound, end int) {
	for n := min(4, len(r.tokens)-i); n > 0; n-- {
		if b, ok := bounds[r.said(i, i+n)]; ok {
			return b, i + n
		}
	}
	return around, i
}

// answerAmount reads a number or an amount that stands alone.
func (r *reader) answerAmount() {
	i := r.skipHeads(0)
	limit, at := r.boundIn(boundsBefore, i)
	at = r.skipHeads(at)
	if at < len(r.tokens) && (r.word(at) == "between" || currencies[r.word(at)]) {
		at++
	}
	if r.hanRange(at) {
		return
	}
	value, end, ok := r.numberAt(at)
	if !ok || at < len(r.tokens) && r.marks[at] != free || value > 1e9 {
		return
	}
	first := end
	end = r.skipMoney(end)
	upper, to, ranged := r.upTo(end)
	if ranged {
		end = r.skipMoney(to)
	}
	if after, next := r.boundIn(boundsAfter, end); next > end {
		limit, end = after, next
	}
	if !r.onlyTails(r.skipMoney(end)) {
		return
	}
	switch {
	case ranged:
		r.Answer.Amount = Amount{Min: min(value, upper), Max: max(value, upper)}
	case limit == atMost:
		r.Answer.Amount.Max = value
	case limit == atLeast:
		r.Answer.Amount.Min = value
	default:
		r.Answer.Amount.Around = value
		if first == len(r.tokens) && i == 0 && at == 0 && !priced(r.gap(0)) && priceless(r.gap(first)) {
			r.Answer.Number = &value
		}
	}
}

// skipHeads passes opening words, but for the a of "a hundred".
func (r *reader) skipHeads(i int) int {
	for answerHeads[r.word(i)] && !(r.word(i) == "a" && scaleWords[r.word(i+1)]) {
		i++
	}
	return i
}

// hanRange reads 两三百: two digits in a row before one scale.
func (r *reader) hanRange(i int) bool {
	low, high, scale := hanDigits[r.word(i)], hanDigits[r.word(i+1)], hanScales[r.word(i+2)]
	if low == 0 || high != low+1 || scale == 0 || !r.onlyTails(r.skipMoney(i+3)) {
		return false
	}
	r.Answer.Amount = Amount{Min: low * scale, Max: high * scale}
	return true
}

// skipMoney passes the words of a currency.
func (r *reader) skipMoney(i int) int {
	if i+3 <= len(r.tokens) && r.said(i, i+3) == "人民币" {
		return i + 3
	}
	for currencies[r.word(i)] {
		i++
	}
	return i
}

// upTo reads the second amount of a range: "to 400", 到400, "-400", "and 60".
func (r *reader) upTo(i int) (value float64, end int, ok bool) {
	at := i
	switch r.word(i) {
	case "to", "and", "or", "到", "至":
		at++
	default:
		if gap := r.gap(i); i >= len(r.tokens) || gap == "" || !isRange(gap) {
			return 0, i, false
		}
	}
	return r.numberAt(at)
}

func isRange(gap string) bool {
	for _, c := range gap {
		switch c {
		case '-', '~', '–', '—', '$', '¥', '€', '£', ' ', '～':
		default:
			return false
		}
	}
	return gap != " "
}

// priceless tells whether no sign of money stands in a gap.
func priceless(gap string) bool {
	for _, c := range gap {
		switch c {
		case '$', '¥', '€', '£', '₹', '+':
			return false
		}
	}
	return true
}
