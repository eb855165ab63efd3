package truth

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"

	"honeyguide/catalog/money"
)

// maxRead bounds what is read of one text of a record, in bytes.
const maxRead = 6000

// thing is a product of the turn and what its record says of it.
type thing struct {
	id     string
	names  string // what it is called: title and brand
	said   []claim
	cost   money.Money
	priced bool
	stock  string // the notion of its availability, or empty where that is not known
}

// ground is what the records of a turn say.
type ground struct {
	now      time.Time
	things   []thing
	said     []claim         // of no product in particular
	words    map[string]bool // all terms of all records
	loose    []string        // texts that others may have written into records
	currency string          // of the first price
}

// record adds a record.
func (g *ground) record(r Record) {
	var v any
	d := json.NewDecoder(strings.NewReader(r.Text))
	d.UseNumber()
	if err := d.Decode(&v); err == nil && (strings.HasPrefix(strings.TrimSpace(r.Text), "{") || strings.HasPrefix(strings.TrimSpace(r.Text), "[")) {
		g.value(v, "", nil)
	} else {
		g.plain(r)
	}
	g.know(r.ID)
}

// promotion adds an offer: to the products that it names, where it names any of the
// turn's, else to all.
func (g *ground) promotion(r Record) {
	general := g.said
	g.said = []claim{{kind: notion, text: "discount"}}
	g.record(r)
	offered := g.said
	g.said = general
	var p struct {
		ProductIDs []string `json:"product_ids"`
	}
	if err := json.Unmarshal([]byte(r.Text), &p); err != nil {
		p.ProductIDs = nil // plain words name no products
	}
	for i := range g.things {
		if slices.Contains(p.ProductIDs, g.things[i].id) {
			g.things[i].said = append(g.things[i].said, offered...)
		}
	}
	if len(p.ProductIDs) == 0 {
		g.said = append(g.said, offered...)
	}
}

// plain reads a record in words. A product's name is what stands before the first comma.
func (g *ground) plain(r Record) {
	g.know(r.Text)
	t := read(clip(r.Text), g.now)
	if r.Kind != "product" {
		g.loose = append(g.loose, t.raw)
		g.said = append(g.said, t.claims...)
		return
	}
	name := r.Text
	if i := strings.IndexAny(name, ",;:|(\n，；：（—"); i > 0 {
		name = name[:i]
	}
	th := thing{id: r.ID, names: name, said: t.claims}
	for _, c := range t.claims {
		if c.kind == notion && strings.HasPrefix(c.text, "stock.") {
			th.stock = c.text
		}
	}
	g.things = append(g.things, th)
}

// know adds the terms of a text to what may be named.
func (g *ground) know(text string) {
	terms(tokens(clip(text)), func(_ int, term string) { g.words[term] = true })
}

func clip(text string) string {
	if len(text) > maxRead {
		return strings.ToValidUTF8(text[:maxRead], "")
	}
	return text
}

// value reads a JSON value under its key. th is the product it belongs to, or nil.
func (g *ground) value(v any, key string, th *thing) {
	switch v := v.(type) {
	case map[string]any:
		g.object(v, key, th)
	case []any:
		for _, e := range v {
			g.value(e, key, th)
		}
	case json.Number:
		g.numeric(v, key, th)
	case bool:
		if key == "in_stock" || key == "available" {
			c := claim{kind: notion, text: "stock.out", field: true}
			if v {
				c.text = "stock.in"
			}
			g.say(th, c)
		}
	case string:
		g.textual(v, key, th)
	}
}

// say adds a claim of a record.
func (g *ground) say(th *thing, claims ...claim) {
	if th != nil {
		th.said = append(th.said, claims...)
		return
	}
	g.said = append(g.said, claims...)
}

func (g *ground) object(v map[string]any, key string, th *thing) {
	if m, ok := moneyOf(v); ok {
		g.say(th, g.price(m))
		return
	}
	if title, ok := v["title"].(string); ok && (v["price"] != nil || v["availability"] != nil) {
		th = g.product(v, title)
		defer func() { g.things = append(g.things, *th) }()
	}
	keys := make([]string, 0, len(v))
	for k := range v {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		g.know(strings.ReplaceAll(k, "_", " "))
		if w, ok := weekdays[k]; ok {
			g.say(th, claim{kind: weekday, value: float64(w % 7), other: float64(w % 7)})
		}
		if strings.HasPrefix(k, "delivery") || k == "eta" || strings.HasPrefix(k, "arriv") || k == "first" && key == "arrival" {
			g.say(th, claim{kind: notion, text: "ship.when"})
		}
		g.value(v[k], k, th)
	}
}

// product begins a thing: prices, and what follows from them.
func (g *ground) product(v map[string]any, title string) *thing {
	brand, _ := v["brand"].(string)
	id, _ := v["id"].(string)
	th := &thing{id: id, names: title + " " + brand}
	if price, ok := v["price"].(map[string]any); ok {
		th.cost, th.priced = moneyOf(price)
	}
	if sale, ok := v["sale_price"].(map[string]any); ok && th.priced {
		if m, ok := moneyOf(sale); ok && m.Currency == th.cost.Currency && m.Amount < th.cost.Amount {
			share := 100 * (1 - float64(m.Amount)/float64(th.cost.Amount))
			saved := g.price(money.Money{Amount: th.cost.Amount - m.Amount, Currency: m.Currency})
			th.said = append(th.said, claim{kind: notion, text: "discount"}, saved,
				claim{kind: discount, value: math.Round(share), other: math.Floor(share)})
			th.cost = m
		}
	}
	switch v["availability"] {
	case "in_stock":
		th.stock = "stock.in"
	case "out_of_stock":
		th.stock = "stock.out"
	case "preorder", "backorder":
		th.stock = "stock.pre"
	}
	return th
}

