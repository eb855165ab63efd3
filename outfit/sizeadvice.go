package outfit

import (
	"fmt"
	"math"
	"slices"

	"honeyguide/catalog"
)

// near is how close to the border of two sizes, in rows, a body is between them.
const near = .15

// advise fills in the size of a chart that the evidence points to.
func (s *Sizer) advise(a *SizeAdvice, ch *chart, p *catalog.Product, all []evidence, b *Body) {
	a.Missing = missing(ch, b, all)
	if b.UsualSize != "" && ch.named(b.UsualSize) < 0 {
		a.say("usual_size", fmt.Sprintf("The chart of this product has no size %s to compare with.", b.UsualSize), fmt.Sprintf("这款的尺码表里没有可以对照的%s。", b.UsualSize))
	}
	if ch.isGrid() {
		s.adviseGrid(a, ch, p, b)
		return
	}
	if len(all) == 0 {
		a.say("missing", "To tell the size, one measure is needed: "+MeasureName(a.Missing[0], "en")+".", "要推荐尺码，还需要一个数据："+MeasureName(a.Missing[0], "zh")+"。")
		return
	}
	at, deviation := together(all)
	last := len(ch.rows) - 1
	if at < -1 || at > float64(last)+1 {
		a.say("chart", fmt.Sprintf("The chart runs from %s to %s; these measures lie outside it.", ch.rows[0].Size, ch.rows[last].Size),
			fmt.Sprintf("这款的尺码从%s到%s，您给的数据不在范围内。", ch.rows[0].Size, ch.rows[last].Size))
		return
	}
	row := min(max(int(math.Round(at)), 0), last)
	s.settle(a, ch, p, at, row)
	a.Confidence = s.confidence(sureness(float64(row)-.5, float64(row)+.5, at, deviation), a)
	s.explain(a, ch, all, row)
	s.found(a, ch, p, all, row)
}

// garments are the kinds of things of which women told how their sizes fitted.
var garments = []string{"dresses", "tops", "bottoms", "outerwear"}

// mostOff is how many steps a size may lie from the one that the body keeps, for enough
// women to have told how such a size fits.
const mostOff = 1.5

// found says how women of such a body found such a size in other clothes, where the chart
// is in women's sizes and the body is known so far.
func (s *Sizer) found(a *SizeAdvice, ch *chart, p *catalog.Product, all []evidence, row int) {
	if !ch.adult || !a.InStock || !slices.Contains(garments, root(p.Category)) {
		return
	}
	var off, usual *float64
	for _, e := range all {
		distance := float64(row) - e.at
		switch e.measure {
		case "learned":
			off = &distance
		case "usual":
			usual = &distance
		}
	}
	if off == nil || math.Abs(*off) > mostOff || usual != nil && math.Abs(*usual) > mostOff {
		return
	}
	small, fits, large := s.body.fitChances(p.Category, *off, usual)
	a.say("fit", fmt.Sprintf("Of 100 women of such a body who wore such a size of other clothes, about %.0f found that it fits, %.0f small, %.0f large.", 100*fits, 100*small, 100*large),
		fmt.Sprintf("相近身材、穿其他衣服这个尺码的100位女士里，约%.0f位觉得合身，%.0f位偏小，%.0f位偏大。", 100*fits, 100*small, 100*large))
}

// confidence is how often a size is kept that was computed to be so with a probability,
// in hundredths; a size that the product does not come in is half as likely to be kept.
func (s *Sizer) confidence(p float64, a *SizeAdvice) float64 {
	p = s.body.kept(p)
	if !a.InStock {
		p /= 2
	}
	return math.Round(p*100) / 100
}

// settle names the size: the row's, between two where the body lies near their
// border, and the nearest that the product comes in.
func (s *Sizer) settle(a *SizeAdvice, ch *chart, p *catalog.Product, at float64, row int) {
	border := math.Floor(at) + .5
	if low := int(math.Floor(at)); math.Abs(at-border) < near && low >= 0 && low+1 < len(ch.rows) {
		if small, large := ch.label(p, low), ch.label(p, low+1); small != large {
			a.Between = []string{small, large}
		}
	}
	a.Size, a.Row = ch.label(p, row), &ch.rows[row]
	if ch.sells(p, row) {
		a.InStock = p.Availability == catalog.InStock
		return
	}
	for _, other := range []int{row + 1, row - 1} {
		if other >= 0 && other < len(ch.rows) && ch.sells(p, other) {
			wanted, nearest := ch.rows[row].Size, ch.label(p, other)
			a.Size, a.Row, a.Between, a.InStock = nearest, &ch.rows[other], nil, p.Availability == catalog.InStock
			wide, zh := "looser", "偏松"
			if other < row {
				wide, zh = "tighter", "偏紧"
			}
			a.say("sizes", fmt.Sprintf("%s would be the size, but this does not come in it; %s is the nearest and will be %s.", wanted, nearest, wide),
				fmt.Sprintf("按尺码应选%s，但这款没有；最接近的是%s，会%s一些。", wanted, nearest, zh))
			return
		}
	}
	a.say("sizes", fmt.Sprintf("%s would be the size, but this does not come in it.", a.Size), fmt.Sprintf("您适合%s，但这款没有这个尺码。", a.Size))
}

// label is a row's size as the product writes it, else as its system does.
func (c *chart) label(p *catalog.Product, row int) string {
	for _, size := range p.Sizes {
		if c.rowOf(size, c.labels) == row {
			return size
		}
	}
	if c.labels != "" && c.rows[row].Also[c.labels] != "" {
		return c.rows[row].Also[c.labels]
	}
	return c.rows[row].Size
}

// sells tells whether the product comes in a row's size; one that lists no sizes
// comes in all.
func (c *chart) sells(p *catalog.Product, row int) bool {
	for _, size := range p.Sizes {
		if c.rowOf(size, c.labels) == row {
			return true
		}
	}
	return len(p.Sizes) == 0
}

// adviseGrid advises by a chart of bands and cups.
func (s *Sizer) adviseGrid(a *SizeAdvice, ch *chart, p *catalog.Product, b *Body) {
	row, off := ch.nearest(b)
	if named := ch.named(b.UsualSize); row < 0 && b.UsualSize != "" && named >= 0 {
		row, off = named, .5
	}
	switch {
	case row < 0:
		a.say("missing", "To tell the size, one measure is needed: "+MeasureName(a.Missing[0], "en")+".", "要推荐尺码，还需要一个数据："+MeasureName(a.Missing[0], "zh")+"。")
	case off > 1.5:
		a.say("chart", "These measures lie outside the chart.", "您给的数据不在尺码表范围内。")
	default:
		s.settle(a, ch, p, float64(row), row)
		a.Between = nil
		a.Confidence = s.confidence(within(-.5-off, .5, 0, byTape), a)
		s.explain(a, ch, nil, row)
		for _, m := range ch.by {
			if x, ok := measured(b, m); ok {
				a.reason(ch, m, x, row)
			}
		}
	}
}

// missing is the one measure that would help most: the first that the chart goes
// by and that nobody gave.
func missing(ch *chart, b *Body, all []evidence) []string {
	for i, m := range ch.by {
		if _, ok := measured(b, m); ok {
			if i == 0 && !ch.isGrid() {
				return nil
			}
			continue
		}
		if i > 0 && !ch.isGrid() && len(all) > 0 {
			return nil
		}
		if m == "bust_difference" {
			m = "chest"
		}
		return []string{fieldOf(m)}
	}
	return nil
}
