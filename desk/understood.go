package desk

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"honeyguide/catalog/money"
)

// The labels of a summary's lines.
var (
	labelReason     = words{"Reason: ", "转接原因:"}
	labelWants      = words{"Wants: ", "需求:"}
	labelEarlier    = words{"Earlier: ", "之前的问题:"}
	labelLast       = words{"Last said: ", "最后的留言:"}
	labelUnderstood = words{"Understood: ", "已了解:"}
	labelShown      = words{"Shown: ", "已展示:"}
	labelFailed     = words{"Tried in vain: ", "未解决:"}
	labelMood       = words{"Mood: ", "情绪:"}

	failedNoAnswer = words{"no answer to ", "没有答案:"}
	failedNothing  = words{"nothing found for ", "没有找到:"}
	failedDisliked = words{"thumb down on the answer to ", "差评:"}
)

var reasons = map[string]words{
	"asked": {"asked for a person", "要求人工"}, "anger": {"is angry", "情绪激动"}, "complaint": {"has a complaint", "投诉"},
	"no_answer": {"the assistant had no answer, twice", "助手两次无法回答"}, "low_confidence": {"the assistant was unsure, twice", "助手两次把握不足"},
}

var intents = map[string]words{
	"search": {"find a product", "找商品"}, "similar": {"find something similar", "找同款或相似款"}, "outfit": {"what goes with something", "搭配"},
	"gift": {"a present", "选礼物"}, "size": {"a size", "选尺码"}, "faq": {"an answer on the shop or its goods", "咨询问题"},
	"order": {"something about an order", "订单问题"}, "promotion": {"offers", "优惠活动"}, "compare": {"a comparison", "比较商品"},
}

// understood lists what the assistant understood.
func (b *briefing) understood(a *account) (parts []string) {
	u := &a.understood
	add := func(label words, field string, values ...string) {
		var named []string
		for _, v := range values {
			if name, ok := b.labels[field+":"+v]; ok {
				v = name
			}
			if v != "" {
				named = append(named, v)
			}
		}
		if len(named) > 0 {
			parts = append(parts, label.in(b.language, "")+strings.Join(named, b.either(", ", "、")))
		}
	}
	add(words{}, "category", u.Category)
	add(words{"brand ", "品牌"}, "brand", u.Brands...)
	add(words{}, "color", u.Colors...)
	add(words{"size ", "尺码"}, "size", u.Sizes...)
	add(words{}, "gender", u.Gender)
	add(words{}, "material", u.Material)
	add(words{"for ", "送"}, "recipient", u.Recipient)
	add(words{}, "occasion", u.Occasion)
	add(words{"likes ", "喜欢"}, "", u.Interests...)
	if u.Age != nil {
		add(words{"age ", "年龄"}, "", strconv.Itoa(*u.Age))
	}
	add(words{}, "", b.span(u.PriceMin, u.PriceMax))
	add(words{"budget ", "预算"}, "", b.span(u.BudgetMin, u.BudgetMax))
	add(words{"needed by ", "最晚"}, "", u.NeedBy)
	for _, m := range slices.Sorted(maps.Keys(u.Measurements)) {
		add(words{}, "", m+" "+strconv.FormatFloat(u.Measurements[m], 'f', -1, 64))
	}
	add(words{"usually wears ", "平时穿"}, "", strings.TrimSpace(u.UsualBrand+" "+u.UsualSize))
	add(words{"order ", "订单"}, "", b.order(u.OrderNumber, a.proven))
	return parts
}

// span writes amounts in the store's currency.
func (b *briefing) span(least, most *int64) string {
	write := func(amount int64) string {
		return money.Format(money.Money{Amount: amount, Currency: b.store.Currency}, b.store.Locale)
	}
	switch {
	case least != nil && most != nil:
		return write(*least) + "–" + write(*most)
	case most != nil:
		return b.either("up to ", "不超过") + write(*most)
	case least != nil:
		return b.either("from ", "至少") + write(*least)
	}
	return ""
}

// order is an order's number where the buyer proved it, else no more than its end.
func (b *briefing) order(number string, proven []string) string {
	if number == "" || slices.ContainsFunc(proven, func(id string) bool { return strings.EqualFold(id, number) }) {
		return number
	}
	digits := []rune(number)
	return "…" + string(digits[max(len(digits)-4, len(digits)/2):]) + b.either(" (not proven)", "(未核实)")
}
