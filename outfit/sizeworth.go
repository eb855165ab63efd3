package outfit

// bareSpans are the spans in which a number without a unit is a measure, and how many cm
// it then is: a waist of 30 is told in inches, a foot of 235 in mm.
var bareSpans = map[string][]struct{ low, high, worth float64 }{
	"height":     {{30, 230, 1}, {1.2, 2.3, 100}},
	"chest":      {{56, 160, 1}, {24, 55.9, inch}},
	"underbust":  {{50, 130, 1}, {24, 49.9, inch}},
	"waist":      {{50, 150, 1}, {20, 49.9, inch}},
	"hip":        {{60, 170, 1}, {28, 59.9, inch}},
	"foot":       {{14, 33, 1}, {100, 330, .1}},
	"neck":       {{28, 60, 1}, {12, 22, inch}},
	"head":       {{38, 70, 1}, {19, 26, inch}},
	"hand":       {{12, 30, 1}, {6, 11, inch}},
	"wrist":      {{11, 25, 1}, {4.5, 10, inch}},
	"finger":     {{40, 75, .1}},
	"inseam":     {{45, 110, 1}, {20, 40, inch}},
	"bed_width":  {{70, 250, 1}, {.8, 2.5, 100}},
	"bed_length": {{70, 250, 1}, {.8, 2.5, 100}},
	"people":     {{1, 20, 1}},
}

// worth is a quantity as a measure, in cm or kg; ok is false where it cannot be one.
func (r *bodyReader) worth(measure string, t token) (x float64, ok bool) {
	if (measure == "weight") != isMass(t.is) && t.is != "" {
		return 0, false
	}
	span, ok := bounds[measure]
	if !ok {
		return 0, false
	}
	switch {
	case t.is == "" && measure == "weight":
		return r.bareWeight(t.x)
	case t.is != "" && measure == "people":
		return 0, false
	case t.is == "" && r.small && measure != "height" && measure != "foot":
		x = t.x
	case t.is == "":
		for _, s := range bareSpans[measure] {
			if t.x >= s.low && t.x <= s.high {
				return t.x * s.worth, true
			}
		}
		return 0, false
	case (t.is == "ft" || t.is == "m") && measure != "height" && measure != "bed_width" && measure != "bed_length":
		return 0, false
	case t.is == "cun" && measure == "waist" && t.x > 105:
		x = t.x / unitWorth["cun"] * inch // 寸 of jeans are inches
	default:
		x = t.x
	}
	return x, x >= span[0] && x <= span[1]
}

// bareWeight is a weight that is told without a unit, in kg.
func (r *bodyReader) bareWeight(x float64) (kg float64, ok bool) {
	height := 0.
	if tall, known := r.got["height"]; known {
		height, _ = r.worth("height", tall)
	}
	kg = x * r.weightUnit(x, height)
	least := 25.
	if r.small {
		least = bounds["weight"][0]
	}
	return kg, kg >= least && kg <= 250
}

// weightUnit is how many kg the unit of a bare weight is: that in which the body mass
// index is likely. In Chinese it may be 斤, in English pounds, which go with feet.
func (r *bodyReader) weightUnit(x, height float64) float64 {
	if tall := r.got["height"]; tall.is == "ft" || tall.is == "in" {
		return pound
	}
	likely, most := 32., 50.
	if height < 140 {
		likely = 23
	}
	index := 0.
	if height > 0 {
		index = x / (height * height / 1e4)
	}
	switch {
	case r.chinese && (height > 0 && index > likely || height == 0 && x >= 90):
		return unitWorth["jin"]
	case !r.chinese && (index > min(most, likely+13) || height == 0 && x >= 110):
		return pound
	}
	return 1
}
