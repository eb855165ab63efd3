package orders

import (
	"slices"
	"strings"

	"honeyguide/catalog/words"
)

// Status is how far an order has come.
type Status string

// The statuses, in the order in which a purchase passes them.
const (
	Placed          Status = "placed"           // not paid for yet, as far as known
	Paid            Status = "paid"             // to be packed
	Packed          Status = "packed"           // or being packed
	Shipped         Status = "shipped"          // with the carrier
	OutForDelivery  Status = "out_for_delivery" // with the courier, for today
	Delivered       Status = "delivered"
	Canceled        Status = "canceled"
	ReturnRequested Status = "return_requested" // a return or refund that is not through yet
	Returned        Status = "returned"         // back in the shop
	Refunded        Status = "refunded"         // the money is back
)

// spellings are the words of shop systems and merchants for each status, folded
// and without spaces, dashes and underscores.
var spellings = []struct {
	status Status
	words  string
}{
	{Placed, "placed created new open pending pendingpayment awaitingpayment unpaid onhold confirmed 已下单 下单成功 待付款 待支付 未付款 等待买家付款"},
	{Paid, "paid processing unfulfilled awaitingshipment awaitingfulfillment preparing 已付款 已支付 付款成功 待发货 未发货 处理中 买家已付款"},
	{Packed, "packed packing picking picked readytoship 备货中 配货中 拣货中 打包中 已打包 已备货 已配货 待出库"},
	{Shipped, "shipped intransit dispatched fulfilled partiallyshipped partiallyfulfilled sent 已发货 部分发货 运输中 在途 待收货 已出库 卖家已发货"},
	{OutForDelivery, "outfordelivery withcourier delivering 派送中 派件中 配送中 正在派送 待取件"},
	{Delivered, "delivered completed complete received 已签收 签收 已送达 已收货 确认收货 已完成 完成 交易成功"},
	{Canceled, "canceled cancelled voided 已取消 取消 订单取消"},
	{ReturnRequested, "returnrequested returning returninprogress refundrequested refundpending 申请退货 退货中 待退货 申请退款 退款中 待退款 退货退款中"},
	{Returned, "returned 已退货 退货成功 退货完成 已退回"},
	{Refunded, "refunded 已退款 退款成功 退款完成"},
}

// readStatus returns the status that a merchant's word means.
func readStatus(word string) (Status, error) {
	plain := strings.NewReplacer(" ", "", "-", "", "_", "").Replace(words.Fold(strings.TrimSpace(word)))
	var all []string
	for _, s := range spellings {
		if slices.Contains(strings.Fields(s.words), plain) {
			return s.status, nil
		}
		all = append(all, string(s.status))
	}
	return "", invalid("status", "%.60q is unknown; use one of %s", word, strings.Join(all, ", "))
}
