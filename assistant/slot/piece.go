package slot

import (
	"slices"
	"strings"
)

var (
	swapVerbs    = set("swap replace switch change exchange swapping changing replacing")
	anotherWords = set("different another other")
	determiners  = set("the my that this those these her his out a an some several your")
	pieceEnds    = set("for with to please pls and in but that which from into by as instead or than on at you if of do is are would will can not i")
	// noPieces are changed, or other, and no pieces of an outfit.
	noPieces = set(`address order orders password payment delivery color colour colors colours brand brands style styles size sizes design one ones option options
		question thing time day email phone number card name account shade look money currency language subject topic agent person people item items
		product products shipping date country city way shop store website purchase plan label method amount word chance message quantity it them
		suggestion suggestions idea ideas choice choices result results search page reason info issue problem price range budget gift present
		user account profile article articles feedback review comment complaint appointment purchases plans preferences settings
		something words fit cut shape kind type answer else anything model job vibe details detail invoice`)
	hanNoPieces = set(`颜色 色 牌子 品牌 款式 风格 样式 款 个 批 货 地址 尺码 大小 号 码 人工 客服 人 话题 手机号 新 新的 新货 收货地址 电话 快递 物流 支付方式
		付款方式 一个 一批 一些 几个 别的 版型 类型 设计 组 页 订单 商品 东西 换 吗 说法 时间 语言 中文 英文 下 一下 法 季 钱 账号 密码 材质 价位 尺寸 码数 大码 小码 其他 其它 个人 衣 洗 做 给 我 季节 看看 试试`)
)

// findPieces reads which pieces of an outfit are to change and which stay.
func (r *reader) findPieces() {
	for i := range r.tokens {
		switch w := r.word(i); {
		case r.marks[i] == hidden:
		case swapVerbs[w] && (determiners[r.word(i+1)] || w == "swap" || w == "replace"):
			r.swapAll(i + 1)
		case anotherWords[w] && r.marks[i] == free && (w != "other" || !determiners[r.word(i-1)]) && r.word(i+1) != "":
			r.swap(r.pieceAt(i + 1))
		case (w == "keep" || w == "keeping") && determiners[r.word(i+1)]:
			r.keep(r.pieceAt(i + 1))
		case w == "换" && !r.has(changesElse) && !strings.Contains("用不别要", r.before(i)):
			r.hanSwap(i)
		case w == "保" && r.word(i+1) == "留", w == "留" && r.word(i+1) == "下", w == "留" && r.word(i+1) == "着" && !r.breaks(i+2):
			r.keep(r.hanPieceAt(i + 2))
		}
	}
	r.staying()
}

// before is the character or word before a token, or something that is neither.
func (r *reader) before(i int) string {
	if r.breaks(i) {
		return "|"
	}
	return r.word(i - 1)
}

var changesElse = set("退 货 售 修 订 单 收")

func (r *reader) swap(piece string) {
	if piece != "" && !slices.Contains(r.Edit.Swap, piece) {
		r.Edit.Swap = append(r.Edit.Swap, piece)
	}
}

func (r *reader) keep(piece string) {
	if piece != "" && !slices.Contains(r.Edit.Keep, piece) {
		r.Edit.Keep = append(r.Edit.Keep, piece)
	}
}

// swapAll reads "the top and the shoes".
func (r *reader) swapAll(i int) {
	r.swap(r.pieceAt(i))
	for at := i + 1; at < len(r.tokens) && at < i+5 && !r.breaks(at); at++ {
		if r.word(at) == "and" && determiners[r.word(at+1)] {
			r.swap(r.pieceAt(at + 1))
			return
		}
	}
}

// pieceAt is the name of a piece in English: at most three words up to one that
// goes on with the sentence. What is no piece is nothing.
func (r *reader) pieceAt(i int) string {
	for determiners[r.word(i)] || anotherWords[r.word(i)] || r.word(i) == "pair" || r.word(i) == "of" {
		i++
	}
	end := i
	for end < len(r.tokens) && end < i+3 && (end == i || !r.breaks(end)) && isLatin(r.word(end)) && !pieceEnds[r.word(end)] {
		end++
	}
	if end == i || noPieces[r.word(end-1)] || noPieces[r.word(i)] || r.marks[i] == hidden {
		return ""
	}
	return r.said(i, end)
}

// hanSwap reads 换一双鞋, 换个包, 把鞋换掉, 鞋子换一下.
func (r *reader) hanSwap(i int) {
	at := i + 1
	at += r.isWord(at, "一")
	counted := measureWords[r.word(at)] && r.word(at) != "包" && r.word(at) != "把"
	if counted {
		at++
	}
	if two := r.said(i+1, min(i+3, len(r.tokens))); strings.HasPrefix(two, "掉") || two == "一下" || strings.HasPrefix(two, "下") {
		at = i + 2 + r.isWord(i+2, "下")
		counted = true
	}
	if counted || r.word(i+1) == "鞋" || r.word(i+1) == "包" {
		if piece := r.hanPieceAt(at); piece != "" {
			r.swap(piece)
			return
		}
	}
	if after := r.word(i + 1); after == "掉" || after == "一" || after == "了" || after == "下" || r.breaks(i+1) || closings[after] {
		r.swap(r.hanPieceBefore(i))
	}
}

