package outfit

import (
	"fmt"
	"strings"

	"honeyguide/catalog"
	"honeyguide/catalog/money"
	"honeyguide/packs"
)

// oftenFrom is the share of outfits from which on two categories are said to be
// worn together often.
const oftenFrom = 0.12

// mainly is how many of the categories that a rule names its words are mostly
// about; with others they stand only where there is nothing else to say.
const mainly = 2

// whyPiece explains a piece by the rule that chose its category, its colour and
// its occasion, and says what it is against.
func (a *Advisor) whyPiece(r *request, o *option, pieces []*option) []catalog.Reason {
	language := r.Language
	kind := a.packs.CategoryName(o.category, language)
	var why []catalog.Reason
	rule := a.ruleFor(o, &r.thing, pieces)
	switch {
	case o.bond.together >= oftenFrom:
		why = append(why, catalog.Reason{Field: "pairing", Text: fmt.Sprintf(pick(language, "%s and %s are often worn together", "%s和%s经常一起穿搭"), capital(kind), r.anchor.Label)})
	case rule == nil:
		why = append(why, catalog.Reason{Field: "slot", Text: fmt.Sprintf(pick(language, "Completes it: %s", "补全整套：%s"), o.slot.names.In(language))})
	}
	if rule != nil && (rule.place < mainly || len(why) == 0) {
		why = append(why, catalog.Reason{Field: "rule", Text: rule.pair.Why.In(language)})
	}
	if text := a.whyStrain(r, o); text != "" {
		why = append(why, catalog.Reason{Field: string(o.strain), Text: text})
	}
	if text := a.whyColor(r, o); text != "" {
		why = append(why, catalog.Reason{Field: "color", Text: text})
	}
	switch {
	case o.occasion == "" || o.strain == otherOccasion:
	case o.occasion == r.asked:
		why = append(why, catalog.Reason{Field: "occasion", Text: fmt.Sprintf(pick(language, "%s, as you asked", "%s，符合您的要求"), capital(a.valueName(packs.Occasion, o.occasion, language)))})
	case r.thing.product != nil && o.occasion == r.thing.product.Occasion:
		why = append(why, catalog.Reason{Field: "occasion", Text: fmt.Sprintf(pick(language, "Both are %s", "同为%s风格"), a.valueName(packs.Occasion, o.occasion, language))})
	}
	return why
}

// whyStrain says which wish a piece does not meet, or nothing.
func (a *Advisor) whyStrain(r *request, o *option) string {
	language := r.Language
	switch {
	case o.kept:
	case o.strain == otherKind:
		return pick(language, "Not quite what you asked for, which is not in stock to go with it", "不完全是您要的款式，店里暂无合适的那一款")
	case o.strain == otherManners:
		return pick(language, "Less dressed up than the rest, but the nearest in stock", "没有整套那么正式，是店里最接近的")
	case o.strain == otherSeason:
		return fmt.Sprintf(pick(language, "For %s: there is nothing for %s here that fits", "这件是%s款，店里暂无合适的%s款"),
			a.valueName(packs.Season, o.season, language), a.valueName(packs.Season, r.mood.season, language))
	case o.strain == otherOccasion:
		return fmt.Sprintf(pick(language, "Not made for this occasion (%s), but the nearest in stock", "并非专为这个场合（%s）设计，是店里最接近的"), a.valueName(packs.Occasion, r.asked, language))
	}
	return ""
}

// whyColor says how a piece's main colour goes with the anchor's, or nothing.
func (a *Advisor) whyColor(r *request, o *option) string {
	if len(r.thing.palette) == 0 || len(o.palette) == 0 {
		return ""
	}
	mine, its := r.thing.palette[0], o.palette[0]
	my, it := a.color(mine.name, r.Language), a.color(its.name, r.Language)
	say := func(en, zh string, names ...any) string {
		return capital(fmt.Sprintf(pick(r.Language, en, zh), names...))
	}
	switch o.accord {
	case neutral:
		switch {
		case mine.tone.many:
			return say("plain %s calms the many colours", "%s素净，压得住多彩的图案", it)
		case mine.name == its.name:
			return say("%s with %s: one colour from head to foot", "%s配%s，同色呼应", it, my)
		case its.tone.neutral():
			return say("%s goes with %s as with any colour", "%s百搭，配%s很稳妥", it, my)
		}
		return say("%s stands out beside the calm %s", "%s在沉稳的%s旁边格外亮眼", it, my)
	case tonal:
		return say("%s and %s: one hue, lighter and darker", "%s和%s同色系，一深一浅", it, my)
	case same:
		return say("%s takes up the %s", "%s与%s呼应", it, my)
	case analogous:
		return say("%s and %s are neighbours on the colour circle", "%s和%s在色环上相邻，过渡自然", it, my)
	case complementary:
		return say("%s and %s lie opposite on the colour circle and set each other off", "%s和%s互为对比色，互相衬托", it, my)
	}
	return ""
}

