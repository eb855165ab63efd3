package truth

import (
	"slices"
	"strings"
)

// acts claims that something was done, or will be, by the store: a refund, a message
// to a person. Two words make such a claim: one that says it is done (or promised),
// and the deed soon after it. What the speaker himself did or will do is a claim
// unless it is part of giving advice.
func (t *text) acts() {
	for i := range t.all {
		manner, own := t.manner(i)
		if manner == "" {
			continue
		}
		if t.deedAfter(i, manner) || own == 0 {
			continue
		}
		j := i + own
		for adverbs[t.word(j)] {
			j++
		}
		if w := t.word(j); j < len(t.all) && t.all[j].sort == word && !harmless[w] && (manner == "will." || strings.HasSuffix(w, "ed") || irregular[w]) {
			t.add(claim{kind: notion, text: manner + w}, i, j+1)
		}
	}
	t.completed()
	t.free()
}

// deedAfter claims the first deed that follows a manner in its clause.
func (t *text) deedAfter(i int, manner string) bool {
	for j := i + 1; j < len(t.all) && j <= i+6; j++ {
		if s := t.all[j].text; t.all[j].sort == sign && strings.Contains(".;:!?。；：！？", s) {
			return false
		}
		deed, n := t.deedAt(j, manner)
		if deed == "" {
			continue
		}
		if manner == "state." {
			manner = "passive."
		}
		t.add(claim{kind: notion, text: manner + deed, no: t.denied(j)}, i, j+n)
		return true
	}
	return false
}

// manner tells whether a token begins a claim that something was done or will be,
// and where the speaker is its subject, how many tokens say so.
func (t *text) manner(i int) (manner string, own int) {
	next := t.word(i + 1)
	switch w := t.word(i); w {
	case "i've":
		return "done.", 1
	case "we've":
		return "done.", 0
	case "i'll", "we'll":
		return "will.", 1
	case "i", "we":
		switch {
		case next == "have" || next == "just" || next == "already" || next == "had":
			if w == "i" {
				own = 2
			}
			return "done.", own
		case next == "will" || next == "shall":
			return "will.", 2
		case next == "am" && t.word(i+2) == "going":
			return "will.", 0
		}
		return "past.", 0
	case "been", "was", "were", "already", "now":
		return "passive.", 0
	case "is", "are", "it's":
		return "state.", 0
	case "will":
		return "will.", 0
	}
	return t.hanManner(i), 0
}

func (t *text) hanManner(i int) string {
	if t.all[i].sort != han {
		return ""
	}
	switch w := t.word(i); w {
	case "已":
		return "done."
	case "帮", "替":
		if next := t.word(i + 1); next == "您" || next == "你" {
			return t.promised(i)
		}
	case "为", "给":
		if next := t.word(i + 1); next == "您" || next == "你" {
			return t.promised(i)
		}
	case "刚", "刚刚":
		return "done."
	case "会", "将":
		return "will."
	}
	switch t.joined(i, 2) {
	case "马上", "稍后", "这就", "立即", "立刻", "随后":
		return "will."
	}
	return ""
}

// promised tells 会为您退款 and 可以帮您退款 from 帮您退款了.
func (t *text) promised(i int) string {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		switch t.word(j) {
		case "已", "经", "刚":
			return "done."
		case "会", "将", "上", "后", "就":
			return "will."
		case "可", "能", "要", "想", "否", "需":
			return "" // an offer
		}
	}
	return "done."
}

// deedAt reads a deed at a token: its key and how many tokens it takes.
func (t *text) deedAt(i int, manner string) (key string, n int) {
	if t.all[i].sort == han {
		key, n = longest(t, i, hanDeeds)
		return key, n
	}
	w := t.word(i)
	switch manner {
	case "will.":
		if key = promises[w]; key == "" {
			key = deeds[w] // will be refunded
		}
	case "passive.":
		if passives[w] {
			key = deeds[w]
		}
	case "state.":
		if states[w] {
			key = deeds[w]
		}
	default:
		key = deeds[w]
	}
	if key == "cart" && !t.cartFollows(i) {
		return "", 0
	}
	return key, 1
}

