package slot

import (
	"regexp"
	"strings"
)

// codeForm is what the number of an order may look like, in folded text: letters and
// digits in parts.
var codeForm = regexp.MustCompile(`#?[a-z0-9]+(?:[-/_][a-z0-9]+)*`)

// orderSaid ends before the number of an order. What orderNames also says it is no
// more than a cue.
var orderSaid = regexp.MustCompile(`(?:\b(?:orders?|purchases?|ord|po|so)|订单|单子|单据|订单编|单)\s*(?:number|num|nr|no|id|code|ref|reference|编号|号码|号|编码|码|#)?\s*(?:is|was|are|of|是|为|:|：|#|\.|,)*\s*#?$`)

var (
	// orderWords speak of orders.
	orderWords = set(`order orders ordered purchase purchases purchased shipped shipping shipment delivered delivery parcel package
		refund refunds refunded return returned cancel canceling cancelling cancelled canceled cancellation eta status track tracking
		arrive arrived received bought product products item items`)
	orderNames = []string{"order", "oder", "purchase", "cancel", "订单", "单号", "单子", "发货", "到哪", "物流", "快递", "退款", "退货", "换货", "取消", "签收", "收到", "催", "查一下", "查下", "查询", "帮我查", "下单", "没到", "还没到", "派送", "配送"}
	// otherNumbers stand before numbers of other things.
	otherNumbers = regexp.MustCompile(`(?:invoices?|bills?|发票|card|卡|model|型号|item|sku|货号|款号|coupon|优惠码|code|验证码|zip|postcode|邮编|account|账号|qq|微信|version|isbn|ean|barcode|条码|room|apt)[号码]?\s*(?:number|no|id)?\s*[:.#：]?\s*#?$`)
	// amountAfter stand after numbers that count or measure.
	amountAfter = regexp.MustCompile(`^\s?(?:元|块|rmb|yuan|dollars?|usd|eur|euros?|bucks|rupees|cm|mm|kg|g\b|ml|gb|inch|码|号店|件|个|双|条|只|天|年|月|日|岁|点|次|多|斤|米|%|pcs|pieces?|items?|shirts?|pairs?|times|days?|weeks?|months?|years?|hours?)`)
	dayForm     = regexp.MustCompile(`^(?:(?:19|20)\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])|\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?|(?:19|20)\d\d)$`)
	bodySize    = regexp.MustCompile(`^\d{2,3}[-/]\d{2,3}[a-e]?$`)
	wellFormed  = regexp.MustCompile(`^(?:[a-z]{1,4}-?\d{5,}|[a-z]{1,4}-\d{4,}(?:[-/]\d+)*|\d{4,}[-/]\d{4,}(?:[-/]\d+)*|\d{8,})$`)
)

// findOrder reads the number of an order, or the digits that are the whole sentence.
func (r *reader) findOrder() {
	if digitsIn(r.folded) < 2 {
		return
	}
	best := 0
	for _, at := range codeForm.FindAllStringIndex(r.folded, -1) {
		code := strings.TrimPrefix(r.folded[at[0]:at[1]], "#")
		if digitsIn(code) < 2 || !r.unmarked(at[0], at[1]) {
			continue
		}
		if sure := r.orderHere(code, at[0], at[1]); sure > best {
			best = sure
			r.OrderNumber = strings.ToUpper(stripOrder(code))
			r.markBytes(at[0], at[1], hidden)
		}
	}
	if r.OrderNumber == "" && len(r.tokens) == 1 && isDigits(r.word(0)) && len(r.word(0)) >= 4 && len(r.word(0)) <= 7 {
		r.Bare = r.word(0)
	}
}

// orderHere tells how surely a code is the number of an order: 0 is not.
func (r *reader) orderHere(code string, from, to int) int {
	before, after := r.folded[max(0, from-24):from], r.folded[to:]
	digits := digitsIn(code)
	hash := r.folded[from] == '#' || strings.HasSuffix(before, "#")
	switch {
	case amountAfter.MatchString(after) && !hash, dayForm.MatchString(code), priced(before), decimal(before, after),
		otherNumbers.MatchString(before):
		return 0
	case stripOrder(code) != code:
		return 4
	case orderSaid.MatchString(before) && (digits >= 3 || hash):
		return 3
	case bodySize.MatchString(code):
		return 0
	}
	speaks := r.has(orderWords) || r.contains(orderNames)
	alone := strings.Trim(r.folded[:from]+after, " .,!?#。，！？") == ""
	switch {
	case (hash && digits >= 3 || wellFormed.MatchString(code)) && (speaks || alone):
		return 2
	case speaks && digits >= 5:
		return 1
	}
	return 0
}

// stripOrder takes "order" off a number that it was written together with.
func stripOrder(code string) string {
	for _, word := range []string{"order", "purchase"} {
		if rest, ok := strings.CutPrefix(code, word); ok && len(rest) >= 3 && digitsIn(rest) == len(rest) {
			return rest
		}
	}
	return code
}

// priced tells whether a sign of money stands right before.
func priced(before string) bool {
	before = strings.TrimRight(before, " ")
	for _, sign := range []string{"$", "€", "£", "¥", "₹", "rs", "rs.", "usd", "eur", "inr", "rmb"} {
		if strings.HasSuffix(before, sign) {
			return true
		}
	}
	return false
}

// decimal tells whether the digits are a part of 1,299.50.
func decimal(before, after string) bool {
	n := len(before)
	return n > 1 && (before[n-1] == '.' || before[n-1] == ',') && before[n-2] >= '0' && before[n-2] <= '9' ||
		len(after) > 1 && (after[0] == '.' || after[0] == ',') && after[1] >= '0' && after[1] <= '9'
}