func moneyOf(v map[string]any) (money.Money, bool) {
	currency, ok := v["currency"].(string)
	n, ok2 := v["amount"].(json.Number)
	amount, err := n.Int64()
	return money.Money{Amount: amount, Currency: currency}, ok && ok2 && err == nil && money.Valid(currency)
}

func (g *ground) price(m money.Money) claim {
	if g.currency == "" {
		g.currency = m.Currency
	}
	v := float64(m.Amount) / math.Pow10(money.Exponent(m.Currency))
	return claim{kind: amount, value: v, other: v, currencies: []string{m.Currency}}
}

// numeric reads a number by its key.
func (g *ground) numeric(n json.Number, key string, th *thing) {
	v, err := n.Float64()
	if err != nil || quiet[key] {
		return
	}
	c := claim{kind: number, value: v, other: v, field: true, low: strings.HasPrefix(key, "min_"), high: strings.HasPrefix(key, "max_")}
	unitName := key[strings.LastIndexByte(key, '_')+1:]
	switch u, ok := units[singular(unitName)]; {
	case key == "percent":
		g.say(th, claim{kind: notion, text: "discount"}, claim{kind: discount, value: v, other: v})
		return
	case strings.HasPrefix(key, "price") || strings.HasPrefix(key, "budget"):
		if g.currency != "" {
			g.say(th, g.price(money.Money{Amount: int64(v), Currency: g.currency}))
		}
		return
	case ok && strings.Contains(key, "_"):
		c.kind, c.unit, c.value, c.other = quantity, u.name, v*u.factor, v*u.factor
	}
	g.say(th, c)
}

// quiet are keys whose values are not for buyers.
var quiet = set("score share seq version width height confidence updated_at indexed_at created_at image_link additional_image_links " +
	"item_group_id currency enabled source state gender age_group token token_hash store_id availability")

// textual reads a string by its key.
func (g *ground) textual(s, key string, th *thing) {
	if quiet[key] {
		return
	}
	s = clip(s)
	g.know(s)
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		g.say(th, claim{kind: date, day: dayOf(at)})
		return
	}
	switch key {
	case "id", "product_id", "number":
		return
	case "link", "url":
		g.say(th, claim{kind: contact, text: contactText(s)})
		return
	case "status", "state":
		g.status(s, th)
	case "sizes", "size":
		g.sized(s, th)
	case "code", "coupon":
		g.say(th, claim{kind: notion, text: "coupon"}, claim{kind: code, text: strings.ToLower(s)})
	}
	t := read(strings.ReplaceAll(s, "_", " "), g.now)
	if th == nil {
		g.loose = append(g.loose, t.raw)
		g.say(nil, t.claims...)
		return
	}
	if key != "brand" && key != "title" {
		g.loose = append(g.loose, t.raw)
	}
	offers := slices.ContainsFunc(t.claims, func(c claim) bool { return c.kind == notion && !trusted(c) })
	for _, c := range t.claims {
		if trusted(c) || c.kind == date && !c.weak && !offers {
			th.said = append(th.said, c)
		}
	}
}

// trusted tells whether a product's own words are enough for a claim. They are for
// what the product is, not for what its record says in fields: price, stock,
// offers, delivery, addresses.
func trusted(c claim) bool {
	switch c.kind {
	case percent, quantity, number, count, size:
		return true
	case code:
		return c.unit == ""
	case notion:
		switch c.text {
		case "warranty", "lifetime", "return", "authentic", "popular", "clinical", "material":
			return true
		}
	}
	return false
}

// sized reads the value of a field for sizes, where everything is one.
func (g *ground) sized(s string, th *thing) {
	t := read("size "+s, g.now)
	for _, tok := range t.all[1:] {
		switch {
		case tok.sort == digits:
			g.say(th, claim{kind: size, text: tok.text})
		case letterSize(tok.text) != "":
			g.say(th, claim{kind: size, text: letterSize(tok.text)})
		case sizeWords[tok.text] != "":
			g.say(th, claim{kind: size, text: sizeWords[tok.text]})
		}
	}
	for _, c := range t.claims {
		if c.kind == size {
			g.say(th, c)
		}
	}
}

// status reads an order's state.
func (g *ground) status(s string, th *thing) {
	for _, key := range orderStates[strings.ToLower(strings.ReplaceAll(s, " ", "_"))] {
		g.say(th, claim{kind: notion, text: key})
	}
}

// orderStates are the notions that an order's state holds.
var orderStates = map[string][]string{
	"shipped": {"order.shipped"}, "dispatched": {"order.shipped"}, "in_transit": {"order.shipped"}, "out_for_delivery": {"order.shipped"},
	"delivered": {"order.delivered", "order.shipped"}, "cancelled": {"order.canceled", "done.cancel"}, "canceled": {"order.canceled", "done.cancel"},
	"refunded": {"order.refunded", "done.refund"}, "processing": {"order.processing"}, "pending": {"order.processing"},
	"paid": {"order.processing"}, "packed": {"order.processing"}, "preparing": {"order.processing"}, "placed": {"order.processing"},
}
