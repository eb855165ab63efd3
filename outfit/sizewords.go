package outfit

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"honeyguide/catalog"
)

// explain says what the size rests on: the chart's row and the body's measures.
func (s *Sizer) explain(a *SizeAdvice, ch *chart, all []evidence, row int) {
	for _, e := range all {
		switch e.measure {
		case "usual":
			a.say("usual_size", "It matches the size usually taken.", "与平时穿的尺码相对应。")
		case "learned":
			a.say("body", "By what women of this height and weight kept; the measure below would make it surer.", "根据相近身高体重的顾客留下的尺码估算，补充下面的数据会更准。")
		case "table":
			a.say("body", "Estimated from height and weight; a tape measure would make it surer.", "根据身高体重估算，量一下围度会更准。")
		default:
			a.reason(ch, e.measure, e.value, row)
		}
	}
	if len(a.Between) == 2 {
		a.say("between", fmt.Sprintf("Between %s and %s: in doubt take %s, which leaves room.", a.Between[0], a.Between[1], a.Between[1]),
			fmt.Sprintf("介于%s和%s之间，拿不准就选%s，宽松一点。", a.Between[0], a.Between[1], a.Between[1]))
	}
	if tip := ch.tip.In(a.Language); tip != "" {
		a.Why = append(a.Why, catalog.Reason{Field: "tip", Text: tip})
	}
}

// reason sets a measure beside the row's.
func (a *SizeAdvice) reason(ch *chart, m string, x float64, row int) {
	span, ok := ch.rows[row].Measures[m]
	if !ok {
		return
	}
	a.say(fieldOf(m), fmt.Sprintf("%s %s; size %s is for %s to %s", capital(MeasureName(m, "en")), amount(x, m, "en"), a.Size, number(span[0]), amount(span[1], m, "en")),
		fmt.Sprintf("%s%s，%s码对应%s到%s", MeasureName(m, "zh"), amount(x, m, "zh"), a.Size, number(span[0]), amount(span[1], m, "zh")))
}

func number(x float64) string { return fmt.Sprintf("%g", math.Round(x*10)/10) }

func amount(x float64, m, language string) string {
	switch m {
	case "weight":
		return number(x) + pick(language, " kg", "公斤")
	case "age":
		return number(x) + pick(language, " years", "岁")
	case "people":
		return number(x) + pick(language, " people", "人")
	}
	return number(x) + pick(language, " cm", "厘米")
}

var measureNames = map[string][2]string{
	"foot": {"foot length", "脚长"}, "chest": {"chest", "胸围"}, "underbust": {"underbust", "下胸围"}, "bust_difference": {"chest less underbust", "上下胸围差"},
	"waist": {"waist", "腰围"}, "hip": {"hip", "臀围"}, "height": {"height", "身高"}, "weight": {"weight", "体重"}, "neck": {"neck", "颈围"},
	"head": {"head", "头围"}, "hand": {"hand", "掌围"}, "wrist": {"wrist", "腕围"}, "finger": {"finger", "指围"}, "inseam": {"inside leg", "内腿长"}, "age": {"age", "年龄"},
	"bed_width": {"width of the bed", "床宽"}, "bed_length": {"length of the bed", "床长"}, "people": {"number of people", "人数"},
}

// MeasureName is what a measure, or its field in the API, is called.
func MeasureName(m, language string) string {
	m = strings.TrimSuffix(strings.TrimSuffix(m, "_cm"), "_kg")
	names := measureNames[m]
	return pick(language, cmp.Or(names[0], strings.ReplaceAll(m, "_", " ")), cmp.Or(names[1], m))
}
