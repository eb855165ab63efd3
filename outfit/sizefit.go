package outfit

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"honeyguide/catalog"
)

// evidence is a place in a chart that something about the body points to: 2.0
// is the middle of the third row, 2.5 the border to the fourth.
type evidence struct {
	measure   string // or "usual", "learned", "table"
	value     float64
	at        float64 // rows
	deviation float64 // standard error in rows
}

// How far the places that measures point to lie from the size that is kept, in
// rows. What a chart itself goes by errs by the tape alone; height and weight
// tell less. The learned errors stand in data/size.json.
const (
	byTape    = .6
	bySecond  = .9
	byHeight  = 1.3
	byWeight  = 1.0
	byTable   = 1.1 // a measure that another table tells from height and weight
	sameLabel = 1.2 // times the learned error of a usual size, where the brand is another or not said
)

// evidence collects what points to a place in a chart.
func (s *Sizer) evidence(ch *chart, charts []catalog.SizeChart, p *catalog.Product, b *Body) []evidence {
	var all []evidence
	taped := false
	for i, m := range ch.by {
		x, ok := measured(b, m)
		if at, in := ch.place(m, x); ok && in {
			deviation := bySecond
			switch {
			case m == "height" && i > 0:
				deviation = byHeight
			case m == "weight" && i > 0:
				deviation = byWeight
			case i == 0:
				deviation = byTape
			}
			taped = taped || m != "height" && m != "weight"
			all = append(all, evidence{m, x, at, deviation})
		}
	}
	if !taped && ch.adult {
		if e, ok := s.learned(ch, b, genderOf(p, b)); ok {
			all = append(all, e)
		} else if e, ok := s.tabled(ch, b, genderOf(p, b)); ok && len(all) == 0 {
			all = append(all, e)
		}
	}
	if e, ok := s.usual(ch, charts, p, b); ok {
		all = append(all, e)
	}
	return all
}

// measured is a body's measure; the difference of chest and underbust is one too.
func measured(b *Body, m string) (float64, bool) {
	if m == "bust_difference" {
		return b.Measures["chest"] - b.Measures["underbust"], b.Measures["chest"] > 0 && b.Measures["underbust"] > 0
	}
	x, ok := b.Measures[m]
	return x, ok
}

// learned is the size that women of such height, weight and age keep, brought onto a
// chart of women's sizes by its US labels, or onto another by the chest that they have,
// which is evidence of a table then.
func (s *Sizer) learned(ch *chart, b *Body, gender string) (evidence, bool) {
	if gender != female || b.Gender == male || b.Measures["weight"] < 35 || b.Measures["height"] < 140 {
		return evidence{}, false
	}
	step, deviation, ok := s.body.step(b.Measures["height"], b.Measures["weight"], b.Measures["age"], b.Measures["chest"])
	if !ok {
		return evidence{}, false
	}
	if at, ok := ch.ofStep(step); ok {
		return evidence{"learned", b.Measures["weight"], at, deviation}, true
	}
	chest := s.body.chest(b.Measures["height"], b.Measures["weight"], b.Measures["age"])
	at, ok := ch.place("chest", chest)
	return evidence{"table", chest, at, byTable}, ok
}

// ofStep is the place of a size in steps of women's clothing, by US labels that
// rise by two.
func (c *chart) ofStep(step float64) (at float64, ok bool) {
	for i, row := range c.rows {
		label, err := strconv.Atoi(row.Also["us"])
		if err != nil || row.Also["us"] == "00" {
			continue
		}
		if c.gender == female && i+1 < len(c.rows) && c.rows[i+1].Also["us"] == strconv.Itoa(label+2) {
			return float64(i) + step - float64(label)/2, true
		}
		return 0, false
	}
	return 0, false
}

// tabled reads the measure that a chart goes by out of the table that tells it
// from height and weight: the Chinese standard's.
func (s *Sizer) tabled(ch *chart, b *Body, gender string) (evidence, bool) {
	height, weight := b.Measures["height"], b.Measures["weight"]
	if height == 0 || weight == 0 || gender == "" {
		return evidence{}, false
	}
	for _, pack := range s.packs.All() {
		for i := range pack.Sizes {
			system := &pack.Sizes[i]
			if system.Gender != gender || system.AgeGroup != "adult" || !slices.Contains(system.By, "height") || !slices.Contains(system.By, "weight") || !slices.Contains(system.By, "chest") {
				continue
			}
			table := systems(system, "")
			byH, okH := table.place("height", height)
			byW, okW := table.place("weight", weight)
			for _, m := range ch.by {
				x, okM := table.measureAt(m, .3*byH+.7*byW)
				if at, ok := ch.place(m, x); okH && okW && okM && ok {
					return evidence{"table", x, at, byTable}, true
				}
			}
		}
	}
	return evidence{}, false
}

// usual is the place of the size that somebody usually takes: the row of the
// brand's own chart by its measures, where there is one, else the same label.
func (s *Sizer) usual(ch *chart, charts []catalog.SizeChart, p *catalog.Product, b *Body) (evidence, bool) {
	if b.UsualSize == "" {
		return evidence{}, false
	}
	same := b.UsualBrand != "" && strings.EqualFold(b.UsualBrand, p.Brand)
	if b.UsualBrand != "" && !same {
		of := *p
		of.Brand = b.UsualBrand
		for _, other := range s.charts(&of, charts, b) {
			row := other.named(b.UsualSize)
			if !other.own || row < 0 {
				continue
			}
			for _, m := range ch.by {
				if span, ok := other.rows[row].Measures[m]; ok {
					if at, ok := ch.place(m, (span[0]+span[1])/2); ok {
						return evidence{"usual", 0, at, s.body.Usual}, true
					}
				}
			}
		}
	}
	row := ch.named(b.UsualSize)
	deviation := s.body.Usual
	if !same {
		deviation *= sameLabel
	}
	return evidence{"usual", 0, float64(row), deviation}, row >= 0
}

// named is the row that a label names: in the system that it says, in the
// product's, in the rows' own, or in any other; -1 for none.
func (c *chart) named(label string) int {
	for _, system := range []string{c.labels, "", "eu", "uk", "us", "cn", "letter", "fr", "it"} {
		if row := c.rowOf(label, system); row >= 0 {
			return row
		}
	}
	return -1
}

// together is the mean of places, the surer counting more, and its standard
// error: that of the surest, since people whose measures mislead have sizes that
// mislead too, and more where the places disagree.
func together(all []evidence) (at, deviation float64) {
	weights, spread := 0.0, 0.0
	deviation = math.Inf(1)
	for _, e := range all {
		w := math.Pow(e.deviation, -4) // sharper than for errors that know nothing of each other
		at, weights = at+w*e.at, weights+w
		deviation = min(deviation, e.deviation)
	}
	at /= weights
	for _, e := range all {
		spread += (e.at - at) * (e.at - at) / (e.deviation * e.deviation)
	}
	if n := float64(len(all)); n > 1 {
		deviation *= math.Sqrt(max(1, spread/(n-1)))
	}
	return at, deviation
}

// sureness is how likely a size is the one that is kept, which reaches from low
// to high: a body beyond the chart's ends is as sure as one at the end.
func sureness(low, high, at, deviation float64) float64 {
	return within(low, high, min(max(at, low), high), deviation)
}