// hanPieceAt is the name of a piece in Chinese: what follows the last 的 up to the
// end of the clause, of at most four characters.
func (r *reader) hanPieceAt(i int) string {
	end := i
	for end < len(r.tokens) && (end == i || !r.breaks(end)) && isHan(r.word(end)) && !closingHan[r.word(end)] {
		if r.word(end) == "的" {
			i = end + 1
		}
		end++
	}
	return hanPiece(r.said(i, end))
}

var closingHan = set("吧 吗 呢 了 么 啊 呀 看 试 行 可 好 给 就 也 再 换 搭 配")

// hanPieceBefore is the piece that stands before a token: 把鞋, 鞋子, 外套要.
func (r *reader) hanPieceBefore(i int) string {
	for i > 0 && strings.Contains("不用要都需也给我再能以可想", r.word(i-1)) && !r.breaks(i) {
		i--
	}
	from := i
	for from > 0 && (from == i || !r.breaks(from)) && isHan(r.word(from-1)) && !strings.Contains("把将那这个双件条只顶款的想要我", r.word(from-1)) {
		from--
	}
	if from < i && r.breaks(i) {
		return ""
	}
	return hanPiece(r.said(from, i))
}

// hanPieceEnds are the characters that the Chinese names of things worn, carried and
// set beside others end in.
const hanPieceEnds = "鞋靴包衣裤裙帽巾带套衫服袜表镜链子装恤心环指饰夹甲袋伞灯椅桌床毯垫枕被盘碗杯壶锅机器架柜箱画瓶花书笔膜霜水乳粉膏拖袍褂披肩"

// hanPiece is the name of a piece if it may be one.
func hanPiece(piece string) string {
	runes := []rune(piece)
	if len(runes) == 0 || len(runes) > 4 || hanNoPieces[piece] || !strings.ContainsRune(hanPieceEnds, runes[len(runes)-1]) {
		return ""
	}
	for _, no := range []string{"颜色", "牌子", "品牌", "风格", "款式", "地址", "尺码", "怎么", "什么", "可以", "能", "是", "想", "号"} {
		if strings.Contains(piece, no) {
			return ""
		}
	}
	return piece
}

// staying reads 外套不变, 上衣不用换, "the shirt stays".
func (r *reader) staying() {
	for i := range r.tokens {
		rest := r.said(i, min(i+4, len(r.tokens)))
		for _, stays := range []string{"不变", "不换", "不用换", "不要换", "不用动", "留着", "保留", "别换", "别动"} {
			if strings.HasPrefix(rest, stays) && i > 0 && !r.breaks(i) {
				r.keep(r.hanPieceBefore(i))
			}
		}
		if w := r.word(i); (w == "stays" || w == "stay") && i > 1 && determiners[r.word(i-2)] {
			r.keep(r.pieceAt(i - 1))
		}
	}
}

// findEllipsis tells half a sentence: 黑色的呢, "in blue?".
func (r *reader) findEllipsis() {
	n := len(r.tokens)
	if n == 0 || n > 9 || r.Answer.Yes || r.Answer.No {
		return
	}
	if r.word(n-1) == "呢" && !r.contains(wholeHan) {
		r.Edit.Ellipsis = true
	}
	if first := r.word(0); n <= 4 && n > 1 && (first == "in" || first == "with" || first == "without") && r.marks[0] == free && r.Date.IsZero() && !r.Edit.Instead && r.Language == "" && !isDigits(r.word(1)) {
		r.Edit.Ellipsis = true
	}
}

// wholeHan are words of sentences that are whole though they end in 呢: of questions,
// and of what a shop's people say.
var wholeHan = []string{"怎么", "什么", "为何", "哪", "谁", "多少", "几", "吗", "订单", "快递", "怎样", "如何", "咋", "啥", "才", "还没", "有没有", "能不能", "是不是", "在", "包裹", "多久",
	"退款", "您", "你", "我", "妹", "亲", "帮", "会", "可以", "要", "需", "已", "无法", "没", "了呢", "是", "到", "等", "歉", "怕", "取消", "配送", "发货", "联系", "查", "处理", "退货", "换货",
	"人呢", "后呢", "好的呢", "不能", "不支", "不到", "不确", "确认", "申请", "安装", "安排", "操作", "提交", "苦呢", "说呢", "着呢", "一下", "还是", "售后", "回"}
