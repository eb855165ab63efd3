package main

import (
	"context"
	"fmt"
	"time"

	"honeyguide/catalog"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
	"honeyguide/demo"
)

// demoSettings are the demo store's: it delivers within days, and somebody is there on
// working days.
func demoSettings(name, currency string) catalog.Settings {
	day := []catalog.Span{{From: "09:00", To: "18:00"}}
	return catalog.Settings{Name: name, Currency: currency, Locale: "en", Packs: demo.Packs(), Delivery: &catalog.Delivery{MinDays: 2, MaxDays: 5},
		Hours: &catalog.Hours{TimeZone: "UTC", Monday: day, Tuesday: day, Wednesday: day, Thursday: day, Friday: day, Saturday: day, Sunday: day}}
}

// demoOrders are to be asked for: by the number and the phone's last digits, 2468.
func demoOrders(now time.Time) []orders.Order {
	day := func(days int) string { return now.AddDate(0, 0, days).Format(time.DateOnly) }
	return []orders.Order{
		{ID: "A1001", Status: orders.Shipped, Carrier: "Parcel Post", Tracking: "PP482910037", Phone: "+15550102468", Email: "ann@example.com",
			Items:     []orders.Item{{ProductID: "dress-slip-black", Size: "M", Quantity: 1}, {ProductID: "heel-block-tan", Size: "38", Quantity: 1}},
			OrderedAt: day(-3), ETA: day(2)},
		{ID: "A1002", Status: orders.Delivered, Carrier: "Parcel Post", Tracking: "PP482907713", Phone: "+15550102468", Email: "ann@example.com",
			Items: []orders.Item{{ProductID: "lamp-task-red", Quantity: 1}}, OrderedAt: day(-12), ETA: day(-7)},
		{ID: "A1003", Status: orders.Paid, Phone: "+15550102468", Email: "ann@example.com",
			Items: []orders.Item{{ProductID: "jeans-wide-light-blue", Size: "28", Quantity: 1}}, OrderedAt: day(0), ETA: day(5)},
	}
}

// demoPromotions are the demo store's offers.
func demoPromotions(now time.Time) []promotions.Promotion {
	from, to, later, end := now.AddDate(0, 0, -1), now.AddDate(0, 0, 21), now.AddDate(0, 0, 22), now.AddDate(0, 0, 36)
	return []promotions.Promotion{
		{ID: "knitwear", Title: "Knitwear weeks", Description: "15% off sweaters and cardigans, no code needed.", Category: "tops.sweaters", Percent: 15,
			ValidFrom: &from, ValidTo: &to, Translations: map[string]promotions.Words{"zh": {Title: "针织周", Description: "毛衣和开衫15%优惠，无需优惠码。"}}},
		{ID: "shipping", Title: "Free delivery above $75", Description: "For all orders within the country.", ValidFrom: &from, ValidTo: &to,
			Translations: map[string]promotions.Words{"zh": {Title: "满75美元包邮", Description: "限国内订单。"}}},
		{ID: "shoes", Title: "Step into the new year", Description: "10% off all shoes.", Category: "shoes", Percent: 10, ValidFrom: &later, ValidTo: &end,
			Translations: map[string]promotions.Words{"zh": {Title: "新年鞋履季", Description: "全部鞋款10%优惠。"}}},
	}
}

// demoRecords gives the demo store orders and offers, fresh at each start.
func (a *app) demoRecords(ctx context.Context, storeID string, now time.Time) error {
	for _, o := range demoOrders(now) {
		if _, err := a.orders.Put(ctx, storeID, o); err != nil {
			return fmt.Errorf("order %s: %w", o.ID, err)
		}
	}
	for _, p := range demoPromotions(now) {
		if _, err := a.promotions.Put(ctx, storeID, p); err != nil {
			return fmt.Errorf("promotion %s: %w", p.ID, err)
		}
	}
	return nil
}
