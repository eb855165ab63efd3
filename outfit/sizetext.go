package outfit

import (
	"regexp"
	"strconv"

	"honeyguide/catalog/words"
)

// Units of a text, in cm and kg.
const (
	foot  = 30.48
	pound = .45359237
	jin   = .5 // 斤
)

// The ways in which people write measures. The first group is the number.
var (
	feetInches  = regexp.MustCompile(`(\d)\s*(?:'|ft\b|feet\b|foot\b|英尺)\s*(\d{1,2}(?:\.\d)?)?\s*(?:"|''|in\b|inch(?:es)?\b|英寸)?`)
	metres      = regexp.MustCompile(`(\d)\s*(?:米|m(?:etres?|eters?)?\b)\s*(\d{1,2})?|(\d\.\d{1,2})\s*(?:米|m(?:etres?|eters?)?\b)`)
	kilos       = regexp.MustCompile(`(\d{2,3}(?:\.\d+)?)\s*(kg|kgs|kilos?|公斤|千克|lbs?|pounds?|磅|斤)`)
	bareTall    = regexp.MustCompile(`(?:身高|height|tall)\D{0,6}(\d{2,3}(?:\.\d)?)|(\d{3}(?:\.\d)?)\s*(?:cm|厘米|公分)?\s*tall\b`)
	bareHeavy   = regexp.MustCompile(`(?:体重|weight|weigh)\D{0,6}(\d{2,3}(?:\.\d)?)`)
	bareCm      = regexp.MustCompile(`\b(1[3-9]\d|2[01]\d)\s*(?:cm|厘米|公分)`)
	girths      = regexp.MustCompile(`(under\s?bust|下胸围|chest|bust|胸围|waist|腰围|hips?|臀围|foot|feet|脚长|neck|领围|颈围|head|头围|inseam|内腿长)(?:\s+(?:length|size))?\D{0,6}?(\d{1,3}(?:\.\d+)?)\s*(cm|厘米|公分|inch(?:es)?|in\b|"|英寸|寸)?`)
	girthsAfter = regexp.MustCompile(`(\d{1,3}(?:\.\d+)?)\s*(cm|inch(?:es)?|in|")\s+(chest|bust|waist|hips?|foot|neck|inseam)\b`)
)

var girthNames = map[string]string{
	"underbust": "underbust", "under bust": "underbust", "下胸围": "underbust", "chest": "chest", "bust": "chest", "胸围": "chest", "waist": "waist", "腰围": "waist",
	"hip": "hip", "hips": "hip", "臀围": "hip", "foot": "foot", "feet": "foot", "脚长": "foot", "neck": "neck", "领围": "neck", "颈围": "neck",
	"head": "head", "头围": "head", "inseam": "inseam", "内腿长": "inseam",
}

// ReadBody reads the measures that a text names, in any of the usual units:
// 5'6" and 140 lb, 身高165体重100斤, "waist 30 inches". What no body has is left out.
func ReadBody(text string) map[string]float64 {
	text = words.Fold(text)
	all := map[string]float64{}
	put := func(measure string, value float64) {
		if span, ok := bounds[measure]; ok && all[measure] == 0 && value >= span[0] && value <= span[1] {
			all[measure] = value
		}
	}
	for _, m := range girths.FindAllStringSubmatch(text, -1) {
		put(girthNames[m[1]], length(parse(m[2]), m[3]))
	}
	for _, m := range girthsAfter.FindAllStringSubmatch(text, -1) {
		put(girthNames[m[3]], length(parse(m[1]), m[2]))
	}
	if m := kilos.FindStringSubmatch(text); m != nil {
		put("weight", parse(m[1])*weightUnit(m[2]))
	}
	if m := bareHeavy.FindStringSubmatch(text); m != nil {
		put("weight", parse(m[1]))
	}
	if m := metres.FindStringSubmatch(text); m != nil {
		put("height", metresOf(m))
	}
	if m := feetInches.FindStringSubmatch(text); m != nil {
		put("height", parse(m[1])*foot+parse(m[2])*inch)
	}
	if m := bareTall.FindStringSubmatch(text); m != nil {
		put("height", parse(m[1])+parse(m[2])) // one of them is empty
	}
	if m := bareCm.FindStringSubmatch(text); m != nil {
		put("height", parse(m[1]))
	}
	return all
}

func parse(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return v
}

// metresOf reads 1.65m, 1米65 and 1米7.
func metresOf(m []string) float64 {
	if m[3] != "" {
		return 100 * parse(m[3])
	}
	rest := parse(m[2])
	if len(m[2]) == 1 {
		rest *= 10
	}
	return 100*parse(m[1]) + rest
}

func length(x float64, unit string) float64 {
	switch unit {
	case "", "cm", "厘米", "公分":
		return x
	case "寸":
		return x * 10 / 3
	}
	return x * inch
}

func weightUnit(unit string) float64 {
	switch unit {
	case "斤":
		return jin
	case "lb", "lbs", "pound", "pounds", "磅":
		return pound
	}
	return 1
}