func (t *text) cartFollows(i int) bool {
	for j := i + 1; j <= i+8; j++ {
		switch t.word(j) {
		case "cart", "basket", "bag", "wishlist", "aside", "hold":
			return true
		}
	}
	return false
}

// completed claims 退款成功, 通知好了 and their like, which need no word before them.
func (t *text) completed() {
	for i := range t.all {
		if t.all[i].sort != han {
			continue
		}
		deed, n := longest(t, i, hanDeeds)
		if n == 0 {
			continue
		}
		switch t.joined(i+n, 2) {
		case "成功", "完成", "完毕", "好了", "完了":
			t.add(claim{kind: notion, text: "done." + deed, no: t.denied(i)}, i, i+n+2)
		}
	}
}

var (
	adverbs = set("also just already gladly happily now then only not always personally quickly even certainly definitely simply have to")
	// harmless is what giving advice takes.
	harmless = set("found picked chosen selected listed narrowed looked searched left kept got compared sorted included shown had seen collected gathered " +
		"matched paired combined put been made tried focused highlighted suggested recommended started based ordered ranked added " +
		"be show find look help search suggest keep pick narrow compare explain tell recommend start go take say point walk bring need love know see do try " +
		"have let stay wait think leave focus stick begin describe list share pair match combine choose add understand remember make give")
	irregular = set("sent paid told held given taken done begun spoken written brought caught")
)

// free claims what is given for nothing: "a free case", but not "sugar free" and
// "free of scent".
func (t *text) free() {
	for i := range t.all {
		if t.word(i) != "free" || i+1 >= len(t.all) || t.all[i+1].sort != word || notGiven[t.word(i+1)] || freeOf[t.word(i-1)] ||
			i > 0 && t.raw[t.all[i].from-1] == '-' {
			continue
		}
		if !slices.ContainsFunc(t.claims, func(c claim) bool { return c.kind == notion && c.from <= t.all[i].from && c.to >= t.all[i].to }) {
			t.add(claim{kind: notion, text: "free", no: t.denied(i)}, i, i+1)
		}
	}
	for i := range t.all {
		if t.word(i) == "送" && (t.presents(i) || t.throwsIn(i)) {
			t.add(claim{kind: notion, text: "free", no: t.denied(i)}, i, i+1)
		}
	}
}

// throwsIn tells 送防尘套, which begins a clause, from advice on presents.
func (t *text) throwsIn(i int) bool {
	if i > 0 && t.all[i-1].sort != sign || strings.Contains(notPresented, t.word(i+1)) {
		return false
	}
	for j := range t.all {
		switch t.joined(j, 2) {
		case "合适", "适合", "礼物", "体面", "得体", "惊喜", "送给", "喜欢", "心意":
			return false
		}
	}
	return true
}

// notPresented are the beginnings of what follows 送 where nothing is thrown in:
// receivers, and places.
const notPresented = "到达货给女男妈爸朋老长孩人礼上回去闺恋同客父母儿她他谁什哪"

// presents tells 送钢化膜一张 from 送妈妈 and 送到: so many of a thing are given.
func (t *text) presents(i int) bool {
	if strings.Contains(notPresented, t.word(i+1)) {
		return false
	}
	for j := i + 1; j < len(t.all) && j <= i+8 && t.all[j].sort != sign; j++ {
		if n, ok := numeralAt(t.all, j); ok && n.next < len(t.all) && t.all[n.next].sort == han && strings.Contains(counters+"包袋", t.all[n.next].text) {
			return true
		}
	}
	return false
}

var (
	notGiven = set("to of from and or but so for with in time size sizes flowing movement spirited fit form style formula range hand hands moving standing")
	freeOf   = set("feel sugar gluten fragrance oil alcohol dairy nut lactose cruelty paraben sulfate wrinkle stress hassle worry duty hands wire bpa rust stain iron fat care pain")
)

