package outfit

import (
	"cmp"
	"math"
)

// option is a product that may fill a slot.
type option struct {
	thing
	bond    bond
	value   float64 // 0 to 1: how well it goes with the anchor
	accord  accord  // of its colour and the anchor's
	slot    *slot
	rated   float64 // its value before what was shown is taken off
	number  int     // among all options of a search
	nearest float64
	kept    bool   // it stays, whatever it costs
	strain  strain // what it is against, there being nothing else
}

// strain is a wish that a piece does not meet.
type strain string

// The wishes that give way where a place would stay empty.
const (
	otherKind     strain = "category"
	otherSeason   strain = "season"
	otherOccasion strain = "occasion"
	otherManners  strain = "formality"
)

// What makes a piece good beside the anchor, in shares of 1. Looks weigh little:
// a picture of another kind of thing is near mostly by its colour, which is
// judged already.
const (
	weightColor    = 0.40
	weightManners  = 0.34
	weightSeason   = 0.10
	weightPattern  = 0.10
	weightNearness = 0.06

	// unbound is the value of a piece whose category nothing joins to the anchor's,
	// in shares of one that everybody would take.
	unbound = 0.35

	// unisexShare is what a thing for everybody is worth beside one for the buyer's gender.
	unisexShare = 0.75

	// ill is how badly a piece may agree in occasion and formality.
	ill = 0.2
)

// rate says how well an option goes with the anchor, and false where its manners
// forbid it: no trainers with a dinner jacket, however well their colours agree. An
// occasion that was asked for and that it does not suit is a strain.
func (o *option) rate(r *request) bool {
	color, kind := r.thing.palette.harmony(o.palette)
	o.accord = kind
	pattern := 1.0
	if o.loud && r.thing.loud {
		pattern = 0.2
	}
	agree := manners(&r.thing, &o.thing)
	fits := agree
	if r.mood.occasion != r.thing.occasion { // what is asked for counts more than what is had
		asked := occasionAccord(r.mood.occasion, o.occasion)
		if level, known := dressed(o.category, o.occasion); known && r.mood.occasion == "formal" {
			asked *= min(1, 0.4+level)
		}
		agree, fits = (agree+2*asked)/3, asked
	}
	if o.gender == "unisex" && r.mood.gender != "" {
		agree *= unisexShare
	}
	near := max(0, min(1, o.nearest))
	quality := weightColor*color + weightManners*agree + weightSeason*seasonAccord(cmp.Or(r.mood.season, r.thing.season), o.season) +
		weightPattern*pattern + weightNearness*near
	o.value = (unbound + (1-unbound)*o.bond.strength) * quality
	if fits < ill && r.asked != "" {
		o.strain = otherOccasion
	}
	return (fits >= ill || r.asked != "") && !clashing(&r.thing, &o.thing)
}

// What two pieces lose beside each other at most, each for its own fault.
const (
	lossColor   = 0.12
	lossManners = 0.14
	lossPattern = 0.12
	lossOdds    = 0.06
	lossClash   = 0.30 // more than a needed piece is ever worth over another; less than an empty place
)

// loss is what two pieces of one outfit take from its value: 0 where nothing
// speaks against them, nor between pieces that stay. Two of one thing are impossible:
// infinite.
func (a *Advisor) loss(x, y *option) float64 {
	switch {
	case x.kept && y.kept:
		return 0
	case x.group == y.group || x.product.ID == y.product.ID:
		return math.Inf(1)
	}
	color, _ := x.palette.harmony(y.palette)
	loss := lossColor*max(0, 0.9-color) + lossManners*max(0, 0.95-manners(&x.thing, &y.thing))
	if x.loud && y.loud {
		loss += lossPattern
	}
	if clashing(&x.thing, &y.thing) {
		loss += lossClash
	}
	if odds := a.learned.odds(x.category, y.category); odds < 0 {
		loss += lossOdds * min(1, -odds/2)
	}
	if genders := x.gender + y.gender; genders == "malefemale" || genders == "femalemale" {
		return math.Inf(1)
	}
	return loss
}