func (a *Advisor) color(name, language string) string {
	if c, ok := a.packs.Color(name); ok {
		return c.Names.Show(language)
	}
	return name
}

// valueName is the name of an attribute's value.
func (a *Advisor) valueName(attribute, value, language string) string {
	for _, v := range a.packs.Values(attribute) {
		if v.Key == value {
			if language == "zh" {
				return v.Names.Show(language)
			}
			return value
		}
	}
	return value
}

// whyOutfit explains an outfit as a whole: what is asked of it and met, its
// price, and what the store lacks.
func (a *Advisor) whyOutfit(r *request, out *Outfit, pieces []*option) []catalog.Reason {
	language, why := r.Language, []catalog.Reason{}
	calm, vivid := 0, ""
	for _, o := range pieces {
		if len(o.palette) > 0 && o.palette[0].tone.neutral() {
			calm++
		} else if len(o.palette) > 0 && !o.palette[0].tone.many {
			vivid = a.color(o.palette[0].name, language)
		}
	}
	switch {
	case len(pieces) > 1 && calm == len(pieces):
		why = append(why, catalog.Reason{Field: "color", Text: pick(language, "Calm colours throughout, so nothing competes with what you have", "整套都是百搭色，不抢主角")})
	case len(pieces) > 2 && calm == len(pieces)-1 && vivid != "":
		why = append(why, catalog.Reason{Field: "color", Text: fmt.Sprintf(pick(language, "One accent, %s; the rest is calm", "只用%s点缀，其余都是百搭色"), vivid)})
	}
	if season := r.mood.season; season != "" {
		why = append(why, catalog.Reason{Field: "season", Text: fmt.Sprintf(pick(language, "Put together for %s", "按%s搭配"), a.valueName(packs.Season, season, language))})
	}
	if r.budget > 0 {
		limit := money.Money{Amount: r.budget, Currency: out.Total.Currency}
		why = append(why, catalog.Reason{Field: "budget_max", Text: fmt.Sprintf(pick(language, "%s in all, within your %s", "合计%s，不超过%s"), money.Format(out.Total, language), money.Format(limit, language))})
	}
	if names := out.MissingLabels; len(names) > 0 {
		text := pick(language, "This shop has nothing fitting for: %s", "本店暂无合适的：%s")
		if r.budget > 0 {
			text = pick(language, "Nothing fitting within the budget for: %s", "预算内暂无合适的：%s")
		}
		why = append(why, catalog.Reason{Field: "missing", Text: fmt.Sprintf(text, strings.ToLower(strings.Join(names, pick(language, ", ", "、"))))})
	}
	return why
}

// nothing says why there are no outfits.
func (a *Advisor) nothing(r *request, frames []*frame) *Advice {
	language, reason := r.Language, ""
	switch {
	case r.thing.category == "":
		reason = pick(language, "I could not tell what it should go with. Name the thing, such as «navy blazer», or send a photo.", "没认出要搭配的是什么。请说出名称，例如“藏青色西装外套”，或者发一张照片。")
	case len(frames) == 0:
		reason = fmt.Sprintf(pick(language, "I know no set that %s belong to.", "还没有适合%s的搭配方案。"), r.anchor.Label)
	case r.budget > 0:
		reason = fmt.Sprintf(pick(language, "This shop has nothing in stock for up to %s that goes with %s.", "本店目前没有%s以内能搭配%s的现货。"),
			money.Format(money.Money{Amount: r.budget, Currency: r.Subject.Currency}, language), r.anchor.Label)
	default:
		reason = fmt.Sprintf(pick(language, "This shop has nothing in stock that goes with %s.", "本店目前没有能搭配%s的现货。"), r.anchor.Label)
	}
	return &Advice{Outfits: []Outfit{}, Anchor: r.anchor, Reason: reason}
}