var (
	deeds = map[string]string{
		"refunded": "refund", "credited": "refund", "reimbursed": "refund", "issued": "refund", "compensated": "refund",
		"cancelled": "cancel", "canceled": "cancel",
		"notified": "tell", "informed": "tell", "alerted": "tell", "contacted": "tell", "escalated": "tell", "forwarded": "tell", "passed": "tell",
		"connected": "tell", "transferred": "tell", "told": "tell", "flagged": "tell", "messaged": "tell", "called": "tell",
		"placed": "place", "booked": "place", "reserved": "place", "scheduled": "place", "arranged": "place", "ordered": "place", "held": "place",
		"filed": "ticket", "opened": "ticket", "submitted": "ticket", "registered": "ticket", "logged": "ticket", "created": "ticket", "raised": "ticket",
		"updated": "change", "changed": "change", "applied": "change", "upgraded": "change", "extended": "change", "activated": "change",
		"waived": "change", "approved": "change", "processed": "change", "confirmed": "change", "removed": "change",
		"emailed": "send", "mailed": "send", "dispatched": "send", "texted": "send", "replaced": "send", "resent": "send", "sent": "send",
		"added": "cart", "put": "cart", "set": "cart", "saved": "cart",
	}
	promises = map[string]string{
		"refund": "refund", "reimburse": "refund", "credit": "refund", "compensate": "refund", "cancel": "cancel",
		"notify": "tell", "inform": "tell", "alert": "tell", "contact": "tell", "escalate": "tell", "forward": "tell", "connect": "tell",
		"transfer": "tell", "call": "tell", "reply": "tell", "reach": "tell", "respond": "tell", "message": "tell",
		"place": "place", "book": "place", "reserve": "place", "schedule": "place", "arrange": "place", "order": "place", "hold": "place",
		"file": "ticket", "submit": "ticket", "register": "ticket", "update": "change", "apply": "change", "upgrade": "change",
		"extend": "change", "activate": "change", "waive": "change", "approve": "change", "process": "change",
		"email": "send", "dispatch": "send", "replace": "send", "text": "send",
	}
	// passives are deeds that are the store's doing also where nobody is named.
	passives = set("refunded credited reimbursed cancelled canceled notified informed alerted contacted escalated forwarded transferred " +
		"issued booked reserved filed submitted registered logged approved processed waived dispatched replaced resent activated applied " +
		"emailed mailed texted sent")
	// states are deeds also where it is only said how things are.
	states   = set("reserved booked approved waived held confirmed")
	hanDeeds = map[string]string{
		"退款": "refund", "退钱": "refund", "返还": "refund", "赔偿": "refund", "补偿": "refund", "赔付": "refund", "打款": "refund", "扣款": "charge", "改价": "change", "领取": "change",
		"跟进": "tell", "协调": "tell", "沟通": "tell", "保留": "place", "锁定": "place", "备注": "change", "记下": "note", "记录": "note", "确认": "ask", "核实": "ask", "核对": "ask", "收藏": "cart", "出库": "send", "打包": "send", "取消": "cancel",
		"通知": "tell", "转告": "tell", "告知": "tell", "联系": "tell", "转接": "tell", "升级": "tell", "转交": "tell", "反馈": "tell", "催促": "tell",
		"催": "tell", "转人工": "tell", "回电": "tell", "致电": "tell", "回复": "tell", "下单": "place", "预订": "place", "预留": "place", "预约": "place", "安排": "place", "留货": "place",
		"登记": "ticket", "提交": "ticket", "申请": "ticket", "创建": "ticket", "备案": "ticket", "修改": "change", "更改": "change", "变更": "change",
		"开通": "change", "延长": "change", "审批": "change", "批准": "change", "处理": "change", "激活": "change", "减免": "change",
		"补发": "send", "寄出": "send", "发送": "send", "换货": "send", "加购": "cart", "购物车": "cart",
	}
)
