package truth

import (
	"fmt"
	"strconv"
	"time"

	"honeyguide/catalog/money"
)

// mend puts the one wrong value of a sentence right, where exactly one value of the
// same kind is in the records that it can mean.
func (g *Gate) mend(t text, c claim, about []string) (text, bool) {
	named := g.mentions(t)
	scope := g.scopeOf(t, c, named, g.scope(t, named, about))
	right := ""
	switch c.kind {
	case amount:
		if len(scope) == 1 && g.things[scope[0]].priced && c.bound == exactly && !c.low && !c.high {
			right = money.Format(g.things[scope[0]].cost, g.turn.Language)
		}
	case discount:
		if v, ok := g.only(c, scope); ok {
			right = trimFloat(v.value) + "% off"
			if g.turn.Language == "zh" {
				right = "优惠" + trimFloat(v.value) + "%"
			}
		}
	case date:
		if v, ok := g.only(c, scope); ok && v.day.month > 0 && v.day.day > 0 {
			right = g.dayText(v.day)
		}
	}
	if right == "" {
		return t, false
	}
	mended := read(t.raw[:c.from]+right+t.raw[c.to:], g.now)
	return mended, len(g.faults(mended, about)) == 0
}

// only is the one value of a claim's kind that the records of the products in scope,
// and those of none, hold.
func (g *Gate) only(c claim, scope []int) (v claim, ok bool) {
	lists := [][]claim{g.said}
	for _, i := range scope {
		lists = append(lists, g.things[i].said)
	}
	for _, list := range lists {
		for _, o := range list {
			switch {
			case o.kind != c.kind || o.weak:
			case !ok:
				v, ok = o, true
			case !same(o.value, v.value) || o.day != v.day:
				return claim{}, false
			}
		}
	}
	return v, ok
}

func (g *Gate) dayText(d day) string {
	if g.turn.Language == "zh" {
		return fmt.Sprintf("%d月%d日", d.month, d.day)
	}
	return fmt.Sprintf("%d %s", d.day, time.Month(d.month))
}

func trimFloat(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
